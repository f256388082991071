//! Looks at eight bytes at once, held in one integer: the loops that see every byte of every posting.
//!
//! A mask has the highest bit of each byte that is meant, and no other. The first byte of a text is the lowest of
//! its integer.

/// The highest bit of each byte.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The same byte eight times.
const fn each(byte: u8) -> u64 {
    0x0101_0101_0101_0101 * byte as u64
}

/// The eight bytes that begin at `at`, when there are so many.
pub(crate) fn load(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..)?.first_chunk()?;
    Some(u64::from_le_bytes(*eight))
}

/// Masks the bytes from `first` to `last`, both below 0x80; bytes above are none of them.
const fn within(bytes: u64, first: u8, last: u8) -> u64 {
    let low = bytes & !HIGH;
    let from_first = low + each(0x80 - first);
    let after_last = low + each(0x7F - last);
    from_first & !after_last & !bytes & HIGH
}

/// Masks ASCII letters.
fn letters(bytes: u64) -> u64 {
    // Setting this bit makes capitals small, and no other byte a letter.
    within(bytes | each(0x20), b'a', b'z')
}

/// Masks ASCII letters and digits.
fn alphanumerics(bytes: u64) -> u64 {
    letters(bytes) | within(bytes, b'0', b'9')
}

/// ASCII letters in lower case; other bytes stay.
pub(crate) fn lower(bytes: u64) -> u64 {
    bytes | (within(bytes, b'A', b'Z') >> 2)
}

/// Longest word that [`key`] takes, in bytes.
pub(crate) const SHORT: usize = 16;

/// The word `text[start..end]`, of one byte to [`SHORT`], in lower case and as two integers.
#[inline]
pub(crate) fn key(text: &[u8], start: usize, end: usize) -> [u64; 2] {
    if end <= start + 8 {
        [lower(part(text, start, end)), 0]
    } else {
        [lower(part(text, start, start + 8)), lower(part(text, start + 8, end))]
    }
}

/// The run of ASCII letters and digits that begins at `at`: how many, at least one, and as [`key`] gives them. `None` when
/// there are none, or [`SHORT`] and perhaps more, or the text ends too soon to tell at a glance.
#[inline]
pub(crate) fn run(text: &[u8], at: usize) -> Option<(usize, [u64; 2])> {
    let (first, second) = (load(text, at)?, load(text, at + 8)?);
    let (small, length) = lowered(first);
    if length < 8 {
        return (length > 0).then_some((length, [small & ((1 << (8 * length)) - 1), 0]));
    }
    let (more, rest) = lowered(second);
    (rest < 8).then(|| (8 + rest, [small, more & ((1 << (8 * rest)) - 1)]))
}

/// Eight bytes with their letters in lower case, and how many are letters and digits before any other.
#[inline]
fn lowered(bytes: u64) -> (u64, usize) {
    let letters = letters(bytes);
    let others = !(letters | within(bytes, b'0', b'9')) & HIGH;
    (bytes | letters >> 2, others.trailing_zeros() as usize / 8)
}

/// The run of up to seven ASCII letters that begins at `at`, with another ASCII byte behind: how many, and the letters in
/// lower case with whatever stands behind them. `None` when there is no such run, or the text ends too soon to tell.
#[inline]
pub(crate) fn letter_run(text: &[u8], at: usize) -> Option<(usize, u64)> {
    let bytes = load(text, at)?;
    let letters = letters(bytes);
    let length = (!letters & HIGH).trailing_zeros() as usize / 8;
    let plain = (1..8).contains(&length) && bytes >> (8 * length) & 0x80 == 0;
    plain.then_some((length, bytes | letters >> 2))
}

/// Up to eight bytes, and at least one, as an integer.
#[inline]
fn part(text: &[u8], start: usize, end: usize) -> u64 {
    let unused = 64 - 8 * (end - start);
    if let Some(eight) = load(text, start) {
        // What stands behind the end is shifted out and zeros in.
        return eight << unused >> unused;
    }
    let mut eight = [0; 8];
    eight[..end - start].copy_from_slice(&text[start..end]);
    u64::from_le_bytes(eight)
}

/// Where characters beyond ASCII begin.
pub(crate) fn wide_characters(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let (eights, rest) = bytes.as_chunks::<8>();
    let in_eights = eights.iter().zip((0..).step_by(8)).flat_map(|(eight, from)| {
        let eight = u64::from_le_bytes(*eight);
        // Both of the highest bits are set in the first byte of such a character, and only there.
        let mut starts = eight & eight << 1 & HIGH;
        std::iter::from_fn(move || {
            let first = starts.trailing_zeros() as usize / 8;
            starts &= starts.wrapping_sub(1);
            (first < 8).then_some(from + first)
        })
    });
    let behind = rest.iter().zip(bytes.len() - rest.len()..).filter(|(byte, _)| **byte >= 0xC0);
    in_eights.chain(behind.map(|(_, at)| at))
}

/// How many bytes from `at` on `mask` picks one after another; `pick` says the same of a single byte.
fn count(bytes: &[u8], at: usize, mask: impl Fn(u64) -> u64, pick: impl Fn(u8) -> bool) -> usize {
    let mut next = at;
    while let Some(eight) = load(bytes, next) {
        let others = !mask(eight) & HIGH;
        if others != 0 {
            return next - at + others.trailing_zeros() as usize / 8;
        }
        next += 8;
    }
    let rest = bytes.get(next..).unwrap_or(&[]);
    next - at + rest.iter().take_while(|&&byte| pick(byte)).count()
}

/// How many ASCII letters stand from `at` on.
pub(crate) fn count_letters(bytes: &[u8], at: usize) -> usize {
    count(bytes, at, letters, |byte| byte.is_ascii_alphabetic())
}

/// How many ASCII letters and digits stand from `at` on.
pub(crate) fn count_alphanumerics(bytes: &[u8], at: usize) -> usize {
    count(bytes, at, alphanumerics, |byte| byte.is_ascii_alphanumeric())
}

/// How many bytes from `at` on are printing ASCII characters, or single spaces between such. What follows is some
/// other byte, or a space that may be one of several.
pub(crate) fn count_plain(bytes: &[u8], at: usize) -> usize {
    let mut next = at;
    while let Some(eight) = load(bytes, next) {
        let spaces = within(eight, b' ', b' ');
        let printing = within(eight, b'!', b'~');
        // A space is plain when the byte after it prints; of the last byte that is not known.
        let fine = printing | (spaces & (printing >> 8));
        let others = !fine & HIGH;
        let passed = others.trailing_zeros() as usize / 8;
        next += passed;
        // All eight, or all but a space that the next eight begin with.
        if passed == 8 || (passed == 7 && spaces >> 63 == 1) {
            continue;
        }
        return next - at;
    }
    next - at
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every byte, with others on either side.
    fn texts() -> impl Iterator<Item = Vec<u8>> {
        let around = |byte: u8| {
            (0..20).map(move |before| {
                [b"abcdefghijABC09 zZ-x".get(..before).unwrap_or(&[]), &[byte], b"qq Q"].concat()
            })
        };
        (0..=u8::MAX).flat_map(around)
    }

    #[test]
    fn runs_end_where_looking_at_each_byte_ends_them() {
        for text in texts() {
            for at in 0..=text.len() {
                let run = |pick: fn(&u8) -> bool| text[at..].iter().take_while(|byte| pick(byte)).count();
                assert_eq!(count_letters(&text, at), run(u8::is_ascii_alphabetic), "{text:?} {at}");
                assert_eq!(count_alphanumerics(&text, at), run(u8::is_ascii_alphanumeric), "{text:?} {at}");
            }
        }
    }

    #[test]
    fn wide_characters_begin_where_their_first_bytes_stand() {
        for text in texts() {
            let expected: Vec<usize> = (0..text.len()).filter(|&at| text[at] >= 0xC0).collect();
            assert_eq!(wide_characters(&text).collect::<Vec<_>>(), expected, "{text:?}");
        }
    }

    #[test]
    fn a_run_is_the_key_of_its_word() {
        for text in texts() {
            for at in 0..=text.len() {
                let length = count_alphanumerics(&text, at);
                let seen = length > 0 && length < SHORT && at + SHORT <= text.len();
                let expected = seen.then(|| (length, key(&text, at, at + length)));
                assert_eq!(run(&text, at), expected, "{text:?} {at}");
                let (letters, after) = (count_letters(&text, at), at + count_letters(&text, at));
                let seen = (1..8).contains(&letters) && at + 8 <= text.len() && text[after] < 0x80;
                let start = |(length, eight): (usize, u64)| (length, eight & ((1 << (8 * length)) - 1));
                let expected = seen.then(|| (letters, key(&text, at, after)[0]));
                assert_eq!(letter_run(&text, at).map(start), expected, "{text:?} {at}");
            }
        }
    }

    #[test]
    fn plain_bytes_print_or_are_lone_spaces_before_some_that_do() {
        for text in texts() {
            for at in 0..=text.len() {
                let passed = count_plain(&text, at);
                let fine = |index: usize| {
                    let prints = |byte: &u8| (b'!'..=b'~').contains(byte);
                    prints(&text[index]) || text[index] == b' ' && text.get(index + 1).is_some_and(prints)
                };
                assert!((at..at + passed).all(fine), "{text:?} {at} {passed}");
            }
        }
        assert_eq!(count_plain(b"one two three  four and more", 0), 13);
    }

    #[test]
    fn only_capital_letters_become_small() {
        for byte in 0..=u8::MAX {
            let small = [byte.to_ascii_lowercase(); 8];
            assert_eq!(lower(u64::from_le_bytes([byte; 8])), u64::from_le_bytes(small));
        }
    }
}
