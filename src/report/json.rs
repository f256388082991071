//! One JSON object: `{"schema":"rolecall.run/1","postings":[…],"summary":{…}}`.
//!
//! It is written as the run goes, with the summary last. Each posting is the object that a line of
//! [`jsonl`](super::jsonl) holds, and stands on a line of its own.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::jsonl::Trim;
use super::{Options, Report, safe};
use crate::outcome::{Outcome, Record};
use crate::summary::Summary;

/// The schema name of the whole object.
pub const SCHEMA: &str = "rolecall.run/1";

/// The whole object, as its schema describes it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Run {
    /// Always `rolecall.run/1`.
    pub schema: String,
    /// The records, in input order.
    pub postings: Vec<Record>,
    /// What they add up to; it stands last.
    pub summary: Summary,
}

/// Writes one JSON object.
pub struct Json {
    out: Box<dyn Write + Send>,
    trim: Trim,
    begun: bool,
}

impl Json {
    /// Writes to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send>, options: &Options) -> Self {
        Self { out, trim: Trim::new(options), begun: false }
    }

    fn begin(&mut self) -> io::Result<()> {
        self.begun = true;
        write!(self.out, "{{\"schema\":\"{SCHEMA}\",\"postings\":[")
    }
}

impl Report for Json {
    fn record(&mut self, outcome: &Outcome) -> io::Result<()> {
        if self.begun {
            self.out.write_all(b",")?;
        } else {
            self.begin()?;
        }
        self.out.write_all(b"\n")?;
        self.trim.write(&mut self.out, outcome)
    }

    fn finish(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        if !self.begun {
            self.begin()?;
        }
        self.out.write_all(b"\n],\"summary\":")?;
        safe::json(&mut self.out, summary)?;
        self.out.write_all(b"}\n")?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::outcome::SkipReason;
    use crate::report::Format;
    use crate::report::testing::written;

    #[test]
    fn the_object_holds_every_posting_and_the_summary_last() {
        let all =
            [fixture::posting("Product Manager").outcome(), fixture::skipped(SkipReason::NoText, "b", 2)];
        for count in 0..=all.len() {
            let text = written(Format::Json, &Options::default(), &all[..count]);
            let run: serde_json::Value = serde_json::from_str(&text).unwrap();
            assert_eq!(run["schema"], SCHEMA);
            assert_eq!(run["postings"].as_array().unwrap().len(), count);
            assert_eq!(run["summary"]["records"], count);
            assert!(text.find("\"summary\"") > text.rfind("\"postings\""));
            assert_eq!(text.lines().count(), count + 2);
        }
    }
}
