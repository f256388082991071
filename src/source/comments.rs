//! Comments in JSON, which people write by hand and strict readers refuse: they become spaces, so that every line
//! stays where it is.
//!
//! This is not left to `json_comments`: that ends with an error at a slash that stands alone, takes addresses for comments
//! where a quote is missing before them, which costs the records behind, and loses the line ends inside comments.

use std::io::{self, Read};

/// Whether text begins like JSON and has a comment between its values, as far as it is at hand.
pub(super) fn stand_in(head: &[u8]) -> bool {
    let mut text = head.to_vec();
    let mut walk = Walk::default();
    walk.over(&mut text, true);
    let text = text.trim_ascii_start();
    let inside = text.get(1..).unwrap_or_default().trim_ascii_start().first();
    walk.found
        && match text.first() {
            Some(b'[') => matches!(inside, Some(b'{' | b']')),
            Some(b'{') => matches!(inside, Some(b'"' | b'}')),
            _ => false,
        }
}

/// The text with spaces for comments.
pub(super) fn out_of(mut text: Vec<u8>) -> Vec<u8> {
    Walk::default().over(&mut text, true);
    text
}

/// A reader of JSON without its comments.
pub(super) struct Uncommented {
    inner: Box<dyn Read + Send>,
    walk: Walk,
    /// What has been read: first what is given out, then what is done, then at most one byte that is not.
    block: Vec<u8>,
    given: usize,
    done: usize,
}

impl Uncommented {
    /// Begins at the beginning of `inner`.
    pub(super) fn new(inner: Box<dyn Read + Send>) -> Self {
        Self { inner, walk: Walk::default(), block: Vec::new(), given: 0, done: 0 }
    }
}

impl Read for Uncommented {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        const BLOCK: usize = 64 * 1024;
        while self.given == self.done {
            self.block.drain(..self.done);
            let kept = self.block.len();
            self.block.resize(kept + BLOCK, 0);
            let read = self.inner.read(&mut self.block[kept..]);
            self.block.truncate(kept + *read.as_ref().unwrap_or(&0));
            self.given = 0;
            self.done = 0;
            let read = read?;
            self.done = self.walk.over(&mut self.block, read == 0);
            if read == 0 && self.done == 0 {
                return Ok(0);
            }
        }
        let length = out.len().min(self.done - self.given);
        out[..length].copy_from_slice(&self.block[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}

#[derive(Debug, Default)]
struct Walk {
    place: Place,
    /// The byte before, between values; none at the beginning.
    before: Option<u8>,
    found: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Between,
    String,
    Line,
    Block,
}

impl Walk {
    /// Walks over bytes and blanks out comments; returns how many are done, all but one that another must follow.
    fn over(&mut self, bytes: &mut [u8], all: bool) -> usize {
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            let next = bytes.get(at + 1).copied();
            if next.is_none() && !all && self.needs_next(byte) {
                return at;
            }
            let mut length = 1;
            match self.place {
                Place::Between => match (byte, next) {
                    (b'"', _) => self.place = Place::String,
                    (b'/', Some(mark @ (b'/' | b'*'))) if self.may_begin() => {
                        self.place = if mark == b'/' { Place::Line } else { Place::Block };
                        self.found = true;
                        bytes[at..at + 2].fill(b' ');
                        length = 2;
                    }
                    _ => {}
                },
                Place::String => match byte {
                    b'\\' if next.is_some() => length = 2,
                    // A string that never closes ends with its line.
                    b'"' | b'\n' => self.place = Place::Between,
                    _ => {}
                },
                Place::Line if byte == b'\n' => self.place = Place::Between,
                Place::Block if byte == b'*' && next == Some(b'/') => {
                    bytes[at..at + 2].fill(b' ');
                    (self.place, length) = (Place::Between, 2);
                }
                Place::Line | Place::Block if matches!(byte, b'\n' | b'\r') => {}
                Place::Line | Place::Block => bytes[at] = b' ',
            }
            at += length;
            self.before = Some(bytes[at - 1]);
        }
        at
    }

    fn needs_next(&self, byte: u8) -> bool {
        match self.place {
            Place::Between => byte == b'/',
            Place::String => byte == b'\\',
            Place::Block => byte == b'*',
            Place::Line => false,
        }
    }

    /// Whether a comment may begin here, and not an address in a string that is broken before it.
    fn may_begin(&self) -> bool {
        self.before.is_none_or(|byte| byte.is_ascii_whitespace() || b",{}[]".contains(&byte))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    const CASES: &[(&str, &str, bool)] = &[
        ("// all jobs\n[{\"a\":1}]", "           \n[{\"a\":1}]", true),
        ("{ /* a\n * b */ \"u\": \"https://x\"}", "{     \n        \"u\": \"https://x\"}", true),
        ("[{\"a\":1}, // \"one\n]", "[{\"a\":1},        \n]", true),
        ("[{\"a\":\"\\\"// no\"}]", "[{\"a\":\"\\\"// no\"}]", false),
        ("[{\"a\":x\"https://y\"}]", "[{\"a\":x\"https://y\"}]", false),
        ("// no JSON\nlet a = [1];", "          \nlet a = [1];", false),
    ];

    #[test]
    fn comments_become_spaces() {
        for (text, expected, stand) in CASES {
            assert_eq!(String::from_utf8(out_of(text.as_bytes().to_vec())).unwrap(), *expected);
            assert_eq!(stand_in(text.as_bytes()), *stand, "{text}");
        }
    }

    /// Gives out a few bytes at a time.
    struct Drops(Cursor<&'static str>, usize);

    impl Read for Drops {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let most = self.1.min(out.len());
            self.0.read(&mut out[..most])
        }
    }

    #[test]
    fn they_may_be_cut_anywhere() {
        for (text, expected, _) in CASES {
            for size in 1..6 {
                let mut reader = Uncommented::new(Box::new(Drops(Cursor::new(text), size)));
                let mut found = String::new();
                reader.read_to_string(&mut found).unwrap();
                assert_eq!(found, *expected, "{size}");
            }
        }
    }
}
