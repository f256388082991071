//! Parquet: one row a record, in input order, for data frames and databases.
//!
//! The flat columns come first and are those of [`csv`](super::csv), without its guard against formulas, then
//!
//! | columns | value |
//! |---|---|
//! | `p_pm`, `p_pmm`, `p_mixed`, `p_neither`, `p_insufficient` | the five probabilities |
//! | `text_bytes`, `text_hash`, `lexicon` | facts about the text, and the hash of the lexicon that judged |
//! | `body` | the body, only with `--with-text` |
//! | `flags` | a list of the codes of the rules broken |
//! | `areas` | a list of `area`, `hits`, `weight`, heaviest first |
//! | `evidence` | a list of `term`, `role`, `text`, `clause`, `zone`, `actor`, `cue`, `weight`, `field`, `start`, `end`, `line`, `column` |
//!
//! What does not apply is null; lists are empty then. Compressed with zstd. The notes of the file hold `rolecall.schema`,
//! `rolecall.version` and `rolecall.lexicon`. A row group is closed at 16 MiB, so that memory does not grow with the run.

mod columns;

use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use columns::Columns;

use super::{EvidenceMode, Options, Report};
use crate::outcome::{Outcome, SCHEMA};
use crate::summary::Summary;

/// Rows gathered before they are encoded.
const ROWS: usize = 1024;

/// Bytes of evidence gathered before they are encoded.
const BYTES: usize = 4 << 20;

/// Encoded bytes of a row group.
const GROUP: usize = 16 << 20;

/// How hard zstd tries.
const LEVEL: i32 = 3;

/// Writes Parquet.
pub struct Parquet {
    /// What is written to, until the first rows come.
    out: Option<Box<dyn Write + Send>>,
    writer: Option<ArrowWriter<Box<dyn Write + Send>>>,
    schema: Arc<Schema>,
    evidence: EvidenceMode,
    with_text: bool,
    gathered: Columns,
}

impl Parquet {
    /// Writes to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send>, options: &Options) -> Self {
        Self {
            out: Some(out),
            writer: None,
            schema: Arc::new(columns::schema()),
            evidence: options.evidence,
            with_text: options.with_text,
            gathered: Columns::new(),
        }
    }

    fn open(&self, out: Box<dyn Write + Send>) -> Result<ArrowWriter<Box<dyn Write + Send>>, ParquetError> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(LEVEL)?))
            .set_created_by(format!("rolecall {}", env!("CARGO_PKG_VERSION")))
            .build();
        ArrowWriter::try_new(out, Arc::clone(&self.schema), Some(properties))
    }

    fn write(&mut self) -> io::Result<()> {
        if let Some(out) = self.out.take() {
            self.writer = Some(self.open(out).map_err(as_io)?);
        }
        let Some(writer) = &mut self.writer else { return Ok(()) };
        let columns = self.gathered.take();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns).map_err(io::Error::other)?;
        writer.write(&batch).map_err(as_io)?;
        if writer.in_progress_size() >= GROUP { writer.flush().map_err(as_io) } else { Ok(()) }
    }
}

impl Report for Parquet {
    fn record(&mut self, outcome: &Outcome) -> io::Result<()> {
        let kept = match outcome {
            Outcome::Judged(judged) => self.evidence.keeps(judged.verdict.verdict),
            Outcome::Skipped(_) | Outcome::Failed(_) => false,
        };
        self.gathered.add(outcome, kept, kept && self.with_text);
        if self.gathered.rows >= ROWS || self.gathered.bytes >= BYTES { self.write() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        self.write()?;
        let Some(mut writer) = self.writer else { return Ok(()) };
        let lexicons: Vec<&str> = summary.lexicons.iter().map(|hash| &**hash).collect();
        for (key, value) in [
            ("rolecall.schema", SCHEMA.to_owned()),
            ("rolecall.version", summary.version.clone()),
            ("rolecall.lexicon", lexicons.join(" ")),
        ] {
            writer.append_key_value_metadata(KeyValue::new(key.to_owned(), value));
        }
        let mut out = writer.into_inner().map_err(as_io)?;
        out.flush()
    }
}

/// The error of the writer below, with its kind, so that a closed pipe is still known as one.
fn as_io(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        error => io::Error::other(error),
    }
}
