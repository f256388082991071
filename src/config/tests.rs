//! What configuration files may say, and what is answered to those that say something else.

use std::path::Path;

use super::*;
use crate::path::absolute;

fn read(text: &str) -> Config {
    Config::read(&folder().join("rolecall.toml"), text).unwrap_or_else(|error| panic!("{error}"))
}

fn refusal(text: &str) -> String {
    Config::read(&folder().join("rolecall.toml"), text).unwrap_err().to_string()
}

fn folder() -> PathBuf {
    absolute(Path::new("")).unwrap()
}

const WHOLE: &str = r#"
review-probability = 0.55
review-margin = 0
mislabelled-probability = 0.95
expect = "pm"
select = ["ALL"]
fail-on = "warning"
max-warnings = 3
exclude = ["archive/", "*.bak"]
baseline = "ci/baseline.json"

[rules]
RC002 = "error"
no-duties-section = "off"

[[ignore]]
rule = "RC002"
files = ["jobs/founding-pm.md"]
reason = "the first product hire does both"
expires = 2027-01-31

[[ignore]]
rule = "mislabelled-title"
id = "job-17"
reason = "agreed with the legal department"

[lexicons]
extends = ["words"]
disable = ["pm/metrics"]

[lexicons.replace."pm/roadmap/roadmap"]
weight = 0.5

[scan]
map = { title = "Position", body = ["ad.text", "ad.more"] }

[[overrides]]
files = ["jobs/marketing/**"]
expect = "pmm"
ignore = ["RC007"]
rules = { RC004 = "warning" }
"#;

#[test]
fn everything_that_can_be_said_is_understood() {
    let config = read(WHOLE);
    let judging = &config.judging;
    assert_eq!(judging.review_probability.as_ref().map(|said| said.value), Some(0.55));
    assert_eq!(judging.review_margin.as_ref().map(|said| said.value), Some(0.0));
    assert_eq!(judging.mislabelled_probability.as_ref().map(|said| said.value), Some(0.95));
    assert_eq!(judging.expect.as_ref().unwrap().value, Claim::Pm);
    assert_eq!(judging.select.as_ref().unwrap().value, Selection::All);
    assert_eq!(judging.rules[&Code::Rc002].value, Level::Error);
    assert_eq!(judging.rules[&Code::Rc008].value, Level::Off);
    assert_eq!(config.fail_on.as_ref().unwrap().value, FailOn::Warning);
    assert_eq!(config.max_warnings.as_ref().unwrap().value, 3);
    assert!(config.exclude.as_ref().unwrap().value.matches(Path::new("archive/a.md")));
    assert_eq!(config.baseline.as_ref().unwrap().value, folder().join("ci/baseline.json"));
    assert_eq!(config.lexicons.extends.as_ref().unwrap().value, [folder().join("words")]);
    assert_eq!(config.lexicons.disable.as_ref().unwrap().value[0].get_ref(), "pm/metrics");
    assert_eq!(config.lexicons.replace.as_ref().unwrap().value["pm/roadmap/roadmap"].weight, Some(0.5));
    let map = &config.map.as_ref().unwrap().value;
    assert_eq!(map[2], ("body".to_owned(), "ad.more".to_owned()));
    let [first, second] = &config.ignores[..] else { panic!("two") };
    assert_eq!((first.rule, first.expires), (Code::Rc002, Some("2027-01-31".parse().unwrap())));
    assert_eq!((second.rule, second.id.as_deref()), (Code::Rc001, Some("job-17")));
    assert!(judging.ignore.is_none());
    let [marketing] = &config.overrides[..] else { panic!("one") };
    assert!(marketing.files.matches(Path::new("jobs/marketing/pmm.md")));
    assert_eq!(marketing.judging.expect.as_ref().unwrap().value, Claim::Pmm);
    assert_eq!(marketing.judging.ignore.as_ref().unwrap().value, [Code::Rc007]);
    assert_eq!(marketing.judging.rules[&Code::Rc004].value, Level::Warning);
}

#[test]
fn values_know_their_line() {
    let config = read(WHOLE);
    let line = |origin: &Origin| match origin {
        Origin::File { path, line, .. } => {
            assert_eq!(&**path, "rolecall.toml");
            *line
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(line(&config.judging.review_probability.unwrap().origin), 2);
    assert_eq!(line(&config.judging.rules[&Code::Rc008].origin), 14);
    assert_eq!(line(&config.ignores[1].origin), 22);
    assert_eq!(line(&config.overrides[0].judging.rules[&Code::Rc004].origin), 41);
}

#[test]
fn rules_are_left_out_by_a_list_and_findings_accepted_beside_them() {
    let config = read("ignore = [\"RC008\", { rule = \"RC002\", id = \"7\", reason = \"why not\" }]");
    assert_eq!(config.judging.ignore.unwrap().value, [Code::Rc008]);
    assert_eq!(config.ignores[0].rule, Code::Rc002);
}

#[test]
fn what_is_wrong_is_underlined_and_answered() {
    const CASES: &[(&str, &str)] = &[
        (
            "review-probabilty = 0.5",
            "unknown key \"review-probabilty\": did you mean \"review-probability\"?\n \
             --> rolecall.toml:1:1\n  |\n1 | review-probabilty = 0.5\n  | ^^^^^^^^^^^^^^^^^",
        ),
        (
            "# thresholds\nreview-margin = \"much\"",
            "this is string \"much\"; write a number\n --> rolecall.toml:2:17\n  |\n2 | review-margin = \"much\"\n  \
             |                 ^^^^^^",
        ),
        ("review-margin = 6", "6 is not a number from 0 to 1\n --> rolecall.toml:1:17"),
        ("fail-on = \"warn\"", "unknown value \"warn\": did you mean \"warning\"?\n --> rolecall.toml:1:11"),
        ("fail-on = true", "write a name between quotes\n --> rolecall.toml:1:11"),
        (
            "max-warnings = -1",
            "this is the number `-1`; write a whole number, 0 or more\n --> rolecall.toml:1:16",
        ),
        (
            "[rules]\nRC02 = \"off\"",
            "no rule is called \"RC02\": did you mean \"RC002\"?\n --> rolecall.toml:2:1",
        ),
        (
            "[rules]\nmislabeled-title = \"off\"",
            "no rule is called \"mislabeled-title\": did you mean \"mislabelled-title\"?\n --> rolecall.toml:2:1",
        ),
        (
            "select = [\"E501\"]",
            "no rule is called \"E501\": rolecall rule lists them\n --> rolecall.toml:1:1",
        ),
        (
            "[rules]\nRC002 = \"off\"\nmixed-role = \"note\"",
            "RC002 is listed twice, by code and by name\n --> rolecall.toml:3:1",
        ),
        ("[rules]\nRC002 = \"loud\"", "unknown value \"loud\": write one of off, note, warning, error\n"),
        ("expect = \"po\"", "unknown value \"po\": write one of pm, pmm\n"),
        ("[[overrides]]\nexpect = \"pm\"", "\"files\" is missing here\n --> rolecall.toml:1:1"),
        (
            "[[overrides]]\nfiles = [\"[a\"]",
            "\"[a\" is not a glob: unclosed character class; missing ']'\n --> rolecall.toml:2:9",
        ),
        (
            "[[overrides]]\nfile = [\"a\"]",
            "unknown key \"file\": did you mean \"files\"?\n --> rolecall.toml:2:1",
        ),
        (
            "exclude = [\"../other\"]",
            "\"../other\" is not a glob: it must stay below the folder of the configuration",
        ),
        ("[[ignore]]\nrule = \"RC001\"\nid = \"7\"", "\"reason\" is missing here\n --> rolecall.toml:1:1"),
        (
            "[[ignore]]\nrule = \"RC001\"\nid = \"7\"\nreason = \" \"",
            "this says nothing: give some words\n --> rolecall.toml:4:10",
        ),
        ("[[ignore]]\nrule = \"RC001\"\nreason = \"so\"", "say which finding is accepted, with files or id;"),
        (
            "[[ignore]]\nrule = \"RC001\"\nid = \"7\"\nreason = \"so\"\nexpires = 2027-02-30",
            "invalid date, expected day between 01 and 28\n --> rolecall.toml:5:1",
        ),
        (
            "[[ignore]]\nrule = \"RC001\"\nid = \"7\"\nreason = \"so\"\nexpires = \"soon\"",
            "\"soon\" is not a date: write year, month and day, such as 2027-01-31\n --> rolecall.toml:5:11",
        ),
        (
            "[scan]\nmap = { titel = \"a\" }",
            "unknown key \"titel\": did you mean \"title\"?\n --> rolecall.toml:2:9",
        ),
        ("[scan]\nmap = { title = 3 }", "write a name, or a list of names\n --> rolecall.toml:2:17"),
        ("[scan]\nmap = { title = \"a..b\" }", "\"a..b\" is no name of a column or key"),
        (
            "[lexicons]\nextend = [\"a\"]",
            "unknown key \"extend\": did you mean \"extends\"?\n --> rolecall.toml:2:1",
        ),
        ("fail-on = ", "string values must be quoted, expected literal string\n --> rolecall.toml:1:11"),
        ("fail-on = \"error\"\nfail-on = \"note\"", "duplicate key\n --> rolecall.toml:2:1"),
        ("\u{1b}[31m = 1", "\n1 |  [31m = 1\n  | "),
    ];
    let mut wrong = Vec::new();
    for (text, expected) in CASES {
        let told = refusal(text);
        if !told.contains(expected) || told.contains('\u{1b}') {
            wrong.push(format!("{text}\n---\n{told}\n--- expected\n{expected}\n"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n=====\n"));
}

#[test]
fn a_later_layer_has_the_last_say() {
    let mut config =
        read("review-margin = 0.1\nfail-on = \"note\"\nignore = [\"RC007\"]\n[rules]\nRC008 = \"off\"");
    config.update(&read("review-margin = 0.2\nignore = [\"RC004\"]\n[rules]\nRC002 = \"error\""));
    assert_eq!(config.judging.review_margin.as_ref().map(|said| said.value), Some(0.2));
    assert_eq!(config.fail_on.as_ref().unwrap().value, FailOn::Note);
    assert_eq!(config.judging.ignore.as_ref().unwrap().value, [Code::Rc007, Code::Rc004]);
    assert_eq!(config.judging.rules.len(), 2);
    config.update(&read("select = [\"RC007\", \"RC008\"]"));
    assert!(config.judging.ignore.is_none());
    assert!(!config.judging.rules.contains_key(&Code::Rc008));
}
