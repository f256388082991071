//! From the bytes of an input to UTF-8: decompression and character sets.
//!
//! gzip is undone for any input that starts like it, several members and all. UTF-16 is converted as a stream;
//! other inputs pass as they are and each record is decoded by itself with [`text`], so that one wrong
//! byte in a file of gigabytes touches one record.

use std::borrow::Cow;
use std::io::{self, BufReader, Cursor, Read};

use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use flate2::read::MultiGzDecoder;

/// How much of an input is looked at to tell what it is.
pub(crate) const HEAD: usize = 64 * 1024;

/// An input as UTF-8 (or bytes close to it), with its beginning at hand.
pub(crate) struct Decoded {
    /// The beginning of the text, at most [`HEAD`] bytes; the reader gives it again.
    pub(crate) head: Vec<u8>,
    /// Whether the head is the whole input.
    pub(crate) whole: bool,
    /// Whether the input was compressed.
    pub(crate) gzip: bool,
    /// What the byte order mark, or its like, told about the character set.
    pub(crate) charset: Charset,
    /// The text from its first byte on.
    pub(crate) reader: Box<dyn Read + Send>,
}

/// The character set of an input, as far as its first bytes tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Charset {
    /// No mark: UTF-8, and Windows-1252 for records that are not UTF-8.
    Unmarked,
    /// UTF-8 with a byte order mark.
    Utf8,
    /// UTF-16, converted.
    Utf16,
}

/// Undoes compression and UTF-16, drops a byte order mark and reads the beginning.
///
/// Faults while reading do not end here: they come from the reader in their place.
pub(crate) fn open(raw: impl Read + Send + 'static) -> Decoded {
    let mut raw: Box<dyn Read + Send> = Box::new(raw);
    let start = peek(&mut raw, 2);
    let gzip = start.bytes.starts_with(&[0x1f, 0x8b]);
    let mut plain: Box<dyn Read + Send> = if gzip {
        Box::new(MultiGzDecoder::new(BufReader::with_capacity(128 * 1024, start.rejoin(raw))))
    } else {
        Box::new(start.rejoin(raw))
    };
    let mut head = peek(&mut plain, HEAD);
    let (charset, mark) = charset(&head.bytes);
    head.bytes.drain(..mark);
    if let Some(encoding) = charset.1 {
        let mut text: Box<dyn Read + Send> = Box::new(Transcoder::new(head.rejoin(plain), encoding));
        head = peek(&mut text, HEAD);
        plain = text;
    }
    let shown = head.bytes.clone();
    let whole = head.whole;
    Decoded { head: shown, whole, gzip, charset: charset.0, reader: Box::new(head.rejoin(plain)) }
}

fn charset(head: &[u8]) -> ((Charset, Option<&'static Encoding>), usize) {
    match head {
        [0xef, 0xbb, 0xbf, ..] => ((Charset::Utf8, None), 3),
        [0xff, 0xfe, ..] => ((Charset::Utf16, Some(UTF_16LE)), 2),
        [0xfe, 0xff, ..] => ((Charset::Utf16, Some(UTF_16BE)), 2),
        // Every second byte zero: UTF-16 that lost its mark.
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => ((Charset::Utf16, Some(UTF_16LE)), 0),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => ((Charset::Utf16, Some(UTF_16BE)), 0),
        _ => ((Charset::Unmarked, None), 0),
    }
}

/// The text of one record: UTF-8, else Windows-1252, else UTF-8 with replacement characters.
///
/// A record that is UTF-8 but for a few bytes holds more well-formed sequences than stray bytes; read as
/// Windows-1252 it would be garbled throughout.
pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Cow::Borrowed(text),
        Err(error) => error,
    };
    let mut stray = 1;
    let mut formed = multibyte(&bytes[..error.valid_up_to()]);
    let mut rest = &bytes[error.valid_up_to() + error.error_len().unwrap_or(1)..];
    loop {
        match std::str::from_utf8(rest) {
            Ok(valid) => {
                formed += multibyte(valid.as_bytes());
                break;
            }
            Err(error) => {
                stray += 1;
                formed += multibyte(&rest[..error.valid_up_to()]);
                let skip = error.valid_up_to() + error.error_len().unwrap_or(1);
                rest = &rest[skip.min(rest.len())..];
            }
        }
    }
    if formed > stray {
        String::from_utf8_lossy(bytes)
    } else {
        WINDOWS_1252.decode_without_bom_handling(bytes).0
    }
}

/// The text of a web page: as [`text`], unless the page names a character set and is not UTF-8.
pub(crate) fn page(bytes: &[u8]) -> Cow<'_, str> {
    if std::str::from_utf8(bytes).is_err()
        && let Some(encoding) = declared(&bytes[..bytes.len().min(2048)])
        && encoding != UTF_8
    {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    text(bytes)
}

fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let rest = &head[head.find("charset=")? + "charset=".len()..];
    let label: String = rest
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    Encoding::for_label(label.as_bytes())
}

/// How many multi-byte sequences start in well-formed UTF-8.
fn multibyte(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte >= 0xc0).count()
}

/// The first bytes of a reader, and the fault that ended them, if any.
struct Peeked {
    bytes: Vec<u8>,
    fault: Option<io::Error>,
    whole: bool,
}

impl Peeked {
    /// The reader as it was before its first bytes were taken.
    fn rejoin(self, rest: Box<dyn Read + Send>) -> Rejoined {
        Rejoined { head: Cursor::new(self.bytes), fault: self.fault, rest }
    }
}

fn peek(reader: &mut (impl Read + ?Sized), wanted: usize) -> Peeked {
    let mut bytes = Vec::new();
    let mut fault = None;
    let mut whole = false;
    // A `take` would lose the bytes read before a fault.
    while bytes.len() < wanted {
        let start = bytes.len();
        bytes.resize(wanted, 0);
        let read = reader.read(&mut bytes[start..]);
        bytes.truncate(start + *read.as_ref().unwrap_or(&0));
        match read {
            Ok(0) => {
                whole = true;
                break;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                fault = Some(error);
                break;
            }
            Ok(_) => {}
        }
    }
    Peeked { bytes, fault, whole }
}

struct Rejoined {
    head: Cursor<Vec<u8>>,
    fault: Option<io::Error>,
    rest: Box<dyn Read + Send>,
}

impl Read for Rejoined {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.head.read(out)?;
        if read > 0 || out.is_empty() {
            return Ok(read);
        }
        match self.fault.take() {
            Some(fault) => Err(fault),
            None => self.rest.read(out),
        }
    }
}

/// Converts a stream to UTF-8.
struct Transcoder<R> {
    inner: R,
    decoder: Decoder,
    input: Vec<u8>,
    output: Cursor<Vec<u8>>,
    done: bool,
}

impl<R: Read> Transcoder<R> {
    fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder_without_bom_handling(),
            input: vec![0; HEAD],
            output: Cursor::new(Vec::new()),
            done: false,
        }
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.output.read(out)?;
            if read > 0 || self.done || out.is_empty() {
                return Ok(read);
            }
            let taken = self.inner.read(&mut self.input)?;
            self.done = taken == 0;
            let room = self.decoder.max_utf8_buffer_length(taken).unwrap_or(4 * HEAD);
            let mut text = String::with_capacity(room);
            let _ = self.decoder.decode_to_string(&self.input[..taken], &mut text, self.done);
            self.output = Cursor::new(text.into_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn utf16(text: &str, mark: &[u8], bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        mark.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect()
    }

    #[test]
    fn every_way_of_writing_a_text_reads_the_same() {
        let text = "title,body\nCafé manager,\"Rôle…\"\n".repeat(4000);
        let cases: Vec<(&str, Vec<u8>)> = vec![
            ("plain", text.clone().into_bytes()),
            ("mark", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
            ("gzip", gzip(text.as_bytes())),
            ("gzip in two members", [gzip(&text.as_bytes()[..70]), gzip(&text.as_bytes()[70..])].concat()),
            ("gzip with mark", gzip(&[b"\xef\xbb\xbf", text.as_bytes()].concat())),
            ("little-endian", utf16(&text, b"\xff\xfe", u16::to_le_bytes)),
            ("big-endian", utf16(&text, b"\xfe\xff", u16::to_be_bytes)),
            ("no mark", utf16(&text, b"", u16::to_le_bytes)),
        ];
        for (name, bytes) in cases {
            let mut decoded = open(Cursor::new(bytes));
            let mut read = Vec::new();
            decoded.reader.read_to_end(&mut read).unwrap();
            assert_eq!(read, text.as_bytes(), "{name}");
            assert!(decoded.head.len() <= HEAD && text.as_bytes().starts_with(&decoded.head), "{name}");
        }
    }

    #[test]
    fn a_cut_gzip_gives_what_was_readable_and_then_a_fault() {
        let text = "a line of text that is not always the same, ".repeat(50);
        let mut bytes = gzip(text.as_bytes());
        bytes.truncate(bytes.len() - 9);
        let mut decoded = open(Cursor::new(bytes));
        let mut read = Vec::new();
        assert!(decoded.reader.read_to_end(&mut read).is_err());
        assert!(text.as_bytes().starts_with(&read) && !decoded.whole);
    }

    #[test]
    fn records_are_decoded_by_themselves() {
        const CASES: &[(&str, &[u8], &str)] = &[
            ("utf-8", "naïve".as_bytes(), "naïve"),
            ("windows-1252", b"we\x92ve \x96 na\xefve", "we’ve – naïve"),
            ("utf-8 with one bad byte", b"na\xc3\xafve caf\xc3\xa9 \xff!", "naïve café \u{fffd}!"),
            ("cut", b"caf\xc3", "cafÃ"),
        ];
        for (name, bytes, expected) in CASES {
            assert_eq!(text(bytes), *expected, "{name}");
        }
    }

    #[test]
    fn a_page_may_name_its_character_set() {
        let bytes = b"<meta charset=\"iso-8859-2\"><p>\xb3\xf3d\xbc</p>";
        assert_eq!(page(bytes), "<meta charset=\"iso-8859-2\"><p>łódź</p>");
    }
}
