//! The areas of a lexicon for a person: what each is about, its terms and what they weigh.

use std::io::{self, Write};

use super::paint::Paint;
use super::safe;
use super::text::{counted, left, right, width, wrap, wrap_items, wrap_whole};
use crate::lexicon::{Area, Lexicon, Term};

/// Writes the areas that `wanted` picks; with `forms` each term stands on a line of its own with its forms as written.
///
/// # Errors
/// The writer refuses.
pub fn write(
    out: &mut dyn Write,
    lexicon: &Lexicon,
    wanted: impl Fn(&Area) -> bool,
    forms: bool,
    color: bool,
    columns: usize,
) -> io::Result<()> {
    let paint = Paint::new(color);
    let columns = columns.clamp(40, 120);
    let areas: Vec<(usize, &Area)> =
        lexicon.areas().iter().enumerate().filter(|(_, area)| wanted(area)).collect();
    for (at, &(index, area)) in areas.iter().enumerate() {
        let terms: Vec<&Term> = lexicon.terms().iter().filter(|term| term.area == index).collect();
        if at > 0 {
            writeln!(out)?;
        }
        let name = safe::line(&area.name, 120);
        let family = area.family.as_ref().filter(|family| !area.name.ends_with(&***family));
        let count = counted(terms.len() as u64, "term");
        let note = match family {
            Some(family) => format!("  {}, {count}", safe::line(family, 80)),
            None => format!("  {count}"),
        };
        writeln!(out, "{}{}", paint.role(Some(area.role), &name), paint.dim(&note))?;
        let sources = format!("({})", area.sources.join(", "));
        for line in wrap(&safe::line(&format!("{} {sources}", area.summary), 2000), columns - 2) {
            writeln!(out, "  {line}")?;
        }
        if forms {
            write_forms(out, &terms, paint, columns)?;
        } else {
            let list: Vec<String> =
                terms.iter().map(|term| format!("{} {:.1}", own_name(term), term.weight)).collect();
            for line in wrap_items(&list, ", ", columns - 4) {
                writeln!(out, "    {}", paint.dim(&line))?;
            }
        }
    }
    Ok(())
}

fn write_forms(out: &mut dyn Write, terms: &[&Term], paint: Paint, columns: usize) -> io::Result<()> {
    let name = terms.iter().map(|term| width(&own_name(term))).max().unwrap_or(0).min(32);
    let indent = 4 + name + 6;
    for term in terms {
        let mut head =
            format!("    {}{}  ", left(&own_name(term), name), right(&format!("{:.1}", term.weight), 4));
        for line in
            wrap_whole(&safe::line(&term.forms.join(", "), 100_000), columns.saturating_sub(indent).max(20))
        {
            writeln!(out, "{head}{}", paint.dim(&line))?;
            head = " ".repeat(indent);
        }
    }
    Ok(())
}

/// The term's name without its area.
fn own_name(term: &Term) -> String {
    safe::line(term.name.rsplit('/').next().unwrap_or(&term.name), 80)
}
