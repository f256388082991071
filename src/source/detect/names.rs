//! What the names of files promise.

use super::super::format::Format;
use super::super::packed::unpacked;

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
pub(super) fn ending(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let name = unpacked(name);
    name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())
}

/// The format that the ending of a name promises.
pub(super) fn promised(ending: &str) -> Option<Format> {
    NAMES.iter().find(|(known, _)| *known == ending).map(|(_, format)| *format)
}
