//! What holds for one file, or for a run: the layers of configuration resolved, each value with its origin.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use super::Settings;
use crate::config::{Config, FieldNames, Globs, Ignore, Judging, Lexicons, Origin, Selection, Sourced};
use crate::path::from_here;
use crate::rule::{Code, RULES};
use crate::vocabulary::{Claim, FailOn, Level};

/// Everything that the configuration decides.
#[derive(Clone, Debug)]
pub struct Effective {
    /// How postings are judged.
    pub settings: Settings,
    /// The least severity that fails a check.
    pub fail_on: FailOn,
    /// More warnings than this fail a check; any number is fine without it.
    pub max_warnings: Option<u64>,
    /// The role that the file's postings are meant for, if that was said.
    pub expect: Option<Claim>,
    /// Findings that are accepted, in any file that this configuration governs.
    pub ignores: Vec<Ignore>,
    /// The file of known findings.
    pub baseline: Option<PathBuf>,
    /// What is changed about the words that are looked for.
    pub lexicons: Lexicons,
    /// Names of fields in tables and JSON.
    pub map: FieldNames,
    /// The configuration file, as reports print it.
    pub config: Option<Arc<str>>,
    /// Every value with its origin, in the order in which people look for them.
    pub entries: Vec<Entry>,
    /// Whether other values may hold for other files of the same configuration.
    pub varies: bool,
    exclude: Option<Globs>,
}

/// A value and who set it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// The key, as in the configuration file; dots lead into tables.
    pub key: String,
    /// The value.
    pub value: Value,
    /// Who set it.
    #[serde(skip)]
    pub origin: Origin,
}

impl Effective {
    /// What the layers, later ones having the last say, come to for a file; without one, for the run.
    #[must_use]
    pub fn new(layers: &[&Config], file: Option<&Path>) -> Self {
        let mut whole = Config::default();
        for layer in layers {
            let mut layer = (*layer).clone();
            for part in &layer.overrides {
                if file.is_some_and(|file| part.files.matches(file)) {
                    layer.judging.update(&part.judging);
                }
            }
            whole.update(&layer);
        }
        Self::of(whole)
    }

    fn of(whole: Config) -> Self {
        let mut entries = Entries::default();
        let own = Settings::default();
        let Judging {
            review_probability,
            review_margin,
            mislabelled_probability,
            unsupported_probability,
            hidden_probability,
            rules,
            select,
            ignore,
            expect,
        } = whole.judging;
        let settings = Settings {
            review_probability: entries.take(
                "review-probability",
                review_probability,
                own.review_probability,
            ),
            review_margin: entries.take("review-margin", review_margin, own.review_margin),
            mislabelled_probability: entries.take(
                "mislabelled-probability",
                mislabelled_probability,
                own.mislabelled_probability,
            ),
            unsupported_probability: entries.take(
                "unsupported-probability",
                unsupported_probability,
                own.unsupported_probability,
            ),
            hidden_probability: entries.take(
                "hidden-probability",
                hidden_probability,
                own.hidden_probability,
            ),
            levels: levels(&rules, select.as_ref(), ignore.as_ref(), &mut entries),
        };
        let expect = entries.maybe("expect", expect, |claim| claim.name().into());
        let fail_on = entries.take("fail-on", whole.fail_on, FailOn::Error);
        let max_warnings = entries.maybe("max-warnings", whole.max_warnings, |&most| most.into());
        let globs = |globs: &Globs| json!(globs.written());
        let exclude = entries.maybe("exclude", whole.exclude, globs);
        let baseline = entries.maybe("baseline", whole.baseline, |path| from_here(path).into());
        let lexicons = whole.lexicons;
        let folders = |paths: &Vec<PathBuf>| paths.iter().map(|path| from_here(path)).collect();
        entries.maybe("lexicons.extends", lexicons.extends.clone(), folders);
        entries.maybe("lexicons.disable", lexicons.disable.clone(), |ids| {
            ids.iter().map(|id| id.get_ref().as_str()).collect()
        });
        entries.maybe("lexicons.replace", lexicons.replace.clone(), |terms| {
            terms.keys().map(|id| id.get_ref().as_str()).collect()
        });
        let map = entries.maybe("scan.map", whole.map, |pairs| {
            pairs.iter().map(|(field, name)| format!("{field}={name}")).collect()
        });
        for accepted in &whole.ignores {
            entries.push("ignore", described(accepted), accepted.origin.clone());
        }
        Self {
            settings,
            fail_on,
            max_warnings,
            expect,
            ignores: whole.ignores,
            baseline,
            lexicons,
            map: map.unwrap_or_default(),
            config: whole.source.map(|source| source.shown),
            entries: entries.0,
            varies: !whole.overrides.is_empty(),
            exclude,
        }
    }

    /// Whether a file, or a folder with all that lies in it, is passed over.
    #[must_use]
    pub fn excludes(&self, path: &Path) -> bool {
        self.exclude.as_ref().is_some_and(|exclude| exclude.matches(path))
    }
}

impl Ignore {
    /// Whether it is about findings of this rule in this file, in the posting with this id.
    #[must_use]
    pub fn covers(&self, rule: Code, file: &Path, id: &str) -> bool {
        self.rule == rule
            && self.files.as_ref().is_none_or(|files| files.matches(file))
            && self.id.as_ref().is_none_or(|own| own == id)
    }
}

/// What is made of each rule, where it differs from the rule's own severity.
fn levels(
    rules: &BTreeMap<Code, Sourced<Level>>,
    select: Option<&Sourced<Selection>>,
    ignore: Option<&Sourced<Vec<Code>>>,
    entries: &mut Entries,
) -> BTreeMap<Code, Level> {
    let mut levels = BTreeMap::new();
    for rule in RULES {
        let own = Level::from(rule.severity);
        let said =
            rules.get(&rule.code).map_or((own, Origin::Default), |said| (said.value, said.origin.clone()));
        let unselected = select.filter(|select| match &select.value {
            Selection::All => false,
            Selection::Only(codes) => !codes.contains(&rule.code),
        });
        let ignored = ignore.filter(|ignore| ignore.value.contains(&rule.code));
        let (level, origin) = match (ignored, unselected) {
            (Some(ignore), _) => (Level::Off, ignore.origin.clone()),
            (None, Some(select)) => (Level::Off, select.origin.clone()),
            (None, None) => said,
        };
        entries.push(&format!("rules.{}", rule.code.code()), level.name().into(), origin);
        if level != own {
            levels.insert(rule.code, level);
        }
    }
    levels
}

/// An accepted finding as a table.
fn described(ignore: &Ignore) -> Value {
    let mut table = serde_json::Map::new();
    table.insert("rule".to_owned(), ignore.rule.code().into());
    if let Some(files) = &ignore.files {
        table.insert("files".to_owned(), json!(files.written()));
    }
    if let Some(id) = &ignore.id {
        table.insert("id".to_owned(), id.as_str().into());
    }
    table.insert("reason".to_owned(), ignore.reason.as_str().into());
    if let Some(expires) = ignore.expires {
        table.insert("expires".to_owned(), expires.to_string().into());
    }
    Value::Object(table)
}

/// The values noted so far.
#[derive(Default)]
struct Entries(Vec<Entry>);

impl Entries {
    fn push(&mut self, key: &str, value: Value, origin: Origin) {
        self.0.push(Entry { key: key.to_owned(), value, origin });
    }

    /// Notes a value, or the program's own when nobody said one.
    fn take<T: Serialize>(&mut self, key: &str, said: Option<Sourced<T>>, own: T) -> T {
        let (value, origin) = said.map_or((own, Origin::Default), |said| (said.value, said.origin));
        self.push(key, json!(value), origin);
        value
    }

    /// Notes a value that need not be there.
    fn maybe<T>(&mut self, key: &str, said: Option<Sourced<T>>, show: impl Fn(&T) -> Value) -> Option<T> {
        let (value, origin) = said.map_or((None, Origin::Default), |said| (Some(said.value), said.origin));
        self.push(key, value.as_ref().map_or(Value::Null, show), origin);
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Severity;

    fn layer(text: &str) -> Config {
        let folder = crate::path::absolute(Path::new("")).unwrap();
        Config::read(&folder.join("rolecall.toml"), text).unwrap_or_else(|error| panic!("{error}"))
    }

    fn value<'e>(effective: &'e Effective, key: &str) -> (&'e Value, String) {
        let entry = effective.entries.iter().find(|entry| entry.key == key).unwrap();
        (&entry.value, entry.origin.to_string())
    }

    #[test]
    fn without_configuration_the_defaults_hold() {
        let effective = Effective::new(&[], None);
        assert_eq!(effective.settings, Settings::default());
        assert_eq!(
            (effective.fail_on, effective.max_warnings, effective.expect),
            (FailOn::Error, None, None)
        );
        assert!(effective.entries.iter().all(|entry| entry.origin == Origin::Default));
        assert!(!effective.excludes(Path::new("a.md")));
    }

    #[test]
    fn each_layer_wins_over_the_one_before() {
        let file = layer(
            "review-margin = 0.1\nreview-probability = 0.5\n[[overrides]]\nfiles = [\"jobs\"]\nreview-margin = 0.2\n\
             [[overrides]]\nfiles = [\"jobs/pm.md\"]\nreview-margin = 0.3",
        );
        let mut typed = Config::default();
        let margin = |path: Option<&str>, typed: &Config| {
            let effective = Effective::new(&[&file, typed], path.map(Path::new));
            let (value, origin) = value(&effective, "review-margin");
            (effective.settings.review_margin, value.as_f64().unwrap(), origin)
        };
        assert_eq!(margin(None, &typed), (0.1, 0.1, "rolecall.toml:1".to_owned()));
        assert_eq!(margin(Some("other.md"), &typed), (0.1, 0.1, "rolecall.toml:1".to_owned()));
        assert_eq!(margin(Some("jobs/pmm.md"), &typed), (0.2, 0.2, "rolecall.toml:5".to_owned()));
        assert_eq!(margin(Some("jobs/pm.md"), &typed), (0.3, 0.3, "rolecall.toml:8".to_owned()));
        typed.judging.review_margin = Some(Sourced::typed("--review-margin", 0.4));
        assert_eq!(margin(Some("jobs/pm.md"), &typed), (0.4, 0.4, "--review-margin".to_owned()));
    }

    #[test]
    fn rules_are_off_when_ignored_unselected_or_said_to_be() {
        const CASES: &[(&str, Option<Severity>)] = &[
            ("", Some(Severity::Warning)),
            ("[rules]\nRC002 = \"error\"", Some(Severity::Error)),
            ("[rules]\nRC002 = \"off\"", None),
            ("ignore = [\"RC002\"]\n[rules]\nRC002 = \"error\"", None),
            ("select = [\"RC001\"]", None),
            ("select = [\"mixed-role\"]", Some(Severity::Warning)),
            ("select = [\"RC002\"]\nignore = [\"RC002\"]", None),
            (
                "ignore = [\"RC002\"]\n[[overrides]]\nfiles = [\"jobs\"]\nselect = [\"RC002\"]",
                Some(Severity::Warning),
            ),
            (
                "rules = { RC002 = \"off\" }\n[[overrides]]\nfiles = [\"jobs\"]\nselect = [\"RC002\"]",
                Some(Severity::Warning),
            ),
            (
                "rules = { RC002 = \"off\" }\n[[overrides]]\nfiles = [\"jobs\"]\nrules = { RC002 = \"note\" }",
                Some(Severity::Note),
            ),
            ("[[overrides]]\nfiles = [\"jobs\"]\nignore = [\"RC002\"]", None),
        ];
        for (text, severity) in CASES {
            let effective = Effective::new(&[&layer(text)], Some(Path::new("jobs/pm.md")));
            assert_eq!(effective.settings.severity(Code::Rc002), *severity, "{text}");
        }
    }

    #[test]
    fn accepted_findings_cover_rule_file_and_posting() {
        let file = layer(
            "[[ignore]]\nrule = \"RC002\"\nfiles = [\"jobs\"]\nreason = \"a\"\n\
             [[ignore]]\nrule = \"RC001\"\nid = \"7\"\nreason = \"b\"",
        );
        let effective = Effective::new(&[&file], None);
        let covered =
            |code, path, id| effective.ignores.iter().any(|ignore| ignore.covers(code, Path::new(path), id));
        assert!(covered(Code::Rc002, "jobs/pm.md", "1"));
        assert!(!covered(Code::Rc002, "pm.md", "1"));
        assert!(!covered(Code::Rc003, "jobs/pm.md", "1"));
        assert!(covered(Code::Rc001, "pm.md", "7"));
        assert!(!covered(Code::Rc001, "pm.md", "8"));
    }

    #[test]
    fn settings_that_judge_alike_have_one_hash() {
        let hash = |text: &str| Effective::new(&[&layer(text)], None).settings.hash();
        assert_eq!(hash(""), hash("review-margin = 0.06\n[rules]\nRC002 = \"warning\""));
        assert_ne!(hash(""), hash("[rules]\nRC002 = \"error\""));
    }
}
