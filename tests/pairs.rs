//! Pairs of lines in which one changed word must flip, or must keep, who does the work and whose work it is.
//!
//! Each line stands in a small posting of its own. Judgement still improves, so the test holds floors; run it
//! with `--nocapture` to see every line that is told wrongly.

use std::fmt::Write as _;

use rolecall::eval::lines::{Judged, Strengths};
use rolecall::posting::Posting;
use rolecall::trace::ClauseTrace;
use rolecall::{Analyzer, Settings};
use serde::Deserialize;

/// Lines, of 522, whose actor is right.
const RIGHT_ACTORS: usize = 488;
/// Lines, of 522, whose role is right.
const RIGHT_ROLES: usize = 460;
/// Pairs, of 261, with both lines right in both.
const RIGHT_PAIRS: usize = 183;

#[derive(Deserialize)]
struct Pair {
    name: String,
    trap: String,
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
    Posting::new("Open role", &format!("## {heading}\n\n- {before}\n- {}\n- {after}\n", line.text))
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

#[test]
#[expect(clippy::print_stdout, reason = "--nocapture shows what is still told wrongly")]
fn one_changed_word_flips_or_keeps_the_outcome() {
    let text = std::fs::read_to_string("tests/gold/pairs.jsonl").unwrap();
    let pairs: Vec<Pair> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(pairs.len() >= 120, "{} pairs", pairs.len());
    let analyzer = Analyzer::new(Settings::default());
    let strengths = Strengths::of(analyzer.lexicon());

    let (mut actors, mut roles, mut whole) = (0, 0, 0);
    let mut failures = Vec::new();
    for pair in &pairs {
        let mut right = true;
        for line in [&pair.a, &pair.b] {
            let (actor, role) = found(&analyzer, &strengths, line);
            let actor_right = actor == class(&line.actor);
            // A term in a line that is nobody's duty weighs nothing, so no role is missed there.
            let weighs_nothing = line.role == "none" && actor == "not-the-hire";
            let role_right = role == line.role || weighs_nothing;
            actors += usize::from(actor_right);
            roles += usize::from(role_right);
            if !(actor_right && role_right) {
                right = false;
                let wanted = format!("{}/{}", line.actor, line.role);
                failures.push((
                    pair.trap.as_str(),
                    format!("{wanted} found {actor}/{role}: {} [{}]", line.text, pair.name),
                ));
            }
        }
        whole += usize::from(right);
    }
    failures.sort_by(|a, b| a.0.cmp(b.0));
    let mut told = String::new();
    for (trap, failure) in &failures {
        let _ = writeln!(told, "{trap}: {failure}");
    }
    println!("{told}{actors} actors, {roles} roles of {}, {whole} pairs of {}", 2 * pairs.len(), pairs.len());
    assert!(actors >= RIGHT_ACTORS, "only {actors} actors are right\n{told}");
    assert!(roles >= RIGHT_ROLES, "only {roles} roles are right\n{told}");
    assert!(whole >= RIGHT_PAIRS, "only {whole} pairs are right\n{told}");
}
