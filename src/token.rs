//! Cuts text into words, and notes what stands between them.
//!
//! A word is a run of letters and digits; `&` joins two words only where no space stands (`R&D`). A hyphen,
//! a slash or a space between two words is soft, a comma is a pause, and a semicolon, a colon, a full stop or
//! a bullet is a break. The possessive `'s` belongs to the word before it.

use crate::lanes;
use crate::span::Span;

/// What stands between a word and the one before it, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing but spaces, hyphens, slashes, quotes or brackets.
    Soft,
    /// A comma.
    Pause,
    /// A dash with spaces, a semicolon, a colon, a full stop, a bullet.
    Break,
}

/// A word and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the word in the text.
    pub span: Span,
    /// What stands before it.
    pub gap: Gap,
}

/// Appends the words of `text[span]` to `out`.
pub fn cut(text: &str, span: Span, out: &mut Vec<Token>) {
    each(text, span, |token, _| out.push(token));
}

/// Calls `push` for every word of `text[span]`, with its [key](lanes::key) where that has been seen on the way.
#[inline]
pub(crate) fn each(text: &str, span: Span, mut push: impl FnMut(Token, Option<[u64; 2]>)) {
    let bytes = text.as_bytes();
    let mut at = span.start;
    let mut gap = Gap::Soft;
    while at < span.end {
        let byte = bytes[at];
        let kind = KINDS[usize::from(byte)];
        // One call for all words, so that what is done with one becomes a part of this loop.
        let (span, key) = if kind == Kind::Word || (kind == Kind::Wide && starts_letter(text, at)) {
            let start = at;
            // Nearly every word ends before a space or a mark.
            if let Some((length, key)) = lanes::run(bytes, at)
                && at + length <= span.end
                && let Some(&after) = bytes.get(at + length)
                && after < 0x80
                && after != b'&'
            {
                at += length + usize::from(after == b' ');
                (Span::new(start, start + length), Some(key))
            } else {
                at = word_end(text, at, span.end);
                (Span::new(start, at), None)
            }
        } else {
            let start = at;
            at += 1;
            match kind {
                Kind::Comma => gap = gap.max(Gap::Pause),
                Kind::Break => gap = Gap::Break,
                Kind::Mark => match byte {
                    b'.' if bytes.get(at).is_none_or(u8::is_ascii_whitespace) => gap = Gap::Break,
                    b'-' if start > span.start
                        && bytes[start - 1] == b' '
                        && bytes.get(at) == Some(&b' ') =>
                    {
                        gap = Gap::Break;
                    }
                    _ => {}
                },
                Kind::Wide => {
                    if is_strong_mark(&bytes[start..]) {
                        gap = Gap::Break;
                    }
                    at += width(byte) - 1;
                }
                Kind::Word | Kind::Nothing => {}
            }
            if byte != b'&' || bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) {
                continue;
            }
            (Span::new(start, at), None)
        };
        if span.len() > 1 || !is_possessive(text, span.start) {
            push(Token { span, gap }, key);
        }
        gap = Gap::Soft;
    }
}

/// Whether the letter at `at` is the `s` of a possessive.
fn is_possessive(text: &str, at: usize) -> bool {
    let before = &text.as_bytes()[..at];
    matches!(text.as_bytes()[at], b's' | b'S')
        && (before.ends_with(b"'") || before.ends_with("\u{2019}".as_bytes()))
}

/// What a byte may be to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Says nothing, as a space does.
    Nothing,
    /// A letter or a digit.
    Word,
    /// Ends a thought.
    Break,
    /// A comma.
    Comma,
    /// A full stop, a hyphen or an ampersand: it depends on what stands beside it.
    Mark,
    /// A part of a character beyond ASCII.
    Wide,
}

/// What each byte may be.
const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Nothing; 256];
    let mut byte: u8 = 0;
    loop {
        kinds[byte as usize] = match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Kind::Word,
            b';' | b':' | b'!' | b'?' | b'\n' => Kind::Break,
            b',' => Kind::Comma,
            b'.' | b'-' | b'&' => Kind::Mark,
            0x80.. => Kind::Wide,
            _ => Kind::Nothing,
        };
        if byte == u8::MAX {
            break kinds;
        }
        byte += 1;
    }
};

fn starts_letter(text: &str, at: usize) -> bool {
    // Dashes, quotes, bullets: none from U+2000 to U+203F is a letter.
    if text.as_bytes()[at..].starts_with(b"\xE2\x80") {
        return false;
    }
    text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric)
}

fn word_end(text: &str, start: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        at += lanes::count_alphanumerics(bytes, at);
        if at >= end {
            return end;
        }
        let byte = bytes[at];
        let joins = || at > start && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        if byte == b'&' && joins() {
            at += 1;
        } else if byte >= 0x80 && starts_letter(text, at) {
            at += width(byte);
        } else {
            return at;
        }
    }
}

/// Bullets, dashes of a sentence and ellipses of the block U+2010–U+25FF.
fn is_strong_mark(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xE2, 0x80, 0x93 | 0x94 | 0xA2 | 0xA3 | 0xA6, ..] | [0xE2, 0x96 | 0x97, _, ..] | [0xC2, 0xB7, ..]
    )
}

/// Length in bytes of the character that `byte` begins.
fn width(byte: u8) -> usize {
    match byte {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::Gap::{Break, Pause, Soft};
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        cut(text, Span::new(0, text.len()), &mut out);
        out.iter().map(|token| token.span.slice(text)).collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        const CASES: &[(&str, &[&str])] = &[
            ("go-to-market", &["go", "to", "market"]),
            ("R&D, P&L and Q&A", &["R&D", "P&L", "and", "Q&A"]),
            ("features & benefits", &["features", "&", "benefits"]),
            ("the customer's and users\u{2019} needs", &["the", "customer", "and", "users", "needs"]),
            ("you'll", &["you", "ll"]),
            ("résumé ünï", &["résumé", "ünï"]),
            ("", &[]),
            ("• — …", &[]),
        ];
        for (text, expected) in CASES {
            assert_eq!(words(text), *expected, "{text}");
        }
    }

    #[test]
    fn gaps_tell_pauses_from_breaks() {
        let text = "own a, b; c-d e. f v1.2 – g";
        let mut out = Vec::new();
        cut(text, Span::new(0, text.len()), &mut out);
        let gaps: Vec<Gap> = out.iter().map(|token| token.gap).collect();
        assert_eq!(gaps, [Soft, Soft, Pause, Break, Soft, Soft, Break, Soft, Soft, Break]);
    }
}
