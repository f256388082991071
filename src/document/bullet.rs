//! The marks that open the items of a list: bullets of every kind, and numbers.

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
    } else if first.is_ascii_digit() {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        (digits <= 2 && matches!(line_bytes.get(digits), Some(b'.' | b')'))).then_some(digits + 1)?
    } else if first.is_ascii_lowercase() && line_bytes.get(1) == Some(&b')')
        || first == '\\' && matches!(line_bytes.get(1), Some(b'-' | b'*' | b'+'))
    {
        2
    } else {
        return None;
    };
    let rest = &line[mark..];
    let gap = rest.len() - rest.trim_start().len();
    (gap > 0 && gap < rest.len()).then_some(mark + gap)
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
