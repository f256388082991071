//! The rows of all postings as data for the script, small: names that repeat are written once.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::report::audit::{Listing, Row};
use crate::report::safe;
use crate::vocabulary::{Claim, Described, Ruling};

/// What the script reads.
#[derive(Serialize)]
struct Island<'a> {
    verdicts: Vec<&'static str>,
    claims: Vec<&'static str>,
    descriptions: Vec<&'static str>,
    companies: Vec<&'a str>,
    locations: Vec<&'a str>,
    paths: Vec<String>,
    rows: Vec<Entry<'a>>,
}

/// Title, company, location, claimed, described, verdict, confidence and share of product management in thousandths
/// (the share −1 for none), path, record, line (0 for none), number of the card (−1 for none). Names are places in the lists, −1 for none.
type Entry<'a> = (&'a str, i64, i64, usize, usize, usize, i64, i64, i64, u64, u64, i64);

/// Numbers names in the order of their first use.
#[derive(Default)]
struct Names<'a> {
    numbers: BTreeMap<&'a str, i64>,
    list: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn number(&mut self, name: Option<&'a str>) -> i64 {
        let Some(name) = name else { return -1 };
        *self.numbers.entry(name).or_insert_with(|| {
            self.list.push(name);
            i64::try_from(self.list.len() - 1).unwrap_or(-1)
        })
    }
}

/// The rows as JSON that can stand inside a `script` element: no `<` begins a tag or a comment in it.
pub(super) fn json(listing: &Listing) -> String {
    let mut cards =
        listing.cards().into_iter().enumerate().map(|(number, card)| (card.row, number)).peekable();
    let (mut companies, mut locations, mut paths) = (Names::default(), Names::default(), Names::default());
    let mut rows = Vec::new();
    for (at, row) in listing.rows().enumerate() {
        let Row { title, company, location, claimed, described, verdict, confidence, pm_share, source } = row;
        let card = cards.next_if(|&(row, _)| row == at).and_then(|(_, number)| i64::try_from(number).ok());
        rows.push((
            title.as_deref().unwrap_or(""),
            companies.number(company.as_deref()),
            locations.number(location.as_deref()),
            place(Claim::ALL, *claimed),
            place(Described::ALL, *described),
            place(Ruling::ALL, *verdict),
            thousandths(*confidence),
            pm_share.map_or(-1, thousandths),
            paths.number(Some(&source.path)),
            source.record,
            source.line.unwrap_or(0),
            card.unwrap_or(-1),
        ));
    }
    let island = Island {
        verdicts: Ruling::ALL.iter().map(|ruling| ruling.name()).collect(),
        claims: Claim::ALL.iter().map(|claimed| claimed.name()).collect(),
        descriptions: Described::ALL.iter().map(|described| described.name()).collect(),
        companies: companies.list,
        locations: locations.list,
        paths: paths.list.into_iter().map(|path| safe::line(path, 400)).collect(),
        rows,
    };
    data(&island)
}

/// A value as JSON that can stand inside a `script` element.
pub(super) fn data(value: &impl Serialize) -> String {
    let mut out = Vec::new();
    // Writing to memory cannot fail, and the types hold nothing that JSON does not.
    let written = safe::json(&mut out, value).ok().and_then(|()| String::from_utf8(out).ok());
    escaped(&written.unwrap_or_default())
}

/// In JSON `<`, `>` and `&` stand inside strings only, where their escapes mean the same.
fn escaped(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn place<T: Copy + PartialEq>(all: &[T], value: T) -> usize {
    all.iter().position(|known| *known == value).unwrap_or(0)
}

#[expect(clippy::cast_possible_truncation, reason = "a share of 1 in thousandths")]
fn thousandths(share: f64) -> i64 {
    (share.clamp(0.0, 1.0) * 1000.0).round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::report::audit::{Audit, Limits};

    #[test]
    fn rows_read_back_and_hold_no_markup() {
        let mut audit = Audit::new(Limits::default());
        let title = "</script><script>alert(1)</script> & <!-- \u{2028}";
        audit.add(&fixture::posting(title).company("A & B").outcome());
        audit.add(&fixture::posting("Product Manager").company("A & B").outcome());
        let json = json(&audit.listing);
        assert!(!json.contains(['<', '>', '&', '\u{2028}']), "{json}");
        let data: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(data["rows"][0][0], "</script><script>alert(1)</script> & <!--");
        assert_eq!((&data["rows"][1][1], &data["companies"][0]), (&0.into(), &"A & B".into()));
    }
}
