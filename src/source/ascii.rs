//! The structure of XML, whatever its character set.
//!
//! Where elements begin and end is written in ASCII; a reader that sees `_` for everything else finds it in any
//! text, keeps every byte in its place and stumbles over no broken character.

use std::io::{self, BufRead, Read};

use quick_xml::Reader;

/// A reader of the structure of `bytes`.
pub(super) fn structure(bytes: &[u8]) -> Reader<Ascii<'_>> {
    let mut reader = Reader::from_reader(Ascii { rest: bytes, chunk: [0; CHUNK], at: 0, filled: 0 });
    reader.config_mut().allow_dangling_amp = true;
    reader
}

/// How many bytes the reader has gone through.
pub(super) fn position(reader: &Reader<Ascii<'_>>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

const CHUNK: usize = 2048;

/// Bytes with `_` for all that are not ASCII: the structure is the same in every character set, and each byte keeps
/// its place.
pub(super) struct Ascii<'b> {
    rest: &'b [u8],
    chunk: [u8; CHUNK],
    at: usize,
    filled: usize,
}

impl Read for Ascii<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let ready = self.fill_buf()?;
        let length = ready.len().min(out.len());
        out[..length].copy_from_slice(&ready[..length]);
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Ascii<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.filled {
            let (next, rest) = self.rest.split_at(self.rest.len().min(CHUNK));
            for (to, from) in self.chunk.iter_mut().zip(next) {
                *to = if from.is_ascii() { *from } else { b'_' };
            }
            (self.rest, self.at, self.filled) = (rest, 0, next.len());
        }
        Ok(&self.chunk[self.at..self.filled])
    }

    fn consume(&mut self, length: usize) {
        self.at = (self.at + length).min(self.filled);
    }
}
