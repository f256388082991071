//! Files as they come: compressed, in any character set, damaged, and not what their names say.

use std::fs;
use std::path::Path;
use std::process::Command;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use std::io::Write as _;

const BOARD: &str = "id;Job Title;Responsibilities;Qualifications\n\
    1;Product Manager;\"Own the roadmap,\nwe’ll ship – weekly\";Four years\n\
    2;Product Manager;Write user stories for naïve readers;A degree\n";

/// Runs the program in `folder`; its exit code, its records and what it said.
fn scan(folder: &Path, args: &[&str]) -> (i32, Vec<Value>, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_rolecall"))
        .current_dir(folder)
        .args(["scan", "--evidence", "all", "--with-text"])
        .args(args)
        .output()
        .unwrap();
    let out = String::from_utf8(ran.stdout).unwrap();
    let records = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (ran.status.code().unwrap(), records, String::from_utf8(ran.stderr).unwrap())
}

/// Each record as its end: the body, or why there is none.
fn ends(records: &[Value]) -> Vec<String> {
    let end = |record: &Value| {
        let text = record["body"].as_str().or(record["reason"].as_str()).or(record["error"]["code"].as_str());
        text.unwrap_or("?").to_owned()
    };
    records.iter().map(end).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

fn encoded(label: &str, text: &str) -> Vec<u8> {
    encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned()
}

fn utf16(text: &str, mark: &[u8], bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    mark.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect()
}

#[test]
fn a_table_reads_the_same_in_every_packing_and_character_set() {
    let bodies = [
        "Own the roadmap,\nwe’ll ship – weekly\n\nFour years",
        "Write user stories for naïve readers\n\nA degree",
    ];
    let (first, second) = BOARD.split_at(70);
    let cases: Vec<(&str, Vec<u8>, Option<&str>)> = vec![
        ("plain.csv", BOARD.into(), None),
        ("mark.csv", ["\u{feff}", BOARD].concat().into(), None),
        ("two.csv.gz", [gzip(first.as_bytes()), gzip(second.as_bytes())].concat(), None),
        ("two.csv.zst", [zstd(first.as_bytes()), zstd(second.as_bytes())].concat(), None),
        ("no-ending-of-its-own", zstd(BOARD.as_bytes()), None),
        ("windows.csv", encoded("windows-1252", BOARD), Some("windows-1252")),
        ("mac.csv", encoded("macintosh", BOARD), Some("macintosh")),
        ("windows.csv.zst", zstd(&encoded("windows-1252", BOARD)), Some("windows-1252")),
        ("little.csv", utf16(BOARD, b"\xff\xfe", u16::to_le_bytes), None),
        ("big.csv", utf16(BOARD, b"\xfe\xff", u16::to_be_bytes), None),
        ("little-unmarked.csv", utf16(BOARD, b"", u16::to_le_bytes), Some("UTF-16LE")),
        ("big-unmarked.csv.gz", gzip(&utf16(BOARD, b"", u16::to_be_bytes)), Some("UTF-16BE")),
    ];
    for (name, bytes, charset) in cases {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(name), bytes).unwrap();
        let (code, records, said) = scan(folder.path(), &[name]);
        assert_eq!(
            (code, ends(&records).iter().map(String::as_str).collect::<Vec<_>>()),
            (0, bodies.to_vec()),
            "{name}"
        );
        for record in &records {
            assert_eq!(record["text"].get("charset").and_then(Value::as_str), charset, "{name}");
        }
        let guessed = said.contains("2 postings are not UTF-8 and read as ");
        assert_eq!(guessed, charset.is_some(), "{name}: {said}");
    }
}

#[test]
fn a_damaged_tail_costs_what_was_in_it() {
    let lines: Vec<_> = (0..2000)
        .map(|n| format!("{{\"id\":\"{n}\",\"title\":\"Nurse\",\"body\":\"Shift {}\"}}\n", n * 7919 % 1013))
        .collect();
    let lines = lines.concat();
    for (name, packed) in [("x.jsonl.gz", gzip(lines.as_bytes())), ("x.jsonl.zst", zstd(lines.as_bytes()))] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        for (damaged, code) in [
            (packed[..packed.len() - 40].to_vec(), "truncated-input"),
            ([&packed[..], b"no member at all"].concat(), "unreadable"),
        ] {
            fs::write(&path, damaged).unwrap();
            let (exit, records, _) = scan(folder.path(), &[name]);
            assert_eq!(exit, 2, "{name}");
            let (last, good) = records.split_last().unwrap();
            assert_eq!(last["error"]["code"], code, "{name}: {last}");
            let ids: Vec<_> = good.iter().filter_map(|record| record["id"].as_str()).collect();
            assert!(ids.iter().zip(0..).all(|(id, n)| *id == n.to_string()), "{name}");
            let whole = if code == "unreadable" { 2000 } else { 1 };
            assert!(ids.len() >= whole || name.ends_with("zst"), "{name}: {}", ids.len());
        }
    }
}

#[test]
fn what_is_not_read_fails_alone_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let files: &[(&str, &[u8], &str)] = &[
        (
            "a.csv",
            b"\n\n\n<!DOCTYPE html>\n<html><title>Sign in</title>",
            "this is a web page, whatever its name says; perhaps an error page was saved: fetch it again, or read it with --format html if it is a posting",
        ),
        (
            "b.json",
            b"<html><body>404</body></html>",
            "this is a web page, whatever its name says; perhaps an error page was saved: fetch it again, or read it with --format html if it is a posting",
        ),
        (
            "c.csv",
            b"PK\x03\x04\x14\0\x06\0xl/workbook.xml",
            "this is an Excel workbook (.xlsx), which is not read; save a sheet as CSV (UTF-8), a text as .docx",
        ),
        (
            "d.db",
            b"SQLite format 3\0\x10\0",
            "this is a SQLite database, which is not read; export the table as CSV",
        ),
        (
            "e.md",
            b"%PDF-1.7\n%\xe2\xe3",
            "this is a PDF document, which is not read; save the document that it was made from as .docx or as text",
        ),
        (
            "f.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "this is an old Office document (.doc, .xls), which is not read; save it as .docx, a workbook as CSV (UTF-8)",
        ),
        (
            "g.rtf",
            b"{\\rtf1\\ansi Hello}",
            "this is a Rich Text document, which is not read; save the document that it was made from as .docx or as text",
        ),
        (
            "h.png",
            b"\x89PNG\r\n\x1a\n\0\0",
            "this is a PNG image, which is not read; a picture holds no text that could be judged; give the text",
        ),
        (
            "i.docx",
            b"PK\x03\x04 torn",
            "the Word document cannot be read: the archive is damaged; save it again, or as text",
        ),
    ];
    for (name, bytes, _) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    fs::write(folder.path().join("z.csv"), BOARD).unwrap();
    let (code, records, said) = scan(folder.path(), &["."]);
    assert_eq!(code, 2);
    assert!(said.contains("11 records = 2 judged + 0 skipped + 9 failed"), "{said}");
    for ((name, _, message), record) in files.iter().zip(&records) {
        assert_eq!(record["source"]["path"], format!("./{name}"));
        assert_eq!(record["error"]["message"], *message, "{name}");
    }
}

#[test]
fn a_table_says_how_its_quotes_are_escaped_or_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let text = "title,description,site\n\
        Product Manager,\"Own the \\\"one\\\" roadmap, end to end\",x\n\
        Product Manager,\"Own the ^\"other^\" roadmap\",x\n";
    fs::write(folder.path().join("x.csv"), text).unwrap();
    let (_, records, _) = scan(folder.path(), &["x.csv"]);
    assert_eq!(ends(&records)[0], "Own the \"one\" roadmap, end to end");
    let (_, records, _) = scan(folder.path(), &["x.csv", "--csv-escape", "^"]);
    assert_eq!(ends(&records)[1], "Own the \"other\" roadmap");
}
