//! What a draft says is to be ignored, and why.
//!
//! A comment says it anywhere in Markdown or HTML, `<!-- rolecall-ignore RC001: reason -->`, and so does the
//! front matter, `rolecall-ignore: [{rule: RC001, reason: …, expires: 2027-01-31}]`. One without a reason, or
//! for a rule that does not exist, ignores nothing and is told like a finding.

mod comment;
mod front;

use crate::date::Date;
use crate::rule::{Code, RULES};
use crate::source::front as matter;
use crate::span::Span;
use crate::suggest::nearest;

/// A finding that is to be ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The rule.
    pub rule: Code,
    /// Why; never empty.
    pub reason: String,
    /// The last day on which it holds.
    pub expires: Option<Date>,
    /// Where it stands in the text of the draft.
    pub span: Span,
}

/// A suppression that cannot be meant as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Where it stands in the text of the draft.
    pub span: Span,
}

/// All that a draft says is to be ignored, in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suppressions {
    /// Those that hold.
    pub sound: Vec<Suppression>,
    /// Those that are wrong.
    pub wrong: Vec<Complaint>,
}

/// How a suppression is written, for the help texts.
const FORM: &str = "write it as <!-- rolecall-ignore RC001: reason -->";

impl Suppressions {
    /// Reads the suppressions of a draft.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut found = Self::default();
        let body = matter::find(text).map_or(0, |matter| {
            front::read(text, matter, &mut found);
            matter.end
        });
        comment::read(text, body, &mut found);
        found
    }

    /// Takes one up, or says what is wrong with it.
    fn put(&mut self, rule: &str, reason: &str, expires: Option<Date>, span: Span, form: &str) {
        match (known(rule), reason.trim()) {
            (Err((message, help)), _) => self.wrong.push(Complaint { message, help, span }),
            (Ok(rule), "") => self.wrong.push(Complaint {
                message: format!("no reason is given for ignoring {}, so it is not ignored", rule.code()),
                help: form.replace(Code::Rc001.code(), rule.code()),
                span,
            }),
            (Ok(rule), reason) => {
                self.sound.push(Suppression { rule, reason: reason.to_owned(), expires, span });
            }
        }
    }
}

/// The rule with this code or name, or what is wrong with it and what to do.
fn known(text: &str) -> Result<Code, (String, String)> {
    match Code::parse(text) {
        Some(Code::Rc100) => Err((
            "RC100 cannot be ignored in a draft".to_owned(),
            "take the suppression out, or turn the rule off in the configuration".to_owned(),
        )),
        Some(code) => Ok(code),
        None => {
            let names = RULES.iter().flat_map(|rule| [rule.code.code(), rule.name]);
            let help = match nearest(text, names) {
                Some(near) => format!("did you mean {near}?"),
                None => "see rolecall rule for the rules there are".to_owned(),
            };
            Err((format!("no rule is called \"{}\", so nothing is ignored", shown(text)), help))
        }
    }
}

/// The beginning of a text that may be long.
fn shown(text: &str) -> String {
    const SHOWN: usize = 40;
    let mut start: String = text.chars().take(SHOWN).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_front_matter_are_read_in_order() {
        let text = "---\nrolecall-ignore: [{rule: RC001, reason: fixed by contract, expires: 2027-01-31}]\n---\n\
                    # PM\n<!-- rolecall-ignore RC002: two roles in one, agreed -->\n";
        let found = Suppressions::read(text);
        assert_eq!(found.wrong, []);
        let rules: Vec<_> = found.sound.iter().map(|one| (one.rule, one.reason.as_str())).collect();
        assert_eq!(rules, [(Code::Rc001, "fixed by contract"), (Code::Rc002, "two roles in one, agreed")]);
        assert_eq!(found.sound[0].expires, "2027-01-31".parse().ok());
        assert_eq!(found.sound[0].span.slice(text), "rule: RC001");
    }

    #[test]
    fn a_rule_that_does_not_exist_is_told_with_the_nearest() {
        const CASES: &[(&str, &str)] = &[
            ("RC01", "did you mean RC001?"),
            ("mislabeled-title", "did you mean mislabelled-title?"),
            ("spelling", "see rolecall rule for the rules there are"),
        ];
        for (rule, help) in CASES {
            assert_eq!(known(rule).unwrap_err().1, *help, "{rule}");
        }
        assert!(known("RC100").unwrap_err().0.contains("cannot be ignored"));
        assert_eq!(known("hidden-role"), Ok(Code::Rc004));
    }
}
