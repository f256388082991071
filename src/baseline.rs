//! Findings that are known and accepted for now: the file that `--baseline` names.
//!
//! One entry a finding and a line, sorted by file, rule and fingerprint, so that two branches merge and a
//! difference can be read. Paths count from the folder of the file. Entries are added only on demand.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::fingerprint::fingerprint;
use crate::problem::{Problem, Region};
use crate::rule::Code;
use crate::settings::Effective;

/// The schema name that the file carries.
pub const SCHEMA: &str = "rolecall.baseline/1";

/// A finding that is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The file, from the folder of the baseline, with `/` between folders.
    pub path: String,
    /// Code of the rule.
    pub rule: Code,
    /// Hash of rule and deciding words; it survives moved lines and restyling.
    pub fingerprint: String,
    /// The title of the posting, for whoever reads the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The day on which the entry was made.
    pub date: Date,
    /// Why the finding is accepted.
    pub reason: String,
}

/// The file as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct File {
    /// Always `rolecall.baseline/1`.
    pub schema: String,
    /// The findings that are known, sorted by file, rule and fingerprint.
    pub findings: Vec<Entry>,
}

/// A baseline that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not of the form that is written.
    #[error("{message}; write it anew with --write-baseline")]
    Broken {
        /// What is wrong, and where.
        message: String,
    },
    /// A schema of another version.
    #[error("its schema is \"{0}\", and this rolecall reads {SCHEMA}; write it anew with --write-baseline")]
    Schema(String),
}

/// The known findings, and which of them were met again.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    entries: Vec<Known>,
    /// The entries of a file and rule and fingerprint that were not met yet, last first.
    open: BTreeMap<(String, Code, String), Vec<usize>>,
    /// Findings that no entry covers, by file and rule, and by title where the file holds several postings.
    unknown: BTreeSet<(String, Code, Option<String>)>,
}

#[derive(Clone, Debug)]
struct Known {
    entry: Entry,
    line: Option<usize>,
    met: bool,
}

/// An entry that no finding matches any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale<'b> {
    /// The entry.
    pub entry: &'b Entry,
    /// 1-based line of the file on which it stands.
    pub line: Option<usize>,
    /// Whether the file breaks the rule still, in other words.
    pub reworded: bool,
}

impl Stale<'_> {
    /// The problem that the entry is, in the baseline `file`; none where the rule is off.
    #[must_use]
    pub fn problem(&self, file: &str, effective: &Effective) -> Option<Problem> {
        let severity = effective.settings.severity(Code::Rc100)?;
        let (rule, path) = (self.entry.rule.code(), &self.entry.path);
        let message = if self.reworded {
            format!("the accepted {rule} of {path} no longer fits: the words have changed")
        } else {
            format!("{path} has no such {rule} any more")
        };
        Some(Problem {
            path: file.into(),
            record: None,
            id: None,
            title: None,
            code: Code::Rc100,
            rule: Code::Rc100.rule().name.to_owned(),
            severity,
            message,
            help: "take the entry out, or write the baseline anew with --write-baseline".to_owned(),
            primary: self.line.and_then(|line| u64::try_from(line).ok()).map(Region::line),
            secondary: Vec::new(),
            fingerprint: fingerprint(Code::Rc100, &[rule, path, &self.entry.fingerprint], []),
        })
    }
}

impl Baseline {
    /// Reads the text of a baseline file.
    ///
    /// # Errors
    ///
    /// It is no baseline, or one of another version.
    pub fn read(text: &str) -> Result<Self, Error> {
        let file: File =
            serde_json::from_str(text).map_err(|error| Error::Broken { message: error.to_string() })?;
        if file.schema != SCHEMA {
            return Err(Error::Schema(file.schema));
        }
        // An entry a line, as it is written: then the n-th fingerprint stands on the line of the n-th entry.
        let mut lines = (1..).zip(text.lines()).filter(|(_, line)| line.contains("\"fingerprint\""));
        let entries = file.findings.into_iter().map(|entry| (entry, lines.next().map(|(line, _)| line)));
        Ok(Self::of(entries.collect()))
    }

    fn of(entries: Vec<(Entry, Option<usize>)>) -> Self {
        let mut baseline = Self::default();
        for (entry, line) in entries {
            let key = (entry.path.clone(), entry.rule, entry.fingerprint.clone());
            baseline.open.entry(key).or_default().insert(0, baseline.entries.len());
            baseline.entries.push(Known { entry, line, met: false });
        }
        baseline
    }

    /// Whether the finding is known; each entry covers one.
    ///
    /// `path` is that of the file from the folder of the baseline.
    pub fn covers(&mut self, path: &str, problem: &Problem) -> bool {
        let key = (path.to_owned(), problem.code, problem.fingerprint.clone());
        let Some(index) = self.open.get_mut(&key).and_then(Vec::pop) else {
            let title = problem.record.and(problem.title.as_deref()).map(harmless);
            self.unknown.insert((key.0, key.1, title));
            return false;
        };
        self.entries[index].met = true;
        true
    }

    /// The entries of files and rules that `looked` says were looked at, and that no finding met.
    pub fn stale(&self, looked: impl Fn(&Entry) -> bool) -> impl Iterator<Item = Stale<'_>> {
        self.entries.iter().filter(move |known| !known.met && looked(&known.entry)).map(|known| Stale {
            entry: &known.entry,
            line: known.line,
            reworded: self.is_broken_still(&known.entry),
        })
    }

    /// Whether the posting of an entry broke the rule in words that no entry covers.
    fn is_broken_still(&self, entry: &Entry) -> bool {
        [None, entry.title.clone()]
            .into_iter()
            .any(|title| self.unknown.contains(&(entry.path.clone(), entry.rule, title)))
    }

    /// The entries of a new baseline: the old ones that were met or not looked at, as they were, and `new` ones.
    #[must_use]
    pub fn renewed(&self, looked: impl Fn(&Entry) -> bool, new: Vec<Entry>) -> Vec<Entry> {
        let kept = self.entries.iter().filter(|known| known.met || !looked(&known.entry));
        let mut entries: Vec<Entry> = kept.map(|known| known.entry.clone()).chain(new).collect();
        entries.sort();
        entries
    }
}

impl Entry {
    /// The entry that makes a problem known, in the file at `path` from the folder of the baseline.
    #[must_use]
    pub fn of(problem: &Problem, path: &str, date: Date, reason: &str) -> Self {
        Self {
            path: path.to_owned(),
            rule: problem.code,
            fingerprint: problem.fingerprint.clone(),
            title: problem.title.as_deref().map(harmless),
            date,
            reason: reason.to_owned(),
        }
    }
}

/// A title as it may stand in a file that people look at in a terminal.
fn harmless(title: &str) -> String {
    const LONGEST: usize = 120;
    let turns = |c: char| matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    title.chars().take(LONGEST).map(|c| if c.is_control() || turns(c) { '\u{FFFD}' } else { c }).collect()
}

/// The text of a baseline file.
#[must_use]
pub fn written(entries: &[Entry]) -> String {
    let lines: Vec<String> = entries.iter().map(|entry| format!("  {}", json(entry))).collect();
    let list = if lines.is_empty() { String::new() } else { format!("\n{}\n", lines.join(",\n")) };
    format!("{{\"schema\":\"{SCHEMA}\",\"findings\":[{list}]}}\n")
}

fn json(entry: &Entry) -> String {
    serde_json::to_string(entry).expect("an entry has nothing but strings")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Severity;

    fn entry(path: &str, fingerprint: &str) -> Entry {
        Entry {
            path: path.to_owned(),
            rule: Code::Rc001,
            fingerprint: fingerprint.to_owned(),
            title: Some("PM".to_owned()),
            date: "2026-11-22".parse().unwrap(),
            reason: "agreed".to_owned(),
        }
    }

    fn problem(fingerprint: &str) -> Problem {
        Problem {
            path: "x.md".into(),
            record: None,
            id: None,
            title: None,
            code: Code::Rc001,
            rule: Code::Rc001.rule().name.to_owned(),
            severity: Severity::Error,
            message: "m".to_owned(),
            help: "h".to_owned(),
            primary: None,
            secondary: Vec::new(),
            fingerprint: fingerprint.to_owned(),
        }
    }

    #[test]
    fn a_baseline_reads_back_and_knows_its_lines() {
        assert_eq!(written(&[]), "{\"schema\":\"rolecall.baseline/1\",\"findings\":[]}\n");
        let text = written(&[entry("a.md", "01"), entry("b.md", "02")]);
        assert_eq!(text.lines().count(), 4);
        let baseline = Baseline::read(&text).unwrap();
        let stale: Vec<_> = baseline.stale(|_| true).map(|stale| (stale.entry.clone(), stale.line)).collect();
        assert_eq!(stale, [(entry("a.md", "01"), Some(2)), (entry("b.md", "02"), Some(3))]);
        assert!(Baseline::read(&written(&[])).unwrap().stale(|_| true).next().is_none());
    }

    #[test]
    fn titles_cannot_act_on_a_terminal() {
        let problem = Problem { title: Some("P\u{202e}M \u{9b}1m\n".to_owned()), ..problem("01") };
        let entry = Entry::of(&problem, "a.md", "2026-11-22".parse().unwrap(), "agreed");
        assert_eq!(entry.title.as_deref(), Some("P\u{FFFD}M \u{FFFD}1m\u{FFFD}"));
    }

    #[test]
    fn an_entry_covers_one_finding() {
        let mut baseline = Baseline::read(&written(&[entry("a.md", "01"), entry("b.md", "01")])).unwrap();
        assert!(!baseline.covers("a.md", &problem("02")));
        assert!(!baseline.covers("c.md", &problem("01")));
        assert!(baseline.covers("a.md", &problem("01")));
        assert!(!baseline.covers("a.md", &problem("01")));
        let left: Vec<_> =
            baseline.stale(|_| true).map(|stale| (stale.entry.path.as_str(), stale.reworded)).collect();
        assert_eq!(left, [("b.md", false)]);
        assert!(!baseline.covers("b.md", &problem("03")));
        assert!(baseline.stale(|_| true).all(|stale| stale.reworded));
    }

    #[test]
    fn a_new_baseline_keeps_what_was_met_or_not_looked_at() {
        let old = [entry("a.md", "01"), entry("b.md", "01"), entry("c.md", "01")];
        let mut baseline = Baseline::read(&written(&old)).unwrap();
        assert!(baseline.covers("a.md", &problem("01")));
        let entries = baseline.renewed(|entry| entry.path != "c.md", vec![entry("a.md", "00")]);
        assert_eq!(entries, [entry("a.md", "00"), entry("a.md", "01"), entry("c.md", "01")]);
    }

    #[test]
    fn what_is_no_baseline_says_what_to_do() {
        for (text, start) in [
            ("", "EOF while parsing"),
            ("{\"schema\":\"rolecall.baseline/1\",\"findings\":[{\"path\":1}]}", "invalid type"),
            ("{\"schema\":\"rolecall.baseline/9\",\"findings\":[]}", "its schema is \"rolecall.baseline/9\""),
        ] {
            let message = Baseline::read(text).unwrap_err().to_string();
            assert!(
                message.starts_with(start) && message.ends_with("anew with --write-baseline"),
                "{message}"
            );
        }
    }
}
