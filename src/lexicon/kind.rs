//! Small words around cues, by what they say of how a clause is built. The dictionary knows them beside the words of
//! forms, so that whoever holds a word has its kinds.

use super::bearer;
#[cfg(test)]
use crate::lanes;

/// Words that speak to or of the hire, or of the employer.
const PERSONS: &[&str] = &[
    "you",
    "we",
    "who",
    "role",
    "position",
    "hire",
    "incumbent",
    "candidate",
    "person",
    "holder",
    "postholder",
    "jobholder",
    "applicant",
    "appointee",
];

/// Words that may stand before the verb that opens a thought.
const SUBJECTS: &[&str] = &[
    "you", "will", "ll", "also", "to", "be", "and", "then", "this", "role", "position", "the", "who", "re",
    "are", "is", "would", "may", "must", "shall", "expected", "core", "part", "a", "it", "involves",
    "includes", "very", "always",
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

/// What a product is called behind what it is for: "our pitch-deck tool".
const PRODUCTS: &[&str] =
    &["tool", "tools", "app", "apps", "platform", "software", "suite", "module", "engine"];

/// Things that a team makes and that cannot lend a hand: "the roadmap supports our aims".
const THINGS: &[&str] = &[
    "architecture",
    "automation",
    "backlog",
    "capability",
    "capabilities",
    "content",
    "container",
    "data",
    "design",
    "feature",
    "features",
    "feedback",
    "infrastructure",
    "initiative",
    "insight",
    "insights",
    "messaging",
    "plan",
    "plans",
    "platform",
    "platforms",
    "portfolio",
    "positioning",
    "pricing",
    "process",
    "processes",
    "product",
    "products",
    "program",
    "programme",
    "project",
    "projects",
    "research",
    "roadmap",
    "roadmaps",
    "service",
    "services",
    "software",
    "solution",
    "solutions",
    "strategies",
    "strategy",
    "suite",
    "system",
    "systems",
    "technology",
    "tool",
    "tooling",
    "tools",
    "vision",
];

/// What those above the hire are called.
const SENIORS: &[&str] = &["leadership", "leaders", "executives", "director", "directors"];

/// Words of a heading that says by when something is to be reached: "What success looks like", "Month 3".
const TERMS: &[&str] =
    &["success", "day", "days", "week", "weeks", "month", "months", "quarter", "year", "years"];

/// Which of these lists a word is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u32);

impl Kinds {
    /// On none.
    pub(super) const NONE: Self = Self(0);
    pub(crate) const PERSON: Self = Self(1);
    pub(crate) const SUBJECT: Self = Self(1 << 1);
    pub(crate) const NO_OBJECT: Self = Self(1 << 2);
    pub(crate) const NOUN: Self = Self(1 << 3);
    pub(crate) const VERB_SIGN: Self = Self(1 << 4);
    pub(crate) const NOUN_SIGN: Self = Self(1 << 5);
    pub(crate) const FIELD: Self = Self(1 << 6);
    /// "to".
    pub(crate) const TO: Self = Self(1 << 7);
    /// Words that join equals.
    pub(crate) const AND: Self = Self(1 << 8);
    /// Words after which it is told what a thing does.
    pub(crate) const THAT: Self = Self(1 << 9);
    /// Words before what is being done.
    pub(crate) const ON: Self = Self(1 << 10);
    pub(crate) const PRODUCT: Self = Self(1 << 11);
    pub(crate) const SENIOR: Self = Self(1 << 12);
    /// "management".
    pub(crate) const MANAGEMENT: Self = Self(1 << 13);
    /// Words that say which.
    pub(crate) const WHICH: Self = Self(1 << 14);
    /// "with".
    pub(crate) const WITH: Self = Self(1 << 15);
    /// Words that begin to tell of a thing, beside those of [`Kinds::THAT`].
    pub(crate) const RELATIVE: Self = Self(1 << 16);
    /// Words that begin to tell of a thing later in a clause.
    pub(crate) const TELLER: Self = Self(1 << 17);
    /// Words before a title in a sentence about who bears it.
    pub(crate) const ARTICLE: Self = Self(1 << 18);
    /// Words of a title that make it a person's.
    pub(crate) const BEARER: Self = Self(1 << 19);
    /// Words for the person named before.
    pub(crate) const PRONOUN: Self = Self(1 << 20);
    /// Words that begin a condition.
    pub(crate) const CONDITION: Self = Self(1 << 21);

    /// Words that join what is denied alike.
    pub(crate) const OR: Self = Self(1 << 22);

    /// Words of a heading that says by when something is to be reached.
    pub(crate) const TERM: Self = Self(1 << 23);

    /// Words before the first of what a line tells from end to end: "from writing … to ranking …".
    pub(crate) const FROM: Self = Self(1 << 24);

    /// "will".
    pub(crate) const WILL: Self = Self(1 << 25);

    /// "by".
    pub(crate) const BY: Self = Self(1 << 26);

    /// Things that a team makes.
    pub(crate) const THING: Self = Self(1 << 27);

    /// Every word that is on a list, with one of its kinds; none is longer than [`lanes::SHORT`].
    pub(super) fn words() -> impl Iterator<Item = (&'static str, Self)> {
        let lists = LISTS.iter().flat_map(|&(words, list)| words.iter().map(move |&word| (word, list)));
        lists.chain(bearer::in_sentences().map(|word| (word, Self::BEARER)))
    }

    /// Adds the lists of another.
    pub(super) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether the word is on one of the lists.
    #[inline]
    pub(crate) fn has(self, lists: Self) -> bool {
        self.0 & lists.0 != 0
    }

    /// The lists of both.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Whether the word tells how something is done: "closely", not "early" or "daily".
pub(crate) fn is_adverb(word: &str) -> bool {
    const OTHERS: [&str; 8] =
        ["early", "daily", "weekly", "monthly", "quarterly", "yearly", "family", "supply"];
    let ending = word.len().checked_sub(2).and_then(|from| word.as_bytes().get(from..));
    word.len() > 4
        && ending.is_some_and(|ending| ending.eq_ignore_ascii_case(b"ly"))
        && !OTHERS.iter().any(|other| other.eq_ignore_ascii_case(word))
}

/// The lists, with the kind of each.
const LISTS: [(&[&str], Kinds); 27] = [
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
    (PRODUCTS, Kinds::PRODUCT),
    (SENIORS, Kinds::SENIOR),
    (&["management"], Kinds::MANAGEMENT),
    (&["the", "our", "your"], Kinds::WHICH),
    (&["with"], Kinds::WITH),
    (&["whether", "who", "where"], Kinds::RELATIVE),
    (&["we", "they"], Kinds::TELLER),
    (&["the", "a", "an", "our", "this"], Kinds::ARTICLE),
    (&["he", "she", "they"], Kinds::PRONOUN),
    (&["if", "whenever", "once", "unless"], Kinds::CONDITION),
    (&["or", "nor"], Kinds::OR),
    (TERMS, Kinds::TERM),
    (&["from"], Kinds::FROM),
    (&["will"], Kinds::WILL),
    (&["by"], Kinds::BY),
    (THINGS, Kinds::THING),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_too_long_to_be_a_key() {
        assert!(Kinds::words().all(|(word, _)| word.len() <= lanes::SHORT && *word == word.to_lowercase()));
    }
}
