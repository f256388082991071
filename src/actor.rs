//! Tells who does the duty that a hit names, from the cues around it in its clause.
//!
//! The rules, strongest first:
//! 1. a zone that assigns no work, a negation, a reporting line or a mere possibility: nobody;
//! 2. "X, who owns …" before the hit, "… is owned by X" after it: somebody else;
//! 3. the hit is itself the name of a team that the hire works with: somebody else;
//! 4. working with the very people whose work it is: a contribution;
//! 5. the nearest verb before it supports or gives input: a contribution;
//! 6. a sentence about the employer, or in the introduction one that speaks to nobody: somebody else;
//! 7. work that both roles share, in a clause that only lends a hand: a contribution;
//! 8. else the hire owns it.
//!
//! A cue's reach ends at a semicolon, a full stop or a turn ("but", "you will"), never at a comma.

use crate::hit::Hit;
use crate::lexicon::pattern::{Found, WordRun};
use crate::lexicon::{Cue, Lexicon, Party};
use crate::token::Gap;
use crate::vocabulary::{Actor, Role, Zone};

/// A cue and its words.
#[derive(Clone, Copy, Debug)]
struct Mark {
    cue: Cue,
    first: usize,
    last: usize,
}

/// The cues of one clause.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    marks: Vec<Mark>,
    /// Those that may swallow others, while they are read.
    wide: Vec<Mark>,
    /// Whether the clause's subject is the hire, by the posting's own title.
    titled: bool,
}

/// Who does a duty, and the words that told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attribution {
    pub(crate) actor: Actor,
    /// First and last word of the cue.
    pub(crate) cue: Option<(usize, usize)>,
    /// Whether the hit only names whom the hire works with, which says nothing of who does the rest.
    pub(crate) partner: bool,
}

impl Attribution {
    fn new(actor: Actor, mark: Option<&Mark>) -> Self {
        Self { actor, cue: mark.map(|mark| (mark.first, mark.last)), partner: false }
    }
}

/// What a clause is, for telling who does its duties.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// The stretch it stands in.
    pub(crate) zone: Zone,
    /// Whether it is a list item.
    pub(crate) item: bool,
    /// Whether it begins as an order does.
    pub(crate) orders: bool,
}

impl Cues {
    /// Reads the cues of a clause whose words `run` holds. `found` is scratch space.
    pub(crate) fn read(&mut self, lexicon: &Lexicon, run: &WordRun<'_>, found: &mut Vec<Found>) {
        found.clear();
        lexicon.cues().find(run, found);
        self.marks.clear();
        self.titled = false;
        let all =
            found.iter().map(|hit| Mark { cue: lexicon.cue(hit.payload), first: hit.first, last: hit.last });
        // Only these swallow a mark as short as their own.
        let wide = |mark: &Mark| mark.last > mark.first || matches!(mark.cue, Cue::Innocent | Cue::SelfName);
        self.wide.clear();
        self.wide.extend(all.clone().filter(wide));
        let wide = &self.wide;
        let swallowed = |mark: &Mark| {
            wide.iter().any(|other| {
                let covers = other.first <= mark.first && mark.last <= other.last;
                let longer = other.last - other.first > mark.last - mark.first;
                let party = matches!(mark.cue, Cue::Party(_));
                match other.cue {
                    Cue::Innocent => covers && mark.cue != Cue::Innocent && !party,
                    Cue::Party(_) => covers && longer && party,
                    Cue::SelfName => covers && party,
                    Cue::Hire | Cue::Employer | Cue::Turn => false,
                    _ => covers && longer && !party && mark.cue < Cue::Turn,
                }
            })
        };
        self.marks.extend(all.filter(|mark| mark.cue != Cue::Innocent && !swallowed(mark)));
        self.marks.sort_by_key(|mark| (mark.first, mark.last));
    }

    fn of(&self, cue: Cue) -> impl DoubleEndedIterator<Item = &Mark> {
        self.marks.iter().filter(move |mark| mark.cue == cue)
    }

    /// Takes a sentence that begins with the posting's own title for one about the hire: under the title "Product
    /// Manager", "the product manager owns …" gives work to nobody else. `title` is in lower case.
    pub(crate) fn know_title(&mut self, text: &str, run: &WordRun<'_>, title: &str) {
        let named = self.marks.iter().position(|mark| {
            let two = |at: usize| &text[run.tokens[at].span.start..run.tokens[at + 1].span.end];
            mark.cue == Cue::OtherOwner
                && mark.first <= 1
                && (mark.first..mark.last).take(2).any(|at| title.contains(&two(at).to_lowercase()))
        });
        if let Some(at) = named {
            self.marks.remove(at);
            self.titled = true;
        }
    }

    /// Whether the sentence speaks of the hire.
    pub(crate) fn names_hire(&self) -> bool {
        self.titled || self.of(Cue::Hire).next().is_some()
    }

    /// Whether the sentence's subject is the employer: "we", "our team" among its first words.
    pub(crate) fn employer_leads(&self) -> bool {
        self.of(Cue::Employer).any(|mark| mark.first <= 2)
    }

    /// Whether one of the first two words is a verb of work.
    pub(crate) fn opens_with_verb(&self) -> bool {
        [Cue::Owns, Cue::Contributes, Cue::With].iter().any(|&cue| self.of(cue).any(|mark| mark.first <= 1))
    }

    /// Whether the clause as a whole lends a hand: it opens with support, or with company and no work of its own.
    pub(crate) fn lends_a_hand(&self) -> bool {
        let opens = |cue: Cue| self.of(cue).find(|mark| mark.first <= 1);
        let own_work = |after: &Mark| self.of(Cue::Owns).any(|mark| mark.first > after.last);
        opens(Cue::Contributes).is_some() || opens(Cue::With).is_some_and(|with| !own_work(with))
    }

    /// Whether the words of the hit only name the hire.
    pub(crate) fn names_self(&self, hit: &Hit) -> bool {
        self.of(Cue::SelfName).any(|mark| mark.first <= hit.last && hit.first <= mark.last)
    }

    /// Which parties the clause says that the hire works with, by [`Party`].
    pub(crate) fn partners(&self) -> [bool; Party::COUNT] {
        let mut partners = [false; Party::COUNT];
        let Some(with) = self.of(Cue::With).next() else { return partners };
        for mark in self.marks.iter().filter(|mark| mark.first >= with.first) {
            if let Cue::Party(party) = mark.cue {
                partners[party as usize] = true;
            }
        }
        partners
    }

    /// Who does the duty that `hit` names. `role` is whose kind of work it is.
    pub(crate) fn attribute(
        &self,
        run: &WordRun<'_>,
        hit: &Hit,
        role: Role,
        setting: Setting,
    ) -> Attribution {
        if !matches!(setting.zone, Zone::Intro | Zone::Duties) {
            return Attribution::new(Actor::None, None);
        }
        let from = self.reach(run, hit.first);
        let before = |mark: &&Mark| mark.first >= from && mark.last < hit.first;
        if let Some(mark) = self.of(Cue::Negation).rfind(before) {
            let resumed = self
                .of(Cue::Owns)
                .any(|own| own.first > mark.last && own.last < hit.first && comma_before(run, own.first));
            if !resumed && hit.first - mark.last <= 8 {
                return Attribution::new(Actor::None, Some(mark));
            }
        }
        if let Some(mark) = self.of(Cue::Reporting).rfind(before)
            && hit.first - mark.last <= 6
        {
            return Attribution::new(Actor::None, Some(mark));
        }
        if let Some(mark) = self.of(Cue::Hypothetical).rfind(before)
            && hit.first - mark.last <= 10
        {
            return Attribution::new(Actor::None, Some(mark));
        }
        if let Some(mark) = self
            .of(Cue::OtherOwner)
            .rfind(|mark| mark.first >= from && mark.first <= hit.first && mark.last <= hit.last)
        {
            return Attribution::new(Actor::Other, Some(mark));
        }
        if let Some(mark) =
            self.of(Cue::OwnedBy).find(|mark| mark.first > hit.last && mark.first - hit.last <= 6)
        {
            return Attribution::new(Actor::Other, Some(mark));
        }
        if let Some(attribution) = self.partnered(run, hit, role, from) {
            return attribution;
        }
        self.governed(hit, role, setting, from)
    }

    /// First word from which cues reach the word at `at`.
    fn reach(&self, run: &WordRun<'_>, at: usize) -> usize {
        let stop = (1..=at).rev().find(|&word| run.tokens[word].gap == Gap::Break).unwrap_or(0);
        let turn = self.of(Cue::Turn).filter(|mark| mark.last < at).map(|mark| mark.first).max().unwrap_or(0);
        stop.max(turn)
    }

    /// Rules 3 and 4: the hire works with somebody.
    fn partnered(&self, run: &WordRun<'_>, hit: &Hit, role: Role, from: usize) -> Option<Attribution> {
        let parties = |first: usize, last: usize| {
            self.marks.iter().filter(move |mark| {
                matches!(mark.cue, Cue::Party(_)) && mark.first >= first && mark.last <= last
            })
        };
        let with = self.of(Cue::With).rfind(|mark| mark.first >= from && mark.first < hit.first);
        if let Some(with) = with {
            let covered = self.marks.iter().any(|mark| {
                matches!(mark.cue, Cue::Party(_))
                    && mark.first <= hit.first
                    && hit.last <= mark.last
                    && mark.first > with.first
            });
            if covered {
                return Some(Attribution { partner: true, ..Attribution::new(Actor::Other, Some(with)) });
            }
            // A verb after a comma and without "to" begins a duty of its own: "work with sales, own pricing".
            let own_verb = self.of(Cue::Owns).rfind(|own| own.first > with.last && own.first <= hit.first);
            let restarted = own_verb.is_some_and(|own| {
                comma_before(run, own.first)
                    && !to_before(run, own.first)
                    && parties(own.last + 1, hit.first.saturating_sub(1)).next().is_none()
            });
            let leading = !restarted || with.first == from;
            if leading && !restarted {
                let owner =
                    parties(with.first, hit.first.saturating_sub(1)).find(|mark| is_owner(mark, role));
                if owner.is_some() && matches!(role, Role::Pm | Role::Pmm) {
                    return Some(Attribution::new(Actor::Contributes, Some(with)));
                }
            }
        }
        // "… in partnership with product marketing" after the hit.
        let after = self.of(Cue::With).find(|mark| mark.first > hit.last)?;
        let broken = (hit.last + 1..=after.first).any(|word| run.tokens[word].gap == Gap::Break);
        let close =
            parties(after.first, (after.last + 4).min(run.tokens.len())).find(|mark| is_owner(mark, role));
        (close.is_some() && !broken && matches!(role, Role::Pm | Role::Pmm) && after.first - hit.last <= 6)
            .then(|| Attribution::new(Actor::Contributes, Some(after)))
    }

    /// Rules 5 to 8: the nearest verb decides.
    fn governed(&self, hit: &Hit, role: Role, setting: Setting, from: usize) -> Attribution {
        let Setting { zone, item, orders } = setting;
        let near = |cue: Cue| self.of(cue).rfind(|mark| mark.first >= from && mark.first <= hit.first);
        let owns = near(Cue::Owns);
        let contributes = near(Cue::Contributes);
        let by = near(Cue::By);
        if let Some(mark) = contributes {
            let resumed = by.is_some_and(|by| by.first > mark.first);
            let owned_after = owns.is_some_and(|own| {
                own.first > mark.last && !matches!(mark.cue, Cue::Owns) && own.first > mark.last + 3
            });
            let owned_at_once = owns.is_some_and(|own| own.first < mark.first && mark.first - own.last <= 2);
            if !resumed && !owned_after && !owned_at_once {
                return Attribution::new(Actor::Contributes, Some(mark));
            }
        }
        let about_employer = self.employer_leads() && (zone == Zone::Intro || !item);
        let unaddressed = zone == Zone::Intro && !item && !orders && !self.opens_with_verb();
        if !self.names_hire() && (about_employer || unaddressed) {
            let mark = self.of(Cue::Employer).next();
            return Attribution::new(Actor::Other, mark);
        }
        if role == Role::Shared && self.lends_a_hand() {
            return Attribution::new(Actor::Contributes, near(Cue::With));
        }
        Attribution::new(Actor::Owns, owns)
    }
}

fn is_owner(mark: &Mark, role: Role) -> bool {
    matches!(mark.cue, Cue::Party(party) if party.owns(role))
}

fn comma_before(run: &WordRun<'_>, word: usize) -> bool {
    (word.saturating_sub(1)..=word).any(|at| run.tokens[at].gap == Gap::Pause)
}

/// Whether "to" opens the verb at `word`: "to define", "to better define".
fn to_before(run: &WordRun<'_>, word: usize) -> bool {
    word > 0 && run.tokens[word - 1].span.len() == 2
}
