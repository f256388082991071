//! The postings of a run, worst first: some in full, many as a row, the rest as a number.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::outcome::Judged;
use crate::posting::SourceRef;
use crate::vocabulary::{Claim, Described, Ruling};

/// How many postings are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Postings kept in full.
    pub cards: usize,
    /// Postings kept as a row.
    pub rows: usize,
    /// Whether postings that match are kept in full too, while there is room.
    pub matching: bool,
    /// When given, only postings with one of these verdicts are listed, all of them as if flagged.
    pub only: Option<Vec<Ruling>>,
}

/// The postings of a run.
#[derive(Clone, Debug)]
pub struct Listing {
    limits: Limits,
    kept: BTreeMap<Rank, Row>,
    cards: BTreeMap<Rank, Box<Judged>>,
    /// How many postings came.
    pub postings: u64,
    /// How many of them are flagged, or were asked for.
    pub flagged: u64,
}

/// Orders postings worst first: by verdict, then surest first, then as read.
pub(super) type Rank = (usize, Reverse<u64>, u64);

/// A posting in one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The title.
    pub title: Option<Arc<str>>,
    /// The employer.
    pub company: Option<Arc<str>>,
    /// Where the job is.
    pub location: Option<Arc<str>>,
    /// What the title claims.
    pub claimed: Claim,
    /// What the duties describe.
    pub described: Described,
    /// What the two say together.
    pub verdict: Ruling,
    /// Probability of `described`.
    pub confidence: f64,
    /// Share of product management in the role-specific work.
    pub pm_share: Option<f64>,
    /// Where it was read.
    pub source: SourceRef,
}

/// A posting kept in full, with the number of its row.
#[derive(Clone, Copy, Debug)]
pub struct Card<'a> {
    /// Its row.
    pub row: usize,
    /// The posting.
    pub judged: &'a Judged,
}

impl Default for Limits {
    fn default() -> Self {
        Self { cards: 500, rows: 50_000, matching: false, only: None }
    }
}

impl Default for Listing {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl Listing {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, kept: BTreeMap::new(), cards: BTreeMap::new(), postings: 0, flagged: 0 }
    }

    pub(super) fn add(&mut self, judged: &Judged) {
        let ruling = judged.verdict.verdict;
        let flagged = match &self.limits.only {
            Some(only) if !only.contains(&ruling) => return,
            Some(_) => true,
            None => ruling.is_flagged(),
        };
        self.postings += 1;
        self.flagged += u64::from(flagged);
        // The bits of a positive float sort as the float does.
        let rank = (ruling.badness(), Reverse(judged.verdict.confidence.to_bits()), self.postings);
        keep(&mut self.kept, self.limits.rows, rank, || Row::new(judged));
        // The flagged rank first, so that the others never take their room.
        if flagged || (self.limits.matching && ruling == Ruling::Match) {
            keep(&mut self.cards, self.limits.cards, rank, || Box::new(judged.clone()));
        }
    }

    /// The rows, worst first.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.kept.values()
    }

    /// The postings in full, worst first.
    #[must_use]
    pub fn cards(&self) -> Vec<Card<'_>> {
        // Both maps are ordered by rank, and every card has a row.
        let mut rows = self.kept.keys().enumerate();
        self.cards
            .iter()
            .filter_map(|(rank, judged)| {
                let (row, _) = rows.by_ref().find(|(_, key)| *key == rank)?;
                Some(Card { row, judged })
            })
            .collect()
    }

    /// Postings that have no row.
    #[must_use]
    pub fn without_row(&self) -> u64 {
        self.postings - self.kept.len() as u64
    }

    /// Flagged postings that are not kept in full.
    #[must_use]
    pub fn without_card(&self) -> u64 {
        self.flagged.saturating_sub(self.cards.len() as u64)
    }
}

/// Keeps the value when it is among the first `limit`.
fn keep<T>(kept: &mut BTreeMap<Rank, T>, limit: usize, rank: Rank, value: impl FnOnce() -> T) {
    if kept.len() < limit {
        kept.insert(rank, value());
    } else if kept.last_key_value().is_some_and(|(mildest, _)| rank < *mildest) {
        kept.pop_last();
        kept.insert(rank, value());
    }
}

impl Row {
    fn new(judged: &Judged) -> Self {
        let text = |field: &Option<String>| {
            let line = crate::report::safe::line(field.as_deref().unwrap_or_default(), TEXT);
            (!line.is_empty()).then(|| Arc::from(line))
        };
        let verdict = &judged.verdict;
        Self {
            title: text(&judged.title),
            company: text(&judged.company),
            location: text(&judged.location),
            claimed: verdict.claimed,
            described: verdict.described,
            verdict: verdict.verdict,
            confidence: verdict.confidence,
            pm_share: verdict.shares.map(|shares| shares.pm),
            source: judged.source.clone(),
        }
    }
}

/// Characters of a title, an employer or a place that a row holds.
const TEXT: usize = 160;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn listing(limits: Limits) -> Listing {
        let mut listing = Listing::new(limits);
        for (title, ruling, confidence) in [
            ("fine", Ruling::Match, 0.9),
            ("look", Ruling::Review, 0.5),
            ("wrong", Ruling::Mislabelled, 0.92),
            ("surely wrong", Ruling::Mislabelled, 0.99),
        ] {
            let posting = fixture::posting(title).ruled(Claim::Pm, Described::Pmm, ruling, confidence);
            listing.add(&posting.judged());
        }
        listing
    }

    fn titles(listing: &Listing) -> Vec<&str> {
        listing.rows().map(|row| row.title.as_deref().unwrap()).collect()
    }

    #[test]
    fn the_worst_come_first_and_the_surest_of_them() {
        let listing = listing(Limits::default());
        assert_eq!(titles(&listing), ["surely wrong", "wrong", "look", "fine"]);
        assert_eq!(listing.cards().iter().map(|card| card.row).collect::<Vec<_>>(), [0, 1, 2]);
        assert_eq!((listing.flagged, listing.without_card(), listing.without_row()), (3, 0, 0));
    }

    #[test]
    fn past_the_limits_the_mildest_are_only_counted() {
        let listing = listing(Limits { cards: 1, rows: 2, ..Limits::default() });
        assert_eq!(titles(&listing), ["surely wrong", "wrong"]);
        assert_eq!(listing.cards()[0].judged.title.as_deref(), Some("surely wrong"));
        assert_eq!((listing.without_card(), listing.without_row()), (2, 2));
    }

    #[test]
    fn those_that_match_take_the_room_that_the_flagged_leave() {
        let matching = |cards| listing(Limits { cards, matching: true, ..Limits::default() });
        let shown = |listing: &Listing| (listing.cards().len(), listing.without_card());
        assert_eq!(shown(&matching(9)), (4, 0));
        assert_eq!(shown(&matching(3)), (3, 0));
        assert_eq!(shown(&matching(2)), (2, 1));
    }

    #[test]
    fn those_asked_for_are_listed_alone() {
        let listing = listing(Limits { only: Some(vec![Ruling::Match]), ..Limits::default() });
        assert_eq!(titles(&listing), ["fine"]);
        assert_eq!((listing.flagged, listing.cards().len()), (1, 1));
    }
}
