//! Parquet files, row group by row group; only the columns that can hold text, numbers or truths are read.
//!
//! A row becomes a JSON object where it is parsed, so that names of columns mean what they mean in JSON and CSV, nested ones
//! included.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use arrow_schema::Schema;
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::{ChunkReader, Length};

use super::Tally;
use super::columns::{self, Row};
use super::dialect::{Dialect, Marks};
use super::field::{Field, Mapping};
use super::missing::missing_body;
use super::raw::{Numbering, Payload, Raw};
use super::whole::Raws;
use crate::guard::guarded;
use crate::outcome::Fault;

/// The key under which our own results name their schema.
const OWN: &str = "rolecall.schema";

/// Rows decoded at a time.
const ROWS: usize = 64;

/// Longest file that is read from a pipe or unpacked: Parquet is read from its end, so the whole is kept on disk.
const HELD: u64 = 4 << 30;

/// Reads a file that lies somewhere, or one that comes through `reader`.
pub(super) fn read(
    file: Option<File>,
    reader: Box<dyn Read + Send>,
    mut numbering: Numbering,
    mapping: &Mapping,
    tally: &Arc<Tally>,
) -> Raws {
    let (file, counter) = match file {
        Some(file) => (file, Arc::clone(tally)),
        None => match spooled(reader, &mut numbering) {
            // What came through the reader is counted.
            Ok(file) => (file, Arc::default()),
            Err(raw) => return Box::new(std::iter::once(*raw)),
        },
    };
    // A file that is broken enough may make the library panic.
    let opened = match guarded(|| Rows::open(Counted { file, tally: counter }, mapping)) {
        Ok(opened) => opened,
        Err(Fault { code, message }) => {
            return Box::new(std::iter::once(numbering.fault(None, &code, message)));
        }
    };
    match opened {
        Ok(Opened::Rows(batches)) => {
            Box::new(Rows { batches: *batches, row: None, numbering, broken: false })
        }
        Ok(Opened::Fault(fault)) => Box::new(std::iter::once(numbering.record(None, Payload::Fault(fault)))),
        Ok(Opened::Ours) => {
            tally.own.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Box::new(std::iter::empty())
        }
        Err(error) => Box::new(std::iter::once(fault(&mut numbering, &error))),
    }
}

/// What comes through a pipe or out of a packed file, in a file without a name that goes when it is closed.
fn spooled(reader: Box<dyn Read + Send>, numbering: &mut Numbering) -> Result<File, Box<Raw>> {
    let copied = tempfile::tempfile().and_then(|mut file| {
        let bytes = io::copy(&mut reader.take(HELD + 1), &mut file)?;
        Ok((file, bytes))
    });
    match copied {
        Ok((file, bytes)) if bytes <= HELD => Ok(file),
        Ok(_) => {
            let message =
                "a Parquet file of more than 4 GiB is read only where it lies, neither packed nor piped";
            Err(Box::new(numbering.fault(None, "record-too-long", message)))
        }
        Err(error) => Err(Box::new(numbering.broken_off(None, &error))),
    }
}

fn fault(numbering: &mut Numbering, error: &ParquetError) -> Raw {
    let what: String = error.to_string().chars().take(300).collect();
    numbering.fault(
        None,
        "invalid-parquet",
        format!(
            "not a whole Parquet file, or one of a kind that is not read: {what}; write it again, or as CSV"
        ),
    )
}

/// What a file turned out to hold.
enum Opened {
    Rows(Box<ParquetRecordBatchReader>),
    /// Our own results.
    Ours,
    /// Nothing that can be read.
    Fault(Fault),
}

/// What is wrong with a file whose pages are packed in a way that is not read.
fn unread_packing(metadata: &ParquetMetaData) -> Option<Fault> {
    let columns = metadata.row_groups().iter().flat_map(RowGroupMetaData::columns);
    let name = columns.map(ColumnChunkMetaData::compression).find_map(|packing| match packing {
        Compression::BROTLI(_) => Some("Brotli"),
        Compression::LZO => Some("LZO"),
        _ => None,
    })?;
    let message =
        format!("its pages are packed by {name}, which is not read; write it again with zstd, or as CSV");
    Some(Fault { code: "unsupported-format".to_owned(), message })
}

/// What is wrong with a table that has a column for the title, and none that holds a body or may hold one inside.
fn bodiless(schema: &Schema, mapping: &Mapping) -> Option<Fault> {
    let names = schema.fields().iter().map(|field| field.name().as_str());
    let (mut titled, mut marks) = (false, Marks::default());
    for name in names.clone() {
        marks.add(name);
        match mapping.meaning(name).map(|meaning| meaning.slot.field) {
            Some(Field::Title) => titled = true,
            Some(Field::Body | Field::Section(_)) => return None,
            _ => {}
        }
    }
    let nested = schema.fields().iter().any(|field| field.data_type().is_nested());
    (titled && !nested && Dialect::of(marks, false).is_none()).then(|| missing_body(names))
}

/// The rows of a file.
struct Rows {
    batches: ParquetRecordBatchReader,
    row: Option<Row>,
    numbering: Numbering,
    broken: bool,
}

impl Rows {
    /// Opens a file.
    fn open(file: impl ChunkReader + 'static, mapping: &Mapping) -> Result<Opened, ParquetError> {
        // Without the types that the writer used, every text is of one type.
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options)?;
        let notes = builder.metadata().file_metadata().key_value_metadata();
        if notes.is_some_and(|notes| notes.iter().any(|note| note.key == OWN)) {
            return Ok(Opened::Ours);
        }
        let fault = unread_packing(builder.metadata()).or_else(|| bodiless(builder.schema(), mapping));
        if let Some(fault) = fault {
            return Ok(Opened::Fault(fault));
        }
        let kept = builder.schema().fields().iter().enumerate();
        let kept = kept.filter(|(_, field)| columns::says_something(field.data_type())).map(|(at, _)| at);
        let mask = ProjectionMask::roots(builder.parquet_schema(), kept.collect::<Vec<_>>());
        let rows = builder.with_projection(mask).with_batch_size(ROWS).build()?;
        Ok(Opened::Rows(Box::new(rows)))
    }
}

impl Iterator for Rows {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        while !self.broken {
            if let Some(row) = self.row.take().filter(Row::is_there) {
                self.row = Some(row.next());
                return Some(self.numbering.record(None, Payload::Columns(row)));
            }
            match self.batches.next()? {
                Ok(batch) => self.row = Some(Row::first(batch)),
                Err(error) => {
                    self.broken = true;
                    return Some(fault(&mut self.numbering, &ParquetError::from(error)));
                }
            }
        }
        None
    }
}

/// A file whose reading shows on the progress bar.
struct Counted {
    file: File,
    tally: Arc<Tally>,
}

impl Length for Counted {
    fn len(&self) -> u64 {
        self.file.len()
    }
}

impl ChunkReader for Counted {
    type T = <File as ChunkReader>::T;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        self.file.get_read(start)
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        // A broken file may ask for more than there is.
        if start.checked_add(length as u64).is_none_or(|end| end > self.file.len()) {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        self.tally.bytes.fetch_add(length as u64, std::sync::atomic::Ordering::Relaxed);
        self.file.get_bytes(start, length)
    }
}
