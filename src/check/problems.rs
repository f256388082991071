//! From the flags of a verdict to problems with their places.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::ground::Ground;
use crate::analyzer::Analyzer;
use crate::area;
use crate::document::Document;
use crate::evidence;
use crate::fingerprint::fingerprint;
use crate::outcome::Judged;
use crate::posting::Posting;
use crate::problem::{Label, Problem, Region};
use crate::rule::Code;
use crate::span::Span;
use crate::verdict::{Evidence, Flag, Verdict};
use crate::vocabulary::{Described, Role, Severity};

/// Most other duties that a problem shows; what is counted should be seen, and no draft of a reasonable length has more.
const SHOWN: usize = 24;

/// Areas besides the one that a duty counts for whose words are shown in it too.
const BESIDE: usize = 2;

/// The problems of a posting, by place.
pub(super) fn of(
    judged: &Judged,
    posting: &Posting,
    ground: &Ground<'_>,
    analyzer: &Analyzer,
) -> Vec<Problem> {
    let mut problems: Vec<Problem> = judged
        .verdict
        .flags
        .iter()
        .map(|flag| {
            let (primary, secondary) = places(flag, &judged.verdict, ground);
            let fingerprint = print(flag, judged, posting, analyzer);
            Problem {
                message: flag.message.clone(),
                help: flag.help.clone(),
                secondary,
                fingerprint,
                ..bare(judged, ground, flag.code, flag.severity, primary)
            }
        })
        .collect();
    sort(&mut problems);
    problems
}

/// A problem of the posting that says nothing yet.
pub(super) fn bare(
    judged: &Judged,
    ground: &Ground<'_>,
    code: Code,
    severity: Severity,
    primary: Option<Region>,
) -> Problem {
    Problem {
        path: Arc::clone(&judged.source.path),
        record: ground.record(),
        id: Some(judged.id.clone()),
        title: judged.title.clone(),
        code,
        rule: code.rule().name.to_owned(),
        severity,
        message: String::new(),
        help: String::new(),
        primary,
        secondary: Vec::new(),
        fingerprint: String::new(),
    }
}

/// Orders the problems of a posting by place, those of one place by rule.
pub(super) fn sort(problems: &mut [Problem]) {
    let place = |problem: &Problem| {
        problem.primary.as_ref().map(|region| (region.line, region.span.map(|span| span.start)))
    };
    problems.sort_by_key(|problem| (place(problem), problem.code));
}

/// Where a flag stands, and the other duties that show it.
fn places(flag: &Flag, verdict: &Verdict, ground: &Ground<'_>) -> (Option<Region>, Vec<Label>) {
    let mut duties = duties(flag, verdict);
    let at = |evidence: &Evidence| ground.words(Span::new(evidence.span.start, evidence.span.end));
    // The words are the fault here, not the title.
    let in_words = flag.code == Code::Rc007;
    let title = if in_words { None } else { ground.title() };
    let primary = title.or_else(|| {
        // A record of a table or of JSON has but its line.
        let first = if duties.is_empty() || ground.text().is_none() { None } else { Some(duties.remove(0)) };
        first.map_or_else(|| ground.start(), at)
    });
    let labels = duties.into_iter().map(|evidence| {
        let text = match ground.text() {
            Some(text) => Span::new(evidence.span.start, evidence.span.end).slice(text),
            None => &evidence.text,
        };
        let region = ground.text().and_then(|_| at(evidence));
        Label { region, text: text.to_owned(), message: shows(evidence) }
    });
    (primary, labels.collect())
}

/// The words that tell what each clause counts for that a flag rests on, and those of further areas of the role in it
/// that weigh half as much or more; in reading order.
fn duties<'v>(flag: &Flag, verdict: &'v Verdict) -> Vec<&'v Evidence> {
    let cited = || flag.evidence.iter().filter_map(|&index| verdict.evidence.get(index));
    // Figures by which the hire is measured are no duties and weigh nothing.
    if flag.code == Code::Rc007 {
        return distinct(cited());
    }
    let clause = |evidence: &Evidence| (evidence.span.field.clone(), evidence.clause.clone());
    let mut clauses: BTreeMap<_, Vec<&Evidence>> =
        cited().map(|evidence| (clause(evidence), Vec::new())).collect();
    // Not all that a clause says of a role need be cited.
    let roles: BTreeSet<Role> = cited().map(|evidence| evidence.role).collect();
    let counts = |evidence: &&Evidence| {
        let role = evidence.duty.map_or(Some(evidence.role), |duty| duty.role);
        evidence.weight > 0.0 && roles.contains(&evidence.role) && role == Some(evidence.role)
    };
    for evidence in verdict.evidence.iter().filter(counts) {
        if let Some(of_clause) = clauses.get_mut(&clause(evidence)) {
            of_clause.push(evidence);
        }
    }
    let mut shown: Vec<Vec<&Evidence>> =
        clauses.into_values().map(told).filter(|told| !told.is_empty()).collect();
    shown.sort_by(|a, b| b[0].weight.total_cmp(&a[0].weight).then(a[0].span.start.cmp(&b[0].span.start)));
    shown.truncate(SHOWN);
    let mut duties: Vec<&Evidence> = shown.into_iter().flatten().collect();
    duties.sort_by(|a, b| (&a.span.field, a.span.start).cmp(&(&b.span.field, b.span.start)));
    duties
}

/// The words that tell a clause, and then those of its further areas that stand elsewhere in it.
fn told(of_clause: Vec<&Evidence>) -> Vec<&Evidence> {
    let Some(&telling) = evidence::telling(&of_clause, |evidence| (area_of(evidence), evidence.weight))
    else {
        return Vec::new();
    };
    let mut told = vec![telling];
    let mut others: Vec<&Evidence> =
        of_clause.into_iter().filter(|other| 2.0 * other.weight >= telling.weight).collect();
    others.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.span.start.cmp(&b.span.start)));
    for other in others {
        let apart = |known: &&Evidence| {
            let overlap = known.span.start < other.span.end && other.span.start < known.span.end;
            area_of(known) != area_of(other) && !overlap
        };
        if told.len() <= BESIDE && told.iter().all(apart) {
            told.push(other);
        }
    }
    told
}

/// Each place once.
fn distinct<'v>(all: impl Iterator<Item = &'v Evidence>) -> Vec<&'v Evidence> {
    let mut kept: Vec<&Evidence> = Vec::new();
    for evidence in all {
        if !kept.iter().any(|known| known.span == evidence.span) {
            kept.push(evidence);
        }
    }
    kept
}

fn area_of(evidence: &Evidence) -> &str {
    area::of_term(&evidence.term)
}

/// What words show: "product marketing: positioning".
fn shows(evidence: &Evidence) -> String {
    let owner = match evidence.role {
        Role::Pm => "product management",
        Role::Pmm => "product marketing",
        Role::Shared => "both roles",
        Role::Other => "another job",
    };
    format!("{owner}: {}", area::plain(area_of(evidence)))
}

/// The fingerprint of a flag: its rule, the title, and the duties that decide; all the text where none do.
fn print(flag: &Flag, judged: &Judged, posting: &Posting, analyzer: &Analyzer) -> String {
    let verdict = &judged.verdict;
    let title = judged.title.as_deref().unwrap_or("");
    let owned = |role: Role| {
        verdict
            .evidence
            .iter()
            .filter(move |evidence| evidence.role == role && evidence.weight > 0.0)
            .map(|evidence| evidence.clause.as_str())
    };
    let described = if verdict.described == Described::Pm { Role::Pm } else { Role::Pmm };
    match flag.code {
        Code::Rc001 | Code::Rc004 => fingerprint(flag.code, &[title], owned(described)),
        Code::Rc002 => fingerprint(flag.code, &[title], owned(Role::Pm).chain(owned(Role::Pmm))),
        Code::Rc003 => fingerprint(flag.code, &[title], owned(Role::Other)),
        Code::Rc007 => {
            let words = flag.evidence.iter().filter_map(|&index| verdict.evidence.get(index));
            fingerprint(flag.code, &[title], words.map(|evidence| evidence.clause.as_str()))
        }
        Code::Rc005 => fingerprint(flag.code, &[title], []),
        Code::Rc006 | Code::Rc008 | Code::Rc009 | Code::Rc100 => {
            let document = Document::read(posting, analyzer.lexicon());
            fingerprint(flag.code, &[title], document.text().lines())
        }
    }
}
