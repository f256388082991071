//! `JUnit` XML: a test suite for each file, a test case for each posting.
//!
//! | element | is |
//! |---|---|
//! | `testsuites` | the run; `tests`, `failures`, `errors`, `skipped` count cases |
//! | `testsuite` | a file; `name` is its path from the root of the repository, suites stand in the order of paths |
//! | `testcase` | a posting: `name` is its title, `classname` and `file` the path, `line` that of the gravest problem. What concerns the file and none of its postings is a case too |
//! | `failure` | at most one a case: its errors and warnings. `type` is the code and `message` the words of the gravest, the text holds all |
//! | `error` | what cannot be read; `type` is the code of the fault |
//! | `skipped` | nothing to judge; `message` is the reason |
//! | `system-out` | notes, which fail no test, and what is uncertain about a posting that is left to review |
//!
//! A run without postings holds one case that passes, since test reports take an empty file for a fault.

use std::collections::BTreeMap;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::place::named;
use super::{LONGEST, Options};
use crate::advice::Advice;
use crate::problem::{CheckRun, Problem, Region, Unchecked, Unit, Unreadable};
use crate::report::safe;
use crate::vocabulary::Severity;

/// What a case is about, in the order of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum About {
    File,
    Posting(Option<u64>),
}

/// A test case.
#[derive(Default)]
struct Case<'r> {
    title: Option<&'r str>,
    failing: Vec<&'r Problem>,
    notes: Vec<&'r Problem>,
    failed: Vec<&'r Unreadable>,
    skipped: Option<&'r Unchecked>,
    review: Option<&'r Advice>,
}

type Suite<'r> = BTreeMap<About, Case<'r>>;

/// Writes the run.
pub(super) fn write(out: &mut dyn Write, run: &CheckRun, options: &Options) -> io::Result<()> {
    let suites = suites(run);
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let all = Counts::of(suites.values().flat_map(BTreeMap::values));
    let root = xml.create_element("testsuites").with_attribute(("name", "rolecall"));
    if suites.is_empty() {
        root.with_attributes(Counts { tests: 1, ..all }.attributes().each_ref().map(borrowed))
            .write_inner_content(|xml| {
                let suite =
                    xml.create_element("testsuite").with_attributes([("name", "rolecall"), ("tests", "1")]);
                suite.write_inner_content(|xml| {
                    let case = xml.create_element("testcase");
                    case.with_attributes([("name", "no postings"), ("classname", "rolecall")])
                        .write_empty()?;
                    Ok(())
                })?;
                Ok(())
            })?;
    } else {
        root.with_attributes(all.attributes().each_ref().map(borrowed)).write_inner_content(|xml| {
            suites.iter().try_for_each(|(path, suite)| write_suite(xml, &options.base.relative(path), suite))
        })?;
    }
    xml.into_inner().write_all(b"\n")
}

fn suites(run: &CheckRun) -> BTreeMap<&str, Suite<'_>> {
    let mut suites: BTreeMap<&str, Suite> = BTreeMap::new();
    for posting in &run.checked {
        let case =
            suites.entry(&posting.path).or_default().entry(About::Posting(posting.record)).or_default();
        case.title = Some(posting.title.as_deref().unwrap_or(&posting.id));
        case.review = posting.review.as_ref();
    }
    for skipped in &run.skipped {
        let case =
            suites.entry(&skipped.path).or_default().entry(About::Posting(skipped.record)).or_default();
        case.title = Some(skipped.title.as_deref().unwrap_or(&skipped.id));
        case.skipped = Some(skipped);
    }
    for failed in &run.failed {
        let about = failed.record.map_or(About::File, |record| About::Posting(Some(record)));
        suites.entry(&failed.path).or_default().entry(about).or_default().failed.push(failed);
    }
    for problem in &run.problems {
        let about = problem.id.as_ref().map_or(About::File, |_| About::Posting(problem.record));
        let case = suites.entry(&problem.path).or_default().entry(about).or_default();
        case.title = case.title.or(problem.title.as_deref());
        let list = if problem.severity == Severity::Note { &mut case.notes } else { &mut case.failing };
        list.push(problem);
    }
    for case in suites.values_mut().flat_map(BTreeMap::values_mut) {
        case.failing.sort_by_key(|problem| std::cmp::Reverse(problem.severity));
    }
    suites
}

impl Case<'_> {
    /// What fails no test: the notes, and what is uncertain.
    fn said(&self) -> String {
        let notes = if self.notes.is_empty() { String::new() } else { told(&self.notes) };
        let review = self.review.map(|Advice { why, help }| {
            let (why, help) = (safe::line(why, LONGEST), safe::line(help, LONGEST));
            format!("\nleft to review: {why}\n  help: {help}\n")
        });
        notes + &review.unwrap_or_default()
    }
}

/// How many cases end in which way.
#[derive(Default)]
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Counts {
    fn of<'c>(cases: impl Iterator<Item = &'c Case<'c>>) -> Self {
        let mut counts = Self::default();
        for case in cases {
            counts.tests += 1;
            counts.failures += usize::from(!case.failing.is_empty());
            counts.errors += usize::from(!case.failed.is_empty());
            counts.skipped += usize::from(case.skipped.is_some());
        }
        counts
    }

    fn attributes(&self) -> [(&'static str, String); 4] {
        [
            ("tests", self.tests.to_string()),
            ("failures", self.failures.to_string()),
            ("errors", self.errors.to_string()),
            ("skipped", self.skipped.to_string()),
        ]
    }
}

fn borrowed<'a>((name, value): &'a (&'static str, String)) -> (&'a str, &'a str) {
    (name, value)
}

fn write_suite(xml: &mut Writer<&mut dyn Write>, path: &str, suite: &Suite) -> io::Result<()> {
    let path = safe::path(path);
    let counts = Counts::of(suite.values()).attributes();
    xml.create_element("testsuite")
        .with_attribute(("name", path.as_str()))
        .with_attributes(counts.each_ref().map(borrowed))
        .write_inner_content(|xml| {
            suite.iter().try_for_each(|(about, case)| write_case(xml, &path, *about, case))
        })?;
    Ok(())
}

fn write_case(xml: &mut Writer<&mut dyn Write>, path: &str, about: About, case: &Case) -> io::Result<()> {
    let title = attribute(case.title.unwrap_or("the posting"));
    let name = match about {
        About::File => "the file".to_owned(),
        About::Posting(None) => title,
        About::Posting(Some(record)) => format!("record {record}: {title}"),
    };
    let mut element = xml.create_element("testcase").with_attributes([
        ("name", name.as_str()),
        ("classname", path),
        ("file", path),
    ]);
    let line = line(case).map(|line| line.to_string());
    if let Some(line) = &line {
        element = element.with_attribute(("line", line.as_str()));
    }
    let said = case.said();
    if case.failing.is_empty() && said.is_empty() && case.failed.is_empty() && case.skipped.is_none() {
        element.write_empty()?;
        return Ok(());
    }
    element.write_inner_content(|xml| {
        if let Some(skipped) = case.skipped {
            xml.create_element("skipped").with_attribute(("message", skipped.reason.name())).write_empty()?;
        }
        if let Some(first) = case.failed.first() {
            let (kind, message) = (attribute(&first.code), attribute(&first.message));
            let text: Vec<String> = case.failed.iter().map(|failed| safe::lines(&failed.message)).collect();
            xml.create_element("error")
                .with_attributes([("message", message.as_str()), ("type", kind.as_str())])
                .write_text_content(BytesText::new(&text.join("\n")))?;
        }
        if let Some(first) = case.failing.first() {
            let message = attribute(&format!("{}: {}", first.rule, first.message));
            xml.create_element("failure")
                .with_attributes([("message", message.as_str()), ("type", first.code.code())])
                .write_text_content(BytesText::new(&told(&case.failing)))?;
        }
        if !said.is_empty() {
            xml.create_element("system-out").write_text_content(BytesText::new(&said))?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The line of the gravest problem.
fn line(case: &Case) -> Option<usize> {
    let problem = case.failing.first().or(case.notes.first());
    let region = problem.and_then(|problem| problem.primary.as_ref());
    let line = region.filter(|region| region.unit == Unit::Line).map(|region| region.line);
    let unread = case.failed.first().and_then(|failed| failed.line).map(|line| Region::line(line).line);
    line.or(unread)
}

/// The problems in words.
fn told(problems: &[&Problem]) -> String {
    let mut lines = Vec::new();
    for problem in problems {
        lines.push(String::new());
        lines.push(format!(
            "{}[{}] {}: {}",
            problem.severity,
            problem.code.code(),
            problem.rule,
            safe::line(&problem.message, LONGEST)
        ));
        if let Some(region) = &problem.primary {
            let column = region.span.map(|span| format!(", column {}", span.column)).unwrap_or_default();
            lines.push(format!("  {}{column}", named(region)));
        }
        lines.extend(problem.secondary.iter().map(|label| {
            let place =
                label.region.as_ref().map(|region| format!("{}: ", named(region))).unwrap_or_default();
            format!("  {place}\"{}\" {}", safe::line(&label.text, 80), safe::line(&label.message, 200))
        }));
        lines.push(format!("  help: {}", safe::line(&problem.help, LONGEST)));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// The value of an attribute: one line, and no character that XML cannot hold.
fn attribute(text: &str) -> String {
    safe::line(text, LONGEST)
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;

    use super::*;
    use crate::report::check::Format;
    use crate::report::check::testing::{hostile, run, written};
    use crate::report::testing::snapshot;

    /// Names of elements in order; panics where the text is not well-formed.
    fn elements(page: &str) -> Vec<String> {
        let mut reader = Reader::from_str(page);
        reader.config_mut().check_end_names = true;
        let mut names = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) | Event::Empty(start) => {
                    for attribute in start.attributes() {
                        attribute.unwrap();
                    }
                    names.push(format!("{:?}", start.name()));
                }
                Event::Eof => return names,
                _ => {}
            }
        }
    }

    #[test]
    fn a_run_reads_as_the_page_that_is_kept() {
        snapshot("check.xml", &written(Format::Junit, &run()));
        snapshot("check-hostile.xml", &written(Format::Junit, &hostile()));
    }

    #[test]
    fn pages_are_well_formed_and_hold_only_what_xml_can() {
        for (run, cases) in [(run(), 7), (hostile(), 2), (CheckRun::default(), 1)] {
            let page = written(Format::Junit, &run);
            let names = elements(&page);
            assert_eq!(names.iter().filter(|name| name.contains("testcase")).count(), cases, "{page}");
            let refused = |c: char| {
                (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
            };
            assert!(!page.contains(refused), "{page}");
            assert!(page.contains(&format!("<testsuites name=\"rolecall\" tests=\"{cases}\"")), "{page}");
        }
    }

    #[test]
    fn notes_fail_no_test() {
        let mut run = run();
        run.problems.retain(|problem| problem.severity == Severity::Note);
        run.failed.clear();
        let page = written(Format::Junit, &run);
        assert!(page.contains("failures=\"0\" errors=\"0\" skipped=\"1\"") && !page.contains("<failure"));
        assert!(page.contains("<system-out>"));
    }
}
