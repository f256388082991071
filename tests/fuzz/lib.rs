//! What the fuzz targets share: one reader over one input, and what must hold of whatever comes out.

use std::io;
use std::sync::{Arc, LazyLock};

use rolecall::report::{self, EvidenceMode, Format as Output};
use rolecall::source::{Format, Input, Mapping, Options, Raw, Records};
use rolecall::{Analyzer, Outcome, Posting, Settings, Summary};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(Settings::default()));

/// The records of `bytes`, read as a file of this name; numbered one after another.
fn records(name: &str, format: Option<Format>, bytes: &[u8]) -> Vec<Raw> {
    let options = Options { format, ..Options::default() };
    let raws: Vec<Raw> = Records::new(vec![Input::held(name, bytes)], options).collect();
    for (raw, number) in raws.iter().zip(1..) {
        assert_eq!(raw.source.record, number);
    }
    raws
}

/// Parses the records of `bytes` as a file of this name; no fault may be one of ours.
pub fn read(name: &str, format: Option<&str>, bytes: &[u8]) -> Vec<Posting> {
    let format = format.map(|format| format.parse().expect("a format that is known"));
    let raws = records(name, format, bytes);
    let mapping = Mapping::default();
    let read = raws.iter().map(|raw| raw.posting(&mapping).map_err(|outcome| *outcome));
    read.filter_map(|record| match record {
        Ok(posting) => Some(posting),
        Err(outcome) => {
            check(&outcome);
            None
        }
    })
    .collect()
}

fn check(outcome: &Outcome) {
    if let Outcome::Failed(failed) = outcome {
        assert_ne!(failed.error.code, "internal-error", "{}", failed.error.message);
    }
}

/// Reads, judges and reports `bytes` as a file of this name, in every output.
pub fn whole(name: &str, bytes: &[u8]) {
    let mapping = Arc::new(Mapping::default());
    let options = report::Options {
        color: true,
        width: 100,
        evidence: EvidenceMode::All,
        ..report::Options::default()
    };
    let mut reports: Vec<_> =
        Output::ALL.iter().map(|format| report::open(*format, Box::new(io::sink()), &options)).collect();
    let mut summary = Summary::new(ANALYZER.lexicon().hash(), &Arc::from(""));
    let raws = records(name, None, bytes);
    let received = raws.len() as u64;
    for raw in raws {
        let outcome = match raw.posting(&mapping) {
            Ok(posting) => ANALYZER.outcome(posting),
            Err(outcome) => *outcome,
        };
        check(&outcome);
        summary.add(&outcome);
        for report in &mut reports {
            report.record(&outcome).expect("a sink takes all");
        }
    }
    summary.received(received);
    let counts = summary.counts;
    assert_eq!(counts.judged + counts.skipped + counts.failed, counts.records);
    for report in reports {
        report.finish(&summary).expect("a sink takes all");
    }
}
