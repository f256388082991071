//! What stands behind a list of postings: the rest of the objects around it, and other lists of its kind.

use std::sync::Arc;

use super::super::around::Around;
use super::super::blocks::RECORD_LIMIT;
use super::super::included::{INCLUDED, Included, POINTERS};
use super::super::members;
use super::super::raw::Raw;
use super::super::scan::{Scan, Step};
use super::super::shape;
use super::{JsonList, Place};

impl JsonList {
    /// Begins the list at hand.
    pub(super) fn enter(&mut self) {
        let strings = self.outside.strings.clone();
        if strings != self.around.strings {
            let is_board = self.of_board || strings.iter().any(|(name, _)| shape::is_of_employer(name));
            let of_board = is_board && self.key.as_ref().is_some_and(|(key, _)| shape::names_jobs(key));
            self.around = Arc::new(Around { strings, of_board, ..(*self.around).clone() });
        }
        self.blocks.skip(1);
        (self.place, self.nested) = (Place::List, None);
        (self.columns, self.looked) = (None, false);
    }

    /// Keeps what the answer at hand includes for the items of its list, which begins at an offset, to point to; an answer
    /// that is longer than a record keeps nothing.
    pub(super) fn include(&mut self, offset: usize) {
        let mut scan = Scan::default();
        loop {
            let unread = self.blocks.unread();
            let item = shape::first_item(&unread[offset..]);
            // What it points to may stand behind all that shows that it is a posting.
            let is_cut = item.is_empty() || scan.advance(item) == Step::More;
            if !is_cut || unread.len() > RECORD_LIMIT || !self.blocks.refill() {
                break;
            }
        }
        let item = shape::first_item(&self.blocks.unread()[offset..]);
        // The first may point to nothing, and those behind it to something.
        let keys = members::keys(item);
        let is_resource = ["type", "attributes"].iter().all(|name| keys.contains(name.as_bytes()));
        let points = is_resource || keys.contains(POINTERS.as_bytes());
        let whole = if points { self.whole() } else { None };
        let included = match whole {
            Some(length) => Included::in_bytes(&self.blocks.unread()[..length]),
            None => Included::default(),
        };
        if included != *self.around.included {
            self.around = Arc::new(Around { included: Arc::new(included), ..(*self.around).clone() });
        }
    }

    /// Goes on through the objects around the list, to the end of the outermost or to another list like it.
    pub(super) fn around(&mut self) -> Option<Raw> {
        while self.place == Place::Around {
            let went_on = match self.next_byte() {
                None => return self.finish(Some("the file ends behind the list, inside an object")),
                Some(b',') => {
                    self.blocks.skip(1);
                    Some(())
                }
                Some(b'}') => {
                    self.blocks.skip(1);
                    if !self.outside.leave() {
                        self.place = Place::Top;
                    }
                    Some(())
                }
                Some(b'"') => self.member(),
                Some(_) => None,
            };
            if went_on.is_none() {
                return Some(self.astray("the JSON behind the list is broken here"));
            }
        }
        None
    }

    /// Passes over the member at hand, or into it; `None` when it is broken.
    fn member(&mut self) -> Option<()> {
        let length = self.whole()?;
        let key = self.blocks.unread()[1..length - 1].to_vec();
        self.blocks.skip(length);
        if self.next_byte()? != b':' {
            return None;
        }
        self.blocks.skip(1);
        match self.next_byte()? {
            b'{' if self.outside.open.len() < shape::DEEPEST => {
                self.blocks.skip(1);
                self.outside.enter();
            }
            b'[' if self.is_like(&key) => self.enter(),
            b'"' => {
                if let Some(length) = self.whole() {
                    self.outside.note(&key, &self.blocks.unread()[..length]);
                }
                self.pass()?;
            }
            _ => self.pass()?,
        }
        Some(())
    }

    /// Whether the list at hand holds what the one before held: it stands as deep, and its first item has the keys of
    /// those before, or it has the same key when there were none.
    fn is_like(&mut self, key: &[u8]) -> bool {
        let Some((first, depth)) = &self.key else { return false };
        let is_beside = key == INCLUDED.as_bytes() && first != INCLUDED;
        if self.outside.open.len() != *depth || is_beside {
            return false;
        }
        if !self.manner.is_known() {
            return first.as_bytes() == key;
        }
        loop {
            let unread = self.blocks.unread();
            if let Some(item) = unread[1..].iter().position(|byte| !byte.is_ascii_whitespace()) {
                let item = &unread[1 + item..];
                match Scan::default().advance(item) {
                    Step::Done(length) => return self.manner.is_like(&item[..length]),
                    Step::Broken(_) => return false,
                    Step::More => {}
                }
            }
            if unread.len() > RECORD_LIMIT || !self.blocks.refill() {
                return false;
            }
        }
    }

    /// Passes over the key at hand and its colon; `None` when there is no such thing.
    pub(super) fn key_of_item(&mut self) -> Option<String> {
        let length = self.whole()?;
        let key = serde_json::from_slice(&self.blocks.unread()[..length]).ok()?;
        self.blocks.skip(length);
        if self.next_byte()? != b':' {
            return None;
        }
        self.blocks.skip(1);
        Some(key)
    }

    /// Length of the value at hand, once all of it is there; `None` when it is broken, or too long.
    pub(super) fn whole(&mut self) -> Option<usize> {
        let mut scan = Scan::default();
        loop {
            match scan.advance(self.blocks.unread()) {
                Step::Done(length) => return Some(length),
                Step::Broken(_) => return None,
                Step::More if self.blocks.unread().len() > RECORD_LIMIT || !self.blocks.refill() => {
                    return None;
                }
                Step::More => {}
            }
        }
    }

    /// Passes over the value at hand, however long; `None` when it is broken.
    fn pass(&mut self) -> Option<()> {
        let mut scan = Scan::default();
        loop {
            match scan.advance(self.blocks.unread()) {
                Step::Done(length) => {
                    self.blocks.skip(length);
                    return Some(());
                }
                Step::Broken(at) => {
                    self.blocks.skip(at);
                    return None;
                }
                Step::More => {
                    let length = self.blocks.unread().len();
                    self.blocks.skip(length);
                    scan.forget(length);
                    // Cut off: the end is told where it is.
                    if !self.blocks.refill() {
                        return Some(());
                    }
                }
            }
        }
    }
}
