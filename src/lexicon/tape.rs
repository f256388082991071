//! The words of a text as matching sees them: where they stand, what they stand for, and how far a gap reaches.

use std::iter::Rev;
use std::ops::Range;

use super::dictionary::{Dictionary, WordClass};
use super::filter::Filter;
use crate::span::Span;
use crate::token::{self, Gap, Token};

/// Most words that `..` may stand for.
const GAP_WORDS: u8 = 4;

/// The words of a text, one stretch after another, with what the lexicon knows of each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tape {
    tokens: Vec<Token>,
    classes: Vec<WordClass>,
    reaches: Vec<Reach>,
}

/// How many words a gap may lead over from a word, itself not counted.
#[derive(Clone, Copy, Debug, Default)]
struct Reach {
    /// Words before it.
    back: u8,
    /// Words after it.
    ahead: u8,
}

impl Reach {
    /// One word more, up to all that a gap may stand for and the one behind them; none across a break.
    fn longer(words: u8, gap: Gap) -> u8 {
        if gap == Gap::Break { 0 } else { (words + 1).min(GAP_WORDS + 1) }
    }
}

impl Tape {
    /// Appends the words of `text[span]`; the range is where they now stand.
    pub(crate) fn read(&mut self, text: &str, span: Span, dictionary: &Dictionary) -> Range<usize> {
        let first = self.tokens.len();
        let bytes = text.as_bytes();
        let mut back = None;
        token::each(text, span, |token| {
            let reach = back.map_or(0, |back| Reach::longer(back, token.gap));
            back = Some(reach);
            self.tokens.push(token);
            self.classes.push(dictionary.look_up(bytes, token.span.start, token.span.end));
            self.reaches.push(Reach { back: reach, ahead: 0 });
        });
        let mut ahead = 0;
        for (token, reach) in self.tokens[first..].iter().zip(&mut self.reaches[first..]).rev() {
            reach.ahead = ahead;
            ahead = Reach::longer(ahead, token.gap);
        }
        first..self.tokens.len()
    }

    /// The words of one stretch.
    pub(crate) fn run(&self, range: Range<usize>) -> WordRun<'_> {
        WordRun {
            tokens: &self.tokens[range.clone()],
            classes: &self.classes[range.clone()],
            reaches: &self.reaches[range],
        }
    }

    /// Makes room for so many words.
    pub(crate) fn reserve(&mut self, words: usize) {
        self.tokens.reserve(words);
        self.classes.reserve(words);
        self.reaches.reserve(words);
    }

    /// Forgets all words.
    pub(crate) fn clear(&mut self) {
        self.tokens.clear();
        self.classes.clear();
        self.reaches.clear();
    }
}

/// The words of one clause.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WordRun<'t> {
    /// Place and gap of each word.
    pub(crate) tokens: &'t [Token],
    /// What each word stands for.
    pub(super) classes: &'t [WordClass],
    /// How far a gap may lead from each word.
    reaches: &'t [Reach],
}

impl<'t> WordRun<'t> {
    /// What each word stands for.
    pub(crate) fn classes(&self) -> &'t [WordClass] {
        self.classes
    }

    /// Which classes the words may have.
    pub(crate) fn filter(&self) -> Filter {
        Filter::of(self.classes)
    }

    /// The words after the one at `at` that a gap may lead to, nearest first.
    pub(super) fn within_gap_after(&self, at: usize) -> Range<usize> {
        at + 1..at + 1 + usize::from(self.reaches[at].ahead)
    }

    /// The words before the one at `at` that a gap may lead to, nearest first.
    pub(super) fn within_gap_before(&self, at: usize) -> Rev<Range<usize>> {
        (at - usize::from(self.reaches[at].back)..at).rev()
    }
}
