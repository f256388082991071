//! A labelled posting and what the program made of it.

use std::sync::Arc;

use super::labels::Label;
use crate::deciding;
use crate::outcome::Outcome;
use crate::posting::SourceRef;
use crate::vocabulary::{Claim, Described, Ruling};

/// Words of evidence shown for a disagreement.
const WORDS: usize = 6;

/// A labelled posting and how the program judged it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The label.
    pub label: Label,
    /// Where the posting was read.
    pub source: SourceRef,
    /// The posting's id.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Its company.
    pub company: Option<String>,
    /// Length of the body in bytes.
    pub bytes: usize,
    /// What was found; a skipped posting is found `insufficient`, without a verdict and at probability 0.
    pub found: Described,
    /// Its probability.
    pub confidence: f64,
    /// The title's claim; none when the posting was skipped.
    pub claimed: Option<Claim>,
    /// The verdict; none when the posting was skipped.
    pub ruling: Option<Ruling>,
    /// The neighbouring job found.
    pub nearest: Option<Arc<str>>,
    /// The words that decided.
    pub words: Vec<String>,
}

impl Case {
    /// The case that a judged or skipped outcome makes; none when it failed.
    #[must_use]
    pub fn new(label: Label, company: Option<String>, bytes: usize, outcome: Outcome) -> Option<Self> {
        match outcome {
            Outcome::Judged(judged) => {
                let verdict = &judged.verdict;
                Some(Self {
                    label,
                    source: judged.source,
                    id: judged.id,
                    title: judged.title,
                    company,
                    bytes,
                    found: verdict.described,
                    confidence: verdict.confidence,
                    claimed: Some(verdict.claimed),
                    ruling: Some(verdict.verdict),
                    nearest: verdict.nearest.clone(),
                    words: deciding::words(verdict, WORDS).into_iter().map(str::to_owned).collect(),
                })
            }
            Outcome::Skipped(skipped) => Some(Self {
                label,
                source: skipped.source,
                id: skipped.id,
                title: skipped.title,
                company,
                bytes,
                found: Described::Insufficient,
                confidence: 0.0,
                claimed: None,
                ruling: None,
                nearest: None,
                words: Vec::new(),
            }),
            Outcome::Failed(_) => None,
        }
    }

    /// Whether the description is the label's.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.found == self.label.role
    }

    /// The company or group, from the label or else from the posting.
    #[must_use]
    pub fn group(&self) -> Option<&str> {
        self.label.group.as_deref().or(self.company.as_deref())
    }
}
