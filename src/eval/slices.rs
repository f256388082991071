//! The accuracy within parts of the postings: where it is weak shows here.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::case::Case;
use crate::proportion::Proportion;

/// A company needs this many postings to be listed.
const COMPANY: u64 = 5;

/// The accuracy within one part of the postings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Slice {
    /// What the postings were parted by: `length`, `claims`, `confidence` or `company`. More may come.
    pub by: String,
    /// The part.
    pub part: String,
    /// How many of it are right.
    pub right: Proportion,
}

/// Parts the postings by length of the text, title claim, confidence of the label, and company.
#[must_use]
pub fn slices(cases: &[Case]) -> Vec<Slice> {
    let mut slices = part(cases, "length", |case| Some(length(case.bytes)));
    slices.extend(part(cases, "claims", |case| Some((0, case.label.claims?.name()))));
    slices.extend(part(cases, "confidence", |case| {
        let confidence = case.label.confidence.as_deref()?;
        let known = ["high", "medium", "low"].iter().position(|known| *known == confidence).unwrap_or(3);
        Some((known, confidence))
    }));
    let company = |case| Some((0, Case::group(case)?));
    slices.extend(part(cases, "company", company).into_iter().filter(|slice| slice.right.of >= COMPANY));
    slices
}

fn length(bytes: usize) -> (usize, &'static str) {
    match bytes {
        0..1_000 => (0, "under 1,000 bytes"),
        1_000..3_000 => (1, "1,000 to 2,999 bytes"),
        3_000..6_000 => (2, "3,000 to 5,999 bytes"),
        _ => (3, "6,000 bytes and more"),
    }
}

/// The accuracy by what `key` says, in the order of the keys.
fn part<'a>(cases: &'a [Case], by: &str, key: impl Fn(&'a Case) -> Option<(usize, &'a str)>) -> Vec<Slice> {
    let mut parts: BTreeMap<(usize, &str), (u64, u64)> = BTreeMap::new();
    for case in cases {
        if let Some(key) = key(case) {
            let (right, of) = parts.entry(key).or_default();
            *right += u64::from(case.is_right());
            *of += 1;
        }
    }
    parts
        .into_iter()
        .map(|((_, part), (right, of))| Slice {
            by: by.to_owned(),
            part: part.to_owned(),
            right: Proportion::new(right, of),
        })
        .collect()
}
