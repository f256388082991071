//! Readable text without its markup, and the way back to the bytes that the author wrote.
//!
//! The text is a chain of blocks, each ended by one `\n`. White space is folded to single spaces. Runs note for
//! every stretch of the text where in which part of the posting it stood.

use crate::lanes;
use crate::span::Span;

/// What a block is, as far as the markup tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A heading marked as such.
    Heading,
    /// An item of a list.
    Item,
    /// Anything else.
    Paragraph,
}

/// A line, a paragraph, a heading or an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Place in [`ReadableText::text`], without the closing `\n`.
    pub span: Span,
    /// What it is.
    pub shape: Shape,
    /// Whether all of it is set in bold.
    pub bold: bool,
    /// Where in the text the bold words that open it end; its start, when none do.
    pub bold_head: usize,
    /// How deep in lists it stands: comparable within one list alone, as lines count their indentation.
    pub depth: u8,
    /// At which level of numbering it stands: one for `2.`, two for `2.1`; zero when no number opens it.
    pub level: u8,
    /// The cell of a table that it stands in.
    pub cell: Option<Cell>,
    /// Index of the posting's part.
    pub part: usize,
}

/// A cell of a table: rows and cells are counted through the whole text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Number of the row.
    pub row: u32,
    /// Number of the cell.
    pub cell: u32,
    /// Which of its row it is: one for the first.
    pub column: u32,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    text: usize,
    source: Span,
    exact: bool,
}

/// The text of a posting with its markup taken off.
#[derive(Clone, Debug, Default)]
pub struct ReadableText {
    pub(super) text: String,
    pub(super) blocks: Vec<Block>,
    runs: Vec<Run>,
}

impl ReadableText {
    /// The readable text; every block ends with `\n`.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a stretch of the text stands in the body of its part, in bytes.
    #[must_use]
    pub fn source_span(&self, span: Span) -> Span {
        let start = self.run_at(span.start).map_or(0, |run| {
            let into = span.start - run.text;
            if run.exact { run.source.start + into } else { run.source.start }
        });
        let end = self.run_at(span.end.saturating_sub(1).max(span.start)).map_or(start, |run| {
            let into = span.end.max(run.text) - run.text;
            if run.exact { run.source.start + into } else { run.source.end }
        });
        Span::new(start, end.max(start))
    }

    fn run_at(&self, offset: usize) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.text <= offset);
        after.checked_sub(1).map(|index| &self.runs[index])
    }
}

/// Builds readable text block by block.
#[derive(Debug, Default)]
pub(super) struct Builder {
    out: ReadableText,
    block_start: usize,
    shape: Option<Shape>,
    bold_depth: usize,
    plain_bytes: usize,
    /// Where the first text of the open block stands that is not bold.
    first_plain: usize,
    /// How deep in lists the next block stands.
    depth: u8,
    /// How much deeper the open block says that it stands.
    indent: u8,
    /// At which level of numbering the open block stands.
    level: u8,
    /// How many rows and cells of tables have begun, and whether one is open.
    cells: Cell,
    in_row: bool,
    part: usize,
}

impl Builder {
    /// A builder with room for so many bytes of text.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        let mut builder = Self::default();
        builder.out.text.reserve(bytes);
        builder
    }

    /// Begins the text of another part.
    pub(super) fn part(&mut self, part: usize) {
        self.close();
        self.part = part;
        self.bold_depth = 0;
        self.depth = 0;
        self.in_row = false;
    }

    /// Whether nothing visible stands in the open block yet.
    pub(super) fn is_blank(&self) -> bool {
        self.out.text.len() == self.block_start
    }

    /// The text of the open block.
    pub(super) fn open_text(&self) -> &str {
        &self.out.text[self.block_start..]
    }

    /// Says what the open block is.
    pub(super) fn shape(&mut self, shape: Shape) {
        self.shape = Some(shape);
    }

    /// What the open block has been said to be.
    pub(super) fn current_shape(&self) -> Option<Shape> {
        self.shape
    }

    /// Says how deep in lists the open block stands.
    pub(super) fn depth(&mut self, depth: usize) {
        self.depth = u8::try_from(depth).unwrap_or(u8::MAX);
    }

    /// Says how much deeper than the list around it the open block stands.
    pub(super) fn indent(&mut self, steps: usize) {
        self.indent = u8::try_from(steps).unwrap_or(u8::MAX);
    }

    /// How much deeper the open block has been said to stand.
    pub(super) fn indented(&self) -> usize {
        usize::from(self.indent)
    }

    /// Says at which level of numbering the open block stands.
    pub(super) fn level(&mut self, level: u8) {
        self.level = level;
    }

    /// Begins a row of a table, or ends it.
    pub(super) fn row(&mut self, begins: bool) {
        self.cells.row = self.cells.row.saturating_add(u32::from(begins));
        self.cells.column = 0;
        self.in_row = begins;
    }

    /// Begins a cell of a table.
    pub(super) fn cell(&mut self) {
        self.cells.cell = self.cells.cell.saturating_add(1);
        self.cells.column = self.cells.column.saturating_add(1);
    }

    /// Goes into a list within the one that is open, or out of one.
    pub(super) fn nest(&mut self, deeper: bool) {
        self.depth = if deeper { self.depth.saturating_add(1) } else { self.depth.saturating_sub(1) };
    }

    pub(super) fn bold(&mut self, on: bool) {
        self.bold_depth = if on { self.bold_depth + 1 } else { self.bold_depth.saturating_sub(1) };
    }

    pub(super) fn is_bold(&self) -> bool {
        self.bold_depth > 0
    }

    pub(super) fn end_bold(&mut self) {
        self.bold_depth = 0;
    }

    /// Copies `source[span]`, folding white space and dropping invisible characters.
    pub(super) fn copy(&mut self, source: &str, span: Span) {
        let bytes = &source.as_bytes()[..span.end];
        let mut at = span.start;
        let mut plain = at;
        while at < span.end {
            let byte = bytes[at];
            if PLAIN[usize::from(byte)] {
                at += lanes::count_plain(bytes, at).max(1);
                continue;
            }
            let width = match byte {
                b' ' if self.space_fits(plain, at)
                    && bytes.get(at + 1).is_some_and(|&next| is_plain(next)) =>
                {
                    at += 1;
                    continue;
                }
                b'\0'..=b' ' | 0x7F => 1,
                0xC2 if matches!(bytes.get(at + 1), Some(0x80..=0xA0 | 0xAD)) => 2,
                0xE1 if bytes[at..].starts_with(b"\xE1\xA0\x8E") => 3,
                0xE2 if is_odd_space(&bytes[at..]) => 3,
                0xEF if bytes[at..].starts_with(b"\xEF\xBB\xBF")
                    || bytes[at..].starts_with(b"\xEF\xBF\xBC") =>
                {
                    3
                }
                _ => {
                    at += 1;
                    continue;
                }
            };
            self.copy_exact(source, Span::new(plain, at));
            let invisible = matches!(
                &bytes[at..at + width],
                [0xC2, 0xAD]
                    | [0xE2, 0x80, 0x8B..=0x8F | 0xAA..=0xAE]
                    | [0xE2, 0x81, 0xA0..=0xAF]
                    | [0xEF, ..]
            );
            if !invisible {
                self.space(Span::new(at, at + width));
            }
            at += width;
            plain = at;
        }
        self.copy_exact(source, Span::new(plain, span.end));
    }

    /// Whether a lone space at `at` may simply be copied along with its neighbours.
    fn space_fits(&self, plain: usize, at: usize) -> bool {
        plain < at || (!self.is_blank() && !self.out.text.ends_with(' '))
    }

    fn copy_exact(&mut self, source: &str, span: Span) {
        if span.is_empty() {
            return;
        }
        self.note_run(span, true);
        self.note_plain(span.len());
        self.out.text.push_str(&source[span.start..span.end]);
    }

    /// Puts `text` where `span` stood in the source.
    pub(super) fn replace(&mut self, text: &str, span: Span) {
        if text.chars().all(char::is_whitespace) {
            self.space(span);
            return;
        }
        self.note_run(span, false);
        self.note_plain(text.len());
        self.out.text.push_str(text);
    }

    /// Notes so many bytes of text that come next, unless they are bold.
    fn note_plain(&mut self, bytes: usize) {
        if self.bold_depth == 0 {
            if self.plain_bytes == 0 {
                self.first_plain = self.out.text.len();
            }
            self.plain_bytes += bytes;
        }
    }

    /// Puts one space, unless one stands there or the block is blank.
    pub(super) fn space(&mut self, span: Span) {
        if !self.is_blank() && !self.out.text.ends_with(' ') {
            self.note_run(span, false);
            self.out.text.push(' ');
        }
    }

    fn note_run(&mut self, source: Span, exact: bool) {
        let text = self.out.text.len();
        if exact
            && let Some(last) = self.out.runs.last_mut()
            && last.exact
            && last.source.end == source.start
            && text > self.block_start
        {
            last.source.end = source.end;
            return;
        }
        self.out.runs.push(Run { text, source, exact });
    }

    /// Ends the open block; blank ones leave no trace.
    pub(super) fn close(&mut self) {
        while self.out.text.len() > self.block_start && self.out.text.ends_with(' ') {
            self.out.text.pop();
        }
        if !self.is_blank() {
            let span = Span::new(self.block_start, self.out.text.len());
            let shape = self.shape.unwrap_or(Shape::Paragraph);
            let bold = self.plain_bytes == 0;
            let bold_head = if bold { span.end } else { self.first_plain };
            self.out.blocks.push(Block {
                span,
                shape,
                bold,
                bold_head,
                depth: self.depth.saturating_add(self.indent),
                level: self.level,
                cell: self.in_row.then_some(self.cells),
                part: self.part,
            });
            self.out.text.push('\n');
        }
        self.block_start = self.out.text.len();
        self.shape = None;
        self.level = 0;
        self.indent = 0;
        self.plain_bytes = 0;
    }

    /// Makes a heading of the last closed block, as an underline in Markdown does.
    pub(super) fn promote_last(&mut self) {
        if let Some(block) = self.out.blocks.last_mut()
            && block.shape == Shape::Paragraph
            && block.span.len() < 100
        {
            block.shape = Shape::Heading;
        }
    }

    pub(super) fn finish(mut self) -> ReadableText {
        self.close();
        self.out
    }
}

/// Bytes that are copied whatever stands beside them.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = b'!';
    while byte < 0x7F {
        plain[byte as usize] = true;
        byte += 1;
    }
    plain
};

fn is_plain(byte: u8) -> bool {
    PLAIN[usize::from(byte)]
}

/// Spaces and invisible marks of the block U+2000–U+206F, and the line separators.
fn is_odd_space(bytes: &[u8]) -> bool {
    matches!(bytes, [0xE2, 0x80, 0x80..=0x8F | 0xA8..=0xAF, ..] | [0xE2, 0x81, 0x9F..=0xAF, ..])
}
