//! Tells what an input is from its first bytes; the name is a hint and no more.

use memchr::memmem;

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
use super::{script, table, warc, whole, yaml};

mod layout;
mod names;

use layout::{ANSWER, IN_A_ROW, LAID_OUT, json};
use names::{ending, promised};

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
        Format::Yaml => Kind::Yaml,
    };
    Detected { kind, why: "--format says so" }
}

/// Tells what an input is; `named` says that the user named the file rather than its folder.
pub(crate) fn detect(path: &str, head: &[u8], whole: bool, named: bool, mapping: &Mapping) -> Detected {
    let found = |kind, why| Detected { kind, why };
    let ending = ending(path);
    let promised = ending.as_deref().and_then(promised);
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
        return found(Kind::Script, "it is a script, with values that it hands on");
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
        // Nothing in a folder is YAML for its name alone: most of what is called so is something else.
        Some(Format::Text | Format::Yaml | Format::Of(_)) | None => {}
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

const HEADER: &str = "the first line names a title and a body";

#[cfg(test)]
mod tests;
