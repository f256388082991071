//! Faults of the tool that gathered the postings, as far as the postings show them.
//!
//! A scraper that goes wrong pairs one title with many employers' texts, gives one text to many titles, or stores
//! a placeholder instead of the text. Verdicts on such postings are worth little, so a person should hear of it. Nothing
//! is left out because of a suspicion.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::outcome::{Judged, Skipped};
use crate::posting::SourceRef;

/// Postings in a row under one title, and different employers among them, from which it looks like a fault.
const ROW: usize = 10;

/// Words of a title that many employers use in just these words.
const USUAL: usize = 3;

/// Titles over one text, or employers behind one short text, from which it looks like a fault.
const MANY: u32 = 5;

/// Texts that are watched at a time; when there are more, those with one title so far are forgotten.
const TEXTS: usize = 1 << 16;

/// Suspicions that are told one by one.
pub const TOLD: usize = 100;

/// Characters of a title that are kept.
const TITLE: usize = 160;

/// Something that looks like a fault of the tool that gathered the postings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Suspicion {
    /// What it looks like.
    pub kind: SuspicionKind,
    /// The title, or the first of them.
    pub title: Option<String>,
    /// Postings that show it.
    pub postings: u64,
    /// Different titles among them; from 64 on not exact.
    pub titles: u64,
    /// Different employers among them; from 64 on not exact.
    pub companies: u64,
    /// The first of the postings.
    pub first: SourceRef,
    /// The last of them.
    pub last: SourceRef,
}

names! {
    /// What a suspicion is about.
    SuspicionKind {
        /// One title stands over the texts of many employers in a row.
        OneTitleManyCompanies = "one-title-many-companies",
        /// One text stands under many titles.
        OneTextManyTitles = "one-text-many-titles",
        /// The same few words stand where the text should be.
        PlaceholderText = "placeholder-text",
    }
}

impl SuspicionKind {
    /// What that means, for a person.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::OneTitleManyCompanies => {
                "one title over texts of many companies in a row: titles and texts may not belong together"
            }
            Self::OneTextManyTitles => "one text under many titles: titles and texts may not belong together",
            Self::PlaceholderText => {
                "the same few words instead of many texts: the real ones were not gathered"
            }
        }
    }
}

/// Looks at the postings of a run, in order, for what suggests a fault.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    file: Option<FileOrder>,
    row: Option<Row>,
    texts: FxHashMap<u64, Shared>,
    shared: BTreeMap<u64, Shared>,
    rows: Vec<Suspicion>,
    more: u64,
}

/// How the titles of one input follow each other.
#[derive(Debug)]
struct FileOrder {
    path: Arc<str>,
    postings: u64,
    /// How often a title stands behind one that comes before it in the alphabet, and behind one that comes after it.
    ups: u64,
    downs: u64,
    /// Rows that may be faults, when the input shows no other reason for them.
    rows: Vec<Suspicion>,
}

/// Postings in a row under one title.
#[derive(Debug)]
struct Row {
    title: u64,
    shown: Option<String>,
    postings: u64,
    companies: FxHashSet<u64>,
    texts: FxHashSet<u64>,
    first: SourceRef,
    last: SourceRef,
}

/// A text and what stands over it.
#[derive(Debug)]
struct Shared {
    short: bool,
    shown: Option<String>,
    postings: u64,
    /// A bit each, by hash.
    titles: u64,
    companies: u64,
    first: SourceRef,
    last: SourceRef,
}

impl Watch {
    /// Looks at one more posting: the hashes of its title, its employer (0 for none) and its text, and whether that is
    /// short.
    pub(crate) fn add(&mut self, judged: &Judged, title: u64, company: u64, text: u64, short: bool) {
        self.add_row(judged, title, company, text);
        self.add_text(&judged.source, judged.title.as_deref(), [title, company, text], short);
    }

    /// Looks at a posting whose text was not judged: the hashes of its title and its text.
    pub(crate) fn add_skipped(&mut self, skipped: &Skipped, title: u64, text: u64) {
        self.add_text(&skipped.source, skipped.title.as_deref(), [title, 0, text], false);
    }

    fn add_text(
        &mut self,
        source: &SourceRef,
        shown: Option<&str>,
        [title, company, text]: [u64; 3],
        short: bool,
    ) {
        if let Some(shared) = self.shared.get_mut(&text) {
            shared.add(source, title, company);
            return;
        }
        if self.texts.len() >= TEXTS && !self.texts.contains_key(&text) {
            self.texts.retain(|_, shared| shared.titles.count_ones() > 1);
            if self.texts.len() >= TEXTS {
                self.texts.clear();
            }
        }
        let shared = self.texts.entry(text).or_insert_with(|| Shared::new(source, shown, short));
        let before = shared.kind();
        shared.add(source, title, company);
        if before.is_some() || shared.kind().is_none() {
            return;
        }
        if self.shared.len() >= TOLD {
            self.more += 1;
        } else if let Some(shared) = self.texts.remove(&text) {
            self.shared.insert(text, shared);
        }
    }

    /// What looked like a fault, in the order of the first postings, and how much more there was.
    pub(crate) fn finish(mut self) -> (Vec<Suspicion>, u64) {
        self.end_file();
        let mut all = self.rows;
        all.extend(self.shared.into_values().filter_map(Shared::suspicion));
        all.sort_by_key(|suspicion| (suspicion.kind, std::cmp::Reverse(suspicion.postings)));
        (all, self.more)
    }

    fn add_row(&mut self, judged: &Judged, title: u64, company: u64, text: u64) {
        let path = &judged.source.path;
        if self.file.as_ref().is_some_and(|file| file.path != *path) {
            self.end_file();
        }
        let file = self.file.get_or_insert_with(|| FileOrder::new(path));
        file.postings += 1;
        if let Some(row) = self.row.as_ref().filter(|row| row.title != title) {
            match row.shown.as_deref().unwrap_or_default().cmp(judged.title.as_deref().unwrap_or_default()) {
                Ordering::Less => file.ups += 1,
                Ordering::Greater => file.downs += 1,
                Ordering::Equal => {}
            }
            self.end_row();
        }
        let row = self.row.get_or_insert_with(|| Row {
            title,
            shown: shown(judged.title.as_deref()),
            postings: 0,
            companies: FxHashSet::default(),
            texts: FxHashSet::default(),
            first: judged.source.clone(),
            last: judged.source.clone(),
        });
        row.postings += 1;
        row.last.clone_from(&judged.source);
        // Enough to tell; a board under one title alone is no reason to remember it whole.
        if company != 0 && row.companies.len() < 1000 {
            row.companies.insert(company);
        }
        if row.texts.len() < 1000 {
            row.texts.insert(text);
        }
    }

    fn end_file(&mut self) {
        self.end_row();
        let Some(file) = self.file.take().filter(|file| !file.is_sorted()) else { return };
        for row in &file.rows {
            if file.is_search(row) {
                continue;
            }
            if self.rows.len() < TOLD {
                self.rows.push(row.clone());
            } else {
                self.more += 1;
            }
        }
    }

    fn end_row(&mut self) {
        let Some(row) = self.row.take() else { return };
        // Most postings have an employer and a text of their own, or it is one employer's row of copies.
        let most = usize::try_from(row.postings.div_ceil(2)).unwrap_or(usize::MAX).clamp(ROW, 1000);
        // Most records there are of the row: what one part of an input, or a selection, shows as a row need not be one.
        let stretch = row.last.record.saturating_sub(row.first.record) + 1;
        let dense = 4 * row.postings >= 3 * stretch;
        if row.shown.is_none() || !dense || row.companies.len() < most || row.texts.len() < most {
            return;
        }
        let Some(file) = &mut self.file else { return };
        if file.rows.len() >= TOLD {
            self.more += 1;
            return;
        }
        file.rows.push(Suspicion {
            kind: SuspicionKind::OneTitleManyCompanies,
            title: row.shown,
            postings: row.postings,
            titles: 1,
            companies: row.companies.len() as u64,
            first: row.first,
            last: row.last,
        });
    }
}

impl FileOrder {
    fn new(path: &Arc<str>) -> Self {
        Self { path: Arc::clone(path), postings: 0, ups: 0, downs: 0, rows: Vec::new() }
    }

    /// Whether the postings stand in the order of their titles: then those of one title are neighbours.
    fn is_sorted(&self) -> bool {
        self.ups + self.downs > 3 && 20 * self.ups.min(self.downs) <= self.ups + self.downs
    }

    /// Whether the postings are what somebody found who looked for a usual title.
    fn is_search(&self, row: &Suspicion) -> bool {
        let words = row.title.as_deref().map_or(0, |title| title.split_whitespace().count());
        words <= USUAL && 5 * row.postings >= 4 * self.postings
    }
}

impl Shared {
    fn new(source: &SourceRef, title: Option<&str>, short: bool) -> Self {
        let (first, last) = (source.clone(), source.clone());
        Self { short, shown: shown(title), postings: 0, titles: 0, companies: 0, first, last }
    }

    fn add(&mut self, source: &SourceRef, title: u64, company: u64) {
        self.postings += 1;
        self.titles |= 1 << (title >> 58);
        if company != 0 {
            self.companies |= 1 << (company >> 58);
        }
        self.last.clone_from(source);
    }

    fn kind(&self) -> Option<SuspicionKind> {
        match self.titles.count_ones() >= MANY {
            true if self.short => Some(SuspicionKind::PlaceholderText),
            true => Some(SuspicionKind::OneTextManyTitles),
            false if self.short && self.companies.count_ones() >= MANY => {
                Some(SuspicionKind::PlaceholderText)
            }
            false => None,
        }
    }

    fn suspicion(self) -> Option<Suspicion> {
        Some(Suspicion {
            kind: self.kind()?,
            title: self.shown,
            postings: self.postings,
            titles: u64::from(self.titles.count_ones()),
            companies: u64::from(self.companies.count_ones()),
            first: self.first,
            last: self.last,
        })
    }
}

fn shown(title: Option<&str>) -> Option<String> {
    let title: String = title?.trim().chars().take(TITLE).collect();
    (!title.is_empty()).then_some(title)
}

/// Keeps what is told one by one within bounds when parts of a run are put together.
pub(crate) fn merge(all: &mut Vec<Suspicion>, more: &mut u64, others: &[Suspicion]) {
    let room = TOLD.saturating_sub(all.len());
    all.extend(others.iter().take(room).cloned());
    *more += others.len().saturating_sub(room) as u64;
    all.sort_by_key(|suspicion| (suspicion.kind, std::cmp::Reverse(suspicion.postings)));
}

/// Postings by what they are suspected of, with the first such suspicion: what a person is told in a line each.
#[must_use]
pub fn by_kind(all: &[Suspicion]) -> Vec<(SuspicionKind, u64, &Suspicion)> {
    SuspicionKind::ALL
        .iter()
        .filter_map(|&kind| {
            let mut of_kind = all.iter().filter(|suspicion| suspicion.kind == kind);
            let first = of_kind.clone().next()?;
            let postings = of_kind.by_ref().map(|suspicion| suspicion.postings).sum();
            Some((kind, postings, first))
        })
        .collect()
}

#[cfg(test)]
mod tests;
