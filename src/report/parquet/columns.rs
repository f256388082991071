//! The columns of a Parquet file, and the rows gathered in them.

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{
    ArrayBuilder, Float64Builder, ListBuilder, StringBuilder, StructBuilder, UInt64Builder,
};
use arrow_schema::{DataType, Field, Fields, Schema};

use crate::deciding;
use crate::outcome::{Failed, Judged, Outcome, Skipped};
use crate::posting::SourceRef;
use crate::verdict::{AreaScore, Evidence};
use crate::vocabulary::Role;

/// How many deciding words a row holds.
const WORDS: usize = 5;

/// What a flat column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Count,
    Number,
}

use Kind::{Count, Number, Text};

/// The flat columns, in order.
const FLAT: &[(&str, Kind)] = &[
    ("id", Text),
    ("title", Text),
    ("company", Text),
    ("location", Text),
    ("url", Text),
    ("language", Text),
    ("source_path", Text),
    ("source_record", Count),
    ("source_line", Count),
    ("outcome", Text),
    ("reason", Text),
    ("error", Text),
    ("claimed", Text),
    ("described", Text),
    ("verdict", Text),
    ("confidence", Number),
    ("margin", Number),
    ("share_pm", Number),
    ("share_pmm", Number),
    ("duties_pm", Count),
    ("duties_pmm", Count),
    ("duties_shared", Count),
    ("duties_other", Count),
    ("nearest", Text),
    ("words", Text),
    ("duplicate_of", Text),
    ("likeness", Number),
    ("p_pm", Number),
    ("p_pmm", Number),
    ("p_mixed", Number),
    ("p_neither", Number),
    ("p_insufficient", Number),
    ("text_bytes", Count),
    ("text_hash", Text),
    ("lexicon", Text),
    ("body", Text),
];

/// What the areas of a row hold.
const AREA: &[(&str, Kind)] = &[("area", Text), ("hits", Count), ("weight", Number)];

/// What the evidence of a row holds.
const EVIDENCE: &[(&str, Kind)] = &[
    ("term", Text),
    ("role", Text),
    ("text", Text),
    ("clause", Text),
    ("zone", Text),
    ("actor", Text),
    ("cue", Text),
    ("weight", Number),
    ("field", Text),
    ("start", Count),
    ("end", Count),
    ("line", Count),
    ("column", Count),
    ("duty_role", Text),
    ("duty_actor", Text),
];

/// One value of a row.
enum Cell<'a> {
    Text(Option<&'a str>),
    Count(Option<u64>),
    Number(Option<f64>),
}

/// The schema of the file.
pub(super) fn schema() -> Schema {
    let list = |name: &str, item: DataType| {
        Arc::new(Field::new(name, DataType::List(Arc::new(Field::new("item", item, true))), true))
    };
    let lists = [
        list("flags", DataType::Utf8),
        list("areas", DataType::Struct(fields(AREA))),
        list("evidence", DataType::Struct(fields(EVIDENCE))),
    ];
    Schema::new(fields(FLAT).iter().cloned().chain(lists).collect::<Vec<_>>())
}

fn fields(of: &[(&str, Kind)]) -> Fields {
    of.iter()
        .map(|(name, kind)| {
            let kind = match kind {
                Text => DataType::Utf8,
                Count => DataType::UInt64,
                Number => DataType::Float64,
            };
            Field::new(*name, kind, true)
        })
        .collect()
}

/// Rows that are not yet encoded.
pub(super) struct Columns {
    flat: Vec<Box<dyn ArrayBuilder>>,
    flags: ListBuilder<StringBuilder>,
    areas: ListBuilder<StructBuilder>,
    evidence: ListBuilder<StructBuilder>,
    /// How many rows there are.
    pub(super) rows: usize,
    /// Bytes of their texts, about.
    pub(super) bytes: usize,
}

impl Columns {
    pub(super) fn new() -> Self {
        let list = |of| ListBuilder::new(StructBuilder::from_fields(fields(of), 0));
        let builder = |(_, kind): &(&str, Kind)| -> Box<dyn ArrayBuilder> {
            match kind {
                Text => Box::new(StringBuilder::new()),
                Count => Box::new(UInt64Builder::new()),
                Number => Box::new(Float64Builder::new()),
            }
        };
        Self {
            flat: FLAT.iter().map(builder).collect(),
            flags: ListBuilder::new(StringBuilder::new()),
            areas: list(AREA),
            evidence: list(EVIDENCE),
            rows: 0,
            bytes: 0,
        }
    }

    /// Adds a row, with its evidence and its body where they are asked for.
    pub(super) fn add(&mut self, outcome: &Outcome, with_evidence: bool, with_body: bool) {
        self.rows += 1;
        match outcome {
            Outcome::Judged(judged) => self.add_judged(judged, with_evidence, with_body),
            Outcome::Skipped(skipped) => self.add_skipped(skipped),
            Outcome::Failed(failed) => self.add_failed(failed),
        }
        self.flags.append(true);
        self.areas.append(true);
        self.evidence.append(true);
    }

    /// The rows so far as arrays; it is empty then.
    pub(super) fn take(&mut self) -> Vec<ArrayRef> {
        (self.rows, self.bytes) = (0, 0);
        let mut arrays: Vec<ArrayRef> = self.flat.iter_mut().map(ArrayBuilder::finish).collect();
        arrays.push(Arc::new(self.flags.finish()));
        arrays.push(Arc::new(self.areas.finish()));
        arrays.push(Arc::new(self.evidence.finish()));
        arrays
    }

    fn add_judged(&mut self, judged: &Judged, with_evidence: bool, with_body: bool) {
        let verdict = &judged.verdict;
        let words = if with_evidence { deciding::words(verdict, WORDS).join("; ") } else { String::new() };
        let body = judged.body.as_deref().filter(|_| with_body);
        let duties = verdict.duties;
        let odds = verdict.probabilities;
        self.row(&[
            Cell::Text(Some(&judged.id)),
            Cell::Text(judged.title.as_deref()),
            Cell::Text(judged.company.as_deref()),
            Cell::Text(judged.location.as_deref()),
            Cell::Text(judged.url.as_deref()),
            Cell::Text(judged.language.as_deref()),
            Cell::Text(Some(&judged.source.path)),
            Cell::Count(Some(judged.source.record)),
            Cell::Count(judged.source.line),
            Cell::Text(Some("judged")),
            Cell::Text(None),
            Cell::Text(None),
            Cell::Text(Some(verdict.claimed.name())),
            Cell::Text(Some(verdict.described.name())),
            Cell::Text(Some(verdict.verdict.name())),
            Cell::Number(Some(verdict.confidence)),
            Cell::Number(Some(verdict.margin)),
            Cell::Number(verdict.shares.map(|shares| shares.pm)),
            Cell::Number(verdict.shares.map(|shares| shares.pmm)),
            Cell::Count(Some(duties.pm.into())),
            Cell::Count(Some(duties.pmm.into())),
            Cell::Count(Some(duties.shared.into())),
            Cell::Count(Some(duties.other.into())),
            Cell::Text(verdict.nearest.as_deref()),
            Cell::Text(Some(words.as_str()).filter(|words| !words.is_empty())),
            Cell::Text(judged.duplicate_of.as_deref()),
            Cell::Number(judged.likeness),
            Cell::Number(Some(odds.pm)),
            Cell::Number(Some(odds.pmm)),
            Cell::Number(Some(odds.mixed)),
            Cell::Number(Some(odds.neither)),
            Cell::Number(Some(odds.insufficient)),
            Cell::Count(Some(verdict.text.bytes as u64)),
            Cell::Text(Some(&verdict.text.hash)),
            Cell::Text(Some(&verdict.lexicon)),
            Cell::Text(body),
        ]);
        for flag in &verdict.flags {
            self.flags.values().append_value(flag.code.code());
        }
        for AreaScore { area, hits, weight } in &verdict.areas {
            let cells =
                [Cell::Text(Some(area)), Cell::Count(Some((*hits).into())), Cell::Number(Some(*weight))];
            self.bytes += item(self.areas.values(), AREA, &cells);
        }
        let kept = if with_evidence { verdict.evidence.as_slice() } else { &[] };
        for Evidence { term, role, text, clause, zone, actor, cue, weight, span, duty } in kept {
            let cells = [
                Cell::Text(Some(term)),
                Cell::Text(Some(role.name())),
                Cell::Text(Some(text)),
                Cell::Text(Some(clause)),
                Cell::Text(Some(zone.name())),
                Cell::Text(Some(actor.name())),
                Cell::Text(cue.as_deref()),
                Cell::Number(Some(*weight)),
                Cell::Text(span.field.as_deref()),
                Cell::Count(Some(span.start as u64)),
                Cell::Count(Some(span.end as u64)),
                Cell::Count(Some(span.line as u64)),
                Cell::Count(Some(span.column as u64)),
                Cell::Text(duty.and_then(|duty| duty.role).map(Role::name)),
                Cell::Text(duty.map(|duty| duty.actor.name())),
            ];
            self.bytes += item(self.evidence.values(), EVIDENCE, &cells);
        }
    }

    fn add_skipped(&mut self, skipped: &Skipped) {
        let Skipped { reason, source, id, title, language, hash, duplicate_of, likeness } = skipped;
        self.named(
            source,
            "skipped",
            &[
                ("id", Cell::Text(Some(id))),
                ("title", Cell::Text(title.as_deref())),
                ("language", Cell::Text(language.as_deref())),
                ("reason", Cell::Text(Some(reason.name()))),
                ("text_hash", Cell::Text(hash.as_deref())),
                ("duplicate_of", Cell::Text(duplicate_of.as_deref())),
                ("likeness", Cell::Number(*likeness)),
            ],
        );
    }

    fn add_failed(&mut self, failed: &Failed) {
        self.named(
            &failed.source,
            "failed",
            &[
                ("reason", Cell::Text(Some(&failed.error.code))),
                ("error", Cell::Text(Some(&failed.error.message))),
            ],
        );
    }

    /// A row of a few values.
    fn named(&mut self, source: &SourceRef, outcome: &str, cells: &[(&str, Cell<'_>)]) {
        for ((name, kind), builder) in FLAT.iter().zip(&mut self.flat) {
            let given = cells.iter().find(|(given, _)| given == name).map(|(_, cell)| cell);
            let own = match *name {
                "source_path" => Cell::Text(Some(&source.path)),
                "source_record" => Cell::Count(Some(source.record)),
                "source_line" => Cell::Count(source.line),
                "outcome" => Cell::Text(Some(outcome)),
                _ => Cell::none(*kind),
            };
            self.bytes += given.unwrap_or(&own).append(builder.as_mut());
        }
    }

    fn row(&mut self, cells: &[Cell<'_>; FLAT.len()]) {
        for (cell, builder) in cells.iter().zip(&mut self.flat) {
            self.bytes += cell.append(builder.as_mut());
        }
    }
}

/// Adds one item of a list; gives the bytes of its texts.
fn item<const N: usize>(builder: &mut StructBuilder, of: &[(&str, Kind)], cells: &[Cell<'_>; N]) -> usize {
    let builders = builder.field_builders_mut();
    debug_assert!(builders.len() == N && of.len() == N, "a cell for each field");
    let bytes = cells.iter().zip(builders).map(|(cell, builder)| cell.append(builder.as_mut())).sum();
    builder.append(true);
    bytes
}

impl Cell<'_> {
    fn none(kind: Kind) -> Self {
        match kind {
            Text => Self::Text(None),
            Count => Self::Count(None),
            Number => Self::Number(None),
        }
    }

    /// Adds the value to its column; gives the bytes of its text.
    fn append(&self, builder: &mut dyn ArrayBuilder) -> usize {
        const OWN: &str = "a cell has the kind of its column, as a test shows";
        let builder = builder.as_any_mut();
        match self {
            Self::Text(text) => {
                builder.downcast_mut::<StringBuilder>().expect(OWN).append_option(*text);
                text.map_or(0, str::len)
            }
            Self::Count(count) => {
                builder.downcast_mut::<UInt64Builder>().expect(OWN).append_option(*count);
                8
            }
            Self::Number(number) => {
                builder.downcast_mut::<Float64Builder>().expect(OWN).append_option(*number);
                8
            }
        }
    }
}
