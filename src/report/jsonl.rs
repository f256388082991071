//! JSON Lines: one record a line, in input order.
//!
//! Each line is one object of the schema `rolecall.posting/1`, which `rolecall schema posting` prints.
//! Within `/1` fields are only added and enums may grow, so readers pass over what they do not know.
//! Lines end in `\n`; text is UTF-8, and control characters and line separators are escaped, so that
//! a record is one line for every reader.
//!
//! # Every record
//!
//! | field | value |
//! |---|---|
//! | `schema` | `"rolecall.posting/1"` |
//! | `outcome` | `"judged"`, `"skipped"` or `"failed"` |
//! | `source.path` | the input as typed, `/` between folders; `"-"` is standard input |
//! | `source.record` | 1-based number of the record in its file |
//! | `source.line` | 1-based line on which the record begins; null where the format has no lines |
//!
//! # Judged
//!
//! | field | value |
//! |---|---|
//! | `id` | the source's own id, else path and record |
//! | `title`, `company`, `location`, `url` | as the source gave them, or null |
//! | `language` | ISO 639-1 code of the language judged, or null |
//! | `claimed` | `pm`, `pmm`, `both`, `other`, `none`: what the title claims, or the role that was declared |
//! | `declared_by` | `draft` or `configuration`, where that declared the role; left out elsewhere |
//! | `described` | `pm`, `pmm`, `mixed`, `neither`, `insufficient`: what the duties describe |
//! | `verdict` | `match`, `mislabelled`, `mixed`, `unsupported`, `hidden`, `out-of-scope`, `review` |
//! | `doubt` | where the verdict is `review`, why: `insufficient` (the text gives too little of the work), `probability` (too low), `margin` (too small), `duties` (those that can be counted do not show it), `truncated`; left out elsewhere |
//! | `confidence` | probability of `described` |
//! | `margin` | probability of the best description less that of the second |
//! | `nearest` | the neighbouring job that a `neither` looks like, or null |
//! | `probabilities` | `pm`, `pmm`, `mixed`, `neither`, `insufficient`; they sum to 1 |
//! | `shares` | `pm` and `pmm`, the owned role-specific work split between the roles; null when there is none |
//! | `duties` | `pm`, `pmm`, `shared`, `other`: owned clauses by kind of work |
//! | `areas[]` | `area`, `hits`, `weight`; heaviest first |
//! | `flags[]` | `code`, `rule`, `severity` (`error`, `warning`, `note`), `message`, `help`, and `evidence`, indices into `evidence[]` |
//! | `evidence[]` | `term`, `role`, `text`, `clause`, `zone`, `actor`, `cue` or null, `weight`, `span`; in reading order |
//! | `evidence[].duty` | `role` or null, and `actor`: what the whole clause counts as among the `duties`; left out where the words weigh nothing |
//! | `evidence[].span` | `start` and `end` in bytes of the body after transport decoding (without a byte order mark), `line` and `column` from 1, `field` when the body is spread over several |
//! | `text` | `bytes`, `judged_bytes`, `truncated`, `hash`, `sketch` (64 hexadecimal digits: the more of them two texts share, the more text they share) unless `--dedupe off`, and `charset` where the source is not UTF-8 and its character set a guess |
//! | `lexicon` | hash of the lexicon that judged |
//! | `duplicate_of`, `likeness` | the id of the earlier posting that this one repeats, and how much of the text they share, 1 for the same text; null in postings that repeat none |
//! | `body` | the body; only with `--with-text`, and only along with evidence |
//! | `reading[]` | the body as it was read, along with it: `text` without markup, `zone`, `kind` (`heading`, `item`, `text`), `opens` (whether it begins a paragraph), `line`, `role` and `actor` or null, and `marks[]`, each with `start` and `end` in bytes of `text` and an index into `evidence[]` |
//!
//! `--evidence none|flagged|all` says whose evidence is written. Where it is left out, `evidence` and
//! the `evidence` of every flag are empty lists. Floats were rounded by the judge.
//!
//! # Skipped
//!
//! `reason` (`no-text`, `unsupported-language`, `unlisted`, `duplicate`), `id`, `title` or null, and
//! `language` where it is known, and `hash`, that of the body, where there is one; a `duplicate` has `duplicate_of` and `likeness`.
//!
//! # Failed
//!
//! `error.code`, stable, and `error.message`, which says what is wrong and what to do.

use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;

use super::{EvidenceMode, Options, Report, safe};
use crate::declared::Declarer;
use crate::outcome::{Judged, Outcome, SCHEMA};
use crate::posting::SourceRef;
use crate::reading::Passage;
use crate::summary::Summary;
use crate::verdict::{AreaScore, Duties, Evidence, Flag, Probabilities, Shares, TextFacts, Verdict};
use crate::vocabulary::{Claim, Described, Doubt, Ruling};

/// Writes JSON Lines.
pub struct Jsonl {
    out: Box<dyn Write + Send>,
    trim: Trim,
    /// The line being made: its many small parts go out as one.
    line: Vec<u8>,
}

impl Jsonl {
    /// Writes to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send>, options: &Options) -> Self {
        Self { out, trim: Trim::new(options), line: Vec::new() }
    }
}

impl Report for Jsonl {
    fn record(&mut self, outcome: &Outcome) -> io::Result<()> {
        self.line.clear();
        self.trim.write(&mut self.line, outcome)?;
        self.line.push(b'\n');
        self.out.write_all(&self.line)
    }

    fn finish(mut self: Box<Self>, _: &Summary) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes single records as JSON, with what was not asked for left out.
#[derive(Clone, Copy, Debug)]
pub struct Trim {
    evidence: EvidenceMode,
    with_text: bool,
}

impl Trim {
    /// Keeps what the options ask for.
    #[must_use]
    pub fn new(options: &Options) -> Self {
        Self { evidence: options.evidence, with_text: options.with_text }
    }

    /// Writes one record, without a line end.
    ///
    /// # Errors
    ///
    /// The writer refuses.
    pub fn write(self, out: &mut (impl Write + ?Sized), outcome: &Outcome) -> io::Result<()> {
        match outcome {
            Outcome::Judged(judged) => safe::json(out, &Line::new("judged", &self.trimmed(judged))),
            Outcome::Skipped(skipped) => safe::json(out, &Line::new("skipped", skipped)),
            Outcome::Failed(failed) => safe::json(out, &Line::new("failed", failed)),
        }
    }

    /// A view of a judged posting; cloning whole postings to empty a list would cost more than judging most.
    fn trimmed(self, judged: &Judged) -> Trimmed<'_> {
        let Judged {
            source,
            id,
            title,
            company,
            location,
            url,
            language,
            verdict,
            duplicate_of,
            likeness,
            body,
            reading,
        } = judged;
        let Verdict {
            claimed,
            declared_by,
            described,
            verdict: ruling,
            doubt,
            confidence,
            margin,
            nearest,
            probabilities,
            shares,
            duties,
            areas,
            flags,
            evidence,
            text,
            lexicon,
        } = verdict;
        let keeps = self.evidence.keeps(*ruling);
        Trimmed {
            source,
            id,
            title: title.as_deref(),
            company: company.as_deref(),
            location: location.as_deref(),
            url: url.as_deref(),
            language: language.as_deref(),
            claimed: *claimed,
            declared_by: *declared_by,
            described: *described,
            verdict: *ruling,
            doubt: *doubt,
            confidence: *confidence,
            margin: *margin,
            nearest: nearest.as_ref(),
            probabilities,
            shares: shares.as_ref(),
            duties,
            areas,
            flags: if keeps || flags.is_empty() { Cow::Borrowed(flags) } else { Cow::Owned(uncited(flags)) },
            evidence: if keeps { evidence } else { &[] },
            text,
            lexicon,
            duplicate_of: duplicate_of.as_deref(),
            likeness: *likeness,
            body: body.as_deref().filter(|_| keeps && self.with_text),
            reading: reading.as_deref().filter(|_| keeps && self.with_text),
        }
    }
}

fn uncited(flags: &[Flag]) -> Vec<Flag> {
    let uncite = |flag: &Flag| Flag { evidence: Vec::new(), ..flag.clone() };
    flags.iter().map(uncite).collect()
}

/// What stands at the head of every record, then the record.
#[derive(Serialize)]
struct Line<'a, T> {
    schema: &'static str,
    outcome: &'static str,
    #[serde(flatten)]
    rest: &'a T,
}

impl<'a, T> Line<'a, T> {
    fn new(outcome: &'static str, rest: &'a T) -> Self {
        Self { schema: SCHEMA, outcome, rest }
    }
}

/// [`Judged`] and its verdict, borrowed, in the same order.
#[derive(Serialize)]
struct Trimmed<'a> {
    source: &'a SourceRef,
    id: &'a str,
    title: Option<&'a str>,
    company: Option<&'a str>,
    location: Option<&'a str>,
    url: Option<&'a str>,
    language: Option<&'a str>,
    claimed: Claim,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared_by: Option<Declarer>,
    described: Described,
    verdict: Ruling,
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<Doubt>,
    confidence: f64,
    margin: f64,
    nearest: Option<&'a Arc<str>>,
    probabilities: &'a Probabilities,
    shares: Option<&'a Shares>,
    duties: &'a Duties,
    areas: &'a [AreaScore],
    flags: Cow<'a, [Flag]>,
    evidence: &'a [Evidence],
    text: &'a TextFacts,
    lexicon: &'a Arc<str>,
    duplicate_of: Option<&'a str>,
    likeness: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<&'a [Passage]>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::outcome::{Record, SkipReason};
    use crate::report::Format;
    use crate::report::testing::written;
    use crate::rule::Code;

    fn mislabelled() -> Outcome {
        fixture::posting("Product Manager")
            .ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, 0.97)
            .says("pmm/positioning/positioning", "positioning", 2.0)
            .flagged(Code::Rc001, "the duties are product marketing's")
            .body("Own positioning.")
            .outcome()
    }

    fn fine() -> Outcome {
        fixture::posting("Product Manager")
            .says("pm/backlog/backlog", "backlog", 1.0)
            .flagged(Code::Rc008, "no section lists the duties")
            .body("Own the backlog.")
            .outcome()
    }

    #[test]
    fn a_line_is_the_record_and_reads_back() {
        let outcomes = [
            mislabelled(),
            fine(),
            fixture::skipped(SkipReason::NoText, "b.jsonl", 3),
            fixture::failed("invalid-json", "cut short", "b.jsonl", 4),
        ];
        let options = Options { evidence: EvidenceMode::All, with_text: true, ..Options::default() };
        let lines = written(Format::Jsonl, &options, &outcomes);
        assert_eq!(lines.lines().count(), outcomes.len());
        for (line, outcome) in lines.lines().zip(outcomes) {
            let record = Record { schema: SCHEMA.to_owned(), outcome };
            assert_eq!(line, serde_json::to_string(&record).unwrap());
            assert_eq!(serde_json::from_str::<Record>(line).unwrap(), record);
        }
    }

    #[test]
    fn evidence_and_body_stay_with_those_they_were_asked_for() {
        use EvidenceMode::{All, Flagged, None};
        const CASES: &[(EvidenceMode, bool, bool)] =
            &[(None, false, false), (Flagged, true, false), (All, true, true)];
        for &(evidence, of_flagged, of_fine) in CASES {
            for with_text in [false, true] {
                let options = Options { evidence, with_text, ..Options::default() };
                for (outcome, kept) in [(mislabelled(), of_flagged), (fine(), of_fine)] {
                    let line: serde_json::Value =
                        serde_json::from_str(&written(Format::Jsonl, &options, &[outcome])).unwrap();
                    let count = usize::from(kept);
                    assert_eq!(line["evidence"].as_array().unwrap().len(), count, "{evidence:?}");
                    assert_eq!(line["flags"][0]["evidence"].as_array().unwrap().len(), count);
                    assert_eq!(line.get("body").is_some(), kept && with_text);
                }
            }
        }
    }
}
