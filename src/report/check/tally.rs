//! A run in words: the headline of every report for people.

use std::collections::BTreeMap;

use crate::problem::{CheckRun, Totals};
use crate::report::text::{counted, number};

/// "2 errors, 1 warning", or "no problems".
pub(super) fn headline(totals: &Totals) -> String {
    let levels = [(totals.errors, "error"), (totals.warnings, "warning"), (totals.notes, "note")];
    let named: Vec<String> =
        levels.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun)).collect();
    if named.is_empty() { "no problems".to_owned() } else { named.join(", ") }
}

/// "2 errors in 12 postings of 10 files; 3 left to review: too uncertain to tell; 1 suppressed; 2 skipped (no-text)".
pub(super) fn sentence(run: &CheckRun) -> String {
    let totals = run.totals();
    let mut parts = vec![format!(
        "{} in {} of {}",
        headline(&totals),
        counted(totals.checked, "posting"),
        counted(totals.files, "file")
    )];
    if totals.review > 0 {
        parts.push(format!("{} left to review: too uncertain to tell", number(totals.review)));
    }
    if totals.suppressed > 0 {
        parts.push(format!("{} suppressed", number(totals.suppressed)));
    }
    if totals.baselined > 0 {
        parts.push(format!("{} in the baseline", number(totals.baselined)));
    }
    if totals.skipped > 0 {
        parts.push(format!("{} skipped ({})", number(totals.skipped), reasons(run)));
    }
    if totals.failed > 0 {
        parts.push(format!("{} could not be read", number(totals.failed)));
    }
    parts.join("; ")
}

/// "no-text 2, unlisted 1".
fn reasons(run: &CheckRun) -> String {
    let mut counts = BTreeMap::new();
    for skipped in &run.skipped {
        *counts.entry(skipped.reason).or_insert(0_u64) += 1;
    }
    let named: Vec<String> =
        counts.iter().map(|(reason, count)| format!("{} {}", reason.name(), number(*count))).collect();
    named.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::check::testing::run;

    #[test]
    fn a_run_is_told_in_one_sentence() {
        assert_eq!(sentence(&CheckRun::default()), "no problems in 0 postings of 0 files");
        assert_eq!(
            sentence(&run()),
            "1 error, 2 warnings, 1 note in 5 postings of 6 files; 1 left to review: too uncertain to tell; \
             1 suppressed; 2 in the baseline; 1 skipped (no-text 1); 1 could not be read"
        );
    }
}
