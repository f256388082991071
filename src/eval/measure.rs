//! How well the program judges whole postings: counts over labelled ones.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::calibration::{self, Bet, Calibration, Coverage};
use super::case::Case;
use super::confusion::{self, Confusion, Scores};
use super::slices::{self, Slice};
use crate::letters;
use crate::posting::SourceRef;
use crate::proportion::Proportion;
use crate::vocabulary::{Claim, Described, Ruling};

/// Records in, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Intake {
    /// Records read.
    pub records: u64,
    /// Labelled and measured.
    pub measured: u64,
    /// Of those measured, skipped by the program: they count as found insufficient.
    pub skipped: u64,
    /// Without a label.
    pub unlabelled: u64,
    /// Postings or labels that could not be read.
    pub failed: u64,
    /// Labels whose posting is not there.
    pub without_posting: u64,
}

/// The figures over labelled postings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Measured {
    /// Records in, and what became of them.
    pub intake: Intake,
    /// Descriptions that are the label's.
    pub accuracy: Proportion,
    /// Mean F1 of pm, pmm and neither; null when none of them is labelled.
    pub macro_f1: Option<f64>,
    /// Cohen's kappa; null without postings.
    pub kappa: Option<f64>,
    /// How well each labelled description is found.
    pub roles: BTreeMap<Described, Scores>,
    /// Labelled against found descriptions.
    pub confusion: Confusion<Described>,
    /// Title claims that are the label's, where the label names one; `none` counts as `other`.
    pub claims: Proportion,
    /// How well each verdict is given, where the label tells the right one.
    pub verdicts: BTreeMap<Ruling, Scores>,
    /// Postings that are rightly titled and called mislabelled.
    pub false_alarms: Proportion,
    /// Postings that a person must look at.
    pub review: Proportion,
    /// The accuracy of the others.
    pub decided: Proportion,
    /// Probabilities against the share that is right.
    pub calibration: Calibration,
    /// The accuracy when only the most certain part is kept.
    pub coverage: Vec<Coverage>,
    /// The accuracy within parts of the postings.
    pub slices: Vec<Slice>,
    /// Neighbouring jobs, where label and program both name one.
    pub nearest: Nearest,
    /// The most confident disagreements.
    pub errors: Vec<Disagreement>,
}

/// Neighbouring jobs named by label and program.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Nearest {
    /// Labels that name one, and how often the program names any.
    pub named: Proportion,
    /// Of those where both do, how often the names are the same, letters and digits alone.
    pub same: Proportion,
    /// The label's names, then the program's, with how often they meet.
    pub pairs: BTreeMap<String, BTreeMap<String, u64>>,
}

/// A posting whose description is not the label's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Disagreement {
    /// Where it was read.
    pub source: SourceRef,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// What the label says.
    pub label: Described,
    /// What was found.
    pub found: Described,
    /// The verdict; null when the posting was skipped.
    pub verdict: Option<Ruling>,
    /// Its probability.
    pub confidence: f64,
    /// The words that decided.
    pub words: Vec<String>,
}

impl Measured {
    /// Counts the cases; at most `errors` disagreements are kept.
    #[must_use]
    pub fn new(cases: &[Case], intake: Intake, errors: usize) -> Self {
        let table = confusion::of(cases.iter().map(|case| (case.label.role, case.found)));
        let bets: Vec<Bet<'_>> = cases
            .iter()
            .map(|case| Bet { id: &case.id, confidence: case.confidence, right: case.is_right() })
            .collect();
        let labelled = Described::ALL.iter().filter(|role| table.contains_key(role));
        let is_review = |case: &&Case| case.ruling == Some(Ruling::Review);
        let all = cases.len() as u64;
        Self {
            intake,
            accuracy: confusion::accuracy(&table),
            macro_f1: confusion::macro_f1(&table, &[Described::Pm, Described::Pmm, Described::Neither]),
            kappa: confusion::kappa(&table),
            roles: labelled.map(|&role| (role, confusion::scores(&table, role))).collect(),
            confusion: table,
            claims: share(
                cases.iter().filter_map(|case| Some((case.label.claims?, case.claimed?))),
                |(label, found)| claim(*label) == claim(*found),
            ),
            verdicts: verdicts(cases),
            false_alarms: share(
                cases.iter().filter(|case| case.label.ruling() == Some(Ruling::Match)),
                |case| case.ruling == Some(Ruling::Mislabelled),
            ),
            review: Proportion::new(cases.iter().filter(is_review).count() as u64, all),
            decided: share(cases.iter().filter(|case| !is_review(case)), |case| case.is_right()),
            calibration: Calibration::new(&bets),
            coverage: calibration::curve(&bets),
            slices: slices::slices(cases),
            nearest: nearest(cases),
            errors: disagreements(cases, errors),
        }
    }
}

/// How many of the items are so.
fn share<T>(items: impl Iterator<Item = T>, so: impl Fn(&T) -> bool) -> Proportion {
    let (mut count, mut of) = (0, 0);
    for item in items {
        of += 1;
        count += u64::from(so(&item));
    }
    Proportion::new(count, of)
}

/// Labels that know no `none` call it `other`.
fn claim(claim: Claim) -> Claim {
    if claim == Claim::None { Claim::Other } else { claim }
}

/// The right verdict and the one given.
type Ruled = (Ruling, Option<Ruling>);

fn verdicts(cases: &[Case]) -> BTreeMap<Ruling, Scores> {
    let known: Vec<Ruled> =
        cases.iter().filter_map(|case| Some((case.label.ruling()?, case.ruling))).collect();
    let count = |so: &dyn Fn(&Ruled) -> bool| known.iter().filter(|pair| so(pair)).count() as u64;
    let scores = |ruling: Ruling| {
        Scores::new(
            count(&|pair| *pair == (ruling, Some(ruling))),
            count(&|pair| pair.1 == Some(ruling)),
            count(&|pair| pair.0 == ruling),
        )
    };
    if known.is_empty() {
        return BTreeMap::new();
    }
    Ruling::ALL.iter().map(|&ruling| (ruling, scores(ruling))).collect()
}

fn nearest(cases: &[Case]) -> Nearest {
    let labelled: Vec<(&str, Option<&str>)> = cases
        .iter()
        .filter_map(|case| Some((case.label.nearest.as_deref()?, case.nearest.as_deref())))
        .collect();
    let mut pairs: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for (label, found) in &labelled {
        if let Some(found) = found {
            *pairs.entry((*label).to_owned()).or_default().entry((*found).to_owned()).or_default() += 1;
        }
    }
    let both = labelled.iter().filter_map(|(label, found)| Some((*label, (*found)?)));
    Nearest {
        named: share(labelled.iter(), |(_, found)| found.is_some()),
        same: share(both, |(label, found)| letters::of(label).eq(letters::of(found))),
        pairs,
    }
}

fn disagreements(cases: &[Case], limit: usize) -> Vec<Disagreement> {
    let mut wrong: Vec<&Case> = cases.iter().filter(|case| !case.is_right()).collect();
    wrong.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let told = |case: &Case| Disagreement {
        source: case.source.clone(),
        id: case.id.clone(),
        title: case.title.clone(),
        label: case.label.role,
        found: case.found,
        verdict: case.ruling,
        confidence: case.confidence,
        words: case.words.clone(),
    };
    wrong.into_iter().take(limit).map(told).collect()
}
