//! A broken lexicon, with the place underlined as compilers do.

use std::fmt;
use std::ops::Range;

use crate::span::Lines;

/// What is wrong with a lexicon file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconError {
    file: String,
    message: String,
    places: Vec<Place>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    line: usize,
    column: usize,
    width: usize,
    text: String,
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
        let lines = Lines::new(text);
        let places = spans
            .iter()
            .map(|span| {
                let position = lines.position(span.start);
                let line = text.lines().nth(position.line - 1).unwrap_or("");
                let rest = line.chars().count().saturating_sub(position.column - 1);
                let width = text
                    .get(span.clone())
                    .map_or(1, |slice| slice.chars().take_while(|&c| c != '\n').count());
                Place {
                    line: position.line,
                    column: position.column,
                    width: width.clamp(1, rest.max(1)),
                    text: line.to_owned(),
                }
            })
            .collect();
        Box::new(Self { file: file.to_owned(), message: message.into(), places })
    }
}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message)?;
        for place in &self.places {
            let number = place.line.to_string();
            let margin = " ".repeat(number.len());
            // Long lines are shown around the place.
            let from = place.column.saturating_sub(60);
            let shown: String = place.text.chars().skip(from).take(100).collect();
            let indent = " ".repeat(place.column - 1 - from.min(place.column - 1));
            let marks = "^".repeat(place.width.min(100));
            write!(f, "\n{margin}--> {}:{}:{}", self.file, place.line, place.column)?;
            write!(f, "\n{margin} |\n{number} | {shown}\n{margin} | {indent}{marks}")?;
        }
        if self.places.is_empty() {
            write!(f, "\n --> {}", self.file)?;
        }
        Ok(())
    }
}
