//! `rolecall scan`: audits postings in bulk.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use rolecall::output::{self, Output, Outputs};
use rolecall::report::{self, EvidenceMode};
use rolecall::resolver::Resolver;
use rolecall::source::{self, Filter, Input, Mapping, Raw, Records, Tally};
use rolecall::vocabulary::Ruling;
use rolecall::{Analyzer, Outcome, Summary, batch, reading};

use super::analyzers::Analyzers;
use super::options::{Configured, Judging, Rules, counted, jobs, one_of};
use super::progress::Progress;
use super::{Exit, note, options, unmapped};

/// Options of `scan`
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Findings never fail the run. Exit code 0: everything was read; 2: wrong usage, or some input could not be read \
(the rest is still reported).")]
pub(crate) struct Args {
    /// Files, folders or globs; - reads standard input
    #[arg(value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Write table, jsonl, json, csv, html, markdown or summary; repeatable. Without it: a table on a terminal, else jsonl
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

/// Audits the inputs.
pub(super) fn run(args: Args, configured: &Configured, quiet: bool) -> Result<Exit> {
    if args.inputs.is_empty() {
        bail!(
            "no INPUT: name files, folders or globs, or give - to read standard input (see rolecall scan --help)"
        );
    }
    let inputs = args.inputs.iter().map(|typed| Input::named(typed)).collect::<Result<Vec<_>, _>>()?;
    output::refuse_inputs(args.outputs.iter().filter_map(|output| output.file.as_deref()), &inputs)?;
    let mut mapping = Mapping::default();
    for pairs in args.map {
        mapping.extend(pairs);
    }
    let resolver = Arc::new(configured.resolver(options::typed(&args.judging, Some(&args.rules)))?);
    let effective = resolver.for_run()?;
    let mapping = Arc::new(mapping.or(&effective.map));
    let written = args.outputs.iter().filter_map(|output| output.file.clone()).collect();
    let reading = source::Options {
        format: args.format,
        mapping: Arc::clone(&mapping),
        escape: args.csv_escape.unwrap_or_default(),
        outputs: written,
        filter: filter(&resolver),
    };
    if args.explain_input {
        return explain(inputs, reading);
    }

    let analyzers = Analyzers::new(&resolver, &effective, args.evidence == EvidenceMode::All)?;
    let outputs = outputs(args.outputs);
    let writing = report::Options {
        color: anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never,
        width: width(),
        evidence: args.evidence,
        with_text: args.with_text,
        only: (!args.only.is_empty()).then_some(args.only),
        comparison: None,
    };
    let told = outputs.iter().any(|output| output.file.is_none() && sums_up(output.format));
    let streams = outputs.iter().any(|output| output.file.is_none() && !sums_up(output.format));
    let mut open = Outputs::open(&outputs, &writing)?;
    let mut summary = Summary::new(analyzers.lexicon(), &effective.settings.hash());
    let size = inputs.iter().map(Input::size).sum();
    let records = Records::new(inputs, reading);
    let tally = records.tally();
    // A bar and a stream of records would write over each other.
    let clash = streams && io::stdout().is_terminal();
    let shown = !quiet && !clash;
    let mut progress = Progress::new(shown, size, records.tally());

    let ended = batch::run(
        records,
        |raw| judge(&raw, &mapping, &analyzers.of(&raw.source.path), &writing),
        args.jobs,
        |outcome| {
            progress.step();
            summary.add(&outcome);
            match open.record(&outcome) {
                Err(error) => ControlFlow::Break(Err(error)),
                Ok(()) if open.is_closed() => ControlFlow::Break(Ok(())),
                Ok(()) => ControlFlow::Continue(()),
            }
        },
    );
    progress.finish();
    match ended {
        ControlFlow::Continue(records) => summary.received(records),
        // Whoever read the output has seen enough.
        ControlFlow::Break(Ok(())) => return Ok(Exit::Fine),
        ControlFlow::Break(Err(error)) => return Err(error.into()),
    }
    summary.configurations.extend(analyzers.configurations());
    open.finish(&summary)?;
    if !quiet {
        remarks(&summary, &tally, told);
        unmapped(&mapping);
    }
    Ok(if summary.counts.failed == 0 { Exit::Fine } else { Exit::Trouble })
}

/// Folders are searched without what the configuration of the run excludes.
fn filter(resolver: &Arc<Resolver>) -> Filter {
    let resolver = Arc::clone(resolver);
    Filter::new(move |path, named| {
        let path = Path::new(path);
        named || !resolver.for_file_of_run(path).is_ok_and(|effective| effective.excludes(path))
    })
}

/// How one record ends.
fn judge(raw: &Raw, mapping: &Mapping, analyzer: &Analyzer, options: &report::Options) -> Outcome {
    let posting = match raw.posting(mapping) {
        Ok(posting) => posting,
        Err(outcome) => return *outcome,
    };
    let copy = options.with_text.then(|| posting.clone());
    let mut outcome = analyzer.outcome(posting);
    if let (Outcome::Judged(judged), Some(posting)) = (&mut outcome, copy)
        && options.evidence.keeps(judged.verdict.verdict)
    {
        judged.reading = Some(reading::passages(&analyzer.trace(&posting).clauses, &judged.verdict.evidence));
        let parts: Vec<String> = posting.parts.into_iter().map(|part| part.text).collect();
        judged.body = Some(parts.join("\n\n"));
    }
    outcome
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

/// What a person should know besides the results.
fn remarks(summary: &Summary, tally: &Tally, told: bool) {
    let counts = summary.counts;
    if !told {
        note(&format!(
            "{} = {} judged + {} skipped + {} failed",
            counted(counts.records, "record"),
            counts.judged,
            counts.skipped,
            counts.failed
        ));
    }
    for (charset, count) in &summary.charsets {
        let them = if *count == 1 { "1 posting is" } else { &format!("{count} postings are") };
        note(&format!("{them} not UTF-8 and read as {charset}, which is a guess"));
    }
    for (files, what) in [
        (tally.read_before(), "that another input had given already"),
        (tally.own_results(), "written by rolecall itself"),
        (tally.other_text(), "whose names promise no postings; name them to have them read"),
    ] {
        if files > 0 {
            note(&format!("passed over {} {what}", counted(files, "file")));
        }
    }
}
