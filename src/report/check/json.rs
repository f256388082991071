//! Everything that was found, as one JSON object of the schema `rolecall.check/1`.
//!
//! `rolecall schema check` prints the schema. Within `/1` fields are only added and enums may grow.
//! Problems, postings, skipped and failed ones stand on a line each, in input order.
//!
//! | field | value |
//! |---|---|
//! | `schema` | `"rolecall.check/1"` |
//! | `version` | version of the program |
//! | `summary` | `files`, `checked`, `errors`, `warnings`, `notes`, `review`, `skipped`, `failed`, `suppressed`, `baselined` |
//! | `problems[]` | `path`, `record` or null, `id` or null, `title` or null, `code`, `rule`, `severity`, `message`, `help`, `primary` or null, `secondary[]`, `fingerprint` |
//! | `problems[].primary` | a region, see below |
//! | `problems[].secondary[]` | `region` or null, `text`, `message` |
//! | region | `unit` (`line`, `paragraph`), `line`, `end_line`, `span` or null, `excerpt[]` |
//! | region `span` | `start` and `end` in bytes; `column` and `end_column` in Unicode scalar values, `byte_column` and `end_byte_column`; all columns from 1, all ends exclusive |
//! | region `excerpt[]` | `line`, `text`, `before` (characters cut off before the text), `cut` (whether some are cut off after it) |
//! | `checked[]` | `path`, `record` or null, `id`, `title` or null, `claimed`, `described`, `verdict`, `confidence`; and `review` with `why` and `help` where the verdict is `review` |
//! | `skipped[]` | `path`, `record` or null, `id`, `title` or null, `reason` |
//! | `failed[]` | `path`, `record` or null, `line` or null, `code`, `message` |

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::problem::{CheckRun, Checked, Problem, SCHEMA, Totals, Unchecked, Unreadable};
use crate::report::safe;

/// The whole object.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Page<'r> {
    /// Always `rolecall.check/1`.
    pub schema: &'r str,
    /// Version of the program.
    pub version: &'r str,
    /// The run in numbers.
    pub summary: Totals,
    /// What is wrong, in input order.
    pub problems: &'r [Problem],
    /// The postings that were judged.
    pub checked: &'r [Checked],
    /// The postings with nothing to judge.
    pub skipped: &'r [Unchecked],
    /// What could not be read.
    pub failed: &'r [Unreadable],
}

/// Writes the run.
pub(super) fn write(out: &mut dyn Write, run: &CheckRun) -> io::Result<()> {
    let page = Page {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        summary: run.totals(),
        problems: &run.problems,
        checked: &run.checked,
        skipped: &run.skipped,
        failed: &run.failed,
    };
    write!(out, "{{\"schema\":\"{}\",\"version\":\"{}\",\"summary\":", page.schema, page.version)?;
    safe::json(out, &page.summary)?;
    list(out, "problems", page.problems)?;
    list(out, "checked", page.checked)?;
    list(out, "skipped", page.skipped)?;
    list(out, "failed", page.failed)?;
    out.write_all(b"}\n")
}

fn list<T: Serialize>(out: &mut dyn Write, name: &str, items: &[T]) -> io::Result<()> {
    write!(out, ",\n\"{name}\":[")?;
    for (at, item) in items.iter().enumerate() {
        out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        safe::json(out, item)?;
    }
    out.write_all(if items.is_empty() { b"]" } else { b"\n]" })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::report::check::Format;
    use crate::report::check::testing::{HOSTILE, hostile, run, written};

    #[test]
    fn all_of_a_run_is_in_the_object_unchanged() {
        for run in [run(), hostile(), CheckRun::default()] {
            let page: Value = serde_json::from_str(&written(Format::Json, &run)).unwrap();
            assert_eq!(page["schema"], SCHEMA);
            let problems: Vec<Problem> = serde_json::from_value(page["problems"].clone()).unwrap();
            let checked: Vec<Checked> = serde_json::from_value(page["checked"].clone()).unwrap();
            let skipped: Vec<Unchecked> = serde_json::from_value(page["skipped"].clone()).unwrap();
            let failed: Vec<Unreadable> = serde_json::from_value(page["failed"].clone()).unwrap();
            let summary: Totals = serde_json::from_value(page["summary"].clone()).unwrap();
            assert_eq!(summary, run.totals());
            assert_eq!((problems, checked), (run.problems, run.checked));
            assert_eq!((skipped, failed), (run.skipped, run.failed));
        }
        let page: Value = serde_json::from_str(&written(Format::Json, &hostile())).unwrap();
        assert_eq!(page["problems"][0]["title"], HOSTILE);
    }
}
