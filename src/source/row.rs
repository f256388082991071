//! One row of a table: the header's names, and the posting in a row's cells.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};
use memchr::memchr;

use super::charset;
use super::field::{Field, Mapping, Slot};
use super::gather::{Gathered, failed};
use super::nested;
use crate::outcome::{Fault, Outcome};
use crate::posting::{Posting, SourceRef};

/// How the cells of a table are set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cells {
    /// What stands between cells.
    pub(crate) delimiter: u8,
    /// What stands before a quote inside a quoted cell, when quotes are not doubled there.
    pub(crate) escape: Option<u8>,
    /// Whether a quote also counts behind spaces at the start of a cell, as people write by hand.
    pub(crate) spaced: bool,
}

/// The names of a table's columns.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    names: Vec<String>,
    slots: Vec<Option<Slot>>,
    layout: Cells,
    /// Whether rows begin with their number, for which the header has no cell.
    numbered: bool,
    /// Whether some names are paths.
    nested: bool,
}

impl Header {
    /// Reads the header line.
    pub(crate) fn read(line: &[u8], layout: Cells, mapping: &Mapping) -> Self {
        /// How many columns records of objects make.
        const WIDEST: usize = 2_000;
        let cells = layout.cut(&charset::text(line));
        let names: Vec<_> = cells.iter().map(|name| name.trim().to_owned()).collect();
        let slots = names.iter().map(|name| mapping.meaning(name).map(|meaning| meaning.slot)).collect();
        let nested = names.len() <= WIDEST && names.iter().any(|name| nested::steps(name).is_some());
        Self { names, slots, layout, numbered: false, nested }
    }

    /// Looks at rows behind the header: those that R writes begin with their number, which the header does not name.
    pub(crate) fn compare(&mut self, rows: &[&[u8]]) {
        let numbered = |row: &&[u8]| {
            let cells = self.layout.cut(&charset::text(row));
            cells.len() == self.names.len() + 1
                && cells
                    .get(0)
                    .is_some_and(|first| !first.is_empty() && first.bytes().all(|b| b.is_ascii_digit()))
        };
        self.numbered = self.names.len() > 1 && !rows.is_empty() && rows.iter().all(numbered);
    }

    /// The names in the order of the columns.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> + Clone {
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

    /// Whether its columns hold both a title and a part of the body.
    pub(crate) fn is_whole(&self) -> bool {
        let is_body = |field| matches!(field, Field::Body | Field::Section(_));
        self.fields().any(|field| field == Field::Title) && self.fields().any(is_body)
    }

    /// Whether a column holds a part of the body, or may.
    pub(crate) fn has_body(&self) -> bool {
        self.nested || self.fields().any(|field| matches!(field, Field::Body | Field::Section(_)))
    }

    /// Whether any column holds a title or a part of the body.
    pub(crate) fn is_known(&self) -> bool {
        self.fields().any(|field| matches!(field, Field::Title | Field::Body | Field::Section(_)))
    }
}

impl Cells {
    /// Cells with nothing but a delimiter to set them apart.
    pub(crate) const fn by(delimiter: u8) -> Self {
        Self { delimiter, escape: None, spaced: false }
    }

    /// The cells of one row.
    pub(crate) fn cut(self, row: &str) -> StringRecord {
        let escaped = self.escape.is_some_and(|escape| memchr(escape, row.as_bytes()).is_some());
        if escaped || (self.spaced && memchr(b'"', row.as_bytes()).is_some()) {
            return by_hand(row, self);
        }
        let mut cells = StringRecord::with_capacity(row.len(), 16);
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .buffer_capacity(row.len().clamp(64, 64 * 1024))
            .from_reader(row.as_bytes());
        // A slice of text gives neither input nor encoding errors.
        let _ = reader.read_record(&mut cells);
        cells
    }
}

/// The cells of a row in which quotes are escaped, or stand behind spaces.
///
/// The escapes of databases for line ends and tabs are read too; any other stays, for Markdown has its own.
fn by_hand(row: &str, layout: Cells) -> StringRecord {
    let escape = layout.escape.map(char::from);
    let row = row.trim_end_matches(['\r', '\n']);
    let mut cells = StringRecord::new();
    let mut cell = String::new();
    let mut quoted = false;
    let mut opened = false;
    let mut characters = row.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        match character {
            '"' if quoted && next == Some('"') => {
                cell.push('"');
                characters.next();
            }
            '"' if quoted => quoted = false,
            '"' if !opened => (quoted, opened) = (true, true),
            ' ' if layout.spaced && !opened && !quoted => {}
            _ if quoted && Some(character) == escape => match next {
                Some(next) if next == '"' || next == character => {
                    cell.push(next);
                    characters.next();
                }
                Some('n' | 't' | 'r') if character == '\\' => {
                    cell.extend(match characters.next() {
                        Some('n') => Some('\n'),
                        Some('t') => Some('\t'),
                        _ => None,
                    });
                }
                _ => cell.push(character),
            },
            _ if !quoted && character == char::from(layout.delimiter) => {
                cells.push_field(&cell);
                cell.clear();
                opened = false;
            }
            _ => {
                opened = true;
                cell.push(character);
            }
        }
    }
    cells.push_field(&cell);
    cells
}

/// The posting in one row, or how the record ended instead.
pub(super) fn posting(
    source: &SourceRef,
    row: &[u8],
    header: &Header,
    mapping: &Mapping,
) -> Result<Posting, Box<Outcome>> {
    let text = charset::text(row);
    let cells = header.layout.cut(&text);
    let first = usize::from(header.numbered);
    let width = header.names.len() + first;
    let mut gathered = Gathered::default();
    let mut body = 0;
    for (index, (name, slot)) in header.names().zip(&header.slots).enumerate() {
        let Some(slot) = *slot else { continue };
        let cell = cells.get(index + first).filter(|cell| !is_missing(cell));
        if let Some(cell) = cell.filter(|_| matches!(slot.field, Field::Body | Field::Section(_))) {
            body = body.max(cell.len());
        }
        gathered.put(slot, name, cell.map(str::to_owned));
    }
    if header.nested {
        let there = header.names().enumerate();
        let there = there.filter_map(|(index, name)| Some((name, cells.get(index + first)?)));
        gathered = nested::read(there.filter(|(_, cell)| !is_missing(cell)), gathered, mapping);
    }
    // Cells too many, and longer than what stands in the place of the body: everything has moved on.
    let moved = cells.iter().skip(width).any(|cell| cell.len() > body);
    if (cells.len() != width && body == 0) || moved {
        let message = format!(
            "{} cells in a row where the header has {}; a comma or quote in a cell may be to blame",
            cells.len(),
            header.names.len()
        );
        return Err(Box::new(failed(source, Fault { code: "wrong-width".to_owned(), message })));
    }
    gathered.posting(source, mapping, || {
        let length = |index| cells.get(index + first).map_or(0, str::len);
        header.names().enumerate().map(|(index, name)| (Cow::Borrowed(name), length(index))).collect()
    })
}

/// Whether a cell is empty, or holds what programs write for nothing.
fn is_missing(cell: &str) -> bool {
    let cell = cell.trim();
    cell.is_empty()
        || matches!(
            cell,
            "nan" | "NaN" | "null" | "NULL" | "None" | "\\N" | "N/A" | "n/a" | "NA" | "#N/A" | "-1"
        )
}
