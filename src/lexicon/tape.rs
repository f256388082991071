//! The words of a text as matching sees them: where they stand, what they stand for, and how far a gap reaches.

use std::ops::Range;

use super::dictionary::{Anchors, Dictionary, Known, LEANS, WordClass};
use super::filter::{Filter, fold};
use super::kind::Kinds;
use crate::span::Span;
use crate::token::{self, Gap};

/// Most words that `..` may stand for.
const GAP_WORDS: usize = 4;

/// A word of a text, with what the lexicon knows of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Bytes of the word in the text.
    pub(crate) span: Span,
    /// What stands before it.
    pub(crate) gap: Gap,
    /// What it stands for.
    pub(crate) class: WordClass,
    /// In which sets of forms it is an anchor, and whether it leans.
    pub(super) anchors: Anchors,
    /// The class as filters take it.
    pub(super) folded: u8,
    /// What it says of how a clause is built.
    pub(crate) kinds: Kinds,
}

impl Word {
    /// Whether it is among the words that lean.
    pub(crate) fn leans(&self) -> bool {
        self.anchors & LEANS != 0
    }
}

/// The words of a text, one stretch after another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tape {
    words: Vec<Word>,
}

impl Tape {
    /// Appends the words of `text[span]`; the range is where they now stand.
    pub(crate) fn read(&mut self, text: &str, span: Span, dictionary: &Dictionary) -> Range<usize> {
        let first = self.words.len();
        let bytes = text.as_bytes();
        let words = &mut self.words;
        token::each(text, span, |token, key| {
            let Known { class, anchors, kinds } = match key {
                Some(key) => dictionary.look_up_key(key),
                None => dictionary.look_up(bytes, token.span.start, token.span.end),
            };
            words.push(Word { span: token.span, gap: token.gap, class, anchors, folded: fold(class), kinds });
        });
        first..self.words.len()
    }

    /// The words of one stretch.
    pub(crate) fn run(&self, range: Range<usize>) -> WordRun<'_> {
        WordRun { tokens: &self.words[range] }
    }

    /// Makes room for so many words.
    pub(crate) fn reserve(&mut self, words: usize) {
        self.words.reserve(words);
    }

    /// Forgets all words.
    pub(crate) fn clear(&mut self) {
        self.words.clear();
    }
}

/// The words of one clause.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordRun<'t> {
    /// One after another.
    pub(crate) tokens: &'t [Word],
}

impl WordRun<'_> {
    /// Which classes the words may have.
    pub(crate) fn filter(&self) -> Filter {
        let mut filter = Filter::default();
        for word in self.tokens {
            filter.put(word.folded);
        }
        filter
    }

    /// The words after the one at `at` that a gap may lead to, nearest first: across no break, and at most all that the
    /// gap may stand for and the one behind them.
    #[inline]
    pub(super) fn within_gap_after(&self, at: usize) -> impl Iterator<Item = (usize, &Word)> {
        let words = &self.tokens[at + 1..(at + GAP_WORDS + 2).min(self.tokens.len())];
        (at + 1..).zip(words).take_while(|(_, word)| word.gap != Gap::Break)
    }

    /// The words before the one at `at` that a gap may lead to, nearest first.
    #[inline]
    pub(super) fn within_gap_before(&self, at: usize) -> impl Iterator<Item = (usize, &Word)> {
        let first = at.saturating_sub(GAP_WORDS + 1);
        let pairs = (first..at).zip(self.tokens[first..=at].windows(2)).rev();
        pairs.take_while(|(_, pair)| pair[1].gap != Gap::Break).map(|(before, pair)| (before, &pair[0]))
    }
}
