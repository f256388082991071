//! A posting's own title, as its sentences may name the hire by it.

/// Trades that a title's plural may name.
const TRADES: &[&str] = &["manager", "owner", "marketer", "lead", "director"];

/// Words of a title that make it a person's.
const BEARERS: &[&str] = &[
    "manager",
    "owner",
    "marketer",
    "lead",
    "leader",
    "director",
    "head",
    "specialist",
    "analyst",
    "engineer",
    "designer",
    "officer",
    "coordinator",
    "associate",
    "strategist",
    "consultant",
    "advocate",
    "president",
    "vp",
    "architect",
    "intern",
    "executive",
    "evangelist",
    "researcher",
    "writer",
    "developer",
    "supervisor",
    "administrator",
    "representative",
];

/// The title in lower case, the first letters of its words, and those that name a person.
#[derive(Debug)]
pub(crate) struct OwnTitle {
    lower: String,
    initials: String,
    /// Its words that make it a person's.
    bearers: Vec<&'static str>,
}

impl OwnTitle {
    /// The title as the posting has it.
    pub(crate) fn new(title: &str) -> Self {
        let lower = title.to_lowercase();
        // "…, Strategic", "… (Berlin)" name the field or the place.
        let core = lower.split([',', '(', '[', '|', '/', '\u{2013}', '\u{2014}']).next().unwrap_or("");
        let core = core.split(" - ").next().unwrap_or("");
        let initials = core.split_whitespace().filter_map(|word| word.chars().next()).collect();
        // "Data Engineering" and "Audio Engineers" have bearers too.
        let bearers = BEARERS.iter().copied().filter(|bearer| lower.contains(bearer)).collect();
        Self { lower, initials, bearers }
    }

    /// Whether these words stand in it.
    pub(super) fn holds(&self, words: &str) -> bool {
        self.lower.contains(&words.to_lowercase())
    }

    /// Whether the word, less a plural's ending, is short for it or its end: "PM" for a senior product manager.
    pub(super) fn is_short(&self, word: &str) -> bool {
        let ends_in = |short: &[u8]| {
            let initials = self.initials.as_bytes();
            let from = initials.len().checked_sub(short.len());
            short.len() >= 2 && from.is_some_and(|from| initials[from..].eq_ignore_ascii_case(short))
        };
        if word.is_ascii() {
            // Most words are longer than the initials and a plural's ending.
            return word.len() <= self.initials.len() + 1 && ends_in(singular(word).as_bytes());
        }
        ends_in(singular(&word.to_lowercase()).as_bytes())
    }

    /// Whether the word is one of it that makes it a person's: "manager".
    pub(super) fn bears(&self, word: &str) -> bool {
        self.bearers.iter().any(|bearer| bearer.eq_ignore_ascii_case(word))
    }

    /// Whether the words, of which `whole` is made, name who bears it: they stand in it, and one makes it a person's.
    pub(super) fn names<'w>(&self, whole: &str, mut words: impl Iterator<Item = &'w str>) -> bool {
        words.any(|word| self.bears(word)) && self.holds(whole)
    }

    /// Whether the two words are those of it in the plural: "product managers".
    pub(super) fn is_plural(&self, before: &str, word: &str) -> bool {
        let one = singular(word);
        one.len() < word.len()
            && TRADES.iter().any(|trade| trade.eq_ignore_ascii_case(one))
            && self.holds(&format!("{before} {one}"))
    }
}

fn singular(word: &str) -> &str {
    word.strip_suffix(['s', 'S']).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_and_plurals_of_the_title_are_known() {
        let title = OwnTitle::new("Associate Product Manager");
        for (word, short) in [("APM", true), ("pms", true), ("M", false), ("PMM", false), ("über", false)] {
            assert_eq!(title.is_short(word), short, "{word}");
        }
        assert!(title.is_plural("Product", "Managers") && title.holds("product MANAGER"));
        assert!(title.names("Product Manager", ["Product", "Manager"].into_iter()));
        assert!(title.bears("MANAGER") && !title.bears("Owner"));
        assert!(!title.names("Product", ["Product"].into_iter()));
        assert!(!title.names("Brand Manager", ["Brand", "Manager"].into_iter()));
        assert!(!title.is_plural("Product", "Manager") && !title.is_plural("Sales", "Managers"));
    }
}
