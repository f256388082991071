//! Where a record was read, as editors and terminals follow it.

use super::safe;
use crate::posting::SourceRef;

/// `path:line`, and the record where it is another number.
pub(super) fn place(source: &SourceRef) -> String {
    let SourceRef { path, record, line } = source;
    let path = safe::line(path, 400);
    match line {
        Some(line) if line == record => format!("{path}:{line}"),
        Some(line) => format!("{path}:{line} (record {record})"),
        None => format!("{path} (record {record})"),
    }
}
