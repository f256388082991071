//! HTML read tag by tag, by hand and without a tree.
//!
//! Comments, scripts and templates are stepped over, and every step moves forward, so that hostile pages take no longer
//! than others of their size.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::{memchr, memchr3, memmem};
use regex::Regex;

/// Elements whose content is no text of the page.
const UNSEEN: &[&str] = &["script", "style", "template", "noscript"];

/// Whether the content of an element of this name is no text of the page.
pub(crate) fn is_unseen(name: &str) -> bool {
    is_any(name, UNSEEN)
}

/// Whether an element has one of the names; any case.
pub(crate) fn is_any(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// What a walk over a page meets next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'h> {
    /// A tag that begins at `start`; the name of one that ends an element begins with `/`.
    Tag {
        /// Where it begins.
        start: usize,
        /// The name of its element.
        name: &'h str,
    },
    /// Something that is no tag, or holds none.
    Over {
        /// Where it begins.
        start: usize,
        /// Where it ends.
        end: usize,
    },
}

/// The next step from `at` on; `None` at the end, or where something opens that never closes.
pub(crate) fn step(html: &str, at: usize) -> Option<Step<'_>> {
    let start = at + memchr(b'<', &html.as_bytes()[at..])?;
    let rest = &html[start..];
    if rest.starts_with("<!--") {
        return Some(Step::Over { start, end: start + comment_length(rest.as_bytes())? });
    }
    let slash = usize::from(rest[1..].starts_with('/'));
    let found = name(&rest[slash..]);
    if found.is_empty() {
        return Some(Step::Over { start, end: start + 1 });
    }
    if slash == 0 && is_unseen(found) {
        let content = 1 + memchr(b'>', rest.as_bytes())?;
        let end = start + content + closing(&rest.as_bytes()[content..], found.as_bytes())?;
        return Some(Step::Over { start, end });
    }
    Some(Step::Tag { start, name: &rest[1..=slash + found.len()] })
}

/// The name of the element whose tag begins `html`; empty when none does.
pub(crate) fn name(html: &str) -> &str {
    let after = html.get(1..).unwrap_or_default();
    let length = after.bytes().take_while(u8::is_ascii_alphanumeric).count();
    &after[..length]
}

/// Length of the comment that begins `html`; `None` when it never ends.
pub(crate) fn comment_length(html: &[u8]) -> Option<usize> {
    memmem::find(html.get(4..)?, b"-->").map(|end| end + 7)
}

/// Offset of the next closing tag of the element called `name`; any case.
pub(crate) fn closing(html: &[u8], name: &[u8]) -> Option<usize> {
    memmem::find_iter(html, b"</").find(|at| {
        html.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
    })
}

/// The contents of the scripts of a page whose tags, in lower case, are wanted, with their offsets.
pub(crate) fn scripts(html: &str, wanted: impl Fn(&str) -> bool) -> Vec<(usize, &str)> {
    let bytes = html.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    // Whether comments may still end.
    let mut closes = true;
    while let Some(next) = memchr(b'<', &bytes[at..]) {
        at += next;
        let rest = &bytes[at..];
        if rest.starts_with(b"<!--") {
            let end = if closes { memmem::find(rest, b"-->") } else { None };
            closes &= end.is_some();
            at += end.unwrap_or(4);
        } else if rest.len() > 7 && rest[1..7].eq_ignore_ascii_case(b"script") {
            let Some(open) = memchr(b'>', rest) else { break };
            let content = at + open + 1;
            let Some(close) = closing(&bytes[content..], b"script") else { break };
            let tag = html[at..content].to_ascii_lowercase();
            if wanted(&tag) {
                found.push((content, &html[content..content + close]));
            }
            at = content + close;
        } else {
            at += 1;
        }
    }
    found
}

/// Length of the tag that begins `html`; brackets inside quotes are none of its.
pub(crate) fn tag_length(html: &str) -> usize {
    let bytes = html.as_bytes();
    let mut at = 1;
    while let Some(found) = memchr3(b'>', b'"', b'\'', &bytes[at..]) {
        let byte = bytes[at + found];
        at += found + 1;
        if byte == b'>' {
            return at;
        }
        // Only behind an equals sign does a quote open anything.
        if bytes[..at - 1].trim_ascii_end().ends_with(b"=")
            && let Some(close) = memchr(byte, &bytes[at..])
        {
            at += close + 1;
        }
    }
    bytes.len()
}

/// The value of an attribute, empty when it has none; `None` when the tag lacks it.
pub(crate) fn attribute<'t>(tag: &'t str, wanted: &str) -> Option<&'t str> {
    let mut rest = tag.trim_start_matches('<').trim_end_matches(['>', '/']);
    rest = &rest[rest.find(|c: char| c.is_ascii_whitespace())?..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let length = rest.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(rest.len());
        if rest.is_empty() {
            return None;
        }
        if length == 0 {
            rest = &rest[1..];
            continue;
        }
        let name = &rest[..length];
        let after = rest[length..].trim_start();
        let value;
        (value, rest) = match after.strip_prefix('=').map(str::trim_start) {
            None => ("", after),
            Some(text) => match text.as_bytes().first() {
                Some(quote @ (b'"' | b'\'')) => {
                    let inner = &text[1..];
                    inner.split_once(char::from(*quote)).unwrap_or((inner, ""))
                }
                _ => text.split_at(text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(text.len())),
            },
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
    }
}

/// A page with a space in place of each tag and each comment.
pub(crate) fn blanked(html: &str) -> Cow<'_, str> {
    static TAG: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)<!--.*?-->|<[^>]*>").expect("the pattern is valid"));
    TAG.replace_all(html, " ")
}

/// A title or name without the tags that search engines put around words found: `<strong>Product</strong> Manager`.
pub(crate) fn untagged(text: &str) -> String {
    static TAG: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>").expect("the pattern is valid")
    });
    TAG.replace_all(text, "").into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_however_they_are_written() {
        let tag =
            "<DIV class=a ItemProp = 'title name' itemscope data-x=\"a > b\" href=/x?a=1 = itemtype=\"y\">";
        for (name, value) in [
            ("class", Some("a")),
            ("itemprop", Some("title name")),
            ("itemscope", Some("")),
            ("data-x", Some("a > b")),
            ("href", Some("/x?a=1")),
            ("itemtype", Some("y")),
            ("x", None),
        ] {
            assert_eq!(attribute(tag, name), value, "{name}");
        }
        assert_eq!(tag_length("<a title=\"x > y\" b='>'>z"), 23);
        assert_eq!(tag_length("<a it's>z"), 8);
        assert_eq!(tag_length("<a"), 2);
    }
}
