//! What role a job title claims.
//!
//! A title is cut into words, freed of what does not name the job (levels, gender marks, places, pay, employers),
//! and shown to the ordered patterns of `lexicons/titles.toml`; the first that matches decides. A title without any
//! trigger word (most titles of a job board) never meets a pattern.

mod decode;
mod pattern;
mod rename;
mod symbols;
mod table;
mod words;

use serde::{Deserialize, Serialize};

use crate::lexicon::LexiconError;
use crate::vocabulary::Claim;
use pattern::Form;
use table::{FILE, File, Pattern, PatternFile, Tables};

/// The judge of titles; build it once and share it.
#[derive(Debug, Serialize, Deserialize)]
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

impl Titles {
    /// The table that ships with the program.
    pub const BUILT_IN: &'static str = include_str!("../../lexicons/titles.toml");

    /// The judge with the table in `text`.
    ///
    /// # Errors
    /// When `text` is not TOML of this shape, or a form cannot be understood.
    pub fn parse(text: &str) -> Result<Self, Box<LexiconError>> {
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

    /// `title` with the name of the other role replaced by that of `role`, all else kept; `None` when no such title
    /// claims `role`.
    ///
    /// ```
    /// use rolecall::{title::Titles, vocabulary::Claim};
    ///
    /// let renamed = Titles::built_in().renamed("Senior Product Manager, Payouts", Claim::Pmm);
    /// assert_eq!(renamed.as_deref(), Some("Senior Product Marketing Manager, Payouts"));
    /// ```
    #[must_use]
    pub fn renamed(&self, title: &str, role: Claim) -> Option<String> {
        let mut titles = self.tables.swaps.iter().filter_map(|swap| swap.apply(title, role));
        titles.find(|title| self.claim(title).claim == role)
    }

    /// Names of the roles as a posting uses them of itself, in lower case: "product marketing manager", "pmm".
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.tables.names
    }

    /// Checks the titles under `claims` and `not` of the table in `text`; an empty list means that all hold.
    ///
    /// # Errors
    /// When `text` is no table of titles.
    pub fn prove(text: &str) -> Result<Vec<LexiconError>, Box<LexiconError>> {
        let titles = Self::parse(text)?;
        let mut complaints = Vec::new();
        for PatternFile { id, claims, not, .. } in &File::parse(text)?.pattern {
            let id = id.get_ref();
            let claims = claims.iter().map(|title| (title, true));
            for (title, wanted) in claims.chain(not.iter().map(|title| (title, false))) {
                let decided_by = titles.deciding_pattern(title.get_ref());
                if (decided_by == Some(id)) != wanted {
                    let message = match decided_by {
                        _ if !wanted => {
                            format!("pattern \"{id}\" decides this title, which stands under `not`")
                        }
                        Some(other) => format!("pattern \"{other}\" decides this title instead of \"{id}\""),
                        None => format!("pattern \"{id}\" does not decide this title, and no other does"),
                    };
                    complaints.push(*LexiconError::new(FILE, text, message, &[title.span()]));
                }
            }
        }
        Ok(complaints)
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
        assert_eq!(Titles::prove(SMALL).unwrap(), []);
    }

    #[test]
    fn an_example_that_does_not_hold_is_reported_with_what_decides_it() {
        let table =
            SMALL.replace("not = [\"Baker\"]", "not = [\"Bread Baker\"]").replace("Fine Bread", "Rye");
        let complaints: Vec<String> =
            Titles::prove(&table).unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(complaints.len(), 2, "{complaints:?}");
        assert!(complaints[0].starts_with("pattern \"baker\" does not decide this title"));
        assert!(complaints[0].contains("titles.toml:9:11"), "{}", complaints[0]);
        assert!(complaints[1].starts_with("pattern \"baker\" decides this title"));
    }

    #[test]
    fn a_fault_in_a_table_is_named_and_placed() {
        let cases = [
            ("unknown key", "colour = 1", "unknown field", "1:1"),
            ("not TOML", "triggers = [", "", "1:"),
            ("no such class", &SMALL.replace("{kind}", "{sort}"), "no class \"sort\"", "8:10"),
            ("circle", &SMALL.replace("\"bread\"", "\"{kind} x\""), "class \"kind\" holds itself", "4:9"),
            ("empty form", &SMALL.replace("{kind} baker", "^ *"), "a form without a word", "8:10"),
            ("twice", &format!("{SMALL}{}", &SMALL[SMALL.find("[[").unwrap()..]), "two patterns", "12:6"),
        ];
        for (name, table, message, place) in cases {
            let error = Titles::parse(table).unwrap_err().to_string();
            assert!(error.contains(message), "{name}: {error}");
            assert!(error.contains(&format!("titles.toml:{place}")), "{name}: {error}");
        }
    }
}
