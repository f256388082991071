//! Text for a person, in the manner of compilers: what is wrong, where, the lines with the words underlined, what to
//! do; in the end one line that sums the run up.
//!
//! ```text
//! error[RC001] mislabelled-title: 2 of 2 duties are product marketing; the title says "Product Manager"
//!  --> drafts/payments.md:2:8
//!   |
//! 2 | title: Product Manager
//!   |        ^^^^^^^^^^^^^^^
//! ...
//! 8 | - Own product positioning
//!   |       ------------------- positioning
//!   |
//!   = help: rename the posting to Product Marketing Manager
//! ```

use std::io::{self, Write};

use super::place::behind_path;
use super::snippet::Snippet;
use super::{LONGEST, Options, tally};
use crate::advice::Advice;
use crate::problem::{CheckRun, Checked, Label, Problem, Region, Unreadable};
use crate::report::paint::Paint;
use crate::report::safe;
use crate::vocabulary::Severity;

/// Most labels without a place that are named.
const NAMED: usize = 12;

/// Most postings left to review that are told one by one; the sum counts all.
const REVIEWS: usize = 20;

/// Writes the run.
pub(super) fn write(out: &mut dyn Write, run: &CheckRun, options: &Options) -> io::Result<()> {
    let paint = Paint::new(options.color);
    for problem in &run.problems {
        write_problem(out, problem, paint, options.width)?;
        writeln!(out)?;
    }
    for failed in &run.failed {
        write_unreadable(out, failed, paint)?;
        writeln!(out)?;
    }
    for (checked, advice) in run.unexplained().take(REVIEWS) {
        write_review(out, checked, advice, paint)?;
        writeln!(out)?;
    }
    let worst = if run.failed.is_empty() { run.worst() } else { Some(Severity::Error) };
    let said = tally::sentence(run);
    match worst {
        Some(severity) => writeln!(out, "{}", paint.severity(severity, &said)),
        None => writeln!(out, "{}", paint.bold(&said)),
    }
}

fn write_problem(out: &mut dyn Write, problem: &Problem, paint: Paint, columns: usize) -> io::Result<()> {
    let snippet = Snippet::new(problem);
    let side = " ".repeat(snippet.gutter);
    let label = format!("{}[{}]", problem.severity, problem.code.code());
    writeln!(
        out,
        "{} {}: {}",
        paint.severity(problem.severity, &label),
        safe::line(&problem.rule, LONGEST),
        paint.bold(&safe::line(&problem.message, LONGEST))
    )?;
    let place = safe::path(&problem.path) + &behind_path(problem.primary.as_ref(), problem.record);
    let title = match &problem.title {
        Some(title) if problem.record.is_some() => format!(", \"{}\"", safe::line(title, 200)),
        _ => String::new(),
    };
    writeln!(out, "{side}{} {place}{title}", paint.dim("-->"))?;
    if !snippet.is_empty() {
        snippet.write(out, paint, columns)?;
    }
    if let Some(found) = unplaced(&problem.secondary) {
        writeln!(out, "{side} {} found: {found}", paint.dim("="))?;
    }
    writeln!(out, "{side} {} {}", paint.dim("="), paint.bold("help: ") + &safe::line(&problem.help, LONGEST))
}

/// A posting that is left to review: no rule is broken, so it has no code and no place but its own.
fn write_review(out: &mut dyn Write, checked: &Checked, advice: &Advice, paint: Paint) -> io::Result<()> {
    writeln!(out, "{}: {}", paint.bold("to review"), safe::line(&advice.why, LONGEST))?;
    let title = checked.title.as_deref().map(|title| format!(", \"{}\"", safe::line(title, 200)));
    let place = safe::path(&checked.path) + &behind_path(None, checked.record);
    writeln!(out, " {} {place}{}", paint.dim("-->"), title.unwrap_or_default())?;
    writeln!(out, "  {} {}", paint.dim("="), paint.bold("help: ") + &safe::line(&advice.help, LONGEST))
}

fn write_unreadable(out: &mut dyn Write, failed: &Unreadable, paint: Paint) -> io::Result<()> {
    let label = format!("error[{}]", safe::line(&failed.code, 80));
    writeln!(
        out,
        "{}: {}",
        paint.severity(Severity::Error, &label),
        paint.bold(&safe::line(&failed.message, LONGEST))
    )?;
    let place = behind_path(failed.line.map(Region::line).as_ref(), failed.record);
    writeln!(out, " {} {}{place}", paint.dim("-->"), safe::path(&failed.path))
}

/// The words that have no place in the file, each with what it shows.
fn unplaced(labels: &[Label]) -> Option<String> {
    let mut named: Vec<String> = Vec::new();
    for label in labels.iter().filter(|label| label.region.is_none()) {
        let text = safe::line(&label.text, 80);
        let item = match safe::line(&label.message, 120) {
            message if message.is_empty() => format!("\"{text}\""),
            message => format!("\"{text}\" ({message})"),
        };
        if !named.contains(&item) {
            named.push(item);
        }
    }
    let more = named.len().saturating_sub(NAMED);
    named.truncate(NAMED);
    match (named.is_empty(), more) {
        (true, _) => None,
        (false, 0) => Some(named.join(", ")),
        (false, more) => Some(format!("{} and {more} more", named.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::check::testing::{Draft, hostile, run, written};
    use crate::report::check::{self, Format};
    use crate::report::testing::snapshot;
    use crate::rule::Code;

    #[test]
    fn a_run_reads_as_the_page_that_is_kept() {
        snapshot("check.txt", &written(Format::Text, &run()));
        snapshot("check-hostile.txt", &written(Format::Text, &hostile()));
    }

    fn coloured(width: usize) -> String {
        let mut page = Vec::new();
        let options = Options { color: true, width, ..Options::default() };
        check::write(Format::Text, &mut page, &run(), &options).unwrap();
        String::from_utf8(page).unwrap()
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        let page = coloured(100);
        assert!(page.contains("\x1b[31m") && page.contains("\x1b[33m"), "{page}");
        assert_eq!(anstream::adapter::strip_str(&page).to_string(), written(Format::Text, &run()));
    }

    #[test]
    fn labels_of_one_line_share_it_and_fall_below_where_there_is_no_room() {
        let draft =
            Draft::new("a.md", "- Own positioning, messaging and the whole of enablement for the field\n");
        let mut problem = draft.problem(Code::Rc002, "Own");
        for (words, message) in
            [("positioning", "positioning"), ("messaging", "messaging"), ("enablement", "sales enablement")]
        {
            problem.secondary.push(draft.label(words, message));
        }
        let mut page = Vec::new();
        write_problem(&mut page, &problem, Paint::new(false), 64).unwrap();
        let page = String::from_utf8(page).unwrap();
        let lines: Vec<&str> = page.lines().skip(3).take(4).collect();
        assert_eq!(
            lines,
            [
                "1 | - Own positioning, messaging and the whole of enablement fo…",
                "  |   ^^^ -----------  ---------                  ----------",
                "  |   positioning, messaging, sales enablement",
                "  |",
            ]
        );
    }

    #[test]
    fn words_over_several_lines_are_marked_on_each() {
        let draft = Draft::new("a.md", "- Own the\n\n    roadmap  \n  of it\n");
        let mut problem = draft.problem(Code::Rc002, "Own the\n\n    roadmap  \n  of");
        problem.secondary.clear();
        let mut page = Vec::new();
        write_problem(&mut page, &problem, Paint::new(false), 80).unwrap();
        let page = String::from_utf8(page).unwrap();
        let lines: Vec<&str> = page.lines().skip(3).take(7).collect();
        assert_eq!(
            lines,
            [
                "1 | - Own the",
                "  |   ^^^^^^^",
                "...",
                "3 |     roadmap",
                "  |     ^^^^^^^",
                "4 |   of it",
                "  |   ^^",
            ]
        );
    }
}
