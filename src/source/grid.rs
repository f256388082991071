//! Postings that a page lays out in a table: its first row names a title and a text, and every other row is a posting.
//!
//! So do systems that export a "spreadsheet" and write a web page.

use super::alias::known;
use super::blocks::LineCount;
use super::family;
use super::linked::Linked;
use super::page::Page;
use super::slot::Field;
use super::value::Value;
use crate::html::{Step, step, tag_length, untagged};
use crate::vocabulary::Zone;

/// A row: where it begins, and what its cells hold.
#[derive(Debug, Default)]
struct Row<'h> {
    start: usize,
    cells: Vec<&'h str>,
}

/// The postings in the tables of a page; none when they are not most of what it shows.
pub(super) fn in_page(html: &str) -> Vec<Linked> {
    let (mut found, mut told) = (Vec::new(), 0);
    let mut lines = LineCount::new(html.as_bytes());
    for rows in tables(html) {
        let [header, rows @ ..] = &*rows else { continue };
        let fields: Vec<_> = header.cells.iter().map(|cell| meaning(cell)).collect();
        let has = |wanted: fn(Field) -> bool| fields.iter().flatten().any(|field| wanted(*field));
        let is_body = |field| matches!(field, Field::Body | Field::Section(Zone::Duties));
        if !has(|field| field == Field::Title) || !has(is_body) {
            continue;
        }
        for row in rows.iter().filter(|row| row.cells.len() == fields.len()) {
            let posting = posting(&fields, row, lines.at(row.start));
            told += row.cells.iter().map(|cell| Page::seen(cell)).sum::<usize>();
            found.push(posting);
        }
    }
    if 2 * told < Page::seen(html) { Vec::new() } else { found }
}

/// What the name of a column means.
fn meaning(cell: &str) -> Option<Field> {
    let name = untagged(cell);
    let name = name.trim();
    known(name).or_else(|| family::known(name)).map(|slot| slot.field)
}

fn posting(fields: &[Option<Field>], row: &Row<'_>, line: u64) -> Linked {
    let mut members: Vec<(String, Value)> = Vec::new();
    for (field, cell) in fields.iter().zip(&row.cells) {
        let name = match field {
            Some(Field::Title) => "title",
            Some(Field::Body) => "description",
            Some(Field::Section(Zone::Duties)) => "responsibilities",
            Some(Field::Section(Zone::Requirements)) => "qualifications",
            Some(Field::Section(Zone::Benefits)) => "jobBenefits",
            Some(Field::Section(Zone::Company)) => "employerOverview",
            Some(Field::Id) => "identifier",
            Some(Field::Company) => "hiringOrganization",
            Some(Field::Location) => "jobLocation",
            Some(Field::Url) => "url",
            Some(Field::Section(_) | Field::Language | Field::Listed) | None => continue,
        };
        let text = match field {
            Some(Field::Body | Field::Section(_)) => (*cell).to_owned(),
            _ => untagged(cell).trim().to_owned(),
        };
        if !text.trim().is_empty() && members.iter().all(|(known, _)| known != name) {
            members.push((name.to_owned(), Value::Text(text)));
        }
    }
    let size = row.cells.iter().map(|cell| cell.len()).sum();
    Linked { record: Value::Object(members), line, size, charset: None, named: false }
}

/// The rows of the tables of a page; a table in a cell is a part of the cell.
fn tables(html: &str) -> Vec<Vec<Row<'_>>> {
    let mut tables: Vec<Vec<Row<'_>>> = Vec::new();
    let (mut depth, mut at) = (0_usize, 0);
    // Where the content of the cell at hand begins.
    let mut cell = None;
    while let Some(step) = step(html, at) {
        let Step::Tag { start, name } = step else {
            let Step::Over { end, .. } = step else { break };
            at = end;
            continue;
        };
        at = start + tag_length(&html[start..]);
        let is = |wanted: &[&str]| wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(name));
        let ends_cell = is(&["td", "th", "tr", "/td", "/th", "/tr", "/table"]);
        if depth == 1
            && ends_cell
            && let Some(from) = cell.take()
            && let Some(row) = tables.last_mut().and_then(|rows| rows.last_mut())
        {
            row.cells.push(&html[from..start]);
        }
        if is(&["table"]) {
            depth += 1;
            if depth == 1 {
                tables.push(Vec::new());
            }
        } else if is(&["/table"]) {
            depth = depth.saturating_sub(1);
        } else if depth == 1 && is(&["tr"]) {
            tables.last_mut().into_iter().for_each(|rows| rows.push(Row { start, cells: Vec::new() }));
        } else if depth == 1 && is(&["td", "th"]) {
            cell = Some(at);
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(html: &str) -> Vec<String> {
        let title = |linked: &Linked| linked.record.all_at("title")[0].clone().into_text("").unwrap();
        in_page(html).iter().map(title).collect()
    }

    #[test]
    fn rows_are_postings_below_a_header_that_names_title_and_text() {
        let head = "<tr><th>Id<th><b>Job Title</b></th><th>Job Description</th></tr>";
        let row = |title: &str| {
            format!(
                "<TR><td>1<td>{title}</td><td><p>Own it.</p><table><tr><td>Test it.</td></tr></table></td></tr>"
            )
        };
        let both = format!("{}{}", row("Pilot"), row("<i>Cook</i>"));
        for (name, html, expected) in [
            ("postings", format!("<table>{head}{both}</table>"), &["Pilot", "Cook"][..]),
            ("other names", format!("<table>{}{both}</table>", head.replace("Job Title", "Day")), &[]),
            ("no names", format!("<table>{both}</table>"), &[]),
            (
                "beside a longer text",
                format!("<p>{}</p><table>{head}{both}</table>", "We sail. ".repeat(40)),
                &[],
            ),
            ("too few cells", format!("<table>{head}<tr><td>None</td></tr></table>"), &[]),
        ] {
            assert_eq!(titles(&html), *expected, "{name}");
        }
    }

    #[test]
    fn hostile_pages_take_no_longer_than_others() {
        for piece in
            ["<table>", "<table><tr><td>", "<tr>", "<td>", "</table>", "<table><tr><th>title<th>body"]
        {
            let _ = in_page(&piece.repeat(100_000));
        }
    }
}
