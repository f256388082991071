//! What a web page says of itself: its language, its first heading, its title; and how much of it is text.

use std::sync::LazyLock;

use memchr::memchr;
use regex::Regex;

use super::opening::is_title;
use crate::document::head;
use crate::html::{Step, blanked, closing, comment_length, is_unseen, name, step};

/// What a web page says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Page {
    /// Text of the first `h1`.
    pub(crate) heading: Option<String>,
    /// Text of the `h1` or `h2` behind that; before any `h1`, of the first smaller heading that is the title of a posting.
    pub(crate) below: Option<String>,
    /// The address that the page gives as its own.
    pub(crate) address: Option<String>,
    /// Text of the first paragraph that a word processor styled as the title.
    pub(crate) styled: Option<String>,
    /// Text of the `title`.
    pub(crate) title: Option<String>,
    /// The `lang` of the `html` element.
    pub(crate) language: Option<String>,
}

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
        let mut at = 0;
        // Whether smaller headings end: where one does not, the rest of the page is not searched for each that follows.
        let mut ends = true;
        loop {
            let (start, name) = match step(html, at)? {
                Step::Tag { start, name } => (start, name),
                Step::Over { end, .. } => {
                    at = end;
                    continue;
                }
            };
            let tag = &html[start..=start + memchr(b'>', &html.as_bytes()[start..])?];
            let content = start + tag.len();
            let is = |known: &str| known.eq_ignore_ascii_case(name);
            let is_heading = is("h1") || (self.heading.is_some() && is("h2"));
            let is_smaller = ends && self.heading.is_none() && self.below.is_none() && (is("h2") || is("h3"));
            let end = || Some(content + closing(&html.as_bytes()[content..], name.as_bytes())?);
            at = if is("html") {
                self.language = self.language.take().or_else(|| language(tag));
                content
            } else if is("title") && self.heading.is_none() {
                let end = end()?;
                self.title = self.title.take().or_else(|| plain(&html[content..end]));
                end
            } else if is_heading {
                let end = end()?;
                let said = plain(&html[content..end]);
                if self.heading.is_some() && said.is_some() {
                    self.below = said;
                    return Some(());
                }
                if self.heading.is_none() && said.is_some() {
                    (self.heading, self.below) = (said, None);
                }
                end
            } else if is_smaller {
                let end = end();
                ends = end.is_some();
                self.below = end.and_then(|end| plain(&html[content..end])).filter(|said| is_title(said));
                end.unwrap_or(content)
            } else if is("link") && self.address.is_none() {
                self.address = address(tag);
                content
            } else if self.heading.is_some() {
                // What else a page says of itself stands before its first heading.
                start + 1
            } else if self.styled.is_none() && is("p") && is_styled_title(tag) {
                let end = end()?;
                self.styled = plain(&html[content..end]);
                end
            } else {
                // A `<` that opens nothing must not swallow what follows it.
                start + 1
            };
        }
    }
}

/// What stands behind the comment, the tag or the unseen element that begins `html`.
fn behind(html: &str) -> Option<&str> {
    if html.starts_with("<!--") {
        return Some(&html[comment_length(html.as_bytes())?..]);
    }
    let end = memchr(b'>', html.as_bytes())?;
    let name = name(html);
    let after = &html[end + 1..];
    if name.eq_ignore_ascii_case("head") {
        return Some(&after[head::length(after.as_bytes())?..]);
    }
    if is_unseen(name) || name.eq_ignore_ascii_case("title") {
        return Some(&after[closing(after.as_bytes(), name.as_bytes())?..]);
    }
    Some(after)
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

/// The address in a `link` to the page itself.
fn address(tag: &str) -> Option<String> {
    static OWN: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"(?i)\srel\s*=\s*["']?canonical\b"#).expect("the pattern is valid"));
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)\shref\s*=\s*["']?(https?://[^\s"'>]+)"#).expect("the pattern is valid")
    });
    let found = OWN.is_match(tag).then(|| ADDRESS.captures(tag)).flatten()?;
    Some(html_escape::decode_html_entities(&found[1]).into_owned())
}

/// HTML without its tags, on one line; entities stay.
fn plain(html: &str) -> Option<String> {
    if html.len() > LONGEST {
        return None;
    }
    let text = blanked(html);
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
            ("smaller headings", "<h2>Our work</h2><h3>Product Manager</h3>", [None, None, None]),
        ];
        for (name, html, expected) in CASES {
            let page = Page::read(html);
            let found = [page.heading.as_deref(), page.title.as_deref(), page.language.as_deref()];
            assert_eq!(found, *expected, "{name}");
            assert_eq!(page.styled.is_some(), *name == "word processor", "{name}");
            assert_eq!(page.below.is_some(), *name == "smaller headings", "{name}");
        }
    }

    #[test]
    fn headings_that_never_end_take_no_longer_than_others() {
        assert_eq!(Page::read(&"<h2>x</h3>".repeat(200_000)).below, None);
    }

    #[test]
    fn pages_give_their_own_address() {
        for (html, address) in [
            ("<link rel=canonical href=https://example.com/pm><h1>PM</h1>", Some("https://example.com/pm")),
            (
                "<link href='https://example.com/?a=1&amp;b=2' rel='canonical'>",
                Some("https://example.com/?a=1&b=2"),
            ),
            ("<link rel=stylesheet href=https://example.com/x.css><link rel=canonical href=/pm>", None),
        ] {
            assert_eq!(Page::read(html).address.as_deref(), address, "{html}");
        }
    }
}
