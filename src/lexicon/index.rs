//! Files the sequences of forms so that few of them are ever tried.
//!
//! A sequence is filed under its anchor, the slot with the fewest choices, and under the slot beside it; so a common
//! anchor such as "product" costs one look-up for each neighbour, and not one trial for each of its hundreds of forms.

use std::cmp::Reverse;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::dictionary::{Entries, WordClass, WordId};
use super::form::{Forms, Slot};
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

/// One place of a sequence: the classes that fit there, sorted, or any words.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Any(Arc<[WordClass]>),
    Gap,
}

/// A sequence as it is matched.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) items: Box<[Item]>,
    pub(super) anchor: usize,
    pub(super) payload: u32,
}

/// A sequence as a lexicon file gave it, slots by number; `None` is a gap.
#[derive(Debug)]
struct Flat {
    slots: Vec<Option<u32>>,
    anchor: usize,
    payload: u32,
}

/// A choice of words that some sequence has.
#[derive(Debug)]
struct Choice {
    /// Its entries, sorted.
    entries: Vec<WordId>,
    /// The fewer words, the longer the shortest of them, the rarer it is.
    rarity: (Reverse<usize>, Option<usize>),
}

/// Forms before all words of the lexicon are known.
#[derive(Debug, Default)]
pub(super) struct Filed {
    sequences: Vec<Flat>,
    choices: Vec<Choice>,
    by_words: FxHashMap<Rc<[u32]>, u32>,
}

impl Filed {
    /// Adds a form that reports `payload` when found.
    pub(super) fn add(
        &mut self,
        form: &str,
        payload: u32,
        forms: &mut Forms,
        words: &Words,
        entries: &mut Entries,
    ) -> Result<(), String> {
        for sequence in forms.sequences(form)? {
            let mut slots = Vec::with_capacity(sequence.len());
            for slot in sequence {
                slots.push(match slot {
                    Slot::Gap => None,
                    Slot::Words(choice) => Some(self.choice(choice, forms, words, entries)?),
                });
            }
            // The rarest slot, of equals the last.
            let rarity = |slot: &Option<u32>| slot.map(|slot| self.choices[slot as usize].rarity);
            let anchor = (0..slots.len()).max_by_key(|&index| rarity(&slots[index])).unwrap_or(0);
            self.sequences.push(Flat { slots, anchor, payload });
        }
        Ok(())
    }

    /// The number of a choice of words.
    fn choice(
        &mut self,
        choice: Rc<[u32]>,
        forms: &Forms,
        words: &Words,
        entries: &mut Entries,
    ) -> Result<u32, String> {
        if let Some(&known) = self.by_words.get(&choice) {
            return Ok(known);
        }
        let spelled = || choice.iter().map(|&word| forms.word(word));
        let ids: Option<Vec<WordId>> = spelled().map(|word| entries.entry(word, words)).collect();
        let mut ids = ids.ok_or("the lexicon holds too many different words")?;
        ids.sort_unstable();
        ids.dedup();
        let rarity = (Reverse(choice.len()), spelled().map(str::len).min());
        let number = u32::try_from(self.choices.len()).unwrap_or(u32::MAX);
        self.choices.push(Choice { entries: ids, rarity });
        self.by_words.insert(choice, number);
        Ok(number)
    }

    /// The sequences and their index, once all words are known. `by_entry` are the classes of each entry.
    pub(super) fn compile(self, by_entry: &[Vec<(WordClass, usize)>]) -> (Vec<Pattern>, Index) {
        let classes_of = |entry: &WordId| &by_entry[usize::from(*entry)];
        let items: Vec<Item> = self
            .choices
            .iter()
            .map(|choice| {
                let mut classes: Vec<WordClass> =
                    choice.entries.iter().flat_map(classes_of).map(|(class, _)| *class).collect();
                classes.sort_unstable();
                classes.dedup();
                Item::Any(classes.into())
            })
            .collect();
        let mut order = Vec::new();
        for (sequence, number) in self.sequences.iter().zip(0_u32..) {
            let anchor = sequence.slots[sequence.anchor].map(|slot| &self.choices[slot as usize]);
            for entry in anchor.iter().flat_map(|choice| &choice.entries) {
                order.extend(classes_of(entry).iter().map(|&(class, place)| (class, place, number)));
            }
        }
        // Sequences with one anchor are told in the order of the anchor's entries, then of the files.
        order.sort_unstable();
        let item = |slot: &Option<u32>| slot.map_or(Item::Gap, |slot| items[slot as usize].clone());
        let pattern = |Flat { slots, anchor, payload }: &Flat| Pattern {
            items: slots.iter().map(item).collect(),
            anchor: *anchor,
            payload: *payload,
        };
        let patterns: Vec<Pattern> = self.sequences.iter().map(pattern).collect();
        let index = Index::new(&patterns, order.iter().map(|&(class, _, number)| (class, number)));
        (patterns, index)
    }
}

/// What is filed under a class of words.
#[derive(Clone, Debug, Default)]
pub(super) struct Anchor {
    /// Sequences of the anchor alone: a stretch of [`Index::places`].
    alone: (u32, u32),
    /// A bit for each side on which there are neighbours.
    taken: u8,
    /// The neighbours on each side.
    sides: [Neighbours; SIDES],
}

impl Anchor {
    /// Whether sequences are filed under it with a neighbour on this side.
    pub(super) fn has(&self, side: Side) -> bool {
        self.taken & (1 << side as u8) != 0
    }
}

/// A set of classes folded into few bits: what is missing here is missing for certain.
#[derive(Clone, Copy, Debug, Default)]
struct Neighbours([u64; 4]);

impl Neighbours {
    fn insert(&mut self, class: WordClass) {
        let (word, bit) = Self::fold(class);
        self.0[word] |= bit;
    }

    fn may_hold(&self, class: WordClass) -> bool {
        let (word, bit) = Self::fold(class);
        self.0[word] & bit != 0
    }

    fn fold(class: WordClass) -> (usize, u64) {
        let mixed = class.wrapping_mul(0x9E37) >> 8;
        (usize::from(mixed >> 6), 1 << (mixed & 63))
    }
}

/// A sequence in the order in which those with one anchor are told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filing {
    /// Index of the pattern.
    pub(super) pattern: u32,
    /// What its form was filed with.
    pub(super) payload: u32,
    /// Whether the anchor, with its neighbour if it has one, is all of it.
    pub(super) complete: bool,
}

/// Sequences by anchor and neighbour.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Number of each class's anchor; 0 is none, the first counts as 1.
    numbers: Vec<u16>,
    anchors: Vec<Anchor>,
    order: Vec<Filing>,
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
            let pattern = &patterns[number as usize];
            let beside = neighbour(pattern);
            let known = match beside {
                None => 1,
                Some((Side::Next | Side::Before, _)) => 2,
                Some((Side::Later | Side::Earlier, _)) => 3,
            };
            let complete = pattern.items.len() == known;
            index.order.push(Filing { pattern: number, payload: pattern.payload, complete });
            match beside {
                None if complete => alone.push((index.numbers[class_index], place)),
                // Two gaps in a row stand for nothing.
                None => {}
                Some((side, others)) => {
                    let Some(anchor) = index.anchors.last_mut() else { continue };
                    anchor.taken |= 1 << side as u8;
                    for &other in others {
                        anchor.sides[side as usize].insert(other);
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
        index.pairs.reserve(pairs.len());
        for group in pairs.chunk_by(|a, b| a.0 == b.0) {
            let list = index.list(group.iter().map(|(_, place)| *place));
            index.pairs.insert(group[0].0, list);
        }
        index.pairs.shrink_to_fit();
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
        if !anchor.sides[side as usize].may_hold(other) {
            return &[];
        }
        self.pairs
            .get(&pair_key(class, other, side))
            .map_or(&[], |&(start, end)| &self.places[start as usize..end as usize])
    }

    /// The sequence at a place.
    pub(super) fn filing(&self, place: u32) -> Filing {
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
    let back = |by: usize| at(pattern.anchor.checked_sub(by));
    let ahead = |by: usize| at(Some(pattern.anchor + by));
    let across = |near: Option<&'_ Item>| near.is_some_and(|item| matches!(item, Item::Gap));
    let sides = [
        (Side::Next, ahead(1)),
        (Side::Before, back(1)),
        (Side::Later, ahead(2).filter(|_| across(ahead(1)))),
        (Side::Earlier, back(2).filter(|_| across(back(1)))),
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
