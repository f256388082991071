//! What stands around a list of postings, such as the name of the board.

use super::super::members::member;
use super::super::scan::{self, Step};

/// What the objects that stand open say before something inside them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outside {
    /// Their texts, each with its name, the inner ones last.
    pub(crate) strings: Vec<(String, String)>,
    /// How many texts there were when each of them began, the outermost first.
    pub(crate) open: Vec<usize>,
}

impl Outside {
    /// The objects of `bytes` that stand open at `offset`, of which there are `depth`.
    pub(crate) fn of(bytes: &[u8], offset: usize, depth: usize) -> Self {
        let mut outside = Self { strings: Vec::new(), open: vec![0] };
        let mut at = 1;
        while let Some((key, value)) = member(bytes, at)
            && value < offset
        {
            let length = match scan::value(&bytes[value..]) {
                Step::Done(length) if value + length <= offset => length,
                _ if bytes[value] == b'{' => {
                    outside.open.push(outside.strings.len());
                    at = value + 1;
                    continue;
                }
                _ => break,
            };
            outside.note(key, &bytes[value..value + length]);
            at = value + length;
        }
        outside.open.resize(depth, outside.strings.len());
        outside
    }

    /// Notes a member of the innermost object, when it is a short text.
    pub(crate) fn note(&mut self, key: &[u8], value: &[u8]) {
        const MOST: usize = 24;
        const LONGEST: usize = 300;
        if self.strings.len() < MOST
            && value.first() == Some(&b'"')
            && value.len() <= LONGEST
            && let Ok(text) = serde_json::from_slice(value)
        {
            self.strings.push((String::from_utf8_lossy(key).into_owned(), text));
        }
    }

    /// Notes that another object begins.
    pub(crate) fn enter(&mut self) {
        self.open.push(self.strings.len());
    }

    /// Notes that the innermost object ends; whether any is left.
    pub(crate) fn leave(&mut self) -> bool {
        if let Some(before) = self.open.pop() {
            self.strings.truncate(before);
        }
        !self.open.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_list_is_told() {
        let text =
            r#"{"name":"Acme","meta":{"x":"y"},"boards":{"one":{"site":"a","jobs":[{"id":1}]}},"late":"z"}"#;
        let offset = text.find('[').unwrap();
        let mut outside = Outside::of(text.as_bytes(), offset, 3);
        let shown = |outside: &Outside| {
            outside.strings.iter().map(|(name, text)| format!("{name}={text}")).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(&outside), "name=Acme site=a");
        assert_eq!(outside.open, [0, 1, 1]);
        assert!(outside.leave());
        assert_eq!(shown(&outside), "name=Acme");
        assert!(outside.leave() && !outside.leave());
    }
}
