//! Headings that only name the line beside them, or the few lines below them, as a neighbour can tell: "Skills | Coach
//! the owners" in a table of duties, or "Launch planning. Write the plan".

use super::bullet::{self, TIMED};
use super::cut::{Piece, heads_cell};
use super::heading::Around;
use super::text::{ReadableText, Shape};
use super::zoning::Reading;
use crate::lexicon::kind::Kinds;
use crate::lexicon::pattern::WordRun;
use crate::lexicon::tape::Word;
use crate::span::Span;
use crate::vocabulary::Zone;

/// Words of the longest label that no mark shows as one.
const LONGEST_LABEL: usize = 5;

/// How many lines below an item are asked whether it heads them.
const ASKED_BELOW: usize = 3;

/// What stands around the clause with this index.
pub(super) fn around(readable: &ReadableText, pieces: &[Piece], index: usize) -> Around {
    let (piece, blocks) = (&pieces[index], &readable.blocks);
    let block = &blocks[piece.block];
    let level = block.level;
    // A mark inside the block was cut off, or that of the line.
    let cut = piece.opens
        && bullet::level(Span::new(block.span.start, piece.span.end).slice(&readable.text)) == TIMED;
    let timed = level == TIMED || cut;
    let Some(next) = pieces.get(index + 1) else { return Around { timed, ..Around::default() } };
    Around {
        timed,
        leads: next.shape == Shape::Item,
        counts: level > 0 && piece.whole && blocks[next.block].level != level,
        begins: piece.opens && !piece.whole && next.block == piece.block && !next.opens,
    }
}

/// Finds the headings that open nothing. `run` gives the words of a clause, and `line` reads one that is no heading
/// after all.
pub(super) fn labels<'t>(
    readable: &ReadableText,
    pieces: &[Piece],
    readings: &mut [Reading],
    run: impl Fn(usize) -> WordRun<'t>,
    mut line: impl FnMut(usize) -> Reading,
) {
    // Whether the section gives work, and whether the last line does.
    let (mut section, mut last) = (false, false);
    let is_subhead = |readings: &[Reading], index: usize| {
        heads_lines(readable, pieces, readings, index) && is_label(&run(index))
    };
    let several = (0..pieces.len()).filter(|&index| is_subhead(readings, index)).nth(1).is_some();
    for index in 0..pieces.len() {
        let piece = &pieces[index];
        let cell = heads_cell(readable, pieces, index);
        let in_line = cell || pieces.get(index + 1).is_some_and(|next| next.block == piece.block);
        if !readings[index].opens_section() {
            let named = names_next(readable, pieces, readings, index, cell) && is_label(&run(index))
                || several && is_subhead(readings, index);
            if named {
                readings[index].make_label();
            } else {
                last = readings[index].works();
            }
            continue;
        }
        let opened = readings[index].zone_opened();
        // Lines of what is to be done, all of them set as headings.
        let unheaded = |at: usize| {
            pieces
                .get(at)
                .is_none_or(|next| next.shape == Shape::Heading && readings[at].zone_opened().is_none())
        };
        if piece.shape == Shape::Heading
            && opened.is_none()
            && unheaded(index + 1)
            && run(index).tokens.len() > 2
        {
            let told = line(index);
            if told.works() && (last || index + 1 < pieces.len() && line(index + 1).works()) {
                readings[index] = told;
                last = true;
                continue;
            }
        }
        let listed = piece.shape == Shape::Item && !piece.bold;
        let rest = pieces[index + 1..].iter().zip(&readings[index + 1..]).enumerate();
        let mut below = rest
            .take_while(|(at, (next, reading))| {
                let row = |block: usize| readable.blocks[block].cell.map(|cell| cell.row);
                let near = if in_line {
                    next.block == piece.block || cell && row(next.block) == row(piece.block)
                } else {
                    *at < ASKED_BELOW
                };
                near && !reading.is_heading()
            })
            .map(|(_, (_, reading))| reading)
            .peekable();
        let first = below.peek().is_some_and(|first| first.works());
        // "Share your skills" among what is to be done is no heading either.
        let told = if listed && !in_line { Some(line(index)) } else { None };
        let order = told.is_some_and(|told| told.works()) && run(index).tokens.len() > 1;
        let names = (listed || in_line)
            && match opened {
                None => cell && first,
                Some(Zone::Duties | Zone::Other) => false,
                Some(zone) => {
                    let may = order
                        || matches!(zone, Zone::Requirements | Zone::Company | Zone::Intro | Zone::Process);
                    may && (section || last && listed) && first && below.all(|next| !next.asks_more())
                }
            };
        if names {
            match told.filter(|_| order || has_object(&run(index))) {
                Some(told) => readings[index] = told,
                None => readings[index].make_label(),
            }
            continue;
        }
        if !in_line || opened == Some(Zone::Duties) {
            section = opened == Some(Zone::Duties);
        }
        last = false;
    }
}

/// Which clauses stand below a heading of duties that says by when. "You have" and "you know" are taken there for what will be
/// reached by then: nothing is asked.
pub(super) fn reached<'t>(
    text: &str,
    readings: &mut [Reading],
    run: impl Fn(usize) -> WordRun<'t>,
) -> Vec<bool> {
    let mut by_when = false;
    let below = readings.iter_mut().enumerate().map(|(index, reading)| {
        let words = run(index).tokens;
        if reading.opens_section() {
            by_when = reading.zone_opened() == Some(Zone::Duties)
                && words.iter().any(|word| word.kinds.has(Kinds::TERM));
        } else if by_when
            && words.first().is_some_and(|word| word.span.slice(text).eq_ignore_ascii_case("you"))
        {
            reading.reach();
        }
        by_when
    });
    below.collect()
}

/// Whether the clause may name the next one, which is to be done: a short first sentence, a cell beside it, or a line
/// above a list.
fn names_next(
    readable: &ReadableText,
    pieces: &[Piece],
    readings: &[Reading],
    index: usize,
    cell: bool,
) -> bool {
    let (Some(next), Some(reading)) = (pieces.get(index + 1), readings.get(index + 1)) else { return false };
    let piece = &pieces[index];
    if !piece.opens || readings[index].orders() || !reading.orders() {
        return false;
    }
    let written = piece.span.slice(&readable.text);
    let sentence = !piece.whole && next.block == piece.block && !next.opens && written.ends_with('.');
    let listed = piece.shape == Shape::Paragraph && next.shape == Shape::Item && !is_ended(written);
    sentence || piece.whole && (cell || listed && next.block != piece.block)
}

/// Whether the clause may be a line above lines of what is to be done, where no bullets tell them from it.
fn heads_lines(readable: &ReadableText, pieces: &[Piece], readings: &[Reading], index: usize) -> bool {
    let line = |at: usize| pieces.get(at).is_some_and(|piece| piece.whole && piece.shape == Shape::Paragraph);
    let order = |at: usize| line(at) && readings[at].orders();
    let above = index.checked_sub(1).is_some_and(|above| order(above) || readings[above].is_heading());
    above
        && line(index)
        && !readings[index].orders()
        && !readings[index].is_heading()
        && order(index + 1)
        && order(index + 2)
        && !is_ended(pieces[index].span.slice(&readable.text))
}

/// Whether a mark ends the line.
fn is_ended(line: &str) -> bool {
    line.ends_with(['.', ',', ';', ':', '!', '?'])
}

/// Whether these words may be a label: few, and neither a sentence about somebody nor a verb with its object.
fn is_label(run: &WordRun<'_>) -> bool {
    (1..=LONGEST_LABEL).contains(&run.tokens.len())
        && run.tokens.iter().all(|word| !word.kinds.has(Kinds::PERSON))
        && !run.tokens.first().is_some_and(is_article)
        && !has_object(run)
}

/// Whether the second word begins what the first is done to: "size the market".
fn has_object(run: &WordRun<'_>) -> bool {
    run.tokens.get(1).is_some_and(is_article)
}

fn is_article(word: &Word) -> bool {
    word.kinds.has(Kinds::ARTICLE.or(Kinds::WHICH))
}
