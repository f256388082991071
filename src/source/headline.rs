//! Where the title of a draft stands in its text: in the front matter, a labelled line, a heading, a `<title>`.
//!
//! The title is known by now; what is looked for is the first place that says just that.

use std::sync::LazyLock;

use regex::Regex;

use super::alias::known;
use super::field::Field;
use super::front;
use crate::html::blanked;
use crate::letters;
use crate::posting::Markup;
use crate::span::{Span, floor};

/// How much of a draft is searched: a title does not stand further down.
const HEAD: usize = 256 * 1024;

/// Lines that a value may go on over.
const CONTINUED: usize = 8;

/// The longest line that is taken for a title.
pub(super) const TITLE: usize = 120;

/// The longest line that is looked at.
const LONGEST: usize = 4096;

/// Where `title` stands in the text of a draft; nowhere when it came from elsewhere, such as the file's name.
#[must_use]
pub fn find(text: &str, markup: Markup, title: &str) -> Option<Span> {
    let title: String = letters::of(title).collect();
    if title.is_empty() {
        return None;
    }
    let head = &text[..floor(text, HEAD)];
    let is_page = match markup {
        Markup::Html => true,
        Markup::Lines | Markup::Paragraphs | Markup::Heading => false,
        Markup::Detect => text.trim_start().starts_with('<'),
    };
    let in_line = if is_page { None } else { in_lines(head, &title) };
    in_line.or_else(|| in_page(head, &title))
}

/// Whether a title names the kind of document rather than the job.
pub(super) fn names_the_form(title: &str) -> bool {
    const FORMS: &[&str] = &[
        "job description",
        "job posting",
        "job ad",
        "job advert",
        "job advertisement",
        "job specification",
        "position description",
        "role description",
        "role profile",
        "vacancy",
    ];
    FORMS.iter().any(|form| title.trim_matches([' ', ':']).eq_ignore_ascii_case(form))
}

/// The first line of a draft, when it looks like a title: a heading, or short and not a sentence.
pub(super) fn first_line(line: &str) -> Option<String> {
    let is_heading = line.starts_with('#');
    let text = heading_text(line)?;
    let is_sentence =
        text.ends_with(['.', '!', '?', ':', ';', ',']) || line.starts_with(['-', '>', '|', '<']);
    (is_heading || !is_sentence).then_some(text)
}

/// A heading without its marks; `None` when nothing, or too much, is left.
pub(super) fn heading_text(line: &str) -> Option<String> {
    static LINK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"!?\[([^\]]*)\]\([^)]*\)").expect("the pattern is valid"));
    let line = line.trim().trim_start_matches('#').trim_end_matches('#').trim();
    if line.len() > 16 * TITLE {
        return None;
    }
    let line = LINK.replace_all(line, "$1").replace("**", "").replace('`', "");
    let text = line.trim_matches(['*', '_', ' ']);
    (!text.is_empty() && text.chars().count() <= TITLE).then(|| text.to_owned())
}

fn in_lines(text: &str, title: &str) -> Option<Span> {
    let matter = front::find(text).map_or(0, |matter| matter.end);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        if line.len() > LONGEST {
            continue;
        }
        let in_matter = at < matter;
        let value = labelled(line, in_matter);
        for (offset, candidate) in [value, Some((0, line))].into_iter().flatten() {
            if says(candidate, title) {
                return Some(trimmed(candidate, at + offset));
            }
        }
        if in_matter && let Some((offset, value)) = value {
            let whole = Span::new(at + offset, start + continued(&text[start..matter]));
            let candidates = [uncommented(value), whole.slice(text)];
            let fits = |candidate: &&str| candidate.len() <= LONGEST && says(candidate, title);
            if let Some(candidate) = candidates.into_iter().find(fits) {
                return Some(trimmed(candidate, at + offset));
            }
        }
    }
    None
}

/// The value of a line `title: value`, in front matter also `title = value`, with its offset.
fn labelled(line: &str, in_matter: bool) -> Option<(usize, &str)> {
    let separators: &[char] = if in_matter { &[':', '='] } else { &[':'] };
    let (label, at, value) = match cells(line) {
        Some(cells) => cells,
        None => line.find(separators).map(|at| (&line[..at], at + 1, &line[at + 1..]))?,
    };
    let label = label.trim_matches(['*', '_', ' ', '#', '-', '"', '\'']);
    let is_label = known(label).is_some_and(|slot| slot.field == Field::Title) || names_the_form(label);
    is_label.then_some((at, value))
}

/// The two cells of a line of a table in Markdown, the second with its offset.
pub(super) fn cells(line: &str) -> Option<(&str, usize, &str)> {
    let (label, rest) = line.trim_start().strip_prefix('|')?.split_once('|')?;
    let (value, more) = rest.split_once('|').unwrap_or((rest, ""));
    more.trim().is_empty().then(|| (label, line.len() - rest.len(), value))
}

/// A value of front matter without the comment behind it.
fn uncommented(value: &str) -> &str {
    value.find(" #").map_or(value, |comment| &value[..comment])
}

/// How many bytes of the lines below a line of front matter go on with its value: those that are further in.
fn continued(below: &str) -> usize {
    let further = |line: &&str| line.starts_with([' ', '\t']) || line.trim().is_empty();
    below.split_inclusive('\n').take(CONTINUED).take_while(further).map(str::len).sum()
}

/// Whether a line says just the title, links and emphasis aside.
fn says(line: &str, title: &str) -> bool {
    static LINK: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"!?\[([^\]]*)\]\([^)]*\)").expect("the pattern is valid"));
    let just = |text: &str| letters::of(text).eq(title.chars());
    just(line)
        || ((line.contains("](") || line.contains('&'))
            && just(&html_escape::decode_html_entities(&LINK.replace_all(line, "$1"))))
}

/// The words of a line without the marks around them.
fn trimmed(line: &str, at: usize) -> Span {
    let mark = |c: char| {
        c.is_whitespace()
            || matches!(c, '#' | '*' | '_' | '`' | '"' | '\'' | '-' | '>' | '|' | '+' | '\u{feff}')
    };
    let end = line.trim_end_matches(mark).len();
    let start = line.len() - line.trim_start_matches(mark).len();
    Span::new(at + start.min(end), at + end)
}

fn in_page(html: &str, title: &str) -> Option<Span> {
    static ELEMENT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?is)<!--.*?-->",
            r"|<(?:script|style|template|noscript)(?-u:\b).*?</(?:script|style|template|noscript)\s*>",
            r"|<(h1|h2|title)(?-u:\b)[^>]*>(.*?)</(?:h1|h2|title)\s*>",
        ))
        .expect("the pattern is valid")
    });
    /// A page with more elements than this before its title has none.
    const LOOKED_AT: usize = 64;
    let mut second = None;
    for element in ELEMENT.captures_iter(html).take(LOOKED_AT) {
        let (Some(name), Some(inner)) = (element.get(1), element.get(2)) else { continue };
        let plain = blanked(inner.as_str());
        let says_it = || letters::of(&html_escape::decode_html_entities(&plain)).eq(title.chars());
        if inner.len() > LONGEST || !says_it() {
            continue;
        }
        let words = inner.as_str().trim();
        let start = inner.start() + inner.len() - inner.as_str().trim_start().len();
        let span = Span::new(start, start + words.len());
        if !name.as_str().eq_ignore_ascii_case("title") {
            return Some(span);
        }
        second = second.or(Some(span));
    }
    second
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_stands_where_it_was_read() {
        use Markup::{Detect, Html, Lines};
        type Found = Option<(usize, &'static str)>;
        const CASES: &[(&str, &str, Markup, &str, Found)] = &[
            (
                "front matter",
                "---\ntitle: \"PM, Pay\"\n---\n# PM, Pay\n",
                Lines,
                "PM, Pay",
                Some((12, "PM, Pay")),
            ),
            ("toml", "+++\ntitle = 'PM'\n+++\n", Lines, "PM", Some((13, "PM"))),
            ("folded", "---\ntitle: >-\n  PM, Pay\n---\n", Lines, "PM, Pay", Some((16, "PM, Pay"))),
            ("comment", "---\ntitle: 'PM, Pay'  # as agreed\n---\n", Lines, "PM, Pay", Some((12, "PM, Pay"))),
            (
                "folded lines",
                "---\ntitle: >\n  PM,\n  Pay\nx: y\n---\n",
                Lines,
                "PM, Pay",
                Some((15, "PM,\n  Pay")),
            ),
            ("plain lines", "---\ntitle: PM,\n  Pay\n---\n", Lines, "PM, Pay", Some((11, "PM,\n  Pay"))),
            ("another key", "---\nslug: pm\n---\n# PM\n", Lines, "PM", Some((19, "PM"))),
            (
                "heading",
                "Text.\n# **PM**, [Pay](https://x.example) #\r\n",
                Lines,
                "PM, Pay",
                Some((10, "PM**, [Pay](https://x.example)")),
            ),
            ("row of a table", "| Title | PM |\n", Lines, "PM", Some((10, "PM"))),
            ("underlined", "R&amp;D PM\n====\n", Lines, "R&D PM", Some((0, "R&amp;D PM"))),
            ("label", "Company: Acme\n**Job title:** PM\n", Detect, "PM", Some((29, "PM"))),
            (
                "cell",
                "| | |\n|---|---|\n| **Job title** | PM, Pay |\n",
                Lines,
                "PM, Pay",
                Some((34, "PM, Pay")),
            ),
            ("the form before it", "# Job description: PM\n", Lines, "PM", Some((19, "PM"))),
            ("no label", "Note: PM\nPM\n", Detect, "PM", Some((9, "PM"))),
            ("file name", "Text.\n", Lines, "pm pay", None),
            ("no title", "Text.\n", Lines, "–", None),
            (
                "page",
                "<title>A PM</title><!--<h1>A PM</h1>--><h1 class=x>A <b>PM</b></h1>",
                Html,
                "A PM",
                Some((51, "A <b>PM</b>")),
            ),
            (
                "page title",
                "<title>\n PM &amp; more </title><h1>Jobs</h1>",
                Detect,
                "PM & more",
                Some((9, "PM &amp; more")),
            ),
        ];
        for (name, text, markup, title, expected) in CASES {
            let found = find(text, *markup, title).map(|span| (span.start, span.slice(text)));
            assert_eq!(found, *expected, "{name}");
        }
    }

    #[test]
    fn hostile_pages_take_no_longer_than_others() {
        for piece in ["<!--", "<h1>", "<script>", "<h1></h1>", "[x](", "a\n"] {
            let _ = find(&piece.repeat(500_000), Markup::Html, "PM");
            let _ = find(&piece.repeat(500_000), Markup::Lines, "PM");
        }
    }
}
