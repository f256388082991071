//! JSON inside JavaScript: `answer({…});`, `window.board = {…};`, `var jobs = […]`, `export default […]`, and text that a
//! script parses: `JSON.parse("{\"jobs\": …}")`.
//!
//! What is JSON to the letter is found first, then what is written as scripts write values; a script is never run, and
//! what computes is passed over.

use std::borrow::Cow;

use memchr::{memchr, memchr2_iter};

use super::literal;
use super::scan::{self, Step};
use super::shape;

/// A value that a script holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held<'s> {
    /// Where it begins.
    pub(super) offset: usize,
    /// The value.
    pub(super) json: Cow<'s, str>,
}

/// How many values of one script are looked at, and how many more may begin and not end.
const MOST: usize = 256;

/// Endings of the names of files that are scripts.
const ENDINGS: &[&str] = &["js", "mjs", "cjs", "ts", "mts", "jsx", "tsx"];

/// Whether text that is no JSON begins like a script around it: a name, signs and words, then a value.
pub(super) fn begins(head: &[u8]) -> bool {
    const LONGEST: usize = 256;
    let text = super::charset::text(&head[..head.len().min(4 * LONGEST)]);
    let text = behind_comments(&text);
    if text.starts_with(['{', '[']) {
        return false;
    }
    let sign = |byte: u8| {
        byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || b"_$.[]\"'=(&|?:;)},!".contains(&byte)
    };
    openers(text)
        .next()
        .is_some_and(|at| at <= LONGEST && text.as_bytes()[..at].iter().all(|byte| sign(*byte)))
}

/// Whether a file with this ending is a script, and has a value anywhere in its beginning.
pub(super) fn is_named(ending: Option<&str>, head: &[u8]) -> bool {
    let opens = |text: &str| openers(text).next().is_some() || literal::openers(text).next().is_some();
    ending.is_some_and(|ending| ENDINGS.contains(&ending)) && opens(&super::charset::text(head))
}

/// The values in a script that hold postings: those that show them, else one that is most of the script.
pub(super) fn postings(script: &str) -> Vec<Held<'_>> {
    let values = values(script).map(|held| (held.json.len(), held));
    told_or_most(values, script).or_else(|| told_or_most(literals(script), script)).unwrap_or_default()
}

/// Those of the values, each with its length in the script, that show postings; else the one that is most of the script.
fn told_or_most<'s>(values: impl Iterator<Item = (usize, Held<'s>)>, script: &str) -> Option<Vec<Held<'s>>> {
    let (mut told, mut others): (Vec<_>, Vec<_>) =
        values.partition(|(_, held)| shape::told(held.json.as_bytes()).is_some());
    others.retain(|(length, _)| 2 * length > script.len());
    let found = if told.is_empty() { &mut others } else { &mut told };
    (!found.is_empty()).then(|| found.drain(..).map(|(_, held)| held).collect())
}

/// The values that a script writes out in its own manner, each with its length, none inside another.
fn literals(script: &str) -> impl Iterator<Item = (usize, Held<'_>)> {
    /// How many times as much as all of a script is read in vain: much that begins may stand in each other.
    const PATIENCE: usize = 4;
    let (mut behind, mut in_vain) = (0, 0);
    literal::openers(script).take(MOST).filter_map(move |offset| {
        if offset < behind || in_vain > PATIENCE * script.len() {
            return None;
        }
        match literal::to_json(&script[offset..]) {
            Ok((json, length)) => {
                behind = offset + length;
                Some((length, Held { offset, json: Cow::Owned(json) }))
            }
            Err(looked) => {
                in_vain += looked;
                None
            }
        }
    })
}

/// Where JSON begins behind a guard, such as `)]}'`; nothing but JSON follows one.
pub(super) fn behind_guard(script: &str) -> Option<usize> {
    let at = openers(script).next()?;
    let before = script.as_bytes()[..at].trim_ascii_end();
    let is_json = matches!(script.as_bytes()[at], b'{' | b'[');
    (is_json && !before.is_empty() && !assigns(before)).then_some(at)
}

/// The values that a script assigns, exports or hands to a function, none inside another.
pub(super) fn values(script: &str) -> impl Iterator<Item = Held<'_>> {
    let mut behind = 0;
    openers(script).take(MOST).filter_map(move |offset| {
        if offset < behind {
            return None;
        }
        let (json, length) = match script.as_bytes()[offset] {
            b'"' | b'\'' => {
                let (text, length) = literal(&script[offset..])?;
                (Cow::Owned(text), length)
            }
            _ => match scan::value(&script.as_bytes()[offset..]) {
                Step::Done(length) => (Cow::Borrowed(&script[offset..offset + length]), length),
                Step::More | Step::Broken(_) => return None,
            },
        };
        behind = offset + length;
        Some(Held { offset, json })
    })
}

/// Where values begin: an object with a quoted key, a list of objects, or a text that holds one, behind what gives a
/// value to something.
fn openers(script: &str) -> impl Iterator<Item = usize> {
    let bytes = script.as_bytes();
    memchr2_iter(b'{', b'[', bytes).filter_map(move |at| {
        // Inside a text, quotes are escaped when they are those around it.
        let inside = opening(&bytes[at..])?;
        match at.checked_sub(1).map(|before| bytes[before]) {
            Some(quote @ (b'"' | b'\'')) if gives(bytes[..at - 1].trim_ascii_end()) => {
                matches!((quote, inside), (b'"', b'\\') | (b'\'', b'"')).then_some(at - 1)
            }
            _ => (inside == b'"' && gives(bytes[..at].trim_ascii_end())).then_some(at),
        }
    })
}

/// What stands behind the brackets that begin `bytes`, an object's or those of a list of them.
fn opening(bytes: &[u8]) -> Option<u8> {
    let inside = bytes[1..].trim_ascii_start();
    let inside = if bytes[0] == b'[' { inside.strip_prefix(b"{")?.trim_ascii_start() } else { inside };
    inside.first().copied()
}

/// Whether a value may stand behind this: an assignment, a call, an export, or a guard at the very beginning.
fn gives(before: &[u8]) -> bool {
    const GUARD: usize = 24;
    before.is_empty() || assigns(before) || (before.len() <= GUARD && before.contains(&b')'))
}

/// Whether code ends in an assignment, a call or an export that wants a value.
fn assigns(before: &[u8]) -> bool {
    before.last().is_some_and(|last| b"=(|".contains(last)) || before.ends_with(b"default")
}

/// The text of a literal that begins `script`, and how long that is.
fn literal(script: &str) -> Option<(String, usize)> {
    let quote = script.chars().next()?;
    let mut json = String::from("\"");
    let mut characters = script.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => match characters.next()?.1 {
                same @ ('\'' | '`') => json.push(same),
                'x' => json.push_str("\\u00"),
                '\n' => {}
                other => json.extend(['\\', other]),
            },
            _ if character == quote => {
                json.push('"');
                return Some((serde_json::from_str(&json).ok()?, at + 1));
            }
            '"' => json.push_str("\\\""),
            '\n' => return None,
            other => json.push(other),
        }
    }
    None
}

/// Text without the white space and comments before it.
fn behind_comments(mut text: &str) -> &str {
    loop {
        text = text.trim_start();
        let end = match text.get(..2) {
            Some("//") => memchr(b'\n', text.as_bytes()),
            Some("/*") => text.find("*/").map(|at| at + 2),
            _ => return text,
        };
        match end {
            Some(end) => text = &text[end..],
            None => return text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_in_scripts() {
        const CASES: &[(&str, &[&str])] = &[
            (r#"answer({"a":[1]});"#, &[r#"{"a":[1]}"#]),
            (r#"/**/ typeof f === "function" && f([{"a":1}])"#, &[r#"[{"a":1}]"#]),
            ("var a = [\n {\"a\":1} ], b = {\"c\":{\"d\":2}};", &["[\n {\"a\":1} ]", r#"{"c":{"d":2}}"#]),
            (
                r#"w.a = w.a || {"a":1}; if (x) { "no" } export default {"b":2}"#,
                &[r#"{"a":1}"#, r#"{"b":2}"#],
            ),
            (")]}',\n{\"a\":1}", &[r#"{"a":1}"#]),
            ("for(;;);{\"a\":1}", &[r#"{"a":1}"#]),
            (",{\"a\":1},{\"a\":2}", &[]),
            (r#"a = JSON.parse("{\"a\":\"\u003cb\x3e it\'s\"}")"#, &[r#"{"a":"<b> it's"}"#]),
            (r#"a = '{"a":"it\'s"}'"#, &[r#"{"a":"it's"}"#]),
            (r#"let a = {b: 1}; f(["x"]); g({}); t = `{"a":1}`; x = "{not"; if (y) {"never": 1}"#, &[]),
            (r#"a = {"b": 1"#, &[]),
        ];
        for (script, expected) in CASES {
            let found: Vec<_> = values(script).map(|held| held.json).collect();
            assert_eq!(found, *expected, "{script}");
        }
    }

    #[test]
    fn a_value_that_is_most_of_a_script_is_taken() {
        let list = "const a = [\n        {\n            n: 1\n        }\n];";
        for (script, found) in [(list.to_owned(), 1), (format!("{list}\n// {}", "x".repeat(99)), 0)] {
            assert_eq!(postings(&script).len(), found, "{script}");
        }
    }

    #[test]
    fn a_script_around_a_value_is_told_from_text() {
        for (head, expected) in [
            ("answer({\"jobs\":[", true),
            ("// jobs\n/* all */ window[\"a\"].jobs = [{\"title\"", true),
            (")]}'\n{\"jobs\"", true),
            ("export const jobs: Job[] = [{\"a\"", true),
            ("{\"jobs\":[", false),
            ("We pay = {\"well\" – and more", true),
            ("Own — it = {\"a\":1}", false),
            ("We hire.", false),
        ] {
            assert_eq!(begins(head.as_bytes()), expected, "{head}");
        }
    }

    #[test]
    fn hostile_scripts_take_no_longer_than_others() {
        for piece in ["={\"a\":", "=[{", "=\"{\\", "='{\"", "/*", "({\"a\":1},", "=[{a:", "=[/*"] {
            let _ = postings(&piece.repeat(100_000));
        }
    }
}
