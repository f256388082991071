//! GitLab's Code Quality report: a JSON array with an object for each problem.
//!
//! | field | value |
//! |---|---|
//! | `description` | code, name, what is wrong, and what to do |
//! | `check_name` | code of the rule; that of the fault for what cannot be read |
//! | `fingerprint` | unique in the report; survives moved lines |
//! | `severity` | `major` for errors, `minor` for warnings, `info` for notes; `critical` for what cannot be read |
//! | `location.path` | path from the root of the repository |
//! | `location.lines.begin`, `.end` | lines; 1 where there are none |

use std::io::{self, Write};

use serde::Serialize;

use super::place::before_message;
use super::unique::{Unique, hash};
use super::{LONGEST, Options};
use crate::problem::{CheckRun, Problem, Region, Unit};
use crate::report::safe;
use crate::vocabulary::Severity;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// Writes the run.
pub(super) fn write(out: &mut dyn Write, run: &CheckRun, options: &Options) -> io::Result<()> {
    let mut unique = Unique::default();
    let mut issues: Vec<Issue> = run
        .problems
        .iter()
        .map(|problem| {
            let path = options.base.relative(&problem.path);
            Issue {
                description: description(problem),
                check_name: problem.code.code().to_owned(),
                fingerprint: unique.in_run(problem, &path),
                severity: match problem.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Note => "info",
                },
                location: Location { path, lines: lines(problem.primary.as_ref()) },
            }
        })
        .collect();
    issues.extend(run.failed.iter().enumerate().map(|(at, failed)| {
        let path = options.base.relative(&failed.path);
        Issue {
            description: format!("not read: {}", safe::line(&failed.message, LONGEST)),
            check_name: failed.code.clone(),
            fingerprint: hash(&[&path, &failed.code, &at.to_string()]),
            severity: "critical",
            location: Location { path, lines: lines(failed.line.map(Region::line).as_ref()) },
        }
    }));
    out.write_all(b"[")?;
    for (at, issue) in issues.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        safe::json(out, issue)?;
    }
    out.write_all(if issues.is_empty() { b"]\n" } else { b"\n]\n" })
}

fn description(problem: &Problem) -> String {
    format!(
        "{} {}: {}{}. Help: {}",
        problem.code.code(),
        problem.rule,
        before_message(problem),
        safe::line(&problem.message, LONGEST).trim_end_matches('.'),
        safe::line(&problem.help, LONGEST)
    )
}

fn lines(region: Option<&Region>) -> Lines {
    match region {
        Some(Region { unit: Unit::Line, line, end_line, .. }) => Lines { begin: *line, end: *end_line },
        _ => Lines { begin: 1, end: 1 },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::report::check::Format;
    use crate::report::check::testing::{Draft, run, written};
    use crate::rule::Code;

    fn issues(run: &CheckRun) -> Vec<Value> {
        serde_json::from_str(&written(Format::Gitlab, run)).unwrap()
    }

    #[test]
    fn every_problem_and_every_unreadable_file_is_an_issue() {
        let issues = issues(&run());
        let seen: Vec<_> = issues
            .iter()
            .map(|issue| {
                json!([
                    issue["check_name"],
                    issue["severity"],
                    issue["location"]["path"],
                    issue["location"]["lines"]["begin"]
                ])
            })
            .collect();
        assert_eq!(
            seen,
            [
                json!(["RC001", "major", "jobs/payments.md", 2]),
                json!(["RC100", "minor", "jobs/payments.md", 5]),
                json!(["RC004", "info", "jobs/board list.csv", 14]),
                json!(["RC003", "minor", "jobs/lead.docx", 1]),
                json!(["unsupported-format", "critical", "jobs/old.pdf", 1]),
            ]
        );
        let text = issues[3]["description"].as_str().unwrap();
        assert!(text.starts_with("RC003 unsupported-title: paragraph 2: "), "{text}");
        assert!(text.contains(". Help: "), "{text}");
    }

    #[test]
    fn no_two_issues_have_the_same_fingerprint() {
        let draft = Draft::new("a.md", "# Product Manager\n");
        let problems = vec![draft.problem(Code::Rc001, "Product"); 3];
        let found = issues(&CheckRun { problems, ..CheckRun::default() });
        let mut prints: Vec<_> = found.iter().map(|issue| issue["fingerprint"].to_string()).collect();
        prints.sort();
        prints.dedup();
        assert_eq!(prints.len(), 3);
    }
}
