//! Gathers the sequences of forms while a lexicon is compiled, and chooses the word under which each is filed.

use std::cmp::Reverse;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::dictionary::{Entries, WordClass, WordId};
use super::filter::Filter;
use super::form::{Forms, Slot};
use super::index::Index;
use super::sequence::{GAP, Sequences, length};
use super::spread;
use super::words::Words;

/// A sequence as a lexicon file gave it, slots by number; `None` is a gap.
#[derive(Debug)]
struct Flat {
    slots: Vec<Option<u32>>,
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
            self.sequences.push(Flat { slots, payload });
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
            spread::sort(&mut classes);
            sequences.filters.push(Filter::of(&classes));
            sequences.classes.extend(classes);
            sequences.choices.push(length(&sequences.classes));
        }
        let mut order = Vec::new();
        for (Flat { slots, payload }, number) in self.sequences.iter().zip(0_u32..) {
            // The rarest slot, of equals the last.
            let rarity = |index: &usize| slots[*index].map(|slot| self.choices[slot as usize].rarity);
            let anchor = (0..slots.len()).max_by_key(rarity).unwrap_or(0);
            sequences.items.extend(slots.iter().map(|slot| slot.unwrap_or(GAP)));
            sequences.starts.push(length(&sequences.items));
            sequences.anchors.push(u16::try_from(anchor).unwrap_or(0));
            sequences.payloads.push(*payload);
            let anchor = slots[anchor].map(|slot| &self.choices[slot as usize]);
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
