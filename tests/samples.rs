//! The sample postings against their labels in `tests/gold/samples.jsonl`.
#![expect(clippy::print_stdout, reason = "the wrong ones should be seen, and need not fail the test")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::{ANALYZER, SAMPLES};
use rolecall::Verdict;
use rolecall::vocabulary::Claim;
use serde::Deserialize;

/// Shares that must be reached; judgement may rise above them, never fall below.
const LEAST_ROLE: f64 = 0.87;
const LEAST_VERDICT: f64 = 0.84;
const LEAST_CLAIM: f64 = 1.0;

#[derive(Deserialize)]
struct Label {
    id: String,
    role: String,
    claims: String,
    verdict: String,
}

fn labels() -> BTreeMap<String, Label> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/samples.jsonl");
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .map(|label: Label| (label.id.clone(), label))
        .collect()
}

/// Every sample with its label and verdict.
fn judged() -> Vec<(Label, Verdict)> {
    let mut labels = labels();
    let root = format!("{}/", Path::new(env!("CARGO_MANIFEST_DIR")).display()).replace('\\', "/");
    SAMPLES
        .iter()
        .map(|posting| {
            let id = posting.id.strip_prefix(&root).unwrap_or(&posting.id);
            let id = id.strip_suffix("#1").unwrap_or(id);
            let label = labels.remove(id).unwrap_or_else(|| panic!("{id} has no label"));
            (label, ANALYZER.analyze(posting))
        })
        .collect()
}

/// Share of right answers; the wrong ones are printed.
fn share(what: &str, pairs: &[(String, String, String)]) -> f64 {
    for (id, label, found) in pairs.iter().filter(|(_, label, found)| label != found) {
        println!("{what} of {id}: {label} by its label, {found} by rolecall");
    }
    let right = pairs.iter().filter(|(_, label, found)| label == found).count();
    println!("{what}: {right} of {} right", pairs.len());
    #[expect(clippy::cast_precision_loss, reason = "a few dozen samples")]
    let share = right as f64 / pairs.len() as f64;
    share
}

/// The claim as the labels name it: they know no `none`.
fn claim(verdict: &Verdict) -> &'static str {
    match verdict.claimed {
        Claim::None => Claim::Other.name(),
        claim => claim.name(),
    }
}

#[test]
fn every_label_has_its_sample_and_every_sample_its_label() {
    let labels = labels();
    assert_eq!(judged().len(), labels.len(), "labels without a sample");
    assert!(labels.len() >= 40);
}

#[test]
fn samples_are_judged_as_labelled() {
    let judged = judged();
    let compare = |label: fn(&Label) -> &str, found: fn(&Verdict) -> &'static str| {
        let triple = |(own, verdict): &(Label, Verdict)| {
            (own.id.clone(), label(own).to_owned(), found(verdict).to_owned())
        };
        judged.iter().map(triple).collect::<Vec<_>>()
    };
    let role = share("role", &compare(|label| &label.role, |verdict| verdict.described.name()));
    let ruling = share("verdict", &compare(|label| &label.verdict, |verdict| verdict.verdict.name()));
    let claims = share("claim", &compare(|label| &label.claims, claim));
    assert!(role >= LEAST_ROLE, "{role:.3} of the roles are right, fewer than {LEAST_ROLE}");
    assert!(ruling >= LEAST_VERDICT, "{ruling:.3} of the verdicts are right, fewer than {LEAST_VERDICT}");
    assert!(claims >= LEAST_CLAIM, "{claims:.3} of the claims are right, fewer than {LEAST_CLAIM}");
}
