//! The members of a JSON object of which the end may not be at hand.

use std::collections::BTreeSet;

use super::scan::{self, Step};

/// The keys of the object that begins `bytes`, as far as it goes.
pub(super) fn keys(bytes: &[u8]) -> BTreeSet<&[u8]> {
    let mut keys = BTreeSet::new();
    let mut at = 1;
    // Ends at the brace, and wherever something is wrong.
    while let Some((key, value)) = member(bytes, at) {
        keys.insert(key);
        match scan::value(&bytes[value..]) {
            Step::Done(length) => at = value + length,
            Step::More | Step::Broken(_) => break,
        }
    }
    keys
}

/// The key at or behind `at`, and the offset of its value.
pub(super) fn member(bytes: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let at = significant(bytes, at, b",")?;
    if bytes[at] != b'"' {
        return None;
    }
    let Step::Done(length) = scan::value(&bytes[at..]) else { return None };
    let colon = significant(bytes, at + length, b"")?;
    if bytes[colon] != b':' {
        return None;
    }
    Some((&bytes[at + 1..at + length - 1], significant(bytes, colon + 1, b"")?))
}

/// Offset of the next byte that is neither white space nor in `also`.
pub(super) fn significant(bytes: &[u8], at: usize, also: &[u8]) -> Option<usize> {
    let skip = |byte: &u8| byte.is_ascii_whitespace() || also.contains(byte);
    Some(at + bytes.get(at..)?.iter().position(|byte| !skip(byte))?)
}
