//! The texts of one record that make its body, each with the name that it stands under.

use std::sync::Arc;

use memchr::memmem;
use rustc_hash::FxHashSet;

use super::alias::is_one_of;
use super::layer::Layers;
use super::numbered;
use super::pieces::Piece;
use super::slot::{Field, Slot};
use crate::posting::{Markup, Part};
use crate::vocabulary::Zone;

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

    /// Whether a name is the next of the numbered ones by which this stretch goes, such as `Description 2`.
    pub(super) fn goes_on(&self, slot: Slot, name: &str) -> bool {
        let base = numbered::base(name);
        base.is_some() && self.slot == slot && numbered::base(&self.name) == base
    }

    /// Adds what another of its names says.
    pub(super) fn extend(&mut self, name: &str, pieces: Vec<Piece>) {
        self.pieces.extend(pieces.into_iter().map(|piece| Piece { name: Some(name.to_owned()), ..piece }));
    }

    /// Whether most of what it says is not said by another stretch.
    fn says_else(&self, other: &Self) -> bool {
        /// How many words in a row are the same in no other text by chance.
        const RUN: usize = 3;
        let words = |stretch: &Self| -> Vec<String> {
            let texts =
                stretch.pieces.iter().flat_map(|piece| piece.text.split(|c: char| !c.is_alphanumeric()));
            texts.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
        };
        let (own, others) = (words(self), words(other));
        let known: FxHashSet<&[String]> = others.windows(RUN).collect();
        let runs = own.windows(RUN).len();
        let same = own.windows(RUN).filter(|run| known.contains(run)).count();
        runs > 0 && 4 * same < runs
    }

    /// Whether it says what the hire does, or has to bring.
    pub(super) fn is_of_hire(&self) -> bool {
        matches!(self.slot.field, Field::Section(Zone::Duties | Zone::Requirements))
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
        let all: Arc<str> = self.name.into();
        let own = match self.slot.field {
            Field::Section(zone) => Some(zone),
            _ => None,
        };
        // Each counts its own bytes, and so goes by a name of its own.
        let several = self.pieces.len() > 1 || self.pieces.iter().any(|piece| piece.heading.is_some());
        let mut at = 0;
        self.pieces.into_iter().flat_map(move |piece| {
            let zone = own.or(piece.zone);
            let mut part = |markup, text| {
                let field = match &piece.name {
                    Some(name) => Arc::from(name.as_str()),
                    None if several => Arc::from(format!("{all}[{at}]")),
                    None => Arc::clone(&all),
                };
                at += 1;
                Part { field: Some(field), zone, markup, text }
            };
            let heading = piece.heading.map(|heading| part(Markup::Heading, heading));
            let text = part(Markup::Detect, Layers::Usual.off(piece.text));
            heading.into_iter().chain([text])
        })
    }
}

/// Whether a name is that of what may stand before the text of a posting, or be all of it.
fn is_opening(name: &str) -> bool {
    const OPENINGS: &[&str] = &["summary", "overview", "intro", "purpose", "about"];
    let name = name.to_ascii_lowercase();
    OPENINGS.iter().any(|opening| name.contains(opening))
}

/// Whether a name is that of what may be all of the text, or only stands around it: an opening, or points in columns of
/// their own.
pub(super) fn is_beside(name: &str) -> bool {
    is_opening(name) || numbered::base(name).is_some()
}

/// The body and its sections: of several names for the whole, one, and what may stand before it and says something else;
/// of the sections, those that say more.
pub(super) fn parts(bodies: Vec<Stretch>, sections: Vec<Stretch>, join: bool) -> Vec<Part> {
    let mut texts = bodies;
    texts.sort_by_key(|body| body.slot.rank);
    if !join {
        texts = whole(texts);
    }
    let said: Vec<&str> =
        texts.iter().flat_map(|body| &body.pieces).map(|piece| piece.text.as_str()).collect();
    let whole = (!said.is_empty()).then(|| said.join("\n"));
    // Some sources repeat in columns of their own what the body already says.
    let repeated = |section: &Stretch| whole.as_ref().is_some_and(|whole| section.repeats(whole));
    texts.extend(sections.into_iter().filter(|section| !repeated(section)));
    texts.into_iter().flat_map(Stretch::into_parts).collect()
}

/// Of texts with names for the whole, best first: the best, or a much fuller one, and whatever stands around such a text by
/// its name and says something else.
fn whole(mut texts: Vec<Stretch>) -> Vec<Stretch> {
    let longest = texts.iter().enumerate().max_by_key(|(at, body)| (body.length(), usize::MAX - at));
    let fuller = match (longest, texts.first()) {
        (Some((at, longest)), Some(best)) if best.is_scant() && longest.length() >= 2 * best.length() => at,
        _ => 0,
    };
    if texts.len() < 2 {
        return texts;
    }
    let main = texts.remove(fuller);
    let goes_with =
        |other: &Stretch| is_beside(&other.name) != is_beside(&main.name) && other.says_else(&main);
    let mut others = texts.into_iter().filter(|other| !is_teaser(other) && goes_with(other));
    if is_beside(&main.name) {
        // Of several names for the whole, one.
        let other = others.next();
        return [main].into_iter().chain(other).collect();
    }
    let (before, behind): (Vec<_>, Vec<_>) = others.partition(|other: &Stretch| is_opening(&other.name));
    before.into_iter().chain([main]).chain(behind).collect()
}

/// Whether all that there is of a body goes by the name of a teaser.
pub(super) fn are_teasers(bodies: &[Stretch]) -> bool {
    !bodies.is_empty() && bodies.iter().all(is_teaser)
}

fn is_teaser(body: &Stretch) -> bool {
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
    is_one_of(&body.name, TEASERS)
}

/// Whether the source cut the text: it ends in an ellipsis.
pub(super) fn cut_short(text: &str) -> bool {
    let text = text.trim_end();
    text.ends_with('…') || text.ends_with("...")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::value::Value;

    #[test]
    fn of_several_texts_those_are_read_that_say_something_else() {
        const LONG: &str =
            "Own the course of the ferry. Write down what its crew needs. Ask those who sail with it.";
        const SHORT: &str = "We look for somebody who takes our ferry further.";
        type Named = (&'static str, &'static str);
        const CASES: &[(&str, &[Named], &[&str])] = &[
            ("a summary", &[("description", LONG), ("summary", SHORT)], &["summary", "description"]),
            (
                "the beginning again",
                &[("description", LONG), ("summary", "Own the course of the ferry. Write down what")],
                &["description"],
            ),
            ("another name for the whole", &[("description", LONG), ("text", SHORT)], &["description"]),
            ("two summaries", &[("jobSummary", LONG), ("overview", SHORT)], &["jobSummary"]),
            ("a teaser", &[("description", LONG), ("snippet", SHORT)], &["description"]),
            (
                "the whole as a summary",
                &[("description", SHORT), ("summary", LONG)],
                &["summary", "description"],
            ),
            ("points", &[("description", LONG), ("Bullet 1", SHORT)], &["description", "Bullet 1"]),
        ];
        for (case, texts, expected) in CASES {
            let stretch = |(rank, (name, text)): (usize, &Named)| {
                let slot = Slot { field: Field::Body, rank: u8::try_from(rank).unwrap() };
                Stretch::new(slot, name, super::super::pieces::of(Value::Text((*text).to_owned())))
            };
            let parts = parts(texts.iter().enumerate().map(stretch).collect(), Vec::new(), false);
            let fields: Vec<_> = parts.iter().map(|part| part.field.as_deref().unwrap()).collect();
            assert_eq!(fields, *expected, "{case}");
        }
    }
}
