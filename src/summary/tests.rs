//! What a run adds up to.

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
        fixture::posting("Cook").ruled(Claim::Other, Described::Neither, Ruling::OutOfScope, 0.99).outcome(),
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

#[test]
fn copies_are_among_the_judged_and_in_no_other_count() {
    let mut all = outcomes();
    let wrong =
        || {
            fixture::posting("Product Manager")
                .ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, 0.97)
                .says("pmm/positioning/positioning", "positioning", 2.0)
        };
    all.push(wrong().copy_of("1", 1.0).outcome());
    all.push(wrong().copy_of("1", 0.93).outcome());
    all.push(fixture::skipped(SkipReason::Duplicate, "b.jsonl", 9));
    let (with, without) = (summary(&all), summary(&outcomes()));
    assert_eq!(with.counts, Counts { records: 8, judged: 5, skipped: 2, failed: 1 });
    assert_eq!(with.duplicates, Duplicates { marked: 2, dropped: 1, exact: 1, forgotten: 0 });
    assert_eq!((with.postings(), without.postings()), (3, 3));
    assert_eq!(
        (&with.verdicts, &with.matrix, with.mislabelled, with.review, &with.areas),
        (&without.verdicts, &without.matrix, without.mislabelled, without.review, &without.areas)
    );
}

#[test]
fn groups_and_what_was_noticed_merge_too() {
    let whole = |outcomes: &[Outcome]| {
        let mut summary = Summary::default().grouped_by(&[GroupBy::Claimed, GroupBy::Source]);
        for outcome in outcomes {
            summary.add(outcome);
        }
        summary
    };
    let all = outcomes();
    let mut merged = whole(&all[..2]);
    merged.merge(&whole(&all[2..]));
    assert_eq!(merged, whole(&all));
    merged.notice(&Noticed { forgotten: 7, suspicions: Vec::new(), more_suspicions: 2 });
    assert_eq!((merged.duplicates.forgotten, merged.more_suspected_faults), (7, 2));
}
