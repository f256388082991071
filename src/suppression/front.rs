//! The suppressions that front matter holds.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Complaint, Suppressions, shown};
use crate::date::Date;
use crate::source::front::FrontMatter;
use crate::span::Span;
use crate::suggest::nearest;

/// The key of the suppressions.
const KEY: &str = "rolecall-ignore";

/// The keys of one.
const KEYS: [&str; 3] = ["rule", "reason", "expires"];

/// How suppressions are written in front matter.
const FORM: &str = "write it as rolecall-ignore: [{rule: RC001, reason: why, expires: 2027-01-31}]";

#[derive(Deserialize)]
struct Matter {
    #[serde(rename = "rolecall-ignore")]
    ignore: Option<OneOrMore>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    More(Vec<Entry>),
    One(Entry),
}

/// A suppression as it is written, which may be wrong.
#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    /// A rule alone, without a reason.
    Rule(String),
    Whole(Whole),
}

#[derive(Deserialize)]
#[expect(clippy::zero_sized_map_values, reason = "serde puts what it does not know into maps alone")]
struct Whole {
    rule: Option<String>,
    reason: Option<String>,
    expires: Option<Day>,
    #[serde(flatten)]
    unknown: BTreeMap<String, IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Day {
    Date(Date),
    Text(String),
    Else(IgnoredAny),
}

/// Reads the suppressions of front matter.
pub(super) fn read(text: &str, matter: FrontMatter, found: &mut Suppressions) {
    let inner = matter.inner.slice(text);
    let Some(key) = inner.find(KEY) else { return };
    let start = matter.inner.start + key;
    let whole = Span::new(start, start + KEY.len());
    let complain = |found: &mut Suppressions, message: String, help: String| {
        found.wrong.push(Complaint { message, help, span: whole });
    };
    let entries = match matter.read::<Matter>(text) {
        Ok(Matter { ignore: Some(OneOrMore::More(entries)) }) => entries,
        Ok(Matter { ignore: Some(OneOrMore::One(entry)) }) => vec![entry],
        Ok(Matter { ignore: None }) => return,
        Err(_) => {
            let message = format!("the {KEY} of the front matter cannot be read, so nothing is ignored");
            return complain(found, message, FORM.to_owned());
        }
    };
    let mut places = rules(text, Span::new(whole.end, matter.inner.end)).into_iter();
    for entry in entries {
        let Whole { rule, reason, expires, unknown } = match entry {
            Entry::Rule(rule) => {
                found.put(rule.trim(), "", None, whole, FORM);
                continue;
            }
            Entry::Whole(whole) => whole,
        };
        let rule = rule.as_deref().map(str::trim).filter(|rule| !rule.is_empty());
        let span = rule.and_then(|_| places.next()).unwrap_or(whole);
        if let Some(name) = unknown.keys().next() {
            let help = match nearest(name, KEYS) {
                Some(near) => format!("did you mean {near}?"),
                None => FORM.to_owned(),
            };
            complain(
                found,
                format!("no key of a suppression is called \"{}\", so nothing is ignored", shown(name)),
                help,
            );
            continue;
        }
        let Some(rule) = rule else {
            complain(found, "a suppression names no rule, so nothing is ignored".to_owned(), FORM.to_owned());
            continue;
        };
        let expires = match expires {
            None => None,
            Some(Day::Date(day)) => Some(day),
            Some(Day::Text(text)) => match text.parse::<Date>() {
                Ok(day) => Some(day),
                Err(wrong) => {
                    complain(found, format!("{wrong}; nothing is ignored"), FORM.to_owned());
                    continue;
                }
            },
            Some(Day::Else(_)) => {
                let message = "the last day of a suppression is no date, so nothing is ignored".to_owned();
                complain(found, message, FORM.to_owned());
                continue;
            }
        };
        found.put(rule, reason.as_deref().unwrap_or_default(), expires, span, FORM);
    }
}

/// Where the rules of the entries stand, in order: `rule: RC001`.
fn rules(text: &str, within: Span) -> Vec<Span> {
    static RULE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"\brule["']?[ \t]*[:=][ \t]*["']?[A-Za-z0-9-]+["']?"#).expect("the pattern is valid")
    });
    RULE.find_iter(within.slice(text))
        .map(|found| Span::new(within.start + found.start(), within.start + found.end()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Code;

    #[test]
    fn front_matter_names_rules_with_reason_and_day() {
        const CASES: &[(&str, &str, &str, Option<&str>)] = &[
            (
                "flow",
                "---\nrolecall-ignore: [{rule: RC001, reason: agreed, expires: 2027-01-31}]\n---\n",
                "rule: RC001",
                Some("2027-01-31"),
            ),
            (
                "block",
                "---\nrolecall-ignore:\n  - rule: RC001\n    reason: agreed\n---\n",
                "rule: RC001",
                None,
            ),
            ("one", "---\nrolecall-ignore: {reason: agreed, rule: rc001}\n---\n", "rule: rc001", None),
            (
                "quoted",
                "---\nrolecall-ignore:\n- {\"rule\": \"mislabelled-title\", reason: 'agreed', expires: '2027-01-31'}\n---\n",
                "rule\": \"mislabelled-title\"",
                Some("2027-01-31"),
            ),
            (
                "toml",
                "+++\nrolecall-ignore = [{ rule = \"RC001\", reason = \"agreed\", expires = 2027-01-31 }]\n+++\n",
                "rule = \"RC001\"",
                Some("2027-01-31"),
            ),
            (
                "toml tables",
                "+++\n[[rolecall-ignore]]\nrule = 'RC001'\nreason = 'agreed'\n+++\n",
                "rule = 'RC001'",
                None,
            ),
        ];
        for (name, text, place, expires) in CASES {
            let found = Suppressions::read(text);
            assert_eq!(found.wrong, [], "{name}");
            let [one] = &found.sound[..] else { panic!("{name}: {found:?}") };
            assert_eq!((one.rule, one.reason.as_str()), (Code::Rc001, "agreed"), "{name}");
            assert_eq!(one.expires.map(|day| day.to_string()).as_deref(), *expires, "{name}");
            assert_eq!(one.span.slice(text), *place, "{name}");
        }
    }

    #[test]
    fn front_matter_that_is_wrong_is_told_at_its_place() {
        const CASES: &[(&str, &str, &str)] = &[
            ("{rule: RC001}", "no reason is given for ignoring RC001, so it is not ignored", "rule: RC001"),
            ("{reason: x}", "a suppression names no rule, so nothing is ignored", KEY),
            ("{rule: RC01, reason: x}", "no rule is called \"RC01\", so nothing is ignored", "rule: RC01"),
            (
                "{rule: RC001, reason: x, until: 2027-01-31}",
                "no key of a suppression is called \"until\", so nothing is ignored",
                KEY,
            ),
            (
                "{code: RC001, reason: x}",
                "no key of a suppression is called \"code\", so nothing is ignored",
                KEY,
            ),
            (
                "{rule: RC001, reason: x, expires: soon}",
                "\"soon\" is not a date: write year, month and day, such as 2027-01-31; nothing is ignored",
                KEY,
            ),
            (
                "{rule: RC001, reason: x, expires: [2027]}",
                "the last day of a suppression is no date, so nothing is ignored",
                KEY,
            ),
            ("RC001", "no reason is given for ignoring RC001, so it is not ignored", KEY),
            (
                "{rule: [RC001], reason: x}",
                "the rolecall-ignore of the front matter cannot be read, so nothing is ignored",
                KEY,
            ),
        ];
        for (value, message, place) in CASES {
            let text = format!("---\ntitle: PM\nrolecall-ignore: [{value}]\n---\nBody");
            let found = Suppressions::read(&text);
            assert_eq!(found.sound, [], "{value}");
            let [one] = &found.wrong[..] else { panic!("{value}: {found:?}") };
            assert_eq!((one.message.as_str(), one.span.slice(&text)), (*message, *place), "{value}");
        }
    }
}
