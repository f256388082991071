//! What changed between two audits: postings that came, went, were put right, or went wrong.
//!
//! Postings are matched by the source's own id, then by the hash of their text, then by the place they were read from
//! when the title is the same. Only judged postings take part.

mod known;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::outcome::Outcome;
use crate::posting::SourceRef;
use crate::proportion::Proportion;
use crate::vocabulary::{Claim, Described, Ruling};
use known::{Known, pair};

/// The schema name of a comparison.
pub const SCHEMA: &str = "rolecall.comparison/1";

/// What changed between two audits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// Always `rolecall.comparison/1`.
    pub schema: String,
    /// Version of the tool that compared.
    pub version: String,
    /// The earlier audit.
    pub old: Side,
    /// The later audit.
    pub new: Side,
    /// How many postings changed in which way; every way is listed, and more may come.
    pub counts: BTreeMap<Kind, u64>,
    /// Postings in both audits with the same verdict.
    pub unchanged: u64,
    /// Of those, postings whose text differs.
    pub reworded: u64,
    /// The changed postings: by kind, then in the order of the later audit, those that went in that of the earlier.
    pub changes: Vec<Change>,
}

/// One of the two audits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Side {
    /// Records in.
    pub records: u64,
    /// Judged postings.
    pub judged: u64,
    /// Mislabelled postings among the judged ones whose title claims a product role.
    pub mislabelled: Proportion,
}

names! {
    /// How a posting changed.
    Kind {
        /// It is mislabelled now and was not before.
        NewlyMislabelled = "newly-mislabelled",
        /// It is not in the earlier audit.
        New = "new",
        /// Title and duties disagreed, and agree now.
        Fixed = "fixed",
        /// The verdict changed otherwise.
        Changed = "changed",
        /// It is not in the later audit.
        Gone = "gone",
    }
}

/// A posting that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// How.
    pub kind: Kind,
    /// Its id, of the later audit if it is there.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Its title in the earlier audit, where that is another; left out elsewhere.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub old_title: Option<String>,
    /// The employer.
    pub company: Option<String>,
    /// Where it was read.
    pub source: SourceRef,
    /// Whether its text differs; null when it is in one audit only.
    pub reworded: Option<bool>,
    /// How it was judged before.
    pub old: Option<State>,
    /// How it is judged now.
    pub new: Option<State>,
}

/// How a posting is judged.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct State {
    /// What the title claims.
    pub claimed: Claim,
    /// What the duties describe.
    pub described: Described,
    /// What the two say together.
    pub verdict: Ruling,
    /// Probability of `described`.
    pub confidence: f64,
}

/// The postings of one audit, as far as a comparison needs them.
#[derive(Clone, Debug, Default)]
pub struct Postings {
    side: Side,
    all: Vec<Known>,
}

impl Postings {
    /// Adds one more outcome.
    pub fn add(&mut self, outcome: &Outcome) {
        self.side.records += 1;
        let Outcome::Judged(judged) = outcome else { return };
        self.side.judged += 1;
        let known = Known::new(judged);
        // As in a summary, a copy counts for no share.
        if known.state.claimed.names_a_role() && judged.duplicate_of.is_none() {
            let wrong = known.state.verdict == Ruling::Mislabelled;
            self.side.mislabelled = self.side.mislabelled.and(wrong);
        }
        self.all.push(known);
    }
}

impl Comparison {
    /// Compares two audits.
    #[must_use]
    pub fn new(old: &Postings, new: &Postings) -> Self {
        let pairs = pair(&old.all, &new.all);
        let mut changes = Vec::new();
        let (mut unchanged, mut reworded) = (0, 0);
        let mut matched = vec![false; old.all.len()];
        for (now, before) in new.all.iter().zip(pairs) {
            let before = before.map(|at| {
                matched[at] = true;
                &old.all[at]
            });
            let differs = before.map(|before| before.hash != now.hash);
            if let Some(kind) = kind(before.map(|before| before.state.verdict), now.state.verdict) {
                let old_title = before
                    .filter(|before| before.title != now.title)
                    .map(|before| before.title.clone().unwrap_or_default());
                let old = before.map(|before| before.state);
                changes.push(Change { old_title, ..change(kind, now, old, Some(now.state), differs) });
            } else {
                unchanged += 1;
                reworded += u64::from(differs == Some(true));
            }
        }
        for (before, _) in old.all.iter().zip(matched).filter(|(_, matched)| !matched) {
            changes.push(change(Kind::Gone, before, Some(before.state), None, None));
        }
        changes.sort_by_key(|change| change.kind);
        let mut counts: BTreeMap<Kind, u64> = Kind::ALL.iter().map(|&kind| (kind, 0)).collect();
        for change in &changes {
            *counts.entry(change.kind).or_default() += 1;
        }
        Self {
            schema: SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            old: old.side.clone(),
            new: new.side.clone(),
            counts,
            unchanged,
            reworded,
            changes,
        }
    }

    /// Lists only the changes to one of these verdicts, and of the postings that are gone those that had one; all stay
    /// counted.
    #[must_use]
    pub fn only(mut self, rulings: &[Ruling]) -> Self {
        self.changes
            .retain(|change| change.new.or(change.old).is_some_and(|state| rulings.contains(&state.verdict)));
        self
    }

    /// How many postings changed in this way.
    #[must_use]
    pub fn count(&self, kind: Kind) -> u64 {
        self.counts.get(&kind).copied().unwrap_or(0)
    }
}

/// How a posting changed; `None` when it did not.
fn kind(before: Option<Ruling>, now: Ruling) -> Option<Kind> {
    let disagrees =
        |ruling| matches!(ruling, Ruling::Mislabelled | Ruling::Mixed | Ruling::Unsupported | Ruling::Hidden);
    match before {
        Some(before) if before == now => None,
        _ if now == Ruling::Mislabelled => Some(Kind::NewlyMislabelled),
        None => Some(Kind::New),
        Some(before) if disagrees(before) && matches!(now, Ruling::Match | Ruling::OutOfScope) => {
            Some(Kind::Fixed)
        }
        Some(_) => Some(Kind::Changed),
    }
}

fn change(
    kind: Kind,
    known: &Known,
    old: Option<State>,
    new: Option<State>,
    reworded: Option<bool>,
) -> Change {
    let Known { id, title, company, source, .. } = known.clone();
    Change { kind, id, title, old_title: None, company, source, reworded, old, new }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    /// A posting with this id, title, text and verdict.
    fn known(id: &str, title: &str, text: u64, ruling: Ruling) -> Outcome {
        let mut judged = fixture::posting(title).ruled(Claim::Pm, Described::Pm, ruling, 0.9).judged();
        judged.id = id.to_owned();
        if let Some((_, record)) = id.split_once('#') {
            judged.source.record = record.parse().unwrap();
        }
        judged.verdict.text.hash = format!("{text:016x}");
        Outcome::Judged(Box::new(judged))
    }

    fn compare(old: &[Outcome], new: &[Outcome]) -> Comparison {
        let gather = |outcomes: &[Outcome]| {
            let mut postings = Postings::default();
            for outcome in outcomes {
                postings.add(outcome);
            }
            postings
        };
        Comparison::new(&gather(old), &gather(new))
    }

    fn changes(comparison: &Comparison) -> Vec<(Kind, &str)> {
        comparison.changes.iter().map(|change| (change.kind, change.id.as_str())).collect()
    }

    #[test]
    fn each_posting_ends_as_one_kind_of_change() {
        let old = [
            known("a", "A", 1, Ruling::Mislabelled),
            known("b", "B", 2, Ruling::Match),
            known("c", "C", 3, Ruling::Match),
            known("d", "D", 4, Ruling::Match),
            known("e", "E", 5, Ruling::Mixed),
            known("f", "F", 6, Ruling::Match),
        ];
        let new = [
            known("a", "A", 11, Ruling::Match),
            known("b", "B", 2, Ruling::Mislabelled),
            known("d", "D", 44, Ruling::Match),
            known("e", "E", 5, Ruling::Review),
            known("f", "F", 6, Ruling::Match),
            known("g", "G", 7, Ruling::Match),
            known("h", "H", 8, Ruling::Mislabelled),
        ];
        let comparison = compare(&old, &new);
        assert_eq!(
            changes(&comparison),
            [
                (Kind::NewlyMislabelled, "b"),
                (Kind::NewlyMislabelled, "h"),
                (Kind::New, "g"),
                (Kind::Fixed, "a"),
                (Kind::Changed, "e"),
                (Kind::Gone, "c")
            ]
        );
        assert_eq!((comparison.unchanged, comparison.reworded), (2, 1));
        assert_eq!((comparison.old.mislabelled.count, comparison.new.mislabelled.count), (1, 2));
        let fixed = &comparison.changes[3];
        assert_eq!((fixed.reworded, fixed.old.unwrap().verdict), (Some(true), Ruling::Mislabelled));
    }

    #[test]
    fn a_choice_of_verdicts_lists_fewer_and_counts_all() {
        let old = [known("a", "A", 1, Ruling::Match), known("b", "B", 2, Ruling::Match)];
        let new = [known("a", "A", 1, Ruling::Mislabelled)];
        let comparison = compare(&old, &new).only(&[Ruling::Match]);
        assert_eq!(changes(&comparison), [(Kind::Gone, "b")]);
        assert_eq!(comparison.count(Kind::NewlyMislabelled), 1);
    }

    #[test]
    fn a_new_name_is_told_with_the_old_one() {
        let wrong = |title| known("a", title, 1, Ruling::Mislabelled);
        let comparison =
            compare(&[known("a", "Product Marketing Manager", 1, Ruling::Match)], &[wrong("PM")]);
        assert_eq!(comparison.changes[0].old_title.as_deref(), Some("Product Marketing Manager"));
        let same = compare(&[known("a", "PM", 1, Ruling::Match)], &[wrong("PM")]);
        assert_eq!(same.changes[0].old_title, None);
    }

    #[test]
    fn a_record_that_moved_is_found_by_its_text() {
        let old = [
            known("board.jsonl#1", "A", 1, Ruling::Match),
            known("board.jsonl#2", "B", 2, Ruling::Match),
            known("board.jsonl#3", "C", 3, Ruling::Match),
        ];
        let new = [
            known("board.jsonl#1", "New", 9, Ruling::Match),
            known("board.jsonl#2", "A", 1, Ruling::Match),
            known("board.jsonl#3", "C", 33, Ruling::Match),
        ];
        let comparison = compare(&old, &new);
        assert_eq!(changes(&comparison), [(Kind::New, "board.jsonl#1"), (Kind::Gone, "board.jsonl#2")]);
        assert_eq!(comparison.reworded, 1);
    }

    #[test]
    fn copies_are_paired_one_by_one() {
        let copy = || known("a", "A", 1, Ruling::Match);
        let comparison = compare(&[copy(), copy(), copy()], &[copy(), copy()]);
        assert_eq!((comparison.unchanged, comparison.count(Kind::Gone)), (2, 1));
        assert!(compare(&[], &[]).changes.is_empty());
    }
}
