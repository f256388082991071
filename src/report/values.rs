//! The values of a configuration with where each comes from: as a table for a person, or as JSON.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

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

/// The values as one JSON object.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Values {
    /// Always `rolecall.values/1`.
    pub schema: &'static str,
    /// The file that they hold for; null for the working directory.
    pub file: Option<String>,
    /// The configuration file; null when there is none.
    pub config: Option<String>,
    /// Hash of the settings, as summaries carry it.
    pub configuration: String,
    /// Every value, in the order of the documentation.
    pub values: Vec<Set>,
}

/// A value and who set it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Set {
    /// The key, as in the configuration file; dots lead into tables.
    pub key: String,
    /// The value.
    pub value: Value,
    /// Who set it.
    #[serde(flatten)]
    pub from: Setter,
}

/// Who set a value.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(tag = "from", rename_all = "kebab-case")]
pub enum Setter {
    /// The program.
    Default,
    /// A configuration file.
    File {
        /// The file.
        path: String,
        /// 1-based line.
        line: usize,
        /// 1-based column.
        column: usize,
    },
    /// Whoever typed an option.
    Option {
        /// The option.
        option: &'static str,
    },
}

impl Values {
    /// The values that hold for a file, or in the working directory.
    #[must_use]
    pub fn new(effective: &Effective, of: Option<&str>) -> Self {
        let set = |Entry { key, value, origin }: &Entry| Set {
            key: key.clone(),
            value: value.clone(),
            from: match origin {
                Origin::Default => Setter::Default,
                Origin::File { path, line, column } => {
                    Setter::File { path: path.to_string(), line: *line, column: *column }
                }
                Origin::Option(option) => Setter::Option { option },
            },
        };
        Self {
            schema: SCHEMA,
            file: of.map(str::to_owned),
            config: effective.config.as_deref().map(str::to_owned),
            configuration: effective.settings.hash().to_string(),
            values: effective.entries.iter().map(set).collect(),
        }
    }
}

/// Writes [`Values`] for a person and a program alike.
///
/// # Errors
/// The writer refuses.
pub fn json(out: &mut dyn Write, effective: &Effective, of: Option<&str>) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Values::new(effective, of))?;
    writeln!(out)
}
