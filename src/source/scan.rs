//! Finds where a JSON value ends without parsing it.
//!
//! The scan can stop anywhere and go on when more bytes are at hand. It checks just enough to notice soon that a
//! quote, a brace or a comma is missing; whether the value is valid in every detail is for the parser to say.

use memchr::memchr2;

/// What the scan knows after the bytes it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The value goes on.
    More,
    /// The value ends before this offset.
    Done(usize),
    /// At this offset stands something that no value can hold there.
    Broken(usize),
}

/// The state of a scan over one value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scan {
    open: Vec<u8>,
    /// Last byte that is not white space: `"` for a string, `0` for a number or word.
    last: u8,
    in_string: bool,
    escaped: bool,
    at: usize,
}

impl Scan {
    /// Tells the scan that the first `length` bytes are gone from the front.
    pub(crate) fn forget(&mut self, length: usize) {
        self.at -= length.min(self.at);
    }

    /// Goes on over `bytes`, which begin where the value begins (or where they were last cut off).
    pub(crate) fn advance(&mut self, bytes: &[u8]) -> Step {
        while self.at < bytes.len() {
            if self.in_string {
                if !self.through_string(bytes) {
                    return Step::More;
                }
                if self.open.is_empty() {
                    return Step::Done(self.at);
                }
                continue;
            }
            let byte = bytes[self.at];
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' => {
                    if self.open.is_empty() && self.last != 0 {
                        return Step::Done(self.at);
                    }
                }
                b'"' => {
                    if !matches!(self.last, 0 | b'{' | b'[' | b',' | b':') {
                        return Step::Broken(self.at);
                    }
                    self.in_string = true;
                }
                b'{' | b'[' => {
                    let in_list = self.open.last() == Some(&b'[');
                    if !(matches!(self.last, 0 | b'[' | b':') || (self.last == b',' && in_list)) {
                        return Step::Broken(self.at);
                    }
                    self.open.push(byte);
                    self.last = byte;
                }
                b'}' | b']' => {
                    let opener = if byte == b'}' { b'{' } else { b'[' };
                    match self.open.pop() {
                        Some(open) if open == opener => self.last = byte,
                        // The list around a bare number or word ends.
                        None if self.last != 0 => return Step::Done(self.at),
                        _ => return Step::Broken(self.at),
                    }
                    if self.open.is_empty() {
                        self.at += 1;
                        return Step::Done(self.at);
                    }
                }
                b',' | b':' => {
                    if self.open.is_empty() {
                        return if self.last == 0 { Step::Broken(self.at) } else { Step::Done(self.at) };
                    }
                    self.last = byte;
                }
                _ => {
                    if matches!(self.last, b'"' | b'}' | b']') {
                        return Step::Broken(self.at);
                    }
                    self.last = b'0';
                }
            }
            self.at += 1;
        }
        Step::More
    }

    /// Goes on to the end of the string; false when the bytes end first.
    fn through_string(&mut self, bytes: &[u8]) -> bool {
        // The opening quote was passed over already, so `at` is inside.
        loop {
            if self.escaped && self.at < bytes.len() {
                self.escaped = false;
                self.at += 1;
            }
            let Some(found) = bytes.get(self.at..).and_then(|rest| memchr2(b'"', b'\\', rest)) else {
                self.at = bytes.len().max(self.at);
                return false;
            };
            self.at += found + 1;
            if bytes[self.at - 1] == b'"' {
                self.in_string = false;
                self.last = b'"';
                return true;
            }
            self.escaped = true;
        }
    }
}

/// Scans one value that stands whole in `bytes`.
pub(crate) fn value(bytes: &[u8]) -> Step {
    Scan::default().advance(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASES: &[(&str, &str, Step)] = &[
        ("object", r#"{"a":[1,{"b":null}],"c":"}"} x"#, Step::Done(28)),
        ("empty", "{},", Step::Done(2)),
        ("escaped quote", r#"{"a":"\"}\\"}"#, Step::Done(13)),
        ("number in a list", "17]", Step::Done(2)),
        ("word before a comma", "null, 2", Step::Done(4)),
        ("string in a list", r#""a","b""#, Step::Done(3)),
        ("not whole", r#"{"a":"}"#, Step::More),
        ("quote missing at the end", "{\"a\":\"x,\n\"b\":\"y\"}", Step::Broken(10)),
        ("quote missing at the start", r#"{"a":x","b":1}"#, Step::Broken(6)),
        ("brace missing", r#"{"a":1,{"a":2}"#, Step::Broken(7)),
        ("comma missing", r#"{"a":"x" "b":1}"#, Step::Broken(9)),
        ("wrong closer", r#"{"a":[1}"#, Step::Broken(7)),
        ("raw newline in a string is for the parser to judge", "{\"a\":\"x\ny\"}", Step::Done(11)),
    ];

    #[test]
    fn values_end_where_they_end() {
        for (name, text, step) in CASES {
            assert_eq!(value(text.as_bytes()), *step, "{name}");
        }
    }

    #[test]
    fn a_scan_may_stop_at_any_byte() {
        for (name, text, step) in CASES {
            let mut scan = Scan::default();
            let mut found = Step::More;
            for end in 0..=text.len() {
                found = scan.advance(&text.as_bytes()[..end]);
                if found != Step::More {
                    break;
                }
            }
            assert_eq!(found, *step, "{name}");
        }
    }
}
