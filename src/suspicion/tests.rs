//! What looks like a fault, and what does not.

use super::*;
use crate::fixture;
use crate::outcome::{Outcome, SkipReason};

/// What is suspected of postings by the numbers of their title, employer and text, and whether that is short.
fn watched(postings: &[(u64, u64, u64, bool)]) -> Vec<(SuspicionKind, u64)> {
    let mut watch = Watch::default();
    for (at, &(title, company, text, short)) in (1..).zip(postings) {
        let judged = fixture::posting(&format!("Title {title}")).at("b.csv", at, Some(at)).judged();
        let spread = |n: u64| n.wrapping_mul(0x0410_4104_1041_0411).rotate_left(58);
        watch.add(&judged, spread(title), spread(company), text, short);
    }
    let (all, more) = watch.finish();
    assert_eq!(more, 0);
    all.into_iter().map(|suspicion| (suspicion.kind, suspicion.postings)).collect()
}

#[test]
fn a_title_over_the_texts_of_many_employers_in_a_row_is_suspected() {
    const FOUND: [(SuspicionKind, u64); 1] = [(SuspicionKind::OneTitleManyCompanies, 20)];
    // Among other titles in no order.
    let among = |row: Vec<(u64, u64, u64, bool)>| {
        let other = |at: u64| (2 + at * 7 % 5, 900 + at, 900 + at, false);
        watched(&(0..10).map(other).chain(row).chain((10..20).map(other)).collect::<Vec<_>>())
    };
    let row = |length: u64| (1..=length).map(|at| (1, at, at, false)).collect::<Vec<_>>();
    assert_eq!(among(row(20)), FOUND);
    assert_eq!(among(row(9)), []);
    // One employer with many openings, and copies of one posting, are no fault.
    assert_eq!(among((1..=20).map(|at| (1, 1, at, false)).collect()), []);
    assert_eq!(among((1..=20).map(|at| (1, at, 1, false)).collect()), []);
    // Nor are a usual title that comes often, the results of a search for it, and postings in the order of titles.
    assert_eq!(watched(&(1..=40).map(|at| (at % 2, at, at, false)).collect::<Vec<_>>()), []);
    assert_eq!(watched(&row(20)), []);
    assert_eq!(watched(&(1..=99).map(|at| (at / 11, at, at, false)).collect::<Vec<_>>()), []);
}

#[test]
fn a_text_under_many_titles_is_suspected_and_a_short_one_is_a_placeholder() {
    let under = |titles: u64, short: bool| (1..=titles).map(|at| (at, 1, 7, short)).collect::<Vec<_>>();
    assert_eq!(watched(&under(6, false)), [(SuspicionKind::OneTextManyTitles, 6)]);
    assert_eq!(watched(&under(4, false)), []);
    assert_eq!(watched(&under(6, true)), [(SuspicionKind::PlaceholderText, 6)]);
    let employers: Vec<_> = (1..=6).map(|at| (1, at, 7, true)).collect();
    assert_eq!(watched(&employers), [(SuspicionKind::PlaceholderText, 6)]);
}

#[test]
fn a_text_that_is_not_judged_is_watched_too() {
    let skipped = |at: u64| {
        let Outcome::Skipped(skipped) = fixture::skipped(SkipReason::UnsupportedLanguage, "b.csv", at) else {
            panic!("it is skipped")
        };
        skipped
    };
    let suspected = |titles: u64| {
        let mut watch = Watch::default();
        for at in 1..=titles {
            watch.add_skipped(&skipped(at), at << 58, 7);
        }
        watch.finish().0.into_iter().map(|found| (found.kind, found.last.record)).collect::<Vec<_>>()
    };
    assert_eq!(suspected(6), [(SuspicionKind::OneTextManyTitles, 6)]);
    assert_eq!(suspected(4), []);
}

#[test]
fn what_is_remembered_is_bounded() {
    let mut watch = Watch::default();
    let judged = fixture::posting("Cook").judged();
    for at in 0..3 * TEXTS as u64 {
        watch.add(&judged, at, 0, at, false);
    }
    assert!(watch.texts.len() <= TEXTS);
    for text in 0..2 * TOLD as u64 {
        for title in 0..64 {
            watch.add(&judged, title << 58, 0, text, false);
        }
    }
    let (all, more) = watch.finish();
    assert_eq!((all.len(), more), (TOLD, TOLD as u64));
}
