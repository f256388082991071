//! A sequence where it is filed, with all that tells whether it is worth a trial: what one trial looks at stands together.

use super::packed::Packed;
use super::sequence::{GAP, Sequences};
use super::side::Side;

/// Marks the last filing of a list; there are far fewer places than could reach it.
const LAST: u32 = 1 << 31;

/// What a sequence needs that is complete with its anchor and neighbour.
const NOTHING: u32 = GAP;

/// A sequence under an anchor, and under a neighbour if it has one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filing {
    /// Its place in the order in which the sequences with its anchor are told; the last of a list is marked.
    place: u32,
    /// Number of the sequence.
    pub(super) sequence: u32,
    /// What its form was filed with.
    pub(super) payload: u32,
    /// The choice with the fewest words of all that must still be found, or [`NOTHING`].
    needed: u32,
}

impl Filing {
    /// A sequence at a place, filed under its anchor and the neighbour on this side. `None` for one that is never found:
    /// two gaps in a row, or one at an end, stand for nothing.
    pub(super) fn new(sequences: &Sequences, number: u32, place: u32, side: Option<Side>) -> Option<Self> {
        let (items, anchor) = (sequences.items(number as usize), sequences.anchor(number as usize));
        let (first, last) = side.map_or((anchor, anchor), |side| side.reach(anchor));
        let others = items.iter().enumerate().filter(|(at, _)| !(first..=last).contains(at));
        let needed = others.filter(|(_, item)| **item != GAP).map(|(_, item)| *item);
        let rarest = needed.min_by_key(|&choice| sequences.choice(choice).len());
        let complete = items.len() == last + 1 - first;
        // What has no neighbour is found alone or never.
        let found = if complete { Some(NOTHING) } else { rarest.filter(|_| side.is_some()) };
        found.map(|needed| Self {
            place,
            sequence: number,
            payload: sequences.payload(number as usize),
            needed,
        })
    }

    /// Its place in the order in which the sequences with its anchor are told.
    pub(super) fn place(&self) -> u32 {
        self.place & !LAST
    }

    /// The choice with the fewest words of all that must be found beside the anchor and its neighbour; `None` when these
    /// are all of the sequence.
    pub(super) fn needed(&self) -> Option<u32> {
        (self.needed != NOTHING).then_some(self.needed)
    }

    /// The same as the last of its list.
    pub(super) fn as_last(self) -> Self {
        Self { place: self.place | LAST, ..self }
    }

    /// Whether it is the last of its list.
    pub(super) fn is_last(&self) -> bool {
        self.place & LAST != 0
    }
}

/// A list of filings, and what is written behind it.
#[derive(Clone, Debug)]
pub(super) struct Filings<'i>(pub(super) &'i [Filing]);

impl<'i> Iterator for Filings<'i> {
    type Item = &'i Filing;

    #[inline]
    fn next(&mut self) -> Option<&'i Filing> {
        let (filing, rest) = self.0.split_first()?;
        self.0 = if filing.is_last() { &[] } else { rest };
        Some(filing)
    }
}

impl Packed for Filing {
    const BYTES: usize = 16;

    fn put(self, bytes: &mut Vec<u8>) {
        for part in [self.place, self.sequence, self.payload, self.needed] {
            part.put(bytes);
        }
    }

    fn get(bytes: &[u8]) -> Self {
        let part = |number: usize| u32::get(bytes.get(4 * number..).unwrap_or(&[]));
        Self { place: part(0), sequence: part(1), payload: part(2), needed: part(3) }
    }
}
