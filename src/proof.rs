//! Areas and terms carry their own proof: lines that they must find and lines that they may not.

use toml::Spanned;

use crate::hit;
use crate::lexicon::build::{TABLES, parse, text_of};
use crate::lexicon::file::AreasFile;
use crate::lexicon::tape::Tape;
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
            for line in lines {
                let found = Found::read(lexicon, line.get_ref());
                if found.any(owner) == wanted {
                    continue;
                }
                let message = if wanted {
                    format!("{owner} does not find this line; {}", found.instead())
                } else {
                    format!("{owner} finds this line")
                };
                complaints.push(*LexiconError::new(name, text, message, &[line.span()]));
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
    if let Some(text) = text_of(files, "titles.toml") {
        complaints.extend(Titles::prove(text)?);
    }
    Ok(complaints)
}

/// What a lexicon finds in a line.
struct Found<'l> {
    lexicon: &'l Lexicon,
    /// Index of each term, with the words.
    hits: Vec<(usize, &'l str)>,
}

impl<'l> Found<'l> {
    fn read(lexicon: &'l Lexicon, line: &'l str) -> Self {
        let mut tape = Tape::default();
        let words = tape.read(line, Span::new(0, line.len()), lexicon.dictionary());
        let run = tape.run(words);
        let mut hits = Vec::new();
        hit::find(lexicon, &run, true, &mut Vec::new(), &mut hits);
        let words = |first: usize, last: usize| {
            Span::new(run.tokens[first].span.start, run.tokens[last].span.end).slice(line)
        };
        Self { lexicon, hits: hits.iter().map(|hit| (hit.term, words(hit.first, hit.last))).collect() }
    }

    /// Whether the area or term called `name` is among it.
    fn any(&self, name: &str) -> bool {
        self.hits.iter().any(|&(term, _)| {
            let term = &self.lexicon.terms()[term];
            &*term.name == name || &*self.lexicon.areas()[term.area].name == name
        })
    }

    /// What is found in place of what was wanted: often a longer form of another area.
    fn instead(&self) -> String {
        let named =
            |&(term, words): &(usize, &str)| format!("{} finds \"{words}\"", self.lexicon.terms()[term].name);
        match self.hits.as_slice() {
            [] => "nothing is found in it".to_owned(),
            hits => hits.iter().map(named).collect::<Vec<_>>().join(", "),
        }
    }
}
