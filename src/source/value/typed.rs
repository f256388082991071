//! Values of which a database says the type: `{"S": "…"}`, `{"L": […]}`, `{"$oid": "…"}`, `{"stringValue": "…"}`.
//!
//! An object is taken for one only where it has a single member, whose name is that of a type and whose value is of it.

use super::Value;

/// Names for texts, and for numbers, which some databases write as texts.
const TEXTS: &[&str] = &[
    "S",
    "N",
    "$oid",
    "$date",
    "$numberInt",
    "$numberLong",
    "$numberDouble",
    "$numberDecimal",
    "stringValue",
    "integerValue",
    "doubleValue",
    "timestampValue",
    "referenceValue",
];

/// Names for truths, and for what is no value at all.
const TRUTHS: &[&str] = &["BOOL", "booleanValue"];
const NOTHING: &[&str] = &["NULL", "nullValue"];

/// Names for lists and for objects.
const LISTS: &[&str] = &["L", "SS", "NS"];
const OBJECTS: &[&str] = &["M"];

/// Names for an object that holds the list, or the object, under a name of its own.
const HELD: &[(&str, &str)] = &[("arrayValue", "values"), ("mapValue", "fields")];

/// The value of an object with these members: what it says the type of, or the object itself.
pub(super) fn of(mut members: Vec<(String, Value)>) -> Value {
    if let [(name, value)] = &mut *members {
        let name = name.as_str();
        let is_one = match value {
            Value::Text(_) => TEXTS.contains(&name),
            Value::Truth(_) if NOTHING.contains(&name) => return Value::Nothing,
            Value::Truth(_) => TRUTHS.contains(&name),
            Value::List(_) => LISTS.contains(&name),
            Value::Object(_) if OBJECTS.contains(&name) => true,
            Value::Object(inner) => match HELD.iter().find(|(outer, _)| *outer == name) {
                Some((_, held)) if inner.iter().all(|(name, _)| name == held) => {
                    return inner.pop().map_or(Value::Nothing, |(_, value)| value);
                }
                _ => false,
            },
            Value::Nothing => NOTHING.contains(&name),
        };
        if is_one && let Some((_, value)) = members.pop() {
            return value;
        }
    }
    Value::Object(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_without_their_types() {
        const CASES: &[(&str, &str)] = &[
            (r#"{"S":"Kiel"}"#, r#""Kiel""#),
            (r#"{"N":"7"}"#, r#""7""#),
            (r#"{"NULL":true}"#, "null"),
            (r#"{"L":[{"S":"Own it"},{"S":"Test it"}]}"#, r#"["Own it","Test it"]"#),
            (r#"{"SS":["a","b"]}"#, r#"["a","b"]"#),
            (r#"{"M":{"name":{"S":"Acme"},"size":{"M":{}}}}"#, r#"{"name":"Acme","size":{}}"#),
            (r#"{"$date":{"$numberLong":"17"}}"#, r#""17""#),
            (
                r#"{"mapValue":{"fields":{"a":{"arrayValue":{"values":[{"stringValue":"x"}]}}}}}"#,
                r#"{"a":["x"]}"#,
            ),
            (r#"{"arrayValue":{}}"#, "null"),
            // Sizes and letters are no types.
            (r#"{"M":"medium"}"#, r#"{"M":"medium"}"#),
            (r#"{"S":"small","L":"large"}"#, r#"{"S":"small","L":"large"}"#),
            (r#"{"L":{"a":1}}"#, r#"{"L":{"a":1}}"#),
        ];
        for (json, expected) in CASES {
            let value: Value = serde_json::from_str(json).unwrap();
            let expected: Value = serde_json::from_str(expected).unwrap();
            assert_eq!(value, expected, "{json}");
        }
    }
}
