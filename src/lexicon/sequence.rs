//! Sequences of word choices as they are matched: forms with all alternatives of more than one word written out.

use serde::{Deserialize, Serialize};

use super::dictionary::WordClass;
use super::filter::Filter;
use super::{packed, spread};

/// The item of a sequence that stands for a gap; any other is the number of a choice of words.
pub(super) const GAP: u32 = u32::MAX;

/// Sequences as they are matched, one after another.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Sequences {
    /// The items of all: the number of a choice each, or [`GAP`].
    #[serde(with = "packed")]
    pub(super) items: Vec<u32>,
    /// Where the items of each begin, and where the last end.
    #[serde(with = "packed")]
    pub(super) starts: Vec<u32>,
    /// Which item of each is its anchor.
    #[serde(with = "packed")]
    pub(super) anchors: Vec<u16>,
    /// What the form of each was filed with.
    #[serde(with = "packed")]
    pub(super) payloads: Vec<u32>,
    /// The classes of all choices, those of one [sorted](spread::sort).
    #[serde(with = "packed")]
    pub(super) classes: Vec<WordClass>,
    /// Where the classes of each choice begin, and where the last end.
    #[serde(with = "packed")]
    pub(super) choices: Vec<u32>,
    /// Which classes each choice may have.
    #[serde(with = "packed")]
    pub(super) filters: Vec<Filter>,
}

impl Sequences {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.payloads.len()
    }

    /// What the form of a sequence was filed with.
    pub(super) fn payload(&self, sequence: usize) -> u32 {
        self.payloads[sequence]
    }

    /// The item of a sequence by which it is filed.
    pub(super) fn anchor(&self, sequence: usize) -> usize {
        usize::from(self.anchors[sequence])
    }

    /// The items of a sequence: the number of a choice each, or [`GAP`].
    pub(super) fn items(&self, sequence: usize) -> &[u32] {
        &self.items[self.starts[sequence] as usize..self.starts[sequence + 1] as usize]
    }

    /// Whether a choice may have the class, as filters take it.
    #[inline]
    pub(super) fn may_hold(&self, choice: u32, folded: u8) -> bool {
        self.filters[choice as usize].may_hold(folded)
    }

    /// Whether a choice may have one of the classes of such a set.
    #[inline]
    pub(super) fn may_meet(&self, choice: u32, classes: &Filter) -> bool {
        self.filters[choice as usize].may_meet(classes)
    }

    /// Whether a choice has the class.
    #[inline]
    pub(super) fn holds(&self, choice: u32, class: WordClass) -> bool {
        spread::position(self.choice(choice), class).is_some()
    }

    /// The classes of a choice, [sorted](spread::sort).
    pub(super) fn choice(&self, number: u32) -> &[WordClass] {
        let number = number as usize;
        &self.classes[self.choices[number] as usize..self.choices[number + 1] as usize]
    }
}

/// How many there are, as the tables count.
pub(super) fn length<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}
