//! What `check` found: problems with their places in the files as written, and the run that found them.
//!
//! Whoever checks fills a [`CheckRun`]; the writers in `report::check` print it and compute nothing
//! but layout. The run holds no time, no absolute path and nothing that depends on threads, so the
//! same drafts give the same bytes.

mod region;

pub use region::{Excerpt, Extent, Region, Unit};

use std::collections::BTreeSet;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::advice::Advice;
use crate::outcome::SkipReason;
use crate::rule::Code;
use crate::vocabulary::{Claim, Described, Ruling, Severity};

/// The schema name that the JSON of a run carries.
pub const SCHEMA: &str = "rolecall.check/1";

/// One thing wrong, in one place, with what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// The file as typed, with `/` between folders; `-` is standard input without a name.
    pub path: Arc<str>,
    /// 1-based number of the posting in its file; null where the file is one posting, or is none (a configuration).
    pub record: Option<u64>,
    /// The posting's id; null where the problem is not a posting's.
    pub id: Option<String>,
    /// The posting's title, when it has one.
    pub title: Option<String>,
    /// Stable code of the rule.
    pub code: Code,
    /// Stable name of the rule.
    pub rule: String,
    /// How much it matters, by the configuration.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it; never empty.
    pub help: String,
    /// Where it is; null where only the file is known.
    pub primary: Option<Region>,
    /// Other places that show it, in reading order.
    pub secondary: Vec<Label>,
    /// Hexadecimal hash of rule and deciding words. It survives moved lines and restyling, and may repeat in a run.
    pub fingerprint: String,
}

/// Another place that shows a problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Label {
    /// Where it is, always in the problem's own file; null where the words have no place of their own
    /// there, as in a field of a JSON record.
    pub region: Option<Region>,
    /// The words themselves, as written.
    pub text: String,
    /// What they show, such as `product marketing: positioning`.
    pub message: String,
}

/// A posting that was checked, whatever was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Checked {
    /// The file as typed, with `/` between folders.
    pub path: Arc<str>,
    /// 1-based number in the file; null where the file is one posting.
    pub record: Option<u64>,
    /// The posting's id.
    pub id: String,
    /// The title; null when there is none.
    pub title: Option<String>,
    /// What the title claims, or the role that the draft or the configuration declares.
    pub claimed: Claim,
    /// What the duties describe.
    pub described: Described,
    /// What the two say together.
    pub verdict: Ruling,
    /// Probability of `described`.
    pub confidence: f64,
    /// What is uncertain and what settles it, where the posting is left to review; left out elsewhere.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub review: Option<Advice>,
}

/// A posting with nothing to judge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unchecked {
    /// The file as typed, with `/` between folders.
    pub path: Arc<str>,
    /// 1-based number in the file; null where the file is one posting.
    pub record: Option<u64>,
    /// The posting's id.
    pub id: String,
    /// The title; null when there is none.
    pub title: Option<String>,
    /// Why it was not judged.
    pub reason: SkipReason,
}

/// A file or a record that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unreadable {
    /// The file as typed, with `/` between folders.
    pub path: Arc<str>,
    /// 1-based number of the record in its file; null where the file as a whole is meant.
    pub record: Option<u64>,
    /// 1-based line, where it is known.
    pub line: Option<u64>,
    /// Stable code, such as `invalid-json`.
    pub code: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// Everything that one run of `check` found, in input order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CheckRun {
    /// How many files were read, or tried.
    pub files: u64,
    /// The postings that were judged.
    pub checked: Vec<Checked>,
    /// The problems, in input order; within a posting by place.
    pub problems: Vec<Problem>,
    /// The postings with nothing to judge.
    pub skipped: Vec<Unchecked>,
    /// What could not be read.
    pub failed: Vec<Unreadable>,
    /// Problems that a draft or the configuration says to ignore.
    pub suppressed: u64,
    /// Problems that the baseline knows.
    pub baselined: u64,
}

/// A run in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    /// Files read, or tried.
    pub files: u64,
    /// Postings judged.
    pub checked: u64,
    /// Problems of severity `error`.
    pub errors: u64,
    /// Problems of severity `warning`.
    pub warnings: u64,
    /// Problems of severity `note`.
    pub notes: u64,
    /// Judged postings that are left to review: too uncertain to tell.
    #[serde(default)]
    pub review: u64,
    /// Postings with nothing to judge.
    pub skipped: u64,
    /// Files and records that could not be read.
    pub failed: u64,
    /// Problems that a draft or the configuration says to ignore.
    pub suppressed: u64,
    /// Problems that the baseline knows.
    pub baselined: u64,
}

impl CheckRun {
    /// The run in numbers.
    #[must_use]
    pub fn totals(&self) -> Totals {
        Totals {
            files: self.files,
            checked: count(self.checked.len()),
            errors: self.count(Severity::Error),
            warnings: self.count(Severity::Warning),
            notes: self.count(Severity::Note),
            review: count(self.reviews().count()),
            skipped: count(self.skipped.len()),
            failed: count(self.failed.len()),
            suppressed: self.suppressed,
            baselined: self.baselined,
        }
    }

    /// How many problems have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> u64 {
        count(self.problems.iter().filter(|problem| problem.severity == severity).count())
    }

    /// The judged postings that are left to review, each with its advice.
    pub fn reviews(&self) -> impl Iterator<Item = (&Checked, &Advice)> {
        self.checked.iter().filter_map(|checked| Some((checked, checked.review.as_ref()?)))
    }

    /// Those of which no problem says so already.
    pub fn unexplained(&self) -> impl Iterator<Item = (&Checked, &Advice)> {
        let told: BTreeSet<(&str, Option<u64>)> = self
            .problems
            .iter()
            .filter(|problem| problem.code == Code::Rc006)
            .map(|problem| (&*problem.path, problem.record))
            .collect();
        self.reviews().filter(move |(checked, _)| !told.contains(&(&*checked.path, checked.record)))
    }

    /// The gravest severity among the problems.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.problems.iter().map(|problem| problem.severity).max()
    }
}

impl Problem {
    /// 1-based line to name where a format demands one.
    #[must_use]
    pub fn line(&self) -> usize {
        self.primary.as_ref().map_or(1, |region| region.line)
    }
}

fn count(items: usize) -> u64 {
    u64::try_from(items).unwrap_or(u64::MAX)
}
