//! What the totals are broken down by, for a person: the areas that decided, and the groups that were asked for.

use std::io::{self, Write};

use super::paint::Paint;
use super::text::{fit, interval, left, number, right, width, wrap};
use super::{Options, safe, totals};
use crate::summary::{Group, GroupBy, Groups, Summary};
use crate::vocabulary::Ruling;

/// How many areas are listed.
const AREAS: usize = 10;

/// Names of a group that are listed.
const NAMES: usize = 20;

/// Columns that a name has at the least.
const NAME: usize = 15;

/// A column of figures.
struct Column {
    name: &'static str,
    /// With two spaces before the longest figure.
    wide: usize,
    cell: fn(&Group) -> String,
}

/// The heading of the share mislabelled.
const OF_TITLES: &str = "of product titles";

const COLUMNS: &[Column] = &[
    Column { name: "Postings", wide: 10, cell: |group| number(group.postings) },
    Column { name: "Match", wide: 9, cell: |group| number(group.ruled(Ruling::Match)) },
    Column { name: "Mislabelled", wide: 13, cell: |group| number(group.ruled(Ruling::Mislabelled)) },
    Column { name: "Review", wide: 9, cell: |group| number(group.ruled(Ruling::Review)) },
    Column { name: OF_TITLES, wide: 23, cell: |group| interval(group.mislabelled).unwrap_or_default() },
];

/// Writes the areas that decided, then a table for each field that postings were grouped by.
pub(super) fn write(out: &mut dyn Write, summary: &Summary, options: &Options) -> io::Result<()> {
    areas(out, summary, Paint::new(options.color))?;
    for (&field, groups) in &summary.groups {
        writeln!(out)?;
        group(out, field, groups, options)?;
    }
    Ok(())
}

/// The areas that decided most flagged postings.
fn areas(out: &mut dyn Write, summary: &Summary, paint: Paint) -> io::Result<()> {
    let top = summary.top_areas(AREAS);
    if top.is_empty() {
        return Ok(());
    }
    let rows: Vec<(String, String)> =
        top.iter().map(|(area, count)| (safe::line(area, 60), number(count.postings))).collect();
    let wide = rows.iter().map(|(area, _)| width(area)).max().unwrap_or(0).max(16);
    writeln!(out)?;
    writeln!(
        out,
        "{}",
        paint.bold(&format!("{}{}", left("Deciding areas", wide), right("Flagged postings", 18)))
    )?;
    for (area, count) in rows {
        writeln!(out, "{}{}", left(&area, wide), right(&count, 18))?;
    }
    Ok(())
}

/// The names of a field with their verdicts and the share mislabelled.
fn group(out: &mut dyn Write, field: GroupBy, groups: &Groups, options: &Options) -> io::Result<()> {
    let paint = Paint::new(options.color);
    let columns = columns(options.width);
    let room = options.width.saturating_sub(columns.iter().map(|column| column.wide).sum());
    let heading = totals::heading(field);
    let (rows, left_out) = totals::groups(groups, NAMES);
    let rows: Vec<_> = rows.into_iter().map(|(name, group)| (fit(&name, room), group)).collect();
    let wide = rows.iter().map(|(name, _)| width(name)).max().unwrap_or(0).max(width(heading));
    let names: String = columns.iter().map(|column| right(column.name, column.wide)).collect();
    writeln!(out, "{}", paint.bold(&format!("{}{names}", left(heading, wide))))?;
    for (name, group) in rows {
        let cells: String = columns.iter().map(|column| right(&(column.cell)(group), column.wide)).collect();
        writeln!(out, "{}", format!("{}{cells}", left(&name, wide)).trim_end())?;
    }
    if left_out > 0 {
        let more = format!("and {} more; -o summary=FILE.csv lists them", number(left_out as u64));
        for line in wrap(&more, options.width) {
            writeln!(out, "{}", paint.dim(&line))?;
        }
    }
    Ok(())
}

/// The columns that leave a name enough room; the share goes last of those that can.
fn columns(width: usize) -> Vec<&'static Column> {
    let mut columns: Vec<&Column> = COLUMNS.iter().collect();
    for spared in ["Review", "Match", OF_TITLES] {
        if columns.iter().map(|column| column.wide).sum::<usize>() + NAME > width {
            columns.retain(|column| column.name != spared);
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn the_groups_fit_the_screen() {
        const CASES: &[(usize, &[&str])] = &[
            (120, &["Postings", "Match", "Mislabelled", "Review", OF_TITLES]),
            (80, &["Postings", "Match", "Mislabelled", "Review", OF_TITLES]),
            (64, &["Postings", "Mislabelled", OF_TITLES]),
            (40, &["Postings", "Mislabelled"]),
        ];
        let mut summary = Summary::default().grouped_by(&[GroupBy::Location, GroupBy::Nearest]);
        for number in 0..3 {
            let mut judged = fixture::posting("Product Manager").judged();
            judged.location = Some(format!("The far end of the longest street of town number {number}"));
            judged.verdict.nearest = Some("customer-success-and-some-more-of-it".into());
            summary.add(&crate::Outcome::Judged(Box::new(judged)));
        }
        for &(width, names) in CASES {
            let mut out = Vec::new();
            write(&mut out, &summary, &Options { width, ..Options::default() }).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert!(text.lines().all(|line| super::width(line) <= width), "{width}: {text}");
            let shown: Vec<&str> = columns(width).iter().map(|column| column.name).collect();
            assert_eq!(shown, names, "{width}");
        }
    }
}
