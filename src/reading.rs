//! The text as the judge read it: passages in reading order, each with its zone, who does it, and the evidence in it.
//!
//! It goes into a record along with the body, so that a report shows the readable text with the duties marked, and
//! neither needs the lexicon nor reads markup again.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::trace::{ClauseTrace, HitTrace};
use crate::verdict::Evidence;
use crate::vocabulary::{Actor, Role, Zone};

/// A clause of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Passage {
    /// Its words, without markup.
    pub text: String,
    /// What the stretch around it is for.
    pub zone: Zone,
    /// What it is on the page.
    pub kind: Kind,
    /// Whether it begins a paragraph, an item or a heading; otherwise it goes on in the one before.
    pub opens: bool,
    /// 1-based line on which it stands.
    pub line: usize,
    /// The source field, when the body is spread over several.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub field: Option<Arc<str>>,
    /// Whose kind of work it is; null when it is no duty or no term names it.
    pub role: Option<Role>,
    /// Who does it; null when it assigns nothing.
    pub actor: Option<Actor>,
    /// The words found in it.
    pub marks: Vec<Mark>,
}

/// What a passage is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A heading.
    Heading,
    /// An item of a list, or a part of one.
    Item,
    /// Running text.
    Text,
}

/// Words of a passage that are evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mark {
    /// First byte in the passage's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Index into the evidence list.
    pub evidence: usize,
}

/// The passages of the clauses, with marks where the evidence of the verdict stands.
#[must_use]
pub fn passages(clauses: &[ClauseTrace], evidence: &[Evidence]) -> Vec<Passage> {
    // Both lists are in reading order, and the evidence is some of the hits.
    let mut left = evidence.iter().enumerate().peekable();
    let mut block = None;
    clauses
        .iter()
        .map(|clause| {
            let marks = clause.hits.iter().filter_map(|hit| {
                let (index, _) = left.next_if(|(_, found)| is_same(found, hit))?;
                Some(Mark { start: hit.within.start, end: hit.within.end, evidence: index })
            });
            let marks = marks.collect();
            let opens = block.replace(clause.block) != Some(clause.block);
            Passage {
                text: clause.text.clone(),
                zone: clause.zone,
                kind: match (clause.heading, clause.item) {
                    (true, _) => Kind::Heading,
                    (false, true) => Kind::Item,
                    (false, false) => Kind::Text,
                },
                opens,
                line: clause.span.line,
                field: clause.span.field.clone(),
                role: clause.role,
                actor: clause.actor,
                marks,
            }
        })
        .collect()
}

fn is_same(found: &Evidence, hit: &HitTrace) -> bool {
    found.term == hit.term && found.span == hit.span
}
