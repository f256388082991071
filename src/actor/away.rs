//! What is not the hire's: nobody's, or somebody else's by name (rules 1 and 2).

use super::mark::{Joint, Mark, Sort};
use super::{Cues, Setting, comma_before};
use crate::hit::Hit;
use crate::lexicon::Cue;
use crate::lexicon::kind::Kinds;
use crate::lexicon::pattern::WordRun;
use crate::token::Gap;
use crate::vocabulary::Role;

/// Words between a duty and whose it is said to be.
const OWNED_BY: usize = 9;

/// Words that a negation reaches over, and in a list of what is not done.
const NEGATED: usize = 8;
const NEGATED_LIST: usize = 20;

impl Cues {
    /// The word for the employer with which the thought from the word `from` on begins behind another: "Decide fast – we
    /// ship each week".
    pub(super) fn employers(&self, from: usize, hit: &Hit) -> Option<&Mark> {
        let addressed = self.of(Cue::Hire).any(|hire| hire.first >= from);
        self.of(Cue::Employer).find(|mark| {
            from > 0 && !addressed && mark.addresses && mark.first == from && mark.last < hit.first
        })
    }

    /// Rule 1: what is negated, reported to, or may never happen.
    pub(super) fn undone(
        &self,
        run: &WordRun<'_>,
        hit: &Hit,
        from: usize,
        setting: Setting,
    ) -> Option<&Mark> {
        // A weekly talk with the lead reaches into a hit on leading.
        let last = |cue: Cue, within: usize| {
            self.of(cue)
                .rfind(|mark| {
                    let inside = cue == Cue::Reporting && mark.covers(hit.first, hit.first);
                    mark.first >= from && (mark.last < hit.first || inside)
                })
                .filter(|mark| hit.first.saturating_sub(mark.last) <= within)
        };
        // "…, own pricing", "…, this role will": after the comma a new thought begins.
        let resumes = |mark: &Mark, next: &Mark| {
            next.first > mark.last && next.first <= hit.first && comma_before(run, next.first)
        };
        let hire_resumes = |mark: &Mark| self.of(Cue::Hire).any(|hire| hire.addresses && resumes(mark, hire));
        let negated = last(Cue::Negation, NEGATED_LIST).filter(|mark| {
            let listed = |own: &&Mark| self.denies_along(run, mark, own);
            let owns = || self.of(Cue::Owns).filter(|own| resumes(mark, own));
            let near = hit.first.saturating_sub(mark.last) <= NEGATED;
            (near || owns().any(|own| listed(&own))) && owns().all(|own| listed(&own)) && !hire_resumes(mark)
        });
        let reported = last(Cue::Reporting, 6).filter(|mark| !hire_resumes(mark));
        // "The marketing lead reports to …" names the hire.
        let soon = |mark: &&Mark| mark.first > hit.last && mark.first - hit.last <= 6;
        let worked =
            setting.orders || self.of(Cue::Owns).any(|own| own.first >= from && own.first <= hit.first);
        let reporting = self.of(Cue::Reporting).find(soon).filter(|_| !worked);
        negated.or(reported).or(reporting).or_else(|| {
            // "If you owned …" reaches into the hit; "an exercise: …" reaches past its colon.
            let possible = self.of(Cue::Hypothetical).rfind(|mark| {
                let labels = mark.first <= 1 && mark.last + 1 == from;
                mark.first < hit.first.max(1) && mark.last <= hit.last && (mark.first >= from || labels)
            })?;
            // What opens as a mere possibility stays one to its end.
            let near = hit.first.saturating_sub(possible.last) <= 10;
            (possible.first <= from + 2 || near).then_some(possible)
        })
    }

    /// Whether the verb `own` goes on with a list of what is not done: "you won't write tickets, groom the backlog or
    /// set the roadmap".
    fn denies_along(&self, run: &WordRun<'_>, negation: &Mark, own: &Mark) -> bool {
        let denied =
            self.of(Cue::Owns).find(|verb| (1..=3).contains(&verb.first.saturating_sub(negation.last)));
        let rest = &run.tokens[own.first.saturating_sub(1)..];
        let ends =
            rest.iter().skip(2).position(|word| word.gap == Gap::Break).map_or(rest.len(), |at| at + 2);
        denied.is_some_and(|verb| verb.gerund == own.gerund && verb.first < own.first)
            && rest[..ends].iter().any(|word| word.kinds.has(Kinds::OR))
    }

    /// Rule 2: somebody else does it, by name.
    ///
    /// "Code what product managers ask for" names whose wish it is, not whose work.
    pub(super) fn elsewhere(&self, run: &WordRun<'_>, hit: &Hit, role: Role, from: usize) -> Option<&Mark> {
        let itself = self.of(Cue::Owns).any(|own| own.joint == Joint::Opening && own.first == hit.first);
        if (itself || hit.first == 0) && role == Role::Other {
            return None;
        }
        self.of(Cue::OtherOwner)
            .rfind(|mark| {
                // "Acme builds apps and seeks somebody who …" turns to the hire.
                let turned = mark.sort == Sort::Named
                    && self.of(Cue::Hire).any(|hire| hire.first > mark.last && hire.first <= hit.first);
                let turned = turned || self.goes_on_behind(run, mark, hit);
                let before =
                    mark.first <= hit.first && (mark.last <= hit.last || mark.covers(hit.first, hit.last));
                // "Your PM owns the roadmap" names both yours and whose it is.
                let inside =
                    hit.first < mark.first && mark.last < hit.last && !self.relatives.contains(&mark.first);
                mark.first >= from && !turned && (before || inside)
            })
            .or_else(|| {
                self.of(Cue::OwnedBy).find(|mark| {
                    mark.first > hit.first
                        && mark.last > hit.last
                        && mark.first.saturating_sub(hit.last) <= OWNED_BY
                })
            })
    }

    /// Whether the hire's own work goes on behind what is told of those it is done with: "with the designers, who draw the
    /// screens, plan how …".
    fn goes_on_behind(&self, run: &WordRun<'_>, told: &Mark, hit: &Hit) -> bool {
        let with = run.tokens[0].kinds.has(Kinds::WITH)
            || self.of(Cue::With).next().is_some_and(|with| with.first == 0);
        let aside = with && run.tokens[told.first].gap == Gap::Pause;
        // "…, write …", "…, plan the …": many an order is a noun as well.
        let orders = |at: usize| {
            let own = self.of(Cue::Owns).any(|own| own.first == at && !own.gerund);
            own || run.tokens.get(at + 1).is_some_and(|next| next.kinds.has(Kinds::ARTICLE.or(Kinds::WHICH)))
        };
        aside && (told.last + 1..=hit.first).any(|at| run.tokens[at].gap == Gap::Pause && orders(at))
    }
}
