//! The published schemas: the committed files are what the program prints, and what it writes fits them.

mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use program::rolecall;
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas")
}

/// The names that `rolecall schema` takes, as it lists them itself.
fn names() -> Vec<String> {
    let refused = rolecall(&["schema", "nothing"]).err;
    let (_, list) = refused.split_once("[possible values: ").expect("the error lists the names");
    list.split(']').next().unwrap().split(", ").map(str::to_owned).collect()
}

fn printed(name: &str) -> String {
    let ran = rolecall(&["schema", name]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{name}");
    ran.out
}

fn check(name: &str, value: &Value) {
    let schema: Value = serde_json::from_str(&printed(name)).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    if let Err(error) = validator.validate(value) {
        panic!("{name}: {error} at {}", error.instance_path());
    }
}

/// `SNAPSHOTS=overwrite` renews the files; within `/1` the difference may only add.
#[test]
fn the_committed_schemas_are_those_printed() {
    let overwrite = std::env::var_os("SNAPSHOTS").is_some_and(|wish| wish == "overwrite");
    let names = names();
    for name in &names {
        let file = folder().join(format!("{name}.json"));
        if overwrite {
            fs::create_dir_all(folder()).unwrap();
            fs::write(&file, printed(name)).unwrap();
        }
        let known = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        assert!(
            known == printed(name),
            "schemas/{name}.json is not what `rolecall schema {name}` prints; SNAPSHOTS=overwrite renews it"
        );
    }
    let files: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(files, names.into_iter().collect(), "a schema that is no longer printed");
}

#[test]
fn a_run_and_a_comparison_fit_their_schemas() {
    let scratch = tempfile::tempdir().unwrap();
    let file = |name: &str| scratch.path().join(name).to_str().unwrap().to_owned();
    let (old, new) = (file("old.jsonl"), file("new.jsonl"));
    let ran =
        rolecall(&["scan", "samples/board.jsonl", "--quiet", "-o", "json", "-o", &format!("jsonl={old}")]);
    check("run", &serde_json::from_str(&ran.out).unwrap());

    // Another audit: one posting less, and one judged otherwise.
    let mut lines: Vec<Value> =
        fs::read_to_string(&old).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    lines.remove(0);
    lines[0]["verdict"] = "mislabelled".into();
    lines[0]["text"]["hash"] = "0123456789abcdef".into();
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    fs::write(&new, lines.join("\n")).unwrap();
    let ran = rolecall(&["report", &new, "--compare", &old, "-o", "json"]);
    let comparison: Value = serde_json::from_str(&ran.out).unwrap();
    check("comparison", &comparison);
    assert_eq!(comparison["counts"]["gone"], 1);
    assert_eq!(comparison["counts"]["newly-mislabelled"], 1);
    assert_eq!(comparison["changes"][0]["reworded"], true);
}
