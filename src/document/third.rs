//! Orders in the third person that the lexicon does not know, in a row of such: "Drives a van. Empties the boxes. Signs for
//! parcels."

use super::zoning::Reading;
use crate::lexicon::kind::{Kinds, is_adverb};
use crate::lexicon::pattern::WordRun;
use crate::token::Gap;

/// Lines of the shortest row, and how many of them must show by themselves what they are.
const ROW: usize = 3;
const SURE: usize = 2;

/// Words of the shortest such line, and letters of the shortest verb.
const WORDS: usize = 3;
const LETTERS: usize = 4;

/// Words after which a plural would be no subject: "empties the boxes", where "boxes at the quay" names some.
const OBJECT: Kinds = Kinds::ARTICLE.or(Kinds::WHICH);

/// Takes the lines of such rows for orders. `run` gives the words of a clause.
pub(super) fn read<'t>(text: &str, readings: &mut [Reading], run: impl Fn(usize) -> WordRun<'t>) {
    let (mut first, mut sure) = (0, 0);
    for index in 0..=readings.len() {
        let shown = readings.get(index).and_then(|reading| shows(text, reading, &run(index)));
        if let Some(shown) = shown {
            sure += usize::from(shown);
            continue;
        }
        if index - first >= ROW && sure >= SURE {
            for reading in readings[first..index].iter_mut().filter(|reading| !reading.orders()) {
                reading.order();
            }
        }
        (first, sure) = (index + 1, 0);
    }
}

/// Whether the line may begin with a verb in the third person, and if so whether it must.
fn shows(text: &str, reading: &Reading, run: &WordRun<'_>) -> Option<bool> {
    // Most lines end here: their first word is neither such a verb nor an adverb.
    let last = run.tokens.first().and_then(|first| text.as_bytes().get(first.span.end.checked_sub(1)?));
    if !matches!(last, Some(b's' | b'y' | b'Y')) {
        return None;
    }
    let word = |at: usize| run.tokens.get(at).map_or("", |word| word.span.slice(text));
    let at = usize::from(is_adverb(word(0)));
    let verb = word(at);
    let third = |verb: &str| {
        let plain = ["ss", "us", "is"].iter().any(|ending| verb.ends_with(ending));
        verb.len() >= LETTERS && verb.ends_with('s') && !plain
    };
    let next = run.tokens.get(at + 1).filter(|next| next.gap == Gap::Soft)?;
    if reading.is_heading() || reading.asks_more() || run.tokens.len() < WORDS || !third(verb) {
        return None;
    }
    Some(reading.orders() || next.kinds.has(OBJECT))
}
