//! What the front matter of a draft says beside title and company: the role that it declares.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::declared::{Declared, Declarer};
use crate::outcome::{Failed, Fault};
use crate::posting::{Markup, Posting, SourceRef};
use crate::source::front;
use crate::suggest::nearest;
use crate::vocabulary::Claim;

/// Keys by which front matter is known from prose between rules.
const KEYS: &[&str] = &["title", "role", "expected_role", "expected-role", "rolecall-ignore"];

#[derive(Deserialize)]
struct Matter {
    role: Option<Said>,
    #[serde(alias = "expected-role")]
    expected_role: Option<Said>,
}

/// What stands under a key for the role.
#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    Name(String),
    Names(Vec<String>),
    Else(IgnoredAny),
}

/// The role that a posting is declared to be for: by its own front matter if it is a draft, else by the configuration
/// that says what is expected of its file.
///
/// # Errors
/// Front matter that cannot be read, or that names no role where it means to.
pub fn declared(
    posting: &Posting,
    is_draft: bool,
    expect: Option<Claim>,
) -> Result<Option<Declared>, Box<Failed>> {
    let own = if is_draft { role(posting)? } else { None };
    let own = own.map(|claim| Declared { claim, by: Declarer::Draft });
    Ok(own.or_else(|| expect.map(|claim| Declared { claim, by: Declarer::Configuration })))
}

/// The role that the front matter of a draft declares. Other words under that key are somebody else's.
///
/// # Errors
/// Front matter that cannot be read: the title, the role and the suppressions in it are then unknown. Or a role that is
/// meant to be one of ours and is none: it would be passed over in silence.
fn role(posting: &Posting) -> Result<Option<Claim>, Box<Failed>> {
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
        Ok(said) => said.role().map_err(|(key, message)| {
            let line = (1..).zip(lines()).find(|(_, line)| line.starts_with(key));
            failed(line.map_or(1, |(line, _)| line), message)
        }),
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

impl Matter {
    /// The role; else what is wrong with it and how the key begins under which it stands.
    fn role(self) -> Result<Option<Claim>, (&'static str, String)> {
        if let (Some(Said::Name(expected)), Some(Said::Name(role))) = (&self.expected_role, &self.role)
            && let (Some(expected), Some(role)) = (claim(expected), claim(role))
            && expected != role
        {
            let message =
                format!("two roles are declared, role: {role} and expected_role: {expected}: keep one");
            return Err(("expected", message));
        }
        let (key, said) = match (self.expected_role, self.role) {
            (Some(said), _) => ("expected", said),
            (None, Some(said)) => ("role", said),
            (None, None) => return Ok(None),
        };
        let is_ours = key == "expected";
        let wrong = |message: String| Err((key, message));
        match said {
            Said::Name(name) => match claim(&name) {
                None if is_ours || is_misspelt(&name) => {
                    let name: String = name.trim().to_lowercase().chars().take(40).collect();
                    wrong(format!("no role is called \"{name}\": write role: pm or role: pmm"))
                }
                claim => Ok(claim),
            },
            Said::Names(names) => match names.as_slice() {
                [name] => Ok(claim(name)),
                names if is_ours || names.iter().any(|name| claim(name).is_some()) => wrong(
                    "the role is a list: write role: pm or role: pmm, or role: both where both are meant"
                        .to_owned(),
                ),
                _ => Ok(None),
            },
            Said::Else(_) if is_ours => wrong("the role is no name: write role: pm or role: pmm".to_owned()),
            Said::Else(_) => Ok(None),
        }
    }
}

/// The role of this name.
fn claim(name: &str) -> Option<Claim> {
    match name.trim().to_lowercase().replace(['-', '_'], " ").as_str() {
        "product manager" | "product management" => Some(Claim::Pm),
        "product marketing manager" | "product marketing" => Some(Claim::Pmm),
        name => Claim::from_name(name).filter(|claim| *claim != Claim::None),
    }
}

/// Whether a name is meant to be one of ours and misspelt: it would be passed over in silence.
fn is_misspelt(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let letters = |letters: &str| name.chars().all(|letter| letters.contains(letter));
    let short = (2..=6).contains(&name.len()) && letters("pm");
    // Not PMO, which is an office.
    let slip = name.len() == 3 && name.starts_with("pm") && letters("pmnkl");
    let mut words = name.split([' ', '-', '_']);
    let product = words.next() == Some("product");
    let rest: Vec<&str> = words.collect();
    let long = product && !rest.is_empty() && rest.iter().all(|word| nearest(word, NAMES).is_some());
    short || slip || long
}

/// Words of the names of roles.
const NAMES: [&str; 3] = ["manager", "management", "marketing"];

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
    (line, plainly(same.or(below).unwrap_or("it is broken")))
}

/// A complaint of the parser of YAML without what it tells programmers.
fn plainly(said: &str) -> String {
    let said = said.split(", set DuplicateKeyPolicy").next().unwrap_or(said);
    match said.strip_prefix("duplicate mapping key: ") {
        Some(key) => format!("the key {key} stands there twice"),
        None => said.to_owned(),
    }
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
            ("---\nrole: [pm]\n---\n", Some(Claim::Pm)),
            ("---\nexpected_role: pm\n---\n", Some(Claim::Pm)),
            ("---\nrole: Lead\nexpected-role: pmm\n---\n", Some(Claim::Pmm)),
            ("---\nrole: [design, research]\n---\n", None),
            ("---\nrole: {level: 3}\n---\n", None),
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
            (
                "---\ntitle: x\nrole: pmn\n---\n",
                Some("no role is called \"pmn\": write role: pm or role: pmm"),
            ),
            (
                "---\ntitle: x\nrole: Product Manger\n---\n",
                Some("no role is called \"product manger\": write role: pm or role: pmm"),
            ),
            ("---\ntitle: x\nrole: Product Owner\n---\n", None),
            ("---\ntitle: x\nrole: Product Design Manager\n---\n", None),
            (
                "---\ntitle: x\nexpected_role: designer\n---\n",
                Some("no role is called \"designer\": write role: pm or role: pmm"),
            ),
            (
                "---\ntitle: x\nrole: [pm, pmm]\n---\n",
                Some("the role is a list: write role: pm or role: pmm, or role: both where both are meant"),
            ),
            (
                "---\ntitle: x\nexpected_role: 3\n---\n",
                Some("the role is no name: write role: pm or role: pmm"),
            ),
            (
                "---\ntitle: x\nexpected_role: pmm\nrole: pm\n---\n",
                Some("two roles are declared, role: pm and expected_role: pmm: keep one"),
            ),
            ("---\ntitle: x\nexpected_role: pmm\nrole: Product Marketing\n---\n", None),
            (
                "---\ntitle: x\ntitle: y\n---\n",
                Some("the front matter cannot be read: the key title stands there twice"),
            ),
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
