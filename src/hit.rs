//! Where terms stand in a clause. The overlap rule, in three steps:
//!
//! 1. every form of every term is looked for, overlapping ones too, at whole words only;
//! 2. a hit that overlaps an `unless` form of its own term is dropped;
//!    figures by which a hire is measured are terms of no weight, and looked for only where such figures stand;
//! 3. a hit whose words are all among those of another that has more is dropped, unless it says more for the same
//!    role; equal ones of several terms all stay. Words under the gap of a form are not the form's own, so what stands
//!    there stays.
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
    /// Which words between them are the term's own: bit 0 is the first.
    own: u64,
}

impl Hit {
    /// Whether all its words are among those of `other`, which has more.
    fn lies_inside(&self, other: &Self) -> bool {
        if other.first > self.first || self.last > other.last || other.first + 63 < self.last {
            return false;
        }
        let own = self.own << (self.first - other.first);
        own & other.own == own && own != other.own
    }
}

/// Finds the terms of a clause whose words `run` holds. `measured` says that it may name figures by which the hire is
/// measured. `found` is scratch space.
pub(crate) fn find(
    lexicon: &Lexicon,
    run: &WordRun<'_>,
    measured: bool,
    found: &mut Vec<Found>,
    hits: &mut Vec<Hit>,
) {
    found.clear();
    hits.clear();
    lexicon.patterns().find(run, found);
    if found.is_empty() {
        return;
    }
    let is_figure = |found: &Found| lexicon.terms()[found.payload as usize].weight == 0.0;
    hits.extend(found.iter().filter(|found| measured || !is_figure(found)).map(|found| Hit {
        term: found.payload as usize,
        first: found.first,
        last: found.last,
        own: found.own,
    }));
    // Hardly any clause holds a term and a word of what may undo it.
    let words = run.filter();
    if hits.iter().any(|hit| lexicon.may_be_undone(hit.term, &words)) {
        found.clear();
        let wanted = |term: u32| hits.iter().any(|hit| hit.term == term as usize);
        lexicon.unless().find_where(run, wanted, found);
        hits.retain(|hit| {
            let undoes = |other: &Found| {
                other.payload as usize == hit.term && other.first <= hit.last && hit.first <= other.last
            };
            !found.iter().any(undoes)
        });
    }
    let all = hits.len();
    // "Drive the product roadmap" is a roadmap driven, and more than work on a product.
    let says_more = |hit: &Hit, other: &Hit| {
        let (term, wider) = (&lexicon.terms()[hit.term], &lexicon.terms()[other.term]);
        lexicon.areas()[term.area].role == lexicon.areas()[wider.area].role && term.weight > wider.weight
    };
    for index in 0..all {
        let hit = hits[index];
        if !hits[..all].iter().any(|other| hit.lies_inside(other) && !says_more(&hit, other)) {
            hits.push(hit);
        }
    }
    hits.drain(..all);
    hits.sort_unstable_by_key(|hit| (hit.first, hit.last, hit.term));
    hits.dedup_by_key(|hit| (hit.first, hit.last, hit.term));
}
