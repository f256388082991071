//! Reads back what `scan` wrote: JSON Lines, or one JSON object, compressed or not.
//!
//! Records come in the order of the file. A line that is no record of ours ends as a failed outcome that says why, so
//! that nothing is lost without a word; a file that does not begin with our records is refused as a whole. What a later
//! version wrote is read as far as its names are known.

mod newer;
mod together;

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

pub use together::read_together;

use crate::outcome::{Failed, Fault, Outcome, Record, SCHEMA};
use crate::path;
use crate::posting::SourceRef;
use crate::source;
use crate::summary::Summary;

/// Longest line that is read.
const LINE: u64 = 256 << 20;

/// How much of the beginning tells which of our formats a file has.
const HEAD: usize = 64;

/// The schema name of the one JSON object.
const RUN: &str = "rolecall.run/1";

/// Results that cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum ResultsError {
    /// The system refused.
    #[error("cannot read {path}: {reason}")]
    Read {
        /// The file.
        path: String,
        /// What is in the way.
        reason: String,
    },
    /// The file holds something else.
    #[error("{path} holds no results of rolecall: write them first, with rolecall scan {path} -o jsonl=FILE")]
    NotResults {
        /// The file.
        path: String,
    },
}

/// What a file of results held besides its records.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finished {
    /// Records that could not be read.
    pub unreadable: u64,
    /// Flags and evidence of the others that name what this version does not know.
    pub unknown: u64,
    /// The summary, when the file holds one.
    pub summary: Option<Summary>,
}

/// Gives every record of a file of results to `sink`, until it breaks; `-` is standard input.
///
/// # Errors
/// The file cannot be opened, or holds no results.
pub fn read<B>(
    path: &Path,
    sink: impl FnMut(Outcome) -> ControlFlow<B>,
) -> Result<ControlFlow<B, Finished>, ResultsError> {
    let shown = path::shown(path);
    let refused =
        |error: io::Error| ResultsError::Read { path: shown.clone(), reason: source::reason(&error) };
    if path.is_dir() {
        return Err(refused(io::Error::other("it is a folder; name the files in it")));
    }
    let raw: Box<dyn Read + Send> =
        if shown == "-" { Box::new(io::stdin()) } else { Box::new(File::open(path).map_err(refused)?) };
    from(&shown, raw, sink)
}

/// As [`read`], from a reader.
fn from<B>(
    shown: &str,
    raw: impl Read + Send + 'static,
    sink: impl FnMut(Outcome) -> ControlFlow<B>,
) -> Result<ControlFlow<B, Finished>, ResultsError> {
    let refused =
        |error: io::Error| ResultsError::Read { path: shown.to_owned(), reason: source::reason(&error) };
    let mut reader = BufReader::with_capacity(1 << 18, source::plain(raw));
    let head = reader.fill_buf().map_err(refused)?;
    let head = String::from_utf8_lossy(&head[..head.len().min(HEAD)]).into_owned();
    let mut file = Results {
        path: Arc::from(shown),
        records: 0,
        line: 0,
        sink,
        broken: None,
        finished: Finished::default(),
    };
    if head.trim_start().starts_with('{') && head.contains(RUN) {
        file.run(reader);
    } else {
        file.lines(reader)?;
    }
    Ok(match file.broken {
        Some(value) => ControlFlow::Break(value),
        None => ControlFlow::Continue(file.finished),
    })
}

/// A file being read.
struct Results<B, F> {
    path: Arc<str>,
    records: u64,
    line: u64,
    sink: F,
    broken: Option<B>,
    finished: Finished,
}

impl<B, F: FnMut(Outcome) -> ControlFlow<B>> Results<B, F> {
    /// One record a line.
    fn lines(&mut self, mut reader: impl BufRead) -> Result<(), ResultsError> {
        let mut line = Vec::new();
        while self.broken.is_none() {
            line.clear();
            match (&mut reader).take(LINE).read_until(b'\n', &mut line) {
                Ok(0) => break,
                Ok(_) => self.line += 1,
                Err(error) if self.records == 0 => {
                    let reason = source::reason(&error);
                    return Err(ResultsError::Read { path: self.path.to_string(), reason });
                }
                Err(error) => {
                    self.fail("unreadable", format!("the rest cannot be read: {error}"));
                    break;
                }
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            match record(&line) {
                Ok((outcome, unknown)) => self.give(outcome, unknown),
                Err(fault) if self.records == 0 && fault.code == "invalid-result" => {
                    return Err(ResultsError::NotResults { path: self.path.to_string() });
                }
                Err(fault) => self.fail(&fault.code, fault.message),
            }
        }
        Ok(())
    }

    /// One JSON object with all records, read as a stream.
    fn run(&mut self, reader: impl Read) {
        let mut json = serde_json::Deserializer::from_reader(reader);
        if let Err(error) = json.deserialize_map(Run(self))
            && self.broken.is_none()
        {
            self.line = error.line() as u64;
            self.fail("invalid-result", format!("the rest cannot be read: {error}"));
        }
    }

    fn give(&mut self, outcome: Outcome, unknown: u64) {
        self.records += 1;
        self.finished.unknown += unknown;
        if let ControlFlow::Break(value) = (self.sink)(outcome) {
            self.broken = Some(value);
        }
    }

    fn fail(&mut self, code: &str, message: String) {
        self.finished.unreadable += 1;
        let line = (self.line > 0).then_some(self.line);
        let source = SourceRef { path: Arc::clone(&self.path), record: self.records + 1, line };
        self.give(Outcome::Failed(Failed { source, error: Fault { code: code.to_owned(), message } }), 0);
    }
}

/// The record on a line, and how much of it names what this version does not know.
fn record(line: &[u8]) -> Result<(Outcome, u64), Fault> {
    let fault = |code: &str, message| Err(Fault { code: code.to_owned(), message });
    let (schema, outcome) = match serde_json::from_slice::<Record>(line) {
        Ok(Record { schema, outcome }) => (schema, Ok(outcome)),
        Err(error) => {
            let named = serde_json::from_slice::<Named>(line).map(|named| named.schema).unwrap_or_default();
            (named, Err(error))
        }
    };
    match outcome {
        Ok(outcome) if schema == SCHEMA => Ok((outcome, 0)),
        Ok(_) => fault("unknown-schema", unknown(&schema)),
        Err(_) if schema.starts_with("rolecall.posting/") && schema != SCHEMA => {
            fault("unknown-schema", unknown(&schema))
        }
        Err(_) if schema == SCHEMA => newer::record(line).or_else(|error| {
            fault("unknown-result", format!("a record that this version of rolecall cannot read: {error}"))
        }),
        Err(error) => fault("invalid-result", format!("not a result of rolecall: {error}")),
    }
}

fn unknown(schema: &str) -> String {
    let schema: String = schema.chars().take(60).collect();
    format!(
        "its schema is \"{schema}\" and this version of rolecall reads {SCHEMA}; use the version that wrote it"
    )
}

/// The schema name of any of our objects.
#[derive(Deserialize)]
struct Named {
    schema: String,
}

/// Walks over the one JSON object.
struct Run<'r, B, F>(&'r mut Results<B, F>);

impl<'de, B, F: FnMut(Outcome) -> ControlFlow<B>> Visitor<'de> for Run<'_, B, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object of the schema {RUN}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "postings" => map.next_value_seed(Postings(self.0))?,
                "summary" => self.0.finished.summary = map.next_value::<Summary>().map(Some)?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// Walks over its records.
struct Postings<'r, B, F>(&'r mut Results<B, F>);

impl<'de, B, F: FnMut(Outcome) -> ControlFlow<B>> DeserializeSeed<'de> for Postings<'_, B, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, B, F: FnMut(Outcome) -> ControlFlow<B>> Visitor<'de> for Postings<'_, B, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(written) = list.next_element::<Box<RawValue>>()? {
            match record(written.get().as_bytes()) {
                Ok((outcome, unknown)) => self.0.give(outcome, unknown),
                Err(fault) => self.0.fail(&fault.code, fault.message),
            }
            if self.0.broken.is_some() {
                return Err(de::Error::custom("ended"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::fixture;

    fn line(outcome: Outcome) -> String {
        serde_json::to_string(&Record { schema: SCHEMA.to_owned(), outcome }).unwrap()
    }

    fn read_text(text: &[u8]) -> Result<(Vec<Outcome>, Finished), ResultsError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("r.jsonl");
        std::fs::write(&file, text).unwrap();
        let mut all = Vec::new();
        let finished = read(&file, |outcome| {
            all.push(outcome);
            ControlFlow::<()>::Continue(())
        })?;
        let ControlFlow::Continue(finished) = finished else { panic!("the sink never breaks") };
        Ok((all, finished))
    }

    fn outcomes() -> Vec<Outcome> {
        vec![
            fixture::posting("Product Manager").says("pm/backlog/backlog", "backlog", 1.0).outcome(),
            fixture::skipped(crate::outcome::SkipReason::NoText, "b.jsonl", 2),
            fixture::failed("invalid-json", "cut short", "b.jsonl", 3),
        ]
    }

    fn lines() -> String {
        outcomes().into_iter().map(|outcome| line(outcome) + "\n").collect()
    }

    #[test]
    fn lines_read_back_also_compressed() {
        let (all, finished) = read_text(lines().as_bytes()).unwrap();
        assert_eq!((all, finished.unreadable), (outcomes(), 0));
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(lines().as_bytes()).unwrap();
        assert_eq!(read_text(&gzip.finish().unwrap()).unwrap().0, outcomes());
    }

    #[test]
    fn one_object_reads_back_however_it_is_laid_out() {
        let mut summary = Summary::default();
        for outcome in &outcomes() {
            summary.add(outcome);
        }
        let postings = outcomes().into_iter().map(line).collect::<Vec<_>>().join(",\n");
        let run = format!(
            "{{\"schema\":\"{RUN}\",\"postings\":[{postings}],\"summary\":{}}}",
            serde_json::to_string(&summary).unwrap()
        );
        let pretty: serde_json::Value = serde_json::from_str(&run).unwrap();
        let pretty = serde_json::to_string_pretty(&pretty).unwrap();
        for text in [run.clone(), pretty.replacen("\"postings\"", "\"later\": 1,\n\"postings\"", 1)] {
            // Other tools sort the keys, so the schema may stand elsewhere than first; ours stands first.
            if !text[..HEAD.min(text.len())].contains(RUN) {
                continue;
            }
            let (all, finished) = read_text(text.as_bytes()).unwrap();
            assert_eq!((all, finished.summary), (outcomes(), Some(summary.clone())));
        }
        let (all, finished) = read_text(&run.as_bytes()[..run.len() / 2]).unwrap();
        assert_eq!(finished.unreadable, 1);
        assert!(matches!(all.last(), Some(Outcome::Failed(failed)) if failed.error.code == "invalid-result"));
    }

    #[test]
    fn a_broken_line_is_a_failed_record_and_the_rest_goes_on() {
        let good = lines();
        let newer = good.lines().next().unwrap().replace("posting/1", "posting/2");
        let text = format!("{good}{{\"schema\":\"rolecall.posting/1\",\"outcome\":\"jud\n{newer}\n\n{good}");
        let (all, finished) = read_text(text.as_bytes()).unwrap();
        assert_eq!((all.len(), finished.unreadable), (8, 2));
        let Outcome::Failed(broken) = &all[3] else { panic!("{:?}", all[3]) };
        assert_eq!(
            (broken.source.record, broken.source.line, &*broken.error.code),
            (4, Some(4), "invalid-result")
        );
        let Outcome::Failed(newer) = &all[4] else { panic!("{:?}", all[4]) };
        assert_eq!(newer.error.code, "unknown-schema");
        assert!(newer.error.message.contains("rolecall.posting/2"), "{}", newer.error.message);
    }

    #[test]
    fn a_run_over_nothing_is_no_fault() {
        for text in ["", "\n\n"] {
            assert_eq!(read_text(text.as_bytes()).unwrap(), (Vec::new(), Finished::default()));
        }
    }

    #[test]
    fn other_files_are_refused_with_what_to_do() {
        for text in ["{\"title\":\"Product Manager\"}\n", "# Product Manager\n", "id,title\n"] {
            let error = read_text(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains("holds no results of rolecall: write them first"), "{text:?}: {error}");
        }
    }
}
