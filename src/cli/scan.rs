//! `rolecall scan`: audits postings in bulk.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use rolecall::copies::Dedupe;
use rolecall::guard::guarded;
use rolecall::outcome::Failed;
use rolecall::output::{self, Output, Outputs};
use rolecall::report::{self, EvidenceMode};
use rolecall::resolver::Resolver;
use rolecall::rule::Code;
use rolecall::shard::Shard;
use rolecall::source::{self, Filter, Input, Mapping, Raw, Records};
use rolecall::vocabulary::Ruling;
use rolecall::{Outcome, Summary, batch, reading};

use super::analyzers::Analyzers;
use super::collect::Collector;
use super::interrupt::Interrupt;
use super::options::{Configured, Judging, Rules, Totals, counted, jobs, one_of};
use super::progress::Progress;
use super::{Exit, help, note, options, remarks, screen, unmapped};

/// Options of `scan`
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Findings never fail the run. Exit code 0: everything was read; 2: wrong usage, or some input could not be read \
(the rest is still reported).")]
pub(crate) struct Args {
    /// Files, folders or globs; - reads standard input
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Write table, jsonl, json, csv, parquet, html, markdown or summary; repeatable. Without it: a table on a terminal, else jsonl
    #[arg(short, long = "output", value_name = "FORMAT[=FILE]")]
    outputs: Vec<Output>,
    /// Say which names hold which fields, such as title=Position,body=ad.text; repeatable
    #[arg(long, value_name = "FIELD=NAME,…")]
    map: Vec<Mapping>,
    /// Read every input as this format instead of telling it from the first bytes
    #[arg(long, value_name = "FORMAT", value_parser = one_of(source::Format::ALL, source::Format::name))]
    format: Option<source::Format>,
    /// What stands before quotes inside CSV cells, such as \; none where they are doubled. Told from the first rows
    /// when not given
    #[arg(long, value_name = "CHAR", allow_hyphen_values = true)]
    csv_escape: Option<source::Escape>,
    /// Say how each input would be read, and why; judge nothing
    #[arg(long)]
    explain_input: bool,
    /// What to do with postings that repeat earlier ones: mark them and count them once, drop them, or do not look for
    /// them
    #[arg(long, value_name = "HOW", default_value = "mark", value_parser = one_of(Dedupe::ALL, Dedupe::name))]
    dedupe: Dedupe,
    /// Read one part of the postings, such as 2/5; report puts the results of all parts together
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    #[command(flatten)]
    totals: Totals,
    /// Write only judged postings with these verdicts; all are counted
    #[arg(long, value_name = "VERDICT,…", value_delimiter = ',', value_parser = one_of(Ruling::ALL, Ruling::name))]
    only: Vec<Ruling>,
    /// Whose evidence to write
    #[arg(long, value_name = "WHOSE", default_value = "flagged",
          value_parser = one_of(EVIDENCE, evidence_name))]
    evidence: EvidenceMode,
    /// Write the text of the postings whose evidence is written
    #[arg(long)]
    with_text: bool,
    /// Threads that judge; 0 means one for each core
    #[arg(short, long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = jobs)]
    jobs: usize,
    #[command(flatten)]
    rules: Rules,
    #[command(flatten)]
    judging: Judging,
}

const EVIDENCE: &[EvidenceMode] = &[EvidenceMode::None, EvidenceMode::Flagged, EvidenceMode::All];

fn evidence_name(mode: EvidenceMode) -> &'static str {
    match mode {
        EvidenceMode::None => "none",
        EvidenceMode::Flagged => "flagged",
        EvidenceMode::All => "all",
    }
}

impl Args {
    /// How reports are written.
    fn writing(&self) -> report::Options {
        report::Options {
            color: anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
            width: width(),
            evidence: self.evidence,
            with_text: self.with_text,
            only: (!self.only.is_empty()).then(|| self.only.clone()),
            comparison: None,
            csv_bom: self.totals.csv_bom,
            summary: self.totals.summary_format,
        }
    }
}

/// Audits the inputs.
pub(super) fn run(args: Args, configured: &Configured, quiet: bool) -> Result<Exit> {
    if args.inputs.is_empty() {
        return no_input();
    }
    let inputs = Input::all_named(&args.inputs)?;
    let writing = args.writing();
    output::refuse_inputs(args.outputs.iter().filter_map(|output| output.file.as_deref()), &inputs)?;
    let mapping: Mapping = args.map.into_iter().collect();
    let resolver = Arc::new(configured.resolver(options::typed(&args.judging, Some(&args.rules)))?);
    let effective = resolver.for_run()?;
    let mapping = Arc::new(mapping.or(&effective.map));
    let written: Vec<PathBuf> = args.outputs.iter().filter_map(|output| output.file.clone()).collect();
    let reading = source::Options {
        format: args.format,
        mapping: Arc::clone(&mapping),
        escape: args.csv_escape.unwrap_or_default(),
        outputs: written.clone(),
        filter: filter(&resolver),
    };
    if args.explain_input {
        return explain(inputs, reading);
    }

    let analyzers = Analyzers::new(&resolver, &effective, args.evidence == EvidenceMode::All)?;
    let outputs = outputs(args.outputs);
    screen::refuse_binary(&outputs)?;
    let told = outputs.iter().any(|output| output.file.is_none() && sums_up(output.format));
    let streams = outputs.iter().any(|output| output.file.is_none() && !sums_up(output.format));
    let open = Outputs::open(&outputs, &writing)?;
    let summary = Summary::new(analyzers.lexicon(), &effective.settings.hash());
    let summary = Summary { shard: args.shard.map(|shard| shard.to_string()), ..summary };
    let mut collector = Collector::new(args.dedupe, summary.grouped_by(&args.totals.group_by), open);
    let size = inputs.iter().map(Input::size).sum();
    let named = inputs.clone();
    let interrupt = Interrupt::listen();
    let records = Records::new(inputs, reading);
    let tally = records.tally();
    // A bar and a stream of records would write over each other.
    let clash = streams && io::stdout().is_terminal();
    let shown = !quiet && !clash;
    let mut progress = Progress::new(shown, size, records.tally());

    let judging = Judge {
        mapping: &mapping,
        analyzers: &analyzers,
        writing: &writing,
        dedupe: args.dedupe,
        shard: args.shard,
    };
    let mut elsewhere = 0;
    let ended = batch::run(
        records.take_while(|_| !interrupt.is_asked()),
        |raw| judging.judge(&raw),
        args.jobs,
        |Ended(outcome)| {
            progress.step();
            let Some(outcome) = outcome else {
                elsewhere += 1;
                return ControlFlow::Continue(());
            };
            collector.take(outcome, |path| analyzers.of(path).settings().severity(Code::Rc009))
        },
    );
    progress.finish();
    let records: u64 = match ended {
        ControlFlow::Continue(records) => records,
        ControlFlow::Break(Ok(())) => return Ok(Exit::Fine),
        ControlFlow::Break(Err(error)) => return Err(error.into()),
    };
    let interrupted = interrupt.is_asked();
    let (summary, open) = collector.finish(|summary| {
        summary.received(records - elsewhere);
        summary.interrupted = interrupted;
        summary.configurations.extend(analyzers.configurations());
    });
    let partial = if interrupted { open.leave(&summary)? } else { end(open, &summary, &written, &named)? };
    if !quiet {
        if interrupted || !told {
            remarks::sum(&summary);
        }
        if !interrupted {
            remarks::failures(&summary);
        }
        part(args.shard, elsewhere);
        remarks::of(&summary);
        remarks::passed_over(&tally);
        unmapped(&mapping);
    }
    if interrupted {
        told_to_end(records, &partial);
        return Ok(Exit::Interrupted);
    }
    Ok(if summary.counts.failed == 0 { Exit::Fine } else { Exit::Trouble })
}

/// What nothing to read comes to: help for a person, a hint for a program.
fn no_input() -> Result<Exit> {
    if io::stdin().is_terminal() {
        return help("scan");
    }
    bail!(
        "no INPUT: name files, folders or globs, or give - to read standard input (see rolecall scan --help)"
    )
}

/// Gives every file its name and removes what earlier runs left of it; nothing is left unfinished.
fn end(open: Outputs, summary: &Summary, written: &[PathBuf], inputs: &[Input]) -> Result<Vec<String>> {
    open.finish(summary)?;
    output::clear(written.iter().map(PathBuf::as_path), inputs);
    Ok(Vec::new())
}

/// Says how many records belong to other parts, when one part was asked for.
fn part(shard: Option<Shard>, elsewhere: u64) {
    if let Some(shard) = shard {
        note(&format!("part {shard}: {} belong to other parts", counted(elsewhere, "record")));
    }
}

/// Folders are searched without what the configuration of the run excludes.
fn filter(resolver: &Arc<Resolver>) -> Filter {
    let resolver = Arc::clone(resolver);
    Filter::new(move |path, named| {
        let path = Path::new(path);
        named || !resolver.for_file_of_run(path).is_ok_and(|effective| effective.excludes(path))
    })
}

/// Says how far a run came that was told to end.
fn told_to_end(records: u64, partial: &[String]) {
    let left = match partial {
        [] => String::new(),
        files => format!("; what came so far is in {}", files.join(", ")),
    };
    note(&format!("interrupted after {}{left}", counted(records, "record")));
}

/// What the judging of a record needs besides the record.
struct Judge<'a> {
    mapping: &'a Mapping,
    analyzers: &'a Analyzers<'a>,
    writing: &'a report::Options,
    dedupe: Dedupe,
    shard: Option<Shard>,
}

/// How a record ended; none when it belongs to another part of the input.
struct Ended(Option<Outcome>);

impl From<Failed> for Ended {
    fn from(failed: Failed) -> Self {
        Self(Some(Outcome::Failed(failed)))
    }
}

impl Judge<'_> {
    /// How one record ends.
    fn judge(&self, raw: &Raw) -> Ended {
        // A fault of ours in reading hits the record in every part; it is told in the one that it belongs to.
        let read = guarded(|| raw.posting(self.mapping)).unwrap_or_else(|error| {
            Err(Box::new(Outcome::Failed(Failed { source: raw.source.clone(), error })))
        });
        let posting = match read {
            Ok(posting) => posting,
            Err(outcome) => {
                return Ended(self.shard.is_none_or(|shard| shard.holds_ended(&outcome)).then_some(*outcome));
            }
        };
        if self.shard.is_some_and(|shard| !shard.holds(&posting)) {
            return Ended(None);
        }
        let copy = self.writing.with_text.then(|| posting.clone());
        let mut outcome = self.analyzers.outcome(&raw.source.path, posting, raw.is_draft());
        if let Outcome::Judged(judged) = &mut outcome {
            if self.dedupe == Dedupe::Off {
                judged.verdict.text.sketch = None;
            }
            if let Some(posting) = copy
                && self.writing.evidence.keeps(judged.verdict.verdict)
            {
                let clauses = self.analyzers.of(&raw.source.path).trace(&posting).clauses;
                judged.reading = Some(reading::passages(&clauses, &judged.verdict.evidence));
                let parts: Vec<String> = posting.parts.into_iter().map(|part| part.text).collect();
                judged.body = Some(parts.join("\n\n"));
            }
        }
        Ended(Some(outcome))
    }
}

/// The outputs that were asked for, or the one that suits standard output.
fn outputs(asked: Vec<Output>) -> Vec<Output> {
    if !asked.is_empty() {
        return asked;
    }
    let format = if io::stdout().is_terminal() { report::Format::Table } else { report::Format::Jsonl };
    vec![Output { format, file: None }]
}

/// Whether a format prints the totals by itself, and nothing before the end.
fn sums_up(format: report::Format) -> bool {
    matches!(format, report::Format::Table | report::Format::Summary)
}

/// Columns of the terminal.
fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0))
}

fn explain(inputs: Vec<Input>, options: source::Options) -> Result<Exit> {
    let mut out = io::stdout().lock();
    for explanation in source::explain(inputs, options) {
        match write!(out, "{explanation}") {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
            written => written?,
        }
    }
    Ok(Exit::Fine)
}
