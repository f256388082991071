//! How one posting of the table stands on the page.

use std::io::{self, Write};

use super::row::Row;
use crate::report::Options;
use crate::report::paint::Paint;
use crate::report::text::{fit, fit_end, left, right, whole_percent, width, wrap};

/// From this width on, title and place share a line.
const WIDE: usize = 90;

/// Columns on either side of the confidence.
const GAP: usize = 2;

/// Columns of the confidence: `100%`.
const CONFIDENCE: usize = 4;

/// A title with its company never fills more, so that the place stays near.
const LABEL: usize = 72;

/// Lines that a reason may take.
const REASON: usize = 2;

/// The columns that all shown postings share.
pub(super) struct Layout {
    paint: Paint,
    width: usize,
    ruling: usize,
    label: usize,
    place: usize,
}

impl Layout {
    /// Columns that hold these rows within the width.
    pub(super) fn of<'a>(rows: impl Iterator<Item = &'a Row>, options: &Options) -> Self {
        let mut layout = Self {
            paint: Paint::new(options.color),
            width: options.width.max(40),
            ruling: 7,
            label: 0,
            place: 0,
        };
        for row in rows {
            layout.ruling = layout.ruling.max(row.ruling.name().len());
            layout.label = layout.label.max(width(&row.label())).min(LABEL);
            layout.place = layout.place.max(width(&row.place));
        }
        let room = layout.width - layout.head();
        if layout.is_wide() {
            layout.place = layout.place.min(2 * room / 5);
            layout.label = layout.label.min(room - layout.place - GAP);
        } else {
            layout.label = layout.label.min(room);
        }
        layout
    }

    /// Names the columns.
    pub(super) fn heading(&self, out: &mut dyn Write) -> io::Result<()> {
        let names = format!("  {}  {}  ", left("Verdict", self.ruling), right("Sure", CONFIDENCE));
        let posting = if self.is_wide() {
            format!("{}Where", left("Posting", self.label + GAP))
        } else {
            "Posting".to_owned()
        };
        writeln!(out, "{}", self.paint.dim(&format!("{names}{posting}")))
    }

    /// Writes one posting: what it is, where it stands, why it is here, and the words.
    pub(super) fn write(&self, out: &mut dyn Write, row: &Row) -> io::Result<()> {
        let ruling = self.paint.ruling(row.ruling, &left(row.ruling.name(), self.ruling));
        let confidence = right(&whole_percent(row.confidence), CONFIDENCE);
        write!(out, "  {ruling}  {confidence}  {}", self.label(row))?;
        let indent = " ".repeat(if self.is_wide() { self.head() } else { 4 });
        let room = self.width - indent.len();
        if self.is_wide() {
            let gap = self.label - width(&fit(&row.label(), self.label)) + GAP;
            writeln!(out, "{}{}", " ".repeat(gap), self.paint.dim(&fit_end(&row.place, self.place)))?;
        } else {
            writeln!(out)?;
            writeln!(out, "{indent}{}", self.paint.dim(&fit_end(&row.place, room)))?;
        }
        for line in reason(row, room) {
            writeln!(out, "{indent}{line}")?;
        }
        if !row.words.is_empty() {
            writeln!(out, "{indent}{}", self.paint.words(&fit(&row.words, room)))?;
        }
        Ok(())
    }

    /// Title and company, the title standing out.
    fn label(&self, row: &Row) -> String {
        let label = fit(&row.label(), self.label);
        match label.strip_prefix(row.title.as_str()) {
            Some(company) => format!("{}{company}", self.paint.bold(&row.title)),
            None => self.paint.bold(&label),
        }
    }

    /// Columns before the title.
    fn head(&self) -> usize {
        GAP + self.ruling + GAP + CONFIDENCE + GAP
    }

    fn is_wide(&self) -> bool {
        self.width >= WIDE
    }
}

/// Why the posting is here, cut after a few lines.
fn reason(row: &Row, room: usize) -> Vec<String> {
    let mut lines = wrap(&row.reason, room);
    if lines.len() > REASON {
        let rest = lines.split_off(REASON - 1).join(" ");
        lines.push(fit(&rest, room));
    }
    lines
}
