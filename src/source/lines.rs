//! JSON Lines: one record a line, or one answer with a list of them, blank lines aside.

use std::sync::Arc;

use memchr::{memchr, memmem};

use super::around::Around;
use super::blocks::{Blocks, Bytes, RECORD_LIMIT};
use super::json::without_mark;
use super::list::JsonList;
use super::raw::{Numbering, Payload, Raw};
use super::shape;

/// Reads a record a line.
pub(crate) struct JsonLines {
    blocks: Blocks,
    numbering: Numbering,
    around: Arc<Around>,
    /// The postings of a line that is an answer.
    inner: std::vec::IntoIter<Raw>,
    /// Whether a line was one: another may then be one without postings.
    answers: bool,
    limit: usize,
}

impl JsonLines {
    /// Starts at the beginning of `blocks`.
    pub(crate) fn new(blocks: Blocks, numbering: Numbering, around: Around) -> Self {
        let inner = Vec::new().into_iter();
        Self { blocks, numbering, around: Arc::new(around), inner, answers: false, limit: RECORD_LIMIT }
    }

    /// The record of a line, or the first of its postings when it is an answer that has any.
    fn line(&mut self, bytes: Bytes, line: u64) -> Option<Raw> {
        let text = whole(bytes.get());
        let may_be_one = holds(text, &LISTS) || (self.answers && holds(text, &[b"[]"]));
        if !may_be_one || !shape::is_answer(text) {
            let payload = Payload::Json(bytes, Arc::clone(&self.around));
            return Some(self.numbering.record(Some(line), payload));
        }
        self.answers = true;
        let text = whole(&bytes.utf8().0).to_vec();
        let list = JsonList::new(Blocks::of(text, line), self.numbering.clone(), (*self.around).clone());
        self.inner = list.all(&mut self.numbering);
        self.inner.next()
    }
}

/// How a list of objects begins.
const LISTS: [&[u8]; 2] = [b"[{", b"[ {"];

fn holds(text: &[u8], needles: &[&[u8]]) -> bool {
    needles.iter().any(|needle| memmem::find(text, needle).is_some())
}

/// The value in a line, without a byte order mark and the comma that followed it in a list.
fn whole(line: &[u8]) -> &[u8] {
    let text = without_mark(line).trim_ascii();
    text.strip_suffix(b",").unwrap_or(text)
}

fn is_blank(line: &[u8]) -> bool {
    without_mark(line).trim_ascii().is_empty()
}

impl Iterator for JsonLines {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        if let Some(raw) = self.inner.next() {
            return Some(raw);
        }
        let mut searched = 0;
        loop {
            let unread = self.blocks.unread();
            let number = self.blocks.line();
            let line = Some(number);
            if let Some(end) = memchr(b'\n', &unread[searched..]).map(|at| searched + at) {
                searched = 0;
                if end > self.limit {
                    self.blocks.skip(end + 1);
                    return Some(self.numbering.too_long(line));
                }
                let bytes = self.blocks.take(end + 1);
                if !is_blank(bytes.get())
                    && let Some(raw) = self.line(bytes, number)
                {
                    return Some(raw);
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
            return if is_blank(rest.get()) { None } else { self.line(rest, number) };
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
    fn a_line_that_is_an_answer_gives_its_postings() {
        const CASES: &[(&str, &str, &[&str])] = &[
            (
                "pages",
                "{\"page\":1,\"results\":[{\"title\":\"A\"},{\"title\":\"B\"}]}\n{\"results\":[]}\n{\"results\":[{\"title\":\"C\"}]},\n",
                &["1: {\"title\":\"A\"}", "1: {\"title\":\"B\"}", "3: {\"title\":\"C\"}"],
            ),
            (
                "an answer behind a posting",
                "{\"title\":\"A\",\"body\":\"x\",\"tags\":[{\"name\":\"t\"}]}\n{\"jobs\":[ {\"title\":\"B\",\"body\":\"y\"}]}",
                &[
                    "1: {\"title\":\"A\",\"body\":\"x\",\"tags\":[{\"name\":\"t\"}]}",
                    "2: {\"title\":\"B\",\"body\":\"y\"}",
                ],
            ),
            (
                "an employer",
                "{\"name\":\"Acme\",\"description\":\"We sail\",\"jobs\":[{\"title\":\"A\",\"body\":\"x\"}]}",
                &["1: {\"title\":\"A\",\"body\":\"x\"}"],
            ),
            ("nothing but an empty list", "{\"id\":1,\"content\":[]}\n", &["1: {\"id\":1,\"content\":[]}"]),
            (
                "lists in a posting by longer names",
                "{\"job_title_raw\":\"A\",\"full_job_description\":\"x\",\"content\":[{\"name\":\"t\"}]}",
                &[
                    "1: {\"job_title_raw\":\"A\",\"full_job_description\":\"x\",\"content\":[{\"name\":\"t\"}]}",
                ],
            ),
        ];
        for (name, text, expected) in CASES {
            for size in [1, 1024] {
                let found = read(text, size, 1024);
                assert!(found.iter().map(|(record, ..)| *record).eq(1..=expected.len() as u64), "{name}");
                let found: Vec<_> = found.iter().map(|(_, line, text)| format!("{line}: {text}")).collect();
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
