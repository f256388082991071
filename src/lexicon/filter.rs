//! A set of word classes folded into few bits: what is missing there is missing for certain.

use serde::{Deserialize, Serialize};

use super::dictionary::WordClass;
use super::packed::Packed;
use super::spread::spread;

/// A set that knows what it does not hold.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Filter([u64; 4]);

impl Filter {
    /// The filter of these classes.
    pub(super) fn of(classes: &[WordClass]) -> Self {
        let mut filter = Self::default();
        for class in classes {
            filter.insert(*class);
        }
        filter
    }

    pub(crate) fn insert(&mut self, class: WordClass) {
        self.put(fold(class));
    }

    /// Puts a class in as [folded](fold).
    pub(super) fn put(&mut self, folded: u8) {
        self.0[usize::from(folded >> 6)] |= 1 << (folded & 63);
    }

    /// Whether it may hold a class, as [folded](fold).
    #[inline]
    pub(super) fn may_hold(&self, folded: u8) -> bool {
        self.0[usize::from(folded >> 6)] >> (folded & 63) & 1 == 1
    }

    /// Whether the two may hold a class in common.
    #[inline]
    pub(super) fn may_meet(&self, other: &Self) -> bool {
        // All at once is faster than one by one.
        self.0.iter().zip(other.0).fold(0, |common, (mine, theirs)| common | mine & theirs) != 0
    }
}

impl Packed for Filter {
    const BYTES: usize = 32;

    fn put(self, bytes: &mut Vec<u8>) {
        bytes.extend(self.0.iter().flat_map(|bits| bits.to_le_bytes()));
    }

    fn get(bytes: &[u8]) -> Self {
        let bits = |from: usize| bytes.get(from..).and_then(<[u8]>::first_chunk);
        Self([0, 8, 16, 24].map(|from| bits(from).map_or(0, |bits| u64::from_le_bytes(*bits))))
    }
}

/// A class in the bits of a filter's place.
#[inline]
pub(super) fn fold(class: WordClass) -> u8 {
    let [_, folded] = spread(class).to_le_bytes();
    folded
}
