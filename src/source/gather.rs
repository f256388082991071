//! Gathers the fields of one record and makes the posting.
//!
//! Records name their fields in many ways and orders; a [`Gathered`] takes them as they come, keeps the
//! best name of each field and, at the end, says whether there is a posting in them.

use super::alias::known;
use super::best::Best;
use super::carried;
use super::dialect::Marks;
use super::family;
use super::field::{Field, Mapping, Meaning, Slot};
use super::opening::TitleOf;
use super::pieces;
use super::stretch::{BODY_LIKE, Stretch};
use super::value::Value;
use crate::outcome::{Failed, Fault, Outcome};
use crate::posting::{Part, SourceRef};
use crate::vocabulary::Zone;

mod posting;

/// The fields of one record.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one record")]
pub(crate) struct Gathered {
    title: Best,
    id: Best,
    company: Best,
    location: Best,
    url: Best,
    language: Best,
    bodies: Vec<Stretch>,
    sections: Vec<Stretch>,
    /// The body as a dialect lays it out; it stands for the two above.
    parts: Vec<Part>,
    unlisted: bool,
    /// Whether the source always cuts its texts.
    truncated: bool,
    /// Names that may show a dialect.
    pub(crate) marks: Marks,
    /// Whether the record has a field for a title or a body at all, be it empty.
    has_title: bool,
    has_body: bool,
    /// Whether it has one for the body as a whole, or for the duties in it.
    has_whole: bool,
    /// Whether an object in it is a posting, under a name that elsewhere is that of a text.
    carries: bool,
    /// The name of a body whose text stands in none of the ways that are read.
    unread: Option<String>,
    /// Whether nothing says that the title is one, and what else it may be.
    title_is_guess: bool,
    other_titles: Vec<String>,
}

impl Gathered {
    /// Notes that the record has a field of this meaning, and its value when there is one.
    pub(crate) fn put(&mut self, slot: Slot, name: &str, value: Option<String>) {
        match slot.field {
            Field::Title => self.has_title = true,
            Field::Body | Field::Section(_) => self.note_body(slot.field),
            _ => {}
        }
        let Some(text) = value else { return };
        match slot.field {
            Field::Body | Field::Section(_) => self.put_body(slot, name, Value::Text(text)),
            // A number is the place in a list, and at best a title where there is no other.
            Field::Title if !text.contains(char::is_alphabetic) => self.title.put(u8::MAX, text),
            Field::Title => self.title.put(slot.rank, text),
            Field::Id => self.id.put(slot.rank, text),
            Field::Company => self.company.put(slot.rank, text),
            Field::Location => self.location.put(slot.rank, text),
            Field::Url => self.url.put(slot.rank, text),
            Field::Language => self.language.put(slot.rank, text),
            Field::Listed => self.unlisted |= text.eq_ignore_ascii_case("false"),
        }
    }

    /// As [`Gathered::put`], from a value of any shape.
    pub(crate) fn put_value(&mut self, meaning: Meaning<'_>, name: &str, value: Value) {
        let value = if meaning.inner.is_empty() { value } else { value.at(meaning.inner) };
        let value = pieces::unprinted(meaning.slot.field, value);
        let text = match (meaning.slot.field, value) {
            (Field::Listed, Value::Truth(truth)) => Some(truth.to_string()),
            // The posting itself under a name that elsewhere is that of its text.
            (Field::Body | Field::Title, value) if carried::is_job(name, &value) => {
                return self.carries = true;
            }
            // What the hire does, under a name that elsewhere is that of the title: `role`.
            (Field::Title, value) if pieces::has_points(&value) => {
                let slot = Slot { field: Field::Section(Zone::Duties), ..meaning.slot };
                return self.put_body(slot, name, value);
            }
            (Field::Body | Field::Section(_), Value::Object(_)) if carried::tells_of_employer(name) => return,
            // The names of a family are those of texts.
            (_, Value::Object(_)) if meaning.slot.rank == family::RANK => return,
            (Field::Body | Field::Section(_), value) => return self.put_body(meaning.slot, name, value),
            (_, value) => value.into_text("; "),
        };
        self.put(meaning.slot, name, text);
    }

    /// As [`Gathered::put_value`], for this meaning of a name and whatever else the user says that it means.
    pub(crate) fn put_mapped<'m>(
        &mut self,
        mut meaning: Meaning<'m>,
        mapping: &'m Mapping,
        name: &str,
        value: Value,
    ) {
        for further in mapping.further(name) {
            self.put_value(std::mem::replace(&mut meaning, further), name, value.clone());
        }
        self.put_value(meaning, name, value);
    }

    /// Notes that the record has a field for the body or a part of it.
    fn note_body(&mut self, field: Field) {
        self.has_body = true;
        self.has_whole |= matches!(field, Field::Body | Field::Section(Zone::Duties));
    }

    fn put_body(&mut self, slot: Slot, name: &str, value: Value) {
        self.note_body(slot.field);
        let holds = value.holds(BODY_LIKE);
        let pieces = pieces::of(value);
        if pieces.is_empty() && holds >= BODY_LIKE {
            self.unread.get_or_insert_with(|| name.to_owned());
        }
        let stretches = if slot.field == Field::Body { &mut self.bodies } else { &mut self.sections };
        match stretches.last_mut() {
            _ if pieces.is_empty() => {}
            Some(last) if last.goes_on(slot, name) => last.extend(name, pieces),
            _ => stretches.push(Stretch::new(slot, name, pieces)),
        }
    }

    /// Takes from what was read by the usual names what a dialect has no place for: a scraper adds names of its own to
    /// the records of a board.
    pub(crate) fn or(mut self, usual: Self) -> Self {
        let is_title = |stretch: &Stretch| matches!((&*stretch.pieces, &self.title.0), ([only], Some((_, title))) if only.text == *title);
        if self.parts.is_empty() && self.bodies.is_empty() && !usual.bodies.iter().any(is_title) {
            (self.bodies, self.sections) = (usual.bodies, usual.sections);
        } else if self.has_parts()
            && !self.parts.iter().any(|part| matches!(part.zone, Some(Zone::Duties | Zone::Requirements)))
        {
            // A record of another source may look like one of the dialect, and keep apart what that has no place for.
            let is_said = |text: &str| self.parts.iter().any(|part| part.text.contains(text.trim()));
            let says_more = |stretch: &Stretch| {
                stretch.is_of_hire() && !stretch.pieces.iter().all(|piece| is_said(&piece.text))
            };
            self.sections = usual.sections.into_iter().filter(says_more).collect();
        }
        self.title.fill(usual.title);
        self.company.fill(usual.company);
        self.location.fill(usual.location);
        self.url.fill(usual.url);
        self
    }

    /// Takes from another reading of the record whatever this one lacks.
    pub(crate) fn fill(&mut self, other: Self) {
        if !self.has_text() {
            (self.bodies, self.sections, self.parts) = (other.bodies, other.sections, other.parts);
        } else if self.parts.is_empty() && other.parts.is_empty() {
            let fill = |own: &mut Vec<Stretch>, other| {
                if own.is_empty() {
                    *own = other;
                }
            };
            fill(&mut self.bodies, other.bodies);
            fill(&mut self.sections, other.sections);
        }
        self.has_title |= other.has_title;
        self.has_body |= other.has_body;
        self.has_whole |= other.has_whole;
        self.title.fill(other.title);
        self.id.fill(other.id);
        self.company.fill(other.company);
        self.location.fill(other.location);
        self.url.fill(other.url);
        self.language.fill(other.language);
    }

    /// Adds a stretch of the body behind those that are there.
    pub(crate) fn push_part(&mut self, part: Part) {
        self.parts.push(part);
    }

    /// The stretches of the body laid out so far.
    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Whether any stretch of the body has been laid out.
    pub(crate) fn has_parts(&self) -> bool {
        !self.parts.is_empty()
    }

    /// Says that a dialect has been followed: where it found no body, there is none.
    pub(crate) fn dialect_read(&mut self, truncated: bool) {
        (self.has_body, self.has_whole) = (true, true);
        self.truncated = truncated;
    }

    /// Puts the fields that the user mapped in the place of those found otherwise.
    pub(crate) fn override_mapped(&mut self, record: &Value, mapping: &Mapping) {
        let Value::Object(members) = record else { return };
        let meanings = |name| mapping.given(name).into_iter().chain(mapping.further(name));
        let mapped: Vec<_> = members
            .iter()
            .flat_map(|(name, value)| meanings(name).map(move |meaning| (meaning, name, value)))
            .collect();
        for (meaning, ..) in &mapped {
            match meaning.slot.field {
                Field::Title => self.title = Best::default(),
                Field::Id => self.id = Best::default(),
                Field::Company => self.company = Best::default(),
                Field::Location => self.location = Best::default(),
                Field::Url => self.url = Best::default(),
                Field::Language => self.language = Best::default(),
                Field::Body => self.parts.clear(),
                Field::Section(zone) => self.parts.retain(|part| part.zone != Some(zone)),
                Field::Listed => {}
            }
        }
        for (meaning, name, value) in mapped {
            self.put_value(meaning, name, value.clone());
        }
    }

    /// Whether nothing is known of who hires, where, or at which address.
    pub(crate) fn lacks(&self, field: Field) -> bool {
        match field {
            Field::Company => self.company.0.is_none(),
            Field::Location => self.location.0.is_none(),
            Field::Url => self.url.0.is_none(),
            _ => false,
        }
    }

    /// Offers a company that counts only when no better one is there.
    pub(crate) fn offer_company(&mut self, company: String) {
        self.put(Slot { field: Field::Company, rank: u8::MAX }, "company", Some(company));
    }

    /// Offers an id that counts only when there is none.
    pub(crate) fn offer_id(&mut self, id: &str) {
        self.put(Slot { field: Field::Id, rank: u8::MAX }, "id", Some(id.to_owned()));
    }

    /// Whether the record has no field for a title and none for a body, be it beside sections of one.
    pub(crate) fn is_nameless(&self) -> bool {
        !self.has_title && !self.has_whole
    }

    /// Whether the posting may be in an object inside the record.
    pub(crate) fn may_carry(&self) -> bool {
        self.is_nameless() || self.carries_all()
    }

    /// Whether all of the text is in an object inside the record that is a posting.
    pub(crate) fn carries_all(&self) -> bool {
        self.carries && !self.has_text()
    }

    /// Whether all that the record says of a posting is a title, by a name that things of every kind have.
    pub(crate) fn is_named_only(&self) -> bool {
        let rank = known("name").map(|slot| slot.rank);
        !self.has_body && self.title.0.as_ref().is_some_and(|(title, _)| Some(*title) == rank)
    }

    /// Whether a stretch of the body has been found.
    pub(crate) fn has_text(&self) -> bool {
        !self.parts.is_empty() || !self.bodies.is_empty() || !self.sections.is_empty()
    }

    /// The title found so far.
    pub(crate) fn title_text(&self) -> Option<&str> {
        self.title.0.as_ref().map(|(_, title)| title.as_str())
    }

    /// Whether a title has been found.
    pub(crate) fn has_title_text(&self) -> bool {
        self.title.0.is_some()
    }

    /// Offers what may be the title when nothing says what is. Of several the first counts, and the others when it
    /// turns out to be none.
    pub(crate) fn guess_title(&mut self, title: String) {
        match &self.title.0 {
            None => {
                self.title_is_guess = true;
                self.offer_title(u8::MAX, title);
            }
            Some((_, best))
                if self.title_is_guess && *best != title && !self.other_titles.contains(&title) =>
            {
                self.other_titles.push(title);
            }
            Some(_) => {}
        }
    }

    /// Offers a title that counts only when no better one is there.
    pub(crate) fn offer_title(&mut self, rank: u8, title: String) {
        self.put(Slot { field: Field::Title, rank }, "title", Some(title));
    }

    /// Takes the company out of the title, where nothing else says who hires and the title does.
    pub(crate) fn split_title(&mut self) {
        if self.company.0.is_none()
            && let Some((rank, title)) = &self.title.0
            && let Some(split) = TitleOf::read(title)
        {
            let rank = *rank;
            self.title.0 = Some((rank, split.title));
            self.offer_company(split.company);
            if let Some(location) = split.location {
                self.put(Slot { field: Field::Location, rank: u8::MAX }, "location", Some(location));
            }
        }
    }

    /// Offers a language that counts only when no better one is there.
    pub(crate) fn offer_language(&mut self, language: String) {
        self.put(Slot { field: Field::Language, rank: u8::MAX }, "language", Some(language));
    }
}

/// The id of a record whose source gives none.
pub(crate) fn stable_id(source: &SourceRef) -> String {
    format!("{}#{}", source.path, source.record)
}

/// A record that ends as failed.
pub(crate) fn failed(source: &SourceRef, error: Fault) -> Outcome {
    Outcome::Failed(Failed { source: source.clone(), error })
}
