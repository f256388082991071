//! The posting in a record that only carries it: `{"node": {…}}`, `{"props": {"page": {"job": {…}}}}`.

use super::alias::{is_one_of, known};
use super::slot::Field;
use super::value::Value;

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
    "row",
    "data",
];

/// How deep a record may carry its posting.
const DEEPEST: usize = 5;

/// Whether an object is a posting by itself: it has a title, and a text that is called a description.
pub(super) fn is_posting(value: &Value) -> bool {
    is_named(value.members().iter().map(|(name, _)| name.as_str()))
}

/// Names of objects that have a title and a description and are no posting.
const OTHERS: &[&str] = &[
    "meta",
    "metadata",
    "seo",
    "head",
    "og",
    "opengraph",
    "twitter",
    "site",
    "page",
    "config",
    "settings",
    "info",
    "channel",
    "feed",
    "app",
    "footer",
    "company",
    "organization",
    "organisation",
    "hiringorganization",
    "employer",
    "startup",
    "brand",
    "department",
    "team",
    "category",
    "author",
    "user",
    "definitions",
    "defs",
    "properties",
];

/// Whether an object under this name is something else than a posting.
pub(super) fn is_other(name: &str) -> bool {
    is_one_of(name, OTHERS)
}

/// Whether an object under this name is no text of a posting: it tells of an employer.
pub(super) fn tells_of_employer(name: &str) -> bool {
    name.eq_ignore_ascii_case("overview")
}

/// Whether an object with these names, under this one, is a posting that the object around it only carries.
pub(super) fn is_carried<'n>(name: &str, names: &(impl Iterator<Item = &'n str> + Clone)) -> bool {
    const JOBS: &[&str] = &["job", "posting", "vacancy", "offer", "position"];
    let has = |field| names.clone().any(|name| known(name).is_some_and(|slot| slot.field == field));
    let by_names = || is_named(names.clone());
    !is_other(name) && (by_names() || (JOBS.contains(&name) && has(Field::Title) && has(Field::Body)))
}

/// Whether these are the names of a posting, and neither of an employer nor of a section of a text.
pub(super) fn is_named<'n>(names: impl Iterator<Item = &'n str>) -> bool {
    let (mut titled, mut described) = (false, false);
    for name in names {
        match known(name).map(|slot| slot.field) {
            Some(Field::Title) => titled |= !name.eq_ignore_ascii_case("name"),
            Some(Field::Body) => described |= name.to_ascii_lowercase().contains("desc"),
            _ => {}
        }
    }
    titled && described
}

/// The object inside a record that is the posting, with where it is.
pub(super) struct Wrapped<'v> {
    /// The names that lead to it.
    pub(super) path: String,
    /// The posting.
    pub(super) inner: &'v Value,
    /// The objects around it, the innermost first.
    pub(super) around: Vec<&'v Value>,
}

/// The object inside a record that is the posting.
pub(super) fn wrapped(record: &Value) -> Option<Wrapped<'_>> {
    let names_posting = |inner: &Value| {
        let mut fields = inner.members().iter().filter_map(|(name, _)| known(name));
        fields.any(|slot| matches!(slot.field, Field::Title | Field::Body))
    };
    let known = WRAPPERS.iter().find_map(|wrapper| {
        let (name, inner) = record.members().iter().find(|(name, _)| name == wrapper)?;
        (!inner.members().is_empty() && names_posting(inner) && !is_wrapper(inner)).then(|| Wrapped {
            path: name.clone(),
            inner,
            around: vec![record],
        })
    });
    known.or_else(|| deep(record))
}

/// Whether the posting stands deeper still.
fn is_wrapper(value: &Value) -> bool {
    !is_posting(value) && value.members().iter().any(|(_, inner)| is_posting(inner))
}

/// The outermost object that is a posting by its names.
fn deep(record: &Value) -> Option<Wrapped<'_>> {
    let mut level = vec![Wrapped { path: String::new(), inner: record, around: Vec::new() }];
    for _ in 0..DEEPEST {
        let mut next = Vec::new();
        for outer in level {
            for (name, inner) in outer.inner.members() {
                if is_other(name) {
                    continue;
                }
                let path =
                    if outer.path.is_empty() { name.clone() } else { format!("{}.{name}", outer.path) };
                let around = [outer.inner].into_iter().chain(outer.around.iter().copied()).collect();
                next.push(Wrapped { path, inner, around });
            }
        }
        if let Some(found) = next.iter().position(|wrapped| is_posting(wrapped.inner)) {
            return Some(next.swap_remove(found));
        }
        level = next;
    }
    None
}
