//! Gathers the reviews of a run: the report, and whether the run fails.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{End, Review};
use crate::config::{Ignore, Origin};
use crate::date::Date;
use crate::fingerprint::fingerprint;
use crate::path::absolute;
use crate::problem::{CheckRun, Problem, Region, Unreadable};
use crate::rule::Code;
use crate::settings::Effective;
use crate::vocabulary::Severity;

/// The reviews of a run.
#[derive(Debug, Default)]
pub struct Gathered {
    run: CheckRun,
    /// Whether a problem is grave enough.
    grave: bool,
    /// Warnings by the bound that holds for their files, and by the configuration that sets it.
    warnings: BTreeMap<(u64, Option<Arc<str>>), u64>,
    /// A bound on the warnings of all files together.
    most: Option<u64>,
    configurations: BTreeMap<Arc<str>, Use>,
    paths: Paths,
}

/// The files of a run.
#[derive(Debug, Default)]
pub struct Paths {
    read: BTreeSet<Arc<str>>,
    broken: BTreeSet<Arc<str>>,
}

/// What was made of a configuration file.
#[derive(Debug)]
struct Use {
    effective: Arc<Effective>,
    /// Accepted findings that were met.
    met: BTreeSet<usize>,
    /// Accepted findings whose files and postings were among those judged.
    near: BTreeSet<usize>,
}

impl Paths {
    /// Whether the file was read to its end, so that what was not found in it is not there.
    #[must_use]
    pub fn covered(&self, path: &str) -> bool {
        self.read.contains(path) && !self.broken.contains(path)
    }

    /// The files that were read.
    pub fn read(&self) -> impl Iterator<Item = &str> {
        self.read.iter().map(|path| &**path)
    }
}

impl Gathered {
    /// Starts with a bound on the warnings of all files together.
    #[must_use]
    pub fn new(most: Option<u64>) -> Self {
        Self { most, ..Self::default() }
    }

    /// Takes note of an input that is not there.
    pub fn miss(&mut self, missing: Unreadable) {
        self.run.files += 1;
        self.run.failed.push(missing);
    }

    /// Takes a review; `known` says of a problem whether the baseline knows it.
    pub fn add(&mut self, review: Review, mut known: impl FnMut(&Problem) -> bool) {
        let Review { source, end, problems, suppressed, accepted, effective } = review;
        if self.paths.read.insert(Arc::clone(&source.path)) {
            self.run.files += 1;
        }
        self.run.suppressed += suppressed;
        match end {
            End::Checked(checked) => {
                if let Some(effective) = &effective {
                    self.met(effective, source.path.as_ref().as_ref(), &checked.id, accepted);
                }
                self.run.checked.push(checked);
            }
            End::Skipped(skipped) => self.run.skipped.push(skipped),
            End::Failed(failed) => {
                self.paths.broken.insert(source.path);
                self.run.failed.push(failed);
            }
        }
        for problem in problems {
            if problem.code != Code::Rc100 && known(&problem) {
                self.run.baselined += 1;
            } else {
                self.complain(problem, effective.as_deref());
            }
        }
    }

    /// Takes a problem up.
    pub fn complain(&mut self, problem: Problem, effective: Option<&Effective>) {
        if let Some(effective) = effective {
            self.grave |= effective.fail_on.fails(problem.severity);
            if let Some(most) = effective.max_warnings.filter(|_| problem.severity == Severity::Warning) {
                *self.warnings.entry((most, effective.config.clone())).or_default() += 1;
            }
        }
        self.run.problems.push(problem);
    }

    fn met(&mut self, effective: &Arc<Effective>, path: &Path, id: &str, accepted: Vec<usize>) {
        let Some(config) = effective.config.as_ref().filter(|_| !effective.ignores.is_empty()) else {
            return;
        };
        let uses = self.configurations.entry(Arc::clone(config)).or_insert_with(|| Use {
            effective: Arc::clone(effective),
            met: BTreeSet::new(),
            near: BTreeSet::new(),
        });
        uses.met.extend(accepted);
        for (index, ignore) in effective.ignores.iter().enumerate() {
            let on = effective.settings.severity(ignore.rule).is_some();
            if on && !uses.near.contains(&index) && ignore.covers(ignore.rule, path, id) {
                uses.near.insert(index);
            }
        }
    }

    /// Tells of findings that a configuration accepts and that are not there, as far as the run can know.
    ///
    /// `walked` are the folders that were searched: only where they hold all the files that an entry may be about
    /// has it been looked for everywhere.
    pub fn judge_acceptance(&mut self, walked: &[PathBuf], today: Date) {
        let mut told = Vec::new();
        for (config, uses) in &self.configurations {
            let Some(severity) = uses.effective.settings.severity(Code::Rc100) else { continue };
            let folder = Path::new(&**config).parent().and_then(|folder| absolute(folder).ok());
            let whole = folder.is_some_and(|folder| walked.iter().any(|walked| folder.starts_with(walked)));
            for (index, ignore) in uses.effective.ignores.iter().enumerate() {
                let near = uses.near.contains(&index);
                let Some((message, help)) = complaint(ignore, today, uses.met.contains(&index), near, whole)
                else {
                    continue;
                };
                told.push((problem(config, ignore, severity, message, help), Arc::clone(&uses.effective)));
            }
        }
        for (problem, effective) in told {
            self.complain(problem, Some(&effective));
        }
    }

    /// Which files were read.
    #[must_use]
    pub fn paths(&self) -> &Paths {
        &self.paths
    }

    /// What was found.
    #[must_use]
    pub fn run(&self) -> &CheckRun {
        &self.run
    }

    /// Whether a problem is grave enough to fail the run.
    #[must_use]
    pub fn is_grave(&self) -> bool {
        self.grave
    }

    /// How many warnings there are, and how many there may be, where there are too many.
    #[must_use]
    pub fn excess(&self) -> Option<(u64, u64)> {
        match self.most {
            Some(most) => {
                Some((self.run.count(Severity::Warning), most)).filter(|(count, most)| count > most)
            }
            None => self
                .warnings
                .iter()
                .map(|((most, _), count)| (*count, *most))
                .find(|(count, most)| count > most),
        }
    }
}

/// What is wrong with an accepted finding, if anything is.
fn complaint(
    ignore: &Ignore,
    today: Date,
    met: bool,
    near: bool,
    whole: bool,
) -> Option<(String, &'static str)> {
    let rule = ignore.rule.code();
    if let Some(last) = ignore.expires.filter(|last| *last < today) {
        let help = "take the entry out, or give it a later day and a reason that still holds";
        return Some((format!("the entry that ignores {rule} expired on {last}"), help));
    }
    let exact = ignore
        .files
        .as_ref()
        .is_some_and(|files| files.written().iter().all(|glob| !glob.contains(['*', '?', '[', '{'])));
    let idle = !met && ((near && exact) || whole);
    idle.then(|| (format!("there is no {rule} for this entry to ignore"), "take the entry out"))
}

fn problem(config: &Arc<str>, ignore: &Ignore, severity: Severity, message: String, help: &str) -> Problem {
    let line = match &ignore.origin {
        Origin::File { line, .. } => u64::try_from(*line).ok(),
        Origin::Default | Origin::Option(_) => None,
    };
    Problem {
        path: Arc::clone(config),
        record: None,
        id: None,
        title: None,
        code: Code::Rc100,
        rule: Code::Rc100.rule().name.to_owned(),
        severity,
        fingerprint: fingerprint(Code::Rc100, &[config, &message], []),
        message,
        help: help.to_owned(),
        primary: line.map(Region::line),
        secondary: Vec::new(),
    }
}
