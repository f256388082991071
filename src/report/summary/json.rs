//! The summary as one JSON object of the schema `rolecall.summary/1`, which `rolecall schema summary` prints.

use std::io::{self, Write};

use crate::outcome::Outcome;
use crate::report::{Report, safe};
use crate::summary::Summary;

/// Writes the summary as JSON.
pub(super) struct SummaryJson(pub(super) Box<dyn Write + Send>);

impl Report for SummaryJson {
    fn record(&mut self, _: &Outcome) -> io::Result<()> {
        Ok(())
    }

    fn finish(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        safe::json(&mut self.0, summary)?;
        self.0.write_all(b"\n")?;
        self.0.flush()
    }
}
