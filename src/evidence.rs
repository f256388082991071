//! Evidence as reports print it: the words, the clause, and the place in the body as the author wrote it.

use crate::document::{Document, Under};
use crate::duty::Duty;
use crate::figure::rounded;
use crate::lexicon::Lexicon;
use crate::posting::Posting;
use crate::span::{Lines, Span};
use crate::verdict::{Counted, Evidence, Place};
use crate::vocabulary::{Role, Zone};

/// The evidence of a posting in reading order.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    /// All of the zones that assign work, and of the others what speaks of the two roles.
    pub(crate) evidence: Vec<Evidence>,
    /// Indices of what stands under a heading of figures by which the hire is measured.
    pub(crate) measured: Vec<usize>,
}

/// Lists the evidence of a posting.
pub(crate) fn list(posting: &Posting, document: &Document, duties: &[Duty], lexicon: &Lexicon) -> Listed {
    let places = Places::of(posting);
    let text = document.text();
    let mut list = Listed::default();
    for duty in duties {
        let clause = &document.clauses()[duty.clause];
        let part = document.part_of(clause);
        for found in &duty.evidence {
            let term = &lexicon.terms()[found.term];
            let role = lexicon.areas()[term.area].role;
            let works = matches!(duty.zone, Zone::Intro | Zone::Duties);
            if !works && !matches!(role, Role::Pm | Role::Pmm) {
                continue;
            }
            let source = document.readable().source_span(found.span);
            if clause.under == Under::Figures {
                list.measured.push(list.evidence.len());
            }
            list.evidence.push(Evidence {
                term: term.name.clone(),
                role,
                text: found.span.slice(text).to_owned(),
                clause: clause.span.slice(text).to_owned(),
                zone: duty.zone,
                actor: found.actor,
                cue: found.cue.map(|span| span.slice(text).to_owned()),
                weight: rounded(found.weight),
                span: places.place(source, part),
                duty: (found.weight > 0.0).then_some(Counted { role: duty.role, actor: duty.actor }),
            });
        }
    }
    list
}

/// Of the evidence of a clause for one role, the piece whose area the clause counts for: the heaviest. Of equals the
/// area decides that has most of it, then the one that comes last, and of that area the first piece.
///
/// What a finding counts and what it points at are told by this alone, so that they say the same.
pub(crate) fn telling<E>(pieces: &[E], told: impl Fn(&E) -> (&str, f64)) -> Option<&E> {
    let weight = |piece: &E| rounded(told(piece).1);
    let of_area = |piece: &E| -> f64 {
        let (area, _) = told(piece);
        pieces.iter().filter(|other| told(other).0 == area).map(weight).sum()
    };
    let rank = |piece: &E| (weight(piece), of_area(piece));
    // Of equals `max_by` gives the last.
    let best = pieces.iter().max_by(|one, other| {
        let (one, other) = (rank(one), rank(other));
        one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1))
    })?;
    let same = |piece: &&E| told(piece).0 == told(best).0 && weight(piece).total_cmp(&weight(best)).is_eq();
    pieces.iter().find(same)
}

/// Names the places of a posting's body as reports print them.
pub(crate) struct Places<'p> {
    posting: &'p Posting,
    lines: Vec<Lines<'p>>,
}

impl<'p> Places<'p> {
    /// Notes where the lines of every part begin.
    pub(crate) fn of(posting: &'p Posting) -> Self {
        Self { posting, lines: posting.parts.iter().map(|part| Lines::new(&part.text)).collect() }
    }

    /// The place of bytes in the part with this index.
    pub(crate) fn place(&self, span: Span, part: usize) -> Place {
        let position = self.lines.get(part).map(|lines| lines.position(span.start));
        Place {
            field: self.posting.parts.get(part).and_then(|part| part.field.clone()),
            start: span.start,
            end: span.end,
            line: position.map_or(1, |position| position.line),
            column: position.map_or(1, |position| position.column),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_counts_for_the_area_that_has_most_to_say() {
        const CASES: &[(&[(&str, f64)], usize)] = &[
            (&[("roadmap", 1.0), ("backlog", 2.0)], 1),
            (&[("operations", 1.0), ("delivery", 1.0), ("delivery", 1.0)], 1),
            (&[("delivery", 1.0), ("operations", 1.0), ("delivery", 0.5)], 0),
            (&[("legal", 1.0), ("sales", 1.0)], 1),
            (&[("legal", 1.2), ("sales", 1.0), ("sales", 1.0)], 0),
        ];
        for (pieces, expected) in CASES {
            let found = telling(pieces, |&(area, weight)| (area, weight)).unwrap();
            let at = pieces.iter().position(|piece| std::ptr::eq(piece, found));
            assert_eq!(at, Some(*expected), "{pieces:?}");
        }
        assert_eq!(telling(&[], |&(area, weight): &(&str, f64)| (area, weight)), None);
    }
}
