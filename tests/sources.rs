//! One small file of each known source, and what is read from it.
//!
//! `tests/sources/NAME.read` holds the postings as they come out of the file beside it; `SNAPSHOTS=overwrite` renews them.

#![expect(clippy::result_large_err, reason = "a test may move an outcome about")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rolecall::posting::Markup;
use rolecall::source::{Format, Input, Mapping, Options, Records, explain};
use rolecall::{Outcome, Posting};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sources")
}

/// The small files, sorted.
fn files() -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_none_or(|ending| ending != "read"));
    files.sort();
    files
}

fn records(path: &Path, format: Option<Format>) -> Vec<Result<Posting, Outcome>> {
    let mapping = Arc::new(Mapping::default());
    let options = Options { format, mapping: Arc::clone(&mapping), ..Options::default() };
    let records = Records::new(vec![Input::named(path).unwrap()], options);
    records.map(|raw| raw.posting(&mapping).map_err(|outcome| *outcome)).collect()
}

/// What was read from a file, in lines for people.
fn shown(path: &Path) -> String {
    let options = Options::default();
    let told = explain(vec![Input::named(path).unwrap()], options);
    let mut out = String::new();
    for explanation in told {
        writeln!(out, "taken for {}\nbecause {}", explanation.taken_for, explanation.why).unwrap();
    }
    for record in records(path, None) {
        out.push('\n');
        match record {
            Ok(posting) => show(&mut out, &posting),
            Err(Outcome::Skipped(skipped)) => {
                writeln!(out, "skipped as {}: {}, {:?}", skipped.reason.name(), skipped.id, skipped.title)
                    .unwrap();
            }
            Err(Outcome::Failed(failed)) => {
                writeln!(out, "failed: {}: {}", failed.error.code, failed.error.message).unwrap();
            }
            Err(Outcome::Judged(_)) => unreachable!("nothing is judged here"),
        }
    }
    out
}

fn show(out: &mut String, posting: &Posting) {
    let line = posting.source.line.map_or("-".to_owned(), |line| line.to_string());
    let id = posting.id.rsplit('/').next().unwrap_or_default();
    writeln!(out, "record {} on line {line}: {id}", posting.source.record).unwrap();
    let fields = [
        ("title", &posting.title),
        ("company", &posting.company),
        ("location", &posting.location),
        ("url", &posting.url),
        ("language", &posting.language),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            writeln!(out, "  {name}: {value}").unwrap();
        }
    }
    if posting.truncated {
        writeln!(out, "  cut short").unwrap();
    }
    for part in &posting.parts {
        let field = part.field.as_deref().unwrap_or("body");
        let zone = part.zone.map_or(String::new(), |zone| format!(" [{}]", zone.name()));
        let mark = if part.markup == Markup::Heading { " (heading)" } else { "" };
        writeln!(out, "  {field}{zone}{mark} = {:?}", part.text).unwrap();
    }
}

#[test]
fn each_source_is_read_as_its_file_shows() {
    for path in files() {
        let found = shown(&path);
        let golden = PathBuf::from(format!("{}.read", path.display()));
        if std::env::var("SNAPSHOTS").is_ok_and(|value| value == "overwrite") {
            fs::write(&golden, &found).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(found, expected, "{}; SNAPSHOTS=overwrite renews it", path.display());
    }
}

#[test]
fn every_known_system_has_a_file_here() {
    let names: Vec<String> =
        files().iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    let missing: BTreeSet<_> = Format::ALL
        .iter()
        .filter(|format| matches!(format, Format::Of(_)))
        .map(|format| format.name())
        .filter(|format| !names.iter().any(|name| name == format || name.starts_with(&format!("{format}-"))))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
