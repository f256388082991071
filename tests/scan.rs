//! `rolecall scan` as it is used: the built program on small files of our own.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use tempfile::TempDir;

/// What a run of the program gave.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    /// Standard output as JSON Lines.
    fn records(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Each record as `path:record:line outcome`, with the reason or the error's code.
    fn ends(&self) -> Vec<String> {
        self.records()
            .iter()
            .map(|record| {
                let source = &record["source"];
                let why = record["reason"].as_str().or(record["error"]["code"].as_str());
                let end = [record["outcome"].as_str().unwrap(), why.unwrap_or_default()].join(" ");
                format!(
                    "{}:{}:{} {}",
                    source["path"].as_str().unwrap(),
                    source["record"],
                    source["line"],
                    end.trim()
                )
            })
            .collect()
    }
}

/// Runs `rolecall scan` in `folder`.
fn scan(folder: &Path, args: &[&str]) -> Ran {
    scan_with(folder, args, b"")
}

fn scan_with(folder: &Path, args: &[&str], input: &[u8]) -> Ran {
    let mut child = command(folder, args).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let done = child.wait_with_output().unwrap();
    // The program need not read all of it, as when it ends with an error.
    let _ = writer.join().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: done.status.code().unwrap(), out: text(done.stdout), err: text(done.stderr) }
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
    command.arg("scan").args(args).current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const BODY: &str = "You own the product roadmap for our booking app. You write the user stories and order the backlog \
                    with the engineers. You decide what we build next and tell the company why.";

/// A board of `count` records, some of them broken, empty or not objects.
fn board(count: usize) -> String {
    (0..count)
        .map(|n| match n % 50 {
            7 => "{\"id\":\"cut\",\"title\":\n".to_owned(),
            8 => "[1,2]\n".to_owned(),
            9 => format!("{{\"id\":\"e{n}\",\"title\":\"Product Manager\",\"body\":\"\"}}\n"),
            _ => format!("{{\"id\":\"r{n}\",\"title\":\"Product Manager {n}\",\"body\":\"{BODY}\"}}\n"),
        })
        .collect()
}

#[test]
fn every_record_in_is_a_record_out_in_order() {
    let folder = folder(&[("board.jsonl", board(120).as_bytes())]);
    let ran = scan(folder.path(), &["board.jsonl"]);
    let records = ran.records();
    assert_eq!((ran.code, records.len()), (2, 120));
    for (record, number) in records.iter().zip(1..) {
        assert_eq!(record["schema"], "rolecall.posting/1");
        assert_eq!(
            (&record["source"]["record"], &record["source"]["line"]),
            (&number.into(), &number.into())
        );
        let expected = match (number - 1) % 50 {
            7 | 8 => "failed",
            9 => "skipped",
            _ => "judged",
        };
        assert_eq!(record["outcome"], expected, "{record}");
    }
    assert!(ran.err.contains("120 records = 111 judged + 3 skipped + 6 failed"), "{}", ran.err);
}

#[test]
fn the_bytes_do_not_depend_on_the_threads() {
    let text = board(3000);
    let folder = folder(&[("a.jsonl", text.as_bytes()), ("b.jsonl.gz", &gzip(text.as_bytes()))]);
    for format in ["jsonl", "json", "csv", "summary"] {
        let run = |jobs| scan(folder.path(), &["a.jsonl", "b.jsonl.gz", "-o", format, "--jobs", jobs]).out;
        let one = run("1");
        assert!(!one.is_empty() && one == run("2") && one == run("0"), "{format}");
    }
}

#[test]
fn a_broken_record_says_where_and_why_and_the_run_goes_on() {
    let text = format!(
        "{{\"title\":\"PM\",\"body\":\"{BODY}\"}}\n\n{{\"title\":\n{{\"id\":\"x\",\"title\":\"PM\"}}\n"
    );
    let folder = folder(&[("board.jsonl", text.as_bytes())]);
    let ran = scan(folder.path(), &["./board.jsonl"]);
    assert_eq!(
        ran.ends(),
        [
            "./board.jsonl:1:1 judged",
            "./board.jsonl:2:3 failed invalid-json",
            "./board.jsonl:3:4 skipped no-text"
        ]
    );
    let records = ran.records();
    assert_eq!(records[0]["id"], "./board.jsonl#1");
    assert_eq!(records[1]["error"]["message"], "invalid JSON: EOF while parsing a value, at column 9");
    assert_eq!((&records[2]["id"], &records[2]["title"]), (&"x".into(), &"PM".into()));
}

#[test]
fn formats_mix_in_a_folder_and_each_file_is_what_its_bytes_say() {
    let csv = format!("id;Job Title;Job Description\n1;PM;\"{BODY}\"\n2;PM;\n");
    let json = format!("{{\"total\":1,\"jobs\":[{{\"id\":5,\"title\":\"PM\",\"description\":\"{BODY}\"}}]}}");
    let draft = format!("# Product Manager\n\n{BODY}\n");
    let page = format!("<html><h1>PM</h1><p>{BODY}</p></html>");
    let folder = folder(&[
        ("in/list.csv", csv.as_bytes()),
        ("in/answer.json", json.as_bytes()),
        ("in/drafts/pm.md", draft.as_bytes()),
        ("in/drafts/pm.html", page.as_bytes()),
        ("in/drafts/notes.rs", b"fn main() {}"),
        ("in/page.csv", b"<!DOCTYPE html><html></html>"),
        ("in/paper.pdf", b"%PDF-1.7 ..."),
        ("in/rolecall.jsonl", b"{}"),
        ("in/results.jsonl", b"{\"schema\":\"rolecall.posting/1\",\"outcome\":\"skipped\"}\n"),
        ("in/skip.md", b"# ignored"),
        ("in/.ignore", b"skip.md\n"),
    ]);
    let ran = scan(folder.path(), &["in"]);
    assert_eq!(
        ran.ends(),
        [
            "in/answer.json:1:1 judged",
            "in/drafts/pm.html:1:1 judged",
            "in/drafts/pm.md:1:1 judged",
            "in/list.csv:1:2 judged",
            "in/list.csv:2:3 skipped no-text",
            "in/page.csv:1:1 failed misnamed-file",
            "in/paper.pdf:1:null failed unsupported-format",
        ]
    );
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("passed over 2 files written by rolecall itself"), "{}", ran.err);
    assert!(ran.err.contains("passed over 1 file whose names promise no postings"), "{}", ran.err);
    assert_eq!(scan(folder.path(), &["in/*.json"]).ends(), ["in/answer.json:1:1 judged"]);
}

#[test]
fn standard_input_is_read_by_its_own_name() {
    let text = format!("title,body\nPM,{}\n", BODY.replace(',', ""));
    let folder = folder(&[]);
    for input in [text.clone().into_bytes(), gzip(text.as_bytes())] {
        let ran = scan_with(folder.path(), &["-"], &input);
        assert_eq!((ran.code, ran.ends()), (0, vec!["-:1:2 judged".to_owned()]));
        assert_eq!(ran.records()[0]["id"], "-#1");
    }
}

#[test]
fn a_cut_gzip_gives_what_was_readable_and_one_failed_record() {
    let mut bytes = gzip(board(7).repeat(40).as_bytes());
    bytes.truncate(bytes.len() / 2);
    let folder = folder(&[("cut.jsonl.gz", &bytes)]);
    let ran = scan(folder.path(), &["cut.jsonl.gz"]);
    let ends = ran.ends();
    let (last, others) = ends.split_last().unwrap();
    assert!(last.ends_with("failed truncated-input"), "{last}");
    assert!(others.iter().all(|end| end.ends_with("judged")), "{others:?}");
    assert_eq!(ran.code, 2);
}

#[test]
fn names_of_fields_can_be_told() {
    let text = format!("{{\"beruf\":\"PM\",\"anzeige\":{{\"text\":\"{BODY}\"}}}}\n");
    let folder = folder(&[("jobs.jsonl", text.as_bytes())]);
    let ran = scan(folder.path(), &["jobs.jsonl"]);
    assert_eq!(ran.ends(), ["jobs.jsonl:1:1 failed missing-body"]);
    assert!(ran.out.contains("no body among the fields beruf, anzeige; name it with --map body=FIELD"));
    let ran = scan(folder.path(), &["jobs.jsonl", "--map", "title=beruf", "--map", "body=anzeige.text"]);
    assert_eq!((ran.code, ran.ends()), (0, vec!["jobs.jsonl:1:1 judged".to_owned()]));
    assert_eq!(ran.records()[0]["title"], "PM");
}

#[test]
fn only_filters_what_is_written_and_not_what_is_counted() {
    let folder = folder(&[("board.jsonl", board(20).as_bytes())]);
    let all = scan(folder.path(), &["board.jsonl"]).records();
    let verdict = all[0]["verdict"].as_str().unwrap().to_owned();
    let other = if verdict == "match" { "hidden" } else { "match" };
    let count = |only: &str| {
        let ran = scan(folder.path(), &["board.jsonl", "--only", only]);
        assert!(ran.err.contains("20 records = "), "{}", ran.err);
        ran.records().iter().filter(|record| record["outcome"] == "judged").count()
    };
    let expected = all.iter().filter(|record| record["verdict"] == *verdict).count();
    assert_eq!(count(&verdict), expected);
    assert!(expected > 0 && count(other) < expected);
    assert!(count(&format!("{verdict},{other}")) >= expected);
}

#[test]
fn wrong_usage_ends_with_two_and_a_hint_and_writes_nothing() {
    const CASES: &[(&[&str], &str)] = &[
        (&[], "name files, folders or globs, or give - to read standard input"),
        (&["none.jsonl"], "cannot read none.jsonl: no such file or folder"),
        (&["none*.jsonl"], "no file matches \"none*.jsonl\""),
        (&["a.jsonl", "--map", "salary=x"], "\"salary\" is not a field"),
        (&["a.jsonl", "-o", "xml"], "unknown format \"xml\""),
        (&["a.jsonl", "--only", "wrong"], "invalid value 'wrong'"),
        (&["a.jsonl", "--format", "pdf"], "invalid value 'pdf'"),
        (&["a.jsonl", "--lexicons", "none"], "cannot read the lexicons in none"),
        (&["a.jsonl", "-o", "jsonl", "-o", "csv"], "both go to standard output"),
    ];
    let folder = folder(&[("a.jsonl", b"{}\n")]);
    for (args, message) in CASES {
        let ran = scan(folder.path(), &[args, &["-o", "summary=s.txt"][..]].concat());
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.err.contains(message), "{args:?}: {}", ran.err);
        assert!(ran.out.is_empty() && !folder.path().join("s.txt").exists(), "{args:?}");
    }
}

#[test]
fn several_outputs_are_written_at_once_and_files_leave_standard_output_empty() {
    let folder = folder(&[("board.jsonl", board(20).as_bytes())]);
    let args =
        ["board.jsonl", "-o", "jsonl=out.jsonl", "-o", "csv=out.csv", "-o", "json=out.json", "--quiet"];
    let ran = scan(folder.path(), &args);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("out.jsonl"), scan(folder.path(), &["board.jsonl", "-o", "jsonl"]).out);
    let run: Value = serde_json::from_str(&read("out.json")).unwrap();
    assert_eq!(run["postings"].as_array().unwrap().len(), 20);
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().ends_with(".partial")));
    // A folder that holds the outputs of the run does not feed on them.
    let again = scan(folder.path(), &[".", "-o", "csv=out.csv", "-o", "jsonl"]);
    let paths: Vec<_> = again.records().iter().map(|record| record["source"]["path"].to_string()).collect();
    assert!(paths.iter().all(|path| path == "\"./board.jsonl\""), "{paths:?}");
}

#[test]
fn a_reader_that_closes_the_pipe_has_seen_enough() {
    let folder = folder(&[("board.jsonl", board(7).repeat(3000).as_bytes())]);
    let mut child = command(folder.path(), &["board.jsonl"]).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
    assert!(first.starts_with("{\"schema\":\"rolecall.posting/1\""));
}

#[test]
fn how_an_input_is_read_can_be_explained() {
    let folder = folder(&[("jobs.csv", b"\xef\xbb\xbf;Titre;Description;Lohn\n1;PM;x;9\n")]);
    let ran = scan(folder.path(), &["jobs.csv", "--explain-input"]);
    let expected = "jobs.csv: table, semicolons, UTF-8 with a byte order mark\n  \
                    because the name says so, and the first line has this delimiter\n  \
                    body         Description\n  title        Titre\n  not read     Lohn\n";
    assert_eq!((ran.code, ran.out.as_str()), (0, expected));
}

#[test]
fn evidence_and_text_are_written_for_those_who_ask() {
    let folder = folder(&[("board.jsonl", board(3).as_bytes())]);
    let none = scan(folder.path(), &["board.jsonl", "--evidence", "none", "--with-text"]);
    assert!(none.records().iter().all(|record| record.get("body").is_none()));
    let all = scan(folder.path(), &["board.jsonl", "--evidence", "all", "--with-text"]);
    assert!(all.records().iter().all(|record| record["body"] == BODY));
}

#[test]
fn an_output_that_is_an_input_is_refused_and_nothing_is_written() {
    let text = board(3);
    let folder = folder(&[("board.jsonl", text.as_bytes())]);
    for output in ["jsonl=board.jsonl", "csv=./board.jsonl"] {
        let ran = scan(folder.path(), &["board.jsonl", "-o", output]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains("board.jsonl is an input: name another file"), "{}", ran.err);
    }
    assert_eq!(fs::read_to_string(folder.path().join("board.jsonl")).unwrap(), text);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_an_earlier_run_left_unfinished_goes_with_one_that_ends_well() {
    let folder =
        folder(&[("board.jsonl", board(3).as_bytes()), ("out.csv.partial", b"left"), ("x.partial", b"mine")]);
    let ran = scan(folder.path(), &["board.jsonl", "-o", "csv=nowhere/out.csv", "-o", "csv=out.csv"]);
    assert_eq!(ran.code, 2);
    assert_eq!(fs::read_to_string(folder.path().join("out.csv.partial")).unwrap(), "left");
    let ran = scan(folder.path(), &["board.jsonl", "-o", "csv=out.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(fs::read_to_string(folder.path().join("out.csv")).unwrap().starts_with("id,title"));
    assert!(!folder.path().join("out.csv.partial").exists() && folder.path().join("x.partial").exists());
}

#[test]
fn what_is_not_there_is_a_failed_record_and_the_rest_is_read() {
    let folder = folder(&[("board.jsonl", board(2).as_bytes())]);
    let ran = scan(folder.path(), &["none.jsonl", "board.jsonl", "none*.csv"]);
    let ends = ran.ends();
    assert_eq!((ran.code, ends.len()), (2, 4), "{ends:?}");
    assert!(ends[0].contains("none.jsonl") && ends[0].ends_with("failed unreadable"), "{ends:?}");
    assert!(ends[3].contains("none*.csv") && ends[3].ends_with("failed unreadable"), "{ends:?}");
    assert!(ran.out.contains("cannot read it: no file matches it"), "{}", ran.out);
}

#[test]
fn a_file_that_two_inputs_hold_is_read_once() {
    let folder = folder(&[("in/board.jsonl", board(2).as_bytes()), ("in/other.jsonl", board(1).as_bytes())]);
    let ran = scan(folder.path(), &["in/board.jsonl", "./in/../in/board.jsonl", "in"]);
    assert_eq!(
        ran.ends(),
        ["in/board.jsonl:1:1 judged", "in/board.jsonl:2:2 judged", "in/other.jsonl:1:1 judged"]
    );
    assert!(
        ran.err.contains("note: passed over 2 files that another input had given already"),
        "{}",
        ran.err
    );
    let one = scan(folder.path(), &["in/other.jsonl"]);
    assert!(one.err.contains("note: 1 record = 1 judged"), "{}", one.err);
}

#[test]
fn threads_that_are_no_number_are_told_plainly() {
    let folder = folder(&[("board.jsonl", board(1).as_bytes())]);
    let ran = scan(folder.path(), &["board.jsonl", "--jobs", "abc"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("give a whole number of threads, such as 4"), "{}", ran.err);
    assert_eq!(scan(folder.path(), &["board.jsonl", "--jobs", "5000000"]).code, 0);
}

#[test]
fn a_posting_whose_rules_are_off_is_not_among_the_flagged() {
    let body = "## What you will do\n\n- Own positioning and messaging for the suite.\n- Write battle cards and enable \
                the sales team.\n- Lead product launches and the go-to-market plan.\n- Run win/loss interviews.\n";
    let folder = folder(&[("ad.md", format!("---\ntitle: Product Manager\n---\n{body}").as_bytes())]);
    let flagged = scan(folder.path(), &["ad.md", "-o", "table"]).out;
    assert!(flagged.contains("Flagged postings, worst first"), "{flagged}");
    let off = scan(folder.path(), &["ad.md", "-o", "table", "--severity", "RC001=off"]).out;
    assert!(off.contains("No posting is flagged."), "{off}");
}

#[test]
fn a_mapped_name_that_is_nowhere_is_told() {
    let csv = format!("Rolle,Text\nProduct Manager,\"{BODY}\"\n");
    let folder = folder(&[("board.csv", csv.as_bytes()), ("board.jsonl", board(2).as_bytes())]);
    let ran = scan(folder.path(), &["board.csv", "--map", "title=nope,body=Text"]);
    assert_eq!((ran.code, ran.ends()), (2, vec!["board.csv:1:1 failed missing-column".to_owned()]));
    assert!(ran.out.contains("no column for --map title=nope; the columns are Rolle, Text"), "{}", ran.out);
    assert!(!ran.err.contains("title=nope"), "{}", ran.err);
    let ran = scan(folder.path(), &["board.jsonl", "--map", "company=nope"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("note: no record has the field that --map company=nope names"), "{}", ran.err);
    let ran = scan(folder.path(), &["board.csv", "--map", "title=Rolle,body=Text"]);
    assert_eq!((ran.code, ran.records()[0]["title"].as_str()), (0, Some("Product Manager")));
}

#[test]
fn a_posting_with_the_text_of_an_earlier_one_gets_its_verdict_under_its_own_name() {
    let body =
        "You will weld pipes, repair the pumps of our ferries and keep their boilers safe on every crossing.";
    let line = |id: &str, company: &str, title: &str| {
        serde_json::json!({ "id": id, "company": company, "title": title, "body": body }).to_string() + "\n"
    };
    let postings =
        line("a", "Fjord", "Fitter") + &line("b", "Sund", "Fitter") + &line("c", "Sund", "Product Manager");
    let folder = folder(&[("jobs.jsonl", postings.as_bytes())]);
    // With all evidence every posting is judged anew.
    let brief = scan(folder.path(), &["jobs.jsonl", "--dedupe", "off", "--jobs", "1"]).records();
    let full = scan(folder.path(), &["jobs.jsonl", "--dedupe", "off", "--evidence", "all"]).records();
    for (brief, full) in brief.iter().zip(&full) {
        for field in ["id", "company", "title", "source", "verdict", "probabilities", "areas", "text"] {
            assert_eq!(brief[field], full[field], "{field}");
        }
    }
    assert_eq!([&brief[1]["id"], &brief[1]["company"]], ["b", "Sund"]);
    assert_eq!([&brief[1]["claimed"], &brief[2]["claimed"]], ["other", "pm"]);
}
