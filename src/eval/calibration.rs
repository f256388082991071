//! Whether probabilities mean what they say, and what leaving out the least certain postings gains.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::figure::rounded;
use crate::proportion::Proportion;

/// Shares of the postings at which the curve is told, in percent.
const COVERED: [u64; 6] = [100, 95, 90, 80, 70, 50];

/// How many equal bins the probabilities fall into.
const BINS: u8 = 10;

/// One judgement: how probable it said it was, and whether it is right.
#[derive(Clone, Copy, Debug)]
pub struct Bet<'a> {
    /// The posting's id.
    pub id: &'a str,
    /// The probability.
    pub confidence: f64,
    /// Whether the description is the label's.
    pub right: bool,
}

/// Probabilities against the share that is right.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Calibration {
    /// Expected calibration error: the mean distance between probability and share right; null without postings.
    pub ece: Option<f64>,
    /// Ten bins of probability; empty ones are left out.
    pub bins: Vec<Bin>,
}

/// The judgements of one bin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bin {
    /// Lower end, included.
    pub from: f64,
    /// Upper end, excluded but for 1.
    pub to: f64,
    /// Mean probability.
    pub confidence: f64,
    /// How many are right.
    pub right: Proportion,
}

/// The accuracy when only the most certain part is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// The share kept.
    pub coverage: f64,
    /// The least probability among those kept.
    pub least: f64,
    /// How many of those kept are right.
    pub right: Proportion,
}

impl Calibration {
    /// Sorts the judgements into bins.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "no run counts 2^53 postings")]
    pub fn new(bets: &[Bet<'_>]) -> Self {
        let mut bins = Vec::new();
        let mut off = 0.0;
        for bin in 0..BINS {
            let inside = || bets.iter().filter(move |bet| bin_of(bet.confidence) == bin);
            let of = inside().count();
            if of == 0 {
                continue;
            }
            let sum: f64 = inside().map(|bet| bet.confidence).sum();
            let right = inside().filter(|bet| bet.right).count();
            off += (sum - right as f64).abs();
            bins.push(Bin {
                from: rounded(f64::from(bin) / f64::from(BINS)),
                to: rounded(f64::from(bin + 1) / f64::from(BINS)),
                confidence: rounded(sum / of as f64),
                right: Proportion::new(right as u64, of as u64),
            });
        }
        Self { ece: (!bets.is_empty()).then(|| rounded(off / bets.len() as f64)), bins }
    }
}

fn bin_of(confidence: f64) -> u8 {
    (1..BINS).rev().find(|bin| confidence >= f64::from(*bin) / f64::from(BINS)).unwrap_or(0)
}

/// The curve of accuracy over coverage: the least certain go first, and of equally certain ones neither the
/// first nor the last in the file but those whose id hashes lower.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a percentage")]
pub fn curve(bets: &[Bet<'_>]) -> Vec<Coverage> {
    let mut sorted = bets.to_vec();
    sorted.sort_by(|a, b| {
        let hash = |bet: &Bet<'_>| xxh3_64(bet.id.as_bytes());
        a.confidence.total_cmp(&b.confidence).then_with(|| hash(a).cmp(&hash(b)))
    });
    let n = sorted.len() as u64;
    let point = |percent: u64| {
        let left_out = usize::try_from(n * (100 - percent) / 100).unwrap_or(0);
        let kept = &sorted[left_out..];
        let right = kept.iter().filter(|bet| bet.right).count() as u64;
        Coverage {
            coverage: percent as f64 / 100.0,
            least: kept.first().map_or(0.0, |bet| bet.confidence),
            right: Proportion::new(right, kept.len() as u64),
        }
    };
    if n == 0 { Vec::new() } else { COVERED.into_iter().map(point).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bets(of: &[(f64, bool)]) -> Vec<Bet<'static>> {
        of.iter().map(|&(confidence, right)| Bet { id: "x", confidence, right }).collect()
    }

    #[test]
    fn bins_hold_their_lower_end_and_the_last_holds_1() {
        for (confidence, bin) in [(0.0, 0), (0.0999, 0), (0.1, 1), (0.3, 3), (0.7, 7), (0.95, 9), (1.0, 9)] {
            assert_eq!(bin_of(confidence), bin, "{confidence}");
        }
    }

    #[test]
    fn the_error_is_the_distance_weighted_by_bin() {
        let calibration =
            Calibration::new(&bets(&[(0.9, true), (0.9, true), (0.9, false), (0.9, true), (0.6, false)]));
        // |3.6 − 3| + |0.6 − 0| over 5.
        assert_eq!(calibration.ece, Some(0.24));
        assert_eq!(calibration.bins.len(), 2);
        assert_eq!(Calibration::new(&[]), Calibration::default());
    }

    #[test]
    fn the_least_certain_go_first() {
        let curve = curve(&bets(&[(0.9, true), (0.2, false), (0.8, true), (0.5, false)]));
        let right: Vec<(u64, u64)> = curve.iter().map(|point| (point.right.count, point.right.of)).collect();
        assert_eq!(right, [(2, 4), (2, 4), (2, 4), (2, 4), (2, 3), (2, 2)]);
        assert!((curve[5].least - 0.8).abs() < 1e-9);
    }
}
