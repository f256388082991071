//! Lines and the marks of Markdown in them.

use super::Scanner;
use crate::document::bullet::{self, bullet_length};
use crate::document::lines::{is_rule, line_at};
use crate::document::text::Shape;
use crate::span::Span;

impl Scanner<'_> {
    pub(super) fn line_end(&mut self) {
        let line = Span::new(self.line_start, self.at);
        self.flush();
        self.at += 1;
        self.plain = self.at;
        if self.preformatted && !self.lines {
            self.out.close();
            return;
        }
        if self.continues(line) {
            self.out.space(Span::new(line.end, self.at));
            (self.line_start, self.table_row) = (self.at, None);
        } else {
            self.out.close();
            self.out.end_bold();
            if self.text[..line.end].trim_end().ends_with('|') {
                self.out.row(false);
            }
            self.begin_line();
        }
    }

    /// Whether the next line goes on with the block of the line just ended.
    fn continues(&self, line: Span) -> bool {
        if self.whole_lines || self.out.is_blank() || self.out.current_shape() == Some(Shape::Heading) {
            return false;
        }
        let next = line_at(self.text, self.at);
        let trimmed = next.trim();
        let Some(first) = trimmed.chars().next() else { return false };
        if bullet_length(trimmed).is_some() || !(first.is_alphanumeric() || "('\"“‘$&[".contains(first)) {
            return false;
        }
        let open = self.out.open_text();
        let ended = open.ends_with(['.', '!', '?', ':']);
        if first.is_lowercase() && !ended && line.len() > 40 {
            return true;
        }
        let word = trimmed.split(' ').next().map_or(0, str::len);
        self.wrap.is_some_and(|width| line.len() + 1 + word > width && !open.ends_with(':'))
    }

    /// Reads the marks that open a line: indentation, quote, heading, bullet, rule.
    pub(super) fn begin_line(&mut self) {
        (self.line_start, self.table_row) = (self.at, None);
        let line = line_at(self.text, self.at);
        let body = line.trim_start_matches([' ', '\t', '>', '\u{a0}']);
        let mut skip = line.len() - body.len();
        let trimmed = body.trim_end();
        let hashes = trimmed.bytes().take_while(|&b| b == b'#').count();
        if (1..=6).contains(&hashes) && trimmed[hashes..].starts_with([' ', '\t', '*', '\u{a0}']) {
            self.out.shape(Shape::Heading);
            skip += hashes;
        } else if is_rule(trimmed) {
            if trimmed.starts_with(['=', '-']) && !trimmed.contains('|') && self.follows_text() {
                self.out.promote_last();
            }
            skip = line.len();
        } else if let Some(length) = bullet_length(body) {
            self.out.shape(Shape::Item);
            self.out.depth(bullet::depth(&line[..skip], body));
            self.out.level(bullet::level(body));
            skip += length;
        }
        self.skip_to(self.at + skip);
    }

    /// Whether the line before the current one holds text.
    fn follows_text(&self) -> bool {
        let before = self.text[..self.at].strip_suffix('\n').unwrap_or("");
        before.rsplit('\n').next().is_some_and(|line| !line.trim().is_empty())
    }

    pub(super) fn mark(&mut self, byte: u8) {
        let rest = &self.text.as_bytes()[self.at..];
        let next = rest.get(1).copied();
        match byte {
            b'\\' if next.is_some_and(|b| b.is_ascii_punctuation()) => {
                self.skip_to(self.at + 1);
                self.at += 1;
            }
            b'*' | b'_' if next == Some(byte) => {
                let long = rest.iter().take_while(|&&b| b == byte).count();
                self.skip_to(self.at + long);
                let on = !self.out.is_bold();
                self.out.bold(on);
            }
            b'*' if !self.is_emphasis() => self.at += 1,
            b'_' if !self.is_word_edge() => self.at += 1,
            b'|' if rest.len() > 1 && self.is_table_row() => {
                let first = self.text[self.line_start..self.at].trim().is_empty();
                self.skip_to(self.at + 1);
                self.out.close();
                if first {
                    self.out.row(true);
                }
                self.out.cell();
            }
            b'!' if next != Some(b'[') => self.at += 1,
            b']' if next == Some(b'(') => {
                let end = rest.iter().take(600).position(|&b| b == b')' || b == b'\n');
                match end {
                    Some(end) if rest[end] == b')' => self.skip_to(self.at + end + 1),
                    _ => self.skip_to(self.at + 1),
                }
            }
            b'|' | b'\\' => self.at += 1,
            _ => self.skip_to(self.at + 1),
        }
    }

    /// Whether a lone `*` opens or closes emphasis, rather than standing for a bullet or a product sign.
    fn is_emphasis(&self) -> bool {
        let bytes = self.text.as_bytes();
        let before = self.at.checked_sub(1).map_or(b' ', |at| bytes[at]);
        let after = bytes.get(self.at + 1).copied().unwrap_or(b' ');
        before.is_ascii_whitespace() != after.is_ascii_whitespace()
    }

    /// Whether a lone `_` stands at the edge of a word, not inside one.
    fn is_word_edge(&self) -> bool {
        let bytes = self.text.as_bytes();
        let before = self.at.checked_sub(1).map_or(b' ', |at| bytes[at]);
        let after = bytes.get(self.at + 1).copied().unwrap_or(b' ');
        !(before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric())
    }

    fn is_table_row(&mut self) -> bool {
        let line = || line_at(self.text, self.line_start).trim();
        *self.table_row.get_or_insert_with(|| line().starts_with('|') && line().ends_with('|'))
    }
}
