//! Postings that a web page, or a file, holds as schema.org `JobPosting` in JSON-LD.
//!
//! They may stand at the top, in a list, in a `@graph` or inside another thing, and point to things elsewhere by
//! `@id`. Pages hold broken JSON too: comments around and inside it, raw line ends in strings.

use std::borrow::Cow;
use std::collections::BTreeMap;

use memchr::memmem;

use super::around::Around;
use super::blocks::LineCount;
use super::dialect::{self, JOB_POSTING};
use super::field::Mapping;
use super::mend::mend;
use super::reading;
use super::tolerant;
use super::value::Value;
use crate::html;
use crate::outcome::Outcome;
use crate::posting::{Posting, SourceRef};

mod thing;

pub(super) use thing::size;
use thing::{REFERENCES, find, note, resolve};

/// A posting found, and the line on which its script begins.
#[derive(Debug, PartialEq)]
pub(crate) struct Linked {
    /// The posting, its references resolved.
    pub(crate) record: Value,
    /// 1-based line.
    pub(crate) line: u64,
    /// Roughly how many bytes it takes.
    pub(crate) size: usize,
    /// The character set of its file, when that is a guess.
    pub(crate) charset: Option<&'static str>,
    /// Whether its page calls it a posting.
    pub(crate) named: bool,
}

impl Linked {
    /// Its texts, line by line.
    pub(crate) fn text(&self) -> String {
        let Value::Object(members) = &self.record else { return String::new() };
        let line =
            |(name, value): &(String, Value)| Some(format!("{name}: {}", value.clone().into_text("; ")?));
        members.iter().filter_map(line).collect::<Vec<_>>().join("\n")
    }
}

/// Up to how many postings of one page are compared with each other.
const COMPARED: usize = 100;

/// What the scripts of a page tell.
pub(super) struct Told {
    /// The postings.
    pub(super) postings: Vec<Linked>,
    /// How many scripts name a posting and cannot be read.
    pub(super) broken: u64,
}

/// The postings in the scripts of a page.
pub(super) fn in_page(html: &str) -> Told {
    let (mut blocks, mut broken) = (Vec::new(), 0);
    let mut lines = LineCount::new(html.as_bytes());
    for (offset, script) in html::scripts(html, |tag| tag.contains("ld+json")) {
        let text = bare(script);
        let names_one = || memmem::find(text.as_bytes(), b"JobPosting").is_some();
        let strict = parse(&text).map(|value| vec![value]);
        let values =
            strict.or_else(|| tolerant::values(&text).filter(|values| !names_one() || hold_one(values)));
        match values {
            Some(values) => {
                let (line, size) = (lines.at(offset), script.len() / values.len().max(1));
                blocks.extend(values.into_iter().map(|value| (line, size, value)));
            }
            None => broken += u64::from(names_one()),
        }
    }
    let mut postings = collect(&blocks);
    // Some pages tell the same posting twice.
    if postings.len() <= COMPARED {
        let mut at = 0;
        while at < postings.len() {
            if postings[..at].iter().any(|known| known.record == postings[at].record) {
                postings.remove(at);
            } else {
                at += 1;
            }
        }
    }
    Told { postings, broken }
}

/// Whether there is a posting among these values.
fn hold_one(values: &[Value]) -> bool {
    let mut found = Vec::new();
    for value in values {
        find(value, &mut found);
    }
    !found.is_empty()
}

/// The postings in a text that is JSON-LD itself; `None` when it cannot be parsed.
pub(super) fn in_json(text: &str) -> Option<Vec<Linked>> {
    Some(collect(&[(1, text.len(), parse(&bare(text))?)]))
}

/// The posting in a record, or how it ended instead.
pub(super) fn posting(
    source: &SourceRef,
    record: &Value,
    mapping: &Mapping,
) -> Result<Posting, Box<Outcome>> {
    let read = reading::read(&JOB_POSTING, record, &Around::default(), mapping);
    read.unwrap_or_default().posting(source, mapping, || {
        record.members().iter().map(|(name, _)| (Cow::Borrowed(name.as_str()), 0)).collect()
    })
}

/// Where a record has what.
pub(super) fn explain(record: &Value) -> dialect::Told {
    let places = reading::places(&JOB_POSTING, record, &Around::default());
    dialect::Told { dialect: &JOB_POSTING, names: &[], places }
}

/// The texts of a record that are there to judge, one behind another.
pub(super) fn text(record: &Value) -> String {
    let read = reading::read(&JOB_POSTING, record, &Around::default(), &Mapping::default());
    read.map_or_else(String::new, |read| read.parts().iter().map(|part| part.text.as_str()).collect())
}

/// A block without what hides it from others than its readers.
fn bare(script: &str) -> Cow<'_, str> {
    let outer = |c: char| c.is_whitespace() || c == '\u{feff}';
    let mut text = script.trim_matches(outer);
    for (open, close) in
        [("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/"), ("<![CDATA[", "]]>"), ("<!--", "-->")]
    {
        if let Some(inner) = text.strip_prefix(open) {
            text = inner.trim_end().strip_suffix(close).unwrap_or(inner).trim_matches(outer);
        }
    }
    let text = text.trim_end_matches(';');
    let inside = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '{' | '['));
    if inside.len() < text.len() && ["&quot;", "&#34;"].iter().any(|quote| inside.starts_with(quote)) {
        html_escape::decode_html_entities(text)
    } else {
        Cow::Borrowed(text)
    }
}

/// Reads a block, mended if need be; some hold it in a text once more.
fn parse(text: &str) -> Option<Value> {
    let read = |text: &str| -> Option<Value> {
        serde_json::from_str(text).ok().or_else(|| serde_json::from_str(&mend(text)?).ok())
    };
    match read(text)? {
        Value::Text(inner) if inner.trim_start().starts_with(['{', '[']) => read(&inner),
        value => Some(value),
    }
}

fn collect(blocks: &[(u64, usize, Value)]) -> Vec<Linked> {
    let mut things = BTreeMap::new();
    for (.., value) in blocks {
        note(value, &mut things);
    }
    let mut found: Vec<Linked> = Vec::new();
    for (line, length, value) in blocks {
        let mut nodes = Vec::new();
        find(value, &mut nodes);
        let size = length / nodes.len().max(1);
        for node in nodes {
            let mut left = REFERENCES;
            let record = resolve(node, &things, 0, &mut left);
            let told = ["title", "name", "description"]
                .iter()
                .any(|name| record.all_at(name).into_iter().any(|value| *value != Value::Nothing));
            if told {
                found.push(Linked { record, line: *line, size, charset: None, named: true });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(html: &str) -> Vec<String> {
        let shown = |linked: &Linked| {
            let source = SourceRef { path: "x".into(), record: 1, line: Some(linked.line) };
            let posting = posting(&source, &linked.record, &Mapping::default()).unwrap();
            format!(
                "{}: {} at {}",
                linked.line,
                posting.title.as_deref().unwrap_or("-"),
                posting.company.as_deref().unwrap_or("-")
            )
        };
        in_page(html).postings.iter().map(shown).collect()
    }

    #[test]
    fn postings_are_found_wherever_they_stand() {
        const CASES: &[(&str, &str, &[&str])] = &[
            ("none", r#"<script type="application/ld+json">{"@type":"WebSite","name":"x"}</script>"#, &[]),
            (
                "at the top",
                r#"{"@type":"JobPosting","title":"PM","hiringOrganization":"A"}"#,
                &["1: PM at A"],
            ),
            (
                "in a list",
                r#"[{"@type":"JobPosting","title":"PM"},{"@type":["Thing","JobPosting"],"title":"PMM"}]"#,
                &["1: PM at -", "1: PMM at -"],
            ),
            (
                "in a graph, with a reference",
                r##"{"@graph":[{"@type":"JobPosting","title":"PM","hiringOrganization":{"@id":"#o"}},{"@id":"#o","name":"A"}]}"##,
                &["1: PM at A"],
            ),
            (
                "in a list of things, twice",
                r#"{"@type":"ItemList","itemListElement":[{"item":{"@type":"JobPosting","title":"PM"}},{"item":{"@type":"JobPosting","title":"PM"}}]}"#,
                &["1: PM at -"],
            ),
            (
                "expanded names",
                r#"{"@type":"http://schema.org/JobPosting","schema:title":"PM"}"#,
                &["1: PM at -"],
            ),
            ("broken", "<!-- {\"@type\":\"JobPosting\", // why\n\"title\":\"P\nM\",} -->", &["1: P M at -"]),
            ("section", "//<![CDATA[\n{\"@type\":\"JobPosting\",\"title\":\"PM\"}\n//]]>", &["1: PM at -"]),
            ("without its texts", r#"{"@type":"JobPosting","title":"#, &[]),
            ("hopeless", r#"{"@type":"JobPosting","title":"P"#, &[]),
            ("in a text", r#""{\"@type\":\"JobPosting\",\"title\":\"PM\"}""#, &["1: PM at -"]),
            (
                "in entities",
                "{\n&quot;@type&quot;: &quot;JobPosting&quot;, &quot;title&quot;: &quot;PM&quot;}",
                &["1: PM at -"],
            ),
            (
                "with languages",
                r#"{"@type":"JobPosting","title":{"@language":"en","@value":"PM"},"hiringOrganization":{"name":{"@value":"A"}}}"#,
                &["1: PM at A"],
            ),
            (
                "several, with quotes as they are",
                "\u{feff}{\"@type\":\"JobPosting\",\"title\":\"The \"PM\" role\"}\n{\"@type\":\"JobPosting\",\"title\":\"PMM\"}",
                &["1: The \"PM\" role at -", "1: PMM at -"],
            ),
        ];
        for (name, json, expected) in CASES {
            let html = if json.starts_with("<script") {
                (*json).to_owned()
            } else {
                format!("<SCRIPT type='application/ld+json'>{json}</Script>")
            };
            assert_eq!(titles(&html), *expected, "{name}");
        }
    }

    #[test]
    fn scripts_that_name_a_posting_and_cannot_be_read_are_counted() {
        let script = |json: &str| format!("<script type=application/ld+json>{json}</script>");
        for (json, broken) in [
            (r#"{"@type":"JobPosting","title":"P"#, 1),
            (r#"{"a":1,,} but {"@type":"JobPosting"}"#, 1),
            (r#"{"@type":"WebSite","name":"P"#, 0),
            ("{}", 0),
        ] {
            assert_eq!(in_page(&script(json)).broken, broken, "{json}");
        }
    }

    #[test]
    fn hostile_pages_take_no_longer_than_others() {
        for piece in
            ["<!--", "<script></script>", "<script type=application/ld+json>{}</script>\n", "<script"]
        {
            let _ = in_page(&piece.repeat(100_000));
        }
    }

    #[test]
    fn several_scripts_are_read_and_comments_and_other_scripts_are_not() {
        let posting = |title: &str| format!("{{\"@type\":\"JobPosting\",\"title\":\"{title}\"}}");
        let html = format!(
            "<script>\"<script type='application/ld+json'>\"</script>\n<!-- <script type='application/ld+json'>{}</script> -->\n\
             <script type=\"application/ld+json\">{}</script>\n<script id=x type=application/ld+json>{}</script><script",
            posting("no"),
            posting("PM"),
            posting("PMM"),
        );
        assert_eq!(titles(&html), ["3: PM at -", "4: PMM at -"]);
    }
}
