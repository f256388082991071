//! Headings: which lines are some, which sections they open, and which words inside a line are known as one.

use super::cut::Piece;
use super::lost::Begins;
use super::text::Shape;
use crate::lexicon::Zoning;
use crate::lexicon::pattern::{Found, WordRun};
use crate::vocabulary::Zone;

/// Words of the longest heading: of one marked as such, of one in bold or before a colon, of one in capitals, and of one
/// that nothing marks.
const LONGEST_HEADING: usize = 18;
const LONGEST_DRESSED: usize = 14;
const LONGEST_CAPITALS: usize = 10;
const LONGEST_PLAIN: usize = 7;

/// From this weight on a heading beside the work says that none stands under it, however it is told.
const NO_WORK: f32 = 6.0;

/// What speaks for each zone.
pub(super) type Scores = [f32; Zone::ALL.len()];

/// The zone for which most speaks, by number, and how much.
pub(super) fn argmax(scores: &Scores) -> (usize, f32) {
    scores
        .iter()
        .copied()
        .enumerate()
        .fold((0, f32::MIN), |best, (zone, score)| if score > best.1 { (zone, score) } else { best })
}

/// What stands around a clause.
#[expect(clippy::struct_excessive_bools, reason = "each tells one thing of the place")]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// A list follows it.
    pub(super) leads: bool,
    /// A number opens it, and what follows is none of the same count: "2. Duties" before "2.1 To plan …".
    pub(super) counts: bool,
    /// An hour or a share opens it.
    pub(super) timed: bool,
    /// It opens a paragraph that goes on behind it.
    pub(super) begins: bool,
}

/// What a heading opens.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Opening {
    /// What speaks for each zone.
    pub(super) zones: Scores,
    /// Whether it names figures by which the hire is measured.
    pub(super) measures: bool,
    /// The zone that one word of it names: "Benefits", not "What's in it for you?".
    pub(super) named: Option<Zone>,
}

/// What the clause opens, where it is a heading.
pub(super) fn heading(
    zoning: &Zoning,
    piece: &Piece,
    around: Around,
    text: &str,
    run: &WordRun<'_>,
    found: &mut Vec<Found>,
) -> Option<Opening> {
    let words = run.tokens.len();
    if words == 0 || words > LONGEST_HEADING || around.timed {
        return None;
    }
    let written = piece.span.slice(text).trim_end_matches(['\u{2b50}', ' ']);
    let slice = unruled(written);
    let ruled = slice.len() < written.len();
    let colon = slice.ends_with([':', '\u{ff1a}']);
    let marked = piece.shape == Shape::Heading && piece.whole;
    let bold = piece.bold && piece.whole;
    let capitals = piece.whole && is_in_capitals(slice);
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
    // "How we hire. You will meet …"
    let sentence = around.begins && !item && slice.ends_with(['.', '?']);
    if words > limit || (!piece.whole && !colon && !item && !sentence) {
        return None;
    }
    // "Job type: full-time" heads nothing.
    if !marked && slice.trim_end_matches([':', ' ']).contains(": ") {
        return None;
    }
    let ended = slice.ends_with(['.', ';', ',']);
    let dressed = marked || bold || ruled || (colon && !item) || capitals;
    if ended && !marked && !bold && !sentence {
        return None;
    }
    look_up(zoning, run, found);
    let mut opening = Opening::default();
    let mut known = 0_u32;
    for hit in &*found {
        let heading = &zoning.heading_cues[hit.payload as usize];
        opening.measures |= heading.measures;
        if hit.first == hit.last {
            opening.named = Some(heading.zone);
        }
        known |= (hit.first..=hit.last).fold(0, |bits, word| bits | 1_u32 << word.min(31));
        let covered = hit.last - hit.first + 1;
        #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
        let share = covered as f32 / words as f32;
        let slot = &mut opening.zones[heading.zone as usize];
        #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
        let length = covered as f32;
        *slot = slot.max(heading.weight * (0.35 + 0.65 * share) + 0.12 * length);
    }
    let word = |at: usize| run.tokens.get(at).map_or("", |word| word.span.slice(text));
    // "2 Principal duties"
    let counts = word(0).len() <= 2 && word(0).bytes().all(|byte| byte.is_ascii_digit());
    // "30 days" is a heading where "30 days of leave" is none: its number tells nothing.
    if counts && words > 2 {
        known &= !1;
    }
    let is_known = |at: usize| known & 1_u32 << at.min(31) != 0;
    let small = |at: usize| at == 0 && counts || is_small(word(at));
    if sentence && !piece.whole {
        return (known != 0 && (0..words).all(|at| small(at) || is_known(at))).then_some(opening);
    }
    let telling = (0..words).filter(|&at| !small(at)).count();
    let covered = known.count_ones() as usize * 2;
    let mostly_known = known != 0 && (covered > telling || around.leads && covered >= telling);
    // Undressed lines are headings only when the known words make up most of them, and do not stand in the middle of
    // what is to be done: "Own the product roadmap".
    let plain_ok = !item && mostly_known && piece.whole;
    // A numbered heading is an item to the eye, and so is a heading among its own list.
    let named = is_known(0) || small(0);
    let leads = around.counts || around.leads && covered >= 2 * telling && named;
    let item_ok = item && mostly_known && (colon || piece.bold || piece.whole && leads);
    let within = !is_known(0) && !is_known(words - 1);
    let undressed = (plain_ok || item_ok) && !(within && !colon && gives_order(zoning, run, found));
    // "Translate what they need into:" gives work, and its list with it; so does "You shape the product:", though products
    // may head a section.
    let lined = colon && !(marked || bold || ruled || capitals);
    let addressed = word(0).eq_ignore_ascii_case("you") && gives_order(zoning, run, found);
    let told = lined && (addressed || !mostly_known && tells(zoning, run, found));
    ((dressed && !item || undressed) && !told || ruled && mostly_known).then_some(opening)
}

/// Finds what the words of a run are known as in headings, the parts of the hire and of others apart.
fn look_up(zoning: &Zoning, run: &WordRun<'_>, found: &mut Vec<Found>) {
    found.clear();
    zoning.headings.find_where(run, |cue| zoning.heading_cues[cue as usize].side.is_none(), found);
}

/// Whether the line is written in capitals: "BENEFITS", not "$90K - $120K".
fn is_in_capitals(line: &str) -> bool {
    let word =
        |word: &str| !word.contains(|c: char| c.is_ascii_digit()) && word.contains(char::is_alphabetic);
    !line.contains(char::is_lowercase) && line.split_whitespace().any(word)
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
pub(super) fn gives_order(zoning: &Zoning, run: &WordRun<'_>, found: &mut Vec<Found>) -> bool {
    starts(zoning, run, found, &[Zone::Duties])
}

/// Whether a run begins with what is to be done or what is asked.
fn tells(zoning: &Zoning, run: &WordRun<'_>, found: &mut Vec<Found>) -> bool {
    starts(zoning, run, found, &[Zone::Duties, Zone::Requirements])
}

/// Whether the first word of a run begins a line of one of `zones`.
fn starts(zoning: &Zoning, run: &WordRun<'_>, found: &mut Vec<Found>, zones: &[Zone]) -> bool {
    found.clear();
    zoning.lines.find(run, found);
    found.iter().any(|hit| {
        let line = &zoning.line_cues[hit.payload as usize];
        line.start && hit.first == 0 && zones.contains(&line.zone)
    })
}

/// What a run of words begins: it is a heading when the lexicon knows most of it as one.
pub(super) fn begins(zoning: &Zoning, text: &str, run: &WordRun<'_>, found: &mut Vec<Found>) -> Begins {
    let ordered = gives_order(zoning, run, found);
    if ordered && run.tokens.len() == 1 {
        return Begins::Order;
    }
    look_up(zoning, run, found);
    let words = run.tokens.len();
    let known = |word: usize| found.iter().any(|hit| (hit.first..=hit.last).contains(&word));
    let mut tokens = run.tokens.iter().enumerate();
    let cues = found.iter().map(|hit| &zoning.heading_cues[hit.payload as usize]);
    if let Some(cue) = cues.reduce(|best, cue| if cue.weight > best.weight { cue } else { best })
        && tokens.all(|(word, token)| known(word) || is_small(token.span.slice(text)))
    {
        if cue.zone == Zone::Other && cue.weight >= NO_WORK {
            Begins::NoWork
        } else {
            Begins::Section(cue.zone)
        }
    } else if found.iter().any(|hit| (hit.last - hit.first + 1) * 2 > words) {
        Begins::Heading
    } else {
        Begins::Nothing
    }
}
