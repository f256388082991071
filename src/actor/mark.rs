//! Cues as they stand in a clause: which words they are, and how they join on to what stands before.

use crate::lexicon::kind::{Kinds, is_adverb};
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
    /// What its words are beside that.
    pub(super) sort: Sort,
}

/// What a cue's words are beside its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// "Help", plain.
    Help,
    /// "Join": becoming one of a team is no work.
    Join,
    /// Those above the hire: "product leadership".
    Senior,
    /// A party between two commas: "…, with marketing, …".
    Aside,
    /// "You have launched": asked of the hire, or told of what will be reached.
    Reached,
    /// What a thing does: "the roadmap supports".
    Told,
    /// Somebody by name, with what that person does: "Priya owns".
    Named,
    /// Any other.
    Plain,
}

/// How a cue joins on to what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// It opens its thought, or only its subject and adverbs stand before it.
    Opening,
    /// "and", "or" or a comma.
    And,
    /// "to".
    To,
    /// "that", "which", or a thing before a verb in -s: it tells what a thing does, not what the hire does.
    That,
    /// A word after which it is a noun: "account support".
    Noun,
    /// Any other word.
    Other,
}

impl Mark {
    /// A cue on the words from `first` to `last`.
    pub(super) fn new(text: &str, run: &WordRun<'_>, cue: Cue, first: usize, last: usize) -> Self {
        let word = |at: usize| run.tokens[at].span.slice(text);
        let kinds = |at: usize| run.tokens[at].kinds;
        let adverb = |at: usize| is_adverb(word(at));
        let start = (1..=first).rev().find(|&at| run.tokens[at].gap == Gap::Break).unwrap_or(0);
        let opens =
            first - start <= 6 && (start..first).all(|at| kinds(at).has(Kinds::SUBJECT) || adverb(at));
        let mut before = first;
        while before > start && adverb(before - 1) {
            before -= 1;
        }
        let earlier = if before > 0 { kinds(before - 1) } else { Kinds::default() };
        let itself = kinds(first);
        // "Develops the product Supports the sale" lost a line end.
        let told = cue == Cue::Contributes
            && earlier.has(Kinds::THING)
            && run.tokens[before].gap == Gap::Soft
            && word(first).starts_with(char::is_lowercase)
            && finishes(word(first), "s")
            && !itself.has(Kinds::NOUN);
        let joint = if opens {
            Joint::Opening
        } else if earlier.has(Kinds::TO) {
            Joint::To
        } else if run.tokens[before].gap == Gap::Pause || earlier.has(Kinds::AND) {
            Joint::And
        } else if earlier.has(Kinds::THAT) || told {
            Joint::That
        } else if itself.has(Kinds::NOUN) && !earlier.has(Kinds::VERB_SIGN) {
            Joint::Noun
        } else {
            Joint::Other
        };
        let next = last + 1;
        let object = first == last
            && next < run.tokens.len()
            && run.tokens[next].gap == Gap::Soft
            && !kinds(next).has(Kinds::NO_OBJECT);
        let sort = match cue {
            Cue::Contributes if told && joint == Joint::That => Sort::Told,
            Cue::Contributes if first == last && begins(word(first), "help") => Sort::Help,
            Cue::Hire if begins(word(first), "join") => Sort::Join,
            Cue::Hypothetical if last == first + 2 && itself.has(Kinds::PERSON) => Sort::Reached,
            Cue::Party(_) => party_sort(run, first, last),
            _ => Sort::Plain,
        };
        let addresses = itself.has(Kinds::PERSON) || last > first && kinds(last).has(Kinds::PERSON);
        Self {
            cue,
            first,
            last,
            joint,
            object: object || first < last,
            gerund: ends(word(first), "ing"),
            addresses,
            sort,
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

/// What the people are whom the words from `first` to `last` name.
fn party_sort(run: &WordRun<'_>, first: usize, last: usize) -> Sort {
    let after = run.tokens.get(last + 1);
    let above = Kinds::SENIOR.or(Kinds::MANAGEMENT);
    if run.tokens[last].kinds.has(Kinds::SENIOR)
        || after.is_some_and(|next| next.gap == Gap::Soft && next.kinds.has(above))
    {
        return Sort::Senior;
    }
    let before = |at: usize, kinds: Kinds| at > 0 && run.tokens[at - 1].kinds.has(kinds);
    let from = if before(first, Kinds::WHICH) { first - 1 } else { first };
    let aside = before(from, Kinds::WITH)
        && run.tokens[from - 1].gap == Gap::Pause
        && after.is_some_and(|next| next.gap == Gap::Pause);
    if aside { Sort::Aside } else { Sort::Plain }
}

/// Whether the word begins so, whatever its case.
fn begins(word: &str, beginning: &str) -> bool {
    word.get(..beginning.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(beginning))
}

/// Whether the word is a longer one with this ending.
fn ends(word: &str, ending: &str) -> bool {
    word.len() > ending.len() && finishes(word, ending)
}

/// Whether the word has this ending, or is nothing else.
fn finishes(word: &str, ending: &str) -> bool {
    let (word, ending) = (word.as_bytes(), ending.as_bytes());
    word.len().checked_sub(ending.len()).is_some_and(|from| word[from..].eq_ignore_ascii_case(ending))
}

/// Whether "to" makes the word at `at` a verb, or it is one in -ing after "on", "in" or "by": what company is kept for.
pub(super) fn is_aim(text: &str, run: &WordRun<'_>, at: usize) -> bool {
    let (before, verb) = (run.tokens[at - 1].kinds, run.tokens[at]);
    if verb.gap != Gap::Soft || !before.has(Kinds::TO.or(Kinds::ON)) {
        return false;
    }
    let word = verb.span.slice(text);
    if before.has(Kinds::TO) {
        let plural = finishes(word, "s") && !finishes(word, "ss") && !finishes(word, "us");
        !plural && !verb.kinds.has(Kinds::NOUN_SIGN)
    } else {
        finishes(word, "ing") && !verb.kinds.has(Kinds::FIELD)
    }
}
