//! The summary alone, for a person: the overview, what decided, the inputs, and what judged.

mod csv;
mod json;
mod markdown;

use std::io::{self, Write};

pub use csv::COLUMNS;

use super::paint::Paint;
use super::text::{fit, fit_end, left, number, right, width};
use super::{Options, Report, SummaryFormat, breakdown, overview, safe};
use crate::outcome::Outcome;
use crate::summary::{Counts, Summary};

/// How many inputs are listed.
const LISTED: usize = 10;

/// Writes the summary in the format that the options name.
#[must_use]
pub fn open(out: Box<dyn Write + Send>, options: &Options) -> Box<dyn Report + Send> {
    match options.summary.unwrap_or(SummaryFormat::Text) {
        SummaryFormat::Text => Box::new(SummaryText::new(out, options)),
        SummaryFormat::Json => Box::new(json::SummaryJson(out)),
        SummaryFormat::Csv => Box::new(csv::SummaryCsv { out, bom: options.csv_bom }),
        SummaryFormat::Markdown => Box::new(markdown::SummaryMarkdown(out)),
    }
}

/// Writes the summary as text.
pub struct SummaryText {
    out: Box<dyn Write + Send>,
    options: Options,
}

impl SummaryText {
    /// Writes to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send>, options: &Options) -> Self {
        Self { out, options: options.clone() }
    }
}

impl Report for SummaryText {
    fn record(&mut self, _: &Outcome) -> io::Result<()> {
        Ok(())
    }

    fn finish(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        let paint = Paint::new(self.options.color);
        overview::write(&mut self.out, summary, &self.options)?;
        breakdown::write(&mut self.out, summary, &self.options)?;
        sources(&mut self.out, summary, &self.options)?;
        origin(&mut self.out, summary, paint)?;
        self.out.flush()
    }
}

/// The inputs, those with failures first, then the largest, when there are several.
fn sources(out: &mut dyn Write, summary: &Summary, options: &Options) -> io::Result<()> {
    const COUNT: usize = 10;
    if summary.sources.len() < 2 {
        return Ok(());
    }
    let paint = Paint::new(options.color);
    let room = options.width.saturating_sub(4 * COUNT).max(12);
    let mut all: Vec<(&str, Counts)> =
        summary.sources.iter().map(|(path, &counts)| (&**path, counts)).collect();
    all.sort_by_key(|&(_, counts)| std::cmp::Reverse((counts.failed, counts.records)));
    let rows: Vec<(String, Counts)> = all
        .iter()
        .take(LISTED)
        .map(|&(path, counts)| (fit_end(&safe::line(path, 400), room), counts))
        .collect();
    let wide = rows.iter().map(|(path, _)| width(path)).max().unwrap_or(0).max(5);
    let heading: String = ["Records", "Judged", "Skipped", "Failed"].map(|name| right(name, COUNT)).concat();
    writeln!(out)?;
    writeln!(out, "{}", paint.bold(&format!("{}{heading}", left("Input", wide))))?;
    for (path, counts) in rows {
        let figures: String = [counts.records, counts.judged, counts.skipped, counts.failed]
            .map(|count| right(&number(count), COUNT))
            .concat();
        writeln!(out, "{}{figures}", left(&path, wide))?;
    }
    if all.len() > LISTED {
        let more = format!("and {} more inputs; -o json lists them", number((all.len() - LISTED) as u64));
        writeln!(out, "{}", paint.dim(&fit(&more, options.width)))?;
    }
    Ok(())
}

/// What judged: the tool, the lexicon and the configuration.
fn origin(out: &mut dyn Write, summary: &Summary, paint: Paint) -> io::Result<()> {
    writeln!(out)?;
    let mut lines = vec![format!("rolecall {}", safe::line(&summary.version, 40))];
    lines.extend(summary.lexicons.iter().map(|hash| format!("lexicon {}", safe::line(hash, 100))));
    lines
        .extend(summary.configurations.iter().map(|hash| format!("configuration {}", safe::line(hash, 100))));
    for line in lines {
        writeln!(out, "{}", paint.dim(&line))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::report::Format;
    use crate::report::testing::written;

    #[test]
    fn inputs_with_failures_come_first() {
        let fine = |record| fixture::posting("Product Manager").at("fine.jsonl", record, None).outcome();
        let outcomes = [fine(1), fine(2), fixture::failed("invalid-json", "cut short", "broken.jsonl", 1)];
        let page = written(Format::Summary, &Options::default(), &outcomes);
        assert!(page.find("\nbroken.jsonl") < page.find("\nfine.jsonl"), "{page}");
    }
}
