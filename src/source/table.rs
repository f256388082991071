//! CSV and its kin: a header line, then a posting a row.
//!
//! Rows are cut here by the quoting rules of the `csv` crate (a quote counts only at the start of a cell), so that
//! a quote which never closes costs one row instead of the rest of the file; [`super::row`] then reads each row.

mod escape;
mod rows;
mod wrapped;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use memchr::{memchr_iter, memmem};

use super::Tally;
use super::blocks::{Blocks, RECORD_LIMIT};
use super::decode::HEAD;
use super::field::{Field, Mapping};
use super::json::without_mark;
use super::missing::{missing_column, missing_header};
use super::raw::{Numbering, Payload, Raw};
use super::row::{Cells, Header};
pub use escape::{Escape, UnknownEscape};
use rows::{RowEnd, first_row, is_frame, next_row, regular_rows, row_end, whole_rows};
use wrapped::Wrapped;

/// In how many rows a header is looked for.
const PREAMBLE: usize = 12;

/// Whether quotes count behind spaces in a table that begins like this: more of its rows are then as wide as its first.
fn is_spaced(head: &[u8], layout: Cells) -> bool {
    if memmem::find(head, &[layout.delimiter, b' ', b'"']).is_none() {
        return false;
    }
    let (regular, all) = regular_rows(head, layout);
    let (regular_spaced, all_spaced) = regular_rows(head, Cells { spaced: true, ..layout });
    regular_spaced * all > regular * all_spaced
}

/// Reads the rows of a table.
pub(crate) struct Table {
    blocks: Blocks,
    numbering: Numbering,
    layout: Cells,
    escape: Escape,
    mapping: Arc<Mapping>,
    header: Option<Arc<Header>>,
    /// The header as it is written: files put one behind another repeat it.
    written: Vec<u8>,
    /// How rows go on over lines that have no quotes around them.
    wrapped: Option<Wrapped>,
    ended: bool,
    limit: usize,
    tally: Arc<Tally>,
}

impl Table {
    /// Starts at the beginning of `blocks`, whose first row is the header.
    pub(crate) fn new(
        blocks: Blocks,
        numbering: Numbering,
        delimiter: u8,
        escape: Escape,
        mapping: Arc<Mapping>,
        tally: Arc<Tally>,
    ) -> Self {
        let layout = Cells::by(delimiter);
        Self {
            blocks,
            numbering,
            layout,
            escape,
            mapping,
            header: None,
            written: Vec::new(),
            wrapped: None,
            ended: false,
            limit: RECORD_LIMIT,
            tally,
        }
    }

    /// The next row that is not blank, as `Ok`, or the record that stands for what went wrong.
    fn row(&mut self) -> Option<(u64, Result<super::blocks::Bytes, Raw>)> {
        loop {
            let line = self.blocks.line();
            let mark = self.blocks.unread().len() - without_mark(self.blocks.unread()).len();
            self.blocks.skip(mark);
            let unread = self.blocks.unread();
            let ended = self.blocks.ended();
            let end = match self.wrapped {
                Some(wrapped) => match wrapped.row_end(unread, ended) {
                    Some(end) => RowEnd::At(end),
                    None => RowEnd::Beyond { quoted: false },
                },
                None => row_end(unread, self.layout),
            };
            match end {
                RowEnd::At(end) => {
                    let row = self.blocks.take(end);
                    let text = row.get().trim_ascii_end();
                    if text.is_empty() && row.get().iter().all(|byte| matches!(byte, b'\r' | b'\n')) {
                        continue;
                    }
                    if !self.written.is_empty() && text == self.written {
                        continue;
                    }
                    if !self.written.is_empty() && is_frame(text, self.layout.delimiter) {
                        continue;
                    }
                    return Some((line, Ok(row)));
                }
                RowEnd::Beyond { .. } if unread.len() > self.limit => {
                    self.blocks.skip_line();
                    return Some((line, Err(self.numbering.too_long(Some(line)))));
                }
                RowEnd::Beyond { quoted } => {
                    if self.blocks.refill() || (!ended && self.wrapped.is_some()) {
                        continue;
                    }
                    if let Some(error) = self.blocks.fault() {
                        self.blocks.skip(self.blocks.unread().len());
                        return Some((line, Err(self.numbering.broken_off(Some(line), &error))));
                    }
                    if quoted {
                        // What is left of a cell is no row: neither where the file was cut, nor before the next row.
                        let width = self.header.as_ref().map_or(1, |header| header.width());
                        let next = next_row(self.blocks.unread(), self.layout, width);
                        self.blocks.skip(next.unwrap_or(self.blocks.unread().len()));
                        let message = match next {
                            Some(_) => {
                                "a quote opens in this row and never closes; reading goes on at the next whole row"
                            }
                            None => {
                                "a quote opens in this row and never closes; the file may have been cut here"
                            }
                        };
                        return Some((
                            line,
                            Err(self.numbering.fault(Some(line), "unclosed-quote", message)),
                        ));
                    }
                    let row = self.blocks.take(self.blocks.unread().len());
                    let text = row.get().trim_ascii();
                    let framed = !self.written.is_empty() && is_frame(text, self.layout.delimiter);
                    return (!text.is_empty() && !framed).then_some((line, Ok(row)));
                }
            }
        }
    }

    fn header(&mut self) -> Result<Option<Arc<Header>>, Raw> {
        while self.blocks.unread().len() < HEAD && self.blocks.refill() {}
        self.layout.escape = self.escape.of(self.blocks.unread(), self.layout.delimiter);
        self.layout.spaced = is_spaced(self.blocks.unread(), self.layout);
        let mut fault = None;
        for _ in 0..PREAMBLE {
            let Some((line, row)) = self.row() else { break };
            let row = row?;
            // Spreadsheets may name the delimiter in a line of its own.
            if row.get().starts_with(b"sep=") && row.get().trim_ascii_end().len() == 5 {
                self.layout.delimiter = row.get()[4];
                continue;
            }
            let mut header = Header::read(&row.utf8().0, self.layout, &self.mapping);
            let lacking = self.mapping.lacking(header.names());
            if !lacking.is_empty() {
                let fault = missing_column(&lacking, header.names());
                return Err(self.numbering.record(Some(line), Payload::Fault(fault)));
            }
            let rows: Vec<_> = whole_rows(self.blocks.unread(), self.layout).take(20).collect();
            header.confirm(&rows);
            if !header.is_known() || !header.has_body() || (fault.is_some() && !header.is_whole()) {
                // Reports say what they are in the rows above it.
                fault.get_or_insert((line, missing_header(header.names())));
                continue;
            }
            if !header.fields().any(|field| field == Field::Title) && !header.may_hold_title() {
                self.tally.untitled.fetch_add(1, Ordering::Relaxed);
            }
            row.get().trim_ascii_end().clone_into(&mut self.written);
            header.compare(&rows);
            self.wrapped = Wrapped::of(self.blocks.unread(), self.layout.delimiter, header.width())
                .filter(|_| header.ends_in_body());
            if self.wrapped.is_some() {
                header = header.over_lines();
            }
            return Ok(Some(Arc::new(header)));
        }
        match fault {
            Some((line, fault)) => Err(self.numbering.record(Some(line), Payload::Fault(fault))),
            None => Ok(None),
        }
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

/// The header of a table that begins like this: its first row, else one further down that names both title and body.
pub(crate) fn header(head: &[u8], layout: Cells, mapping: &Mapping) -> Header {
    let read = |head| Header::read(first_row(head, layout), layout, mapping);
    let first = read(head);
    if first.is_known() {
        return first;
    }
    let mut below = memchr_iter(b'\n', head).take(PREAMBLE).map(|end| read(&head[end + 1..]));
    below.find(Header::is_whole).unwrap_or(first)
}

/// The delimiter that makes most sense of the beginning of a table, and how many known columns it shows.
pub(crate) fn sniff(head: &[u8], mapping: &Mapping) -> (u8, usize) {
    let start = match head.split(|byte| *byte == b'\n').next() {
        Some(line) if line.starts_with(b"sep=") && line.trim_ascii_end().len() == 5 => return (line[4], 1),
        _ => head.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(head.len()),
    };
    let head = &head[start..];
    let header = |head, delimiter| {
        let layout = Cells::by(delimiter);
        Header::read(first_row(head, layout), layout, mapping)
    };
    let score = |delimiter: &u8| {
        let header = header(head, *delimiter);
        (header.fields().count(), header.width())
    };
    let best = DELIMITERS.into_iter().max_by_key(score).unwrap_or(b',');
    let known = score(&best).0;
    if known > 0 {
        return (best, known);
    }
    // The header may stand behind rows that say what the file is.
    let below = |delimiter: &u8| self::header(head, Cells::by(*delimiter), mapping).is_whole();
    (DELIMITERS.into_iter().rev().find(below).unwrap_or(best), 0)
}

/// What may stand between cells; the last are tried first.
const DELIMITERS: [u8; 4] = [b'|', b';', b'\t', b','];

#[cfg(test)]
mod tests;
