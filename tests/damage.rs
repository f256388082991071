//! Randomly damaged copies of postings in every format, through the whole program: it never ends early or hangs, every
//! record in is an outcome out, and whatever stands undamaged in a file is read.
//!
//! The damage is the same in every run. `ROLECALL_DAMAGE=1000` says how many copies are made; a few suffice otherwise.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// Copies made when nobody says how many.
const FEW: usize = 120;

/// Records in each of the files whose every record is known.
const RECORDS: usize = 24;

/// How long all copies together may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % sides.max(1) as u64).unwrap()
    }
}

/// A file to damage.
struct Whole {
    /// The ending of its name.
    ending: String,
    bytes: Vec<u8>,
    /// What names the columns of a table.
    header: Option<String>,
    /// Its records as they stand in it, with their ids; empty when they are not known.
    records: Vec<(String, String)>,
}

/// The same records in every layout of many records.
fn layouts() -> Vec<Whole> {
    let id = |n: usize| format!("job-{n:03}");
    let line = |n: usize| {
        format!(
            "{{\"id\": \"{}\", \"title\": \"Product Manager\", \"body\": \"Own \\\"it\\\"\\nand {n}.\", \"tags\": [{{\"id\": {n}}}]}}",
            id(n)
        )
    };
    let pretty = |n: usize| {
        format!("  {{\n    \"id\": \"{}\",\n    \"title\": \"PM\",\n    \"body\": \"Own {n}.\"\n  }}", id(n))
    };
    let row = |n: usize| format!("{},PM,\"Own,\n\"\"it\"\" {n}.\",x", id(n));
    let tabbed = |n: usize| format!("{}\tPM\tOwn it, {n}.", id(n));
    let element = |n: usize| {
        format!(
            "<job><referencenumber>{}</referencenumber><title>PM &amp; more</title>\n<description><![CDATA[<p>Own <b>{n}</b></p>]]></description></job>",
            id(n)
        )
    };
    let script = |n: usize| {
        format!(
            "<script type=\"application/ld+json\">{{\"@type\":\"JobPosting\",\"identifier\":\"{}\",\"title\":\"PM\",\"description\":\"Own {n}.\"}}</script>",
            id(n)
        )
    };
    let file = |ending: &str, before: &str, one: &dyn Fn(usize) -> String, between: &str, after: &str| {
        let records: Vec<_> = (0..RECORDS).map(|n| (id(n), one(n))).collect();
        let texts: Vec<_> = records.iter().map(|(_, text)| text.as_str()).collect();
        let bytes = format!("{before}{}{after}", texts.join(between)).into_bytes();
        let header = matches!(ending, "csv" | "tsv").then(|| before.to_owned());
        Whole { ending: ending.to_owned(), bytes, header, records }
    };
    vec![
        file("jsonl", "", &line, "\n", "\n"),
        file("json", "[", &line, ", ", "]"),
        file("json", "[\n", &pretty, ",\n", "\n]\n"),
        file("json", "{\"total\": 24, \"jobs\": [", &line, ",", "], \"meta\": {}}"),
        file("csv", "id,title,body,note\n", &row, "\n", "\n"),
        file("tsv", "id\ttitle\tbody\n", &tabbed, "\n", "\n"),
        file("xml", "<?xml version='1.0'?>\n<source>\n", &element, "\n", "\n</source>\n"),
        file("html", "<html><head>", &script, "\n", "</head><body></body></html>"),
    ]
}

/// Every file of ours that holds postings, in whatever format.
fn samples() -> Vec<Whole> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in ["tests/sources", "samples", "samples/drafts", "tests/cmd/docx.in"] {
        let Ok(entries) = fs::read_dir(root.join(folder)) else { continue };
        paths.extend(entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()));
    }
    paths.retain(|path| path.extension().is_some_and(|ending| ending != "read"));
    paths.sort();
    assert!(paths.len() > 60, "{}", paths.len());
    let file = |path: PathBuf| {
        let ending = path.extension().unwrap().to_string_lossy().into_owned();
        Whole { ending, bytes: fs::read(path).unwrap(), header: None, records: Vec::new() }
    };
    paths.into_iter().map(file).collect()
}

/// Damages bytes in one place.
fn strike(bytes: &mut Vec<u8>, dice: &mut Dice) {
    if bytes.is_empty() {
        return;
    }
    let at = dice.throw(bytes.len());
    let end = (at + 1 + dice.throw(40)).min(bytes.len());
    match dice.throw(8) {
        0 | 1 => bytes[at] ^= 1 << dice.throw(8),
        2 => bytes[at] = u8::try_from(dice.throw(256)).unwrap(),
        3 => bytes.truncate(at),
        4 => drop(bytes.drain(at..end)),
        5 => {
            let again = bytes[at..end].to_vec();
            drop(bytes.splice(end..end, again));
        }
        6 => bytes[at..end].fill(0),
        _ => {
            let marks = *[&b"\""[..], b"{", b"]", b"<", b"\n", b",", b"-->", b"&", b"\\", b"\xff"]
                .get(dice.throw(10))
                .unwrap();
            drop(bytes.splice(at..at, marks.iter().copied()));
        }
    }
}

fn has(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Runs the program over a folder; what it wrote, and its exit code. A run without end is stopped and told.
fn scan(folder: &Path) -> (String, i32) {
    let out = folder.with_extension("out");
    fs::create_dir(&out).unwrap();
    let to = |format: &str| format!("{format}={}", out.join(format).display());
    let mut child = Command::new(env!("CARGO_BIN_EXE_rolecall"))
        .arg("scan")
        .arg(folder)
        .args(["--quiet", "--isolated", "--evidence", "all", "--with-text", "--jobs", "2"])
        .args(
            ["jsonl", "csv", "html", "markdown", "json"]
                .iter()
                .flat_map(|format| ["-o".to_owned(), to(format)]),
        )
        .stdin(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let code = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.code().expect("the program ends by itself");
        }
        if begun.elapsed() > PATIENCE {
            child.kill().unwrap();
            let partial = fs::read_to_string(out.join("jsonl.partial")).unwrap_or_default();
            panic!("no end after {PATIENCE:?}; the last record was {:?}", partial.lines().last());
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    (fs::read_to_string(out.join("jsonl")).unwrap(), code)
}

#[test]
fn damaged_files_are_read_to_their_end_and_lose_no_readable_record() {
    let copies = std::env::var("ROLECALL_DAMAGE").map_or(FEW, |number| number.parse().expect("a number"));
    let folder = tempfile::tempdir().unwrap();
    let damaged = folder.path().join("damaged");
    fs::create_dir(&damaged).unwrap();
    let (layouts, samples) = (layouts(), samples());
    // What stands undamaged in each copy, and how many strokes it got.
    let mut undamaged: BTreeMap<String, (Vec<String>, usize)> = BTreeMap::new();
    for copy in 0..copies {
        let mut dice = Dice(copy as u64);
        let whole = if copy % 2 == 0 {
            &layouts[copy / 2 % layouts.len()]
        } else {
            &samples[copy / 2 % samples.len()]
        };
        let mut bytes = whole.bytes.clone();
        let strokes = 1 + dice.throw(3);
        for _ in 0..strokes {
            strike(&mut bytes, &mut dice);
        }
        let name = format!("{copy:05}.{}", whole.ending);
        // A table whose header is damaged has other columns.
        let readable = whole.header.as_ref().is_none_or(|header| bytes.starts_with(header.as_bytes()));
        let known = whole.records.iter().filter(|(_, text)| readable && has(&bytes, text));
        undamaged.insert(name.clone(), (known.map(|(id, _)| id.clone()).collect(), strokes));
        fs::write(damaged.join(name), bytes).unwrap();
    }
    let (out, code) = scan(&damaged);
    assert!(code == 0 || code == 2, "exit code {code}");

    let mut read: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut last: BTreeMap<String, u64> = BTreeMap::new();
    let mut ends: BTreeMap<String, usize> = BTreeMap::new();
    for line in out.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let path = record["source"]["path"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        let number = record["source"]["record"].as_u64().unwrap();
        let before = last.insert(path.clone(), number).unwrap_or(0);
        assert_eq!(number, before + 1, "{path}: records are numbered one after another");
        let outcome = record["outcome"].as_str().unwrap();
        *ends.entry(outcome.to_owned()).or_default() += 1;
        if outcome == "failed" {
            let error = &record["error"];
            assert_ne!(error["code"], "internal-error", "{path}, record {number}: {error}");
        } else {
            read.entry(path).or_default().push(record["id"].as_str().unwrap().to_owned());
        }
    }
    assert!(ends.keys().all(|end| ["judged", "skipped", "failed"].contains(&end.as_str())), "{ends:?}");
    let mut losses = Vec::new();
    for (name, (known, strokes)) in undamaged {
        let read = read.remove(&name).unwrap_or_default();
        let missing: Vec<_> = known.iter().filter(|id| !read.contains(id)).collect();
        // A stroke may also cost the record before the place and the one behind it.
        if missing.len() > 2 * strokes {
            let bytes = fs::read(damaged.join(&name)).unwrap();
            let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(160)]).into_owned();
            losses.push(format!("{name} lost {missing:?} to {strokes} strokes; it begins {beginning:?}"));
        }
    }
    assert!(losses.is_empty(), "{}", losses.join("\n"));
}
