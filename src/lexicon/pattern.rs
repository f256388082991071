//! Finds forms in a run of words.
//!
//! Every sequence is filed under its anchor, the rarest of its slots, and under one neighbour of the anchor; when
//! an anchor word and such a neighbour turn up together, and the run may hold the rarest word of the rest, the rest
//! is tried backwards and forwards from there. Words that follow each other in a form must be parted by no more
//! than a soft gap; a `..` may also cross commas, never a break.

use serde::{Deserialize, Serialize};

use super::dictionary::{Anchors, WordClass};
use super::filing::Filing;
use super::index::{Index, Neighbours};
use super::sequence::{GAP, Sequences};
use super::side::Side;
use super::tape::Word;
pub(crate) use super::tape::WordRun;
use crate::token::Gap;

/// A form found: which, and from which word to which (inclusive).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// What the form was filed with.
    pub(crate) payload: u32,
    /// Which sequence it was.
    sequence: u32,
    /// Index of the first word.
    pub(crate) first: usize,
    /// Index of the last word.
    pub(crate) last: usize,
    /// Which words between them are the form's own, not under a gap: bit 0 is the first.
    pub(crate) own: u64,
    /// Where its sequence stands in the order of those with the same anchor.
    order: u32,
}

impl Found {
    /// What is filed there, found from the first to the last of these words, of which `own` are its own.
    fn new(filing: &Filing, (first, last): (usize, usize), own: u64) -> Self {
        let Filing { sequence, payload, .. } = *filing;
        Self { payload, sequence, first, last, own, order: filing.place() }
    }
}

/// A flat sequence of word choices as it was filed.
#[derive(Debug)]
pub(crate) struct Sequence<'s> {
    /// What its form was filed with.
    pub(crate) payload: u32,
    /// Index of the slot that it is filed under.
    pub(crate) anchor: usize,
    /// The words of each slot; `None` is a gap.
    pub(crate) slots: Vec<Option<&'s [WordClass]>>,
}

/// A set of forms to look for together.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct PatternSet {
    sequences: Sequences,
    index: Index,
    /// The bit by which words tell that they are an anchor of this set.
    bit: Anchors,
}

impl PatternSet {
    /// A set of filed sequences whose anchors have this bit.
    pub(super) fn new((sequences, index): (Sequences, Index), bit: Anchors) -> Self {
        Self { sequences, index, bit }
    }

    /// Notes the set's anchors among those of other sets, by class.
    pub(super) fn note_anchors(&self, anchors: &mut Vec<Anchors>) {
        for class in self.index.classes() {
            let class = usize::from(class);
            if anchors.len() <= class {
                anchors.resize(class + 1, 0);
            }
            anchors[class] |= self.bit;
        }
    }

    /// Every sequence of every form.
    pub(crate) fn sequences(&self) -> impl Iterator<Item = Sequence<'_>> {
        let all = &self.sequences;
        let words = |item: &u32| if *item == GAP { None } else { Some(all.choice(*item)) };
        (0..all.len()).map(move |number| Sequence {
            payload: all.payload(number),
            anchor: all.anchor(number),
            slots: all.items(number).iter().map(words).collect(),
        })
    }

    /// Classes that some form is filed under.
    #[cfg(test)]
    pub(crate) fn anchors(&self) -> Vec<WordClass> {
        self.index.classes().collect()
    }

    /// Appends every form found in the run, in order of the anchors' places.
    pub(crate) fn find(&self, run: &WordRun<'_>, out: &mut Vec<Found>) {
        self.find_where(run, |_| true, out);
    }

    /// As [`PatternSet::find`], of the forms whose payload is `wanted`.
    pub(crate) fn find_where(&self, run: &WordRun<'_>, wanted: impl Fn(u32) -> bool, out: &mut Vec<Found>) {
        // Which classes stand in the run, once that is asked.
        let mut words = None;
        for (at, word) in run.tokens.iter().enumerate() {
            if word.anchors & self.bit == 0 {
                continue;
            }
            let Some(anchor) = self.index.anchor(word.class) else { continue };
            let from = out.len();
            for filing in self.index.alone(anchor) {
                if wanted(filing.payload) {
                    out.push(Found::new(filing, (at, at), 1));
                }
            }
            let mut try_with = |neighbours: &Neighbours, other: usize| {
                let pair = (at.min(other), at.max(other));
                let own = 1 | 1 << (pair.1 - pair.0);
                for filing in self.index.with(neighbours, run.tokens[other].class) {
                    if !wanted(filing.payload) {
                        continue;
                    }
                    let Some(needed) = filing.needed() else {
                        out.push(Found::new(filing, pair, own));
                        continue;
                    };
                    // Most sequences need a word that stands nowhere in the run.
                    if self.sequences.may_meet(needed, words.get_or_insert_with(|| run.filter()))
                        && let Some((words, own)) =
                            self.stretch(run, filing.sequence as usize, neighbours.side, pair, own)
                    {
                        out.push(Found::new(filing, words, own));
                    }
                }
            };
            for neighbours in self.index.sides(anchor) {
                let may_be = |word: &Word| neighbours.filter.may_hold(word.folded);
                match neighbours.side {
                    Side::Next => {
                        let next = at + 1;
                        if run.tokens.get(next).is_some_and(|word| word.gap == Gap::Soft && may_be(word)) {
                            try_with(neighbours, next);
                        }
                    }
                    Side::Before => {
                        if at > 0 && word.gap == Gap::Soft && may_be(&run.tokens[at - 1]) {
                            try_with(neighbours, at - 1);
                        }
                    }
                    Side::Later => {
                        for (other, _) in run.within_gap_after(at).filter(|(_, word)| may_be(word)) {
                            try_with(neighbours, other);
                        }
                    }
                    Side::Earlier => {
                        for (other, _) in run.within_gap_before(at).filter(|(_, word)| may_be(word)) {
                            try_with(neighbours, other);
                        }
                    }
                }
            }
            if out.len() > from {
                settle(out, from);
            }
        }
    }

    /// The first and the last word of a sequence, and its own words between them, around the words `first` and `last`: these
    /// are its anchor and the neighbour on this side, and `own` says that they are its own.
    fn stretch(
        &self,
        run: &WordRun<'_>,
        sequence: usize,
        side: Side,
        (first, last): (usize, usize),
        own: u64,
    ) -> Option<((usize, usize), u64)> {
        let items = self.sequences.items(sequence);
        let known = side.reach(self.sequences.anchor(sequence));
        let (last, own) = self.forward(run, &items[known.1 + 1..], (first, last), own)?;
        let (first, own) = self.backward(run, &items[..known.0], first, own)?;
        Some(((first, last), own))
    }

    /// Whether the word is of this choice.
    #[inline]
    fn holds(&self, choice: u32, word: &Word) -> bool {
        self.sequences.may_hold(choice, word.folded) && self.sequences.holds(choice, word.class)
    }

    /// Matches `items` after the word `last`, of which and of those from `first` on `own` are matched; the index of the
    /// last word matched, and the matched ones from `first` on.
    fn forward(
        &self,
        run: &WordRun<'_>,
        mut items: &[u32],
        (first, mut last): (usize, usize),
        mut own: u64,
    ) -> Option<(usize, u64)> {
        loop {
            let (next, rest) = match items {
                [] => return Some((last, own)),
                [GAP, choice, rest @ ..] => {
                    return run
                        .within_gap_after(last)
                        .filter(|(_, word)| *choice != GAP && self.holds(*choice, word))
                        .find_map(|(next, _)| {
                            self.forward(run, rest, (first, next), own | shifted(1, next - first))
                        });
                }
                [choice, rest @ ..] => {
                    let next = last + 1;
                    let word = run.tokens.get(next)?;
                    if *choice == GAP || word.gap != Gap::Soft || !self.holds(*choice, word) {
                        return None;
                    }
                    (next, rest)
                }
            };
            (last, items, own) = (next, rest, own | shifted(1, next - first));
        }
    }

    /// Matches `items` before the word `first`, from which on `own` words are matched; the index of the first word
    /// matched, and the matched ones from there on.
    fn backward(
        &self,
        run: &WordRun<'_>,
        mut items: &[u32],
        mut first: usize,
        mut own: u64,
    ) -> Option<(usize, u64)> {
        loop {
            items = match items {
                [] => return Some((first, own)),
                [rest @ .., choice, GAP] => {
                    return run
                        .within_gap_before(first)
                        .filter(|(_, word)| *choice != GAP && self.holds(*choice, word))
                        .find_map(|(before, _)| {
                            self.backward(run, rest, before, shifted(own, first - before) | 1)
                        });
                }
                [rest @ .., choice] => {
                    let word = &run.tokens[first.checked_sub(1)?];
                    if *choice == GAP || run.tokens[first].gap != Gap::Soft || !self.holds(*choice, word) {
                        return None;
                    }
                    rest
                }
            };
            (first, own) = (first - 1, own << 1 | 1);
        }
    }
}

/// Puts what was found around one anchor in order and drops what is found already: of one sequence found twice
/// around the same words the narrower stays, and of equal finds one.
fn settle(out: &mut Vec<Found>, from: usize) {
    if let [only] = &out[from..]
        && only.first == only.last
    {
        // A form of one word is found at its own anchor alone.
        return;
    }
    if out.len() > from + 1 {
        // A gap may lead to several words that fit: the nearest is meant, and of a sequence it was found first.
        out[from..].sort_by_key(|found| (found.order, found.last - found.first));
    }
    let mut kept = from;
    let mut last = None;
    for next in from..out.len() {
        let found = out[next];
        if last != Some(found.order) && is_new(&mut out[..kept], found) {
            out[kept] = found;
            kept += 1;
        }
        last = Some(found.order);
    }
    out.truncate(kept);
}

/// Whether a find is neither known nor a wider or narrower one of the same sequence; a wider one it replaces.
fn is_new(known: &mut [Found], found: Found) -> bool {
    let within = |inner: &Found, outer: &Found| outer.first <= inner.first && inner.last <= outer.last;
    // One sequence has one payload.
    for known in known.iter_mut().filter(|known| known.payload == found.payload) {
        if (known.first, known.last) == (found.first, found.last) {
            return false;
        }
        if known.sequence == found.sequence && within(known, &found) {
            return false;
        }
        if known.sequence == found.sequence && within(&found, known) {
            *known = found;
            return false;
        }
    }
    true
}

/// The words `own` seen from `by` words before; those more than 63 words off are let go.
fn shifted(own: u64, by: usize) -> u64 {
    u32::try_from(by).ok().and_then(|by| own.checked_shl(by)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::dictionary::Entries;
    use super::super::filed::Filed;
    use super::super::form::{Classes, Forms};
    use super::super::tape::Tape;
    use super::super::words::Words;
    use super::*;
    use crate::span::Span;

    #[test]
    fn forms_are_found_inflected_and_across_gaps_but_not_across_breaks() {
        const CASES: &[(&str, &str, Option<&str>)] = &[
            ("inflected", "Prioritised the new features", Some("Prioritised the new features")),
            ("soft hyphen", "go to market", Some("go to market")),
            ("comma inside a fixed form", "go, to market", None),
            (
                "comma inside a gap",
                "prioritise, refine and ship features",
                Some("prioritise, refine and ship features"),
            ),
            ("break inside a gap", "prioritise. Then ship features", None),
            ("too far", "prioritise one two three four five features", None),
            ("nearest verb", "prioritise what we prioritise as features", Some("prioritise as features")),
        ];
        let mut entries = Entries::default();
        let (mut forms, mut filed) = (Forms::new(Classes::new()), Filed::default());
        for form in ["prioritise .. feature", "go-to-market"] {
            filed.add(form, 7, &mut forms, &Words::default(), &mut entries).unwrap();
        }
        let (dictionary, by_entry) = entries.compile();
        let set = PatternSet::new(filed.compile(&by_entry), 1);
        let mut anchors = Vec::new();
        set.note_anchors(&mut anchors);
        let dictionary = dictionary.with_anchors(anchors);
        for (name, text, expected) in CASES {
            let mut tape = Tape::default();
            let words = tape.read(text, Span::new(0, text.len()), &dictionary);
            let run = tape.run(words);
            let mut found = Vec::new();
            set.find(&run, &mut found);
            let words =
                |hit: &Found| Span::new(run.tokens[hit.first].span.start, run.tokens[hit.last].span.end);
            let shown = found.first().map(|hit| words(hit).slice(text));
            assert_eq!(shown, *expected, "{name}");
        }
    }
}
