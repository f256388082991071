//! A posting's own title, as its sentences may name the hire by it.

use crate::lexicon::bearer::{names_product_person, singular};

/// The title in lower case, and the first letters of its words.
#[derive(Debug)]
pub(crate) struct OwnTitle {
    lower: String,
    /// The same with the field behind "of", as sentences tell it: "director of sales" of "Director, Sales".
    field: String,
    /// The same without field and place.
    core: String,
    /// The whole title, where it is one word: "CPO".
    word: Option<String>,
    initials: String,
}

impl OwnTitle {
    /// The title as the posting has it.
    pub(crate) fn new(title: &str) -> Self {
        let lower = title.to_lowercase();
        // "…, Strategic", "… (Berlin)" name the field or the place.
        let core = lower.split([',', '(', '[', '|', '/', '\u{2013}', '\u{2014}']).next().unwrap_or("");
        let core = core.split(" - ").next().unwrap_or("");
        // "Mesa | Leeds" names a company.
        let whole = title.trim();
        let word = (!whole.contains(char::is_whitespace) && !whole.is_empty()).then(|| whole.to_owned());
        let initials = core.split_whitespace().filter_map(|word| word.chars().next()).collect();
        let core = core.trim().to_owned();
        let field = lower.replace(", ", " of ").replace(" - ", " of ");
        Self { lower, field, core, word, initials }
    }

    /// Whether these words stand in it, or say the same: "product marketer" of a product marketing manager.
    pub(super) fn holds(&self, words: &str) -> bool {
        let words = words.to_lowercase();
        self.lower.contains(&words)
            || words.contains(" of ") && self.field.contains(&words)
            || words.contains("marketer") && self.lower.contains(&words.replace("marketer", "marketing"))
    }

    /// Whether the word, less a plural's ending, is short for it or its end: "PM" for a senior product manager.
    pub(super) fn is_short(&self, word: &str) -> bool {
        let ends_in = |short: &[u8]| {
            let initials = self.initials.as_bytes();
            let from = initials.len().checked_sub(short.len());
            short.len() >= 2 && from.is_some_and(|from| initials[from..].eq_ignore_ascii_case(short))
        };
        if self.word.as_deref().is_some_and(|title| title.eq_ignore_ascii_case(word)) {
            return true;
        }
        if word.is_ascii() {
            // Most words are longer than the initials and a plural's ending.
            return word.len() <= self.initials.len() + 1 && ends_in(singular(word).as_bytes());
        }
        ends_in(singular(&word.to_lowercase()).as_bytes())
    }

    /// Whether the two words are those of it in the plural, or its end: "product managers", "data scientists" of a senior
    /// data scientist.
    pub(super) fn is_plural(&self, before: &str, word: &str) -> bool {
        let one = singular(word);
        one.len() < word.len()
            && (names_product_person(one) && self.holds(&format!("{before} {one}"))
                || self.ends_in(before, one))
    }

    /// Whether its last two words are these.
    fn ends_in(&self, before: &str, word: &str) -> bool {
        let mut words = self.core.rsplit(' ');
        words.next().is_some_and(|last| last.eq_ignore_ascii_case(word))
            && words.next().is_some_and(|last| last.eq_ignore_ascii_case(before))
    }

    /// Its last word without field and place, in the singular: "clerk" of "Front Desk Clerk (Ghent)".
    pub(crate) fn trade(&self) -> &str {
        singular(self.core.rsplit(' ').next().unwrap_or(""))
    }

    /// Whether the word is one of its own before the trade: "senior".
    pub(super) fn opens_with(&self, word: &str) -> bool {
        self.core.split(' ').any(|own| own.eq_ignore_ascii_case(word))
    }
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
        assert!(OwnTitle::new("CPO").is_short("Cpo") && !OwnTitle::new("Felt | Leeds").is_short("Felt"));
        assert!(title.is_plural("Product", "Managers") && title.holds("product MANAGER"));
        assert!(!title.is_plural("Product", "Manager") && !title.is_plural("Sales", "Managers"));
        let head = OwnTitle::new("Senior Director, Field Sales");
        assert!(head.holds("Director of Field Sales") && !head.holds("Director of Design"));
        assert!(OwnTitle::new("Senior Data Scientist, Maps").is_plural("Data", "Scientists"));
    }
}
