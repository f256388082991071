//! A repository with drafts, a configuration and overrides: `tests/tree`.

use std::fs;
use std::path::Path;

use super::Folder;

/// A copy of `tests/tree`, so that the search for a configuration ends in it.
fn tree() -> Folder {
    let folder = Folder::new(&[]);
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tree"), folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_repository_is_checked_by_its_own_configuration() {
    let ran = tree().check_on("2026-11-22", ". -o json");
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let found: Vec<String> = json["problems"].as_array().unwrap().iter().map(super::place).collect();
    assert_eq!(
        found,
        [
            "./jobs/marketing/growth-lead.md:2:8 RC001",
            "./jobs/product/payments.html:4:11 RC001",
            "./jobs/product/platform.md:1:3 RC002",
        ],
        "{json}"
    );
    assert_eq!(ran.code, 1);
    assert_eq!(json["problems"][2]["severity"], "error", "the configuration makes RC002 an error");
    assert_eq!(
        (&json["summary"]["suppressed"], &json["summary"]["failed"]),
        (&2.into(), &0.into()),
        "{json}"
    );
    assert!(ran.err.is_empty(), "{}", ran.err);
}

#[test]
fn accepted_findings_come_back_when_their_day_has_passed() {
    let ran = tree().check_on("2027-02-01", ". -o json");
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let found: Vec<String> = json["problems"].as_array().unwrap().iter().map(super::place).collect();
    assert!(found.contains(&"./jobs/product/wallet.md:2:8 RC001".to_owned()), "{found:?}");
    assert!(
        found.iter().any(|place| place.starts_with("rolecall.toml:") && place.ends_with("RC100")),
        "{found:?}"
    );
}

#[test]
fn the_configuration_of_a_team_is_nearer_than_that_of_the_house() {
    let folder = tree();
    let ran = folder.check("jobs/agency/interim.txt --fail-on note");
    assert_eq!((ran.code, ran.out.as_str()), (0, "no problems in 1 posting of 1 file\n"));
    assert_eq!(
        folder.check("jobs/archive/2019-pm.md --force-exclude").out,
        "no problems in 0 postings of 0 files\n"
    );
    assert_eq!(folder.check("jobs/archive/2019-pm.md").code, 1);
}
