//! `rolecall report`: turns the results of scans into something to read, and compares two audits.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use rolecall::comparison::{Comparison, Postings};
use rolecall::copies::{self, Dedupe};
use rolecall::output::{self, Output, Outputs};
use rolecall::path::shown;
use rolecall::report::{self, EvidenceMode, Format};
use rolecall::results::{self, Finished, ResultsError};
use rolecall::rule::Code;
use rolecall::source::{Input, InputError};
use rolecall::summary::GroupBy;
use rolecall::vocabulary::{Ruling, Severity};
use rolecall::{Outcome, Summary};

use super::collect::Collector;
use super::options::{Totals, counted, one_of};
use super::{Exit, fault, note, remarks, screen};

/// Options of `report`
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Reads what scan wrote with -o jsonl or -o json, compressed or not; nothing is judged again. Scan with --with-text to \
have the full text in the page.

Exit code 0: everything was read; 2: wrong usage, or some results could not be read (the rest is still reported).")]
pub(crate) struct Args {
    /// Results of one or several scans, or shards of one, as files or globs; - reads standard input
    #[arg(value_name = "RESULTS", required = true)]
    results: Vec<PathBuf>,
    /// Write table, html, markdown, csv, parquet, json, jsonl or summary; repeatable [default: table]
    #[arg(short, long = "output", value_name = "FORMAT[=FILE]")]
    outputs: Vec<Output>,
    /// Say what changed since these earlier results; repeatable, for shards
    #[arg(long, value_name = "OLD")]
    compare: Vec<PathBuf>,
    #[command(flatten)]
    totals: Totals,
    /// What to do with postings that repeat earlier ones, also across results: mark them and count them once, drop them,
    /// or leave them as scan left them
    #[arg(long, value_name = "HOW", default_value = "mark", value_parser = one_of(Dedupe::ALL, Dedupe::name))]
    dedupe: Dedupe,
    /// Write only judged postings with these verdicts, with --compare only changes to them; all are counted
    #[arg(long, value_name = "VERDICT,…", value_delimiter = ',', value_parser = one_of(Ruling::ALL, Ruling::name))]
    only: Vec<Ruling>,
}

/// Reports.
pub(super) fn run(args: Args, quiet: bool) -> Result<Exit> {
    let (results, missing) = named(&args.results)?;
    let (old, no_old) = named(&args.compare)?;
    if let Some(error) = no_old.into_iter().next() {
        return Err(error.into());
    }
    refuse_twice(&results)?;
    refuse_twice(&old)?;
    let outputs = match args.outputs {
        outputs if outputs.is_empty() => vec![Output { format: Format::Table, file: None }],
        outputs => outputs,
    };
    screen::refuse_binary(&outputs)?;
    let read: Vec<Input> = results.iter().chain(&old).flat_map(|path| Input::named(path)).collect();
    let files = || outputs.iter().filter_map(|output| output.file.as_deref());
    output::refuse_inputs(files(), &read)?;
    let comparison = if old.is_empty() {
        None
    } else {
        refuse_groups(&args.totals.group_by, &outputs)?;
        let comparison = compare(&old, &results, &outputs)?;
        Some(if args.only.is_empty() { comparison } else { comparison.only(&args.only) })
    };
    let writing = report::Options {
        color: screen::color(),
        width: screen::width(),
        // What the results hold is written.
        evidence: EvidenceMode::All,
        with_text: true,
        only: (!args.only.is_empty()).then_some(args.only),
        csv_bom: args.totals.csv_bom,
        summary: args.totals.summary_format,
        comparison: comparison.map(Arc::new),
    };
    let open = Outputs::open(&outputs, &writing)?;
    let summary = Summary::default().grouped_by(&args.totals.group_by);
    let mut collector = Collector::new(args.dedupe, summary, open);
    let mut configurations = BTreeSet::new();
    let mut interrupted = false;
    let (mut unreadable, mut unknown) = (0, 0);
    let ended = match &*results {
        [only] => results::read(only, |outcome| collector.take(outcome, |_| Some(usual_severity())))
            .map_or_else(
                |error| ControlFlow::Continue(vec![Err(error)]),
                |end| end.map_continue(|end| vec![Ok(end)]),
            ),
        // What is a copy in a part may be one of another posting in the whole.
        parts => results::read_together(parts, |outcome| match args.dedupe {
            Dedupe::Off => collector.take(outcome, |_| None),
            Dedupe::Mark | Dedupe::Drop => {
                let (outcome, severity) = copies::unmarked(outcome);
                collector.take(outcome, |_| severity.unwrap_or_else(|| Some(usual_severity())))
            }
        }),
    };
    let parts = match ended {
        ControlFlow::Continue(parts) => parts,
        ControlFlow::Break(Ok(())) => return Ok(Exit::Fine),
        ControlFlow::Break(Err(error)) => return Err(error.into()),
    };
    let mut unread: Vec<anyhow::Error> = missing.into_iter().map(anyhow::Error::from).collect();
    let mut any = false;
    for part in parts {
        match part {
            Ok(Finished { unreadable: more, unknown: rows, summary: whole }) => {
                any = true;
                unreadable += more;
                unknown += rows;
                if let Some(whole) = whole {
                    configurations.extend(whole.configurations);
                    interrupted |= whole.interrupted;
                }
            }
            Err(error) => unread.push(error.into()),
        }
    }
    let last = if any { None } else { unread.pop() };
    for error in &unread {
        fault(error);
    }
    let (summary, open) = collector.finish(|summary| {
        summary.configurations.extend(configurations);
        summary.interrupted = interrupted;
    });
    if let Some(error) = last {
        open.discard();
        return Err(error);
    }
    open.finish(&summary)?;
    output::clear(files(), &read);
    if !quiet {
        remarks::of(&summary);
    }
    if unknown > 0 && !quiet {
        let rows = counted(unknown, "row");
        note(&format!("left out {rows} of flags and evidence under names that only a later version knows"));
    }
    if unreadable > 0 && !quiet {
        note(&format!("{unreadable} of the records could not be read; they count as failed"));
    }
    Ok(if unreadable == 0 && unread.is_empty() { Exit::Fine } else { Exit::Trouble })
}

/// The files that were typed, also by globs, and what is not there.
fn named(typed: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<InputError>)> {
    let (mut files, mut missing) = (Vec::new(), Vec::new());
    for typed in typed {
        match Input::named(typed) {
            Ok(input) => files.extend(input.paths()),
            Err(error @ InputError::BadGlob { .. }) => return Err(error.into()),
            Err(error) => missing.push(error),
        }
    }
    Ok((files, missing))
}

/// What RC009 is worth where nobody says otherwise.
fn usual_severity() -> Severity {
    Code::Rc009.rule().severity
}

/// A comparison has no totals to break down, but on a page.
fn refuse_groups(group_by: &[GroupBy], outputs: &[Output]) -> Result<()> {
    match outputs.iter().find(|output| output.format != Format::Html) {
        Some(output) if !group_by.is_empty() => bail!(
            "--group-by breaks down the totals, and a comparison as {} has none: give -o html, or leave one of \
             --group-by and --compare out",
            output.format
        ),
        _ => Ok(()),
    }
}

/// What changed from the earlier results to the later ones.
fn compare(old: &[PathBuf], new: &[PathBuf], outputs: &[Output]) -> Result<Comparison> {
    if let Some(output) = outputs.iter().find(|output| !report::shows_comparison(output.format)) {
        bail!(
            "{} shows no comparison: give table, markdown, json or html, or leave --compare out",
            output.format
        );
    }
    if [old, new].concat().iter().any(|path| path.as_os_str() == "-") {
        bail!("--compare reads its files twice, which standard input cannot: write it to a file first");
    }
    let mut before = Postings::default();
    for path in old {
        add(&mut before, path)?;
    }
    let mut after = Postings::default();
    for path in new {
        // What cannot be read of these is told when they are reported.
        let _ = add(&mut after, path);
    }
    Ok(Comparison::new(&before, &after))
}

fn add(postings: &mut Postings, path: &Path) -> Result<(), ResultsError> {
    results::read(path, |outcome: Outcome| {
        postings.add(&outcome);
        ControlFlow::<()>::Continue(())
    })
    .map(|_| ())
}

/// The same file twice would count every posting twice.
fn refuse_twice(paths: &[PathBuf]) -> Result<()> {
    let mut seen = BTreeSet::new();
    for path in paths {
        let real = fs::canonicalize(path).unwrap_or_else(|_: io::Error| Path::new(path).to_owned());
        if !seen.insert(real) {
            bail!("{} is given twice: its postings would count twice", shown(path));
        }
    }
    Ok(())
}
