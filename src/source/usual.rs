//! A record by the usual names of its fields, be they its own or those of an object inside it.

use super::around::Around;
use super::dialect::{Dialect, Marks};
use super::field::{Field, Mapping};
use super::gather::Gathered;
use super::reading;
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
            gathered.put_value(meaning, name, value.clone());
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

/// Names of the object that is the posting, in records that only carry it: answers of search engines, of graphs and
/// of interfaces that keep the attributes of a thing apart.
const WRAPPERS: &[&str] = &[
    "node",
    "_source",
    "attributes",
    "fields",
    "job",
    "posting",
    "vacancy",
    "offer",
    "position",
    "item",
    "data",
];

/// The object inside a record that is the posting, with its name.
pub(super) fn wrapped(record: &Value) -> Option<(&str, &Value)> {
    let names_posting = |inner: &Value| {
        let mut fields = inner.members().iter().filter_map(|(name, _)| super::alias::known(name));
        fields.any(|slot| matches!(slot.field, Field::Title | Field::Body))
    };
    WRAPPERS.iter().find_map(|wrapper| {
        let (name, inner) = record.members().iter().find(|(name, _)| name == wrapper)?;
        (!inner.members().is_empty() && names_posting(inner)).then_some((name.as_str(), inner))
    })
}

/// The posting that a record only carries, and of the record what the posting does not say itself.
pub(super) fn unwrapped(record: &Value, around: &Around, mapping: &Mapping) -> Option<Gathered> {
    let (_, inner) = wrapped(record)?;
    let dialect = around.dialect.or_else(|| Dialect::of(marks(inner), false).map(|(dialect, _)| dialect));
    let read = dialect.and_then(|dialect| reading::read(dialect, inner, around, mapping));
    let mut gathered = read.unwrap_or_else(|| self::read(inner, mapping));
    put(&mut gathered, record, mapping, |field| {
        !matches!(field, Field::Title | Field::Body | Field::Section(_))
    });
    Some(gathered)
}
