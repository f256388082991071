//! CSV and its kin: a header line, then a posting a row.
//!
//! Rows are cut here by the quoting rules of the `csv` crate (a quote counts only at the start of a cell), so that
//! a quote which never closes costs one row instead of the rest of the file; [`super::row`] then reads each row.

use std::sync::Arc;

use memchr::{memchr, memchr3};

use super::blocks::{Blocks, RECORD_LIMIT};
use super::field::Mapping;
use super::gather::missing_body;
use super::raw::{Numbering, Payload, Raw};
use super::row::Header;

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
        (known, header.width())
    };
    let best = [b',', b'\t', b';', b'|'].into_iter().rev().max_by_key(|delimiter| score(*delimiter));
    let best = best.unwrap_or(b',');
    (best, score(best).0)
}

#[cfg(test)]
mod tests;
