//! The stages of one posting laid open: what `explain --stage` prints.

use std::sync::Arc;

use serde::Serialize;

use crate::document::{Document, Shape};
use crate::duty::Duty;
use crate::evidence::Places;
use crate::figure::rounded;
use crate::leaning::Leaning;
use crate::lexicon::{Lexicon, Party};
use crate::posting::Posting;
use crate::score::{Sum, Weights};
use crate::span::Span;
use crate::title::TitleClaim;
use crate::verdict::Place;
use crate::vocabulary::{Actor, Role, Zone};

/// Every stage of one posting.
#[derive(Clone, Debug)]
pub struct Trace {
    /// What the title claims.
    pub title: TitleClaim,
    /// The clauses in reading order.
    pub clauses: Vec<ClauseTrace>,
    /// The single words that lean, those that lean furthest first.
    pub words: Vec<WordTrace>,
    /// How the probabilities came about.
    pub sum: Sum,
}

/// A single word that leans.
#[derive(Clone, Debug, Serialize)]
pub struct WordTrace {
    /// The word as written.
    pub text: String,
    /// Where it stands first.
    pub span: Place,
    /// What it adds to the features `words/…`.
    pub adds: Weights,
}

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
    /// Number of the paragraph, item or heading that it is part of.
    #[serde(skip)]
    pub block: usize,
    /// Where it stands.
    pub span: Place,
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
    /// Whose kind of work it is.
    pub role: Role,
    /// The words found.
    pub text: String,
    /// Where they stand.
    pub span: Place,
    /// Who does it.
    pub actor: Actor,
    /// The words that told.
    pub cue: Option<String>,
    /// The term's weight times the actor's factor.
    pub weight: f64,
    /// The term's weight alone.
    pub full_weight: f64,
    /// Bytes of the clause's text that the words are.
    #[serde(skip)]
    pub within: Span,
    /// Bytes of the clause's text that the cue is.
    #[serde(skip)]
    pub cue_within: Option<Span>,
}

/// Lays the clauses open.
pub(crate) fn clauses(
    posting: &Posting,
    document: &Document,
    duties: &[Duty],
    lexicon: &Lexicon,
) -> Vec<ClauseTrace> {
    let places = Places::of(posting);
    let text = document.text();
    let mut duties = duties.iter().peekable();
    document
        .clauses()
        .iter()
        .enumerate()
        .map(|(index, clause)| {
            let duty = duties.next_if(|duty| duty.clause == index);
            let part = document.part_of(clause);
            let place = |span: Span| places.place(document.readable().source_span(span), part);
            let within = |span: Span| {
                Span::new(
                    span.start.saturating_sub(clause.span.start),
                    span.end.saturating_sub(clause.span.start),
                )
            };
            let hits = duty.map_or_else(Vec::new, |duty| {
                duty.evidence
                    .iter()
                    .map(|found| {
                        let term = &lexicon.terms()[found.term];
                        HitTrace {
                            term: term.name.clone(),
                            role: lexicon.areas()[term.area].role,
                            text: found.span.slice(text).to_owned(),
                            span: place(found.span),
                            actor: found.actor,
                            cue: found.cue.map(|span| span.slice(text).to_owned()),
                            weight: rounded(found.weight),
                            full_weight: term.weight,
                            within: within(found.span),
                            cue_within: found.cue.map(within),
                        }
                    })
                    .collect()
            });
            ClauseTrace {
                text: clause.span.slice(text).to_owned(),
                zone: clause.zone,
                heading: clause.heading,
                item: clause.shape == Shape::Item,
                block: clause.block,
                span: place(clause.span),
                actor: duty.map(|duty| duty.actor),
                role: duty.and_then(|duty| duty.role),
                scores: duty.map_or([0.0; 4], |duty| duty.scores.map(rounded)),
                partners: duty.map_or([false; Party::COUNT], |duty| duty.partners),
                hits,
            }
        })
        .collect()
}

/// Lays the words that lean open.
pub(crate) fn words(posting: &Posting, document: &Document, lexicon: &Lexicon) -> Vec<WordTrace> {
    let places = Places::of(posting);
    let mut words: Vec<WordTrace> = Leaning::words(document, lexicon)
        .into_iter()
        .map(|(clause, span, adds)| {
            let part = document.part_of(&document.clauses()[clause]);
            WordTrace {
                text: span.slice(document.text()).to_owned(),
                span: places.place(document.readable().source_span(span), part),
                adds: adds.into(),
            }
        })
        .collect();
    let furthest = |word: &WordTrace| word.adds.array().into_iter().map(f64::abs).fold(0.0, f64::max);
    words.sort_by(|a, b| furthest(b).total_cmp(&furthest(a)));
    words
}
