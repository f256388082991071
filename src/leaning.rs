//! What the words of a posting lean towards, whatever they say.
//!
//! Every row of words in `hints.toml` counts once a posting, however often it stands there. The sum is divided by the root of
//! the number of such rows, so that a long text leans no further than a short one that is told in the same words.

use crate::document::Document;
use crate::lexicon::file::Lean;
use crate::lexicon::{Lexicon, pattern::WordRun};
use crate::span::Span;
use crate::vocabulary::Zone;

/// How far a posting can lean.
const FURTHEST: f64 = 8.0;

/// The leaning of one posting towards product management, product marketing, another job, and too little to tell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Leaning(pub(crate) [f64; 4]);

impl Leaning {
    /// Adds up the words of the zones that speak of the work.
    pub(crate) fn of(document: &Document, lexicon: &Lexicon) -> Self {
        let mut sums = [0.0; 4];
        let mut words = 0_u32;
        each(document, lexicon, |lean, _, _| {
            words += 1;
            for (sum, lean) in sums.iter_mut().zip(array(lean)) {
                *sum += lean;
            }
        });
        let scale = f64::from(words.max(1)).sqrt();
        Self(sums.map(|sum| (sum / scale).clamp(-FURTHEST, FURTHEST)))
    }

    /// The words that count, each with its place in the readable text and what it adds.
    pub(crate) fn words(document: &Document, lexicon: &Lexicon) -> Vec<(usize, Span, [f64; 4])> {
        let mut words = Vec::new();
        each(document, lexicon, |lean, clause, span| words.push((clause, span, array(lean))));
        #[expect(clippy::cast_precision_loss, reason = "texts have far fewer than 2^52 words")]
        let scale = (words.len().max(1) as f64).sqrt();
        for (.., adds) in &mut words {
            *adds = adds.map(|add| add / scale);
        }
        words
    }
}

/// Calls `count` for the first of each leaning word, with its clause and its place in the readable text.
fn each(document: &Document, lexicon: &Lexicon, mut count: impl FnMut(Lean, usize, Span)) {
    let hints = lexicon.hints();
    let mut seen = Seen::default();
    let speaks = |zone: Zone| matches!(zone, Zone::Intro | Zone::Duties | Zone::Requirements);
    for (index, clause) in document.clauses().iter().enumerate() {
        if clause.heading || !speaks(clause.zone) {
            continue;
        }
        let run: WordRun<'_> = document.run(index);
        for word in run.tokens {
            if word.leans()
                && let Some((row, lean)) = hints.lean(word.class)
                && seen.is_new(row)
            {
                count(lean, index, word.span);
            }
        }
    }
}

/// Which rows have been met.
#[derive(Default)]
struct Seen(Vec<u64>);

impl Seen {
    fn is_new(&mut self, row: usize) -> bool {
        let (at, bit) = (row / 64, 1_u64 << (row % 64));
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        let new = self.0[at] & bit == 0;
        self.0[at] |= bit;
        new
    }
}

fn array(Lean { pm, pmm, neither, insufficient }: Lean) -> [f64; 4] {
    [pm, pmm, neither, insufficient].map(f64::from)
}
