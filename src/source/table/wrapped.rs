//! Tables whose writer set no quotes around cells of several lines: a row goes on until a line that begins another.
//!
//! That can be told only where the text is the last column, and most lines are no rows by themselves.

use memchr::{memchr, memchr_iter};

/// How such a table is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wrapped {
    delimiter: u8,
    width: usize,
    /// Whether every row begins with a number.
    numbered: bool,
}

impl Wrapped {
    /// The layout of a table of `width` columns whose rows begin like this; `None` when it is none of these.
    pub(super) fn of(rows: &[u8], delimiter: u8, width: usize) -> Option<Self> {
        if width < 3 || memchr(b'"', rows).is_some() {
            return None;
        }
        let first = cell(rows, delimiter);
        let numbered = !first.is_empty() && first.iter().all(u8::is_ascii_digit);
        let layout = Self { delimiter, width, numbered };
        let (mut begin, mut loose) = (0, 0);
        let whole = memchr::memrchr(b'\n', rows).map_or(&[][..], |end| &rows[..end]);
        for line in whole.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
            *(if layout.begins_row(line) { &mut begin } else { &mut loose }) += 1;
        }
        (begin > 0 && loose > 2 * begin && layout.begins_row(rows)).then_some(layout)
    }

    /// Offset of the line behind the row that begins `bytes`, behind which nothing comes when they have `ended`; `None`
    /// when it is not at hand.
    pub(super) fn row_end(self, bytes: &[u8], ended: bool) -> Option<usize> {
        memchr_iter(b'\n', bytes).map(|end| end + 1).find(|start| {
            // A line that is not at hand to its end may still turn out to be one.
            (ended || memchr(b'\n', &bytes[*start..]).is_some()) && self.begins_row(&bytes[*start..])
        })
    }

    /// Whether the line that begins `bytes` begins a row.
    fn begins_row(self, bytes: &[u8]) -> bool {
        /// The most words of a first cell.
        const WORDS: usize = 3;
        let line = &bytes[..memchr(b'\n', bytes).unwrap_or(bytes.len())];
        let first = cell(line, self.delimiter);
        memchr_iter(self.delimiter, line).count() + 1 >= self.width
            && if self.numbered {
                !first.is_empty() && first.iter().all(u8::is_ascii_digit)
            } else {
                first.split(u8::is_ascii_whitespace).count() <= WORDS
            }
    }
}

/// The first cell of a row.
fn cell(row: &[u8], delimiter: u8) -> &[u8] {
    row[..memchr(delimiter, row).unwrap_or(0)].trim_ascii()
}
