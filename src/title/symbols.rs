//! The words that a table of titles knows: their numbers, their traits, what they are written as.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::pattern::{ASIDE, BREAK, JOIN, Symbol, UNKNOWN};

/// What the tables say of one word; a word may be several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Traits(u16);

impl Traits {
    pub(super) const TRIGGER: Self = Self(1);
    pub(super) const NOISE: Self = Self(1 << 1);
    pub(super) const AFTER_NUMBER: Self = Self(1 << 2);
    pub(super) const ASIDE_WORD: Self = Self(1 << 3);
    pub(super) const COMPANY: Self = Self(1 << 4);
    pub(super) const ALONE: Self = Self(1 << 5);
    pub(super) const BESIDE: Self = Self(1 << 6);
    pub(super) const LEVEL: Self = Self(1 << 7);
    pub(super) const LEADING: Self = Self(1 << 8);
    pub(super) const TRAILING: Self = Self(1 << 9);
    pub(super) const VOID: Self = Self(1 << 10);

    /// Whether any of the traits of `other` is there.
    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The traits of both.
    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The words that the tables know, numbered, with what they say of each.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Known", into = "Known")]
pub(super) struct Symbols {
    by_word: FxHashMap<Box<str>, Symbol>,
    known: Known,
}

/// What is known of the words, by number.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Known {
    words: Vec<Box<str>>,
    traits: Vec<Traits>,
    /// By first symbol: phrases that are written otherwise, longest first.
    rewrites: Vec<Vec<(Vec<Symbol>, Vec<Symbol>)>>,
    /// Beginnings of words that are reference numbers when digits follow.
    references: Vec<Box<str>>,
}

impl From<Known> for Symbols {
    fn from(known: Known) -> Self {
        Self { by_word: known.words.iter().cloned().zip(0..).collect(), known }
    }
}

impl From<Symbols> for Known {
    fn from(symbols: Symbols) -> Self {
        symbols.known
    }
}

impl Symbols {
    /// No words but the reserved ones.
    pub(super) fn new() -> Self {
        let mut symbols = Self::default();
        for (reserved, word) in [(UNKNOWN, ""), (BREAK, ","), (JOIN, "&"), (ASIDE, "…")] {
            let symbol = symbols.add(word);
            debug_assert_eq!(symbol, reserved, "reserved symbols come first");
        }
        symbols
    }

    /// The number of `word`, a new one when it is new.
    pub(super) fn add(&mut self, word: &str) -> Symbol {
        if let Some(&symbol) = self.by_word.get(word) {
            return symbol;
        }
        let symbol = Symbol::try_from(self.known.words.len()).unwrap_or(UNKNOWN);
        self.by_word.insert(word.into(), symbol);
        self.known.words.push(word.into());
        self.known.traits.push(Traits::default());
        self.known.rewrites.push(Vec::new());
        symbol
    }

    /// The numbers of the words of `text`.
    pub(super) fn phrase(&mut self, text: &str) -> Vec<Symbol> {
        text.split_whitespace().map(|word| self.add(word)).collect()
    }

    /// Has the phrase `from` written as `to`.
    pub(super) fn rewrite(&mut self, from: &str, to: Vec<Symbol>) {
        let from = self.phrase(from);
        if let Some(&first) = from.first() {
            self.known.rewrites[first as usize].push((from, to));
        }
    }

    /// Gives every word the trait; a phrase of several words that is noise is rewritten to nothing.
    pub(super) fn mark(&mut self, words: &[String], traits: Traits) {
        for word in words {
            if traits == Traits::NOISE && word.contains(' ') {
                self.rewrite(word, Vec::new());
            } else {
                let symbol = self.add(word) as usize;
                self.known.traits[symbol] = self.known.traits[symbol].or(traits);
            }
        }
    }

    /// Puts longer phrases first and takes over the beginnings of reference numbers.
    pub(super) fn finish(&mut self, references: &[String]) {
        for phrases in &mut self.known.rewrites {
            phrases.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        }
        self.known.references = references.iter().map(|prefix| prefix.as_str().into()).collect();
    }

    /// The number of `word`, or [`UNKNOWN`].
    pub(super) fn get(&self, word: &str) -> Symbol {
        self.by_word.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// The word with that number.
    pub(super) fn word(&self, symbol: Symbol) -> &str {
        &self.known.words[symbol as usize]
    }

    /// What the tables say of a word.
    pub(super) fn traits(&self, symbol: Symbol) -> Traits {
        self.known.traits[symbol as usize]
    }

    /// The phrases that begin with `first` and what they are written as, longest first.
    pub(super) fn rewrites(&self, first: Symbol) -> &[(Vec<Symbol>, Vec<Symbol>)] {
        &self.known.rewrites[first as usize]
    }

    /// Whether `word` is a reference number such as `req1234`.
    pub(super) fn is_reference(&self, word: &str) -> bool {
        self.known.references.iter().any(|prefix| {
            word.strip_prefix(&**prefix)
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
        })
    }

    /// Whether `word` is a number, perhaps with its unit: `2024`, `1.5`, `150k`, `9am`.
    pub(super) fn is_number(&self, word: &str) -> bool {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        word.starts_with(|c: char| c.is_ascii_digit())
            && (unit.is_empty() || self.traits(self.get(unit)).any(Traits::AFTER_NUMBER))
    }
}
