//! Lists that the line above them gives to somebody: "Liaise with product marketing, who:" and what stands below it.

use crate::document::{Clause, Document, Shape};
use crate::vocabulary::Actor;

/// The lists that are open, one within the other, and to whom the lines above them give what they hold.
#[derive(Debug, Default)]
pub(super) struct GivenLists {
    open: Vec<(Option<u8>, Option<Actor>)>,
    /// Whether no bullets tell the lines of the list from others.
    plain: bool,
}

impl GivenLists {
    /// Ends the lists that do not go on with this clause.
    pub(super) fn end_at(&mut self, clause: &Clause) {
        if is_item(clause) {
            self.open.retain(|(depth, _)| depth.is_none_or(|depth| depth < clause.depth));
            self.plain = false;
        } else if !(self.plain && clause.orders && !clause.heading) {
            self.open.clear();
        }
    }

    /// Begins the list below a clause, whose `next` is the first of it. `actor` is to whom it is given, where that is
    /// not the hire.
    pub(super) fn begin(&mut self, clause: &Clause, next: Option<&Clause>, actor: Option<Actor>) {
        // An item that lends a hand speaks for nothing beside it.
        let beside = clause.shape == Shape::Item && next.is_none_or(|next| next.depth <= clause.depth);
        let actor = actor.filter(|&actor| !(beside && actor == Actor::Contributes));
        self.open.push((is_item(clause).then_some(clause.depth), actor));
        let denied = matches!(actor, Some(Actor::None | Actor::Other));
        self.plain = denied && next.is_some_and(|next| !is_item(next) && next.block != clause.block);
    }

    /// To whom the innermost line that tells it gives what comes next.
    pub(super) fn actor(&self) -> Option<Actor> {
        self.open.iter().rev().find_map(|(_, actor)| *actor)
    }
}

fn is_item(clause: &Clause) -> bool {
    !clause.heading && clause.shape == Shape::Item
}

/// Whether the clause is the line above a list: it ends in a colon, or it is an item above deeper ones.
pub(super) fn leads_list(document: &Document, index: usize) -> bool {
    let clause = &document.clauses()[index];
    let colon = clause.span.slice(document.text()).trim_end().ends_with(':');
    if !is_item(clause) {
        return colon;
    }
    let (before, after) = (&document.clauses()[..index], &document.clauses()[index + 1..]);
    let mut below = after.iter().take_while(|next| is_item(next));
    if below.next().is_none_or(|next| next.depth <= clause.depth) {
        return false;
    }
    // A list whose first line lost its indentation has no other line like it.
    let sibling =
        |other: &Clause| is_item(other) && other.block != clause.block && other.depth == clause.depth;
    colon
        || before.last().is_some_and(sibling)
        || below.find(|next| next.depth <= clause.depth).is_some_and(sibling)
}
