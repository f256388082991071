//! The report for a person at a terminal: the overview and what it is broken down by, then the flagged postings, worst
//! first.
//!
//! Only the worst are kept in memory, so a board of millions costs no more than one of hundreds.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use super::paint::Paint;
use super::text::{counted, fit, fit_end, number, width, wrap};
use super::{Options, Report, breakdown, overview, safe};
use crate::outcome::{Failed, Judged, Outcome};
use crate::summary::Summary;
use crate::vocabulary::Ruling;

mod row;
mod layout;
#[cfg(test)]
mod tests;

pub(super) use super::place::place;
use layout::Layout;
use row::Row;

/// How many postings are shown.
const ROWS: usize = 50;

/// How many unreadable records are shown.
const FAILURES: usize = 10;

/// Writes the table, when all is known.
pub struct Table {
    out: Box<dyn Write + Send>,
    options: Options,
    rows: BTreeMap<Rank, Row>,
    listed: u64,
    failures: Vec<(String, String)>,
    failed: u64,
}

/// Orders postings worst first: by verdict, then surest first, then as read.
type Rank = (usize, Reverse<u64>, u64);

impl Table {
    /// Writes to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send>, options: &Options) -> Self {
        Self {
            out,
            options: options.clone(),
            rows: BTreeMap::new(),
            listed: 0,
            failures: Vec::new(),
            failed: 0,
        }
    }

    fn keep(&mut self, judged: &Judged) {
        let ruling = judged.verdict.verdict;
        // A copy is listed with the posting that it repeats. With `only`, whatever comes here was asked for. A rule that is off leaves its postings without a flag.
        let flagged = ruling == Ruling::Review || (ruling.is_flagged() && !judged.verdict.flags.is_empty());
        if judged.duplicate_of.is_some() || (self.options.only.is_none() && !flagged) {
            return;
        }
        self.listed += 1;
        // The bits of a positive float sort as the float does.
        let rank = (ruling.badness(), Reverse(judged.verdict.confidence.to_bits()), self.listed);
        if self.rows.len() < ROWS {
            self.rows.insert(rank, Row::new(judged));
        } else if self.rows.last_key_value().is_some_and(|(mildest, _)| rank < *mildest) {
            self.rows.pop_last();
            self.rows.insert(rank, Row::new(judged));
        }
    }

    fn fail(&mut self, failed: &Failed) {
        self.failed += 1;
        if self.failures.len() < FAILURES {
            let what = format!("{}: {}", failed.error.code, failed.error.message);
            self.failures.push((place(&failed.source), safe::line(&what, 400)));
        }
    }

    fn postings(&mut self) -> io::Result<()> {
        let paint = Paint::new(self.options.color);
        let noun = if self.options.only.is_some() { "Postings asked for" } else { "Flagged postings" };
        writeln!(self.out)?;
        if self.rows.is_empty() {
            let none = if self.options.only.is_some() {
                "No posting has such a verdict."
            } else {
                "No posting is flagged."
            };
            return writeln!(self.out, "{none}");
        }
        let hidden = self.listed - self.rows.len() as u64;
        let part = if hidden > 0 { format!(" ({} of {})", ROWS, number(self.listed)) } else { String::new() };
        writeln!(self.out, "{}{part}", paint.bold(&format!("{noun}, worst first")))?;
        let layout = Layout::of(self.rows.values(), &self.options);
        writeln!(self.out)?;
        layout.heading(&mut self.out)?;
        for row in self.rows.values() {
            writeln!(self.out)?;
            layout.write(&mut self.out, row)?;
        }
        if hidden > 0 {
            let more = format!(
                "{} not shown; write them all with -o jsonl=FILE, -o json=FILE or -o csv=FILE.",
                counted(hidden, "more posting"),
            );
            writeln!(self.out)?;
            for line in wrap(&more, self.options.width) {
                writeln!(self.out, "{}", paint.dim(&line))?;
            }
        }
        Ok(())
    }

    fn unreadable(&mut self) -> io::Result<()> {
        if self.failures.is_empty() {
            return Ok(());
        }
        let paint = Paint::new(self.options.color);
        writeln!(self.out)?;
        writeln!(self.out, "{}", paint.bold("Could not be read"))?;
        for (place, what) in &self.failures {
            let place = fit_end(place, self.options.width / 2);
            let what = fit(what, self.options.width.saturating_sub(width(&place) + 4));
            writeln!(self.out, "  {place}  {what}")?;
        }
        let hidden = self.failed - self.failures.len() as u64;
        if hidden > 0 {
            let more = format!("  {} not shown.", counted(hidden, "more record"));
            writeln!(self.out, "{}", paint.dim(&more))?;
        }
        Ok(())
    }
}

impl Report for Table {
    fn record(&mut self, outcome: &Outcome) -> io::Result<()> {
        match outcome {
            Outcome::Judged(judged) => self.keep(judged),
            Outcome::Failed(failed) => self.fail(failed),
            Outcome::Skipped(_) => {}
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        overview::write(&mut self.out, summary, &self.options)?;
        if summary.counts.judged > 0 {
            breakdown::write(&mut self.out, summary, &self.options)?;
            self.postings()?;
        }
        self.unreadable()?;
        self.out.flush()
    }
}
