//! The first lines of a report for a person: the answer in a sentence, totals, and the matrix.

use std::io::{self, Write};

use super::paint::Paint;
use super::text::{agreed, counted, counted_as, left, number, percent, right, share, width, wrap};
use super::{Options, words};
use crate::summary::Summary;
use crate::verdict::Verdict;
use crate::vocabulary::{Claim, Described, Doubt, Ruling};

/// Writes headline, totals, matrix and sum.
pub(super) fn write(out: &mut dyn Write, summary: &Summary, options: &Options) -> io::Result<()> {
    let paint = Paint::new(options.color);
    for line in wrap(&headline(summary), options.width) {
        writeln!(out, "{}", paint.bold(&line))?;
    }
    if summary.counts.judged > 0 {
        writeln!(out)?;
        totals(out, summary, options)?;
        writeln!(out)?;
        matrix(out, summary, options)?;
    }
    if summary.counts.records > 0 {
        writeln!(out)?;
        sum(out, summary, options)?;
        remarks(out, summary, options)?;
    }
    Ok(())
}

/// The answer in a sentence.
fn headline(summary: &Summary) -> String {
    let wrong = summary.mislabelled;
    let judged = summary.postings();
    if summary.counts.records == 0 {
        return "No postings were read.".to_owned();
    }
    if judged == 0 {
        return format!("No posting could be judged ({} in).", counted(summary.counts.records, "record"));
    }
    let (Some(share), Some(low), Some(high)) = (wrong.share, wrong.low, wrong.high) else {
        let yet = match summary.ruled(Ruling::Hidden) {
            0 => String::new(),
            hidden => format!(", yet {} one", counted_as(hidden, "describes", "describe")),
        };
        return format!("No posting calls a product role{yet} ({} judged).", number(judged));
    };
    let called =
        format!("{} that {} a product role", counted(wrong.of, "posting"), agreed(wrong.of, "calls", "call"));
    let range = format!("95% interval {} to {}", percent(low), percent(high));
    match wrong.count {
        0 => format!("Of {called}, none describes the other role ({range})."),
        count => format!(
            "Of {called}, {} the other role ({}; {range}).",
            counted_as(count, "describes", "describe"),
            percent(share)
        ),
    }
}

/// How many postings have each verdict, and what the verdict says.
fn totals(out: &mut dyn Write, summary: &Summary, options: &Options) -> io::Result<()> {
    const NAME: usize = 12;
    const COUNT: usize = 10;
    const SHARE: usize = 9;
    let paint = Paint::new(options.color);
    let heading = format!("{}{}{}", left("Verdict", NAME), right("Postings", COUNT), right("Share", SHARE));
    writeln!(out, "{}", paint.bold(&heading))?;
    for &ruling in Ruling::ALL {
        let count = summary.ruled(ruling);
        let figures =
            format!("{}{}", right(&number(count), COUNT), right(&share(count, summary.postings()), SHARE));
        let meaning = meaning(ruling);
        let meaning = if NAME + COUNT + SHARE + 3 + width(meaning) <= options.width {
            format!("   {}", paint.dim(meaning))
        } else {
            String::new()
        };
        if count == 0 {
            writeln!(out, "{}{meaning}", paint.dim(&format!("{}{figures}", left(ruling.name(), NAME))))?;
        } else {
            writeln!(out, "{}{figures}{meaning}", paint.ruling(ruling, &left(ruling.name(), NAME)))?;
        }
    }
    Ok(())
}

/// The verdict of one posting in plain words: a text that says too little may be read with all certainty, and where a
/// role was declared, the title has no say.
pub(super) fn meaning_of(verdict: &Verdict) -> &'static str {
    match (verdict.verdict, verdict.described, verdict.declared_by.is_some()) {
        (Ruling::Review, Described::Insufficient, _) => "the text shows too few duties: a person must look",
        (Ruling::Review, ..) => match verdict.doubt {
            Some(Doubt::Duties) => {
                "its countable duties do not show what the text suggests: a person must look"
            }
            Some(Doubt::Truncated) => "the source cut the text short: a person must look",
            _ => meaning(Ruling::Review),
        },
        (Ruling::Match, _, true) => "the duties are those of the role declared",
        (Ruling::Mislabelled, _, true) => "one role is declared, the duties are the other's",
        (Ruling::Unsupported, _, true) => "a product role is declared, but the duties are another job's",
        (ruling, ..) => meaning(ruling),
    }
}

/// A verdict in plain words.
pub(super) fn meaning(ruling: Ruling) -> &'static str {
    match ruling {
        Ruling::Match => "the duties are those that the title calls",
        Ruling::Mislabelled => "the title calls one role, the duties are the other's",
        Ruling::Mixed => "substantial duties of both roles",
        Ruling::Unsupported => "a product title, but another job's duties",
        Ruling::Hidden => "product duties under another title",
        Ruling::OutOfScope => "another job, and the title says so",
        Ruling::Review => "too uncertain: a person must look",
    }
}

/// Claimed × described; rows that no posting claims are left out.
fn matrix(out: &mut dyn Write, summary: &Summary, options: &Options) -> io::Result<()> {
    const NAME: usize = 13;
    const GUESS: &str = " (best guess where under review)";
    let paint = Paint::new(options.color);
    let columns = Described::ALL.iter().map(|&described| (described, described.name().len().max(6) + 2));
    let heading = format!("{}  Duties describe", left("Title calls", NAME));
    let guess = summary.ruled(Ruling::Review) > 0 && width(&heading) + width(GUESS) <= options.width;
    writeln!(out, "{}{}", paint.bold(&heading), paint.dim(if guess { GUESS } else { "" }))?;
    let names: String = columns.clone().map(|(described, wide)| right(described.name(), wide)).collect();
    writeln!(out, "{}{}", " ".repeat(NAME), paint.dim(&names))?;
    for &claimed in Claim::ALL {
        if columns.clone().all(|(described, _)| summary.cell(claimed, described) == 0) {
            continue;
        }
        write!(out, "{}", left(claim(claimed), NAME))?;
        for (described, wide) in columns.clone() {
            let count = summary.cell(claimed, described);
            let cell = right(&number(count), wide);
            let cell = match count {
                0 => paint.dim(&cell),
                _ => paint.ruling(Ruling::of(claimed, described), &cell),
            };
            write!(out, "{cell}")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn claim(claimed: Claim) -> &'static str {
    match claimed {
        Claim::Pm => "pm",
        Claim::Pmm => "pmm",
        Claim::Both => "both",
        Claim::Other => "another job",
        Claim::None => "no job named",
    }
}

/// How the records in add up.
fn sum(out: &mut dyn Write, summary: &Summary, options: &Options) -> io::Result<()> {
    let counts = summary.counts;
    let skipped = summary.skipped_by_reason.iter().map(|(reason, &count)| (reason.name(), count));
    let failed = summary.failed_by_code.iter().map(|(code, &count)| (code.as_str(), count));
    let text = format!(
        "{} in = {} judged + {} skipped{} + {} failed{}",
        counted(counts.records, "record"),
        number(counts.judged),
        number(counts.skipped),
        parts(skipped),
        number(counts.failed),
        parts(failed),
    );
    for line in wrap(&text, options.width) {
        writeln!(out, "{line}")?;
    }
    if !summary.adds_up {
        let paint = Paint::new(options.color);
        let text = "These do not add up: a record was lost or invented, which is a fault of rolecall.";
        for line in wrap(text, options.width) {
            writeln!(out, "{}", paint.alarm(&line))?;
        }
    }
    Ok(())
}

/// What the totals leave out, and what makes them doubtful.
fn remarks(out: &mut dyn Write, summary: &Summary, options: &Options) -> io::Result<()> {
    let paint = Paint::new(options.color);
    for sentence in words::remarks(summary) {
        let text = sentence.text;
        for line in wrap(&text, options.width) {
            writeln!(out, "{}", if sentence.alarming { paint.alarm(&line) } else { line })?;
        }
    }
    Ok(())
}

/// ` (no-text 3, duplicate 1)`, or nothing.
fn parts<'a>(counts: impl Iterator<Item = (&'a str, u64)>) -> String {
    let parts: Vec<String> =
        counts.map(|(name, count)| format!("{} {}", super::safe::line(name, 40), number(count))).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}
