//! A share of a count, with how sure it is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::figure::{Z, rounded};

/// A share of a count, with its Wilson 95% interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Proportion {
    /// How many are so.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// `count / of`; null when `of` is 0.
    pub share: Option<f64>,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end of the interval.
    pub high: Option<f64>,
}

impl Proportion {
    /// `count` of `of`, with the Wilson score interval that holds the true share 95 times in 100.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "no run counts 2^53 postings")]
    pub fn new(count: u64, of: u64) -> Self {
        if of == 0 {
            return Self { count, of, ..Self::default() };
        }
        let n = of as f64;
        let share = count as f64 / n;
        let shrink = 1.0 + Z * Z / n;
        let centre = (share + Z * Z / (2.0 * n)) / shrink;
        let half = Z / shrink * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        Self {
            count,
            of,
            share: Some(rounded(share)),
            low: Some(rounded((centre - half).max(0.0))),
            high: Some(rounded((centre + half).min(1.0))),
        }
    }

    /// With one more, which is so or not.
    #[must_use]
    pub fn and(self, so: bool) -> Self {
        self.with(Self { count: u64::from(so), of: 1, ..Self::default() })
    }

    /// Of both counts together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self::new(self.count + other.count, self.of + other.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilson_s() {
        const CASES: &[(u64, u64, f64, f64)] =
            &[(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (9, 212, 0.0225, 0.0787)];
        for &(count, of, low, high) in CASES {
            let proportion = Proportion::new(count, of);
            assert_eq!((proportion.low, proportion.high), (Some(low), Some(high)), "{count} of {of}");
        }
        assert_eq!(Proportion::new(0, 0).share, None);
    }
}
