//! Text of a posting with the found words marked, broken into lines.
//!
//! Every character is written so that it cannot act on a terminal, one for one, so that the marks stay where the
//! words are.

use unicode_segmentation::UnicodeSegmentation;

use crate::report::paint::Paint;
use crate::report::safe;
use crate::report::text::width;
use crate::span::Span;
use crate::vocabulary::Role;

/// Why words are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// They tell who does the duty.
    Cue,
    /// A term that is not the hire's work.
    Idle,
    /// A term of this role that is the hire's work.
    Counts(Role),
}

impl Mark {
    /// What stands below the words when there is no colour.
    fn sign(self) -> char {
        match self {
            Self::Cue => '~',
            Self::Idle => '-',
            Self::Counts(_) => '^',
        }
    }

    /// Which of two marks on the same words shows.
    fn rank(self) -> u8 {
        match self {
            Self::Cue => 0,
            Self::Idle => 1,
            Self::Counts(_) => 2,
        }
    }
}

/// A character as a person sees it.
#[derive(Clone, Debug)]
struct Cell {
    text: String,
    mark: Option<Mark>,
}

impl Cell {
    fn is_space(&self) -> bool {
        self.text == " "
    }
}

/// Breaks `text` into lines of at most `limit` columns; marks are spans of its bytes. Without colour a line with
/// marks is followed by one that shows them.
pub(super) fn lines(text: &str, marks: &[(Span, Mark)], limit: usize, paint: Paint) -> Vec<String> {
    let mut out = Vec::new();
    for cells in broken(cells(text, marks), limit) {
        out.push(painted(&cells, paint));
        if !paint.is_on() && cells.iter().any(|cell| cell.mark.is_some()) {
            out.push(signs(&cells));
        }
    }
    out
}

fn cells(text: &str, marks: &[(Span, Mark)]) -> Vec<Cell> {
    text.grapheme_indices(true)
        .map(|(at, grapheme)| {
            let here = Span::new(at, at + grapheme.len());
            let mark = marks
                .iter()
                .filter(|(span, _)| span.overlaps(here))
                .map(|(_, mark)| *mark)
                .max_by_key(|mark| mark.rank());
            Cell { text: safe::visible(grapheme), mark }
        })
        .collect()
}

/// Breaks between words; a word longer than a line is cut into pieces.
fn broken(cells: Vec<Cell>, limit: usize) -> Vec<Vec<Cell>> {
    let mut lines: Vec<Vec<Cell>> = Vec::new();
    let mut line: Vec<Cell> = Vec::new();
    let (mut columns, mut last_space) = (0, None);
    for cell in cells {
        let wide = width(&cell.text);
        if columns + wide > limit && !line.is_empty() {
            if cell.is_space() {
                lines.push(std::mem::take(&mut line));
                (columns, last_space) = (0, None);
                continue;
            }
            let rest = last_space.map_or_else(Vec::new, |space: usize| line.split_off(space + 1));
            trim(&mut line);
            lines.push(std::mem::replace(&mut line, rest));
            columns = line.iter().map(|cell| width(&cell.text)).sum();
            last_space = None;
        }
        if cell.is_space() {
            if line.is_empty() {
                continue;
            }
            last_space = Some(line.len());
        }
        columns += wide;
        line.push(cell);
    }
    trim(&mut line);
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

fn trim(line: &mut Vec<Cell>) {
    while line.last().is_some_and(Cell::is_space) {
        line.pop();
    }
}

fn painted(cells: &[Cell], paint: Paint) -> String {
    cells
        .chunk_by(|a, b| a.mark == b.mark)
        .map(|run| {
            let text: String = run.iter().map(|cell| cell.text.as_str()).collect();
            match run[0].mark {
                None => text,
                Some(Mark::Cue) => paint.cue(&text),
                Some(Mark::Idle) => paint.found(None, &text),
                Some(Mark::Counts(role)) => paint.found(Some(role), &text),
            }
        })
        .collect()
}

fn signs(cells: &[Cell]) -> String {
    let line: String = cells
        .iter()
        .map(|cell| cell.mark.map_or(' ', Mark::sign).to_string().repeat(width(&cell.text)))
        .collect();
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str, marks: &[(&str, Mark)], limit: usize) -> Vec<String> {
        let spans: Vec<(Span, Mark)> = marks
            .iter()
            .map(|(words, mark)| {
                let at = text.find(words).unwrap();
                (Span::new(at, at + words.len()), *mark)
            })
            .collect();
        lines(text, &spans, limit, Paint::new(false))
    }

    #[test]
    fn marks_stand_below_the_words() {
        let marks = [("Own", Mark::Cue), ("product roadmap", Mark::Counts(Role::Pm)), ("SEO", Mark::Idle)];
        assert_eq!(
            plain("Own the product roadmap and SEO.", &marks, 80),
            ["Own the product roadmap and SEO.", "~~~     ^^^^^^^^^^^^^^^     ---"]
        );
    }

    #[test]
    fn lines_break_between_words_and_marks_go_on_in_the_next() {
        let marks = [("product roadmap", Mark::Counts(Role::Pm))];
        assert_eq!(
            plain("Own the product roadmap", &marks, 16),
            ["Own the product", "        ^^^^^^^", "roadmap", "^^^^^^^"]
        );
        assert_eq!(plain("extraordinary", &[], 5), ["extra", "ordin", "ary"]);
        assert_eq!(plain("one two", &[], 3), ["one", "two"]);
        assert!(plain("", &[], 5).is_empty());
    }

    #[test]
    fn marks_fit_wide_and_hostile_characters() {
        let marks = [("roadmap", Mark::Counts(Role::Pm))];
        assert_eq!(
            plain("製品 \x1b\u{202e}roadmap", &marks, 80),
            ["製品 \u{FFFD}\u{FFFD}roadmap", "       ^^^^^^^"]
        );
    }

    #[test]
    fn a_word_that_counts_shows_that_and_not_its_other_marks() {
        let marks = [("Own the roadmap", Mark::Counts(Role::Pm)), ("Own", Mark::Cue)];
        assert_eq!(plain("Own the roadmap", &marks, 80)[1], "^^^^^^^^^^^^^^^");
    }
}
