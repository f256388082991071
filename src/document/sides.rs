//! Headings that tell the hire's part from that of others where both stand: "You" beside "Product marketing", one above
//! the other or as columns of a table.

use super::cut::Piece;
use super::text::{ReadableText, Shape};
use super::zoning::Reading;
use crate::lexicon::pattern::{Found, WordRun};
use crate::lexicon::{Side, ZoneCue, Zoning};

/// Words of the longest heading that only names a side.
const LONGEST: usize = 6;

/// Gives the sections under such headings to their side, and tells which clauses stand in a column of others.
pub(super) fn tell<'t>(
    zoning: &Zoning,
    readable: &ReadableText,
    pieces: &[Piece],
    readings: &mut [Reading],
    run: impl Fn(usize) -> WordRun<'t>,
    found: &mut Vec<Found>,
) -> Vec<bool> {
    let named: Vec<(usize, ZoneCue)> = (0..pieces.len())
        .filter(|&index| pieces[index].whole)
        .filter_map(|index| Some((index, cue(zoning, &run(index), found)?)))
        .collect();
    let side = |side: Side| move |(_, cue): &(usize, ZoneCue)| cue.side == Some(side);
    if !named.iter().any(side(Side::Hire)) || named.iter().all(side(Side::Hire)) {
        return Vec::new();
    }
    sections(readable, pieces, readings, &named);
    columns(readable, pieces, readings, &named)
}

/// What the words are known as where they name a side and nothing else.
fn cue(zoning: &Zoning, run: &WordRun<'_>, found: &mut Vec<Found>) -> Option<ZoneCue> {
    let words = run.tokens.len();
    if words == 0 || words > LONGEST {
        return None;
    }
    found.clear();
    zoning.headings.find_where(run, |cue| zoning.heading_cues[cue as usize].side.is_some(), found);
    let all = found.iter().find(|hit| hit.first == 0 && hit.last + 1 == words);
    all.map(|hit| zoning.heading_cues[hit.payload as usize])
}

/// Opens the sections of both sides where their headings follow each other and look alike.
fn sections(readable: &ReadableText, pieces: &[Piece], readings: &mut [Reading], named: &[(usize, ZoneCue)]) {
    let cell = |index: usize| readable.blocks[pieces[index].block].cell;
    let side = |index: usize| named.iter().find(|(at, _)| *at == index).map(|(_, cue)| *cue);
    let stands = |index: usize| {
        let (piece, next) = (&pieces[index], pieces.get(index + 1));
        let alone = piece.shape != Shape::Item && next.is_some_and(|next| next.block != piece.block);
        cell(index).is_none() && (alone || readings[index].opens_section())
    };
    let heads: Vec<(usize, Option<ZoneCue>)> = (0..pieces.len())
        .filter_map(|index| {
            let cue = side(index).filter(|_| stands(index));
            (cue.is_some() || readings[index].opens_section()).then_some((index, cue))
        })
        .collect();
    let of = |at: usize| heads[at].1.and_then(|cue| cue.side);
    let alike = |one: usize, other: usize| {
        let [one, other] = [one, other].map(|at| &pieces[heads[at].0]);
        one.shape == other.shape && one.bold == other.bold
    };
    // What stands below gives work, and none of it under a heading of its own.
    let below = |at: usize| {
        let first = heads[at].0 + 1;
        readings.get(first).filter(|_| heads.get(at + 1).is_none_or(|(next, _)| *next != first))
    };
    let hire = |at: usize| of(at) == Some(Side::Hire) && below(at).is_some_and(|first| !first.asks_more());
    let mut open = Vec::new();
    for at in 0..heads.len() {
        let gives = || below(at).is_some_and(Reading::works);
        if !(of(at) == Some(Side::Others) || of(at) == Some(Side::House) && gives()) {
            continue;
        }
        let others = |other: &usize| matches!(of(*other), Some(Side::Others | Side::House));
        let before = (0..at).rev().find(|other| !others(other));
        let behind = (at + 1..heads.len()).find(|other| !others(other));
        let beside = before.into_iter().chain(behind).find(|&other| hire(other) && alike(at, other));
        open.extend(beside.into_iter().flat_map(|other| [at, other]));
    }
    for at in open {
        if let (index, Some(cue)) = heads[at] {
            readings[index].open(cue.zone, cue.weight);
        }
    }
}

/// Which clauses stand in a column that is headed by others beside one that is headed by the hire.
fn columns(
    readable: &ReadableText,
    pieces: &[Piece],
    readings: &mut [Reading],
    named: &[(usize, ZoneCue)],
) -> Vec<bool> {
    let cell = |index: usize| readable.blocks[pieces[index].block].cell;
    let mut others = vec![false; pieces.len()];
    // The columns of others in the table that is open, and the row that heads them.
    let (mut columns, mut head): (Vec<u32>, u32) = (Vec::new(), 0);
    let mut rest = named;
    for index in 0..pieces.len() {
        let Some(here) = cell(index) else {
            columns.clear();
            continue;
        };
        while rest.first().is_some_and(|(at, _)| *at < index) {
            rest = &rest[1..];
        }
        let in_row = || {
            rest.iter()
                .take_while(|(at, _)| cell(*at).is_some_and(|cell| cell.row == here.row))
                .filter_map(|(at, cue)| Some((cell(*at)?.column, cue.side?)))
        };
        let new = here.row != head && rest.first().is_some_and(|(at, _)| *at == index);
        if new && in_row().any(|(_, side)| side == Side::Hire) && in_row().any(|(_, side)| side != Side::Hire)
        {
            columns = in_row().filter(|(_, side)| *side != Side::Hire).map(|(column, _)| column).collect();
            head = here.row;
        }
        if columns.is_empty() {
            continue;
        }
        if here.row == head {
            if rest.first().is_some_and(|(at, _)| *at == index) {
                readings[index].make_label();
            }
        } else {
            others[index] = columns.contains(&here.column);
        }
    }
    others
}
