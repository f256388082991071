//! From an XML element to a posting.
//!
//! The element becomes a [`Value`], as an object of JSON would, and is then read like one: by the rules of a
//! [`Dialect`] or by the usual names. No entity but those of HTML is ever resolved, and document types are passed over.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::around::Around;
use super::charset;
use super::dialect::{Dialect, Told};
use super::field::Mapping;
use super::gather::failed;
use super::reading;
use super::usual::{self, marks};
use super::value::Value;
use crate::outcome::{Fault, Outcome};
use crate::posting::{Posting, SourceRef};

/// How deep elements may nest inside a record.
pub(super) const DEEPEST: usize = 64;

/// The posting in one element, or how the record ended instead.
pub(super) fn posting(
    source: &SourceRef,
    bytes: &[u8],
    around: &Around,
    mapping: &Mapping,
) -> Result<Posting, Box<Outcome>> {
    let text = charset::text(bytes);
    let record = match element(&text) {
        Ok(record) => record,
        Err(message) => {
            let fault = Fault { code: "invalid-xml".to_owned(), message: format!("invalid XML: {message}") };
            return Err(Box::new(failed(source, fault)));
        }
    };
    let dialect = around.dialect.or_else(|| Dialect::of(marks(&record), true).map(|(dialect, _)| dialect));
    let read = dialect.and_then(|dialect| reading::read(dialect, &record, around, mapping));
    let usual = usual::read(&record, mapping);
    // Feeds add names of other vocabularies to their own, such as that of the company.
    let mut gathered = match read {
        Some(read) => read.or(usual),
        None if usual.is_nameless() => usual::inside(&record, around, mapping).unwrap_or(usual),
        None => usual,
    };
    if dialect.is_some_and(|dialect| dialect.name() == "rss") {
        gathered.split_title();
    }
    if let Some(company) = around.string("company") {
        gathered.offer_company(company.to_owned());
    }
    gathered.posting(source, mapping, || {
        let length = |value: &Value| if let Value::Text(text) = value { text.len() } else { 0 };
        record.members().iter().map(|(name, value)| (Cow::Borrowed(name.as_str()), length(value))).collect()
    })
}

/// The names of an element's parts, and its dialect when it is of one.
pub(super) fn explain(text: &str, around: &Around) -> (Vec<String>, Option<Told>) {
    let Ok(record) = element(text) else { return (Vec::new(), None) };
    let names = record.members().iter().map(|(name, _)| name.clone()).collect();
    let found = match around.dialect {
        Some(dialect) => Some((dialect, &[][..])),
        None => Dialect::of(marks(&record), true),
    };
    let told = found.map(|(dialect, names)| Told {
        dialect,
        names,
        places: reading::places(dialect, &record, around),
    });
    (names, told)
}

/// An element that is open.
struct Open {
    name: String,
    /// Attributes, then elements.
    members: Vec<(String, Value)>,
    text: String,
    /// Where its content begins.
    start: usize,
    /// Whether it holds elements, and whether all of them are marks of a text.
    elements: usize,
    marks: usize,
}

/// The element that is all of `text`.
fn element(text: &str) -> Result<Value, String> {
    let mut reader = reader(text);
    let mut open: Vec<Open> = Vec::new();
    loop {
        let before = position(&reader);
        let event = reader.read_event().map_err(|error| error.to_string().to_lowercase())?;
        match event {
            Event::Start(tag) => {
                if open.len() >= DEEPEST {
                    return Err(format!("elements nest deeper than {DEEPEST}"));
                }
                let begun = begin(&tag, position(&reader));
                if let Some(around) = open.last_mut() {
                    around.note(&begun.name);
                }
                open.push(begun);
            }
            Event::Empty(tag) => {
                let begun = begin(&tag, position(&reader));
                match open.last_mut() {
                    Some(around) => {
                        around.note(&begun.name);
                        let name = begun.name.clone();
                        put(&mut around.members, name, begun.value(""));
                    }
                    None => return Ok(begun.value("")),
                }
            }
            Event::End(_) => {
                let Some(ended) = open.pop() else {
                    return Err("an element ends that never began".to_owned());
                };
                let name = ended.name.clone();
                let inner = text.get(ended.start..before).unwrap_or_default();
                let top = open.is_empty();
                let value = if top { Value::Object(ended.members) } else { ended.value(inner) };
                match open.last_mut() {
                    Some(around) => put(&mut around.members, name, value),
                    None => return Ok(value),
                }
            }
            Event::Text(piece) => add(&mut open, &piece.xml10_content()),
            Event::CData(piece) => add(&mut open, &piece.xml10_content()),
            Event::GeneralRef(entity) => add(&mut open, &resolved(&entity)),
            Event::Eof => return Err("it ends inside an element".to_owned()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// A reader for which the ampersands of careless writers are text.
fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    reader
}

/// How many bytes the reader has gone through.
fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn begin(tag: &BytesStart<'_>, start: usize) -> Open {
    let mut attributes = tag.attributes();
    let members = attributes
        .with_checks(false)
        .filter_map(Result::ok)
        .filter(|attribute| !attribute.key.as_ref().starts_with("xmlns"))
        .map(|attribute| {
            let value = html_escape::decode_html_entities(&*attribute.value).into_owned();
            (format!("@{}", attribute.key.as_ref()), Value::Text(value))
        })
        .collect();
    let name = tag.name().as_ref().to_owned();
    Open { name, members, text: String::new(), start, elements: 0, marks: 0 }
}

fn add(open: &mut [Open], text: &str) {
    if let Some(around) = open.last_mut() {
        around.text.push_str(text);
    }
}

/// Adds a member; those of one name become a list.
fn put(members: &mut Vec<(String, Value)>, name: String, value: Value) {
    match members.iter_mut().find(|(known, _)| *known == name) {
        Some((_, Value::List(values))) => values.push(value),
        Some((_, first)) => *first = Value::List(vec![std::mem::replace(first, Value::Nothing), value]),
        None => members.push((name, value)),
    }
}

impl Open {
    fn note(&mut self, element: &str) {
        let local = element.rsplit(':').next().unwrap_or(element).to_ascii_lowercase();
        self.elements += 1;
        self.marks += usize::from(MARKS.contains(&local.as_str()));
    }

    /// What the element stands for; `inner` is its content as written.
    fn value(self, inner: &str) -> Value {
        let written = !self.text.trim().is_empty();
        if self.elements > 0 && (written || self.marks == self.elements) {
            // A text with marks in it, not escaped as feeds should.
            return Value::Text(inner.trim().to_owned());
        }
        if self.elements > 0 || (!written && !self.members.is_empty()) {
            return Value::Object(self.members);
        }
        if written { Value::Text(self.text) } else { Value::Nothing }
    }
}

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

/// What an entity stands for; one that HTML does not know stays as written.
fn resolved(entity: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return character.to_string();
    }
    html_escape::decode_html_entities(&format!("&{};", entity.xml10_content())).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(xml: &str) -> String {
        match element(xml) {
            Ok(value) => format!("{value:?}").replace("Text(", "(").replace("Object", ""),
            Err(message) => message,
        }
    }

    #[test]
    fn elements_become_values() {
        const CASES: &[(&str, &str)] = &[
            ("<a><b>x &amp; y</b></a>", r#"([("b", ("x & y"))])"#),
            ("<a><b>x</b><b>y</b><c/></a>", r#"([("b", List([("x"), ("y")])), ("c", Nothing)])"#),
            ("<a k='1'><b href=\"u\"/></a>", r#"([("@k", ("1")), ("b", ([("@href", ("u"))]))])"#),
            ("<a><b><![CDATA[<p>x</p>]]></b></a>", r#"([("b", ("<p>x</p>"))])"#),
            ("<a><b><p>x</p> <p>R&amp;D</p></b></a>", r#"([("b", ("<p>x</p> <p>R&amp;D</p>"))])"#),
            ("<a><b>R&D &nbsp;&#8211; &unknown;</b></a>", "([(\"b\", (\"R&D \u{a0}– &unknown;\"))])"),
            ("<a><b><c>x</c></b></a>", r#"([("b", ([("c", ("x"))]))])"#),
        ];
        for (xml, expected) in CASES {
            let expected = expected.replace("\u{a0}", "\\u{a0}");
            assert_eq!(shown(xml), expected, "{xml}");
        }
    }

    #[test]
    fn entities_of_a_document_type_are_never_expanded_and_depth_is_bounded() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"boom\"><!ENTITY y \"&x;&x;\">]><a><b>&y;</b></a>";
        assert_eq!(shown(bomb), r#"([("b", ("&y;"))])"#);
        let deep = "<a>".repeat(100_000);
        assert_eq!(shown(&deep), "elements nest deeper than 64");
    }
}
