//! Knows every word that some form uses, and what each way of writing it stands for.
//!
//! `positioning` may stand for the noun and for an inflection of `position`, so a written word leads to a short list
//! of entries. Written words with the same list are one [`WordClass`]: all that matching ever asks of a word. A look-up
//! is the hot spot of the whole program, so short words are compared as two integers and never as strings.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::kind::Kinds;
use super::packed;
use super::words::Words;
use crate::lanes::{self, SHORT};

/// A word of the forms, as a number.
pub(crate) type WordId = u16;

/// What a written word stands for; [`UNKNOWN`] for words that no form uses.
pub(crate) type WordClass = u16;

/// The class of every word that no form uses.
pub(crate) const UNKNOWN: WordClass = 0;

/// The sets of forms in which a class is an anchor, a bit each; and [`LEANS`].
pub(crate) type Anchors = u8;

/// The bit of classes that lean.
pub(super) const LEANS: Anchors = 1 << 7;

/// Longest written word that can be known, in bytes; longer ones are unknown at once.
const LONGEST: usize = 32;

/// Collects the words of forms while a lexicon is compiled.
#[derive(Debug, Default)]
pub(super) struct Entries {
    ids: FxHashMap<String, WordId>,
    written: FxHashMap<String, Vec<WordId>>,
}

impl Entries {
    /// The entry of a form's word, made on first use. `None` when there are too many words.
    pub(super) fn entry(&mut self, word: &str, words: &Words) -> Option<WordId> {
        if let Some(&id) = self.ids.get(word) {
            return Some(id);
        }
        let id = WordId::try_from(self.ids.len()).ok()?;
        self.ids.insert(word.to_owned(), id);
        let mut spellings = words.inflect(word);
        if word == "and" {
            spellings.insert("&".to_owned());
        }
        for spelling in spellings {
            self.written.entry(spelling).or_default().push(id);
        }
        // There are no more classes than written words, and they must be countable too.
        (self.written.len() < usize::from(WordClass::MAX)).then_some(id)
    }

    /// The dictionary, and for every entry its classes with the entry's place in the class's list.
    pub(super) fn compile(self) -> (Dictionary, Vec<Vec<(WordClass, usize)>>) {
        let mut classes: BTreeMap<&[WordId], WordClass> = BTreeMap::new();
        let mut by_entry = vec![Vec::new(); self.ids.len()];
        let mut all: Vec<(String, Vec<WordId>)> = self.written.into_iter().collect();
        all.sort_unstable();
        let mut written = Written::default();
        for (word, ids) in &all {
            let next = WordClass::try_from(classes.len() + 1).unwrap_or(UNKNOWN);
            let class = *classes.entry(ids).or_insert_with(|| {
                for (place, id) in ids.iter().enumerate() {
                    by_entry[usize::from(*id)].push((next, place));
                }
                next
            });
            written.push(word, class);
        }
        (written.into(), by_entry)
    }
}

/// Every known word with its class, in the alphabet's order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Written {
    /// The words without anything between.
    letters: String,
    /// Where each ends.
    #[serde(with = "packed")]
    ends: Vec<u32>,
    #[serde(with = "packed")]
    classes: Vec<WordClass>,
    /// In which sets of forms each class is an anchor.
    #[serde(with = "packed")]
    anchors: Vec<Anchors>,
}

impl Written {
    fn push(&mut self, word: &str, class: WordClass) {
        self.letters.push_str(word);
        self.ends.push(u32::try_from(self.letters.len()).unwrap_or(u32::MAX));
        self.classes.push(class);
    }

    /// The words with their classes.
    fn iter(&self) -> impl Iterator<Item = (&str, WordClass)> {
        let starts = std::iter::once(&0).chain(&self.ends);
        let words = starts.zip(&self.ends).map(|(&start, &end)| &self.letters[start as usize..end as usize]);
        words.zip(self.classes.iter().copied())
    }
}

/// Written words and the classes that they belong to.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub(crate) struct Dictionary {
    written: Written,
    /// Short words as integers, with what is known of them.
    short: Vec<([u64; 2], Known)>,
    /// Open addressing: 16 bits of a short word's hash, and its index plus one; 0 is free.
    slots: Vec<u32>,
    /// Words too long to be integers.
    long: FxHashMap<Vec<u8>, Known>,
}

/// What is known of a written word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    /// What it stands for.
    pub(super) class: WordClass,
    /// In which sets of forms that is an anchor.
    pub(super) anchors: Anchors,
    /// What it says of how a clause is built.
    pub(super) kinds: Kinds,
}

impl From<Dictionary> for Written {
    fn from(dictionary: Dictionary) -> Self {
        dictionary.written
    }
}

impl From<Written> for Dictionary {
    fn from(written: Written) -> Self {
        let mut short = Vec::with_capacity(written.ends.len());
        let mut long = FxHashMap::default();
        for (word, class) in written.iter() {
            let anchors = written.anchors.get(usize::from(class)).copied().unwrap_or(0);
            let known = Known { class, anchors, kinds: Kinds::default() };
            if word.len() > SHORT {
                long.insert(word.as_bytes().to_vec(), known);
            } else {
                short.push((lanes::key(word.as_bytes(), 0, word.len()), known));
            }
        }
        let room = short.len() + Kinds::words().count();
        let mut dictionary = Self { written, short, slots: vec![0; (room * 2).next_power_of_two()], long };
        for index in 0..dictionary.short.len() {
            dictionary.file(index);
        }
        for (word, kinds) in Kinds::words() {
            let key = lanes::key(word.as_bytes(), 0, word.len());
            let index = dictionary.index(key).unwrap_or_else(|| {
                dictionary.short.push((key, NOTHING));
                dictionary.file(dictionary.short.len() - 1);
                dictionary.short.len() - 1
            });
            dictionary.short[index].1.kinds.add(kinds);
        }
        dictionary
    }
}

/// What is known of words that no form uses.
const NOTHING: Known = Known { class: UNKNOWN, anchors: 0, kinds: Kinds::NONE };

impl Dictionary {
    /// Notes in which sets of forms each class is an anchor.
    pub(super) fn with_anchors(self, anchors: Vec<Anchors>) -> Self {
        Written { anchors, ..self.written }.into()
    }

    /// What the word `text[start..end]` stands for, whatever its case.
    pub(super) fn look_up(&self, text: &[u8], start: usize, end: usize) -> Known {
        if end - start > SHORT {
            return self.look_up_long(&text[start..end]);
        }
        self.look_up_key(lanes::key(text, start, end))
    }

    /// What the word with this [key](lanes::key) stands for.
    #[inline]
    pub(super) fn look_up_key(&self, key: [u64; 2]) -> Known {
        self.index(key).map_or(NOTHING, |index| self.short[index].1)
    }

    /// Where the short word with this key stands.
    #[inline]
    fn index(&self, key: [u64; 2]) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let (mut at, tag) = place(key, self.slots.len());
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                return None;
            }
            let index = (slot & !TAG) as usize;
            if slot & TAG == tag && self.short[index - 1].0 == key {
                return Some(index - 1);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    /// Files the short word that stands at `index`.
    fn file(&mut self, index: usize) {
        let (mut at, tag) = place(self.short[index].0, self.slots.len());
        while self.slots[at] != 0 {
            at = (at + 1) & (self.slots.len() - 1);
        }
        // There are fewer words than classes can be counted.
        self.slots[at] = tag | u32::try_from(index + 1).unwrap_or(0);
    }

    fn look_up_long(&self, word: &[u8]) -> Known {
        if word.len() > LONGEST {
            return NOTHING;
        }
        self.long.get(word.to_ascii_lowercase().as_slice()).copied().unwrap_or(NOTHING)
    }

    /// Every way to write a word of each class, sorted.
    pub(crate) fn all_spellings(&self) -> BTreeMap<WordClass, Vec<&str>> {
        let mut all: BTreeMap<WordClass, Vec<&str>> = BTreeMap::new();
        for (word, class) in self.written.iter() {
            all.entry(class).or_default().push(word);
        }
        all
    }
}

/// The bits of a slot that hold a part of the word's hash.
const TAG: u32 = 0xFFFF_0000;

/// Where the search for a key begins in a table of `size` slots, a power of two, and the tag of its slot.
fn place(key: [u64; 2], size: usize) -> (usize, u32) {
    let mixed = (key[0] ^ key[1].rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed >> 24) as usize & (size - 1), (mixed >> 32) as u32 & TAG)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_any_case_and_length_and_nothing_else_is() {
        let mut entries = Entries::default();
        let known = ["plan", "=pm", "r&d", "größe", "=exactlysixteenby", "=longerthansixteenbytes", "and"];
        for word in known {
            entries.entry(word, &Words::default()).unwrap();
        }
        let (dictionary, _) = entries.compile();
        let look_up = |word: &str| {
            // The bytes around a word must not matter.
            let text = format!("Zz{word}Zz and more than sixteen bytes");
            let inside = dictionary.look_up(text.as_bytes(), 2, 2 + word.len()).class;
            assert_eq!(inside, dictionary.look_up(word.as_bytes(), 0, word.len()).class, "{word}");
            inside
        };
        for word in ["plan", "PLANS", "Planned", "PM", "R&D", "größe", "Exactlysixteenby", "&"] {
            assert_ne!(look_up(word), UNKNOWN, "{word}");
        }
        assert_ne!(look_up("LongerThanSixteenBytes"), UNKNOWN);
        assert_eq!(look_up("Plan"), look_up("planning"));
        for word in ["pla", "plant", "p", "pl@n", "[\\", "exactlysixteenb", "longerthansixteenbyte", "r6d"] {
            assert_eq!(look_up(word), UNKNOWN, "{word}");
        }
        assert_eq!(look_up(&"x".repeat(200)), UNKNOWN);
    }

    #[test]
    fn words_have_their_kinds_whether_or_not_a_form_uses_them() {
        const CASES: &[(&str, Kinds, bool)] = &[
            ("to", Kinds::TO, true),
            ("To", Kinds::SUBJECT, true),
            ("&", Kinds::AND, true),
            ("ORGANISATION", Kinds::NO_OBJECT, true),
            ("too", Kinds::TO, false),
            ("role", Kinds::NO_OBJECT, false),
            ("an-unknown-word-that-is-long", Kinds::FIELD, false),
        ];
        let mut entries = Entries::default();
        for word in ["=to", "=role"] {
            entries.entry(word, &Words::default()).unwrap();
        }
        let (dictionary, _) = entries.compile();
        for &(word, list, on) in CASES {
            let known = dictionary.look_up(word.as_bytes(), 0, word.len());
            assert_eq!(known.kinds.has(list), on, "{word}");
            assert_eq!(known.class != UNKNOWN, ["to", "To", "role"].contains(&word), "{word}");
        }
    }
}
