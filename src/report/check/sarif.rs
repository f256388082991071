//! SARIF 2.1.0, as code scanning on GitHub takes it.
//!
//! | field | value |
//! |---|---|
//! | `tool.driver.rules[]` | all rules: `id`, `name`, `shortDescription`, `fullDescription`, `help` in text and Markdown, `defaultConfiguration.level` |
//! | `results[]` | `ruleId`, `ruleIndex`, `level`, `message.text` with what is wrong and what to do |
//! | `locations[0]` | the file from the root of the repository, percent-encoded, and the region: `startLine`, `startColumn`, `endLine`, `endColumn` |
//! | `relatedLocations[]` | the deciding words, each with its message |
//! | `partialFingerprints.primaryLocationLineHash` | fingerprint and number in the file |
//! | `columnKind` | `unicodeCodePoints`; ends are exclusive |
//! | `automationDetails.id` | `rolecall/`: uploads of other tools stand beside this one and do not replace it |
//! | `invocations[0]` | what could not be read, what is left to review, and how many results were left out, as notifications |
//!
//! A record of a list, and a document of paragraphs, stand at their line or at line 1; the message names
//! them. At most 5,000 results are written, the gravest, since code scanning takes no more.

mod log;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use super::place::before_message;
use super::unique::Unique;
use super::{LONGEST, Options};
use crate::problem::{CheckRun, Label, Problem, Region, Unit};
use crate::report::safe;
use crate::report::text::number;
use crate::rule::{RULES, Rule};
use crate::vocabulary::Severity;

use log::{
    Artifact, Automation, Configuration, Descriptor, Driver, Finding, Invocation, Location, Log, Message,
    Notification, Physical, Place, Properties, Run, Tool,
};

/// Results that code scanning keeps of a run.
const RESULTS: usize = 5000;

/// Related locations of a result; code scanning shows no more.
const RELATED: usize = 100;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// How many problems of a run are left out.
#[must_use]
pub fn omitted(run: &CheckRun) -> usize {
    run.problems.len().saturating_sub(RESULTS)
}

/// Writes the run.
pub(super) fn write(out: &mut dyn Write, run: &CheckRun, options: &Options) -> io::Result<()> {
    let mut unique = Unique::default();
    let mut results: Vec<(Severity, Finding)> = run
        .problems
        .iter()
        .map(|problem| (problem.severity, finding(problem, unique.in_file(problem), options)))
        .collect();
    // The sort keeps the order of the input among equals.
    results.sort_by_key(|(severity, _)| Reverse(*severity));
    results.truncate(RESULTS);
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "rolecall",
                    version: env!("CARGO_PKG_VERSION"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: RULES.iter().map(descriptor).collect(),
                },
            },
            automation_details: Automation { id: "rolecall/" },
            invocations: [Invocation {
                execution_successful: run.failed.is_empty(),
                tool_execution_notifications: notifications(run, options),
            }],
            column_kind: "unicodeCodePoints",
            results: results.into_iter().map(|(_, finding)| finding).collect(),
        }],
    };
    safe::json(out, &log)?;
    out.write_all(b"\n")
}

fn descriptor(rule: &Rule) -> Descriptor {
    let guide = rule.code.guide();
    Descriptor {
        id: rule.code.code(),
        name: rule.name,
        short_description: Message::new(rule.summary),
        full_description: Message::new(guide.meaning),
        help: Message {
            text: format!("{} {}", guide.meaning, guide.remedy),
            markdown: Some(format!(
                "{}\n\n**What to do.** {}\n\n`rolecall rule {}` shows an example.",
                guide.meaning,
                guide.remedy,
                rule.code.code()
            )),
        },
        default_configuration: Configuration { level: rule.severity.name() },
        properties: Properties {
            tags: ["job-postings", "titles"],
            precision: "high",
            severity: match rule.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "recommendation",
            },
        },
    }
}

fn finding<'r>(problem: &Problem, fingerprint: String, options: &Options) -> Finding<'r> {
    let said = format!(
        "{}{}. Help: {}.",
        unlinked(&before_message(problem)),
        text(&problem.message, LONGEST).trim_end_matches('.'),
        text(&problem.help, LONGEST).trim_end_matches('.')
    );
    let related = problem.secondary.iter().filter_map(|label| related(label, &problem.path, options));
    Finding {
        rule_id: problem.code.code(),
        rule_index: RULES.iter().position(|rule| rule.code == problem.code).unwrap_or_default(),
        level: problem.severity.name(),
        message: Message::new(&said),
        locations: [location(&problem.path, problem.primary.as_ref(), options)],
        related_locations: related
            .take(RELATED)
            .enumerate()
            .map(|(at, related)| Location { id: Some(at + 1), ..related })
            .collect(),
        partial_fingerprints: BTreeMap::from([("primaryLocationLineHash", fingerprint)]),
    }
}

fn related(label: &Label, path: &str, options: &Options) -> Option<Location> {
    let region = label.region.as_ref()?;
    let words = text(&label.text, 80);
    let said = match text(&label.message, 200) {
        message if message.is_empty() => format!("\"{words}\""),
        message => format!("\"{words}\": {message}"),
    };
    Some(Location { message: Some(Message::new(&said)), ..location(path, Some(region), options) })
}

fn location(path: &str, region: Option<&Region>, options: &Options) -> Location {
    let region = region.filter(|region| region.unit == Unit::Line);
    let span = region.and_then(|region| region.span);
    let place = Place {
        start_line: region.map_or(1, |region| region.line),
        start_column: span.map(|span| span.column),
        end_line: region.map(|region| region.end_line),
        end_column: span.map(|span| span.end_column),
    };
    let artifact_location = Artifact { uri: options.base.uri(path) };
    Location { id: None, physical: Physical { artifact_location, region: place }, message: None }
}

fn notifications(run: &CheckRun, options: &Options) -> Vec<Notification> {
    let mut notifications: Vec<Notification> = run
        .failed
        .iter()
        .map(|failed| {
            let said = format!("not read ({}): {}", text(&failed.code, 80), text(&failed.message, LONGEST));
            let region = failed.line.map(Region::line);
            Notification {
                level: "error",
                message: Message::new(&said),
                locations: vec![location(&failed.path, region.as_ref(), options)],
            }
        })
        .collect();
    notifications.extend(run.unexplained().map(|(checked, advice)| {
        let said = format!(
            "left to review: {}. Help: {}.",
            text(&advice.why, LONGEST),
            text(&advice.help, LONGEST).trim_end_matches('.')
        );
        let locations = vec![location(&checked.path, None, options)];
        Notification { level: "note", message: Message::new(&said), locations }
    }));
    let omitted = omitted(run);
    if omitted > 0 {
        let said = format!(
            "{} more problems are left out, the least grave: code scanning takes {RESULTS} results of a run",
            number(u64::try_from(omitted).unwrap_or(u64::MAX))
        );
        notifications.push(Notification {
            level: "warning",
            message: Message::new(&said),
            locations: Vec::new(),
        });
    }
    notifications
}

/// Posting text in a message.
fn text(text: &str, limit: usize) -> String {
    unlinked(&safe::line(text, limit))
}

/// Text without links: `[text](target)` is one in a message.
fn unlinked(text: &str) -> String {
    text.replace("](", "] (")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::report::check::Format;
    use crate::report::check::testing::{Draft, hostile, run, schema_beside_the_clone, written};
    use crate::rule::Code;

    fn log(run: &CheckRun) -> Value {
        serde_json::from_str(&written(Format::Sarif, run)).unwrap()
    }

    #[test]
    fn pages_are_valid_against_the_schema() {
        let Some(schema) = schema_beside_the_clone("sarif/sarif-schema-2.1.0.json") else { return };
        let validator = jsonschema::draft4::options().should_validate_formats(true).build(&schema).unwrap();
        assert!(!validator.is_valid(&json!({"version": "2.1.0"})), "the schema refuses something");
        for run in [run(), hostile(), CheckRun::default()] {
            let complaints: Vec<_> =
                validator.iter_errors(&log(&run)).map(|error| error.to_string()).collect();
            assert!(complaints.is_empty(), "{complaints:?}");
        }
    }

    #[test]
    fn what_github_asks_for_is_there() {
        let log = log(&run());
        let run = &log["runs"][0];
        for rule in run["tool"]["driver"]["rules"].as_array().unwrap() {
            for field in ["shortDescription", "fullDescription", "help"] {
                let text = rule[field]["text"].as_str().unwrap();
                assert!(!text.is_empty() && text.chars().count() <= 1024, "{field} of {}", rule["id"]);
            }
        }
        for result in run["results"].as_array().unwrap() {
            let rule = &run["tool"]["driver"]["rules"]
                [usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(!result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap().is_empty());
            let place = &result["locations"][0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().unwrap();
            assert!(!uri.starts_with('.') && !uri.starts_with('/') && !uri.contains(' '), "{uri}");
            assert!(place["region"]["startLine"].as_u64().unwrap() >= 1);
        }
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        assert_eq!(run["invocations"][0]["executionSuccessful"], false);
        assert_eq!(run["invocations"][0]["toolExecutionNotifications"][0]["level"], "error");
    }

    #[test]
    fn columns_are_code_points_and_the_other_words_are_related() {
        let log = log(&run());
        let results = &log["runs"][0]["results"];
        let physical = &results[0]["relatedLocations"][0]["physicalLocation"];
        assert_eq!(
            physical["region"],
            json!({"startLine": 7, "startColumn": 9, "endLine": 7, "endColumn": 28})
        );
        assert_eq!(
            results[0]["relatedLocations"][0]["message"]["text"],
            "\"product positioning\": positioning"
        );
        let list: Vec<_> =
            results.as_array().unwrap().iter().map(|result| result["ruleId"].clone()).collect();
        assert_eq!(list, ["RC001", "RC100", "RC003", "RC004"]);
        assert_eq!(
            results[3]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "jobs/board%20list.csv"
        );
    }

    #[test]
    fn the_gravest_stay_within_the_limit_and_the_rest_is_told() {
        let draft = Draft::new("a.md", "# Product Manager\n");
        let mut problems = vec![draft.problem(Code::Rc004, "Product"); RESULTS];
        problems.extend(vec![draft.problem(Code::Rc001, "Product"); 2]);
        let log = log(&CheckRun { problems, ..CheckRun::default() });
        let run = &log["runs"][0];
        let results = run["results"].as_array().unwrap();
        assert_eq!(results.len(), RESULTS);
        assert_eq!((&results[1]["ruleId"], &results[2]["ruleId"]), (&json!("RC001"), &json!("RC004")));
        let told =
            run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
        assert!(told.starts_with("2 more problems are left out"), "{told}");
    }

    #[test]
    fn posting_text_is_no_link() {
        assert_eq!(text("[x](https://e.example)", 100), "[x] (https://e.example)");
    }
}
