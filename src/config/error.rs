//! A configuration that cannot be used, with the place underlined.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::excerpt::Excerpt;

/// What is wrong with the configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}: {reason}")]
    Unreadable {
        /// The file as reports print it.
        path: String,
        /// What is in the way.
        reason: String,
    },
    /// Two files of one folder.
    #[error("both {0} and {1} configure the same folder: keep one of them")]
    Twice(String, String),
    /// Something in the file is wrong.
    #[error("{0}")]
    Invalid(Box<Invalid>),
}

/// What is wrong in a configuration file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    file: Arc<str>,
    message: String,
    place: Option<Excerpt>,
}

impl ConfigError {
    /// A complaint about a byte range of a file's text.
    pub(crate) fn at(
        file: &Arc<str>,
        text: &str,
        span: Option<&Range<usize>>,
        message: impl Into<String>,
    ) -> Self {
        let place = span.map(|span| Excerpt::new(text, span));
        Self::Invalid(Box::new(Invalid { file: Arc::clone(file), message: message.into(), place }))
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        match &self.place {
            Some(place) => place.write(f, &self.file),
            None => write!(f, "\n --> {}", self.file),
        }
    }
}
