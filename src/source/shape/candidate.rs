//! A list in an object that may be the one with the postings, and what speaks for it.

use super::super::alias::place;
use super::super::carried;
use super::super::members::member;
use super::super::scan::{self, Step};
use super::super::slot::Field;
use super::{field, names};

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

impl Candidate {
    pub(super) fn is_empty(&self) -> bool {
        matches!(self.class, Class::NamedEmpty | Class::Empty)
    }

    /// Whether it may be taken before all that follows is seen.
    pub(super) fn is_likely(&self) -> bool {
        self.class == Class::Fitting
            || (matches!(self.kind, Kind::Weak(_)) && self.class == Class::Other && self.fit < Fit::Poor)
    }
}

/// How far the names of the object that begins `bytes`, or of one that it carries, are those of a posting.
pub(super) fn fit(bytes: &[u8]) -> Fit {
    let mut at = 1;
    while let Some((_, value)) = member(bytes, at) {
        if bytes[value] == b'{' && carried::is_named(names(&bytes[value..])) {
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

/// What a key says of the list under it.
pub(super) fn kind(key: &str) -> Kind {
    match (place(key, STRONG), place(key, WEAK)) {
        (Some(rank), _) => Kind::Strong(rank),
        (None, Some(rank)) => Kind::Weak(rank),
        (None, None) => Kind::Any,
    }
}
