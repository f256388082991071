//! The file under a posting: turns bytes of its text into places that a person can go to.

use crate::posting::Posting;
use crate::problem::Region;
use crate::source::headline;
use crate::span::{Lines, Span};

/// The file under a posting.
pub(super) struct Ground<'p> {
    posting: &'p Posting,
    /// The lines of a draft; a record of a table or of JSON has none of its own.
    lines: Option<Lines<'p>>,
    title: Option<Span>,
}

impl<'p> Ground<'p> {
    /// The file under `posting`; `own_title` says that its title was read there.
    pub(super) fn of(posting: &'p Posting, is_draft: bool, own_title: bool) -> Self {
        let part = posting.parts.first().filter(|_| is_draft);
        let title = posting.title.as_deref().filter(|_| own_title);
        Self {
            posting,
            lines: part.map(|part| Lines::new(&part.text)),
            title: part.zip(title).and_then(|(part, title)| headline::find(&part.text, part.markup, title)),
        }
    }

    /// The number of the posting in its file; none for a draft, which is all there is in it.
    pub(super) fn record(&self) -> Option<u64> {
        self.lines.is_none().then_some(self.posting.source.record)
    }

    /// The text of a draft.
    pub(super) fn text(&self) -> Option<&'p str> {
        self.lines.as_ref().map(Lines::text)
    }

    /// Where the title stands.
    pub(super) fn title(&self) -> Option<Region> {
        self.title.and_then(|span| self.words(span))
    }

    /// Where words of the body stand; the line of the record where they have no place of their own.
    pub(super) fn words(&self, span: Span) -> Option<Region> {
        match &self.lines {
            Some(lines) if self.posting.counts_paragraphs() => {
                let number = lines.position(span.start).line;
                let line = lines.range(number);
                let line = unmarked(line, lines.text());
                let inside = |at: usize| at.clamp(line.start, line.end) - line.start;
                let span = Span::new(inside(span.start), inside(span.end));
                Some(Region::paragraph(number as u64, line.slice(lines.text()), Some(span)))
            }
            Some(lines) => Some(Region::words(lines, span)),
            None => self.posting.source.line.map(Region::line),
        }
    }

    /// Where the posting begins.
    pub(super) fn start(&self) -> Option<Region> {
        match &self.lines {
            Some(_) => Some(Region::line(1)),
            None => self.posting.source.line.map(Region::line),
        }
    }
}

/// The line of a paragraph without what marks it as a heading, an item or bold: the document has no such signs.
fn unmarked(line: Span, text: &str) -> Span {
    let written = line.slice(text);
    let hashes = written.bytes().take_while(|&byte| byte == b'#').count();
    let (before, after) = match written.as_bytes() {
        [b'-', b' ', ..] => (2, 0),
        [b'*', b'*', .., b'*', b'*'] => (2, 2),
        bytes if hashes > 0 && bytes.get(hashes) == Some(&b' ') => (hashes + 1, 0),
        _ => (0, 0),
    };
    Span::new(line.start + before, (line.end - after).max(line.start + before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_of_a_paragraph_are_no_part_of_it() {
        const CASES: &[(&str, &str)] = &[
            ("## Your work", "Your work"),
            ("- Own the roadmap", "Own the roadmap"),
            ("**Your work**", "Your work"),
            ("#1 in Europe", "#1 in Europe"),
            ("**", "**"),
            ("**a", "**a"),
            ("", ""),
        ];
        for (text, expected) in CASES {
            assert_eq!(unmarked(Span::new(0, text.len()), text).slice(text), *expected, "{text}");
        }
    }
}
