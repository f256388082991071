//! A place in a file as its author wrote it, with the lines around it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::span::{Lines, Span, floor};

/// Most lines of a region that are kept: the first ones and the last.
const LINES: usize = 6;

/// Characters kept of a line before the region's words.
const BEFORE: usize = 160;

/// Characters kept of a line from the first of the region's words on.
const AFTER: usize = 320;

/// Where something stands in a file.
///
/// A draft has words at an exact place, a record of a CSV file often only a line, and a `.docx`
/// paragraphs instead of lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Region {
    /// What `line` and `end_line` count.
    pub unit: Unit,
    /// 1-based first line.
    pub line: usize,
    /// 1-based last line; the same where all stands on one.
    pub end_line: usize,
    /// The exact place on these lines; null where only the lines are known.
    pub span: Option<Extent>,
    /// The lines as written, for showing: the first ones and the last. Empty where only the number is known.
    pub excerpt: Vec<Excerpt>,
}

/// What the lines of a region are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Lines of a text file, which end at `\n`.
    Line,
    /// Paragraphs of a document.
    Paragraph,
}

/// Where the words of a region begin and end; ends are exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Extent {
    /// First byte in the file; in the paragraph where lines are paragraphs.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// 1-based column on `line`, in Unicode scalar values.
    pub column: usize,
    /// 1-based column on `end_line` of what follows the words, in Unicode scalar values.
    pub end_column: usize,
    /// 1-based column on `line`, in bytes of UTF-8.
    pub byte_column: usize,
    /// 1-based column on `end_line` of what follows the words, in bytes of UTF-8.
    pub end_byte_column: usize,
}

/// One line of a region, or the part of a long line around the region's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Excerpt {
    /// 1-based number of the line.
    pub line: usize,
    /// The text as written, without the line end.
    pub text: String,
    /// How many Unicode scalar values of the line were cut off before the text.
    pub before: usize,
    /// Whether some of the line was cut off after the text.
    pub cut: bool,
}

impl Region {
    /// The words at `span` of a text file; a span past the end names the end.
    #[must_use]
    pub fn words(lines: &Lines, span: Span) -> Self {
        let text = lines.text();
        let start = floor(text, span.start);
        let end = floor(text, span.end).max(start);
        let (from, mut to) = (lines.position(start), lines.position(end));
        let mut to_offset = end;
        // Words that take their line end along do not reach into the next line.
        if to.column == 1 && to.line > from.line {
            to_offset = lines.range(to.line - 1).end.max(start);
            to = lines.position(to_offset);
        }
        let span = Extent {
            start,
            end: to_offset,
            column: from.column,
            end_column: to.column,
            byte_column: start - lines.range(from.line).start + 1,
            end_byte_column: to_offset - lines.range(to.line).start + 1,
        };
        let excerpt = shown_lines(from.line, to.line)
            .map(|line| {
                let range = lines.range(line);
                let column = if line == from.line { from.column } else { 1 };
                Excerpt::new(line, range.slice(text), start.saturating_sub(range.start), column)
            })
            .collect();
        Self { unit: Unit::Line, line: from.line, end_line: to.line, span: Some(span), excerpt }
    }

    /// A whole line of which nothing is shown, such as that of a record in a CSV file.
    #[must_use]
    pub fn line(line: u64) -> Self {
        let line = usize::try_from(line).unwrap_or(usize::MAX).max(1);
        Self { unit: Unit::Line, line, end_line: line, span: None, excerpt: Vec::new() }
    }

    /// Words at a span of a paragraph's text; without a span, the whole paragraph.
    #[must_use]
    pub fn paragraph(number: u64, text: &str, span: Option<Span>) -> Self {
        let number = usize::try_from(number).unwrap_or(usize::MAX).max(1);
        let span = span.map(|span| {
            let start = floor(text, span.start);
            let end = floor(text, span.end).max(start);
            let column = |at: usize| text[..at].chars().count() + 1;
            Extent {
                start,
                end,
                column: column(start),
                end_column: column(end),
                byte_column: start + 1,
                end_byte_column: end + 1,
            }
        });
        let (at, column) = span.map_or((0, 1), |span| (span.start, span.column));
        let excerpt = vec![Excerpt::new(number, text, at, column)];
        Self { unit: Unit::Paragraph, line: number, end_line: number, span, excerpt }
    }
}

impl Excerpt {
    /// The part of a line around the byte `at`, which is where its words begin, in this column.
    fn new(line: usize, text: &str, at: usize, column: usize) -> Self {
        let at = floor(text, at);
        let from = text[..at].char_indices().rev().take(BEFORE).last().map_or(at, |(at, _)| at);
        let before = (column - 1).saturating_sub(text[from..at].chars().count());
        let to = text[at..].char_indices().nth(AFTER).map_or(text.len(), |(more, _)| at + more);
        Self { line, text: text[from..to].to_owned(), before, cut: to < text.len() }
    }
}

/// The lines of which the text is kept.
fn shown_lines(first: usize, last: usize) -> impl Iterator<Item = usize> {
    let head = (first + LINES - 1).min(last);
    (first..head).chain(std::iter::once(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, found: &str) -> Region {
        let start = text.find(found).unwrap();
        Region::words(&Lines::new(text), Span::new(start, start + found.len()))
    }

    #[test]
    fn columns_are_counted_in_characters_and_in_bytes() {
        const CASES: &[(&str, &str, &str, [usize; 6])] = &[
            ("plain", "# Title\n- own it\n", "own it", [2, 2, 3, 9, 3, 9]),
            ("after an emoji", "a\n🚀 é own\n", "own", [2, 2, 5, 8, 9, 12]),
            ("windows line ends", "a\r\n- own\r\nb", "own", [2, 2, 3, 6, 3, 6]),
            ("over lines", "own the\n  thing\n", "own the\n  thing", [1, 2, 1, 8, 1, 8]),
            ("with its line end", "own\r\nb", "own\r\n", [1, 1, 1, 4, 1, 4]),
            ("at the very end", "a\nown", "own", [2, 2, 1, 4, 1, 4]),
        ];
        for (name, text, found, expected) in CASES {
            let region = words(text, found);
            let span = region.span.unwrap();
            let have = [
                region.line,
                region.end_line,
                span.column,
                span.end_column,
                span.byte_column,
                span.end_byte_column,
            ];
            assert_eq!(have, *expected, "{name}");
            assert_eq!(&text[span.start..span.end], found.trim_end(), "{name}");
        }
    }

    #[test]
    fn lines_are_kept_without_their_ends() {
        let region = words("a\r\n\tb own\r\nc", "own");
        assert_eq!(region.excerpt, [Excerpt { line: 2, text: "\tb own".to_owned(), before: 0, cut: false }]);
    }

    #[test]
    fn a_long_line_is_kept_around_the_words() {
        let text = format!("{}own{}", "é".repeat(100_000), "x".repeat(100_000));
        let region = words(&text, "own");
        let [excerpt] = &region.excerpt[..] else { panic!("{region:?}") };
        assert_eq!((excerpt.before, excerpt.cut), (100_000 - BEFORE, true));
        assert_eq!(excerpt.text.chars().count(), BEFORE + AFTER);
        assert_eq!(excerpt.text.chars().skip(BEFORE).take(3).collect::<String>(), "own");
        assert_eq!(region.span.unwrap().column, 100_001);
    }

    #[test]
    fn of_many_lines_the_first_and_the_last_are_kept() {
        let text = "line\n".repeat(50);
        let region = Region::words(&Lines::new(&text), Span::new(0, text.len()));
        assert_eq!((region.line, region.end_line), (1, 50));
        let lines: Vec<_> = region.excerpt.iter().map(|excerpt| excerpt.line).collect();
        assert_eq!(lines, [1, 2, 3, 4, 5, 50]);
    }

    #[test]
    fn a_span_that_fits_nowhere_names_the_nearest_place() {
        let lines = Lines::new("é\nb");
        for span in [Span::new(1, 2), Span::new(99, 200), Span::new(3, 1), Span::new(0, 0)] {
            let region = Region::words(&lines, span);
            assert!(region.line <= region.end_line && !region.excerpt.is_empty(), "{span:?}");
        }
        let empty = Region::words(&Lines::new(""), Span::new(0, 0));
        assert_eq!((empty.line, empty.end_line, empty.span.unwrap().column), (1, 1, 1));
    }

    #[test]
    fn a_paragraph_has_columns_of_its_own() {
        let text = "Besitzt é Positionierung";
        let start = text.find("Pos").unwrap();
        let region = Region::paragraph(7, text, Some(Span::new(start, text.len())));
        let span = region.span.unwrap();
        assert_eq!((region.unit, region.line, span.column, span.byte_column), (Unit::Paragraph, 7, 11, 12));
        assert_eq!(Region::paragraph(0, text, None).line, 1);
    }
}
