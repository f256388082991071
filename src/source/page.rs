//! What a web page says of itself: its language, its first heading, its title.
//!
//! One pass by hand and no tree; comments, scripts and templates are stepped over, and every step moves forward, so
//! that hostile pages take no longer than others of their size.

use std::sync::LazyLock;

use memchr::{memchr, memmem};
use regex::Regex;

use crate::document::head;

/// What a web page says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Page {
    /// Text of the first `h1`.
    pub(crate) heading: Option<String>,
    /// Text of the `h1` or `h2` behind that.
    pub(crate) below: Option<String>,
    /// Text of the first paragraph that a word processor styled as the title.
    pub(crate) styled: Option<String>,
    /// Text of the `title`.
    pub(crate) title: Option<String>,
    /// The `lang` of the `html` element.
    pub(crate) language: Option<String>,
}

/// Elements whose content is no text of the page.
const UNSEEN: &[&str] = &["script", "style", "template", "noscript"];

/// Longest heading that is looked at, tags and all.
const LONGEST: usize = 4096;

impl Page {
    /// Reads what a page says of itself.
    pub(crate) fn read(html: &str) -> Self {
        let mut page = Self::default();
        page.walk(html);
        page
    }

    /// Whether a reader of the page sees any words.
    pub(crate) fn shows_text(html: &str) -> bool {
        let mut rest = html;
        loop {
            let next = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            if rest[..next].contains(char::is_alphanumeric) {
                return true;
            }
            match behind(&rest[next..]) {
                Some(after) => rest = after,
                None => return false,
            }
        }
    }

    /// About how many bytes of text a page shows.
    pub(crate) fn seen(html: &str) -> usize {
        let (mut at, mut seen) = (0, 0);
        while let Some(step) = step(html, at) {
            let (start, end) = match step {
                Step::Over { start, end } => (start, end),
                Step::Tag { start, .. } => match memchr(b'>', &html.as_bytes()[start..]) {
                    Some(close) => (start, start + close + 1),
                    None => (start, html.len()),
                },
            };
            seen += start - at;
            at = end;
        }
        seen + (html.len() - at)
    }

    /// Ends at the heading behind the first, or where something opens that never closes.
    fn walk(&mut self, html: &str) -> Option<()> {
        let mut rest = html;
        loop {
            rest = &rest[memchr(b'<', rest.as_bytes())?..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = &comment[memmem::find(comment.as_bytes(), b"-->")?..];
                continue;
            }
            let name: &str = name(rest);
            let tag = &rest[..=memchr(b'>', rest.as_bytes())?];
            let after = &rest[tag.len()..];
            let is_heading = name.eq_ignore_ascii_case("h1")
                || (self.heading.is_some() && name.eq_ignore_ascii_case("h2"));
            rest = if UNSEEN.iter().any(|unseen| unseen.eq_ignore_ascii_case(name)) {
                &after[close(after, name)?..]
            } else if name.eq_ignore_ascii_case("html") {
                self.language = self.language.take().or_else(|| language(tag));
                after
            } else if name.eq_ignore_ascii_case("title") && self.heading.is_none() {
                let end = close(after, name)?;
                self.title = self.title.take().or_else(|| plain(&after[..end]));
                &after[end..]
            } else if is_heading {
                let end = close(after, name)?;
                let said = plain(&after[..end]);
                if self.heading.is_some() && said.is_some() {
                    self.below = said;
                    return Some(());
                }
                self.heading = self.heading.take().or(said);
                &after[end..]
            } else if self.heading.is_some() {
                // What else a page says of itself stands before its first heading.
                &rest[1..]
            } else if self.styled.is_none() && name.eq_ignore_ascii_case("p") && is_styled_title(tag) {
                let end = close(after, name)?;
                self.styled = plain(&after[..end]);
                &after[end..]
            } else {
                // A `<` that opens nothing must not swallow what follows it.
                &rest[1..]
            };
        }
    }
}

/// What a walk over a page meets next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'h> {
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
pub(super) fn step(html: &str, at: usize) -> Option<Step<'_>> {
    let start = at + memchr(b'<', &html.as_bytes()[at..])?;
    let rest = &html[start..];
    if let Some(comment) = rest.strip_prefix("<!--") {
        let end = start + 7 + memmem::find(comment.as_bytes(), b"-->")?;
        return Some(Step::Over { start, end });
    }
    let slash = usize::from(rest[1..].starts_with('/'));
    let found = name(&rest[slash..]);
    if found.is_empty() {
        return Some(Step::Over { start, end: start + 1 });
    }
    if slash == 0 && UNSEEN.iter().any(|unseen| unseen.eq_ignore_ascii_case(found)) {
        let content = 1 + memchr(b'>', rest.as_bytes())?;
        let end = start + content + close(&rest[content..], found)?;
        return Some(Step::Over { start, end });
    }
    Some(Step::Tag { start, name: &rest[1..=slash + found.len()] })
}

/// What stands behind the comment, the tag or the unseen element that begins `html`.
fn behind(html: &str) -> Option<&str> {
    if let Some(comment) = html.strip_prefix("<!--") {
        return Some(&comment[memmem::find(comment.as_bytes(), b"-->")? + 3..]);
    }
    let end = memchr(b'>', html.as_bytes())?;
    let name = name(html);
    let after = &html[end + 1..];
    if name.eq_ignore_ascii_case("head") {
        return Some(&after[head::length(after.as_bytes())?..]);
    }
    if UNSEEN.iter().chain(&["title"]).any(|unseen| unseen.eq_ignore_ascii_case(name)) {
        return Some(&after[close(after, name)?..]);
    }
    Some(after)
}

/// The name of the element whose tag begins `html`; empty when none does.
fn name(html: &str) -> &str {
    let after = html.get(1..).unwrap_or_default();
    let length = after.bytes().take_while(u8::is_ascii_alphanumeric).count();
    &after[..length]
}

/// Offset of the closing tag of `name`.
fn close(html: &str, name: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    memmem::find_iter(bytes, b"</").find(|at| {
        let start = at + 2;
        bytes.get(start..start + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
    })
}

/// Whether the tag of a paragraph carries the style for titles of a word processor.
fn is_styled_title(tag: &str) -> bool {
    let words = tag.split(|c: char| !c.is_ascii_alphanumeric());
    tag.contains("class") && words.into_iter().any(|word| matches!(word, "title" | "MsoTitle"))
}

fn language(tag: &str) -> Option<String> {
    static LANGUAGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)\slang\s*=\s*["']?([a-z]{2,3}(?:-[a-z0-9]+)*)"#).expect("the pattern is valid")
    });
    LANGUAGE.captures(tag).map(|found| found[1].to_owned())
}

/// HTML without its tags, on one line; entities stay.
fn plain(html: &str) -> Option<String> {
    static TAG: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)<!--.*?-->|<[^>]*>").expect("the pattern is valid"));
    if html.len() > LONGEST {
        return None;
    }
    let text = TAG.replace_all(html, " ");
    let words: Vec<_> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_may_show_nothing() {
        const CASES: &[(&str, bool)] = &[
            ("PM", true),
            ("<html><head><title>PM</title></head><body><script>var a = 1;</script> - </body></html>", false),
            ("<html><head><title>PM</title><body>x", true),
            ("<!-- PM --><p>x</p>", true),
            ("<p></p><script>never ends", false),
            ("<a title='PM'></a>", false),
            ("", false),
        ];
        for (html, shown) in CASES {
            assert_eq!(Page::shows_text(html), *shown, "{html}");
        }
    }

    #[test]
    fn text_is_told_from_what_is_around_it() {
        for (html, seen) in [
            ("PM", 2),
            ("<p class=long>Own</p> it", 6),
            ("<script>a long one</script>x", 1),
            ("a < b<!-- c -->d", 5),
        ] {
            assert_eq!(Page::seen(html), seen, "{html}");
        }
    }

    #[test]
    fn pages_say_what_they_are() {
        const CASES: &[(&str, &str, [Option<&str>; 3])] = &[
            ("nothing", "text < more", [None, None, None]),
            (
                "all",
                "<HTML lang=en><Title>T</title><h1 class=a>A <b>PM</b></H1>",
                [Some("A PM"), Some("T"), Some("en")],
            ),
            ("hidden", "<!-- <h1>a</h1> --><script>'<h1>b</h1>'</script><h1>c</h1>", [Some("c"), None, None]),
            ("empty heading", "<h1><img src=x></h1><h1>PM</h1>", [Some("PM"), None, None]),
            (
                "word processor",
                "<p class=c1>x</p><p class=\"c0 title\"><span>PM</span></p><p class=MsoTitle>y</p>",
                [None, None, None],
            ),
            ("not closed", "<title>PM</title><!-- <h1>a</h1>", [None, Some("PM"), None]),
        ];
        for (name, html, expected) in CASES {
            let page = Page::read(html);
            let found = [page.heading.as_deref(), page.title.as_deref(), page.language.as_deref()];
            assert_eq!(found, *expected, "{name}");
            assert_eq!(page.styled.is_some(), *name == "word processor", "{name}");
        }
    }
}
