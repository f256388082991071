//! What changed between two audits, for a person at a terminal, as Markdown, or as JSON.

use std::io::{self, Write};

use super::paint::Paint;
use super::place::place;
use super::text::{counted, fit, number, percent, wrap};
use super::{Format, Options, Report, safe};
use crate::comparison::{Change, Comparison, Kind, Side, State};
use crate::outcome::Outcome;
use crate::summary::Summary;

/// How many postings of a kind are listed for a person.
const LISTED: usize = 50;

/// Writes what changed, and nothing of the single postings.
pub(super) struct Changes {
    format: Format,
    out: Box<dyn Write + Send>,
    options: Options,
}

impl Changes {
    pub(super) fn new(format: Format, out: Box<dyn Write + Send>, options: &Options) -> Self {
        Self { format, out, options: options.clone() }
    }
}

impl Report for Changes {
    fn record(&mut self, _: &Outcome) -> io::Result<()> {
        Ok(())
    }

    fn finish(mut self: Box<Self>, _: &Summary) -> io::Result<()> {
        if let Some(comparison) = &self.options.comparison {
            match self.format {
                Format::Json => json(&mut self.out, comparison)?,
                Format::Markdown => markdown(&mut self.out, comparison)?,
                _ => text(&mut self.out, comparison, &self.options)?,
            }
        }
        self.out.flush()
    }
}

/// Writes text.
///
/// # Errors
/// The writer refuses.
pub fn text(out: &mut dyn Write, comparison: &Comparison, options: &Options) -> io::Result<()> {
    let paint = Paint::new(options.color);
    for line in wrap(&headline(comparison), options.width) {
        writeln!(out, "{}", paint.bold(&line))?;
    }
    for line in wrap(&rest(comparison), options.width) {
        writeln!(out, "{line}")?;
    }
    for (kind, changes) in kinds(comparison) {
        writeln!(out, "\n{}", paint.bold(&format!("{} ({})", name(kind), number(changes.len() as u64))))?;
        for change in changes.iter().take(LISTED) {
            let title = safe::line(change.title.as_deref().unwrap_or("(no title)"), 200);
            let company = change.company.as_deref().map(|company| format!(" · {}", safe::line(company, 100)));
            let line = format!("  {title}{}", company.unwrap_or_default());
            writeln!(out, "{}", fit(&line, options.width))?;
            if let Some(old) = old_title(change) {
                let line = format!("    formerly {}", safe::line(old, 200));
                writeln!(out, "{}", paint.dim(&fit(&line, options.width)))?;
            }
            let about = format!("    {}  {}", turn(change), place(&change.source));
            writeln!(out, "{}", paint.dim(&fit(&about, options.width)))?;
        }
        if changes.len() > LISTED {
            let more = (changes.len() - LISTED) as u64;
            writeln!(out, "{}", paint.dim(&format!("  {} more; -o json lists them all", number(more))))?;
        }
    }
    Ok(())
}

/// Writes Markdown.
///
/// # Errors
/// The writer refuses.
pub fn markdown(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    writeln!(out, "# {}\n\n{}", headline(comparison), rest(comparison))?;
    for (kind, changes) in kinds(comparison) {
        writeln!(out, "\n## {} ({})\n", name(kind), number(changes.len() as u64))?;
        writeln!(out, "| Posting | Verdict | Where |\n|---|---|---|")?;
        for change in changes.iter().take(LISTED) {
            let title = safe::markdown(change.title.as_deref().unwrap_or("(no title)"), 160);
            let company =
                change.company.as_deref().map(|company| format!(" · {}", safe::markdown(company, 100)));
            let place = safe::markdown(&place(&change.source), 400);
            let old = old_title(change).map(|old| format!("<br>formerly {}", safe::markdown(old, 160)));
            writeln!(
                out,
                "| **{title}**{}{} | {} | {place} |",
                company.unwrap_or_default(),
                old.unwrap_or_default(),
                turn(change)
            )?;
        }
        if changes.len() > LISTED {
            writeln!(out, "\n{} more are left out.", number((changes.len() - LISTED) as u64))?;
        }
    }
    Ok(())
}

/// Writes one JSON object of the schema `rolecall.comparison/1`.
///
/// # Errors
/// The writer refuses.
pub fn json(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    safe::json(out, comparison)?;
    out.write_all(b"\n")
}

/// The answer in a sentence.
pub(super) fn headline(comparison: &Comparison) -> String {
    let [wrong, fixed] = [Kind::NewlyMislabelled, Kind::Fixed].map(|kind| comparison.count(kind));
    let wrong = match wrong {
        0 => "No posting is newly mislabelled".to_owned(),
        1 => "1 posting is newly mislabelled".to_owned(),
        count => format!("{} postings are newly mislabelled", number(count)),
    };
    let fixed = match fixed {
        0 => "none was put right".to_owned(),
        1 => "1 was put right".to_owned(),
        count => format!("{} were put right", number(count)),
    };
    format!("{wrong}, {fixed}.")
}

/// What else there is to know.
pub(super) fn rest(comparison: &Comparison) -> String {
    let [new, changed, gone] =
        [Kind::New, Kind::Changed, Kind::Gone].map(|kind| number(comparison.count(kind)));
    format!(
        "Mislabelled: {} before, {} now. {} with the same verdict, {} of them reworded; {new} otherwise new, {changed} \
         otherwise changed, {gone} gone.",
        mislabelled(&comparison.old),
        mislabelled(&comparison.new),
        counted(comparison.unchanged, "posting"),
        number(comparison.reworded)
    )
}

fn mislabelled(side: &Side) -> String {
    let wrong = side.mislabelled;
    let share = wrong.share.map(|share| format!(" ({})", percent(share))).unwrap_or_default();
    format!("{} of {}{share}", number(wrong.count), number(wrong.of))
}

/// The kinds that occur, with their postings.
pub(super) fn kinds(comparison: &Comparison) -> Vec<(Kind, Vec<&Change>)> {
    let of = |kind: Kind| comparison.changes.iter().filter(|change| change.kind == kind).collect::<Vec<_>>();
    Kind::ALL.iter().map(|&kind| (kind, of(kind))).filter(|(_, changes)| !changes.is_empty()).collect()
}

/// A kind as a heading.
pub(super) fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::NewlyMislabelled => "Newly mislabelled",
        Kind::New => "New",
        Kind::Fixed => "Put right",
        Kind::Changed => "Otherwise changed",
        Kind::Gone => "Gone",
    }
}

/// From what to what: `match → mislabelled, reworded`.
pub(super) fn turn(change: &Change) -> String {
    let verdict = |state: Option<State>| state.map(|state| state.verdict.name());
    let turn = match (verdict(change.old), verdict(change.new)) {
        (Some(old), Some(new)) => format!("{old} → {new}"),
        (Some(old), None) => format!("was {old}"),
        (None, Some(new)) => new.to_owned(),
        (None, None) => String::new(),
    };
    let renamed = if change.old_title.is_some() { ", renamed" } else { "" };
    let reworded = if change.reworded == Some(true) { ", reworded" } else { "" };
    format!("{turn}{renamed}{reworded}")
}

/// The title of the earlier audit, where it is another.
pub(super) fn old_title(change: &Change) -> Option<&str> {
    change.old_title.as_deref().map(|title| if title.is_empty() { "(no title)" } else { title })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::Postings;
    use crate::fixture;
    use crate::vocabulary::{Claim, Described, Ruling};

    fn comparison() -> Comparison {
        let wrong = || {
            fixture::posting("Product Manager | <b>")
                .company("Northwind")
                .ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, 0.97)
                .outcome()
        };
        let (mut old, mut new) = (Postings::default(), Postings::default());
        old.add(&fixture::posting("Product Manager | <b>").outcome());
        new.add(&wrong());
        Comparison::new(&old, &new)
    }

    #[test]
    fn a_person_reads_the_answer_first() {
        let mut out = Vec::new();
        text(&mut out, &comparison(), &Options::default()).unwrap();
        let page = String::from_utf8(out).unwrap();
        assert!(
            page.starts_with(
                "1 posting is newly mislabelled, none was put right.\nMislabelled: 0 of 1 (0.0%)"
            )
        );
        assert!(page.contains("\nNewly mislabelled (1)\n  Product Manager | <b> · Northwind\n"), "{page}");
        assert!(page.contains("match → mislabelled"));
    }

    #[test]
    fn a_posting_with_a_new_name_shows_its_old_one() {
        let mut changed = comparison();
        changed.changes[0].old_title = Some("Product Marketing Manager".to_owned());
        let mut out = Vec::new();
        text(&mut out, &changed, &Options::default()).unwrap();
        let page = String::from_utf8(out).unwrap();
        let told = "Northwind\n    formerly Product Marketing Manager\n    match → mislabelled, renamed  ";
        assert!(page.contains(told), "{page}");
    }

    #[test]
    fn markdown_is_escaped_and_json_reads_back() {
        let mut out = Vec::new();
        markdown(&mut out, &comparison()).unwrap();
        let page = String::from_utf8(out).unwrap();
        assert!(
            page.contains("| **Product Manager \\| &lt;b&gt;** · Northwind | match → mislabelled |"),
            "{page}"
        );
        let mut out = Vec::new();
        json(&mut out, &comparison()).unwrap();
        assert_eq!(serde_json::from_slice::<Comparison>(&out).unwrap(), comparison());
    }
}
