//! The things of JSON-LD: which are postings, and what they name by an `@id`.

use std::collections::BTreeMap;

use super::super::value::Value;

/// How deep references are followed.
const DEEPEST: usize = 3;

/// How many references of one posting are followed, and how large a thing may be that is put in.
pub(super) const REFERENCES: usize = 8;
const LARGEST: usize = 8 * 1024;

/// Notes every thing that has an `@id` and says more of itself.
pub(super) fn note<'v>(value: &'v Value, things: &mut BTreeMap<&'v str, &'v Value>) {
    match value {
        Value::Object(members) => {
            if let Some(id) = reference(members)
                && members.len() > 1
            {
                let known = things.entry(id).or_insert(value);
                if matches!(known, Value::Object(less) if less.len() < members.len()) {
                    *known = value;
                }
            }
            for (_, value) in members {
                note(value, things);
            }
        }
        Value::List(items) => items.iter().for_each(|item| note(item, things)),
        _ => {}
    }
}

fn reference(members: &[(String, Value)]) -> Option<&str> {
    members.iter().find_map(|(name, value)| match value {
        Value::Text(id) if name == "@id" => Some(id.as_str()),
        _ => None,
    })
}

/// Finds the postings in a value, wherever they stand.
pub(super) fn find<'v>(value: &'v Value, found: &mut Vec<&'v Value>) {
    match value {
        Value::Object(members)
            if members.iter().any(|(name, value)| name == "@type" && is_posting(value)) =>
        {
            found.push(value);
        }
        Value::Object(members) => members.iter().for_each(|(_, value)| find(value, found)),
        Value::List(items) => items.iter().for_each(|item| find(item, found)),
        _ => {}
    }
}

fn is_posting(value: &Value) -> bool {
    match value {
        Value::Text(kind) => {
            kind == "JobPosting" || kind.ends_with("/JobPosting") || kind.ends_with(":JobPosting")
        }
        Value::List(kinds) => kinds.iter().any(is_posting),
        _ => false,
    }
}

/// The value with the things that it only names put in, and names without the prefix of their vocabulary.
pub(super) fn resolve(
    value: &Value,
    things: &BTreeMap<&str, &Value>,
    depth: usize,
    left: &mut usize,
) -> Value {
    match value {
        Value::Object(members) => {
            // A text with its language or type beside it.
            if let Some((_, text @ (Value::Text(_) | Value::List(_)))) =
                members.iter().find(|(name, _)| name == "@value")
            {
                return text.clone();
            }
            if let Some(id) = reference(members)
                && members.iter().all(|(name, _)| name == "@id" || name == "@type")
                && depth < DEEPEST
                && *left > 0
                && let Some(thing) = things.get(id)
                && size(thing, LARGEST) < LARGEST
            {
                *left -= 1;
                return resolve(thing, things, depth + 1, left);
            }
            let short = |name: &str| {
                let local = ["https://schema.org/", "http://schema.org/", "schema:"]
                    .into_iter()
                    .find_map(|prefix| name.strip_prefix(prefix));
                local.unwrap_or(name).to_owned()
            };
            Value::Object(
                members
                    .iter()
                    .map(|(name, value)| (short(name), resolve(value, things, depth, left)))
                    .collect(),
            )
        }
        Value::List(items) => {
            Value::List(items.iter().map(|item| resolve(item, things, depth, left)).collect())
        }
        other => other.clone(),
    }
}

/// How much a value holds, counted up to `most`.
pub(in super::super) fn size(value: &Value, most: usize) -> usize {
    match value {
        Value::Text(text) => text.len(),
        Value::Object(members) => members
            .iter()
            .fold(0, |sum, (_, value)| if sum < most { sum + 16 + size(value, most) } else { sum }),
        Value::List(items) => {
            items.iter().fold(0, |sum, value| if sum < most { sum + 8 + size(value, most) } else { sum })
        }
        Value::Nothing | Value::Truth(_) => 1,
    }
}
