//! A record by the usual names of its fields, be they its own or those of an object inside it.

use super::around::Around;
use super::carried::{is_other, names_posting, wrapped};
use super::dialect::{Dialect, Marks};
use super::family;
use super::field::{Field, Mapping, Meaning};
use super::gather::Gathered;
use super::included::{Included, POINTERS};
use super::printed;
use super::reading;
use super::stretch::BODY_LIKE;
use super::value::Value;

/// The fields of a record, with or without the prefix of their namespace.
pub(super) fn read(record: &Value, mapping: &Mapping) -> Gathered {
    let mut gathered = Gathered::default();
    put(&mut gathered, record, mapping, |_| true);
    gathered
}

fn put(gathered: &mut Gathered, record: &Value, mapping: &Mapping, wanted: impl Fn(Field) -> bool) {
    for (name, value) in record.members() {
        let local = name.rsplit(':').next().unwrap_or(name);
        if let Some(meaning) = mapping.meaning(name).or_else(|| mapping.meaning(local))
            && wanted(meaning.slot.field)
        {
            gathered.put_mapped(meaning, mapping, name, value.clone());
        }
    }
}

/// The names of a record that may show its dialect.
pub(super) fn marks(record: &Value) -> Marks {
    let mut marks = Marks::default();
    for (name, _) in record.members() {
        marks.add(name);
    }
    marks
}

/// A record with what programs printed into its fields in the place of their texts.
///
/// Beside a long text that is not read, it may say something of a page or an employer: then only what is called a posting.
pub(super) fn unprinted(record: Value, mapping: &Mapping) -> Value {
    let Value::Object(members) = record else { return record };
    let is_unread = |(name, value): &(String, Value)| {
        matches!(value, Value::Text(text) if text.len() >= BODY_LIKE && !printed::begins_record(text))
            && mapping.meaning(name).is_none()
    };
    let unread = members.iter().any(is_unread);
    let value = |name: &str, value: Value| match &value {
        Value::Text(_) if unread && !names_posting(name) => value,
        Value::Text(text) if printed::begins_record(text) => printed::value(text).unwrap_or(value),
        _ => value,
    };
    let members = members.into_iter().map(|(name, inner)| {
        let inner = value(&name, inner);
        (name, inner)
    });
    Value::Object(members.collect())
}

/// The posting inside a record that names none of its fields itself.
pub(super) fn inside(record: &Value, around: &Around, mapping: &Mapping) -> Option<Gathered> {
    unwrapped(record, around, mapping).or_else(|| scattered(record, mapping))
}

/// The posting that a record only carries, and of the record what the posting does not say itself.
fn unwrapped(record: &Value, around: &Around, mapping: &Mapping) -> Option<Gathered> {
    let wrapped = wrapped(record)?;
    let inner = wrapped.inner;
    let dialect = around.dialect.or_else(|| Dialect::of(marks(inner), false).map(|(dialect, _)| dialect));
    let read = dialect.and_then(|dialect| reading::read(dialect, inner, around, mapping));
    let mut gathered = read.unwrap_or_else(|| self::read(inner, mapping));
    for outer in wrapped.around.iter().copied() {
        put(&mut gathered, outer, mapping, |field| {
            !matches!(field, Field::Title | Field::Body | Field::Section(_))
        });
        beside(&mut gathered, outer, inner, mapping);
    }
    if let Some(holder) = wrapped.around.first() {
        related(&mut gathered, [&Included::in_record(record), &around.included], holder, mapping);
    }
    Some(gathered)
}

/// The posting whose title and text stand in different objects of a record, when names say that both are there.
fn scattered(record: &Value, mapping: &Mapping) -> Option<Gathered> {
    /// How deep they are looked for.
    const DEEPEST: usize = 5;
    let (mut gathered, mut names) = (Gathered::default(), Vec::new());
    put_all(&mut gathered, record, mapping, DEEPEST, &mut names);
    let says = |word: &str| names.iter().any(|name: &String| name.to_ascii_lowercase().contains(word));
    (says("title") && says("desc") && gathered.has_title_text() && gathered.has_text()).then_some(gathered)
}

/// Puts the fields of a record and of all objects in it, and notes their names.
fn put_all(
    gathered: &mut Gathered,
    record: &Value,
    mapping: &Mapping,
    depth: usize,
    names: &mut Vec<String>,
) {
    put(gathered, record, mapping, |_| true);
    for (name, value) in record.members() {
        let local = name.rsplit(':').next().unwrap_or(name);
        // An object under a name of a family is no text, but what holds one.
        let is_holder =
            |meaning: &Meaning<'_>| meaning.slot.rank == family::RANK && !value.members().is_empty();
        if mapping.meaning(local).is_some_and(|meaning| !is_holder(&meaning)) {
            names.push(local.to_owned());
        } else if depth > 0 && !is_other(local) {
            put_all(gathered, value, mapping, depth - 1, names);
        }
    }
}

/// Puts who hires and where, which the objects beside a posting may say, and its address, where they keep links.
fn beside(gathered: &mut Gathered, outer: &Value, posting: &Value, mapping: &Mapping) {
    for (name, value) in outer.members() {
        // What somebody looked for is not what was found.
        let asked =
            ["search", "input", "query", "param"].iter().any(|word| name.to_ascii_lowercase().contains(word));
        if !asked && !std::ptr::eq(value, posting) {
            for field in [Field::Company, Field::Location, Field::Url] {
                if gathered.lacks(field) && (field != Field::Url || name == "links") {
                    put(gathered, value, mapping, |found| found == field);
                }
            }
        }
    }
}

/// Puts who hires and where from what the posting points to, be it included beside it or beside the list of all.
fn related(gathered: &mut Gathered, included: [&Included; 2], holder: &Value, mapping: &Mapping) {
    for (name, value) in holder.all_at(POINTERS).first().map_or(&[][..], |value| value.members()) {
        let Some(meaning) = mapping.meaning(name) else { continue };
        if gathered.lacks(meaning.slot.field)
            && let Some(pointers) = value.all_at("data").first()
        {
            let things = included.iter().flat_map(|included| included.of_pointers(pointers));
            gathered.put_value(meaning, name, Value::List(things.cloned().collect()));
        }
    }
}
