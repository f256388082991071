//! Cuts blocks into clauses: list items inside a line, sentences, and the parts between semicolons.
//!
//! Clauses are cut by hand rather than by UAX #29: the rules below are all a job ad needs, and they run some
//! twenty times faster. Clauses never overlap, and between them stands nothing but white space and bullets.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::bullet::{self, before_orders, is_bullet};
use super::glue::{has_glue, unglued};
use super::label::{bold_label, labels, under_labels};
use super::lost::{Begins, lost_lines, parted};
use super::text::{Block, ReadableText, Shape};
use crate::lanes;
use crate::span::{Span, floor};

/// A clause before its zone is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Place in the readable text.
    pub(super) span: Span,
    /// What the block, or the item inside a line, is.
    pub(super) shape: Shape,
    /// Whether the piece is all of its block or item.
    pub(super) whole: bool,
    /// Whether it is the first of its block or item.
    pub(super) opens: bool,
    /// Whether all of the block is set in bold.
    pub(super) bold: bool,
    /// Index of the block.
    pub(super) block: usize,
}

/// Words that end in a full stop without ending a sentence.
const ABBREVIATIONS: &[&str] = &[
    "e.g", "i.e", "eg", "ie", "etc", "vs", "inc", "ltd", "co", "corp", "st", "sr", "jr", "dr", "mr", "mrs",
    "ms", "no", "approx", "dept", "u.s", "u.k", "incl", "est", "min", "max", "a.m", "p.m",
];

/// Appends the clauses of one block. `small` says that sentences begin with small letters, and `knows` tells headings
/// and orders by their words.
pub(super) fn pieces(
    text: &str,
    (index, block): (usize, &Block),
    small: bool,
    knows: &mut impl FnMut(Span) -> Begins,
    out: &mut Vec<Piece>,
) {
    let mut rest = block.span;
    if let Some(label) = bold_label(text, block, knows) {
        let shape = block.shape;
        out.push(Piece { span: label, shape, whole: true, opens: true, bold: true, block: index });
        rest = trimmed(text, Span::new(label.end, rest.end));
    }
    let mut items = inline_items(text, rest, knows);
    if items.iter().any(|item| has_glue(text, *item)) {
        items = items.into_iter().flat_map(|item| unglued(text, item, knows)).collect();
    }
    let several = items.len() > 1;
    for (number, item) in items.into_iter().enumerate() {
        let shape = if several && number > 0 { Shape::Item } else { block.shape };
        let first = out.len();
        let mut push = |span: Span, shape, whole| {
            out.push(Piece { span, shape, whole, opens: false, bold: block.bold, block: index });
        };
        sentences(text, item, small, |sentence| {
            let named = matches!(shape, Shape::Item | Shape::Heading);
            let labels = labels(text, sentence, named, knows);
            for (span, label) in under_labels(sentence, &labels) {
                if label {
                    push(span, shape, true);
                    continue;
                }
                let span = trimmed(text, span);
                let lines = lost_lines(text, span, knows);
                for (span, shape, whole) in parted(span, shape, &lines) {
                    short(text, trimmed(text, span), |span| push(span, shape, whole));
                }
            }
        });
        if let [only] = &mut out[first..] {
            only.whole = true;
        }
        if let Some(piece) = out.get_mut(first) {
            piece.opens = true;
        }
    }
}

/// Longest clause, in bytes: what looks for words in a clause may take the square of its length.
const LONGEST_CLAUSE: usize = 1_500;

/// Calls `push` for a sentence, or for parts of it when it is longer than people write.
fn short(text: &str, mut span: Span, mut push: impl FnMut(Span)) {
    while span.len() > LONGEST_CLAUSE {
        let slice = span.slice(text);
        let limit = floor(slice, LONGEST_CLAUSE);
        let head = &slice[..limit];
        let end = head.rfind([',', ':', '\u{2014}']).filter(|at| *at > limit / 2).or_else(|| head.rfind(' '));
        let end = span.start + end.filter(|at| *at > 0).unwrap_or(limit);
        let piece = trimmed(text, Span::new(span.start, end));
        if !piece.is_empty() {
            push(piece);
        }
        span = trimmed(text, Span::new(end, span.end));
    }
    if !span.is_empty() {
        push(span);
    }
}

/// Marks that are bullets inside a line only where several stand; the last is not ASCII.
static MARKS: LazyLock<[Finder<'static>; 3]> =
    LazyLock::new(|| [" * ", " - ", " \u{2013} "].map(Finder::new));

/// A dash that may be a bullet.
static DASH: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("- "));

/// Splits a line at the bullets inside it: real bullets from one on, ` * ` and ` - ` from two on.
fn inline_items(text: &str, span: Span, knows: &mut impl FnMut(Span) -> Begins) -> Vec<Span> {
    let line = span.slice(text);
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let start = leading_bullet(line);
    let plain = line.is_ascii();
    if !plain {
        // No bullet is ASCII, and few characters of most lines are not.
        for at in lanes::wide_characters(line.as_bytes()).filter(|&at| at > start) {
            let c = line[at..].chars().next().unwrap_or_default();
            if is_bullet(c) {
                cuts.push((at, at + c.len_utf8()));
            }
        }
    }
    for finder in MARKS.iter().take(if plain { 2 } else { 3 }) {
        let mark = finder.needle();
        let found: Vec<usize> = finder
            .find_iter(line.as_bytes())
            .filter(|at| line[at + mark.len()..].starts_with(|c: char| c.is_uppercase()))
            .collect();
        if found.len() >= if mark == b" * " { 2 } else { 3 } {
            cuts.extend(found.into_iter().map(|at| (at, at + mark.len())));
        }
    }
    // "… by area;- Design …- Test …": the space before the dash was lost.
    let bytes = line.as_bytes();
    let dashes = || {
        DASH.find_iter(bytes).filter(|&at| {
            at > start
                && !bytes[at - 1].is_ascii_whitespace()
                && bytes[at - 1] != b'-'
                && bytes.get(at + 2).is_some_and(u8::is_ascii_uppercase)
        })
    };
    if dashes().nth(2).is_some() {
        cuts.extend(dashes().map(|at| (at, at + 2)));
    }
    if cuts.is_empty() {
        cuts = before_orders(text, span, plain, knows);
    }
    cuts.sort_unstable();
    let mut items = Vec::with_capacity(cuts.len() + 1);
    let mut from = start;
    for (end, next) in cuts {
        if end >= from {
            items.push(trimmed(text, Span::new(span.start + from, span.start + end)));
            from = next;
        }
    }
    items.push(trimmed(text, Span::new(span.start + from, span.end)));
    items.retain(|item| !item.is_empty());
    items
}

/// Length of a bullet that markup left at the start of a block.
fn leading_bullet(line: &str) -> usize {
    bullet::bullet_length(line).filter(|&length| !line.starts_with('o') || length > 2).unwrap_or(0)
}

pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let slice = span.slice(text);
    if let ([first, ..], [.., last]) = (slice.as_bytes(), slice.as_bytes())
        && first.is_ascii_graphic()
        && last.is_ascii_graphic()
    {
        return span;
    }
    let start = span.start + slice.len() - slice.trim_start().len();
    let end = start + slice.trim().len();
    Span::new(start, end)
}

/// Calls `push` for every sentence or part of one.
fn sentences(text: &str, span: Span, small: bool, mut push: impl FnMut(Span)) {
    let bytes = text.as_bytes();
    let mut from = span.start;
    let mut at = span.start;
    while let Some(found) = next_end(&bytes[at..span.end]) {
        let end = at + found;
        // All the marks of "Really?!" close one sentence.
        let closing = |byte: &&u8| matches!(byte, b'.' | b'!' | b'?' | b')' | b'"' | b'\'');
        let next = end + 1 + bytes[end + 1..span.end].iter().take_while(closing).count();
        at = next;
        if is_sentence_break(text, (from, span.end), (end, next), small) {
            let piece = trimmed(text, Span::new(from, next));
            if !piece.is_empty() {
                push(piece);
            }
            from = next;
        }
    }
    let rest = trimmed(text, Span::new(from, span.end));
    if !rest.is_empty() {
        push(rest);
    }
}

fn next_end(bytes: &[u8]) -> Option<usize> {
    let stop = memchr::memchr3(b'.', b';', b'!', bytes);
    let upto = stop.unwrap_or(bytes.len());
    memchr::memchr(b'?', &bytes[..upto]).or(stop)
}

/// Bytes before a mark in which the word that it may belong to is looked for.
const LONGEST_WORD: usize = 32;

/// Whether the marks from `end` to `next` close the sentence that begins at `from`, so that another begins behind them.
/// Where `small`, it may begin with a small letter.
fn is_sentence_break(
    text: &str,
    (from, limit): (usize, usize),
    (end, next): (usize, usize),
    small: bool,
) -> bool {
    if next >= limit {
        return false;
    }
    let bytes = text.as_bytes();
    let mark = bytes[end];
    let Some(follower) =
        text[next..limit].chars().find(|c| !c.is_whitespace() && !"\"'\u{201c}\u{2018}(".contains(*c))
    else {
        return false;
    };
    let spaced = bytes[next].is_ascii_whitespace();
    if mark == b';' {
        return spaced;
    }
    let near = (end.saturating_sub(LONGEST_WORD).max(from)..end).find(|&at| text.is_char_boundary(at));
    let before = &text[near.unwrap_or(end)..end];
    let word = before.rsplit([' ', '(', '/', ':']).next().unwrap_or("");
    if spaced {
        let single = word.chars().count() == 1 && word != "I" && !word.chars().all(|c| c.is_ascii_digit());
        let known = || is_abbreviation(word);
        let begins = follower.is_uppercase()
            || small && follower.is_lowercase()
            || follower.is_ascii_digit()
            || is_bullet(follower)
            || (follower == '*' || follower == '-');
        // A full stop before a lower-case letter ends a sentence only when it is not an abbreviation's.
        return begins && !(mark == b'.' && (single || known()));
    }
    // Glued sentences, where a tag or a line end was cut: "the team.You will".
    mark == b'.'
        && next == end + 1
        && word.len() > 2
        && before.ends_with(|c: char| c.is_lowercase() || c == ')')
        && follower.is_uppercase()
        && text[next..].chars().nth(1).is_some_and(|c| c.is_lowercase() || c == '\'' || c == ' ')
        && !word.contains('.')
}

/// Fewest words in a cell that says something.
const FEWEST_SAID: usize = 3;

/// Whether the clause is the last of a cell of a table, and the next one begins another cell of its row with more than
/// a name of its column.
pub(super) fn heads_cell(readable: &ReadableText, pieces: &[Piece], index: usize) -> bool {
    let (Some(piece), Some(next)) = (pieces.get(index), pieces.get(index + 1)) else { return false };
    let cell = |piece: &Piece| readable.blocks[piece.block].cell;
    let beside = matches!((cell(piece), cell(next)), (Some(one), Some(other)) if one.row == other.row && one.cell != other.cell);
    beside && next.span.slice(&readable.text).split(' ').count() >= FEWEST_SAID
}

fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Fewest sentences that begin with small letters in a text that is written so.
const SMALL_SENTENCES: usize = 3;

/// Whether the sentences of a text begin with small letters, nearly all of them.
pub(super) fn begins_small(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut small, mut capital) = (0, 0);
    for at in memchr::memchr3_iter(b'.', b'!', b'?', bytes) {
        let [b' ' | b'\n', first, ..] = bytes[at + 1..] else { continue };
        let near = (at.saturating_sub(LONGEST_WORD)..at).find(|&at| text.is_char_boundary(at)).unwrap_or(at);
        let word = text[near..at].rsplit([' ', '(', '/', '\n']).next().unwrap_or("");
        let ends = word.len() > 1 && !word.contains('.') && !is_abbreviation(word);
        small += usize::from(ends && first.is_ascii_lowercase());
        capital += usize::from(ends && first.is_ascii_uppercase());
    }
    small >= SMALL_SENTENCES && small > 4 * capital
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Zone;

    fn cut(text: &str) -> Vec<&str> {
        let block = Block {
            span: Span::new(0, text.len()),
            shape: Shape::Paragraph,
            bold: false,
            bold_head: 0,
            depth: 0,
            level: 0,
            cell: None,
            part: 0,
        };
        let mut out = Vec::new();
        let mut knows = |span: Span| match span.slice(text) {
            "Key Duties" => Begins::Section(Zone::Duties),
            "Own" | "Write" | "Plan" => Begins::Order,
            _ => Begins::Nothing,
        };
        pieces(text, (0, &block), begins_small(text), &mut knows, &mut out);
        out.iter().map(|piece| piece.span.slice(text)).collect()
    }

    #[test]
    fn lines_are_cut_at_sentences_semicolons_and_inner_bullets() {
        const CASES: &[(&str, &[&str])] = &[
            ("Own the plan. Ship it!", &["Own the plan.", "Ship it!"]),
            ("Tools, e.g. Jira, and more.", &["Tools, e.g. Jira, and more."]),
            ("Work with U.S. Teams and St. Mary", &["Work with U.S. Teams and St. Mary"]),
            ("Analyst/Sr. Analyst for claims", &["Analyst/Sr. Analyst for claims"]),
            ("No reports; you own the roadmap", &["No reports;", "you own the roadmap"]),
            ("You will: • own a • build b", &["You will:", "own a", "build b"]),
            ("Duties * Own a * Build b * Run c", &["Duties", "Own a", "Build b", "Run c"]),
            ("Join the team.You will own it", &["Join the team.", "You will own it"]),
            ("We use Node.js and v2.5 daily", &["We use Node.js and v2.5 daily"]),
            ("Is this you? Apply.", &["Is this you?", "Apply."]),
            ("- Lead A - lower b", &["Lead A - lower b"]),
            ("Key DutiesOwn the plan", &["Key Duties", "Own the plan"]),
            ("Know JavaScript well", &["Know JavaScript well"]),
            (
                "Key Duties Own the plan for the counters of every branch that we run there Write stories with the team \
                 so that nobody has to guess again Plan what comes next with those who use it",
                &[
                    "Key Duties",
                    "Own the plan for the counters of every branch that we run there",
                    "Write stories with the team so that nobody has to guess again",
                    "Plan what comes next with those who use it",
                ],
            ),
            (
                "hats, e.g. caps. sort them. e.g. by size! is it felt? ask us.",
                &["hats, e.g. caps.", "sort them.", "e.g. by size!", "is it felt?", "ask us."],
            ),
            ("Sort caps, felt etc. and ask. We do", &["Sort caps, felt etc. and ask.", "We do"]),
            ("   ", &[]),
        ];
        for (text, expected) in CASES {
            assert_eq!(cut(text), *expected, "{text}");
        }
    }
}
