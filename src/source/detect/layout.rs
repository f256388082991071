//! Tells JSON, and how it is laid out, from its first bytes.

use memchr::{memchr, memchr_iter, memmem};

use super::super::scan::{self, Step};
use super::super::shape;
use super::super::tabular::Columns;
use super::{Detected, Kind};

/// Ways of saying what showed the layout, by which those who ask tell the layouts apart.
pub(super) const ANSWER: &str = "it begins with the answer of a board, a list of postings inside";
pub(super) const LAID_OUT: &str = "it begins with an object over several lines";
pub(super) const IN_A_ROW: &str = "the first line holds one object behind another";

/// Whether text begins like JSON, and of which layout.
pub(super) fn json(text: &[u8], whole: bool) -> Option<Detected> {
    let opener = *text.first()?;
    let inside = text[1..].trim_ascii_start().first();
    let found = |kind, why| Some(Detected { kind, why });
    match (opener, inside) {
        (b'[', Some(b'[')) if text[1..].trim_ascii_start()[1..].trim_ascii_start().starts_with(b"{") => {
            return found(Kind::Json, "it begins with a list of lists of objects");
        }
        (b'[', Some(b'[')) if names_columns(text[1..].trim_ascii_start()) => {
            return found(
                Kind::Json,
                "it begins with a list of rows, the first of which names a title and a body",
            );
        }
        (b'[', Some(b'{' | b']')) => return found(Kind::Json, "it begins with a list of objects"),
        (b'{', Some(b'"' | b'}')) => {}
        _ => return None,
    }
    let line = &text[..memchr(b'\n', text).unwrap_or(text.len())];
    let rest = text[line.len()..].trim_ascii_start();
    let first = scan::value(line);
    let line_is_value = first == Step::Done(line.trim_ascii_end().len());
    if let Step::Done(length) = first
        && line[length..].trim_ascii_start().starts_with(b"{")
    {
        return found(Kind::Json, IN_A_ROW);
    }
    if (line_is_value || rest.is_empty()) && shape::begins_answer(line) {
        return found(Kind::Json, ANSWER);
    }
    if (!line_is_value || rest.is_empty()) && memmem::find(text, b"\"@graph\"").is_some() {
        return found(Kind::LinkedData, "it has a \"@graph\"");
    }
    let opening = memchr_iter(b'"', line).nth(1).map(|close| &line[..=close]);
    match rest.first() {
        // The first may be broken: then its first key must come again.
        Some(b'{') if line_is_value || opening.is_some_and(|opening| rest.starts_with(opening)) => {
            found(Kind::JsonLines, "two lines in a row begin with an object")
        }
        None if whole => found(Kind::Json, "it is one object"),
        Some(_) if opens(line) && !matches!(scan::value(text), Step::Broken(_)) => {
            found(Kind::Json, LAID_OUT)
        }
        _ if line_is_value => found(Kind::JsonLines, "the first line is a whole object"),
        _ => found(Kind::Json, "it begins with an object that its first line does not end"),
    }
}

/// Whether text begins with a row of the names of columns.
fn names_columns(text: &[u8]) -> bool {
    matches!(scan::value(text), Step::Done(length) if Columns::read(&text[..length]).is_some())
}

/// Whether a line ends where a value inside an object goes on: not within a text, which a line of its own may break off.
fn opens(line: &[u8]) -> bool {
    matches!(line.trim_ascii_end().last(), Some(b'{' | b'[' | b',' | b':'))
}
