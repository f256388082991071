//! What a compiler lets pass and a reader of the lexicon should not: things said twice, unproven, or unused.
//!
//! The order of areas, terms and forms means nothing and is never complained of.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::LexiconError;
use super::build::{TABLES, classes, parse, text_of};
use super::file::{AreaFile, AreasFile, CuesFile, TermFile};
use super::form::{Forms, Slot};
use crate::vocabulary::Role;

/// Heaviest weight of a term.
const HEAVIEST: f64 = 3.0;

/// What is untidy in the files of a lexicon, file by file; files that `wanted` does not name only serve to find forms
/// listed twice.
///
/// # Errors
/// When a file does not parse.
pub fn complaints(
    files: &[(String, String)],
    features: &[impl AsRef<str>],
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<LexiconError>, Box<LexiconError>> {
    let cues: CuesFile = parse("cues.toml", text_of(files, "cues.toml").unwrap_or_default())?;
    let mut forms = Seen { forms: Forms::new(classes(&cues)), seen: HashMap::new() };
    let mut all = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| !TABLES.contains(&name.as_str())) {
        let file: AreasFile = parse(name, text)?;
        let mut page = Page { name, text, complaints: Vec::new() };
        for area in &file.area {
            page.area(file.role, area);
            for term in &area.term {
                page.term(term);
                let full = format!("{}/{}/{}", file.role, area.id.get_ref(), term.id.get_ref());
                for form in &term.forms {
                    page.form(form);
                    // A figure of no weight may be told beside the duty that it measures.
                    if term.weight > 0.0 {
                        forms.check(&mut page, &full, form);
                    }
                }
            }
        }
        if wanted(name) {
            all.append(&mut page.complaints);
        }
    }
    if let Some(text) = text_of(files, "score.toml").filter(|_| wanted("score.toml")) {
        all.extend(unknown_features(text, features)?);
    }
    Ok(all)
}

/// A file under inspection.
struct Page<'f> {
    name: &'f str,
    text: &'f str,
    complaints: Vec<LexiconError>,
}

impl Page<'_> {
    fn complain(&mut self, message: impl Into<String>, spans: &[Range<usize>]) {
        self.complaints.push(*LexiconError::new(self.name, self.text, message, spans));
    }

    fn area(&mut self, role: Role, area: &AreaFile) {
        let id = area.id.get_ref();
        let place = [area.id.span()];
        self.kebab("area", &area.id);
        if area.summary.trim().is_empty() {
            self.complain(
                format!("area \"{id}\" has no summary: say in one sentence what the duties are"),
                &place,
            );
        }
        if area.sources.is_empty() {
            self.complain(format!("area \"{id}\" has no sources: name a key of sources.toml"), &place);
        }
        if area.term.is_empty() {
            self.complain(format!("area \"{id}\" has no terms: add a term, or take the area out"), &place);
        }
        if area.hits.is_empty() && area.term.iter().all(|term| term.hits.is_empty()) {
            self.complain(
                format!("area \"{id}\" proves nothing: add a line under hits that it must find"),
                &place,
            );
        }
        match (&area.family, role) {
            (None, Role::Other) => {
                self.complain(
                    format!("area \"{id}\" has no family: name the job that its work belongs to"),
                    &place,
                );
            }
            (Some(_), Role::Pm | Role::Pmm | Role::Shared) => {
                self.complain(
                    format!("area \"{id}\" has a family, which only areas of the role other have"),
                    &place,
                );
            }
            _ => {}
        }
    }

    fn term(&mut self, term: &TermFile) {
        let id = term.id.get_ref();
        let place = [term.id.span()];
        self.kebab("term", &term.id);
        if term.forms.is_empty() {
            self.complain(format!("term \"{id}\" has no forms: add one, or take the term out"), &place);
        }
        if !(0.0..=HEAVIEST).contains(&term.weight) {
            let weight = term.weight;
            self.complain(
                format!("term \"{id}\" weighs {weight}: weights lie between 0, for figures, and {HEAVIEST}"),
                &place,
            );
        }
    }

    fn kebab(&mut self, what: &str, id: &Spanned<String>) {
        let text = id.get_ref();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        if text.is_empty() || text.split('-').any(|part| part.is_empty() || !part.chars().all(plain)) {
            let message = format!("the id of this {what} is no kebab-case name such as \"own-roadmap\"");
            self.complain(message, &[id.span()]);
        }
    }

    fn form(&mut self, form: &Spanned<String>) {
        let text = form.get_ref();
        if text.trim() != text || text.contains("  ") {
            self.complain(format!("form \"{text}\" has spaces too many"), &[form.span()]);
        }
        if text.chars().any(char::is_uppercase) {
            self.complain(
                format!("form \"{text}\" has capitals, which mean nothing: write it in lower case"),
                &[form.span()],
            );
        }
    }
}

/// The words of a sequence by number, slot by slot and sorted; `None` is a gap.
type Flat = Vec<Option<Vec<u32>>>;

/// The forms seen so far, whatever the order of their choices: term, file and place of each.
struct Seen {
    forms: Forms,
    seen: HashMap<Vec<Flat>, (String, String, Range<usize>)>,
}

impl Seen {
    fn check(&mut self, page: &mut Page<'_>, term: &str, form: &Spanned<String>) {
        // What cannot be read the compiler reports.
        let Ok(sequences) = self.forms.sequences(form.get_ref()) else { return };
        let mut key: Vec<Flat> = sequences
            .into_iter()
            .map(|sequence| {
                sequence
                    .into_iter()
                    .map(|slot| match slot {
                        Slot::Gap => None,
                        Slot::Words(words) => {
                            let mut words = words.to_vec();
                            words.sort_unstable();
                            words.dedup();
                            Some(words)
                        }
                    })
                    .collect()
            })
            .collect();
        key.sort_unstable();
        key.dedup();
        let here = (term.to_owned(), page.name.to_owned(), form.span());
        let Some((first_term, first_file, first)) = self.seen.get(&key) else {
            self.seen.insert(key, here);
            return;
        };
        let text = form.get_ref();
        let (first_term, first_file, first) = (first_term.clone(), first_file.clone(), first.clone());
        if first_file == page.name {
            let whose = if first_term == term {
                format!("twice in {term}")
            } else {
                format!("in {first_term} and again in {term}")
            };
            page.complain(format!("form \"{text}\" stands {whose}"), &[first, form.span()]);
        } else {
            let message =
                format!("form \"{text}\" stands in {first_term} ({first_file}) and again in {term}");
            page.complain(message, &[form.span()]);
        }
    }
}

/// Rows of `score.toml` that name no feature.
fn unknown_features(
    text: &str,
    features: &[impl AsRef<str>],
) -> Result<Vec<LexiconError>, Box<LexiconError>> {
    #[derive(Deserialize)]
    struct Rows {
        #[serde(default)]
        weight: BTreeMap<Spanned<String>, toml::Value>,
        #[serde(default)]
        sureness: Sure,
    }
    #[derive(Default, Deserialize)]
    struct Sure {
        #[serde(default)]
        weight: BTreeMap<Spanned<String>, toml::Value>,
    }
    let rows: Rows = parse("score.toml", text)?;
    let known = |row: &str| {
        features.iter().any(|name| {
            let name = name.as_ref();
            name == row || name.strip_prefix(row).is_some_and(|rest| rest.starts_with('/'))
        })
    };
    let whole = |row: &str| features.iter().any(|name| name.as_ref() == row);
    let unknown = rows.weight.keys().filter(|row| !known(row.get_ref()));
    let unknown = unknown.chain(rows.sureness.weight.keys().filter(|row| !whole(row.get_ref())));
    Ok(unknown
        .map(|row| {
            let message =
                format!("\"{}\" is no feature: it names no area of the lexicon and no figure", row.get_ref());
            *LexiconError::new("score.toml", text, message, &[row.span()])
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: &str =
        "role = \"pm\"\n[[area]]\nid = \"a\"\nsummary = \"A.\"\nsources = [\"s\"]\nhits = [\"x\"]\n";

    fn found(name: &str, text: &str) -> Vec<String> {
        let files = [("z.toml".to_owned(), format!("{AREA}term = []\n")), (name.to_owned(), text.to_owned())];
        let all = complaints(&files, &["area/pm/a", "text"], |file| file == name).unwrap();
        all.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_tidy_file_has_no_complaints() {
        let term = "[[area.term]]\nid = \"t\"\nforms = [\"b c\", \"a (b|c)\"]\n";
        assert_eq!(found("a.toml", &format!("{AREA}{term}")), [""; 0]);
        assert_eq!(
            found("score.toml", "[weight]\n\"area/pm\" = {}\n\"area/pm/a\" = {}\ntext = {}\n"),
            [""; 0]
        );
    }

    #[test]
    fn a_figure_of_no_weight_may_stand_beside_a_duty() {
        let figure = "[[area.term]]\nid = \"t\"\nforms = [\"b\"]\nweight = 0.0\n";
        let duty = "[[area.term]]\nid = \"u\"\nforms = [\"b\"]\n";
        assert_eq!(found("a.toml", &format!("{AREA}{figure}{duty}")), [""; 0]);
    }

    #[test]
    fn what_is_untidy_is_named_and_placed() {
        let term = |id: &str, rest: &str| format!("{AREA}[[area.term]]\nid = \"{id}\"\n{rest}\n");
        let good = "forms = [\"b\"]\n";
        let cases = [
            (
                "twice in a term",
                term("t", "forms = [\"a (b|c)\", \"a (c|b)\"]"),
                "stands twice in pm/a/t",
                "9:21",
            ),
            (
                "twice in a file",
                format!("{}[[area.term]]\nid = \"u\"\n{good}", term("t", good)),
                "stands in pm/a/t and again in pm/a/u",
                "13:10",
            ),
            ("capitals", term("t", "forms = [\"Go\"]"), "has capitals", "9:10"),
            ("spaces", term("t", "forms = [\"a  b\"]"), "spaces too many", "9:10"),
            ("weight", term("t", "forms = [\"b\"]\nweight = 7"), "weighs 7", "8:6"),
            ("below nothing", term("t", "forms = [\"b\"]\nweight = -1"), "weighs -1", "8:6"),
            ("no forms", term("t", "forms = []"), "has no forms", "8:6"),
            ("id", term("Own it", good), "no kebab-case name", "8:6"),
            ("no summary", term("t", good).replace("A.", ""), "has no summary", "3:6"),
            ("no sources", term("t", good).replace("\"s\"", ""), "has no sources", "3:6"),
            ("no hits", term("t", good).replace("\"x\"", ""), "proves nothing", "3:6"),
            ("family", term("t", good).replace("\"pm\"", "\"other\""), "has no family", "3:6"),
        ];
        for (name, text, message, place) in cases {
            let complaints = found("a.toml", &text);
            assert_eq!(complaints.len(), 1, "{name}: {complaints:?}");
            assert!(complaints[0].contains(message), "{name}: {}", complaints[0]);
            assert!(complaints[0].contains(&format!("a.toml:{place}")), "{name}: {}", complaints[0]);
        }
        let row = found("score.toml", "[weight]\n\"area/pm/b\" = {}\n");
        assert!(row[0].starts_with("\"area/pm/b\" is no feature"), "{row:?}");
        assert!(row[0].contains("score.toml:2:1"), "{row:?}");
    }

    #[test]
    fn a_form_of_another_file_is_named_with_it() {
        let one = format!("{AREA}[[area.term]]\nid = \"t\"\nforms = [\"b\"]\n");
        let two = one.replace("\"pm\"", "\"pmm\"");
        let files = [("a.toml".to_owned(), one), ("b.toml".to_owned(), two)];
        let all = complaints(&files, &[""; 0], |_| true).unwrap();
        assert!(
            all[0].to_string().starts_with("form \"b\" stands in pm/a/t (a.toml) and again in pmm/a/t"),
            "{}",
            all[0]
        );
    }
}
