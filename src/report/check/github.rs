//! Annotations on the lines of a pull request, by the workflow commands of GitHub Actions.
//!
//! ```text
//! ::error file=jobs/pm.md,line=2,endLine=2,col=8,endColumn=23,title=RC001 mislabelled-title::…%0A%0Ahelp: …
//! ```
//!
//! | property | value |
//! |---|---|
//! | command | `error`, `warning`, or `notice` for notes; what cannot be read is an `error` |
//! | `file` | path from the root of the repository; left out for standard input |
//! | `line`, `endLine` | lines; left out for a document of paragraphs |
//! | `col`, `endColumn` | Unicode scalar values, the end exclusive; only where all stands on one line |
//! | `title` | code and name of the rule |
//! | message | what is wrong, the deciding words, and what to do |
//!
//! GitHub shows ten annotations of a level for each step, so the first ten of each level are written, unreadable
//! files before all, and how many were left out. The last line sums the run up.

use std::io::{self, Write};

use super::place::before_message;
use super::{LONGEST, Options, tally};
use crate::problem::{CheckRun, Problem, Region, Unit, Unreadable};
use crate::report::safe;
use crate::report::text::counted;
use crate::vocabulary::Severity;

/// Annotations that GitHub shows of each level.
const SHOWN: usize = 10;

/// Labels that a message names.
const NAMED: usize = 12;

/// Writes the run.
pub(super) fn write(out: &mut dyn Write, run: &CheckRun, options: &Options) -> io::Result<()> {
    let mut omitted = Vec::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let failed = run.failed.iter().filter(|_| severity == Severity::Error);
        let failed = failed.map(|failed| unreadable(failed, options));
        let problems = run.problems.iter().filter(|problem| problem.severity == severity);
        let mut commands = failed.chain(problems.map(|problem| annotation(problem, options)));
        for command in commands.by_ref().take(SHOWN) {
            writeln!(out, "{command}")?;
        }
        match u64::try_from(commands.count()).unwrap_or(u64::MAX) {
            0 => {}
            count => omitted.push(counted(count, severity.name())),
        }
    }
    if !omitted.is_empty() {
        writeln!(
            out,
            "rolecall: {} more not annotated, as GitHub shows {SHOWN} of a level for each step",
            omitted.join(", ")
        )?;
    }
    writeln!(out, "rolecall: {}", tally::sentence(run))
}

fn annotation(problem: &Problem, options: &Options) -> String {
    let level = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut named: Vec<String> = Vec::new();
    for label in &problem.secondary {
        let quoted = format!("\"{}\"", safe::line(&label.text, 80));
        if !named.contains(&quoted) {
            named.push(quoted);
        }
    }
    named.truncate(NAMED);
    let found = if named.is_empty() { String::new() } else { format!("\n\nfound: {}", named.join(", ")) };
    let message = format!(
        "{}{}{found}\n\nhelp: {}",
        before_message(problem),
        safe::line(&problem.message, LONGEST),
        safe::line(&problem.help, LONGEST)
    );
    let title = format!("{} {}", problem.code.code(), problem.rule);
    command(level, &problem.path, problem.primary.as_ref(), &title, &message, options)
}

fn unreadable(failed: &Unreadable, options: &Options) -> String {
    let region = failed.line.map(Region::line);
    let title = format!("not read: {}", safe::line(&failed.code, 80));
    let message = match failed.record {
        Some(record) => format!("record {record}: {}", safe::line(&failed.message, LONGEST)),
        None => safe::line(&failed.message, LONGEST),
    };
    command("error", &failed.path, region.as_ref(), &title, &message, options)
}

fn command(
    level: &str,
    path: &str,
    region: Option<&Region>,
    title: &str,
    message: &str,
    options: &Options,
) -> String {
    let mut properties = Vec::new();
    if path != "-" {
        properties.push(format!("file={}", property(&safe::path(&options.base.relative(path)))));
    }
    if let Some(region) = region.filter(|region| region.unit == Unit::Line) {
        properties.push(format!("line={},endLine={}", region.line, region.end_line));
        if let Some(span) = region.span.filter(|_| region.line == region.end_line) {
            properties.push(format!("col={},endColumn={}", span.column, span.end_column));
        }
    }
    properties.push(format!("title={}", property(&safe::line(title, LONGEST))));
    format!("::{level} {}::{}", properties.join(","), data(message))
}

/// The value of a property, which holds no control characters.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A message, whose own line ends are the only control characters.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::check::testing::{Draft, hostile, run, written};
    use crate::report::check::{Base, Format};
    use crate::report::testing::snapshot;
    use crate::rule::Code;

    #[test]
    fn a_run_reads_as_the_page_that_is_kept() {
        snapshot("check-github.txt", &written(Format::Github, &run()));
        snapshot("check-github-hostile.txt", &written(Format::Github, &hostile()));
    }

    #[test]
    fn ten_of_a_level_are_annotated_and_the_rest_is_counted() {
        let draft = Draft::new("a.md", "# Product Manager\n");
        let mut run = CheckRun::default();
        run.problems.extend(vec![draft.problem(Code::Rc001, "Product"); 12]);
        run.problems.extend(vec![draft.problem(Code::Rc002, "Product"); 11]);
        run.problems.extend(vec![draft.problem(Code::Rc004, "Product"); 10]);
        let page = written(Format::Github, &run);
        for level in ["error", "warning", "notice"] {
            assert_eq!(page.matches(&format!("::{level} ")).count(), 10, "{level}");
        }
        assert!(page.contains("rolecall: 2 errors, 1 warning more not annotated"), "{page}");
    }

    #[test]
    fn columns_are_given_only_within_a_line_and_paths_count_from_the_root() {
        let draft = Draft::new("./b.md", "own\nthe thing\n");
        let base = Base { folder: Some("/r/jobs".to_owned()), root: Some("/r".to_owned()) };
        let options = Options { base, ..Options::default() };
        let two = annotation(&draft.problem(Code::Rc001, "own\nthe"), &options);
        assert!(
            two.starts_with("::error file=jobs/b.md,line=1,endLine=2,title=RC001 mislabelled-title::"),
            "{two}"
        );
        let one = annotation(&draft.problem(Code::Rc001, "the"), &options);
        assert!(one.contains(",line=2,endLine=2,col=1,endColumn=4,title="), "{one}");
        let stdin = Draft::new("-", "own").problem(Code::Rc001, "own");
        assert!(annotation(&stdin, &options).starts_with("::error line=1,"));
    }

    #[test]
    fn messages_cannot_end_a_command_or_begin_one() {
        assert_eq!(data("100%\r\n::error::x"), "100%25%0D%0A::error::x");
        assert_eq!(property("a,b:c%\n::x"), "a%2Cb%3Ac%25%0A%3A%3Ax");
    }
}
