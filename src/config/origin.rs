//! Where a value of the configuration comes from.

use std::fmt;
use std::sync::Arc;

/// Who set a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Nobody: it is the program's own.
    #[default]
    Default,
    /// A line of a configuration file.
    File {
        /// The file as reports print it.
        path: Arc<str>,
        /// 1-based line.
        line: usize,
        /// 1-based column in Unicode scalar values.
        column: usize,
    },
    /// An option that was typed, such as `--fail-on`.
    Option(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.pad("default"),
            Self::File { path, line, .. } => f.pad(&format!("{path}:{line}")),
            Self::Option(name) => f.pad(name),
        }
    }
}

/// A value and who set it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Who set it.
    pub origin: Origin,
}

impl<T> Sourced<T> {
    /// A value that was typed as an option, such as `--fail-on`.
    #[must_use]
    pub fn typed(option: &'static str, value: T) -> Self {
        Self { value, origin: Origin::Option(option) }
    }
}
