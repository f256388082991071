//! What a run adds up to: counts, the claimed × described matrix, and the share mislabelled.
//!
//! Outcomes are added one by one and summaries of parts merge into the summary of the whole. Every
//! count is an integer and every map is ordered, so the bytes do not depend on how a run was split.

mod group;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use group::{Group, GroupBy, Groups};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::copies::Noticed;
use crate::deciding;
use crate::outcome::{Judged, Outcome, SkipReason, Skipped};
use crate::proportion::Proportion;
use crate::suspicion::{self, Suspicion};
use crate::vocabulary::{Claim, Described, Ruling};

/// The schema name that every summary carries.
pub const SCHEMA: &str = "rolecall.summary/1";

/// How many inputs are counted one by one; memory stays bounded when a folder holds a million drafts.
const SOURCES: usize = 10_000;

/// What a run adds up to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Always `rolecall.summary/1`.
    pub schema: String,
    /// Version of the tool that wrote the summary.
    pub version: String,
    /// Hashes of the lexicons that judged: one, unless different runs were merged.
    pub lexicons: BTreeSet<Arc<str>>,
    /// Hashes of the configurations in force: one, unless different runs were merged.
    pub configurations: BTreeSet<Arc<str>>,
    /// Which part of the input was read, such as `2/5`, when it was one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub shard: Option<String>,
    /// Whether the run was told to end before all was read.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub interrupted: bool,
    /// Records in, and how they ended.
    #[serde(flatten)]
    pub counts: Counts,
    /// Whether judged, skipped and failed add up to the records in. Always true, or a record was lost.
    pub adds_up: bool,
    /// Skipped postings by reason; more reasons may come.
    pub skipped_by_reason: BTreeMap<SkipReason, u64>,
    /// Failed records by the code of the error.
    pub failed_by_code: BTreeMap<String, u64>,
    /// Postings that repeat earlier ones. What follows counts each posting once, its copies not.
    #[serde(default)]
    pub duplicates: Duplicates,
    /// Judged postings by verdict; every verdict is listed, and more may come.
    pub verdicts: BTreeMap<Ruling, u64>,
    /// Judged postings by what the title claims, then by what the duties describe (the best guess where the
    /// verdict is `review`); every cell is listed, and more may come.
    pub matrix: BTreeMap<Claim, BTreeMap<Described, u64>>,
    /// Of the matrix, the postings whose verdict is `review`; cells without any are left out.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub matrix_review: BTreeMap<Claim, BTreeMap<Described, u64>>,
    /// Mislabelled postings among the judged ones whose title claims a product role (pm, pmm or both).
    pub mislabelled: Proportion,
    /// Judged postings that a person must look at, among all judged ones.
    #[serde(default)]
    pub review: Proportion,
    /// Judged postings whose character set was guessed, by that set.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub charsets: BTreeMap<Arc<str>, u64>,
    /// Areas that decided flagged postings.
    pub areas: BTreeMap<Arc<str>, AreaCount>,
    /// Postings by what was asked for with `--group-by`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub groups: BTreeMap<GroupBy, Groups>,
    /// What looks like faults of the tool that gathered the postings, at most a hundred of them.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub suspected_faults: Vec<Suspicion>,
    /// How many more there are.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub more_suspected_faults: u64,
    /// Counts by input, for the first 10,000 inputs.
    pub sources: BTreeMap<Arc<str>, Counts>,
    /// Counts of all further inputs together.
    pub more_sources: Counts,
}

/// Records in, and how they ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Records in.
    pub records: u64,
    /// Read and judged.
    pub judged: u64,
    /// Nothing to judge.
    pub skipped: u64,
    /// Unreadable.
    pub failed: u64,
}

/// Postings that repeat earlier ones of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Duplicates {
    /// Judged and marked: they are among the judged, and in no other count of verdicts.
    pub marked: u64,
    /// Skipped, as was asked for.
    pub dropped: u64,
    /// Of both, those with the very same text.
    pub exact: u64,
    /// Postings that were no longer remembered at the end; copies of them were not recognised.
    pub forgotten: u64,
}

/// How often an area decided flagged postings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AreaCount {
    /// Flagged postings whose description rests on the area, among others.
    pub postings: u64,
    /// Pieces of evidence in them.
    pub hits: u64,
}

impl Default for Summary {
    fn default() -> Self {
        let row: BTreeMap<Described, u64> = Described::ALL.iter().map(|&described| (described, 0)).collect();
        Self {
            schema: SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            lexicons: BTreeSet::new(),
            configurations: BTreeSet::new(),
            shard: None,
            interrupted: false,
            counts: Counts::default(),
            adds_up: true,
            skipped_by_reason: BTreeMap::new(),
            failed_by_code: BTreeMap::new(),
            duplicates: Duplicates::default(),
            verdicts: Ruling::ALL.iter().map(|&ruling| (ruling, 0)).collect(),
            matrix: Claim::ALL.iter().map(|&claimed| (claimed, row.clone())).collect(),
            matrix_review: BTreeMap::new(),
            mislabelled: Proportion::default(),
            review: Proportion::default(),
            charsets: BTreeMap::new(),
            areas: BTreeMap::new(),
            groups: BTreeMap::new(),
            suspected_faults: Vec::new(),
            more_suspected_faults: 0,
            sources: BTreeMap::new(),
            more_sources: Counts::default(),
        }
    }
}

impl Summary {
    /// The empty summary of a run with this lexicon and this configuration, by their hashes.
    #[must_use]
    pub fn new(lexicon: &Arc<str>, configuration: &Arc<str>) -> Self {
        Self {
            lexicons: BTreeSet::from([Arc::clone(lexicon)]),
            configurations: BTreeSet::from([Arc::clone(configuration)]),
            ..Self::default()
        }
    }

    /// Counts postings by these fields too.
    #[must_use]
    pub fn grouped_by(mut self, fields: &[GroupBy]) -> Self {
        self.groups = fields.iter().map(|&field| (field, Groups::default())).collect();
        self
    }

    /// Counts one more record and how it ended.
    pub fn add(&mut self, outcome: &Outcome) {
        let end = match outcome {
            Outcome::Judged(judged) => {
                self.add_judged(judged);
                Counts { records: 1, judged: 1, ..Counts::default() }
            }
            Outcome::Skipped(skipped) => {
                self.add_dropped(skipped);
                *self.skipped_by_reason.entry(skipped.reason).or_default() += 1;
                Counts { records: 1, skipped: 1, ..Counts::default() }
            }
            Outcome::Failed(failed) => {
                *self.failed_by_code.entry(failed.error.code.clone()).or_default() += 1;
                Counts { records: 1, failed: 1, ..Counts::default() }
            }
        };
        self.counts.merge(end);
        self.add_source(&outcome.source().path, end);
        self.adds_up = self.counts.add_up();
    }

    /// States how many records the sources handed over, which the outcomes must add up to.
    ///
    /// Without it the outcomes themselves are counted.
    pub fn received(&mut self, records: u64) {
        self.counts.records = records;
        self.adds_up = self.counts.add_up();
    }

    /// Adds what was noticed over the whole run.
    pub fn notice(&mut self, noticed: &Noticed) {
        self.duplicates.forgotten += noticed.forgotten;
        suspicion::merge(&mut self.suspected_faults, &mut self.more_suspected_faults, &noticed.suspicions);
        self.more_suspected_faults += noticed.more_suspicions;
    }

    /// Judged postings, each counted once however often it was repeated: what the verdicts add up to.
    #[must_use]
    pub fn postings(&self) -> u64 {
        self.counts.judged.saturating_sub(self.duplicates.marked)
    }

    /// Adds another part's summary.
    pub fn merge(&mut self, other: &Self) {
        self.lexicons.extend(other.lexicons.iter().cloned());
        self.configurations.extend(other.configurations.iter().cloned());
        self.counts.merge(other.counts);
        self.adds_up = self.counts.add_up();
        add_all(&mut self.skipped_by_reason, &other.skipped_by_reason);
        add_all(&mut self.failed_by_code, &other.failed_by_code);
        add_all(&mut self.verdicts, &other.verdicts);
        for (&claimed, row) in &other.matrix {
            add_all(self.matrix.entry(claimed).or_default(), row);
        }
        for (&claimed, row) in &other.matrix_review {
            add_all(self.matrix_review.entry(claimed).or_default(), row);
        }
        self.mislabelled = self.mislabelled.with(other.mislabelled);
        self.review = self.review.with(other.review);
        self.duplicates.merge(other.duplicates);
        for (&field, groups) in &other.groups {
            self.groups.entry(field).or_default().merge(groups);
        }
        suspicion::merge(
            &mut self.suspected_faults,
            &mut self.more_suspected_faults,
            &other.suspected_faults,
        );
        self.more_suspected_faults += other.more_suspected_faults;
        self.interrupted |= other.interrupted;
        if self.shard != other.shard {
            self.shard = None;
        }
        for (charset, count) in &other.charsets {
            *self.charsets.entry(Arc::clone(charset)).or_default() += count;
        }
        for (area, count) in &other.areas {
            let mine = self.areas.entry(Arc::clone(area)).or_default();
            mine.postings += count.postings;
            mine.hits += count.hits;
        }
        for (path, &counts) in &other.sources {
            self.add_source(path, counts);
        }
        self.more_sources.merge(other.more_sources);
    }

    /// How many judged postings have this verdict.
    #[must_use]
    pub fn ruled(&self, ruling: Ruling) -> u64 {
        self.verdicts.get(&ruling).copied().unwrap_or(0)
    }

    /// How many judged postings claim and describe so.
    #[must_use]
    pub fn cell(&self, claimed: Claim, described: Described) -> u64 {
        self.matrix.get(&claimed).and_then(|row| row.get(&described)).copied().unwrap_or(0)
    }

    /// How many of these are under review: what they describe is the best guess.
    #[must_use]
    pub fn under_review(&self, claimed: Claim, described: Described) -> u64 {
        self.matrix_review.get(&claimed).and_then(|row| row.get(&described)).copied().unwrap_or(0)
    }

    /// The areas that decided most flagged postings, at most `limit` of them.
    #[must_use]
    pub fn top_areas(&self, limit: usize) -> Vec<(&str, AreaCount)> {
        let mut areas: Vec<_> = self.areas.iter().map(|(area, &count)| (&**area, count)).collect();
        areas.sort_by_key(|(_, count)| std::cmp::Reverse((count.postings, count.hits)));
        areas.truncate(limit);
        areas
    }

    fn add_judged(&mut self, judged: &Judged) {
        let verdict = &judged.verdict;
        if !self.lexicons.contains(&verdict.lexicon) {
            self.lexicons.insert(Arc::clone(&verdict.lexicon));
        }
        if judged.duplicate_of.is_some() {
            self.duplicates.marked += 1;
            self.duplicates.exact += u64::from(judged.likeness == Some(1.0));
            return;
        }
        for (&field, groups) in &mut self.groups {
            groups.add(field, judged);
        }
        self.review = self.review.and(verdict.verdict == Ruling::Review);
        *self.verdicts.entry(verdict.verdict).or_default() += 1;
        *self.matrix.entry(verdict.claimed).or_default().entry(verdict.described).or_default() += 1;
        if verdict.verdict == Ruling::Review {
            let row = self.matrix_review.entry(verdict.claimed).or_default();
            *row.entry(verdict.described).or_default() += 1;
        }
        if verdict.claimed.names_a_role() {
            self.mislabelled = self.mislabelled.and(verdict.verdict == Ruling::Mislabelled);
        }
        if let Some(charset) = &verdict.text.charset {
            *self.charsets.entry(Arc::clone(charset)).or_default() += 1;
        }
        if verdict.verdict.is_flagged() {
            for score in deciding::areas(verdict) {
                let count = self.areas.entry(Arc::clone(&score.area)).or_default();
                count.postings += 1;
                count.hits += u64::from(score.hits);
            }
        }
    }

    fn add_dropped(&mut self, skipped: &Skipped) {
        if skipped.reason == SkipReason::Duplicate {
            self.duplicates.dropped += 1;
            self.duplicates.exact += u64::from(skipped.likeness == Some(1.0));
        }
    }

    fn add_source(&mut self, path: &Arc<str>, counts: Counts) {
        if let Some(known) = self.sources.get_mut(path) {
            known.merge(counts);
        } else if self.sources.len() < SOURCES {
            self.sources.insert(Arc::clone(path), counts);
        } else {
            self.more_sources.merge(counts);
        }
    }
}

impl Counts {
    /// Whether every record ended as exactly one outcome.
    #[must_use]
    pub fn add_up(self) -> bool {
        self.judged + self.skipped + self.failed == self.records
    }

    fn merge(&mut self, other: Self) {
        self.records += other.records;
        self.judged += other.judged;
        self.skipped += other.skipped;
        self.failed += other.failed;
    }
}

impl Duplicates {
    /// All of them, marked or dropped.
    #[must_use]
    pub fn copies(self) -> u64 {
        self.marked + self.dropped
    }

    fn merge(&mut self, other: Self) {
        self.marked += other.marked;
        self.dropped += other.dropped;
        self.exact += other.exact;
        self.forgotten += other.forgotten;
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

fn add_all<K: Ord + Clone>(mine: &mut BTreeMap<K, u64>, theirs: &BTreeMap<K, u64>) {
    for (key, count) in theirs {
        *mine.entry(key.clone()).or_default() += count;
    }
}

#[cfg(test)]
mod tests;
