//! What was labelled against what was found, and the figures that follow from the counts.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::figure::rounded;
use crate::proportion::Proportion;

/// Counts by label, then by what was found.
pub type Confusion<T> = BTreeMap<T, BTreeMap<T, u64>>;

/// How well one value is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Scores {
    /// Of those found, how many are labelled so.
    pub precision: Proportion,
    /// Of those labelled, how many are found.
    pub recall: Proportion,
    /// Harmonic mean of the two; null when there are neither labels nor finds.
    pub f1: Option<f64>,
}

impl Scores {
    /// The scores of `hits` right ones, `found` said and `labelled` true.
    #[must_use]
    pub fn new(hits: u64, found: u64, labelled: u64) -> Self {
        let sum = found + labelled;
        Self {
            precision: Proportion::new(hits, found),
            recall: Proportion::new(hits, labelled),
            f1: f1(hits, sum).map(rounded),
        }
    }
}

/// F1 of `hits` right ones, where `sum` counts those found and those labelled together.
#[expect(clippy::cast_precision_loss, reason = "no run counts 2^53 postings")]
fn f1(hits: u64, sum: u64) -> Option<f64> {
    (sum > 0).then(|| 2.0 * hits as f64 / sum as f64)
}

/// Counts one more pair.
pub fn add<T: Ord>(confusion: &mut Confusion<T>, label: T, found: T) {
    *confusion.entry(label).or_default().entry(found).or_default() += 1;
}

/// The confusion of all pairs.
pub fn of<T: Ord>(pairs: impl IntoIterator<Item = (T, T)>) -> Confusion<T> {
    let mut confusion = Confusion::new();
    for (label, found) in pairs {
        add(&mut confusion, label, found);
    }
    confusion
}

/// How many pairs are labelled and found so.
#[must_use]
pub fn cell<T: Ord + Copy>(confusion: &Confusion<T>, label: T, found: T) -> u64 {
    confusion.get(&label).and_then(|row| row.get(&found)).copied().unwrap_or(0)
}

/// How well `value` is found.
#[must_use]
pub fn scores<T: Ord + Copy>(confusion: &Confusion<T>, value: T) -> Scores {
    Scores::new(cell(confusion, value, value), said(confusion, value), labelled(confusion, value))
}

/// The share of pairs whose two sides are the same.
#[must_use]
pub fn accuracy<T: Ord + Copy>(confusion: &Confusion<T>) -> Proportion {
    let right = confusion.iter().map(|(label, row)| row.get(label).copied().unwrap_or(0)).sum();
    Proportion::new(right, total(confusion))
}

/// The mean F1 of those of `values` that are labelled at all; none when no one is.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "the values are a handful")]
pub fn macro_f1<T: Ord + Copy>(confusion: &Confusion<T>, values: &[T]) -> Option<f64> {
    let f1s: Vec<f64> = values
        .iter()
        .filter(|value| labelled(confusion, **value) > 0)
        .filter_map(|&value| {
            f1(cell(confusion, value, value), said(confusion, value) + labelled(confusion, value))
        })
        .collect();
    (!f1s.is_empty()).then(|| rounded(f1s.iter().sum::<f64>() / f1s.len() as f64))
}

/// Cohen's kappa: agreement beyond what two readers with these habits would have by chance.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "no run counts 2^53 postings")]
pub fn kappa<T: Ord + Copy>(confusion: &Confusion<T>) -> Option<f64> {
    let n = total(confusion) as f64;
    let agreed = accuracy(confusion).count as f64 / n;
    let chance: f64 = confusion
        .keys()
        .map(|value| labelled(confusion, *value) as f64 * said(confusion, *value) as f64 / (n * n))
        .sum();
    match n > 0.0 {
        false => None,
        true if chance >= 1.0 => Some(1.0),
        true => Some(rounded((agreed - chance) / (1.0 - chance))),
    }
}

fn total<T: Ord>(confusion: &Confusion<T>) -> u64 {
    confusion.values().flat_map(BTreeMap::values).sum()
}

fn labelled<T: Ord + Copy>(confusion: &Confusion<T>, value: T) -> u64 {
    confusion.get(&value).map_or(0, |row| row.values().sum())
}

fn said<T: Ord + Copy>(confusion: &Confusion<T>, value: T) -> u64 {
    confusion.values().filter_map(|row| row.get(&value)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_follow_from_the_counts() {
        // The textbook example: 20 and 15 agreed, 5 and 10 not.
        let pairs = [(("a", "a"), 20), (("a", "b"), 5), (("b", "a"), 10), (("b", "b"), 15)];
        let table = of(pairs.into_iter().flat_map(|(pair, times)| std::iter::repeat_n(pair, times)));
        assert_eq!(accuracy(&table).share, Some(0.7));
        assert_eq!(kappa(&table), Some(0.4));
        let a = scores(&table, "a");
        assert_eq!((a.precision.count, a.precision.of, a.recall.of, a.f1), (20, 30, 25, Some(0.7273)));
        assert_eq!(macro_f1(&table, &["a", "b"]), Some(0.697));
        assert_eq!(macro_f1(&table, &["a", "c"]), Some(0.7273));
    }

    #[test]
    fn nothing_and_sameness_are_no_division_by_zero() {
        let none: Confusion<u8> = Confusion::new();
        assert_eq!((kappa(&none), macro_f1(&none, &[1]), accuracy(&none).share), (None, None, None));
        assert_eq!(kappa(&of([(1, 1), (1, 1)])), Some(1.0));
        assert_eq!(scores(&of([(1, 2)]), 1).f1, Some(0.0));
    }
}
