//! The texts of one record that make its body, each with the name that it stands under.

use std::sync::Arc;

use memchr::memmem;

use super::alias::is_one_of;
use super::layer::Layers;
use super::pieces::Piece;
use super::slot::{Field, Slot};
use crate::posting::{Markup, Part};

/// How long a text of an unknown field must be before it looks like a body that nobody named.
pub(super) const BODY_LIKE: usize = 300;

/// The text of one field that is a part of the body.
#[derive(Debug)]
pub(super) struct Stretch {
    slot: Slot,
    name: String,
    pub(super) pieces: Vec<Piece>,
}

impl Stretch {
    /// What a field of this name says.
    pub(super) fn new(slot: Slot, name: &str, pieces: Vec<Piece>) -> Self {
        Self { slot, name: name.to_owned(), pieces }
    }

    fn length(&self) -> usize {
        self.pieces.iter().map(|piece| piece.text.len()).sum()
    }

    /// Whether there is so little that another name may hold the whole.
    fn is_scant(&self) -> bool {
        self.length() < BODY_LIKE || self.pieces.last().is_some_and(|last| cut_short(&last.text))
    }

    /// Whether all that it says stands in a text, be it line by line.
    fn repeats(&self, text: &str) -> bool {
        /// How many lines are looked for one by one; no section has more.
        const LINES: usize = 500;
        let stands = |part: &str| memmem::find(text.as_bytes(), part.trim().as_bytes()).is_some();
        let line_by_line = |text: &str| text.lines().nth(LINES).is_none() && text.lines().all(stands);
        self.pieces.iter().all(|piece| stands(&piece.text) || line_by_line(&piece.text))
    }

    fn into_parts(self) -> impl Iterator<Item = Part> {
        let name: Arc<str> = self.name.into();
        let own = match self.slot.field {
            Field::Section(zone) => Some(zone),
            _ => None,
        };
        self.pieces.into_iter().flat_map(move |piece| {
            let zone = own.or(piece.zone);
            let part = |markup, text| Part { field: Some(Arc::clone(&name)), zone, markup, text };
            let heading = piece.heading.map(|heading| part(Markup::Heading, heading));
            heading.into_iter().chain([part(Markup::Detect, Layers::Usual.off(piece.text))])
        })
    }
}

/// The body and its sections: of several names for the whole, one; of the sections, those that say more.
pub(super) fn parts(bodies: Vec<Stretch>, sections: Vec<Stretch>, join: bool) -> Vec<Part> {
    let mut texts = bodies;
    texts.sort_by_key(|body| body.slot.rank);
    if !join {
        // The text may stand in full under another name than the short of it.
        let longest = texts.iter().enumerate().max_by_key(|(at, body)| (body.length(), usize::MAX - at));
        let fuller = match (longest, texts.first()) {
            (Some((at, longest)), Some(best)) if best.is_scant() && longest.length() >= 2 * best.length() => {
                at
            }
            _ => 0,
        };
        texts.drain(..fuller);
        texts.truncate(1);
    }
    let whole = texts.first().map(|body| match &*body.pieces {
        [only] => only.text.clone(),
        pieces => pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join("\n"),
    });
    // Some sources repeat in columns of their own what the body already says.
    let repeated = |section: &Stretch| whole.as_ref().is_some_and(|whole| section.repeats(whole));
    texts.extend(sections.into_iter().filter(|section| !repeated(section)));
    texts.into_iter().flat_map(Stretch::into_parts).collect()
}

/// Whether all that there is of a body goes by the name of a teaser.
pub(super) fn are_teasers(bodies: &[Stretch]) -> bool {
    const TEASERS: &[&str] = &[
        "snippet",
        "teaser",
        "descriptionteaser",
        "descriptionpreview",
        "excerpt",
        "jobexcerpt",
        "shortdescription",
        "shortdescriptionstr",
        "briefdescription",
    ];
    !bodies.is_empty() && bodies.iter().all(|body| is_one_of(&body.name, TEASERS))
}

/// Whether the source cut the text: it ends in an ellipsis.
pub(super) fn cut_short(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with('…') || text.ends_with("...")
}
