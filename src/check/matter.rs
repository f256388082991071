//! What the front matter of a draft says beside title and company: the role that it declares.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::outcome::{Failed, Fault};
use crate::posting::{Markup, Posting, SourceRef};
use crate::source::front;
use crate::vocabulary::Claim;

/// Keys by which front matter is known from prose between rules.
const KEYS: &[&str] = &["title", "role", "rolecall-ignore"];

#[derive(Deserialize)]
struct Matter {
    role: Option<String>,
}

/// The role that the front matter of a draft declares. Other words under that key are somebody else's.
///
/// # Errors
/// Front matter that cannot be read: the title, the role and the suppressions in it are then unknown. Or a role that is
/// meant to be one of ours and is misspelt: it would be passed over in silence.
pub(super) fn role(posting: &Posting) -> Result<Option<Claim>, Box<Failed>> {
    let part = posting.parts.first().filter(|part| part.markup != Markup::Html);
    let Some((text, matter)) = part.and_then(|part| Some((&*part.text, front::find(&part.text)?))) else {
        return Ok(None);
    };
    let failed = |line: u64, message: String| {
        // The first line of the file is the fence.
        let source = SourceRef { line: Some(line + 1), ..posting.source.clone() };
        Box::new(Failed { source, error: Fault { code: "invalid-front-matter".to_owned(), message } })
    };
    let lines = || matter.inner.slice(text).lines();
    match matter.read::<Matter>(text) {
        Ok(Matter { role }) => {
            let role = role.unwrap_or_default().trim().to_lowercase();
            if is_misspelt(&role) {
                let line = (1..).zip(lines()).find(|(_, line)| line.starts_with("role"));
                let message = format!("no role is called \"{role}\": write role: pm or role: pmm");
                return Err(failed(line.map_or(1, |(line, _)| line), message));
            }
            Ok(claimed(&role))
        }
        // What makes no posting may still be sound.
        Err(_) => match matter.read::<IgnoredAny>(text) {
            Err(error) if lines().any(has_key) => {
                let (line, said) = place(&error);
                Err(failed(line, format!("the front matter cannot be read: {said}")))
            }
            Ok(_) | Err(_) => Ok(None),
        },
    }
}

/// The role that words in lower case name.
fn claimed(role: &str) -> Option<Claim> {
    match role.replace(['-', '_'], " ").as_str() {
        "product manager" | "product management" => Some(Claim::Pm),
        "product marketing manager" | "product marketing" => Some(Claim::Pmm),
        name => Claim::from_name(name).filter(|claim| *claim != Claim::None),
    }
}

/// Whether a word in lower case is meant to be one of our roles and is none.
fn is_misspelt(role: &str) -> bool {
    let alike = (2..=6).contains(&role.len()) && role.bytes().all(|byte| matches!(byte, b'p' | b'm'));
    alike && Claim::from_name(role).is_none()
}

/// Whether a line begins with a key by which front matter is known.
fn has_key(line: &str) -> bool {
    let is =
        |key: &&str| line.strip_prefix(*key).is_some_and(|rest| rest.trim_start().starts_with([':', '=']));
    KEYS.iter().any(is)
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
            ("---\nrole: Product-Manager\n---\n", Some(Claim::Pm)),
            ("---\nrole: product marketing manager\n---\n", Some(Claim::Pmm)),
            ("---\nrole: Head of something\n---\n", None),
            ("---\nrole: [pm]\n---\n", None),
            ("role: pm\n", None),
        ];
        for (text, expected) in CASES {
            assert_eq!(role(&Posting::new("PM", text)).unwrap(), *expected, "{text}");
        }
    }

    #[test]
    fn a_role_that_is_misspelt_is_told() {
        const CASES: &[(&str, Option<&str>)] = &[
            (
                "---\ntitle: x\nrole: PMMM\n---\n",
                Some("no role is called \"pmmm\": write role: pm or role: pmm"),
            ),
            ("---\ntitle: x\nrole: pmm\n---\n", None),
            ("---\ntitle: x\nrole: PMO\n---\n", None),
            ("---\ntitle: x\nrole: Sculptor\n---\n", None),
        ];
        for (text, message) in CASES {
            let found = role(&Posting::new("PM", text)).err();
            assert_eq!(found.as_ref().map(|found| found.error.message.as_str()), *message, "{text}");
            assert!(found.is_none_or(|found| found.source.line == Some(3)), "{text}");
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
            let found = role(&Posting::new("PM", text)).err();
            assert_eq!(found.is_some(), *expected, "{text}: {found:?}");
            if let Some(found) = found {
                let message = found.error.message;
                assert!(message.starts_with("the front matter cannot be read: ") && !message.contains('\n'));
                assert_eq!(found.source.line, Some(2), "{message}");
            }
        }
    }
}
