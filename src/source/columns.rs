//! A row of a table kept in columns, as the JSON object that it stands for.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;

/// Values inside one another that are followed.
const DEPTH: usize = 16;

/// A row with the rows around it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    batch: Arc<RecordBatch>,
    at: usize,
}

impl Row {
    /// The first of the rows.
    pub(super) fn first(batch: RecordBatch) -> Self {
        Self { batch: Arc::new(batch), at: 0 }
    }

    /// The row behind this one.
    pub(super) fn next(&self) -> Self {
        Self { batch: Arc::clone(&self.batch), at: self.at + 1 }
    }

    /// Whether there is such a row.
    pub(super) fn is_there(&self) -> bool {
        self.at < self.batch.num_rows()
    }

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
pub(super) fn says_something(kind: &DataType) -> bool {
    says_within(kind, DEPTH)
}

fn says_within(kind: &DataType, depth: usize) -> bool {
    if depth == 0 {
        return false;
    }
    match kind {
        DataType::Boolean | DataType::Utf8 | DataType::LargeUtf8 | DataType::Binary => true,
        DataType::Struct(fields) => fields.iter().any(|field| says_within(field.data_type(), depth - 1)),
        DataType::List(field) => !field.data_type().is_numeric() && says_within(field.data_type(), depth - 1),
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
