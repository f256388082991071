//! `rolecall explain`: one posting laid open.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::ValueEnum;
use rolecall::outcome::{Judged, SkipReason, Skipped};
use rolecall::path::shown;
use rolecall::report::explain::stage::{self, Stage};
use rolecall::report::explain::{self as page, Options};
use rolecall::report::html::draft;
use rolecall::report::jsonl::Jsonl;
use rolecall::report::{self, EvidenceMode, Report as _};
use rolecall::source::{self, Input, Mapping, Raw, Records};
use rolecall::trace::Trace;
use rolecall::{Analyzer, Outcome, Posting, Summary, check, language, reading};

use super::options::{Configured, Judging, Rules, one_of};
use super::{Exit, lexicons, options, screen};

/// Options of `explain`
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Found words are underlined; without color a line below them has ^^^ for terms of the hire's own work, --- for terms \
of nobody's or somebody else's, and ~~~ for the words that tell whose it is.

Exit code 0: the posting was read; 2: wrong usage, or it could not be read.")]
pub(crate) struct Args {
    /// A file with the posting; - reads standard input
    #[arg(value_name = "DRAFT")]
    draft: PathBuf,
    /// Judge the text under this title instead of its own
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Take this record of a file that holds several, counted from 1
    #[arg(long, value_name = "N", conflicts_with = "id", value_parser = clap::value_parser!(u64).range(1..))]
    record: Option<u64>,
    /// Take the record with this id
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// Print this stage alone
    #[arg(long, value_name = "STAGE", value_parser = one_of(Stage::ALL, Stage::name))]
    stage: Option<Stage>,
    /// Write text, json (the record as scan writes it, or the stage), or html: a page to send to the author
    #[arg(short, long = "output", value_name = "FORMAT", value_enum, default_value_t)]
    output: Format,
    /// Say which names hold which fields, such as title=Position,body=ad.text; repeatable
    #[arg(long, value_name = "FIELD=NAME,…")]
    map: Vec<Mapping>,
    /// Read the file as this format instead of telling it from the first bytes
    #[arg(long, value_name = "FORMAT", value_parser = one_of(source::Format::ALL, source::Format::name))]
    format: Option<source::Format>,
    #[command(flatten)]
    rules: Rules,
    #[command(flatten)]
    judging: Judging,
}

/// How the explanation is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person
    #[default]
    Text,
    /// One JSON object
    Json,
    /// A page with the full text, to send to its author
    Html,
}

/// Explains one posting.
pub(super) fn run(args: Args, configured: &Configured) -> Result<Exit> {
    let mapping: Mapping = args.map.into_iter().collect();
    let resolver = configured.resolver(options::typed(&args.judging, Some(&args.rules)))?;
    let effective = resolver.for_file(&args.draft)?;
    let mapping = mapping.or(&effective.map);
    let choice = Choice { record: args.record, id: args.id };
    let found = choice.find(&args.draft, args.format, mapping)?;
    let analyzer = lexicons::analyzer(&effective)?;
    let (outcome, trace) = match found {
        Err(outcome) => (*outcome, None),
        Ok((mut posting, is_draft)) => {
            match args.title {
                Some(title) => posting.entitle(title),
                None => analyzer.entitle(&mut posting),
            }
            match check::declared(&posting, is_draft, effective.expect) {
                Ok(declared) => {
                    let trace = analyzer.trace(&posting);
                    (analyzer.outcome_as(posting, declared), Some(trace))
                }
                Err(failed) => (Outcome::Failed(*failed), None),
            }
        }
    };
    match (outcome, trace, args.output) {
        (Outcome::Judged(judged), Some(trace), output) => {
            print_judged(&judged, &trace, &analyzer, args.stage, output)
        }
        (outcome, _, Format::Json) => {
            let failed = matches!(outcome, Outcome::Failed(_));
            let exit = record(&outcome)?;
            Ok(if failed { Exit::Trouble } else { exit })
        }
        (Outcome::Skipped(skipped), _, Format::Html) => {
            screen::print(|out| draft::write_skipped(out, &skipped, &said(&skipped)))
        }
        (Outcome::Skipped(skipped), _, Format::Text) => {
            screen::print(|out| writeln!(out, "{}", said(&skipped)))
        }
        (Outcome::Failed(failed), _, Format::Text | Format::Html) => {
            let place = failed.source.line.map(|line| format!(":{line}")).unwrap_or_default();
            bail!("{}{place}: {}", failed.source.path, failed.error.message)
        }
        (Outcome::Judged(_), None, Format::Text | Format::Html) => {
            bail!("the posting was judged before it was read")
        }
    }
}

fn print_judged(
    judged: &Judged,
    trace: &Trace,
    analyzer: &Analyzer,
    stage: Option<Stage>,
    output: Format,
) -> Result<Exit> {
    let options = Options { color: screen::color(), width: screen::width() };
    match (stage, output) {
        (None, Format::Html) => {
            let mut judged = judged.clone();
            judged.reading = Some(reading::passages(&trace.clauses, &judged.verdict.evidence));
            screen::print(|out| draft::write(out, &judged, trace))
        }
        (None, Format::Json) => record(&Outcome::Judged(Box::new(judged.clone()))),
        (None, Format::Text) => {
            screen::print(|out| page::write(out, judged, trace, analyzer.settings(), options))
        }
        (Some(stage), Format::Json) => screen::print(|out| stage::json(out, stage, judged, trace)),
        (Some(stage), Format::Html) => {
            bail!("html shows every stage: leave --stage {} out", stage.name())
        }
        (Some(stage), Format::Text) => screen::print(|out| stage::write(out, stage, judged, trace, options)),
    }
}

/// Writes the record as `scan` does, with all its evidence.
fn record(outcome: &Outcome) -> Result<Exit> {
    let options = report::Options { evidence: EvidenceMode::All, ..report::Options::default() };
    let mut report = Box::new(Jsonl::new(Box::new(std::io::stdout()), &options));
    match report.record(outcome).and_then(|()| report.finish(&Summary::default())) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(Exit::Fine),
        written => Ok(written.map(|()| Exit::Fine)?),
    }
}

/// Why a posting was not judged, and what would help.
fn said(skipped: &Skipped) -> String {
    match skipped.reason {
        SkipReason::NoText => "skipped, no-text: there is no text to judge".to_owned(),
        SkipReason::UnsupportedLanguage => format!(
            "skipped, unsupported-language: the text is in {}; rolecall reads English only",
            match skipped.language.as_deref() {
                Some(code) => language::name(code).unwrap_or(code),
                None => "another language",
            }
        ),
        reason => format!("skipped, {}: the source says so", reason.name()),
    }
}

/// Which record of the input is meant.
struct Choice {
    record: Option<u64>,
    id: Option<String>,
}

impl Choice {
    /// Finds the record: its posting, and whether that is all there is in the file; or how it ended instead.
    fn find(
        &self,
        draft: &Path,
        format: Option<source::Format>,
        mapping: Mapping,
    ) -> Result<Result<(Posting, bool), Box<Outcome>>> {
        let shown = shown(draft);
        if draft.is_dir() {
            bail!("{shown} is a folder; explain reads one posting: name its file");
        }
        let mapping = Arc::new(mapping);
        let options = source::Options { format, mapping: Arc::clone(&mapping), ..source::Options::default() };
        let mut records = Records::new(vec![Input::named(draft)?], options);
        let tally = records.tally();
        let read = |raw: Raw| raw.posting(&mapping).map(|posting| (posting, raw.is_draft()));
        if let Some(id) = &self.id {
            let wanted = |found: &Result<(Posting, bool), Box<Outcome>>| match found {
                Ok((posting, _)) => posting.id == *id,
                Err(outcome) => matches!(&**outcome, Outcome::Skipped(skipped) if skipped.id == *id),
            };
            let found = records.map(read).find(wanted);
            return found.map_or_else(|| bail!("no record of {shown} has the id \"{id}\""), Ok);
        }
        if let Some(number) = self.record {
            let found = records.by_ref().take_while(|raw| raw.source.record <= number).last();
            return match found.filter(|raw| raw.source.record == number) {
                Some(raw) => Ok(read(raw)),
                None => bail!("{shown} has no record {number}"),
            };
        }
        match (records.next(), records.next()) {
            (Some(only), None) => Ok(read(only)),
            (None, _) if tally.own_results() > 0 => {
                bail!("{shown} holds results of rolecall, not postings: name the file that was scanned")
            }
            (None, _) => bail!("no posting in {shown}"),
            (Some(_), Some(_)) => {
                bail!("{shown} holds {} records: choose one with --record N or --id ID", 2 + records.count())
            }
        }
    }
}
