//! From an XML element to a posting.
//!
//! The element becomes a [`Value`], as an object of JSON would, and is then read like one: by the rules of a
//! [`Dialect`] or by the usual names. No entity but those of HTML is ever resolved, and document types are passed over.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use rustc_hash::FxHashMap;

use super::around::Around;
use super::charset;
use super::dialect::{Dialect, Told};
use super::element::marks_up;
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
    let record = match read(&text) {
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
    let Ok(record) = read(text) else { return (Vec::new(), None) };
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
    /// Where the first so many of them are, once there are many.
    places: FxHashMap<String, usize>,
    indexed: usize,
    text: String,
    /// Where its content begins.
    start: usize,
    /// Whether it holds elements, and whether all of them are marks of a text.
    elements: usize,
    marks: usize,
}

/// The element that is all of `text`; its texts may hold marks that are not escaped and do not end.
fn read(text: &str) -> Result<Value, String> {
    element(text, false).or_else(|message| element(text, true).map_err(|_| message))
}

/// The element that is all of `text`; when `loose`, what marks up a text is only text.
fn element(text: &str, loose: bool) -> Result<Value, String> {
    let mut reader = reader(text);
    reader.config_mut().check_end_names = !loose;
    reader.config_mut().allow_unmatched_ends = loose;
    let is_text = |name: &str, open: &[Open]| loose && !open.is_empty() && marks_up(name);
    let mut open: Vec<Open> = Vec::new();
    loop {
        let before = position(&reader);
        let event = reader.read_event().map_err(|error| error.to_string().to_lowercase())?;
        match event {
            Event::Start(tag) | Event::Empty(tag) if is_text(tag.name().as_ref(), &open) => {
                if let Some(around) = open.last_mut() {
                    around.note(tag.name().as_ref());
                }
            }
            Event::End(tag) if is_text(tag.name().as_ref(), &open) => {}
            Event::End(tag) if open.last().is_some_and(|open| open.name != tag.name().as_ref()) => {
                return Err("an element ends inside another".to_owned());
            }
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
                        around.put(name, begun.value(""));
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
                    Some(around) => around.put(name, value),
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
    Open {
        name,
        members,
        places: FxHashMap::default(),
        indexed: 0,
        text: String::new(),
        start,
        elements: 0,
        marks: 0,
    }
}

fn add(open: &mut [Open], text: &str) {
    if let Some(around) = open.last_mut() {
        around.text.push_str(text);
    }
}

impl Open {
    fn note(&mut self, element: &str) {
        self.elements += 1;
        self.marks += usize::from(marks_up(element));
    }

    /// Adds a member; those of one name become a list.
    fn put(&mut self, name: String, value: Value) {
        /// Among more members than these, one is looked up.
        const FEW: usize = 32;
        let known = if self.members.len() <= FEW {
            self.members.iter().position(|(known, _)| *known == name)
        } else {
            for (at, (name, _)) in self.members.iter().enumerate().skip(self.indexed) {
                self.places.entry(name.clone()).or_insert(at);
            }
            self.indexed = self.members.len();
            self.places.get(&name).copied()
        };
        match known.and_then(|at| self.members.get_mut(at)) {
            Some((_, Value::List(values))) => values.push(value),
            Some((_, first)) => {
                *first = Value::List(vec![std::mem::replace(first, Value::Nothing), value]);
            }
            None => self.members.push((name, value)),
        }
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
        match read(xml) {
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
            ("<j><t>x<br>y</t><c>z</c></j>", r#"([("t", ("x<br>y")), ("c", ("z"))])"#),
            ("<j><t><p>x<ul><li>y</ul></p></t></j>", r#"([("t", ("<p>x<ul><li>y</ul></p>"))])"#),
            ("<j><t>x</c></j>", "ill-formed document: expected `</t>`, but `</c>` was found"),
        ];
        for (xml, expected) in CASES {
            let expected = expected.replace("\u{a0}", "\\u{a0}");
            assert_eq!(shown(xml), expected, "{xml}");
        }
    }

    #[test]
    fn many_members_keep_their_places() {
        let children = |range: std::ops::Range<usize>| {
            range.map(|n| format!("<n{n}>{n}</n{n}>")).collect::<Vec<_>>().concat()
        };
        let value = read(&format!("<a b='1' b='2'>{}{}</a>", children(0..50_000), children(40..42))).unwrap();
        assert_eq!(value.members().len(), 50_002);
        assert_eq!(value.all_at("n41").len(), 1);
        assert!(matches!(value.all_at("n41")[0], Value::List(values) if values.len() == 2));
    }

    #[test]
    fn entities_of_a_document_type_are_never_expanded_and_depth_is_bounded() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"boom\"><!ENTITY y \"&x;&x;\">]><a><b>&y;</b></a>";
        assert_eq!(shown(bomb), r#"([("b", ("&y;"))])"#);
        let deep = "<a>".repeat(100_000);
        assert_eq!(shown(&deep), "elements nest deeper than 64");
    }
}
