//! CSV: a header, then one row a record, in input order, for spreadsheets and data frames.
//!
//! | columns | value |
//! |---|---|
//! | `id`, `title`, `company`, `location`, `url`, `language` | as in [`jsonl`](super::jsonl), empty for null |
//! | `source_path`, `source_record`, `source_line` | where the record was read |
//! | `outcome` | `judged`, `skipped` or `failed` |
//! | `reason` | why it was skipped, or the code of the error |
//! | `error` | the message of the error |
//! | `claimed`, `described`, `verdict`, `confidence`, `margin` | the judgement |
//! | `share_pm`, `share_pmm` | owned role-specific work, split between the roles |
//! | `duties_pm`, `duties_pmm`, `duties_shared`, `duties_other` | owned clauses by kind of work |
//! | `nearest` | the neighbouring job that a `neither` looks like |
//! | `flags` | codes of the rules broken, joined by a space |
//! | `words` | the words that decided, at most five, joined by `; `; empty where evidence is left out |
//! | `duplicate_of`, `likeness` | the id of the earlier posting that this one repeats, and how much of the text they share |
//!
//! With `--csv-bom` a byte order mark comes first, without which some spreadsheets take the text for another encoding.
//!
//! **Formula guard.** Posting text can hold formulas. A text cell whose first character is `=`, `+`,
//! `-`, `@` (or their full-width forms), a tab, a line end or NUL gets a leading `'`, so that
//! spreadsheets take it as text; so does a path of `-`. Control characters other than tabs and line
//! ends become `�`. What a build server would take for a command, were the rows in its log, gets a character between that
//! takes no room. Numbers are written as they are.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::{EvidenceMode, Options, Report, safe};
use crate::deciding;
use crate::outcome::{Judged, Outcome};
use crate::posting::SourceRef;
use crate::summary::Summary;

/// The columns, in order.
pub const COLUMNS: [&str; 28] = [
    "id",
    "title",
    "company",
    "location",
    "url",
    "language",
    "source_path",
    "source_record",
    "source_line",
    "outcome",
    "reason",
    "error",
    "claimed",
    "described",
    "verdict",
    "confidence",
    "margin",
    "share_pm",
    "share_pmm",
    "duties_pm",
    "duties_pmm",
    "duties_shared",
    "duties_other",
    "nearest",
    "flags",
    "words",
    "duplicate_of",
    "likeness",
];

/// How many deciding words a row holds.
const WORDS: usize = 5;

/// Writes CSV.
pub struct Csv {
    out: ::csv::Writer<Box<dyn Write + Send>>,
    bom: bool,
    evidence: EvidenceMode,
    begun: bool,
}

impl Csv {
    /// Writes to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send>, options: &Options) -> Self {
        let out = ::csv::WriterBuilder::new().has_headers(false).from_writer(out);
        Self { out, bom: options.csv_bom, evidence: options.evidence, begun: false }
    }

    fn begin(&mut self) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            let mut columns = COLUMNS.map(str::to_owned);
            if self.bom {
                columns[0].insert(0, '\u{FEFF}');
            }
            self.out.write_record(columns).map_err(as_io)?;
        }
        Ok(())
    }
}

impl Report for Csv {
    fn record(&mut self, outcome: &Outcome) -> io::Result<()> {
        self.begin()?;
        let row = match outcome {
            Outcome::Judged(judged) => Row::judged(judged, self.evidence),
            Outcome::Skipped(skipped) => Row {
                id: safe::cell(&skipped.id),
                title: cell(skipped.title.as_deref()),
                language: cell(skipped.language.as_deref()),
                reason: skipped.reason.name().into(),
                duplicate_of: cell(skipped.duplicate_of.as_deref()),
                likeness: skipped.likeness,
                ..Row::of(&skipped.source, "skipped")
            },
            Outcome::Failed(failed) => Row {
                reason: safe::cell(&failed.error.code),
                error: safe::cell(&failed.error.message),
                ..Row::of(&failed.source, "failed")
            },
        };
        self.out.serialize(row).map_err(as_io)
    }

    fn finish(mut self: Box<Self>, _: &Summary) -> io::Result<()> {
        self.begin()?;
        self.out.flush()
    }
}

/// One row; the fields are the columns.
#[derive(Default, Serialize)]
struct Row<'a> {
    id: Cow<'a, str>,
    title: Cow<'a, str>,
    company: Cow<'a, str>,
    location: Cow<'a, str>,
    url: Cow<'a, str>,
    language: Cow<'a, str>,
    source_path: Cow<'a, str>,
    source_record: u64,
    source_line: Option<u64>,
    outcome: &'static str,
    reason: Cow<'a, str>,
    error: Cow<'a, str>,
    claimed: &'static str,
    described: &'static str,
    verdict: &'static str,
    confidence: Option<f64>,
    margin: Option<f64>,
    share_pm: Option<f64>,
    share_pmm: Option<f64>,
    duties_pm: Option<u32>,
    duties_pmm: Option<u32>,
    duties_shared: Option<u32>,
    duties_other: Option<u32>,
    nearest: Cow<'a, str>,
    flags: String,
    words: Cow<'a, str>,
    duplicate_of: Cow<'a, str>,
    likeness: Option<f64>,
}

impl<'a> Row<'a> {
    fn of(source: &'a SourceRef, outcome: &'static str) -> Self {
        Self {
            source_path: safe::cell(&source.path),
            source_record: source.record,
            source_line: source.line,
            outcome,
            ..Self::default()
        }
    }

    fn judged(judged: &'a Judged, evidence: EvidenceMode) -> Self {
        let verdict = &judged.verdict;
        let flags: Vec<&str> = verdict.flags.iter().map(|flag| flag.code.code()).collect();
        let words = if evidence.keeps(verdict.verdict) {
            deciding::words(verdict, WORDS).join("; ")
        } else {
            String::new()
        };
        Self {
            id: safe::cell(&judged.id),
            title: cell(judged.title.as_deref()),
            company: cell(judged.company.as_deref()),
            location: cell(judged.location.as_deref()),
            url: cell(judged.url.as_deref()),
            language: cell(judged.language.as_deref()),
            claimed: verdict.claimed.name(),
            described: verdict.described.name(),
            verdict: verdict.verdict.name(),
            confidence: Some(verdict.confidence),
            margin: Some(verdict.margin),
            share_pm: verdict.shares.map(|shares| shares.pm),
            share_pmm: verdict.shares.map(|shares| shares.pmm),
            duties_pm: Some(verdict.duties.pm),
            duties_pmm: Some(verdict.duties.pmm),
            duties_shared: Some(verdict.duties.shared),
            duties_other: Some(verdict.duties.other),
            nearest: cell(verdict.nearest.as_deref()),
            flags: flags.join(" "),
            words: safe::cell(&words).into_owned().into(),
            duplicate_of: cell(judged.duplicate_of.as_deref()),
            likeness: judged.likeness,
            ..Self::of(&judged.source, "judged")
        }
    }
}

fn cell(text: Option<&str>) -> Cow<'_, str> {
    text.map(safe::cell).unwrap_or_default()
}

/// The error of the writer below, with its kind, so that a closed pipe is still known as one.
pub(super) fn as_io(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("cannot form a CSV row: {other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::outcome::SkipReason;
    use crate::report::Format;
    use crate::report::testing::written;
    use crate::rule::Code;
    use crate::vocabulary::{Claim, Described, Ruling};

    fn rows(outcomes: &[Outcome]) -> Vec<std::collections::HashMap<String, String>> {
        let text = written(Format::Csv, &Options::default(), outcomes);
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.headers().unwrap(), &COLUMNS[..]);
        reader.deserialize().map(Result::unwrap).collect()
    }

    #[test]
    fn the_header_names_the_fields_of_a_row() {
        let row = serde_json::to_string(&Row::default()).unwrap();
        let places: Vec<_> = COLUMNS.iter().map(|column| row.find(&format!("\"{column}\":"))).collect();
        assert!(places.is_sorted() && places[0].is_some(), "{places:?}");
        assert_eq!(row.matches("\":").count(), COLUMNS.len());
        assert!(rows(&[]).is_empty());
    }

    #[test]
    fn a_row_holds_the_judgement_and_the_words_that_decided() {
        let posting = fixture::posting("Product Manager, \"Growth\"")
            .ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, 0.97)
            .company("Northwind")
            .says("pmm/positioning/positioning", "positioning", 2.0)
            .says("pmm/messaging/messaging", "messaging", 1.0)
            .flagged(Code::Rc001, "the duties are product marketing's")
            .flagged(Code::Rc008, "no section lists the duties");
        let row = &rows(&[posting.outcome()])[0];
        for (column, value) in [
            ("title", "Product Manager, \"Growth\""),
            ("company", "Northwind"),
            ("source_line", "1"),
            ("outcome", "judged"),
            ("described", "pmm"),
            ("verdict", "mislabelled"),
            ("confidence", "0.97"),
            ("duties_pm", "9"),
            ("flags", "RC001 RC008"),
            ("words", "positioning; messaging"),
            ("nearest", ""),
        ] {
            assert_eq!(row[column], value, "{column}");
        }
    }

    #[test]
    fn skipped_and_failed_records_have_rows_too() {
        let rows = rows(&[
            fixture::skipped(SkipReason::NoText, "b.jsonl", 3),
            fixture::failed("invalid-json", "=cut short", "b.jsonl", 4),
        ]);
        assert_eq!((&*rows[0]["outcome"], &*rows[0]["reason"]), ("skipped", "no-text"));
        assert_eq!((&*rows[1]["outcome"], &*rows[1]["reason"]), ("failed", "invalid-json"));
        assert_eq!((&*rows[1]["error"], &*rows[1]["confidence"]), ("'=cut short", ""));
    }

    #[test]
    fn a_copy_names_the_posting_that_it_repeats() {
        let row = &rows(&[fixture::posting("Product Manager").copy_of("=7", 0.93).outcome()])[0];
        assert_eq!((&*row["duplicate_of"], &*row["likeness"], &*row["flags"]), ("'=7", "0.93", "RC009"));
    }

    #[test]
    fn text_cells_are_never_formulas() {
        let hostile = ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "\0=1"];
        for text in hostile {
            let row = &rows(&[fixture::posting(text)
                .company(text)
                .at(text, 1, None)
                .says("pm/backlog/backlog", text, 1.0)
                .ruled(Claim::Both, Described::Pm, Ruling::Review, 0.5)
                .outcome()])[0];
            for column in ["id", "title", "company", "source_path", "words"] {
                assert!(row[column].starts_with('\''), "{column}: {:?}", row[column]);
            }
        }
    }
}
