//! Records of a later version: lists of names may grow, and a name that is not known here costs its row, not the
//! posting.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::outcome::{Outcome, Record};
use crate::reading::Passage;
use crate::verdict::{AreaScore, Evidence, Flag};
use crate::vocabulary::{Doubt, Zone};

/// Reads a record without those of its flags and its evidence that name what is not known; with how many these are.
pub(super) fn record(line: &[u8]) -> Result<(Outcome, u64), serde_json::Error> {
    let mut record: Value = serde_json::from_slice(line)?;
    let mut left_out = 0;
    if let Some(evidence) = record.get_mut("evidence").and_then(Value::as_array_mut) {
        evidence.iter_mut().for_each(place_in_a_zone);
    }
    let unknown = |doubt: &Value| doubt.as_str().is_some_and(|name| Doubt::from_name(name).is_none());
    if let Some(fields) = record.as_object_mut().filter(|fields| fields.get("doubt").is_some_and(unknown)) {
        fields.remove("doubt");
    }
    let (_, areas) = keep::<AreaScore>(&mut record, "areas");
    let (places, evidence) = keep::<Evidence>(&mut record, "evidence");
    if let Some(flags) = record.get_mut("flags").and_then(Value::as_array_mut) {
        for flag in flags {
            cite(&mut flag["evidence"], &places);
        }
    }
    let (_, flags) = keep::<Flag>(&mut record, "flags");
    left_out += areas + evidence + flags;
    // The marks of a text point at the evidence; it is a whole, or none.
    let reading = record.get("reading").filter(|reading| !reading.is_null());
    let whole = reading.is_none_or(|reading| evidence == 0 && is_read::<Vec<Passage>>(reading));
    if !whole && let Some(record) = record.as_object_mut() {
        record.remove("reading");
    }
    serde_json::from_value(record).map(|Record { outcome, .. }| (outcome, left_out))
}

/// A zone of another name is any other.
fn place_in_a_zone(evidence: &mut Value) {
    let known = |zone: &Value| zone.as_str().and_then(Zone::from_name).is_some();
    if let Some(zone) = evidence.get_mut("zone").filter(|zone| zone.is_string() && !known(zone)) {
        *zone = Zone::Other.name().into();
    }
}

/// Keeps the rows of a list that can be read; gives for each row its new place, and how many went.
fn keep<T: DeserializeOwned>(record: &mut Value, list: &str) -> (Vec<Option<usize>>, u64) {
    let Some(rows) = record.get_mut(list).and_then(Value::as_array_mut) else { return (Vec::new(), 0) };
    let mut kept = 0;
    let places: Vec<Option<usize>> = rows
        .iter()
        .map(|row| {
            is_read::<T>(row).then(|| {
                kept += 1;
                kept - 1
            })
        })
        .collect();
    let mut at = places.iter();
    rows.retain(|_| at.next().is_some_and(Option::is_some));
    let gone = (places.len() - kept) as u64;
    (places, gone)
}

fn is_read<T: DeserializeOwned>(value: &Value) -> bool {
    T::deserialize(value).is_ok()
}

/// Moves the indices of a flag to where its evidence stands now.
fn cite(indices: &mut Value, places: &[Option<usize>]) {
    if let Some(indices) = indices.as_array_mut() {
        let moved = |index: &Value| *places.get(usize::try_from(index.as_u64()?).ok()?)?;
        *indices = indices.iter().filter_map(moved).map(Value::from).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::outcome::SCHEMA;
    use crate::rule::Code;

    fn line() -> Value {
        let outcome = fixture::posting("Product Manager")
            .says("pm/backlog/backlog", "backlog", 1.0)
            .says("pm/roadmap/roadmap", "roadmap", 1.0)
            .flagged(Code::Rc007, "measured otherwise")
            .flagged(Code::Rc008, "no section lists the duties")
            .outcome();
        serde_json::to_value(Record { schema: SCHEMA.to_owned(), outcome }).unwrap()
    }

    #[test]
    fn a_name_that_is_not_known_costs_its_row_alone() {
        type Left = (u64, &'static [&'static str], &'static [usize]);
        const CASES: &[(&str, &str, Option<Left>)] = &[
            ("/flags/0/code", "RC050", Some((1, &["backlog", "roadmap"], &[0, 1]))),
            ("/evidence/0/role", "pom", Some((1, &["roadmap"], &[0]))),
            ("/evidence/1/actor", "shares", Some((1, &["backlog"], &[0]))),
            ("/evidence/0/zone", "team", Some((0, &["backlog", "roadmap"], &[0, 1]))),
            ("/verdict", "unheard-of", None),
        ];
        for (place, name, expected) in CASES {
            let mut line = line();
            *line.pointer_mut(place).unwrap() = (*name).into();
            let read = record(line.to_string().as_bytes());
            let Some((left_out, words, cited)) = *expected else {
                assert!(read.is_err(), "{place}");
                continue;
            };
            let (Outcome::Judged(judged), gone) = read.unwrap() else { panic!("{place}") };
            let verdict = judged.verdict;
            let found: Vec<&str> = verdict.evidence.iter().map(|found| found.text.as_str()).collect();
            assert_eq!((gone, &found[..]), (left_out, words), "{place}");
            assert_eq!(verdict.flags.last().unwrap().evidence, cited, "{place}");
        }
    }
}
