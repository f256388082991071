//! The formats that `--format` takes: layouts of files, and what known systems write.

use std::fmt;
use std::str::FromStr;

use super::dialect::{self, Dialect};

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON object a line.
    JsonLines,
    /// A JSON list, or an object with a list inside.
    Json,
    /// Values between commas, or semicolons or bars where the header shows them.
    Csv,
    /// Values between tabs.
    Tsv,
    /// One posting in plain text.
    Text,
    /// One posting in Markdown.
    Markdown,
    /// One posting as a web page.
    Html,
    /// A posting an element.
    Xml,
    /// One posting as a Word document.
    Docx,
    /// YAML, laid out as JSON may be.
    Yaml,
    /// The pages that a crawler stored.
    Warc,
    /// A row a posting, in columns.
    #[cfg(feature = "parquet")]
    Parquet,
    /// What a known system writes.
    Of(&'static Dialect),
}

impl Format {
    /// The formats that are no system's own.
    const LAYOUTS: &'static [Self] = &[
        Self::JsonLines,
        Self::Json,
        Self::Csv,
        Self::Tsv,
        Self::Text,
        Self::Markdown,
        Self::Html,
        Self::Xml,
        Self::Docx,
        Self::Yaml,
        Self::Warc,
        #[cfg(feature = "parquet")]
        Self::Parquet,
    ];

    /// Every format, in the order of help texts.
    pub const ALL: &'static [Self] = &{
        let mut all = [Self::JsonLines; Self::LAYOUTS.len() + dialect::COUNT];
        let mut at = 0;
        while at < Self::LAYOUTS.len() {
            all[at] = Self::LAYOUTS[at];
            at += 1;
        }
        let mut list = 0;
        while list < dialect::LISTS.len() {
            let dialects = dialect::LISTS[list];
            let mut row = 0;
            while row < dialects.len() {
                all[at] = Self::Of(&dialects[row]);
                (at, row) = (at + 1, row + 1);
            }
            list += 1;
        }
        all
    };

    /// The system that writes it, when it is one's own.
    pub(crate) fn dialect(self) -> Option<&'static Dialect> {
        match self {
            Self::Of(dialect) => Some(dialect),
            _ => None,
        }
    }

    /// The name that `--format` takes.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::JsonLines => "jsonl",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Xml => "xml",
            Self::Docx => "docx",
            Self::Yaml => "yaml",
            Self::Warc => "warc",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
            Self::Of(dialect) => dialect.name,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A name that no input format has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown input format \"{0}\"; the formats are {formats}", formats = names())]
pub struct UnknownFormat(String);

fn names() -> String {
    let names: Vec<_> = Format::ALL.iter().map(|format| format.name()).collect();
    names.join(", ")
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::ALL
            .iter()
            .copied()
            .find(|format| format.name().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}
