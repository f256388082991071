//! How the role-specific work of each posting divides between the roles, counted in twelfths.
//!
//! Twelfths, because a third and two thirds are borders then: the middle four are the mixed ones.

use crate::verdict::Verdict;
use crate::vocabulary::Claim;

/// How many bins there are, from all product marketing to all product management.
pub const BINS: usize = 12;

/// Postings by their share of product management, split by what their titles call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// Postings whose titles call product management.
    pub pm: [u64; BINS],
    /// Postings whose titles call product marketing.
    pub pmm: [u64; BINS],
    /// All other postings that hold such work.
    pub other: [u64; BINS],
}

impl Histogram {
    /// Counts a posting, when it has any role-specific work.
    pub(super) fn add(&mut self, verdict: &Verdict) {
        let Some(shares) = verdict.shares else { return };
        let series = match verdict.claimed {
            Claim::Pm => &mut self.pm,
            Claim::Pmm => &mut self.pmm,
            Claim::Both | Claim::Other | Claim::None => &mut self.other,
        };
        series[bin(shares.pm)] += 1;
    }

    /// How many postings a bin holds.
    #[must_use]
    pub fn sum(&self, bin: usize) -> u64 {
        self.pm[bin] + self.pmm[bin] + self.other[bin]
    }

    /// How many postings there are.
    #[must_use]
    pub fn total(&self) -> u64 {
        (0..BINS).map(|bin| self.sum(bin)).sum()
    }

    /// Whether any posting was counted whose title calls neither role alone.
    #[must_use]
    pub fn has_other(&self) -> bool {
        self.other.iter().any(|&count| count > 0)
    }
}

/// The bin of a share; a border belongs to the bin above it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a share between 0 and 1 of twelve"
)]
fn bin(share: f64) -> usize {
    ((share.clamp(0.0, 1.0) * BINS as f64) as usize).min(BINS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirds_are_borders() {
        const CASES: &[(f64, usize)] =
            &[(0.0, 0), (0.05, 0), (0.1, 1), (0.3334, 4), (0.5, 6), (0.6667, 8), (0.9999, 11), (1.0, 11)];
        for &(share, expected) in CASES {
            assert_eq!(bin(share), expected, "{share}");
        }
    }
}
