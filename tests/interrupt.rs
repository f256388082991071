//! Runs that do not come to their end: told to stop, killed, without room, without a reader. No file stands half written
//! under its name, and the next run gives the same bytes as if nothing had been.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A board of so many different postings.
fn board(count: usize) -> String {
    let line = |n: usize| {
        let body =
            format!("- Own the roadmap of product {n}.\n- Write user stories for team {n}.\n").repeat(20);
        format!("{}\n", json!({"id": n, "title": "Product Manager", "body": body}))
    };
    (0..count).map(line).collect()
}

fn scan(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
    command.arg("scan").args(args).current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

/// Feeds the board and waits until some of it is in the file; the input stays open.
fn under_way(folder: &Path, args: &[&str], file: &str) -> (Child, std::process::ChildStdin) {
    let mut child = scan(folder, args).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(board(3000).as_bytes()).unwrap();
    let late = Instant::now() + Duration::from_secs(120);
    while fs::metadata(folder.join(file)).map_or(0, |file| file.len()) == 0 {
        assert!(Instant::now() < late, "nothing was written");
        thread::sleep(Duration::from_millis(20));
    }
    (child, stdin)
}

/// Names in the folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn ctrl_c_finishes_what_is_in_hand_and_leaves_a_partial_file() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["-", "-o", "jsonl=out.jsonl", "-o", "json=out.json"];
    let (child, mut stdin) = under_way(folder.path(), &args, "out.jsonl.partial");
    signal(&child, "-INT");
    // The reader looks up when the next bytes come.
    thread::sleep(Duration::from_millis(200));
    let _ = stdin.write_all(board(2000).as_bytes());
    drop(stdin);
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(130), "{said}");
    assert!(said.contains("interrupted after ") && said.contains("out.jsonl.partial"), "{said}");
    assert_eq!(names(folder.path()), ["out.json.partial", "out.jsonl.partial"]);
    let partial = fs::read_to_string(folder.path().join("out.jsonl.partial")).unwrap();
    let records: Vec<Value> = partial.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let lines = records.len();
    assert!(said.contains(&format!("interrupted after {lines} records")), "{said}");
    assert!(lines < 5000, "{lines}");
    let run: Value =
        serde_json::from_slice(&fs::read(folder.path().join("out.json.partial")).unwrap()).unwrap();
    assert_eq!((&run["summary"]["interrupted"], &run["summary"]["records"]), (&json!(true), &json!(lines)));
}

#[test]
fn a_killed_run_leaves_no_file_under_its_name_and_the_next_one_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("board.jsonl"), board(500)).unwrap();
    let run = || {
        let done = scan(folder.path(), &["board.jsonl", "-q", "-o", "jsonl=out.jsonl"]).output().unwrap();
        assert_eq!(done.status.code(), Some(0));
        fs::read(folder.path().join("out.jsonl")).unwrap()
    };
    let before = run();
    fs::remove_file(folder.path().join("out.jsonl")).unwrap();
    let (mut child, stdin) = under_way(folder.path(), &["-", "-o", "jsonl=out.jsonl"], "out.jsonl.partial");
    signal(&child, "-KILL");
    drop(stdin);
    child.wait().unwrap();
    assert_eq!(names(folder.path()), ["board.jsonl", "out.jsonl.partial"]);
    assert!(run() == before);
}

#[test]
fn a_finished_file_stays_when_the_next_run_is_killed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("out.jsonl"), "the results of last week\n").unwrap();
    let (mut child, stdin) = under_way(folder.path(), &["-", "-o", "jsonl=out.jsonl"], "out.jsonl.partial");
    signal(&child, "-KILL");
    drop(stdin);
    child.wait().unwrap();
    assert_eq!(fs::read_to_string(folder.path().join("out.jsonl")).unwrap(), "the results of last week\n");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error_that_says_so() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("board.jsonl"), board(300)).unwrap();
    let parquet = cfg!(feature = "parquet").then_some("parquet");
    for format in ["jsonl", "json", "csv", "summary", "html", "markdown", "table"].into_iter().chain(parquet)
    {
        let output = format!("{format}=/dev/full");
        let done = scan(folder.path(), &["board.jsonl", "-q", "-o", &output, "-o", "csv=fine.csv"])
            .output()
            .unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{format}: {said}");
        assert!(said.contains("cannot write /dev/full: No space left on device"), "{format}: {said}");
        assert!(!folder.path().join("fine.csv").exists(), "{format}");
        let _ = fs::remove_file(folder.path().join("fine.csv.partial"));
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error_and_the_other_outputs_come_whole() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("board.jsonl"), board(2000)).unwrap();
    for format in ["jsonl", "json", "csv"] {
        let file = format!("{format}.out");
        let output = format!("jsonl={file}");
        let mut child =
            scan(folder.path(), &["board.jsonl", "-q", "-o", format, "-o", &output]).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""), "{format}");
        let lines = fs::read_to_string(folder.path().join(&file)).unwrap().lines().count();
        assert_eq!(lines, 2000, "{format}");
    }
}
