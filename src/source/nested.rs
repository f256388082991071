//! A row whose columns are named by paths, such as `job.company.name`, as the record that it was made of.

use super::around::Around;
use super::dialect::Dialect;
use super::field::Mapping;
use super::gather::Gathered;
use super::reading;
use super::usual;
use super::value::Value;

/// How many steps a path may have.
const DEEPEST: usize = 8;

/// The steps of a name that is a path; `None` for any other name.
pub(super) fn steps(name: &str) -> Option<Vec<&str>> {
    let steps: Vec<_> = name.split(['.', '/']).collect();
    let is_name = |step: &&str| {
        !step.is_empty()
            && step
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'@' | b'$'))
    };
    ((2..=DEEPEST).contains(&steps.len()) && steps.iter().all(is_name)).then_some(steps)
}

/// What a row says when it is read as the record that it was made of, with `gathered`, which its names say by themselves.
pub(super) fn read<'c>(
    cells: impl Iterator<Item = (&'c str, &'c str)>,
    gathered: Gathered,
    mapping: &Mapping,
) -> Gathered {
    let record = record(cells);
    let around = Around::default();
    let dialect = Dialect::of(usual::marks(&record), false).map(|(dialect, _)| dialect);
    if let Some(read) = dialect.and_then(|dialect| reading::read(dialect, &record, &around, mapping)) {
        let mut read = read;
        read.fill(gathered);
        return read;
    }
    let mut gathered = gathered;
    let mut inside = usual::read(&record, mapping);
    if inside.is_nameless()
        && let Some(read) = usual::inside(&record, &around, mapping)
    {
        inside = read;
    }
    gathered.fill(inside);
    gathered
}

/// The record whose columns these are.
fn record<'c>(cells: impl Iterator<Item = (&'c str, &'c str)>) -> Value {
    let mut members = Vec::new();
    for (name, cell) in cells {
        let parsed = cell.trim_start().starts_with(['[', '{']).then(|| serde_json::from_str(cell).ok());
        let value = parsed.flatten().unwrap_or_else(|| Value::Text(cell.to_owned()));
        put(&mut members, &steps(name).unwrap_or_else(|| vec![name]), value);
    }
    listed(Value::Object(members))
}

/// Puts a value at the end of a path; where a text stands on the way, it stays.
fn put(members: &mut Vec<(String, Value)>, steps: &[&str], value: Value) {
    let [step, rest @ ..] = steps else { return };
    let known = members.iter().position(|(name, _)| name == step);
    match (known, rest) {
        (None, []) => members.push(((*step).to_owned(), value)),
        (None, rest) => {
            let mut inner = Vec::new();
            put(&mut inner, rest, value);
            members.push(((*step).to_owned(), Value::Object(inner)));
        }
        (Some(at), rest) => {
            if let (Value::Object(inner), [_, ..]) = (&mut members[at].1, rest) {
                put(inner, rest, value);
            }
        }
    }
}

/// The value with lists in the place of objects whose names are numbers.
fn listed(value: Value) -> Value {
    let Value::Object(members) = value else { return value };
    let numbered = members.iter().all(|(name, _)| name.bytes().all(|byte| byte.is_ascii_digit()));
    let members = members.into_iter().map(|(name, value)| (name, listed(value)));
    if numbered {
        Value::List(members.map(|(_, value)| value).collect())
    } else {
        Value::Object(members.collect())
    }
}
