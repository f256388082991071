//! The readers on damaged and hostile inputs: no panic, no endless stream, and what is readable is read.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use rolecall::Outcome;
use rolecall::source::{Input, Mapping, Options, Raw, Records};

const RECORDS: usize = 40;

/// The same records in every layout, with the ending of its name.
fn layouts() -> Vec<(&'static str, String)> {
    let record = |n: usize| {
        format!(
            "{{\"id\": \"job-{n:03}\", \"tags\": [{{\"id\": {n}}}], \"title\": \"Product Manager\", \"body\": \"Own \\\"it\\\"\\nand {n}.\"}}"
        )
    };
    let pretty = |n: usize| {
        format!(
            "  {{\n    \"id\": \"job-{n:03}\",\n    \"title\": \"PM\",\n    \"more\": {{\n      \"a\": 1\n    }},\n    \"body\": \"Own {n}.\"\n  }}"
        )
    };
    let all = |one: &dyn Fn(usize) -> String, between: &str| {
        (0..RECORDS).map(one).collect::<Vec<_>>().join(between)
    };
    let rows = all(&|n| format!("job-{n:03},PM,\"Own,\n\"\"it\"\" {n}.\",x"), "\n");
    vec![
        ("jsonl", all(&record, "\n")),
        ("json", format!("[{}]", all(&record, ", "))),
        ("json", format!("[\n{}\n]\n", all(&pretty, ",\n"))),
        ("json", format!("{{\"total\": 1, \"jobs\": [{}], \"meta\": {{}}}}", all(&record, ","))),
        ("csv", format!("id,title,body,note\n{rows}\n")),
    ]
}

/// Reads bytes as a file with this ending; the ids of the postings and the number of records.
fn read(ending: &str, bytes: &[u8]) -> (BTreeSet<String>, usize) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("x.{ending}"));
    fs::write(&path, bytes).unwrap();
    let raws: Vec<Raw> = Records::new(vec![Input::named(&path).unwrap()], Options::default()).collect();
    let mut ids = BTreeSet::new();
    for (raw, number) in raws.iter().zip(1..) {
        assert_eq!(raw.source.record, number);
        match raw.posting(&Mapping::default()).map_err(|outcome| *outcome) {
            Ok(posting) => drop(ids.insert(posting.id)),
            Err(Outcome::Failed(failed)) => {
                assert_ne!(failed.error.code, "internal-error", "{}", failed.error.message);
            }
            Err(_) => {}
        }
    }
    (ids, raws.len())
}

#[test]
fn every_layout_gives_every_record() {
    for (ending, text) in layouts() {
        let (ids, count) = read(ending, text.as_bytes());
        assert_eq!((ids.len(), count), (RECORDS, RECORDS), "{ending}: {}", &text[..40]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// One stroke of damage inside the records touches the records it hits and, at most, one neighbour.
    #[test]
    fn damage_costs_the_records_it_hits(layout in 0..5_usize, place in 0.1..0.9_f64, cut in 0..30_usize, put in "[\\[\\]{}\",:\n a1\\\\]{0,3}") {
        let (ending, text) = layouts().swap_remove(layout);
        #[expect(clippy::cast_precision_loss, clippy::cast_sign_loss, clippy::cast_possible_truncation, reason = "a place within a short text")]
        let at = (text.len() as f64 * place) as usize;
        let damaged = [&text.as_bytes()[..at], put.as_bytes(), &text.as_bytes()[(at + cut).min(text.len())..]].concat();
        let (ids, _) = read(ending, &damaged);
        let known = (0..RECORDS).filter(|n| ids.contains(&format!("job-{n:03}"))).count();
        prop_assert!(known + 3 >= RECORDS, "{} of {RECORDS} left: {}", known, String::from_utf8_lossy(&damaged[at.saturating_sub(80)..(at + 80).min(damaged.len())]));
    }

    /// Any bytes at all, under any name, end as records.
    #[test]
    fn any_bytes_are_read_to_their_end(ending in prop::sample::select(vec!["jsonl", "json", "csv", "tsv", "md", "txt", "html", "gz", "bin"]), bytes in vec(any::<u8>(), 0..400)) {
        let (_, count) = read(ending, &bytes);
        prop_assert!(count <= bytes.len() + 1);
    }

    /// Text made of the marks that the readers look for.
    #[test]
    fn any_marks_are_read_to_their_end(ending in prop::sample::select(vec!["jsonl", "json", "csv", "md", "html", "bin"]), text in "([\\[\\]{}\",:\\\\\n\r -]|title|body|<h1>|</|<!--|-->|---\n|NaN|\\\\ud83d|é){0,60}") {
        let (_, count) = read(ending, text.as_bytes());
        prop_assert!(count <= text.len() + 1);
    }
}

#[test]
fn options_can_be_shared_between_runs() {
    let options = Options { mapping: Arc::new("title=a".parse().unwrap()), ..Options::default() };
    assert_eq!(Records::new(Vec::new(), options.clone()).count(), 0);
    assert_eq!(Records::new(Vec::new(), options).count(), 0);
}
