//! What role a job title claims.
//!
//! A title is cut into words, freed of what does not name the job (levels, gender marks, places, pay, employers),
//! and shown to the ordered patterns of `lexicons/titles.toml`; the first that matches decides. A title without any
//! trigger word (most titles of a job board) never meets a pattern.

mod decode;
mod pattern;
mod symbols;
mod table;
mod words;

use thiserror::Error;

use crate::span::Span;
use crate::vocabulary::Claim;
use pattern::Form;
use table::{Pattern, Tables};

/// The judge of titles; build it once and share it.
#[derive(Debug)]
pub struct Titles {
    tables: Tables,
}

/// What a title claims, and why a reader may take it otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleClaim {
    /// The role that the title claims.
    pub claim: Claim,
    /// Why the title is known to be read in two ways, when it is.
    pub trap: Option<String>,
    /// The title in lower case without levels, marks, places and employers, its parts set off by commas.
    pub core: String,
}

/// An example in the table that its pattern does not bear out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadExample {
    /// The pattern that holds the example.
    pub pattern: String,
    /// The example title.
    pub title: String,
    /// The pattern that does decide the title, when one does.
    pub decided_by: Option<String>,
}

/// Why a table of titles cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TitlesError {
    /// Not TOML, or not of this shape.
    #[error("{message}")]
    Syntax {
        /// What the reader of TOML says.
        message: String,
        /// Where, when it is known.
        span: Option<Span>,
    },
    /// A form names a class that the table does not hold.
    #[error("no class \"{name}\"; add it under [class] or write its words out")]
    NoClass {
        /// The name.
        name: String,
        /// The form that uses it.
        span: Span,
    },
    /// A class holds itself, directly or through others.
    #[error("class \"{name}\" holds itself; take it out of its own members")]
    Circle {
        /// The name.
        name: String,
        /// The member that closes the circle.
        span: Span,
    },
    /// A form without a word or class would match every title.
    #[error("form \"{form}\" holds no word; write at least one word or class")]
    EmptyForm {
        /// The form.
        form: String,
        /// Where it stands.
        span: Span,
    },
    /// Two patterns share an id.
    #[error("two patterns are called \"{id}\"; rename one of them")]
    TwicePattern {
        /// The id.
        id: String,
        /// The second of the two.
        span: Span,
    },
}

impl TitlesError {
    /// The place in the file, when it is known.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Syntax { span, .. } => *span,
            Self::NoClass { span, .. }
            | Self::Circle { span, .. }
            | Self::EmptyForm { span, .. }
            | Self::TwicePattern { span, .. } => Some(*span),
        }
    }
}

impl Titles {
    /// The table that ships with the program.
    pub const BUILT_IN: &'static str = include_str!("../lexicons/titles.toml");

    /// The judge with the table that ships with the program.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "the table is part of the program and tested")]
    pub fn built_in() -> Self {
        Self::parse(Self::BUILT_IN).expect("the shipped table parses, as its tests show")
    }

    /// The judge with the table in `text`.
    ///
    /// # Errors
    ///
    /// When `text` is not TOML of this shape, or a form cannot be understood.
    pub fn parse(text: &str) -> Result<Self, TitlesError> {
        Tables::parse(text).map(|tables| Self { tables })
    }

    /// What `title` claims.
    ///
    /// ```
    /// use rolecall::{title::Titles, vocabulary::Claim};
    ///
    /// let claim = Titles::built_in().claim("Sr. Product Marketing Manager II (m/f/d) – Remote");
    /// assert_eq!((claim.claim, claim.core.as_str()), (Claim::Pmm, "product marketing manager"));
    /// ```
    #[must_use]
    pub fn claim(&self, title: &str) -> TitleClaim {
        let core = words::core(title, &self.tables);
        let decided = self.decide(&core);
        TitleClaim {
            claim: match decided {
                Some(pattern) => pattern.claim,
                None if core.names_something => Claim::Other,
                None => Claim::None,
            },
            trap: decided.and_then(|pattern| pattern.trap.clone()),
            core: core.text,
        }
    }

    /// The id of the pattern that decides what `title` claims, when one does.
    #[must_use]
    pub fn deciding_pattern(&self, title: &str) -> Option<&str> {
        self.decide(&words::core(title, &self.tables)).map(|pattern| pattern.id.as_str())
    }

    /// Names of the roles as a posting uses them of itself, in lower case: "product marketing manager", "pmm".
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.tables.names
    }

    /// The examples of the table that do not hold; a sound table has none.
    #[must_use]
    pub fn bad_examples(&self) -> Vec<BadExample> {
        let bad = |pattern: &Pattern, title: &String, wanted: bool| {
            let decided_by = self.deciding_pattern(title);
            ((decided_by == Some(&pattern.id)) != wanted).then(|| BadExample {
                pattern: pattern.id.clone(),
                title: title.clone(),
                decided_by: decided_by.map(str::to_owned),
            })
        };
        let examples = |pattern: &Pattern| {
            let claims = pattern.claims.iter().filter_map(|title| bad(pattern, title, true));
            let not = pattern.not.iter().filter_map(|title| bad(pattern, title, false));
            claims.chain(not).collect::<Vec<_>>()
        };
        self.tables.patterns.iter().flat_map(examples).collect()
    }

    fn decide(&self, core: &words::Core) -> Option<&Pattern> {
        if !core.triggered {
            return None;
        }
        let seen = core.symbols.iter().fold(0, |seen, &symbol| seen | pattern::print(symbol));
        let occurs = |form: &Form| form.occurs(&self.tables.classes, &core.symbols, seen);
        self.tables.patterns.iter().find(|pattern| pattern.forms.iter().any(occurs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
triggers = ["baker"]
[class]
kind = ["bread", "fine bread"]
[[pattern]]
id = "baker"
claim = "pm"
forms = ["{kind} baker"]
claims = ["Fine Bread Baker"]
not = ["Baker"]
"#;

    #[test]
    fn another_table_replaces_the_shipped_one() {
        let titles = Titles::parse(SMALL).unwrap();
        assert_eq!(titles.claim("Bread Baker").claim, Claim::Pm);
        assert_eq!(titles.claim("Product Manager").claim, Claim::Other);
        assert_eq!(titles.bad_examples(), []);
    }

    #[test]
    fn an_example_that_does_not_hold_is_reported_with_what_decides_it() {
        let table =
            SMALL.replace("not = [\"Baker\"]", "not = [\"Bread Baker\"]").replace("Fine Bread", "Rye");
        let bad = Titles::parse(&table).unwrap().bad_examples();
        let found: Vec<_> = bad.iter().map(|bad| (bad.title.as_str(), bad.decided_by.as_deref())).collect();
        assert_eq!(found, [("Rye Baker", None), ("Bread Baker", Some("baker"))]);
    }

    #[test]
    fn a_fault_in_a_table_is_named_and_placed() {
        let cases = [
            ("unknown key", "colour = 1", "unknown field", "colour"),
            ("not TOML", "triggers = [", "", ""),
            ("no such class", &SMALL.replace("{kind}", "{sort}"), "no class \"sort\"", "\"{sort} baker\""),
            (
                "circle",
                &SMALL.replace("\"bread\"", "\"{kind} x\""),
                "class \"kind\" holds itself",
                "\"{kind} x\"",
            ),
            ("empty form", &SMALL.replace("{kind} baker", "^ *"), "holds no word", "\"^ *\""),
            (
                "twice",
                &format!("{SMALL}{}", &SMALL[SMALL.find("[[").unwrap()..]),
                "two patterns",
                "\"baker\"",
            ),
        ];
        for (name, table, message, place) in cases {
            let error = Titles::parse(table).unwrap_err();
            assert!(error.to_string().contains(message), "{name}: {error}");
            assert_eq!(error.span().map_or("", |span| span.slice(table)), place, "{name}");
        }
    }
}
