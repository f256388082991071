//! Undoes gzip and zstd, told by their first bytes, one member or frame after another.
//!
//! zstd comes from the reference library, which is what writes nearly all such files and is the faster reader by
//! far. Whatever the input says, memory stays bounded, and an input that does nothing but grow ends as a fault.

use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use zstd::stream::read::Decoder;

mod gzip;

use gzip::Members;

/// How an input is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    /// By gzip.
    Gzip,
    /// By zstd.
    Zstd,
}

/// Bytes read at a time from a compressed input.
const BUFFER: usize = 128 * 1024;

/// How much may be unpacked before its size is compared with that of the input.
const FREE: u64 = 1 << 30;

/// How many times as long as the input the unpacked text may then be.
const GROWTH: u64 = 400;

impl Packing {
    /// How many bytes [`Packing::of`] looks at.
    pub(crate) const MARK: usize = 4;

    /// How something that begins like this is compressed.
    pub(crate) fn of(start: &[u8]) -> Option<Self> {
        match start {
            [0x1f, 0x8b, ..] => Some(Self::Gzip),
            // A frame, or one of those that hold no data.
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }

    /// The reader of what is inside.
    pub(crate) fn unpack(self, packed: Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>> {
        let read = Arc::new(AtomicU64::new(0));
        let packed = BufReader::with_capacity(BUFFER, Counted { inner: packed, read: Arc::clone(&read) });
        let plain: Box<dyn Read + Send> = match self {
            Self::Gzip => Box::new(Members::new(packed)),
            Self::Zstd => Box::new(Decoder::with_buffer(packed)?),
        };
        Ok(Box::new(Watched { plain, packing: self, read, given: 0 }))
    }
}

/// A name without the ending of a compression.
pub(crate) fn unpacked(name: &str) -> &str {
    [".gz", ".zst", ".zstd"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

struct Counted {
    inner: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Watches how much comes out of how little, and says of every fault what it is about.
struct Watched {
    plain: Box<dyn Read + Send>,
    packing: Packing,
    read: Arc<AtomicU64>,
    given: u64,
}

impl Read for Watched {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.given > FREE && self.given / GROWTH > self.read.load(Ordering::Relaxed) {
            let message = format!(
                "the {} data unpack to more than {GROWTH} times their size; unpack them first if that is meant",
                self.packing.name()
            );
            return Err(io::Error::other(message));
        }
        match self.plain.read(out) {
            Ok(read) => {
                self.given += read as u64;
                Ok(read)
            }
            Err(error)
                if matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::UnexpectedEof) =>
            {
                Err(error)
            }
            Err(error) => {
                let what = error.to_string().to_lowercase();
                let message = format!("the {} data are damaged ({what})", self.packing.name());
                Err(io::Error::new(error.kind(), message))
            }
        }
    }
}

#[cfg(test)]
pub(super) mod testing {
    //! Compresses.

    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    /// One member.
    pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    /// One frame.
    pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
        zstd::encode_all(bytes, 3).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::testing::{gzip, zstd};
    use super::*;

    fn unpacked(bytes: Vec<u8>) -> (Vec<u8>, Option<String>) {
        let packing = Packing::of(&bytes).unwrap();
        let mut plain = Vec::new();
        let read = packing.unpack(Box::new(Cursor::new(bytes))).unwrap().read_to_end(&mut plain);
        (plain, read.err().map(|error| error.to_string()))
    }

    #[test]
    fn members_and_frames_follow_one_another() {
        let skippable = [0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, b'x', b'y'].to_vec();
        for bytes in [
            [gzip(b"one "), gzip(b"two")].concat(),
            [gzip(b"one "), vec![0; 512], gzip(b"two"), vec![0; 300_000]].concat(),
            [zstd(b"one "), zstd(b"two")].concat(),
            [skippable, zstd(b"one two")].concat(),
        ] {
            assert_eq!(unpacked(bytes), (b"one two".to_vec(), None));
        }
    }

    #[test]
    fn a_damaged_tail_is_told_behind_what_was_readable() {
        let text = b"a line of text that is not always the same\n".repeat(5000);
        for (mut bytes, message) in [
            ([gzip(&text), gzip(&text)[..20].to_vec()].concat(), "incomplete deflate stream"),
            (
                [gzip(&text), b"garbage behind the end".to_vec()].concat(),
                "the gzip data are damaged (invalid gzip header)",
            ),
            (
                [zstd(&text), b"garbage".to_vec()].concat(),
                "the zstd data are damaged (unknown frame descriptor)",
            ),
            ([zstd(&text), zstd(&text)[..20].to_vec()].concat(), "incomplete frame"),
        ] {
            let (plain, error) = unpacked(std::mem::take(&mut bytes));
            assert!(plain.starts_with(&text), "{message}");
            assert_eq!(error.as_deref(), Some(message));
        }
    }

    #[test]
    fn what_only_grows_is_stopped() {
        let zeros = zstd(&vec![0; 64 << 20]);
        let mut bomb = Vec::new();
        for _ in 0..32 {
            bomb.extend_from_slice(&zeros);
        }
        let mut reader = Packing::Zstd.unpack(Box::new(Cursor::new(bomb))).unwrap();
        let error = io::copy(&mut reader, &mut io::sink()).unwrap_err().to_string();
        assert!(error.starts_with("the zstd data unpack to more than 400 times their size"), "{error}");
    }
}
