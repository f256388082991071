//! A value of a record as text, whatever shape the source gave it.
//!
//! Sources write a company as `"Acme"` or as `{"name": "Acme", …}`, a location as a string, an object or a
//! list. [`Value`] reads them all, from JSON, YAML and TOML alike, and keeps only what can become text.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

mod typed;

/// A value that may become text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// Absent, null, or nothing that text could be made of.
    Nothing,
    /// A truth value.
    Truth(bool),
    /// A string, or a number written out.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// An object, in the order of the source.
    Object(Vec<(String, Value)>),
}

/// Names under which objects keep the text that they stand for, best first.
const TEXTS: &[&str] = &[
    "text",
    "html",
    "name",
    "display_name",
    "displayname",
    "title",
    "label",
    "rendered",
    "content",
    "value",
    "nom",
    "libelle",
    "companyname",
    "organizationname",
];

/// Names of the parts of an address, in the order in which they are written.
const ADDRESS: &[&str] = &[
    "city",
    "cityname",
    "addressLocality",
    "municipality",
    "ort",
    "region",
    "state",
    "addressRegion",
    "country",
    "addressCountry",
];

impl Value {
    /// The value as text: numbers written out, objects by the text they stand for, lists line by line.
    pub(crate) fn into_text(self, separator: &str) -> Option<String> {
        let text = match self {
            Self::Nothing | Self::Truth(_) => return None,
            Self::Text(text) => text,
            Self::List(items) => {
                let texts: Vec<_> = items.into_iter().filter_map(|item| item.into_text(separator)).collect();
                texts.join(separator)
            }
            Self::Object(members) => object_text(members, separator)?,
        };
        (!text.trim().is_empty()).then_some(text)
    }

    /// About how many bytes of text stand in it, counted up to `most`.
    pub(crate) fn holds(&self, most: usize) -> usize {
        let sum = |values: &mut dyn Iterator<Item = &Self>| {
            values.fold(0, |sum, value| if sum < most { sum + value.holds(most) } else { sum })
        };
        match self {
            Self::Nothing | Self::Truth(_) => 0,
            Self::Text(text) => text.len(),
            Self::List(items) => sum(&mut items.iter()),
            Self::Object(members) => sum(&mut members.iter().map(|(_, value)| value)),
        }
    }

    /// The members of an object; none of anything else.
    pub(crate) fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// What stands at the end of a path of names such as `a.b`, going through lists item by item.
    pub(crate) fn all_at<'v>(&'v self, path: &str) -> Vec<&'v Self> {
        let mut found = vec![self];
        for step in path.split('.') {
            found = found.into_iter().flat_map(|value| value.step(step)).collect();
        }
        found
    }

    fn step(&self, step: &str) -> Vec<&Self> {
        match self {
            Self::Object(members) => {
                members.iter().filter(|(name, _)| name == step).map(|(_, value)| value).collect()
            }
            Self::List(items) => match step.parse::<usize>() {
                Ok(index) => items.get(index).into_iter().collect(),
                Err(_) => items.iter().flat_map(|item| item.step(step)).collect(),
            },
            _ => Vec::new(),
        }
    }

    /// The value at the end of a path of names.
    pub(crate) fn at(self, path: &[String]) -> Self {
        path.iter().fold(self, |value, step| match value {
            Self::Object(members) => members
                .into_iter()
                .find_map(|(name, value)| name.eq_ignore_ascii_case(step).then_some(value))
                .unwrap_or(Self::Nothing),
            Self::List(mut items) => match step.parse::<usize>() {
                Ok(index) if index < items.len() => items.swap_remove(index),
                _ => Self::Nothing,
            },
            _ => Self::Nothing,
        })
    }
}

/// Names that say no more of the one value of an object than of what type it is: `{"string": "…"}`, `{"#text": "…"}`.
const TYPES: &[&str] = &["string", "int", "long", "double", "$t", "#text", "_"];

fn object_text(mut members: Vec<(String, Value)>, separator: &str) -> Option<String> {
    if let [(name, _)] = &*members
        && TYPES.contains(&name.as_str())
    {
        return members.pop()?.1.into_text(separator);
    }
    let take = |members: &mut Vec<(String, Value)>, wanted: &str| {
        let at = members.iter().position(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
        members.swap_remove(at).1.into_text(separator)
    };
    if let Some(text) = TEXTS.iter().find_map(|name| take(&mut members, name)) {
        return Some(text);
    }
    if !is_street(&members)
        && let Some(address) = take(&mut members, "address")
    {
        return Some(address);
    }
    // What some interfaces put around the thing itself.
    if let Some(text) = ["attributes", "data"].iter().find_map(|name| take(&mut members, name)) {
        return Some(text);
    }
    if let Some(at) = translation(&members) {
        return members.swap_remove(at).1.into_text(separator);
    }
    // Languages may have numbers. What is counted from zero is a column.
    let is_id = |name: &str| !matches!(name, "" | "0") && name.bytes().all(|byte| byte.is_ascii_digit());
    if !members.is_empty() && members.iter().all(|(name, _)| is_id(name)) {
        return Value::List(members.into_iter().map(|(_, value)| value).collect()).into_text(separator);
    }
    let mut place: Vec<_> = ADDRESS.iter().filter_map(|name| take(&mut members, name)).collect();
    // A city may be its own municipality.
    place.dedup();
    (!place.is_empty()).then(|| place.join(", "))
}

/// Whether the address of a place leaves out its city, which stands beside it.
fn is_street(members: &[(String, Value)]) -> bool {
    let text = |wanted: &str| {
        members.iter().find_map(|(name, value)| match value {
            Value::Text(text) if name == wanted && !text.trim().is_empty() => Some(text.trim()),
            _ => None,
        })
    };
    // A street has a number; an address with more than one comma goes on to the city, however it is written.
    let is_one =
        |address: &str| address.matches(',').count() < 2 && address.contains(|c: char| c.is_ascii_digit());
    matches!((text("address"), text("city")), (Some(address), Some(city)) if !address.contains(city) && is_one(address))
}

/// Which of the members of an object is the text to read, when each is the same in another language: the English one, or
/// the first.
fn translation(members: &[(String, Value)]) -> Option<usize> {
    const KNOWN: &[&str] = &[
        "en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "fi", "pl", "cs", "hu", "ro", "ja", "zh", "ko",
    ];
    let language = |name: &str| {
        let (language, region) = name.split_once(['-', '_']).unwrap_or((name, ""));
        let coded = language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase());
        (coded && region.len() <= 4).then(|| language.to_owned())
    };
    let languages: Option<Vec<_>> = members.iter().map(|(name, _)| language(name)).collect();
    let languages = languages.filter(|all| all.iter().any(|one| KNOWN.contains(&one.as_str())))?;
    Some(languages.iter().position(|one| one == "en").unwrap_or(0))
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Truth(truth))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Text(number.to_string()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Value, E> {
        Ok(if number.is_finite() { Value::Text(number.to_string()) } else { Value::Nothing })
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_none<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = entries.next_key::<Value>()? {
            match name {
                Value::Text(name) => members.push((name, entries.next_value()?)),
                _ => drop(entries.next_value::<IgnoredAny>()?),
            }
        }
        Ok(typed::of(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_by_its_address_unless_that_is_a_street() {
        for (json, expected) in [
            (r#"{"address":"Pier 1","city":"Kiel","country":"DE"}"#, "Kiel, DE"),
            (r#"{"address":"1 Quay St, Gdansk, Poland","city":"Gdańsk"}"#, "1 Quay St, Gdansk, Poland"),
            (r#"{"address":"Remote - US","city":"Austin","country":"US"}"#, "Remote - US"),
            (r#"{"address":"Kiel 7","city":"Kiel"}"#, "Kiel 7"),
        ] {
            let value: Value = serde_json::from_str(json).unwrap();
            assert_eq!(value.into_text("; ").as_deref(), Some(expected), "{json}");
        }
    }

    #[test]
    fn values_of_every_shape_become_text() {
        const CASES: &[(&str, Option<&str>)] = &[
            (r#""Acme""#, Some("Acme")),
            ("17", Some("17")),
            ("1.5", Some("1.5")),
            ("null", None),
            ("true", None),
            (r#"" ""#, None),
            (r#"{"name":"Acme","id":3}"#, Some("Acme")),
            (r#"{"1":"Own it","7":{"name":"Acme"}}"#, Some("Own it; Acme")),
            (r#"{"0":"Own it","1":"Test it"}"#, None),
            (r#"{"":"Own it"}"#, None),
            (r#"{"id":3,"display_name":"Acme"}"#, Some("Acme")),
            (r#"["Berlin",{"name":"Lyon"},null]"#, Some("Berlin; Lyon")),
            (r#"{"country":"FR","city":"Lyon"}"#, Some("Lyon, FR")),
            (r#"{"address":{"addressLocality":"Lyon","addressCountry":"FR"}}"#, Some("Lyon, FR")),
            (r#"{"address":"Pier 1","city":"Lyon","country":"FR"}"#, Some("Lyon, FR")),
            (r#"{"address":"Pier 1, Lyon","city":"Lyon"}"#, Some("Pier 1, Lyon")),
            (r#"{"municipality":"Lyon","city":"Lyon","country":"FR"}"#, Some("Lyon, FR")),
            (r#"{"data":{"id":1,"attributes":{"name":"Acme"}}}"#, Some("Acme")),
            (r#"{"de":"Lotse","en":"Pilot"}"#, Some("Pilot")),
            (r#"{"fr_FR":"Pilote","nl":"Loods"}"#, Some("Pilote")),
            (r#"{"id":3}"#, None),
            ("[]", None),
        ];
        for (json, text) in CASES {
            let value: Value = serde_json::from_str(json).unwrap();
            assert_eq!(value.into_text("; ").as_deref(), *text, "{json}");
        }
    }

    #[test]
    fn paths_lead_into_objects_and_lists() {
        let value: Value = serde_json::from_str(r#"{"a":[{"b":"x"},{"b":"y"}]}"#).unwrap();
        let path = ["a", "1", "b"].map(str::to_owned);
        assert_eq!(value.clone().at(&path), Value::Text("y".to_owned()));
        assert_eq!(value.at(&["z".to_owned()]), Value::Nothing);
    }
}
