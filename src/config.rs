//! What configuration files and options say: every value may be missing, and each knows where it was written.
//!
//! A file is called `rolecall.toml` or `.rolecall.toml`. [`Config::read`] takes its text apart and refuses what it
//! does not know; [`find`] looks for it. What a run makes of it all is decided in [`settings`](crate::settings).

mod at;
mod entry;
mod error;
mod file;
pub mod find;
mod globs;
mod named;
mod origin;
mod read;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use toml::Spanned;

use crate::date::Date;
use crate::lexicon::Overlay;
pub use crate::lexicon::overlay::Change as Term;
use crate::rule::Code;
use crate::vocabulary::{Claim, FailOn, Level};

pub use error::ConfigError;
pub use file::ConfigFile;
pub use globs::{BadGlob, Globs};
pub use named::{RuleChoice, RuleName};
pub use origin::{Origin, Sourced};

/// A configuration to start from: every value is the program's own, or commented out.
pub const STARTER: &str = include_str!("config/starter.toml");

/// Fields of a posting, each with the name of a column or key that holds it.
pub type FieldNames = Vec<(String, String)>;

/// One layer of configuration: a file, or the options that were typed.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The file; none for options.
    pub source: Option<Source>,
    /// How postings are judged and rules are reported.
    pub judging: Judging,
    /// The same for some files.
    pub overrides: Vec<Override>,
    /// The least severity that fails a check.
    pub fail_on: Option<Sourced<FailOn>>,
    /// More warnings than this fail a check.
    pub max_warnings: Option<Sourced<u64>>,
    /// Files that folders are searched without.
    pub exclude: Option<Sourced<Globs>>,
    /// The file of findings that are known.
    pub baseline: Option<Sourced<PathBuf>>,
    /// Findings that are accepted, each with its reason.
    pub ignores: Vec<Ignore>,
    /// What is changed about the words that are looked for.
    pub lexicons: Lexicons,
    /// Names of fields in tables and JSON.
    pub map: Option<Sourced<FieldNames>>,
}

/// Where a configuration file lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The file.
    pub path: PathBuf,
    /// The path as reports print it.
    pub shown: Arc<str>,
    /// What stands in it.
    pub text: Arc<str>,
}

/// What may be said for all files or for some.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judging {
    /// Below this probability of the best description the ruling is `review`.
    pub review_probability: Option<Sourced<f64>>,
    /// Below this distance between the best and the second description the ruling is `review`.
    pub review_margin: Option<Sourced<f64>>,
    /// `mislabelled` needs the other role at this probability or better.
    pub mislabelled_probability: Option<Sourced<f64>>,
    /// `unsupported` needs another job at this probability or better.
    pub unsupported_probability: Option<Sourced<f64>>,
    /// `hidden` needs one of the roles at this probability or better.
    pub hidden_probability: Option<Sourced<f64>>,
    /// What is made of single rules.
    pub rules: BTreeMap<Code, Sourced<Level>>,
    /// The rules that are in force; all of them unless said otherwise.
    pub select: Option<Sourced<Selection>>,
    /// Rules that are left out.
    pub ignore: Option<Sourced<Vec<Code>>>,
    /// The role that the postings are meant for.
    pub expect: Option<Sourced<Claim>>,
}

/// Which rules are chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// All rules.
    All,
    /// These.
    Only(Vec<Code>),
}

/// What is said for some files.
#[derive(Clone, Debug)]
pub struct Override {
    /// The files.
    pub files: Globs,
    /// What is said for them.
    pub judging: Judging,
}

/// Findings that are accepted.
#[derive(Clone, Debug)]
pub struct Ignore {
    /// The rule that is not to complain.
    pub rule: Code,
    /// Of which files; of all when there are none.
    pub files: Option<Globs>,
    /// Of which posting; of all when there is none.
    pub id: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub expires: Option<Date>,
    /// Where it is written.
    pub origin: Origin,
}

/// What is changed about the words that are looked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lexicons {
    /// Folders of lexicon files that are added, or take the place of those of the same name.
    pub extends: Option<Sourced<Vec<PathBuf>>>,
    /// Areas and terms that are taken out, by id.
    pub disable: Option<Sourced<Vec<Spanned<String>>>>,
    /// Terms that are changed, by id.
    pub replace: Option<Sourced<BTreeMap<Spanned<String>, Term>>>,
    /// The file that says what is taken out and changed.
    pub source: Option<Source>,
}

impl Overlay {
    /// The changes that a configuration asks for.
    #[must_use]
    pub fn new(lexicons: &Lexicons) -> Self {
        let Some(source) = &lexicons.source else { return Self::default() };
        Self {
            file: Arc::clone(&source.shown),
            text: Arc::clone(&source.text),
            disable: lexicons.disable.as_ref().map(|said| said.value.clone()).unwrap_or_default(),
            replace: lexicons.replace.as_ref().map(|said| said.value.clone()).unwrap_or_default(),
        }
    }
}

impl Judging {
    /// Lets a later layer have its say: what it says holds, what it leaves out stays.
    pub fn update(&mut self, later: &Self) {
        let Self {
            review_probability,
            review_margin,
            mislabelled_probability,
            unsupported_probability,
            hidden_probability,
            rules,
            select,
            ignore,
            expect,
        } = later;
        replace(&mut self.review_probability, review_probability.as_ref());
        replace(&mut self.review_margin, review_margin.as_ref());
        replace(&mut self.mislabelled_probability, mislabelled_probability.as_ref());
        replace(&mut self.unsupported_probability, unsupported_probability.as_ref());
        replace(&mut self.hidden_probability, hidden_probability.as_ref());
        replace(&mut self.expect, expect.as_ref());
        if select.is_some() {
            // A new choice of rules is not narrowed by what an earlier layer left out of the old one.
            self.ignore = None;
        }
        if let Some(Selection::Only(codes)) = select.as_ref().map(|select| &select.value) {
            // Nor is a rule that it names kept off by an earlier layer.
            self.rules.retain(|code, level| level.value != Level::Off || !codes.contains(code));
        }
        replace(&mut self.select, select.as_ref());
        if let Some(more) = ignore {
            let earlier = self.ignore.take().map(|ignore| ignore.value).unwrap_or_default();
            let joined = earlier.into_iter().chain(more.value.iter().copied()).collect();
            self.ignore = Some(Sourced { value: joined, origin: more.origin.clone() });
        }
        self.rules.extend(rules.iter().map(|(code, level)| (*code, level.clone())));
    }
}

impl Config {
    /// Lets a later layer have its say: what it says holds, what it leaves out stays.
    ///
    /// Overrides and accepted findings add up.
    pub fn update(&mut self, later: &Self) {
        let Self {
            source,
            judging,
            overrides,
            fail_on,
            max_warnings,
            exclude,
            baseline,
            ignores,
            lexicons,
            map,
        } = later;
        if source.is_some() {
            self.source.clone_from(source);
        }
        self.judging.update(judging);
        self.overrides.extend(overrides.iter().cloned());
        replace(&mut self.fail_on, fail_on.as_ref());
        replace(&mut self.max_warnings, max_warnings.as_ref());
        replace(&mut self.exclude, exclude.as_ref());
        replace(&mut self.baseline, baseline.as_ref());
        self.ignores.extend(ignores.iter().cloned());
        let Lexicons { extends, disable, replace: terms, source } = lexicons;
        replace(&mut self.lexicons.extends, extends.as_ref());
        replace(&mut self.lexicons.disable, disable.as_ref());
        replace(&mut self.lexicons.replace, terms.as_ref());
        replace(&mut self.lexicons.source, source.as_ref());
        replace(&mut self.map, map.as_ref());
    }
}

fn replace<T: Clone>(value: &mut Option<T>, later: Option<&T>) {
    if let Some(later) = later {
        *value = Some(later.clone());
    }
}

#[cfg(test)]
mod tests;
