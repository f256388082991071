//! Finds the postings in a JSON object: the object itself, a list under one of its keys, or objects under keys that
//! are their ids.

use memchr::memchr_iter;

use super::alias::{is_one_of, known};
use super::carried;
use super::dialect::{Dialect, Marks};
use super::field::Field;
use super::members::{keys, member, significant};
use super::opening::names_role;
use super::scan::{self, Step};
use super::value::Value;

mod candidate;
mod outside;

use candidate::{Candidate, Class, Fit, Kind, fit, kind};

pub(crate) use outside::Outside;

/// Where the postings of an object are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// The object is the posting.
    One,
    /// They are the items of a list.
    List {
        /// Offset of the list's bracket.
        offset: usize,
        /// How many objects are open around it.
        depth: usize,
        /// The key that holds the list.
        key: String,
    },
    /// They stand in the object at this offset, each under a key of its own.
    Keyed {
        /// Offset of the object's brace.
        offset: usize,
        /// How many objects are open around it.
        depth: usize,
    },
    /// What is at hand does not tell.
    Unclear,
}

/// Keys whose object is one posting, whatever lists stand beside or inside it.
const SINGLE: &[&str] = &["jobpostinginfo", "jobopening", "jobad"];

/// How deep wrappers nest.
pub(crate) const DEEPEST: usize = 5;

/// An object may pass this size before a list under a key of no known meaning is taken.
const PATIENCE: usize = 4 * 1024 * 1024;

/// What a walk over an object saw.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one object")]
struct Walk {
    lists: Vec<Candidate>,
    /// Objects with postings under keys of their own: offset, objects around it, postings seen.
    keyed: Vec<(usize, usize, usize)>,
    title: bool,
    body: bool,
    /// Whether the object is one posting for certain.
    single: bool,
    /// Offset of the first object inside, and in no list, that is a posting by its names.
    carried: Option<usize>,
    marks: Marks,
    whole: bool,
}

/// Looks at the object that begins `bytes`; `all` says that no more bytes will come.
pub(crate) fn of(bytes: &[u8], all: bool) -> Shape {
    let walk = Walk::over(bytes);
    let shape = walk.shape(bytes, all);
    candidate::first_like(&walk.lists, bytes, &shape, all).unwrap_or(shape)
}

/// The postings that a value holds for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Postings {
    /// How long they are, all in all.
    pub(crate) length: usize,
    /// Whether they stand under a name of postings.
    pub(crate) named: bool,
    /// Whether the title of the first names a role.
    pub(crate) roles: bool,
}

/// The postings that an object or a list holds for certain; `None` when there are none.
pub(crate) fn told(bytes: &[u8]) -> Option<Postings> {
    let (at, named) = match bytes.first()? {
        b'[' => (fit(first_item(bytes)) == Fit::Whole).then_some((0, false))?,
        b'{' => {
            let walk = Walk::over(bytes);
            match walk.shape(bytes, true) {
                _ if !walk.whole => return None,
                Shape::List { offset, .. } => {
                    let list = walk.lists.iter().find(|list| list.offset == offset)?;
                    (list.fit == Fit::Whole).then_some((offset, list.class == Class::Named))?
                }
                Shape::One => (walk.carried?, false),
                Shape::Keyed { .. } | Shape::Unclear => return None,
            }
        }
        _ => return None,
    };
    match scan::value(&bytes[at..]) {
        Step::Done(length) => Some(Postings { length, named, roles: is_for_role(&bytes[at..]) }),
        Step::More | Step::Broken(_) => None,
    }
}

/// Whether the title of the posting, or of the first in the list, that begins `bytes` names a role.
fn is_for_role(bytes: &[u8]) -> bool {
    let item = if bytes.first() == Some(&b'[') { first_item(bytes) } else { bytes };
    let Step::Done(length) = scan::value(item) else { return false };
    let Ok(item) = serde_json::from_slice::<Value>(&item[..length]) else { return false };
    item.members()
        .iter()
        .filter(|(name, _)| field(name) == Some(Field::Title))
        .any(|(_, title)| title.clone().into_text(" ").is_some_and(|title| names_role(&title)))
}

/// Whether an item of a list is an answer of a board with the postings in a list of its own, be it in groups.
pub(crate) fn is_answer(item: &[u8]) -> bool {
    /// How deep groups nest in an item.
    const GROUPS: usize = 3;
    answers(item, GROUPS)
}

fn answers(item: &[u8], groups: usize) -> bool {
    if item.first() != Some(&b'{') {
        return false;
    }
    let walk = Walk::over(item);
    if !walk.whole || walk.body || walk.single {
        return false;
    }
    walk.lists.iter().min().is_some_and(|best| {
        let list = &item[best.offset..];
        match best.kind {
            Kind::Strong(_) => best.is_empty() || holds_postings(list),
            Kind::Weak(_) => !walk.title && (best.is_empty() || holds_postings(list)),
            Kind::Any => groups > 0 && !best.is_empty() && answers(first_item(list), groups - 1),
        }
    })
}

/// Whether `bytes`, of which the end may not be at hand, begin an answer of a board.
pub(crate) fn begins_answer(bytes: &[u8]) -> bool {
    matches!(Walk::over(bytes).shape(bytes, false), Shape::List { offset, key, .. }
        if matches!(kind(&key), Kind::Strong(_)) && holds_postings(&bytes[offset..]))
}

/// Offset of the first list that holds postings, in an object that is broken around it.
pub(crate) fn list_inside(bytes: &[u8]) -> Option<usize> {
    /// Lists of something else that are passed over.
    const TRIED: usize = 64;
    let opens = |at: &usize| significant(bytes, at + 1, b"").is_some_and(|first| bytes[first] == b'{');
    memchr_iter(b'[', bytes).filter(opens).take(TRIED).find(|at| {
        let fields = first_fields(&bytes[*at..]);
        fields.contains(&Field::Title) && fields.contains(&Field::Body)
    })
}

/// What a key means.
fn field(key: &str) -> Option<Field> {
    known(key).map(|slot| slot.field)
}

/// The names of the object that begins `bytes`, as far as it goes.
fn names(bytes: &[u8]) -> impl Iterator<Item = &str> {
    keys(bytes).into_iter().filter_map(|key| std::str::from_utf8(key).ok())
}

/// Whether the first object of the list that begins `bytes` has the names of a posting.
fn holds_postings(bytes: &[u8]) -> bool {
    first_fields(bytes).iter().any(|field| matches!(field, Field::Title | Field::Body))
}

/// Whether the object that begins `bytes` has both a title and a body, as far as it goes.
fn is_posting(bytes: &[u8]) -> bool {
    let fields = fields(bytes);
    fields.contains(&Field::Title) && fields.contains(&Field::Body)
}

/// What the names of the first object of the list that begins `bytes` mean.
fn first_fields(bytes: &[u8]) -> Vec<Field> {
    fields(first_item(bytes))
}

/// The first item of the list that begins `bytes`, and what follows it.
fn first_item(bytes: &[u8]) -> &[u8] {
    significant(bytes, 1, b"").map_or(&[], |at| &bytes[at..])
}

/// What the names of the object that begins `bytes` mean.
fn fields(bytes: &[u8]) -> Vec<Field> {
    names(bytes).filter_map(field).collect()
}

impl Walk {
    /// Walks the object that begins `bytes`.
    fn over(bytes: &[u8]) -> Self {
        let mut walk = Self::default();
        walk.object(bytes, 0, 1, true);
        walk
    }

    /// What the walk over `bytes` says of them.
    fn shape(&self, bytes: &[u8], all: bool) -> Shape {
        let known = self.whole || all;
        let best = self.lists.iter().min();
        let list = |candidate: &Candidate| Shape::List {
            offset: candidate.offset,
            depth: candidate.depth,
            key: candidate.key.clone(),
        };
        match best {
            _ if self.single => Shape::One,
            Some(best) if best.class == Class::Named => list(best),
            _ if !self.body
                && !self.title
                && let Some((offset, depth)) = self.keyed() =>
            {
                Shape::Keyed { offset, depth }
            }
            _ if let Some(thread) = self.thread() => list(thread),
            _ if !known && bytes.len() < PATIENCE => match best {
                Some(best) if best.is_likely() && !self.body => list(best),
                _ => Shape::Unclear,
            },
            _ if self.body => Shape::One,
            _ if self.carried.is_some() && !best.is_some_and(Candidate::is_likely) => Shape::One,
            // A posting without text may have lists of tags or places.
            Some(best) if self.title && best.kind == Kind::Any && !holds_postings(&bytes[best.offset..]) => {
                Shape::One
            }
            Some(best) if !best.is_empty() || best.kind != Kind::Any => list(best),
            _ if known => Shape::One,
            _ => Shape::Unclear,
        }
    }

    /// Walks the object at `at`, of which `holds` says whether it may hold postings under keys of their own; returns
    /// where it ends, if that is at hand.
    fn object(&mut self, bytes: &[u8], mut at: usize, depth: usize, holds: bool) -> Option<usize> {
        let start = at;
        at += 1;
        loop {
            at = significant(bytes, at, b",")?;
            if bytes[at] == b'}' {
                self.whole |= depth == 1;
                return Some(at + 1);
            }
            let (key, value) = member(bytes, at)?;
            if holds && bytes[value] == b'{' && is_posting(&bytes[value..]) {
                self.note_keyed(start, depth - 1);
            }
            at = self.value(bytes, value, depth, &String::from_utf8_lossy(key))?;
        }
    }

    fn value(&mut self, bytes: &[u8], at: usize, depth: usize, key: &str) -> Option<usize> {
        match bytes[at] {
            b'[' => {
                let first = significant(bytes, at + 1, b"")?;
                if matches!(bytes[first], b'{' | b']') {
                    let empty = bytes[first] == b']';
                    let (kind, fit) = (kind(key), if empty { Fit::Poor } else { fit(&bytes[first..]) });
                    let class = match (kind, empty) {
                        (Kind::Strong(_), false) => Class::Named,
                        (Kind::Strong(_), true) => Class::NamedEmpty,
                        _ if fit == Fit::Whole => Class::Fitting,
                        (_, false) => Class::Other,
                        (_, true) => Class::Empty,
                    };
                    self.lists.push(Candidate { class, fit, kind, depth, offset: at, key: key.to_owned() });
                }
            }
            b'{' if depth < DEEPEST => {
                self.single |= is_one_of(key, SINGLE);
                let keys = keys(&bytes[at..]);
                let names = keys.iter().filter_map(|key| std::str::from_utf8(key).ok());
                let carried = carried::is_carried(key, &names);
                if carried {
                    self.carried.get_or_insert(at);
                }
                if depth == 1 && !carried && !carried::tells_of_employer(key) {
                    self.note(key);
                }
                return self.object(bytes, at, depth + 1, kind(key) != Kind::Any);
            }
            b'"' if depth == 1 => {
                self.note(key);
                self.marks.add(key);
                self.single |= Dialect::of(self.marks, false).is_some();
            }
            _ => {}
        }
        match scan::value(&bytes[at..]) {
            Step::Done(length) => Some(at + length),
            Step::More | Step::Broken(_) => None,
        }
    }

    /// The object with several postings under keys of their own, and how many stand open around it.
    fn keyed(&self) -> Option<(usize, usize)> {
        self.keyed
            .iter()
            .find(|(_, depth, seen)| *depth < 2 && *seen > 1)
            .map(|(offset, depth, _)| (*offset, *depth))
    }

    /// The answers to somebody who asked who is hiring.
    fn thread(&self) -> Option<&Candidate> {
        self.lists.iter().find(|list| list.depth == 1 && list.key == "children" && !list.is_empty())
    }

    /// Notes that the object at `offset` holds a posting under some key.
    fn note_keyed(&mut self, offset: usize, depth: usize) {
        match self.keyed.last_mut().filter(|(known, ..)| *known == offset) {
            Some((.., seen)) => *seen += 1,
            None => self.keyed.push((offset, depth, 1)),
        }
    }

    fn note(&mut self, key: &str) {
        match known(key).map(|slot| slot.field) {
            Some(Field::Title) => self.title = true,
            Some(Field::Body) => self.body = true,
            _ => {}
        }
    }
}

/// Whether a list under this key holds jobs for certain.
pub(crate) fn names_jobs(key: &str) -> bool {
    matches!(kind(key), Kind::Strong(_))
}

/// Whether the items of a list under this key are employers.
pub(crate) fn names_employers(key: &str) -> bool {
    is_one_of(key, &["companies", "employers", "boards", "organizations", "organisations"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_postings_of_an_object_are_found() {
        const CASES: &[(&str, &str, Option<&str>)] = &[
            ("one posting", r#"{"title":"PM","description":"Own it"}"#, None),
            ("greenhouse", r#"{"jobs":[{"id":1}],"meta":{"total":1}}"#, Some("jobs")),
            ("any key", r#"{"tags":["a"],"entries":[{"id":1}]}"#, Some("entries")),
            ("strong before weak", r#"{"data":[{"x":1}],"jobs":[{"id":1}]}"#, Some("jobs")),
            ("account with jobs", r#"{"name":"A","description":"We","jobs":[{"id":1}]}"#, Some("jobs")),
            ("posting with lists", r#"{"text":"PM","description":"x","lists":[{"text":"y"}]}"#, None),
            ("nested", r#"{"data":{"total":1,"postings":[{"id":1}]}}"#, Some("postings")),
            ("nested any", r#"{"response":{"docs":[{"id":1}]}}"#, Some("docs")),
            (
                "workday",
                r#"{"jobPostingInfo":{"title":"PM","tags":[{"a":1}]},"similarJobs":[{"title":"x"}]}"#,
                None,
            ),
            ("smartrecruiters", r#"{"name":"PM","customField":[{"id":1}],"jobAd":{"sections":{}}}"#, None),
            ("posting without text", r#"{"id":1,"title":"PM","tags":[{"id":1}]}"#, None),
            ("titled feed", r#"{"title":"Board","entries":[{"title":"PM"}]}"#, Some("entries")),
            ("empty", r#"{"jobs":[],"total":0}"#, Some("jobs")),
            ("no list", r#"{"total":0}"#, None),
            ("ids as keys", r#"{"7":{"title":"PM","body":"x"},"8":{"title":"A","body":"y"}}"#, Some("0 0")),
            (
                "inside",
                r#"{"jobs":{"a":{"title":"PM","body":"x"},"b":{"title":"A","body":"y"}}}"#,
                Some("8 1"),
            ),
            (
                "parts with titles",
                r#"{"title":"PM","parts":{"a":{"title":"Do","text":"x"},"b":{"title":"Be","text":"y"}}}"#,
                None,
            ),
            (
                "a schema",
                r#"{"type":"object","definitions":{"a":{"title":"A","description":"x"},"b":{"title":"B","description":"y"}}}"#,
                None,
            ),
            ("one inside", r#"{"job":{"title":"PM","body":"x"}}"#, None),
            (
                "filters first",
                r#"{"filters":[{"name":"Date"}],"jobs_results":[{"title":"PM","description":"x"}]}"#,
                Some("jobs_results"),
            ),
            (
                "one inside, with others that are like it",
                r#"{"props":{"page":{"job":{"title":"PM","description":"x"},"similar":[{"title":"A"}]}}}"#,
                None,
            ),
            (
                "one with places",
                r#"{"data":{"offer":{"title":"PM","description":"x","offices":[{"city":"y"}]}}}"#,
                None,
            ),
            (
                "a thread",
                r#"{"title":"Who hires","text":"Ask","children":[{"text":"A | PM"}]}"#,
                Some("children"),
            ),
            ("no jobs today", r#"{"jobs":[],"filters":[{"name":"Date"}]}"#, Some("jobs")),
        ];
        for (name, text, key) in CASES {
            let found = match of(text.as_bytes(), true) {
                Shape::List { offset, key, .. } => {
                    assert_eq!(text.as_bytes()[offset], b'[', "{name}");
                    Some(key)
                }
                Shape::Keyed { offset, depth } => Some(format!("{offset} {depth}")),
                Shape::One => None,
                Shape::Unclear => panic!("{name} is unclear"),
            };
            assert_eq!(found.as_deref(), *key, "{name}");
        }
    }

    #[test]
    fn a_list_of_jobs_is_taken_before_its_end_and_another_list_is_not() {
        assert!(matches!(of(br#"{"total":2,"jobs":[{"id":1},{"i"#, false), Shape::List { .. }));
        assert_eq!(of(br#"{"filters":[{"id":1},{"i"#, false), Shape::Unclear);
        assert!(matches!(of(br#"{"filters":[{"id":1},{"i"#, true), Shape::List { .. }));
    }
}
