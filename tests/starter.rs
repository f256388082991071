//! The configuration that `rolecall init` writes, and the schema that editors check it with.

mod program;

use std::path::Path;

use program::rolecall;
use rolecall::config::{Config, STARTER};
use rolecall::lexicon::{EMBEDDED, Overlay};
use rolecall::rule::RULES;
use rolecall::settings::Effective;
use rolecall::vocabulary::{FailOn, Level};
use rolecall::{Lexicon, Settings};
use serde_json::Value;

fn read(text: &str) -> Config {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rolecall.toml");
    Config::read(&path, text).unwrap_or_else(|error| panic!("{error}"))
}

/// The starter with everything in it that is commented out.
fn everything_of_the_starter() -> String {
    let value = |line: &str| {
        line.strip_prefix("# ").is_some_and(|rest| {
            let key = rest.split(" = ").next().unwrap_or("");
            rest.starts_with('[')
                || rest.contains(" = ") && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        })
    };
    let lines = STARTER.lines().map(|line| if value(line) { &line[2..] } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_starter_changes_nothing() {
    let effective = Effective::new(&[&read(STARTER)], None);
    let own = Effective::new(&[], None);
    assert_eq!(effective.entries, own.entries);
    assert_eq!(effective.lexicons, own.lexicons);
}

#[test]
fn the_values_of_the_starter_are_the_programs_own() {
    let config = read(&everything_of_the_starter());
    let effective = Effective::new(&[&config], None);
    assert_eq!(effective.settings, Settings::default());
    assert_eq!(effective.fail_on, FailOn::Error);
    assert_eq!(config.judging.rules.len(), RULES.len());
    for rule in RULES {
        assert!(STARTER.contains(&format!("# {}", rule.name)), "{}", rule.name);
        assert_eq!(config.judging.rules[&rule.code].value, Level::from(rule.severity));
    }
}

#[test]
fn the_starter_names_every_key() {
    let text = everything_of_the_starter();
    let schema = schema();
    for key in schema["properties"].as_object().unwrap().keys() {
        let starts = |line: &str| {
            line.starts_with(&format!("{key} = "))
                || line.starts_with(&format!("[{key}"))
                || line.starts_with(&format!("[[{key}"))
        };
        assert!(text.lines().any(starts), "{key}");
    }
}

#[test]
fn the_words_that_the_starter_changes_exist() {
    let config = read(&everything_of_the_starter());
    let files: Vec<(String, String)> =
        EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let overlay = Overlay::new(&config.lexicons);
    assert!(!overlay.is_empty());
    Lexicon::compile_with(&files, &overlay).unwrap_or_else(|error| panic!("{error}"));
}

fn schema() -> Value {
    let ran = rolecall(&["schema", "config"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    serde_json::from_str(&ran.out).unwrap()
}

/// A file as an editor sees it: dates are texts.
fn value(text: &str) -> Value {
    fn plain(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(date) => date.to_string().into(),
            toml::Value::Array(all) => all.into_iter().map(plain).collect(),
            toml::Value::Table(all) => all.into_iter().map(|(key, value)| (key, plain(value))).collect(),
            other => serde_json::to_value(other).unwrap(),
        }
    }
    plain(toml::Value::Table(toml::from_str(text).unwrap()))
}

#[test]
fn the_schema_takes_what_the_program_takes() {
    let schema = schema();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let good = [
        STARTER.to_owned(),
        everything_of_the_starter(),
        "ignore = [\"RC008\", \"mixed-role\", { rule = \"RC001\", id = \"7\", reason = \"so\" }]".to_owned(),
        "[scan]\nmap = { body = \"ad.text\" }\n[rules]\nmixed-role = \"off\"".to_owned(),
    ];
    for text in good {
        read(&text);
        let errors: Vec<String> = validator
            .iter_errors(&value(&text))
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{text}\n{}", errors.join("\n"));
    }
    let bad = [
        "review-margins = 0.1",
        "review-margin = 2",
        "review-margin = \"much\"",
        "fail-on = \"warn\"",
        "max-warnings = -1",
        "expect = \"po\"",
        "select = [\"E501\"]",
        "[rules]\nRC001 = \"loud\"",
        "[rules]\nE501 = \"off\"",
        "[[overrides]]\nexpect = \"pm\"",
        "[[ignore]]\nrule = \"RC001\"\nid = \"7\"",
        "[[ignore]]\nrule = \"RC001\"\nid = \"7\"\nreason = \" \"",
        "[scan]\nmap = { titel = \"a\" }",
        "[lexicons]\nextend = [\"a\"]",
    ];
    for text in bad {
        assert!(Config::read(Path::new("rolecall.toml"), text).is_err(), "{text}");
        assert!(!validator.is_valid(&value(text)), "{text}");
    }
}
