//! The postings that a value out of a script holds for certain, be they buried deep in the state of a page.

use std::borrow::Cow;

use super::super::carried;
use super::super::members::{keys, member, significant};
use super::super::opening::names_role;
use super::super::scan::{self, Step};
use super::super::slot::Field;
use super::super::value::Value;
use super::{Class, Fit, Shape, Walk, field, first_item, fit, is_aside, names, names_jobs};

/// The postings that a value holds for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Postings {
    /// Where they begin.
    pub(crate) offset: usize,
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
                Shape::One => match walk.job.or(walk.carried) {
                    Some(carried) => (carried, false),
                    // Much else has a title and a description.
                    None => (is_named(bytes) && is_for_role(bytes)).then_some((0, false))?,
                },
                Shape::Keyed { .. } | Shape::Unclear => return None,
            }
        }
        _ => return None,
    };
    postings(bytes, at, named)
}

/// The postings that begin at an offset, when they are whole.
fn postings(bytes: &[u8], offset: usize, named: bool) -> Option<Postings> {
    match scan::value(&bytes[offset..]) {
        Step::Done(length) => Some(Postings { offset, length, named, roles: is_for_role(&bytes[offset..]) }),
        Step::More | Step::Broken(_) => None,
    }
}

/// Whether the object that begins `bytes` has the names of a posting.
fn is_named(bytes: &[u8]) -> bool {
    carried::is_named(names(bytes))
}

/// The first posting, or list of postings, anywhere in a value: one that is called so, or whose title names a role.
pub(crate) fn buried(bytes: &[u8]) -> Option<Postings> {
    find(bytes, 0, "", 0).ok()?
}

/// Looks for a posting in the value at `at`, which stands under a key: what was found, or else where the value ends.
fn find(bytes: &[u8], at: usize, key: &str, depth: usize) -> Result<Option<Postings>, usize> {
    /// How deep a page buries what it is built from.
    const DEEPEST: usize = 16;
    let open = bytes[at];
    if !matches!(open, b'{' | b'[') || depth > DEEPEST {
        return match scan::value(&bytes[at..]) {
            Step::Done(length) => Err(at + length),
            Step::More | Step::Broken(_) => Ok(None),
        };
    }
    let is_one = if open == b'{' {
        let keys = keys(&bytes[at..]);
        let names = keys.iter().filter_map(|key| std::str::from_utf8(key).ok());
        carried::is_carried(key, &names) && (carried::names_posting(key) || is_for_role(&bytes[at..]))
    } else {
        fit(first_item(&bytes[at..])) == Fit::Whole && (names_jobs(key) || is_for_role(&bytes[at..]))
    };
    if is_one && !is_aside(key) {
        return Ok(postings(bytes, at, names_jobs(key) || carried::names_posting(key)));
    }
    let mut next = at + 1;
    loop {
        let Some(inner) = significant(bytes, next, b",") else { return Ok(None) };
        if matches!(bytes[inner], b'}' | b']') {
            return Err(inner + 1);
        }
        let (key, value) = match open {
            b'{' => match member(bytes, inner) {
                Some((key, value)) => (String::from_utf8_lossy(key), value),
                None => return Ok(None),
            },
            _ => (Cow::Borrowed(key), inner),
        };
        next = match find(bytes, value, &key, depth + 1) {
            Err(end) => end,
            found => return found,
        };
    }
}

/// Whether the title of the posting, or of the first in the list, that begins `bytes` names a role.
pub(super) fn is_for_role(bytes: &[u8]) -> bool {
    let item = if bytes.first() == Some(&b'[') { first_item(bytes) } else { bytes };
    let Step::Done(length) = scan::value(item) else { return false };
    let Ok(item) = serde_json::from_slice::<Value>(&item[..length]) else { return false };
    let inner = carried::wrapped(&item).map_or(&[][..], |wrapped| wrapped.inner.members());
    let members = item.members().iter().chain(inner);
    members
        .filter(|(name, _)| field(name) == Some(Field::Title))
        .any(|(_, title)| title.clone().into_text(" ").is_some_and(|title| names_role(&title)))
}
