//! A line of a file with a place in it underlined, as compilers show it.

use std::fmt;
use std::ops::Range;

use crate::span::Lines;

/// A place in a file and the line that it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// 1-based line.
    pub(crate) line: usize,
    /// 1-based column in Unicode scalar values.
    pub(crate) column: usize,
    /// Scalar values that are underlined, at least one.
    width: usize,
    /// The line as written.
    text: String,
}

impl Excerpt {
    /// The place of a byte range in a text; of a longer range the part on its first line.
    pub(crate) fn new(text: &str, span: &Range<usize>) -> Self {
        let position = Lines::new(text).position(span.start);
        let line = text.lines().nth(position.line - 1).unwrap_or("");
        let rest = line.chars().count().saturating_sub(position.column - 1);
        let width =
            text.get(span.clone()).map_or(1, |slice| slice.chars().take_while(|&c| c != '\n').count());
        Self {
            line: position.line,
            column: position.column,
            width: width.clamp(1, rest.max(1)),
            text: line.to_owned(),
        }
    }

    /// Writes the place in this file and the underlined line, each on a line of its own that begins with a break.
    pub(crate) fn write(&self, f: &mut fmt::Formatter<'_>, file: &str) -> fmt::Result {
        let number = self.line.to_string();
        let margin = " ".repeat(number.len());
        // Long lines are shown around the place; tabs and the like would move it.
        let from = self.column.saturating_sub(60);
        let shown: String =
            self.text.chars().skip(from).take(100).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let indent = " ".repeat(self.column - 1 - from.min(self.column - 1));
        let marks = "^".repeat(self.width.min(100));
        write!(f, "\n{margin}--> {file}:{}:{}", self.line, self.column)?;
        write!(f, "\n{margin} |\n{number} | {shown}\n{margin} | {indent}{marks}")
    }
}
