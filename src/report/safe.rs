//! Makes posting text harmless: on a terminal, in a JSON line, in a spreadsheet cell.
//!
//! Postings are written by anybody. Their text must never move a cursor, turn a line around, break
//! one line of output into two, or become a formula.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Stands for a character that must not be written.
const SHOWN: char = '\u{FFFD}';

/// Text of one line for a person: white space collapsed, other control characters shown as `�`.
///
/// Reads at most `limit` characters, since a title can be a megabyte long.
pub(crate) fn line(text: &str, limit: usize) -> String {
    let mut line = String::with_capacity(text.len().min(limit));
    for c in text.chars().take(limit) {
        if c.is_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else {
            line.push(if is_control(c) { SHOWN } else { c });
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// The text character for character, with white space as spaces and other control characters shown as `�`.
pub(super) fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            _ if c.is_whitespace() => ' ',
            _ if is_control(c) => SHOWN,
            _ => c,
        })
        .collect()
}

/// A text cell of a CSV file: no formula, no control characters but tabs and line ends.
///
/// A cell that begins with `=`, `+`, `-`, `@` (or their full-width forms), a tab, a line end or NUL
/// gets a leading `'`, which spreadsheets take as "this is text".
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    let guard = text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\0', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}',
    ]);
    let hidden = |c: char| is_control(c) && !matches!(c, '\t' | '\r' | '\n');
    match (guard, text.contains(hidden)) {
        (false, false) => Cow::Borrowed(text),
        (true, false) => Cow::Owned(format!("'{text}")),
        (_, true) => {
            Cow::Owned(format!("{}{}", if guard { "'" } else { "" }, text.replace(hidden, "\u{FFFD}")))
        }
    }
}

/// Writes a value as JSON on one line, with what a terminal or a line splitter could act on escaped.
///
/// The value that a JSON reader gets is unchanged.
pub(crate) fn json<T: Serialize>(out: &mut (impl Write + ?Sized), value: &T) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Escaping)).map_err(io::Error::from)
}

/// Compact JSON in which control characters beyond ASCII are escaped too.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.bytes().all(|byte| (b' '..0x7F).contains(&byte)) {
            return out.write_all(fragment.as_bytes());
        }
        let mut written = 0;
        for (at, c) in fragment.char_indices().filter(|&(_, c)| is_control(c)) {
            out.write_all(&fragment.as_bytes()[written..at])?;
            write!(out, "\\u{:04x}", u32::from(c))?;
            written = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[written..])
    }
}

/// Control characters, line and paragraph separators, and the marks that turn text around.
fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\x1F' | '\x7F'..='\u{9F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one_line_without_controls() {
        const CASES: &[(&str, &str)] = &[
            ("  Product \t\r\n Manager ", "Product Manager"),
            ("\x1b[31mred\x1b[0m", "\u{FFFD}[31mred\u{FFFD}[0m"),
            ("\u{9b}31m", "\u{FFFD}31m"),
            ("a\u{202e}b\u{2066}c", "a\u{FFFD}b\u{FFFD}c"),
            ("a\u{2028}b\u{85}c", "a b c"),
            ("Größe 🚀 \u{5e9}", "Größe 🚀 \u{5e9}"),
        ];
        for (text, expected) in CASES {
            assert_eq!(line(text, 100), *expected, "{text:?}");
        }
        assert_eq!(line(&"x".repeat(1000), 7).len(), 7);
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        const CASES: &[(&str, &str)] = &[
            ("Product Manager", "Product Manager"),
            ("=1+1", "'=1+1"),
            ("+49 30", "'+49 30"),
            ("-#1", "'-#1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("\n=1", "'\n=1"),
            ("\0=1", "'\u{FFFD}=1"),
            ("\u{FF1D}1", "'\u{FF1D}1"),
            ("a=b", "a=b"),
            ("two\nlines", "two\nlines"),
            ("a\x1b[2Jb", "a\u{FFFD}[2Jb"),
            ("", ""),
        ];
        for (text, expected) in CASES {
            assert_eq!(cell(text), *expected, "{text:?}");
        }
    }

    #[test]
    fn json_escapes_what_a_terminal_acts_on_and_reads_back_the_same() {
        let text = "\x1b[1m \u{9b}1m \u{7f} \u{202e} \u{2028} \u{85} \" \\ Größe 🚀";
        let mut out = Vec::new();
        json(&mut out, &text).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert!(!written.contains(is_control), "{written:?}");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}
