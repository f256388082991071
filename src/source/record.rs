//! Reads a record of any format that serde reads, and of it only the fields that mean something.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::dialect::Marks;
use super::field::{Mapping, Meaning};
use super::gather::Gathered;

/// Reads a record of any format that serde reads into a [`Gathered`].
pub(crate) struct Record<'m>(pub(crate) &'m Mapping);

impl<'de> DeserializeSeed<'de> for Record<'_> {
    type Value = Gathered;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Gathered, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Record<'_> {
    type Value = Gathered;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with the fields of a posting")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Gathered, A::Error> {
        let mut gathered = Gathered::default();
        while let Some(found) = entries.next_key_seed(Name(self.0))? {
            gathered.marks.join(found.marks);
            match found.meaning {
                Some((meaning, name)) => gathered.put_mapped(meaning, self.0, &name, entries.next_value()?),
                None => drop(entries.next_value::<IgnoredAny>()?),
            }
        }
        Ok(gathered)
    }
}

/// Reads a name of a record and keeps it only when it means something.
struct Name<'m>(&'m Mapping);

/// What a name of a record says.
struct Named<'m> {
    meaning: Option<(Meaning<'m>, String)>,
    marks: Marks,
}

impl<'de, 'm> DeserializeSeed<'de> for Name<'m> {
    type Value = Named<'m>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'m> Visitor<'_> for Name<'m> {
    type Value = Named<'m>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Self::Value, E> {
        let mut marks = Marks::default();
        marks.add(name);
        Ok(Named { meaning: self.0.meaning(name).map(|meaning| (meaning, name.to_owned())), marks })
    }
}
