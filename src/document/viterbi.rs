//! Chooses the zone of every clause among its neighbours.
//!
//! Headings open zones, what a line says of itself speaks for or against, and neighbours hang together: the chosen
//! zones are those with the best sum over the whole sequence (Viterbi), so one odd line does not break a section, and
//! a text without headings still falls into parts.

use super::cut::{Piece, heads_cell};
use super::heading::{Scores, argmax};
use super::text::{ReadableText, Shape};
use super::zoning::Reading;
use crate::vocabulary::Zone;

/// Number of zones.
const ZONES: usize = Zone::ALL.len();
/// What a change of zone costs between two lines without a heading.
const CHANGE: f32 = 2.4;
/// What a change of zone costs inside one paragraph.
const CHANGE_INSIDE: f32 = 3.0;
/// What a change of zone costs behind a heading, and at the beginning.
const CHANGE_BEHIND_HEADING: f32 = 0.3;

/// How well the zones suit the first line of a text.
const FIRST_LINE: &[(Zone, f32)] = &[(Zone::Intro, 1.2), (Zone::Company, 1.0), (Zone::Duties, 0.2)];
/// What speaks for an introduction until the first heading.
const BEFORE_HEADINGS: f32 = 0.7;
/// Lines for which the say of a heading is whole, and what is left of it behind them.
const FRESH_LINES: u32 = 12;
const FADED: f32 = 0.7;
/// From how many zones on headings without a line between them are a menu.
const MENU: usize = 3;
/// Bytes of the longest fact that a label above it names, and of the shortest text that goes on behind it.
const LONGEST_VALUE: usize = 40;
const SHORTEST_PROSE: usize = 80;
/// How much the source's own word on a zone weighs: more than any line and its heading.
const GIVEN: f32 = 6.0;

/// The best zone of every clause. `given` holds the zones that the source itself told.
pub(super) fn decide(
    readable: &ReadableText,
    pieces: &[Piece],
    readings: &[Reading],
    given: &[Option<Zone>],
) -> Vec<Zone> {
    let mut total = [0.0_f32; ZONES];
    for &(zone, score) in FIRST_LINE {
        total[zone as usize] = score;
    }
    let mut section = Scores::default();
    section[Zone::Intro as usize] = BEFORE_HEADINGS;
    let mut fresh = true;
    let mut since = 0_u32;
    // The section around a label inside a line, with the block of that line, or the row of a table that it names.
    let mut around: Option<(Scores, usize, Option<u32>)> = None;
    // What the headings since the last line that is none have opened.
    let mut in_a_row = [false; ZONES];
    let is_heading = |at: usize| readings.get(at).is_some_and(Reading::is_heading);
    let mut back: Vec<[u8; ZONES]> = Vec::with_capacity(pieces.len());
    // The zone that the heading above each line names in a word, while its say is whole.
    let mut under: Vec<Option<Zone>> = vec![None; pieces.len()];
    let mut named_zone = None;
    for (index, (reading, piece)) in readings.iter().zip(pieces).enumerate() {
        let row = readable.blocks[piece.block].cell.map(|cell| cell.row);
        let left = |&mut (_, block, named): &mut (Scores, usize, Option<u32>)| {
            block != piece.block && (named.is_none() || named != row)
        };
        if let Some((outer, block, _)) = around.take_if(left) {
            // Behind "Qualifications: …" in running text the duties go on only where a line gives work.
            let goes_on = argmax(&outer).0 != Zone::Duties as usize
                || reading.orders()
                || [block, piece.block].map(|block| readable.blocks[block].shape).contains(&Shape::Item);
            (section, named_zone) = (if goes_on { outer } else { Scores::default() }, None);
            fresh = true;
        }
        if reading.is_label() {
            back.push(std::array::from_fn(|zone| u8::try_from(zone).unwrap_or(0)));
            continue;
        }
        if let Some(opens) = &reading.opens {
            let outer = section;
            section = opens.zones;
            named_zone = opens.named;
            // "Skills: SQL" says nothing of the next line; duties go on.
            let named = row.filter(|_| heads_cell(readable, pieces, index) && !is_heading(index + 1));
            let behind = pieces.get(index + 1).filter(|next| next.block == piece.block);
            let zone = argmax(&section).0;
            let value = || names_value(readable, pieces, readings, index).filter(|_| stands_apart(zone));
            let value = behind.map_or_else(value, |_| Some(piece.block));
            let in_line = named.is_some() || value.is_some();
            let goes_on = zone == Zone::Duties as usize;
            in_a_row[zone] |= !in_line && section[zone] > 0.0;
            // The names of all sections in a row are the menu of a page.
            let told = in_a_row.iter().filter(|told| **told).count();
            if told >= MENU && in_a_row[Zone::Duties as usize] && in_a_row[Zone::Requirements as usize] {
                (section, named_zone) = (Scores::default(), None);
            }
            around = if goes_on || !in_line {
                None
            } else {
                around.or(Some((outer, value.unwrap_or(piece.block), named)))
            };
            since = 0;
            fresh = true;
            back.push(std::array::from_fn(|zone| u8::try_from(zone).unwrap_or(0)));
            continue;
        }
        in_a_row = [false; ZONES];
        let inside = index > 0 && pieces[index - 1].block == piece.block;
        let change = if fresh {
            CHANGE_BEHIND_HEADING
        } else if inside {
            CHANGE_INSIDE
        } else {
            CHANGE
        };
        fresh = false;
        since += 1;
        under[index] = named_zone.filter(|_| since <= FRESH_LINES);
        // A heading's say fades as its section runs on.
        let fade = if since <= FRESH_LINES { 1.0 } else { FADED };
        let (best, best_score) = argmax(&total);
        let mut next = Scores::default();
        let mut from = [0_u8; ZONES];
        for zone in 0..ZONES {
            let (source, score) = if total[zone] >= best_score - change {
                (zone, total[zone])
            } else {
                (best, best_score - change)
            };
            from[zone] = u8::try_from(source).unwrap_or(0);
            next[zone] = score + reading.scores[zone] + section[zone] * fade;
        }
        if let Some(zone) = given[piece.block] {
            next[zone as usize] += GIVEN;
        }
        total = next;
        back.push(from);
    }
    let mut zone = argmax(&total).0;
    let mut zones = vec![Zone::Other; pieces.len()];
    for index in (0..pieces.len()).rev() {
        // A label stands in the zone of what it names.
        let named = zones.get(index + 1).filter(|_| readings[index].is_label());
        zones[index] =
            named.copied().unwrap_or_else(|| readings[index].own_zone(Zone::ALL[zone], under[index]));
        zone = usize::from(back[index][zone]);
    }
    zones
}

/// Whether what a heading of this zone names may be a fact of the job, such as its place or pay.
fn stands_apart(zone: usize) -> bool {
    matches!(Zone::ALL[zone], Zone::Benefits | Zone::Legal | Zone::Process | Zone::Other | Zone::Intro)
}

/// The block of the short line below a heading where prose follows it: "Salary:", "Negotiable", "An airline looks for …".
fn names_value(
    readable: &ReadableText,
    pieces: &[Piece],
    readings: &[Reading],
    index: usize,
) -> Option<usize> {
    let [value, prose] = [1, 2].map(|more| pieces.get(index + more));
    let (value, prose) = (value?, prose?);
    let plain = |at: usize| pieces[at].shape == Shape::Paragraph && !readings[at].is_heading();
    let [written, told] = [value, prose].map(|piece| piece.span.slice(&readable.text));
    let short = value.whole && written.len() <= LONGEST_VALUE && !written.ends_with(['.', '!', ':', ',']);
    let told = readable.blocks[prose.block].span.len() >= SHORTEST_PROSE && told.ends_with(['.', '!', '?']);
    (plain(index + 1) && plain(index + 2) && short && told).then_some(value.block)
}
