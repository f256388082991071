//! What the cues of a clause say of it as a whole, whichever term stands in it.

use super::Cues;
use super::mark::{self, Joint, Mark, Sort};
use crate::hit::Hit;
use crate::lexicon::kind::Kinds;
use crate::lexicon::pattern::WordRun;
use crate::lexicon::{Cue, Party};
use crate::span::Span;
use crate::token::Gap;
use crate::vocabulary::Actor;

/// Words of the longest label before a duty.
const LABEL: usize = 8;

/// How many words only count a part of an enumeration: "(2) writing …", "and (3) ranking …".
fn counted(text: &str, run: &WordRun<'_>) -> usize {
    let joins = usize::from(run.tokens.first().is_some_and(|first| first.kinds.has(Kinds::AND)));
    let count = run.tokens.get(joins).is_some_and(|word| {
        let behind = text.as_bytes().get(word.span.end);
        word.span.slice(text).bytes().all(|byte| byte.is_ascii_digit()) && behind == Some(&b')')
    });
    if count { joins + 1 } else { 0 }
}

impl Cues {
    /// Notes how the clause is laid out, once its marks are read.
    pub(super) fn note_layout(&mut self, text: &str, run: &WordRun<'_>) {
        self.words = run.tokens.len();
        // "…, you decide …", not "…, you will …".
        let verb = |mark: &Mark| !run.tokens[mark.last].kinds.has(Kinds::SUBJECT);
        let turns = |mark: &Mark| mark.first > 2 && mark.first < mark.last && mark.addresses && verb(mark);
        let turned = self.of(Cue::Turn).any(turns);
        self.turned = turned;
        self.last_is_will = run.tokens.last().is_some_and(|last| last.kinds.has(Kinds::WILL));
        self.ranges = run.tokens.first().is_some_and(|first| first.kinds.has(Kinds::FROM));
        self.counted = counted(text, run);
        self.label = 0;
        self.lists.clear();
        self.aims.clear();
        self.relatives.clear();
        self.products.clear();
        let that = Kinds::THAT.or(Kinds::RELATIVE);
        for (at, word) in run.tokens.iter().enumerate().skip(1) {
            if word.kinds.has(that) || at > 3 && word.kinds.has(Kinds::TELLER) {
                self.relatives.push(at);
            }
            if word.kinds.has(Kinds::PRODUCT) {
                self.products.push(at);
            }
            if mark::is_aim(text, run, at) {
                self.aims.push(at);
            }
        }
        // "If the others disagree, …": what is to be done comes after the comma.
        let conditional = run.tokens.first().is_some_and(|first| first.kinds.has(Kinds::CONDITION));
        self.condition = if conditional {
            (1..run.tokens.len()).find(|&at| run.tokens[at].gap == Gap::Pause).unwrap_or(0)
        } else {
            0
        };
        for word in (1..run.tokens.len()).filter(|&word| run.tokens[word].gap == Gap::Break) {
            let between = Span::new(run.tokens[word - 1].span.end, run.tokens[word].span.start);
            if !between.slice(text).contains(':') {
                continue;
            }
            let opened = self.marks.iter().any(|mark| match mark.cue {
                Cue::Owns | Cue::Contributes | Cue::With => {
                    (word..=word + 2).contains(&mark.first) && mark.joint == Joint::Opening
                }
                Cue::Hire | Cue::Employer => mark.addresses && mark.first == word,
                Cue::Negation | Cue::Turn | Cue::OtherOwner => mark.first == word,
                _ => false,
            });
            if !opened {
                self.lists.push(word);
            } else if word <= LABEL {
                self.label = word;
            }
        }
        self.drop_objects(run);
    }

    /// Forgets "you" where it only tells which thing the employer speaks of: "we secure the code you write".
    fn drop_objects(&mut self, run: &WordRun<'_>) {
        if !self.told_by_employer() {
            return;
        }
        let verbs: Vec<usize> = self.of(Cue::Owns).map(|own| own.first).collect();
        let apart = Kinds::AND.or(Kinds::THAT).or(Kinds::RELATIVE).or(Kinds::CONDITION);
        self.marks.retain(|mark| {
            let verb = match mark.cue {
                Cue::Hire => mark.last + 1,
                Cue::Turn => mark.last,
                _ => return true,
            };
            let thing = mark.first > 2
                && run.tokens[mark.first].gap == Gap::Soft
                && !run.tokens[mark.first - 1].kinds.has(apart);
            !(mark.addresses && thing && verb == mark.first + 1 && verbs.contains(&verb))
        });
    }

    /// Whether the sentence speaks of the hire.
    pub(crate) fn names_hire(&self) -> bool {
        self.titled.is_some() || self.of(Cue::Hire).next().is_some()
    }

    /// Whether the sentence says that the hire will do something: "you will" and a verb of work soon after.
    pub(crate) fn assigns(&self) -> bool {
        self.of(Cue::Hire).any(|hire| {
            let soon = |own: &&Mark| own.first >= hire.first && own.first <= hire.last + 3;
            let work = [Cue::Owns, Cue::Contributes, Cue::With];
            hire.addresses && work.iter().any(|&cue| self.of(cue).any(|own| soon(&own)))
        })
    }

    /// Whether the sentence's subject is the employer: "we", "our team" among its first words. "Write our stories" has a
    /// verb before.
    pub(crate) fn employer_leads(&self) -> bool {
        let ordered =
            |mark: &Mark| self.of(Cue::Owns).any(|own| own.first == 0 && own.object && own.last < mark.first);
        self.of(Cue::Employer).any(|mark| mark.first <= 2 && !ordered(mark))
    }

    /// Whether it opens with a verb of work, perhaps after "also", or after one more verb and a comma: "Chair, lead and
    /// run …". "Acme leads …" has a subject before.
    pub(crate) fn opens_with_verb(&self) -> bool {
        let opens = |mark: &Mark| {
            mark.first == self.counted
                || mark.first == self.counted + 1 && matches!(mark.joint, Joint::Opening | Joint::And)
                || mark.first == 1 && mark.gerund && self.ranges
        };
        [Cue::Owns, Cue::Contributes, Cue::With].iter().any(|&cue| self.of(cue).any(opens))
    }

    /// Whether a verb of work, no noun, stands in it that may be the hire's: "we seek a growth lead" has none, and in
    /// "we build apps and hire a designer" it is the employer's.
    pub(crate) fn has_verb(&self) -> bool {
        let from =
            if self.employer_leads() { self.of(Cue::Hire).next().map(|hire| hire.first) } else { Some(0) };
        from.is_some_and(|from| {
            self.marks.iter().any(|mark| match mark.cue {
                Cue::Owns => mark.first >= from && mark.governs() && mark.object,
                Cue::Contributes | Cue::With => mark.first >= from && mark.governs(),
                _ => false,
            })
        })
    }

    /// Whether the clause as a whole lends a hand: it opens with support, or with company and no work of its own.
    pub(crate) fn lends_a_hand(&self, run: &WordRun<'_>) -> bool {
        self.lead(self.label, run.tokens.len()).is_some_and(|lead| match lead.cue {
            Cue::Contributes => !self.marks.iter().any(|own| self.begins_anew(own, lead)),
            Cue::With => !self.has_own_work(run, lead),
            _ => false,
        })
    }

    /// Whether the clause as a whole opens with company, whatever it is kept for.
    pub(crate) fn keeps_company(&self) -> bool {
        self.lead(self.label, self.words).is_some_and(|lead| lead.cue == Cue::With)
    }

    /// Whether the clause turns to work of the hire's own; or opens with it and only its object is somebody else's, as
    /// `actor` says: "build rigs for the team whose owner ranks the backlog".
    pub(crate) fn keeps_own_work(&self, run: &WordRun<'_>, actor: Option<Actor>) -> bool {
        let lead = self.lead(self.label, self.words).filter(|lead| lead.cue == Cue::Owns && lead.object);
        let told = self.marks.iter().find(|mark| matches!(mark.cue, Cue::OtherOwner | Cue::OwnedBy));
        self.turned
            || actor == Some(Actor::Other)
                && lead.zip(told).is_some_and(|(lead, told)| {
                    lead.first <= self.label + 1
                        && lead.last < told.first
                        && run.tokens[lead.last + 1..=told.first].iter().all(|word| word.gap == Gap::Soft)
                })
    }

    /// Whether the verb `own` begins work of the hire's own after the support that `lead` gives. "Help set up and
    /// run" is one help.
    pub(super) fn begins_anew(&self, own: &Mark, lead: &Mark) -> bool {
        let helped = self.of(Cue::Owns).any(|verb| verb.first == lead.last + 1 && own.first <= verb.last + 2);
        own.first > lead.last + 1 && !helped && !self.is_aim(own, lead) && own.restarts(lead)
    }

    /// Whether the verb `own` is one more thing that the work `lead` opens is for: "track figures to check and report
    /// on the progress".
    fn is_aim(&self, own: &Mark, lead: &Mark) -> bool {
        self.of(Cue::Owns).any(|aim| {
            aim.joint == Joint::To
                && aim.first > lead.last
                && own.first > aim.last
                && own.first - aim.last <= 2
        })
    }

    /// Whether the clause only says whom the hire joins.
    pub(crate) fn only_joins(&self) -> bool {
        self.of(Cue::Hire).find(|hire| hire.sort == Sort::Join).is_some_and(|join| {
            !self.marks.iter().any(|work| {
                let works = matches!(work.cue, Cue::Owns | Cue::Contributes | Cue::With);
                works && (work.first < join.first || work.joint != Joint::That)
            })
        })
    }

    /// Whether the word at this place is a product's.
    pub(crate) fn is_product(&self, word: usize) -> bool {
        self.products.contains(&word)
    }

    /// Whether a thing is told of between two words: "requirements that developers code".
    pub(crate) fn tells_of(&self, first: usize, last: usize) -> bool {
        self.relatives.iter().any(|&word| first < word && word < last)
    }

    /// Whether the clause as a whole gives work of the hire's own: it opens with a verb of work, and what it lends a
    /// hand to is only added.
    pub(crate) fn works_first(&self, run: &WordRun<'_>) -> bool {
        self.lead(self.label, run.tokens.len()).is_some_and(|lead| lead.cue == Cue::Owns)
            && self.of(Cue::Contributes).any(|mark| mark.joint == Joint::And)
            && self.of(Cue::Contributes).all(|mark| mark.joint == Joint::And || !mark.governs())
    }

    /// Whether the clause as a whole gives nothing to do: it opens with a line of reporting, with what may never
    /// happen or with what is not done.
    pub(crate) fn gives_nothing(&self) -> bool {
        let opens = |cue: Cue, within: usize| self.of(cue).any(|mark| mark.first <= within);
        // "…, here you would not".
        let denied = self.of(Cue::Negation).any(|mark| mark.last + 1 == self.words);
        // "The product marketing manager will report to …".
        let works = |mark: &Mark| matches!(mark.cue, Cue::Owns | Cue::Contributes | Cue::With);
        let reports = |mark: &Mark| {
            mark.first <= LABEL && !self.marks.iter().any(|work| works(work) && work.first < mark.first)
        };
        opens(Cue::Reporting, 3)
            || self.of(Cue::Reporting).any(reports)
            || opens(Cue::Hypothetical, 1)
            || denied
            || !self.names_hire()
                && (opens(Cue::Negation, 0) || opens(Cue::OtherOwner, 1) || self.told_by_employer())
    }

    /// To whom a line that ends in a colon gives the list below it, where that is not the hire: "You are not responsible
    /// for:", "Our marketing team owns:", "You work with product marketing, who:", "Contribute to:".
    pub(crate) fn gives_list_to(&self, run: &WordRun<'_>) -> Option<Actor> {
        let last = run.tokens.len().checked_sub(1)?;
        let ends = |kinds: Kinds| run.tokens[last].kinds.has(kinds);
        // "…, so you will:" turns to the hire again.
        let turned = |mark: &Mark| self.of(Cue::Hire).any(|hire| hire.addresses && hire.first > mark.last);
        if self.of(Cue::Negation).any(|mark| mark.last + 6 > last && !turned(mark)) {
            return Some(Actor::None);
        }
        let named = self.marks.iter().any(Mark::is_party);
        let others = self.of(Cue::OtherOwner).any(|mark| !turned(mark));
        if others || self.is_told_of_team(last) || named && ends(Kinds::RELATIVE.or(Kinds::THAT)) {
            return Some(Actor::Other);
        }
        // "Help the crews by:" is followed by what the hire does.
        let lead = self.lead(self.label, self.words).filter(|lead| lead.cue == Cue::Contributes)?;
        if ends(Kinds::BY) {
            return None;
        }
        let anew = self.marks.iter().any(|own| self.begins_anew(own, lead) || own.cue == Cue::By);
        (!anew && !turned(lead)).then_some(Actor::Contributes)
    }

    /// Whether the clause is nothing but those who make or market the product, and that they do: "Marketing will".
    fn is_told_of_team(&self, last: usize) -> bool {
        let team = |mark: &Mark| {
            matches!(mark.party(), Some(Party::Pm | Party::Pmm)) && mark.first <= 2 && mark.last + 1 == last
        };
        !self.names_hire()
            && self.marks.iter().any(team)
            && (self.last_is_will || self.of(Cue::Owns).any(|own| own.first == last))
    }

    /// Whether the employer speaks of itself: "we" opens the clause or what follows a colon.
    pub(super) fn told_by_employer(&self) -> bool {
        self.of(Cue::Employer).any(|mark| mark.addresses && (mark.first == 0 || mark.first == self.label))
    }

    /// Whether the words of the hit only name the hire.
    pub(crate) fn names_self(&self, hit: &Hit) -> bool {
        // "The assistant project manager will …".
        let hire = |mark: &Mark| mark.last >= mark.first + 2 && mark.covers(hit.first, hit.last);
        self.of(Cue::SelfName).any(|mark| mark.first <= hit.last && hit.first <= mark.last)
            || self.of(Cue::Hire).any(hire)
    }

    /// Which parties the clause says that the hire works with, by [`Party`].
    pub(crate) fn partners(&self) -> [bool; Party::COUNT] {
        let mut partners = [false; Party::COUNT];
        let Some(with) = self.of(Cue::With).next() else { return partners };
        for party in self.marks.iter().filter(|mark| mark.first >= with.first).filter_map(Mark::party) {
            partners[party as usize] = true;
        }
        partners
    }

    /// Whether a thought that opens with company goes on to work of the hire's own.
    pub(super) fn has_own_work(&self, run: &WordRun<'_>, with: &Mark) -> bool {
        let end = (with.last + 1..run.tokens.len())
            .find(|&word| run.tokens[word].gap == Gap::Break)
            .unwrap_or(run.tokens.len());
        let named =
            |own: &Mark| self.marks.iter().any(|mark| mark.is_party() && mark.covers(own.first, own.last));
        let helps = |aim: usize| self.of(Cue::Contributes).any(|mark| mark.first.abs_diff(aim) <= 1);
        self.aims.iter().any(|&aim| aim > with.last && aim < end && !helps(aim))
            || self.of(Cue::Owns).any(|own| {
                let joins = match own.joint {
                    Joint::To | Joint::And => true,
                    Joint::Opening => own.first > with.last + 2,
                    Joint::Other => own.first > with.last + 2 && own.gerund,
                    Joint::That | Joint::Noun => false,
                };
                let helped = self.of(Cue::Contributes).any(|mark| mark.last + 1 == own.first);
                joins && own.first > with.last && own.first < end && own.object && !helped && !named(own)
            })
    }

    /// Whether the help is what the hire is wanted for: "you will help drive …" in an introduction, done with nobody.
    pub(super) fn is_purpose(&self, help: &Mark) -> bool {
        help.sort == Sort::Help
            && self.names_hire()
            && self.of(Cue::Owns).any(|own| own.first == help.last + 1)
            && !self.of(Cue::With).any(|with| with.first < help.first)
    }

    /// Whether the input is what the hire's own work is for: "do research to inform the positioning".
    pub(super) fn is_use(&self, input: &Mark, from: usize) -> bool {
        input.joint == Joint::To
            && self.lead(from, input.first).is_some_and(|lead| lead.cue == Cue::Owns && lead.object)
    }
}
