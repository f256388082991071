//! The values of a configuration with where each comes from: as a table for a person, or as JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::paint::Paint;
use super::safe::line;
use super::text::left;
use crate::config::Origin;
use crate::rule::Code;
use crate::settings::{Effective, Entry};

/// Schema of the JSON.
pub const SCHEMA: &str = "rolecall.values/1";

/// Most characters of a value that the table shows.
const LONGEST: usize = 400;

/// Values that are longer than this do not widen their column.
const WIDEST: usize = 40;

/// Writes a table: key, value, origin.
///
/// # Errors
/// The writer refuses.
pub fn table(out: &mut dyn Write, effective: &Effective, of: Option<&str>, color: bool) -> io::Result<()> {
    let paint = Paint::new(color);
    let subject = of.map_or_else(|| "here".to_owned(), |file| format!("for {}", line(file, LONGEST)));
    let source = match &effective.config {
        Some(config) => format!("configured by {}", line(config, LONGEST)),
        None => "without a configuration file".to_owned(),
    };
    writeln!(out, "{}\n", paint.bold(&format!("What holds {subject}, {source}")))?;
    let rows: Vec<[String; 3]> = effective.entries.iter().map(row).collect();
    let width = |column: usize| {
        let lengths = rows.iter().map(|row| row[column].chars().count());
        lengths.filter(|length| *length <= WIDEST).max().unwrap_or(0)
    };
    let (key, value) = (width(0), width(1));
    for ([name, text, origin], entry) in rows.iter().zip(&effective.entries) {
        let (text, origin) = (left(text, value), line(origin, LONGEST));
        match entry.origin {
            Origin::Default => writeln!(out, "{}  {text}  {}", left(name, key), paint.dim(&origin))?,
            Origin::File { .. } | Origin::Option(_) => {
                writeln!(out, "{}  {}  {origin}", left(name, key), paint.bold(&text))?;
            }
        }
    }
    Ok(())
}

fn row(entry: &Entry) -> [String; 3] {
    let rule = entry.key.strip_prefix("rules.").and_then(Code::parse);
    let key = rule.map_or_else(|| entry.key.clone(), |code| format!("{} {}", entry.key, code.rule().name));
    [key, line(&words(&entry.value), LONGEST), entry.origin.to_string()]
}

/// A value as a person would say it.
fn words(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(all) if all.is_empty() => "none".to_owned(),
        Value::Array(all) => all.iter().map(words).collect::<Vec<_>>().join(", "),
        Value::Object(_) => {
            let part = |before: &str, key: &str| match &value[key] {
                Value::Null => String::new(),
                value => format!("{before}{}", words(value)),
            };
            [
                part("", "rule"),
                part(" in ", "files"),
                part(" of posting ", "id"),
                part(" until ", "expires"),
                part(": ", "reason"),
            ]
            .concat()
        }
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// Writes one JSON object: `file`, `config`, and under `values` key, value and `from` (default, file with `path`,
/// `line` and `column`, or option with `option`).
///
/// # Errors
/// The writer refuses.
pub fn json(out: &mut dyn Write, effective: &Effective, of: Option<&str>) -> io::Result<()> {
    let values: Vec<Value> = effective
        .entries
        .iter()
        .map(|Entry { key, value, origin }| {
            let mut entry = json!({ "key": key, "value": value });
            match origin {
                Origin::Default => entry["from"] = "default".into(),
                Origin::File { path, line, column } => {
                    entry["from"] = "file".into();
                    entry["path"] = (&**path).into();
                    entry["line"] = (*line).into();
                    entry["column"] = (*column).into();
                }
                Origin::Option(name) => {
                    entry["from"] = "option".into();
                    entry["option"] = (*name).into();
                }
            }
            entry
        })
        .collect();
    let whole = json!({
        "schema": SCHEMA,
        "file": of,
        "config": effective.config.as_deref(),
        "configuration": &*effective.settings.hash(),
        "values": values,
    });
    writeln!(out, "{whole:#}")
}
