//! The posting in a record that only carries it: `{"node": {…}}`, `{"props": {"page": {"job": {…}}}}`.

use super::alias::{is_one_of, known};
use super::opening::names_role;
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
pub(super) const DEEPEST: usize = 10;

/// Words for the job in the name of an object that is a posting: `job`, `jobDetails`, `JobListing:9`.
const JOBS: &[&str] = &["job", "posting", "vacancy", "offer", "position", "opening", "requisition"];

/// Words that may stand beside them.
const BESIDE: &[&str] = &[
    "ad", "advert", "current", "data", "detail", "details", "full", "info", "item", "json", "listing",
    "main", "post", "raw", "result", "selected", "single", "view",
];

/// Whether an object is a posting by itself: it has a title, and a text that is called a description.
pub(super) fn is_posting(value: &Value) -> bool {
    is_named(value.members().iter().map(|(name, _)| name.as_str()))
}

/// Whether an object is a posting, or holds one under a name of postings.
pub(super) fn holds_posting(value: &Value) -> bool {
    let is_one = |(name, inner): &(String, Value)| names_posting(name) && is_posting(inner);
    is_posting(value) || value.members().iter().any(is_one)
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
    is_one_of(name, &["overview", "profile"])
}

/// Whether a name is that of one posting: made of words for the job, and of such as say nothing else.
pub(super) fn names_posting(name: &str) -> bool {
    let plain: String =
        name.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase();
    let (mut rest, mut of_job) = (plain.as_str(), false);
    while !rest.is_empty() {
        let starting =
            |words: &[&str]| words.iter().filter_map(|word| rest.strip_prefix(word)).map(str::len).min();
        let (job, beside) = (starting(JOBS), starting(BESIDE));
        let Some(left) = job.into_iter().chain(beside).min() else { return false };
        of_job |= job == Some(left);
        rest = &rest[rest.len() - left..];
    }
    of_job
}

/// Whether an object with these names, under this one, is a posting that the object around it only carries.
pub(super) fn is_carried<'n>(name: &str, names: &(impl Iterator<Item = &'n str> + Clone)) -> bool {
    let has = |wanted: fn(&str, Field) -> bool| {
        names.clone().any(|name| known(name).is_some_and(|slot| wanted(name, slot.field)))
    };
    let is_titled = || has(|_, field| field == Field::Title);
    let is_headed = || has(|name, field| field == Field::Title && !name.eq_ignore_ascii_case("name"));
    let has_body = || has(|_, field| field == Field::Body);
    let is_held = || {
        has_body() && if names_posting(name) { is_titled() } else { WRAPPERS.contains(&name) && is_headed() }
    };
    !is_other(name) && (is_named(names.clone()) || is_held())
}

/// Whether a value under this name is a posting that the object around it only carries.
pub(super) fn carries(name: &str, value: &Value) -> bool {
    let members = value.members();
    !members.is_empty() && is_carried(name, &members.iter().map(|(name, _)| name.as_str()))
}

/// Whether a value under this name is a posting though a text could stand under the name: its title names a role.
pub(super) fn is_job(name: &str, value: &Value) -> bool {
    let names_role = |(name, title): &(String, Value)| {
        known(name).is_some_and(|slot| slot.field == Field::Title)
            && matches!(title, Value::Text(title) if names_role(title))
    };
    is_posting(value)
        || (names_posting(name) && carries(name, value) && value.members().iter().any(names_role))
        || is_around(value)
}

/// Whether an object only stands around one that is a posting, as interfaces put the attributes of a thing apart.
fn is_around(value: &Value) -> bool {
    let inner = ["data", "attributes"].into_iter().find_map(|name| {
        let (_, inner) = value.members().iter().find(|(known, _)| known == name)?;
        Some((name, inner))
    });
    let says_none = || !says(value, Field::Title) && !says(value, Field::Body);
    inner.is_some_and(|(name, inner)| says_none() && (carries(name, inner) || is_around(inner)))
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

impl Wrapped<'_> {
    /// The name under which it stands.
    fn name(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or_default()
    }

    /// Whether it is a posting; inside something else only what is called so.
    fn is_posting(&self) -> bool {
        carries(self.name(), self.inner)
            && (names_posting(self.name()) || !self.path.split('.').any(is_other))
    }
}

/// The object inside a record that is the posting.
pub(super) fn wrapped(record: &Value) -> Option<Wrapped<'_>> {
    let known = WRAPPERS.iter().find_map(|wrapper| {
        let (name, inner) = record.members().iter().find(|(name, _)| name == wrapper)?;
        (says(inner, Field::Title) || says(inner, Field::Body)).then_some(())?;
        (!is_wrapper(inner)).then(|| Wrapped { path: name.clone(), inner, around: vec![record] })
    });
    known.or_else(|| deep(record))
}

/// The names of the posting that a record only carries, each with the names that lead to it, and as it is.
pub(super) fn fields(record: &Value) -> Option<Vec<(String, String)>> {
    let wrapped = wrapped(record)?;
    let names = wrapped.inner.members().iter().map(|(name, _)| name);
    Some(names.map(|name| (format!("{}.{name}", wrapped.path), name.clone())).collect())
}

/// Whether an object has a member of this meaning.
fn says(value: &Value, field: Field) -> bool {
    value.members().iter().any(|(name, _)| known(name).is_some_and(|slot| slot.field == field))
}

/// Whether the posting stands deeper still.
fn is_wrapper(value: &Value) -> bool {
    let holds_one = || value.members().iter().any(|(_, inner)| is_posting(inner));
    let is_whole = || says(value, Field::Title) && says(value, Field::Body);
    !is_posting(value) && (holds_one() || (!is_whole() && deep(value).is_some()))
}

/// The outermost object that is a posting by its names.
fn deep(record: &Value) -> Option<Wrapped<'_>> {
    let mut level = vec![Wrapped { path: String::new(), inner: record, around: Vec::new() }];
    for _ in 0..DEEPEST {
        let mut next = Vec::new();
        for outer in level {
            for (name, inner) in outer.inner.members() {
                let path =
                    if outer.path.is_empty() { name.clone() } else { format!("{}.{name}", outer.path) };
                let around = [outer.inner].into_iter().chain(outer.around.iter().copied()).collect();
                next.push(Wrapped { path, inner, around });
            }
        }
        let mut found = next.iter().enumerate().filter(|(_, wrapped)| wrapped.is_posting());
        let first = found.next().map(|(at, _)| at);
        // One under a name of postings is the one that all the others stand beside.
        let named = found.find(|(_, wrapped)| names_posting(wrapped.name())).map(|(at, _)| at);
        let first = first.filter(|first| named.is_none() || names_posting(next[*first].name())).or(named);
        if let Some(found) = first {
            return Some(next.swap_remove(found));
        }
        level = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_postings_are_made_of_words_for_the_job() {
        for (name, expected) in [
            ("job", true),
            ("jobDetails", true),
            ("JobListing:9", true),
            ("current_posting", true),
            ("vacancy-data", true),
            ("jobs", false),
            ("jobCategory", false),
            ("data", false),
            ("details", false),
            ("", false),
        ] {
            assert_eq!(names_posting(name), expected, "{name}");
        }
    }

    #[test]
    fn the_posting_in_a_record_is_found_wherever_it_stands() {
        const CASES: &[(&str, Option<&str>)] = &[
            (r#"{"node":{"title":"PM","body":"x"}}"#, Some("node")),
            (r#"{"data":{"jobDetails":{"job":{"title":"PM","content":"x"}}}}"#, Some("data.jobDetails.job")),
            (r#"{"data":{"type":"jobs","attributes":{"title":"PM","body":"x"}}}"#, Some("data.attributes")),
            (r#"{"a":{"b":{"c":{"d":{"e":{"f":{"title":"PM","description":"x"}}}}}}}"#, Some("a.b.c.d.e.f")),
            (r#"{"teaser":{"title":"A","description":"x"},"job":{"title":"PM","content":"y"}}"#, Some("job")),
            (
                r#"{"job":{"title":"PM","content":"y"},"perks":[{"title":"A","description":"x"}]}"#,
                Some("job"),
            ),
            (r#"{"box":{"name":"A","content":"x"}}"#, None),
        ];
        for (json, expected) in CASES {
            let record: Value = serde_json::from_str(json).unwrap();
            assert_eq!(wrapped(&record).map(|wrapped| wrapped.path).as_deref(), *expected, "{json}");
        }
    }
}
