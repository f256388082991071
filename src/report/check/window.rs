//! One line of a snippet on the screen: made harmless, tabs as spaces, a long line cut around the marked words.

use crate::problem::Excerpt;
use crate::report::safe;
use crate::report::text::width;

/// Columns between tab stops.
const TAB: usize = 4;

/// A line of an excerpt, laid out.
pub(super) struct Window {
    shown: String,
    /// Byte in `shown` at which each character of the excerpt begins, and the end.
    starts: Vec<usize>,
    /// Byte in `shown` at which the cut-out begins, and where it ends.
    cut: (usize, usize),
    /// Whether something is left out before it, and after it.
    missing: (bool, bool),
    /// Characters of the line before the excerpt.
    before: usize,
}

impl Window {
    /// Lays out the line so that the characters `from..to` of the line are seen, in `room` columns.
    pub(super) fn new(excerpt: &Excerpt, from: usize, to: usize, room: usize) -> Self {
        let (shown, starts) = harmless(&excerpt.text);
        let mut window = Self {
            cut: (0, shown.len()),
            missing: (excerpt.before > 0, excerpt.cut),
            before: excerpt.before,
            shown,
            starts,
        };
        window.fit(from, to, room.max(16));
        window
    }

    /// Whether the characters of the line can all be seen.
    pub(super) fn shows(&self, from: usize, to: usize) -> bool {
        let length = self.starts.len() - 1;
        let fits = from >= self.before && to <= self.before + length;
        fits && self.byte(from) >= self.cut.0 && self.byte(to) <= self.cut.1
    }

    /// The text, with `…` where it is cut.
    pub(super) fn text(&self) -> String {
        let (head, tail) = self.missing;
        let text = &self.shown[self.cut.0..self.cut.1];
        let text = if tail { text } else { text.trim_end() };
        format!("{}{text}{}", if head { "…" } else { "" }, if tail { "…" } else { "" })
    }

    /// The columns of [`text`](Self::text) that the characters fill; at least one.
    pub(super) fn columns(&self, from: usize, to: usize) -> (usize, usize) {
        let lead = usize::from(self.missing.0);
        let column = |at: usize| {
            let byte = self.byte(at).clamp(self.cut.0, self.cut.1);
            lead + width(&self.shown[self.cut.0..byte])
        };
        let start = column(from);
        (start, column(to).max(start + 1))
    }

    /// Where a character of the line begins in `shown`.
    fn byte(&self, at: usize) -> usize {
        self.starts[at.saturating_sub(self.before).min(self.starts.len() - 1)]
    }

    /// Cuts the line to the room, the marked words rather to the left of it.
    fn fit(&mut self, from: usize, to: usize, room: usize) {
        let dots = |missing: bool| usize::from(missing);
        let whole = width(&self.shown) + dots(self.missing.0) + dots(self.missing.1);
        if whole <= room {
            return;
        }
        let wanted = width(&self.shown[..self.byte(to)]) + dots(self.missing.0) + 1;
        if wanted > room {
            let words = width(&self.shown[self.byte(from)..self.byte(to)]);
            let lead = (room / 4).min(room.saturating_sub(words + 2));
            let start = width(&self.shown[..self.byte(from)]).saturating_sub(lead);
            let first = self.starts.iter().copied().find(|&at| width(&self.shown[..at]) >= start);
            self.cut.0 = self.word_start(first.unwrap_or(0), self.byte(from));
            self.missing.0 |= self.cut.0 > 0;
        }
        let left = room - dots(self.missing.0) - 1;
        let rest = &self.shown[self.cut.0..];
        let mut filled = 0;
        for (&start, &end) in
            self.starts.iter().zip(&self.starts[1..]).filter(|(start, _)| **start >= self.cut.0)
        {
            filled += width(&self.shown[start..end]);
            if filled > left {
                self.cut.1 = start;
                self.missing.1 = true;
                return;
            }
        }
        debug_assert!(width(rest) <= left, "what fits is not cut");
    }

    /// The next beginning of a word at or after `at`, where there is one before `limit`.
    fn word_start(&self, at: usize, limit: usize) -> usize {
        if at == 0 || self.shown[..at].ends_with(' ') {
            return at;
        }
        match self.shown[at..limit.max(at)].find(' ') {
            Some(space) => at + space + 1,
            None => at,
        }
    }
}

/// The text with nothing that acts on a terminal or a build server, and where each character went.
fn harmless(text: &str) -> (String, Vec<usize>) {
    let mut shown = String::with_capacity(text.len());
    let mut starts = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        starts.push(shown.len());
        match c {
            '\t' => {
                let column = width(&shown);
                shown.extend(std::iter::repeat_n(' ', TAB - column % TAB));
            }
            '#' if safe::is_command(&text[at..]) => shown.push_str("#\u{200B}"),
            _ => shown.push(safe::visible_char(c)),
        }
    }
    starts.push(shown.len());
    (shown, starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of the window, and under it the marks.
    fn drawn(excerpt: &Excerpt, marked: &str, room: usize) -> [String; 2] {
        let at = excerpt.text.find(marked).unwrap();
        let from = excerpt.before + excerpt.text[..at].chars().count();
        let to = from + marked.chars().count();
        let window = Window::new(excerpt, from, to, room);
        assert!(window.shows(from, to) || marked.len() > room);
        let (start, end) = window.columns(from, to);
        assert!(width(&window.text()) <= room, "{}", window.text());
        [window.text(), " ".repeat(start) + &"^".repeat(end - start)]
    }

    fn line(text: &str) -> Excerpt {
        Excerpt { line: 1, text: text.to_owned(), before: 0, cut: false }
    }

    #[test]
    fn marks_stand_under_their_words() {
        const CASES: &[(&str, &str, [&str; 2])] = &[
            ("- own it now", "own it", ["- own it now", "  ^^^^^^"]),
            ("\t- own it", "own", ["    - own it", "      ^^^"]),
            ("a\tb own", "own", ["a   b own", "      ^^^"]),
            ("製品を own", "own", ["製品を own", "       ^^^"]),
            ("🚀 own", "own", ["🚀 own", "   ^^^"]),
            ("e\u{301}e own", "own", ["e\u{301}e own", "   ^^^"]),
            ("\x1b[1m own", "own", ["\u{FFFD}[1m own", "     ^^^"]),
            ("a\u{202e}b own", "own", ["a\u{FFFD}b own", "    ^^^"]),
            ("##[error] own", "own", ["#\u{200B}#[error] own", "          ^^^"]),
        ];
        for (text, marked, expected) in CASES {
            assert_eq!(drawn(&line(text), marked, 60), *expected, "{text:?}");
        }
    }

    #[test]
    fn a_long_line_is_cut_around_the_words() {
        let text = format!("{}own the roadmap {}", "before ".repeat(40), "after ".repeat(40));
        let [shown, marks] = drawn(&line(&text), "own the roadmap", 50);
        assert_eq!(shown, "…before own the roadmap after after after after a…");
        assert_eq!(marks, "        ^^^^^^^^^^^^^^^");
        let [shown, marks] = drawn(&line(&text), "before before", 50);
        assert_eq!(shown, "before before before before before before before …");
        assert_eq!(marks, "^^^^^^^^^^^^^");
        let [shown, _] = drawn(&line(&format!("{} own", "before ".repeat(40))), "own", 50);
        assert!(shown.ends_with("before  own"), "{shown}");
    }

    #[test]
    fn an_excerpt_that_is_a_part_says_so() {
        let part = Excerpt { line: 1, text: "the own thing".to_owned(), before: 1000, cut: true };
        assert_eq!(drawn(&part, "own", 50), ["…the own thing…", "     ^^^"]);
    }

    #[test]
    fn words_longer_than_the_room_are_marked_as_far_as_they_go() {
        let text = format!("- {}", "語".repeat(100));
        let window = Window::new(&line(&text), 2, 102, 30);
        assert!(width(&window.text()) <= 30);
        let (start, end) = window.columns(2, 102);
        assert!(start < end && end <= 30, "{start} {end}");
    }
}
