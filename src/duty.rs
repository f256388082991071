//! Weighs every clause: which terms it holds, who does them, and so whose kind of work it is.
//!
//! A clause counts once, for the role of its strongest evidence, however many terms it holds.

mod lists;
mod naming;

use lists::GivenLists;
use naming::Namings;

use crate::actor::{Attribution, Cues, OwnTitle, Setting};
use crate::document::{Clause, Document, Shape, Under};
use crate::hit::{self, Hit};
use crate::lexicon::kind::Kinds;
use crate::lexicon::pattern::WordRun;
use crate::lexicon::tape::Word;
use crate::lexicon::{Lexicon, Party};
use crate::posting::Posting;
use crate::span::Span;
use crate::token::Gap;
use crate::vocabulary::{Actor, Role, Zone};

/// What a contribution counts against owned work.
pub(crate) const CONTRIBUTION: f64 = 1.0 / 3.0;

/// How many times a word of another job a role's object before it must weigh for the word to name its field.
const OUTWEIGHS: f64 = 1.3;
/// What such a word counts.
const FIELD: f64 = 0.6;
/// What evidence counts in what is told of a role's object.
const TOLD: f64 = 0.3;

/// A hit with its actor and weight.
#[derive(Clone, Debug)]
pub(crate) struct Weighed {
    /// Index of the term.
    pub(crate) term: usize,
    /// Whose kind of work it is.
    pub(crate) role: Role,
    /// Place in the readable text.
    pub(crate) span: Span,
    /// Who does it.
    pub(crate) actor: Actor,
    /// Place of the cue in the readable text.
    pub(crate) cue: Option<Span>,
    /// The term's weight times the actor's factor; three tenths of that where it only tells of another role's object.
    pub(crate) weight: f64,
    /// Whether it is a contribution only because those whose work it is take part.
    pub(crate) peers: bool,
}

impl Weighed {
    /// Gives work that the hire owns or contributes to another actor, and weighs it so.
    pub(crate) fn settle_on(&mut self, actor: Actor) {
        if matches!(self.actor, Actor::Owns | Actor::Contributes) {
            self.weight *= factor(actor) / factor(self.actor);
            self.actor = actor;
        }
    }
}

/// A clause that assigns work, or may.
#[derive(Clone, Debug)]
pub(crate) struct Duty {
    /// Index of the clause.
    pub(crate) clause: usize,
    /// The stretch it stands in.
    pub(crate) zone: Zone,
    /// Who does it: of the strongest evidence, or of the clause as such when it holds none.
    pub(crate) actor: Actor,
    /// Whose kind of work it is; `None` when no term names it.
    pub(crate) role: Option<Role>,
    /// Weight of the strongest evidence for each role, in the order of [`Role::ALL`].
    pub(crate) scores: [f64; 4],
    /// The same with the words of its field left back: what its role is told by.
    pub(crate) readings: [f64; 4],
    /// Which parties it says that the hire works with, by [`Party`].
    pub(crate) partners: [bool; Party::COUNT],
    /// Whether it opens with company: "partner with …".
    pub(crate) company: bool,
    /// Whether it gives work in so many words: by a verb, or among the duties by a term.
    pub(crate) given: bool,
    /// Its evidence, in reading order.
    pub(crate) evidence: Vec<Weighed>,
}

impl Duty {
    /// Gives what the hire would do to another actor, of whom the line above the list tells, where that counts less.
    fn give_to(&mut self, actor: Actor) {
        if factor(actor) >= factor(self.actor) {
            return;
        }
        for found in self.evidence.iter_mut().filter(|found| factor(actor) < factor(found.actor)) {
            found.settle_on(actor);
        }
        let share = factor(actor) / factor(self.actor);
        (self.scores, self.readings) = (self.scores.map(|it| it * share), self.readings.map(|it| it * share));
        self.given &= actor == Actor::Contributes;
        self.actor = actor;
    }
}

/// What work counts for that this actor does.
pub(crate) fn factor(actor: Actor) -> f64 {
    match actor {
        Actor::Owns => 1.0,
        Actor::Contributes => CONTRIBUTION,
        Actor::Other | Actor::None => 0.0,
    }
}

/// The score of a clause for a role with one more piece of evidence: the strongest counts in full, the others a
/// quarter.
fn joined(score: f64, weight: f64) -> f64 {
    score.max(weight) + 0.25 * score.min(weight)
}

/// The scores that tell a clause's role, from the role, weight and place of its evidence in reading order.
///
/// "Write user stories for the warehouse app": what comes after a role's own object tells the field that the product
/// is for. So a weaker word of another job counts for less behind such an object.
pub(crate) fn readings(evidence: impl Iterator<Item = (Role, f64, usize)>) -> [f64; 4] {
    let mut scores = [0.0_f64; 4];
    let mut object = (0.0_f64, 0);
    for (role, weight, at) in evidence {
        let mut weight = weight;
        match role {
            Role::Pm | Role::Pmm if weight > object.0 => object = (weight, at),
            Role::Other if object.1 < at && object.0 >= OUTWEIGHS * weight => weight *= FIELD,
            _ => {}
        }
        let score = &mut scores[role as usize];
        *score = joined(*score, weight);
    }
    scores
}

/// Which clauses are weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Those of the zones on which the judgement rests.
    Deciding,
    /// Those of the other zones: what they hold is evidence without weight.
    Idle,
    /// All of them.
    All,
}

impl Scope {
    fn holds(self, zone: Zone) -> bool {
        let decides = matches!(zone, Zone::Intro | Zone::Duties | Zone::Requirements);
        match self {
            Self::Deciding => decides,
            Self::Idle => !decides,
            Self::All => true,
        }
    }
}

/// Weighs the clauses of the document of a posting. Words that only repeat its title are no evidence.
pub(crate) fn weigh(document: &Document, posting: &Posting, lexicon: &Lexicon, scope: Scope) -> Vec<Duty> {
    let title = posting.title.as_deref();
    let company = posting.company.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let namings = title.map_or_else(Namings::default, |title| Namings::of(document.text(), title));
    let known_title = title.map(OwnTitle::new);
    let (mut found, mut hits, mut cues) = (Vec::new(), Vec::new(), Cues::default());
    let mut duties = Vec::new();
    // The clause before which "he" or "they" may mean the hire.
    let mut named = None;
    // The clause before which they mean somebody else.
    let mut told = None;
    let mut given = GivenLists::default();
    for (index, clause) in document.clauses().iter().enumerate() {
        let run = document.run(index);
        given.end_at(clause);
        let given_to = given.actor();
        if lists::leads_list(document, index) {
            cues.read(lexicon, document.text(), &run, &mut found);
            if let Some(title) = &known_title {
                cues.know_title(document.text(), &run, title);
            }
            let next = document.clauses().get(index + 1);
            given.begin(clause, next, cues.gives_list_to(&run));
        }
        if clause.heading || !scope.holds(clause.zone) {
            continue;
        }
        hit::find(lexicon, &run, clause.under == Under::Figures, &mut found, &mut hits);
        if !namings.is_empty() {
            hits.retain(|hit| {
                let span = Span::new(run.tokens[hit.first].span.start, run.tokens[hit.last].span.end);
                !namings.cover(span)
            });
        }
        let works = matches!(clause.zone, Zone::Intro | Zone::Duties);
        if hits.is_empty() && !works {
            continue;
        }
        cues.read(lexicon, document.text(), &run, &mut found);
        if let Some(title) = &known_title {
            cues.know_title(document.text(), &run, title);
            if named == Some(index) {
                cues.know_pronoun(document.text(), &run);
            }
            named = cues.is_titled_alone().then_some(index + 1);
        }
        if clause.zone == Zone::Duties && clause.under == Under::Term {
            cues.know_reached();
        }
        if clause.shape == Shape::Paragraph && !clause.orders {
            cues.know_name(document.text(), &run, known_title.as_ref());
        }
        if let Some(company) = company {
            cues.know_company(document.text(), &run, company);
        }
        if told == Some(index) {
            cues.know_other(document.text(), &run);
        }
        told = cues.tells_of_another().then_some(index + 1);
        hits.retain(|hit| !cues.names_self(hit));
        let mut duty = duty((index, document.text()), clause, &run, &hits, &cues, lexicon);
        if let (Some(duty), Some(actor)) = (&mut duty, given_to) {
            duty.give_to(actor);
        }
        duties.extend(duty);
    }
    duties
}

fn duty(
    (index, text): (usize, &str),
    clause: &Clause,
    run: &WordRun<'_>,
    hits: &[Hit],
    cues: &Cues,
    lexicon: &Lexicon,
) -> Option<Duty> {
    let item = clause.shape == Shape::Item;
    let setting = Setting { zone: clause.zone, item, orders: clause.orders };
    let mut scores = [0.0_f64; 4];
    let mut evidence = Vec::with_capacity(hits.len());
    let mut only_partners = true;
    let mut object: Option<(Role, usize)> = None;
    // "Platform Engineer: https://…" in an introduction only says where a job is told of.
    let points = clause.zone == Zone::Intro
        && !hits.is_empty()
        && !clause.orders
        && !cues.has_verb()
        && has_link(clause.span.slice(text));
    let asked = asks_hire(text, clause, run);
    for hit in hits {
        let term = &lexicon.terms()[hit.term];
        let role = lexicon.areas()[term.area].role;
        let Attribution { actor, cue, partner, peers } = cues.attribute(run, hit, role, setting);
        let actor = if points || asked { Actor::None } else { actor };
        only_partners &= partner;
        let mut weight = term.weight * factor(actor);
        // "Write stories that nurses test", "the backlog of our pitch-deck tool": what is told of a role's object, and
        // what the product is for, is not what the hire does.
        let told = object.is_some_and(|(known, last)| {
            known != role && cues.is_product(hit.last + 1)
                || role == Role::Other && cues.tells_of(last, hit.first)
        });
        if told {
            weight *= TOLD;
        } else if matches!(role, Role::Pm | Role::Pmm) && weight > 0.0 {
            object = object.or(Some((role, hit.last)));
        }
        let score = &mut scores[role as usize];
        *score = joined(*score, weight);
        let words =
            |first: usize, last: usize| Span::new(run.tokens[first].span.start, run.tokens[last].span.end);
        evidence.push(Weighed {
            term: hit.term,
            role,
            span: words(hit.first, hit.last),
            actor,
            cue: cue.map(|(first, last)| words(first, last)),
            weight,
            peers,
        });
    }
    let best = evidence.iter().max_by(|a, b| a.weight.total_cmp(&b.weight));
    let role = best
        .filter(|best| best.weight > 0.0)
        .map(|best| lexicon.areas()[lexicon.terms()[best.term].area].role);
    // "Growth of …" names a result or a field; an item that begins with an unknown verb does not go on so.
    let works = clause.orders || !hits.is_empty() || cues.names_hire() || cues.opens_with_verb();
    let is_of = |word: &Word| word.span.slice(text) == "of";
    let assigned = run.tokens.len() >= 3
        && !asked
        && !cues.gives_nothing()
        && !cues.only_joins()
        && match (clause.zone, item) {
            (Zone::Duties, true) => works || !run.tokens.iter().take(4).any(is_of),
            (Zone::Duties, false) => clause.orders || cues.names_hire() || cues.opens_with_verb(),
            _ => cues.names_hire() && (role.is_some() || cues.assigns()),
        };
    let decides = matches!(clause.zone, Zone::Intro | Zone::Duties);
    let actor = match best {
        best if assigned && decides && cues.keeps_own_work(run, best.map(|best| best.actor)) => Actor::Owns,
        Some(best) if !only_partners && best.actor == Actor::Contributes && cues.works_first(run) => {
            Actor::Owns
        }
        Some(best) if !only_partners => best.actor,
        _ if assigned && cues.lends_a_hand(run) => Actor::Contributes,
        _ if assigned => Actor::Owns,
        Some(best) => best.actor,
        None => Actor::None,
    };
    (!evidence.is_empty() || assigned).then_some(Duty {
        clause: index,
        zone: clause.zone,
        actor,
        role,
        scores,
        readings: readings(evidence.iter().map(|found| {
            (lexicon.areas()[lexicon.terms()[found.term].area].role, found.weight, found.span.start)
        })),
        partners: cues.partners(),
        company: cues.keeps_company(),
        given: gives(text, clause, cues, role),
        evidence,
    })
}

/// Whether an address of the web stands in the text.
pub(crate) fn has_link(text: &str) -> bool {
    [&b"://"[..], b"www."].iter().any(|begin| memchr::memmem::find(text.as_bytes(), begin).is_some())
}

/// Whether the clause asks the hire something: "Do you love …?", but not "How do we grow …?" and "What will you own?".
fn asks_hire(text: &str, clause: &Clause, run: &WordRun<'_>) -> bool {
    const OPEN: [&str; 8] = ["how", "what", "when", "where", "which", "who", "whom", "why"];
    if !clause.span.slice(text).trim_end().ends_with('?') {
        return false;
    }
    let is_open = |word: &Word| OPEN.iter().any(|open| open.eq_ignore_ascii_case(word.span.slice(text)));
    // "…: what is needed, and how can we test it?"
    let begins =
        |at: usize| at == 0 || run.tokens[at].gap != Gap::Soft || run.tokens[at - 1].kinds.has(Kinds::AND);
    !run.tokens.iter().enumerate().any(|(at, word)| is_open(word) && begins(at))
}

/// Whether the clause gives work in so many words: by a verb, or among the duties by a term. A question gives none.
fn gives(text: &str, clause: &Clause, cues: &Cues, role: Option<Role>) -> bool {
    let asks = clause.span.slice(text).trim_end().ends_with('?');
    let told = match clause.zone {
        Zone::Duties => role.is_some() || cues.has_verb(),
        _ => cues.names_hire() && cues.has_verb(),
    };
    !asks && (clause.orders || told)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each role scores by evidence in reading order, one piece at each place.
    fn read(evidence: &[(Role, f64)]) -> [String; 4] {
        let scores = readings(evidence.iter().enumerate().map(|(at, &(role, weight))| (role, weight, at)));
        scores.map(|score| format!("{score:.2}"))
    }

    #[test]
    fn a_word_of_another_job_behind_a_stronger_object_names_the_field() {
        assert_eq!(read(&[(Role::Pm, 2.0), (Role::Other, 1.0)]), ["2.00", "0.00", "0.00", "0.60"]);
        assert_eq!(read(&[(Role::Pmm, 2.0), (Role::Other, 1.0)]), ["0.00", "2.00", "0.00", "0.60"]);
    }

    #[test]
    fn other_words_of_another_job_count_in_full() {
        const CASES: &[[(Role, f64); 2]] = &[
            [(Role::Other, 1.0), (Role::Pm, 2.0)],
            [(Role::Pm, 1.0), (Role::Other, 1.0)],
            [(Role::Shared, 2.0), (Role::Other, 1.0)],
        ];
        for case in CASES {
            assert_eq!(read(case)[Role::Other as usize], "1.00", "{case:?}");
        }
    }
}
