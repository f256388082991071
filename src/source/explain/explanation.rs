//! What is said of how one input is read: which of its names are read as which fields.

use std::collections::BTreeSet;
use std::fmt;

use super::super::alias::known;
use super::super::around::Around;
use super::super::dialect::Told;
use super::super::family;
use super::super::field::{Field, Mapping, Slot};
use super::super::missing::short;
use super::super::{json, numbered, row, stretch};
use crate::vocabulary::Zone;

/// How one input is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The path as reports print it.
    pub path: String,
    /// What the input is taken for.
    pub taken_for: String,
    /// What showed it.
    pub why: String,
    /// Which of its names are read as which fields.
    pub fields: Vec<Place>,
    /// Names that mean nothing.
    pub unknown: Vec<String>,
}

/// A name of an input, and what it is read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The field.
    pub field: String,
    /// The name, or where it stands.
    pub name: String,
    /// When it is read.
    pub when: When,
}

/// When a name is read that another of the same field may stand above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// When those above are empty.
    Empty,
    /// When those above are empty, or hold much less.
    Fuller,
    /// When it says something else than those above.
    Else,
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Always => "",
            Self::Empty => "  (when the one above is empty)",
            Self::Fuller => "  (when the one above is empty or much shorter)",
            Self::Else => "  (too, when it says something else)",
        })
    }
}

impl Explanation {
    /// Says which dialect a record shows, and where it has what.
    pub(super) fn follow(&mut self, told: &Told, names: Vec<String>) {
        self.taken_for = format!("{}, {}", told.dialect.title, self.taken_for);
        if !told.names.is_empty() {
            self.why = format!("{}, and its first record has {}", self.why, told.names.join(" and "));
        }
        let first = |path: &str| path.split(['.', '[', '/']).next().unwrap_or_default().to_owned();
        let used: BTreeSet<_> = told.places.iter().map(|(_, place)| first(place)).collect();
        self.unknown =
            names.into_iter().filter(|name| !name.is_empty() && !used.contains(&first(name))).collect();
        let place = |(field, place): &(Field, String)| Place {
            field: field.to_string(),
            name: place.clone(),
            when: When::Always,
        };
        self.fields = told.places.iter().map(place).collect();
        self.take_usual();
    }

    /// Counts among the fields what goes by its usual name, where the dialect has no place for it.
    fn take_usual(&mut self) {
        let has =
            |fields: &[Place], field: Field| fields.iter().any(|place| place.field == field.to_string());
        let is_text = |field| matches!(field, Field::Body | Field::Section(_));
        let texts = [Zone::Duties, Zone::Requirements].map(Field::Section);
        let has_text = has(&self.fields, Field::Body) || texts.iter().any(|field| has(&self.fields, *field));
        let known = |name: &String| Some((known(name).or_else(|| family::known(name))?.field, name.clone()));
        for (field, name) in self.unknown.iter().filter_map(known).collect::<Vec<_>>() {
            let is_taken = if is_text(field) {
                !has_text
            } else {
                matches!(field, Field::Title | Field::Company | Field::Location | Field::Url)
                    && !has(&self.fields, field)
            };
            if is_taken {
                self.unknown.retain(|other| *other != name);
                self.fields.push(Place { field: field.to_string(), name, when: When::Always });
            }
        }
    }

    /// Says what the names of a record in JSON mean.
    pub(super) fn read_json(&mut self, text: &str, around: &Around, mapping: &Mapping) {
        let names = json::fields(text);
        match json::dialect(text, around) {
            Some(told) => self.follow(&told, plainly(names)),
            None => self.sort(names, mapping),
        }
    }

    /// Sorts names, each as it is shown and as it is, into those that are read and those that mean nothing.
    pub(super) fn sort(&mut self, names: Vec<(String, String)>, mapping: &Mapping) {
        let slotted = names.into_iter().flat_map(|(shown, name)| {
            let meanings = mapping.meaning(&name).into_iter().chain(mapping.further(&name));
            let path = |inner: &[String]| [std::slice::from_ref(&shown), inner].concat().join(".");
            let found: Vec<_> =
                meanings.map(|meaning| (path(meaning.inner), name.clone(), Some(meaning.slot))).collect();
            if found.is_empty() { vec![(shown, name, None)] } else { found }
        });
        self.place(slotted);
    }

    /// Sorts the columns of a table, of which paths say by their first step what they are a part of.
    pub(super) fn sort_columns(&mut self, header: &row::Header, mapping: &Mapping) {
        let slotted = header.columns().map(|(name, slot)| {
            let part = || mapping.meaning(name.split(['.', '/', '[']).next()?).map(|meaning| meaning.slot);
            (short(name).into_owned(), name.to_owned(), slot.or_else(part))
        });
        self.place(slotted);
    }

    fn place(&mut self, names: impl Iterator<Item = (String, String, Option<Slot>)>) {
        let mut fields: Vec<(Slot, String, String)> = Vec::new();
        for (shown, name, slot) in names {
            match slot {
                Some(slot) => fields.push((slot, name, shown)),
                None if name.is_empty() => {}
                None => self.unknown.push(shown),
            }
        }
        fields.sort_by_key(|(slot, ..)| (slot.field.to_string(), slot.rank));
        let mut above: Option<(Field, String)> = None;
        for (Slot { field, .. }, name, shown) in fields {
            let when = match &above {
                Some((other, above)) if *other == field => when(field, &name, above),
                _ => When::Always,
            };
            if when == When::Always {
                above = Some((field, name));
            }
            self.fields.push(Place { field: field.to_string(), name: shown, when });
        }
    }
}

/// When a name is read below another of the same field.
fn when(field: Field, name: &str, above: &str) -> When {
    let base = numbered::base(name);
    match field {
        Field::Section(_) => When::Always,
        Field::Body if base.is_some() && numbered::base(above) == base => When::Always,
        Field::Body if stretch::is_beside(name) != stretch::is_beside(above) => When::Else,
        Field::Body => When::Fuller,
        _ => When::Empty,
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}", self.path, self.taken_for)?;
        writeln!(f, "  because {}", self.why)?;
        for Place { field, name, when } in &self.fields {
            writeln!(f, "  {field:<12} {name}{when}")?;
        }
        if !self.unknown.is_empty() {
            writeln!(f, "  {:<12} {}", "not read", self.unknown.join(", "))?;
        }
        Ok(())
    }
}

/// Names that are shown as they are.
pub(super) fn twice(names: Vec<String>) -> Vec<(String, String)> {
    names.into_iter().map(|name| (name.clone(), name)).collect()
}

/// Names without what is shown of them.
fn plainly(names: Vec<(String, String)>) -> Vec<String> {
    names.into_iter().map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_field_are_read_together_or_in_place_of_each_other() {
        for (field, name, above, expected) in [
            (Field::Section(Zone::Duties), "duties", "tasks", When::Always),
            (Field::Body, "Description 2", "Description 1", When::Always),
            (Field::Body, "summary", "description", When::Else),
            (Field::Body, "text", "description", When::Fuller),
            (Field::Company, "employer", "company", When::Empty),
        ] {
            assert_eq!(when(field, name, above), expected, "{name} below {above}");
        }
    }
}
