//! Reviewdog's diagnostics, one a line.
//!
//! | field | value |
//! |---|---|
//! | `message` | what is wrong, and what to do |
//! | `location.path` | the path as typed, without `./` |
//! | `location.range` | `start` and `end`, exclusive, each `line` and `column`; columns in bytes of UTF-8. Only `start.line` where a record has but a line; none for a document of paragraphs |
//! | `severity` | `ERROR`, `WARNING`, `INFO` |
//! | `source.name` | `rolecall` |
//! | `code.value` | code of the rule; that of the fault for what cannot be read |
//! | `related_locations[]` | the deciding words: `message` and `location` |

use std::io::{self, Write};

use serde::Serialize;

use super::place::before_message;
use super::{Base, LONGEST};
use crate::problem::{CheckRun, Problem, Region, Unit};
use crate::report::safe;
use crate::vocabulary::Severity;

#[derive(Serialize)]
struct Diagnostic {
    message: String,
    location: Location,
    severity: &'static str,
    source: Source,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Related>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Code {
    value: String,
}

#[derive(Serialize)]
struct Related {
    message: String,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Position>,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

/// Writes the run.
pub(super) fn write(out: &mut dyn Write, run: &CheckRun) -> io::Result<()> {
    for problem in &run.problems {
        safe::json(out, &diagnostic(problem))?;
        out.write_all(b"\n")?;
    }
    for failed in &run.failed {
        let diagnostic = Diagnostic {
            message: safe::line(&failed.message, LONGEST),
            location: location(&failed.path, failed.line.map(Region::line).as_ref()),
            severity: "ERROR",
            source: Source { name: "rolecall" },
            code: Code { value: failed.code.clone() },
            related_locations: Vec::new(),
        };
        safe::json(out, &diagnostic)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn diagnostic(problem: &Problem) -> Diagnostic {
    let related = problem.secondary.iter().filter_map(|label| {
        let region = label.region.as_ref()?;
        let message = format!("\"{}\": {}", safe::line(&label.text, 80), safe::line(&label.message, 200));
        Some(Related { message, location: location(&problem.path, Some(region)) })
    });
    Diagnostic {
        message: format!(
            "{}{}\nhelp: {}",
            before_message(problem),
            safe::line(&problem.message, LONGEST),
            safe::line(&problem.help, LONGEST)
        ),
        location: location(&problem.path, problem.primary.as_ref()),
        severity: match problem.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Note => "INFO",
        },
        source: Source { name: "rolecall" },
        code: Code { value: problem.code.code().to_owned() },
        related_locations: related.collect(),
    }
}

fn location(path: &str, region: Option<&Region>) -> Location {
    let range = region.filter(|region| region.unit == Unit::Line).map(|region| Range {
        start: Position { line: region.line, column: region.span.map(|span| span.byte_column) },
        end: region.span.map(|span| Position { line: region.end_line, column: Some(span.end_byte_column) }),
    });
    Location { path: Base::default().relative(path), range }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::report::check::Format;
    use crate::report::check::testing::{hostile, run, schema_beside_the_clone, written};

    fn lines(run: &CheckRun) -> Vec<Value> {
        written(Format::Rdjsonl, run).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn columns_are_bytes() {
        let lines = lines(&run());
        assert_eq!(lines.len(), 5);
        let words = &lines[0]["related_locations"][0]["location"];
        assert_eq!(
            *words,
            json!({"path": "jobs/payments.md",
                   "range": {"start": {"line": 7, "column": 12}, "end": {"line": 7, "column": 31}}})
        );
        assert_eq!(lines[2]["location"]["range"], json!({"start": {"line": 14}}));
        assert_eq!(lines[3]["location"], json!({"path": "jobs/lead.docx"}));
        assert_eq!(lines[4]["code"]["value"], "unsupported-format");
    }

    #[test]
    fn each_line_is_valid_against_the_schema_of_reviewdog() {
        let Some(schema) = schema_beside_the_clone("rdjson/Diagnostic.json") else { return };
        let validator = jsonschema::draft4::new(&schema).unwrap();
        for line in lines(&run()).iter().chain(&lines(&hostile())) {
            let complaints: Vec<_> = validator.iter_errors(line).map(|error| error.to_string()).collect();
            assert!(complaints.is_empty(), "{complaints:?}\n{line}");
        }
    }
}
