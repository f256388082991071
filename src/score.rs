//! From features to probabilities.
//!
//! Two decisions. First what the duties are at all: product management, product marketing, another job, or too
//! little to tell; a multinomial logistic with the weights of `score.toml`. Then, inside the family, whether both
//! roles hold a substantial share: the owned clauses of each role are counts of a Beta distribution, and the
//! chance that the share lies between a third and two thirds shrinks its uncertainty with the number of clauses. The
//! further the first decision leans to one of the two roles, the more even the clauses must be: a few clauses
//! alone do not make a posting mixed whose whole text speaks of one role.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::feature::{self, Tally};
use crate::figure::rounded;
use crate::lexicon::Lexicon;
use crate::sureness::{Sureness, SurenessFile};
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
    /// What stretches or shrinks the log-odds of a posting.
    #[serde(default)]
    pub sureness: SurenessFile,
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
    /// The four in the order of the fields.
    pub(crate) fn array(self) -> [f64; 4] {
        [self.pm, self.pmm, self.neither, self.insufficient]
    }
}

impl Sum {
    /// What the sureness adds to the log-odds, where it does: with it the base and the parts sum up to them.
    pub(crate) fn stretch(&self) -> Option<Weights> {
        let stretches = (self.sureness - 1.0).abs() >= 0.005;
        stretches.then(|| self.odds.array().map(|odds| odds - odds / self.sureness).into())
    }
}

impl From<[f64; 4]> for Weights {
    fn from(all: [f64; 4]) -> Self {
        let [pm, pmm, neither, insufficient] = all.map(rounded);
        Self { pm, pmm, neither, insufficient }
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
    /// What one unit of log-odds between the two roles in the first decision, before the sureness, takes off,
    /// whichever way it leans.
    #[serde(default)]
    pub lean: f64,
}

/// Clauses that each role must have for a posting to be called mixed with confidence: two, or one and some help.
const FEWEST_MIXED: f64 = 1.5;
/// What part goes to `mixed` at most where a role has fewer.
const MIXED_BY_FEW: f64 = 0.45;

impl Mixed {
    /// The part of `pm` and `pmm` that goes to `mixed`, from how evenly the two share the clauses and the log-odds of the
    /// first decision.
    pub(crate) fn part(self, even: Option<Even>, [pm, pmm, ..]: [f64; 4]) -> f64 {
        let Some(even) = even else { return 0.0 };
        let odds = self.base + self.slope * even.odds - self.lean * (pm - pmm).abs();
        let part = 1.0 / (1.0 + (-odds).exp());
        if even.few { part.min(MIXED_BY_FEW) } else { part }
    }
}

impl Default for Mixed {
    fn default() -> Self {
        Self { base: -1.0, slope: 1.0, lean: 0.0 }
    }
}

/// How the probabilities of one posting came about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sum {
    /// Log-odds before any evidence.
    pub base: Weights,
    /// What each feature adds, the one that moves the first description over the second most first. Features of
    /// value 0 are left out.
    pub parts: Vec<Part>,
    /// What the log-odds were multiplied by in the end.
    pub sureness: f64,
    /// Log-odds with everything added, times the sureness.
    pub odds: Weights,
    /// The probabilities that these log-odds mean, before `mixed` is set apart.
    pub first: Weights,
    /// How evenly the two roles share the owned duties.
    pub balance: Balance,
    /// The probabilities in the end.
    pub probabilities: Probabilities,
}

/// What one feature adds to the log-odds of each description: its value times its weights.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// Name of the feature, a row of `score.toml`.
    pub feature: Arc<str>,
    /// Its value in this posting.
    pub value: f64,
    /// What it adds.
    pub adds: Weights,
}

/// The second decision: whether both roles hold a substantial share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Balance {
    /// Clauses of product management; a contribution counts a third.
    pub pm: f64,
    /// Clauses of product marketing.
    pub pmm: f64,
    /// The chance that each role's share is a third or more; null when a role has less than one clause.
    pub chance: Option<f64>,
    /// Log-odds of `pm` over `pmm` in the first decision, before the sureness: the further from 0, the less is mixed.
    pub lean: f64,
    /// The part of `pm` and `pmm` that goes to `mixed`.
    pub mixed: f64,
}

/// The score in force: weights in the order of the features.
#[derive(Debug)]
pub(crate) struct Score {
    base: [f64; 4],
    mixed: Mixed,
    sureness: Sureness,
    weights: Vec<[f64; 4]>,
}

impl Score {
    /// Files the weights under the features of a lexicon. An area without weights of its own gets those of its
    /// role, `area/pm` for instance.
    pub(crate) fn new(file: &ScoreFile, lexicon: &Lexicon) -> Self {
        let names = feature::names(lexicon);
        let sureness = Sureness::new(&file.sureness, &names);
        let weights = names
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
        Self { base: file.base.array(), mixed: file.mixed, sureness, weights }
    }

    /// The log-odds before any evidence, then the weights in the order of the features.
    pub(crate) fn rows(&self) -> impl Iterator<Item = [f64; 4]> {
        std::iter::once(self.base).chain(self.weights.iter().copied())
    }

    /// How the second decision is taken.
    pub(crate) fn mixed(&self) -> Mixed {
        self.mixed
    }

    /// What multiplies the log-odds of a posting with these features.
    pub(crate) fn sureness(&self, features: &[f64]) -> f64 {
        self.sureness.of(features)
    }

    /// The probability of each description.
    pub(crate) fn probabilities(&self, tally: &Tally, lexicon: &Lexicon) -> Probabilities {
        let features = tally.features(lexicon);
        let mut odds = self.base;
        for (value, weights) in features.iter().zip(&self.weights) {
            for (sum, weight) in odds.iter_mut().zip(weights) {
                *sum += value * weight;
            }
        }
        let sureness = self.sureness.of(&features);
        let first = logistic(odds.map(|odds| odds * sureness));
        second(first, self.mixed.part(even(tally), odds))
    }

    /// The same, with every step on the way.
    pub(crate) fn sum(&self, tally: &Tally, lexicon: &Lexicon) -> Sum {
        let features = tally.features(lexicon);
        let sureness = self.sureness.of(&features);
        let mut odds = self.base;
        let mut parts = Vec::new();
        for ((name, value), weights) in feature::names(lexicon).into_iter().zip(features).zip(&self.weights) {
            let adds = weights.map(|weight| value * weight);
            for (sum, add) in odds.iter_mut().zip(adds) {
                *sum += add;
            }
            if value != 0.0 {
                parts.push(Part { feature: name, value: rounded(value), adds: adds.into() });
            }
        }
        let mixed = self.mixed.part(even(tally), odds);
        let lean = odds[0] - odds[1];
        let odds = odds.map(|odds| odds * sureness);
        let mut ranked = [0, 1, 2, 3];
        ranked.sort_by(|&a, &b| odds[b].total_cmp(&odds[a]));
        let [best, next, ..] = ranked;
        let moves = |part: &Part| {
            let adds = part.adds.array();
            (adds[best] - adds[next]).abs()
        };
        parts.sort_by(|a, b| moves(b).total_cmp(&moves(a)));
        let first = logistic(odds);
        let (pm, pmm) = (tally.counts[Role::Pm as usize], tally.counts[Role::Pmm as usize]);
        Sum {
            base: self.base.into(),
            parts,
            sureness: rounded(sureness),
            odds: odds.into(),
            first: first.into(),
            balance: Balance {
                pm: rounded(pm),
                pmm: rounded(pmm),
                chance: (pm >= 1.0 && pmm >= 1.0).then(|| rounded(balanced(pm, pmm))),
                lean: rounded(lean),
                mixed: rounded(mixed),
            },
            probabilities: second(first, mixed),
        }
    }
}

/// From log-odds to probabilities that sum to 1.
pub(crate) fn logistic(odds: [f64; 4]) -> [f64; 4] {
    let top = odds.iter().copied().fold(f64::MIN, f64::max);
    let raised = odds.map(|log| (log - top).exp());
    let total: f64 = raised.iter().sum();
    raised.map(|part| part / total)
}

/// The second decision: what part of the family is `mixed`.
pub(crate) fn second([pm, pmm, neither, insufficient]: [f64; 4], mixed: f64) -> Probabilities {
    Probabilities {
        pm: pm * (1.0 - mixed),
        pmm: pmm * (1.0 - mixed),
        mixed: (pm + pmm) * mixed,
        neither,
        insufficient,
    }
}

/// How evenly the two roles share the owned clauses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Even {
    /// The log-odds that neither role's share is below a third.
    odds: f64,
    /// Whether a role has too few clauses for the two to be called mixed with confidence.
    few: bool,
}

/// How evenly the two roles share the owned clauses; `None` when a role has less than one.
pub(crate) fn even(tally: &Tally) -> Option<Even> {
    let (pm, pmm) = (tally.counts[Role::Pm as usize], tally.counts[Role::Pmm as usize]);
    let chance = (pm >= 1.0 && pmm >= 1.0).then(|| balanced(pm, pmm).clamp(1e-6, 1.0 - 1e-6))?;
    Some(Even { odds: (chance / (1.0 - chance)).ln(), few: pm.min(pmm) < FEWEST_MIXED })
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
