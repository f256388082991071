//! What a sentence says of its work by how it is built, whatever the verb: a small grammar of somebody who stands for the
//! hire, and a verb behind that is more than being, having or getting.

mod words;

use crate::lexicon::bearer::singular;
use crate::lexicon::kind::{Kinds, is_adverb};
use crate::lexicon::tape::Word;
use crate::token::Gap;
use words::Lists;

/// Words after "seeking" within which it is told what for.
const SOUGHT: usize = 14;

/// Words that may stand for the hire.
const HIRE: Kinds = Kinds::PERSON.or(Kinds::PRONOUN);

/// Words between who stands for the hire and what is promised of them.
const LONGEST_PROMISE: usize = 12;

/// Words before the subject's last word.
const LONGEST_SUBJECT: usize = 6;

/// The words of a clause.
pub(crate) struct Sentence<'a> {
    text: &'a str,
    words: &'a [Word],
}

impl<'a> Sentence<'a> {
    /// The sentence of these words of a text.
    pub(crate) fn new(text: &'a str, words: &'a [Word]) -> Self {
        Self { text, words }
    }

    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.span.slice(self.text))
    }

    fn is(&self, at: usize, known: &[&str]) -> bool {
        let word = self.word(at);
        known.iter().any(|it| it.eq_ignore_ascii_case(word))
    }

    fn on(&self, at: usize, list: Lists) -> bool {
        Lists::of(self.word(at)).has(list)
    }

    fn has(&self, at: usize, kinds: Kinds) -> bool {
        self.words.get(at).is_some_and(|word| word.kinds.has(kinds))
    }

    /// Whether nothing stands between the word and the one before it.
    fn follows(&self, at: usize) -> bool {
        let apart = |word: &Word| {
            // "Several roles | Ghent".
            let before = at.checked_sub(1).and_then(|before| self.words.get(before));
            before.is_some_and(|before| self.text[before.span.end..word.span.start].contains('|'))
        };
        self.words.get(at).is_some_and(|word| word.gap == Gap::Soft && !apart(word))
    }

    /// The first word from `at` on that is no adverb.
    fn behind_adverbs(&self, mut at: usize) -> usize {
        while is_adverb(self.word(at)) || self.is(at, &["also", "then"]) {
            at += 1;
        }
        at
    }

    /// Whether the word is a verb of work, for all its words show.
    fn works(&self, at: usize) -> bool {
        let at = self.behind_adverbs(at);
        let word = self.word(at);
        if !self.follows(at) || word.len() < 2 || !word.starts_with(char::is_alphabetic) {
            return false;
        }
        if word.eq_ignore_ascii_case("be") {
            return self.is_busy(self.behind_adverbs(at + 1));
        }
        if self.is(at, &["work", "works", "working"]) {
            return !self.on(self.behind_adverbs(at + 1), Lists::WHERE) && self.follows(at + 1);
        }
        !self.on(at, Lists::NO_WORK) && !self.on(at, Lists::NO_VERB) && !self.has(at, Kinds::ARTICLE)
    }

    /// Whether the words behind "be" give work: "responsible for", "building".
    fn is_busy(&self, at: usize) -> bool {
        let word = self.word(at);
        let gerund = word.len() > 5 && word.ends_with("ing") && self.works(at);
        self.is(at, &["responsible", "accountable", "tasked"])
            || self.is(at, &["in"]) && self.is(at + 1, &["charge"])
            || self.on(at, Lists::NEEDED) && self.is(at + 1, &["in", "to"])
            || self.is(at, &["expected", "asked"]) && self.is(at + 1, &["to"]) && self.works(at + 2)
            || gerund
    }

    /// "You will …", "this person will …", "he or she will …", "this position oversees …".
    pub(crate) fn addresses(&self) -> bool {
        (0..self.words.len()).any(|at| self.has(at, HIRE) && self.addresses_at(at))
    }

    fn addresses_at(&self, at: usize) -> bool {
        let next = at + 1;
        let you = self.is(at, &["you"]);
        let conditional = || (0..at).any(|before| self.has(before, Kinds::CONDITION));
        if you || self.has(at, Kinds::PRONOUN) && self.is(at, &["he", "she"]) {
            let modal = self.is(next, &["will", "ll", "would", "d", "shall"]) && self.works(next + 1)
                || self.is(next, &["can", "will", "ll"])
                    && (1..=2).any(|more| {
                        self.is(next + more, &["expect", "get"])
                            && self.is(next + more + 1, &["to"])
                            && self.works(next + more + 2)
                    })
                || self.is(next, &["get"]) && self.is(next + 1, &["to"]) && self.works(next + 2)
                || self.is(next, &["are", "re"]) && self.is_busy(self.behind_adverbs(next + 1));
            let opens = at == 0 || !self.follows(at);
            return !conditional() && (modal || you && opens && self.works(next));
        }
        let person = self.has(at, Kinds::PERSON)
            && !self.is(at, &["we", "who", "you"])
            && at > 0
            && (self.is(at - 1, &["this", "the"]) || self.on(at - 1, Lists::PRAISED));
        if !person {
            return false;
        }
        let thing = self.is(at, &["role", "position"]);
        let modal = self.is(next, &["will", "would", "shall"]) && self.works(next + 1);
        let told = self.word(next).ends_with('s') && self.works(next);
        modal || told && !(thing && self.is(next, &["provides", "gives", "works", "sits", "allows"]))
    }

    /// "You will …", "this role sits with us and will …", "the lead for the claims team will …": what the hire will do, told as
    /// such and by no condition.
    pub(crate) fn promises(&self) -> bool {
        let will = |at: usize| self.is(at, &["will", "ll", "shall"]) && self.works(at + 1);
        let begins = |at: usize| at > 0 && self.is(at - 1, &["this", "the"]);
        let promised = |at: usize| {
            let mut behind = at + 1..self.words.len().min(at + LONGEST_PROMISE);
            if self.is(at, &["you"]) {
                // "As our editor, you cut the films."
                let bears = self.is(0, &["as"]) && self.words[at].gap == Gap::Pause;
                return will(at + 1) || bears && self.works(at + 1);
            }
            self.has(at, Kinds::PERSON)
                && !self.is(at, &["we", "who"])
                && begins(at)
                && behind.any(|verb| (verb == at + 1 || self.has(verb - 1, Kinds::AND)) && will(verb))
        };
        let bearer = || {
            let first =
                self.words.iter().take(LONGEST_SUBJECT).position(|word| word.kinds.has(Kinds::BEARER));
            first.is_some_and(|bearer| {
                let mut behind = bearer + 1..self.words.len().min(bearer + LONGEST_PROMISE);
                let soft = |verb: usize| (1..=verb).all(|at| self.words[at].gap != Gap::Break);
                bearer > 0 && self.is(0, &["the"]) && behind.find(|&verb| will(verb)).is_some_and(soft)
            })
        };
        let conditional = |at: usize| (0..at).any(|before| self.has(before, Kinds::CONDITION));
        (0..self.words.len()).any(|at| self.has(at, Kinds::PERSON) && promised(at) && !conditional(at))
            || bearer()
    }

    /// "… is responsible for …", "responsible for …"; of a team it tells nothing.
    pub(crate) fn is_answerable(&self) -> bool {
        (0..self.words.len()).any(|at| {
            self.is(at, &["responsible", "accountable", "tasked"])
                && self.is(at + 1, &["for", "to", "with", "and"])
                && (at == 0
                    || self.is(at - 1, &["is", "are", "be", "being", "directly", "primarily", "mainly"])
                        && !(0..at).rev().take(3).any(|before| self.on(before, Lists::GROUPS)))
        })
    }

    /// "Duties include …", "the work consists of …".
    pub(crate) fn lists(&self) -> bool {
        (0..self.words.len()).any(|at| {
            let tasks = self.on(at, Lists::TASKS);
            if !tasks && !self.on(at, Lists::WORK) {
                return false;
            }
            let mut verb = at + 1;
            while self.is(verb, &["will", "may", "can", "also"]) {
                verb += 1;
            }
            let holds = self.on(verb, Lists::HOLDS) && self.follows(verb);
            let is = tasks && self.is(verb, &["are", "is", "be"]) && self.follows(verb);
            let labelled =
                tasks && self.words.get(at + 1).is_some_and(|next| next.gap == Gap::Break) && at < 3;
            holds && self.words.len() > verb + 1 || is && !self.on(verb + 1, Lists::NO_VERB) || labelled
        })
    }

    /// "The purpose of this role is …", "your mission: …".
    pub(crate) fn aims(&self) -> bool {
        (0..self.words.len()).any(|at| {
            self.on(at, Lists::AIMS)
                && (self.is(at + 1, &["of", "for", "in"])
                    && self.is(at + 2, &["this", "the"])
                    && self.is(at + 3, &["role", "position", "job"])
                    || at > 0
                        && self.is(at - 1, &["your"])
                        && at < 4
                        && (self.is(at + 1, &["is", "will", "s"])
                            || self.words.get(at + 1).is_some_and(|next| next.gap == Gap::Break)))
        })
    }

    /// "We seek an analyst to dig through …", "… who will carry out …".
    pub(crate) fn seeks(&self) -> bool {
        let lacks = |at: usize| at > 0 && self.on(at, Lists::LACKS) && self.is(at - 1, &["we"]);
        let Some(seeks) = (0..self.words.len()).find(|&at| self.on(at, Lists::SEEKS) || lacks(at)) else {
            return false;
        };
        let within = seeks + 2..self.words.len().min(seeks + SOUGHT);
        let verb = within.into_iter().find_map(|at| {
            if self.words[at].gap == Gap::Break {
                return Some(None);
            }
            let who = self.is(at, &["who"]) && self.is(at + 1, &["will", "can", "would"]);
            match (who, self.is(at, &["to"]) && !self.is(at - 1, &["looking", "hoping", "need", "able"])) {
                (true, _) => Some(Some(at + 2)),
                (_, true) => Some(Some(at + 1)),
                _ => None,
            }
        });
        verb.flatten().is_some_and(|verb| self.works(verb))
    }

    /// "The clerk answers …", "front desk clerks check …": those who bear the title.
    pub(crate) fn tells_of(&self, trade: &str) -> bool {
        let start = (1..self.words.len().min(LONGEST_SUBJECT + 1))
            .find(|&at| self.words[at].gap == Gap::Pause)
            .filter(|_| self.is(0, &["as", "in", "at"]))
            .unwrap_or(0);
        (start..self.words.len().min(start + LONGEST_SUBJECT)).any(|at| {
            let word = self.word(at);
            let one = word.eq_ignore_ascii_case(trade);
            let several = !one && singular(word).eq_ignore_ascii_case(trade);
            if !one && !several || (start + 1..=at).any(|at| !self.follows(at)) {
                return false;
            }
            let known = start == at
                || self.has(start, Kinds::ARTICLE)
                || self.on(start, Lists::PRAISED)
                || self.is(start, &["our", "your", "this", "the", "a", "an"])
                || several;
            let next = self.behind_adverbs(at + 1);
            let modal = self.is(next, &["will", "shall"]) && self.works(next + 1);
            let ends = self.word(next).ends_with('s') && !self.word(next).ends_with("ss");
            known && (modal || self.works(next) && (one && ends || several && !ends))
        })
    }
}
