//! Writes outcomes: one trait, and one small file for each format.
//!
//! A report computes nothing. What it prints stands in the outcomes and the summary, so that a run
//! being judged and a file of results read back give the same bytes.

use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

use crate::comparison::Comparison;
use crate::outcome::Outcome;
use crate::summary::Summary;
use crate::vocabulary::Ruling;

pub(crate) mod safe;
mod text;
mod paint;
mod place;
pub mod jsonl;
pub mod json;
pub mod csv;
#[cfg(feature = "parquet")]
pub mod parquet;
mod words;
mod overview;
mod totals;
mod breakdown;
pub mod table;
pub mod explain;
pub mod terms;
pub mod values;
pub mod rules;
pub mod audit;
pub mod comparison;
pub mod markdown;
pub mod summary;
pub mod html;
pub mod check;

/// Something that takes outcomes in input order and writes them.
pub trait Report {
    /// Takes one outcome.
    ///
    /// # Errors
    ///
    /// The writer refuses; a closed pipe is [`io::ErrorKind::BrokenPipe`].
    fn record(&mut self, outcome: &Outcome) -> io::Result<()>;

    /// Writes what comes last and flushes.
    ///
    /// # Errors
    ///
    /// The writer refuses; a closed pipe is [`io::ErrorKind::BrokenPipe`].
    fn finish(self: Box<Self>, summary: &Summary) -> io::Result<()>;
}

/// The formats of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Totals and the flagged postings, for a person at a terminal.
    Table,
    /// One record a line.
    Jsonl,
    /// One JSON object with all records and the summary.
    Json,
    /// One row a record, flat.
    Csv,
    /// One row a record, in columns, with lists.
    #[cfg(feature = "parquet")]
    Parquet,
    /// The totals alone, for a person.
    Summary,
    /// The answer, the totals and the flagged postings as Markdown.
    Markdown,
    /// One page for a person: figures, charts and the flagged postings with their evidence.
    Html,
}

/// A name that no format has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown format \"{name}\": give one of {}{}", Format::names(), hint(.name))]
pub struct UnknownFormat {
    /// The name as typed.
    pub name: String,
}

/// Whose evidence is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EvidenceMode {
    /// Nobody's.
    None,
    /// That of flagged postings.
    #[default]
    Flagged,
    /// Everybody's.
    All,
}

names! {
    /// How the totals alone are written.
    SummaryFormat {
        /// For a person at a terminal.
        Text = "text",
        /// One JSON object of the schema `rolecall.summary/1`.
        Json = "json",
        /// One figure a row.
        Csv = "csv",
        /// Tables for wikis, issues and pull requests.
        Markdown = "markdown",
    }
}

/// What is written, and how.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Whether text for a person is coloured.
    pub color: bool,
    /// Columns that text for a person may fill.
    pub width: usize,
    /// Whose evidence is written.
    pub evidence: EvidenceMode,
    /// Whether the body of a posting is written along with its evidence.
    pub with_text: bool,
    /// When given, only judged postings with one of these verdicts are written; all are counted.
    pub only: Option<Vec<Ruling>>,
    /// Whether CSV begins with a byte order mark.
    pub csv_bom: bool,
    /// How the totals alone are written; told by the name of their file when not given.
    pub summary: Option<SummaryFormat>,
    /// What changed since earlier results: shown instead of the postings, in HTML beside them.
    pub comparison: Option<Arc<Comparison>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            color: false,
            width: 100,
            evidence: EvidenceMode::Flagged,
            with_text: false,
            only: None,
            csv_bom: false,
            summary: None,
            comparison: None,
        }
    }
}

/// Whether a format can show what changed between two audits.
#[must_use]
pub fn shows_comparison(format: Format) -> bool {
    matches!(format, Format::Table | Format::Markdown | Format::Json | Format::Html)
}

/// A report that writes to `out`, which is best buffered.
#[must_use]
pub fn open(format: Format, out: Box<dyn Write + Send>, options: &Options) -> Box<dyn Report + Send> {
    if options.comparison.is_some() && format != Format::Html {
        return Box::new(comparison::Changes::new(format, out, options));
    }
    let report: Box<dyn Report + Send> = match format {
        Format::Table => Box::new(table::Table::new(out, options)),
        Format::Jsonl => Box::new(jsonl::Jsonl::new(out, options)),
        Format::Json => Box::new(json::Json::new(out, options)),
        Format::Csv => Box::new(csv::Csv::new(out, options)),
        #[cfg(feature = "parquet")]
        Format::Parquet => Box::new(parquet::Parquet::new(out, options)),
        Format::Summary => summary::open(out, options),
        Format::Html => Box::new(html::Html::new(out, options)),
        Format::Markdown => Box::new(markdown::Markdown::new(out, options)),
    };
    match &options.only {
        // Its figures are those of all postings.
        Some(_) if matches!(format, Format::Html | Format::Markdown) => report,
        Some(only) => Box::new(Only { rulings: only.clone(), report }),
        None => report,
    }
}

impl Format {
    /// Every format, the one for people first.
    pub const ALL: &'static [Self] = &[
        Self::Table,
        Self::Jsonl,
        Self::Json,
        Self::Csv,
        #[cfg(feature = "parquet")]
        Self::Parquet,
        Self::Html,
        Self::Markdown,
        Self::Summary,
    ];

    /// The name that `-o` takes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Jsonl => "jsonl",
            Self::Json => "json",
            Self::Csv => "csv",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
            Self::Summary => "summary",
            Self::Html => "html",
            Self::Markdown => "markdown",
        }
    }

    /// Whether it is nothing for a terminal.
    #[must_use]
    pub fn is_binary(self) -> bool {
        self.name() == "parquet"
    }

    /// All names, for help and errors.
    #[must_use]
    pub fn names() -> String {
        Self::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::ALL
            .iter()
            .copied()
            .find(|format| format.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownFormat { name: name.to_owned() })
    }
}

/// What somebody who typed a file name instead of a format meant.
fn hint(name: &str) -> String {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    match extension.and_then(|extension| extension.parse::<Format>().ok()) {
        Some(format) => format!("; for a file write {format}={name}"),
        None => String::new(),
    }
}

impl SummaryFormat {
    /// The format that the name of a file asks for.
    #[must_use]
    pub fn of_file(file: &Path) -> Self {
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("json") => Self::Json,
            Some("csv") => Self::Csv,
            Some("md" | "markdown") => Self::Markdown,
            _ => Self::Text,
        }
    }
}

impl EvidenceMode {
    /// Whether a posting ruled so keeps its evidence.
    #[must_use]
    pub fn keeps(self, ruling: Ruling) -> bool {
        match self {
            Self::None => false,
            Self::Flagged => ruling.is_flagged(),
            Self::All => true,
        }
    }
}

/// Passes on the judged postings with one of the rulings.
struct Only {
    rulings: Vec<Ruling>,
    report: Box<dyn Report + Send>,
}

impl Report for Only {
    fn record(&mut self, outcome: &Outcome) -> io::Result<()> {
        match outcome {
            Outcome::Judged(judged) if self.rulings.contains(&judged.verdict.verdict) => {
                self.report.record(outcome)
            }
            Outcome::Judged(_) | Outcome::Skipped(_) | Outcome::Failed(_) => Ok(()),
        }
    }

    fn finish(self: Box<Self>, summary: &Summary) -> io::Result<()> {
        self.report.finish(summary)
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! Runs a report over outcomes and gives what it wrote.

    use std::path::Path;
    use std::sync::{Arc, Mutex};

    use super::*;

    /// A writer whose bytes can be read after the report is gone.
    #[derive(Clone, Default)]
    pub(crate) struct Page(Arc<Mutex<Vec<u8>>>);

    impl Page {
        /// What was written so far.
        pub(crate) fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Compares a page with the one in `tests/golden/report`; `SNAPSHOTS=overwrite` replaces that one.
    pub(crate) fn snapshot(name: &str, page: &str) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/report").join(name);
        if std::env::var_os("SNAPSHOTS").is_some_and(|wish| wish == "overwrite") {
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(&file, page).unwrap();
        }
        let known = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        assert!(known == page, "{name} changed; SNAPSHOTS=overwrite replaces it. It is now:\n{page}");
    }

    /// What the format makes of the outcomes.
    pub(crate) fn written(format: Format, options: &Options, outcomes: &[Outcome]) -> String {
        let page = Page::default();
        let mut report = open(format, Box::new(page.clone()), options);
        let mut summary = Summary::default();
        for outcome in outcomes {
            summary.add(outcome);
            report.record(outcome).unwrap();
        }
        report.finish(&summary).unwrap();
        page.text()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::written;
    use super::*;
    use crate::fixture;
    use crate::vocabulary::{Claim, Described};

    #[test]
    fn names_parse_back() {
        for &format in Format::ALL {
            assert_eq!(format.name().parse(), Ok(format));
        }
    }

    #[test]
    fn an_unknown_name_gets_the_names_that_are_known() {
        let names = "table, jsonl, json, csv, parquet, html, markdown, summary";
        let names = if cfg!(feature = "parquet") { names.to_owned() } else { names.replace("parquet, ", "") };
        for (name, end) in [("cvs", ""), ("out.csv", "; for a file write csv=out.csv")] {
            let message = format!("unknown format \"{name}\": give one of {names}{end}");
            assert_eq!(name.parse::<Format>().unwrap_err().to_string(), message);
        }
    }

    #[test]
    fn only_filters_what_is_written_and_never_what_is_counted() {
        let outcomes = [
            fixture::posting("Product Manager").outcome(),
            fixture::posting("Product Lead")
                .ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, 0.97)
                .outcome(),
            fixture::failed("invalid-json", "cut short", "b.jsonl", 3),
        ];
        let options = Options { only: Some(vec![Ruling::Mislabelled]), ..Options::default() };
        let lines = written(Format::Jsonl, &options, &outcomes);
        assert_eq!(lines.lines().count(), 1);
        assert!(lines.contains("Product Lead"));
        let whole: serde_json::Value =
            serde_json::from_str(&written(Format::Json, &options, &outcomes)).unwrap();
        assert_eq!(whole["postings"].as_array().unwrap().len(), 1);
        assert_eq!(whole["summary"]["records"], 3);
    }
}
