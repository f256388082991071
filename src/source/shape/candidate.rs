//! A list in an object that may be the one with the postings, and what speaks for it.

use super::super::alias::place;
use super::super::carried;
use super::super::members::keys;
use super::super::members::member;
use super::super::scan::{self, Step};
use super::super::slot::Field;
use super::told::is_for_role;
use super::{Shape, field, first_item, names};

/// Keys that hold postings and hardly anything else.
const STRONG: &[&str] = &[
    "jobs",
    "jobpostings",
    "postings",
    "offers",
    "vacancies",
    "positions",
    "openings",
    "requisitions",
    "requisitionlist",
    "vagas",
    "ofertas",
    "offres",
    "empleos",
    "vacantes",
    "vacatures",
    "stellenangebote",
];

/// Keys that hold whatever an answer is about.
const WEAK: &[&str] = &["results", "result", "hits", "items", "data", "content"];

/// A list of objects found on the way, with what speaks for it: the lowest is best.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    pub(super) class: Class,
    pub(super) kind: Kind,
    pub(super) fit: Fit,
    pub(super) depth: usize,
    pub(super) offset: usize,
    pub(super) key: String,
    /// Whether it may be the text of what holds it, in parts.
    pub(super) parts: bool,
    /// Whether its jobs stand beside the one that is told.
    pub(super) aside: bool,
}

/// What a list is taken for, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// Its key says that it holds postings.
    Named,
    /// Its first item has the names of one.
    Fitting,
    /// It is empty, under a key of postings.
    NamedEmpty,
    /// Any other.
    Other,
    /// Any other, and empty.
    Empty,
}

/// How far the names of a list's first item are those of a posting, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    Whole,
    Titled,
    Poor,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Strong(usize),
    Weak(usize),
    Any,
}

impl Kind {
    /// That of a list in an object of jobs, under a key that says nothing.
    pub(super) const INNER: Self = Self::Strong(STRONG.len());
}

impl Candidate {
    pub(super) fn is_empty(&self) -> bool {
        matches!(self.class, Class::NamedEmpty | Class::Empty)
    }

    /// Whether it holds postings by its name and theirs, and by the role in the title of the first.
    pub(super) fn holds_jobs(&self, bytes: &[u8]) -> bool {
        self.kind != Kind::Any && self.fit == Fit::Whole && is_for_role(&bytes[self.offset..])
    }

    /// Whether it may be taken before all that follows is seen.
    pub(super) fn is_likely(&self) -> bool {
        (self.class == Class::Fitting && !self.aside)
            || (matches!(self.kind, Kind::Weak(_)) && self.class == Class::Other && self.fit < Fit::Poor)
    }
}

/// The first list before the one found that stands as deep and holds postings with most of the same names: reading goes on
/// from there to the others. Unclear while an item that would tell is not whole; `all` says that no more bytes will come.
pub(super) fn first_like(lists: &[Candidate], bytes: &[u8], shape: &Shape, all: bool) -> Option<Shape> {
    let Shape::List { offset, depth, .. } = *shape else { return None };
    let is_before = |list: &&Candidate| list.depth == depth && list.fit == Fit::Whole && list.offset < offset;
    let mut before = lists.iter().filter(is_before).peekable();
    before.peek()?;
    let item = first_item(&bytes[offset..]);
    if !all && scan::value(item) == Step::More {
        return Some(Shape::Unclear);
    }
    let found = keys(item);
    let first = before.find(|list| {
        let own = keys(first_item(&bytes[list.offset..]));
        own.intersection(&found).count() * 3 >= own.len().max(found.len()) * 2
    })?;
    (fit(item) == Fit::Whole).then(|| Shape::List { offset: first.offset, depth, key: first.key.clone() })
}

/// How far the names of the object that begins `bytes`, or of one that it carries, are those of a posting.
pub(super) fn fit(bytes: &[u8]) -> Fit {
    let mut at = 1;
    while let Some((key, value)) = member(bytes, at) {
        if bytes[value] == b'{' && is_carried(key, &bytes[value..]) {
            return Fit::Whole;
        }
        match scan::value(&bytes[value..]) {
            Step::Done(length) => at = value + length,
            Step::More | Step::Broken(_) => break,
        }
    }
    let (mut named, mut titled, mut body) = (false, false, false);
    for name in names(bytes) {
        match field(name) {
            Some(Field::Title) => {
                named = true;
                titled |= !name.eq_ignore_ascii_case("name");
            }
            Some(Field::Body) => body = true,
            _ => {}
        }
    }
    match (titled, body) {
        (true, true) => Fit::Whole,
        (true, false) => Fit::Titled,
        (false, true) if named => Fit::Titled,
        (false, _) => Fit::Poor,
    }
}

/// Whether the object that begins `bytes`, under this key, is a posting that the item only carries.
fn is_carried(key: &[u8], bytes: &[u8]) -> bool {
    let keys = keys(bytes);
    let names = keys.iter().filter_map(|key| std::str::from_utf8(key).ok());
    carried::is_named(names.clone()) || carried::is_carried(&String::from_utf8_lossy(key), &names)
}

/// What a key says of the list under it.
pub(super) fn kind(key: &str) -> Kind {
    match (place(key, STRONG), place(key, WEAK)) {
        (Some(rank), _) => Kind::Strong(rank),
        (None, Some(rank)) => Kind::Weak(rank),
        (None, None) => Kind::Any,
    }
}
