//! `rolecall check`: lints drafts of postings.

mod analyzers;
mod known;
mod reports;
mod typed;

use std::env;
use std::io::{self, IsTerminal as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, bail};
use rolecall::batch;
use rolecall::check::{Checker, Gathered, Review};
use rolecall::date::Date;
use rolecall::outcome::Failed;
use rolecall::output::{self, Output, Place};
use rolecall::path::{absolute, shown};
use rolecall::problem::Unreadable;
use rolecall::report::check::Format;
use rolecall::resolver::Resolver;
use rolecall::source::{self, Filter, Input, Mapping, Raw, Records};

use super::options::{self, Configured, Judging, Rules, counted, jobs, one_of};
use super::{Exit, help, note};
use analyzers::Analyzers;
use known::Baselines;
use typed::Typed;

/// Options of `check`
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A finding can be ignored, with a reason, where it stands: <!-- rolecall-ignore RC001: reason -->, or in the front \
matter: rolecall-ignore: [{rule: RC001, reason: why, expires: 2027-01-31}]. Front matter may also declare the role \
that the draft is for: role: pm or role: pmm.

Suppressions expire by the day in UTC, or by the day that the environment variable ROLECALL_TODAY names, such as \
2027-01-31.

Exit code 0: no finding at or above --fail-on; 1: there is one, or more warnings than --max-warnings; 2: wrong usage \
or configuration, or some draft could not be read (the rest is still reported).")]
pub(crate) struct Args {
    /// Files, folders or globs; - reads standard input. In folders: Markdown, HTML, text and .docx
    #[arg(value_name = "DRAFT")]
    drafts: Vec<PathBuf>,
    /// Write text, github, sarif, gitlab, junit, rdjsonl, json or markdown; repeatable
    #[arg(short, long = "output", value_name = "FORMAT[=FILE]")]
    outputs: Vec<Output<Format>>,
    /// Judge the draft under this title instead of its own
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Take standard input for the text of this file
    #[arg(long, value_name = "FILE")]
    stdin_filename: Option<PathBuf>,
    /// Pass over files that the configuration excludes even when they are named
    #[arg(long)]
    force_exclude: bool,
    #[command(flatten)]
    typed: Typed,
    /// Write the findings that there are now to the baseline, and report none of them
    #[arg(long)]
    write_baseline: bool,
    /// Why the findings that are written to the baseline are accepted
    #[arg(
        long,
        value_name = "TEXT",
        requires = "write_baseline",
        default_value = "there when the baseline was written"
    )]
    reason: String,
    /// Say which names hold which fields, such as title=Position,body=ad.text; repeatable
    #[arg(long, value_name = "FIELD=NAME,…")]
    map: Vec<Mapping>,
    /// Read every draft as this format instead of telling it from the first bytes
    #[arg(long, value_name = "FORMAT", value_parser = one_of(source::Format::ALL, source::Format::name))]
    format: Option<source::Format>,
    /// Threads that judge; 0 means one for each core
    #[arg(short, long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = jobs)]
    jobs: usize,
    #[command(flatten)]
    rules: Rules,
    #[command(flatten)]
    judging: Judging,
}

/// Records that one thread judges: with fewer than these, starting more takes longer than it saves.
const FEW: usize = 8;

/// Endings of the files in folders that are taken for drafts.
const DRAFTS: &[&str] = &["md", "markdown", "html", "htm", "xhtml", "txt", "text", "docx"];

/// Endings of drafts that are not read.
const FOREIGN: &[&str] = &["pdf", "doc", "rtf", "odt"];

/// Checks the drafts.
pub(super) fn run(args: Args, configured: &Configured, quiet: bool) -> Result<Exit> {
    if args.drafts.is_empty() {
        if io::stdin().is_terminal() {
            return help("check");
        }
        bail!(
            "no DRAFT: name files, folders or globs, or give - to read standard input (see rolecall check --help)"
        );
    }
    output::refuse_sharing(&args.outputs)?;
    let today = today()?;
    let most = args.typed.max_warnings;
    let mut typed = options::typed(&args.judging, Some(&args.rules));
    args.typed.tell(&mut typed);
    let resolver = Arc::new(configured.resolver(typed)?);
    let files = || args.outputs.iter().filter_map(|output| output.file.as_deref());
    let baselines = Baselines::new(args.write_baseline.then_some(args.reason), today, files());
    let (inputs, missing) = inputs(&args.drafts, args.stdin_filename.as_deref())?;
    output::refuse_inputs(files(), &inputs)?;
    if args.title.is_some() && (args.drafts.len() > 1 || inputs.iter().any(|input| input.folder().is_some()))
    {
        bail!("--title is the title of one draft: name one file, or give - for standard input");
    }
    let outputs = reports::outputs(args.outputs);
    let mut places = Vec::new();
    for output in &outputs {
        places.push(Place::open(output.file.as_deref())?);
    }
    let walked = inputs.iter().filter_map(Input::folder).filter_map(|folder| absolute(folder).ok()).collect();
    let mapping: Mapping = args.map.into_iter().collect();
    let mapping = Arc::new(mapping.or(&resolver.for_run()?.map));
    let foreign = Arc::default();
    let reading = source::Options {
        format: args.format,
        mapping: Arc::clone(&mapping),
        outputs: outputs.iter().filter_map(|output| output.file.clone()).collect(),
        filter: filter(&resolver, args.force_exclude, &foreign),
        ..source::Options::default()
    };
    let session = Session {
        checker: Checker { today, title: args.title, mapping },
        analyzers: Analyzers::default(),
        resolver,
        walked,
    };
    let mut gathered = Gathered::new(most);
    for missing in missing {
        gathered.miss(missing);
    }
    let baselines = session.check(Records::new(inputs, reading), args.jobs, &mut gathered, baselines)?;
    baselines.finish(&mut gathered, quiet)?;
    reports::print(gathered.run(), &outputs, places)?;
    if !quiet {
        remarks(&gathered, foreign.load(Ordering::Relaxed), !session.walked.is_empty());
        reports::remarks(gathered.run(), &outputs);
    }
    Ok(match () {
        () if !gathered.run().failed.is_empty() => Exit::Trouble,
        () if gathered.is_grave() || gathered.excess().is_some() => Exit::Findings,
        () => Exit::Fine,
    })
}

/// What a person should know besides the report.
fn remarks(gathered: &Gathered, foreign: u64, walks: bool) {
    if let Some((count, most)) = gathered.excess() {
        note(&format!("warnings: {count}, and max-warnings allows {most}"));
    }
    if foreign > 0 {
        note(&format!(
            "passed over {} of a kind that is not read (.pdf, .doc, .rtf, .odt): convert to .docx",
            counted(foreign, "file")
        ));
    } else if walks && gathered.run().files == 0 {
        note(
            "no drafts there: in folders Markdown, HTML, text and .docx are read, the rest when it is named",
        );
    }
}

/// What a run of checks needs.
struct Session {
    checker: Checker,
    analyzers: Analyzers,
    resolver: Arc<Resolver>,
    walked: Vec<PathBuf>,
}

/// A review, or what ended the run instead.
enum Ended {
    Review(Box<Review>),
    Stopped(anyhow::Error),
}

impl From<Failed> for Ended {
    fn from(failed: Failed) -> Self {
        Self::Review(Box::new(failed.into()))
    }
}

impl Session {
    /// Reviews all records, in input order.
    fn check(
        &self,
        mut records: Records,
        jobs: usize,
        gathered: &mut Gathered,
        mut baselines: Baselines,
    ) -> Result<Baselines> {
        let first: Vec<Raw> = records.by_ref().take(FEW).collect();
        let jobs = if first.len() < FEW { 1 } else { jobs };
        let ended = batch::run(
            first.into_iter().chain(records),
            |raw| self.review(&raw).map_or_else(Ended::Stopped, |review| Ended::Review(Box::new(review))),
            jobs,
            |ended| match ended {
                Ended::Stopped(error) => ControlFlow::Break(error),
                Ended::Review(review) => match baselines.take(*review, gathered) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(error) => ControlFlow::Break(error),
                },
            },
        );
        if let ControlFlow::Break(error) = ended {
            return Err(error);
        }
        gathered.judge_acceptance(&self.walked, self.checker.today);
        Ok(baselines)
    }

    fn review(&self, raw: &Raw) -> Result<Review> {
        let effective = self.resolver.for_file(Path::new(&*raw.source.path))?;
        let analyzer = self.analyzers.of(&effective)?;
        Ok(self.checker.review(raw, &analyzer, &effective))
    }
}

/// The inputs that were typed, and those that are not there.
fn inputs(typed: &[PathBuf], name: Option<&Path>) -> Result<(Vec<Input>, Vec<Unreadable>)> {
    let standard = Path::new("-");
    if name.is_some() && !typed.iter().any(|typed| typed == standard) {
        bail!("--stdin-filename names the text of standard input: give - as the DRAFT");
    }
    let mut inputs = Vec::new();
    let mut missing = Vec::new();
    for typed in typed {
        match Input::named(typed) {
            Ok(_) if typed == standard && name.is_some() => {
                inputs.push(Input::standard(&shown(name.unwrap_or(standard))));
            }
            Ok(input) => inputs.push(input),
            Err(error) => match error.place() {
                Some((path, why)) => missing.push(unreadable(path, why)),
                None => return Err(error.into()),
            },
        }
    }
    Ok((inputs, missing))
}

fn unreadable(path: &str, message: &str) -> Unreadable {
    let message = format!("cannot read it: {message}");
    Unreadable { path: path.into(), record: None, line: None, code: "unreadable".to_owned(), message }
}

/// Which files are checked: in folders those that look like drafts, and nowhere what the configuration excludes.
///
/// Documents of other kinds in folders are counted in `foreign`.
fn filter(resolver: &Arc<Resolver>, force_exclude: bool, foreign: &Arc<AtomicU64>) -> Filter {
    let (resolver, foreign) = (Arc::clone(resolver), Arc::clone(foreign));
    Filter::new(move |path, named| {
        let path = Path::new(path);
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        let ends = |endings: &[&str]| ending.as_deref().is_some_and(|ending| endings.contains(&ending));
        let is_draft = named || ends(DRAFTS);
        let excludable = !named || force_exclude;
        // A configuration that cannot be used ends the run when the file is judged.
        let excluded =
            || excludable && resolver.for_file(path).is_ok_and(|effective| effective.excludes(path));
        if !is_draft && ends(FOREIGN) && !excluded() {
            foreign.fetch_add(1, Ordering::Relaxed);
        }
        is_draft && !excluded()
    })
}

/// The day in UTC, or the one that `ROLECALL_TODAY` names.
fn today() -> Result<Date> {
    if let Some(day) = env::var_os("ROLECALL_TODAY").filter(|day| !day.is_empty()) {
        return day.to_string_lossy().parse().context("the environment variable ROLECALL_TODAY is wrong");
    }
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(Date::of_unix_time(elapsed.as_secs()))
}
