//! One member of gzip after another; behind one that is broken, a reader may go on at the next.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;
use memchr::memmem;

/// How a member begins: the mark, and the one method of packing that there is.
const MARK: &[u8] = b"\x1f\x8b\x08";

/// How much of a member is kept for going back, in bytes: members of archives are single pages.
const KEPT: usize = 1 << 20;

/// How many marks behind a broken member are tried: those that stand in packed data by chance are few.
const TRIES: usize = 64;

/// Reads the members, each fault once; what is read behind a fault comes from the next member.
pub(super) struct Members<R: BufRead> {
    /// The member at hand; none at the end.
    member: Option<GzDecoder<Kept<R>>>,
    broken: bool,
}

impl<R: BufRead> Members<R> {
    /// Starts at the beginning of the first member.
    pub(super) fn new(inner: R) -> Self {
        let kept = Kept { inner, bytes: Vec::new(), start: 0, at: 0, keeps: true };
        Self { member: Some(GzDecoder::new(kept)), broken: false }
    }

    /// Goes to the next member, which begins here or, behind a broken one, further on.
    fn next(&mut self) -> io::Result<()> {
        let Some(member) = self.member.take() else { return Ok(()) };
        let mut kept = member.into_inner();
        let there = if self.broken { kept.seek()? } else { kept.leave()? };
        self.member = there.then(|| GzDecoder::new(kept));
        Ok(())
    }
}

impl<R: BufRead> Read for Members<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut tries = if self.broken { TRIES } else { 0 };
        if self.broken {
            self.next()?;
        }
        loop {
            let Some(member) = &mut self.member else { return Ok(0) };
            match member.read(out) {
                Ok(0) if !out.is_empty() => {
                    (self.broken, tries) = (false, 0);
                    self.next()?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
                // The mark may stand in packed data by chance.
                Err(_) if tries > 1 => {
                    tries -= 1;
                    self.next()?;
                }
                Err(error) => {
                    // Nobody packed what breaks again and again.
                    if tries > 0 {
                        self.member = None;
                    }
                    self.broken = true;
                    return Err(error);
                }
                Ok(read) => {
                    self.broken = false;
                    return Ok(read);
                }
            }
        }
    }
}

/// A reader that keeps what it has given of one member.
struct Kept<R> {
    inner: R,
    bytes: Vec<u8>,
    /// Where the member begins in these.
    start: usize,
    /// How many of these are read.
    at: usize,
    keeps: bool,
}

impl<R: BufRead> Kept<R> {
    /// Forgets the member that ends here; whether anything but zeros follows, with which tapes fill their blocks.
    fn leave(&mut self) -> io::Result<bool> {
        self.begin(self.at);
        loop {
            let next = self.fill_buf()?;
            let zeros = next.iter().take_while(|byte| **byte == 0).count();
            if zeros < next.len() || zeros == 0 {
                let more = !next.is_empty();
                self.consume(zeros);
                self.begin(self.at);
                return Ok(more);
            }
            self.consume(zeros);
            self.begin(self.at);
        }
    }

    /// Begins a member at `start`.
    fn begin(&mut self, start: usize) {
        (self.start, self.at, self.keeps) = (start, start, true);
        // Not at each: members may be short, and what is kept long.
        if 2 * start >= self.bytes.len() {
            self.bytes.drain(..start);
            (self.start, self.at) = (0, 0);
        }
    }

    /// Goes to where the next member begins, from behind the first byte of this one; whether there is one.
    fn seek(&mut self) -> io::Result<bool> {
        let mut from = self.start + 1;
        loop {
            if let Some(found) = memmem::find(self.bytes.get(from..).unwrap_or_default(), MARK) {
                self.begin(from + found);
                return Ok(true);
            }
            self.bytes.drain(..self.bytes.len().saturating_sub(MARK.len() - 1));
            from = 0;
            let next = self.inner.fill_buf()?;
            if next.is_empty() {
                return Ok(false);
            }
            self.bytes.extend_from_slice(next);
            let length = next.len();
            self.inner.consume(length);
        }
    }
}

impl<R: BufRead> Read for Kept<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(out)?;
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Kept<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.bytes.len() { Ok(&self.bytes[self.at..]) } else { self.inner.fill_buf() }
    }

    fn consume(&mut self, length: usize) {
        if self.at < self.bytes.len() {
            self.at += length;
            return;
        }
        if self.keeps
            && let Ok(next) = self.inner.fill_buf()
        {
            self.bytes.extend_from_slice(&next[..length.min(next.len())]);
            if self.bytes.len() - self.start > KEPT {
                self.bytes = Vec::new();
                (self.start, self.keeps) = (0, false);
            }
            self.at = self.bytes.len();
        }
        self.inner.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::gzip;
    use super::*;

    /// What is read of members, with `|` for each fault.
    fn read(packed: &[u8], size: usize) -> String {
        let mut members = Members::new(io::BufReader::with_capacity(size, packed));
        let (mut found, mut piece) = (String::new(), [0; 7]);
        loop {
            match members.read(&mut piece) {
                Ok(0) => return found,
                Ok(length) => found.push_str(&String::from_utf8_lossy(&piece[..length])),
                Err(_) => found.push('|'),
            }
        }
    }

    #[test]
    fn a_broken_member_costs_itself() {
        let texts = ["the first of the pages", "this is the second of them", "and the third is the last"];
        let [one, two, three] = texts.map(|text| gzip(text.as_bytes()));
        let mut wrong = two.clone();
        wrong[12] ^= 0xff;
        for (name, second, whole) in [
            ("whole", two.clone(), true),
            ("wrong", wrong, false),
            ("cut", two[..two.len() - 12].to_vec(), false),
            ("no head", two[4..].to_vec(), false),
        ] {
            for size in [1, 5, 4096] {
                let found = read(&[&*one, &second, &three].concat(), size);
                let (start, end) = (found.starts_with(texts[0]), found.ends_with(texts[2]));
                assert!(start && end, "{name} by {size}: {found}");
                assert_eq!(found.matches('|').count(), usize::from(!whole), "{name} by {size}: {found}");
                assert_eq!(found.contains(texts[1]), whole, "{name} by {size}: {found}");
            }
        }
        assert_eq!(read(&[&*one, b"garbage \x1f\x8b\x08 and more"].concat(), 64), format!("{}|", texts[0]));
        let mut small: Vec<u8> = one.repeat(1000);
        small.extend([&*one, &two[..20], &three].concat());
        assert_eq!(read(&small, 4096).matches(texts[0]).count(), 1001);
    }

    #[test]
    fn marks_without_members_are_given_up() {
        let [one, mark] = [gzip(b"a page"), MARK.repeat(100_000)];
        assert_eq!(read(&[&*one, &mark, &one].concat(), 4096), "a page||");
    }
}
