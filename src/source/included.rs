//! What an answer includes beside its postings, which point to it by type and id (JSON:API).

use std::collections::BTreeMap;

use super::members::member;
use super::scan::{self, Step};
use super::value::Value;

/// The name under which postings keep their pointers.
pub(super) const POINTERS: &str = "relationships";

/// The name under which an answer keeps what they point to.
pub(super) const INCLUDED: &str = "included";

/// What an answer says of the things that it includes, by the type and id of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Included(BTreeMap<(String, String), Value>);

impl Included {
    /// What the object that begins `bytes` includes.
    pub(super) fn in_bytes(bytes: &[u8]) -> Self {
        let mut at = 1;
        while let Some((key, value)) = member(bytes, at) {
            let Step::Done(length) = scan::value(&bytes[value..]) else { break };
            if key == INCLUDED.as_bytes() {
                let things = serde_json::from_slice(&bytes[value..value + length]);
                return Self::of(things.unwrap_or(Value::Nothing));
            }
            at = value + length;
        }
        Self::default()
    }

    /// What a record includes itself.
    pub(super) fn in_record(record: &Value) -> Self {
        let included = record.members().iter().find(|(name, _)| name == INCLUDED);
        Self::of(included.map_or(Value::Nothing, |(_, value)| value.clone()))
    }

    fn of(value: Value) -> Self {
        let Value::List(things) = value else { return Self::default() };
        let mut said = BTreeMap::new();
        for thing in &things {
            if let (Some(key), Some(attributes)) = (key(thing), thing.all_at("attributes").first()) {
                said.entry(key).or_insert_with(|| (*attributes).clone());
            }
        }
        Self(said)
    }

    /// What is said of the things that a pointer, or a list of them, leads to.
    pub(super) fn of_pointers<'i>(&'i self, pointers: &Value) -> impl Iterator<Item = &'i Value> {
        let pointers = match pointers {
            Value::List(pointers) => pointers.as_slice(),
            other => std::slice::from_ref(other),
        };
        pointers.iter().filter_map(|pointer| self.0.get(&key(pointer)?))
    }
}

/// The type and id of a thing, or of a pointer to it.
fn key(thing: &Value) -> Option<(String, String)> {
    let text = |name| thing.all_at(name).first().and_then(|value| (*value).clone().into_text(" "));
    Some((text("type")?, text("id")?))
}
