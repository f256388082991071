//! Decodes entities and blanks tags out of titles.
//!
//! Titles of feeds are escaped for HTML, often twice, and some hold links.

use std::borrow::Cow;

use html_escape::decode_html_entities;
use memchr::{memchr, memchr2};

/// Titles hold links, not pages: what does not close within this many bytes is no tag.
const LONGEST_TAG: usize = 2048;

/// The text that a reader of `title` sees.
pub(super) fn decode(title: &str) -> Cow<'_, str> {
    if memchr2(b'&', b'<', title.as_bytes()).is_none() {
        return Cow::Borrowed(title);
    }
    let once = decode_html_entities(title);
    Cow::Owned(without_tags(&decode_html_entities(&once)))
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push(' ');
        rest = &rest[at..];
        rest = &rest[tag_length(rest.as_bytes()).unwrap_or(1)..];
    }
    out.push_str(rest);
    out
}

/// Length of the tag at the start of `text`; `None` when it is a mere sign.
fn tag_length(text: &[u8]) -> Option<usize> {
    let text = &text[..text.len().min(LONGEST_TAG)];
    match text {
        [_, b'/' | b'a'..=b'z' | b'A'..=b'Z', ..] => memchr(b'>', text).map(|end| end + 1),
        _ => None,
    }
}
