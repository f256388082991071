//! CSV and its kin: a header line, then a posting a row.
//!
//! Rows are cut here by the quoting rules of the `csv` crate (a quote counts only at the start of a cell), so that
//! a quote which never closes costs one row instead of the rest of the file; [`super::row`] then reads each row.

mod wrapped;

use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use memchr::{memchr, memchr_iter, memchr2, memchr3, memmem};

use super::Tally;
use super::blocks::{Blocks, RECORD_LIMIT};
use super::charset;
use super::decode::HEAD;
use super::field::{Field, Mapping};
use super::json::without_mark;
use super::missing::{missing_column, missing_header};
use super::raw::{Numbering, Payload, Raw};
use super::row::{Cells, Header};
use wrapped::Wrapped;

/// What stands before a quote inside a quoted cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Escape {
    /// Whatever the first rows show: a backslash, or nothing.
    #[default]
    Detect,
    /// Nothing: such a quote is doubled.
    Doubled,
    /// This character, which must be ASCII.
    Character(u8),
}

/// An escape that no table can have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" cannot stand before quotes; give one ASCII character such as \\, or none")]
pub struct UnknownEscape(String);

impl FromStr for Escape {
    type Err = UnknownEscape;

    fn from_str(text: &str) -> Result<Self, UnknownEscape> {
        match text.as_bytes() {
            b"none" => Ok(Self::Doubled),
            [byte] if byte.is_ascii_punctuation() && *byte != b'"' => Ok(Self::Character(*byte)),
            _ => Err(UnknownEscape(text.to_owned())),
        }
    }
}

impl Escape {
    /// The escape of a table that begins like this.
    pub(crate) fn of(self, head: &[u8], delimiter: u8) -> Option<u8> {
        match self {
            Self::Character(byte) => Some(byte),
            // A cell may well end with a backslash: only rows of the right width tell.
            Self::Detect if memmem::find(head, b"\\\"").is_some() => {
                let rows = |escape| regular_rows(head, Cells { escape, ..Cells::by(delimiter) });
                let ((regular, all), (escaped, all_escaped)) = (rows(None), rows(Some(b'\\')));
                // Without the escapes a row may fall into many, of which the first is as wide.
                let more =
                    escaped > regular || (2 * escaped >= regular && escaped * all > regular * all_escaped);
                let tie = (escaped, all_escaped) == (regular, all);
                (more || (tie && breaks_quotes(head, delimiter))).then_some(b'\\')
            }
            Self::Doubled | Self::Detect => None,
        }
    }
}

/// Whether cells between quotes hold quotes behind a backslash that end neither the cell nor are doubled.
fn breaks_quotes(head: &[u8], delimiter: u8) -> bool {
    let is_inside = |at: usize| {
        head.get(at + 2).is_some_and(|next| !matches!(next, b'"' | b'\r' | b'\n') && *next != delimiter)
    };
    memmem::find(head, &[delimiter, b'"']).is_some() && memmem::find_iter(head, b"\\\"").any(is_inside)
}

/// Whether quotes count behind spaces in a table that begins like this: more of its rows are then as wide as its first.
fn is_spaced(head: &[u8], layout: Cells) -> bool {
    if memmem::find(head, &[layout.delimiter, b' ', b'"']).is_none() {
        return false;
    }
    let (regular, all) = regular_rows(head, layout);
    let (regular_spaced, all_spaced) = regular_rows(head, Cells { spaced: true, ..layout });
    regular_spaced * all > regular * all_spaced
}

/// How many whole rows of the beginning of a table are as wide as its first, and of how many.
fn regular_rows(head: &[u8], layout: Cells) -> (usize, usize) {
    let widths: Vec<_> =
        whole_rows(head, layout).take(200).map(|row| layout.cut(&super::charset::text(row)).len()).collect();
    (widths.iter().filter(|width| Some(*width) == widths.first()).count(), widths.len())
}

/// The rows of the beginning of a table that are whole and not blank.
fn whole_rows(head: &[u8], layout: Cells) -> impl Iterator<Item = &[u8]> {
    let mut rest = head;
    std::iter::from_fn(move || match row_end(rest, layout) {
        RowEnd::At(end) => {
            let (row, after) = rest.split_at(end);
            rest = after;
            Some(row)
        }
        RowEnd::Beyond { .. } => None,
    })
    .filter(|row| !row.trim_ascii().is_empty())
}

/// In how many rows a header is looked for.
const PREAMBLE: usize = 12;

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
fn row_end(bytes: &[u8], layout: Cells) -> RowEnd {
    let mut at = 0;
    loop {
        if layout.spaced {
            at += bytes[at..].iter().take_while(|byte| **byte == b' ').count();
        }
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            loop {
                let rest = &bytes[at..];
                let found = match layout.escape {
                    None => memchr(b'"', rest),
                    Some(escape) => memchr2(b'"', escape, rest),
                };
                let Some(found) = found else { return RowEnd::Beyond { quoted: true } };
                at += found + 1;
                if rest[found] == b'"' && bytes.get(at) != Some(&b'"') {
                    break;
                }
                // Behind an escape or the first of two quotes, a character that is no end.
                at += 1;
                if at > bytes.len() {
                    return RowEnd::Beyond { quoted: true };
                }
            }
        }
        let Some(found) = memchr3(layout.delimiter, b'\n', b'\r', &bytes[at..]) else {
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

/// Whether a line is none of the rows but what programs draw around them: a rule below the header, `(3 rows affected)`.
fn is_frame(line: &[u8], delimiter: u8) -> bool {
    /// No count is longer.
    const LONGEST: usize = 40;
    let line = line.trim_ascii();
    let is_rule =
        |byte: &u8| matches!(byte, b'-' | b'+' | b'=' | b' ') || *byte == delimiter || *byte == b'|';
    if line.iter().all(is_rule) {
        return line.iter().filter(|byte| matches!(byte, b'-' | b'=')).count() >= 3;
    }
    let text =
        Some(line).filter(|line| line.len() <= LONGEST).and_then(|line| std::str::from_utf8(line).ok());
    let Some(text) = text else { return false };
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
    let Some((count, rest)) = inner.split_once(' ') else { return false };
    let counted = ["row", "rows", "record", "records", "row(s)"];
    let mut words = rest.split(' ');
    count.bytes().all(|byte| byte.is_ascii_digit())
        && words.next().is_some_and(|word| counted.contains(&word))
        && words.next().is_none_or(|word| matches!(word, "affected" | "selected" | "returned"))
        && words.next().is_none()
}

/// Where the next line begins that is a row of this width by itself.
fn next_row(bytes: &[u8], layout: Cells, width: usize) -> Option<usize> {
    /// The longest row that is looked at.
    const LONGEST: usize = 64 * 1024;
    memchr_iter(b'\n', bytes).map(|end| end + 1).find(|start| {
        let rest = &bytes[*start..];
        let rest = &rest[..rest.len().min(LONGEST)];
        let row = match row_end(rest, layout) {
            RowEnd::At(end) => &rest[..end],
            RowEnd::Beyond { quoted: false } if start + rest.len() == bytes.len() => rest,
            RowEnd::Beyond { .. } => return false,
        };
        !row.trim_ascii().is_empty() && layout.cut(&charset::text(row)).len() == width
    })
}

/// The row that begins `bytes`, or as much of it as is there.
pub(crate) fn first_row(bytes: &[u8], layout: Cells) -> &[u8] {
    match row_end(bytes, layout) {
        RowEnd::At(end) => &bytes[..end],
        RowEnd::Beyond { .. } => bytes,
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
