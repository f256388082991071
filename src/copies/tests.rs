//! Copies and what are none.

use super::*;
use crate::fixture;

/// A posting with this title and text.
fn posting(title: &str, text: &str) -> Judged {
    let mut judged = fixture::posting(title).judged();
    judged.verdict.text.sketch = Some(Sketch::of([text]));
    judged.verdict.text.hash = format!("{:016x}", xxhash_rust::xxh3::xxh3_64(text.as_bytes()));
    judged
}

/// Made-up text of so many words.
fn text(seed: u64, words: u64) -> String {
    let word = |word: u64| format!("{:x}", (seed * 100_000 + word).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40);
    (0..words).map(word).collect::<Vec<_>>().join(" ")
}

/// What each posting repeats, by number from 1.
fn repeats(postings: Vec<Judged>) -> Vec<Option<usize>> {
    let mut copies = Copies::new(Dedupe::Mark);
    (1..)
        .zip(postings)
        .map(|(number, mut judged)| {
            judged.id = number.to_string();
            let Outcome::Judged(seen) =
                copies.see(Outcome::Judged(Box::new(judged)), |_| Some(Severity::Note))
            else {
                panic!("marking drops nothing")
            };
            let flagged = seen.verdict.flags.iter().any(|flag| flag.code == Code::Rc009);
            assert_eq!(flagged, seen.duplicate_of.is_some());
            seen.duplicate_of.map(|of| of.parse().unwrap())
        })
        .collect()
}

fn of(company: &str, mut judged: Judged) -> Judged {
    judged.company = Some(company.to_owned());
    judged
}

#[test]
fn the_same_text_again_is_a_copy_of_the_first() {
    let body = text(1, 300);
    let again = || posting("Product Manager", &body);
    let other = posting("Product Manager", &text(2, 300));
    assert_eq!(repeats(vec![again(), other, again(), again()]), [None, None, Some(1), Some(1)]);
}

#[test]
fn a_posting_for_each_city_is_one_posting() {
    let city = |name: &str| {
        let body = format!("{}You will work in {name}. {}", text(1, 200), text(2, 200));
        posting(&format!("Product Manager, {name}"), &body)
    };
    assert_eq!(repeats(vec![city("Lyon"), city("Nantes"), city("Lille")]), [None, Some(1), Some(1)]);
}

#[test]
fn jobs_that_share_what_the_company_says_are_different() {
    let company = text(9, 240);
    let job = |title: &str, seed| posting(title, &(company.clone() + &text(seed, 160)));
    let jobs = vec![
        job("Product Manager, Payments", 1),
        job("Product Manager, Risk", 2),
        job("Product Manager, Payments", 3),
    ];
    assert_eq!(repeats(jobs), [None, None, None]);
}

#[test]
fn a_text_under_a_title_that_calls_something_else_is_no_copy() {
    let body = text(1, 300);
    let mut marketing = posting("Product Marketing Manager", &body);
    marketing.verdict.claimed = Claim::Pmm;
    let (one, cook) = (posting("Product Manager", &body), posting("Cook", &body));
    assert_eq!(
        repeats(vec![one.clone(), marketing.clone(), cook, one, marketing]),
        [None, None, None, Some(1), Some(2)]
    );
}

#[test]
fn nearly_the_same_text_of_another_employer_is_no_copy() {
    let body = |seed| text(1, 380) + &text(seed, 20);
    let job = |company: &str, seed| of(company, posting("Product Manager", &body(seed)));
    let jobs = vec![job("Northwind", 2), job("Adatum", 3), job("Northwind Ltd", 4)];
    assert_eq!(repeats(jobs), [None, None, Some(1)]);
}

#[test]
fn a_few_words_are_a_copy_only_with_title_and_employer() {
    let job = |title: &str, company: &str| of(company, posting(title, "See our website."));
    let jobs = vec![
        job("Product Manager", "Northwind"),
        job("Product Manager", "Adatum"),
        job("Cook", "Northwind"),
        job("Product Manager", "Northwind"),
    ];
    assert_eq!(repeats(jobs), [None, None, None, Some(1)]);
}

#[test]
fn dropped_copies_are_skipped_and_say_of_what() {
    let mut copies = Copies::new(Dedupe::Drop);
    let mut see = || copies.see(Outcome::Judged(Box::new(posting("Cook", &text(1, 90)))), |_| None);
    assert!(matches!(see(), Outcome::Judged(_)));
    let Outcome::Skipped(skipped) = see() else { panic!("a copy") };
    assert_eq!(skipped.reason, SkipReason::Duplicate);
    assert_eq!((skipped.duplicate_of.as_deref(), skipped.likeness), (Some("board.jsonl#1"), Some(1.0)));
}

#[test]
fn without_a_flag_a_copy_is_still_marked() {
    let mut copies = Copies::new(Dedupe::Mark);
    let mut see = || copies.see(Outcome::Judged(Box::new(posting("Cook", &text(1, 90)))), |_| None);
    let _ = see();
    let Outcome::Judged(judged) = see() else { panic!("marking drops nothing") };
    assert!(judged.duplicate_of.is_some() && judged.verdict.flags.is_empty());
}

#[test]
fn what_is_off_or_has_no_sketch_stays_as_it_is() {
    for (dedupe, sketched) in [(Dedupe::Off, true), (Dedupe::Mark, false)] {
        let mut copies = Copies::new(dedupe);
        for _ in 0..2 {
            let mut judged = posting("Cook", &text(1, 90));
            judged.verdict.text.sketch = judged.verdict.text.sketch.filter(|_| sketched);
            let outcome = Outcome::Judged(Box::new(judged));
            assert_eq!(copies.see(outcome.clone(), |_| Some(Severity::Note)), outcome);
        }
    }
}

#[test]
fn the_oldest_are_forgotten_and_counted() {
    let mut index = Index::new(1 << 12);
    let mut find = |seed: u64| {
        let judged = posting("Cook", &text(seed, 80));
        let hash = u64::from_str_radix(&judged.verdict.text.hash, 16).unwrap();
        let sketch = judged.verdict.text.sketch.unwrap();
        index.find_or_keep(&judged, hash, sketch, Heading::of(&judged)).is_some()
    };
    // Every posting that is remembered is found, also after the tables have grown, and those before are not.
    let all = 6000;
    assert!((0..all).all(|seed| !find(seed)));
    let found = (all - (1 << 12)..all).filter(|&seed| find(seed)).count();
    assert_eq!(found, 1 << 12);
    assert!(!find(0));
    assert_eq!(index.count, 6001);
}

#[test]
fn names_parse_back() {
    for &dedupe in Dedupe::ALL {
        assert_eq!(dedupe.name().parse(), Ok(dedupe));
    }
    assert!("none".parse::<Dedupe>().is_err());
}
