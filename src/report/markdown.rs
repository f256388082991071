//! Markdown: the audit for a wiki, an issue or a pull request. The answer, the totals, the matrix, and the flagged
//! postings, worst first.

use std::io::{self, Write};

use super::audit::{Audit, Limits};
use super::place::place;
use super::safe::markdown;
use super::text::{interval, number, share};
use super::{Options, Report, overview as lines, totals, words};
use crate::advice::advice;
use crate::outcome::{Judged, Outcome};
use crate::summary::{Groups, Summary};
use crate::vocabulary::{Claim, Described, Ruling};

/// How many postings are listed.
const POSTINGS: usize = 100;

/// How many areas, and how many names of a group.
const AREAS: usize = 10;
const NAMES: usize = 50;

/// Writes Markdown, when all is known.
pub struct Markdown {
    out: Box<dyn Write + Send>,
    audit: Audit,
}

impl Markdown {
    /// Writes to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send>, options: &Options) -> Self {
        let limits = Limits { cards: POSTINGS, rows: POSTINGS, matching: false, only: options.only.clone() };
        Self { out, audit: Audit::new(limits) }
    }
}

impl Report for Markdown {
    fn record(&mut self, outcome: &Outcome) -> io::Result<()> {
        self.audit.add(outcome);
        Ok(())
    }

    fn finish(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        overview(&mut self.out, summary)?;
        postings(&mut self.out, &self.audit)?;
        losses(&mut self.out, summary)?;
        failures(&mut self.out, &self.audit)?;
        self.out.flush()
    }
}

/// The answer, the totals, the matrix and the groups.
pub(super) fn overview(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let (answer, lede) = words::answer(summary);
    writeln!(out, "# {answer}")?;
    if !lede.is_empty() {
        writeln!(out, "\n{lede}")?;
    }
    for remark in words::remarks(summary) {
        let text = markdown(&remark.text, 600);
        writeln!(out, "\n{}", if remark.alarming { format!("**{text}**") } else { text })?;
    }
    if summary.counts.judged > 0 {
        verdicts(out, summary)?;
        matrix(out, summary)?;
        areas(out, summary)?;
        for (&field, groups) in &summary.groups {
            group(out, totals::heading(field), groups)?;
        }
    }
    Ok(())
}

fn verdicts(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    writeln!(out, "\n| Verdict | Postings | Share | Meaning |\n|---|--:|--:|---|")?;
    for &ruling in Ruling::ALL {
        let count = summary.ruled(ruling);
        let share = share(count, summary.postings());
        writeln!(out, "| {ruling} | {} | {share} | {} |", number(count), lines::meaning(ruling))?;
    }
    Ok(())
}

/// Claimed × described, with the verdict where some of a cell are under review; rows that no posting claims are left out.
fn matrix(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let names: Vec<&str> = Described::ALL.iter().map(|described| words::description(*described)).collect();
    let guess = if summary.ruled(Ruling::Review) > 0 { " (best guess where under review)" } else { "" };
    writeln!(out, "\n| Title calls ↓, duties describe{guess} → | {} |", names.join(" | "))?;
    writeln!(out, "|---|{}", "--:|".repeat(names.len()))?;
    for &claimed in Claim::ALL {
        if Described::ALL.iter().any(|&described| summary.cell(claimed, described) > 0) {
            let cells: Vec<String> =
                Described::ALL.iter().map(|&described| cell(summary, claimed, described)).collect();
            writeln!(out, "| {} | {} |", words::claim(claimed), cells.join(" | "))?;
        }
    }
    Ok(())
}

/// How many postings claim and describe so: `77: 26 hidden, 51 to review` where some are under review.
fn cell(summary: &Summary, claimed: Claim, described: Described) -> String {
    let count = summary.cell(claimed, described);
    let ruling = Ruling::of(claimed, described);
    let doubtful = summary.under_review(claimed, described).min(count);
    let all = number(count);
    match (count - doubtful, doubtful) {
        _ if ruling == Ruling::Review => all,
        (_, 0) => all,
        (0, _) => format!("{all} to review"),
        (decided, doubtful) => {
            format!("{all}: {} {ruling}, {} to review", number(decided), number(doubtful))
        }
    }
}

fn postings(out: &mut dyn Write, audit: &Audit) -> io::Result<()> {
    let cards = audit.listing.cards();
    if cards.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Flagged postings, worst first\n")?;
    writeln!(out, "| Verdict | Posting | Why | What to do | Where |\n|---|---|---|---|---|")?;
    for card in &cards {
        row(out, card.judged)?;
    }
    match audit.listing.without_card() {
        0 => Ok(()),
        more => writeln!(out, "\n{} more are left out; `-o csv` lists them all.", number(more)),
    }
}

fn row(out: &mut dyn Write, judged: &Judged) -> io::Result<()> {
    let verdict = &judged.verdict;
    let text = |field: Option<&str>, limit| markdown(field.unwrap_or_default(), limit);
    let title = match text(judged.title.as_deref(), 160) {
        title if title.is_empty() => "(no title)".to_owned(),
        title => title,
    };
    let posting = match text(judged.company.as_deref(), 100) {
        company if company.is_empty() => format!("**{title}**"),
        company => format!("**{title}** · {company}"),
    };
    let flag = verdict.flags.first();
    let why =
        flag.map_or_else(|| markdown(&words::sentence(verdict), 300), |flag| markdown(&flag.message, 300));
    let review = advice(verdict).map(|advice| advice.help);
    let help = text(flag.map(|flag| flag.help.as_str()).or(review.as_deref()), 300);
    let place = markdown(&place(&judged.source), 400);
    writeln!(out, "| {} | {posting} | {why} | {help} | {place} |", verdict.verdict)
}

/// The areas that decided most flagged postings.
fn areas(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let top = summary.top_areas(AREAS);
    if top.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| Deciding area | Flagged postings |\n|---|--:|")?;
    for (area, count) in top {
        writeln!(out, "| {} | {} |", markdown(area, 100), number(count.postings))?;
    }
    Ok(())
}

/// The names of a field with their verdicts and the share mislabelled.
fn group(out: &mut dyn Write, heading: &str, groups: &Groups) -> io::Result<()> {
    let (rows, left_out) = totals::groups(groups, NAMES);
    writeln!(
        out,
        "\n| {heading} | Postings | Match | Mislabelled | Review | Mislabelled of product titles (95% interval) |"
    )?;
    writeln!(out, "|---|--:|--:|--:|--:|--:|")?;
    for (name, group) in rows {
        let share = interval(group.mislabelled).unwrap_or_default();
        let counts = [
            group.postings,
            group.ruled(Ruling::Match),
            group.ruled(Ruling::Mislabelled),
            group.ruled(Ruling::Review),
        ];
        writeln!(out, "| {} | {} | {share} |", markdown(&name, 200), counts.map(number).join(" | "))?;
    }
    match left_out {
        0 => Ok(()),
        more => writeln!(
            out,
            "\n{} more names are left out; `-o summary=FILE.csv` lists them all.",
            number(more as u64)
        ),
    }
}

/// How the records add up, and why some were not judged.
pub(super) fn losses(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    let counts = summary.counts;
    writeln!(
        out,
        "\n{} records in = {} judged + {} skipped + {} failed.",
        number(counts.records),
        number(counts.judged),
        number(counts.skipped),
        number(counts.failed)
    )?;
    if counts.skipped + counts.failed == 0 {
        return Ok(());
    }
    writeln!(out, "\n| Not judged | Reason | Records |\n|---|---|--:|")?;
    for (reason, &count) in &summary.skipped_by_reason {
        writeln!(out, "| skipped | {} | {} |", reason.name(), number(count))?;
    }
    for (code, &count) in &summary.failed_by_code {
        writeln!(out, "| failed | {} | {} |", markdown(code, 60), number(count))?;
    }
    Ok(())
}

fn failures(out: &mut dyn Write, audit: &Audit) -> io::Result<()> {
    if audit.failed.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| Could not be read | Why |\n|---|---|")?;
    for failed in &audit.failed {
        let what = format!("{}: {}", failed.error.code, failed.error.message);
        writeln!(out, "| {} | {} |", markdown(&place(&failed.source), 400), markdown(&what, 300))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::report::Format;
    use crate::report::testing::written;
    use crate::rule::Code;

    #[test]
    fn the_matrix_tells_verdicts_from_best_guesses() {
        let of = |ruling| fixture::posting("x").ruled(Claim::Other, Described::Pm, ruling, 0.9).outcome();
        let outcomes = [of(Ruling::Hidden), of(Ruling::Hidden), of(Ruling::Review)];
        let page = written(Format::Markdown, &Options::default(), &outcomes);
        assert!(page.contains("| another job | 3: 2 hidden, 1 to review | 0 |"), "{page}");
        assert!(page.contains("duties describe (best guess where under review) →"), "{page}");
    }

    #[test]
    fn tables_keep_their_shape_whatever_the_titles_hold() {
        let hostile = "a | b <script> [x](http://y) `c` @team\n# d";
        let outcomes = [
            fixture::posting(hostile)
                .ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, 0.97)
                .company(hostile)
                .flagged(Code::Rc001, hostile)
                .outcome(),
            fixture::posting("Fine").outcome(),
            fixture::failed("invalid-json", hostile, "b.jsonl", 3),
        ];
        let page = written(Format::Markdown, &Options::default(), &outcomes);
        assert!(page.starts_with("# 1 of 2 postings that call a product role describes the other one.\n"));
        let row = page.lines().find(|line| line.starts_with("| mislabelled | **a")).unwrap();
        assert_eq!(row.replace("\\|", "").matches('|').count(), 6, "{row}");
        assert!(!page.contains("<script>") && page.contains("\\](http\\:") && !page.contains("Fine"));
        assert!(page.contains("| Could not be read | Why |"));
    }
}
