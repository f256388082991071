//! Where the rows of a table end, by the quotes around their cells.

use memchr::{memchr, memchr_iter, memchr2, memchr3};

use super::super::charset;
use super::super::row::Cells;

/// Where a row ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowEnd {
    /// Behind its line end, at this offset.
    At(usize),
    /// Not within the bytes at hand.
    Beyond {
        /// Whether a quoted cell is open.
        quoted: bool,
    },
}

/// Finds the end of the row that begins `bytes`.
pub(super) fn row_end(bytes: &[u8], layout: Cells) -> RowEnd {
    let mut at = 0;
    loop {
        if layout.spaced {
            at += bytes[at..].iter().take_while(|byte| **byte == b' ').count();
        }
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            loop {
                let rest = &bytes[at..];
                let found = match layout.escape {
                    None => memchr(b'"', rest),
                    Some(escape) => memchr2(b'"', escape, rest),
                };
                let Some(found) = found else { return RowEnd::Beyond { quoted: true } };
                at += found + 1;
                if rest[found] == b'"' && bytes.get(at) != Some(&b'"') {
                    break;
                }
                // Behind an escape or the first of two quotes, a character that is no end.
                at += 1;
                if at > bytes.len() {
                    return RowEnd::Beyond { quoted: true };
                }
            }
        }
        let Some(found) = memchr3(layout.delimiter, b'\n', b'\r', &bytes[at..]) else {
            return RowEnd::Beyond { quoted: false };
        };
        at += found + 1;
        match bytes[at - 1] {
            b'\n' => return RowEnd::At(at),
            b'\r' => match bytes.get(at) {
                Some(b'\n') => return RowEnd::At(at + 1),
                Some(_) => return RowEnd::At(at),
                None => return RowEnd::Beyond { quoted: false },
            },
            _ => {}
        }
    }
}

/// Where the next line begins that is a row of this width by itself.
pub(super) fn next_row(bytes: &[u8], layout: Cells, width: usize) -> Option<usize> {
    /// The longest row that is looked at.
    const LONGEST: usize = 64 * 1024;
    memchr_iter(b'\n', bytes).map(|end| end + 1).find(|start| {
        let rest = &bytes[*start..];
        let rest = &rest[..rest.len().min(LONGEST)];
        let row = match row_end(rest, layout) {
            RowEnd::At(end) => &rest[..end],
            RowEnd::Beyond { quoted: false } if start + rest.len() == bytes.len() => rest,
            RowEnd::Beyond { .. } => return false,
        };
        !row.trim_ascii().is_empty() && layout.cut(&charset::text(row)).len() == width
    })
}

/// The row that begins `bytes`, or as much of it as is there.
pub(super) fn first_row(bytes: &[u8], layout: Cells) -> &[u8] {
    match row_end(bytes, layout) {
        RowEnd::At(end) => &bytes[..end],
        RowEnd::Beyond { .. } => bytes,
    }
}

/// How many whole rows of the beginning of a table are as wide as its first, and of how many.
pub(super) fn regular_rows(head: &[u8], layout: Cells) -> (usize, usize) {
    let widths: Vec<_> =
        whole_rows(head, layout).take(200).map(|row| layout.cut(&charset::text(row)).len()).collect();
    (widths.iter().filter(|width| Some(*width) == widths.first()).count(), widths.len())
}

/// The rows of the beginning of a table that are whole and not blank.
pub(super) fn whole_rows(head: &[u8], layout: Cells) -> impl Iterator<Item = &[u8]> {
    let mut rest = head;
    std::iter::from_fn(move || match row_end(rest, layout) {
        RowEnd::At(end) => {
            let (row, after) = rest.split_at(end);
            rest = after;
            Some(row)
        }
        RowEnd::Beyond { .. } => None,
    })
    .filter(|row| !row.trim_ascii().is_empty())
}

/// Whether a line is none of the rows but what programs draw around them: a rule below the header, `(3 rows affected)`.
pub(super) fn is_frame(line: &[u8], delimiter: u8) -> bool {
    /// No count is longer.
    const LONGEST: usize = 40;
    let line = line.trim_ascii();
    let is_rule =
        |byte: &u8| matches!(byte, b'-' | b'+' | b'=' | b' ') || *byte == delimiter || *byte == b'|';
    if line.iter().all(is_rule) {
        return line.iter().filter(|byte| matches!(byte, b'-' | b'=')).count() >= 3;
    }
    let text =
        Some(line).filter(|line| line.len() <= LONGEST).and_then(|line| std::str::from_utf8(line).ok());
    let Some(text) = text else { return false };
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
    let Some((count, rest)) = inner.split_once(' ') else { return false };
    let counted = ["row", "rows", "record", "records", "row(s)"];
    let mut words = rest.split(' ');
    count.bytes().all(|byte| byte.is_ascii_digit())
        && words.next().is_some_and(|word| counted.contains(&word))
        && words.next().is_none_or(|word| matches!(word, "affected" | "selected" | "returned"))
        && words.next().is_none()
}
