//! The chart of the share of product management over the postings.

use crate::report::audit::{Audit, BINS};
use crate::report::text::{counted, number};

/// Height of the tallest bar of the histogram in pixels.
const TALLEST: u64 = 220;

/// The chart of the share of product management.
pub(super) struct HistogramView {
    pub(super) bins: Vec<Bin>,
    pub(super) label: String,
    pub(super) total: String,
    pub(super) other: bool,
}

/// One bar: heights in pixels from the bottom up.
pub(super) struct Bin {
    pub(super) range: String,
    pub(super) sum: u64,
    pub(super) counts: [u64; 3],
    pub(super) height: u64,
    pub(super) parts: Vec<(&'static str, u64, u64)>,
}

impl HistogramView {
    /// `None` when no posting holds work of either role.
    pub(super) fn new(audit: &Audit) -> Option<Self> {
        let shares = &audit.shares;
        let tallest = (0..BINS).map(|bin| shares.sum(bin)).max().filter(|&tallest| tallest > 0)?;
        let height = |count: u64| (count * TALLEST).div_ceil(tallest);
        let bins: Vec<Bin> = (0..BINS)
            .map(|bin| {
                let counts = [shares.pm[bin], shares.pmm[bin], shares.other[bin]];
                let total = height(shares.sum(bin));
                let mut top = total;
                let mut parts = Vec::new();
                for (class, &count) in
                    ["pm", "pmm", "other"].into_iter().zip(&counts).filter(|(_, count)| **count > 0)
                {
                    let tall = height(count).min(top);
                    top -= tall;
                    parts.push((class, top, tall));
                }
                let border = |twelfths: usize| (twelfths * 100 + BINS / 2) / BINS;
                Bin {
                    range: format!("{}–{}%", border(bin), border(bin + 1)),
                    sum: shares.sum(bin),
                    counts,
                    height: total,
                    parts,
                }
            })
            .collect();
        let third = |bins: &[Bin]| bins.iter().map(|bin| bin.sum).sum::<u64>();
        let label = format!(
            "Of {}, {} hold mostly product marketing, {} both in substantial shares, {} mostly product management.",
            counted(shares.total(), "posting"),
            number(third(&bins[..BINS / 3])),
            number(third(&bins[BINS / 3..2 * BINS / 3])),
            number(third(&bins[2 * BINS / 3..]))
        );
        Some(Self { bins, label, total: counted(shares.total(), "posting"), other: shares.has_other() })
    }
}
