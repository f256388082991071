//! Decodes entities and blanks tags out of titles.
//!
//! Titles of feeds are escaped for HTML, sometimes twice, and some hold links. Only the entities that titles
//! hold are known; the body of a posting has its own, full reader.

use std::borrow::Cow;

use memchr::{memchr, memchr2};

/// Decodes the entities that titles hold and blanks tags out.
pub(super) fn decode(title: &str) -> Cow<'_, str> {
    let mut rest = title;
    let mut out = String::new();
    while let Some(at) = memchr2(b'&', b'<', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (decoded, length) = if rest.starts_with('<') { tag(rest) } else { entity(rest) };
        out.push(decoded);
        rest = &rest[length..];
    }
    if out.is_empty() {
        return Cow::Borrowed(rest);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Titles hold links, not pages: what does not close within this many bytes is no tag.
const LONGEST_TAG: usize = 2048;

fn tag(text: &str) -> (char, usize) {
    let bytes = &text.as_bytes()[..text.len().min(LONGEST_TAG)];
    let end = match bytes {
        [_, b'/' | b'a'..=b'z' | b'A'..=b'Z', ..] => memchr(b'>', bytes),
        _ => None,
    };
    (' ', end.map_or(1, |end| end + 1))
}

fn entity(text: &str) -> (char, usize) {
    let decoded = text.bytes().take(12).position(|byte| byte == b';').and_then(|end| {
        let name = &text[1..end];
        let c = match name.strip_prefix('#') {
            Some(number) => {
                let hex = number.strip_prefix(['x', 'X']).map(|hex| u32::from_str_radix(hex, 16).ok());
                char::from_u32(hex.unwrap_or_else(|| number.parse().ok())?)?
            }
            None => match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" | "rsquo" | "lsquo" => '\'',
                "nbsp" => ' ',
                "ndash" | "mdash" => '–',
                _ => return None,
            },
        };
        Some((c, end + 1))
    });
    decoded.unwrap_or(('&', 1))
}
