//! A Markdown table, for a comment on a pull request or the summary of a workflow's step.
//!
//! Worst first, as many rows as fit into a comment; posting text is escaped, so that it is neither markup
//! nor mentions anybody. `:x:` and its like are not used: severities are words.

use std::cmp::Reverse;
use std::io::{self, Write};

use super::place::behind_path;
use super::{Options, tally};
use crate::advice::Advice;
use crate::problem::{CheckRun, Checked, Problem, Region};
use crate::report::safe;
use crate::report::text::counted;

/// Bytes of rows at most: a comment on GitHub holds 65,536 characters.
const ROOM: usize = 50_000;

/// Characters of a message in a cell.
const CELL: usize = 500;

/// Writes the run.
pub(super) fn write(out: &mut dyn Write, run: &CheckRun, options: &Options) -> io::Result<()> {
    writeln!(out, "**rolecall**: {}", tally::sentence(run))?;
    let mut rows: Vec<String> = run
        .failed
        .iter()
        .map(|failed| {
            let place = place(
                &options.base.relative(&failed.path),
                failed.line.map(Region::line).as_ref(),
                failed.record,
            );
            row("error", &place, &failed.code, &safe::markdown(&failed.message, CELL), "")
        })
        .collect();
    let mut problems: Vec<&Problem> = run.problems.iter().collect();
    problems.sort_by_key(|problem| Reverse(problem.severity));
    rows.extend(problems.into_iter().map(|problem| problem_row(problem, options)));
    rows.extend(run.unexplained().map(|(checked, advice)| review_row(checked, advice, options)));
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n| Severity | Where | Rule | What is wrong | What to do |")?;
    writeln!(out, "|---|---|---|---|---|")?;
    let mut filled = 0;
    let fitting = rows
        .iter()
        .take_while(|row| {
            filled += row.len();
            filled <= ROOM
        })
        .count();
    for row in &rows[..fitting] {
        writeln!(out, "{row}")?;
    }
    match u64::try_from(rows.len() - fitting).unwrap_or(u64::MAX) {
        0 => Ok(()),
        left => writeln!(out, "\nand {} more than fit here", counted(left, "row")),
    }
}

fn problem_row(problem: &Problem, options: &Options) -> String {
    let title = problem.title.as_deref().filter(|_| problem.record.is_some());
    let title = title.map(|title| format!("<br>{}", safe::markdown(title, 200))).unwrap_or_default();
    let path = options.base.relative(&problem.path);
    let place = place(&path, problem.primary.as_ref(), problem.record) + &title;
    row(
        problem.severity.name(),
        &place,
        &format!("{} {}", problem.code.code(), problem.rule),
        &safe::markdown(&problem.message, CELL),
        &safe::markdown(&problem.help, CELL),
    )
}

/// A posting that is left to review breaks no rule.
fn review_row(checked: &Checked, advice: &Advice, options: &Options) -> String {
    let title = checked.title.as_deref().filter(|_| checked.record.is_some());
    let title = title.map(|title| format!("<br>{}", safe::markdown(title, 200))).unwrap_or_default();
    let place = place(&options.base.relative(&checked.path), None, checked.record) + &title;
    row("to review", &place, "", &safe::markdown(&advice.why, CELL), &safe::markdown(&advice.help, CELL))
}

fn row(severity: &str, place: &str, rule: &str, message: &str, help: &str) -> String {
    format!("| {severity} | {place} | {} | {message} | {help} |", safe::markdown(rule, 80))
}

/// A path and the line there; the column would only lengthen the table.
fn place(path: &str, region: Option<&Region>, record: Option<u64>) -> String {
    let line = region.map(|region| Region { span: None, ..region.clone() });
    safe::markdown(path, 400) + &behind_path(line.as_ref(), record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::check::Format;
    use crate::report::check::testing::{Draft, hostile, run, written};
    use crate::report::testing::snapshot;
    use crate::rule::Code;

    #[test]
    fn a_run_reads_as_the_page_that_is_kept() {
        snapshot("check.md", &written(Format::Markdown, &run()));
        snapshot("check-hostile.md", &written(Format::Markdown, &hostile()));
    }

    #[test]
    fn a_comment_is_never_too_long() {
        let draft = Draft::new("a.md", "# Product Manager\n");
        let problems = vec![draft.problem(Code::Rc001, "Product"); 5000];
        let page = written(Format::Markdown, &CheckRun { problems, ..CheckRun::default() });
        assert!(page.chars().count() < 60_000);
        assert!(page.ends_with(" rows more than fit here\n"), "{}", &page[page.len() - 200..]);
    }

    #[test]
    fn nothing_wrong_is_one_line() {
        assert_eq!(
            written(Format::Markdown, &CheckRun::default()),
            "**rolecall**: no problems in 0 postings of 0 files\n"
        );
    }
}
