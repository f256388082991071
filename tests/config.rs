//! `rolecall.toml` as it is used: layers, what they change, and what is said of mistakes.

mod program;

use std::fs;

use program::{Ran, rolecall, rolecall_in};
use serde_json::Value;
use tempfile::TempDir;

const MISLABELLED: &str = "\
# Product Manager, Payments

## What you will do
- Own product positioning and messaging for the payments suite
- Lead go-to-market planning for every product launch
- Build battle cards and sales enablement for the field
- Write case studies, data sheets and launch content
- Develop buyer personas and competitive intelligence
";

/// A repository with these files.
fn tree(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in [(".git/HEAD", "")].iter().chain(files) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn run(tree: &TempDir, args: &[&str]) -> Ran {
    rolecall_in(tree.path(), args, b"")
}

fn json(tree: &TempDir, args: &[&str]) -> Value {
    let ran = run(tree, args);
    assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// Codes and severities of the flags of a record.
fn flags(record: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let flags = record["flags"].as_array().unwrap();
    flags.iter().map(|flag| (text(&flag["code"]), text(&flag["severity"]))).collect()
}

fn pair(code: &str, severity: &str) -> (String, String) {
    (code.to_owned(), severity.to_owned())
}

#[test]
fn rules_change_the_flags_of_scan_and_explain_alike() {
    const CASES: &[(&str, &[&str], Option<&str>)] = &[
        ("", &[], Some("error")),
        ("[rules]\nRC001 = \"warning\"", &[], Some("warning")),
        ("[rules]\nmislabelled-title = \"off\"", &[], None),
        ("ignore = [\"RC001\"]", &[], None),
        ("select = [\"RC002\"]", &[], None),
        ("[[overrides]]\nfiles = [\"jobs/*.md\"]\nrules = { RC001 = \"note\" }", &[], Some("note")),
        ("[[overrides]]\nfiles = [\"other/*.md\"]\nrules = { RC001 = \"note\" }", &[], Some("error")),
        ("[rules]\nRC001 = \"off\"", &["--select", "RC001"], Some("error")),
        ("[rules]\nRC001 = \"off\"", &["--severity", "RC001=note"], Some("note")),
        ("[rules]\nRC001 = \"warning\"", &["--ignore", "mislabelled-title"], None),
        ("[rules]\nRC001 = \"off\"", &["--isolated"], Some("error")),
        ("[rules]\nRC001 = \"off\"", &["--config", "ci.toml"], Some("warning")),
    ];
    for (config, options, severity) in CASES {
        let tree = tree(&[
            ("jobs/pm.md", MISLABELLED),
            ("rolecall.toml", config),
            ("ci.toml", "rules = { RC001 = \"warning\" }"),
        ]);
        let expected: Vec<_> = severity.iter().map(|severity| pair("RC001", severity)).collect();
        for command in [&["scan", "-o", "jsonl"][..], &["explain", "-o", "json"]] {
            let record = json(&tree, &[command, &["jobs/pm.md"], options].concat());
            assert_eq!(record["verdict"], "mislabelled");
            assert_eq!(flags(&record), expected, "{config} {options:?} {command:?}");
        }
    }
}

#[test]
fn thresholds_send_to_review() {
    let tree = tree(&[("pm.md", MISLABELLED), ("rolecall.toml", "mislabelled-probability = 1.0")]);
    let verdict = |options: &[&str]| {
        json(&tree, &[&["explain", "-o", "json", "pm.md"], options].concat())["verdict"].clone()
    };
    assert_eq!(verdict(&[]), "review");
    assert_eq!(verdict(&["--mislabelled-probability", "0.5"]), "mislabelled");
    assert_eq!(verdict(&["--isolated"]), "mislabelled");
    assert_eq!(verdict(&["--isolated", "--review-margin", "1"]), "review");
    assert_eq!(verdict(&["--isolated", "--review-probability", "1"]), "review");
}

#[test]
fn explain_takes_the_configuration_of_the_draft_and_scan_that_of_the_run() {
    let tree = tree(&[
        ("jobs/pm.md", MISLABELLED),
        ("jobs/.rolecall.toml", "rules = { RC001 = \"note\" }"),
        ("rolecall.toml", "rules = { RC001 = \"warning\" }"),
    ]);
    let explained = json(&tree, &["explain", "-o", "json", "jobs/pm.md"]);
    assert_eq!(flags(&explained), [pair("RC001", "note")]);
    let scanned = json(&tree, &["scan", "jobs"]);
    assert_eq!(flags(&scanned), [pair("RC001", "warning")]);
    let ran = rolecall_in(&tree.path().join("jobs"), &["scan", "pm.md"], b"");
    assert_eq!(flags(&serde_json::from_str(&ran.out).unwrap()), [pair("RC001", "note")]);
}

#[test]
fn overrides_hold_for_their_files_in_a_scan_of_many() {
    let tree = tree(&[
        ("a/pm.md", MISLABELLED),
        ("b/pm.md", MISLABELLED),
        ("c/pm.md", MISLABELLED),
        ("rolecall.toml", "[[overrides]]\nfiles = [\"b\"]\nrules = { RC001 = \"off\" }"),
    ]);
    for jobs in ["1", "2"] {
        let run = json(&tree, &["scan", "a", "b", "c", "-o", "json", "--dedupe", "off", "--jobs", jobs]);
        let counts: Vec<usize> =
            run["postings"].as_array().unwrap().iter().map(|record| flags(record).len()).collect();
        assert_eq!(counts, [1, 0, 1]);
        assert_eq!(run["summary"]["configurations"].as_array().unwrap().len(), 2);
    }
}

#[test]
fn folders_are_scanned_without_what_is_excluded() {
    let tree = tree(&[
        ("jobs/pm.md", MISLABELLED),
        ("jobs/old/pm.md", MISLABELLED),
        ("rolecall.toml", "exclude = [\"jobs/old\"]"),
    ]);
    let count = |args: &[&str]| {
        let run = json(&tree, &[&["scan", "-o", "json"], args].concat());
        run["postings"].as_array().unwrap().len()
    };
    assert_eq!(count(&["jobs"]), 1);
    assert_eq!(count(&["jobs", "--isolated"]), 2);
    assert_eq!(count(&["jobs/old/pm.md"]), 1);
}

#[test]
fn results_tell_under_which_configuration_they_were_made() {
    let tree = tree(&[("pm.md", MISLABELLED), ("rolecall.toml", "review-margin = 0.07")]);
    let hash = |options: &[&str]| {
        json(&tree, &[&["scan", "pm.md", "-o", "json"], options].concat())["summary"]["configurations"]
            .clone()
    };
    assert_eq!(hash(&[]), hash(&[]));
    assert_ne!(hash(&[]), hash(&["--isolated"]));
    assert_eq!(hash(&["--isolated"]), hash(&["--review-margin", "0.06"]));
}

#[test]
fn the_map_of_the_configuration_names_columns_and_typed_names_win() {
    let row = "Stelle,Aufgaben,Titel\nProduct Manager,Own the roadmap and the backlog for payments,Cook\n";
    let tree = tree(&[
        ("board.csv", row),
        ("rolecall.toml", "[scan]\nmap = { title = \"Stelle\", body = [\"Aufgaben\"] }"),
    ]);
    assert_eq!(json(&tree, &["scan", "board.csv"])["title"], "Product Manager");
    assert_eq!(json(&tree, &["explain", "board.csv", "-o", "json"])["title"], "Product Manager");
    assert_eq!(json(&tree, &["scan", "board.csv", "--map", "title=Titel"])["title"], "Cook");
}

#[test]
fn words_are_added_taken_out_and_changed() {
    const DEALERS: &str = "\
role = \"pmm\"
[[area]]
id = \"dealer-education\"
summary = \"Teaching dealers what a product is for.\"
sources = [\"postings\"]
[[area.term]]
id = \"academy\"
forms = [\"dealer academy\"]
";
    const DRAFT: &str =
        "# Product Marketing Manager\n\n## What you will do\n\n- Run the dealer academy for our e-bikes\n";
    let found = |config: &str, options: &[&str]| {
        let tree = tree(&[("draft.md", DRAFT), ("words/dealers.toml", DEALERS), ("rolecall.toml", config)]);
        let record = json(&tree, &[&["explain", "-o", "json", "draft.md"], options].concat());
        let evidence = record["evidence"].as_array().unwrap().clone();
        let mine = evidence.iter().find(|found| found["term"] == "pmm/dealer-education/academy");
        mine.map(|found| found["weight"].as_f64().unwrap())
    };
    let usual = found("[lexicons]\nextends = [\"words\"]", &[]).unwrap();
    assert_eq!(found("", &[]), None);
    assert_eq!(found("", &["--lexicons", "words"]), Some(usual));
    assert_eq!(found("[lexicons]\nextends = [\"words\"]\ndisable = [\"pmm/dealer-education\"]", &[]), None);
    let heavy = found(
        "[lexicons]\nextends = [\"words\"]\n[lexicons.replace.\"pmm/dealer-education/academy\"]\nweight = 2",
        &[],
    );
    assert!((heavy.unwrap() - 2.0 * usual).abs() < 0.02, "{heavy:?} {usual}");
    let never = "[lexicons]\nextends = [\"words\"]\n[lexicons.replace.\"pmm/dealer-education/academy\"]\nunless = [\"dealer academy .. e-bike\"]";
    assert_eq!(found(never, &[]), None);

    let tree =
        tree(&[("words/dealers.toml", DEALERS), ("rolecall.toml", "[lexicons]\nextends = [\"words\"]")]);
    let listed = run(&tree, &["lexicon", "list", "pmm/dealer-education"]);
    assert!(listed.out.contains("dealer academy"), "{}", listed.out);
}

#[test]
fn mistakes_end_the_run_and_are_underlined() {
    const CASES: &[(&str, &str)] = &[
        (
            "review-margins = 1",
            "unknown key \"review-margins\": did you mean \"review-margin\"?\n --> rolecall.toml:1:1\n",
        ),
        ("[lexicons]\ndisable = [\"pm/road\"]", "no area or term is called \"pm/road\""),
        ("[lexicons]\nextends = [\"nowhere\"]", "cannot read the lexicons in nowhere: "),
    ];
    for (config, expected) in CASES {
        let tree = tree(&[("pm.md", MISLABELLED), ("rolecall.toml", config)]);
        for command in ["scan", "explain"] {
            let ran = run(&tree, &[command, "pm.md"]);
            assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{config}");
            assert!(ran.err.starts_with("error: ") && ran.err.contains(expected), "{config}\n{}", ran.err);
        }
        assert_eq!(run(&tree, &["scan", "pm.md", "--isolated"]).code, 0);
    }
    let tree = tree(&[]);
    let ran = run(&tree, &["config", "show", "--config", "no.toml"]);
    assert_eq!((ran.code, ran.err.as_str()), (2, "error: cannot read no.toml: no such file\n"));
    let ran = run(&tree, &["config", "show", "--config", "no.toml", "--isolated"]);
    assert_eq!(ran.code, 2);
    for wrong in [
        &["--severity", "RC001"][..],
        &["--severity", "RC001=loud"],
        &["--select", "E501"],
        &["--review-margin", "2"],
    ] {
        let ran = run(&tree, &[&["config", "show"], wrong].concat());
        assert_eq!(ran.code, 2, "{wrong:?}");
    }
}

#[test]
fn show_tells_where_each_value_comes_from() {
    let tree = tree(&[(
        "rolecall.toml",
        "review-margin = 0.1\n[[overrides]]\nfiles = [\"jobs\"]\nexpect = \"pmm\"",
    )]);
    let shown = json(&tree, &["config", "show", "jobs/new.md", "-o", "json", "--severity", "RC002=error"]);
    assert_eq!(
        (&shown["config"], &shown["file"]),
        (&Value::from("rolecall.toml"), &Value::from("jobs/new.md"))
    );
    let value = |key: &str| {
        shown["values"].as_array().unwrap().iter().find(|entry| entry["key"] == key).unwrap().clone()
    };
    let margin = value("review-margin");
    assert_eq!((&margin["value"], &margin["from"]), (&Value::from(0.1), &Value::from("file")));
    assert_eq!((&margin["line"], &margin["column"]), (&Value::from(1), &Value::from(17)));
    assert_eq!(value("expect")["line"], 4);
    assert_eq!(value("rules.RC002")["option"], "--severity");
    assert_eq!(value("fail-on")["from"], "default");
    assert_eq!(value("max-warnings")["value"], Value::Null);
    let run = json(&tree, &["config", "show", "-o", "json"]);
    assert_eq!(run["file"], Value::Null);
}

#[test]
fn without_a_file_every_value_is_the_programs_own() {
    let ran = rolecall(&["config", "show", "-o", "json"]);
    let shown: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(shown["config"], Value::Null);
    assert!(shown["values"].as_array().unwrap().iter().all(|entry| entry["from"] == "default"));
}

#[test]
fn init_writes_a_start_that_changes_nothing() {
    let tree = tree(&[("pm.md", MISLABELLED)]);
    let before = json(&tree, &["scan", "pm.md", "-o", "json"]);
    let ran = run(&tree, &["init"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""));
    assert!(ran.err.contains("wrote rolecall.toml"), "{}", ran.err);
    assert_eq!(json(&tree, &["scan", "pm.md", "-o", "json"]), before);

    let path = tree.path().join("rolecall.toml");
    fs::write(&path, "review-margin = 0.3").unwrap();
    let ran = run(&tree, &["init"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err, "error: rolecall.toml is there already: replace it with --force\n");
    assert_eq!(fs::read_to_string(&path).unwrap(), "review-margin = 0.3");
    assert_eq!(run(&tree, &["init", "--force", "--quiet"]).code, 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), rolecall::config::STARTER);
    fs::rename(&path, tree.path().join(".rolecall.toml")).unwrap();
    assert_eq!(run(&tree, &["init", "--force"]).code, 2);
    assert_eq!(run(&tree, &["init", "nowhere"]).code, 2);
}
