//! Says how each input would be read, and why, without judging anything.

use std::sync::Arc;
#[cfg(feature = "parquet")]
use std::sync::atomic::Ordering;

use super::around::Around;
use super::charset::{self, Guess, Known};
use super::decode::{Charset, Decoded};
use super::detect::{Detected, Kind};
use super::draft::DraftKind;
use super::field::Field;
use super::format::Format;
use super::input::{Entry, Found, Input};
use super::raw::{Payload, Raw, reason};
use super::{Opened, Options, Records, Tally, json, linked, row, shape, table, xml};

mod explanation;

use explanation::twice;
pub use explanation::{Explanation, Place, When};

/// Says how each file of `inputs` would be read.
#[must_use]
pub fn explain(inputs: Vec<Input>, options: Options) -> Vec<Explanation> {
    let mut records = Records::new(inputs, options);
    let mut explanations = Vec::new();
    while let Some(found) = records.next_file() {
        explanations.push(match found {
            Found::File(entry) => file(&entry, &records),
            Found::Ours => continue,
            Found::Closed(path, message) => plain(&path, "unreadable".to_owned(), message),
        });
    }
    explanations
}

fn plain(path: &str, taken_for: String, why: String) -> Explanation {
    Explanation { path: path.to_owned(), taken_for, why, fields: Vec::new(), unknown: Vec::new() }
}

fn file(entry: &Entry, records: &Records) -> Explanation {
    let Opened { decoded, detected } =
        match Opened::open(entry, &records.options, &Arc::new(Tally::default())) {
            Ok(opened) => opened,
            Err(error) => return plain(&entry.path, "unreadable".to_owned(), reason(&error)),
        };
    let mut explanation = plain(&entry.path, name(&detected, &decoded.head), detected.why.to_owned());
    explanation.look_inside(entry, &decoded.head, &detected.kind, records);
    explanation.taken_for.push_str(&encoding(&decoded, &detected.kind));
    if let Kind::Table(delimiter) = detected.kind
        && let Some(escape) = records.options.escape.of(&decoded.head, delimiter)
    {
        explanation.taken_for.push_str(", quotes escaped by ");
        explanation.taken_for.push(char::from(escape));
    }
    if let Some(packing) = decoded.packing {
        explanation.taken_for.push_str(", ");
        explanation.taken_for.push_str(packing.name());
    }
    explanation
}

/// The character set of a file, as far as it is worth saying, and how it is known.
fn encoding(decoded: &Decoded, kind: &Kind) -> String {
    match decoded.charset {
        Charset::Utf8 => ", UTF-8 with a byte order mark".to_owned(),
        Charset::Utf16 => ", UTF-16".to_owned(),
        Charset::LooksUtf16(encoding) => format!(", by the look of it {}", encoding.name()),
        Charset::Unmarked => match Guess::whole(&decoded.head).filter(|_| reads_text(kind)) {
            Some(Known { encoding, declared: true }) => format!(", {} as it declares", encoding.name()),
            Some(Known { encoding, declared: false }) => {
                format!(", not UTF-8 but, by the look of it, {}", encoding.name())
            }
            None => String::new(),
        },
    }
}

fn reads_text(kind: &Kind) -> bool {
    matches!(kind, Kind::JsonLines | Kind::Json | Kind::Table(_) | Kind::Xml | Kind::Page | Kind::LinkedData)
        || matches!(kind, Kind::Draft(kind) if *kind != DraftKind::Docx)
}

/// The first record; none of standard input, which can be read once only.
fn first_raw(entry: &Entry, records: &Records) -> Option<Raw> {
    if &*entry.path == "-" { None } else { records.read(entry).next() }
}

/// The header of a table.
fn header(head: &[u8], delimiter: u8, records: &Records) -> row::Header {
    let start = head.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(0);
    let layout = row::Cells::by(delimiter);
    table::header(&head[start..], layout, &records.options.mapping)
}

/// The text of the first record of JSON that says something of a posting, and what stands around it.
fn first_record(head: &[u8], entry: &Entry, records: &Records) -> (String, Arc<Around>) {
    /// How many records may say something else, such as the terms of use.
    const OTHERS: usize = 3;
    let read = |raw: Raw| match raw.payload {
        Payload::Json(bytes, around) => Some((charset::text(&bytes.utf8().0).into_owned(), around)),
        _ => None,
    };
    let is_known = |text: &str| {
        let known = |name: &str| records.options.mapping.meaning(name).map(|meaning| meaning.slot.field);
        let is_one = |field| matches!(field, Field::Title | Field::Body | Field::Section(_));
        json::fields(text).iter().any(|(_, name)| known(name).is_some_and(is_one))
    };
    let open = (&*entry.path != "-").then(|| records.read(entry));
    let mut first: Vec<_> = open.into_iter().flatten().take(OTHERS).filter_map(read).collect();
    if !first.is_empty() {
        let at = first.iter().position(|(text, _)| is_known(text)).unwrap_or(0);
        return first.swap_remove(at);
    }
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let around = Around { dialect: records.options.format.and_then(Format::dialect), ..Around::default() };
    (String::from_utf8_lossy(line).into_owned(), Arc::new(around))
}

fn name(detected: &Detected, head: &[u8]) -> String {
    match &detected.kind {
        Kind::JsonLines => "JSON Lines".to_owned(),
        Kind::Json => match shape::of(head.trim_ascii_start(), true) {
            shape::Shape::List { key, .. } => format!("JSON with a list under \"{key}\""),
            shape::Shape::Keyed { .. } => "JSON with an object of postings, each under its id".to_owned(),
            shape::Shape::One if head.trim_ascii_start().starts_with(b"{") => "JSON, one object".to_owned(),
            _ => "JSON, a list".to_owned(),
        },
        Kind::Table(b',') => "table, commas".to_owned(),
        Kind::Table(b';') => "table, semicolons".to_owned(),
        Kind::Table(b'\t') => "table, tabs".to_owned(),
        Kind::Table(delimiter) => format!("table, \"{}\" between cells", char::from(*delimiter)),
        Kind::Xml => "XML, a posting an element".to_owned(),
        Kind::Page | Kind::Draft(DraftKind::Html) => "one posting as a web page".to_owned(),
        Kind::LinkedData => "JSON-LD".to_owned(),
        Kind::SavedJson => "JSON in a saved page".to_owned(),
        Kind::Script => "values in a script".to_owned(),
        Kind::Yaml => "YAML".to_owned(),
        Kind::Draft(DraftKind::Markdown) => "one posting in Markdown".to_owned(),
        Kind::Draft(DraftKind::Text) => "one posting in plain text".to_owned(),
        Kind::Archive => "a web archive (WARC), its pages each by itself".to_owned(),
        Kind::Draft(DraftKind::Docx) => "one posting as a Word document".to_owned(),
        #[cfg(feature = "parquet")]
        Kind::Parquet => "Parquet".to_owned(),
        Kind::OwnResults => "results of rolecall, passed over".to_owned(),
        Kind::OtherText => "text that holds no posting, passed over".to_owned(),
        Kind::Unsupported(name) => format!("{name}, not read"),
        Kind::Misnamed(name) => format!("{name} under another name, not read"),
    }
}

impl Explanation {
    /// Says what the first record of a file shows.
    fn look_inside(&mut self, entry: &Entry, head: &[u8], kind: &Kind, records: &Records) {
        match kind {
            Kind::Table(delimiter) => {
                let (told, inside) = match first_raw(entry, records).map(|raw| raw.payload) {
                    Some(Payload::Row(bytes, header)) => {
                        let row = bytes.utf8().0;
                        (row::told(&row, &header), row::carried(&row, &header))
                    }
                    _ => (None, None),
                };
                let header = header(head, *delimiter, records);
                match (told, inside) {
                    (Some(told), _) => self.follow(&told, header.names().map(str::to_owned).collect()),
                    (None, Some(inside)) => {
                        let is_cell = |name: &&str| {
                            inside.first().is_some_and(|(path, _)| path.split('.').next() == Some(*name))
                        };
                        let columns = header.names().filter(|name| !is_cell(name)).map(str::to_owned);
                        let columns = twice(columns.collect());
                        self.sort(inside.into_iter().chain(columns).collect(), &records.options.mapping);
                    }
                    (None, None) => self.sort_columns(&header, &records.options.mapping),
                }
            }
            #[cfg(feature = "parquet")]
            Kind::Parquet => {
                let passed_over = || records.tally.own.load(Ordering::Relaxed);
                let before = passed_over();
                let text = first_raw(entry, records).map(|raw| raw.text().into_owned()).unwrap_or_default();
                if passed_over() > before {
                    "results of rolecall, passed over".clone_into(&mut self.taken_for);
                    self.why.push_str(", and its notes name a schema of rolecall");
                }
                self.read_json(&text, &Around::default(), &records.options.mapping);
            }
            Kind::JsonLines | Kind::Json | Kind::SavedJson | Kind::Script | Kind::Yaml => {
                let (text, around) = first_record(head, entry, records);
                self.read_json(&text, &around, &records.options.mapping);
            }
            Kind::Xml => {
                if let Some(Raw { payload: Payload::Xml(bytes, around), .. }) = first_raw(entry, records) {
                    let (names, told) = xml::explain(&charset::text(&bytes.utf8().0), &around);
                    match told {
                        Some(told) => self.follow(&told, names),
                        None => self.sort(twice(names), &records.options.mapping),
                    }
                }
            }
            Kind::Page | Kind::LinkedData => {
                let broken = records.tally.broken_postings();
                let first = first_raw(entry, records).map(|raw| raw.payload);
                self.look_at_page(first, *kind == Kind::Page);
                if records.tally.broken_postings() > broken {
                    self.why.push_str(", and a JobPosting in it is no JSON that could be read");
                }
            }
            _ => {}
        }
    }

    /// Says what the first posting of a web page, or of JSON-LD, is.
    fn look_at_page(&mut self, first: Option<Payload>, page: bool) {
        match first {
            Some(Payload::Linked(linked)) if !linked.named => {
                "postings one below another in a web page".clone_into(&mut self.taken_for);
                self.why.push_str(
                    ", and elements that are alike, or the rows of a table, each hold a role and a text",
                );
            }
            Some(Payload::Linked(linked)) => {
                let place = if page { "in a web page" } else { "JSON-LD" };
                place.clone_into(&mut self.taken_for);
                self.follow(&linked::explain(&linked.record), Vec::new());
                self.why.push_str(", and a JobPosting is in it");
            }
            Some(Payload::Json(..)) if page => {
                "JSON in a web page".clone_into(&mut self.taken_for);
                self.why.push_str(", and the postings that it does not show are in its scripts");
            }
            _ => {}
        }
    }
}
