//! Says how each input would be read, and why, without judging anything.

use std::fmt;
use std::sync::Arc;

use super::charset::Guess;
use super::decode::Charset;
use super::detect::{Detected, Kind};
use super::draft::DraftKind;
use super::field::{Field, Mapping};
use super::input::{Entry, Found, Input};
use super::raw::{Payload, reason};
use super::{Opened, Options, Records, Tally, json, row, shape, table};

/// How one input is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The path as reports print it.
    pub path: String,
    /// What the input is taken for.
    pub taken_for: String,
    /// What showed it.
    pub why: String,
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
    Explanation { path: path.to_owned(), taken_for, why, fields: Vec::new(), unknown: Vec::new() }
}

fn file(entry: &Entry, records: &Records) -> Explanation {
    let Opened { decoded, detected } =
        match Opened::open(entry, &records.options, &Arc::new(Tally::default())) {
            Ok(opened) => opened,
            Err(error) => return plain(&entry.path, "unreadable".to_owned(), reason(&error)),
        };
    let mut taken_for = name(&detected, &decoded.head);
    taken_for.push_str(match decoded.charset {
        Charset::Unmarked => "",
        Charset::Utf8 => ", UTF-8 with a byte order mark",
        Charset::Utf16 => ", UTF-16",
    });
    if decoded.charset == Charset::Unmarked
        && reads_text(&detected.kind)
        && let Some(charset) = Guess::whole(&decoded.head)
    {
        taken_for.push_str(", not UTF-8 but, by the look of it, ");
        taken_for.push_str(charset.name());
    }
    if let Kind::Table(delimiter) = detected.kind
        && let Some(escape) = records.options.escape.of(&decoded.head, delimiter)
    {
        taken_for.push_str(", quotes escaped by ");
        taken_for.push(char::from(escape));
    }
    if let Some(packing) = decoded.packing {
        taken_for.push_str(", ");
        taken_for.push_str(packing.name());
    }
    let mut explanation = plain(&entry.path, taken_for, detected.why.to_owned());
    let names = match detected.kind {
        // Standard input can be read once only, and its head is here already.
        Kind::Table(_) | Kind::JsonLines | Kind::Json => names(&detected.kind, &decoded.head, entry, records),
        _ => Vec::new(),
    };
    explanation.sort(names, &records.options.mapping);
    explanation
}

fn reads_text(kind: &Kind) -> bool {
    matches!(kind, Kind::JsonLines | Kind::Json | Kind::Table(_))
        || matches!(kind, Kind::Draft(kind) if *kind != DraftKind::Docx)
}

/// The names of the columns, or of the fields of the first record.
fn names(kind: &Kind, head: &[u8], entry: &Entry, records: &Records) -> Vec<String> {
    if let Kind::Table(delimiter) = kind {
        let start = head.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(0);
        let layout = row::Cells { delimiter: *delimiter, escape: None };
        let line = table::first_row(&head[start..], layout);
        return row::Header::read(line, layout, &records.options.mapping)
            .names()
            .map(str::to_owned)
            .collect();
    }
    let first = match &*entry.path {
        "-" => None,
        _ => records.read(entry).next(),
    };
    let text = match first.as_ref().map(|raw| &raw.payload) {
        Some(Payload::Json(_)) => first.as_ref().map(super::Raw::text).unwrap_or_default(),
        _ => String::from_utf8_lossy(head.split(|byte| *byte == b'\n').next().unwrap_or_default()),
    };
    json::names(&text).into_iter().map(|(name, _)| name.into_owned()).collect()
}

fn name(detected: &Detected, head: &[u8]) -> String {
    match &detected.kind {
        Kind::JsonLines => "JSON Lines".to_owned(),
        Kind::Json => match shape::of(head.trim_ascii_start(), true) {
            shape::Shape::List { key, .. } => format!("JSON with a list under \"{key}\""),
            shape::Shape::One if head.trim_ascii_start().starts_with(b"{") => "JSON, one object".to_owned(),
            _ => "JSON, a list".to_owned(),
        },
        Kind::Table(b',') => "table, commas".to_owned(),
        Kind::Table(b';') => "table, semicolons".to_owned(),
        Kind::Table(b'\t') => "table, tabs".to_owned(),
        Kind::Table(delimiter) => format!("table, \"{}\" between cells", char::from(*delimiter)),
        Kind::Draft(DraftKind::Markdown) => "one posting in Markdown".to_owned(),
        Kind::Draft(DraftKind::Text) => "one posting in plain text".to_owned(),
        Kind::Draft(DraftKind::Html) => "one posting as a web page".to_owned(),
        Kind::Draft(DraftKind::Docx) => "one posting as a Word document".to_owned(),
        Kind::OwnResults => "results of rolecall, passed over".to_owned(),
        Kind::OtherText => "text that holds no posting, passed over".to_owned(),
        Kind::Unsupported(name) => format!("{name}, not read"),
        Kind::Misnamed(name) => format!("{name} under another name, not read"),
    }
}

impl Explanation {
    /// Sorts names into those that are read and those that mean nothing.
    fn sort(&mut self, names: Vec<String>, mapping: &Mapping) {
        let mut fields: Vec<(Field, u8, String)> = Vec::new();
        for name in names {
            match mapping.meaning(&name) {
                Some(meaning) => fields.push((meaning.slot.field, meaning.slot.rank, name)),
                None if name.is_empty() => {}
                None => self.unknown.push(name),
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
            let again = if *field == last { "  (when the one above is empty)" } else { "" };
            writeln!(f, "  {field:<12} {name}{again}")?;
            last = field;
        }
        if !self.unknown.is_empty() {
            writeln!(f, "  {:<12} {}", "not read", self.unknown.join(", "))?;
        }
        Ok(())
    }
}
