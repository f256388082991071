//! From a JSON object to a posting.
//!
//! Only the fields that mean something are built; the rest is passed over. A record whose names show a
//! [`Dialect`] is read again, whole, by its rules. What strict JSON forbids but real files hold is mended, once, when
//! the strict parse fails.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer as _, MapAccess, Visitor};

use super::around::Around;
use super::carried;
use super::charset;
use super::dialect::{Dialect, Told};
use super::field::Mapping;
use super::gather::{Gathered, failed};
use super::mend::mend;
use super::reading;
use super::record::Record;
use super::usual;
use super::value::Value;
use crate::outcome::{Fault, Outcome};
use crate::posting::{Posting, SourceRef};

/// The posting in one JSON value, or how the record ended instead.
pub(super) fn posting(
    source: &SourceRef,
    bytes: &[u8],
    around: &Around,
    mapping: &Mapping,
) -> Result<Posting, Box<Outcome>> {
    // An error at the end is then told at the end of the line and not on the next.
    let bytes = without_mark(bytes).trim_ascii_end();
    // Lines taken out of a list end in its comma.
    let text = charset::text(bytes.strip_suffix(b",").unwrap_or(bytes));
    let (mut gathered, text) = match parse(&text, mapping) {
        Ok(gathered) => (gathered, text),
        Err(error) => match mend(&text).and_then(|mended| Some((parse(&mended, mapping).ok()?, mended))) {
            Some((gathered, mended)) => (gathered, Cow::Owned(mended)),
            None => return Err(Box::new(failed(source, invalid(source, &text, &error)))),
        },
    };
    let dialect = around.dialect.or_else(|| Dialect::of(gathered.marks, false).map(|(dialect, _)| dialect));
    let may_carry = gathered.may_carry() || gathered.is_named_only();
    let wanted = dialect.is_some() || may_carry;
    match wanted.then(|| serde_json::from_str(&text)) {
        Some(Ok(record)) => {
            let record = if gathered.may_carry() { usual::unprinted(record, mapping) } else { record };
            let read = dialect.and_then(|dialect| reading::read(dialect, &record, around, mapping));
            // Beside a mere name only what has both is a posting.
            let is_one =
                |inside: &Gathered| gathered.may_carry() || (inside.has_title_text() && inside.has_text());
            let inside = || usual::inside(&record, around, mapping).filter(is_one);
            let read = read.or_else(|| may_carry.then(inside).flatten());
            gathered = match read {
                Some(read) => read.or(gathered),
                None => gathered,
            };
            if gathered.is_nameless() && is_hollow(&record) {
                // A place that the source kept for a posting and has nothing to put in.
                gathered.dialect_read(false);
            }
        }
        Some(Err(error)) if gathered.is_nameless() => {
            return Err(Box::new(failed(source, invalid(source, &text, &error))));
        }
        Some(Err(_)) | None => {}
    }
    let owners = ["company", "company_name", "companyName", "name"];
    let mut owners = owners.into_iter().filter(|name| around.of_board || *name != "name");
    if let Some(company) = owners.find_map(|name| around.string(name)) {
        gathered.offer_company(company.to_owned());
    }
    if let Some(id) = &around.id {
        gathered.offer_id(id);
    }
    if !gathered.has_text() && is_by_column(&text) {
        let message = "the file keeps its columns one by one, as pandas does when nobody says otherwise; write it \
                       again with orient=\"records\"";
        return Err(Box::new(failed(
            source,
            Fault { code: "invalid-record".to_owned(), message: message.to_owned() },
        )));
    }
    gathered.posting(source, mapping, || names(&text))
}

/// What follows a byte order mark: files joined one behind another have it inside.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}

/// Whether an object has fields and says nothing in any of them, or only where a database is to put what follows.
fn is_hollow(record: &Value) -> bool {
    let is_of_database = |(name, _): &(String, Value)| name.starts_with('_');
    let says_nothing = |value: &Value| match value {
        Value::Nothing => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Object(members) => members.iter().all(is_of_database),
        Value::Truth(_) => false,
    };
    !record.members().is_empty() && record.members().iter().all(|(_, value)| says_nothing(value))
}

/// Whether an object is a table with its columns one by one: `{"title": {"0": …}}`, or their names in a list.
fn is_by_column(text: &str) -> bool {
    let split = text.contains("\"columns\"") && text.contains("\"data\"");
    if !split && !text.contains("{\"0\":") && !text.contains("\"0\": ") {
        return false;
    }
    let Ok(record) = serde_json::from_str::<Value>(text) else { return false };
    let numbered = |value: &Value| value.members().first().is_some_and(|(name, _)| name == "0");
    let columns = record.members();
    let rows =
        |value: &Value| matches!(value, Value::List(rows) if matches!(rows.first(), Some(Value::List(_))));
    (!columns.is_empty() && columns.iter().all(|(_, column)| numbered(column)))
        || (split && columns.iter().any(|(name, value)| name == "data" && rows(value)))
}

/// The dialect of a record, the names that show it, and where its fields are.
pub(super) fn dialect(text: &str, around: &Around) -> Option<Told> {
    let gathered = parse(text, &Mapping::default()).ok()?;
    let (dialect, names) = match around.dialect {
        Some(dialect) => (dialect, &[][..]),
        None => Dialect::of(gathered.marks, false)?,
    };
    let record = serde_json::from_str(text).ok()?;
    reading::read(dialect, &record, around, &Mapping::default())?;
    Some(Told { dialect, names, places: reading::places(dialect, &record, around) })
}

fn parse(text: &str, mapping: &Mapping) -> serde_json::Result<Gathered> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let gathered = Record(mapping).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(gathered)
}

fn invalid(source: &SourceRef, text: &str, error: &serde_json::Error) -> Fault {
    let text = text.trim();
    if error.is_data() && !text.starts_with('{') {
        let message = "the record is not an object with the fields of a posting".to_owned();
        return Fault { code: "invalid-record".to_owned(), message };
    }
    // serde_json ends its messages with the place inside the record; a person needs the one in the file.
    let full = error.to_string();
    let what = match full.rsplit_once(" at line ").map_or(full.as_str(), |(what, _)| what) {
        "recursion limit exceeded" => "values nest deeper than 128",
        what => what,
    };
    let column = error.column();
    let message = match (source.line, error.line()) {
        (Some(first), line) if line > 1 => {
            format!("invalid JSON: {what}, at line {}, column {column}", first + line as u64 - 1)
        }
        _ => format!("invalid JSON: {what}, at column {column}"),
    };
    Fault { code: "invalid-json".to_owned(), message }
}

/// The names of the fields that are read as those of a posting, such as `node.title` where it stands inside another object,
/// and each without what stands around it.
pub(super) fn fields(text: &str) -> Vec<(String, String)> {
    let names = || names(text).into_iter().map(|(name, _)| (name.to_string(), name.into_owned())).collect();
    let carries = parse(text, &Mapping::default()).is_ok_and(|gathered| gathered.may_carry());
    let Some(record) = carries.then(|| serde_json::from_str::<Value>(text).ok()).flatten() else {
        return names();
    };
    carried::fields(&record).unwrap_or_else(names)
}

/// The names of an object's fields, with the length of the text of each.
pub(super) fn names(text: &str) -> Vec<(Cow<'static, str>, usize)> {
    struct Names;
    impl<'de> Visitor<'de> for Names {
        type Value = Vec<(Cow<'static, str>, usize)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
            let mut names = Vec::new();
            while let Some(name) = entries.next_key::<String>()? {
                let length = match entries.next_value::<Value>() {
                    Ok(Value::Text(text)) => text.len(),
                    Ok(_) => 0,
                    Err(_) => return Ok(names),
                };
                names.push((Cow::Owned(name), length));
            }
            Ok(names)
        }
    }
    serde_json::Deserializer::from_str(text).deserialize_map(Names).unwrap_or_default()
}

/// Whether a text begins like our own results, whose first field is the schema.
pub(super) fn is_own_result(head: &[u8]) -> bool {
    let tokens: [&[u8]; 4] = [b"{", b"\"schema\"", b":", b"\"rolecall."];
    tokens.iter().try_fold(head, |rest, token| rest.trim_ascii_start().strip_prefix(*token)).is_some()
}

#[cfg(test)]
mod tests;
