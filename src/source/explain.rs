//! Says how each input would be read, and why, without judging anything.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
#[cfg(feature = "parquet")]
use std::sync::atomic::Ordering;

use super::alias::known;
use super::around::Around;
use super::charset::{self, Guess, Known};
use super::decode::{Charset, Decoded};
use super::detect::{Detected, Kind};
use super::dialect::Told;
use super::draft::DraftKind;
use super::family;
use super::field::{Field, Mapping, Slot};
use super::format::Format;
use super::input::{Entry, Found, Input};
use super::missing::short;
use super::raw::{Payload, Raw, reason};
use super::{Opened, Options, Records, Tally, json, linked, numbered, row, shape, stretch, table, xml};
use crate::vocabulary::Zone;

/// How one input is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The path as reports print it.
    pub path: String,
    /// What the input is taken for.
    pub taken_for: String,
    /// What showed it.
    pub why: String,
    /// Which of its names are read as which fields.
    pub fields: Vec<Place>,
    /// Names that mean nothing.
    pub unknown: Vec<String>,
}

/// A name of an input, and what it is read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The field.
    pub field: String,
    /// The name, or where it stands.
    pub name: String,
    /// When it is read.
    pub when: When,
}

/// When a name is read that another of the same field may stand above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// When those above are empty.
    Empty,
    /// When those above are empty, or hold much less.
    Fuller,
    /// When it says something else than those above.
    Else,
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Always => "",
            Self::Empty => "  (when the one above is empty)",
            Self::Fuller => "  (when the one above is empty or much shorter)",
            Self::Else => "  (too, when it says something else)",
        })
    }
}

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

/// Names that are shown as they are.
fn twice(names: Vec<String>) -> Vec<(String, String)> {
    names.into_iter().map(|name| (name.clone(), name)).collect()
}

/// Names without what is shown of them.
fn plainly(names: Vec<(String, String)>) -> Vec<String> {
    names.into_iter().map(|(_, name)| name).collect()
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
    let mut first: Vec<_> = open.into_iter().flatten().take(OTHERS).map_while(read).collect();
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
        Kind::Script => "JSON in a script".to_owned(),
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

    /// Says which dialect a record shows, and where it has what.
    fn follow(&mut self, told: &Told, names: Vec<String>) {
        self.taken_for = format!("{}, {}", told.dialect.title, self.taken_for);
        if !told.names.is_empty() {
            self.why = format!("{}, and its first record has {}", self.why, told.names.join(" and "));
        }
        let first = |path: &str| path.split(['.', '[', '/']).next().unwrap_or_default().to_owned();
        let used: BTreeSet<_> = told.places.iter().map(|(_, place)| first(place)).collect();
        self.unknown =
            names.into_iter().filter(|name| !name.is_empty() && !used.contains(&first(name))).collect();
        let place = |(field, place): &(Field, String)| Place {
            field: field.to_string(),
            name: place.clone(),
            when: When::Always,
        };
        self.fields = told.places.iter().map(place).collect();
        self.take_usual();
    }

    /// Counts among the fields what goes by its usual name, where the dialect has no place for it.
    fn take_usual(&mut self) {
        let has =
            |fields: &[Place], field: Field| fields.iter().any(|place| place.field == field.to_string());
        let is_text = |field| matches!(field, Field::Body | Field::Section(_));
        let texts = [Zone::Duties, Zone::Requirements].map(Field::Section);
        let has_text = has(&self.fields, Field::Body) || texts.iter().any(|field| has(&self.fields, *field));
        let known = |name: &String| Some((known(name).or_else(|| family::known(name))?.field, name.clone()));
        for (field, name) in self.unknown.iter().filter_map(known).collect::<Vec<_>>() {
            let is_taken = if is_text(field) {
                !has_text
            } else {
                matches!(field, Field::Title | Field::Company | Field::Location | Field::Url)
                    && !has(&self.fields, field)
            };
            if is_taken {
                self.unknown.retain(|other| *other != name);
                self.fields.push(Place { field: field.to_string(), name, when: When::Always });
            }
        }
    }

    /// Says what the names of a record in JSON mean.
    fn read_json(&mut self, text: &str, around: &Around, mapping: &Mapping) {
        let names = json::fields(text);
        match json::dialect(text, around) {
            Some(told) => self.follow(&told, plainly(names)),
            None => self.sort(names, mapping),
        }
    }

    /// Sorts names, each as it is shown and as it is, into those that are read and those that mean nothing.
    fn sort(&mut self, names: Vec<(String, String)>, mapping: &Mapping) {
        let slotted = names.into_iter().flat_map(|(shown, name)| {
            let meanings = mapping.meaning(&name).into_iter().chain(mapping.further(&name));
            let path = |inner: &[String]| [std::slice::from_ref(&shown), inner].concat().join(".");
            let found: Vec<_> =
                meanings.map(|meaning| (path(meaning.inner), name.clone(), Some(meaning.slot))).collect();
            if found.is_empty() { vec![(shown, name, None)] } else { found }
        });
        self.place(slotted);
    }

    /// Sorts the columns of a table, of which paths say by their first step what they are a part of.
    fn sort_columns(&mut self, header: &row::Header, mapping: &Mapping) {
        let slotted = header.columns().map(|(name, slot)| {
            let part = || mapping.meaning(name.split(['.', '/', '[']).next()?).map(|meaning| meaning.slot);
            (short(name).into_owned(), name.to_owned(), slot.or_else(part))
        });
        self.place(slotted);
    }

    fn place(&mut self, names: impl Iterator<Item = (String, String, Option<Slot>)>) {
        let mut fields: Vec<(Slot, String, String)> = Vec::new();
        for (shown, name, slot) in names {
            match slot {
                Some(slot) => fields.push((slot, name, shown)),
                None if name.is_empty() => {}
                None => self.unknown.push(shown),
            }
        }
        fields.sort_by_key(|(slot, ..)| (slot.field.to_string(), slot.rank));
        let mut above: Option<(Field, String)> = None;
        for (Slot { field, .. }, name, shown) in fields {
            let when = match &above {
                Some((other, above)) if *other == field => when(field, &name, above),
                _ => When::Always,
            };
            if when == When::Always {
                above = Some((field, name));
            }
            self.fields.push(Place { field: field.to_string(), name: shown, when });
        }
    }
}

/// When a name is read below another of the same field.
fn when(field: Field, name: &str, above: &str) -> When {
    let base = numbered::base(name);
    match field {
        Field::Section(_) => When::Always,
        Field::Body if base.is_some() && numbered::base(above) == base => When::Always,
        Field::Body if stretch::is_beside(name) != stretch::is_beside(above) => When::Else,
        Field::Body => When::Fuller,
        _ => When::Empty,
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.path, self.taken_for)?;
        writeln!(f, "  because {}", self.why)?;
        for Place { field, name, when } in &self.fields {
            writeln!(f, "  {field:<12} {name}{when}")?;
        }
        if !self.unknown.is_empty() {
            writeln!(f, "  {:<12} {}", "not read", self.unknown.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_field_are_read_together_or_in_place_of_each_other() {
        for (field, name, above, expected) in [
            (Field::Section(Zone::Duties), "duties", "tasks", When::Always),
            (Field::Body, "Description 2", "Description 1", When::Always),
            (Field::Body, "summary", "description", When::Else),
            (Field::Body, "text", "description", When::Fuller),
            (Field::Company, "employer", "company", When::Empty),
        ] {
            assert_eq!(when(field, name, above), expected, "{name} below {above}");
        }
    }
}
