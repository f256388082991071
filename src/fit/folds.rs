//! What a fit is worth on postings that it has not seen: each is judged by weights fitted to other companies.

use std::collections::BTreeMap;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::example::{CLASSES, Example};
use super::logistic::Row;
use crate::figure::{Z, rounded};
use crate::proportion::Proportion;

/// Parts that take turns in being left out.
const FOLDS: usize = 5;

/// Which postings stay together when a part is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// All of a company.
    Company,
    /// The copies of one text, since there are too few companies.
    Text,
}

/// How the postings were parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Parted {
    /// Which postings stay together.
    pub by: Unit,
    /// How many such units there are.
    pub units: usize,
    /// Parts that took turns in being left out.
    pub folds: usize,
    /// Postings that name no company.
    pub without_company: usize,
}

/// Figures on postings that were left out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    /// Descriptions that are the label's.
    pub accuracy: Proportion,
    /// Mean surprise at the label, in natural units; lower is better.
    pub log_loss: f64,
}

/// A mean gain with its 95% interval, whole companies being one draw each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Gain {
    /// The mean by posting.
    pub mean: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// The two sets of weights on postings that were left out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Validation {
    /// How the postings were parted.
    pub parted: Parted,
    /// The weights that the fit starts from.
    pub shipped: Figures,
    /// The fitted weights.
    pub fitted: Figures,
    /// What the accuracy gains.
    pub accuracy_gain: Gain,
    /// What the log loss loses.
    pub log_loss_gain: Gain,
}

impl Validation {
    /// Judges every example by what `fit` makes of the examples of other folds.
    pub(super) fn new(
        examples: &[Example],
        shipped: &[Row],
        fit: impl Fn(&[&Example]) -> Vec<Row> + Sync,
    ) -> Self {
        let (parted, folds) = part(examples);
        let rows: Vec<Vec<Row>> = (0..parted.folds)
            .into_par_iter()
            .map(|out| {
                let others = examples.iter().zip(&folds).filter(|(_, fold)| **fold != out);
                fit(&others.map(|(example, _)| example).collect::<Vec<_>>())
            })
            .collect();
        let bets: Vec<[Bet; 2]> = examples
            .iter()
            .zip(&folds)
            .map(|(example, fold)| [Bet::new(example, shipped), Bet::new(example, &rows[*fold])])
            .collect();
        let gain = |of: &dyn Fn(&Bet) -> f64, sign: f64| {
            let each = examples
                .iter()
                .zip(&bets)
                .map(|(example, [old, new])| (unit(parted.by, example), sign * (of(new) - of(old))));
            clustered(each)
        };
        Self {
            parted,
            shipped: figures(bets.iter().map(|[old, _]| old)),
            fitted: figures(bets.iter().map(|[_, new]| new)),
            accuracy_gain: gain(&|bet| f64::from(u8::from(bet.right)), 1.0),
            log_loss_gain: gain(&|bet| bet.loss, -1.0),
        }
    }
}

/// How one set of weights fares with one posting.
struct Bet {
    right: bool,
    loss: f64,
}

impl Bet {
    fn new(example: &Example, rows: &[Row]) -> Self {
        let pairs = example.probabilities(rows).pairs();
        let label = CLASSES[example.class];
        let best = pairs.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(described, _)| *described);
        let given = pairs.iter().find(|(described, _)| *described == label).map_or(0.0, |(_, share)| *share);
        Self { right: best == Some(label), loss: -given.max(1e-9).ln() }
    }
}

fn unit(by: Unit, example: &Example) -> String {
    match by {
        Unit::Company => example.group.clone(),
        Unit::Text => format!("{:016x}", example.text),
    }
}

/// The fold of each example. The largest units are dealt out first, each to the smallest fold.
fn part(examples: &[Example]) -> (Parted, Vec<usize>) {
    let count = |by: Unit| {
        let mut units: BTreeMap<String, usize> = BTreeMap::new();
        for example in examples {
            *units.entry(unit(by, example)).or_default() += 1;
        }
        units
    };
    let companies = count(Unit::Company);
    let (by, units) =
        if companies.len() >= FOLDS { (Unit::Company, companies) } else { (Unit::Text, count(Unit::Text)) };
    let folds = FOLDS.min(units.len());
    let mut dealt: Vec<(&String, usize)> = units.iter().map(|(name, count)| (name, *count)).collect();
    dealt.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let mut sizes = vec![0; folds];
    let mut fold_of = BTreeMap::new();
    for (name, count) in dealt {
        let smallest = (0..folds).min_by_key(|&fold| sizes[fold]).unwrap_or(0);
        sizes[smallest] += count;
        fold_of.insert(name.clone(), smallest);
    }
    let without_company = examples.iter().filter(|example| !example.has_company).count();
    let parted = Parted { by, units: units.len(), folds, without_company };
    (parted, examples.iter().map(|example| fold_of[&unit(by, example)]).collect())
}

#[expect(clippy::cast_precision_loss, reason = "no run fits 2^52 postings")]
fn figures<'b>(bets: impl Iterator<Item = &'b Bet>) -> Figures {
    let (mut right, mut of, mut loss) = (0, 0, 0.0);
    for bet in bets {
        right += u64::from(bet.right);
        of += 1;
        loss += bet.loss;
    }
    Figures { accuracy: Proportion::new(right, of), log_loss: rounded(loss / (of as f64).max(1.0)) }
}

/// The mean, with an interval from how the sums of the units scatter.
#[expect(clippy::cast_precision_loss, reason = "no run fits 2^52 postings")]
fn clustered(each: impl Iterator<Item = (String, f64)>) -> Gain {
    let mut units: BTreeMap<String, (f64, f64)> = BTreeMap::new();
    for (unit, gain) in each {
        let (count, sum) = units.entry(unit).or_default();
        *count += 1.0;
        *sum += gain;
    }
    let all: f64 = units.values().map(|(count, _)| count).sum();
    if all == 0.0 {
        return Gain::default();
    }
    let mean = units.values().map(|(_, sum)| sum).sum::<f64>() / all;
    let scatter: f64 = units.values().map(|(count, sum)| (sum - count * mean).powi(2)).sum();
    let few = units.len() as f64;
    let error = (scatter * few / (few - 1.0).max(1.0)).sqrt() / all;
    Gain { mean: rounded(mean), low: rounded(mean - Z * error), high: rounded(mean + Z * error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_company_is_never_parted_and_folds_are_even() {
        let examples: Vec<Example> =
            (0..60).map(|index| Example::made(&[f64::from(index)], 0, &format!("c{}", index % 12))).collect();
        let (parted, folds) = part(&examples);
        assert_eq!((parted.by, parted.units, parted.folds), (Unit::Company, 12, 5));
        for (a, b) in examples.iter().zip(&folds) {
            let same = examples.iter().zip(&folds).filter(|(other, _)| other.group == a.group);
            assert!(same.into_iter().all(|(_, fold)| fold == b));
        }
        for fold in 0..5 {
            let size = folds.iter().filter(|of| **of == fold).count();
            assert!((10..=15).contains(&size), "{size}");
        }
    }

    #[test]
    fn one_company_alone_is_parted_by_text() {
        let examples: Vec<Example> =
            (0..10).map(|index| Example::made(&[f64::from(index)], 0, "mine")).collect();
        let (parted, _) = part(&examples);
        assert_eq!((parted.by, parted.units), (Unit::Text, 10));
    }

    #[test]
    fn a_gain_in_one_company_alone_is_not_sure() {
        let one =
            clustered((0..40).map(|index| (format!("{}", index % 8), f64::from(u8::from(index % 8 == 0)))));
        assert!(one.mean > 0.0 && one.low < 0.0, "{one:?}");
        let all =
            clustered((0..40).map(|index| (format!("{}", index % 8), 0.2 + 0.01 * f64::from(index % 3))));
        assert!(all.low > 0.0, "{all:?}");
    }
}
