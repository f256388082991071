//! One row of a table: the header's names, and the posting in a row's cells.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};
use memchr::memchr;

use super::alias::is_one_of;
use super::carried;
use super::charset;
use super::dialect::{Dialect, Marks, Told};
use super::family;
use super::field::{Field, Mapping, Meaning, Slot};
use super::gather::{Gathered, failed};
use super::nested;
use super::numbered;
use super::printed;
use super::stretch::BODY_LIKE;
use super::value::Value;
use crate::outcome::{Fault, Outcome};
use crate::posting::{Posting, SourceRef};
use crate::vocabulary::Zone;

/// How the cells of a table are set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cells {
    /// What stands between cells.
    pub(crate) delimiter: u8,
    /// What stands before a quote inside a quoted cell, when quotes are not doubled there.
    pub(crate) escape: Option<u8>,
    /// Whether a quote also counts behind spaces at the start of a cell, as people write by hand.
    pub(crate) spaced: bool,
    /// How many cells a row has when nothing but delimiters counts, and the last holds all the rest.
    pub(crate) plain: Option<usize>,
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
    /// How much of each path is the step that all names share.
    shared: usize,
    /// Whether cells hold objects: the names are those of a dialect, or a posting stands in a cell and in no column of its own.
    marked: bool,
}

impl Header {
    /// Reads the header line.
    pub(crate) fn read(line: &[u8], layout: Cells, mapping: &Mapping) -> Self {
        /// How many columns records of objects make.
        const WIDEST: usize = 2_000;
        let cells = layout.cut(&charset::text(line));
        let names: Vec<_> = cells.iter().map(|name| name.trim().to_owned()).collect();
        let nested = names.len() <= WIDEST && names.iter().any(|name| nested::steps(name).is_some());
        let shared = if nested { nested::shared(names.iter().map(String::as_str)) } else { 0 };
        let mut marks = Marks::default();
        for name in &names {
            marks.add(name[shared..].split(['.', '/']).next().unwrap_or_default());
        }
        let mut slots: Vec<_> = names.iter().map(|name| slot(name, shared, mapping)).collect();
        let is_title = |slot: &Option<Slot>| slot.is_some_and(|slot| slot.field == Field::Title);
        if !slots.iter().any(is_title) || names.iter().any(|name| name.eq_ignore_ascii_case("position")) {
            for (slot, name) in slots.iter_mut().zip(&names) {
                *slot = slot.or_else(|| family::job_itself(name));
            }
        }
        let marked = Dialect::of(marks, false).is_some();
        Self { names, slots, layout, numbered: false, nested, shared, marked }
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

    /// The record that a row was made of, where its names or cells show that it was one with objects in it.
    ///
    /// `carries` says that a cell is one that holds a posting.
    fn record(&self, cells: &StringRecord, carries: bool) -> Option<Value> {
        let first = usize::from(self.numbered);
        let there = || {
            let there = self.names().enumerate();
            let there =
                there.filter_map(|(index, name)| Some((&name[self.shared..], cells.get(index + first)?)));
            there.filter(|(_, cell)| !is_missing(cell))
        };
        let is_one = self.nested
            || ((self.marked || carries) && there().any(|(_, cell)| printed::begins_record(cell)));
        is_one.then(|| nested::record(there()))
    }

    /// Looks at rows behind the header: records of a dialect that are no more than their names are none, and what has no
    /// column of its own may stand in a cell.
    pub(crate) fn confirm(&mut self, rows: &[&[u8]]) {
        let layout = self.layout;
        let any = |is_one: fn(&str) -> bool| {
            rows.iter().any(|row| layout.cut(&charset::text(row)).iter().any(is_one))
        };
        self.marked &= any(printed::begins_record);
        if self.is_known() {
            return;
        }
        let cells = || rows.iter().map(|row| layout.cut(&charset::text(row)));
        // What a cell says of a page or an employer is not the posting, of which the text stands beside it.
        let unread = any(|cell| cell.len() >= BODY_LIKE && !printed::begins_record(cell));
        let first = usize::from(self.numbered);
        self.marked = cells().any(|cells| {
            self.names().enumerate().any(|(index, name)| {
                let cell = cells.get(index + first).unwrap_or_default();
                (!unread || carried::names_posting(name))
                    && printed::value(cell).is_some_and(|value| carried::holds_posting(&value))
            })
        });
    }

    /// The names in the order of the columns.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> + Clone {
        self.names.iter().map(String::as_str)
    }

    /// The same names over rows of several lines without quotes, where the last column is the text.
    pub(crate) fn over_lines(self) -> Self {
        let plain = Some(self.width());
        Self { layout: Cells { plain, ..self.layout }, ..self }
    }

    /// Whether the last column holds the text.
    pub(crate) fn ends_in_body(&self) -> bool {
        self.slots.last().copied().flatten().is_some_and(|slot| slot.field == Field::Body)
    }

    /// The names, each with what it means.
    pub(super) fn columns(&self) -> impl Iterator<Item = (&str, Option<Slot>)> {
        self.names().zip(self.slots.iter().copied())
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
        self.nested
            || self.marked
            || self.fields().any(|field| matches!(field, Field::Body | Field::Section(_)))
    }

    /// Whether a title may stand where no name of a column says so.
    pub(crate) fn may_hold_title(&self) -> bool {
        self.nested || self.marked
    }

    /// Whether any column holds a title or a part of the body.
    pub(crate) fn is_known(&self) -> bool {
        self.marked
            || self.fields().any(|field| matches!(field, Field::Title | Field::Body | Field::Section(_)))
    }
}

impl Cells {
    /// Cells with nothing but a delimiter to set them apart.
    pub(crate) const fn by(delimiter: u8) -> Self {
        Self { delimiter, escape: None, spaced: false, plain: None }
    }

    /// The cells of one row.
    pub(crate) fn cut(self, row: &str) -> StringRecord {
        if let Some(width) = self.plain {
            return row.trim_ascii_end().splitn(width, char::from(self.delimiter)).collect::<Vec<_>>().into();
        }
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

/// The dialect of the record that a row was made of, and where it has what.
pub(super) fn told(row: &[u8], header: &Header) -> Option<Told> {
    let record = header.record(&header.layout.cut(&charset::text(row)), false)?;
    nested::told(&record)
}

/// The names of the posting that a cell of a row holds, each with the names that lead to it, and as it is.
pub(super) fn carried(row: &[u8], header: &Header) -> Option<Vec<(String, String)>> {
    let is_in_cell = header.marked && !header.nested;
    let record = is_in_cell.then(|| header.record(&header.layout.cut(&charset::text(row)), false))??;
    carried::fields(&record)
}

/// What the name of a column means.
fn slot(name: &str, shared: usize, mapping: &Mapping) -> Option<Slot> {
    let means = |name: &str| mapping.meaning(name).map(|meaning| meaning.slot);
    let one_of_a_row = || {
        let base = numbered::base(name).filter(|_| nested::steps(name).is_none())?;
        let points = is_one_of(base, &["bullet", "bulletpoint", "point", "highlight"]);
        let points = points.then_some(Slot { field: Field::Body, rank: u8::MAX });
        let duties = is_one_of(base, &["duty", "task"]);
        let duties = duties.then_some(Slot { field: Field::Section(Zone::Duties), rank: u8::MAX });
        let text = means(base).filter(|slot| matches!(slot.field, Field::Body | Field::Section(_)));
        text.or(points).or(duties)
    };
    let inside = || means(&name[shared..]).filter(|_| shared > 0);
    means(name).or_else(inside).or_else(one_of_a_row)
}

/// The posting in one row, or how the record ended instead.
pub(super) fn posting(
    source: &SourceRef,
    row: &[u8],
    header: &Header,
    mapping: &Mapping,
) -> Result<Posting, Box<Outcome>> {
    let text = charset::text(row);
    let first = usize::from(header.numbered);
    let width = header.names.len() + first;
    let cells = header.layout.cut(&text);
    let cells = if header.ends_in_body() { with_rest(&text, cells, width, header.layout) } else { cells };
    let mut gathered = Gathered::default();
    let mut body = 0;
    for (index, (name, slot)) in header.names().zip(&header.slots).enumerate() {
        let Some(slot) = *slot else { continue };
        let cell = cells.get(index + first).filter(|cell| !is_missing(cell));
        if let Some(cell) = cell.filter(|_| matches!(slot.field, Field::Body | Field::Section(_))) {
            body = body.max(cell.len());
        }
        let value = cell.map_or(Value::Nothing, |cell| Value::Text(cell.to_owned()));
        gathered.put_value(Meaning { slot, inner: &[] }, name, value);
    }
    if let Some(record) = header.record(&cells, gathered.carries_all()) {
        gathered = nested::read(&record, gathered, mapping);
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

/// The cells of a row whose last column is the text, with what stands behind it: the rest of a sentence that nobody put
/// between quotes begins with a space.
fn with_rest(row: &str, cells: StringRecord, width: usize, layout: Cells) -> StringRecord {
    let is_rest = |cell: &str| cell.starts_with(' ') && !cell.trim().is_empty();
    if width == 0 || !cells.get(width).is_some_and(is_rest) || cells.iter().take(width).any(is_rest) {
        return cells;
    }
    let between = char::from(layout.delimiter).to_string();
    let text = cells.iter().skip(width - 1).collect::<Vec<_>>().join(&between);
    // Quotes around the text say where it ends.
    let quoted = cells[width - 1].replace('"', "\"\"");
    if row.contains(&format!("\"{quoted}\"{between}")) {
        return cells;
    }
    cells.iter().take(width - 1).chain([text.as_str()]).collect()
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
