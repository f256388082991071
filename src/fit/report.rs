//! What a fit reports: the postings it saw, what it is worth, and what moved.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::folds::Validation;
use crate::score::Weights;
use crate::vocabulary::Described;

/// The schema name that every report carries.
pub const SCHEMA: &str = "rolecall.fit/1";

/// What a fit found. Within `/1` fields are only added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FitReport {
    /// Always `rolecall.fit/1`.
    pub schema: String,
    /// Version of the tool.
    pub version: String,
    /// Hash of the lexicon that the fit starts from.
    pub lexicon: Arc<str>,
    /// Records in, and what became of them.
    pub intake: Intake,
    /// Postings used, by label.
    pub labels: BTreeMap<Described, u64>,
    /// Companies that the postings used are from, where they name one.
    pub companies: u64,
    /// How strongly each weight was held where it was.
    pub ridge: f64,
    /// Whether the fitted weights should be used.
    pub advice: Advice,
    /// What the fit is worth on postings that it has not seen.
    pub validation: Validation,
    /// The rows that moved, the furthest first.
    pub moved: Vec<Move>,
}

/// Records in, and what became of them: the parts add up to `records`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Intake {
    /// Records read.
    pub records: u64,
    /// Labelled and used.
    pub used: u64,
    /// Labelled `mixed`, which follows from the counts of duties and has no weights.
    pub mixed: u64,
    /// Without a label, or with a title that claims nothing clearly.
    pub unlabelled: u64,
    /// Without text, or in a language with no lexicon.
    pub skipped: u64,
    /// Postings or labels that could not be read.
    pub failed: u64,
}

/// Whether fitted weights should be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// The log loss falls beyond doubt, and the accuracy does not.
    Use,
    /// The gain is nothing, or may be.
    Keep,
}

impl Advice {
    /// What the figures advise.
    pub(super) fn of(validation: &Validation, moved: &[Move]) -> Self {
        let gains = validation.log_loss_gain.low > 0.0 && validation.accuracy_gain.mean >= 0.0;
        if gains && !moved.is_empty() { Self::Use } else { Self::Keep }
    }
}

/// A row of weights that moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Move {
    /// Name of the feature, a row of `score.toml`; `base` is what stands before any evidence.
    pub feature: Arc<str>,
    /// The weights before.
    pub from: Weights,
    /// The fitted weights.
    pub to: Weights,
}

impl Move {
    /// How far the weight moved that moved the furthest.
    #[must_use]
    pub fn largest(&self) -> f64 {
        let pairs = self.from.array().into_iter().zip(self.to.array());
        pairs.map(|(from, to)| (to - from).abs()).fold(0.0, f64::max)
    }
}
