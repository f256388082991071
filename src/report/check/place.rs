//! Places in words: what stands behind a path, or before a message where a format knows only lines.

use crate::problem::{Problem, Region, Unit};
use crate::report::safe;

/// What follows a path: `:2:8`, `:14, record 3`, `, paragraph 2`.
pub(super) fn behind_path(region: Option<&Region>, record: Option<u64>) -> String {
    let place = match region {
        Some(Region { unit: Unit::Line, line, span: Some(span), .. }) => format!(":{line}:{}", span.column),
        Some(Region { unit: Unit::Line, line, span: None, .. }) => format!(":{line}"),
        Some(Region { unit: Unit::Paragraph, line, .. }) => format!(", paragraph {line}"),
        None => String::new(),
    };
    match record {
        Some(record) => format!("{place}, record {record}"),
        None => place,
    }
}

/// What comes before a message: `record 3, "Growth Lead": ` or `paragraph 2: `, or nothing.
pub(super) fn before_message(problem: &Problem) -> String {
    match (problem.record, &problem.title, &problem.primary) {
        (Some(record), Some(title), _) => format!("record {record}, \"{}\": ", safe::line(title, 200)),
        (Some(record), None, _) => format!("record {record}: "),
        (None, _, Some(region)) if region.unit == Unit::Paragraph => format!("{}: ", named(region)),
        (None, _, _) => String::new(),
    }
}

/// `line 7`, or `paragraph 7`.
pub(super) fn named(region: &Region) -> String {
    match region.unit {
        Unit::Line => format!("line {}", region.line),
        Unit::Paragraph => format!("paragraph {}", region.line),
    }
}
