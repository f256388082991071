//! Tells what an input is from its first bytes; the name is a hint and no more.

use std::fmt;
use std::str::FromStr;

use memchr::{memchr, memchr_iter};

use super::draft::DraftKind;
use super::field::{Field, Mapping};
use super::json::is_own_result;
use super::magic::{self, Archive};
use super::packed::unpacked;
use super::scan::{self, Step};
use super::{row, table};

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON object a line.
    JsonLines,
    /// A JSON list, or an object with a list inside.
    Json,
    /// Values between commas, or semicolons or bars where the header shows them.
    Csv,
    /// Values between tabs.
    Tsv,
    /// One posting in plain text.
    Text,
    /// One posting in Markdown.
    Markdown,
    /// One posting as a web page.
    Html,
    /// One posting as a Word document.
    Docx,
}

impl Format {
    /// Every format, in the order of help texts.
    pub const ALL: &'static [Self] = &[
        Self::JsonLines,
        Self::Json,
        Self::Csv,
        Self::Tsv,
        Self::Text,
        Self::Markdown,
        Self::Html,
        Self::Docx,
    ];

    /// The name that `--format` takes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Docx => "docx",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A name that no input format has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown input format \"{0}\"; the formats are jsonl, json, csv, tsv, text, markdown, html and docx")]
pub struct UnknownFormat(String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::ALL
            .iter()
            .copied()
            .find(|format| format.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

/// How an input is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A JSON object a line.
    JsonLines,
    /// JSON of another layout.
    Json,
    /// A table with this delimiter.
    Table(u8),
    /// A file that is one posting.
    Draft(DraftKind),
    /// Our own results: nothing to judge.
    OwnResults,
    /// Text of a kind that holds no postings, such as source code.
    OtherText,
    /// Something with a name that we do not read.
    Unsupported(&'static str),
    /// Not what the name says.
    Misnamed(&'static str),
}

/// What an input is taken for, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Detected {
    /// How it is read.
    pub(crate) kind: Kind,
    /// What showed it.
    pub(crate) why: &'static str,
}

/// Endings of names, and the format that they promise.
const NAMES: &[(&str, Format)] = &[
    ("jsonl", Format::JsonLines),
    ("ndjson", Format::JsonLines),
    ("json", Format::Json),
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("tab", Format::Tsv),
    ("txt", Format::Text),
    ("text", Format::Text),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("docx", Format::Docx),
    ("docm", Format::Docx),
    ("dotx", Format::Docx),
];

/// The ending of a name in lower case, without that of a compression.
pub(crate) fn ending(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let name = unpacked(name);
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())
}

/// Takes an input for what the user says it is.
pub(crate) fn as_told(format: Format, head: &[u8], mapping: &Mapping) -> Detected {
    let kind = match format {
        Format::JsonLines => Kind::JsonLines,
        Format::Json => Kind::Json,
        Format::Csv => Kind::Table(table::sniff(head, mapping).0),
        Format::Tsv => Kind::Table(b'\t'),
        Format::Text => Kind::Draft(DraftKind::Text),
        Format::Markdown => Kind::Draft(DraftKind::Markdown),
        Format::Html => Kind::Draft(DraftKind::Html),
        Format::Docx => Kind::Draft(DraftKind::Docx),
    };
    Detected { kind, why: "--format says so" }
}

/// Tells what an input is; `named` says that the user named the file rather than its folder.
pub(crate) fn detect(path: &str, head: &[u8], whole: bool, named: bool, mapping: &Mapping) -> Detected {
    let found = |kind, why| Detected { kind, why };
    let ending = ending(path);
    let promised = ending.as_ref().and_then(|ending| NAMES.iter().find(|(known, _)| known == ending));
    let promised = promised.map(|(_, format)| *format);
    match magic::archive(head) {
        Some(Archive::Word) => {
            return found(Kind::Draft(DraftKind::Docx), "the first bytes are those of a Word document");
        }
        Some(Archive::Other) if promised == Some(Format::Docx) => {
            return found(Kind::Draft(DraftKind::Docx), "the name says so, and it is packed like one");
        }
        Some(Archive::Other) | None => {}
    }
    if let Some(name) = magic::name(head) {
        // Word keeps such a file beside each open document.
        if !named && path.rsplit('/').next().is_some_and(|name| name.starts_with("~$")) {
            return found(Kind::OtherText, "a mark that a document is open");
        }
        return found(Kind::Unsupported(name), "the first bytes are those of it");
    }
    let text = head.trim_ascii_start();
    if text.starts_with(b"version https://git-lfs.github.com/spec/") {
        return found(Kind::Misnamed("a pointer of Git LFS"), "it begins like one");
    }
    if is_own_result(text) {
        return found(Kind::OwnResults, "its records are rolecall's own");
    }
    if let Some(json) = json(text, whole) {
        return match promised {
            Some(Format::JsonLines) if text.starts_with(b"{") => {
                found(Kind::JsonLines, "objects, in a file of JSON Lines")
            }
            _ => json,
        };
    }
    let page = looks_like_page(text);
    match promised {
        Some(Format::Csv | Format::Tsv | Format::JsonLines | Format::Json) if page => {
            return found(Kind::Misnamed("a web page"), "it begins with HTML");
        }
        Some(Format::Csv | Format::Tsv) => {
            let (delimiter, _) = table::sniff(head, mapping);
            return found(Kind::Table(delimiter), "the name says so, and the first line has this delimiter");
        }
        // Broken from the first byte on: the reader says where.
        Some(Format::JsonLines) => return found(Kind::JsonLines, "the name says so"),
        Some(Format::Json) => return found(Kind::Json, "the name says so"),
        Some(Format::Html) => return found(Kind::Draft(DraftKind::Html), "the name says so"),
        Some(Format::Markdown) => return found(Kind::Draft(DraftKind::Markdown), "the name says so"),
        Some(Format::Docx) => return found(Kind::Misnamed("no Word document"), "it is not packed like one"),
        Some(Format::Text) | None => {}
    }
    if text.starts_with(b"<?xml") || text.starts_with(b"<rss") || text.starts_with(b"<feed") {
        return found(Kind::Unsupported("an XML file"), "it begins with XML");
    }
    if page {
        return found(Kind::Draft(DraftKind::Html), "it begins with HTML");
    }
    if let Some(delimiter) = table_by_header(head, mapping) {
        return found(Kind::Table(delimiter), "the first line names a title and a body");
    }
    if promised.is_none() && ending.is_some() && !named {
        return found(Kind::OtherText, "text in a folder under a name that promises no posting");
    }
    let front = head.starts_with(b"---") || head.starts_with(b"+++") || head.starts_with(b"# ");
    if promised.is_some() {
        found(Kind::Draft(DraftKind::Text), "the name says so")
    } else if front {
        found(Kind::Draft(DraftKind::Markdown), "it begins like Markdown")
    } else {
        found(Kind::Draft(DraftKind::Text), "text with no other mark")
    }
}

/// Whether text begins like JSON, and of which layout.
fn json(text: &[u8], whole: bool) -> Option<Detected> {
    let opener = *text.first()?;
    let inside = text[1..].trim_ascii_start().first();
    let found = |kind, why| Some(Detected { kind, why });
    match (opener, inside) {
        (b'[', Some(b'{' | b']')) => return found(Kind::Json, "it begins with a list of objects"),
        (b'{', Some(b'"' | b'}')) => {}
        _ => return None,
    }
    let line = &text[..memchr(b'\n', text).unwrap_or(text.len())];
    let rest = text[line.len()..].trim_ascii_start();
    let line_is_value = scan::value(line) == Step::Done(line.trim_ascii_end().len());
    let opening = memchr_iter(b'"', line).nth(1).map(|close| &line[..=close]);
    match rest.first() {
        // The first may be broken: then its first key must come again.
        Some(b'{') if line_is_value || opening.is_some_and(|opening| rest.starts_with(opening)) => {
            found(Kind::JsonLines, "two lines in a row begin with an object")
        }
        None if whole => found(Kind::Json, "it is one object"),
        _ if line_is_value => found(Kind::JsonLines, "the first line is a whole object"),
        _ => found(Kind::Json, "it begins with an object over several lines"),
    }
}

/// Whether text begins like a web page or a fragment of one.
fn looks_like_page(text: &[u8]) -> bool {
    const TAGS: &[&str] = &[
        "!doctype html",
        "html",
        "head",
        "body",
        "!--",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "ul",
        "ol",
        "section",
        "article",
        "main",
        "span",
        "strong",
        "b",
        "meta",
        "title",
        "table",
        "header",
        "nav",
        "script",
        "style",
        "br",
    ];
    let Some(rest) = text.strip_prefix(b"<") else { return false };
    TAGS.iter().any(|tag| {
        let (start, after) = rest.split_at(tag.len().min(rest.len()));
        start.eq_ignore_ascii_case(tag.as_bytes())
            && (*tag == "!--" || after.first().is_none_or(|byte| !byte.is_ascii_alphanumeric()))
    })
}

/// The delimiter of a first line that names both a title and a body.
fn table_by_header(head: &[u8], mapping: &Mapping) -> Option<u8> {
    let line = &head[..memchr(b'\n', head)?];
    let (delimiter, known) = table::sniff(head, mapping);
    if known < 2 || line.len() > 4096 {
        return None;
    }
    let header = row::Header::read(line, row::Cells { delimiter, escape: None }, mapping);
    let fields: Vec<_> = header.fields().collect();
    let body = fields.iter().any(|field| matches!(field, Field::Body | Field::Section(_)));
    (fields.contains(&Field::Title) && body).then_some(delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Kind = Kind::Draft(DraftKind::Html);
    const TEXT: Kind = Kind::Draft(DraftKind::Text);
    const MARKDOWN: Kind = Kind::Draft(DraftKind::Markdown);

    #[test]
    fn inputs_are_what_their_first_bytes_show() {
        const CASES: &[(&str, &[u8], Kind)] = &[
            ("-", b"{\"a\":1}\n{\"a\":2}\n", Kind::JsonLines),
            ("-", b"{\"a\":1\n{\"a\":2}\n", Kind::JsonLines),
            ("-", b"{\"a\":1}", Kind::Json),
            ("x.jsonl", b"{\"a\":1}", Kind::JsonLines),
            ("x.jsonl", b"[{\"a\":1}]", Kind::Json),
            ("x.json", b"{\"a\":1}\n{\"a\":2}\n", Kind::JsonLines),
            ("x.json", b"{\n \"jobs\": [\n{", Kind::Json),
            ("x.csv", b"[{\"a\":1}]", Kind::Json),
            ("x.csv", b"title;body\n", Kind::Table(b';')),
            ("x.tsv", b"title\tbody\n", Kind::Table(b'\t')),
            ("-", b"id,Job Title,Description\n1,PM,x\n", Kind::Table(b',')),
            ("-", b"PM, Lyon, description follows\n\nWe are", TEXT),
            ("x.csv", b"\n\n<!DOCTYPE html><html>", Kind::Misnamed("a web page")),
            ("x.csv.gz", b"title,body\n", Kind::Table(b',')),
            ("x.md", b"[PM](https://example.com)", MARKDOWN),
            ("x.md", b"<!-- a comment -->\n# PM", MARKDOWN),
            ("-", b"---\ntitle: PM\n---\n", MARKDOWN),
            ("x.html", b"Hello", PAGE),
            ("x.txt", b"<p>Hello", PAGE),
            ("x.txt", b"<Acme> is hiring", TEXT),
            ("x.txt", b"", TEXT),
            ("notes.rs", b"fn main() {}", Kind::OtherText),
            ("LICENSE", b"Permission", TEXT),
            ("x.csv", b"PK\x03\x04..xl/workbook.xml", Kind::Unsupported("an Excel workbook (.xlsx)")),
            (
                "x.csv",
                b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
                Kind::Misnamed("a pointer of Git LFS"),
            ),
            ("x.docx", b"<html><p>Hi", Kind::Misnamed("no Word document")),
            ("x.docx", b"PK\x03\x04..word/document.xml", Kind::Draft(DraftKind::Docx)),
            ("x.docx", b"PK\x03\x04..[Content_Types].xml", Kind::Draft(DraftKind::Docx)),
            ("x.zip", b"PK\x03\x04..word/document.xml", Kind::Draft(DraftKind::Docx)),
            ("x.csv.zst", b"title;body\n", Kind::Table(b';')),
            ("x/~$pm.docx", b"\x05Author\0\0", Kind::OtherText),
            ("x.md", b"%PDF-1.7", Kind::Unsupported("a PDF document")),
            ("x", b"ab\0cd", Kind::Unsupported("binary data of no known format")),
            ("x.xml", b"<?xml version='1.0'?><source>", Kind::Unsupported("an XML file")),
            ("x.jsonl", b"{\"schema\":\"rolecall.posting/1\",\"outcome\":\"judged\"", Kind::OwnResults),
        ];
        for (path, head, kind) in CASES {
            let found = detect(path, head, true, false, &Mapping::default()).kind;
            assert_eq!(found, *kind, "{path}: {}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn a_file_that_was_named_is_read_whatever_its_ending() {
        assert_eq!(detect("posting.job", b"Hello", true, true, &Mapping::default()).kind, TEXT);
    }

    #[test]
    fn a_line_longer_than_the_head_still_shows_its_layout() {
        let head = format!("{{\"jobs\":[{}", "{\"a\":1},".repeat(100));
        assert_eq!(detect("-", head.as_bytes(), false, true, &Mapping::default()).kind, Kind::Json);
    }
}
