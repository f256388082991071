//! Places in a text: half-open byte ranges, and the line and column a person would name.

use std::sync::OnceLock;

use memchr::memchr_iter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Half-open byte range `start..end` into some text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range from `start` up to, not including, `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the range holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The words the span covers; empty when the span does not fit `text`.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

/// The nearest character boundary at or before the offset.
pub(crate) fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// A line and a column as an editor shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// 1-based line; lines end at `\n`.
    pub line: usize,
    /// 1-based column in Unicode scalar values.
    pub column: usize,
}

/// Finds the line and column of byte offsets in one text.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// Characters before each block of bytes; counted when a long line is met, so that not all of it is counted
    /// over again for each place on it.
    counted: OnceLock<Vec<usize>>,
}

/// Bytes of a block.
const BLOCK: usize = 4096;

impl<'t> Lines<'t> {
    /// Notes where the lines of `text` begin.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let starts = std::iter::once(0).chain(memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        Self { text, starts, counted: OnceLock::new() }
    }

    /// The text itself.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Where the 1-based line stands, without its line end; a number past the end names the last line.
    #[must_use]
    pub fn range(&self, line: usize) -> Span {
        let at = line.clamp(1, self.starts.len()) - 1;
        let start = self.starts[at];
        let end = self.starts.get(at + 1).map_or(self.text.len(), |next| next - 1);
        let line = &self.text[start..end];
        Span::new(start, start + line.strip_suffix('\r').unwrap_or(line).len())
    }

    /// Line and column of the byte at `offset`; offsets past the end name the end.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|&start| start <= offset);
        let start = self.starts[line - 1];
        let column = if offset - start <= BLOCK {
            characters(&self.text.as_bytes()[start..offset])
        } else {
            self.before(offset) - self.before(start)
        };
        Position { line, column: column + 1 }
    }

    /// How many characters begin before the offset.
    fn before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let counted = self.counted.get_or_init(|| {
            let blocks = bytes.chunks(BLOCK).scan(0, |sum, block| {
                *sum += characters(block);
                Some(*sum)
            });
            std::iter::once(0).chain(blocks).collect()
        });
        let block = offset / BLOCK;
        counted[block] + characters(&bytes[block * BLOCK..offset])
    }
}

/// How many characters begin in the bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_scalar_values_and_lines_start_at_one() {
        const CASES: &[(&str, &str, usize, (usize, usize))] = &[
            ("start", "abc", 0, (1, 1)),
            ("second line", "ab\ncd", 4, (2, 2)),
            ("after an accent", "é x", 3, (1, 3)),
            ("past the end", "ab", 99, (1, 3)),
            ("empty", "", 0, (1, 1)),
        ];
        for (name, text, offset, (line, column)) in CASES {
            let found = Lines::new(text).position(*offset);
            assert_eq!((found.line, found.column), (*line, *column), "{name}");
        }
    }

    #[test]
    fn places_on_a_long_line_are_those_that_counting_gives() {
        let text = format!("short\n{}\nend", "aé漢🚀".repeat(BLOCK));
        let lines = Lines::new(&text);
        let near = |block: usize| (block * BLOCK).saturating_sub(3)..=block * BLOCK + 3;
        for offset in (0..12).flat_map(near).chain([text.len() - 4, text.len() - 1, text.len()]) {
            let offset = offset.min(text.len());
            let before = &text.as_bytes()[..offset];
            let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
            assert_eq!(lines.position(offset).column, characters(&before[start..]) + 1, "{offset}");
        }
    }
}
