//! The baselines of a run: read when first needed, asked for each finding, and written on demand.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use rolecall::baseline::{self, Baseline, Entry};
use rolecall::check::{Gathered, Paths, Review};
use rolecall::date::Date;
use rolecall::output;
use rolecall::path::{absolute, from_here, shown, way};
use rolecall::problem::Problem;
use rolecall::settings::Effective;

use crate::cli::note;

/// The baselines of a run, by file.
pub(super) struct Baselines {
    /// Why new findings are accepted, when they are to be written.
    reason: Option<String>,
    today: Date,
    /// Files that the reports go to.
    outputs: Vec<PathBuf>,
    open: BTreeMap<PathBuf, Open>,
}

/// A baseline in use.
struct Open {
    baseline: Baseline,
    /// The folder from which its paths count.
    folder: PathBuf,
    effective: Arc<Effective>,
    new: Vec<Entry>,
}

impl Baselines {
    /// None is open yet; with a reason, what is found is written.
    pub(super) fn new<'f>(
        reason: Option<String>,
        today: Date,
        outputs: impl Iterator<Item = &'f Path>,
    ) -> Self {
        Self { reason, today, outputs: outputs.map(Path::to_owned).collect(), open: BTreeMap::new() }
    }

    /// Gives a review to `gathered`, without the problems that its baseline knows.
    pub(super) fn take(&mut self, review: Review, gathered: &mut Gathered) -> Result<()> {
        let Some(open) =
            review.effective.clone().map(|effective| self.open(effective)).transpose()?.flatten()
        else {
            gathered.add(review, |_| false);
            return Ok(());
        };
        let (reason, today) = (self.reason.clone(), self.today);
        let Some(open) = self.open.get_mut(&open) else { return Ok(()) };
        let path = open.inside(&review.source.path);
        gathered.add(review, |problem| {
            if open.baseline.covers(&path, problem) {
                return true;
            }
            let Some(reason) = &reason else { return false };
            open.new.push(Entry::of(problem, &path, today, reason));
            true
        });
        Ok(())
    }

    /// Opens the baseline of a file; none when it has none.
    fn open(&mut self, effective: Arc<Effective>) -> Result<Option<PathBuf>> {
        let Some(file) = &effective.baseline else {
            match self.reason {
                Some(_) => bail!(
                    "--write-baseline needs a file: name it with --baseline FILE, or in the configuration"
                ),
                None => return Ok(None),
            }
        };
        if self.outputs.iter().any(|output| output::is_same(Some(output), Some(file))) {
            bail!("the output {} is the baseline: name another file for the output", from_here(file));
        }
        let place = absolute(file).unwrap_or_else(|_| file.clone());
        if !self.open.contains_key(&place) {
            let baseline = self.read(file)?;
            let folder = place.parent().unwrap_or(&place).to_owned();
            self.open.insert(place.clone(), Open { baseline, folder, effective, new: Vec::new() });
        }
        Ok(Some(place))
    }

    fn read(&self, file: &Path) -> Result<Baseline> {
        match fs::read_to_string(file) {
            Ok(text) => {
                Baseline::read(&text).with_context(|| format!("cannot read the baseline {}", from_here(file)))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound && self.reason.is_some() => {
                Ok(Baseline::default())
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                bail!("there is no baseline {}: write it with --write-baseline", from_here(file))
            }
            Err(error) => Err(error).with_context(|| format!("cannot read the baseline {}", from_here(file))),
        }
    }

    /// Writes the baselines, or tells of entries that no finding matches any more.
    pub(super) fn finish(self, gathered: &mut Gathered, quiet: bool) -> Result<()> {
        for (place, open) in self.open {
            let looked = open.looked(gathered.paths());
            if self.reason.is_some() {
                let gone = open.baseline.stale(&looked).count();
                let new = open.new.len();
                let entries = open.baseline.renewed(&looked, open.new.clone());
                output::write(Some(&place), baseline::written(&entries).as_bytes())?;
                if !quiet {
                    let (count, file) = (entries.len(), from_here(&place));
                    note(&format!("wrote {file}: {new} new, {gone} gone, {count} in all"));
                }
            } else {
                let told: Vec<Problem> = open
                    .baseline
                    .stale(&looked)
                    .filter_map(|stale| stale.problem(&from_here(&place), &open.effective))
                    .collect();
                for problem in told {
                    gathered.complain(problem, Some(&open.effective));
                }
            }
        }
        Ok(())
    }
}

impl Open {
    /// The path of a checked file from the folder of the baseline.
    fn inside(&self, path: &str) -> String {
        if path == "-" {
            return path.to_owned();
        }
        let Ok(whole) = absolute(Path::new(path)) else { return path.to_owned() };
        shown(&way(&self.folder, &whole))
    }

    /// Whether an entry can be judged by this run: its rule is in force, and its file was read or is gone.
    fn looked(&self, paths: &Paths) -> impl Fn(&Entry) -> bool + use<> {
        let covered: BTreeSet<String> =
            paths.read().filter(|path| paths.covered(path)).map(|path| self.inside(path)).collect();
        let (folder, effective) = (self.folder.clone(), Arc::clone(&self.effective));
        move |entry: &Entry| {
            let on = effective.settings.severity(entry.rule).is_some();
            on && (covered.contains(&entry.path) || (entry.path != "-" && !folder.join(&entry.path).exists()))
        }
    }
}
