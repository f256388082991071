//! What a run adds up to: counts, the claimed × described matrix, and the share mislabelled.
//!
//! Outcomes are added one by one and summaries of parts merge into the summary of the whole. Every
//! count is an integer and every map is ordered, so the bytes do not depend on how a run was split.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::deciding;
use crate::outcome::{Judged, Outcome, SkipReason};
use crate::proportion::Proportion;
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
    /// Records in, and how they ended.
    #[serde(flatten)]
    pub counts: Counts,
    /// Whether judged, skipped and failed add up to the records in. Always true, or a record was lost.
    pub adds_up: bool,
    /// Skipped postings by reason; more reasons may come.
    pub skipped_by_reason: BTreeMap<SkipReason, u64>,
    /// Failed records by the code of the error.
    pub failed_by_code: BTreeMap<String, u64>,
    /// Judged postings by verdict; every verdict is listed, and more may come.
    pub verdicts: BTreeMap<Ruling, u64>,
    /// Judged postings by what the title claims, then by what the duties describe (the best guess where the
    /// verdict is `review`); every cell is listed, and more may come.
    pub matrix: BTreeMap<Claim, BTreeMap<Described, u64>>,
    /// Mislabelled postings among the judged ones whose title claims a product role (pm, pmm or both).
    pub mislabelled: Proportion,
    /// Judged postings whose character set was guessed, by that set.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub charsets: BTreeMap<Arc<str>, u64>,
    /// Areas that decided flagged postings.
    pub areas: BTreeMap<Arc<str>, AreaCount>,
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
            counts: Counts::default(),
            adds_up: true,
            skipped_by_reason: BTreeMap::new(),
            failed_by_code: BTreeMap::new(),
            verdicts: Ruling::ALL.iter().map(|&ruling| (ruling, 0)).collect(),
            matrix: Claim::ALL.iter().map(|&claimed| (claimed, row.clone())).collect(),
            mislabelled: Proportion::default(),
            charsets: BTreeMap::new(),
            areas: BTreeMap::new(),
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

    /// Counts one more record and how it ended.
    pub fn add(&mut self, outcome: &Outcome) {
        let end = match outcome {
            Outcome::Judged(judged) => {
                self.add_judged(judged);
                Counts { records: 1, judged: 1, ..Counts::default() }
            }
            Outcome::Skipped(skipped) => {
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
        let (mine, theirs) = (self.mislabelled, other.mislabelled);
        self.mislabelled = Proportion::new(mine.count + theirs.count, mine.of + theirs.of);
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
        *self.verdicts.entry(verdict.verdict).or_default() += 1;
        *self.matrix.entry(verdict.claimed).or_default().entry(verdict.described).or_default() += 1;
        if matches!(verdict.claimed, Claim::Pm | Claim::Pmm | Claim::Both) {
            let hit = u64::from(verdict.verdict == Ruling::Mislabelled);
            self.mislabelled = Proportion::new(self.mislabelled.count + hit, self.mislabelled.of + 1);
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

fn add_all<K: Ord + Clone>(mine: &mut BTreeMap<K, u64>, theirs: &BTreeMap<K, u64>) {
    for (key, count) in theirs {
        *mine.entry(key.clone()).or_default() += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn outcomes() -> Vec<Outcome> {
        let mislabelled = fixture::posting("Product Manager")
            .ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, 0.97)
            .says("pmm/positioning/positioning", "positioning", 2.0)
            .says("pmm/positioning/message-house", "message house", 2.0)
            .says("pm/backlog/backlog", "backlog", 1.0);
        vec![
            fixture::posting("Product Manager").says("pm/roadmap/roadmap", "roadmap", 1.0).outcome(),
            mislabelled.outcome(),
            fixture::posting("Cook")
                .ruled(Claim::Other, Described::Neither, Ruling::OutOfScope, 0.99)
                .outcome(),
            fixture::skipped(SkipReason::UnsupportedLanguage, "b.jsonl", 4),
            fixture::failed("invalid-json", "no closing quote", "b.jsonl", 5),
        ]
    }

    fn summary(outcomes: &[Outcome]) -> Summary {
        let mut summary = Summary::default();
        for outcome in outcomes {
            summary.add(outcome);
        }
        summary
    }

    #[test]
    fn every_record_is_counted_once() {
        let summary = summary(&outcomes());
        assert_eq!(summary.counts, Counts { records: 5, judged: 3, skipped: 1, failed: 1 });
        assert!(summary.adds_up);
        assert_eq!(summary.ruled(Ruling::Mislabelled), 1);
        assert_eq!(summary.cell(Claim::Pm, Described::Pmm), 1);
        assert_eq!(summary.verdicts.len(), Ruling::ALL.len());
        assert_eq!((summary.mislabelled.count, summary.mislabelled.of), (1, 2));
        assert_eq!(summary.skipped_by_reason[&SkipReason::UnsupportedLanguage], 1);
        assert_eq!(summary.failed_by_code["invalid-json"], 1);
        assert_eq!(summary.sources[&Arc::from("b.jsonl")].records, 2);
    }

    #[test]
    fn a_lost_record_shows() {
        let mut summary = summary(&outcomes());
        summary.received(5);
        assert!(summary.adds_up);
        summary.received(6);
        assert!(!summary.adds_up);
    }

    #[test]
    fn only_the_areas_of_flagged_descriptions_count() {
        let summary = summary(&outcomes());
        assert_eq!(summary.top_areas(9), [("pmm/positioning", AreaCount { postings: 1, hits: 2 })]);
    }

    #[test]
    fn parts_merge_into_the_whole() {
        let all = outcomes();
        for cut in 0..=all.len() {
            let mut merged = summary(&all[..cut]);
            merged.merge(&summary(&all[cut..]));
            assert_eq!(merged, summary(&all), "cut at {cut}");
        }
    }

    #[test]
    fn inputs_past_the_limit_are_counted_together() {
        let mut whole = Summary::default();
        for number in 0..=SOURCES {
            whole.add(&fixture::failed("invalid-utf8", "", &format!("{number}.md"), 1));
        }
        assert_eq!(whole.sources.len(), SOURCES);
        assert_eq!(whole.more_sources.failed, 1);
    }

    #[test]
    fn a_summary_reads_back() {
        let summary = summary(&outcomes());
        let text = serde_json::to_string(&summary).unwrap();
        assert_eq!(serde_json::from_str::<Summary>(&text).unwrap(), summary);
    }
}
