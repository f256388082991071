//! Files the sequences of forms so that few of them are ever tried.
//!
//! A sequence is filed under its anchor, the slot with the fewest choices, and under the slot beside it; so a common
//! anchor such as "product" costs one look-up for each neighbour, and not one trial for each of its hundreds of forms.

use rustc_hash::FxHashMap;

use super::dictionary::{Entries, WordClass, WordId};
use super::form::{self, Slot};
use super::pattern::{Item, Pattern, PatternSet};
use super::words::Words;

/// Where the second word of a pair stands from the anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Side {
    /// Right after it.
    Next,
    /// Right before it.
    Before,
    /// After it, across a gap.
    Later,
    /// Before it, across a gap.
    Earlier,
}

/// How many sides there are.
const SIDES: usize = 4;

/// A sequence of entries as a lexicon file gave it.
#[derive(Debug)]
struct Flat {
    /// The entries of each slot, sorted; `None` is a gap.
    slots: Vec<Option<Vec<WordId>>>,
    anchor: usize,
    payload: u32,
}

/// Forms before all words of the lexicon are known.
#[derive(Debug, Default)]
pub(super) struct Filed {
    sequences: Vec<Flat>,
}

impl Filed {
    /// Adds a form that reports `payload` when found.
    pub(super) fn add(
        &mut self,
        form: &str,
        payload: u32,
        classes: &form::Classes,
        words: &Words,
        entries: &mut Entries,
    ) -> Result<(), String> {
        for sequence in form::sequences(form, classes)? {
            let mut slots = Vec::with_capacity(sequence.len());
            for slot in &sequence {
                slots.push(match slot {
                    Slot::Gap => None,
                    Slot::Words(choices) => {
                        let ids: Option<Vec<WordId>> =
                            choices.iter().map(|word| entries.entry(word, words)).collect();
                        let mut ids = ids.ok_or("the lexicon holds too many different words")?;
                        ids.sort_unstable();
                        ids.dedup();
                        Some(ids)
                    }
                });
            }
            self.sequences.push(Flat { slots, anchor: anchor(&sequence), payload });
        }
        Ok(())
    }

    /// The set of the forms, once all words are known. `by_entry` are the classes of each entry.
    pub(super) fn compile(self, by_entry: &[Vec<(WordClass, usize)>]) -> PatternSet {
        let classes_of = |ids: &[WordId]| {
            let mut classes: Vec<WordClass> =
                ids.iter().flat_map(|&id| &by_entry[usize::from(id)]).map(|(class, _)| *class).collect();
            classes.sort_unstable();
            classes.dedup();
            classes.into_boxed_slice()
        };
        let mut order = Vec::new();
        for (sequence, number) in self.sequences.iter().zip(0_u32..) {
            for &id in sequence.slots[sequence.anchor].iter().flatten() {
                order.extend(by_entry[usize::from(id)].iter().map(|&(class, place)| (class, place, number)));
            }
        }
        let patterns: Vec<Pattern> = self
            .sequences
            .into_iter()
            .map(|Flat { slots, anchor, payload }| Pattern {
                items: slots
                    .iter()
                    .map(|slot| slot.as_ref().map_or(Item::Gap, |ids| Item::Any(classes_of(ids))))
                    .collect(),
                anchor,
                payload,
            })
            .collect();
        // Sequences with one anchor are told in the order of the anchor's entries, then of the files.
        order.sort_unstable();
        let index = Index::new(&patterns, order.iter().map(|&(class, _, number)| (class, number)));
        PatternSet::new(patterns, index)
    }
}

/// The rarest slot: the one with the fewest choices, the longest word, the last place.
fn anchor(sequence: &[Slot]) -> usize {
    let rarity = |slot: &Slot| match slot {
        Slot::Gap => None,
        Slot::Words(words) => Some((std::cmp::Reverse(words.len()), words.iter().map(String::len).min())),
    };
    sequence
        .iter()
        .enumerate()
        .filter(|(_, slot)| matches!(slot, Slot::Words(_)))
        .max_by_key(|(_, slot)| rarity(slot))
        .map_or(0, |(index, _)| index)
}

/// What is filed under a class of words.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchor {
    /// Sequences of the anchor alone: a stretch of [`Index::places`].
    alone: (u32, u32),
    /// For each side a set of neighbours, folded into the bits of a word: what is missing here is missing for certain.
    sides: [u64; SIDES],
}

impl Anchor {
    /// Whether sequences are filed under it with a neighbour on this side.
    pub(super) fn has(&self, side: Side) -> bool {
        self.sides[side as usize] != 0
    }
}

/// Sequences by anchor and neighbour.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Number of each class's anchor; 0 is none, the first counts as 1.
    numbers: Vec<u16>,
    anchors: Vec<Anchor>,
    /// The sequences of each anchor in the order in which they are told.
    order: Vec<u32>,
    /// Indices into `order`, list after list.
    places: Vec<u32>,
    /// The list of each pair of words, by [`pair_key`].
    pairs: FxHashMap<u64, (u32, u32)>,
}

impl Index {
    /// Files patterns given as class of the anchor and index of the pattern, sorted by class.
    fn new(patterns: &[Pattern], filed: impl Iterator<Item = (WordClass, u32)>) -> Self {
        let mut index = Self::default();
        let mut alone: Vec<(u16, u32)> = Vec::new();
        let mut pairs: Vec<(u64, u32)> = Vec::new();
        for ((class, number), place) in filed.zip(0_u32..) {
            let class_index = usize::from(class);
            if index.numbers.len() <= class_index {
                index.numbers.resize(class_index + 1, 0);
                index.anchors.push(Anchor::default());
                index.numbers[class_index] = u16::try_from(index.anchors.len()).unwrap_or(0);
            }
            index.order.push(number);
            let pattern = &patterns[number as usize];
            let anchor = index.anchors.len() - 1;
            match neighbour(pattern) {
                None if pattern.items.len() == 1 => alone.push((index.numbers[class_index], place)),
                // Two gaps in a row stand for nothing.
                None => {}
                Some((side, others)) => {
                    for &other in others {
                        index.anchors[anchor].sides[side as usize] |= fold(other);
                        pairs.push((pair_key(class, other, side), place));
                    }
                }
            }
        }
        for group in alone.chunk_by(|a, b| a.0 == b.0) {
            let list = index.list(group.iter().map(|(_, place)| *place));
            index.anchors[usize::from(group[0].0) - 1].alone = list;
        }
        pairs.sort_unstable();
        for group in pairs.chunk_by(|a, b| a.0 == b.0) {
            let list = index.list(group.iter().map(|(_, place)| *place));
            index.pairs.insert(group[0].0, list);
        }
        index
    }

    fn list(&mut self, places: impl Iterator<Item = u32>) -> (u32, u32) {
        let length = |places: &[u32]| u32::try_from(places.len()).unwrap_or(u32::MAX);
        let start = length(&self.places);
        self.places.extend(places);
        (start, length(&self.places))
    }

    /// What is filed under a class.
    pub(super) fn anchor(&self, class: WordClass) -> Option<&Anchor> {
        let number = self.numbers.get(usize::from(class)).copied().unwrap_or(0);
        if number == 0 { None } else { Some(&self.anchors[usize::from(number) - 1]) }
    }

    /// Places of the sequences that are a word of the anchor's class alone.
    pub(super) fn alone(&self, anchor: &Anchor) -> &[u32] {
        &self.places[anchor.alone.0 as usize..anchor.alone.1 as usize]
    }

    /// Places of the sequences that need a word of class `other` on this side of a word of class `class`, whose
    /// anchor is given.
    pub(super) fn pair(&self, anchor: &Anchor, class: WordClass, other: WordClass, side: Side) -> &[u32] {
        if anchor.sides[side as usize] & fold(other) == 0 {
            return &[];
        }
        self.pairs
            .get(&pair_key(class, other, side))
            .map_or(&[], |&(start, end)| &self.places[start as usize..end as usize])
    }

    /// The sequence at a place.
    pub(super) fn pattern(&self, place: u32) -> u32 {
        self.order[place as usize]
    }

    /// Classes that some sequence is filed under.
    #[cfg(test)]
    pub(super) fn classes(&self) -> impl Iterator<Item = WordClass> {
        (0..).zip(&self.numbers).filter(|(_, number)| **number > 0).map(|(class, _)| class)
    }
}

/// The slot beside the anchor under which a sequence is filed too: one without a gap between, and with few choices.
fn neighbour(pattern: &Pattern) -> Option<(Side, &[WordClass])> {
    let at = |index: Option<usize>| index.and_then(|index| pattern.items.get(index));
    let (before, after) = (pattern.anchor.checked_sub(1), Some(pattern.anchor + 1));
    let sides = [
        (Side::Next, at(after)),
        (Side::Before, at(before)),
        (Side::Later, at(after).and_then(|item| item.is_gap().then(|| at(Some(pattern.anchor + 2)))?)),
        (
            Side::Earlier,
            at(before).and_then(|item| item.is_gap().then(|| at(pattern.anchor.checked_sub(2)))?),
        ),
    ];
    let slots = sides.into_iter().filter_map(|(side, item)| match item {
        Some(Item::Any(classes)) => Some((side, &**classes)),
        _ => None,
    });
    slots.min_by_key(|(side, classes)| (*side >= Side::Later, classes.len()))
}

fn pair_key(class: WordClass, other: WordClass, side: Side) -> u64 {
    u64::from(class) << 32 | u64::from(other) << 16 | side as u64
}

/// The bit that stands for a class in a set of neighbours.
fn fold(class: WordClass) -> u64 {
    1 << (class.wrapping_mul(0x9E37) >> 10)
}
