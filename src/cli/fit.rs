//! `rolecall lexicon fit`: fits the weights to labelled postings and writes them as a lexicon to lay over.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use rolecall::config::Config;
use rolecall::eval::labels::{self, Label, LabelError};
use rolecall::fit::{self, Advice, Example, Intake, Unfit, label_of_title};
use rolecall::guard::guarded;
use rolecall::path::from_here;
use rolecall::source::{self, Input, Mapping, Raw, Records};
use rolecall::{Analyzer, output};

use super::options::{Configured, jobs, one_of};
use super::{Exit, eval, lexicons, note, options};

/// Postings that are read together.
const CHUNK: usize = 1024;

/// Options of `lexicon fit`
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The postings are labelled as for eval: each record holds role (pm, pmm, neither, insufficient; mixed is left out) and, \
if known, group or company. Every weight is pulled towards where it is, so few postings change little; what the fit is \
worth is measured on companies left out in turn. The same input gives the same file. Exit code 0: fitted, even where \
the report advises to keep the old weights; 2: wrong usage, too few postings, or some input could not be read (the \
rest is still fitted).")]
pub(crate) struct Args {
    /// Labelled postings: files, folders or globs; - reads standard input
    #[arg(value_name = "LABELLED", required = true)]
    inputs: Vec<PathBuf>,
    /// The folder to write score.toml to; made when it is not there
    #[arg(short = 'o', long = "output", value_name = "DIR")]
    folder: PathBuf,
    /// Labels by id in a JSON Lines file of their own; LABELLED is then read like the input of scan
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
    /// Take what a clear title claims as the label
    #[arg(long, conflicts_with = "labels")]
    titles: bool,
    /// How strongly each weight is held where it is: 1 follows the postings, 100 hardly moves
    #[arg(long, value_name = "STRENGTH", default_value_t = fit::RIDGE, value_parser = strength)]
    ridge: f64,
    /// How the report on standard output is written
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    report: Report,
    /// Replace a score.toml that is there already
    #[arg(long)]
    force: bool,
    /// Lexicon files that replace those of the same name, or are added; the fit starts from their weights
    #[arg(long, value_name = "DIR")]
    lexicons: Option<PathBuf>,
    /// Say which names hold which fields, such as title=Position,body=ad.text; repeatable
    #[arg(long, value_name = "FIELD=NAME,…")]
    map: Vec<Mapping>,
    /// Read every posting input as this format instead of telling it from the first bytes
    #[arg(long, value_name = "FORMAT", value_parser = one_of(source::Format::ALL, source::Format::name))]
    format: Option<source::Format>,
    /// Threads; 0 means one for each core. The weights do not depend on it
    #[arg(short, long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = jobs)]
    jobs: usize,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Report {
    /// Aligned text
    #[default]
    Text,
    /// One JSON object
    Json,
    /// Markdown
    Markdown,
}

/// A number above 0.
fn strength(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(strength) if strength.is_finite() && strength >= 0.001 => Ok(strength),
        _ => Err("give a number from 0.001 up, such as 10".to_owned()),
    }
}

/// Fits.
pub(super) fn run(args: Args, configured: &Configured, quiet: bool) -> Result<Exit> {
    let place = args.folder.join("score.toml");
    if place.exists() && !args.force {
        bail!("{} is there already: replace it with --force", from_here(&place));
    }
    let inputs = args.inputs.iter().map(|typed| Input::named(typed)).collect::<Result<Vec<_>, _>>()?;
    let mapping = Arc::new(args.map.into_iter().collect::<Mapping>());
    let reading =
        source::Options { format: args.format, mapping: Arc::clone(&mapping), ..source::Options::default() };
    let records = Records::new(inputs, reading);
    let mut typed = Config::default();
    typed.lexicons.extends = options::folders(args.lexicons.as_ref());
    let effective = configured.resolver(typed)?.for_run()?;
    let analyzer = lexicons::analyzer(&effective)?;
    let mut faults = Vec::new();
    let labelled = match &args.labels {
        _ if args.titles => Labelled::Titles,
        None => Labelled::Records,
        Some(file) => Labelled::File(eval::labels_of(file, &mut faults)?),
    };
    let pool = ThreadPoolBuilder::new().num_threads(args.jobs).build().context("cannot start the threads")?;
    let fitted = pool.install(|| {
        let (examples, intake) = examples(&analyzer, records, &mapping, &labelled, &mut faults);
        fit::fit(&analyzer, &examples, intake, args.ridge)
    });
    eval::tell(&faults);
    let fitted = fitted?;
    write(&args.folder, &place, &fitted.overlay)?;
    let text = match args.report {
        Report::Text => fit::text(&fitted.report),
        Report::Json => fit::json(&fitted.report),
        Report::Markdown => fit::markdown(&fitted.report),
    };
    output::write(None, text.as_bytes())?;
    if !quiet {
        let (place, folder) = (from_here(&place), from_here(&args.folder));
        note(&match fitted.report.advice {
            Advice::Use => format!("wrote {place}: use it with --lexicons {folder}"),
            Advice::Keep => format!("wrote {place}, but no sure gain was found: keep the weights you have"),
        });
    }
    Ok(if faults.is_empty() { Exit::Fine } else { Exit::Trouble })
}

fn write(folder: &Path, place: &Path, text: &str) -> Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", from_here(folder)))?;
    Ok(output::write(Some(place), text.as_bytes())?)
}

/// Where labels are.
enum Labelled {
    /// In the postings' own records.
    Records,
    /// In a file of their own, by id.
    File(BTreeMap<String, Label>),
    /// Nowhere: titles are taken at their word.
    Titles,
}

/// How one record ended.
enum Ended {
    Example(Box<Example>),
    Unfit(Unfit),
    Unlabelled,
    Failed(LabelError),
}

fn examples(
    analyzer: &Analyzer,
    mut records: Records,
    mapping: &Mapping,
    labelled: &Labelled,
    faults: &mut Vec<LabelError>,
) -> (Vec<Example>, Intake) {
    let (mut examples, mut intake) = (Vec::new(), Intake::default());
    loop {
        let chunk: Vec<Raw> = records.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            break;
        }
        intake.records += chunk.len() as u64;
        let read: Vec<_> = chunk.par_iter().map(|raw| example(analyzer, raw, mapping, labelled)).collect();
        for ended in read {
            match ended {
                Ended::Example(example) => {
                    intake.used += 1;
                    examples.push(*example);
                }
                Ended::Unfit(Unfit::Mixed) => intake.mixed += 1,
                Ended::Unfit(Unfit::Unread) => intake.skipped += 1,
                Ended::Unlabelled => intake.unlabelled += 1,
                Ended::Failed(error) => {
                    intake.failed += 1;
                    faults.push(error);
                }
            }
        }
    }
    (examples, intake)
}

fn example(analyzer: &Analyzer, raw: &Raw, mapping: &Mapping, labelled: &Labelled) -> Ended {
    let posting = match raw.posting(mapping) {
        Ok(posting) => posting,
        Err(outcome) => {
            return eval::fault(raw, &outcome).map_or(Ended::Unfit(Unfit::Unread), Ended::Failed);
        }
    };
    let (role, group) = match labelled {
        Labelled::Titles => match label_of_title(analyzer, posting.title.as_deref()) {
            Some(role) => (role, None),
            None => return Ended::Unlabelled,
        },
        Labelled::File(labels) => match labels.get(&posting.id) {
            Some(label) => (label.role, label.group.clone()),
            None => return Ended::Unlabelled,
        },
        Labelled::Records => match labels::read::<Label>(raw) {
            Ok(label) => (label.role, label.group),
            Err(error) => return Ended::Failed(error),
        },
    };
    let company = group.as_deref().or(posting.company.as_deref());
    match guarded(|| Example::new(analyzer, &posting, role, company)) {
        Ok(Ok(example)) => Ended::Example(Box::new(example)),
        Ok(Err(unfit)) => Ended::Unfit(unfit),
        Err(fault) => Ended::Failed(LabelError::fault(raw, &fault)),
    }
}
