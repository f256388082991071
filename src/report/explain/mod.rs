//! One posting laid open for a person: what the title calls, what each clause says and who does it, and the sum
//! that leads to the verdict.
//!
//! Words that were found are underlined, in the colour of their role. Without colour a line of marks stands below
//! them: `^^^` a term of the hire's work, `---` a term of nobody's or another's, `~~~` the words that tell whose.

use std::io::{self, Write};

use super::overview::meaning_of;
use super::paint::Paint;
use super::safe;
use super::text::{left, points, whole_percent, width, wrap};
use crate::advice::{Advice, advice};
use crate::area;
use crate::counted::takes;
use crate::outcome::Judged;
use crate::settings::Settings;
use crate::trace::Trace;
use crate::verdict::Verdict;
use crate::vocabulary::{Actor, Claim, Described, Doubt, Role, Ruling, Severity};

mod marked;
mod clauses;
mod tables;
pub(super) use tables::{balance, gloss};
pub mod stage;

/// How an explanation is written.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Whether to colour.
    pub color: bool,
    /// Columns that lines may fill.
    pub width: usize,
}

/// A page being written.
struct Page<'o> {
    out: &'o mut dyn Write,
    paint: Paint,
    width: usize,
}

/// Columns before the values of the head.
const LABEL: usize = 18;

/// Writes the whole explanation of a judged posting.
///
/// # Errors
/// The writer refuses.
pub fn write(
    out: &mut dyn Write,
    judged: &Judged,
    trace: &Trace,
    settings: &Settings,
    options: Options,
) -> io::Result<()> {
    let mut page = Page::new(out, options);
    page.head(judged, trace, settings)?;
    clauses::write(&mut page, &trace.clauses)?;
    tables::areas(&mut page, &judged.verdict)?;
    tables::sum(&mut page, &trace.sum, tables::SHOWN)?;
    page.flags(&judged.verdict)
}

impl<'o> Page<'o> {
    fn new(out: &'o mut dyn Write, options: Options) -> Self {
        Self { out, paint: Paint::new(options.color), width: options.width.clamp(40, 120) }
    }

    /// Who, where, and the answer.
    fn head(&mut self, judged: &Judged, trace: &Trace, settings: &Settings) -> io::Result<()> {
        let verdict = &judged.verdict;
        let title = safe::line(judged.title.as_deref().unwrap_or_default(), 300);
        let title = if title.is_empty() { "(no title)".to_owned() } else { title };
        for line in wrap(&title, self.width) {
            writeln!(self.out, "{}", self.paint.bold(&line))?;
        }
        let mut about: Vec<String> = [&judged.company, &judged.location]
            .into_iter()
            .flatten()
            .map(|field| safe::line(field, 200))
            .filter(|field| !field.is_empty())
            .collect();
        about.push(super::place::place(&judged.source));
        for line in wrap(&about.join(" · "), self.width) {
            writeln!(self.out, "{}", self.paint.dim(&line))?;
        }
        writeln!(self.out)?;
        self.label("Title calls", &claimed(trace.title.claim), None)?;
        if let Some(trap) = &trace.title.trap {
            self.label("", &format!("often misread: {}", safe::line(trap, 300)), None)?;
        }
        if let Some(by) = verdict.declared_by {
            self.label("Declared", &format!("{}, by {by}", claimed(verdict.claimed)), None)?;
        }
        self.label("Duties describe", &described(verdict), None)?;
        let ruling = verdict.verdict;
        self.label("Verdict", &format!("{ruling}, {}", meaning_of(verdict)), Some(ruling))?;
        self.label("Sure", &sure(verdict, settings), None)?;
        let duties = verdict.duties;
        let others = trace
            .clauses
            .iter()
            .filter(|clause| clause.actor == Some(Actor::Owns) && clause.role == Some(Role::Other));
        let others = u32::try_from(others.count()).unwrap_or(u32::MAX).min(duties.other);
        self.label(
            "Owned duties",
            &format!(
                "{} pm, {} pmm, {} of both roles, {others} of other jobs, {} that no term names",
                duties.pm,
                duties.pmm,
                duties.shared,
                duties.other - others
            ),
            None,
        )?;
        if verdict.text.truncated {
            self.label("", "the source cut the text short", None)?;
        }
        Ok(())
    }

    /// A label and its value, wrapped beside it; a verdict at its beginning has the verdict's colour.
    fn label(&mut self, label: &str, value: &str, ruling: Option<Ruling>) -> io::Result<()> {
        let mut label = left(label, LABEL);
        for line in wrap(value, self.width - LABEL) {
            let ruled = ruling.and_then(|ruling| Some((ruling, line.strip_prefix(ruling.name())?)));
            let line = ruled.map_or_else(
                || line.clone(),
                |(ruling, rest)| format!("{}{rest}", self.paint.ruling(ruling, ruling.name())),
            );
            writeln!(self.out, "{}{line}", self.paint.dim(&label))?;
            label = " ".repeat(LABEL);
        }
        Ok(())
    }

    /// The name of a part of the page.
    fn section(&mut self, name: &str, note: &str) -> io::Result<()> {
        writeln!(self.out)?;
        if width(name) + 2 + width(note) <= self.width {
            let line = format!("{}  {}", self.paint.bold(name), self.paint.dim(note));
            return writeln!(self.out, "{}", line.trim_end());
        }
        writeln!(self.out, "{}", self.paint.bold(name))?;
        for line in wrap(note, self.width) {
            writeln!(self.out, "{}", self.paint.dim(&line))?;
        }
        Ok(())
    }

    /// The rules that the posting breaks, and what to do.
    fn flags(&mut self, verdict: &Verdict) -> io::Result<()> {
        if let Some(Advice { why, help }) = advice(verdict) {
            self.section("To review", "")?;
            writeln!(self.out)?;
            self.hanging("", &safe::line(&why, 1000))?;
            self.hanging("help: ", &safe::line(&help, 1000))?;
        }
        if verdict.flags.is_empty() {
            return Ok(());
        }
        self.section("Findings", "")?;
        for flag in &verdict.flags {
            let severity = match flag.severity {
                Severity::Error => self.paint.alarm(flag.severity.name()),
                Severity::Warning => self.paint.ruling(Ruling::Mixed, flag.severity.name()),
                Severity::Note => self.paint.ruling(Ruling::Hidden, flag.severity.name()),
            };
            writeln!(self.out)?;
            writeln!(self.out, "  {severity} {} {}", self.paint.bold(flag.code.code()), flag.rule)?;
            self.hanging("", &safe::line(&flag.message, 1000))?;
            self.hanging("help: ", &safe::line(&flag.help, 1000))?;
            let mut cited: Vec<String> = Vec::new();
            for found in flag.evidence.iter().filter_map(|&index| verdict.evidence.get(index)) {
                let (words, span) = (safe::line(&found.text, 80), &found.span);
                let said = format!("“{words}” {}:{}", span.line, span.column);
                if !cited.contains(&said) {
                    cited.push(said);
                }
            }
            if !cited.is_empty() {
                self.hanging("see: ", &cited.join(", "))?;
            }
        }
        Ok(())
    }

    /// A paragraph under a finding.
    fn hanging(&mut self, label: &str, text: &str) -> io::Result<()> {
        let indent = 4 + width(label);
        let mut label = self.paint.dim(label);
        for line in wrap(text, self.width - indent) {
            writeln!(self.out, "    {label}{line}")?;
            label = " ".repeat(indent - 4);
        }
        Ok(())
    }
}

fn claimed(claim: Claim) -> String {
    let meaning = match claim {
        Claim::Pm => "product management",
        Claim::Pmm => "product marketing",
        Claim::Both => "product management and product marketing at once",
        Claim::Other => "another job",
        Claim::None => "no job",
    };
    format!("{claim}, {meaning}")
}

fn described(verdict: &Verdict) -> String {
    let meaning = match verdict.described {
        Described::Pm => "product management".to_owned(),
        Described::Pmm => "product marketing".to_owned(),
        Described::Mixed => "substantial shares of both roles".to_owned(),
        Described::Neither => match &verdict.nearest {
            Some(nearest) => format!("another job, nearest to {}", safe::line(&area::plain(nearest), 80)),
            None => "another job".to_owned(),
        },
        Described::Insufficient => "too little to tell".to_owned(),
    };
    format!("{}, {meaning}", verdict.described)
}

/// Confidence and margin, and which bar was missed where a person must look.
fn sure(verdict: &Verdict, settings: &Settings) -> String {
    let second = verdict
        .probabilities
        .pairs()
        .into_iter()
        .filter(|(described, _)| *described != verdict.described)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map_or("the rest", |(described, _)| described.name());
    let mut text =
        format!("{}, {} ahead of {second}", whole_percent(verdict.confidence), points(verdict.margin));
    if verdict.verdict != Ruling::Review {
        return text;
    }
    let ruling = Ruling::of(verdict.claimed, verdict.described);
    let missed = match verdict.doubt {
        Some(Doubt::Probability) if verdict.confidence < settings.review_probability => {
            format!("below {} a person must look", whole_percent(settings.review_probability))
        }
        Some(Doubt::Probability) => {
            format!("{} takes {}", ruling.name(), whole_percent(settings.needed(ruling)))
        }
        Some(Doubt::Margin) => {
            format!("less than {} ahead, a person must look", points(settings.review_margin))
        }
        Some(Doubt::Duties) => format!("but {} takes {}", ruling.name(), takes(ruling)),
        Some(Doubt::Truncated) => format!("{} takes a text that was not cut short", ruling.name()),
        Some(Doubt::Insufficient) | None => return text,
    };
    text.push_str("; ");
    text.push_str(&missed);
    text
}

/// The colour-free name of a role; a dash for work that no term names.
fn role_name(role: Option<Role>) -> &'static str {
    role.map_or("–", Role::name)
}
