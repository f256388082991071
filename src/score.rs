//! From features to probabilities.
//!
//! Two decisions. First what the duties are at all: product management, product marketing, another job, or too
//! little to tell; a multinomial logistic with the weights of `score.toml`. Then, inside the family, whether both
//! roles hold a substantial share: the owned clauses of each role are counts of a Beta distribution, and the
//! chance that the share lies between a third and two thirds shrinks its uncertainty with the number of clauses.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::feature::{self, Tally};
use crate::lexicon::Lexicon;
use crate::verdict::Probabilities;
use crate::vocabulary::Role;

/// Below this share of the owned role-specific duties a role is not substantial.
const SUBSTANTIAL: f64 = 1.0 / 3.0;
/// Steps of the numeric integral; the error is far below the rounding of reports.
const STEPS: u32 = 96;

/// `score.toml`: the few numbers that turn evidence into probabilities.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreFile {
    /// Log-odds before any evidence.
    pub base: Weights,
    /// How the chance of a balanced share becomes the probability of `mixed`.
    pub mixed: Mixed,
    /// Weights by feature.
    pub weight: BTreeMap<String, Weights>,
}

/// What one unit of a feature adds to the log-odds of each description.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// Product management.
    pub pm: f64,
    /// Product marketing.
    pub pmm: f64,
    /// Another job.
    pub neither: f64,
    /// Too little to tell.
    pub insufficient: f64,
}

impl Weights {
    fn array(self) -> [f64; 4] {
        [self.pm, self.pmm, self.neither, self.insufficient]
    }
}

/// Logistic from the log-odds of a balanced share to those of `mixed`.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mixed {
    /// Log-odds of `mixed` when the chance of a balanced share is one half.
    pub base: f64,
    /// What one unit of the log-odds of a balanced share adds.
    pub slope: f64,
}

impl Default for Mixed {
    fn default() -> Self {
        Self { base: -1.0, slope: 1.0 }
    }
}

/// The score in force: weights in the order of the features.
#[derive(Debug)]
pub(crate) struct Score {
    base: [f64; 4],
    mixed: Mixed,
    weights: Vec<[f64; 4]>,
}

impl Score {
    /// Files the weights under the features of a lexicon. An area without weights of its own gets those of its
    /// role, `area/pm` for instance.
    pub(crate) fn new(file: &ScoreFile, lexicon: &Lexicon) -> Self {
        let weights = feature::names(lexicon)
            .iter()
            .map(|name| {
                let role = name.rsplit_once('/').map_or("", |(role, _)| role);
                file.weight
                    .get(&**name)
                    .or_else(|| file.weight.get(role))
                    .copied()
                    .unwrap_or_default()
                    .array()
            })
            .collect();
        Self { base: file.base.array(), mixed: file.mixed, weights }
    }

    /// The probability of each description.
    pub(crate) fn probabilities(&self, tally: &Tally, lexicon: &Lexicon) -> Probabilities {
        let mut odds = self.base;
        for (value, weights) in tally.features(lexicon).into_iter().zip(&self.weights) {
            for (sum, weight) in odds.iter_mut().zip(weights) {
                *sum += value * weight;
            }
        }
        let top = odds.iter().copied().fold(f64::MIN, f64::max);
        let raised = odds.map(|log| (log - top).exp());
        let total: f64 = raised.iter().sum();
        let [pm, pmm, neither, insufficient] = raised.map(|part| part / total);
        let mixed = self.mixed(tally.counts[Role::Pm as usize], tally.counts[Role::Pmm as usize]);
        let family = pm + pmm;
        Probabilities {
            pm: pm * (1.0 - mixed),
            pmm: pmm * (1.0 - mixed),
            mixed: family * mixed,
            neither,
            insufficient,
        }
    }

    /// The probability of `mixed` inside the family.
    fn mixed(&self, pm: f64, pmm: f64) -> f64 {
        if pm < 1.0 || pmm < 1.0 {
            return 0.0;
        }
        let balanced = balanced(pm, pmm).clamp(1e-6, 1.0 - 1e-6);
        let odds = (balanced / (1.0 - balanced)).ln();
        1.0 / (1.0 + (-(self.mixed.base + self.mixed.slope * odds)).exp())
    }
}

/// The chance that neither role's true share is below a third, after seeing so many clauses of each: the mass of
/// Beta(pm + 1/2, pmm + 1/2) between one and two thirds (Jeffreys prior).
fn balanced(pm: f64, pmm: f64) -> f64 {
    let (a, b) = (pm - 0.5, pmm - 0.5);
    // The density is scaled by its peak, so that large counts do not underflow.
    let peak = if a + b > 0.0 { (a / (a + b)).clamp(1e-9, 1.0 - 1e-9) } else { 0.5 };
    let height = a * peak.ln() + b * (1.0 - peak).ln();
    let mass = |from: f64, to: f64| {
        let step = (to - from) / f64::from(STEPS);
        (0..STEPS)
            .map(|index| from + (f64::from(index) + 0.5) * step)
            .map(|share| (a * share.ln() + b * (1.0 - share).ln() - height).exp())
            .sum::<f64>()
            * step
    };
    let middle = mass(SUBSTANTIAL, 1.0 - SUBSTANTIAL);
    let all = mass(0.0, SUBSTANTIAL) + middle + mass(1.0 - SUBSTANTIAL, 1.0);
    if all > 0.0 { middle / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chance_of_balance_grows_with_even_counts_and_falls_with_uneven_ones() {
        assert!(balanced(6.0, 6.0) > 0.75);
        assert!(balanced(1.0, 1.0) < balanced(3.0, 3.0));
        assert!(balanced(9.0, 1.0) < 0.05);
        assert!(balanced(400.0, 1.0) < 1e-6);
        assert!((balanced(2.0, 5.0) - balanced(5.0, 2.0)).abs() < 1e-9);
    }
}
