//! Line ends that a program on the way took from a text.

use std::borrow::Cow;

use memchr::memmem;

/// How many line ends written out as two characters speak for a text that was written out once too often.
const WRITTEN_OUT: usize = 2;

/// The text with line ends for lone carriage returns, and for those that a program wrote out as a backslash and an
/// `n`. Everything keeps its place.
pub(super) fn with_line_ends(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let feeds = memchr::memchr_iter(b'\n', bytes).count();
    let written_out = memmem::find_iter(bytes, "\\n").count();
    if written_out >= WRITTEN_OUT && written_out > feeds {
        return Cow::Owned(text.replace("\\r", "  ").replace("\\n", " \n"));
    }
    let returns = memchr::memchr_iter(b'\r', bytes);
    if returns.into_iter().all(|at| bytes.get(at + 1) == Some(&b'\n')) {
        return Cow::Borrowed(text);
    }
    let mut chars = text.chars().peekable();
    let mut ended = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        let lone = c == '\r' && chars.peek() != Some(&'\n');
        ended.push(if lone { '\n' } else { c });
    }
    Cow::Owned(ended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_line_ends_come_back_in_their_places() {
        const CASES: &[(&str, &str)] = &[
            ("a\rb\r\nc", "a\nb\r\nc"),
            ("a\\n- b\\r\\n- c", "a \n- b   \n- c"),
            ("C:\\new", "C:\\new"),
            ("a\nb\nc \\n d \\n", "a\nb\nc \\n d \\n"),
            ("a\r\nb", "a\r\nb"),
            ("", ""),
        ];
        for (text, expected) in CASES {
            assert_eq!(with_line_ends(text), *expected);
            assert_eq!(with_line_ends(text).len(), text.len());
        }
    }
}
