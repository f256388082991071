//! Compiles lexicon files into the automata that the stages use.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::dictionary::Entries;
use super::error::LexiconError;
use super::file::{AreaFile, AreasFile, CuesFile, HeadingFile, HintsFile, SourceFile, WordsFile, ZonesFile};
use super::filed::Filed;
use super::filter::Filter;
use super::form::{Classes, Forms};
use super::hint::{self, Hints};
use super::overlay::Overlay;
use super::pattern::PatternSet;
use super::words::Words;
use super::{Area, Cue, Lexicon, Party, Term, ZoneCue, Zoning};
use crate::vocabulary::Role;

type Built<T> = Result<T, Box<LexiconError>>;

/// Files that are not files of areas.
pub(crate) const TABLES: &[&str] =
    &["words.toml", "cues.toml", "zones.toml", "sources.toml", "titles.toml", "score.toml", "hints.toml"];

pub(crate) fn parse<T: DeserializeOwned>(file: &str, text: &str) -> Built<T> {
    toml::from_str(text).map_err(|error| {
        let spans: Vec<_> = error.span().into_iter().collect();
        LexiconError::new(file, text, error.message().to_owned(), &spans)
    })
}

/// The text of the file called `name`.
pub(crate) fn text_of<'f>(files: &'f [(String, String)], name: &str) -> Option<&'f str> {
    files.iter().find(|(file, _)| file == name).map(|(_, text)| text.as_str())
}

/// The word classes that forms may use.
pub(super) fn classes(cues: &CuesFile) -> Classes {
    let plain = |forms: &[Spanned<String>]| forms.iter().map(|form| form.get_ref().clone()).collect();
    cues.class.iter().map(|(name, forms)| (name.clone(), plain(forms))).collect()
}

/// What all forms share while they are compiled.
struct Forge {
    words: Words,
    forms: Forms,
    entries: Entries,
}

impl Forge {
    fn add(
        &mut self,
        set: &mut Filed,
        file: &str,
        text: &str,
        form: &Spanned<String>,
        payload: usize,
    ) -> Built<()> {
        let payload = u32::try_from(payload).unwrap_or(u32::MAX);
        set.add(form.get_ref(), payload, &mut self.forms, &self.words, &mut self.entries)
            .map_err(|message| LexiconError::new(file, text, message, &[form.span()]))
    }
}

pub(super) fn compile(files: &[(String, String)], overlay: &Overlay) -> Built<Lexicon> {
    let text_of = |name| text_of(files, name).unwrap_or_default();
    let words: WordsFile = parse("words.toml", text_of("words.toml"))?;
    let cues: CuesFile = parse("cues.toml", text_of("cues.toml"))?;
    let zones: ZonesFile = parse("zones.toml", text_of("zones.toml"))?;
    let sources: BTreeMap<String, SourceFile> = parse("sources.toml", text_of("sources.toml"))?;
    let mut forge =
        Forge { words: Words::new(words), forms: Forms::new(classes(&cues)), entries: Entries::default() };
    let (headings, lines, mut zoning) = zoning(&mut forge, &zones, text_of("zones.toml"))?;
    let (cue_set, cue_kinds) = cue_patterns(&mut forge, &cues, text_of("cues.toml"))?;

    let hints: HintsFile = parse("hints.toml", text_of("hints.toml"))?;
    let hints = hint::enter(&hints, text_of("hints.toml"), &forge.words, &mut forge.entries)?;

    let mut known = Vec::new();
    let mut gathered = Gathered::new(files, &sources, overlay);
    for (index, (name, text)) in files.iter().enumerate() {
        if !TABLES.contains(&name.as_str()) {
            let file = overlay.apply(parse::<AreasFile>(name, text)?, &mut known);
            for area in file.area {
                gathered.add(file.role, area, index, &mut forge)?;
            }
        }
    }
    let Gathered { areas, terms, patterns, unless, .. } = gathered;
    let mut undoing = Filed::default();
    for (term, file, form) in &unless {
        let (name, text) = &files[*file];
        let (name, text) = overlay.place(&terms[*term].name, form).unwrap_or((name, text));
        forge.add(&mut undoing, name, text, form, *term)?;
    }
    overlay.complete(&known)?;
    let (dictionary, by_entry) = forge.entries.compile();
    zoning.headings = PatternSet::new(headings.compile(&by_entry), 1);
    zoning.lines = PatternSet::new(lines.compile(&by_entry), 1 << 1);
    let cues = PatternSet::new(cue_set.compile(&by_entry), 1 << 2);
    let patterns = PatternSet::new(patterns.compile(&by_entry), 1 << 3);
    let unless = PatternSet::new(undoing.compile(&by_entry), 1 << 4);
    let mut anchors = Vec::new();
    for set in [&zoning.headings, &zoning.lines, &cues, &patterns, &unless] {
        set.note_anchors(&mut anchors);
    }
    let hints = Hints::new(hints, &by_entry);
    hints.note(&mut anchors);
    let undone = undone(&unless, terms.len());
    Ok(Lexicon {
        dictionary: dictionary.with_anchors(anchors),
        areas,
        terms,
        patterns,
        unless,
        undone,
        zoning,
        cues,
        cue_kinds,
        hints,
        tables: files
            .iter()
            .filter(|(name, _)| matches!(name.as_str(), "score.toml" | "titles.toml"))
            .cloned()
            .collect(),
        hash: Arc::from(hash(files, overlay)),
    })
}

/// The areas and terms of all files.
struct Gathered<'f> {
    files: &'f [(String, String)],
    sources: &'f BTreeMap<String, SourceFile>,
    overlay: &'f Overlay,
    areas: Vec<Area>,
    terms: Vec<Term>,
    /// The forms that find a term.
    patterns: Filed,
    /// The forms that undo hits of a term, with the index of the term and of the file.
    unless: Vec<(usize, usize, Spanned<String>)>,
    /// Where each name is listed first.
    seen: HashMap<String, (usize, Range<usize>)>,
}

impl<'f> Gathered<'f> {
    fn new(
        files: &'f [(String, String)],
        sources: &'f BTreeMap<String, SourceFile>,
        overlay: &'f Overlay,
    ) -> Self {
        Self {
            files,
            sources,
            overlay,
            areas: Vec::new(),
            terms: Vec::new(),
            patterns: Filed::default(),
            unless: Vec::new(),
            seen: HashMap::new(),
        }
    }

    /// Takes up an area of a role from the file with this index.
    fn add(&mut self, role: Role, area: AreaFile, index: usize, forge: &mut Forge) -> Built<()> {
        let (name, text) = &self.files[index];
        if let Some(unknown) = area.sources.iter().find(|key| !self.sources.contains_key(key.get_ref())) {
            let message = format!("source \"{}\" does not stand in sources.toml", unknown.get_ref());
            return Err(LexiconError::new(name, text, message, &[unknown.span()]));
        }
        let full = format!("{role}/{}", area.id.get_ref());
        unique(&mut self.seen, &full, index, &area.id, self.files)?;
        for term in &area.term {
            let term_name = format!("{full}/{}", term.id.get_ref());
            unique(&mut self.seen, &term_name, index, &term.id, self.files)?;
            for form in &term.forms {
                let (name, text) = self.overlay.place(&term_name, form).unwrap_or((name, text));
                forge.add(&mut self.patterns, name, text, form, self.terms.len())?;
            }
            self.unless.extend(term.unless.iter().map(|form| (self.terms.len(), index, form.clone())));
            self.terms.push(Term {
                name: Arc::from(term_name),
                area: self.areas.len(),
                weight: term.weight,
                forms: term.forms.iter().map(|form| form.get_ref().clone()).collect(),
            });
        }
        self.areas.push(Area {
            name: Arc::from(full),
            role,
            summary: area.summary,
            sources: area.sources.iter().map(|key| key.get_ref().clone()).collect(),
            family: area.family.map(Arc::from),
        });
        Ok(())
    }
}

/// For each of so many terms, words of which one stands in every form that undoes its hits.
fn undone(unless: &PatternSet, terms: usize) -> Vec<Filter> {
    let mut undone = vec![Filter::default(); terms];
    for sequence in unless.sequences() {
        for class in sequence.slots[sequence.anchor].unwrap_or_default() {
            undone[sequence.payload as usize].insert(*class);
        }
    }
    undone
}

/// Refuses a second area or term of the same name, and shows the first when it stands in the same file.
fn unique(
    seen: &mut HashMap<String, (usize, Range<usize>)>,
    name: &str,
    file: usize,
    id: &Spanned<String>,
    files: &[(String, String)],
) -> Built<()> {
    let Some((first_file, first)) = seen.insert(name.to_owned(), (file, id.span())) else { return Ok(()) };
    let (file_name, text) = &files[file];
    let mut spans = vec![id.span()];
    let mut message = format!("\"{name}\" is listed twice");
    if first_file == file {
        spans.insert(0, first);
    } else {
        message = format!("{message}; first in {}", files[first_file].0);
    }
    Err(LexiconError::new(file_name, text, message, &spans))
}

fn zoning(forge: &mut Forge, file: &ZonesFile, text: &str) -> Built<(Filed, Filed, Zoning)> {
    let mut zoning = Zoning::default();
    let (mut headings, mut lines) = (Filed::default(), Filed::default());
    #[expect(clippy::cast_possible_truncation, reason = "weights are small")]
    for heading in &file.heading {
        for form in &heading.forms {
            forge.add(&mut headings, "zones.toml", text, form, zoning.heading_cues.len())?;
        }
        let HeadingFile { zone, measures, side, .. } = *heading;
        let weight = heading.weight as f32;
        zoning.heading_cues.push(ZoneCue { zone, weight, start: false, measures, side });
    }
    #[expect(clippy::cast_possible_truncation, reason = "weights are small")]
    for line in &file.line {
        for form in &line.forms {
            forge.add(&mut lines, "zones.toml", text, form, zoning.line_cues.len())?;
        }
        let (zone, weight, start) = (line.zone, line.weight as f32, line.start);
        let none = ZoneCue { zone, weight, start, measures: false, side: None };
        zoning.line_cues.push(none);
    }
    Ok((headings, lines, zoning))
}

fn cue_patterns(forge: &mut Forge, file: &CuesFile, text: &str) -> Built<(Filed, Vec<Cue>)> {
    let mut set = Filed::default();
    let mut kinds = Vec::new();
    let cues = file.cue.iter().map(|(name, forms)| (cue_kind(name), name, forms));
    let parties = file.party.iter().map(|(name, forms)| (party_kind(name).map(Cue::Party), name, forms));
    for (kind, name, forms) in cues.chain(parties) {
        let Some(kind) = kind else {
            let spans: Vec<_> = forms.first().map(Spanned::span).into_iter().collect();
            return Err(LexiconError::new(
                "cues.toml",
                text,
                format!("there is no kind of cue called \"{name}\""),
                &spans,
            ));
        };
        for form in forms {
            forge.add(&mut set, "cues.toml", text, form, kinds.len())?;
        }
        kinds.push(kind);
    }
    Ok((set, kinds))
}

fn cue_kind(name: &str) -> Option<Cue> {
    Some(match name {
        "owns" => Cue::Owns,
        "contributes" => Cue::Contributes,
        "with" => Cue::With,
        "other-owner" => Cue::OtherOwner,
        "owned-by" => Cue::OwnedBy,
        "negation" => Cue::Negation,
        "turn" => Cue::Turn,
        "hypothetical" => Cue::Hypothetical,
        "reporting" => Cue::Reporting,
        "by" => Cue::By,
        "hire" => Cue::Hire,
        "employer" => Cue::Employer,
        "innocent" => Cue::Innocent,
        "self-name" => Cue::SelfName,
        _ => return None,
    })
}

fn party_kind(name: &str) -> Option<Party> {
    Some(match name {
        "pm" => Party::Pm,
        "pmm" => Party::Pmm,
        "delivery" => Party::Delivery,
        "field" => Party::Field,
        "other" => Party::Other,
        _ => return None,
    })
}

/// SHA-256 over names and texts, sorted by name, and over changes if there are any.
fn hash(files: &[(String, String)], overlay: &Overlay) -> String {
    let sorted: BTreeMap<&str, &str> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut digest = Sha256::new();
    for (name, text) in sorted {
        digest.update(name.as_bytes());
        digest.update([0]);
        digest.update(text.as_bytes());
        digest.update([0]);
    }
    if !overlay.is_empty() {
        digest.update(overlay.described().as_bytes());
    }
    let hex = digest.finalize().iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    format!("sha256:{hex}")
}
