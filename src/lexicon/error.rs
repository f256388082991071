//! A broken lexicon, with the place underlined as compilers do.

use std::fmt;
use std::ops::Range;

use crate::excerpt::Excerpt;

/// What is wrong with a lexicon file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconError {
    file: String,
    message: String,
    places: Vec<Excerpt>,
}

impl std::error::Error for LexiconError {}

impl LexiconError {
    /// The file as named when the lexicon was compiled.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The same under another name of the file, such as its path.
    #[must_use]
    pub fn in_file(mut self, file: String) -> Self {
        self.file = file;
        self
    }

    /// An error at byte ranges of a file's text.
    #[expect(
        clippy::unnecessary_box_returns,
        reason = "every caller returns it in a result, where a large error costs"
    )]
    pub(crate) fn new(
        file: &str,
        text: &str,
        message: impl Into<String>,
        spans: &[Range<usize>],
    ) -> Box<Self> {
        let places = spans.iter().map(|span| Excerpt::new(text, span)).collect();
        Box::new(Self { file: file.to_owned(), message: message.into(), places })
    }
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        for place in &self.places {
            place.write(f, &self.file)?;
        }
        if self.places.is_empty() {
            write!(f, "\n --> {}", self.file)?;
        }
        Ok(())
    }
}
