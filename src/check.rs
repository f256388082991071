//! Checks drafts: judges each posting and turns what is wrong into problems with their places in the file.
//!
//! One problem a finding, at the title or the deciding duty, the other deciding duties beside it. What the draft or
//! the configuration says to ignore is left out, and told when it ignores nothing. Nothing here reads or prints.

mod ground;
mod matter;
mod problems;
mod run;
mod silence;

pub use matter::declared;
pub use run::{Gathered, Paths};

use std::sync::Arc;

use crate::advice::advice;
use crate::analyzer::Analyzer;
use crate::date::Date;
use crate::outcome::{Failed, Judged, Outcome, Skipped};
use crate::posting::{Posting, SourceRef};
use crate::problem::{Checked, Problem, Unchecked, Unreadable};
use crate::settings::Effective;
use crate::source::{Mapping, Raw};

use ground::Ground;
use silence::Silence;

/// What holds for all drafts of a run.
#[derive(Clone, Debug)]
pub struct Checker {
    /// The day by which suppressions expire.
    pub today: Date,
    /// Judge the drafts under this title instead of their own.
    pub title: Option<String>,
    /// Which names mean which fields.
    pub mapping: Arc<Mapping>,
}

/// How one record of the input ends.
#[derive(Clone, Debug)]
pub struct Review {
    /// Where it was read.
    pub source: SourceRef,
    /// Judged, skipped or failed.
    pub end: End,
    /// What is wrong, by place.
    pub problems: Vec<Problem>,
    /// How many findings are ignored.
    pub suppressed: u64,
    /// Which of the configuration's accepted findings were met, by index.
    pub accepted: Vec<usize>,
    /// What the configuration says of the file; none where the record could not even be looked at.
    pub effective: Option<Arc<Effective>>,
}

/// Judged, skipped or failed.
#[derive(Clone, Debug)]
pub enum End {
    /// The posting was judged.
    Checked(Checked),
    /// There was nothing to judge.
    Skipped(Unchecked),
    /// The record could not be read.
    Failed(Unreadable),
}

impl Checker {
    /// Checks one record of the input under what the configuration says of its file.
    #[must_use]
    pub fn review(&self, raw: &Raw, analyzer: &Analyzer, effective: &Arc<Effective>) -> Review {
        let mut review = match raw.posting(&self.mapping) {
            Ok(posting) => self.posting(raw, posting, analyzer, effective),
            Err(outcome) => Review::ended(*outcome, raw.is_draft()),
        };
        review.effective = Some(Arc::clone(effective));
        review
    }

    fn posting(&self, raw: &Raw, mut posting: Posting, analyzer: &Analyzer, effective: &Effective) -> Review {
        let own_title = self.title.is_none();
        match &self.title {
            Some(title) => posting.entitle(title.clone()),
            None => analyzer.entitle(&mut posting),
        }
        let is_draft = raw.is_draft();
        let declared = match declared(&posting, is_draft, effective.expect) {
            Ok(declared) => declared,
            Err(failed) => return Review::ended(Outcome::Failed(*failed), is_draft),
        };
        let judged = match analyzer.outcome_as(posting.clone(), declared) {
            Outcome::Judged(judged) => judged,
            other => return Review::ended(other, is_draft),
        };
        let ground = Ground::of(&posting, is_draft, own_title);
        let found = problems::of(&judged, &posting, &ground, analyzer);
        let silence = Silence { today: self.today, effective };
        silence.over(found, &judged, &posting, &ground)
    }
}

impl Review {
    /// A record without a judgement.
    fn ended(outcome: Outcome, is_draft: bool) -> Self {
        let source = outcome.source().clone();
        let end = match outcome {
            Outcome::Judged(judged) => End::Checked(checked(&judged, record(&source, is_draft))),
            Outcome::Skipped(Skipped { reason, source, id, title, .. }) => {
                let record = record(&source, is_draft);
                End::Skipped(Unchecked { path: source.path, record, id, title, reason })
            }
            Outcome::Failed(Failed { source, error }) => {
                // These faults are of the file as a whole.
                let whole = match error.code.as_str() {
                    "unreadable" | "unsupported-format" | "misnamed-file" => true,
                    "record-too-long" => source.record == 1 && source.line == Some(1),
                    _ => false,
                };
                let record = record(&source, is_draft || whole);
                let (code, message) = (error.code, error.message);
                End::Failed(Unreadable { path: source.path, record, line: source.line, code, message })
            }
        };
        Self { source, end, problems: Vec::new(), suppressed: 0, accepted: Vec::new(), effective: None }
    }
}

impl From<Failed> for Review {
    fn from(failed: Failed) -> Self {
        Self::ended(Outcome::Failed(failed), false)
    }
}

/// The number of a record in its file; a draft is all there is in it.
fn record(source: &SourceRef, is_draft: bool) -> Option<u64> {
    (!is_draft).then_some(source.record)
}

fn checked(judged: &Judged, record: Option<u64>) -> Checked {
    Checked {
        path: Arc::clone(&judged.source.path),
        record,
        id: judged.id.clone(),
        title: judged.title.clone(),
        claimed: judged.verdict.claimed,
        described: judged.verdict.described,
        verdict: judged.verdict.verdict,
        confidence: judged.verdict.confidence,
        review: advice(&judged.verdict),
    }
}
