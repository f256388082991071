//! A JSON list of rows below a row of names: `[["title", "description"], ["PM", "Own it"]]`.

use serde_json::value::RawValue;

use super::alias::known;
use super::family;
use super::field::Field;

/// The names of the columns, between quotes.
#[derive(Debug)]
pub(super) struct Columns(Vec<String>);

impl Columns {
    /// The names that a row holds; `None` unless there is one of a title and one of a body among them.
    pub(super) fn read(row: &[u8]) -> Option<Self> {
        let names: Vec<String> = serde_json::from_slice(row).ok()?;
        let field = |name: &String| known(name).or_else(|| family::known(name)).map(|slot| slot.field);
        let fields: Vec<_> = names.iter().filter_map(field).collect();
        let has_body = fields.iter().any(|field| matches!(field, Field::Body | Field::Section(_)));
        let names = || names.iter().map(|name| serde_json::Value::from(name.as_str()).to_string());
        (has_body && fields.contains(&Field::Title)).then(|| Self(names().collect()))
    }

    /// A row as an object; cells without a name are left out, and so are names without a cell.
    pub(super) fn object(&self, row: &[u8]) -> Option<Vec<u8>> {
        let cells: Vec<&RawValue> = serde_json::from_slice(row).ok()?;
        let members: Vec<_> =
            self.0.iter().zip(cells).map(|(name, cell)| format!("{name}:{}", cell.get())).collect();
        Some(format!("{{{}}}", members.join(",")).into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_objects_by_the_names_above_them() {
        let columns = Columns::read(br#"["id", "Job Title", "Description"]"#).unwrap();
        for (row, object) in [
            (r#"[1, "PM", {"a": "x"}]"#, Some(r#"{"id":1,"Job Title":"PM","Description":{"a": "x"}}"#)),
            (r#"["1", "PM"]"#, Some(r#"{"id":"1","Job Title":"PM"}"#)),
            (r#"[1, "PM", "x", "y"]"#, Some(r#"{"id":1,"Job Title":"PM","Description":"x"}"#)),
            (r#"{"a": 1}"#, None),
        ] {
            let found = columns.object(row.as_bytes()).map(|object| String::from_utf8(object).unwrap());
            assert_eq!(found.as_deref(), object, "{row}");
        }
        for row in [r#"["title", "city"]"#, r#"["title", 1, "description"]"#, "[]", r#"["title", "#] {
            assert!(Columns::read(row.as_bytes()).is_none(), "{row}");
        }
    }
}
