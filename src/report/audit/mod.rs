//! What a person should see of a run: the postings worth reading, and the figures behind the charts.
//!
//! Outcomes are added one by one. Only so many postings, groups and areas are kept, so that memory and the page
//! stay small however long the run is; what was left out is counted.

mod areas;
mod groups;
mod histogram;
mod listing;

pub use areas::{AreaUse, Areas};
pub use groups::{Average, Group, Groups};
pub use histogram::{BINS, Histogram};
pub use listing::{Card, Limits, Listing, Row};

use crate::outcome::{Failed, Judged, Outcome};
use crate::verdict::Verdict;
use crate::vocabulary::Described;

/// Unreadable records that are kept.
const KEPT: usize = 100;

/// What a person should see of a run.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// How the role-specific work divides between the roles, over the postings.
    pub shares: Histogram,
    /// The postings by employer.
    pub companies: Groups,
    /// The postings by place.
    pub locations: Groups,
    /// The postings by input.
    pub sources: Groups,
    /// What the postings ask for.
    pub areas: Areas,
    /// The postings, worst first.
    pub listing: Listing,
    /// The first records that could not be read.
    pub failed: Vec<Failed>,
}

impl Audit {
    /// An empty audit that keeps at most this many postings.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { listing: Listing::new(limits), ..Self::default() }
    }

    /// Adds one more outcome.
    pub fn add(&mut self, outcome: &Outcome) {
        match outcome {
            // It is listed with the posting that it repeats, and counted once.
            Outcome::Judged(judged) if judged.duplicate_of.is_some() => {}
            Outcome::Judged(judged) => {
                self.count(judged);
                self.listing.add(judged);
            }
            Outcome::Failed(failed) if self.failed.len() < KEPT => self.failed.push(failed.clone()),
            Outcome::Failed(_) | Outcome::Skipped(_) => {}
        }
    }

    fn count(&mut self, judged: &Judged) {
        let verdict = &judged.verdict;
        if !concerns(verdict) {
            return;
        }
        self.shares.add(verdict);
        self.areas.add(verdict);
        self.companies.add(judged.company.as_deref(), verdict);
        self.locations.add(judged.location.as_deref(), verdict);
        self.sources.add(Some(&judged.source.path), verdict);
    }
}

/// Whether a posting concerns the two roles: its title calls one, or its duties are theirs.
fn concerns(verdict: &Verdict) -> bool {
    verdict.claimed.names_a_role()
        || matches!(verdict.described, Described::Pm | Described::Pmm | Described::Mixed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::vocabulary::{Claim, Ruling};

    #[test]
    fn other_jobs_are_listed_and_stay_out_of_the_charts() {
        let mut audit = Audit::default();
        let cook = fixture::posting("Cook").company("Inn");
        audit.add(&cook.ruled(Claim::Other, Described::Neither, Ruling::OutOfScope, 0.99).outcome());
        audit.add(&fixture::posting("Product Manager").company("Northwind").outcome());
        assert_eq!(audit.listing.rows().count(), 2);
        assert_eq!(audit.shares.total(), 1);
        let names: Vec<&str> = audit.companies.top(9, 1).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["Northwind"]);
    }

    #[test]
    fn unreadable_records_are_kept_up_to_a_bound() {
        let mut audit = Audit::default();
        for number in 0..200 {
            audit.add(&fixture::failed("invalid-json", "cut short", "b.jsonl", number));
        }
        assert_eq!(audit.failed.len(), KEPT);
    }
}
