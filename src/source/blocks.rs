//! A stream in blocks, cut into records without copying them.
//!
//! The readers look at [`Blocks::unread`], find where a record ends and [`Blocks::take`] it; the bytes stay in the
//! block, which lives until the last of its records is judged. A record that is not whole yet is carried to the next,
//! larger block.

use std::borrow::Cow;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;

use memchr::{memchr, memchr_iter};

use super::charset::{self, Guess, Known};
use crate::outcome::Fault;

/// Size of a block, unless a record needs more.
const BLOCK: usize = 256 * 1024;

/// Longest record that is read.
pub(crate) const RECORD_LIMIT: usize = 16 * 1024 * 1024;

/// Longest posting that is judged: no person writes one that comes near it.
pub(crate) const POSTING_LIMIT: usize = 2 * 1024 * 1024;

/// What is wrong with a record longer than this many bytes.
pub(crate) fn longer_than(limit: usize) -> Fault {
    let message = format!("the record is longer than {} MiB", limit / (1024 * 1024));
    Fault { code: "record-too-long".to_owned(), message }
}

/// Some bytes of a shared block.
#[derive(Clone, Debug)]
pub(crate) struct Bytes {
    block: Arc<Vec<u8>>,
    range: Range<usize>,
    /// What they are in when they are not UTF-8.
    charset: Option<Known>,
}

impl Bytes {
    /// The bytes.
    pub(crate) fn get(&self) -> &[u8] {
        &self.block[self.range.clone()]
    }

    /// The bytes as UTF-8, or nearly so; and the name of the character set they are in when that is a guess.
    pub(crate) fn utf8(&self) -> (Cow<'_, [u8]>, Option<&'static str>) {
        let Some(Known { encoding, declared }) = self.charset else {
            return (Cow::Borrowed(self.get()), None);
        };
        let bytes = charset::utf8(self.get(), encoding);
        let guessed = (matches!(bytes, Cow::Owned(_)) && !declared).then(|| encoding.name());
        (bytes, guessed)
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(text: Vec<u8>) -> Self {
        let charset = Guess::whole(&text);
        Self { charset, ..Self::of_data(text) }
    }
}

impl Bytes {
    /// All bytes of a file that is no text.
    pub(crate) fn of_data(bytes: Vec<u8>) -> Self {
        let range = 0..bytes.len();
        Self { block: Arc::new(bytes), range, charset: None }
    }
}

/// A stream and the block of it that is in hand.
pub(crate) struct Blocks {
    reader: Box<dyn Read + Send>,
    block: Arc<Vec<u8>>,
    at: usize,
    size: usize,
    ended: bool,
    fault: Option<io::Error>,
    line: u64,
    passed: usize,
    charset: Guess,
}

impl Blocks {
    /// Starts at the beginning of `reader`.
    pub(crate) fn new(reader: Box<dyn Read + Send>) -> Self {
        Self::with_size(reader, BLOCK)
    }

    /// As [`Blocks::new`], with blocks of another size.
    pub(crate) fn with_size(reader: Box<dyn Read + Send>, size: usize) -> Self {
        Self {
            reader,
            block: Arc::default(),
            at: 0,
            size,
            ended: false,
            fault: None,
            line: 1,
            passed: 0,
            charset: Guess::default(),
        }
    }

    /// Starts with UTF-8 that is all there is, on this line of its file.
    pub(crate) fn of(text: Vec<u8>, line: u64) -> Self {
        let blocks = Self::with_size(Box::new(io::empty()), 0);
        Self { block: Arc::new(text), ended: true, line, ..blocks }
    }

    /// What is in hand and not yet taken.
    pub(crate) fn unread(&self) -> &[u8] {
        &self.block[self.at..]
    }

    /// 1-based line of the first unread byte.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// How many bytes have been taken or passed over.
    pub(crate) fn passed(&self) -> usize {
        self.passed
    }

    /// Whether the reader has nothing more, be it for a fault.
    pub(crate) fn ended(&self) -> bool {
        self.ended
    }

    /// Whether nothing is left.
    pub(crate) fn is_spent(&self) -> bool {
        self.ended && self.unread().is_empty()
    }

    /// The fault that ended the stream, once.
    pub(crate) fn fault(&mut self) -> Option<io::Error> {
        self.fault.take()
    }

    /// Takes the next `length` bytes.
    pub(crate) fn take(&mut self, length: usize) -> Bytes {
        let range = self.at..(self.at + length).min(self.block.len());
        self.passed += range.len();
        self.at = range.end;
        let bytes = Bytes { block: Arc::clone(&self.block), range, charset: self.charset.found() };
        self.line += lines(bytes.get());
        bytes
    }

    /// Passes over the next `length` bytes.
    pub(crate) fn skip(&mut self, length: usize) {
        let end = (self.at + length).min(self.block.len());
        self.line += lines(&self.block[self.at..end]);
        self.passed += end - self.at;
        self.at = end;
    }

    /// Reads more behind what is unread; false when there is no more.
    pub(crate) fn refill(&mut self) -> bool {
        if self.ended {
            return false;
        }
        let tail = self.unread();
        let kept = tail.len();
        // Twice what is there, so that a long record is not copied too often; but not far past the longest.
        let room = (kept * 2).clamp(self.size, RECORD_LIMIT.max(self.size)).max(kept + self.size);
        let mut block = Vec::with_capacity(room);
        block.extend_from_slice(tail);
        block.resize(room, 0);
        let mut filled = kept;
        while filled < room {
            match self.reader.read(&mut block[filled..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.ended = true;
                    self.fault = Some(error);
                    break;
                }
            }
        }
        block.truncate(filled);
        self.charset.look(&block[kept..]);
        self.block = Arc::new(block);
        self.at = 0;
        filled > kept
    }

    /// Passes over the rest of the line, however long.
    pub(crate) fn skip_line(&mut self) {
        loop {
            if let Some(at) = memchr(b'\n', self.unread()) {
                return self.skip(at + 1);
            }
            self.skip(self.unread().len());
            if !self.refill() {
                return;
            }
        }
    }
}

/// 1-based line of an offset.
pub(super) fn line_at(bytes: &[u8], offset: usize) -> u64 {
    1 + lines(&bytes[..offset])
}

/// The lines of offsets that only grow, each line end counted once.
pub(super) struct LineCount<'b> {
    bytes: &'b [u8],
    counted: usize,
    line: u64,
}

impl<'b> LineCount<'b> {
    /// Starts at the beginning of `bytes`.
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, counted: 0, line: 1 }
    }

    /// 1-based line of an offset not before the last.
    pub(super) fn at(&mut self, offset: usize) -> u64 {
        self.line += lines(self.bytes.get(self.counted..offset).unwrap_or_default());
        self.counted = self.counted.max(offset);
        self.line
    }
}

fn lines(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn a_record_longer_than_a_block_is_carried_over() {
        let text = "first\nsecond is longer\nx\n";
        let mut blocks = Blocks::with_size(Box::new(Cursor::new(text)), 4);
        let mut found = Vec::new();
        loop {
            match memchr(b'\n', blocks.unread()) {
                Some(end) => {
                    let line = blocks.line();
                    found.push((line, String::from_utf8(blocks.take(end + 1).get().to_vec()).unwrap()));
                }
                None if blocks.refill() => {}
                None => break,
            }
        }
        let expected = [(1, "first\n"), (2, "second is longer\n"), (3, "x\n")];
        assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())));
    }
}
