//! The names of the elements of XML that hold postings.

/// Elements that hold one posting each, in lower case.
const RECORDS: &[&str] = &[
    "job",
    "position",
    "item",
    "entry",
    "posting",
    "jobposting",
    "vacancy",
    "offer",
    "joboffer",
    "opening",
    "positionopening",
    "jobopening",
    "requisition",
    "ad",
    "advert",
    "advertisement",
    "record",
    "row",
];

/// Elements that only hold others.
const CONTAINERS: &[&str] = &["rss", "channel", "feed", "rdf", "source", "jobs", "workzag-jobs"];

/// Elements that mark up a text.
const MARKS: &[&str] = &[
    "p",
    "br",
    "ul",
    "ol",
    "li",
    "div",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "span",
    "a",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tbody",
    "thead",
    "tr",
    "td",
    "th",
    "font",
    "hr",
    "img",
    "section",
    "sub",
    "sup",
    "pre",
    "blockquote",
    "dl",
    "dt",
    "dd",
];

/// The name without its prefix, in lower case.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

/// Whether an element of this name holds one posting.
pub(super) fn holds_posting(name: &str) -> bool {
    RECORDS.contains(&local(name).as_str())
}

/// Whether an element of this name is there to hold others.
pub(super) fn only_holds_others(name: &str) -> bool {
    CONTAINERS.contains(&local(name).as_str())
}

/// Whether an element of this name marks up a text.
pub(super) fn marks_up(name: &str) -> bool {
    MARKS.contains(&local(name).as_str())
}
