//! The summary as CSV: a header, then one figure a row.
//!
//! | column | value |
//! |---|---|
//! | `section` | `records`, `skipped`, `failed`, `duplicates`, `verdicts`, `mislabelled`, `matrix`, `areas`, `suspected-faults`, or the field of `--group-by` |
//! | `name` | what is counted: a verdict, a reason, an area, a company … |
//! | `detail` | the second name where there are two: the description in `matrix`, the verdict in a group |
//! | `count` | how many postings or records |
//! | `of`, `share`, `low`, `high` | of how many, the share, and its 95% interval; empty where there is none |
//!
//! Cells that could run as formulas are defused, as in the [records](crate::report::csv).

use std::io::{self, Write};

use crate::outcome::Outcome;
use crate::report::totals::{self, Figure};
use crate::report::{Report, csv::as_io, safe};
use crate::summary::Summary;

/// The columns, in order.
pub const COLUMNS: [&str; 8] = ["section", "name", "detail", "count", "of", "share", "low", "high"];

/// Writes the summary as CSV.
pub(super) struct SummaryCsv {
    pub(super) out: Box<dyn Write + Send>,
    /// Whether a byte order mark comes first.
    pub(super) bom: bool,
}

impl Report for SummaryCsv {
    fn record(&mut self, _: &Outcome) -> io::Result<()> {
        Ok(())
    }

    fn finish(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        if self.bom {
            self.out.write_all("\u{FEFF}".as_bytes())?;
        }
        let mut rows = ::csv::Writer::from_writer(self.out);
        rows.write_record(COLUMNS).map_err(as_io)?;
        for Figure { section, name, detail, count, share } in totals::figures(summary) {
            let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
            let share = share.unwrap_or_default();
            let of = if share.of > 0 { share.of.to_string() } else { String::new() };
            rows.write_record([
                section,
                &*safe::cell(&name),
                &*safe::cell(detail),
                &count.to_string(),
                &of,
                &number(share.share),
                &number(share.low),
                &number(share.high),
            ])
            .map_err(as_io)?;
        }
        rows.flush()
    }
}
