//! What stands where an item of a list should, and the way on to the next that begins like the others.

use std::sync::Arc;

use super::super::raw::{Payload, Raw};
use super::super::shape::{self, Outside};
use super::{JsonList, Place};

impl JsonList {
    /// The item at hand is broken within its first `length` bytes, or never ends.
    pub(super) fn broken(&mut self, line: Option<u64>, length: Option<usize>) -> Raw {
        let list = (self.place == Place::Top && !self.manner.is_known())
            .then(|| shape::list_inside(self.blocks.unread()))
            .flatten();
        if list.is_none() {
            self.manner.learn_opening(&self.gap, self.blocks.unread());
        }
        let next = self.manner.next(self.blocks.unread());
        let fault = if next.is_none() { self.blocks.fault() } else { None };
        let unread = self.blocks.unread();
        let piece = unread[..length.or(next).unwrap_or(unread.len())].to_vec();
        match (next, list) {
            (Some(next), _) => self.blocks.skip(next),
            // The object around the list is broken, not its items.
            (None, Some(list)) => {
                self.blocks.skip(list + 1);
                (self.place, self.outside, self.nested) = (Place::List, Outside::default(), None);
            }
            (None, None) => self.resync(),
        }
        match fault {
            Some(error) => self.numbering.broken_off(line, &error),
            None => self.numbering.record(line, Payload::Json(piece.into(), Arc::clone(&self.around))),
        }
    }

    /// Something stands here that cannot: a failed record, and on to the next item.
    pub(super) fn astray(&mut self, message: &str) -> Raw {
        let line = Some(self.blocks.line());
        self.resync();
        self.numbering.fault(line, "invalid-json", message)
    }

    /// Passes over everything up to the next item that begins like the others.
    pub(super) fn resync(&mut self) {
        let kept = self.manner.reach();
        loop {
            if let Some(next) = self.manner.next(self.blocks.unread()) {
                self.blocks.skip(next);
                self.place = Place::List;
                return;
            }
            let length = self.blocks.unread().len();
            self.blocks.skip(length.saturating_sub(kept));
            if !self.blocks.refill() {
                self.blocks.skip(self.blocks.unread().len());
                self.place = Place::End;
                return;
            }
        }
    }
}
