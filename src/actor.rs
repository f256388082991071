//! Tells who does the duty that a hit names, from the cues around it in its clause.
//!
//! The rules, strongest first:
//! 1. a zone that assigns no work, a condition, a negation, a reporting line or a mere possibility: nobody;
//! 2. "X, who owns …" before the hit, "… is owned by X" after it: somebody else;
//! 3. the hit is itself the name of a team that the hire works with: somebody else;
//! 4. working with the very people whose work it is: a contribution;
//! 5. the nearest verb before it supports or gives input: a contribution;
//! 6. a sentence about the employer, or in the introduction one that speaks to nobody: somebody else;
//! 7. a thought that opens with support, or with company and no work of its own: a contribution;
//! 8. else the hire owns it.
//!
//! A cue's reach ends at a semicolon, a full stop or a turn ("but", "you will"), never at a comma. Within its reach
//! it governs until a verb of work joins on by "and" or a comma and takes an object of its own.

mod attribution;
mod away;
mod mark;
mod subject;
mod title;
mod whole;

use crate::hit::Hit;
use crate::lexicon::kind::Kinds;
use crate::lexicon::pattern::{Found, WordRun};
use crate::lexicon::{Cue, Lexicon};
use crate::token::Gap;
use crate::vocabulary::{Actor, Role, Zone};
pub(crate) use attribution::{Attribution, Setting};
use mark::{Joint, Mark, Sort};
pub(crate) use title::OwnTitle;

/// Words before what somebody is helped with.
const FOR_WHAT: Kinds = Kinds::ON.or(Kinds::TO).or(Kinds::WITH);

/// The hire by the posting's own title as the subject of a clause.
#[derive(Clone, Copy, Debug)]
struct Titled {
    /// Its last word.
    last: usize,
    /// Whether it is several: "product managers", "they".
    several: bool,
}

/// The cues of one clause.
#[derive(Debug, Default)]
pub(crate) struct Cues {
    marks: Vec<Mark>,
    /// Those that may swallow others, while they are read.
    wide: Vec<Found>,
    /// The clause's subject, where that is the hire by the posting's own title.
    titled: Option<Titled>,
    /// Words that "to" makes verbs.
    aims: Vec<usize>,
    /// Words after a colon that only a list follows: cues reach past it.
    lists: Vec<usize>,
    /// First word after a label: "Growth: partner with …".
    label: usize,
    /// How many words the clause has.
    words: usize,
    /// Whether it turns to work of the hire's own, told in so many words: "…, you decide …".
    turned: bool,
    /// Words that begin to tell of a thing: "that", "which", "whether".
    relatives: Vec<usize>,
    /// Words that name a product: "tool", "platform".
    products: Vec<usize>,
    /// Whether it tells its work from end to end: "from writing … to ranking …".
    ranges: bool,
    /// Whether its last word is "will".
    last_is_will: bool,
    /// First word behind the number of a part of an enumeration.
    counted: usize,
    /// First word after a condition: "If they disagree, …".
    condition: usize,
}

impl Cues {
    /// Reads the cues of a clause whose words `run` holds. `found` is scratch space.
    pub(crate) fn read(&mut self, lexicon: &Lexicon, text: &str, run: &WordRun<'_>, found: &mut Vec<Found>) {
        found.clear();
        lexicon.cues().find(run, found);
        self.marks.clear();
        self.titled = None;
        let cue = |hit: &Found| lexicon.cue(hit.payload);
        // Only these swallow a mark as short as their own.
        let wide = |hit: &&Found| hit.last > hit.first || matches!(cue(hit), Cue::Innocent | Cue::SelfName);
        self.wide.clear();
        self.wide.extend(found.iter().filter(wide));
        let wide = &self.wide;
        // "Support teams in …" opens a duty with a verb; "the support team in …" names one.
        let verb = |hit: &Found, noun: &Found| {
            let after = run.tokens.get(noun.last + 1);
            noun.first == 0
                && cue(hit) == Cue::Contributes
                && after.is_some_and(|next| next.gap == Gap::Soft && next.kinds.has(FOR_WHAT))
        };
        let swallowed = |hit: &Found| {
            let party = matches!(cue(hit), Cue::Party(_));
            wide.iter().any(|other| {
                let covers = other.first <= hit.first && hit.last <= other.last;
                let longer = other.last - other.first > hit.last - hit.first;
                match cue(other) {
                    Cue::Innocent => covers && !party && cue(hit) != Cue::Hire && !verb(hit, other),
                    // "Whose product manager sets …" tells an owner both ways.
                    Cue::OwnedBy if cue(hit) == Cue::OtherOwner => false,
                    // "If you owned …" is no turn to what the hire owns.
                    Cue::Hypothetical if cue(hit) == Cue::Turn => covers && longer,
                    Cue::Party(_) => covers && longer && party,
                    Cue::SelfName => covers && party,
                    Cue::Hire | Cue::Employer | Cue::Turn => false,
                    _ => covers && longer && !party && cue(hit) < Cue::Turn,
                }
            })
        };
        let kept = found.iter().filter(|hit| cue(hit) != Cue::Innocent && !swallowed(hit));
        let marks = kept.map(|hit| Mark::new(text, run, cue(hit), hit.first, hit.last));
        // "As our product manager, you …", not "known as the best".
        let as_what = |mark: &Mark| {
            run.tokens[mark.first].span.slice(text).eq_ignore_ascii_case("as") && !mark.addresses
        };
        self.marks.extend(
            marks.filter(|mark| mark.cue != Cue::Hire || mark.joint != Joint::Other || !as_what(mark)),
        );
        self.marks.sort_by_key(|mark| (mark.first, mark.last));
        self.note_layout(text, run);
    }

    fn of(&self, cue: Cue) -> impl DoubleEndedIterator<Item = &Mark> {
        self.marks.iter().filter(move |mark| mark.cue == cue)
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
        if hit.first < self.condition {
            return Attribution::new(Actor::None, None);
        }
        let from = self.reach(run, hit.first);
        if let Some(mark) = self.undone(run, hit, from, setting) {
            return Attribution::new(Actor::None, Some(mark));
        }
        if let Some(mark) = self.elsewhere(run, hit, role, from) {
            // "Support those who set the roadmap", "proofread what others wrote", "work with those who set it,
            // lending them …".
            let lends =
                |mark: &&Mark| mark.first > hit.last && mark.governs() && comma_before(run, mark.first);
            let lead = self.lead(from, hit.first).filter(|lead| lead.cue == Cue::Contributes);
            if let Some(lead) = lead.or_else(|| self.of(Cue::Contributes).find(lends)) {
                return Attribution::new(Actor::Contributes, Some(lead));
            }
            let named = mark.covers(hit.first, hit.last);
            return Attribution { partner: named, ..Attribution::new(Actor::Other, Some(mark)) };
        }
        // "We work across teams to make …" is told of the employer, whomever it works with.
        if self.told_by_employer() && !self.names_hire() {
            return Attribution::new(Actor::Other, self.of(Cue::Employer).next());
        }
        if let Some(mark) = self.employers(from, hit) {
            return Attribution::new(Actor::Other, Some(mark));
        }
        // What a label names is done as its text says: "Growth: take part in …".
        if hit.last < self.label {
            let told = self.lead(self.label, self.words).filter(|lead| match lead.cue {
                Cue::Contributes => true,
                Cue::With => !self.has_own_work(run, lead),
                _ => false,
            });
            if let Some(lead) = told {
                return Attribution::new(Actor::Contributes, Some(lead));
            }
        }
        if let Some(attribution) = self.partnered(run, hit, role, from) {
            return attribution;
        }
        self.governed(run, hit, setting, from)
    }

    /// First word from which cues reach the word at `at`.
    fn reach(&self, run: &WordRun<'_>, at: usize) -> usize {
        let stops = |word: &usize| run.tokens[*word].gap == Gap::Break && !self.lists.contains(word);
        let stop = (1..=at).rev().find(stops).unwrap_or(0);
        let turn = self.of(Cue::Turn).filter(|mark| mark.last < at).map(|mark| mark.first).max().unwrap_or(0);
        stop.max(turn)
    }

    /// The cue that opens the thought from the word `from` on, before the word `until`.
    fn lead(&self, from: usize, until: usize) -> Option<&Mark> {
        self.marks.iter().find(|mark| {
            mark.first >= from
                && mark.first < until
                && mark.joint == Joint::Opening
                && matches!(mark.cue, Cue::Owns | Cue::Contributes | Cue::With)
        })
    }

    /// Rules 3 and 4: the hire works with somebody.
    fn partnered(&self, run: &WordRun<'_>, hit: &Hit, role: Role, from: usize) -> Option<Attribution> {
        let parties = |first: usize, last: usize| {
            self.marks.iter().filter(move |mark| mark.is_party() && mark.first >= first && mark.last <= last)
        };
        let with = self.of(Cue::With).rfind(|mark| mark.first >= from && mark.first < hit.first);
        if let Some(with) = with {
            let covered = self
                .marks
                .iter()
                .any(|mark| mark.is_party() && mark.covers(hit.first, hit.last) && mark.first > with.first);
            if covered {
                return Some(Attribution::partner(with));
            }
            // A verb after a comma and without "to" begins a duty of its own: "work with sales, own pricing".
            let own_verb = self.of(Cue::Owns).rfind(|own| own.first > with.last && own.first <= hit.first);
            let restarted = own_verb.is_some_and(|own| {
                comma_before(run, own.first)
                    && own.joint != Joint::To
                    && parties(own.last + 1, hit.first.saturating_sub(1)).next().is_none()
            });
            if !restarted {
                let owner =
                    parties(with.first, hit.first.saturating_sub(1)).find(|mark| is_owner(mark, role));
                if owner.is_some() && matches!(role, Role::Pm | Role::Pmm) {
                    let senior = owner.is_some_and(|owner| owner.sort == Sort::Senior);
                    let peers = !senior && self.has_own_work(run, with);
                    return Some(Attribution { peers, ..Attribution::new(Actor::Contributes, Some(with)) });
                }
            }
        }
        // "…, with marketing, the announcement".
        let aside = self.marks.iter().rfind(|mark| mark.first >= from && mark.last < hit.first);
        if let Some(aside) = aside.filter(|mark| mark.sort == Sort::Aside && is_owner(mark, role)) {
            return Some(Attribution::new(Actor::Contributes, Some(aside)));
        }
        // "… in partnership with product marketing" after the hit.
        let after = self.of(Cue::With).find(|mark| mark.first > hit.last)?;
        let broken = (hit.last + 1..=after.first).any(|word| run.tokens[word].gap == Gap::Break);
        let close =
            parties(after.first, (after.last + 4).min(run.tokens.len())).find(|mark| is_owner(mark, role));
        (close.is_some() && !broken && matches!(role, Role::Pm | Role::Pmm) && after.first - hit.last <= 6)
            .then(|| Attribution::new(Actor::Contributes, Some(after)))
    }

    /// Rules 5 to 8: the governing verb decides.
    fn governed(&self, run: &WordRun<'_>, hit: &Hit, setting: Setting, from: usize) -> Attribution {
        let Setting { zone, item, orders } = setting;
        let about_employer =
            self.employer_leads() && (zone == Zone::Intro || !item) || self.told_by_employer();
        let unaddressed =
            zone == Zone::Intro && !item && !orders && self.label == 0 && !self.opens_with_verb();
        if !self.names_hire() && (about_employer || unaddressed) {
            let mark = self.of(Cue::Employer).next();
            return Attribution::new(Actor::Other, mark);
        }
        if let Some(mark) = self.told_of_thing(run, hit, from) {
            return Attribution::new(Actor::Other, Some(mark));
        }
        let near = |cue: Cue| self.of(cue).rfind(|mark| mark.first >= from && mark.first <= hit.last);
        let owns = self.of(Cue::Owns).rfind(|mark| mark.first >= from && mark.first <= hit.first);
        let contributes = self
            .of(Cue::Contributes)
            .filter(|mark| mark.governs() && mark.first >= from && mark.first <= hit.last);
        let helped = contributes.rev().find(|mark| {
            let resumed = near(Cue::By).is_some_and(|by| by.first > mark.first);
            let restarted =
                self.marks.iter().any(|own| own.first <= hit.first && self.begins_anew(own, mark));
            // "Drive and support …", but not "responsible for supporting …".
            let owned_at_once = owns.is_some_and(|own| {
                own.first < mark.first
                    && mark.first.checked_sub(own.last).is_some_and(|words| words <= 2)
                    && (own.first == own.last || own.last + 1 < mark.first)
            });
            !resumed && !restarted && !owned_at_once
        });
        if let Some(mark) = helped {
            let peers = if zone == Zone::Intro { self.is_purpose(mark) } else { self.is_use(mark, from) };
            return Attribution { peers, ..Attribution::new(Actor::Contributes, Some(mark)) };
        }
        let lead = self.lead(from, hit.last + 1);
        let company = lead.or_else(|| {
            near(Cue::With).filter(|with| {
                let noun = with.first == with.last && with.joint == Joint::Other;
                !noun && owns.is_none_or(|own| own.last < with.first)
            })
        });
        if let Some(with) = company.filter(|lead| lead.cue == Cue::With && !self.has_own_work(run, lead)) {
            let told = self.of(Cue::OtherOwner).find(|mark| mark.first > with.last);
            let actor = if told.is_some() { Actor::Other } else { Actor::Contributes };
            return Attribution::new(actor, told.or(Some(with)));
        }
        Attribution::new(Actor::Owns, owns)
    }
}

fn is_owner(mark: &Mark, role: Role) -> bool {
    mark.party().is_some_and(|party| party.owns(role))
}

fn comma_before(run: &WordRun<'_>, word: usize) -> bool {
    (word.saturating_sub(1)..=word).any(|at| run.tokens[at].gap == Gap::Pause)
}
