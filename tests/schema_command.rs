//! `rolecall schema`: what the program writes and reads is what its schemas say.

mod program;

use program::rolecall;
use rolecall::lexicon::EMBEDDED;
use serde_json::Value;

fn schema(what: &str) -> jsonschema::Validator {
    let ran = rolecall(&["schema", what]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{what}");
    let schema: Value = serde_json::from_str(&ran.out).unwrap();
    assert!(jsonschema::meta::is_valid(&schema), "{what}");
    jsonschema::draft202012::new(&schema).unwrap()
}

fn check(validator: &jsonschema::Validator, value: &Value) {
    if let Err(error) = validator.validate(value) {
        panic!("{error} at {}: {value}", error.instance_path());
    }
}

#[test]
fn what_scan_writes_is_valid() {
    let posting = schema("posting");
    let ran = rolecall(&["scan", "samples", "--evidence", "all", "--with-text", "-o", "json"]);
    let run: Value = serde_json::from_str(&ran.out).unwrap();
    let records = run["postings"].as_array().unwrap();
    assert!(records.len() > 40);
    for record in records {
        check(&posting, record);
    }
    check(&schema("summary"), &run["summary"]);
    for record in rolecall(&["scan", "samples"]).out.lines() {
        check(&posting, &serde_json::from_str(record).unwrap());
    }
}

#[test]
fn what_explain_writes_is_valid() {
    let posting = schema("posting");
    for args in [&["samples/board.jsonl", "--record", "1"][..], &["samples/drafts/head-of-product.md"]] {
        let ran = rolecall(&[&["explain", "-o", "json"], args].concat());
        check(&posting, &serde_json::from_str(&ran.out).unwrap());
    }
}

#[test]
fn the_files_of_areas_that_ship_are_valid() {
    let lexicon = schema("lexicon");
    for name in ["pm.toml", "pmm.toml", "shared.toml", "neighbours.toml"] {
        let text = EMBEDDED.iter().find(|(file, _)| *file == name).unwrap().1;
        let value: Value = toml::from_str(text).unwrap();
        check(&lexicon, &value);
    }
    assert!(!lexicon.is_valid(&serde_json::json!({"role": "pm", "areas": []})));
}

#[test]
fn a_thing_without_schema_is_refused() {
    let ran = rolecall(&["schema", "weather"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("config, lexicon"), "{}", ran.err);
}
