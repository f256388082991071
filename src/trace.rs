//! The stages of one posting laid open: what `explain --stage` prints.

use std::sync::Arc;

use serde::Serialize;

use crate::document::{Document, Shape};
use crate::duty::Duty;
use crate::lexicon::{Lexicon, Party};
use crate::vocabulary::{Actor, Role, Zone};

/// One clause with all that was found in it.
#[derive(Clone, Debug, Serialize)]
pub struct ClauseTrace {
    /// The words of the clause.
    pub text: String,
    /// What the stretch around it is for.
    pub zone: Zone,
    /// Whether it is a heading.
    pub heading: bool,
    /// Whether it is an item of a list.
    pub item: bool,
    /// First byte in the body of its part.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Who does it; null where it assigns nothing and holds no term.
    pub actor: Option<Actor>,
    /// Whose kind of work it is; null when no term with weight names it.
    pub role: Option<Role>,
    /// Weight for each role: pm, pmm, shared, other.
    pub scores: [f64; 4],
    /// Whether the hire works with product people, marketers, engineers and designers, the field, others.
    pub partners: [bool; 5],
    /// Terms found.
    pub hits: Vec<HitTrace>,
}

/// One term found.
#[derive(Clone, Debug, Serialize)]
pub struct HitTrace {
    /// Full name of the term.
    pub term: Arc<str>,
    /// The words found.
    pub text: String,
    /// Who does it.
    pub actor: Actor,
    /// The words that told.
    pub cue: Option<String>,
    /// The term's weight times the actor's factor.
    pub weight: f64,
}

/// Lays the stages open.
pub(crate) fn trace(document: &Document, duties: &[Duty], lexicon: &Lexicon) -> Vec<ClauseTrace> {
    let mut duties = duties.iter().peekable();
    document
        .clauses()
        .iter()
        .enumerate()
        .map(|(index, clause)| {
            let duty = duties.next_if(|duty| duty.clause == index);
            let source = document.readable().source_span(clause.span);
            let hits = duty.map_or_else(Vec::new, |duty| {
                duty.evidence
                    .iter()
                    .map(|found| HitTrace {
                        term: lexicon.terms()[found.term].name.clone(),
                        text: found.span.slice(document.text()).to_owned(),
                        actor: found.actor,
                        cue: found.cue.map(|span| span.slice(document.text()).to_owned()),
                        weight: found.weight,
                    })
                    .collect()
            });
            ClauseTrace {
                text: clause.span.slice(document.text()).to_owned(),
                zone: clause.zone,
                heading: clause.heading,
                item: clause.shape == Shape::Item,
                start: source.start,
                end: source.end,
                actor: duty.map(|duty| duty.actor),
                role: duty.and_then(|duty| duty.role),
                scores: duty.map_or([0.0; 4], |duty| duty.scores),
                partners: duty.map_or([false; Party::COUNT], |duty| duty.partners),
                hits,
            }
        })
        .collect()
}
