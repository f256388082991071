//! Reads a configuration file into a [`Config`]: paths and globs from its folder, places for every value.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::at::At;
use super::entry::{IgnoreEntry, IgnoreTable};
use super::error::ConfigError;
use super::file::{ConfigFile, MapFile, OverrideFile};
use super::globs::Globs;
use super::named::{Expected, RuleChoice, RuleName, Share};
use super::origin::{Origin, Sourced};
use super::{Config, FieldNames, Ignore, Judging, Lexicons, Override, Selection, Source};
use crate::path::{absolute, from_here};
use crate::rule::Code;
use crate::span::Lines;
use crate::suggest::plainly;
use crate::vocabulary::{Claim, Level};

/// Most bytes that a configuration file may have.
const LIMIT: u64 = 4 << 20;

impl Config {
    /// Reads a configuration file.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or says something that is not understood.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let unreadable = |reason: String| ConfigError::Unreadable { path: from_here(path), reason };
        let told = |error: std::io::Error| unreadable(plain_reason(&error));
        let path = absolute(path).map_err(told)?;
        if fs::metadata(&path).map_err(told)?.len() > LIMIT {
            return Err(unreadable(format!("it is longer than {} MB", LIMIT >> 20)));
        }
        let bytes = fs::read(&path).map_err(told)?;
        let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8".to_owned()))?;
        Self::read(&path, &text)
    }

    /// Reads the text of a configuration file that lies at an absolute path.
    ///
    /// # Errors
    ///
    /// When it says something that is not understood; the place is underlined.
    pub fn read(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let shown: Arc<str> = from_here(path).into();
        let file: ConfigFile = toml::from_str(text).map_err(|error| {
            ConfigError::at(&shown, text, error.span().as_ref(), plainly(error.message()))
        })?;
        let folder = path.parent().unwrap_or(path);
        let reader = Reader { shown: &shown, text, folder, lines: Lines::new(text) };
        let mut config = reader.config(&file)?;
        let source = Source { path: path.to_owned(), shown: Arc::clone(&shown), text: Arc::from(text) };
        if config.lexicons.disable.is_some() || config.lexicons.replace.is_some() {
            config.lexicons.source = Some(source.clone());
        }
        config.source = Some(source);
        Ok(config)
    }
}

/// Why the system refuses, in plain words.
fn plain_reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// A file that is being read.
struct Reader<'f> {
    shown: &'f Arc<str>,
    text: &'f str,
    folder: &'f Path,
    lines: Lines<'f>,
}

/// The keys that hold for all files or for some, borrowed from either table.
struct JudgingKeys<'k> {
    review_probability: Option<&'k At<Share>>,
    review_margin: Option<&'k At<Share>>,
    mislabelled_probability: Option<&'k At<Share>>,
    unsupported_probability: Option<&'k At<Share>>,
    hidden_probability: Option<&'k At<Share>>,
    expect: Option<&'k At<Expected>>,
    select: Option<&'k At<Vec<RuleChoice>>>,
    ignore: Option<Sourced<Vec<Code>>>,
    rules: &'k BTreeMap<At<RuleName>, At<Level>>,
}

impl Reader<'_> {
    fn wrong(&self, span: &Range<usize>, message: impl Into<String>) -> ConfigError {
        ConfigError::at(self.shown, self.text, Some(span), message)
    }

    fn origin(&self, span: &Range<usize>) -> Origin {
        let position = self.lines.position(span.start);
        Origin::File { path: Arc::clone(self.shown), line: position.line, column: position.column }
    }

    fn sourced<T, U>(&self, at: Option<&At<T>>, make: impl FnOnce(&T) -> U) -> Option<Sourced<U>> {
        at.map(|at| Sourced { value: make(at), origin: self.origin(&at.span()) })
    }

    fn config(&self, file: &ConfigFile) -> Result<Config, ConfigError> {
        let judging = self.judging(JudgingKeys {
            review_probability: file.review_probability.as_ref(),
            review_margin: file.review_margin.as_ref(),
            mislabelled_probability: file.mislabelled_probability.as_ref(),
            unsupported_probability: file.unsupported_probability.as_ref(),
            hidden_probability: file.hidden_probability.as_ref(),
            expect: file.expect.as_ref(),
            select: file.select.as_ref(),
            ignore: file.ignore.as_ref().and_then(|list| self.left_out(list)),
            rules: &file.rules,
        })?;
        let exclude = match &file.exclude {
            None => None,
            Some(at) => Some(Sourced { value: self.globs(at)?, origin: self.origin(&at.span()) }),
        };
        let lexicons = Lexicons {
            extends: self.sourced(file.lexicons.extends.as_ref(), |folders| {
                folders.iter().map(|folder| self.folder.join(folder)).collect()
            }),
            disable: self.sourced(file.lexicons.disable.as_ref(), Clone::clone),
            replace: self.sourced(file.lexicons.replace.as_ref(), Clone::clone),
            source: None,
        };
        Ok(Config {
            source: None,
            judging,
            overrides: file.overrides.iter().map(|table| self.r#override(table)).collect::<Result<_, _>>()?,
            fail_on: self.sourced(file.fail_on.as_ref(), |value| *value),
            max_warnings: self.sourced(file.max_warnings.as_ref(), |value| *value),
            exclude,
            baseline: self.sourced(file.baseline.as_ref(), |path| self.folder.join(path)),
            ignores: file.ignore.as_ref().map_or_else(|| Ok(Vec::new()), |list| self.ignores(list))?,
            lexicons,
            map: self.map(file.scan.map.as_ref())?,
        })
    }

    fn judging(&self, keys: JudgingKeys<'_>) -> Result<Judging, ConfigError> {
        let mut rules: BTreeMap<Code, Sourced<Level>> = BTreeMap::new();
        for (name, level) in keys.rules {
            let value = Sourced { value: **level, origin: self.origin(&name.span()) };
            if rules.insert(name.code, value).is_some() {
                let message = format!("{} is listed twice, by code and by name", name.code.code());
                return Err(self.wrong(&name.span(), message));
            }
        }
        Ok(Judging {
            review_probability: self.sourced(keys.review_probability, |share| share.0),
            review_margin: self.sourced(keys.review_margin, |share| share.0),
            mislabelled_probability: self.sourced(keys.mislabelled_probability, |share| share.0),
            unsupported_probability: self.sourced(keys.unsupported_probability, |share| share.0),
            hidden_probability: self.sourced(keys.hidden_probability, |share| share.0),
            rules,
            select: self.sourced(keys.select, |choices| Selection::new(choices)),
            ignore: keys.ignore,
            expect: self.sourced(keys.expect, |role| Claim::from(*role)),
        })
    }

    fn r#override(&self, table: &OverrideFile) -> Result<Override, ConfigError> {
        let judging = self.judging(JudgingKeys {
            review_probability: table.review_probability.as_ref(),
            review_margin: table.review_margin.as_ref(),
            mislabelled_probability: table.mislabelled_probability.as_ref(),
            unsupported_probability: table.unsupported_probability.as_ref(),
            hidden_probability: table.hidden_probability.as_ref(),
            expect: table.expect.as_ref(),
            select: table.select.as_ref(),
            ignore: self.sourced(table.ignore.as_ref(), |rules| rules.iter().map(|rule| rule.code).collect()),
            rules: &table.rules,
        })?;
        Ok(Override { files: self.globs(&table.files)?, judging })
    }

    /// The rules of a list that are left out.
    fn left_out(&self, list: &At<Vec<At<IgnoreEntry>>>) -> Option<Sourced<Vec<Code>>> {
        let codes: Vec<Code> = list
            .iter()
            .filter_map(|entry| match &**entry {
                IgnoreEntry::Rule(rule) => Some(rule.code),
                IgnoreEntry::Finding(_) => None,
            })
            .collect();
        (!codes.is_empty()).then(|| Sourced { value: codes, origin: self.origin(&list.span()) })
    }

    /// The findings of a list that are accepted.
    fn ignores(&self, list: &At<Vec<At<IgnoreEntry>>>) -> Result<Vec<Ignore>, ConfigError> {
        list.iter()
            .filter_map(|entry| match &**entry {
                IgnoreEntry::Rule(_) => None,
                IgnoreEntry::Finding(table) => Some(self.accepted(table, &entry.span())),
            })
            .collect()
    }

    fn accepted(&self, table: &IgnoreTable, span: &Range<usize>) -> Result<Ignore, ConfigError> {
        if table.files.is_none() && table.id.is_none() {
            let message = format!(
                "say which finding is accepted, with files or id; to leave the rule out everywhere, write {} = \
                 \"off\" under [rules]",
                table.rule.code.code()
            );
            return Err(self.wrong(span, message));
        }
        Ok(Ignore {
            rule: table.rule.code,
            files: table.files.as_ref().map(|files| self.globs(files)).transpose()?,
            id: table.id.clone(),
            reason: table.reason.0.trim().to_owned(),
            expires: table.expires,
            origin: self.origin(span),
        })
    }

    fn globs(&self, at: &At<Vec<String>>) -> Result<Globs, ConfigError> {
        Globs::new(self.folder, at.iter().map(String::as_str))
            .map_err(|error| self.wrong(&at.span(), error.to_string()))
    }

    fn map(&self, at: Option<&At<MapFile>>) -> Result<Option<Sourced<FieldNames>>, ConfigError> {
        let Some(at) = at else { return Ok(None) };
        let mut pairs = Vec::new();
        for (field, names) in at.fields() {
            for name in names.into_iter().flat_map(super::entry::OneOrMore::names) {
                if name.split('.').any(|step| step.trim().is_empty()) || name.contains([',', '=']) {
                    let message =
                        format!("\"{name}\" is no name of a column or key, nor a path of such names");
                    return Err(self.wrong(&at.span(), message));
                }
                pairs.push((field.to_owned(), name.clone()));
            }
        }
        Ok(Some(Sourced { value: pairs, origin: self.origin(&at.span()) }))
    }
}

impl Selection {
    /// What a list of choices says.
    #[must_use]
    pub fn new(choices: &[RuleChoice]) -> Self {
        let codes: Option<Vec<Code>> = choices
            .iter()
            .map(|choice| match choice {
                RuleChoice::All => None,
                RuleChoice::One(code) => Some(*code),
            })
            .collect();
        codes.map_or(Self::All, Self::Only)
    }
}
