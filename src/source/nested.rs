//! A row whose columns are named by paths, such as `job.company.name`, or whose cells hold printed objects, as the record
//! that it was made of.

use super::around::Around;
use super::dialect::{Dialect, Told};
use super::field::Mapping;
use super::gather::Gathered;
use super::printed;
use super::reading;
use super::usual;
use super::value::Value;

/// How many steps a path may have.
const DEEPEST: usize = 8;

/// The steps of a name that is a path, be it `a.b`, `a/0` or `a[0]`; `None` for any other name.
pub(super) fn steps(name: &str) -> Option<Vec<&str>> {
    let steps: Vec<_> =
        name.split(['.', '/', '[']).map(|step| step.strip_suffix(']').unwrap_or(step)).collect();
    let is_name = |step: &&str| {
        !step.is_empty()
            && step
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'@' | b'$'))
    };
    ((2..=DEEPEST).contains(&steps.len()) && steps.iter().all(is_name)).then_some(steps)
}

/// How much of each name is the step that all of them share, with what sets it apart: tables made of wrapped records.
pub(super) fn shared<'n>(mut names: impl Iterator<Item = &'n str>) -> usize {
    let length = |name: &str| name.find(['.', '/']).filter(|_| steps(name).is_some()).map(|at| at + 1);
    let Some((first, length)) = names.next().and_then(|first| Some((first, length(first)?))) else {
        return 0;
    };
    let (mut others, shared) = (0, &first[..length]);
    let all = names.all(|name| {
        others += 1;
        name.starts_with(shared)
    });
    if all && others > 0 { length } else { 0 }
}

/// What a row says when it is read as the record that it was made of, with `gathered`, which its names say by themselves.
pub(super) fn read(record: &Value, gathered: Gathered, mapping: &Mapping) -> Gathered {
    let around = Around::default();
    let dialect = Dialect::of(usual::marks(record), false).map(|(dialect, _)| dialect);
    if let Some(read) = dialect.and_then(|dialect| reading::read(dialect, record, &around, mapping)) {
        let mut read = read;
        read.fill(gathered);
        return read;
    }
    let mut gathered = gathered;
    let mut inside = usual::read(record, mapping);
    if inside.may_carry()
        && let Some(read) = usual::inside(record, &around, mapping)
    {
        inside = read;
    }
    gathered.fill(inside);
    gathered
}

/// The dialect of such a record, and where it has what.
pub(super) fn told(record: &Value) -> Option<Told> {
    let around = Around::default();
    let (dialect, names) = Dialect::of(usual::marks(record), false)?;
    reading::read(dialect, record, &around, &Mapping::default())?;
    Some(Told { dialect, names, places: reading::places(dialect, record, &around) })
}

/// The record whose columns these are.
pub(super) fn record<'c>(cells: impl Iterator<Item = (&'c str, &'c str)>) -> Value {
    let mut members = Vec::new();
    // What has no name, such as the number of a row, is no field.
    for (name, cell) in cells.filter(|(name, _)| !name.is_empty()) {
        let value = printed::value(cell).unwrap_or_else(|| Value::Text(cell.to_owned()));
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
