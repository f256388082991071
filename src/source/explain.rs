//! Says how each input would be read, and why, without judging anything.

use std::fmt;
use std::sync::Arc;
#[cfg(feature = "parquet")]
use std::sync::atomic::Ordering;

use super::around::Around;
use super::charset::{self, Guess, Known};
use super::decode::{Charset, Decoded};
use super::detect::{Detected, Kind};
use super::dialect::Told;
use super::draft::DraftKind;
use super::field::{Field, Mapping};
use super::format::Format;
use super::input::{Entry, Found, Input};
use super::missing::short;
use super::raw::{Payload, Raw, reason};
use super::{Opened, Options, Records, Tally, json, linked, row, shape, table, xml};

/// How one input is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The path as reports print it.
    pub path: String,
    /// What the input is taken for.
    pub taken_for: String,
    /// What showed it.
    pub why: String,
    /// Whether names of the same field are read together, rather than each when those before are empty.
    pub together: bool,
    /// Which of its names are read as which fields: field, name.
    pub fields: Vec<(String, String)>,
    /// Names that mean nothing.
    pub unknown: Vec<String>,
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
    Explanation {
        path: path.to_owned(),
        taken_for,
        why,
        together: false,
        fields: Vec::new(),
        unknown: Vec::new(),
    }
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

/// The names of the columns.
fn columns(head: &[u8], delimiter: u8, records: &Records) -> Vec<String> {
    let start = head.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(0);
    let layout = row::Cells::by(delimiter);
    table::header(&head[start..], layout, &records.options.mapping).names().map(str::to_owned).collect()
}

/// The text of the first record of JSON, and what stands around it.
fn first_record(head: &[u8], entry: &Entry, records: &Records) -> (String, Arc<Around>) {
    if let Some(Raw { payload: Payload::Json(bytes, around), .. }) = first_raw(entry, records) {
        return (charset::text(&bytes.utf8().0).into_owned(), around);
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
                let names = columns(head, *delimiter, records).into_iter();
                let names = names.map(|name| (short(&name).into_owned(), name)).collect();
                self.sort(names, &records.options.mapping);
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
            Kind::JsonLines | Kind::Json | Kind::SavedJson | Kind::Script => {
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
                self.why.push_str(", and elements that are alike each hold a role, a link and a text");
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
        self.together = true;
        let used =
            |name: &String| told.places.iter().any(|(_, place)| place.split(['.', '[']).next() == Some(name));
        self.unknown = names.into_iter().filter(|name| !used(name)).collect();
        self.fields = told.places.iter().map(|(field, place)| (field.to_string(), place.clone())).collect();
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
        let mut fields: Vec<(Field, u8, String)> = Vec::new();
        for (shown, name) in names {
            match mapping.meaning(&name) {
                Some(meaning) => fields.push((meaning.slot.field, meaning.slot.rank, shown)),
                None if name.is_empty() => {}
                None => self.unknown.push(shown),
            }
        }
        fields.sort_by_key(|(field, rank, _)| (field.to_string(), *rank));
        self.fields = fields.into_iter().map(|(field, _, name)| (field.to_string(), name)).collect();
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.path, self.taken_for)?;
        writeln!(f, "  because {}", self.why)?;
        let mut last = "";
        for (field, name) in &self.fields {
            let again = if *field == last && !self.together { "  (when the one above is empty)" } else { "" };
            writeln!(f, "  {field:<12} {name}{again}")?;
            last = field;
        }
        if !self.unknown.is_empty() {
            writeln!(f, "  {:<12} {}", "not read", self.unknown.join(", "))?;
        }
        Ok(())
    }
}
