//! Small words around cues, by what they say of how a clause is built.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lanes;
use crate::span::Span;

/// Words that speak to or of the hire, or of the employer.
const PERSONS: &[&str] =
    &["you", "we", "who", "role", "position", "hire", "incumbent", "candidate", "person", "holder"];

/// Words that may stand before the verb that opens a thought.
const SUBJECTS: &[&str] = &[
    "you", "will", "ll", "also", "to", "be", "and", "then", "this", "role", "position", "the", "who", "re",
    "are", "is", "would", "expected", "core", "part", "a", "it", "involves", "includes", "very", "always",
];

/// Words after which a noun that looks like a verb has no object: "design and", "research team", "sales leads in".
const NO_OBJECTS: &[&str] = &[
    "and",
    "or",
    "of",
    "for",
    "to",
    "with",
    "in",
    "at",
    "on",
    "across",
    "is",
    "are",
    "will",
    "team",
    "teams",
    "manager",
    "managers",
    "lead",
    "leads",
    "leader",
    "leaders",
    "leadership",
    "department",
    "departments",
    "function",
    "functions",
    "group",
    "groups",
    "partners",
    "counterparts",
    "colleagues",
    "organization",
    "organisation",
];

/// Verbs of support that are nouns as well.
const NOUNS: &[&str] = &["support", "help", "influence", "aid", "aids", "input", "inputs", "feed", "feeds"];

/// Words after which such a word is a verb.
const VERB_SIGNS: &[&str] = &[
    "will",
    "ll",
    "you",
    "who",
    "they",
    "we",
    "he",
    "she",
    "can",
    "must",
    "shall",
    "would",
    "manager",
    "owner",
    "managers",
    "lead",
    "marketer",
    "role",
    "position",
    "director",
    "team",
    "specialist",
    "associate",
    "analyst",
    "co",
    "pm",
    "pmm",
];

/// Words that show that "to" before them opens no verb.
const NOUN_SIGNS: &[&str] = &[
    "the",
    "a",
    "an",
    "our",
    "your",
    "their",
    "its",
    "all",
    "both",
    "each",
    "every",
    "other",
    "new",
    "key",
    "internal",
    "external",
    "date",
    "end",
    "market",
    "and",
    "product",
    "senior",
    "executive",
    "others",
    "them",
    "us",
    "you",
];

/// Names of fields that look like what somebody is doing.
const FIELDS: &[&str] = &[
    "marketing",
    "engineering",
    "pricing",
    "messaging",
    "positioning",
    "training",
    "testing",
    "planning",
    "branding",
    "packaging",
    "advertising",
];

/// Which of these lists a word is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(u16);

impl Kinds {
    pub(super) const PERSON: Self = Self(1);
    pub(super) const SUBJECT: Self = Self(1 << 1);
    pub(super) const NO_OBJECT: Self = Self(1 << 2);
    pub(super) const NOUN: Self = Self(1 << 3);
    pub(super) const VERB_SIGN: Self = Self(1 << 4);
    pub(super) const NOUN_SIGN: Self = Self(1 << 5);
    pub(super) const FIELD: Self = Self(1 << 6);
    /// "to".
    pub(super) const TO: Self = Self(1 << 7);
    /// Words that join equals.
    pub(super) const AND: Self = Self(1 << 8);
    /// Words after which it is told what a thing does.
    pub(super) const THAT: Self = Self(1 << 9);
    /// Words before what is being done.
    pub(super) const ON: Self = Self(1 << 10);

    /// The lists of the word at a place, whatever its case.
    pub(super) fn of(text: &str, word: Span) -> Self {
        if word.is_empty() || word.len() > lanes::SHORT {
            return Self::default();
        }
        // Most words can be told from all of these by their length and first letter.
        if BEGINNINGS[word.len()] & beginning(text.as_bytes()[word.start]) == 0 {
            return Self::default();
        }
        KNOWN.get(&lanes::key(text.as_bytes(), word.start, word.end)).copied().unwrap_or_default()
    }

    /// Whether the word is on the list.
    pub(super) fn has(self, list: Self) -> bool {
        self.0 & list.0 != 0
    }
}

/// The lists, with the kind of each.
const LISTS: [(&[&str], Kinds); 11] = [
    (PERSONS, Kinds::PERSON),
    (SUBJECTS, Kinds::SUBJECT),
    (NO_OBJECTS, Kinds::NO_OBJECT),
    (NOUNS, Kinds::NOUN),
    (VERB_SIGNS, Kinds::VERB_SIGN),
    (NOUN_SIGNS, Kinds::NOUN_SIGN),
    (FIELDS, Kinds::FIELD),
    (&["to"], Kinds::TO),
    (&["and", "or", "&", "then"], Kinds::AND),
    (&["that", "which"], Kinds::THAT),
    (&["on", "in", "by"], Kinds::ON),
];

/// Every word that is on a list; none is longer than [`lanes::SHORT`].
static KNOWN: LazyLock<FxHashMap<[u64; 2], Kinds>> = LazyLock::new(|| {
    let mut known: FxHashMap<[u64; 2], Kinds> = FxHashMap::default();
    for (words, list) in LISTS {
        for word in words {
            known.entry(lanes::key(word.as_bytes(), 0, word.len())).or_default().0 |= list.0;
        }
    }
    known
});

/// With which letters the words of each length begin that are on a list.
const BEGINNINGS: [u32; lanes::SHORT + 1] = {
    let mut beginnings = [0; lanes::SHORT + 1];
    let mut list = 0;
    while list < LISTS.len() {
        let words = LISTS[list].0;
        let mut at = 0;
        while at < words.len() {
            beginnings[words[at].len()] |= beginning(words[at].as_bytes()[0]);
            at += 1;
        }
        list += 1;
    }
    beginnings
};

/// A bit for the first byte of a word, the same for a letter in both cases.
const fn beginning(byte: u8) -> u32 {
    1 << (byte & 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_on_their_lists_in_any_case() {
        const CASES: &[(&str, Kinds, bool)] = &[
            ("to", Kinds::TO, true),
            ("To", Kinds::SUBJECT, true),
            ("&", Kinds::AND, true),
            ("ORGANISATION", Kinds::NO_OBJECT, true),
            ("too", Kinds::TO, false),
            ("role", Kinds::NO_OBJECT, false),
            ("an-unknown-word-that-is-long", Kinds::FIELD, false),
        ];
        for &(word, list, on) in CASES {
            let text = format!("x {word} and more text behind it");
            assert_eq!(Kinds::of(&text, Span::new(2, 2 + word.len())).has(list), on, "{word}");
        }
        let lists = [PERSONS, SUBJECTS, NO_OBJECTS, NOUNS, VERB_SIGNS, NOUN_SIGNS, FIELDS];
        assert!(lists.into_iter().flatten().all(|word| word.len() <= lanes::SHORT));
    }
}
