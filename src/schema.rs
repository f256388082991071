//! JSON Schemas of what the tool writes and reads, in draft 2020-12.
//!
//! The schemas describe `/1` of each format: within it fields are only added and enums may grow, and
//! every enum says so in its description.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use crate::outcome::{self, Record};
use crate::summary::{self, Summary};

/// What is said of every list of names.
const OPEN: &str = "Open list: later versions may add values, so accept unknown ones.";

/// The schema of one record: a line of JSON Lines.
#[must_use]
pub fn posting() -> Value {
    let schema = written::<Record>();
    finished(schema, "rolecall posting", Some(outcome::SCHEMA))
}

/// The schema of a run's summary.
#[must_use]
pub fn summary() -> Value {
    let schema = written::<Summary>();
    finished(schema, "rolecall summary", Some(summary::SCHEMA))
}

/// The schema of a file that people write, such as a lexicon, from the type that reads it.
#[must_use]
pub fn file<T: JsonSchema>(title: &str) -> Value {
    let schema =
        SchemaSettings::draft2020_12().for_deserialize().into_generator().into_root_schema_for::<T>();
    finished(schema, title, None)
}

fn written<T: JsonSchema>() -> Schema {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// Adds title, the fixed schema name, and the note on open lists.
fn finished(mut schema: Schema, title: &str, name: Option<&str>) -> Value {
    schema.insert("title".to_owned(), title.into());
    if let Some(name) = name
        && let Some(property) = schema.pointer_mut("/properties/schema").and_then(Value::as_object_mut)
    {
        property.insert("const".to_owned(), name.into());
    }
    RecursiveTransform(note_open_lists).transform(&mut schema);
    schema.to_value()
}

/// Adds the note to a schema that lists names.
fn note_open_lists(schema: &mut Schema) {
    let names = |value: &Value| value.get("const").is_some() || value.get("enum").is_some();
    let listed = schema.get("oneOf").and_then(Value::as_array).is_some_and(|list| list.iter().all(names));
    if !listed {
        return;
    }
    let description = match schema.get("description").and_then(Value::as_str) {
        Some(text) => format!("{text} {OPEN}"),
        None => OPEN.to_owned(),
    };
    schema.insert("description".to_owned(), description.into());
}
