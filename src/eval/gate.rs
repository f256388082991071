//! Bars that the figures must reach, so that a run of `eval` can hold a line in CI.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::attribution::{Attribution, ROLES};
use super::measure::Measured;

/// The bars of a run; those not set are not held.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bars {
    /// Least accuracy.
    pub min_accuracy: Option<f64>,
    /// Least kappa.
    pub min_kappa: Option<f64>,
    /// Least mean F1 of pm, pmm and neither.
    pub min_macro_f1: Option<f64>,
    /// Most calibration error.
    pub max_ece: Option<f64>,
    /// Most postings left to a person.
    pub max_review: Option<f64>,
    /// Most rightly titled postings called mislabelled.
    pub max_false_alarms: Option<f64>,
    /// Least mean F1 of actors.
    pub min_actor_f1: Option<f64>,
    /// Least precision of owned duties, for each role.
    pub min_owned_precision: Option<f64>,
    /// Least recall of owned duties, for each role.
    pub min_owned_recall: Option<f64>,
}

/// A bar that was missed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Missed {
    /// What was measured.
    pub figure: String,
    /// Whether the bar is the least or the most.
    pub bar: Bar,
    /// Where the bar is.
    pub at: f64,
    /// What was found; null when there was nothing to measure.
    pub found: Option<f64>,
}

/// Which way a bar holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Bar {
    /// The figure must be this or more.
    Min,
    /// The figure must be this or less.
    Max,
}

impl std::fmt::Display for Missed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { figure, bar, at, found } = self;
        let side = match bar {
            Bar::Min => "below the least allowed",
            Bar::Max => "above the most allowed",
        };
        match found {
            Some(found) => write!(f, "{figure} is {found}, {side}, {at}"),
            None => write!(f, "{figure} cannot be measured: no label tells it"),
        }
    }
}

impl Bars {
    /// The bars that figures over postings miss.
    #[must_use]
    pub fn postings(&self, measured: &Measured) -> Vec<Missed> {
        let held = [
            min("accuracy", self.min_accuracy, measured.accuracy.share),
            min("kappa", self.min_kappa, measured.kappa),
            min("macro-F1", self.min_macro_f1, measured.macro_f1),
            max("calibration error", self.max_ece, measured.calibration.ece),
            max("review share", self.max_review, measured.review.share),
            max("share of false alarms", self.max_false_alarms, measured.false_alarms.share),
        ];
        held.into_iter().flatten().collect()
    }

    /// The bars that figures over lines miss.
    #[must_use]
    pub fn lines(&self, attribution: &Attribution) -> Vec<Missed> {
        let mut held = vec![min("macro-F1 of actors", self.min_actor_f1, attribution.actor_macro_f1)];
        for role in ROLES {
            let owned = attribution.owned.get(&role).copied().unwrap_or_default().scores;
            held.push(min(
                &format!("precision of owned {role} duties"),
                self.min_owned_precision,
                owned.precision.share,
            ));
            held.push(min(
                &format!("recall of owned {role} duties"),
                self.min_owned_recall,
                owned.recall.share,
            ));
        }
        held.into_iter().flatten().collect()
    }
}

fn min(figure: &str, at: Option<f64>, found: Option<f64>) -> Option<Missed> {
    missed(figure, Bar::Min, at?, found, |found, at| found >= at)
}

fn max(figure: &str, at: Option<f64>, found: Option<f64>) -> Option<Missed> {
    missed(figure, Bar::Max, at?, found, |found, at| found <= at)
}

fn missed(
    figure: &str,
    bar: Bar,
    at: f64,
    found: Option<f64>,
    holds: fn(f64, f64) -> bool,
) -> Option<Missed> {
    let held = found.is_some_and(|found| holds(found, at));
    (!held).then(|| Missed { figure: figure.to_owned(), bar, at, found })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_missed_below_above_and_without_a_figure() {
        const CASES: &[(Option<f64>, Option<f64>, bool, bool)] = &[
            (None, Some(0.5), false, false),
            (Some(0.5), Some(0.5), false, false),
            (Some(0.5), Some(0.4), true, false),
            (Some(0.5), Some(0.6), false, true),
            (Some(0.5), None, true, true),
        ];
        for &(at, found, below, above) in CASES {
            assert_eq!(min("x", at, found).is_some(), below, "min {at:?} {found:?}");
            assert_eq!(max("x", at, found).is_some(), above, "max {at:?} {found:?}");
        }
        let told = min("accuracy", Some(0.9), Some(0.85)).unwrap().to_string();
        assert_eq!(told, "accuracy is 0.85, below the least allowed, 0.9");
    }
}
