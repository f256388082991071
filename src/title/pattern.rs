//! Word patterns over the tokens of a title, and the class language they are written in.
//!
//! A pattern walks sets of positions rather than backtracking, so its cost is bounded by its length times the
//! length of the title. Positions lie between tokens: a title of `n` tokens has the positions `0..=n`, kept as
//! the bits of one `u128`.

use serde::{Deserialize, Serialize};

/// A word of a title as the tables number them; see [`super::symbols::Symbols`].
pub(super) type Symbol = u32;

/// A word that no table knows.
pub(super) const UNKNOWN: Symbol = 0;
/// The border between two parts of a title: comma, dash, bracket, bar, colon.
pub(super) const BREAK: Symbol = 1;
/// A joint between equals: `&`, `/`, `+`, "and", "or".
pub(super) const JOIN: Symbol = 2;
/// From here to the end of its part a title speaks of something else.
pub(super) const ASIDE: Symbol = 3;

/// Tokens that a pattern can look at; what stands behind them is not read.
pub(super) const MAX_TOKENS: usize = 127;

/// What one item of a pattern stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum What {
    /// One word, or a break or joint.
    Symbol(Symbol),
    /// Any member of a class, by its index.
    Class(usize),
    /// `*`: any words within one part.
    Words,
    /// `**`: anything, over parts.
    Anything,
    /// `^`: the start of the title.
    Start,
    /// `$`: the end of the title.
    End,
    /// `<`: the start of a part.
    PartStart,
    /// `>`: the end of a part.
    PartEnd,
}

/// How often an item may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Times {
    /// Exactly once.
    Once,
    /// Once or not at all.
    Optional,
    /// Any number of times.
    Many,
}

/// One item of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Item {
    pub(super) what: What,
    pub(super) times: Times,
}

/// A named set of words and phrases.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Class {
    /// Whether each symbol is a member by itself.
    pub(super) words: Vec<bool>,
    /// Members of several items.
    pub(super) phrases: Vec<Vec<Item>>,
    /// Fingerprint that every title with a member shares a bit with.
    pub(super) print: Print,
}

/// A set of symbols, folded into the bits of a word: what is missing here is missing for certain.
pub(super) type Print = u128;

/// The fingerprint of one symbol.
pub(super) fn print(symbol: Symbol) -> Print {
    1 << (symbol % Print::BITS)
}

/// One wording of a pattern.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Form {
    items: Vec<Item>,
    /// Fingerprints that a title must share a bit with, each of them.
    needs: Vec<Print>,
}

impl Form {
    /// A form of `items`, which may name any of `classes`.
    pub(super) fn new(items: Vec<Item>, classes: &[Class]) -> Self {
        let needs =
            items.iter().filter(|item| item.times == Times::Once).filter_map(|item| match item.what {
                What::Symbol(symbol) => Some(print(symbol)),
                What::Class(class) => Some(classes[class].print),
                _ => None,
            });
        Self { needs: needs.collect(), items }
    }

    /// A fingerprint that every title in which the form occurs shares a bit with.
    pub(super) fn print(&self) -> Print {
        self.needs.first().copied().unwrap_or(Print::MAX)
    }

    /// The form without its fingerprints.
    pub(super) fn into_items(self) -> Vec<Item> {
        self.items
    }

    /// Whether the form occurs in `title`, whose fingerprint is `seen`.
    pub(super) fn occurs(&self, classes: &[Class], title: &[Symbol], seen: Print) -> bool {
        if self.needs.iter().any(|need| need & seen == 0) {
            return false;
        }
        let title = &title[..title.len().min(MAX_TOKENS)];
        let everywhere = u128::MAX >> (MAX_TOKENS - title.len());
        follow(&self.items, classes, title, everywhere) != 0
    }
}

fn follow(items: &[Item], classes: &[Class], title: &[Symbol], from: u128) -> u128 {
    let mut at = from;
    for item in items {
        if at == 0 {
            break;
        }
        at = match item.times {
            Times::Once => step(item.what, classes, title, at),
            Times::Optional => at | step(item.what, classes, title, at),
            Times::Many => closure(at, |at| step(item.what, classes, title, at)),
        };
    }
    at
}

fn step(what: What, classes: &[Class], title: &[Symbol], at: u128) -> u128 {
    let len = title.len();
    match what {
        What::Symbol(symbol) => forward(title, at, |token| token == symbol),
        What::Class(class) => {
            let class = &classes[class];
            let words = forward(title, at, |token| class.words.get(token as usize).copied().unwrap_or(false));
            class.phrases.iter().fold(words, |ends, phrase| ends | follow(phrase, classes, title, at))
        }
        What::Words => closure(at, |at| forward(title, at, |token| token != BREAK)),
        What::Anything => u128::MAX << at.trailing_zeros() & (u128::MAX >> (MAX_TOKENS - len)),
        What::Start => at & 1,
        What::End => at & (1 << len),
        What::PartStart => keep(at, |position| position == 0 || title[position - 1] == BREAK),
        What::PartEnd => keep(at, |position| position == len || title[position] == BREAK),
    }
}

/// The positions behind those tokens after `at` that satisfy `wanted`.
fn forward(title: &[Symbol], at: u128, wanted: impl Fn(Symbol) -> bool) -> u128 {
    keep(at, |position| title.get(position).is_some_and(|&token| wanted(token))) << 1
}

fn keep(at: u128, wanted: impl Fn(usize) -> bool) -> u128 {
    let mut rest = at;
    let mut kept = 0;
    while rest != 0 {
        let position = rest.trailing_zeros();
        if wanted(position as usize) {
            kept |= 1 << position;
        }
        rest &= rest - 1;
    }
    kept
}

fn closure(mut at: u128, next: impl Fn(u128) -> u128) -> u128 {
    loop {
        let wider = at | next(at);
        if wider == at {
            return at;
        }
        at = wider;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Symbol = 10;
    const B: Symbol = 11;

    fn items(form: &str) -> Vec<Item> {
        let item = |word: &str| {
            let (body, times) = match word.as_bytes() {
                [.., b'?'] => (&word[..word.len() - 1], Times::Optional),
                [b'a' | b'b' | b'C', b'*'] => (&word[..1], Times::Many),
                _ => (word, Times::Once),
            };
            let what = match body {
                "a" => What::Symbol(A),
                "b" => What::Symbol(B),
                "," => What::Symbol(BREAK),
                "C" => What::Class(0),
                "*" => What::Words,
                "**" => What::Anything,
                "^" => What::Start,
                "$" => What::End,
                "<" => What::PartStart,
                ">" => What::PartEnd,
                other => panic!("no such item: {other}"),
            };
            Item { what, times }
        };
        form.split(' ').map(item).collect()
    }

    fn title(text: &str) -> Vec<Symbol> {
        text.chars()
            .map(|c| match c {
                'a' => A,
                'b' => B,
                ',' => BREAK,
                _ => UNKNOWN,
            })
            .collect()
    }

    fn occurs(form: &str, classes: &[Class], title: &[Symbol]) -> bool {
        let seen = title.iter().fold(0, |seen, &symbol| seen | print(symbol));
        Form::new(items(form), classes).occurs(classes, title, seen)
    }

    #[test]
    fn items_match_where_they_should() {
        const CASES: &[(&str, &str, bool)] = &[
            ("a b", "xab", true),
            ("a b", "axb", false),
            ("a b? a", "aa", true),
            ("a b* a", "abbba", true),
            ("a * b", "axxb", true),
            ("a * b", "ax,b", false),
            ("a ** b", "ax,xb", true),
            ("^ b", "ab", false),
            ("a $", "ab", false),
            ("< b", "a,b", true),
            ("< b", "ab", false),
            ("a >", "a,b", true),
            ("a >", "ab", false),
            ("C", "b", true),
            ("a C a", "aaba", true),
            ("a C* $", "axb", false),
        ];
        let phrase = items("a b");
        let mut words = vec![false; 12];
        words[B as usize] = true;
        let classes = [Class { words, phrases: vec![phrase], print: print(A) | print(B) }];
        for &(form, text, expected) in CASES {
            assert_eq!(occurs(form, &classes, &title(text)), expected, "{form} in {text}");
        }
    }

    #[test]
    fn a_title_longer_than_the_window_is_read_to_the_window() {
        let mut long = vec![UNKNOWN; 500];
        long[126] = A;
        long[127] = B;
        assert!(occurs("a", &[], &long));
        assert!(!occurs("b", &[], &long));
    }
}
