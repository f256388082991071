//! Opens an input: undoes its compression, converts UTF-16 and ends of lines, drops a byte order mark and shows the
//! beginning.
//!
//! Other character sets pass as they are: [`super::charset`] decodes each record by itself.

use std::io::{self, Cursor, Read};

use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE};
use memchr::{memchr, memchr2};

use super::charset::declares_utf16;
use super::magic;
use super::packed::Packing;

/// How much of an input is looked at to tell what it is.
pub(crate) const HEAD: usize = 64 * 1024;

/// An input as UTF-8 (or bytes close to it), with its beginning at hand.
pub(crate) struct Decoded {
    /// The beginning of the text, at most [`HEAD`] bytes; the reader gives it again.
    pub(crate) head: Vec<u8>,
    /// Whether the head is the whole input.
    pub(crate) whole: bool,
    /// How the input was compressed.
    pub(crate) packing: Option<Packing>,
    /// What the byte order mark, or its like, told about the character set.
    pub(crate) charset: Charset,
    /// The text from its first byte on.
    pub(crate) reader: Box<dyn Read + Send>,
}

/// The character set of an input, as far as its first bytes tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Charset {
    /// No mark: UTF-8, or what each record shows.
    Unmarked,
    /// UTF-8 with a byte order mark.
    Utf8,
    /// UTF-16 with a byte order mark, converted.
    Utf16,
    /// What looks like UTF-16 without a mark, converted.
    LooksUtf16(&'static Encoding),
}

impl Charset {
    /// The character set, when it is a guess.
    pub(crate) fn guessed(self) -> Option<&'static Encoding> {
        match self {
            Self::LooksUtf16(encoding) => Some(encoding),
            Self::Unmarked | Self::Utf8 | Self::Utf16 => None,
        }
    }
}

/// Undoes compression and UTF-16, drops a byte order mark and reads the beginning.
///
/// Faults while reading do not end here: they come from the reader in their place.
pub(crate) fn open(raw: impl Read + Send + 'static) -> Decoded {
    let mut raw: Box<dyn Read + Send> = Box::new(raw);
    let start = peek(&mut raw, Packing::MARK);
    let packing = Packing::of(&start.bytes);
    let packed: Box<dyn Read + Send> = Box::new(start.rejoin(raw));
    let mut plain = match packing {
        None => packed,
        Some(packing) => packing.unpack(packed).unwrap_or_else(|fault| {
            Box::new(Rejoined { head: Cursor::default(), fault: Some(fault), rest: Box::new(io::empty()) })
        }),
    };
    let mut head = peek(&mut plain, HEAD);
    let (mut charset, encoding, mark) = charset(&head.bytes);
    head.bytes.drain(..mark);
    if let Some(encoding) = encoding {
        let mut text: Box<dyn Read + Send> = Box::new(Transcoder::new(head.rejoin(plain), encoding));
        head = peek(&mut text, HEAD);
        plain = text;
        if declares_utf16(&head.bytes) {
            charset = Charset::Utf16;
        }
    }
    if ends_lines_by_returns(&head.bytes) {
        let after = head.bytes.last() == Some(&b'\r');
        returns_to_ends(&mut head.bytes);
        plain = Box::new(Returns { inner: plain, after });
    }
    let shown = head.bytes.clone();
    let whole = head.whole;
    Decoded { head: shown, whole, packing, charset, reader: Box::new(head.rejoin(plain)) }
}

/// The character set that the first bytes show, what to convert from, and the length of the byte order mark.
fn charset(head: &[u8]) -> (Charset, Option<&'static Encoding>, usize) {
    match head {
        [0xef, 0xbb, 0xbf, ..] => (Charset::Utf8, None, 3),
        [0xff, 0xfe, 0, 0, ..] => (Charset::Unmarked, None, 0),
        [0xff, 0xfe, ..] => (Charset::Utf16, Some(UTF_16LE), 2),
        [0xfe, 0xff, ..] => (Charset::Utf16, Some(UTF_16BE), 2),
        _ => match unmarked_utf16(head) {
            Some(encoding) => (Charset::LooksUtf16(encoding), Some(encoding), 0),
            None => (Charset::Unmarked, None, 0),
        },
    }
}

/// Tells UTF-16 that lost its mark: nearly every second byte is zero, and none of the others.
fn unmarked_utf16(head: &[u8]) -> Option<&'static Encoding> {
    if magic::is_known(head) {
        return None;
    }
    let (pairs, _) = head[..head.len().min(1024)].as_chunks::<2>();
    let zeros = |at: usize| pairs.iter().filter(|pair| pair[at] == 0).count();
    let mostly = |zeros: usize| pairs.len() > 1 && zeros * 4 >= pairs.len() * 3;
    match (zeros(0), zeros(1)) {
        (0, low) if mostly(low) => Some(UTF_16LE),
        (high, 0) if mostly(high) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether text ends its lines by carriage returns alone, as old systems and some spreadsheets write it.
fn ends_lines_by_returns(head: &[u8]) -> bool {
    memchr(b'\r', head).is_some() && memchr2(b'\n', 0, head).is_none() && !magic::is_known(head)
}

/// Makes ends of lines of carriage returns that stand alone.
fn returns_to_ends(text: &mut [u8]) {
    for at in 0..text.len() {
        if text[at] == b'\r' && text.get(at + 1) != Some(&b'\n') {
            text[at] = b'\n';
        }
    }
}

/// Text whose lines end by carriage returns, with the usual ends.
struct Returns {
    inner: Box<dyn Read + Send>,
    /// Whether the byte before was a return: it has been made the end of a line.
    after: bool,
}

impl Read for Returns {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let length = self.inner.read(out)?;
            if length == 0 {
                return Ok(0);
            }
            let ended = self.after && out[0] == b'\n';
            self.after = out[length - 1] == b'\r';
            returns_to_ends(&mut out[..length]);
            if !ended {
                return Ok(length);
            }
            out.copy_within(1..length, 0);
            if length > 1 {
                return Ok(length - 1);
            }
        }
    }
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
    use super::super::packed::testing::{gzip, zstd};
    use super::*;

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
            ("zstd in two frames", [zstd(&text.as_bytes()[..70]), zstd(&text.as_bytes()[70..])].concat()),
            ("gzip with mark", gzip(&[b"\xef\xbb\xbf", text.as_bytes()].concat())),
            ("little-endian", utf16(&text, b"\xff\xfe", u16::to_le_bytes)),
            ("big-endian", utf16(&text, b"\xfe\xff", u16::to_be_bytes)),
            ("no mark", utf16(&text, b"", u16::to_le_bytes)),
            ("no mark, big-endian", utf16(&text, b"", u16::to_be_bytes)),
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
    fn lines_may_end_by_returns_alone() {
        let line = "a line of text\r".repeat(10_000);
        for (text, expected) in [
            (line.clone(), line.replace('\r', "\n")),
            (format!("one\r\n{line}"), format!("one\r\n{line}")),
            (format!("\0{line}"), format!("\0{line}")),
        ] {
            let mut decoded = open(Cursor::new(text));
            let mut read = String::new();
            decoded.reader.read_to_string(&mut read).unwrap();
            assert!(read == expected && read.as_bytes().starts_with(&decoded.head), "{}", &read[..8]);
        }
    }

    #[test]
    fn a_return_and_its_end_may_come_in_two_reads() {
        struct Chunks(Vec<&'static [u8]>);
        impl Read for Chunks {
            fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
                let Some(chunk) = (!self.0.is_empty()).then(|| self.0.remove(0)) else { return Ok(0) };
                out[..chunk.len()].copy_from_slice(chunk);
                Ok(chunk.len())
            }
        }
        const CASES: &[(&[&[u8]], &str)] = &[
            (&[b"a\r", b"\nb\rc"], "a\nb\nc"),
            (&[b"a\r", b"\n", b"\nb"], "a\n\nb"),
            (&[b"a\r", b"\r\n", b"b"], "a\n\r\nb"),
            (&[b"a\r", b"b\r"], "a\nb\n"),
        ];
        for (chunks, expected) in CASES {
            let mut read = String::new();
            let mut returns = Returns { inner: Box::new(Chunks(chunks.to_vec())), after: false };
            returns.read_to_string(&mut read).unwrap();
            assert_eq!(read, *expected, "{chunks:?}");
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
}
