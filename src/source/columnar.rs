//! A JSON object that keeps a table column by column: `{"title": ["A", "B"], "description": ["x", "y"]}`.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::alias::known;
use super::family;
use super::slot::Field;

/// The rows of such a table as objects; `None` for any other object.
///
/// Every member is a list, all are as long, and there is a column of titles and one of bodies.
pub(super) fn rows(text: &str) -> Option<Vec<String>> {
    let columns = serde_json::Deserializer::from_str(text).deserialize_map(Columns).ok()?;
    let count = columns.first().map(|(_, cells)| cells.len()).filter(|count| *count > 1)?;
    if columns.iter().any(|(_, cells)| cells.len() != count) {
        return None;
    }
    let row = |at: usize| {
        let members: Vec<_> = columns.iter().map(|(name, cells)| format!("{name}:{}", cells[at])).collect();
        format!("{{{}}}", members.join(","))
    };
    Some((0..count).map(row).collect())
}

/// The columns, each under its name in quotes; an error as soon as the object is something else.
struct Columns;

impl<'de> Visitor<'de> for Columns {
    type Value = Vec<(String, Vec<&'de RawValue>)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of columns")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut columns = Vec::new();
        let mut fields = BTreeSet::new();
        while let Some(name) = entries.next_key::<String>()? {
            match known(&name).or_else(|| family::known(&name)).map(|slot| slot.field) {
                Some(Field::Title) => drop(fields.insert("title")),
                Some(Field::Body | Field::Section(_)) => drop(fields.insert("body")),
                _ => {}
            }
            columns.push((serde_json::Value::String(name).to_string(), entries.next_value()?));
        }
        if fields.len() < 2 {
            return Err(serde::de::Error::custom("no columns of postings"));
        }
        Ok(columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_one_length_become_rows() {
        const CASES: &[(&str, Option<&[&str]>)] = &[
            (
                r#"{"title":["PM","PMM"],"description":["x",{"text":"y"}],"id":[1,null]}"#,
                Some(&[
                    r#"{"title":"PM","description":"x","id":1}"#,
                    r#"{"title":"PMM","description":{"text":"y"},"id":null}"#,
                ]),
            ),
            (r#"{"title":["PM"],"description":["x"]}"#, None),
            (r#"{"title":["PM","PMM"],"description":["x"]}"#, None),
            (r#"{"title":"PM","description":["x","y"]}"#, None),
            (r#"{"tags":["a","b"],"places":["x","y"]}"#, None),
            (r#"{"title":["PM","PMM"],"description":["x","y"]"#, None),
        ];
        for (text, expected) in CASES {
            let rows = rows(text);
            let rows: Option<Vec<_>> = rows.as_ref().map(|rows| rows.iter().map(String::as_str).collect());
            assert_eq!(rows.as_deref(), *expected, "{text}");
        }
    }
}
