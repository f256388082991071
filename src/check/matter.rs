//! What the front matter of a draft says beside title and company: the role that it declares.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::outcome::{Failed, Fault};
use crate::posting::{Markup, Posting, SourceRef};
use crate::source::front::{self, FrontMatter};
use crate::vocabulary::Claim;

/// Keys by which front matter is known from prose between rules.
const KEYS: &[&str] = &["title", "role", "rolecall-ignore"];

#[derive(Deserialize)]
struct Matter {
    role: Option<String>,
}

/// The front matter of a draft, with the text around it.
fn of(posting: &Posting) -> Option<(&str, FrontMatter)> {
    let part = posting.parts.first().filter(|part| part.markup != Markup::Html)?;
    front::find(&part.text).map(|matter| (part.text.as_str(), matter))
}

/// The role that a draft declares.
pub(super) fn role(posting: &Posting) -> Option<Claim> {
    let (text, matter) = of(posting)?;
    let role = matter.read::<Matter>(text).ok()?.role?;
    Claim::from_name(role.trim().to_ascii_lowercase().as_str()).filter(|claim| *claim != Claim::None)
}

/// Front matter that cannot be read: the title, the role and the suppressions in it are then unknown.
pub(super) fn fault(posting: &Posting) -> Option<Failed> {
    let (text, matter) = of(posting)?;
    let meant = matter.inner.slice(text).lines().any(|line| {
        KEYS.iter()
            .any(|key| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with([':', '='])))
    });
    let error = matter.read::<IgnoredAny>(text).err().filter(|_| meant)?;
    let (line, said) = place(&error);
    let message = format!("the front matter cannot be read: {said}");
    // The first line of the file is the fence.
    let source = SourceRef { line: Some(line + 1), ..posting.source.clone() };
    Some(Failed { source, error: Fault { code: "invalid-front-matter".to_owned(), message } })
}

/// The line that a parser names, else 0, and what it says about it on one line.
fn place(error: &str) -> (u64, String) {
    static PLACE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"line (\d+),? column \d+:?").expect("the pattern is valid"));
    let Some(found) = PLACE.captures(error) else {
        return (0, error.lines().next().unwrap_or("it is broken").trim().to_owned());
    };
    let line = found[1].parse().unwrap_or(0);
    let rest = &error[found.get(0).map_or(0, |found| found.end())..];
    // YAML says it on the same line, TOML below an excerpt.
    let same = rest.lines().next().map(str::trim).filter(|rest| !rest.is_empty());
    let below = error.lines().rev().map(str::trim).find(|line| !line.is_empty());
    (line, same.or(below).unwrap_or("it is broken").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_declared_by_its_name() {
        const CASES: &[(&str, Option<Claim>)] = &[
            ("---\nrole: pm\n---\n", Some(Claim::Pm)),
            ("---\nrole: PMM \n---\n", Some(Claim::Pmm)),
            ("+++\nrole = \"pmm\"\n+++\n", Some(Claim::Pmm)),
            ("---\nrole: Head of something\n---\n", None),
            ("---\nrole: [pm]\n---\n", None),
            ("role: pm\n", None),
        ];
        for (text, expected) in CASES {
            assert_eq!(role(&Posting::new("PM", text)), *expected, "{text}");
        }
    }

    #[test]
    fn front_matter_that_cannot_be_read_is_told_and_prose_between_rules_is_not() {
        const CASES: &[(&str, bool)] = &[
            ("---\ntitle: [PM\n---\n", true),
            ("+++\ntitle = PM\n+++\n", true),
            ("---\ntitle: PM\n---\n", false),
            ("---\nWe hire: now: [you\n---\n", false),
            ("---\n\n---\n", false),
        ];
        for (text, expected) in CASES {
            let found = fault(&Posting::new("PM", text));
            assert_eq!(found.is_some(), *expected, "{text}: {found:?}");
            if let Some(found) = found {
                let message = found.error.message;
                assert!(message.starts_with("the front matter cannot be read: ") && !message.contains('\n'));
                assert_eq!(found.source.line, Some(2), "{message}");
            }
        }
    }
}
