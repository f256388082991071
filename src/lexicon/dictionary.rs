//! Knows every word that some form uses, and which entries each way of writing it stands for.
//!
//! `positioning` may stand for the noun and for an inflection of `position`, so a written word leads to a
//! short list of entries.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::words::Words;

/// A word of the forms, as a number.
pub(crate) type WordId = u16;

/// Longest written word that can be known, in bytes; longer ones are unknown at once.
const LONGEST: usize = 32;

/// Written words and the entries they stand for.
#[derive(Debug, Default)]
pub(crate) struct Dictionary {
    entries: FxHashMap<String, WordId>,
    written: FxHashMap<Box<[u8]>, Vec<WordId>>,
}

impl Dictionary {
    /// The entry of a form's word, made on first use. `None` when there are too many words.
    pub(crate) fn entry(&mut self, word: &str, words: &Words) -> Option<WordId> {
        if let Some(&id) = self.entries.get(word) {
            return Some(id);
        }
        let id = WordId::try_from(self.entries.len()).ok()?;
        self.entries.insert(word.to_owned(), id);
        let mut spellings = words.inflect(word);
        if word == "and" {
            spellings.insert("&".to_owned());
        }
        for spelling in spellings {
            self.written.entry(spelling.into_bytes().into_boxed_slice()).or_default().push(id);
        }
        Some(id)
    }

    /// The entries that a written word stands for, whatever its case.
    pub(crate) fn look_up(&self, written: &str) -> &[WordId] {
        let bytes = written.as_bytes();
        if bytes.len() > LONGEST {
            return &[];
        }
        let mut lower = [0_u8; LONGEST];
        let lower = &mut lower[..bytes.len()];
        lower.copy_from_slice(bytes);
        lower.make_ascii_lowercase();
        self.written.get(&*lower).map_or(&[], Vec::as_slice)
    }

    /// Every way to write each entry, sorted.
    pub(crate) fn all_spellings(&self) -> BTreeMap<WordId, Vec<&str>> {
        let mut all: BTreeMap<WordId, Vec<&str>> = BTreeMap::new();
        #[expect(clippy::iter_over_hash_type, reason = "every list is sorted below")]
        for (written, ids) in &self.written {
            for id in ids {
                all.entry(*id).or_default().extend(std::str::from_utf8(written));
            }
        }
        for spellings in all.values_mut() {
            spellings.sort_unstable();
        }
        all
    }
}
