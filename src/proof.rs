//! Areas and terms carry their own proof: lines that they must find and lines that they may not.

use toml::Spanned;

use crate::hit;
use crate::lexicon::build::{TABLES, parse};
use crate::lexicon::file::AreasFile;
use crate::lexicon::pattern::WordRun;
use crate::lexicon::{Lexicon, LexiconError};
use crate::span::Span;
use crate::title::Titles;

/// Checks the lines under `hits` and `misses` of every file of areas, and the titles under `claims` and `not`; an
/// empty list means that all hold.
///
/// # Errors
/// When a file does not parse.
pub fn prove(lexicon: &Lexicon, files: &[(String, String)]) -> Result<Vec<LexiconError>, Box<LexiconError>> {
    let mut complaints = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| !TABLES.contains(&name.as_str())) {
        let file: AreasFile = parse(name, text)?;
        let mut check = |owner: &str, lines: &[Spanned<String>], wanted: bool| {
            for line in lines.iter().filter(|line| finds(lexicon, owner, line.get_ref()) != wanted) {
                let verb = if wanted { "does not find" } else { "finds" };
                complaints.push(*LexiconError::new(
                    name,
                    text,
                    format!("{owner} {verb} this line"),
                    &[line.span()],
                ));
            }
        };
        for area in &file.area {
            let full = format!("{}/{}", file.role, area.id.get_ref());
            check(&full, &area.hits, true);
            check(&full, &area.misses, false);
            for term in &area.term {
                let term_name = format!("{full}/{}", term.id.get_ref());
                check(&term_name, &term.hits, true);
                check(&term_name, &term.misses, false);
            }
        }
    }
    if let Some((_, text)) = files.iter().find(|(name, _)| name == "titles.toml") {
        complaints.extend(Titles::prove(text)?);
    }
    Ok(complaints)
}

/// Whether the area or term called `name` has a hit in the line.
fn finds(lexicon: &Lexicon, name: &str, line: &str) -> bool {
    let mut run = WordRun::default();
    run.read(line, Span::new(0, line.len()), lexicon.dictionary());
    let mut hits = Vec::new();
    hit::find(lexicon, &run, &mut Vec::new(), &mut hits);
    hits.iter().any(|hit| {
        let term = &lexicon.terms()[hit.term];
        &*term.name == name || &*lexicon.areas()[term.area].name == name
    })
}
