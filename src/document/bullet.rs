//! The marks that open the items of a list, or part them inside a line: bullets of every kind, and numbers.

use super::lost::Begins;
use crate::lanes;
use crate::span::Span;

/// Length of the bullet or number, with the space after it, that opens an item.
pub(super) fn bullet_length(line: &str) -> Option<usize> {
    let line_bytes = line.as_bytes();
    let first = line.chars().next()?;
    let mark = if matches!(first, '-' | '*' | '+' | '\u{2013}' | '\u{2014}' | 'o' | '\u{a7}') {
        // These are bullets only with white space behind.
        first.len_utf8()
    } else if is_bullet(first) {
        let rest = &line[first.len_utf8()..];
        return Some(line.len() - rest.trim_start().len());
    } else if let Some((number, _)) = numbered(line) {
        number
    } else if let Some(letters) = lettered(line) {
        letters
    } else if first == '\\' && matches!(line_bytes.get(1), Some(b'-' | b'*' | b'+')) {
        2
    } else {
        return None;
    };
    let rest = &line[mark..];
    let gap = rest.len() - rest.trim_start().len();
    (gap > 0 && gap < rest.len()).then_some(mark + gap)
}

/// Length of what counts a line in letters or brackets: `a)`, `(a)`, `ii)`, `(2)`, `#2`, and `2` before a dash.
fn lettered(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let (open, hash) = (bytes.first() == Some(&b'('), bytes.first() == Some(&b'#'));
    let body = &bytes[usize::from(open || hash)..];
    let run = |of: fn(&u8) -> bool| body.iter().take_while(|byte| of(byte)).count();
    let digits = run(u8::is_ascii_digit);
    let letters = run(u8::is_ascii_lowercase);
    let roman = || body[..letters].iter().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    let length = match (digits, letters) {
        (1..=2, _) => digits,
        (0, 1) => 1,
        (0, 2..=4) if roman() => letters,
        _ => return None,
    };
    let end = usize::from(open || hash) + length;
    if let Some(share) = (digits > 0 && !open && !hash).then(|| timed(line, end)).flatten() {
        return Some(share);
    }
    if hash || digits > 0 && !open {
        let dash = [" - ", " \u{2013} ", " \u{2014} ", "\u{2013} "]
            .iter()
            .find(|dash| line[end..].starts_with(**dash));
        return match dash {
            // "1 – 2 years" counts years.
            Some(dash)
                if digits > 0 && !line[end + dash.len()..].starts_with(|c: char| c.is_ascii_digit()) =>
            {
                Some(end + dash.trim_end().len())
            }
            _ => (hash && digits > 0).then_some(end),
        };
    }
    (bytes.get(end) == Some(&b')')).then_some(end + 1)
}

/// Length of the share or hour of a working day that opens a line: `40% - `, `9:30 `. `digits` of them begin it.
fn timed(line: &str, digits: usize) -> Option<usize> {
    let rest = &line[digits..];
    let minutes = || {
        let two = rest.strip_prefix(':')?.get(..2)?;
        two.bytes().all(|byte| byte.is_ascii_digit()).then_some(3)
    };
    let mark = if rest.starts_with('%') { 1 } else { minutes()? };
    let behind = rest[mark..].trim_start_matches([' ', '\u{a0}']);
    let said = behind.trim_start_matches(['-', '\u{2013}', '\u{2014}', ':', ' ']);
    let dashed = said.len() < behind.len();
    let begins = if mark == 1 { dashed } else { said.starts_with(char::is_uppercase) };
    let before = &line[..line.len() - said.len()];
    (begins && said.starts_with(char::is_alphabetic)).then_some(before.trim_end().len())
}

/// Length of the number that opens a line, with its mark, and at which level of numbering it stands: one for `2.`,
/// `2.0` and `II.`, two for `2.1`.
fn numbered(line: &str) -> Option<(usize, u8)> {
    let marks = |byte: &u8| matches!(byte, b'0'..=b'9' | b'I' | b'V' | b'X' | b'.' | b')');
    let length = line.bytes().take_while(marks).count();
    let number = line[..length].trim_end_matches(['.', ')']);
    let marked = number.len() + 1 == length;
    if (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return marked.then_some((length, 1));
    }
    let is_count = |part: &str| matches!(part.len(), 1 | 2) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !number.split('.').all(is_count) {
        return None;
    }
    // "2.1 To write", but not "2 years" and not "1.5 million".
    let parted = number.contains('.') && line[length..].trim_start().starts_with(char::is_uppercase);
    let level = number.split('.').filter(|part| *part != "0").take(9).fold(0, |level, _| level + 1);
    (marked || parted).then_some((length, level.max(1)))
}

/// The level of lines that an hour or a share opens: "9:30 Stand-up with the crew" heads nothing.
pub(super) const TIMED: u8 = u8::MAX;

/// At which level of numbering a line stands, see [`numbered`]; zero when no number opens it.
pub(super) fn level(line: &str) -> u8 {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) && timed(line, digits).is_some() {
        return TIMED;
    }
    numbered(line).map_or(0, |(_, level)| level)
}

/// How deep an item stands by the white space before its bullet, and by the bullet: word processors set the items
/// below `•` with `o` and those below them with `▪`.
pub(super) fn depth(indent: &str, body: &str) -> usize {
    let space = |c: char| match c {
        '\t' => 4,
        '>' => 0,
        _ => 1,
    };
    let rank = match body.chars().next() {
        Some('o' | '\u{25e6}' | '\u{25cb}') => 1,
        Some('\u{a7}' | '\u{25aa}' | '\u{25a0}' | '\u{f0a7}') => 2,
        _ => 0,
    };
    indent.chars().map(space).sum::<usize>() + rank
}

/// Fewest orders in one line behind the same kind of marks from which the marks part items.
const PARTED_ORDERS: usize = 2;

/// Where a line is parted by marks before what is to be done: "Own the roadmap | Write stories | Rank …". `plain` says
/// that all of it is ASCII.
pub(super) fn before_orders(
    text: &str,
    span: Span,
    plain: bool,
    knows: &mut impl FnMut(Span) -> Begins,
) -> Vec<(usize, usize)> {
    let line = span.slice(text);
    let bytes = line.as_bytes();
    let mut marks: Vec<(usize, usize)> = Vec::new();
    let alone = |at: usize, end: usize| {
        at > 0 && bytes[at - 1] == b' ' && bytes.get(end) == Some(&b' ') && end + 1 < bytes.len()
    };
    if plain {
        let bars = memchr::memchr2_iter(b'|', b'/', bytes);
        marks.extend(bars.filter(|&at| alone(at, at + 1)).map(|at| (at, at + 1)));
    } else {
        for at in lanes::wide_characters(bytes) {
            let Some(c) = line[at..].chars().next() else { continue };
            // An emoji may be followed by what says how it is drawn.
            let drawn = if line[at + c.len_utf8()..].starts_with('\u{fe0f}') { 3 } else { 0 };
            let end = at + c.len_utf8() + drawn;
            if !c.is_alphanumeric() && alone(at, end) {
                marks.push((at, end));
            }
        }
    }
    if marks.len() < PARTED_ORDERS {
        return Vec::new();
    }
    let mut orders = |&(_, end): &(usize, usize)| {
        let rest = line[end..].trim_start();
        let start = span.end - rest.len();
        let word = rest.split(' ').next().unwrap_or("");
        rest.starts_with(char::is_uppercase) && knows(Span::new(start, start + word.len())) == Begins::Order
    };
    if marks.iter().filter(|mark| orders(mark)).count() < PARTED_ORDERS {
        marks.clear();
    }
    marks
}

/// Characters that are bullets wherever they open a line.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '\u{2022}'
            | '\u{b7}'
            | '\u{25cf}'
            | '\u{25e6}'
            | '\u{25aa}'
            | '\u{25ab}'
            | '\u{2023}'
            | '\u{2043}'
            | '\u{25a0}'
            | '\u{25a1}'
            | '\u{25c6}'
            | '\u{25b6}'
            | '\u{25ba}'
            | '\u{27a2}'
            | '\u{2713}'
            | '\u{2714}'
            | '\u{2705}'
            | '\u{f0b7}'
            | '\u{f0a7}'
            | '\u{2219}'
            | '\u{25cb}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_open_lines_at_their_level() {
        const CASES: &[(&str, Option<&str>, u8)] = &[
            ("1. Caps", Some("Caps"), 1),
            ("12) Caps", Some("Caps"), 1),
            ("2.0 Caps", Some("Caps"), 1),
            ("2.1 Caps", Some("Caps"), 2),
            ("2.1. caps", Some("caps"), 2),
            ("2.1.13 Caps", Some("Caps"), 3),
            ("II. Caps", Some("Caps"), 1),
            ("IV) Caps", Some("Caps"), 1),
            ("2 caps", None, 0),
            ("1.5 million caps", None, 0),
            ("2024. Caps", None, 0),
            ("IV Caps", None, 0),
            ("1.Caps", None, 1),
            ("1 - Caps", Some("Caps"), 0),
            ("2 \u{2013} Caps", Some("Caps"), 0),
            ("2 \u{2013} 3 caps", None, 0),
            ("2 - 3 caps", None, 0),
            ("#3 Caps", Some("Caps"), 0),
            ("a) Caps", Some("Caps"), 0),
            ("(b) Caps", Some("Caps"), 0),
            ("(12) Caps", Some("Caps"), 0),
            ("iii) Caps", Some("Caps"), 0),
            ("caps) and hats", None, 0),
            ("(caps) and hats", None, 0),
            ("(and hats", None, 0),
            ("# Caps", None, 0),
            ("24-hour caps", None, 0),
            ("9 to 5 caps", None, 0),
            ("40% - caps", Some("caps"), TIMED),
            ("60%: Caps", Some("Caps"), TIMED),
            ("60% caps", None, 0),
            ("9:30 Caps", Some("Caps"), TIMED),
            ("9:00 - 17:00 caps", None, 0),
            (")", None, 0),
            ("", None, 0),
        ];
        for (line, rest, at) in CASES {
            assert_eq!(
                (bullet_length(line).map(|length| &line[length..]), level(line)),
                (*rest, *at),
                "{line}"
            );
        }
    }
}
