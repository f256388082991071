//! Which character set bytes are in, when they are not UTF-8.
//!
//! Each record is judged by itself, so that one wrong byte in a file of gigabytes touches one record; but what the
//! others are read as is guessed from all that the file has shown so far ([`Guess`]), or declared by the file.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much of a file may hold its declaration.
const DECLARATION: usize = 2048;

/// Where files are taken to come from. The program judges English, and a letter or two decide little by themselves:
/// without a place, `naïve` counts as Latvian.
const PLACE: &[u8] = b"uk";

/// A character set, and how it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    /// The character set.
    pub(crate) encoding: &'static Encoding,
    /// Whether the file says so itself; it is a guess otherwise.
    pub(crate) declared: bool,
}

impl Known {
    fn guess(encoding: &'static Encoding) -> Self {
        Self { encoding, declared: false }
    }
}

/// The character set of a file, as far as it has been read.
#[derive(Default)]
pub(crate) struct Guess {
    declared: Option<Known>,
    detector: Option<Box<EncodingDetector>>,
    found: Option<Known>,
    /// How much looks like apostrophes, dashes and bullets as programs write them on a Mac of old, and on Windows.
    mac: usize,
    windows: usize,
    begun: bool,
}

impl Guess {
    /// What a whole file shows.
    pub(crate) fn whole(bytes: &[u8]) -> Option<Known> {
        let mut guess = Self::default();
        guess.look(bytes);
        guess.found
    }

    /// Looks at the next bytes of the file; the first ones may declare what it is in.
    pub(crate) fn look(&mut self, bytes: &[u8]) {
        if !self.begun {
            self.declared = declared(bytes).map(|encoding| Known { encoding, declared: true });
        }
        // The rest of a letter that the bytes before began.
        let rest = if self.begun {
            bytes.iter().take(3).take_while(|byte| (0x80..0xc0).contains(*byte)).count()
        } else {
            0
        };
        self.begun = true;
        let bytes = &bytes[rest..];
        let Some(Unformed { formed, stray }) = unformed(bytes) else { return };
        if self.declared.is_some() {
            self.found = self.declared;
        } else if formed > stray {
            // UTF-8 with faults in it; nothing to learn about what else it might be.
            self.found = self.found.or(Some(Known::guess(WINDOWS_1252)));
        } else {
            let detector = self
                .detector
                .get_or_insert_with(|| Box::new(EncodingDetector::new(Iso2022JpDetection::Deny)));
            detector.feed(bytes, false);
            let guess = detector.guess(Some(PLACE), Utf8Detection::Deny);
            self.windows += marks(bytes, 0x92, [0x96, 0x97], 0x95);
            self.mac += marks(bytes, 0xd5, [0xd0, 0xd1], 0xa5);
            let is_mac = guess.is_single_byte() && self.mac > self.windows;
            self.found = Some(Known::guess(if is_mac { MACINTOSH } else { guess }));
        }
    }

    /// What records that are not UTF-8 are in; `None` as long as all is UTF-8.
    pub(crate) fn found(&self) -> Option<Known> {
        self.found
    }
}

/// Bytes as UTF-8: converted from `encoding` when they are not, unless they are UTF-8 but for some faults.
pub(crate) fn utf8<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Cow<'b, [u8]> {
    match unformed(bytes) {
        Some(Unformed { formed, stray }) if formed <= stray => {
            Cow::Owned(encoding.decode_without_bom_handling(bytes).0.into_owned().into_bytes())
        }
        _ => Cow::Borrowed(bytes),
    }
}

/// The text of one record: UTF-8, with replacement characters where it is not; Windows-1252 where that is likelier.
pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => match utf8(bytes, WINDOWS_1252) {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
        },
    }
}

/// The character set that a web page or XML file declares, when it is another than Unicode.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    label(bytes).filter(|found| ![UTF_8, UTF_16BE, UTF_16LE].contains(found))
}

/// Whether a web page or XML file declares to be UTF-16.
pub(crate) fn declares_utf16(bytes: &[u8]) -> bool {
    label(bytes).is_some_and(|found| [UTF_16BE, UTF_16LE].contains(&found))
}

/// The character set that a web page or XML file declares.
fn label(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION)];
    if !head.trim_ascii_start().starts_with(b"<") {
        return None;
    }
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let xml = head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split("?>").next());
    let rest = match xml.and_then(|xml| xml.split_once("encoding=")) {
        Some((_, rest)) => rest,
        None => head.split_once("charset=")?.1,
    };
    let label: String = rest
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
        .collect();
    Encoding::for_label(label.as_bytes())
}

/// What is not UTF-8: sequences of several bytes that are well formed, and bytes that belong to none.
struct Unformed {
    formed: usize,
    stray: usize,
}

/// How far bytes are from UTF-8; `None` when they are UTF-8. A sequence cut off at the end is no fault.
///
/// A text that is UTF-8 but for a few bytes holds more well-formed sequences than stray bytes; read as
/// Windows-1252 it would be garbled throughout.
fn unformed(bytes: &[u8]) -> Option<Unformed> {
    let mut found = Unformed { formed: 0, stray: 0 };
    let mut rest = bytes;
    loop {
        let error = match std::str::from_utf8(rest) {
            Ok(_) if found.stray == 0 => return None,
            Ok(valid) => {
                found.formed += multibyte(valid.as_bytes());
                return Some(found);
            }
            Err(error) => error,
        };
        found.formed += multibyte(&rest[..error.valid_up_to()]);
        match error.error_len() {
            Some(length) => {
                found.stray += 1;
                rest = &rest[error.valid_up_to() + length..];
            }
            // Cut off, as at the end of a block of UTF-8.
            None if found.stray == 0 && found.formed > 0 => return None,
            None => {
                found.stray += 1;
                return Some(found);
            }
        }
    }
}

/// How many sequences of several bytes start in well-formed UTF-8.
fn multibyte(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte >= 0xc0).count()
}

/// How often bytes make sense as the marks of a spreadsheet: an apostrophe inside a word, a dash between spaces, a
/// bullet at the start of a line or cell.
fn marks(bytes: &[u8], apostrophe: u8, dashes: [u8; 2], bullet: u8) -> usize {
    let is_mark = |window: &&[u8]| match window {
        [before, mark, after] if *mark == apostrophe => {
            before.is_ascii_lowercase() && after.is_ascii_lowercase()
        }
        [b' ', mark, b' '] => dashes.contains(mark),
        [b'\n' | b'\r' | b'"', mark, b' ' | b'\t'] => *mark == bullet,
        _ => false,
    };
    bytes.windows(3).filter(is_mark).count()
}

#[cfg(test)]
mod tests {
    use encoding_rs::{SHIFT_JIS, WINDOWS_1250, WINDOWS_1251};

    use super::*;

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
    fn a_file_shows_what_it_is_in() {
        let polish =
            "Poszukujemy osoby, która będzie właścicielem planu rozwoju i określi, co następne. Źródło.";
        let russian = "Мы ищем менеджера по продукту, который будет отвечать за развитие продукта и план.";
        let japanese = "製品の計画を担当する方を探しています。毎日の仕事は顧客と話すことです。";
        let cases: Vec<(&str, Vec<u8>, Option<&'static Encoding>)> = vec![
            ("ascii", b"plain".to_vec(), None),
            ("utf-8", "naïve café".as_bytes().to_vec(), None),
            ("utf-8, cut inside a letter", "café café".as_bytes()[..10].to_vec(), None),
            (
                "apostrophes of a spreadsheet",
                b"we\x92ve \x93own\x94 it \x96 all".to_vec(),
                Some(WINDOWS_1252),
            ),
            ("one accent", b"caf\xe9 manager".to_vec(), Some(WINDOWS_1252)),
            ("utf-8 with a fault", b"na\xc3\xafve caf\xc3\xa9 \xff".to_vec(), Some(WINDOWS_1252)),
            ("mac", b"we\xd5ll own it\r\xa5 and sell".to_vec(), Some(MACINTOSH)),
            ("polish", WINDOWS_1250.encode(polish).0.into_owned(), Some(WINDOWS_1250)),
            ("russian", WINDOWS_1251.encode(russian).0.into_owned(), Some(WINDOWS_1251)),
            ("japanese", SHIFT_JIS.encode(japanese).0.into_owned(), Some(SHIFT_JIS)),
        ];
        for (name, bytes, expected) in cases {
            assert_eq!(Guess::whole(&bytes), expected.map(Known::guess), "{name}");
        }
    }

    #[test]
    fn what_a_file_declares_is_believed_when_it_is_not_utf_8() {
        const CASES: &[(&[u8], Option<&str>)] = &[
            (b"<meta charset=\"iso-8859-2\"><p>\xb3\xf3d\xbc</p>", Some("ISO-8859-2")),
            (b"<meta http-equiv=x content='text/html; charset=windows-1251'>\xcf", Some("windows-1251")),
            (b"<?xml version='1.0' encoding='ISO-8859-15'?><a>\xa4</a>", Some("ISO-8859-15")),
            (b"<meta charset=\"iso-8859-2\"><p>caf\xc3\xa9</p>", None),
            (b"<meta charset=utf-8><p>caf\xe9</p>", Some("windows-1252")),
            (b"charset=koi8-r is our brand, caf\xe9", Some("windows-1252")),
        ];
        for (bytes, expected) in CASES {
            let found = Guess::whole(bytes);
            let name = found.map(|found| found.encoding.name());
            assert_eq!(name, *expected, "{}", String::from_utf8_lossy(bytes));
            assert_eq!(
                found.is_some_and(|found| found.declared),
                expected.is_some_and(|name| name != "windows-1252")
            );
        }
    }

    #[test]
    fn a_file_is_known_better_the_more_of_it_is_read() {
        let mut guess = Guess::default();
        guess.look(b"id,title\n1,PM\n");
        assert_eq!(guess.found(), None);
        guess.look(b"2,caf\xe9 manager\n");
        assert_eq!(guess.found(), Some(Known::guess(WINDOWS_1252)));
        guess.look(&WINDOWS_1251.encode("Мы ищем менеджера по продукту, который будет отвечать").0);
        assert_eq!(guess.found(), Some(Known::guess(WINDOWS_1251)));
    }

    #[test]
    fn what_a_file_declares_holds_for_all_of_it() {
        let mut guess = Guess::default();
        guess.look(b"<?xml version='1.0' encoding='gbk'?><jobs>");
        assert_eq!(guess.found(), None);
        guess.look(b"<job>\xd6\xd0</job>");
        assert_eq!(guess.found(), Some(Known { encoding: encoding_rs::GBK, declared: true }));
    }
}
