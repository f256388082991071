//! The text as the judge read it, as it goes into records.

use rolecall::reading::{Kind, Passage, passages};
use rolecall::verdict::Evidence;
use rolecall::{Analyzer, Posting, Settings};

fn read(body: &str) -> (Vec<Passage>, Vec<Evidence>) {
    let analyzer = Analyzer::new(Settings::default());
    let posting = Posting::new("Product Manager", body);
    let verdict = analyzer.analyze(&posting);
    (passages(&analyzer.trace(&posting).clauses, &verdict.evidence), verdict.evidence)
}

#[test]
fn every_piece_of_evidence_is_marked_where_it_stands() {
    let (passages, evidence) = read(
        "## What you will do\n- Own the <b>product&nbsp;roadmap</b> and the roadmap of the suite\n\
         - Partner with product marketing on positioning. Write user stories\n\n\
         ## Your profile\n- Five years of agile product management",
    );
    let mut marked = Vec::new();
    for passage in &passages {
        for mark in &passage.marks {
            assert_eq!(&passage.text[mark.start..mark.end], evidence[mark.evidence].text);
            marked.push(mark.evidence);
        }
    }
    assert!(marked.len() >= 4, "{passages:?}");
    assert_eq!(marked, (0..evidence.len()).collect::<Vec<_>>());
}

#[test]
fn passages_know_what_they_are_and_where_they_begin() {
    let (passages, _) = read("## What you will do\n- Own the roadmap; write user stories\n\nWe sell pumps.");
    let kinds: Vec<_> = passages.iter().map(|passage| (passage.kind, passage.opens, passage.line)).collect();
    assert_eq!(kinds[0], (Kind::Heading, true, 1));
    assert_eq!(kinds[1], (Kind::Item, true, 2));
    assert_eq!(*kinds.last().unwrap(), (Kind::Text, true, 4));
}
