//! Who does the duty that a hit names, and what must be known of its clause to tell.

use super::mark::Mark;
use crate::vocabulary::{Actor, Zone};

/// Who does a duty, and the words that told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Attribution {
    pub(crate) actor: Actor,
    /// First and last word of the cue.
    pub(crate) cue: Option<(usize, usize)>,
    /// Whether the hit only names whom the hire works with, which says nothing of who does the rest.
    pub(crate) partner: bool,
    /// Whether it is only a contribution because those whose work it is take part: among peers it is owned.
    pub(crate) peers: bool,
}

impl Attribution {
    pub(super) fn new(actor: Actor, mark: Option<&Mark>) -> Self {
        Self { actor, cue: mark.map(|mark| (mark.first, mark.last)), partner: false, peers: false }
    }

    pub(super) fn partner(mark: &Mark) -> Self {
        Self { partner: true, ..Self::new(Actor::Other, Some(mark)) }
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
