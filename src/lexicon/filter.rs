//! A set of word classes folded into few bits: what is missing there is missing for certain.

use serde::{Deserialize, Serialize};

use super::dictionary::WordClass;

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
        let (word, bit) = Self::fold(class);
        self.0[word] |= bit;
    }

    /// Whether it may hold the class.
    #[inline]
    pub(super) fn may_hold(&self, class: WordClass) -> bool {
        let (word, bit) = Self::fold(class);
        self.0[word] & bit != 0
    }

    /// Whether the two may hold a class in common.
    pub(super) fn may_meet(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).any(|(mine, theirs)| mine & theirs != 0)
    }

    fn fold(class: WordClass) -> (usize, u64) {
        let mixed = class.wrapping_mul(0x9E37) >> 8;
        (usize::from(mixed >> 6), 1 << (mixed & 63))
    }
}
