//! Files the sequences of forms so that few of them are ever tried.
//!
//! A sequence is filed under its anchor, the slot with the fewest choices, and under the slot beside it; so a common
//! anchor such as "product" costs one look-up for each neighbour, and not one trial for each of its hundreds of forms.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::dictionary::WordClass;
use super::filing::{Filing, Filings};
use super::filter::Filter;
use super::packed;
use super::sequence::{GAP, Sequences, length};
use super::side::Side;
use super::spread::{position, spread};

/// What is filed under a class of words.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Anchor {
    /// Sequences of the anchor alone: where their list begins in [`Index::filings`].
    alone: Option<u32>,
    /// The sides on which it has neighbours: from the first number to the second in [`Index::neighbours`].
    sides: (u32, u32),
}

/// The words on one side of an anchor under which sequences are filed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Neighbours {
    /// Where they stand.
    pub(super) side: Side,
    /// Which classes they may have.
    pub(super) filter: Filter,
    /// Their classes, [sorted](super::spread::sort): a stretch of [`Index::others`].
    others: (u32, u32),
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
    /// Where the list of each of these classes begins in `filings`; many classes share one.
    #[serde(with = "packed")]
    lists: Vec<u32>,
    /// What is filed, list after list.
    #[serde(with = "packed")]
    filings: Vec<Filing>,
}

/// All filings by place, and where the lists of such places begin that are written already.
#[derive(Default)]
struct Lists {
    filings: Vec<Option<Filing>>,
    starts: FxHashMap<Vec<u32>, u32>,
}

/// The number of an anchor, where a neighbour is, its class, [spread] and as it is, and the place of a sequence with both.
type Pair = (u16, Side, u16, WordClass, u32);

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
            let filing = Filing::new(sequences, number, place, beside.map(|(side, _)| side));
            lists.filings.push(filing);
            match beside {
                _ if filing.is_none() => {}
                None => alone.push((anchor, place)),
                Some((side, others)) => {
                    pairs.extend(others.iter().map(|&other| (anchor, side, spread(other), other, place)));
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
            for side in sides.chunk_by(|a, b| a.1 == b.1) {
                index.file(side, &mut lists);
            }
            let anchor = &mut index.anchors[usize::from(sides[0].0) - 1];
            anchor.sides = (start, length(&index.neighbours));
        }
        index
    }

    /// Files what one anchor has on one side.
    fn file(&mut self, pairs: &[Pair], lists: &mut Lists) {
        let start = length(&self.others);
        let mut filter = Filter::default();
        for group in pairs.chunk_by(|a, b| a.2 == b.2) {
            filter.insert(group[0].3);
            self.others.push(group[0].3);
            let list = self.list(group.iter().map(|pair| pair.4).collect(), lists);
            self.lists.push(list);
        }
        let others = (start, length(&self.others));
        self.neighbours.push(Neighbours { side: pairs[0].1, filter, others });
    }

    /// Where the list of what is filed at these places begins; there is at least one.
    fn list(&mut self, places: Vec<u32>, lists: &mut Lists) -> u32 {
        let filings = &lists.filings;
        *lists.starts.entry(places).or_insert_with_key(|places| {
            let start = length(&self.filings);
            self.filings.extend(places.iter().filter_map(|&place| filings[place as usize]));
            if let Some(last) = self.filings.last_mut() {
                *last = last.as_last();
            }
            start
        })
    }

    /// The list that begins there.
    #[inline]
    fn filings(&self, start: Option<u32>) -> Filings<'_> {
        Filings(start.map_or(&[], |start| &self.filings[start as usize..]))
    }

    /// What is filed under a class.
    pub(super) fn anchor(&self, class: WordClass) -> Option<&Anchor> {
        let number = self.numbers.get(usize::from(class)).copied().unwrap_or(0);
        if number == 0 { None } else { Some(&self.anchors[usize::from(number) - 1]) }
    }

    /// The sequences that are a word of the anchor's class alone.
    #[inline]
    pub(super) fn alone(&self, anchor: &Anchor) -> Filings<'_> {
        self.filings(anchor.alone)
    }

    /// The sides of the anchor on which sequences have a neighbour.
    #[inline]
    pub(super) fn sides(&self, anchor: &Anchor) -> &[Neighbours] {
        let (start, end) = anchor.sides;
        &self.neighbours[start as usize..end as usize]
    }

    /// The sequences that need a word of this class among the neighbours, which [may](Filter::may_hold) have it.
    #[inline]
    pub(super) fn with(&self, neighbours: &Neighbours, class: WordClass) -> Filings<'_> {
        let (start, end) = (neighbours.others.0 as usize, neighbours.others.1 as usize);
        let known = position(&self.others[start..end], class);
        self.filings(known.map(|at| self.lists[start + at]))
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
