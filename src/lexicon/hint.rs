//! Single words that lean: `hints.toml`.
//!
//! A word such as "sprint" or "battlecard" proves nothing, and no duty is counted for it. But the words that duties
//! and requirements are told in, taken together, say which trade is speaking when no term names the work.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::dictionary::{Anchors, Entries, LEANS, UNKNOWN, WordClass, WordId};
use super::error::LexiconError;
use super::file::{HintsFile, Lean};
use super::words::Words;

/// The words of a lexicon that lean, by the class of the written word.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Hints {
    leans: Vec<Lean>,
    /// For each class the number of its row plus one; 0 for words that do not lean.
    of: Vec<u16>,
}

impl Hints {
    /// What a word of this class leans towards, with the number of its row.
    pub(crate) fn lean(&self, class: WordClass) -> Option<(usize, Lean)> {
        let row = usize::from(*self.of.get(usize::from(class))?).checked_sub(1)?;
        Some((row, *self.leans.get(row)?))
    }

    /// Notes the classes that lean, by class.
    pub(super) fn note(&self, anchors: &mut Vec<Anchors>) {
        anchors.resize(anchors.len().max(self.of.len()), 0);
        for (noted, _) in anchors.iter_mut().zip(&self.of).filter(|(_, row)| **row != 0) {
            *noted |= LEANS;
        }
    }

    /// Files the leans under the classes of a compiled dictionary.
    pub(super) fn new(entered: Entered, by_entry: &[Vec<(WordClass, usize)>]) -> Self {
        let mut hints = Self { leans: entered.leans, of: Vec::new() };
        for (entry, row) in entered.words {
            let index = u16::try_from(row + 1).unwrap_or(0);
            for &(class, _) in by_entry.get(usize::from(entry)).into_iter().flatten() {
                let class = usize::from(class);
                if hints.of.len() <= class {
                    hints.of.resize(class + 1, UNKNOWN);
                }
                hints.of[class] = index;
            }
        }
        hints
    }
}

/// The rows of the file, and the dictionary's entries of their words.
#[derive(Debug, Default)]
pub(super) struct Entered {
    leans: Vec<Lean>,
    words: Vec<(WordId, usize)>,
}

/// Enters the written words of the file into the dictionary.
pub(super) fn enter(
    file: &HintsFile,
    text: &str,
    words: &Words,
    entries: &mut Entries,
) -> Result<Entered, Box<LexiconError>> {
    let mut first: BTreeMap<&str, std::ops::Range<usize>> = BTreeMap::new();
    let mut entered = Entered::default();
    for (key, lean) in &file.lean {
        for word in key.get_ref().split_whitespace() {
            let wrong = |message: String, mut spans: Vec<std::ops::Range<usize>>| {
                spans.push(key.span());
                Err(LexiconError::new("hints.toml", text, message, &spans))
            };
            if word.chars().any(|letter| letter.is_uppercase() || !letter.is_alphanumeric()) {
                return wrong(format!("\"{word}\" must be one word in lower case"), Vec::new());
            }
            if let Some(span) = first.insert(word, key.span()) {
                return wrong(format!("\"{word}\" is listed twice"), vec![span]);
            }
            let Some(entry) = entries.entry(&format!("={word}"), words) else {
                return wrong("there are too many words in the lexicon".to_owned(), Vec::new());
            };
            entered.words.push((entry, entered.leans.len()));
        }
        entered.leans.push(*lean);
    }
    Ok(entered)
}
