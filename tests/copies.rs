//! Copies, parts of an input, and results put together again: the built program on small boards of our own.

mod program;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use program::{Ran, rolecall, rolecall_in};
use serde_json::{Value, json};

/// A posting with duties of its own, so many lines of them.
fn body(seed: usize) -> String {
    const VERBS: &[&str] = &["Own", "Write", "Plan", "Measure", "Review", "Improve", "Present"];
    const THINGS: &[&str] = &[
        "the roadmap",
        "user stories",
        "the backlog",
        "release notes",
        "discovery interviews",
        "requirements",
    ];
    const FOR: &[&str] =
        &["billing", "search", "mobile", "exports", "partners", "logistics", "care homes", "schools"];
    let mut text = "What you will do\n\n".to_owned();
    for line in 0..12 {
        let pick =
            |list: &[&'static str], by: usize| list[(seed * by + line * (by + 3) + seed / 7) % list.len()];
        let _ = writeln!(
            text,
            "- {} {} for {} with team {}-{line}",
            pick(VERBS, 3),
            pick(THINGS, 5),
            pick(FOR, 11),
            seed
        );
    }
    text
}

fn posting(id: &str, title: &str, company: &str, location: &str, body: &str) -> String {
    let posting = json!({"id": id, "title": title, "company": company, "location": location, "body": body});
    format!("{posting}\n")
}

/// Twenty postings, then the tenth once more as it is, the eleventh in another city, and the twelfth under the title of
/// the other role.
fn board() -> String {
    let plain =
        |n: usize| posting(&format!("p{n}"), "Product Manager", &format!("Company{n}"), "Lyon", &body(n));
    let mut text: String = (0..20).map(plain).collect();
    text += &posting("again", "Product Manager", "Company10", "Lyon", &body(10));
    let city = format!("{}\nThis job is in Nantes.", body(11));
    text += &posting("city", "Product Manager (Nantes)", "Company11", "Nantes", &city);
    text += &posting("other", "Product Marketing Manager", "Company12", "Lyon", &body(12));
    text
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
}

fn records(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn summary(folder: &Path, args: &[&str]) -> Value {
    let ran =
        rolecall_in(folder, &[args, &["-o", "summary", "--summary-format", "json", "--quiet"]].concat(), b"");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    serde_json::from_str(&ran.out).unwrap()
}

/// What each copy repeats, by id.
fn copies(ran: &Ran) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    records(&ran.out)
        .iter()
        .filter_map(|record| Some((text(&record["id"])?, text(&record["duplicate_of"])?)))
        .collect()
}

#[test]
fn copies_are_marked_flagged_and_counted_once() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("board.jsonl", &board())]);
    let ran = rolecall_in(folder.path(), &["scan", "board.jsonl"], b"");
    let expected = [("again", "p10"), ("city", "p11")].map(|(copy, of)| (copy.to_owned(), of.to_owned()));
    assert_eq!(copies(&ran), BTreeMap::from(expected));
    assert!(
        ran.err.contains("2 of the judged repeat earlier postings and count once with them"),
        "{}",
        ran.err
    );
    for record in records(&ran.out) {
        let flagged = record["flags"].as_array().unwrap().iter().any(|flag| flag["code"] == "RC009");
        assert_eq!(flagged, record["duplicate_of"].is_string(), "{record}");
        assert!(["duplicate_of", "likeness"].iter().all(|field| record.get(field).is_some()), "{record}");
    }
    assert_eq!(records(&ran.out)[20]["likeness"], 1.0);
    let sum = summary(folder.path(), &["scan", "board.jsonl"]);
    assert_eq!((&sum["records"], &sum["judged"]), (&json!(23), &json!(23)));
    assert_eq!(sum["duplicates"], json!({"marked": 2, "dropped": 0, "exact": 1, "forgotten": 0}));
    let verdicts: u64 = sum["verdicts"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
    assert_eq!((verdicts, &sum["mislabelled"]["of"]), (21, &json!(21)));
}

#[test]
fn copies_can_be_dropped_or_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("board.jsonl", &board())]);
    let ran = rolecall_in(folder.path(), &["scan", "board.jsonl", "--dedupe", "drop"], b"");
    let dropped: Vec<_> =
        records(&ran.out).into_iter().filter(|record| record["reason"] == "duplicate").collect();
    assert_eq!(dropped.len(), 2);
    assert_eq!((&dropped[0]["outcome"], &dropped[0]["duplicate_of"]), (&json!("skipped"), &json!("p10")));
    let sum = summary(folder.path(), &["scan", "board.jsonl", "--dedupe", "drop"]);
    assert_eq!((&sum["judged"], &sum["skipped_by_reason"]["duplicate"]), (&json!(21), &json!(2)));
    let ran = rolecall_in(folder.path(), &["scan", "board.jsonl", "--dedupe", "off"], b"");
    assert!(copies(&ran).is_empty() && !ran.out.contains("sketch") && !ran.out.contains("RC009"));
}

/// What an employer puts under all its jobs, far longer than the duties.
const COMMON: &str = "## About us\n\nWe keep the books of four thousand bakeries in nine countries. Founded above a mill in \
    Graz, we now fill a whole former depot by the river, and every Thursday somebody bakes for all of us. We are owned by \
    those who work here, have never laid anybody off, and close the office for two weeks each August.\n\n## What we \
    offer\n\n- Thirty-one days of paid leave, and your birthday\n- A pension plan to which we add seven percent\n- Health \
    insurance for you and your family\n- Money and time for two courses a year\n- Twelve weeks of paid leave for new \
    parents\n- A bicycle that we keep in repair\n\n## How we hire\n\nWrite us a few lines about what you have done; we \
    answer within a week. We talk by video for half an hour, then you spend a paid day with the team, and then we decide \
    together.\n\n## Equal opportunity\n\nWe hire people of every origin, faith, gender, age and ability, and change what \
    needs changing so that you can do the work.\n";

#[test]
fn jobs_of_one_employer_are_told_apart_by_their_duties_and_not_by_what_is_under_them_all() {
    let duties =
        |all: &[&str]| -> String { format!("## What you will do\n\n- {}\n\n{COMMON}", all.join("\n- ")) };
    let product = duties(&[
        "Own the roadmap of the ordering app, and decide with the engineers what is built next",
        "Write user stories, rank the backlog and accept what the team delivers every second week",
        "Talk to ten bakers each month and test early prototypes with them before anything is built",
        "Measure whether each release did what it was meant to do, and stop what did not",
    ]);
    let marketing = duties(&[
        "Own the positioning and messaging of the ordering app",
        "Build battle cards and pitch decks, and train the sales team in every country",
        "Plan the launches of new modules and brief analysts and the press",
        "Write case studies and the product pages of our web site",
    ]);
    let page = format!("<p class=\"a\">{}</p>\n", product.replace('\n', "</p>\n<p class=\"b\">"));
    let html = page.replace("<p class", "<p data-n=\"1\" class");
    let of = |id: &str, company: &str, body: &str| posting(id, "Product Manager", company, "Graz", body);
    let board = [
        of("product", "Crumb Books", &product),
        of("marketing", "Crumb Books", &marketing),
        of("elsewhere", "Flour & Ledger", &product),
        of("page", "Crumb Books GmbH", &page),
        of("html", "Crumb Books", &html),
    ]
    .concat();
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("board.jsonl", &board)]);
    let ran = rolecall_in(folder.path(), &["scan", "board.jsonl"], b"");
    let found = copies(&ran);
    assert_eq!(found.get("html").map(String::as_str), found.get("page").map_or(Some("page"), |of| Some(of)));
    assert!(["product", "marketing", "elsewhere"].iter().all(|id| !found.contains_key(*id)), "{found:?}");
    let verdict = |at: usize| records(&ran.out)[at]["verdict"].clone();
    assert_eq!((verdict(0), verdict(1)), (json!("match"), json!("mislabelled")));
}

#[test]
fn a_rule_that_is_off_marks_without_a_flag() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("board.jsonl", &board())]);
    let ran = rolecall_in(folder.path(), &["scan", "board.jsonl", "--severity", "RC009=off"], b"");
    assert!(copies(&ran).len() == 2 && !ran.out.contains("RC009"));
}

#[test]
fn copies_are_the_same_for_any_number_of_threads() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("board.jsonl", &board().repeat(40))]);
    let run = |jobs: &str| rolecall_in(folder.path(), &["scan", "board.jsonl", "--jobs", jobs], b"").out;
    let one = run("1");
    assert!(one == run("2") && one == run("7"));
    assert_eq!(one.matches("\"duplicate_of\":\"").count(), 40 * 23 - 21);
}

#[test]
fn parts_of_an_input_add_up_to_the_whole_and_report_puts_them_together() {
    let folder = tempfile::tempdir().unwrap();
    let more = "{\"id\":\"empty\",\"title\":\"Product Manager\",\"body\":\"\"}\n{\"title\":\n";
    write(folder.path(), &[("board.jsonl", &(board() + more))]);
    let mut merged = vec!["report".to_owned()];
    let mut parts = Vec::new();
    for part in 1..=3 {
        let (shard, file) = (format!("{part}/3"), format!("part{part}.jsonl"));
        let output = format!("jsonl={file}");
        let ran = rolecall_in(folder.path(), &["scan", "board.jsonl", "--shard", &shard, "-o", &output], b"");
        assert!(ran.err.contains(&format!("part {shard}: ")), "{}", ran.err);
        parts.extend(records(&fs::read_to_string(folder.path().join(&file)).unwrap()));
        merged.push(file);
    }
    let whole =
        rolecall_in(folder.path(), &["scan", "board.jsonl", "-o", "jsonl", "-o", "json=whole.json"], b"");
    let key = |record: &Value| record["source"]["record"].as_u64().unwrap();
    parts.sort_by_key(key);
    let places: Vec<u64> = parts.iter().map(key).collect();
    assert_eq!(places, (1..=25).collect::<Vec<_>>());
    let judgement = |record: &Value| (record["outcome"].clone(), record["verdict"].clone());
    assert!(parts.iter().map(judgement).eq(records(&whole.out).iter().map(judgement)));

    let merged: Vec<&str> = merged.iter().map(String::as_str).collect();
    let together = summary(folder.path(), &merged);
    let mut alone =
        serde_json::from_slice::<Value>(&fs::read(folder.path().join("whole.json")).unwrap()).unwrap();
    let alone = alone["summary"].as_object_mut().unwrap();
    // Lines hold no hash of the configuration.
    alone["configurations"] = json!([]);
    assert_eq!(&together, &Value::Object(alone.clone()));
}

#[test]
fn parts_put_together_in_any_order_are_what_one_scan_writes() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("z.jsonl", &board()), ("a.jsonl", &board().replace("Lyon", "Nantes"))]);
    let inputs = ["z.jsonl", "a.jsonl"];
    let whole = rolecall_in(folder.path(), &[&["scan"], &inputs[..]].concat(), b"").out;
    for part in 1..=3 {
        let (shard, output) = (format!("{part}/3"), format!("jsonl=part{part}.jsonl"));
        let args = [&["scan", "--shard", &shard, "-o", &output], &inputs[..]].concat();
        rolecall_in(folder.path(), &args, b"");
    }
    for order in [["1", "2", "3"], ["3", "1", "2"], ["2", "3", "1"]] {
        let parts = order.map(|part| format!("part{part}.jsonl"));
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let together = rolecall_in(folder.path(), &[&["report", "-o", "jsonl"], &parts[..]].concat(), b"");
        assert!(together.out == whole, "{order:?}: {}", together.err);
    }
    // What comes through a pipe is a part like any other.
    let first = fs::read(folder.path().join("part1.jsonl")).unwrap();
    let args = ["report", "-o", "jsonl", "part2.jsonl", "-", "part3.jsonl"];
    assert!(rolecall_in(folder.path(), &args, &first).out == whole);
}

#[test]
fn report_finds_copies_across_results() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a.jsonl", &board()), ("b.jsonl", &board())]);
    for name in ["a", "b"] {
        let (input, output) = (format!("{name}.jsonl"), format!("jsonl={name}.out"));
        rolecall_in(folder.path(), &["scan", &input, "-o", &output], b"");
    }
    let sum = summary(folder.path(), &["report", "a.out", "b.out"]);
    assert_eq!((&sum["judged"], &sum["duplicates"]["marked"]), (&json!(46), &json!(25)));
    let sum = summary(folder.path(), &["report", "a.out", "b.out", "--dedupe", "off"]);
    assert_eq!(sum["duplicates"]["marked"], 4);
    let sum = summary(folder.path(), &["report", "a.out", "b.out", "--dedupe", "drop"]);
    assert_eq!((&sum["judged"], &sum["skipped_by_reason"]["duplicate"]), (&json!(21), &json!(25)));
}

#[test]
fn results_that_cannot_be_read_cost_the_others_nothing() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a.jsonl", &board()), ("notes.txt", "no results\n")]);
    rolecall_in(folder.path(), &["scan", "a.jsonl", "-o", "jsonl=part1.out"], b"");
    let ran = rolecall_in(
        folder.path(),
        &["report", "part*.out", "none.out", "notes.txt", "-o", "summary", "--summary-format", "json", "-q"],
        b"",
    );
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("error: cannot read none.out: no such file or folder\n"), "{}", ran.err);
    assert!(ran.err.contains("error: notes.txt holds no results of rolecall"), "{}", ran.err);
    let sum: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&sum["judged"], &sum["failed"]), (&json!(23), &json!(0)));

    let ran = rolecall_in(folder.path(), &["report", "notes.txt", "none*.out", "-o", "csv=all.csv"], b"");
    assert_eq!((ran.code, ran.err.matches("error: ").count()), (2, 2), "{}", ran.err);
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().contains("all.csv")));
}

#[test]
fn what_looks_like_a_fault_of_the_scraper_is_told() {
    let folder = tempfile::tempdir().unwrap();
    // Between other titles, in no order.
    let title = |n: usize| match n {
        5..25 => "Project Coordinator",
        n if n % 2 == 0 => "Welder",
        _ => "Clerk",
    };
    let row: String = (0..30)
        .map(|n| posting(&n.to_string(), title(n), &format!("Company{n}"), "Lyon", &body(n)))
        .collect();
    let titles = ["Cook", "Driver", "Nurse", "Welder", "Product Manager", "Clerk"];
    let one_text: String =
        titles.iter().map(|title| posting(title, title, "Northwind", "Lyon", &body(50))).collect();
    let stub: String =
        titles.iter().map(|title| posting(title, title, "", "Lyon", "Details will follow soon.")).collect();
    write(folder.path(), &[("row.jsonl", &row), ("text.jsonl", &one_text), ("stub.jsonl", &stub)]);
    for (file, kind, said) in [
        ("row.jsonl", "one-title-many-companies", "one title over texts of many companies in a row"),
        ("text.jsonl", "one-text-many-titles", "one text under many titles"),
        ("stub.jsonl", "placeholder-text", "the same few words instead of many texts"),
    ] {
        let ran = rolecall_in(folder.path(), &["scan", file, "-o", "summary"], b"");
        assert!(ran.err.contains(&format!("suspected scrape fault: {said}")), "{file}: {}", ran.err);
        assert!(ran.out.contains("Suspected scrape fault: "), "{file}: {}", ran.out);
        let faults = summary(folder.path(), &["scan", file])["suspected_faults"].clone();
        assert_eq!((faults.as_array().unwrap().len(), &faults[0]["kind"]), (1, &json!(kind)), "{faults}");
    }
    write(folder.path(), &[("fine.jsonl", &board())]);
    assert!(!rolecall_in(folder.path(), &["scan", "fine.jsonl"], b"").err.contains("suspected"));
}

#[test]
fn wrong_parts_are_told_how_they_are_written() {
    for shard in ["0/3", "4/3", "half"] {
        let ran = rolecall(&["scan", "samples", "--shard", shard]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("write it as 2/5, the second of five"), "{}", ran.err);
    }
}
