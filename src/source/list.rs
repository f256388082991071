//! JSON that is not one record a line: a list, an object with a list inside, or values one after another.
//!
//! Items are cut out as they stream by, so a board of gigabytes needs no more memory than its longest
//! posting. A broken item ends where the next one begins in the manner of the items before it: at the same
//! indentation, or with the same first key. Behind a list there may be others of its kind, such as one a board.

use std::sync::Arc;

use super::around::Around;
use super::blocks::{Blocks, Bytes, RECORD_LIMIT};
use super::columnar;
use super::json::without_mark;
use super::manner::Manner;
use super::members;
use super::raw::{Numbering, Payload, Raw};
use super::scan::{Scan, Step};
use super::shape::{self, Outside, Shape};
use super::tabular::Columns;

mod broken;
mod outside;

/// How deep answers stand in answers: what stands deeper is a record, and fails alone.
const DEEPEST: usize = 8;

/// Length of a byte order mark.
const MARK: usize = 3;

/// Reads the items of JSON lists.
pub(crate) struct JsonList {
    blocks: Blocks,
    numbering: Numbering,
    place: Place,
    /// White space before the item in hand.
    gap: Vec<u8>,
    /// How the items look.
    manner: Manner,
    /// The objects that stand open around the list.
    outside: Outside,
    /// The key of the list, and how many objects stand open around it.
    key: Option<(String, usize)>,
    around: Arc<Around>,
    /// The postings of an item that is itself an answer with a list inside, such as a page of a board.
    inner: std::vec::IntoIter<Raw>,
    /// Whether the items of the list are such answers; told by the first.
    nested: Option<bool>,
    /// The key before the item in hand, where the items stand under keys: their ids.
    id: Option<String>,
    keyed: bool,
    /// The names of the cells, where the items are rows below a row of names.
    columns: Option<Columns>,
    /// Whether such names have been looked for.
    looked: bool,
    /// How many lists stand open inside the list.
    deeper: usize,
    /// How many answers the list stands in.
    within: usize,
    /// Whether a name beside the list can be that of a board: not inside an item of a list of departments.
    of_board: bool,
    limit: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Between values at the top.
    Top,
    /// Between the items of a list.
    List,
    /// Behind the list, in the objects around it.
    Around,
    /// Nothing more to read.
    End,
}

impl JsonList {
    /// Starts at the beginning of `blocks`.
    pub(crate) fn new(blocks: Blocks, numbering: Numbering, around: Around) -> Self {
        Self {
            blocks,
            numbering,
            place: Place::Top,
            gap: Vec::new(),
            manner: Manner::default(),
            outside: Outside::default(),
            key: None,
            around: Arc::new(around),
            inner: Vec::new().into_iter(),
            nested: None,
            id: None,
            keyed: false,
            columns: None,
            looked: false,
            deeper: 0,
            within: 0,
            of_board: true,
            limit: RECORD_LIMIT,
        }
    }

    /// Passes over white space and remembers it; the next byte, or `None` at the end.
    fn next_byte(&mut self) -> Option<u8> {
        const REMEMBERED: usize = 64;
        self.gap.clear();
        loop {
            let unread = self.blocks.unread();
            let end = unread.iter().position(|byte| !byte.is_ascii_whitespace());
            let space = end.unwrap_or(unread.len());
            self.gap.extend_from_slice(&unread[space.saturating_sub(REMEMBERED)..space]);
            let found = end.map(|end| unread[end]);
            self.blocks.skip(space);
            if found.is_some() || !self.blocks.refill() {
                return found;
            }
        }
    }

    fn top(&mut self) -> Option<Raw> {
        match self.next_byte() {
            None => self.finish(None),
            Some(b'[') => {
                self.blocks.skip(1);
                (self.place, self.outside, self.nested) = (Place::List, Outside::default(), None);
                (self.columns, self.looked) = (None, false);
                None
            }
            Some(b'{') => match self.shape() {
                Shape::List { offset, depth, key } => {
                    self.include(offset);
                    self.outside = Outside::of(self.blocks.unread(), offset, depth);
                    self.key = Some((key, depth));
                    self.blocks.skip(offset);
                    self.enter();
                    None
                }
                Shape::Keyed { offset, depth } => {
                    self.outside = Outside::of(self.blocks.unread(), offset, depth);
                    self.blocks.skip(offset);
                    self.enter();
                    (self.keyed, self.nested) = (true, Some(false));
                    self.manner.keyed();
                    None
                }
                Shape::One | Shape::Unclear => {
                    self.nested = Some(false);
                    self.by_column().or_else(|| self.item())
                }
            },
            Some(0xef) if self.passes_mark() => None,
            // A stray bracket ended the list too soon.
            Some(b',') if self.manner.is_known() => {
                self.place = Place::List;
                None
            }
            Some(b',') => {
                self.blocks.skip(1);
                None
            }
            Some(_) => Some(self.astray("neither an object nor a list begins here")),
        }
    }

    /// Passes over a byte order mark, which files joined one behind another have inside; whether one is at hand.
    fn passes_mark(&mut self) -> bool {
        while self.blocks.unread().len() < MARK && self.blocks.refill() {}
        let is_mark = without_mark(self.blocks.unread()).len() < self.blocks.unread().len();
        if is_mark {
            self.blocks.skip(MARK);
        }
        is_mark
    }

    /// Looks as far into the object at hand as it takes to find the postings.
    fn shape(&mut self) -> Shape {
        loop {
            let all = self.blocks.ended() || self.blocks.unread().len() > self.limit;
            let shape = shape::of(self.blocks.unread(), all);
            if shape != Shape::Unclear || all {
                return shape;
            }
            self.blocks.refill();
        }
    }

    fn list(&mut self) -> Option<Raw> {
        match self.next_byte() {
            None => self.finish(Some("the file ends inside the list")),
            Some(b',') => {
                self.blocks.skip(1);
                None
            }
            Some(b'"') if self.keyed => match self.key_of_item() {
                Some(id) => {
                    self.id = Some(id);
                    None
                }
                None => Some(self.astray("neither a key nor an object begins here")),
            },
            // Pages put one behind another, each a list of its own.
            Some(b'[') if self.deeper < shape::DEEPEST && self.holds_objects() => {
                self.blocks.skip(1);
                self.deeper += 1;
                self.manner.in_lists();
                None
            }
            Some(b'[') if !self.looked && self.names() => None,
            Some(b']') if self.deeper > 0 => {
                self.blocks.skip(1);
                self.deeper -= 1;
                None
            }
            Some(close @ (b']' | b'}')) if self.keyed == (close == b'}') => {
                self.blocks.skip(1);
                self.keyed = false;
                self.place = if self.outside.open.is_empty() { Place::Top } else { Place::Around };
                None
            }
            Some(_) => self.item(),
        }
    }

    /// Passes over the row at hand where it holds the names of columns.
    fn names(&mut self) -> bool {
        self.looked = true;
        let Some(length) = self.whole() else { return false };
        self.columns = Columns::read(&self.blocks.unread()[..length]);
        if self.columns.is_some() {
            self.blocks.skip(length);
        }
        self.columns.is_some()
    }

    /// Whether the list at hand is one of objects, or of such lists.
    fn holds_objects(&mut self) -> bool {
        loop {
            if let Some(first) = self.blocks.unread()[1..].trim_ascii_start().first() {
                return matches!(first, b'{' | b'[' | b']');
            }
            if self.blocks.unread().len() > self.limit || !self.blocks.refill() {
                return false;
            }
        }
    }

    /// The item at hand, whole or broken.
    fn item(&mut self) -> Option<Raw> {
        let line = Some(self.blocks.line());
        let mut scan = Scan::default();
        loop {
            match scan.advance(self.blocks.unread()) {
                Step::Done(length) => {
                    let item = &self.blocks.unread()[..length];
                    if let Some(next) = self.manner.swallowed(item) {
                        return Some(self.broken(line, Some(next)));
                    }
                    self.manner.learn(&self.gap, item);
                    let is_answer = |item| self.within < DEEPEST && shape::is_answer(item);
                    if *self.nested.get_or_insert_with(|| is_answer(item)) && is_answer(item) {
                        return self.answer(length);
                    }
                    let bytes = self.blocks.take(length);
                    let row = self.columns.as_ref().and_then(|columns| columns.object(&bytes.utf8().0));
                    let bytes = row.map_or(bytes, Bytes::from);
                    let around = match self.id.take() {
                        Some(id) => Arc::new(Around { id: Some(id), ..(*self.around).clone() }),
                        None => Arc::clone(&self.around),
                    };
                    return Some(self.numbering.record(line, Payload::Json(bytes, around)));
                }
                Step::Broken(at) => return Some(self.broken(line, Some(at + 1))),
                Step::More => {}
            }
            if self.blocks.unread().len() > self.limit {
                self.manner.learn_opening(&self.gap, self.blocks.unread());
                self.resync();
                return Some(self.numbering.too_long(line));
            }
            if !self.blocks.refill() {
                return Some(self.broken(line, None));
            }
        }
    }

    /// The postings inside the item at hand, which is an answer with a list of them.
    fn answer(&mut self, length: usize) -> Option<Raw> {
        let line = self.blocks.line();
        let inner = Blocks::of(self.blocks.take(length).utf8().0.into_owned(), line);
        let mut list = Self::new(inner, self.numbering.clone(), (*self.around).clone());
        list.within = self.within + 1;
        list.of_board = self.key.as_ref().is_some_and(|(key, _)| shape::names_employers(key));
        self.inner = list.all(&mut self.numbering);
        self.inner.next()
    }

    /// All postings, read at once; those that `numbering` numbers go on behind them.
    pub(super) fn all(mut self, numbering: &mut Numbering) -> std::vec::IntoIter<Raw> {
        let records: Vec<_> = self.by_ref().collect();
        *numbering = self.numbering;
        records.into_iter()
    }

    /// The first row of the object at hand, and then the others, where it keeps a table column by column.
    fn by_column(&mut self) -> Option<Raw> {
        let is_of_lists = |bytes: &[u8]| {
            let start = members::member(bytes, 1);
            start.is_some_and(|(_, value)| bytes[value] == b'[')
        };
        if !is_of_lists(self.blocks.unread()) {
            return None;
        }
        let length = self.whole()?;
        let rows = columnar::rows(&String::from_utf8_lossy(&self.blocks.unread()[..length]))?;
        let line = Some(self.blocks.line());
        self.blocks.skip(length);
        let around = &self.around;
        let numbering = &mut self.numbering;
        let rows = rows
            .into_iter()
            .map(|row| numbering.record(line, Payload::Json(row.into_bytes().into(), Arc::clone(around))));
        self.inner = rows.collect::<Vec<_>>().into_iter();
        self.inner.next()
    }

    /// Nothing more to read: silent at the top, a failed record inside something.
    fn finish(&mut self, message: Option<&str>) -> Option<Raw> {
        self.place = Place::End;
        let line = Some(self.blocks.line());
        if let Some(error) = self.blocks.fault() {
            return Some(self.numbering.broken_off(line, &error));
        }
        message.map(|message| self.numbering.fault(line, "truncated-input", message))
    }
}

impl Iterator for JsonList {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        if let Some(raw) = self.inner.next() {
            return Some(raw);
        }
        loop {
            let raw = match self.place {
                Place::Top => self.top(),
                Place::List => self.list(),
                Place::Around => self.around(),
                Place::End => return None,
            };
            if raw.is_some() {
                return raw;
            }
        }
    }
}

#[cfg(test)]
mod tests;
