//! What stands before quotes inside the cells of a table.

use std::str::FromStr;

use memchr::memmem;

use super::super::row::Cells;
use super::rows::regular_rows;

/// What stands before a quote inside a quoted cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Escape {
    /// Whatever the first rows show: a backslash, or nothing.
    #[default]
    Detect,
    /// Nothing: such a quote is doubled.
    Doubled,
    /// This character, which must be ASCII.
    Character(u8),
}

/// An escape that no table can have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" cannot stand before quotes; give one ASCII character such as \\, or none")]
pub struct UnknownEscape(String);

impl FromStr for Escape {
    type Err = UnknownEscape;

    fn from_str(text: &str) -> Result<Self, UnknownEscape> {
        match text.as_bytes() {
            b"none" => Ok(Self::Doubled),
            [byte] if byte.is_ascii_punctuation() && *byte != b'"' => Ok(Self::Character(*byte)),
            _ => Err(UnknownEscape(text.to_owned())),
        }
    }
}

impl Escape {
    /// The escape of a table that begins like this.
    pub(crate) fn of(self, head: &[u8], delimiter: u8) -> Option<u8> {
        match self {
            Self::Character(byte) => Some(byte),
            // A cell may well end with a backslash: only rows of the right width tell.
            Self::Detect if memmem::find(head, b"\\\"").is_some() => {
                let rows = |escape| regular_rows(head, Cells { escape, ..Cells::by(delimiter) });
                let ((regular, all), (escaped, all_escaped)) = (rows(None), rows(Some(b'\\')));
                // Without the escapes a row may fall into many, of which the first is as wide.
                let more =
                    escaped > regular || (2 * escaped >= regular && escaped * all > regular * all_escaped);
                let tie = (escaped, all_escaped) == (regular, all);
                (more || (tie && breaks_quotes(head, delimiter))).then_some(b'\\')
            }
            Self::Doubled | Self::Detect => None,
        }
    }
}

/// Whether cells between quotes hold quotes behind a backslash that end neither the cell nor are doubled.
fn breaks_quotes(head: &[u8], delimiter: u8) -> bool {
    let is_inside = |at: usize| {
        head.get(at + 2).is_some_and(|next| !matches!(next, b'"' | b'\r' | b'\n') && *next != delimiter)
    };
    memmem::find(head, &[delimiter, b'"']).is_some() && memmem::find_iter(head, b"\\\"").any(is_inside)
}
