//! The words of a text as matching sees them: where they stand, what they stand for, and how far a gap reaches.

use std::iter::Rev;
use std::ops::Range;

use super::dictionary::{Dictionary, WordClass};
use super::filter::Filter;
use crate::span::Span;
use crate::token::{self, Gap};

/// Most words that `..` may stand for.
const GAP_WORDS: u8 = 4;

/// A word of a text, with what the lexicon knows of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Bytes of the word in the text.
    pub(crate) span: Span,
    /// What stands before it.
    pub(crate) gap: Gap,
    /// What it stands for.
    pub(crate) class: WordClass,
    /// How many words before it a gap may lead to.
    back: u8,
    /// How many words after it a gap may lead to.
    ahead: u8,
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
        let mut reach = None;
        token::each(text, span, |token| {
            let back = reach.map_or(0, |back| reached(back, token.gap));
            reach = Some(back);
            let class = dictionary.look_up(bytes, token.span.start, token.span.end);
            self.words.push(Word { span: token.span, gap: token.gap, class, back, ahead: 0 });
        });
        let mut ahead = 0;
        for word in self.words[first..].iter_mut().rev() {
            word.ahead = ahead;
            ahead = reached(ahead, word.gap);
        }
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

/// How many words a gap may lead to that has one word more to go over than one that leads to `words`: none across a
/// break, and at most all that it may stand for and the one behind them.
fn reached(words: u8, gap: Gap) -> u8 {
    if gap == Gap::Break { 0 } else { (words + 1).min(GAP_WORDS + 1) }
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
            filter.insert(word.class);
        }
        filter
    }

    /// The words after the one at `at` that a gap may lead to, nearest first.
    pub(super) fn within_gap_after(&self, at: usize) -> Range<usize> {
        at + 1..at + 1 + usize::from(self.tokens[at].ahead)
    }

    /// The words before the one at `at` that a gap may lead to, nearest first.
    pub(super) fn within_gap_before(&self, at: usize) -> Rev<Range<usize>> {
        (at - usize::from(self.tokens[at].back)..at).rev()
    }
}
