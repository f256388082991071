//! Fits the weights of `score.toml` to labelled postings, without leaving the shipped ones further than it pays.
//!
//! The loss is that of a multinomial logistic; a ridge pulls each weight towards where it starts, so that a few
//! postings change little and many may change a lot. Rows that hardly move stay as they were. What the fit is
//! worth is measured on companies that it has not seen, with an interval; the fit itself chooses nothing by it.

mod example;
mod logistic;
mod folds;
mod report;
mod overlay;
mod render;

use std::collections::{BTreeMap, BTreeSet};

pub use example::{Example, Unfit, label_of_title};
pub use folds::{Figures, Gain, Parted, Unit, Validation};
pub use render::{json, markdown, text};
pub use report::{Advice, FitReport, Intake, Move, SCHEMA};

use crate::analyzer::Analyzer;
use crate::score::ScoreFile;
use crate::vocabulary::Described;
use example::CLASSES;
use logistic::Row;

/// Postings below which a fit says nothing.
pub const FEWEST: usize = 30;
/// How strongly a weight is held where it is, unless told otherwise.
pub const RIDGE: f64 = 10.0;
/// A row none of whose weights moves this far stays as it was.
const LEAST: f64 = 0.05;

/// Why nothing was fitted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FitError {
    /// Too few postings.
    #[error("{0} labelled postings are too few to fit weights to: give {FEWEST} or more")]
    TooFew(usize),
    /// All labels say the same.
    #[error("every label says {0}: a fit needs postings of two descriptions or more")]
    OneClass(Described),
}

/// Weights fitted to labelled postings.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// What moved, and what it is worth.
    pub report: FitReport,
    /// A complete `score.toml`.
    pub overlay: String,
}

/// Fits the weights in force to the examples. The same examples in the same order give the same weights.
///
/// # Errors
/// When there are too few examples, or of one description only.
pub fn fit(
    analyzer: &Analyzer,
    examples: &[Example],
    intake: Intake,
    ridge: f64,
) -> Result<Fitted, FitError> {
    if examples.len() < FEWEST {
        return Err(FitError::TooFew(examples.len()));
    }
    let mut labels: BTreeMap<Described, u64> = BTreeMap::new();
    for example in examples {
        *labels.entry(CLASSES[example.class]).or_default() += 1;
    }
    if let (1, Some(only)) = (labels.len(), labels.keys().next()) {
        return Err(FitError::OneClass(*only));
    }
    let shipped: Vec<Row> = analyzer.score().rows().collect();
    let fitted = |examples: &[&Example]| settled(&shipped, logistic::fit(examples, &shipped, ridge));
    let rows = fitted(&examples.iter().collect::<Vec<_>>());
    let validation = Validation::new(examples, &shipped, fitted);

    let names = std::iter::once("base".into()).chain(analyzer.feature_names());
    let mut moved: Vec<Move> = names
        .zip(shipped.iter().zip(&rows))
        .filter(|(_, (from, to))| from.iter().zip(to.iter()).any(|(from, to)| from.total_cmp(to).is_ne()))
        .map(|(feature, (from, to))| Move { feature, from: (*from).into(), to: (*to).into() })
        .collect();
    moved.sort_by(|a, b| b.largest().total_cmp(&a.largest()));
    let companies: BTreeSet<&str> =
        examples.iter().filter(|example| example.has_company).map(|example| example.group.as_str()).collect();
    let report = FitReport {
        schema: SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        lexicon: analyzer.lexicon().hash().clone(),
        intake,
        labels,
        companies: companies.len() as u64,
        ridge,
        advice: Advice::of(&validation, &moved),
        validation,
        moved,
    };
    let overlay = overlay::text(&report, &file_in_force(analyzer));
    Ok(Fitted { report, overlay })
}

/// The fitted rows to three digits; rows that hardly moved as they were.
fn settled(shipped: &[Row], fitted: Vec<Row>) -> Vec<Row> {
    let settle = |(from, to): (&Row, Row)| {
        let furthest = from.iter().zip(to).map(|(from, to)| (to - from).abs()).fold(0.0, f64::max);
        // Adding zero turns a negative zero into a plain one.
        if furthest < LEAST { *from } else { to.map(|weight| (weight * 1e3).round() / 1e3 + 0.0) }
    };
    shipped.iter().zip(fitted).map(settle).collect()
}

/// The `score.toml` that the analyzer was built from.
fn file_in_force(analyzer: &Analyzer) -> ScoreFile {
    // The analyzer has read this very text.
    toml::from_str(analyzer.lexicon().table("score.toml")).unwrap_or_default()
}

#[cfg(test)]
mod tests;
