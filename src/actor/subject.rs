//! Of whom a sentence speaks: the hire by the posting's own title, whom "he" or "they" mean, or somebody by name.

use super::mark::{Joint, Mark, Sort};
use super::title::OwnTitle;
use super::{Cues, Titled};
use crate::hit::Hit;
use crate::lexicon::Cue;
use crate::lexicon::bearer::{names_person, singular};
use crate::lexicon::kind::{Kinds, is_adverb};
use crate::lexicon::pattern::WordRun;
use crate::lexicon::tape::Word;
use crate::token::Gap;

/// Words of an aside before the subject: "At Acme, the …".
const ASIDE: usize = 5;

/// Words between the subject and where it belongs: "the owner for the claims team".
const PLACES: &[&str] = &["for", "of", "in", "on", "within", "at", "from"];

/// Words before those whom a sentence tells of all alike.
const ALL: &[&str] =
    &["all", "each", "every", "most", "these", "as", "sr", "senior", "junior", "principal", "staff"];

/// Words of the longest subject that names the bearers of a title.
const LONGEST_SUBJECT: usize = 5;

/// Words of the longest name of a person that is the subject of a sentence.
const LONGEST_NAME: usize = 2;

/// Words before what people by trade do, the place where they do it among them.
const LONGEST_TRADE: usize = 7;

impl Cues {
    /// Takes a sentence that begins with the posting's own title for one about the hire: under the title "Product
    /// Manager", "the product manager owns …" gives work to nobody else.
    pub(crate) fn know_title(&mut self, text: &str, run: &WordRun<'_>, title: &OwnTitle) {
        let word = |at: usize| run.tokens[at].span.slice(text);
        // "Our product managers decide, you build the tools for them" speaks of others.
        let apart = |last: usize| self.of(Cue::Hire).any(|hire| hire.addresses && hire.first > last);
        let short_of_several = |at: usize| word(at).ends_with('s') && title.is_short(word(at));
        let named = self.marks.iter().position(|mark| {
            let two = |at: usize| &text[run.tokens[at].span.start..run.tokens[at + 1].span.end];
            // "Our product marketing team is responsible …" is told of the team.
            let team = |at: usize| word(at).eq_ignore_ascii_case("team");
            mark.cue == Cue::OtherOwner
                && mark.first <= 1
                && !(mark.first..=mark.last).any(team)
                && (mark.first..mark.last).take(2).any(|at| title.holds(two(at)) || title.is_short(word(at)))
                && !((mark.first..mark.last).any(short_of_several) && apart(mark.last))
        });
        if let Some(at) = named {
            let mark = self.marks[at];
            let several = (mark.first..mark.last).any(short_of_several);
            self.titled = Some(Titled { last: mark.last, several });
            self.marks.remove(at);
            return;
        }
        // "Product managers here decide …", "the APM owns …": the trade of the title as the subject.
        let short = || (0..run.tokens.len().min(3)).find(|&at| title.is_short(word(at)));
        let one = Self::bearer(text, run, title).map(|last| Titled { last, several: false });
        let named = one
            .or_else(|| short().map(|last| Titled { last, several: short_of_several(last) }))
            .or_else(|| Self::several(text, run, title).map(|last| Titled { last, several: true }));
        self.titled = named.filter(|titled| !(titled.several && apart(titled.last)));
        // "The Director of Product Marketing owns …" is the hire too where that is the title.
        if let Some(Titled { last: titled, .. }) = self.titled {
            // "The Product Owner for the claims team is responsible …" speaks of the product owner.
            let placed = |mark: &Mark| {
                PLACES.iter().any(|place| word(mark.first - 1).eq_ignore_ascii_case(place))
                    && (titled + 1..=mark.first).all(|at| run.tokens[at].gap != Gap::Break)
            };
            self.marks.retain(|mark| mark.cue != Cue::OtherOwner || mark.first > titled + 1 && !placed(mark));
        }
    }

    /// Last word of the title's bearer as the subject of the sentence, perhaps after a short aside: "The Product
    /// Manager bridges …", "At Acme, the Head of Product …".
    fn bearer(text: &str, run: &WordRun<'_>, title: &OwnTitle) -> Option<usize> {
        const LONGEST: usize = 5;
        let bears = |words: &[Word]| words.iter().any(|word| word.kinds.has(Kinds::BEARER));
        // Hardly any clause has such a word so early.
        if !bears(&run.tokens[..run.tokens.len().min(ASIDE + LONGEST)]) {
            return None;
        }
        let begins = |at: usize| {
            at == 0
                || run.tokens[at - 1].kinds.has(Kinds::ARTICLE)
                    && (at == 1 || run.tokens[at - 1].gap == Gap::Pause)
        };
        (0..run.tokens.len().min(ASIDE + 1)).filter(|&at| begins(at)).find_map(|first| {
            (first + 1..run.tokens.len().min(first + LONGEST)).rev().find(|&last| {
                let whole = &text[run.tokens[first].span.start..run.tokens[last].span.end];
                bears(&run.tokens[first..=last]) && title.holds(whole)
            })
        })
    }

    /// Last word of those who bear the title as the subject of the sentence: "Our senior product managers own …", "in this
    /// team, data scientists …". "Coach product managers" has a verb before.
    fn several(text: &str, run: &WordRun<'_>, title: &OwnTitle) -> Option<usize> {
        let word = |at: usize| run.tokens[at].span.slice(text);
        let from = (1..run.tokens.len().min(ASIDE + 1))
            .find(|&at| run.tokens[at].gap == Gap::Pause)
            .filter(|_| PLACES.iter().any(|place| word(0).eq_ignore_ascii_case(place)))
            // "Acme's data scientists".
            .or_else(|| {
                let behind = &text[run.tokens.first()?.span.end..];
                (behind.starts_with("'s ") || behind.starts_with("\u{2019}s ")).then_some(1)
            })
            .unwrap_or(0);
        let before = |at: usize| {
            let known = run.tokens[at].kinds.has(Kinds::ARTICLE.or(Kinds::WHICH));
            known || ALL.iter().any(|all| word(at).eq_ignore_ascii_case(all)) || title.opens_with(word(at))
        };
        (from + 1..run.tokens.len().min(from + LONGEST_SUBJECT))
            .find(|&at| title.is_plural(word(at - 1), word(at)) && (from..at - 1).all(before))
    }

    /// Takes a sentence whose subject is somebody or something by name for one about another: "Priya owns the roadmap".
    pub(crate) fn know_name(&mut self, text: &str, run: &WordRun<'_>, title: Option<&OwnTitle>) {
        const NO_NAME: Kinds = Kinds::PERSON.or(Kinds::SUBJECT).or(Kinds::BEARER).or(Kinds::PRONOUN);
        let named = |at: usize| {
            let (word, kinds) = (run.tokens[at].span.slice(text), run.tokens[at].kinds);
            let soft = at == 0 || run.tokens[at].gap == Gap::Soft;
            soft && word.starts_with(char::is_uppercase) && !kinds.has(NO_NAME) && !is_adverb(word)
        };
        let tells = |own: &&Mark| {
            let word = run.tokens[own.first].span.slice(text);
            (1..=LONGEST_NAME).contains(&own.first)
                && run.tokens[own.first].gap == Gap::Soft
                && own.first == own.last
                && own.object
                && word.ends_with('s')
                && !word.ends_with("ss")
                && (0..own.first).all(named)
                && !self.marks.iter().any(|mark| mark.first < own.first && !mark.is_party())
        };
        let by_trade = |own: &&Mark| self.does_by_trade(text, run, title, own);
        let told = self.of(Cue::Owns).find(|own| tells(own) || by_trade(own)).map(|own| own.last);
        if let Some(last) = told.filter(|_| self.titled.is_none()) {
            let first = behind_letter(run);
            let mark = Mark { sort: Sort::Named, ..Mark::new(text, run, Cue::OtherOwner, first, last) };
            self.marks.insert(0, mark);
        }
    }

    /// Takes a sentence, or an item, whose subject is the employer by name for one about it: "Ferrio builds …".
    pub(crate) fn know_company(&mut self, text: &str, run: &WordRun<'_>, company: &str) {
        let Some(first) = run.tokens.first() else { return };
        let from = first.span.start;
        let end = from + company.len();
        let begins = text.get(from..end).is_some_and(|begin| begin.eq_ignore_ascii_case(company));
        if !begins || self.titled.is_some() {
            return;
        }
        let words = run.tokens.iter().take_while(|word| word.span.end <= end).count();
        let tells = |own: &&Mark| {
            let verb = run.tokens[own.first].span.slice(text);
            let soft = run.tokens[own.first].gap == Gap::Soft && own.joint != Joint::Noun;
            own.first == words && soft && own.object && verb.ends_with('s') && !verb.ends_with("ss")
        };
        let told = self.of(Cue::Owns).find(tells).map(|own| own.last);
        if let Some(last) = told {
            let mark = Mark { sort: Sort::Named, ..Mark::new(text, run, Cue::OtherOwner, 0, last) };
            self.marks.insert(0, mark);
        }
    }

    /// What a thing does, where it is the subject of the thought from the word `from` on: "the platform supports farmers", not
    /// "see to it that the platform supports them".
    pub(super) fn told_of_thing(&self, run: &WordRun<'_>, hit: &Hit, from: usize) -> Option<&Mark> {
        let begins = Kinds::ARTICLE.or(Kinds::WHICH).or(Kinds::THING);
        let subject = |mark: &&Mark| {
            (from + 1..=from + LONGEST_SUBJECT).contains(&mark.first) && run.tokens[from].kinds.has(begins)
        };
        self.of(Cue::Contributes).find(|mark| {
            mark.sort == Sort::Told
                && mark.last < hit.first
                && subject(mark)
                && !self
                    .marks
                    .iter()
                    .any(|other| other.first >= from && other.first < mark.first && other.cue == Cue::Hire)
        })
    }

    /// Whether the verb `own` is what people or a team by trade do: "product marketing managers own …", "the engineers here
    /// build …", "our design team draws …".
    fn does_by_trade(&self, text: &str, run: &WordRun<'_>, title: Option<&OwnTitle>, own: &Mark) -> bool {
        let word = |at: usize| run.tokens[at].span.slice(text);
        let from = behind_letter(run);
        let named = |mark: &&Mark| {
            mark.is_party() && (from..=from + 2).contains(&mark.first) && mark.last < own.first
        };
        if own.first > LONGEST_TRADE || own.joint == Joint::Noun || !own.object {
            return false;
        }
        let Some(mark) = self.marks.iter().rfind(named) else { return false };
        let subject = (from..mark.first).all(|at| run.tokens[at].kinds.has(Kinds::ARTICLE.or(Kinds::WHICH)));
        // "… at Acme own", "… here own".
        let place = mark.last + 1;
        let placed = place == own.first
            || place + 1 == own.first && word(place).eq_ignore_ascii_case("here")
            || place + 1 < own.first && PLACES.iter().any(|known| word(place).eq_ignore_ascii_case(known));
        let last = word(mark.last);
        let person = names_person(last);
        let several = last.ends_with('s') && (person || last.len() <= "pmms".len());
        // "Engineers are …" under the title "Platform Engineer" speaks of the hire.
        let whole = &text[run.tokens[mark.first].span.start..run.tokens[mark.last].span.end];
        let hire = several && title.is_some_and(|title| title.holds(singular(whole)));
        let verb = word(own.first);
        let team = mark.first > from && !person && !several && verb.ends_with('s') && !verb.ends_with("ss");
        let soft = (from + 1..=own.first).all(|at| run.tokens[at].gap == Gap::Soft);
        subject && placed && soft && (several && !hire && !verb.ends_with('s') || team)
    }

    /// Takes "you have launched …" among duties for what the hire will have done.
    pub(crate) fn know_reached(&mut self) {
        self.marks.retain(|mark| mark.sort != Sort::Reached);
    }

    /// Takes a sentence that begins with "he", "she" or "they" for one about whom the sentence before named.
    pub(crate) fn know_pronoun(&mut self, text: &str, run: &WordRun<'_>) {
        if run.tokens.first().is_some_and(|first| first.kinds.has(Kinds::PRONOUN)) {
            self.marks.retain(|mark| mark.first > 1 || !matches!(mark.cue, Cue::OtherOwner | Cue::Employer));
            let several = run.tokens[0].span.slice(text).eq_ignore_ascii_case("they");
            self.titled = Some(Titled { last: 0, several });
        }
    }

    /// Whether its subject is the hire by the posting's own title, and "they" in the next sentence goes on with it: where
    /// one is named, so that nobody else is whom they could mean.
    pub(crate) fn is_titled_alone(&self) -> bool {
        self.titled.is_some_and(|Titled { last, several }| {
            several || !self.marks.iter().any(|mark| mark.is_party() && mark.last > last)
        })
    }

    /// Takes a sentence that begins with "he" or "she" for one about the person, not the hire, of whom the sentence before
    /// told.
    pub(crate) fn know_other(&mut self, text: &str, run: &WordRun<'_>) {
        let pronoun = |at: usize| run.tokens.get(at).is_some_and(|word| word.kinds.has(Kinds::PRONOUN));
        // "He/she", "he or she" is the hire.
        let both = run.tokens.iter().skip(1).take(2).any(|word| word.kinds.has(Kinds::PRONOUN));
        if self.titled.is_some() || !pronoun(0) || both || run.tokens[0].span.len() > "she".len() {
            return;
        }
        self.marks.retain(|mark| mark.first > 0 || !matches!(mark.cue, Cue::OtherOwner | Cue::Hire));
        let mark = Mark { sort: Sort::Named, ..Mark::new(text, run, Cue::OtherOwner, 0, 0) };
        self.marks.insert(0, mark);
    }

    /// Whether it tells of one person who is not the hire: by name, or as the one reported to.
    pub(crate) fn tells_of_another(&self) -> bool {
        let told = |mark: &Mark| mark.sort == Sort::Named || mark.cue == Cue::Reporting;
        self.titled.is_none() && self.marks.iter().any(told)
    }
}

/// First word of a sentence, behind the letter before an answer: "A. The team …".
fn behind_letter(run: &WordRun<'_>) -> usize {
    usize::from(run.tokens.get(1).is_some_and(|second| second.gap == Gap::Break))
}
