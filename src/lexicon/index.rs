//! Files the sequences of forms so that few of them are ever tried.
//!
//! A sequence is filed under its anchor, the slot with the fewest choices, and under the slot beside it; so a common
//! anchor such as "product" costs one look-up for each neighbour, and not one trial for each of its hundreds of forms.

use std::cmp::Reverse;
use std::rc::Rc;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::dictionary::{Entries, WordClass, WordId};
use super::form::{Forms, Slot};
use super::packed;
use super::words::Words;

/// Where the second word of a pair stands from the anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

/// The item of a sequence that stands for a gap; any other is the number of a choice of words.
pub(super) const GAP: u32 = u32::MAX;

/// Sequences as they are matched, one after another.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Sequences {
    /// The items of all: the number of a choice each, or [`GAP`].
    #[serde(with = "packed")]
    items: Vec<u32>,
    /// Where the items of each begin, and where the last end.
    #[serde(with = "packed")]
    starts: Vec<u32>,
    /// Which item of each is its anchor.
    #[serde(with = "packed")]
    anchors: Vec<u16>,
    /// What the form of each was filed with.
    #[serde(with = "packed")]
    payloads: Vec<u32>,
    /// The classes of all choices, those of one sorted.
    #[serde(with = "packed")]
    classes: Vec<WordClass>,
    /// Where the classes of each choice begin, and where the last end.
    #[serde(with = "packed")]
    choices: Vec<u32>,
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

    /// The classes of a choice, sorted.
    pub(super) fn choice(&self, number: u32) -> &[WordClass] {
        let number = number as usize;
        &self.classes[self.choices[number] as usize..self.choices[number + 1] as usize]
    }
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
    pub(super) fn compile(self, by_entry: &[Vec<(WordClass, usize)>]) -> (Sequences, Index) {
        let classes_of = |entry: &WordId| &by_entry[usize::from(*entry)];
        let mut sequences = Sequences { starts: vec![0], choices: vec![0], ..Sequences::default() };
        for choice in &self.choices {
            let mut classes: Vec<WordClass> =
                choice.entries.iter().flat_map(classes_of).map(|(class, _)| *class).collect();
            classes.sort_unstable();
            classes.dedup();
            sequences.classes.extend(classes);
            sequences.choices.push(length(&sequences.classes));
        }
        for Flat { slots, anchor, payload } in &self.sequences {
            sequences.items.extend(slots.iter().map(|slot| slot.unwrap_or(GAP)));
            sequences.starts.push(length(&sequences.items));
            sequences.anchors.push(u16::try_from(*anchor).unwrap_or(0));
            sequences.payloads.push(*payload);
        }
        let mut order = Vec::new();
        for (sequence, number) in self.sequences.iter().zip(0_u32..) {
            let anchor = sequence.slots[sequence.anchor].map(|slot| &self.choices[slot as usize]);
            for entry in anchor.iter().flat_map(|choice| &choice.entries) {
                order.extend(classes_of(entry).iter().map(|&(class, place)| (class, place, number)));
            }
        }
        // Sequences with one anchor are told in the order of the anchor's entries, then of the files.
        order.sort_unstable();
        let index = Index::new(&sequences, order.iter().map(|&(class, _, number)| (class, number)));
        (sequences, index)
    }
}

/// How many there are, as the tables count.
fn length<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// What is filed under a class of words.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Anchor {
    /// Sequences of the anchor alone: a stretch of [`Index::places`].
    alone: (u32, u32),
    /// Its neighbours, side by side: a stretch of [`Index::neighbours`].
    sides: (u32, u32),
}

/// The words on one side of an anchor under which sequences are filed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Neighbours {
    /// Where they stand.
    pub(super) side: Side,
    /// Their classes folded into few bits: what is missing here is missing for certain.
    filter: [u64; 4],
    /// Their classes, sorted: a stretch of [`Index::others`].
    others: (u32, u32),
}

impl Neighbours {
    /// Whether the class may be among them.
    pub(super) fn may_hold(&self, class: WordClass) -> bool {
        let (word, bit) = Self::fold(class);
        self.filter[word] & bit != 0
    }

    fn fold(class: WordClass) -> (usize, u64) {
        let mixed = class.wrapping_mul(0x9E37) >> 8;
        (usize::from(mixed >> 6), 1 << (mixed & 63))
    }
}

/// A sequence in the order in which those with one anchor are told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filing {
    /// Number of the sequence.
    pub(super) sequence: usize,
    /// Whether the anchor, with its neighbour if it has one, is all of it.
    pub(super) complete: bool,
}

/// Sequences by anchor and neighbour.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Index {
    /// Number of each class's anchor; 0 is none, the first counts as 1.
    #[serde(with = "packed")]
    numbers: Vec<u16>,
    anchors: Vec<Anchor>,
    neighbours: Vec<Neighbours>,
    /// The neighbours' classes.
    #[serde(with = "packed")]
    others: Vec<WordClass>,
    /// Where the places of each of these classes begin in `places`, and where the last end.
    #[serde(with = "packed")]
    starts: Vec<u32>,
    /// Indices into `order`, list after list.
    #[serde(with = "packed")]
    places: Vec<u32>,
    /// Twice the number of a sequence, and one more when it is complete.
    #[serde(with = "packed")]
    order: Vec<u32>,
}

impl Index {
    /// Files sequences given as class of the anchor and number of the sequence, sorted by class.
    fn new(sequences: &Sequences, filed: impl Iterator<Item = (WordClass, u32)>) -> Self {
        let mut index = Self::default();
        let mut alone: Vec<(u16, u32)> = Vec::new();
        let mut pairs: Vec<(u16, Side, WordClass, u32)> = Vec::new();
        for ((class, number), place) in filed.zip(0_u32..) {
            let class = usize::from(class);
            if index.numbers.len() <= class {
                index.numbers.resize(class + 1, 0);
                index.anchors.push(Anchor::default());
                index.numbers[class] = u16::try_from(index.anchors.len()).unwrap_or(0);
            }
            let anchor = index.numbers[class];
            let beside = neighbour(sequences, number as usize);
            let known = match beside {
                None => 1,
                Some((Side::Next | Side::Before, _)) => 2,
                Some((Side::Later | Side::Earlier, _)) => 3,
            };
            let complete = sequences.items(number as usize).len() == known;
            index.order.push(number << 1 | u32::from(complete));
            match beside {
                None if complete => alone.push((anchor, place)),
                // Two gaps in a row stand for nothing.
                None => {}
                Some((side, others)) => {
                    pairs.extend(others.iter().map(|&other| (anchor, side, other, place)));
                }
            }
        }
        for group in alone.chunk_by(|a, b| a.0 == b.0) {
            let start = length(&index.places);
            index.places.extend(group.iter().map(|(_, place)| *place));
            index.anchors[usize::from(group[0].0) - 1].alone = (start, length(&index.places));
        }
        pairs.sort_unstable();
        for sides in pairs.chunk_by(|a, b| a.0 == b.0) {
            let start = length(&index.neighbours);
            for side in sides.chunk_by(|a, b| a.1 == b.1) {
                index.file(side);
            }
            index.anchors[usize::from(sides[0].0) - 1].sides = (start, length(&index.neighbours));
        }
        index.starts.push(length(&index.places));
        index
    }

    /// Files what one anchor has on one side.
    fn file(&mut self, pairs: &[(u16, Side, WordClass, u32)]) {
        let start = length(&self.others);
        let mut filter = [0; 4];
        for group in pairs.chunk_by(|a, b| a.2 == b.2) {
            let (word, bit) = Neighbours::fold(group[0].2);
            filter[word] |= bit;
            self.others.push(group[0].2);
            self.starts.push(length(&self.places));
            self.places.extend(group.iter().map(|pair| pair.3));
        }
        let others = (start, length(&self.others));
        self.neighbours.push(Neighbours { side: pairs[0].1, filter, others });
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

    /// The sides on which sequences under the anchor have a neighbour, in the order of [`Side`].
    pub(super) fn sides(&self, anchor: &Anchor) -> &[Neighbours] {
        &self.neighbours[anchor.sides.0 as usize..anchor.sides.1 as usize]
    }

    /// Places of the sequences that need a word of this class among the neighbours.
    pub(super) fn with(&self, neighbours: &Neighbours, class: WordClass) -> &[u32] {
        let (start, end) = (neighbours.others.0 as usize, neighbours.others.1 as usize);
        self.others[start..end].binary_search(&class).map_or(&[], |at| {
            let list = start + at;
            &self.places[self.starts[list] as usize..self.starts[list + 1] as usize]
        })
    }

    /// The sequence at a place.
    pub(super) fn filing(&self, place: u32) -> Filing {
        let filed = self.order[place as usize];
        Filing { sequence: (filed >> 1) as usize, complete: filed & 1 == 1 }
    }

    /// Classes that some sequence is filed under.
    #[cfg(test)]
    pub(super) fn classes(&self) -> impl Iterator<Item = WordClass> {
        (0..).zip(&self.numbers).filter(|(_, number)| **number > 0).map(|(class, _)| class)
    }
}

/// The slot beside the anchor under which a sequence is filed too: one without a gap between, and with few choices.
fn neighbour(sequences: &Sequences, sequence: usize) -> Option<(Side, &[WordClass])> {
    let (items, anchor) = (sequences.items(sequence), sequences.anchor(sequence));
    let at = |index: Option<usize>| index.and_then(|index| items.get(index)).copied();
    let back = |by: usize| at(anchor.checked_sub(by));
    let ahead = |by: usize| at(Some(anchor + by));
    let across = |near: Option<u32>| near == Some(GAP);
    let sides = [
        (Side::Next, ahead(1)),
        (Side::Before, back(1)),
        (Side::Later, ahead(2).filter(|_| across(ahead(1)))),
        (Side::Earlier, back(2).filter(|_| across(back(1)))),
    ];
    let words = |item: Option<u32>| item.filter(|&item| item != GAP).map(|item| sequences.choice(item));
    let slots = sides.into_iter().filter_map(|(side, item)| Some((side, words(item)?)));
    slots.min_by_key(|(side, classes)| (*side >= Side::Later, classes.len()))
}
