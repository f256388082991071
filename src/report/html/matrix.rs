//! What titles call against what duties describe, as a table.

use crate::report::text::number;
use crate::summary::Summary;
use crate::vocabulary::{Claim, Described, Ruling};

/// What the duties describe, for one kind of title.
pub(super) struct MatrixRow {
    pub(super) name: &'static str,
    pub(super) cells: Vec<Cell>,
}

/// Postings that claim and describe so.
pub(super) struct Cell {
    /// What the duties describe: the heading of its column.
    pub(super) column: &'static str,
    pub(super) count: String,
    pub(super) zero: bool,
    pub(super) ruling: Ruling,
    /// The verdict of those that have one: its name, behind their number where not all have.
    pub(super) decided: Option<String>,
    /// How many are under review.
    pub(super) doubt: Option<String>,
}

/// The headings of the columns.
pub(super) fn columns() -> Vec<&'static str> {
    Described::ALL.iter().map(|&described| column(described)).collect()
}

fn column(described: Described) -> &'static str {
    match described {
        Described::Pm => "Product mgmt",
        Described::Pmm => "Product mktg",
        Described::Mixed => "Mixed",
        Described::Neither => "Another job",
        Described::Insufficient => "Too little",
    }
}

/// Claimed × described; rows that no posting claims are left out.
pub(super) fn rows(summary: &Summary) -> Vec<MatrixRow> {
    let cell = |claimed: Claim, described: Described| {
        let count = summary.cell(claimed, described);
        let ruling = Ruling::of(claimed, described);
        let doubtful = summary.under_review(claimed, described).min(count);
        let decided = count - doubtful;
        Cell {
            column: column(described),
            count: number(count),
            zero: count == 0,
            ruling,
            decided: match (decided, doubtful) {
                (0, 1..) if ruling != Ruling::Review => None,
                (_, 0) | (0, _) => Some(ruling.to_string()),
                (decided, _) => Some(format!("{} {ruling}", number(decided))),
            },
            doubt: (doubtful > 0 && ruling != Ruling::Review).then(|| match decided {
                0 => "to review".to_owned(),
                _ => format!("{} to review", number(doubtful)),
            }),
        }
    };
    Claim::ALL
        .iter()
        .filter(|&&claimed| Described::ALL.iter().any(|&described| summary.cell(claimed, described) > 0))
        .map(|&claimed| MatrixRow {
            name: match claimed {
                Claim::Pm => "Product manager",
                Claim::Pmm => "Product marketing manager",
                Claim::Both => "Both roles",
                Claim::Other => "Another job",
                Claim::None => "No job named",
            },
            cells: Described::ALL.iter().map(|&described| cell(claimed, described)).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn what_is_left_to_review_is_no_verdict() {
        let mut summary = Summary::default();
        for ruling in [Ruling::Hidden, Ruling::Hidden, Ruling::Review] {
            summary.add(&fixture::posting("x").ruled(Claim::Other, Described::Pm, ruling, 0.9).outcome());
        }
        summary.add(&fixture::posting("x").ruled(Claim::Pm, Described::Pmm, Ruling::Review, 0.6).outcome());
        let rows = rows(&summary);
        let told = |row: usize, cell: usize| {
            let Cell { count, decided, doubt, .. } = &rows[row].cells[cell];
            (count.as_str(), decided.as_deref(), doubt.as_deref())
        };
        assert_eq!(told(1, 0), ("3", Some("2 hidden"), Some("1 to review")));
        assert_eq!(told(0, 1), ("1", None, Some("to review")));
    }
}
