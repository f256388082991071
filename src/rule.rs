//! The rules that findings cite: stable codes, names and default severities.

mod guide;

pub use guide::{Example, GUIDES, Guide};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::vocabulary::Severity;

/// A rule by its stable code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Code {
    /// The duties are the other role's.
    Rc001,
    /// Substantial duties of both roles.
    Rc002,
    /// The title's role has no support in the duties.
    Rc003,
    /// Duties of a role that the title does not claim.
    Rc004,
    /// The title claims both roles, or is a known trap.
    Rc005,
    /// Too few duties to judge.
    Rc006,
    /// Success is measured by the other role's figures.
    Rc007,
    /// No section that lists the duties.
    Rc008,
    /// A copy of an earlier posting.
    Rc009,
    /// A suppression that suppresses nothing.
    Rc100,
}

/// What is fixed about a rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The stable code.
    pub code: Code,
    /// The stable kebab-case name.
    pub name: &'static str,
    /// Severity unless the configuration says otherwise.
    pub severity: Severity,
    /// One sentence on what the rule finds.
    pub summary: &'static str,
}

/// Every rule, by code.
pub const RULES: &[Rule] = &[
    Rule {
        code: Code::Rc001,
        name: "mislabelled-title",
        severity: Severity::Error,
        summary: "The title calls one of the two roles and the duties describe the other.",
    },
    Rule {
        code: Code::Rc002,
        name: "mixed-role",
        severity: Severity::Warning,
        summary: "The duties hold substantial owned shares of both roles.",
    },
    Rule {
        code: Code::Rc003,
        name: "unsupported-title",
        severity: Severity::Warning,
        summary: "The title calls a product role and the duties describe another job.",
    },
    Rule {
        code: Code::Rc004,
        name: "hidden-role",
        severity: Severity::Note,
        summary: "The duties describe a product role that the title does not call.",
    },
    Rule {
        code: Code::Rc005,
        name: "ambiguous-title",
        severity: Severity::Warning,
        summary: "The title calls both roles for the duties of one, or is one that readers take for another role.",
    },
    Rule {
        code: Code::Rc006,
        name: "insufficient-duties",
        severity: Severity::Warning,
        summary: "The text shows too few duties to judge.",
    },
    Rule {
        code: Code::Rc007,
        name: "foreign-metric",
        severity: Severity::Note,
        summary: "Success is measured by the other role's figures.",
    },
    Rule {
        code: Code::Rc008,
        name: "no-duties-section",
        severity: Severity::Note,
        summary: "No section of the posting lists the duties.",
    },
    Rule {
        code: Code::Rc009,
        name: "duplicate-posting",
        severity: Severity::Note,
        summary: "The posting repeats an earlier one (scan and report only).",
    },
    Rule {
        code: Code::Rc100,
        name: "unused-suppression",
        severity: Severity::Warning,
        summary: "A suppression matches no finding, or has expired.",
    },
];

impl Code {
    /// The code as printed, such as `RC001`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Rc001 => "RC001",
            Self::Rc002 => "RC002",
            Self::Rc003 => "RC003",
            Self::Rc004 => "RC004",
            Self::Rc005 => "RC005",
            Self::Rc006 => "RC006",
            Self::Rc007 => "RC007",
            Self::Rc008 => "RC008",
            Self::Rc009 => "RC009",
            Self::Rc100 => "RC100",
        }
    }

    /// What is fixed about the rule.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "a test looks every code up")]
    pub fn rule(self) -> &'static Rule {
        RULES.iter().find(|rule| rule.code == self).expect("every code stands in the table")
    }

    /// What a person should know of the rule.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "a test looks every code up")]
    pub fn guide(self) -> &'static Guide {
        GUIDES.iter().find(|guide| guide.code == self).expect("every code has a guide")
    }

    /// The rule with this code or name, in any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        RULES
            .iter()
            .find(|rule| rule.code.code().eq_ignore_ascii_case(text) || rule.name.eq_ignore_ascii_case(text))
            .map(|rule| rule.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_names_parse_back() {
        for rule in RULES {
            assert_eq!(Code::parse(rule.code.code()), Some(rule.code));
            assert_eq!(Code::parse(rule.name), Some(rule.code));
            assert_eq!(rule.code.guide().code, rule.code);
            assert_eq!(serde_json::to_string(&rule.code).unwrap(), format!("\"{}\"", rule.code.code()));
        }
    }
}
