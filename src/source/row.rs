//! One row of a table: the header's names, and the posting in a row's cells.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use super::decode;
use super::field::{Field, Mapping, Slot};
use super::gather::{Gathered, failed};
use crate::outcome::{Fault, Outcome};
use crate::posting::{Posting, SourceRef};

/// The names of a table's columns.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    names: Vec<String>,
    slots: Vec<Option<Slot>>,
    delimiter: u8,
}

impl Header {
    /// Reads the header line.
    pub(crate) fn read(line: &[u8], delimiter: u8, mapping: &Mapping) -> Self {
        let cells = cells(&decode::text(line), delimiter);
        let names: Vec<_> = cells.iter().map(|name| name.trim().to_owned()).collect();
        let slots = names.iter().map(|name| mapping.meaning(name).map(|meaning| meaning.slot)).collect();
        Self { names, slots, delimiter }
    }

    /// The names in the order of the columns.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// How many columns there are.
    pub(crate) fn width(&self) -> usize {
        self.names.len()
    }

    /// The fields that its columns hold.
    pub(crate) fn fields(&self) -> impl Iterator<Item = Field> {
        self.slots.iter().flatten().map(|slot| slot.field)
    }

    /// Whether any column holds a title or a part of the body.
    pub(crate) fn is_known(&self) -> bool {
        self.fields().any(|field| matches!(field, Field::Title | Field::Body | Field::Section(_)))
    }
}

/// The cells of one row.
pub(super) fn cells(row: &str, delimiter: u8) -> StringRecord {
    let mut cells = StringRecord::with_capacity(row.len(), 16);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(row.len().clamp(64, 64 * 1024))
        .from_reader(row.as_bytes());
    // A slice of text gives neither input nor encoding errors.
    let _ = reader.read_record(&mut cells);
    cells
}

/// The posting in one row, or how the record ended instead.
pub(super) fn posting(
    source: &SourceRef,
    row: &[u8],
    header: &Header,
    mapping: &Mapping,
) -> Result<Posting, Box<Outcome>> {
    let text = decode::text(row);
    let cells = cells(&text, header.delimiter);
    let mut gathered = Gathered::default();
    let mut body_within_reach = false;
    for (index, (name, slot)) in header.names().zip(&header.slots).enumerate() {
        let Some(slot) = *slot else { continue };
        let cell = cells.get(index).filter(|cell| !is_missing(cell));
        body_within_reach |= cell.is_some() && matches!(slot.field, Field::Body | Field::Section(_));
        gathered.put(slot, name, cell.map(str::to_owned));
    }
    if cells.len() != header.names.len() && !body_within_reach {
        let message = format!("{} cells in a row where the header has {}", cells.len(), header.names.len());
        return Err(Box::new(failed(source, Fault { code: "wrong-width".to_owned(), message })));
    }
    gathered.posting(source, mapping, || {
        let length = |index| cells.get(index).map_or(0, str::len);
        header.names().enumerate().map(|(index, name)| (Cow::Borrowed(name), length(index))).collect()
    })
}

/// Whether a cell is empty, or holds what programs write for nothing.
fn is_missing(cell: &str) -> bool {
    let cell = cell.trim();
    cell.is_empty() || matches!(cell, "nan" | "NaN" | "null" | "NULL" | "None")
}
