//! Pairs of lines in which one changed word must flip, or must keep, who does the work and whose work it is.
//!
//! Each line stands in a small posting of its own. Every pair must be told right by itself. One that is not yet says
//! why in `open`, and must then still be told wrongly, so that the mark goes when the rule is mended. Run it with
//! `--nocapture` for the counts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rolecall::eval::lines::{Judged, Strengths};
use rolecall::posting::Posting;
use rolecall::trace::ClauseTrace;
use rolecall::{Analyzer, Settings};
use serde::Deserialize;

/// Pairs that must be told right, at the least.
const CLOSED: usize = 255;
/// The same for each trap.
const CLOSED_PER_TRAP: usize = 4;
/// What the pairs must lay traps with.
const TRAPS: &[&str] = &[
    "career-path",
    "clause-break",
    "collaboration",
    "company-talk",
    "hypothetical",
    "input-verb",
    "layout",
    "list-scope",
    "negation",
    "neighbour",
    "object",
    "other-actor",
    "ownership",
    "product-talk",
    "repetition",
    "reporting",
    "requirement",
    "self-naming",
    "shared-term",
    "zone",
];

#[derive(Deserialize)]
struct Pair {
    name: String,
    trap: String,
    /// Why it is not told right yet.
    #[serde(default)]
    open: Option<String>,
    a: Line,
    b: Line,
}

#[derive(Deserialize)]
struct Line {
    #[serde(rename = "line")]
    text: String,
    role: String,
    actor: String,
    #[serde(default)]
    zone: Option<String>,
    /// How the posting around it is laid out: as Markdown unless said.
    #[serde(default)]
    layout: Layout,
}

/// How tags and line breaks were lost on the way.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Layout {
    /// Headings and bullets.
    #[default]
    Marked,
    /// Bold lines for headings, and lines without bullets.
    Bold,
    /// All on one line, with ` * ` before each item.
    Stars,
    /// All on one line, with nothing where the tags were.
    Glued,
}

/// A posting around the line: a heading of its zone and two neutral neighbours.
fn posting(line: &Line) -> Posting {
    let (heading, before, after) = match line.zone.as_deref() {
        Some("requirements") => {
            ("Requirements", "Fluent written English.", "Able to travel to Leeds twice a year.")
        }
        Some("company") => ("About us", "We were founded in 2009.", "Our office is near the station."),
        Some("career") => ("Career path", "Reviews happen twice a year.", "Pay bands are published."),
        Some("intro") => {
            let body = format!("Hello from all of us.\n\n{}\n\nRead on for the details.\n", line.text);
            return Posting::new("Open role", &body);
        }
        _ => ("What you will do", "Answer messages within a day.", "Keep your calendar up to date."),
    };
    let text = &line.text;
    let body = match line.layout {
        Layout::Marked => format!("## {heading}\n\n- {before}\n- {text}\n- {after}\n"),
        Layout::Bold => {
            format!("**{heading}**\n\n{before}\n\n{text}\n\n{after}\n\n**How to apply**\n\nSend us a note.\n")
        }
        Layout::Stars => format!("{heading} * {before} * {text} * {after} How to apply * Send us a note."),
        Layout::Glued => format!("{heading}{before}{text}{after}How to applySend us a note."),
    };
    Posting::new("Open role", &body)
}

/// Class of actor and role that the program finds.
fn found(analyzer: &Analyzer, strengths: &Strengths, line: &Line) -> (String, &'static str) {
    let clauses: Vec<ClauseTrace> = analyzer.trace(&posting(line)).clauses;
    let judged = Judged::new(&clauses, strengths);
    let found = judged.find(&line.text).unwrap_or_else(|| panic!("the posting holds {:?}", line.text));
    (found.class.name().to_owned(), found.role.name())
}

/// `other` and `none` are one class: not the hire's.
fn class(actor: &str) -> &str {
    match actor {
        "other" | "none" => "not-the-hire",
        actor => actor,
    }
}

/// What is told wrongly of a line; none when all is right.
fn fault(analyzer: &Analyzer, strengths: &Strengths, line: &Line) -> Option<String> {
    let (actor, role) = found(analyzer, strengths, line);
    // A term in a line that is nobody's duty weighs nothing, so no role is missed there.
    let weighs_nothing = line.role == "none" && actor == "not-the-hire";
    let right = actor == class(&line.actor) && (role == line.role || weighs_nothing);
    (!right).then(|| format!("{}/{} found {actor}/{role}: {}", line.actor, line.role, line.text))
}

#[test]
#[expect(clippy::print_stdout, reason = "--nocapture shows the counts and what is still told wrongly")]
fn one_changed_word_flips_or_keeps_the_outcome() {
    let text = std::fs::read_to_string("tests/gold/pairs.jsonl").unwrap();
    let pairs: Vec<Pair> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let analyzer = Analyzer::new(Settings::default());
    let strengths = Strengths::of(analyzer.lexicon());

    let mut names = BTreeSet::new();
    let mut closed: BTreeMap<&str, usize> = TRAPS.iter().map(|&trap| (trap, 0)).collect();
    let (mut open, mut wrong) = (String::new(), String::new());
    for pair in &pairs {
        let Pair { name, trap, .. } = pair;
        assert!(names.insert(name), "two pairs are called {name}");
        let count =
            closed.get_mut(trap.as_str()).unwrap_or_else(|| panic!("{name}: {trap} is no known trap"));
        let faults: Vec<String> =
            [&pair.a, &pair.b].iter().filter_map(|line| fault(&analyzer, &strengths, line)).collect();
        let told = faults.join("\n    ");
        let written = match (&pair.open, faults.is_empty()) {
            (None, true) => {
                *count += 1;
                Ok(())
            }
            (None, false) => writeln!(wrong, "{trap}/{name} is told wrongly:\n    {told}"),
            (Some(reason), false) => writeln!(open, "{trap}/{name} is open, {reason}:\n    {told}"),
            (Some(_), true) => writeln!(wrong, "{trap}/{name} is told right: take its open mark away"),
        };
        written.unwrap();
    }
    let all: usize = closed.values().sum();
    println!("{open}{all} of {} pairs are told right: {closed:?}", pairs.len());
    assert!(wrong.is_empty(), "{wrong}");
    assert!(all >= CLOSED, "only {all} pairs are closed");
    for (trap, count) in closed {
        assert!(count >= CLOSED_PER_TRAP, "only {count} closed pairs for the trap {trap}");
    }
}
