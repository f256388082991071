//! Tells what an input is from its first bytes; the name is a hint and no more.

use memchr::{memchr, memchr_iter, memmem};

use super::dialect::{Carrier, Dialect};
use super::draft::DraftKind;
use super::field::Mapping;
use super::format::Format;
use super::json::is_own_result;
use super::looks::{
    foreign, has_front_matter, is_own_page, is_quads, is_workbook, is_xml, looks_like_page, root,
    table_by_header,
};
use super::magic::{self, Archive};
use super::packed::unpacked;
use super::scan::{self, Step};
use super::shape;
use super::{script, table, warc, whole, yaml};

/// How an input is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A JSON object a line.
    JsonLines,
    /// JSON of another layout.
    Json,
    /// A table with this delimiter.
    Table(u8),
    /// XML with a posting an element.
    Xml,
    /// A web page, which may tell its postings in scripts.
    Page,
    /// JSON-LD whose things refer to each other.
    LinkedData,
    /// JSON that a browser saved as a page.
    SavedJson,
    /// A script with JSON in it.
    Script,
    /// YAML of any layout.
    Yaml,
    /// A Parquet file.
    #[cfg(feature = "parquet")]
    Parquet,
    /// A web archive.
    Archive,
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
    ("jsonld", Format::Json),
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("tab", Format::Tsv),
    ("txt", Format::Text),
    ("text", Format::Text),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("mdown", Format::Markdown),
    ("mkd", Format::Markdown),
    ("mdx", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("xml", Format::Xml),
    ("rss", Format::Xml),
    ("atom", Format::Xml),
    ("docx", Format::Docx),
    ("docm", Format::Docx),
    ("dotx", Format::Docx),
    ("warc", Format::Warc),
    #[cfg(feature = "parquet")]
    ("parquet", Format::Parquet),
    #[cfg(feature = "parquet")]
    ("pq", Format::Parquet),
];

/// The ending of a name in lower case, without that of a compression.
pub(crate) fn ending(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let name = unpacked(name);
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())
}

/// Takes an input for what the user says it is.
pub(crate) fn as_told(format: Format, head: &[u8], whole: bool, mapping: &Mapping) -> Detected {
    let text = head.trim_ascii_start();
    let kind = match format {
        Format::JsonLines => Kind::JsonLines,
        Format::Json if script::begins(head) => Kind::Script,
        Format::Json => Kind::Json,
        Format::Csv => Kind::Table(table::sniff(head, mapping).0),
        Format::Tsv => Kind::Table(b'\t'),
        Format::Text => Kind::Draft(DraftKind::Text),
        Format::Markdown => Kind::Draft(DraftKind::Markdown),
        Format::Html => Kind::Draft(DraftKind::Html),
        Format::Xml | Format::Of(Dialect { carrier: Carrier::Xml, .. }) => Kind::Xml,
        Format::Of(Dialect { carrier: Carrier::JsonLd, .. }) if text.starts_with(b"<") => Kind::Page,
        Format::Of(Dialect { carrier: Carrier::JsonLd, .. }) => Kind::LinkedData,
        Format::Of(_) if whole::preformatted(head).is_some() && text.starts_with(b"<") => Kind::SavedJson,
        Format::Of(_) => json(text, whole).map_or(Kind::Json, |found| found.kind),
        Format::Docx => Kind::Draft(DraftKind::Docx),
        #[cfg(feature = "parquet")]
        Format::Parquet => Kind::Parquet,
        Format::Warc => Kind::Archive,
    };
    Detected { kind, why: "--format says so" }
}

/// Tells what an input is; `named` says that the user named the file rather than its folder.
pub(crate) fn detect(path: &str, head: &[u8], whole: bool, named: bool, mapping: &Mapping) -> Detected {
    let found = |kind, why| Detected { kind, why };
    let ending = ending(path);
    let promised = ending.as_ref().and_then(|ending| NAMES.iter().find(|(known, _)| known == ending));
    let promised = promised.map(|(_, format)| *format);
    if let Some(found) = by_magic(path, head, named, promised) {
        return found;
    }
    let text = head.trim_ascii_start();
    if text.starts_with(b"version https://git-lfs.github.com/spec/") {
        return found(Kind::Misnamed("a pointer of Git LFS"), "it begins like one");
    }
    if is_quads(text) {
        return found(
            Kind::Unsupported("a file of RDF statements (N-Quads, N-Triples)"),
            "its lines are those of it",
        );
    }
    if is_workbook(text) {
        return found(Kind::Unsupported("an Excel workbook (XML)"), "its first element is that of one");
    }
    if is_own_result(text) || is_own_page(text) {
        return found(Kind::OwnResults, "it was written by rolecall itself");
    }
    if let Some(json) = json(text, whole) {
        return match promised {
            Some(Format::JsonLines)
                if text.starts_with(b"{") && ![ANSWER, LAID_OUT, IN_A_ROW].contains(&json.why) =>
            {
                found(Kind::JsonLines, "objects, in a file of JSON Lines")
            }
            _ => json,
        };
    }
    let root = root(text);
    let html = root.as_ref().is_some_and(|(name, _)| name == "html");
    let page = html || (looks_like_page(text) && (root.is_none() || promised != Some(Format::Xml)));
    if page && whole::preformatted(head).is_some() && memmem::find(head, b"<h1").is_none() {
        return found(Kind::SavedJson, "it is a page that holds nothing but JSON");
    }
    if let Some(why) = root.filter(|_| !page).and_then(|(name, declared)| is_xml(&name, declared)) {
        return found(Kind::Xml, why);
    }
    if !page && let Some(found) = misnamed(head, promised, mapping) {
        return found;
    }
    // Of lines, one that cannot be read costs itself.
    let may_be_script = promised == Some(Format::Json) || (named && promised.is_none());
    if !page && may_be_script && (script::begins(head) || script::is_named(ending.as_deref(), head)) {
        return found(Kind::Script, "it is a script, with JSON that it hands on");
    }
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
        Some(Format::Html) => return found(Kind::Page, "the name says so"),
        Some(Format::Xml) if page => return found(Kind::Page, "it begins with HTML"),
        Some(Format::Xml) => return found(Kind::Xml, "the name says so"),
        Some(Format::Markdown) if html => return found(Kind::Page, "it begins as a whole web page"),
        Some(Format::Markdown) => return found(Kind::Draft(DraftKind::Markdown), "the name says so"),
        Some(Format::Docx) => return found(Kind::Misnamed("no Word document"), "it is not packed like one"),
        Some(Format::Warc) => return found(Kind::Misnamed("no web archive"), "it does not begin like one"),
        #[cfg(feature = "parquet")]
        Some(Format::Parquet) => {
            return found(Kind::Misnamed("no Parquet file"), "it does not begin like one");
        }
        Some(Format::Text | Format::Of(_)) | None => {}
    }
    if page {
        return found(Kind::Page, "it begins with HTML");
    }
    if let Some(delimiter) = table_by_header(head, mapping) {
        return found(Kind::Table(delimiter), HEADER);
    }
    let plain = String::from_utf8_lossy(head);
    if yaml::is_yaml(ending.as_deref(), &plain) && (named || yaml::tells(&plain)) {
        return found(Kind::Yaml, "its name and its first lines are those of YAML");
    }
    // Templates of site generators have endings of their own.
    if promised.is_none() && !matches!(ending.as_deref(), Some("yml" | "yaml")) && has_front_matter(head) {
        return found(Kind::Draft(DraftKind::Markdown), "it begins with front matter");
    }
    if (named || promised.is_some())
        && let Some(name) = foreign(text, ending.as_deref())
    {
        return found(Kind::Unsupported(name), "its first lines or its name are those of it");
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

/// A table, or a draft with front matter, under a name that promises something else.
fn misnamed(head: &[u8], promised: Option<Format>, mapping: &Mapping) -> Option<Detected> {
    let is_json = matches!(promised, Some(Format::Json | Format::JsonLines));
    if !is_json && !matches!(promised, Some(Format::Markdown | Format::Html | Format::Xml)) {
        return None;
    }
    // Markdown has tables of its own.
    if let Some(delimiter) = table_by_header(head, mapping).filter(|delimiter| *delimiter != b'|') {
        return Some(Detected { kind: Kind::Table(delimiter), why: HEADER });
    }
    let kind = Kind::Draft(DraftKind::Markdown);
    (is_json && has_front_matter(head)).then_some(Detected { kind, why: "it begins with front matter" })
}

/// What the first bytes alone show.
fn by_magic(path: &str, head: &[u8], named: bool, promised: Option<Format>) -> Option<Detected> {
    let found = |kind, why| Some(Detected { kind, why });
    match magic::archive(head) {
        Some(Archive::Word) => {
            return found(Kind::Draft(DraftKind::Docx), "the first bytes are those of a Word document");
        }
        Some(Archive::Other) if promised == Some(Format::Docx) => {
            return found(Kind::Draft(DraftKind::Docx), "the name says so, and it is packed like one");
        }
        Some(Archive::Other) | None => {}
    }
    #[cfg(feature = "parquet")]
    if head.starts_with(magic::PARQUET) {
        return found(Kind::Parquet, "the first bytes are those of a Parquet file");
    }
    if head.starts_with(warc::MARK) {
        return found(Kind::Archive, "the first bytes are those of a web archive");
    }
    if let Some(name) = magic::name(head) {
        // Word keeps such a file beside each open document.
        if !named && path.rsplit('/').next().is_some_and(|name| name.starts_with("~$")) {
            return found(Kind::OtherText, "a mark that a document is open");
        }
        return found(Kind::Unsupported(name), "the first bytes are those of it");
    }
    None
}

const ANSWER: &str = "it begins with the answer of a board, a list of postings inside";
const LAID_OUT: &str = "it begins with an object over several lines";
const IN_A_ROW: &str = "the first line holds one object behind another";
const HEADER: &str = "the first line names a title and a body";

/// Whether text begins like JSON, and of which layout.
fn json(text: &[u8], whole: bool) -> Option<Detected> {
    let opener = *text.first()?;
    let inside = text[1..].trim_ascii_start().first();
    let found = |kind, why| Some(Detected { kind, why });
    match (opener, inside) {
        (b'[', Some(b'[')) if text[1..].trim_ascii_start()[1..].trim_ascii_start().starts_with(b"{") => {
            return found(Kind::Json, "it begins with a list of lists of objects");
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

/// Whether a line ends where a value inside an object goes on: not within a text, which a line of its own may break off.
fn opens(line: &[u8]) -> bool {
    matches!(line.trim_ascii_end().last(), Some(b'{' | b'[' | b',' | b':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Kind = Kind::Page;
    const TEXT: Kind = Kind::Draft(DraftKind::Text);
    const MARKDOWN: Kind = Kind::Draft(DraftKind::Markdown);
    const SQL: Kind = Kind::Unsupported("a file of SQL statements");
    const QUADS: Kind = Kind::Unsupported("a file of RDF statements (N-Quads, N-Triples)");

    #[test]
    fn inputs_are_what_their_first_bytes_show() {
        const CASES: &[(&str, &[u8], Kind)] = &[
            ("-", b"{\"a\":1}\n{\"a\":2}\n", Kind::JsonLines),
            ("-", b"{\"a\":1\n{\"a\":2}\n", Kind::JsonLines),
            ("-", b"{\"a\":1}", Kind::Json),
            ("x.jsonl", b"{\"a\":1}", Kind::JsonLines),
            ("x.jsonl", b"[{\"a\":1}]", Kind::Json),
            ("-", b"[[{\"a\":1}],[]]", Kind::Json),
            ("-", b"[[a link]] to {it}", TEXT),
            ("x.json", b"show({\"jobs\":[{\"title\":", Kind::Script),
            ("x.json", b")]}'\n{\"jobs\":[", Kind::Script),
            ("x.jsonl", b"(all)\n{\"a\":1}\n{\"a\":2}\n", Kind::JsonLines),
            ("x.json", b"{\"a\":1}\n{\"a\":2}\n", Kind::JsonLines),
            ("x.json", b"{\n \"jobs\": [\n{", Kind::Json),
            ("x.jsonl", b"{\n \"jobs\": [\n{", Kind::Json),
            ("x.jsonl", b"{\n \"a\": 1,\n \"b\": 2\n}\n{\n", Kind::Json),
            ("x.jsonl", b"{\"a\":\"x\ny\"}\n{\"a\":1}\n", Kind::JsonLines),
            ("x.jsonl", b"{\"a\":1,\n{\"a\":2}\n", Kind::JsonLines),
            ("x.jsonl", b"{\"a\":1}{\"a\":2}\n", Kind::Json),
            ("x.jsonl", b"title,description\nPM,x\n", Kind::Table(b',')),
            ("x.html", b"title;description\nPM;x\n", Kind::Table(b';')),
            ("x.md", b"title,description\nPM,x\n", Kind::Table(b',')),
            ("x.md", b"| title | description |\n| --- | --- |\n", MARKDOWN),
            ("x.jsonl", b"---\ntitle: PM\n---\nOwn", MARKDOWN),
            ("x.csv", b"[{\"a\":1}]", Kind::Json),
            ("x.csv", b"title;body\n", Kind::Table(b';')),
            ("x.tsv", b"title\tbody\n", Kind::Table(b'\t')),
            ("-", b"id,Job Title,Description\n1,PM,x\n", Kind::Table(b',')),
            ("-", b"PM, Lyon, description follows\n\nWe are", TEXT),
            ("x.csv", b"\n\n<!DOCTYPE html><html>", Kind::Misnamed("a web page")),
            ("x.csv.gz", b"title,body\n", Kind::Table(b',')),
            ("x.md", b"<!-- a comment -->\n# PM", MARKDOWN),
            ("-", b"---\ntitle: PM\n---\n", MARKDOWN),
            ("pm.html.md.erb", b"---\ntitle: PM\n---\nOwn", MARKDOWN),
            ("x.yml", b"---\ntitle: PM\n---\n", Kind::OtherText),
            ("x.nq", b"_:a <http://schema.org/title> \"PM\" <https://example.com/1> .\n", QUADS),
            ("x.jsonl", b"{\"title\":\"P\0M\",\"body\":\"a text that is long enough\"}", Kind::JsonLines),
            ("x.txt", b"-- all\nINSERT INTO jobs VALUES (1);\n", SQL),
            (
                "x.xml",
                b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
                Kind::Unsupported("an Excel workbook (XML)"),
            ),
            ("x.txt", b"[[job]]\ntitle = 'PM'\n", Kind::Unsupported("a list in TOML")),
            ("x.txt", b"We insert coins.\nINSERT INTO them.\n", TEXT),
            ("x.yml", b"- title: PM\n", Kind::OtherText),
            ("x.yml", b"- title: PM\n  duties: [Own]\n", Kind::Yaml),
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
            ("x.md", b"<!DOCTYPE html><html><p>Hi", Kind::Page),
            ("x.md", b"<h1>PM</h1>", Kind::Draft(DraftKind::Markdown)),
            ("x.md", b"%PDF-1.7", Kind::Unsupported("a PDF document")),
            ("x", b"ab\0cd", Kind::Unsupported("binary data of no known format")),
            ("x.xml", b"<?xml version='1.0'?><source>", Kind::Xml),
            ("x.xml", b"<!-- feed --><listings><vacancy>", Kind::Xml),
            ("x.csv", b"<?xml version='1.0'?>\n<rss version='2.0'>", Kind::Xml),
            ("-", b"<workzag-jobs><position>", Kind::Xml),
            ("x.xml", b"<?xml version='1.0'?><!DOCTYPE html><html><body>", PAGE),
            ("x.json", b"<html><head></head><body><pre style=\"a\">{&quot;jobs&quot;:[", Kind::SavedJson),
            ("x.json", b"{\"@context\":\"https://schema.org\",\"@graph\":[", Kind::LinkedData),
            ("x.jsonl", b"{\"schema\":\"rolecall.posting/1\",\"outcome\":\"judged\"", Kind::OwnResults),
            (
                "a.html",
                b"<!doctype html>\n<meta name=\"generator\" content=\"rolecall\">\n",
                Kind::OwnResults,
            ),
        ];
        for (path, head, kind) in CASES {
            let found = detect(path, head, true, false, &Mapping::default()).kind;
            assert_eq!(found, *kind, "{path}: {}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn a_file_that_was_named_is_read_whatever_its_ending() {
        let named = |path: &str, head: &[u8]| detect(path, head, true, true, &Mapping::default()).kind;
        assert_eq!(named("posting.job", b"Hello"), TEXT);
        assert_eq!(named("x.js", b"var a = 1;\nvar b = [{\"title\":"), Kind::Script);
        assert_eq!(named("x.ts", b"export const a: A[] = [\n  {"), Kind::Script);
        assert_eq!(named("x.yml", b"- title: PM\n"), Kind::Yaml);
        assert_eq!(named("x.js", b"var a = 1;\n"), Kind::Unsupported("source code"));
    }

    #[test]
    fn a_line_longer_than_the_head_still_shows_its_layout() {
        let head = format!("{{\"jobs\":[{}", "{\"a\":1},".repeat(100));
        assert_eq!(detect("-", head.as_bytes(), false, true, &Mapping::default()).kind, Kind::Json);
    }
}
