//! Parquet files, row group by row group; only the columns that can hold text, numbers or truths are read.
//!
//! A row becomes a JSON object where it is parsed, so that names of columns mean what they mean in JSON and CSV, nested ones
//! included.

use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, Length};

use super::Tally;
use super::raw::{Numbering, Payload, Raw};
use super::whole::Raws;
use crate::guard::guarded;
use crate::outcome::Fault;

/// First bytes of such a file.
pub(super) const MAGIC: &[u8] = b"PAR1";

/// The key under which our own results name their schema.
pub(crate) const OWN: &str = "rolecall.schema";

/// Rows decoded at a time.
const ROWS: usize = 64;

/// Longest file that is read from a pipe or unpacked: Parquet is read from its end.
const HELD: usize = 1 << 30;

/// Values inside one another that are followed.
const DEPTH: usize = 16;

/// A row with the rows around it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    batch: Arc<RecordBatch>,
    at: usize,
}

/// Reads a file that lies somewhere, or one that comes through `reader`.
pub(super) fn read(
    file: Option<File>,
    reader: Box<dyn Read + Send>,
    mut numbering: Numbering,
    tally: &Arc<Tally>,
) -> Raws {
    let opened = match file {
        Some(file) => guarded(|| Rows::open(Counted { file, tally: Arc::clone(tally) })),
        None => {
            let mut bytes = Vec::new();
            match reader.take(HELD as u64 + 1).read_to_end(&mut bytes) {
                Err(error) => return Box::new(std::iter::once(numbering.broken_off(None, &error))),
                Ok(_) if bytes.len() > HELD => {
                    let message =
                        "a Parquet file of more than 1 GiB can be read only where it lies, and not packed";
                    return Box::new(std::iter::once(numbering.fault(None, "record-too-long", message)));
                }
                Ok(_) => guarded(|| Rows::open(Bytes::from(bytes))),
            }
        }
    };
    // A file that is broken enough may make the library panic.
    let opened = match opened {
        Ok(opened) => opened,
        Err(Fault { code, message }) => {
            return Box::new(std::iter::once(numbering.fault(None, &code, message)));
        }
    };
    match opened {
        Ok(Some(batches)) => Box::new(Rows { batches, batch: None, numbering, broken: false }),
        Ok(None) => {
            tally.own.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            Box::new(std::iter::empty())
        }
        Err(error) => Box::new(std::iter::once(fault(&mut numbering, &error))),
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

/// The rows of a file.
struct Rows {
    batches: ParquetRecordBatchReader,
    batch: Option<Row>,
    numbering: Numbering,
    broken: bool,
}

impl Rows {
    /// Opens a file; none when it holds our own results.
    fn open(file: impl ChunkReader + 'static) -> Result<Option<ParquetRecordBatchReader>, ParquetError> {
        // Without the types that the writer used, every text is of one type.
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options)?;
        let notes = builder.metadata().file_metadata().key_value_metadata();
        if notes.is_some_and(|notes| notes.iter().any(|note| note.key == OWN)) {
            return Ok(None);
        }
        let kept = builder.schema().fields().iter().enumerate();
        let kept = kept.filter(|(_, field)| says_something(field.data_type(), DEPTH)).map(|(at, _)| at);
        let mask = ProjectionMask::roots(builder.parquet_schema(), kept.collect::<Vec<_>>());
        builder.with_projection(mask).with_batch_size(ROWS).build().map(Some)
    }
}

impl Iterator for Rows {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        while !self.broken {
            if let Some(row) = &mut self.batch {
                if row.at < row.batch.num_rows() {
                    let payload = Payload::Columns(row.clone());
                    row.at += 1;
                    return Some(self.numbering.record(None, payload));
                }
                self.batch = None;
            }
            match self.batches.next()? {
                Ok(batch) => self.batch = Some(Row { batch: Arc::new(batch), at: 0 }),
                Err(error) => {
                    self.broken = true;
                    return Some(fault(&mut self.numbering, &ParquetError::from(error)));
                }
            }
        }
        None
    }
}

impl Row {
    /// The row as a JSON object; a column that is null is left out.
    pub(super) fn json(&self) -> String {
        let mut out = String::new();
        let schema = self.batch.schema_ref();
        let columns = schema.fields().iter().zip(self.batch.columns());
        let columns = columns.map(|(field, column)| (field.name().as_str(), column.as_ref()));
        object(&mut out, columns, self.at, DEPTH);
        out
    }

    /// Bytes of the row, about.
    pub(super) fn bytes(&self) -> usize {
        self.batch.get_array_memory_size() / self.batch.num_rows().max(1)
    }
}

/// Whether values of a type can say something of a posting: lists of numbers, times and binary data cannot.
fn says_something(kind: &DataType, depth: usize) -> bool {
    if depth == 0 {
        return false;
    }
    match kind {
        DataType::Boolean | DataType::Utf8 | DataType::LargeUtf8 | DataType::Binary => true,
        DataType::Struct(fields) => fields.iter().any(|field| says_something(field.data_type(), depth - 1)),
        DataType::List(field) => {
            !field.data_type().is_numeric() && says_something(field.data_type(), depth - 1)
        }
        kind => kind.is_integer() || matches!(kind, DataType::Float32 | DataType::Float64),
    }
}

fn object<'a>(
    out: &mut String,
    fields: impl Iterator<Item = (&'a str, &'a dyn Array)>,
    at: usize,
    depth: usize,
) {
    out.push('{');
    for (name, column) in fields {
        if column.is_null(at) {
            continue;
        }
        if !out.ends_with('{') {
            out.push(',');
        }
        text(out, name);
        out.push(':');
        value(out, column, at, depth);
    }
    out.push('}');
}

/// Writes one value as JSON; what says nothing is null.
fn value(out: &mut String, column: &dyn Array, at: usize, depth: usize) {
    macro_rules! number {
        ($kind:ty) => {
            out.push_str(&column.as_primitive::<$kind>().value(at).to_string())
        };
    }
    if depth == 0 || column.is_null(at) {
        out.push_str("null");
        return;
    }
    match column.data_type() {
        DataType::Utf8 => text(out, column.as_string::<i32>().value(at)),
        DataType::LargeUtf8 => text(out, column.as_string::<i64>().value(at)),
        // Old writers do not say that their bytes are text.
        DataType::Binary => text(out, &String::from_utf8_lossy(column.as_binary::<i32>().value(at))),
        DataType::Boolean => out.push_str(if column.as_boolean().value(at) { "true" } else { "false" }),
        DataType::Int8 => number!(Int8Type),
        DataType::Int16 => number!(Int16Type),
        DataType::Int32 => number!(Int32Type),
        DataType::Int64 => number!(Int64Type),
        DataType::UInt8 => number!(UInt8Type),
        DataType::UInt16 => number!(UInt16Type),
        DataType::UInt32 => number!(UInt32Type),
        DataType::UInt64 => number!(UInt64Type),
        DataType::Float32 => float(out, f64::from(column.as_primitive::<Float32Type>().value(at))),
        DataType::Float64 => float(out, column.as_primitive::<Float64Type>().value(at)),
        DataType::Struct(_) => {
            let inner = column.as_struct();
            let fields = inner.column_names().into_iter().zip(inner.columns());
            object(out, fields.map(|(name, column)| (name, column.as_ref())), at, depth - 1);
        }
        DataType::List(_) => {
            let inner = column.as_list::<i32>().value(at);
            out.push('[');
            for item in 0..inner.len() {
                if item > 0 {
                    out.push(',');
                }
                value(out, inner.as_ref(), item, depth - 1);
            }
            out.push(']');
        }
        _ => out.push_str("null"),
    }
}

/// A number that pandas made a float of to have room for gaps is still written as the whole number that it is.
fn float(out: &mut String, value: f64) {
    if value.is_finite() { out.push_str(&value.to_string()) } else { out.push_str("null") }
}

fn text(out: &mut String, text: &str) {
    // Writing text to a string cannot fail.
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
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
