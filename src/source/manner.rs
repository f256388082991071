//! How the items of a JSON list look, so that the next can be found behind a broken one.

use std::collections::BTreeSet;

use memchr::{memchr_iter, memmem};

use super::members;

/// What the items of one list have in common.
#[derive(Debug, Default)]
pub(crate) struct Manner {
    opening: Option<Opening>,
    /// The keys of the first item.
    keys: Vec<Vec<u8>>,
    /// Whether each stands behind a key rather than a comma.
    keyed: bool,
    /// Whether some stand in lists of their own.
    in_lists: bool,
}

impl Manner {
    /// Whether any item has been seen.
    pub(crate) fn is_known(&self) -> bool {
        self.opening.is_some()
    }

    /// Says that the items stand under keys.
    pub(crate) fn keyed(&mut self) {
        self.keyed = true;
    }

    /// Says that a list of items begins beside others.
    pub(crate) fn in_lists(&mut self) {
        self.in_lists = true;
    }

    /// Learns from a whole item and the white space before it.
    pub(crate) fn learn(&mut self, gap: &[u8], item: &[u8]) {
        self.learn_opening(gap, item);
        if self.keys.is_empty() {
            self.keys = members::keys(item).into_iter().map(<[u8]>::to_vec).collect();
        }
    }

    /// Learns how items begin, from one that may be broken further on.
    pub(crate) fn learn_opening(&mut self, gap: &[u8], item: &[u8]) {
        if self.opening.is_none() {
            self.opening = Opening::of(gap, item);
        }
    }

    /// Offset of the next item that begins behind the first byte of `bytes`.
    pub(crate) fn next(&self, bytes: &[u8]) -> Option<usize> {
        let separator = if self.keyed { b':' } else { b',' };
        self.opening.as_ref().and_then(|opening| opening.find(bytes, separator, self.in_lists))
    }

    /// Whether an item of another list has most of the keys that the items of this one have.
    pub(crate) fn is_like(&self, item: &[u8]) -> bool {
        let keys = members::keys(item);
        let same = self.keys.iter().filter(|key| keys.contains(key.as_slice())).count();
        !self.keys.is_empty() && same * 3 >= self.keys.len() * 2
    }

    /// How many bytes the beginning of an item may stretch over.
    pub(crate) fn reach(&self) -> usize {
        self.opening.as_ref().map_or(0, |opening| opening.needle.len() + 16)
    }

    /// Where an item begins inside another, for want of a bracket or brace in between.
    ///
    /// The outer one then lacks keys that its neighbours and the inner one have; a posting that merely holds
    /// another has its own.
    pub(crate) fn swallowed(&self, item: &[u8]) -> Option<usize> {
        let next = self.next(item).filter(|_| !self.keys.is_empty())?;
        let full = |keys: &BTreeSet<&[u8]>| self.keys.iter().all(|key| keys.contains(key.as_slice()));
        (!full(&members::keys(item)) && full(&members::keys(&item[next..]))).then_some(next)
    }
}

/// How the items of a list begin: on a line of their own with the same indentation, or with the same key.
#[derive(Debug)]
struct Opening {
    needle: Vec<u8>,
    /// Bytes of the needle before the brace.
    lead: usize,
}

impl Opening {
    fn of(gap: &[u8], item: &[u8]) -> Option<Self> {
        const LONGEST: usize = 128;
        if item.first() != Some(&b'{') {
            return None;
        }
        let indent = gap.iter().rposition(|byte| *byte == b'\n').map(|at| &gap[at..]);
        let mut needle = indent.unwrap_or_default().to_vec();
        let lead = needle.len();
        needle.push(b'{');
        if lead < 2 {
            let quotes: Vec<_> = memchr_iter(b'"', &item[..item.len().min(LONGEST)]).take(2).collect();
            let [_, close] = quotes[..] else { return None };
            needle.extend_from_slice(&item[1..=close]);
        }
        Some(Self { needle, lead })
    }

    /// Offset of the next item's brace behind the first byte of `bytes`; `separator` stands before items in the same
    /// line, and before the list that begins with one when they are `in_lists`.
    fn find(&self, bytes: &[u8], separator: u8, in_lists: bool) -> Option<usize> {
        let after = bytes.get(1..)?;
        memmem::find_iter(after, &self.needle).map(|at| at + 1).find_map(|at| {
            let before = bytes[..at].trim_ascii_end();
            let list = before.strip_suffix(b"[").filter(|_| in_lists).map(<[u8]>::trim_ascii_end);
            let follows =
                before.last() == Some(&separator) || list.is_some_and(|list| list.ends_with(&[separator]));
            (self.lead > 0 || follows).then_some(at + self.lead)
        })
    }
}
