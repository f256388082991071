//! What a run will do: every value decided, nothing left to parse.
//!
//! Here what was said ([`Config`](crate::config::Config)) becomes what it means.

mod effective;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::rule::Code;
use crate::vocabulary::{Level, Ruling, Severity};

pub use effective::{Effective, Entry};

/// How postings are judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Below this probability of the best description the ruling is `review`.
    pub review_probability: f64,
    /// Below this distance between the best and the second description the ruling is `review`.
    pub review_margin: f64,
    /// `mislabelled` needs the other role at this probability or better.
    pub mislabelled_probability: f64,
    /// `unsupported` needs another job at this probability or better.
    pub unsupported_probability: f64,
    /// `hidden` needs one of the roles at this probability or better.
    pub hidden_probability: f64,
    /// What is made of rules, where it differs from their own severities.
    pub levels: BTreeMap<Code, Level>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            review_probability: 0.48,
            review_margin: 0.06,
            mislabelled_probability: 0.90,
            unsupported_probability: 0.80,
            hidden_probability: 0.90,
            levels: BTreeMap::new(),
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

    /// The severity in force for a rule; `None` when it is off.
    #[must_use]
    pub fn severity(&self, code: Code) -> Option<Severity> {
        match self.levels.get(&code) {
            None => Some(code.rule().severity),
            Some(level) => level.severity(),
        }
    }

    /// The probability that a ruling needs; below it a person must look.
    #[must_use]
    pub fn needed(&self, ruling: Ruling) -> f64 {
        match ruling {
            Ruling::Mislabelled => self.mislabelled_probability,
            Ruling::Unsupported => self.unsupported_probability,
            Ruling::Hidden => self.hidden_probability,
            Ruling::Match | Ruling::Mixed | Ruling::OutOfScope | Ruling::Review => self.review_probability,
        }
    }
}
