//! Sentences that give the hire work in words that name no kind of work: "couriers deliver parcels", "you will spend
//! your days with our oldest customers". Whose work it is stays open; that there is some tells a posting from a teaser.
//!
//! The grammar is small: somebody who stands for the hire, and a verb behind that is more than being, having or getting.

mod words;

use crate::actor::OwnTitle;
use crate::document::{Clause, Document};
use crate::lexicon::bearer::singular;
use crate::lexicon::kind::{Kinds, is_adverb};
use crate::lexicon::tape::Word;
use crate::token::Gap;
use crate::vocabulary::Zone;
use words::{AIMS, GROUPS, HOLDS, LACKS, NO_VERB, NO_WORK, PRAISED, SEEKS, TASKS, WHERE, WORK, Words};

/// Words after "seeking" within which it is told what for.
const SOUGHT: usize = 14;

/// Words before the subject's last word.
const LONGEST_SUBJECT: usize = 6;

/// How many sentences of the document give work by such words. `title` is the posting's own.
pub(crate) fn sentences(document: &Document, title: Option<&str>) -> f64 {
    // "Mesa | Analyst | Leeds" begins with a company.
    let title = title.filter(|title| !title.contains('|')).map(OwnTitle::new);
    let trade = title.as_ref().map(OwnTitle::trade).filter(|trade| trade.len() > 2);
    let told = document.clauses().iter().enumerate().filter(|(index, clause)| {
        let may = matches!(clause.zone, Zone::Intro | Zone::Duties | Zone::Company) && !clause.heading;
        may && gives(document, *index, clause, trade)
    });
    #[expect(clippy::cast_precision_loss, reason = "texts have far fewer than 2^52 clauses")]
    let count = told.count() as f64;
    count
}

fn gives(document: &Document, index: usize, clause: &Clause, trade: Option<&str>) -> bool {
    let text = document.text();
    if clause.span.slice(text).trim_end().ends_with('?') {
        return false;
    }
    let sentence = Sentence { text, words: document.run(index).tokens };
    sentence.is_answerable()
        || sentence.lists()
        || sentence.aims()
        || sentence.seeks()
        || (0..sentence.words.len()).any(|at| sentence.addresses(at))
        || trade.is_some_and(|trade| sentence.tells_of(trade))
}

/// The words of a clause.
struct Sentence<'a> {
    text: &'a str,
    words: &'a [Word],
}

impl Sentence<'_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.span.slice(self.text))
    }

    fn is(&self, at: usize, known: Words) -> bool {
        let word = self.word(at);
        !word.is_empty() && known.split(' ').any(|it| it.eq_ignore_ascii_case(word))
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
        while is_adverb(self.word(at)) || self.is(at, "also then") {
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
        if self.is(at, "work works working") {
            return !self.is(self.behind_adverbs(at + 1), WHERE) && self.follows(at + 1);
        }
        !self.is(at, NO_WORK) && !self.is(at, NO_VERB) && !self.has(at, Kinds::ARTICLE)
    }

    /// Whether the words behind "be" give work: "responsible for", "building".
    fn is_busy(&self, at: usize) -> bool {
        let word = self.word(at);
        let gerund = word.len() > 5 && word.ends_with("ing") && self.works(at);
        self.is(at, "responsible accountable tasked")
            || self.is(at, "in") && self.is(at + 1, "charge")
            || self.is(at, "expected asked") && self.is(at + 1, "to") && self.works(at + 2)
            || gerund
    }

    /// "You will …", "this person will …", "he or she will …", "this position oversees …".
    fn addresses(&self, at: usize) -> bool {
        let next = at + 1;
        let you = self.is(at, "you");
        let conditional = || (0..at).any(|before| self.has(before, Kinds::CONDITION));
        if you || self.has(at, Kinds::PRONOUN) && self.is(at, "he she") {
            let modal = self.is(next, "will ll would d shall") && self.works(next + 1)
                || self.is(next, "can will ll")
                    && (1..=2).any(|more| {
                        self.is(next + more, "expect get")
                            && self.is(next + more + 1, "to")
                            && self.works(next + more + 2)
                    })
                || self.is(next, "get") && self.is(next + 1, "to") && self.works(next + 2)
                || self.is(next, "are re") && self.is_busy(self.behind_adverbs(next + 1));
            let opens = at == 0 || !self.follows(at);
            return !conditional() && (modal || you && opens && self.works(next));
        }
        let person = self.has(at, Kinds::PERSON)
            && !self.is(at, "we who you")
            && at > 0
            && (self.is(at - 1, "this the") || self.is(at - 1, PRAISED));
        if !person {
            return false;
        }
        let thing = self.is(at, "role position");
        let modal = self.is(next, "will would shall") && self.works(next + 1);
        let told = self.word(next).ends_with('s') && self.works(next);
        modal || told && !(thing && self.is(next, "provides gives works sits allows"))
    }

    /// "… is responsible for …", "responsible for …"; of a team it tells nothing.
    fn is_answerable(&self) -> bool {
        (0..self.words.len()).any(|at| {
            self.is(at, "responsible accountable tasked")
                && self.is(at + 1, "for to with and")
                && (at == 0
                    || self.is(at - 1, "is are be being directly primarily mainly")
                        && !(0..at).rev().take(3).any(|before| self.is(before, GROUPS)))
        })
    }

    /// "Duties include …", "the work consists of …".
    fn lists(&self) -> bool {
        (0..self.words.len()).any(|at| {
            let tasks = self.is(at, TASKS);
            if !tasks && !self.is(at, WORK) {
                return false;
            }
            let mut verb = at + 1;
            while self.is(verb, "will may can also") {
                verb += 1;
            }
            let holds = self.is(verb, HOLDS) && self.follows(verb);
            let is = tasks && self.is(verb, "are is be") && self.follows(verb);
            let labelled =
                tasks && self.words.get(at + 1).is_some_and(|next| next.gap == Gap::Break) && at < 3;
            holds && self.words.len() > verb + 1 || is && !self.is(verb + 1, NO_VERB) || labelled
        })
    }

    /// "The purpose of this role is …", "your mission: …".
    fn aims(&self) -> bool {
        (0..self.words.len()).any(|at| {
            self.is(at, AIMS)
                && (self.is(at + 1, "of for in")
                    && self.is(at + 2, "this the")
                    && self.is(at + 3, "role position job")
                    || at > 0
                        && self.is(at - 1, "your")
                        && at < 4
                        && (self.is(at + 1, "is will s")
                            || self.words.get(at + 1).is_some_and(|next| next.gap == Gap::Break)))
        })
    }

    /// "We seek an analyst to dig through …", "… who will carry out …".
    fn seeks(&self) -> bool {
        let lacks = |at: usize| at > 0 && self.is(at, LACKS) && self.is(at - 1, "we");
        let Some(seeks) = (0..self.words.len()).find(|&at| self.is(at, SEEKS) || lacks(at)) else {
            return false;
        };
        let within = seeks + 2..self.words.len().min(seeks + SOUGHT);
        let verb = within.into_iter().find_map(|at| {
            if self.words[at].gap == Gap::Break {
                return Some(None);
            }
            let who = self.is(at, "who") && self.is(at + 1, "will can would");
            match (who, self.is(at, "to") && !self.is(at - 1, "looking hoping need able")) {
                (true, _) => Some(Some(at + 2)),
                (_, true) => Some(Some(at + 1)),
                _ => None,
            }
        });
        verb.flatten().is_some_and(|verb| self.works(verb))
    }

    /// "The clerk answers …", "front desk clerks check …": those who bear the title.
    fn tells_of(&self, trade: &str) -> bool {
        let start = (1..self.words.len().min(LONGEST_SUBJECT + 1))
            .find(|&at| self.words[at].gap == Gap::Pause)
            .filter(|_| self.is(0, "as in at"))
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
                || self.is(start, PRAISED)
                || self.is(start, "our your this the a an")
                || several;
            let next = self.behind_adverbs(at + 1);
            let modal = self.is(next, "will shall") && self.works(next + 1);
            let ends = self.word(next).ends_with('s') && !self.word(next).ends_with("ss");
            known && (modal || self.works(next) && (one && ends || several && !ends))
        })
    }
}
