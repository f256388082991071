//! The summary as Markdown: the answer, the totals, the matrix, the groups, and what else a person should know.

use std::io::{self, Write};

use crate::outcome::Outcome;
use crate::report::{Report, markdown};
use crate::summary::Summary;

/// Writes the summary as Markdown.
pub(super) struct SummaryMarkdown(pub(super) Box<dyn Write + Send>);

impl Report for SummaryMarkdown {
    fn record(&mut self, _: &Outcome) -> io::Result<()> {
        Ok(())
    }

    fn finish(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        markdown::overview(&mut self.0, summary)?;
        markdown::losses(&mut self.0, summary)?;
        self.0.flush()
    }
}
