//! JSON Lines: one record a line, blank lines aside.

use std::sync::Arc;

use memchr::memchr;

use super::around::Around;
use super::blocks::{Blocks, RECORD_LIMIT};
use super::json::without_mark;
use super::raw::{Numbering, Payload, Raw};

/// Reads a record a line.
pub(crate) struct JsonLines {
    blocks: Blocks,
    numbering: Numbering,
    around: Arc<Around>,
    limit: usize,
}

impl JsonLines {
    /// Starts at the beginning of `blocks`.
    pub(crate) fn new(blocks: Blocks, numbering: Numbering, around: Around) -> Self {
        Self { blocks, numbering, around: Arc::new(around), limit: RECORD_LIMIT }
    }
}

fn is_blank(line: &[u8]) -> bool {
    without_mark(line).trim_ascii().is_empty()
}

impl Iterator for JsonLines {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        let mut searched = 0;
        loop {
            let unread = self.blocks.unread();
            let line = Some(self.blocks.line());
            if let Some(end) = memchr(b'\n', &unread[searched..]).map(|at| searched + at) {
                searched = 0;
                if end > self.limit {
                    self.blocks.skip(end + 1);
                    return Some(self.numbering.too_long(line));
                }
                let bytes = self.blocks.take(end + 1);
                if !is_blank(bytes.get()) {
                    return Some(self.numbering.record(line, Payload::Json(bytes, Arc::clone(&self.around))));
                }
                continue;
            }
            searched = unread.len();
            if searched > self.limit {
                self.blocks.skip_line();
                return Some(self.numbering.too_long(line));
            }
            if self.blocks.refill() {
                continue;
            }
            // The last line may lack its end, unless reading broke off inside it.
            let rest = self.blocks.take(searched);
            if let Some(error) = self.blocks.fault() {
                return Some(self.numbering.broken_off(line, &error));
            }
            let blank = is_blank(rest.get());
            return (!blank)
                .then(|| self.numbering.record(line, Payload::Json(rest, Arc::clone(&self.around))));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Cursor, Read};

    use super::*;

    fn read(text: &str, size: usize, limit: usize) -> Vec<(u64, u64, String)> {
        let blocks = Blocks::with_size(Box::new(Cursor::new(text.to_owned())), size);
        let mut lines = JsonLines::new(blocks, Numbering::new("x".into()), Around::default());
        lines.limit = limit;
        lines
            .map(|raw| (raw.source.record, raw.source.line.unwrap(), raw.text().trim_end().to_owned()))
            .collect()
    }

    #[test]
    fn records_are_the_lines_that_are_not_blank_whatever_the_block_size() {
        type Line = (u64, u64, &'static str);
        const CASES: &[(&str, &str, &[Line])] = &[
            ("nothing", "", &[]),
            ("blank lines", "\n \r\n\n", &[]),
            ("ended", "{}\n{\"a\":1}\n", &[(1, 1, "{}"), (2, 2, "{\"a\":1}")]),
            ("not ended", "{}\r\n\r\n{\"a\":1}", &[(1, 1, "{}"), (2, 3, "{\"a\":1}")]),
            ("broken", "{\n}\n", &[(1, 1, "{"), (2, 2, "}")]),
        ];
        for (name, text, expected) in CASES {
            for size in [1, 3, 1024] {
                let found = read(text, size, 1024);
                let found: Vec<_> =
                    found.iter().map(|(record, line, text)| (*record, *line, text.as_str())).collect();
                assert_eq!(found, *expected, "{name} in blocks of {size}");
            }
        }
    }

    #[test]
    fn a_line_past_the_limit_fails_alone() {
        for size in [1, 4, 1024] {
            let found = read("{}\n{\"a\": \"long\"}\n{}\n", size, 6);
            let texts: Vec<_> = found.iter().map(|(_, line, text)| (*line, text.as_str())).collect();
            assert_eq!(texts, [(1, "{}"), (2, "the record is longer than 16 MiB"), (3, "{}")], "{size}");
        }
    }

    #[test]
    fn a_fault_ends_the_records_with_one_that_says_so() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::UnexpectedEof.into())
            }
        }
        let reader = Cursor::new("{}\n{\"a\":").chain(Broken);
        let lines =
            JsonLines::new(Blocks::new(Box::new(reader)), Numbering::new("x".into()), Around::default());
        let found: Vec<_> = lines.map(|raw| raw.text().into_owned()).collect();
        assert_eq!(found, ["{}\n", "reading broke off here: the compressed data end too soon"]);
    }
}
