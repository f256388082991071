//! Writes what `check` found: one small file for each format.
//!
//! Each format takes a whole [`CheckRun`] and computes nothing but layout. Posting text reaches none
//! of them unescaped: it never becomes a workflow command, markup or a terminal escape. Columns are
//! given in each format's own unit.

use std::io::{self, Write};
use std::str::FromStr;

use crate::problem::CheckRun;

mod path;
mod place;
mod tally;
mod unique;
mod window;
mod snippet;
pub mod text;
pub mod github;
pub mod sarif;
pub mod gitlab;
pub mod junit;
pub mod rdjsonl;
pub mod json;
pub mod markdown;
#[cfg(test)]
pub(crate) mod testing;

pub use path::Base;

/// Characters of a message that are written at most; a title can be a megabyte long.
const LONGEST: usize = 2000;

names! {
    /// The formats of `check`.
    #[derive(Default)]
    Format {
        /// Snippets with the words underlined, for a person.
        #[default]
        Text = "text",
        /// Annotations on the lines of a pull request, by GitHub's workflow commands.
        Github = "github",
        /// SARIF 2.1.0, for code scanning.
        Sarif = "sarif",
        /// GitLab's Code Quality report.
        Gitlab = "gitlab",
        /// `JUnit` XML, for test reports.
        Junit = "junit",
        /// Reviewdog's diagnostics, one a line.
        Rdjsonl = "rdjsonl",
        /// Everything, as one JSON object.
        Json = "json",
        /// A table for a comment on a pull request.
        Markdown = "markdown",
    }
}

/// A name that no format of `check` has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown format \"{name}\": give one of {}{}", Format::names(), hint(.name))]
pub struct UnknownFormat {
    /// The name as typed.
    pub name: String,
}

/// How a run is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether text for a person is coloured.
    pub color: bool,
    /// Columns that text for a person may fill.
    pub width: usize,
    /// What paths are made relative to, where a format asks for paths from the root of the repository.
    pub base: Base,
}

impl Default for Options {
    fn default() -> Self {
        Self { color: false, width: 100, base: Base::default() }
    }
}

/// Writes the run in this format and flushes. `out` is best buffered.
///
/// For the step summary of a GitHub workflow, append [`Format::Markdown`] to the file that
/// `GITHUB_STEP_SUMMARY` names.
///
/// # Errors
///
/// The writer refuses; a closed pipe is [`io::ErrorKind::BrokenPipe`].
pub fn write(format: Format, out: &mut dyn Write, run: &CheckRun, options: &Options) -> io::Result<()> {
    match format {
        Format::Text => text::write(out, run, options),
        Format::Github => github::write(out, run, options),
        Format::Sarif => sarif::write(out, run, options),
        Format::Gitlab => gitlab::write(out, run, options),
        Format::Junit => junit::write(out, run, options),
        Format::Rdjsonl => rdjsonl::write(out, run),
        Format::Json => json::write(out, run),
        Format::Markdown => markdown::write(out, run, options),
    }?;
    out.flush()
}

impl Format {
    /// All names, for help and errors.
    #[must_use]
    pub fn names() -> String {
        Self::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ")
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::from_name(&name.to_ascii_lowercase()).ok_or_else(|| UnknownFormat { name: name.to_owned() })
    }
}

/// What somebody who typed a file name instead of a format meant.
fn hint(name: &str) -> String {
    let format = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("txt") => Format::Text,
        Some("sarif") => Format::Sarif,
        Some("xml") => Format::Junit,
        Some("jsonl") => Format::Rdjsonl,
        Some("json") => Format::Json,
        Some("md") => Format::Markdown,
        _ => return String::new(),
    };
    format!("; for a file write {format}={name}")
}

#[cfg(test)]
mod tests {
    use super::testing::{hostile, run, written};
    use super::*;

    #[test]
    fn names_parse_back_and_an_unknown_one_gets_those_that_are_known() {
        for &format in Format::ALL {
            assert_eq!(format.name().to_uppercase().parse(), Ok(format));
        }
        let error = "out.sarif".parse::<Format>().unwrap_err().to_string();
        assert!(error.contains("text, github, sarif"), "{error}");
        assert!(error.ends_with("; for a file write sarif=out.sarif"), "{error}");
        assert!("yaml".parse::<Format>().unwrap_err().to_string().ends_with("markdown"));
    }

    #[test]
    fn no_format_lets_posting_text_act() {
        for &format in Format::ALL {
            let page = written(format, &hostile());
            let lines = || page.lines().map(str::trim_start);
            let commands = lines().filter(|line| line.starts_with("::"));
            let ours = commands.filter(|line| {
                ["::error ", "::warning ", "::notice "].iter().any(|level| line.starts_with(level))
            });
            let allowed = usize::from(format == Format::Github);
            assert_eq!(ours.count(), allowed, "{format}:\n{page}");
            assert_eq!(lines().filter(|line| line.starts_with("::")).count(), allowed, "{format}:\n{page}");
            for bad in ["##[", "##vso[", "\x1b", "\u{9b}", "\u{202e}", "\0", "\r", "\u{2028}"] {
                assert!(!page.contains(bad), "{format} lets {bad:?} through:\n{page}");
            }
            let markup = matches!(format, Format::Junit | Format::Markdown);
            assert!(!markup || !page.contains("<script"), "{format}:\n{page}");
        }
    }

    #[test]
    fn every_format_writes_something_whole_for_a_run_with_nothing() {
        for &format in Format::ALL {
            let page = written(format, &CheckRun::default());
            assert!(format == Format::Rdjsonl || page.ends_with('\n'), "{format}: {page:?}");
        }
    }

    #[test]
    fn the_same_run_gives_the_same_bytes() {
        for &format in Format::ALL {
            assert_eq!(written(format, &run()), written(format, &run()), "{format}");
        }
    }
}
