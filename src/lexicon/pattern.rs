//! Finds forms in a run of words.
//!
//! Every sequence is filed under its anchor, the rarest of its slots; when an anchor word turns up, the rest of
//! the sequence is tried backwards and forwards from there. Words that follow each other in a form must be
//! parted by no more than a soft gap; a `..` may also cross commas, never a break.

use rustc_hash::FxHashMap;

use super::dictionary::{Dictionary, WordId};
use super::form::{self, Classes, Slot};
use super::words::Words;
use crate::token::{Gap, Token};

/// Most words that `..` may stand for.
const GAP_WORDS: usize = 4;

/// The words of one clause with the entries that they stand for.
#[derive(Debug, Default)]
pub(crate) struct WordRun<'d> {
    /// Place and gap of each word.
    pub(crate) tokens: Vec<Token>,
    /// Entries of each word.
    pub(crate) entries: Vec<&'d [WordId]>,
}

impl<'d> WordRun<'d> {
    /// Forgets the words and reads those of `text[span]`.
    pub(crate) fn read(&mut self, text: &str, span: crate::span::Span, dictionary: &'d Dictionary) {
        self.tokens.clear();
        self.entries.clear();
        crate::token::cut(text, span, &mut self.tokens);
        self.entries.extend(self.tokens.iter().map(|token| dictionary.look_up(token.span.slice(text))));
    }
}

/// A form found: which, and from which word to which (inclusive).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// What the form was filed with.
    pub(crate) payload: u32,
    /// Which sequence of the form it was.
    pattern: u32,
    /// Index of the first word.
    pub(crate) first: usize,
    /// Index of the last word.
    pub(crate) last: usize,
    /// Which words between them are the form's own, not under a gap: bit 0 is the first.
    pub(crate) own: u64,
}

#[derive(Debug)]
enum Item {
    Any(Box<[WordId]>),
    Gap,
}

#[derive(Debug)]
struct Pattern {
    items: Box<[Item]>,
    anchor: usize,
    payload: u32,
}

/// A flat sequence of word choices as it was filed.
#[derive(Debug)]
pub(crate) struct Sequence<'s> {
    /// What its form was filed with.
    pub(crate) payload: u32,
    /// Index of the slot that it is filed under.
    pub(crate) anchor: usize,
    /// The words of each slot; `None` is a gap.
    pub(crate) slots: Vec<Option<&'s [WordId]>>,
}

/// A set of forms to look for together.
#[derive(Debug, Default)]
pub(crate) struct PatternSet {
    patterns: Vec<Pattern>,
    by_anchor: FxHashMap<WordId, Vec<u32>>,
}

impl PatternSet {
    /// Adds a form that reports `payload` when found.
    pub(crate) fn add(
        &mut self,
        form: &str,
        payload: u32,
        classes: &Classes,
        words: &Words,
        dictionary: &mut Dictionary,
    ) -> Result<(), String> {
        for sequence in form::sequences(form, classes)? {
            let mut items = Vec::with_capacity(sequence.len());
            for slot in &sequence {
                items.push(match slot {
                    Slot::Gap => Item::Gap,
                    Slot::Words(choices) => {
                        let ids: Option<Vec<WordId>> =
                            choices.iter().map(|word| dictionary.entry(word, words)).collect();
                        let mut ids = ids.ok_or("the lexicon holds too many different words")?;
                        ids.sort_unstable();
                        ids.dedup();
                        Item::Any(ids.into_boxed_slice())
                    }
                });
            }
            self.file(items.into_boxed_slice(), payload, &sequence);
        }
        Ok(())
    }

    /// Files a sequence under its anchor: the slot with the fewest choices, the longest word, the last place.
    fn file(&mut self, items: Box<[Item]>, payload: u32, sequence: &[Slot]) {
        let rarity = |slot: &Slot| match slot {
            Slot::Gap => None,
            Slot::Words(words) => Some((std::cmp::Reverse(words.len()), words.iter().map(String::len).min())),
        };
        let anchor = sequence
            .iter()
            .enumerate()
            .filter(|(_, slot)| matches!(slot, Slot::Words(_)))
            .max_by_key(|(_, slot)| rarity(slot))
            .map_or(0, |(index, _)| index);
        let index = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX);
        if let Item::Any(ids) = &items[anchor] {
            for &id in ids {
                self.by_anchor.entry(id).or_default().push(index);
            }
        }
        self.patterns.push(Pattern { items, anchor, payload });
    }

    /// Every sequence of every form.
    pub(crate) fn sequences(&self) -> impl Iterator<Item = Sequence<'_>> {
        self.patterns.iter().map(|pattern| Sequence {
            payload: pattern.payload,
            anchor: pattern.anchor,
            slots: pattern
                .items
                .iter()
                .map(|item| match item {
                    Item::Any(ids) => Some(&**ids),
                    Item::Gap => None,
                })
                .collect(),
        })
    }

    /// Entries that some form is filed under.
    #[cfg(test)]
    pub(crate) fn anchors(&self) -> Vec<WordId> {
        let mut all: Vec<WordId> = self.by_anchor.keys().copied().collect();
        all.sort_unstable();
        all
    }

    /// Appends every form found in the run, in order of the anchors' places.
    pub(crate) fn find(&self, run: &WordRun<'_>, out: &mut Vec<Found>) {
        for at in 0..run.tokens.len() {
            for id in run.entries[at] {
                for &index in self.by_anchor.get(id).into_iter().flatten() {
                    let pattern = &self.patterns[index as usize];
                    let (before, after) =
                        (&pattern.items[..pattern.anchor], &pattern.items[pattern.anchor + 1..]);
                    let Some((last, own)) = forward(run, after, at) else { continue };
                    let Some((first, own)) = backward(run, before, at, own) else { continue };
                    push_tightest(out, Found { payload: pattern.payload, pattern: index, first, last, own });
                }
            }
        }
    }
}

/// Keeps of one sequence found twice around the same words the narrower, and of equal finds one.
fn push_tightest(out: &mut Vec<Found>, found: Found) {
    let within = |inner: &Found, outer: &Found| outer.first <= inner.first && inner.last <= outer.last;
    for known in out.iter_mut() {
        if known.payload == found.payload && (known.first, known.last) == (found.first, found.last) {
            return;
        }
        if known.pattern == found.pattern && within(known, &found) {
            return;
        }
        if known.pattern == found.pattern && within(&found, known) {
            *known = found;
            return;
        }
    }
    out.push(found);
}

fn holds(run: &WordRun<'_>, at: usize, ids: &[WordId]) -> bool {
    run.entries[at].iter().any(|id| ids.binary_search(id).is_ok())
}

/// Matches `items` after the word at `at`; the index of the last word matched, and the matched ones from `at` on.
fn forward(run: &WordRun<'_>, items: &[Item], at: usize) -> Option<(usize, u64)> {
    let step = |next: usize, rest: &[Item]| {
        let (last, own) = forward(run, rest, next)?;
        Some((last, shifted(own, next - at) | 1))
    };
    match items {
        [] => Some((at, 1)),
        [Item::Any(ids), rest @ ..] => {
            let next = at + 1;
            let fits = next < run.tokens.len() && run.tokens[next].gap == Gap::Soft && holds(run, next, ids);
            if fits { step(next, rest) } else { None }
        }
        [Item::Gap, Item::Any(ids), rest @ ..] => (at + 1..run.tokens.len().min(at + 2 + GAP_WORDS))
            .take_while(|&next| run.tokens[next].gap < Gap::Break)
            .filter(|&next| holds(run, next, ids))
            .find_map(|next| step(next, rest)),
        [Item::Gap, ..] => None,
    }
}

/// Matches `items` before the word at `at`, from which on `own` words are matched; the index of the first word
/// matched, and the matched ones from there on.
fn backward(run: &WordRun<'_>, items: &[Item], at: usize, own: u64) -> Option<(usize, u64)> {
    let step = |before: usize, rest: &[Item]| backward(run, rest, before, shifted(own, at - before) | 1);
    match items {
        [] => Some((at, own)),
        [rest @ .., Item::Any(ids)] => {
            let fits = at > 0 && run.tokens[at].gap == Gap::Soft && holds(run, at - 1, ids);
            if fits { step(at - 1, rest) } else { None }
        }
        [rest @ .., Item::Any(ids), Item::Gap] => (at.saturating_sub(GAP_WORDS + 1)..at)
            .rev()
            .take_while(|&before| run.tokens[before + 1].gap < Gap::Break)
            .filter(|&before| holds(run, before, ids))
            .find_map(|before| step(before, rest)),
        [.., Item::Gap] => None,
    }
}

/// The words `own` seen from `by` words before; those more than 63 words off are let go.
fn shifted(own: u64, by: usize) -> u64 {
    u32::try_from(by).ok().and_then(|by| own.checked_shl(by)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
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
        let words = Words::default();
        let mut dictionary = Dictionary::default();
        let mut set = PatternSet::default();
        for form in ["prioritise .. feature", "go-to-market"] {
            set.add(form, 7, &Classes::new(), &words, &mut dictionary).unwrap();
        }
        for (name, text, expected) in CASES {
            let mut run = WordRun::default();
            run.read(text, Span::new(0, text.len()), &dictionary);
            let mut found = Vec::new();
            set.find(&run, &mut found);
            let words =
                |hit: &Found| Span::new(run.tokens[hit.first].span.start, run.tokens[hit.last].span.end);
            let shown = found.first().map(|hit| words(hit).slice(text));
            assert_eq!(shown, *expected, "{name}");
        }
    }
}
