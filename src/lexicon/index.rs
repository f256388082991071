//! Files the sequences of forms so that few of them are ever tried.
//!
//! A sequence is filed under its anchor, the slot with the fewest choices, and under the slot beside it; so a common
//! anchor such as "product" costs one look-up for each neighbour, and not one trial for each of its hundreds of forms.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::dictionary::WordClass;
use super::filter::{Filter, fold};
use super::packed;
use super::sequence::{GAP, Sequences, length};

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

/// What is filed under a class of words.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Anchor {
    /// Sequences of the anchor alone: where their list begins in [`Index::places`].
    alone: Option<u32>,
    /// Its neighbours: right beside it those from the first number to the second in [`Index::neighbours`], across a gap
    /// those up to the third.
    sides: (u32, u32, u32),
    /// What its neighbours right beside it may be, a bit for each [folded](Folds) class.
    beside: Folds,
    /// The same of those across a gap.
    across: Folds,
}

/// A set of classes in 64 bits: what is missing there is missing for certain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Folds(u64);

impl Folds {
    /// The set of these classes, each [folded](fold).
    #[inline]
    pub(super) fn of(folded: impl Iterator<Item = u8>) -> Self {
        Self(folded.fold(0, |bits, folded| bits | 1 << (folded & 63)))
    }

    /// Whether the two may have a class in common.
    #[inline]
    fn may_meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The words on one side of an anchor under which sequences are filed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Neighbours {
    /// Where they stand.
    pub(super) side: Side,
    /// Which classes they may have.
    pub(super) filter: Filter,
    /// Their classes, sorted: a stretch of [`Index::others`].
    others: (u32, u32),
}

/// A sequence in the order in which those with one anchor are told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filing {
    /// Its place in that order.
    pub(super) place: u32,
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
    /// Where the list of each of these classes begins in `places`; many classes share one.
    #[serde(with = "packed")]
    lists: Vec<u32>,
    /// Indices into `order`, list after list; the last of a list is marked.
    #[serde(with = "packed")]
    places: Vec<u32>,
    /// Twice the number of a sequence, and one more when it is complete.
    #[serde(with = "packed")]
    order: Vec<u32>,
}

/// Marks the last place of a list; there are far fewer places than could reach it.
const LAST: u32 = 1 << 31;

/// Where the lists of places begin that are known already.
type Lists = FxHashMap<Vec<u32>, u32>;

/// The number of an anchor, where and of which class a neighbour is, and the place of a sequence with both.
type Pair = (u16, Side, WordClass, u32);

impl Index {
    /// Files sequences given as class of the anchor and number of the sequence, sorted by class.
    pub(super) fn new(sequences: &Sequences, filed: impl Iterator<Item = (WordClass, u32)>) -> Self {
        let mut index = Self::default();
        let mut lists = Lists::default();
        let mut alone: Vec<(u16, u32)> = Vec::new();
        let mut pairs: Vec<Pair> = Vec::new();
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
            let start = index.list(group.iter().map(|(_, place)| *place).collect(), &mut lists);
            index.anchors[usize::from(group[0].0) - 1].alone = Some(start);
        }
        pairs.sort_unstable();
        for sides in pairs.chunk_by(|a, b| a.0 == b.0) {
            let start = length(&index.neighbours);
            let (beside, across) = sides.split_at(sides.partition_point(|pair| pair.1 < Side::Later));
            for side in beside.chunk_by(|a, b| a.1 == b.1) {
                index.file(side, &mut lists);
            }
            let middle = length(&index.neighbours);
            for side in across.chunk_by(|a, b| a.1 == b.1) {
                index.file(side, &mut lists);
            }
            let anchor = &mut index.anchors[usize::from(sides[0].0) - 1];
            anchor.sides = (start, middle, length(&index.neighbours));
            let folds = |pairs: &[Pair]| Folds::of(pairs.iter().map(|pair| fold(pair.2)));
            (anchor.beside, anchor.across) = (folds(beside), folds(across));
        }
        index
    }

    /// Files what one anchor has on one side.
    fn file(&mut self, pairs: &[Pair], lists: &mut Lists) {
        let start = length(&self.others);
        let mut filter = Filter::default();
        for group in pairs.chunk_by(|a, b| a.2 == b.2) {
            filter.insert(group[0].2);
            self.others.push(group[0].2);
            let list = self.list(group.iter().map(|pair| pair.3).collect(), lists);
            self.lists.push(list);
        }
        let others = (start, length(&self.others));
        self.neighbours.push(Neighbours { side: pairs[0].1, filter, others });
    }

    /// Where the list of these places begins; there is at least one.
    fn list(&mut self, mut places: Vec<u32>, lists: &mut Lists) -> u32 {
        if let Some(last) = places.last_mut() {
            *last |= LAST;
        }
        *lists.entry(places).or_insert_with_key(|places| {
            let start = length(&self.places);
            self.places.extend(places);
            start
        })
    }

    /// The list that begins there.
    #[inline]
    fn places(&self, start: u32) -> &[u32] {
        let rest = &self.places[start as usize..];
        let last = rest.iter().position(|place| place & LAST != 0);
        last.map_or(&[], |last| &rest[..=last])
    }

    /// What is filed under a class.
    pub(super) fn anchor(&self, class: WordClass) -> Option<&Anchor> {
        let number = self.numbers.get(usize::from(class)).copied().unwrap_or(0);
        if number == 0 { None } else { Some(&self.anchors[usize::from(number) - 1]) }
    }

    /// Places of the sequences that are a word of the anchor's class alone.
    pub(super) fn alone(&self, anchor: &Anchor) -> &[u32] {
        anchor.alone.map_or(&[], |start| self.places(start))
    }

    /// The sides right beside the anchor on which sequences have a neighbour, in the order of [`Side`]; none when no such
    /// neighbour can be among the words `near`.
    #[inline]
    pub(super) fn beside(&self, anchor: &Anchor, near: Folds) -> &[Neighbours] {
        let (start, end, _) = anchor.sides;
        if anchor.beside.may_meet(near) { &self.neighbours[start as usize..end as usize] } else { &[] }
    }

    /// The sides across a gap on which sequences under the anchor have a neighbour, in the order of [`Side`]; none when no
    /// such neighbour can be among the words `near`, which are asked for where there are such sides at all.
    #[inline]
    pub(super) fn across(&self, anchor: &Anchor, near: impl FnOnce() -> Folds) -> &[Neighbours] {
        let (_, start, end) = anchor.sides;
        let may = start < end && anchor.across.may_meet(near());
        if may { &self.neighbours[start as usize..end as usize] } else { &[] }
    }

    /// Places of the sequences that need a word of this class among the neighbours.
    pub(super) fn with(&self, neighbours: &Neighbours, class: WordClass) -> &[u32] {
        let (start, end) = (neighbours.others.0 as usize, neighbours.others.1 as usize);
        self.others[start..end].binary_search(&class).map_or(&[], |at| self.places(self.lists[start + at]))
    }

    /// The sequence at a place.
    pub(super) fn filing(&self, place: u32) -> Filing {
        let place = place & !LAST;
        let filed = self.order[place as usize];
        Filing { place, sequence: (filed >> 1) as usize, complete: filed & 1 == 1 }
    }

    /// Classes that some sequence is filed under.
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
