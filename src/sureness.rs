//! How much a posting's own richness is trusted: what multiplies its log-odds.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The log-odds are never multiplied by less or more than this.
const RANGE: (f64, f64) = (0.5, 2.0);

/// The table `sureness` of `score.toml`: the logarithm of what multiplies the log-odds of a posting.
///
/// A text that says with whom the hire works and much of what both roles do is told apart more surely than a thin one
/// with the same sum; this stretches or shrinks the sum and never changes which description has the highest one.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SurenessFile {
    /// The logarithm for a posting without any of the features.
    #[serde(default)]
    pub base: f64,
    /// What one unit of a feature adds to the logarithm.
    #[serde(default)]
    pub weight: BTreeMap<String, f64>,
}

/// The table in force, with the places of its features.
#[derive(Debug)]
pub(crate) struct Sureness {
    base: f64,
    weights: Vec<(usize, f64)>,
}

impl Sureness {
    pub(crate) fn new(file: &SurenessFile, names: &[Arc<str>]) -> Self {
        let weights = names
            .iter()
            .enumerate()
            .filter_map(|(index, name)| file.weight.get(&**name).map(|weight| (index, *weight)))
            .collect();
        Self { base: file.base, weights }
    }

    /// What multiplies the log-odds of a posting with these features.
    pub(crate) fn of(&self, features: &[f64]) -> f64 {
        let log = self.weights.iter().fold(self.base, |log, (index, weight)| log + weight * features[*index]);
        log.exp().clamp(RANGE.0, RANGE.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_richer_text_is_surer_within_bounds() {
        let names: Vec<Arc<str>> = ["a", "b"].map(Arc::from).to_vec();
        let file = SurenessFile { base: -0.1, weight: BTreeMap::from([("b".to_owned(), 0.5)]) };
        let sureness = Sureness::new(&file, &names);
        assert!((sureness.of(&[9.0, 0.2]) - 1.0).abs() < 1e-12);
        assert!(sureness.of(&[0.0, 1.0]) > sureness.of(&[0.0, 0.5]));
        assert!((sureness.of(&[0.0, 90.0]) - 2.0).abs() < 1e-12);
        let none = Sureness::new(&SurenessFile::default(), &names);
        assert!((none.of(&[3.0, 3.0]) - 1.0).abs() < 1e-12);
    }
}
