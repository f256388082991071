//! Reads one clause on its own: which zone it opens as a heading, or which zones its words speak for.

use super::cut::Piece;
use super::heading::{Around, Opening, Scores, argmax, gives_order, heading};
use super::text::Shape;
use crate::grammar::Sentence;
use crate::lexicon::Zoning;
use crate::lexicon::kind::is_adverb;
use crate::lexicon::pattern::{Found, WordRun};
use crate::vocabulary::Zone;

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
/// From this score on a line that gives no order is about the pay, the law or the application, even among duties.
const SPEAKS_APART: f32 = 4.0;
/// From this score on a sentence assigns work to the hire wherever it stands.
const ASSIGNS: f32 = 2.0;
/// How much speaks for duties in an order that only its neighbours show as one.
const ORDERS: f32 = 2.0;
/// Below this score a line asks nothing of the hire; that it is a list item counts a little.
const ASKS_NOTHING: f32 = 0.5;
/// By how much a line among duties must ask for more than it assigns to be none.
const ASKS_MORE: f32 = 0.5;
/// By how much a sentence that assigns work may ask for more than it assigns: "with deep knowledge of …, you will".
const ASKED_ALONG: f32 = 1.2;

/// What is known of one clause before neighbours are heard.
#[expect(clippy::struct_excessive_bools, reason = "each tells one thing of the clause")]
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reading {
    pub(super) scores: Scores,
    /// What the heading opens, when the clause is one.
    pub(super) opens: Option<Opening>,
    /// Whether it begins as an order does: with what is to be done.
    orders: bool,
    /// Whether it begins as something asked of the hire does.
    asks: bool,
    /// Whether it tells by how it is built what the hire will do: "you will …".
    assigns: bool,
    /// Whether it names the line, or the few lines, behind it and no section.
    label: bool,
}

impl Reading {
    /// The zone of the clause in a stretch of `zone`, under a heading that opens the zone `under`: a sentence that tells
    /// the hire's work in the middle of company talk is introduction.
    pub(super) fn own_zone(&self, zone: Zone, under: Option<Zone>) -> Zone {
        let duties = self.scores[Zone::Duties as usize];
        let asked = self.scores[Zone::Requirements as usize];
        // "Develop an understanding of …" is an order all the same.
        let asks = if self.asks { asked >= ASKS_FIRST } else { !self.orders && asked >= ASKS };
        if zone == Zone::Duties && self.opens.is_none() && asks && asked > duties + ASKS_MORE {
            return Zone::Requirements;
        }
        if zone == Zone::Duties && self.opens.is_none() && !self.orders {
            // "We are an equal opportunity employer" behind the duties.
            let (best, score) = argmax(&self.scores);
            let apart = Zone::ALL[best];
            if matches!(apart, Zone::Benefits | Zone::Legal | Zone::Process | Zone::Other)
                && score >= SPEAKS_APART
                && score > duties + ASKS_MORE
            {
                return apart;
            }
        }
        let duties = if self.assigns { duties.max(ASSIGNS) } else { duties };
        let told = duties >= ASSIGNS
            && Zone::ALL.iter().all(|&other| {
                let lead = if other == Zone::Requirements { ASKED_ALONG } else { 0.0 };
                matches!(other, Zone::Duties | Zone::Intro | Zone::Company)
                    || self.scores[other as usize] < duties + lead
            });
        match zone {
            Zone::Company if told && self.opens.is_none() => Zone::Intro,
            // "You will manage the backlog" among what is asked.
            Zone::Requirements
                if told
                    && self.opens.is_none()
                    && !self.orders
                    && (asked < ASKS_NOTHING || self.assigns && !self.asks) =>
            {
                Zone::Duties
            }
            // "You'll lead the launches" under "What you'll get".
            Zone::Benefits
                if told
                    && self.opens.is_none()
                    && !(self.orders && under == Some(zone))
                    && self.scores[zone as usize] < ASKS_NOTHING =>
            {
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
        self.opens.is_some_and(|opens| opens.measures)
    }

    /// Whether the clause is a heading.
    pub(super) fn is_heading(&self) -> bool {
        self.is_label() || self.opens.is_some()
    }

    /// Whether the clause names what stands behind it in its own line.
    pub(super) fn is_label(&self) -> bool {
        self.label
    }

    /// Whether the clause is a heading that opens a section.
    pub(super) fn opens_section(&self) -> bool {
        self.opens.is_some()
    }

    /// The zone that the heading opens, where the lexicon knows one.
    pub(super) fn zone_opened(&self) -> Option<Zone> {
        let (zone, score) = argmax(&self.opens?.zones);
        (score > 0.0).then_some(Zone::ALL[zone])
    }

    /// Whether it gives work as orders do, and asks nothing.
    pub(super) fn works(&self) -> bool {
        self.orders && !self.asks_more()
    }

    /// Whether its words speak of what is offered.
    pub(super) fn offers(&self) -> bool {
        self.scores[Zone::Benefits as usize] >= ASKS_NOTHING
    }

    /// Whether it asks more of the hire than it gives to do.
    pub(super) fn asks_more(&self) -> bool {
        self.asks || self.scores[Zone::Requirements as usize] > self.scores[Zone::Duties as usize]
    }

    /// Takes it for an order, as its neighbours are.
    pub(super) fn order(&mut self) {
        self.orders = true;
        self.scores[Zone::Duties as usize] += ORDERS;
    }

    /// Takes what it asks for what the hire will have reached, where it asks no more than its first words do.
    pub(super) fn reach(&mut self) {
        let [duties, asked] = [Zone::Duties, Zone::Requirements].map(|zone| self.scores[zone as usize]);
        if self.asks && asked < ASKS {
            self.scores[Zone::Duties as usize] = duties.max(asked);
            self.scores[Zone::Requirements as usize] = 0.0;
            self.asks = false;
        }
    }

    /// Makes it a heading that opens this zone and no other.
    pub(super) fn open(&mut self, zone: Zone, weight: f32) {
        let mut opening = Opening::default();
        opening.zones[zone as usize] = weight;
        *self = Self { opens: Some(opening), ..Self::default() };
    }

    /// Makes it a heading that opens nothing.
    pub(super) fn make_label(&mut self) {
        (self.opens, self.label) = (None, true);
    }
}

/// Reads one clause on its own. `run` holds its words.
pub(super) fn read(
    zoning: &Zoning,
    piece: &Piece,
    around: Around,
    text: &str,
    run: &WordRun<'_>,
    found: &mut Vec<Found>,
) -> Reading {
    let Some(opening) = heading(zoning, piece, around, text, run, found) else {
        return read_line(zoning, piece, text, run, found);
    };
    // "Builds performance indicators" is an order.
    if opening.measures && piece.shape != Shape::Heading && gives_order(zoning, run, found) {
        return read_line(zoning, piece, text, run, found);
    }
    Reading { opens: Some(opening), ..Reading::default() }
}

/// Reads one clause that is no heading.
pub(super) fn read_line(
    zoning: &Zoning,
    piece: &Piece,
    text: &str,
    run: &WordRun<'_>,
    found: &mut Vec<Found>,
) -> Reading {
    let (mut orders, mut asks) = (false, false);
    found.clear();
    zoning.lines.find(run, found);
    let mut scores = Scores::default();
    // "Proactively identify …" begins with its verb.
    let begin = usize::from(run.tokens.first().is_some_and(|word| is_adverb(word.span.slice(text))));
    for hit in &*found {
        let line = &zoning.line_cues[hit.payload as usize];
        if line.start && hit.first > begin {
            continue;
        }
        orders |= line.start && line.zone == Zone::Duties;
        asks |= line.start && line.zone == Zone::Requirements;
        let slot = &mut scores[line.zone as usize];
        // The strongest cue counts in full.
        let (more, less) = if line.weight > *slot { (line.weight, *slot) } else { (*slot, line.weight) };
        *slot = (more + less * FURTHER_CUE).min(MOST_OF_CUES);
    }
    let suited = if piece.shape == Shape::Item { ITEM } else { SENTENCE };
    for &(zone, more) in suited.iter().chain(RARE) {
        scores[zone as usize] += more;
    }
    let assigns = Sentence::new(text, run.tokens).promises();
    Reading { scores, orders, asks, assigns, ..Reading::default() }
}
