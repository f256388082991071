//! `rolecall eval`: compares the program with labels of careful readers, and holds bars.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anstyle::AnsiColor;
use anyhow::{Context as _, Result, bail};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use rolecall::eval::attribution::Attribution;
use rolecall::eval::case::Case;
use rolecall::eval::gate::Bars;
use rolecall::eval::labels::{self, Label, LabelError};
use rolecall::eval::lines::{self, LineLabel};
use rolecall::eval::measure::{Intake, Measured};
use rolecall::eval::render::{Format, render};
use rolecall::eval::report::EvalReport;
use rolecall::guard::guarded;
use rolecall::output::{self, Output};
use rolecall::source::{self, Input, Mapping, Raw, Records};
use rolecall::{Analyzer, Outcome};

use super::options::{Configured, Judging, counted, jobs, one_of, share};
use super::{Exit, lexicons, note, options, say, unmapped};

/// Postings that are judged together.
const CHUNK: usize = 1024;

/// Faults that are told one by one.
const TOLD: usize = 20;

/// Options of `eval`
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without --labels each posting's own record holds its label: role (pm, pmm, mixed, neither, insufficient), and if known \
claims (pm, pmm, both, other, none), confidence, group or company, nearest. Exit code 0: measured; 1: a bar was missed; \
2: wrong usage, or some input could not be read (the rest is still measured).")]
pub(crate) struct Args {
    /// Labelled postings: files, folders or globs; - reads standard input
    #[arg(value_name = "GOLD")]
    inputs: Vec<PathBuf>,
    /// Labels by id in a JSON Lines file of their own; GOLD is then read like the input of scan
    #[arg(long, value_name = "FILE", conflicts_with = "lines")]
    labels: Option<PathBuf>,
    /// Measure single lines instead: JSON Lines with id, line, zone, role and actor
    #[arg(long, value_name = "LINES")]
    lines: Option<PathBuf>,
    /// The postings that the lines are from; GOLD does as well
    #[arg(long, value_name = "GOLD", requires = "lines")]
    postings: Vec<PathBuf>,
    /// Write text, json or markdown; repeatable. Without it: text
    #[arg(short, long = "output", value_name = "FORMAT[=FILE]")]
    outputs: Vec<Output<Format>>,
    /// List this many disagreements, the most confident first
    #[arg(long, value_name = "N", default_value_t = 10)]
    errors: usize,
    /// Say which names hold which fields, such as title=Position,body=ad.text; repeatable
    #[arg(long, value_name = "FIELD=NAME,…")]
    map: Vec<Mapping>,
    /// Read every posting input as this format instead of telling it from the first bytes
    #[arg(long, value_name = "FORMAT", value_parser = one_of(source::Format::ALL, source::Format::name))]
    format: Option<source::Format>,
    /// Threads that judge; 0 means one for each core
    #[arg(short, long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = jobs)]
    jobs: usize,
    #[command(flatten)]
    gate: Gate,
    #[command(flatten)]
    judging: Judging,
}

/// Bars that the figures must reach
#[derive(Clone, Copy, Debug, clap::Args)]
#[command(next_help_heading = "Bars")]
struct Gate {
    /// Least accuracy
    #[arg(long, value_name = "SHARE", value_parser = share, conflicts_with = "lines")]
    min_accuracy: Option<f64>,
    /// Least Cohen's kappa
    #[arg(long, value_name = "KAPPA", value_parser = share, conflicts_with = "lines")]
    min_kappa: Option<f64>,
    /// Least mean F1 of pm, pmm and neither
    #[arg(long, value_name = "F1", value_parser = share, conflicts_with = "lines")]
    min_macro_f1: Option<f64>,
    /// Most calibration error
    #[arg(long, value_name = "ERROR", value_parser = share, conflicts_with = "lines")]
    max_ece: Option<f64>,
    /// Most postings left to review
    #[arg(long, value_name = "SHARE", value_parser = share, conflicts_with = "lines")]
    max_review: Option<f64>,
    /// Most rightly titled postings called mislabelled
    #[arg(long, value_name = "SHARE", value_parser = share, conflicts_with = "lines")]
    max_false_alarms: Option<f64>,
    /// Least mean F1 of actors, with --lines
    #[arg(long, value_name = "F1", value_parser = share)]
    min_actor_f1: Option<f64>,
    /// Least precision of owned duties of each role, with --lines
    #[arg(long, value_name = "SHARE", value_parser = share)]
    min_owned_precision: Option<f64>,
    /// Least recall of owned duties of each role, with --lines
    #[arg(long, value_name = "SHARE", value_parser = share)]
    min_owned_recall: Option<f64>,
}

impl Gate {
    /// The first bar that was set and needs labelled lines.
    fn of_lines(self) -> Option<&'static str> {
        let all = [
            ("--min-actor-f1", self.min_actor_f1),
            ("--min-owned-precision", self.min_owned_precision),
            ("--min-owned-recall", self.min_owned_recall),
        ];
        all.into_iter().find_map(|(name, bar)| bar.map(|_| name))
    }

    fn bars(self) -> Bars {
        Bars {
            min_accuracy: self.min_accuracy,
            min_kappa: self.min_kappa,
            min_macro_f1: self.min_macro_f1,
            max_ece: self.max_ece,
            max_review: self.max_review,
            max_false_alarms: self.max_false_alarms,
            min_actor_f1: self.min_actor_f1,
            min_owned_precision: self.min_owned_precision,
            min_owned_recall: self.min_owned_recall,
        }
    }
}

/// Measures.
pub(super) fn run(args: Args, configured: &Configured, quiet: bool) -> Result<Exit> {
    let mut typed = args.inputs;
    typed.extend(args.postings);
    if typed.is_empty() {
        bail!("no GOLD: name labelled postings, or give - to read standard input (see rolecall eval --help)");
    }
    if args.lines.is_none()
        && let Some(bar) = args.gate.of_lines()
    {
        bail!("{bar} needs --lines LINES: who does a duty is measured on labelled lines alone");
    }
    let mut outputs = args.outputs;
    if outputs.is_empty() {
        outputs.push(Output { format: Format::default(), file: None });
    }
    output::refuse_sharing(&outputs)?;
    let inputs = typed.iter().map(|typed| Input::named(typed)).collect::<Result<Vec<_>, _>>()?;
    let mut read = inputs.clone();
    for labels in args.labels.iter().chain(&args.lines) {
        read.push(Input::named(labels)?);
    }
    output::refuse_inputs(outputs.iter().filter_map(|output| output.file.as_deref()), &read)?;
    let mapping = Arc::new(args.map.into_iter().collect::<Mapping>());
    let written = outputs.iter().filter_map(|output| output.file.clone()).collect();
    let reading = source::Options {
        format: args.format,
        mapping: Arc::clone(&mapping),
        outputs: written,
        ..source::Options::default()
    };
    let records = Records::new(inputs, reading);
    let tally = records.tally();
    let effective = configured.resolver(options::typed(&args.judging, None))?.for_run()?;
    let configuration = effective.settings.hash();
    let analyzer = lexicons::analyzer(&effective)?;
    let pool = ThreadPoolBuilder::new().num_threads(args.jobs).build().context("cannot start the threads")?;

    let mut report = EvalReport::new(analyzer.lexicon().hash(), &configuration);
    let mut faults = Vec::new();
    if let Some(file) = &args.lines {
        let attribution =
            pool.install(|| attribution(&analyzer, records, &mapping, file, args.errors, &mut faults))?;
        report.missed = args.gate.bars().lines(&attribution);
        report.lines = Some(attribution);
    } else {
        let labels = args.labels.as_ref().map(|file| labels_of(file, &mut faults)).transpose()?;
        let measured = pool
            .install(|| measured(&analyzer, records, &mapping, labels.as_ref(), args.errors, &mut faults))?;
        report.missed = args.gate.bars().postings(&measured);
        report.postings = Some(measured);
    }

    for output in &outputs {
        output::write(output.file.as_deref(), render(output.format, &report).as_bytes())?;
    }
    tell(&faults);
    let nothing = unmeasured(&report, args.labels.is_some());
    if let Some(why) = nothing {
        say("error", AnsiColor::Red, &format!("nothing was measured: {why}"));
    }
    for missed in &report.missed {
        say("missed", AnsiColor::Red, &missed.to_string());
    }
    if !quiet
        && let Some(measured) = &report.postings
        && measured.intake.unlabelled > 0
    {
        note(&match measured.intake.unlabelled {
            1 => "1 record has no label and was not measured".to_owned(),
            count => format!("{count} records have no label and were not measured"),
        });
    }
    if !quiet && tally.read_before() > 0 {
        let files = counted(tally.read_before(), "file");
        note(&format!("passed over {files} that another input had given already"));
    }
    if !quiet {
        unmapped(&mapping);
    }
    Ok(match (faults.is_empty() && nothing.is_none(), report.missed.is_empty()) {
        (false, _) => Exit::Trouble,
        (true, false) => Exit::Findings,
        (true, true) => Exit::Fine,
    })
}

/// Why the figures are over nothing, when they are.
fn unmeasured(report: &EvalReport, by_id: bool) -> Option<&'static str> {
    match (&report.postings, &report.lines) {
        (Some(postings), _) if postings.intake.measured == 0 => Some(match postings.intake.records {
            0 => "GOLD holds no record",
            _ if by_id => "no label has the id of a posting in GOLD",
            _ => "no record of GOLD could be read with its label",
        }),
        (_, Some(lines)) if lines.lines.compared == 0 => Some("no labelled line was found in its posting"),
        _ => None,
    }
}

/// Tells what could not be read.
pub(super) fn tell(faults: &[LabelError]) {
    for fault in faults.iter().take(TOLD) {
        say("error", AnsiColor::Red, &fault.to_string());
    }
    if faults.len() > TOLD {
        say(
            "error",
            AnsiColor::Red,
            &format!("{} could not be read", counted((faults.len() - TOLD) as u64, "more record")),
        );
    }
}

/// The records of a JSON Lines file of labels.
fn label_records(file: &Path) -> Result<Records> {
    let options = source::Options { format: Some(source::Format::JsonLines), ..source::Options::default() };
    Ok(Records::new(vec![Input::named(file)?], options))
}

pub(super) fn labels_of(file: &Path, faults: &mut Vec<LabelError>) -> Result<BTreeMap<String, Label>> {
    let (labels, errors) = labels::by_id(label_records(file)?);
    faults.extend(errors);
    Ok(labels)
}

/// Compares labelled lines.
fn attribution(
    analyzer: &Analyzer,
    records: Records,
    mapping: &Mapping,
    file: &Path,
    errors: usize,
    faults: &mut Vec<LabelError>,
) -> Result<Attribution> {
    let mut lines: Vec<LineLabel> = Vec::new();
    for raw in label_records(file)? {
        match labels::read(&raw) {
            Ok(line) => lines.push(line),
            Err(error) => faults.push(error),
        }
    }
    let wanted: BTreeSet<&str> = lines.iter().map(|line| line.id.as_str()).collect();
    let mut postings = BTreeMap::new();
    for raw in records {
        match raw.posting(mapping) {
            Ok(posting) if wanted.contains(posting.id.as_str()) => {
                postings.insert(posting.id.clone(), posting);
            }
            Ok(_) => {}
            Err(outcome) => faults.extend(fault(&raw, &outcome)),
        }
    }
    Ok(Attribution::new(&lines::compare(analyzer, lines, &postings), errors))
}

/// Judges labelled postings.
fn measured(
    analyzer: &Analyzer,
    mut records: Records,
    mapping: &Mapping,
    labels: Option<&BTreeMap<String, Label>>,
    errors: usize,
    faults: &mut Vec<LabelError>,
) -> Result<Measured> {
    let mut intake = Intake::default();
    let mut cases = Vec::new();
    let mut used = BTreeSet::new();
    loop {
        let chunk: Vec<Raw> = records.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            break;
        }
        intake.records += chunk.len() as u64;
        let judged: Vec<_> = chunk.par_iter().map(|raw| judge(analyzer, raw, mapping, labels)).collect();
        for ended in judged {
            match ended {
                Ended::Case(case) => {
                    intake.measured += 1;
                    intake.skipped += u64::from(case.ruling.is_none());
                    used.insert(case.id.clone());
                    cases.push(*case);
                }
                Ended::Unlabelled => intake.unlabelled += 1,
                Ended::Failed(error) => {
                    intake.failed += 1;
                    faults.push(error);
                }
            }
        }
    }
    if let Some(labels) = labels {
        intake.without_posting = labels.keys().filter(|id| !used.contains(*id)).count() as u64;
    }
    // Faults say more than what is lacking.
    if labels.is_none() && faults.is_empty() && !cases.is_empty() && cases.iter().all(|case| case.bytes == 0)
    {
        bail!(
            "no posting of GOLD has a body: give labels alone with --labels FILE, and the postings as GOLD"
        );
    }
    Ok(Measured::new(&cases, intake, errors))
}

/// How one record ended.
enum Ended {
    Case(Box<Case>),
    Unlabelled,
    Failed(LabelError),
}

fn judge(
    analyzer: &Analyzer,
    raw: &Raw,
    mapping: &Mapping,
    labels: Option<&BTreeMap<String, Label>>,
) -> Ended {
    let posting = match raw.posting(mapping) {
        Ok(posting) => posting,
        Err(outcome) => return fault(raw, &outcome).map_or(Ended::Unlabelled, Ended::Failed),
    };
    let label = match labels {
        Some(labels) => match labels.get(&posting.id) {
            Some(label) => label.clone(),
            None => return Ended::Unlabelled,
        },
        None => match labels::read::<Label>(raw) {
            Ok(label) => label,
            Err(error) => return Ended::Failed(error),
        },
    };
    let (company, bytes) = (posting.company.clone(), posting.bytes());
    let judged =
        guarded(|| analyzer.outcome(posting)).map(|outcome| Case::new(label, company, bytes, outcome));
    match judged {
        Ok(Some(case)) => Ended::Case(Box::new(case)),
        Ok(None) => Ended::Unlabelled,
        Err(fault) => Ended::Failed(LabelError::fault(raw, &fault)),
    }
}

/// What a record that cannot be read says; skipped ones say nothing.
pub(super) fn fault(raw: &Raw, outcome: &Outcome) -> Option<LabelError> {
    match outcome {
        Outcome::Failed(failed) => Some(LabelError::fault(raw, &failed.error)),
        Outcome::Judged(_) | Outcome::Skipped(_) => None,
    }
}
