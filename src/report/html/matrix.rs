//! What titles call against what duties describe, as a table.

use crate::report::audit::Audit;
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
pub(super) fn rows(summary: &Summary, audit: &Audit) -> Vec<MatrixRow> {
    let cell = |claimed: Claim, described: Described| {
        let count = summary.cell(claimed, described);
        let doubtful = audit.doubtful(claimed, described);
        Cell {
            column: column(described),
            count: number(count),
            zero: count == 0,
            ruling: Ruling::of(claimed, described),
            doubt: (doubtful > 0 && described != Described::Insufficient)
                .then(|| format!("{} to review", number(doubtful))),
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
