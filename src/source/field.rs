//! Which name in a source means which field of a posting.
//!
//! Names are compared without case, spaces and punctuation, so that `Job Title`, `job_title` and `jobTitle`
//! are one name. When several names of one record mean the same field, the one listed first here wins.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::alias::known;
use super::family;
pub use super::slot::{Field, Slot};
use crate::letters;
use crate::vocabulary::Zone;

/// Names that the user gave for fields; they replace the known names of those fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    given: Vec<Given>,
}

#[derive(Clone, Debug)]
struct Given {
    slot: Slot,
    /// The name, or the steps of a path such as `description.text`.
    path: Vec<String>,
    /// Whether it is for this run alone, so that it must be found; the names of a configuration need not be.
    typed: bool,
    /// Whether any input has the name, or somebody was told that it has not.
    seen: Arc<AtomicBool>,
}

impl PartialEq for Given {
    fn eq(&self, other: &Self) -> bool {
        (self.slot, &self.path) == (other.slot, &other.path)
    }
}

impl Eq for Given {}

impl Given {
    fn is(&self, name: &str) -> bool {
        // A column whose own name holds a dot.
        same(&self.path[0], name) || (self.path.len() > 1 && same(&self.path.concat(), name))
    }

    fn see(&self) {
        // Records are read on many threads, and a load costs them less than a store.
        if !self.seen.load(Ordering::Relaxed) {
            self.seen.store(true, Ordering::Relaxed);
        }
    }
}

impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.slot.field, self.path.join("."))
    }
}

/// What a name of a record means under a [`Mapping`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning<'m> {
    /// The field and the preference of the name.
    pub slot: Slot,
    /// The steps that lead further into the value, when the user named a path.
    pub inner: &'m [String],
}

impl Mapping {
    /// What `name` means.
    #[must_use]
    pub fn meaning(&self, name: &str) -> Option<Meaning<'_>> {
        if let Some(meaning) = self.given(name) {
            return Some(meaning);
        }
        let slot = known(name).or_else(|| family::known(name))?;
        let replaced = self.given.iter().any(|given| given.slot.field == slot.field);
        (!replaced).then_some(Meaning { slot, inner: &[] })
    }

    /// What `name` means because the user said so.
    #[must_use]
    pub fn given(&self, name: &str) -> Option<Meaning<'_>> {
        self.all_given(name).next()
    }

    /// What else `name` means because the user said so: several paths may lead into the same object.
    pub(crate) fn further(&self, name: &str) -> impl Iterator<Item = Meaning<'_>> {
        self.all_given(name).skip(1)
    }

    fn all_given(&self, name: &str) -> impl Iterator<Item = Meaning<'_>> {
        self.given.iter().filter(move |given| given.is(name)).map(|given| {
            given.see();
            let inner = if same(&given.path[0], name) { &given.path[1..] } else { &[] };
            Meaning { slot: given.slot, inner }
        })
    }

    /// The pairs of `--map` whose names no input has had so far.
    #[must_use]
    pub fn unseen(&self) -> Vec<String> {
        let unseen = |given: &&Given| given.typed && !given.seen.load(Ordering::Relaxed);
        self.given.iter().filter(unseen).map(Given::to_string).collect()
    }

    /// The pairs of `--map` for fields none of whose names is among the columns of a table; they count as told.
    pub(crate) fn lacking<'n>(&self, columns: impl IntoIterator<Item = &'n str>) -> Vec<String> {
        let columns: Vec<&str> = columns.into_iter().collect();
        let found = |given: &Given| columns.iter().any(|name| given.is(name));
        let lacks = |wanted: &&Given| {
            wanted.typed
                && !self.given.iter().any(|given| given.slot.field == wanted.slot.field && found(given))
        };
        let lacking: Vec<&Given> = self.given.iter().filter(lacks).collect();
        for given in &lacking {
            given.see();
        }
        lacking.into_iter().map(Given::to_string).collect()
    }

    /// With these pairs of field and name added for the fields that have no name so far.
    #[must_use]
    pub fn or(self, others: &[(String, String)]) -> Self {
        let own: Vec<Field> = self.given.iter().map(|given| given.slot.field).collect();
        let others = others.iter().filter_map(|(field, name)| {
            let mut other: Self = format!("{field}={name}").parse().ok()?;
            other.given.retain_mut(|given| {
                given.typed = false;
                !own.contains(&given.slot.field)
            });
            Some(other)
        });
        std::iter::once(self).chain(others).collect()
    }

    /// Whether several names were given for the body: each then becomes a part.
    #[must_use]
    pub fn joins_bodies(&self) -> bool {
        self.given.iter().filter(|given| given.slot.field == Field::Body).count() > 1
    }
}

impl FromIterator<Self> for Mapping {
    /// The pairs of several mappings, such as those of each `--map`; names of the first are preferred.
    fn from_iter<T: IntoIterator<Item = Self>>(mappings: T) -> Self {
        let mut given: Vec<_> = mappings.into_iter().flat_map(|mapping| mapping.given).collect();
        for (given, rank) in given.iter_mut().zip(0_usize..) {
            given.slot.rank = u8::try_from(rank).unwrap_or(u8::MAX);
        }
        Self { given }
    }
}

/// Whether two names are the same but for case, spaces and punctuation.
fn same(given: &str, name: &str) -> bool {
    let says_something = || letters::of(given).next().is_some();
    given == name || (says_something() && letters::of(given).eq(letters::of(name)))
}

/// A `--map` that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// Not of the form `field=name`.
    #[error("\"{0}\" names no field; write it as title=NAME,body=NAME")]
    NoPair(String),
    /// The field has one name already.
    #[error("\"{0}\" is mapped twice; give it one name")]
    Twice(String),
    /// The field is none of ours.
    #[error(
        "\"{0}\" is not a field; the fields are title, body, duties, requirements, benefits, about, id, \
         company, location, url and language"
    )]
    UnknownField(String),
}

impl FromStr for Mapping {
    type Err = MapError;

    fn from_str(text: &str) -> Result<Self, MapError> {
        let mut mapping = Self::default();
        for (index, pair) in text.split(',').map(str::trim).filter(|pair| !pair.is_empty()).enumerate() {
            let (field, name) = pair.split_once('=').ok_or_else(|| MapError::NoPair(pair.to_owned()))?;
            let path: Vec<String> = name.trim().split('.').map(str::to_owned).collect();
            if path.iter().any(String::is_empty) {
                return Err(MapError::NoPair(pair.to_owned()));
            }
            let field = field_named(field.trim()).ok_or_else(|| MapError::UnknownField(field.to_owned()))?;
            let rank = u8::try_from(index).unwrap_or(u8::MAX);
            let joins = matches!(field, Field::Body | Field::Section(_));
            let mut others = mapping.given.iter().filter(|given| given.slot.field == field);
            if others.any(|given| !joins || given.path == path) {
                return Err(MapError::Twice(field.to_string()));
            }
            mapping.given.push(Given { slot: Slot { field, rank }, path, typed: true, seen: Arc::default() });
        }
        Ok(mapping)
    }
}

fn field_named(name: &str) -> Option<Field> {
    [
        Field::Title,
        Field::Body,
        Field::Section(Zone::Duties),
        Field::Section(Zone::Requirements),
        Field::Section(Zone::Benefits),
        Field::Section(Zone::Company),
        Field::Id,
        Field::Company,
        Field::Location,
        Field::Url,
        Field::Language,
    ]
    .into_iter()
    .find(|field| field.to_string().eq_ignore_ascii_case(name))
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Title => "title",
            Self::Body => "body",
            Self::Section(Zone::Company) => "about",
            Self::Section(zone) => zone.name(),
            Self::Id => "id",
            Self::Company => "company",
            Self::Location => "location",
            Self::Url => "url",
            Self::Language => "language",
            Self::Listed => "listed",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_replaces_the_known_names_of_its_fields_only() {
        let mapping: Mapping = "title=text,body=ad.full text".parse().unwrap();
        assert_eq!(mapping.meaning("Text").unwrap().slot.field, Field::Title);
        assert_eq!(mapping.meaning("ad").unwrap().inner, ["full text"]);
        assert_eq!(mapping.meaning("ad.full_text").unwrap().inner, [] as [&str; 0]);
        assert_eq!(mapping.meaning("description"), None);
        assert_eq!(mapping.meaning("company").unwrap().slot.field, Field::Company);
    }

    #[test]
    fn several_paths_lead_into_one_object() {
        let mapping: Mapping = "title=ad.head,body=ad.text.all,company=ad.by".parse().unwrap();
        let inner: Vec<_> = mapping.given("ad").into_iter().chain(mapping.further("ad")).collect();
        let inner: Vec<_> = inner.iter().map(|meaning| meaning.inner.join(".")).collect();
        assert_eq!(inner, ["head", "text.all", "by"]);
        assert_eq!(mapping.unseen(), [""; 0]);
        assert!(mapping.further("title").next().is_none());
    }

    #[test]
    fn names_of_another_layer_are_for_the_other_fields() {
        let typed: Mapping = "title=Position".parse().unwrap();
        let pair = |field: &str, name: &str| (field.to_owned(), name.to_owned());
        let both = typed.or(&[pair("title", "Stelle"), pair("body", "ad.text"), pair("body", "more")]);
        assert_eq!(both, "title=Position,body=ad.text,body=more".parse().unwrap());
    }

    #[test]
    fn names_that_no_input_has_are_known_but_those_of_a_configuration_need_not_be_there() {
        let typed: Mapping = "title=Position,body=ad.text,body=more".parse().unwrap();
        let mapping = typed.or(&[("company".to_owned(), "Firma".to_owned())]);
        assert_eq!(mapping.unseen(), ["title=Position", "body=ad.text", "body=more"]);
        assert!(mapping.given("ad").is_some());
        assert_eq!(mapping.unseen(), ["title=Position", "body=more"]);
        assert_eq!(mapping.lacking(["AD", "Ort"].into_iter()), ["title=Position"]);
        assert_eq!(mapping.unseen(), ["body=more"]);
    }

    #[test]
    fn a_mapping_that_cannot_be_read_says_why() {
        const CASES: &[(&str, &str)] = &[
            ("title", "\"title\" names no field; write it as title=NAME,body=NAME"),
            ("title=a,title=b", "\"title\" is mapped twice; give it one name"),
            ("body=a,body=a", "\"body\" is mapped twice; give it one name"),
            ("title=", "\"title=\" names no field; write it as title=NAME,body=NAME"),
            ("salary=pay", "\"salary\" is not a field; the fields are title, body,"),
        ];
        for (text, message) in CASES {
            let error = text.parse::<Mapping>().unwrap_err().to_string();
            assert!(error.starts_with(message), "{text}: {error}");
        }
    }
}
