//! What a run will do: every value decided, nothing left to parse.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::rule::Code;
use crate::vocabulary::Severity;

/// How postings are judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Below this probability of the best description the ruling is `review`.
    pub review_probability: f64,
    /// Below this distance between the best and the second description the ruling is `review`.
    pub review_margin: f64,
    /// `mislabelled` needs the other role at this probability or better.
    pub mislabelled_probability: f64,
    /// Severities that differ from the rules' own.
    pub severities: BTreeMap<Code, Severity>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            review_probability: 0.48,
            review_margin: 0.06,
            mislabelled_probability: 0.90,
            severities: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// Hash of all values, so that results tell under which settings they were made.
    #[must_use]
    pub fn hash(&self) -> Arc<str> {
        let digest = Sha256::digest(format!("{self:?}"));
        let digits = digest.iter().fold(String::new(), |mut digits, byte| {
            // Writing to a string cannot fail.
            let _ = write!(digits, "{byte:02x}");
            digits
        });
        format!("sha256:{digits}").into()
    }

    /// The severity in force for a rule.
    #[must_use]
    pub fn severity(&self, code: Code) -> Severity {
        self.severities.get(&code).copied().unwrap_or(code.rule().severity)
    }
}
