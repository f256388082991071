//! Cues as they stand in a clause: which words they are, and how they join on to what stands before.

use crate::lexicon::pattern::WordRun;
use crate::lexicon::{Cue, Party};
use crate::token::Gap;

/// A cue and its words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) cue: Cue,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) joint: Joint,
    /// Whether the next word can be its object.
    pub(super) object: bool,
    /// Whether its first word ends in -ing.
    pub(super) gerund: bool,
    /// Whether it speaks to or of one side by a word of its own: "you", "the role", "we".
    pub(super) addresses: bool,
}

/// Words that speak to or of the hire, or of the employer.
const PERSONS: &[&str] =
    &["you", "we", "who", "role", "position", "hire", "incumbent", "candidate", "person", "holder"];

/// How a cue joins on to what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// It opens its thought, or only its subject and adverbs stand before it.
    Opening,
    /// "and", "or" or a comma.
    And,
    /// "to".
    To,
    /// "that", "which": it tells what a thing does, not what the hire does.
    That,
    /// A word after which it is a noun: "account support".
    Noun,
    /// Any other word.
    Other,
}

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

impl Mark {
    /// A cue on the words from `first` to `last`.
    pub(super) fn new(text: &str, run: &WordRun<'_>, cue: Cue, first: usize, last: usize) -> Self {
        let word = |at: usize| run.tokens[at].span.slice(text);
        let is_one = |at: usize, list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(word(at)));
        let adverb = |at: usize| word(at).len() > 4 && ends(word(at), "ly");
        let start = (1..=first).rev().find(|&at| run.tokens[at].gap == Gap::Break).unwrap_or(0);
        let opens = (start..first).all(|at| is_one(at, SUBJECTS) || adverb(at)) && first - start <= 6;
        let mut before = first;
        while before > start && adverb(before - 1) {
            before -= 1;
        }
        let joint = if opens {
            Joint::Opening
        } else if before > 0 && is_one(before - 1, &["to"]) {
            Joint::To
        } else if run.tokens[before].gap == Gap::Pause
            || before > 0 && is_one(before - 1, &["and", "or", "&", "then"])
        {
            Joint::And
        } else if before > 0 && is_one(before - 1, &["that", "which"]) {
            Joint::That
        } else if is_one(first, NOUNS) && !(before > 0 && is_one(before - 1, VERB_SIGNS)) {
            Joint::Noun
        } else {
            Joint::Other
        };
        let next = last + 1;
        let object = next < run.tokens.len()
            && run.tokens[next].gap == Gap::Soft
            && !is_one(next, NO_OBJECTS)
            && first == last;
        let addresses = is_one(first, PERSONS) || is_one(last, PERSONS);
        Self {
            cue,
            first,
            last,
            joint,
            object: object || first < last,
            gerund: ends(word(first), "ing"),
            addresses,
        }
    }

    /// Whether it names a team or people.
    pub(super) fn is_party(&self) -> bool {
        matches!(self.cue, Cue::Party(_))
    }

    /// Whether what follows is done with it.
    pub(super) fn governs(&self) -> bool {
        !matches!(self.joint, Joint::That | Joint::Noun)
    }

    /// The party that it names.
    pub(super) fn party(&self) -> Option<Party> {
        match self.cue {
            Cue::Party(party) => Some(party),
            _ => None,
        }
    }

    /// Whether all words from `first` to `last` are its own.
    pub(super) fn covers(&self, first: usize, last: usize) -> bool {
        self.first <= first && last <= self.last
    }

    /// Whether it is a verb of work that begins a duty of its own beside the one that `lead` opens: joined on by "and"
    /// or a comma, and in the same form. "Assist in drafting and writing" is one duty.
    pub(super) fn restarts(&self, lead: &Self) -> bool {
        self.cue == Cue::Owns && self.joint == Joint::And && self.object && self.gerund == lead.gerund
    }
}

fn ends(word: &str, ending: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() > ending.len() && bytes[bytes.len() - ending.len()..].eq_ignore_ascii_case(ending.as_bytes())
}

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

/// The words that "to" makes verbs, and those in -ing after "on", "in" or "by": what company is kept for.
pub(super) fn aims<'t>(text: &'t str, run: &'t WordRun<'_>) -> impl Iterator<Item = usize> {
    let word = |at: usize| run.tokens[at].span.slice(text).to_ascii_lowercase();
    (1..run.tokens.len()).filter(move |&at| {
        if run.tokens[at].gap != Gap::Soft || run.tokens[at - 1].span.len() != 2 {
            return false;
        }
        let verb = word(at);
        match word(at - 1).as_str() {
            "to" => {
                let plural = verb.ends_with('s') && !verb.ends_with("ss") && !verb.ends_with("us");
                !plural && !NOUN_SIGNS.contains(&verb.as_str())
            }
            "on" | "in" | "by" => verb.ends_with("ing") && !FIELDS.contains(&verb.as_str()),
            _ => false,
        }
    })
}
