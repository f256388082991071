//! Finds the postings in a JSON object: the object itself, a list under one of its keys, or objects under keys that
//! are their ids.

use memchr::memchr_iter;

use super::alias::{is_one_of, known};
use super::carried;
use super::dialect::{Dialect, Marks};
use super::family;
use super::field::{Field, Slot};
use super::members::{keys, member, significant};
use super::opening::names_role;
use super::scan::{self, Step};

mod answer;
mod candidate;
mod outside;
mod told;

use candidate::{Candidate, Class, Fit, Kind, fit, kind};

pub(crate) use answer::{begins_answer, is_answer};
pub(crate) use outside::Outside;
pub(crate) use told::{buried, told};

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
const SINGLE: &[&str] = &["jobpostinginfo", "jobopening", "jobad", "matchedobjectdescriptor"];

/// Words in the names of lists, or of what holds them, whose jobs stand beside the one that is told.
const ASIDE: &[&str] = &["similar", "related", "recommend", "suggest", "other", "more"];

/// Names under which answers keep a list inside an object of jobs: `{"jobs": {"edges": […]}}`.
const INNER: &[&str] = &["edges", "nodes", "list", "results", "result", "hits", "items", "data", "content"];

/// How deep wrappers of lists nest.
pub(crate) const DEEPEST: usize = 5;

/// An object may pass this size before a list under a key of no known meaning is taken.
const PATIENCE: usize = 4 * 1024 * 1024;

/// What a walk knows of the object that it is in.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about one object")]
struct Within {
    /// How many objects stand open, this one counted.
    depth: usize,
    /// Whether it may hold postings under keys of their own.
    holds: bool,
    /// Whether its key is one of jobs.
    jobs: bool,
    /// Whether it, or one around it, holds what stands beside the posting that is told.
    aside: bool,
    /// Whether it has a title; that of the outermost is told at the end.
    titled: bool,
}

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
    /// The same of one that is called so.
    job: Option<usize>,
    /// Offset of the title, where its name is that of nothing else.
    headed: Option<usize>,
    marks: Marks,
    whole: bool,
}

/// Looks at the object that begins `bytes`; `all` says that no more bytes will come.
pub(crate) fn of(bytes: &[u8], all: bool) -> Shape {
    let walk = Walk::over(bytes);
    let shape = walk.shape(bytes, all);
    candidate::first_like(&walk.lists, bytes, &shape, all).unwrap_or(shape)
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
pub(crate) fn first_item(bytes: &[u8]) -> &[u8] {
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
        walk.object(bytes, 0, Within { depth: 1, holds: true, jobs: false, aside: false, titled: true });
        walk
    }

    /// The list that is most like one of postings, in an object of which so many bytes are at hand.
    fn best(&self, length: usize) -> Option<&Candidate> {
        let owns = self.job.is_some() || (self.title && self.body);
        let is_beside = |list: &Candidate| owns && list.aside;
        // No posting is as long as that.
        let may_be_one = length < PATIENCE;
        let is_text = |list: &Candidate| may_be_one && list.parts && (list.depth > 1 || self.title);
        self.lists.iter().filter(|list| !is_beside(list) && !is_text(list)).min()
    }

    /// What the walk over `bytes` says of them.
    fn shape(&self, bytes: &[u8], all: bool) -> Shape {
        let known = self.whole || all;
        let best = self.best(bytes.len());
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
                Some(best) if best.is_likely() && !self.body && self.job.is_none() => list(best),
                _ => Shape::Unclear,
            },
            // A page of jobs says something of itself.
            Some(best)
                if best.fit < Fit::Poor
                    && best.kind != Kind::Any
                    && self.heads_a_page(bytes)
                    && told::is_for_role(&bytes[best.offset..]) =>
            {
                list(best)
            }
            _ if self.body || self.job.is_some() => Shape::One,
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

    /// Walks the object at `at`; returns where it ends, if that is at hand.
    fn object(&mut self, bytes: &[u8], mut at: usize, within: Within) -> Option<usize> {
        let (start, Within { depth, holds, .. }) = (at, within);
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
            at = self.value(bytes, value, within, &String::from_utf8_lossy(key))?;
        }
    }

    fn value(&mut self, bytes: &[u8], at: usize, within: Within, key: &str) -> Option<usize> {
        let depth = within.depth;
        match bytes[at] {
            b'[' if depth <= DEEPEST => {
                let first = significant(bytes, at + 1, b"")?;
                if matches!(bytes[first], b'{' | b']') {
                    let empty = bytes[first] == b']';
                    let fit = if empty { Fit::Poor } else { fit(&bytes[first..]) };
                    let kind = match kind(key) {
                        _ if within.jobs && fit == Fit::Whole && is_one_of(key, INNER) => Kind::INNER,
                        kind => kind,
                    };
                    let class = match (kind, empty) {
                        (Kind::Strong(_), false) => Class::Named,
                        (Kind::Strong(_), true) => Class::NamedEmpty,
                        _ if fit == Fit::Whole => Class::Fitting,
                        (_, false) => Class::Other,
                        (_, true) => Class::Empty,
                    };
                    let parts = !empty && within.titled && are_parts(key, &bytes[first..]);
                    let aside = within.aside || is_aside(key);
                    let key = key.to_owned();
                    self.lists.push(Candidate { class, fit, kind, depth, offset: at, key, parts, aside });
                }
            }
            b'{' if depth <= carried::DEEPEST => {
                self.single |= is_one_of(key, SINGLE);
                let keys = keys(&bytes[at..]);
                let names = keys.iter().filter_map(|key| std::str::from_utf8(key).ok());
                let aside = within.aside || is_aside(key);
                let carried = carried::is_carried(key, &names);
                if carried {
                    self.carried.get_or_insert(at);
                    if !aside && carried::names_posting(key) {
                        self.job.get_or_insert(at);
                    }
                }
                let may_be_text = depth == 1 && !carried && !carried::tells_of_employer(key);
                let titled = names.clone().any(|name| field(name) == Some(Field::Title));
                let (holds, jobs) = (kind(key) != Kind::Any, names_jobs(key));
                let before = self.lists.len();
                let end = self.object(bytes, at, Within { depth: depth + 1, holds, jobs, aside, titled });
                // Crawlers keep a whole answer under the name of a text.
                if may_be_text && !self.lists[before..].iter().any(|list| list.holds_jobs(bytes)) {
                    self.note(key);
                }
                return end;
            }
            b'"' if depth == 1 => {
                self.note(key);
                if field(key) == Some(Field::Title) && !key.eq_ignore_ascii_case("name") {
                    self.headed.get_or_insert(at);
                }
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

    /// Whether the outermost object has a title, and that names no role.
    fn heads_a_page(&self, bytes: &[u8]) -> bool {
        let title = self.headed.map(|at| &bytes[at..]);
        title.is_some_and(|title| match scan::value(title) {
            Step::Done(length) => !names_role(&String::from_utf8_lossy(&title[..length])),
            Step::More | Step::Broken(_) => false,
        })
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

/// Whether what stands under this key is beside the posting that is told.
fn is_aside(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ASIDE.iter().any(|word| key.contains(word))
}

/// Whether a list under this key, of which the first item begins `bytes`, is the text of a posting in parts: they have
/// headings and texts, and nothing that only a posting has.
fn are_parts(key: &str, bytes: &[u8]) -> bool {
    let is_text = |slot: Slot| matches!(slot.field, Field::Body | Field::Section(_));
    let own = |field: &Field| {
        matches!(field, Field::Company | Field::Location | Field::Url | Field::Language | Field::Listed)
    };
    known(key).or_else(|| family::known(key)).is_some_and(is_text)
        && !fields(bytes).iter().any(own)
        && !told::is_for_role(bytes)
}

/// Whether a list under this key holds jobs for certain.
pub(crate) fn names_jobs(key: &str) -> bool {
    matches!(kind(key), Kind::Strong(_))
}

/// Whether the items of a list under this key are employers.
pub(crate) fn names_employers(key: &str) -> bool {
    is_one_of(key, &["companies", "employers", "boards", "organizations", "organisations"])
}

/// Whether a text under this name is one that an employer has beside its name, and a department has not.
pub(crate) fn is_of_employer(name: &str) -> bool {
    is_one_of(
        name,
        &["ats", "atstype", "website", "domain", "homepage", "careersurl", "careersite", "boardtoken"],
    )
}

#[cfg(test)]
mod tests;
