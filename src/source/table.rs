//! CSV and its kin: a header line, then a posting a row.
//!
//! Rows are cut here by the quoting rules of the `csv` crate (a quote counts only at the start of a cell), so that
//! a quote which never closes costs one row instead of the rest of the file; the crate itself then parses each row.

use std::borrow::Cow;
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord};
use memchr::{memchr, memchr3};

use super::blocks::{Blocks, RECORD_LIMIT};
use super::decode;
use super::field::{Field, Mapping, Slot};
use super::gather::{Gathered, failed, missing_body};
use super::raw::{Numbering, Payload, Raw};
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

    /// The fields that its columns hold.
    pub(crate) fn fields(&self) -> impl Iterator<Item = Field> {
        self.slots.iter().flatten().map(|slot| slot.field)
    }

    /// Whether any column holds a title or a part of the body.
    fn is_known(&self) -> bool {
        self.fields().any(|field| matches!(field, Field::Title | Field::Body | Field::Section(_)))
    }
}

/// Reads the rows of a table.
pub(crate) struct Table {
    blocks: Blocks,
    numbering: Numbering,
    delimiter: u8,
    mapping: Arc<Mapping>,
    header: Option<Arc<Header>>,
    ended: bool,
    limit: usize,
}

impl Table {
    /// Starts at the beginning of `blocks`, whose first row is the header.
    pub(crate) fn new(blocks: Blocks, numbering: Numbering, delimiter: u8, mapping: Arc<Mapping>) -> Self {
        Self { blocks, numbering, delimiter, mapping, header: None, ended: false, limit: RECORD_LIMIT }
    }

    /// The next row that is not blank, as `Ok`, or the record that stands for what went wrong.
    fn row(&mut self) -> Option<(u64, Result<super::blocks::Bytes, Raw>)> {
        loop {
            let line = self.blocks.line();
            let unread = self.blocks.unread();
            match row_end(unread, self.delimiter) {
                RowEnd::At(end) => {
                    let row = self.blocks.take(end);
                    if row.get().iter().all(|byte| matches!(byte, b'\r' | b'\n')) {
                        continue;
                    }
                    return Some((line, Ok(row)));
                }
                RowEnd::Beyond { .. } if unread.len() > self.limit => {
                    self.blocks.skip_line();
                    return Some((line, Err(self.numbering.too_long(Some(line)))));
                }
                RowEnd::Beyond { quoted } => {
                    if self.blocks.refill() {
                        continue;
                    }
                    if let Some(error) = self.blocks.fault() {
                        self.blocks.skip(self.blocks.unread().len());
                        return Some((line, Err(self.numbering.broken_off(Some(line), &error))));
                    }
                    if quoted {
                        self.blocks.skip_line();
                        let message =
                            "a quote opens in this row and never closes; reading goes on at the next line";
                        return Some((
                            line,
                            Err(self.numbering.fault(Some(line), "unclosed-quote", message)),
                        ));
                    }
                    let row = self.blocks.take(self.blocks.unread().len());
                    let blank = row.get().trim_ascii().is_empty();
                    return (!blank).then_some((line, Ok(row)));
                }
            }
        }
    }

    fn header(&mut self) -> Result<Option<Arc<Header>>, Raw> {
        while let Some((line, row)) = self.row() {
            let row = row?;
            // Spreadsheets may name the delimiter in a line of its own.
            if row.get().starts_with(b"sep=") && row.get().trim_ascii_end().len() == 5 {
                self.delimiter = row.get()[4];
                continue;
            }
            let header = Header::read(row.get(), self.delimiter, &self.mapping);
            if !header.is_known() {
                let fault = missing_body(header.names());
                return Err(self.numbering.record(Some(line), Payload::Fault(fault)));
            }
            return Ok(Some(Arc::new(header)));
        }
        Ok(None)
    }
}

impl Iterator for Table {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        if self.ended {
            return None;
        }
        let header = match &self.header {
            Some(header) => Arc::clone(header),
            None => match self.header() {
                Ok(Some(header)) => {
                    self.header = Some(Arc::clone(&header));
                    header
                }
                other => {
                    self.ended = true;
                    return other.err();
                }
            },
        };
        let (line, row) = self.row()?;
        Some(match row {
            Ok(row) => self.numbering.record(Some(line), Payload::Row(row, header)),
            Err(raw) => raw,
        })
    }
}

/// Where a row ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RowEnd {
    /// Behind its line end, at this offset.
    At(usize),
    /// Not within the bytes at hand.
    Beyond {
        /// Whether a quoted cell is open.
        quoted: bool,
    },
}

/// Finds the end of the row that begins `bytes`.
fn row_end(bytes: &[u8], delimiter: u8) -> RowEnd {
    let mut at = 0;
    loop {
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            loop {
                let Some(quote) = memchr(b'"', &bytes[at..]) else { return RowEnd::Beyond { quoted: true } };
                at += quote + 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
        }
        let Some(found) = memchr3(delimiter, b'\n', b'\r', &bytes[at..]) else {
            return RowEnd::Beyond { quoted: false };
        };
        at += found + 1;
        match bytes[at - 1] {
            b'\n' => return RowEnd::At(at),
            b'\r' => match bytes.get(at) {
                Some(b'\n') => return RowEnd::At(at + 1),
                Some(_) => return RowEnd::At(at),
                None => return RowEnd::Beyond { quoted: false },
            },
            _ => {}
        }
    }
}

/// The row that begins `bytes`, or as much of it as is there.
pub(crate) fn first_row(bytes: &[u8], delimiter: u8) -> &[u8] {
    match row_end(bytes, delimiter) {
        RowEnd::At(end) => &bytes[..end],
        RowEnd::Beyond { .. } => bytes,
    }
}

/// The cells of one row.
fn cells(row: &str, delimiter: u8) -> StringRecord {
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

/// The delimiter that makes most sense of the beginning of a table, and how many known columns it shows.
pub(crate) fn sniff(head: &[u8], mapping: &Mapping) -> (u8, usize) {
    let start = match head.split(|byte| *byte == b'\n').next() {
        Some(line) if line.starts_with(b"sep=") && line.trim_ascii_end().len() == 5 => return (line[4], 1),
        _ => head.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(head.len()),
    };
    let head = &head[start..];
    let score = |delimiter: u8| {
        let header = Header::read(first_row(head, delimiter), delimiter, mapping);
        let known = header.fields().count();
        (known, header.names.len())
    };
    let best = [b',', b'\t', b';', b'|'].into_iter().rev().max_by_key(|delimiter| score(*delimiter));
    let best = best.unwrap_or(b',');
    (best, score(best).0)
}

#[cfg(test)]
mod tests;
