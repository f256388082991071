//! The value of a field that several names may give: that of the best name.

use crate::html::untagged;

/// The value of the best name so far.
#[derive(Debug, Default)]
pub(super) struct Best(pub(super) Option<(u8, String)>);

impl Best {
    /// Takes a value of a name of this rank, if no better name had one.
    pub(super) fn put(&mut self, rank: u8, text: String) {
        if self.0.as_ref().is_none_or(|(best, _)| rank < *best) {
            self.0 = Some((rank, text));
        }
    }

    /// Takes another value where there is none.
    pub(super) fn fill(&mut self, other: Self) {
        if self.0.is_none() {
            self.0 = other.0;
        }
    }

    /// The value without the number of stars on a line of its own, which is how a board of ratings writes a company.
    pub(super) fn without_rating(self) -> Self {
        let is_rating = |line: &str| matches!(line.as_bytes(), [b'0'..=b'5', b'.', b'0'..=b'9']);
        Self(self.0.map(|(rank, text)| match text.trim_end().rsplit_once('\n') {
            Some((name, line)) if is_rating(line.trim()) => (rank, name.to_owned()),
            _ => (rank, text),
        }))
    }

    /// The value on one line, with entities read: titles from feeds often keep theirs, at times twice.
    pub(super) fn plain(self) -> Option<String> {
        let (_, text) = self.0?;
        let mut text = text;
        for _ in 0..2 {
            if text.contains('&') {
                text = html_escape::decode_html_entities(&text).into_owned();
            }
        }
        let text = if text.contains('<') { untagged(&text) } else { text };
        let untidy = text.contains(['\n', '\r', '\t', '\u{a0}']) || text.trim().len() < text.len();
        let line = if untidy { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text };
        (!line.is_empty()).then_some(line)
    }

    /// The value as it stands, without white space around it.
    pub(super) fn raw(self) -> Option<String> {
        self.0.map(|(_, text)| text.trim().to_owned()).filter(|text| !text.is_empty())
    }
}
