//! JSON that is not one record a line: a list, an object with a list inside, or values one after another.
//!
//! Items are cut out as they stream by, so a board of gigabytes needs no more memory than its longest
//! posting. A broken item ends where the next one begins in the manner of the items before it: at the same
//! indentation, or with the same first key. Behind a list there may be others of its kind, such as one a board.

use std::sync::Arc;

use super::around::Around;
use super::blocks::{Blocks, RECORD_LIMIT};
use super::manner::Manner;
use super::raw::{Numbering, Payload, Raw};
use super::scan::{Scan, Step};
use super::shape::{self, Outside, Shape};

mod broken;
mod outside;

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
                None
            }
            Some(b'{') => match self.shape() {
                Shape::List { offset, depth, key } => {
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
                    self.item()
                }
            },
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
            Some(close @ (b']' | b'}')) if self.keyed == (close == b'}') => {
                self.blocks.skip(1);
                self.keyed = false;
                self.place = if self.outside.open.is_empty() { Place::Top } else { Place::Around };
                None
            }
            Some(_) => self.item(),
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
                    if *self.nested.get_or_insert_with(|| shape::is_answer(item)) && shape::is_answer(item) {
                        return self.answer(length);
                    }
                    let bytes = self.blocks.take(length);
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
        list.of_board = self.key.as_ref().is_some_and(|(key, _)| shape::names_employers(key));
        let records: Vec<_> = list.by_ref().collect();
        self.numbering = list.numbering;
        self.inner = records.into_iter();
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
mod tests {
    use std::io::Cursor;

    use super::*;

    fn read(text: &str, size: usize) -> Vec<(u64, String)> {
        let blocks = Blocks::with_size(Box::new(Cursor::new(text.to_owned())), size);
        let list = JsonList::new(blocks, Numbering::new("x".into()), Around::default());
        list.map(|raw| (raw.source.line.unwrap(), raw.text().into_owned())).collect()
    }

    /// The line on which an item begins, and its text or what is wrong.
    type Item = (u64, &'static str);

    const CASES: &[(&str, &str, &[Item])] = &[
        ("list", "[{\"a\":1},\n {\"a\":[2]}]", &[(1, "{\"a\":1}"), (2, "{\"a\":[2]}")]),
        ("empty list", " [ ] ", &[]),
        ("nothing", "", &[]),
        ("trailing comma", "[{},]", &[(1, "{}")]),
        ("comma missing", "[{} {}]", &[(1, "{}"), (1, "{}")]),
        ("scalars", "[1, \"a\",{}]", &[(1, "1"), (1, "\"a\""), (1, "{}")]),
        (
            "list in an object",
            "{\"n\":2,\n\"jobs\":[{\"a\":1},{\"a\":2}],\"meta\":{\"x\":[1]}}",
            &[(2, "{\"a\":1}"), (2, "{\"a\":2}")],
        ),
        (
            "items under ids",
            "{\"7\":{\"title\":\"PM\",\"body\":\"x\"},\n\"8\":{\"title\":\"A\",\"body\":\"y\"}}",
            &[(1, "{\"title\":\"PM\",\"body\":\"x\"}"), (2, "{\"title\":\"A\",\"body\":\"y\"}")],
        ),
        (
            "a broken item under an id costs itself",
            "{\"5\":{\"title\":\"B\",\"body\":\"z\"},\n\"6\":{\"title\":\"C\",\"body\":\"z\"},\"7\":{\"title\":\"PM\",\"body\"\"x\"},\n\"8\":{\"title\":\"A\",\"body\":\"y\"}}",
            &[
                (1, "{\"title\":\"B\",\"body\":\"z\"}"),
                (2, "{\"title\":\"C\",\"body\":\"z\"}"),
                (2, "{\"title\":\"PM\",\"body\"\""),
                (3, "{\"title\":\"A\",\"body\":\"y\"}"),
            ],
        ),
        ("one object", "{\"title\":\"PM\",\"body\":\"x\"}", &[(1, "{\"title\":\"PM\",\"body\":\"x\"}")]),
        (
            "objects one after another",
            "{\"body\":\n\"x\"}\n{\"body\":\"y\"}\n",
            &[(1, "{\"body\":\n\"x\"}"), (3, "{\"body\":\"y\"}")],
        ),
        ("lists one after another", "[{\"a\":1}]\n[{\"a\":2}]", &[(1, "{\"a\":1}"), (2, "{\"a\":2}")]),
        (
            "an unquoted end costs one item of an indented list",
            "[\n {\n  \"a\": \"x,\n  \"b\": 1\n },\n {\n  \"a\": \"y\"\n }\n]",
            &[(2, "{\n  \"a\": \"x,\n  \"b"), (6, "{\n  \"a\": \"y\"\n }")],
        ),
        (
            "a missing bracket does not swallow the rest",
            "[{\"id\":1,\"b\":[3],\"c\":4},{\"id\":2,\"b\":[3,\"c\":4},{\"id\":5,\"b\":[6],\"c\":7}]",
            &[
                (1, "{\"id\":1,\"b\":[3],\"c\":4}"),
                (1, "{\"id\":2,\"b\":[3,\"c\":4}"),
                (1, "{\"id\":5,\"b\":[6],\"c\":7}"),
            ],
        ),
        (
            "a list that is cut open does not swallow the rest",
            "[{\"id\":1,\"b\":2},{\"id\":3,\"x\":[{\"b\":4},{\"id\":5,\"b\":6}]}]",
            &[
                (1, "{\"id\":1,\"b\":2}"),
                (1, "{\"id\":3,\"x\":[{\"b\":4},"),
                (1, "{\"id\":5,\"b\":6}"),
                (1, "neither an object nor a list begins here"),
            ],
        ),
        (
            "a posting may hold another",
            "[{\"id\":1,\"b\":2},{\"id\":3,\"b\":[{},{\"id\":5,\"b\":6}]}]",
            &[(1, "{\"id\":1,\"b\":2}"), (1, "{\"id\":3,\"b\":[{},{\"id\":5,\"b\":6}]}")],
        ),
        (
            "a missing brace costs one item of a compact list",
            "[{\"id\":1,\"x\":{\"id\":9},{\"id\":2}]",
            &[(1, "{\"id\":1,\"x\":{\"id\":9},{"), (1, "{\"id\":2}")],
        ),
        (
            "pages of a board",
            "{\"pages\":[{\"data\":[{\"title\":1}]},\n{\"data\":[]},{\"data\":[\n{\"title\":2}]}]}",
            &[(1, "{\"title\":1}"), (3, "{\"title\":2}")],
        ),
        (
            "a list a board",
            "{\"boards\":{\"one\":{\"jobs\":[{\"id\":1,\"t\":2,\"b\":3}],\"n\":1},\n\"two\":{\"jobs\":[ {\"id\":4,\"t\":5}]}},\"x\":[2]}",
            &[(1, "{\"id\":1,\"t\":2,\"b\":3}"), (2, "{\"id\":4,\"t\":5}")],
        ),
        (
            "other lists beside",
            "{\"jobs\":[{\"id\":1,\"title\":2,\"b\":3}],\"teams\":[{\"id\":4,\"name\":5}],\"deep\":{\"jobs\":[{\"id\":1,\"title\":2,\"b\":3}]},\"old\":[],\"more\":[{\"id\":6,\"title\":7}]}",
            &[(1, "{\"id\":1,\"title\":2,\"b\":3}"), (1, "{\"id\":6,\"title\":7}")],
        ),
        (
            "broken before the list",
            "{\"n\": 2, \" 2, \"jobs\":[{\"title\":2,\"body\":1},{\"title\":4}]}",
            &[
                (1, "{\"n\": 2, \" 2, \"j"),
                (1, "{\"title\":2,\"body\":1}"),
                (1, "{\"title\":4}"),
                (1, "neither an object nor a list begins here"),
            ],
        ),
        (
            "broken behind the list",
            "{\"jobs\":[{\"a\":1}],\"n\" 1,\"x\":[{\"a\":2},{\"a\":3}]}",
            &[(1, "{\"a\":1}"), (1, "the JSON behind the list is broken here"), (1, "{\"a\":3}")],
        ),
        (
            "cut behind the list",
            "{\"jobs\":[{\"a\":1}],\"n\": \"x",
            &[(1, "{\"a\":1}"), (1, "the file ends behind the list, inside an object")],
        ),
        (
            "a lone posting may hold lists",
            "[{\"title\":\"PM\",\"items\":[{\"title\":\"x\"}]}]",
            &[(1, "{\"title\":\"PM\",\"items\":[{\"title\":\"x\"}]}")],
        ),
        ("cut inside an item", "[{\"a\":1},{\"a\":", &[(1, "{\"a\":1}"), (1, "{\"a\":")]),
        ("cut behind an item", "[{\"a\":1},\n", &[(1, "{\"a\":1}"), (2, "the file ends inside the list")]),
        ("no JSON", "hello", &[(1, "neither an object nor a list begins here")]),
    ];

    #[test]
    fn items_are_cut_out_whatever_the_block_size() {
        for (name, text, expected) in CASES {
            for size in [1, 7, 4096] {
                let found = read(text, size);
                let found: Vec<_> = found.iter().map(|(line, text)| (*line, text.as_str())).collect();
                assert_eq!(found, *expected, "{name} in blocks of {size}");
            }
        }
    }

    #[test]
    fn a_name_beside_a_list_is_that_of_a_board_or_of_a_department() {
        let board = |text: &str| {
            let blocks = Blocks::with_size(Box::new(Cursor::new(text.to_owned())), 64);
            let mut list = JsonList::new(blocks, Numbering::new("x".into()), Around::default());
            match list.next().unwrap().payload {
                Payload::Json(_, around) => {
                    (around.of_board, around.string("name").unwrap_or("-").to_owned())
                }
                other => panic!("{other:?}"),
            }
        };
        let list = "{\"name\":\"A\",\"jobs\":[{\"title\":\"PM\"}]}";
        assert_eq!(board(list), (true, "A".to_owned()));
        assert_eq!(board(&format!("{{\"companies\":[{list}]}}")), (true, "A".to_owned()));
        assert_eq!(board(&format!("{{\"departments\":[{list}]}}")), (false, "A".to_owned()));
    }

    #[test]
    fn an_item_past_the_limit_fails_alone() {
        let text = "[\n{\"a\":1},\n{\"a\":\"much too long for the limit\"},\n{\"a\":2}\n]";
        let mut list = JsonList::new(
            Blocks::with_size(Box::new(Cursor::new(text)), 4),
            Numbering::new("x".into()),
            Around::default(),
        );
        list.limit = 16;
        let found: Vec<_> = list.map(|raw| raw.text().into_owned()).collect();
        assert_eq!(found, ["{\"a\":1}", "the record is longer than 16 MiB", "{\"a\":2}"]);
        // Also when it is the first.
        let text = "[{\"a\":\"much too long for the limit\"},{\"a\":2}]";
        let blocks = Blocks::with_size(Box::new(Cursor::new(text)), 4);
        let mut list = JsonList::new(blocks, Numbering::new("x".into()), Around::default());
        list.limit = 16;
        let found: Vec<_> = list.map(|raw| raw.text().into_owned()).collect();
        assert_eq!(found, ["the record is longer than 16 MiB", "{\"a\":2}"]);
    }
}
