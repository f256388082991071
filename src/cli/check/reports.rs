//! Writes the reports of a check where they were asked for.

use std::env;
use std::io;
use std::path::Path;

use anyhow::{Context as _, Result};
use rolecall::config::find::is_root;
use rolecall::output::{Output, Place};
use rolecall::path::shown;
use rolecall::problem::CheckRun;
use rolecall::report::check::{self as page, Format, sarif};

use crate::cli::{note, screen};

/// The outputs that were asked for, or text on standard output.
pub(super) fn outputs(asked: Vec<Output<Format>>) -> Vec<Output<Format>> {
    if asked.is_empty() { vec![Output { format: Format::default(), file: None }] } else { asked }
}

/// Writes the reports.
pub(super) fn print(run: &CheckRun, outputs: &[Output<Format>], places: Vec<Place>) -> Result<()> {
    let base = base();
    for (output, place) in outputs.iter().zip(places) {
        let color = output.file.is_none() && screen::color();
        let options = page::Options { color, width: screen::width(), base: base.clone() };
        let mut bytes = Vec::new();
        page::write(output.format, &mut bytes, run, &options)?;
        place.write(&bytes)?;
    }
    if outputs.iter().any(|output| output.format == Format::Github) {
        step_summary(run, base)?;
    }
    Ok(())
}

/// Adds a table to the summary of the workflow step, where there is one.
fn step_summary(run: &CheckRun, base: page::Base) -> Result<()> {
    let Some(path) = env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return Ok(());
    };
    let mut bytes = Vec::new();
    page::write(Format::Markdown, &mut bytes, run, &page::Options { base, ..page::Options::default() })?;
    let shown = shown(Path::new(&path));
    let mut file = std::fs::File::options()
        .append(true)
        .create(true)
        .open(&path)
        .with_context(|| format!("cannot open the step summary {shown}"))?;
    io::Write::write_all(&mut file, &bytes).with_context(|| format!("cannot write the step summary {shown}"))
}

/// The working folder and the root of its repository.
fn base() -> page::Base {
    let here = env::current_dir().ok();
    let root = here.as_deref().and_then(|here| here.ancestors().find(|folder| is_root(folder)));
    page::Base { folder: here.as_deref().map(shown), root: root.map(shown) }
}

/// What a person should know of reports that cannot say it themselves, or that nobody reads by eye.
pub(super) fn remarks(run: &CheckRun, outputs: &[Output<Format>]) {
    let writes = |format| outputs.iter().any(|output| output.format == format);
    let left_out = sarif::omitted(run);
    if writes(Format::Sarif) && left_out > 0 {
        note(&format!("sarif leaves out the {left_out} least grave problems: code scanning takes no more"));
    }
    let nameless = run.problems.iter().any(|problem| &*problem.path == "-");
    if nameless
        && let Some(format) = [Format::Sarif, Format::Gitlab].into_iter().find(|&format| writes(format))
    {
        note(&format!("{format} has no place for standard input: name its file with --stdin-filename"));
    }
}
