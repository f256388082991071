//! Suppressions in comments: `<!-- rolecall-ignore RC001, RC007 until 2027-01-31: reason -->`.

use memchr::memmem;

use super::{Complaint, FORM, Suppressions, shown};
use crate::date::Date;
use crate::span::Span;

/// The word that makes a comment a suppression.
const WORD: &str = "rolecall-ignore";

/// Reads the comments of `text` from the byte `from` on.
pub(super) fn read(text: &str, from: usize, found: &mut Suppressions) {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(open) = memmem::find(&bytes[at..], b"<!--").map(|open| at + open) {
        let Some(close) = memmem::find(&bytes[open + 4..], b"-->").map(|close| open + 4 + close) else {
            return;
        };
        let inside = text[open + 4..close].trim();
        let word = inside.get(..WORD.len()).is_some_and(|word| word.eq_ignore_ascii_case(WORD));
        let rest = inside.get(WORD.len()..).unwrap_or_default();
        if word && rest.chars().next().is_none_or(|c| c.is_whitespace() || c == ':') {
            one(rest, Span::new(open, close + 3), found);
        }
        at = close + 3;
    }
}

/// Reads what follows the word.
fn one(rest: &str, span: Span, found: &mut Suppressions) {
    let (rules, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let mut names = Vec::new();
    let mut expires = None;
    let mut words = rules.split([',', ' ', '\t', '\r', '\n']).filter(|word| !word.is_empty());
    while let Some(word) = words.next() {
        if !matches!(word, "until" | "expires") {
            names.push(word);
            continue;
        }
        match words.next().unwrap_or_default().parse::<Date>() {
            Ok(date) => expires = Some(date),
            Err(error) => {
                let message = format!("{error}; nothing is ignored");
                found.wrong.push(Complaint { message, help: FORM_UNTIL.to_owned(), span });
                return;
            }
        }
    }
    // Prose between word and colon is no list of rules.
    if names.is_empty() || names.len() > 16 {
        let said = if names.is_empty() { String::new() } else { format!(" (\"{}\")", shown(rules.trim())) };
        let message = format!("the suppression names no rule{said}, so nothing is ignored");
        found.wrong.push(Complaint { message, help: FORM.to_owned(), span });
    }
    for name in names.iter().take(16) {
        found.put(name, reason, expires, span, FORM);
    }
}

/// How a day is written in a comment.
const FORM_UNTIL: &str = "write it as <!-- rolecall-ignore RC001 until 2027-01-31: reason -->";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::Code;

    fn read_all(text: &str) -> Suppressions {
        let mut found = Suppressions::default();
        read(text, 0, &mut found);
        found
    }

    #[test]
    fn a_comment_names_rules_and_a_reason() {
        const CASES: &[(&str, &[Code], &str, Option<&str>)] = &[
            ("<!-- rolecall-ignore RC001: agreed -->", &[Code::Rc001], "agreed", None),
            ("a<!--rolecall-ignore rc001: see: ADR 7-->b", &[Code::Rc001], "see: ADR 7", None),
            ("<!--\n ROLECALL-IGNORE mixed-role :\n two\n lines\n-->", &[Code::Rc002], "two\n lines", None),
            ("<!-- rolecall-ignore RC001, RC007: x -->", &[Code::Rc001, Code::Rc007], "x", None),
            ("<!-- rolecall-ignore RC001 until 2027-01-31: x -->", &[Code::Rc001], "x", Some("2027-01-31")),
            ("<!-- a comment --><!-- rolecall-ignored RC001: x -->", &[], "", None),
            ("<!-- rolecall-ignore RC001: never closed", &[], "", None),
        ];
        for (text, rules, reason, expires) in CASES {
            let found = read_all(text);
            assert_eq!(found.wrong, [], "{text}");
            let have: Vec<_> = found.sound.iter().map(|one| one.rule).collect();
            assert_eq!(have, *rules, "{text}");
            for one in &found.sound {
                assert_eq!(one.reason, *reason, "{text}");
                assert_eq!(one.expires.map(|day| day.to_string()).as_deref(), *expires, "{text}");
                assert!(one.span.slice(text).starts_with("<!--") && one.span.slice(text).ends_with("-->"));
            }
        }
    }

    #[test]
    fn a_comment_that_is_wrong_ignores_nothing_and_is_told() {
        const CASES: &[(&str, &str)] = &[
            ("<!-- rolecall-ignore -->", "the suppression names no rule, so nothing is ignored"),
            ("<!-- rolecall-ignore: because -->", "the suppression names no rule, so nothing is ignored"),
            ("<!-- rolecall-ignore RC001 -->", "no reason is given for ignoring RC001, so it is not ignored"),
            (
                "<!-- rolecall-ignore RC001: -->",
                "no reason is given for ignoring RC001, so it is not ignored",
            ),
            ("<!-- rolecall-ignore RC999: x -->", "no rule is called \"RC999\", so nothing is ignored"),
            (
                "<!-- rolecall-ignore RC001 until soon: x -->",
                "\"soon\" is not a date: write year, month and day, such as 2027-01-31; nothing is ignored",
            ),
        ];
        for (text, message) in CASES {
            let found = read_all(text);
            assert_eq!(found.sound, [], "{text}");
            let messages: Vec<_> = found.wrong.iter().map(|one| one.message.as_str()).collect();
            assert_eq!(messages, [*message], "{text}");
        }
    }

    #[test]
    fn comments_without_end_take_no_longer_than_others() {
        let text = "<!-- rolecall-ignore ".repeat(200_000);
        assert_eq!(read_all(&text), Suppressions::default());
    }
}
