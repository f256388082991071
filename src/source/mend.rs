//! Mends what strict JSON forbids but real files hold.
//!
//! `NaN`, raw control characters in strings and halves of surrogate pairs come from Python and scrapers; comments and
//! trailing commas from JSON-LD that people write by hand.

use std::borrow::Cow;

use memchr::{memchr, memmem};

/// Text that a strict parser may accept, when there is something to mend.
pub(super) fn mend(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut mended = String::with_capacity(text.len() + 64);
    let mut kept = 0;
    let mut at = 0;
    let mut in_string = false;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let (length, replacement): (usize, Option<Cow<'_, str>>) = match bytes[at] {
            b'"' => {
                in_string = !in_string;
                (1, None)
            }
            b'\\' if in_string => match surrogate(rest) {
                Some(0xd800..=0xdbff) if matches!(surrogate(&rest[6..]), Some(0xdc00..=0xdfff)) => (12, None),
                Some(_) => (6, Some(Cow::Borrowed("\\ufffd"))),
                None => (2, None),
            },
            control @ 0..0x20 if in_string => (1, Some(Cow::Owned(format!("\\u{control:04x}")))),
            _ if in_string => (1, None),
            b'N' if rest.starts_with(b"NaN") => (3, Some(Cow::Borrowed("null"))),
            b'-' if rest.starts_with(b"-Infinity") => (9, Some(Cow::Borrowed("null"))),
            b'I' if rest.starts_with(b"Infinity") => (8, Some(Cow::Borrowed("null"))),
            b'/' | b'<' => match comment(rest) {
                Some(length) => (length, Some(Cow::Borrowed(" "))),
                None => (1, None),
            },
            b',' if closes(&rest[1..]) => (1, Some(Cow::Borrowed(" "))),
            _ => (1, None),
        };
        if let Some(replacement) = replacement {
            mended.push_str(text.get(kept..at)?);
            mended.push_str(&replacement);
            kept = at + length;
        }
        at += length;
    }
    if kept == 0 {
        return None;
    }
    mended.push_str(text.get(kept..)?);
    Some(mended)
}

/// Length of the comment, or of the mark of a hidden script, that begins `bytes`.
pub(super) fn comment(bytes: &[u8]) -> Option<usize> {
    let through = |mark: &[u8]| Some(memmem::find(bytes, mark).map_or(bytes.len(), |at| at + mark.len()));
    match bytes {
        [b'/', b'/', ..] => Some(memchr(b'\n', bytes).unwrap_or(bytes.len())),
        [b'/', b'*', ..] => through(b"*/"),
        [b'<', b'!', b'-', b'-', ..] => through(b"-->"),
        _ => None,
    }
}

/// Whether nothing but white space and comments stands before a closing bracket.
fn closes(mut bytes: &[u8]) -> bool {
    loop {
        bytes = bytes.trim_ascii_start();
        match comment(bytes) {
            Some(length) => bytes = &bytes[length..],
            None => return matches!(bytes.first(), Some(b'}' | b']')),
        }
    }
}

/// The code unit of an escape such as `\ud83d` that stands for half of a pair.
fn surrogate(bytes: &[u8]) -> Option<u16> {
    let digits = std::str::from_utf8(bytes.strip_prefix(b"\\u")?.get(..4)?).ok()?;
    u16::from_str_radix(digits, 16).ok().filter(|unit| (0xd800..=0xdfff).contains(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_strict_json_forbids_is_mended_and_the_rest_is_left() {
        const CASES: &[(&str, Option<&str>)] = &[
            (r#"{"a":"// no comment, /* nor this */ NaN"}"#, None),
            (r#"{"a":NaN,"b":-Infinity}"#, Some(r#"{"a":null,"b":null}"#)),
            ("{\"a\":\"x\ty\"}", Some("{\"a\":\"x\\u0009y\"}")),
            ("{\"a\":1, // why\n}", Some("{\"a\":1   \n}")),
            ("{\"a\":[1,/* two */],}", Some("{\"a\":[1  ] }")),
            ("<!-- hidden -->{\"a\":1}", Some(" {\"a\":1}")),
            (r#"{"a":"\ud83d"}"#, Some(r#"{"a":"\ufffd"}"#)),
        ];
        for (text, expected) in CASES {
            assert_eq!(mend(text).as_deref(), *expected, "{text}");
        }
    }
}
