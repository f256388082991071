//! The totals as a manager asks for them: by company and so on, and in every format.

mod program;

use std::fs;

use program::{rolecall, rolecall_in};
use serde_json::Value;

#[test]
fn totals_break_down_by_any_field_and_agree_with_the_whole() {
    let ran = rolecall(&[
        "scan",
        "samples",
        "-q",
        "-o",
        "json",
        "--group-by",
        "company,source",
        "--group-by",
        "claimed",
    ]);
    let sum = serde_json::from_str::<Value>(&ran.out).unwrap()["summary"].clone();
    let fields: Vec<&String> = sum["groups"].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["claimed", "company", "source"]);
    let postings = sum["judged"].as_u64().unwrap() - sum["duplicates"]["marked"].as_u64().unwrap();
    for (field, groups) in sum["groups"].as_object().unwrap() {
        let named = groups["named"].as_object().unwrap().values();
        let all: Vec<&Value> = named.chain([&groups["unnamed"], &groups["more"]]).collect();
        let total = |of: &dyn Fn(&Value) -> u64| all.iter().map(|group| of(group)).sum::<u64>();
        assert_eq!(total(&|group| group["postings"].as_u64().unwrap()), postings, "{field}");
        let wrong = |group: &Value| group["mislabelled"]["count"].as_u64().unwrap();
        assert_eq!(total(&wrong), sum["mislabelled"]["count"].as_u64().unwrap(), "{field}");
    }
    assert_eq!(sum["groups"]["claimed"]["named"]["pm"]["postings"], {
        let row = sum["matrix"]["pm"].as_object().unwrap();
        row.values().filter_map(Value::as_u64).sum::<u64>()
    });
}

#[test]
fn a_comparison_obeys_the_choice_of_verdicts_and_refuses_what_it_has_no_place_for() {
    let folder = tempfile::tempdir().unwrap();
    let board = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/board.jsonl");
    let text = fs::read_to_string(board).unwrap();
    let half: String = text.split_inclusive('\n').take(5).collect();
    fs::write(folder.path().join("half.jsonl"), half).unwrap();
    for (from, to) in [("half.jsonl", "jsonl=old.jsonl"), (board, "jsonl=new.jsonl")] {
        assert_eq!(rolecall_in(folder.path(), &["scan", from, "-q", "-o", to], b"").code, 0);
    }
    let report = |more: &[&str]| {
        let args = [&["report", "new.jsonl", "--compare", "old.jsonl", "-q"], more].concat();
        rolecall_in(folder.path(), &args, b"")
    };
    let changes = |more: &[&str]| {
        let whole: Value = serde_json::from_str(&report(more).out).unwrap();
        whole["changes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["new"]["verdict"].clone())
            .collect::<Vec<_>>()
    };
    let (all, some) = (changes(&["-o", "json"]), changes(&["-o", "json", "--only", "mislabelled"]));
    assert!(
        !some.is_empty() && some.len() < all.len() && some.iter().all(|verdict| verdict == "mislabelled")
    );
    let ran = report(&["--group-by", "company"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("a comparison as table has none: give -o html"), "{}", ran.err);
    assert_eq!(report(&["--group-by", "company", "-o", "html"]).code, 0);
}

#[test]
fn the_name_of_the_file_says_how_the_totals_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/listings.csv");
    let files = ["t.json", "t.csv", "t.md", "t.txt"];
    let mut args = vec!["scan", samples, "--group-by", "company", "-q"];
    let outputs = files.map(|file| format!("summary={file}"));
    for output in &outputs {
        args.extend(["-o", output]);
    }
    let ran = rolecall_in(folder.path(), &args, b"");
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "", ""));
    let [json, csv, markdown, text] = files.map(|file| fs::read_to_string(folder.path().join(file)).unwrap());
    let sum: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(sum["schema"], "rolecall.summary/1");
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(rows.headers().unwrap(), &rolecall::report::summary::COLUMNS[..]);
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let count = |section: &str, name: &str, detail: &str| {
        let row = rows.iter().find(|row| [&row[0], &row[1], &row[2]] == [section, name, detail]);
        row.unwrap_or_else(|| panic!("no row {section} {name} {detail}"))[3].parse::<u64>().unwrap()
    };
    assert_eq!(Some(count("records", "judged", "")), sum["judged"].as_u64());
    assert_eq!(Some(count("matrix", "pm", "pm")), sum["matrix"]["pm"]["pm"].as_u64());
    for (name, group) in sum["groups"]["company"]["named"].as_object().unwrap() {
        assert_eq!(Some(count("company", name, "postings")), group["postings"].as_u64());
    }
    assert!(markdown.starts_with("# ") && markdown.contains("\n| Company | Postings |"), "{markdown}");
    assert!(text.contains("\nCompany ") && text.contains("records in = "), "{text}");
}

#[test]
fn totals_of_results_are_those_of_the_scan() {
    let folder = tempfile::tempdir().unwrap();
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/board.jsonl");
    let groups = ["--group-by", "company,location,described", "-q"];
    let scan = ["scan", samples, "-o", "jsonl=r.jsonl", "-o", "summary"];
    let scanned = rolecall_in(folder.path(), &[&scan[..], &groups].concat(), b"").out;
    let reported =
        rolecall_in(folder.path(), &[&["report", "r.jsonl", "-o", "summary"][..], &groups].concat(), b"").out;
    // Lines hold no hash of the configuration.
    let without = |text: &str| {
        text.lines().filter(|line| !line.starts_with("configuration")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(without(&scanned), without(&reported));
}

#[test]
fn csv_begins_with_a_mark_for_those_who_ask() {
    let plain = rolecall(&["scan", "samples/listings.csv", "-q", "-o", "csv"]).out;
    let marked = rolecall(&["scan", "samples/listings.csv", "-q", "-o", "csv", "--csv-bom"]).out;
    assert_eq!(marked, format!("\u{FEFF}{plain}"));
    let totals =
        ["scan", "samples/listings.csv", "-q", "-o", "summary", "--summary-format", "csv", "--csv-bom"];
    assert!(rolecall(&totals).out.starts_with("\u{FEFF}section,"));
}

#[test]
fn an_unknown_field_is_refused_with_the_known_ones() {
    let ran = rolecall(&["scan", "samples", "--group-by", "salary"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("company, location, source, language, claimed, described, nearest"),
        "{}",
        ran.err
    );
}

#[test]
fn groups_and_areas_stand_in_every_report_for_people() {
    let groups = ["--group-by", "nearest,claimed", "-q"];
    for format in ["table", "html", "markdown", "summary"] {
        let ran = rolecall(&[&["scan", "samples/board.jsonl", "-o", format][..], &groups].concat());
        for heading in ["Looks like", "Title calls", "of product titles"] {
            assert!(ran.out.contains(heading), "{format}: {heading}");
        }
        let areas = if format == "html" { "What the postings ask for" } else { "eciding area" };
        assert!(ran.out.contains(areas), "{format}: {areas}");
    }
}
