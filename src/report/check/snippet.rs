//! Lines of a file with the words underlined, as compilers show them.
//!
//! `^` marks where the problem is, `-` the other places that show it. Lines stand in the order of the
//! file; `...` stands for lines left out.

use std::io::{self, Write};

use super::window::Window;
use crate::problem::{Excerpt, Problem, Region};
use crate::report::paint::Paint;
use crate::report::safe;
use crate::report::text::{right, width, wrap};
use crate::vocabulary::Severity;

/// Characters of a label's message that are written at most.
const MESSAGE: usize = 200;

/// Least columns of text, however narrow the terminal.
const NARROWEST: usize = 40;

/// Marked words on one line.
struct Mark<'p> {
    line: usize,
    /// Characters of the line, half-open, counted from 0.
    from: usize,
    to: usize,
    is_primary: bool,
    message: String,
    excerpt: &'p Excerpt,
}

/// The snippet of a problem.
pub(super) struct Snippet<'p> {
    severity: Severity,
    marks: Vec<Mark<'p>>,
    /// Columns of the line numbers.
    pub(super) gutter: usize,
}

impl<'p> Snippet<'p> {
    /// Takes all that can be shown of the problem.
    pub(super) fn new(problem: &'p Problem) -> Self {
        let mut marks = Vec::new();
        if let Some(region) = &problem.primary {
            marks.extend(marked(region, true, String::new()));
        }
        for label in &problem.secondary {
            if let Some(region) = &label.region {
                marks.extend(marked(region, false, safe::line(&label.message, MESSAGE)));
            }
        }
        marks.sort_by_key(|mark| (mark.line, mark.from, mark.to));
        let gutter = marks.iter().map(|mark| mark.line.to_string().len()).max().unwrap_or(1);
        Self { severity: problem.severity, marks, gutter }
    }

    /// Whether there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Draws the lines.
    pub(super) fn write(&self, out: &mut dyn Write, paint: Paint, columns: usize) -> io::Result<()> {
        let room = columns.saturating_sub(self.gutter + 3).max(NARROWEST);
        self.side(out, paint, None, "")?;
        let (mut rest, mut previous) = (&self.marks[..], None);
        while let Some(first) = rest.first() {
            let window = Window::new(first.excerpt, first.from, first.to, room);
            let together = rest
                .iter()
                .take_while(|mark| mark.line == first.line && (window.shows(mark.from, mark.to)))
                .count()
                .max(1);
            let (row, others) = rest.split_at(together);
            if previous.is_some_and(|previous| first.line > previous + 1) {
                writeln!(out, "{}", paint.dim("..."))?;
            }
            self.side(out, paint, Some(first.line), &window.text())?;
            self.underline(out, paint, &window, row, room)?;
            (rest, previous) = (others, Some(first.line));
        }
        self.side(out, paint, None, "")
    }

    /// The marks of one line, and what they say: behind them where there is room, else below.
    fn underline(
        &self,
        out: &mut dyn Write,
        paint: Paint,
        window: &Window,
        row: &[Mark],
        room: usize,
    ) -> io::Result<()> {
        let mut cells: Vec<char> = Vec::new();
        for is_primary in [false, true] {
            for mark in row.iter().filter(|mark| mark.is_primary == is_primary) {
                let (start, end) = window.columns(mark.from, mark.to);
                cells.resize(cells.len().max(end), ' ');
                cells[start..end].fill(if is_primary { '^' } else { '-' });
            }
        }
        let said = joined(row.iter().map(|mark| mark.message.as_str()));
        let marks: String = cells
            .chunk_by(|a, b| a == b)
            .map(|run| {
                let text: String = run.iter().collect();
                match run[0] {
                    '^' => paint.severity(self.severity, &text),
                    '-' => paint.words(&text),
                    _ => text,
                }
            })
            .collect();
        if said.is_empty() {
            return self.side(out, paint, None, &marks);
        }
        if cells.len() + 1 + width(&said) <= room {
            return self.side(out, paint, None, &format!("{marks} {}", paint.words(&said)));
        }
        self.side(out, paint, None, &marks)?;
        let indent = cells.iter().take_while(|cell| **cell == ' ').count().min(room / 3);
        for line in wrap(&said, room - indent) {
            self.side(out, paint, None, &format!("{}{}", " ".repeat(indent), paint.words(&line)))?;
        }
        Ok(())
    }

    /// A line with its number, or without, at the left.
    fn side(&self, out: &mut dyn Write, paint: Paint, line: Option<usize>, text: &str) -> io::Result<()> {
        let number = line.map(|line| line.to_string()).unwrap_or_default();
        let gutter = paint.dim(&format!("{} |", right(&number, self.gutter)));
        if text.is_empty() { writeln!(out, "{gutter}") } else { writeln!(out, "{gutter} {text}") }
    }
}

/// Messages in a row, each once: "product marketing: launch" and "product marketing: positioning" are
/// "product marketing: launch, positioning".
fn joined<'m>(messages: impl Iterator<Item = &'m str>) -> String {
    let mut told: Vec<&str> = Vec::new();
    let mut said = String::new();
    let mut subject = None;
    for message in messages {
        if message.is_empty() || told.contains(&message) {
            continue;
        }
        told.push(message);
        let (head, rest) = message.split_once(": ").unzip();
        if !said.is_empty() {
            said.push_str(", ");
        }
        said.push_str(rest.filter(|_| head == subject).unwrap_or(message));
        subject = head;
    }
    said
}

/// The words of a region, line by line; what they say stands on the last.
fn marked(region: &Region, is_primary: bool, message: String) -> Vec<Mark<'_>> {
    let mut message = Some(message);
    let mut marks: Vec<Mark> = region
        .excerpt
        .iter()
        .rev()
        .filter_map(|excerpt| {
            let text = excerpt.text.trim_end();
            let indent = text.chars().take_while(|c| c.is_whitespace()).count();
            let end = excerpt.before + text.chars().count();
            let (mut from, mut to) = (excerpt.before + indent, end);
            if let Some(span) = region.span {
                if excerpt.line == region.line {
                    from = span.column - 1;
                }
                if excerpt.line == region.end_line {
                    to = span.end_column - 1;
                }
            }
            let is_blank = from >= to && region.line != region.end_line;
            (!is_blank).then(|| Mark {
                line: excerpt.line,
                from,
                to: to.max(from),
                is_primary,
                message: message.take().unwrap_or_default(),
                excerpt,
            })
        })
        .collect();
    marks.reverse();
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_labels_share_is_said_once() {
        const CASES: &[(&[&str], &str)] = &[
            (&["pm: roadmap", "pm: backlog", "pm: roadmap"], "pm: roadmap, backlog"),
            (&["pm: roadmap", "pmm: launch", "pm: backlog"], "pm: roadmap, pmm: launch, pm: backlog"),
            (&["", "launch", "positioning", "launch"], "launch, positioning"),
            (&[], ""),
        ];
        for (messages, expected) in CASES {
            assert_eq!(joined(messages.iter().copied()), *expected);
        }
    }
}
