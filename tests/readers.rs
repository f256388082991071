//! The readers on damaged and hostile inputs: no panic, no endless stream, and what is readable is read.

#![expect(clippy::result_large_err, reason = "a test may move an outcome about")]

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
    let element = |n: usize| {
        format!(
            "<job><referencenumber>job-{n:03}</referencenumber><title>PM &amp; more</title>\n<description><![CDATA[<p>Own <b>{n}</b></p>]]></description></job>"
        )
    };
    let item = |n: usize| {
        format!(
            "- id: job-{n:03}\n  title: PM\n  tags: [a, {{b: {n}}}]\n  body: |\n    Own \"it\"\n    and {n}."
        )
    };
    let rows = all(&|n| format!("job-{n:03},PM,\"Own,\n\"\"it\"\" {n}.\",x"), "\n");
    vec![
        ("jsonl", all(&record, "\n")),
        ("json", format!("[{}]", all(&record, ", "))),
        ("json", format!("[\n{}\n]\n", all(&pretty, ",\n"))),
        ("json", format!("{{\"total\": 1, \"jobs\": [{}], \"meta\": {{}}}}", all(&record, ","))),
        ("csv", format!("id,title,body,note\n{rows}\n")),
        ("xml", format!("<?xml version='1.0'?>\n<source>\n{}\n</source>\n", all(&element, "\n"))),
        ("yml", all(&item, "\n")),
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
    fn damage_costs_the_records_it_hits(layout in 0..7_usize, place in 0.1..0.9_f64, cut in 0..30_usize, put in "[\\[\\]{}\",:\n a1\\\\<>/&;]{0,3}") {
        let (ending, text) = layouts().swap_remove(layout);
        // What stands behind one in JSON is a comment, up to the end of the only line.
        prop_assume!(ending != "json" || !(put.contains("//") || put.contains("/*")));
        #[expect(clippy::cast_precision_loss, clippy::cast_sign_loss, clippy::cast_possible_truncation, reason = "a place within a short text")]
        let at = (text.len() as f64 * place) as usize;
        let damaged = [&text.as_bytes()[..at], put.as_bytes(), &text.as_bytes()[(at + cut).min(text.len())..]].concat();
        let (ids, _) = read(ending, &damaged);
        let known = (0..RECORDS).filter(|n| ids.contains(&format!("job-{n:03}"))).count();
        prop_assert!(known + 3 >= RECORDS, "{} of {RECORDS} left: {}", known, String::from_utf8_lossy(&damaged[at.saturating_sub(80)..(at + 80).min(damaged.len())]));
    }

    /// Any bytes at all, under any name, end as records.
    #[test]
    fn any_bytes_are_read_to_their_end(ending in prop::sample::select(vec!["jsonl", "json", "csv", "tsv", "md", "txt", "html", "xml", "js", "ts", "yml", "gz", "bin"]), bytes in vec(any::<u8>(), 0..400)) {
        let (_, count) = read(ending, &bytes);
        prop_assert!(count <= bytes.len() + 1);
    }

    /// Text made of the marks that the readers look for.
    #[test]
    fn any_marks_are_read_to_their_end(ending in prop::sample::select(vec!["jsonl", "json", "csv", "md", "html", "xml", "js", "ts", "yml", "bin"]), text in "([\\[\\]{}\",:\\\\\n\r -]|title|body|<h1>|</|<!--|-->|<job>|</job>|<!\\[CDATA\\[|\\]\\]>|&|<\\?xml|<pre>|<script type=\"ld\\+json\">|\"@type\":\"JobPosting\"|\"@graph\":|---\n|NaN|=|\\(|JSON.parse\\('|<script>|typeof=\"JobPosting\"|property=\"title\">|\\\\ud83d|é){0,60}") {
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

/// What it is, the ending of its file, its bytes, the codes of records that fail, and the number of postings.
type Hostile = (&'static str, &'static str, Vec<u8>, &'static [&'static str], usize);

/// What a reader may not stumble over, by the ending of its file: the codes of the records that fail, and how many
/// postings are read.
#[test]
fn hostile_files_end_as_failed_records() {
    let deep_json = format!("[{{\"title\":{}", "[".repeat(200_000));
    let deep_xml = format!("<jobs><job>{}</jobs>", "<a>".repeat(200_000));
    let bomb = "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">\
                <!ENTITY c SYSTEM \"file:///etc/passwd\">]>\
                <jobs><job><title>PM &b;</title><description>&c;</description></job></jobs>";
    let graph = format!(
        "{{\"@graph\":[{}{{\"@id\":\"x\",\"name\":{{\"@id\":\"x\"}}}}]}}",
        "{\"@type\":\"JobPosting\",\"title\":\"PM\",\"description\":\"x\",\"hiringOrganization\":{\"@id\":\"x\"}},".repeat(300)
    );
    let page = format!("<script type=application/ld+json>{}</script><p>Own it", "[".repeat(200_000));
    let cases: Vec<Hostile> = vec![
        ("deep JSON", "json", deep_json.into_bytes(), &["invalid-json"], 0),
        ("deep XML", "xml", deep_xml.into_bytes(), &["invalid-xml"], 0),
        ("entities that grow", "xml", bomb.as_bytes().to_vec(), &[], 1),
        (
            "XML that is cut",
            "xml",
            b"<jobs><job><title>PM</title></job><job><title>P".to_vec(),
            &["truncated-input"],
            1,
        ),
        (
            "bytes of no character set",
            "xml",
            b"<jobs><job><title>P\xff\xfeM</title></job></jobs>".to_vec(),
            &[],
            1,
        ),
        (
            "a name with stray bytes",
            "xml",
            b"<jobs><job><t\xff>x</t\xff></job></jobs>".to_vec(),
            &["missing-body"],
            0,
        ),
        ("references in a circle", "json", graph.into_bytes(), &[], 300),
        ("deep JSON-LD", "html", page.into_bytes(), &[], 1),
        (
            "a script that never ends",
            "html",
            b"<p>Own it<script type='application/ld+json'>{".to_vec(),
            &[],
            1,
        ),
    ];
    for (name, ending, bytes, codes, postings) in cases {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(format!("x.{ending}"));
        fs::write(&path, bytes).unwrap();
        let records = Records::new(vec![Input::named(&path).unwrap()], Options::default());
        let read: Vec<_> =
            records.map(|raw| raw.posting(&Mapping::default()).map_err(|outcome| *outcome)).collect();
        let failed: Vec<_> = read
            .iter()
            .filter_map(|record| match record {
                Err(Outcome::Failed(failed)) => Some(failed.error.code.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(failed, codes, "{name}");
        assert_eq!(read.iter().flatten().count(), postings, "{name}");
    }
}
