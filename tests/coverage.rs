//! Every responsibility that the articles behind the lexicons name is covered by an area, as
//! `tests/gold/statements.toml` lists them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use rolecall::{Analyzer, Posting, Settings};
use serde::Deserialize;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(Settings::default()));

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    statement: Vec<Statement>,
}

/// A responsibility as a duty line, and the areas that must find it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    key: String,
    line: String,
    areas: Vec<String>,
}

/// How many statements each group of each article has at least, so that none can get lost.
const GROUPS: &[(&str, usize)] = &[
    ("seed-000/pm", 13),
    ("seed-000/pmm", 13),
    ("seed-000/scope-and-timing", 2),
    ("seed-000/focus", 2),
    ("seed-000/decision", 5),
    ("seed-000/metrics", 2),
    ("seed-000/teams", 2),
    ("seed-000/synergy", 9),
    ("seed-001/pm", 8),
    ("seed-001/pmm", 8),
    ("seed-001/similarities", 4),
    ("seed-001/differences", 11),
    ("seed-001/coexist", 8),
    ("seed-002/pm", 8),
    ("seed-002/pmm", 8),
    ("seed-002/table", 17),
    ("seed-002/hiring", 2),
    ("seed-003/pm", 8),
    ("seed-003/pmm", 9),
];

fn table() -> Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/statements.toml");
    toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The areas with a hit in the line, read as the one duty of a posting.
fn found(line: &str) -> BTreeSet<String> {
    let posting = Posting::new("", &format!("What you will do\n\n- {line}\n"));
    let clauses = ANALYZER.trace(&posting).clauses;
    let hits = clauses.iter().filter(|clause| !clause.heading).flat_map(|clause| &clause.hits);
    hits.filter_map(|hit| hit.term.rsplit_once('/')).map(|(area, _)| area.to_owned()).collect()
}

fn missing(statement: &Statement) -> Option<String> {
    let areas = found(&statement.line);
    let lost: Vec<&String> = statement.areas.iter().filter(|area| !areas.contains(*area)).collect();
    (!lost.is_empty()).then(|| {
        format!("{}: {:?} is not found by {lost:?}, only by {areas:?}", statement.key, statement.line)
    })
}

#[test]
fn every_statement_of_the_articles_is_covered_by_its_areas() {
    let table = table();
    let lost: Vec<String> = table.statement.iter().filter_map(missing).collect();
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn no_statement_is_lost_or_listed_twice() {
    let table = table();
    let mut keys = BTreeSet::new();
    for statement in &table.statement {
        assert!(keys.insert(&statement.key), "{} is listed twice", statement.key);
        let known = |area: &String| ANALYZER.lexicon().areas().iter().any(|other| *other.name == **area);
        let unknown = statement.areas.iter().find(|area| !known(area));
        assert!(unknown.is_none(), "{}: there is no area {:?}", statement.key, unknown.unwrap());
        assert!(!statement.areas.is_empty(), "{} names no area", statement.key);
    }
    for (group, least) in GROUPS {
        let count =
            keys.iter().filter(|key| key.rsplit_once('/').is_some_and(|(own, _)| own == *group)).count();
        assert!(count >= *least, "{group} has {count} statements, fewer than {least}");
    }
}
