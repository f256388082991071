//! Entries of the file that are tables of their own: accepted findings, overrides, changed terms, field names.

use std::fmt;

use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::{Deserialize, Deserializer, de};

use super::at::At;
use super::named::{RuleName, Words};
use crate::date::Date;

/// A rule that is left out everywhere, or a finding that is accepted.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum IgnoreEntry {
    /// A rule that is left out.
    Rule(RuleName),
    /// Findings that are accepted.
    Finding(IgnoreTable),
}

/// Findings that are accepted, with the reason.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct IgnoreTable {
    /// The rule that is not to complain.
    pub rule: RuleName,
    /// Globs of the files, relative to the folder of this file.
    #[serde(default)]
    pub files: Option<At<Vec<String>>>,
    /// The posting's own id.
    #[serde(default)]
    pub id: Option<String>,
    /// Why the finding is accepted.
    pub reason: Words,
    /// The last day on which it is; after it the finding comes back, and so does a warning.
    #[serde(default)]
    pub expires: Option<Date>,
}

impl<'de> Deserialize<'de> for IgnoreEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EntryVisitor)
    }
}

struct EntryVisitor;

impl<'de> de::Visitor<'de> for EntryVisitor {
    type Value = IgnoreEntry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a rule such as \"RC008\", or a table with rule, files or id, and reason")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<IgnoreEntry, E> {
        text.parse().map(IgnoreEntry::Rule).map_err(E::custom)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<IgnoreEntry, A::Error> {
        IgnoreTable::deserialize(MapAccessDeserializer::new(map)).map(IgnoreEntry::Finding)
    }
}

/// A name, or several.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged, expecting = "write a name, or a list of names")]
pub enum OneOrMore {
    /// One.
    One(String),
    /// Several, best first.
    More(Vec<String>),
}

impl OneOrMore {
    /// The names.
    pub(super) fn names(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::More(names) => names,
        }
    }
}
