//! A stretch of a report for people: a heading, sentences, a table; as text or as Markdown.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

/// A stretch of a report.
#[derive(Debug, Default)]
pub(crate) struct Section {
    heading: String,
    notes: Vec<String>,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Columns from the left that hold words; the others hold numbers.
    words: usize,
}

impl Section {
    /// A section whose table has these columns, the first `words` of them words.
    pub(crate) fn new(heading: &str, words: usize, head: &[&str]) -> Self {
        let head = head.iter().map(|&name| name.to_owned()).collect();
        Self { heading: heading.to_owned(), head, words, ..Self::default() }
    }

    /// Adds a sentence above the table.
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a row.
    pub(crate) fn row(&mut self, cells: &[String]) {
        self.rows.push(cells.iter().map(|cell| plain(cell)).collect());
    }

    /// Adds a column heading of numbers.
    pub(crate) fn column(&mut self, name: &str) {
        self.head.push(name.to_owned());
    }

    /// Aligned text.
    pub(crate) fn text(&self, out: &mut String) {
        let _ = writeln!(out, "{}", self.heading);
        for note in &self.notes {
            let _ = writeln!(out, "  {}", plain(note));
        }
        let all = || std::iter::once(&self.head).chain(&self.rows);
        let width = |column: usize| all().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
        let widths: Vec<usize> = (0..self.head.len()).map(|column| width(column).unwrap_or(0)).collect();
        for row in all().filter(|_| !self.rows.is_empty()) {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let fill = " ".repeat(widths.get(column).map_or(0, |width| width - cell.width()));
                let (before, after) =
                    if column < self.words { ("", fill.as_str()) } else { (fill.as_str(), "") };
                let _ = write!(line, "  {before}{cell}{after}");
            }
            let _ = writeln!(out, "{}", line.trim_end());
        }
        out.push('\n');
    }

    /// A Markdown section.
    pub(crate) fn markdown(&self, out: &mut String) {
        let _ = writeln!(out, "## {}\n", self.heading);
        for note in &self.notes {
            let _ = writeln!(out, "{}\n", escaped(&plain(note)));
        }
        if self.rows.is_empty() {
            return;
        }
        let line = |cells: &[String]| {
            let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
            format!("| {} |", cells.join(" | "))
        };
        let rule: Vec<&str> =
            (0..self.head.len()).map(|column| if column < self.words { "---" } else { "---:" }).collect();
        let _ = writeln!(out, "{}\n| {} |", line(&self.head), rule.join(" | "));
        for row in &self.rows {
            let _ = writeln!(out, "{}", line(row));
        }
        out.push('\n');
    }
}

/// One line of harmless text: white space collapsed, control characters shown.
fn plain(text: &str) -> String {
    crate::report::safe::line(text, 2_000)
}

/// Text that Markdown and HTML take as text.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => {
                escaped.push('\\');
                escaped.push(c);
            }
            // No bare address becomes a link, and nobody is called.
            '@' => escaped.push_str("&#64;"),
            ':' => escaped.push_str("&#58;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_aligned_in_text_and_harmless_in_markdown() {
        let mut section = Section::new("Roles", 1, &["role", "n"]).note("Of 12.");
        section.row(&["a|<b>\u{1b}".to_owned(), "3".to_owned()]);
        section.row(&["x".to_owned(), "12".to_owned()]);
        let (mut text, mut markdown) = (String::new(), String::new());
        section.text(&mut text);
        section.markdown(&mut markdown);
        assert_eq!(text, "Roles\n  Of 12.\n  role     n\n  a|<b>\u{FFFD}   3\n  x       12\n\n");
        assert_eq!(
            markdown,
            "## Roles\n\nOf 12.\n\n| role | n |\n| --- | ---: |\n| a\\|&lt;b&gt;\u{FFFD} | 3 |\n| x | 12 |\n\n"
        );
    }
}
