//! `rolecall eval` as it is used: the built program on small labelled files of our own.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use tempfile::TempDir;

/// What a run of the program gave.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }
}

fn eval(folder: &Path, args: &[&str]) -> Ran {
    let ran = Command::new(env!("CARGO_BIN_EXE_rolecall"))
        .current_dir(folder)
        .arg("eval")
        .args(args)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { code: ran.status.code().unwrap(), out: text(ran.stdout), err: text(ran.stderr) }
}

const PM: &str = "## What you will do\n\n- Own the product roadmap for our ledger.\n- Write user stories and \
                  prioritise the product backlog.\n- Run product discovery with engineers and designers.\n\
                  - Define product requirements for every release.\n";

/// Three labelled postings, one of them with a wrong label on purpose.
fn gold() -> String {
    let rows = [
        json!({"id": "a", "title": "Product Manager", "body": PM, "role": "pm", "claims": "pm",
               "confidence": "high", "group": "north", "company": "Northwind"}),
        json!({"id": "b", "title": "Product Manager", "body": PM, "role": "pmm", "claims": "pm"}),
        json!({"id": "c", "title": "Cook", "body": "", "role": "insufficient", "claims": "other"}),
    ];
    rows.map(|row| row.to_string() + "\n").concat()
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn labels_in_the_records_are_compared_with_the_descriptions() {
    let folder = folder(&[("gold.jsonl", &gold())]);
    let ran = eval(folder.path(), &["gold.jsonl", "-o", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let report = ran.json();
    let postings = &report["postings"];
    assert_eq!(report["schema"], "rolecall.eval/1");
    assert_eq!(postings["intake"]["measured"], 3);
    assert_eq!(postings["intake"]["skipped"], 1);
    assert_eq!(postings["confusion"]["pm"]["pm"], 1);
    assert_eq!(postings["confusion"]["pmm"]["pm"], 1);
    assert_eq!(postings["confusion"]["insufficient"]["insufficient"], 1);
    assert_eq!((&postings["accuracy"]["count"], &postings["accuracy"]["of"]), (&json!(2), &json!(3)));
    let error = &postings["errors"][0];
    assert_eq!((&error["id"], &error["label"], &error["found"]), (&json!("b"), &json!("pmm"), &json!("pm")));
    assert!(!error["words"].as_array().unwrap().is_empty());
    assert_eq!(postings["verdicts"]["mislabelled"]["recall"]["of"], 1);
}

#[test]
fn compressed_labels_and_any_number_of_threads_give_the_same_bytes() {
    let folder = folder(&[]);
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(gold().as_bytes()).unwrap();
    fs::write(folder.path().join("gold.jsonl.gz"), gzip.finish().unwrap()).unwrap();
    let one = eval(folder.path(), &["gold.jsonl.gz", "-o", "json", "--jobs", "1"]);
    let two = eval(folder.path(), &["gold.jsonl.gz", "-o", "json", "--jobs", "2"]);
    assert_eq!(one.json()["postings"]["intake"]["measured"], 3);
    assert_eq!(one.out, two.out);
}

#[test]
fn a_missed_bar_is_told_and_ends_with_1() {
    let folder = folder(&[("gold.jsonl", &gold())]);
    let met = eval(folder.path(), &["gold.jsonl", "--min-accuracy", "0.6", "--max-false-alarms", "0"]);
    assert_eq!((met.code, met.err.as_str()), (0, ""));
    let ran = eval(folder.path(), &["gold.jsonl", "--min-accuracy", "0.9", "--min-kappa", "0.99"]);
    assert_eq!(ran.code, 1);
    let lines: Vec<&str> = ran.err.lines().collect();
    assert_eq!(lines[0], "missed: accuracy is 0.6667, below the least allowed, 0.9");
    assert!(lines[1].starts_with("missed: kappa is ") && lines.len() == 2, "{}", ran.err);
    assert!(ran.out.contains("Missed bars"), "{}", ran.out);
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_measured() {
    let broken = format!("{}{{\"id\": \"d\", \"title\": \"x\", \"body\": \"y\"}}\n{{\n", gold());
    let folder = folder(&[("gold.jsonl", &broken)]);
    let ran = eval(folder.path(), &["gold.jsonl", "-o", "json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("gold.jsonl:4: no label: missing field `role`"), "{}", ran.err);
    assert!(ran.err.contains("gold.jsonl:5: "), "{}", ran.err);
    let intake = &ran.json()["postings"]["intake"];
    assert_eq!(
        (&intake["records"], &intake["measured"], &intake["failed"]),
        (&json!(5), &json!(3), &json!(2))
    );
}

#[test]
fn the_samples_are_labelled_whole() {
    let ran =
        eval(root(), &["samples", "--labels", "tests/gold/samples.jsonl", "-o", "json", "--errors", "99"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let report = ran.json();
    let intake = &report["postings"]["intake"];
    assert_eq!((&intake["unlabelled"], &intake["without_posting"]), (&json!(0), &json!(0)));
    let schema = rolecall::schema::eval();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let faults: Vec<String> =
        validator.iter_errors(&report).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn labels_without_postings_and_postings_without_labels_are_counted() {
    let labels = "{\"id\": \"a\", \"role\": \"pm\"}\n{\"id\": \"z\", \"role\": \"pm\"}\n";
    let folder = folder(&[("gold.jsonl", &gold()), ("labels.jsonl", labels)]);
    let ran = eval(folder.path(), &["gold.jsonl", "--labels", "labels.jsonl", "-o", "json"]);
    let intake = &ran.json()["postings"]["intake"];
    assert_eq!(
        (&intake["measured"], &intake["unlabelled"], &intake["without_posting"]),
        (&json!(1), &json!(2), &json!(1))
    );
    assert_eq!(ran.err, "note: 2 records have no label and were not measured\n");
}

#[test]
fn every_format_goes_where_it_is_sent() {
    let folder = folder(&[("gold.jsonl", &gold())]);
    let ran = eval(folder.path(), &["gold.jsonl", "-o", "markdown=figures.md", "-o", "json=figures.json"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    let markdown = fs::read_to_string(folder.path().join("figures.md")).unwrap();
    assert!(markdown.starts_with("# rolecall eval\n\n") && markdown.contains("\n| accuracy | 0.667 |"));
    assert!(!folder.path().join("figures.json.partial").exists());
    for (outputs, message) in [
        (&["-o", "yaml"][..], "unknown format \"yaml\": give one of text, json, markdown"),
        (&["-o", "json="][..], "\"json=\" names no file"),
        (
            &["-o", "json", "-o", "text"][..],
            "json and text both go to standard output: give one a file, such as text=FILE",
        ),
    ] {
        let ran = eval(folder.path(), &[&["gold.jsonl"], outputs].concat());
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(message), "{}", ran.err);
    }
}

#[test]
fn lines_are_compared_with_the_clauses_that_they_cover() {
    let lines = [
        json!({"id": "a", "line": "Own the <b>product roadmap</b> for our ledger.", "zone": "duties", "role": "pm",
               "actor": "owns"}),
        json!({"id": "a", "line": "Own the product  roadmap for our ledger", "role": "pm", "actor": "owns"}),
        json!({"id": "a", "line": "Define product requirements for every release.", "role": "pm",
               "actor": "other_actor"}),
        json!({"id": "a", "line": "We are looking for a Product Manager.", "role": "none", "actor": "not_a_duty"}),
        json!({"id": "a", "line": "Water the plants.", "role": "other", "actor": "owns"}),
        json!({"id": "z", "line": "Own it.", "role": "pm", "actor": "owns"}),
    ];
    let lines = lines.map(|line| line.to_string() + "\n").concat();
    let folder = folder(&[("gold.jsonl", &gold()), ("lines.jsonl", &lines)]);
    let args = ["--lines", "lines.jsonl", "--postings", "gold.jsonl", "-o", "json"];
    let report = eval(folder.path(), &args).json();
    let found = &report["lines"];
    assert_eq!(
        found["lines"],
        json!({"labelled": 6, "compared": 2, "naming": 1, "repeated": 1, "unmatched": 1, "no_posting": 1})
    );
    assert_eq!(found["actor_confusion"], json!({"owns": {"owns": 1}, "not-the-hire": {"owns": 1}}));
    let pm = &found["owned"]["pm"];
    assert_eq!((&pm["precision"]["share"], &pm["recall"]["share"]), (&json!(0.5), &json!(1.0)));
    assert_eq!(pm["evidence"]["share"], json!(1.0));
    assert_eq!(found["zone_confusion"], json!({"duties": {"duties": 1}}));
    assert_eq!(found["misses"][0]["line"], "Define product requirements for every release.");

    let bars = ["--min-owned-precision", "0.6", "--min-owned-recall", "0.6", "--min-actor-f1", "0.1"];
    let ran = eval(folder.path(), &[&args[..4], &bars[..]].concat());
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("precision of owned pm duties is 0.5"), "{}", ran.err);
    assert!(ran.err.contains("recall of owned pmm duties cannot be measured"), "{}", ran.err);
}

#[test]
fn bars_on_what_is_not_measured_are_refused() {
    let folder = folder(&[("gold.jsonl", &gold())]);
    let ran = eval(folder.path(), &["gold.jsonl", "--min-actor-f1", "0.8"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--min-actor-f1 needs --lines"), "{}", ran.err);
    let labelled = ["gold.jsonl", "--labels", "gold.jsonl", "--min-owned-recall", "0.8"];
    let ran = eval(folder.path(), &labelled);
    assert!(ran.code == 2 && ran.err.contains("--min-owned-recall needs --lines"), "{}", ran.err);
    assert_eq!(eval(folder.path(), &["gold.jsonl", "--min-accuracy", "90"]).code, 2);
    let none = eval(folder.path(), &[]);
    assert!(none.code == 2 && none.err.contains("no GOLD"), "{}", none.err);
}

#[test]
fn figures_over_nothing_are_an_error() {
    let labels = "{\"id\": \"a\", \"role\": \"pm\"}\n{\"id\": \"b\", \"role\": \"pmm\"}\n";
    let folder = folder(&[("gold.jsonl", &gold()), ("labels.jsonl", labels), ("empty.jsonl", "")]);
    let other = "{\"id\": \"z\", \"role\": \"pm\"}\n";
    fs::write(folder.path().join("other.jsonl"), other).unwrap();
    for (args, message) in [
        (&["labels.jsonl"][..], "error: no posting of GOLD has a body: give labels alone with --labels FILE"),
        (&["gold.jsonl", "--labels", "other.jsonl"], "error: nothing was measured: no label has the id of"),
    ] {
        let ran = eval(folder.path(), args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.err.contains(message), "{}", ran.err);
    }
}

#[test]
fn neither_labels_nor_postings_are_written_over_and_a_file_is_measured_once() {
    let labels = "{\"id\": \"a\", \"role\": \"pm\"}\n";
    let folder = folder(&[("gold.jsonl", &gold()), ("labels.jsonl", labels)]);
    for output in ["json=labels.jsonl", "json=./gold.jsonl"] {
        let ran = eval(folder.path(), &["gold.jsonl", "--labels", "labels.jsonl", "-o", output]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("is an input: name another file for the output"), "{}", ran.err);
    }
    assert_eq!(fs::read_to_string(folder.path().join("labels.jsonl")).unwrap(), labels);
    let ran = eval(folder.path(), &["gold.jsonl", "./gold.jsonl", "-o", "json"]);
    assert_eq!(ran.json()["postings"]["intake"]["measured"], 3);
    assert_eq!(ran.err, "note: passed over 1 file that another input had given already\n");
}
