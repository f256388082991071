//! The tables that postings were grouped by: for each name the verdicts, and the share mislabelled.

use crate::report::text::{counted, interval, number};
use crate::report::totals;
use crate::summary::Summary;
use crate::vocabulary::Ruling;

/// How many names are shown.
const NAMES: usize = 50;

/// Postings by the names of one field.
pub(super) struct Breakdown {
    pub(super) heading: &'static str,
    pub(super) rows: Vec<BreakdownRow>,
    /// What is left out.
    pub(super) more: String,
}

/// The postings of one name.
pub(super) struct BreakdownRow {
    pub(super) name: String,
    /// All, those that match, the mislabelled, and those to review.
    pub(super) counts: [String; 4],
    pub(super) share: String,
}

/// A table for each field that was asked for.
pub(super) fn breakdowns(summary: &Summary) -> Vec<Breakdown> {
    summary
        .groups
        .iter()
        .map(|(&field, groups)| {
            let (rows, left_out) = totals::groups(groups, NAMES);
            Breakdown {
                heading: totals::heading(field),
                rows: rows
                    .into_iter()
                    .map(|(name, group)| BreakdownRow {
                        name,
                        counts: [
                            group.postings,
                            group.ruled(Ruling::Match),
                            group.ruled(Ruling::Mislabelled),
                            group.ruled(Ruling::Review),
                        ]
                        .map(number),
                        share: interval(group.mislabelled).unwrap_or_default(),
                    })
                    .collect(),
                more: match left_out {
                    0 => String::new(),
                    count => counted(count as u64, "more name"),
                },
            }
        })
        .collect()
}
