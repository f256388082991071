//! Says of every clause which zone it stands in.
//!
//! Headings open zones; what a line says of itself speaks for or against; and neighbours hang together: the
//! chosen zones are those with the best sum over the whole sequence (Viterbi), so one odd line does not break a
//! section, and a text without headings still falls into parts.

use super::cut::Piece;
use super::lost::Begins;
use super::text::Shape;
use crate::lexicon::Zoning;
use crate::lexicon::kind::is_adverb;
use crate::lexicon::pattern::{Found, WordRun};
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
/// How much the source's own word on a zone weighs: more than any line and its heading.
const GIVEN: f32 = 6.0;

/// How well the zones suit an item of a list, and any other line, whatever it says.
const ITEM: &[(Zone, f32)] = &[(Zone::Duties, 0.5), (Zone::Requirements, 0.4), (Zone::Benefits, 0.3)];
const SENTENCE: &[(Zone, f32)] = &[(Zone::Intro, 0.5), (Zone::Company, 0.5)];
/// How little the rare zones suit any line.
const RARE: &[(Zone, f32)] = &[(Zone::Other, -0.8), (Zone::Career, -0.5)];

/// What a further cue counts for beside the strongest of its zone, and the most that all may make.
const FURTHER_CUE: f32 = 0.25;
const MOST_OF_CUES: f32 = 5.0;

/// From this score on a line asks something of the hire, even among duties.
const ASKS: f32 = 3.0;
/// The same for a line that begins with what is asked: "comfortable with …".
const ASKS_FIRST: f32 = 2.8;
/// From this score on a sentence assigns work to the hire wherever it stands.
const ASSIGNS: f32 = 2.0;
/// Below this score a line asks nothing of the hire; that it is a list item counts a little.
const ASKS_NOTHING: f32 = 0.5;
/// By how much a line among duties must ask for more than it assigns to be none.
const ASKS_MORE: f32 = 0.5;
/// By how much a sentence that assigns work may ask for more than it assigns: "with deep knowledge of …, you will".
const ASKED_ALONG: f32 = 1.2;

/// Words of the longest heading: of one marked as such, of one in bold or before a colon, of one in capitals, and of one
/// that nothing marks.
const LONGEST_HEADING: usize = 18;
const LONGEST_DRESSED: usize = 14;
const LONGEST_CAPITALS: usize = 10;
const LONGEST_PLAIN: usize = 7;

type Scores = [f32; ZONES];

/// What is known of one clause before neighbours are heard.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    scores: Scores,
    /// The zones that the heading opens, when the clause is a heading.
    opens: Option<Scores>,
    /// Whether it begins as an order does: with what is to be done.
    orders: bool,
    /// Whether it begins as something asked of the hire does.
    asks: bool,
    /// Whether it is a heading of figures by which the hire is measured.
    measures: bool,
}

impl Reading {
    /// The zone of the clause in a stretch of `zone`: a sentence that tells the hire's work in the middle of
    /// company talk is introduction.
    fn own_zone(&self, zone: Zone) -> Zone {
        let duties = self.scores[Zone::Duties as usize];
        let asked = self.scores[Zone::Requirements as usize];
        // "Develop an understanding of …" is an order all the same.
        let asks = if self.asks { asked >= ASKS_FIRST } else { !self.orders && asked >= ASKS };
        if zone == Zone::Duties && self.opens.is_none() && asks && asked > duties + ASKS_MORE {
            return Zone::Requirements;
        }
        let told = self.scores[Zone::Duties as usize] >= ASSIGNS
            && Zone::ALL.iter().all(|&other| {
                let lead = if other == Zone::Requirements { ASKED_ALONG } else { 0.0 };
                matches!(other, Zone::Duties | Zone::Intro | Zone::Company)
                    || self.scores[other as usize] < self.scores[Zone::Duties as usize] + lead
            });
        match zone {
            Zone::Company if told && self.opens.is_none() => Zone::Intro,
            // "You will manage the backlog" among what is asked.
            Zone::Requirements if told && self.opens.is_none() && !self.orders && asked < ASKS_NOTHING => {
                Zone::Duties
            }
            // "You'll lead the launches" under "What you'll get".
            Zone::Benefits if told && self.opens.is_none() && self.scores[zone as usize] < ASKS_NOTHING => {
                Zone::Duties
            }
            zone => zone,
        }
    }

    /// Whether it begins as an order does: with what is to be done.
    pub(super) fn orders(&self) -> bool {
        self.orders
    }

    /// Whether the clause is a heading of figures by which the hire is measured.
    pub(super) fn measures(&self) -> bool {
        self.measures
    }

    /// Whether the clause is a heading.
    pub(super) fn is_heading(&self) -> bool {
        self.opens.is_some()
    }
}

/// Reads one clause on its own. `run` holds its words; `leads` says that a list follows the line.
pub(super) fn read(
    zoning: &Zoning,
    piece: &Piece,
    leads: bool,
    text: &str,
    run: &WordRun<'_>,
    found: &mut Vec<Found>,
) -> Reading {
    let mut scores = Scores::default();
    let (mut orders, mut asks) = (false, false);
    let mut opens = heading(zoning, piece, leads, text, run, found);
    let measures =
        opens.is_some() && found.iter().any(|hit| zoning.heading_cues[hit.payload as usize].measures);
    // "Builds performance indicators" is an order.
    if measures && piece.shape != Shape::Heading && gives_order(zoning, run, found) {
        opens = None;
    }
    let measures = measures && opens.is_some();
    if opens.is_none() {
        found.clear();
        zoning.lines.find(run, found);
        let mut best = Scores::default();
        // "Proactively identify …" begins with its verb.
        let begin = usize::from(run.tokens.first().is_some_and(|word| is_adverb(word.span.slice(text))));
        for hit in &*found {
            let line = &zoning.line_cues[hit.payload as usize];
            if line.start && hit.first > begin {
                continue;
            }
            orders |= line.start && line.zone == Zone::Duties;
            asks |= line.start && line.zone == Zone::Requirements;
            let slot = &mut best[line.zone as usize];
            // The strongest cue counts in full.
            let (more, less) = if line.weight > *slot { (line.weight, *slot) } else { (*slot, line.weight) };
            *slot = (more + less * FURTHER_CUE).min(MOST_OF_CUES);
        }
        scores = best;
        let suited = if piece.shape == Shape::Item { ITEM } else { SENTENCE };
        for &(zone, more) in suited.iter().chain(RARE) {
            scores[zone as usize] += more;
        }
    }
    Reading { scores, opens, orders, asks, measures }
}

/// Whether the clause is a heading, and what it opens.
fn heading(
    zoning: &Zoning,
    piece: &Piece,
    leads: bool,
    text: &str,
    run: &WordRun<'_>,
    found: &mut Vec<Found>,
) -> Option<Scores> {
    let words = run.tokens.len();
    if words == 0 || words > LONGEST_HEADING {
        return None;
    }
    let written = piece.span.slice(text).trim_end_matches(['\u{2b50}', ' ']);
    let slice = unruled(written);
    let ruled = slice.len() < written.len();
    let colon = slice.ends_with([':', '\u{ff1a}']);
    let marked = piece.shape == Shape::Heading && piece.whole;
    let bold = piece.bold && piece.whole;
    let capitals =
        piece.whole && slice.chars().any(char::is_alphabetic) && !slice.chars().any(char::is_lowercase);
    let item = piece.shape == Shape::Item;
    let limit = if marked || ruled {
        LONGEST_HEADING
    } else if bold || colon {
        LONGEST_DRESSED
    } else if capitals {
        LONGEST_CAPITALS
    } else {
        LONGEST_PLAIN
    };
    if words > limit || (!piece.whole && !colon && piece.shape != Shape::Item) {
        return None;
    }
    // "Job type: full-time" heads nothing.
    if !marked && slice.trim_end_matches([':', ' ']).contains(": ") {
        return None;
    }
    let ended = slice.ends_with(['.', ';', ',']);
    let dressed = marked || bold || ruled || (colon && !item) || capitals;
    if ended && !marked && !bold {
        return None;
    }
    found.clear();
    zoning.headings.find(run, found);
    let mut opens = Scores::default();
    let mut known = 0_u32;
    for hit in &*found {
        let heading = &zoning.heading_cues[hit.payload as usize];
        known |= (hit.first..=hit.last).fold(0, |bits, word| bits | 1_u32 << word.min(31));
        let covered = hit.last - hit.first + 1;
        #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
        let share = covered as f32 / words as f32;
        let slot = &mut opens[heading.zone as usize];
        #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
        let length = covered as f32;
        *slot = slot.max(heading.weight * (0.35 + 0.65 * share) + 0.12 * length);
    }
    let small = || run.tokens.iter().filter(|token| is_small(token.span.slice(text))).count();
    let telling = words.saturating_sub(small());
    let covered = known.count_ones() as usize * 2;
    let mostly_known = known != 0 && (covered > telling || leads && covered >= telling);
    // Undressed lines are headings only when the known words make up most of them.
    let plain_ok = !item && mostly_known && piece.whole;
    // A numbered heading is an item to the eye, and so is a heading among its own list.
    let item_ok =
        item && mostly_known && (colon || piece.bold || piece.whole && leads && covered >= 2 * telling);
    (dressed && !item || ruled && mostly_known || plain_ok || item_ok).then_some(opens)
}

/// A line without the rules drawn on both sides of it, as in `---- Duties ----`.
fn unruled(line: &str) -> &str {
    if line.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric) {
        return line;
    }
    let marks = ['-', '=', '~', '_', '*', '\\', '\u{2014}', '\u{2013}', ' ', '\u{a0}'];
    let inner = line.trim_matches(marks);
    let side = |rule: &str| rule.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\\')).count() >= 2;
    let from = line.len() - line.trim_start_matches(marks).len();
    let before = &line[..from];
    let after = &line[(from + inner.len()).min(line.len())..];
    if side(before) && side(after) { inner } else { line }
}

/// Words that join the words of a heading, and those that say of which kind it is: "basic job requirements".
fn is_small(word: &str) -> bool {
    const JOINING: &[&str] = &["&", "and", "or", "of", "the", "for", "to", "a", "in", "with", "your", "our"];
    const KINDS: &[&str] = &[
        "additional",
        "basic",
        "core",
        "daily",
        "desired",
        "essential",
        "general",
        "hiring",
        "job",
        "key",
        "main",
        "major",
        "minimum",
        "other",
        "position",
        "preferred",
        "primary",
        "principal",
        "required",
        "role",
        "specific",
        "typical",
    ];
    JOINING.iter().chain(KINDS).any(|small| small.eq_ignore_ascii_case(word))
}

/// Whether the first word of a run is that of an order.
fn gives_order(zoning: &Zoning, run: &WordRun<'_>, found: &mut Vec<Found>) -> bool {
    found.clear();
    zoning.lines.find(run, found);
    found.iter().any(|hit| {
        let line = &zoning.line_cues[hit.payload as usize];
        line.start && hit.first == 0 && line.zone == Zone::Duties
    })
}

/// What a run of words begins: it is a heading when the lexicon knows most of it as one.
pub(super) fn begins(zoning: &Zoning, text: &str, run: &WordRun<'_>, found: &mut Vec<Found>) -> Begins {
    let ordered = gives_order(zoning, run, found);
    if ordered && run.tokens.len() == 1 {
        return Begins::Order;
    }
    found.clear();
    zoning.headings.find(run, found);
    let words = run.tokens.len();
    let known = |word: usize| found.iter().any(|hit| (hit.first..=hit.last).contains(&word));
    let mut tokens = run.tokens.iter().enumerate();
    let cues = found.iter().map(|hit| &zoning.heading_cues[hit.payload as usize]);
    if let Some(cue) = cues.reduce(|best, cue| if cue.weight > best.weight { cue } else { best })
        && tokens.all(|(word, token)| known(word) || is_small(token.span.slice(text)))
    {
        Begins::Section(cue.zone)
    } else if found.iter().any(|hit| (hit.last - hit.first + 1) * 2 > words) {
        Begins::Heading
    } else {
        Begins::Nothing
    }
}

/// The best zone of every clause. `given` holds the zones that the source itself told.
pub(super) fn decide(pieces: &[Piece], readings: &[Reading], given: &[Option<Zone>]) -> Vec<Zone> {
    let mut total = [0.0_f32; ZONES];
    for &(zone, score) in FIRST_LINE {
        total[zone as usize] = score;
    }
    let mut section = Scores::default();
    section[Zone::Intro as usize] = BEFORE_HEADINGS;
    let mut fresh = true;
    let mut since = 0_u32;
    // The section around a label inside a line, and the block of that line.
    let mut around: Option<(Scores, usize)> = None;
    // What the headings since the last line that is none have opened.
    let mut in_a_row = [false; ZONES];
    let mut back: Vec<[u8; ZONES]> = Vec::with_capacity(pieces.len());
    for (index, (reading, piece)) in readings.iter().zip(pieces).enumerate() {
        if let Some((outer, _)) = around.take_if(|(_, block)| *block != piece.block) {
            section = outer;
            fresh = true;
        }
        if let Some(opens) = &reading.opens {
            let outer = section;
            section = *opens;
            // "Skills: SQL" says nothing of the next line; duties go on.
            let in_line = pieces.get(index + 1).is_some_and(|next| next.block == piece.block);
            let zone = argmax(&section).0;
            let goes_on = zone == Zone::Duties as usize;
            in_a_row[zone] |= !in_line && section[zone] > 0.0;
            // The names of all sections in a row are the menu of a page.
            if in_a_row[Zone::Duties as usize] && in_a_row[Zone::Requirements as usize] {
                section = Scores::default();
            }
            around = if goes_on || !in_line { None } else { around.or(Some((outer, piece.block))) };
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
        zones[index] = readings[index].own_zone(Zone::ALL[zone]);
        zone = usize::from(back[index][zone]);
    }
    zones
}

fn argmax(scores: &Scores) -> (usize, f32) {
    scores
        .iter()
        .copied()
        .enumerate()
        .fold((0, f32::MIN), |best, (zone, score)| if score > best.1 { (zone, score) } else { best })
}
