//! How a text is laid out in lines: whether its line ends count, where they wrap, and which lines are drawn rules.

use memchr::memmem;

use super::tag::{self, Tag};

/// How wide a hard-wrapped text is, in bytes; `None` when its lines are not wrapped.
pub(super) fn wrap_width(text: &str) -> Option<usize> {
    let (mut lines, mut long, mut width) = (0, 0, 0);
    for line in text.lines() {
        let length = line.trim_end().len();
        lines += usize::from(length > 0);
        long += usize::from(length > 60);
        width = width.max(length);
        if width > 125 {
            return None;
        }
    }
    (lines > 6 && long * 4 > lines).then_some(width)
}

/// The rest of the line from `at` on.
pub(super) fn line_at(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    &rest[..memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())]
}

/// Whether a text with tags is still laid out by its line ends: hardly any tag ends a block, and there are lines.
pub(super) fn breaks_by_lines(text: &str) -> bool {
    let bytes = text.as_bytes();
    let newlines = memchr::memchr_iter(b'\n', bytes).count();
    if newlines == 0 {
        return false;
    }
    // The rule of a table in Markdown; its cells may hold `<br>`.
    if [&b"\n|--"[..], b"\n| --", b"\n|:-"].iter().any(|rule| memmem::find(bytes, rule).is_some()) {
        return true;
    }
    let blocks = memchr::memchr_iter(b'<', bytes)
        .filter(|&at| {
            let rest = &bytes[at + 1..];
            let length = rest.iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
            length > 0 && !matches!(tag::meaning(&rest[..length]), Tag::Inline | Tag::Bold | Tag::Hidden)
        })
        .count();
    blocks * 3 < newlines && blocks < 40
}

/// A line of nothing but rule characters, also that below the head of a table.
pub(super) fn is_rule(line: &str) -> bool {
    let draws = |c| matches!(c, '-' | '=' | '*' | '_' | '~' | ' ' | '\\' | '\u{2014}' | '|' | ':');
    line.len() >= 3 && line.chars().all(draws) && !line.starts_with([':', ' '])
}
