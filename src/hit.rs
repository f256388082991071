//! Where terms stand in a clause. The overlap rule, in three steps:
//!
//! 1. every form of every term is looked for, overlapping ones too, at whole words only;
//! 2. a hit that overlaps an `unless` form of its own term is dropped;
//! 3. of hits that lie inside one another the longest wins; equal ones of several terms all stay.
//!
//! (Leftmost-longest search with a filter on word edges afterwards would lose hits: the longer form swallows the
//! shorter and is then itself thrown away.)

use crate::lexicon::Lexicon;
use crate::lexicon::pattern::{Found, WordRun};

/// A term found in a clause, by words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Index of the term.
    pub(crate) term: usize,
    /// Index of the first word.
    pub(crate) first: usize,
    /// Index of the last word.
    pub(crate) last: usize,
}

/// Finds the terms of a clause whose words `run` holds. `found` is scratch space.
pub(crate) fn find(lexicon: &Lexicon, run: &WordRun<'_>, found: &mut Vec<Found>, hits: &mut Vec<Hit>) {
    found.clear();
    hits.clear();
    lexicon.patterns().find(run, found);
    let terms = lexicon.terms().len();
    for hit in found.iter().filter(|hit| (hit.payload as usize) < terms) {
        let term = hit.payload as usize;
        let undone = found.iter().any(|other| {
            other.payload as usize == terms + term && other.first <= hit.last && hit.first <= other.last
        });
        if !undone {
            hits.push(Hit { term, first: hit.first, last: hit.last });
        }
    }
    let all = std::mem::take(hits);
    let inside = |hit: &Hit, other: &Hit| {
        other.first <= hit.first
            && hit.last <= other.last
            && (other.first, other.last) != (hit.first, hit.last)
    };
    // A form with a gap spans words that are not its own, so only its ends count as covered.
    hits.extend(all.iter().filter(|hit| !all.iter().any(|other| inside(hit, other))));
    hits.sort_unstable_by_key(|hit| (hit.first, hit.last, hit.term));
    hits.dedup();
}
