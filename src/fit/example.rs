//! A labelled posting as the score sees it: its features, and which description is right.

use crate::analyzer::Analyzer;
use crate::language;
use crate::posting::Posting;
use crate::score::{Even, Mixed, even, logistic, second};
use crate::verdict::Probabilities;
use crate::vocabulary::{Claim, Described};

/// The descriptions that have weights, in their order; `mixed` follows from the counts of duties.
pub(super) const CLASSES: [Described; 4] =
    [Described::Pm, Described::Pmm, Described::Neither, Described::Insufficient];

/// A labelled posting as the score sees it.
#[derive(Clone, Debug)]
pub struct Example {
    /// Rows of weights that count, with the feature's value; row 0 always counts once. All times the sureness.
    values: Vec<(usize, f64)>,
    /// What the values were multiplied by.
    sureness: f64,
    /// The log-odds that the owned duties are shared evenly.
    even: Option<Even>,
    /// How `mixed` follows from them.
    mixed: Mixed,
    /// Index of the right description.
    pub(super) class: usize,
    /// Whose posting it is: the company, or the text itself where none is named.
    pub(super) group: String,
    /// Whether a company is named.
    pub(super) has_company: bool,
    /// The text, so that two copies never part.
    pub(super) text: u64,
}

/// Why a posting is no example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It has no text, or none in a language of the lexicon.
    Unread,
    /// The label has no weights of its own.
    Mixed,
}

impl Example {
    /// The example that a posting with a label makes.
    ///
    /// # Errors
    /// When it cannot be one.
    pub fn new(
        analyzer: &Analyzer,
        posting: &Posting,
        label: Described,
        company: Option<&str>,
    ) -> Result<Self, Unfit> {
        let class = CLASSES.iter().position(|class| *class == label).ok_or(Unfit::Mixed)?;
        let read = posting.has_text() && language::of(posting).is_none_or(|code| code == language::ENGLISH);
        if !read {
            return Err(Unfit::Unread);
        }
        let tally = analyzer.tally(posting);
        let features = tally.features(analyzer.lexicon());
        let even = even(&tally);
        let mut hasher = xxhash_rust::xxh3::Xxh3::new();
        for part in &posting.parts {
            hasher.update(part.text.as_bytes());
        }
        let text = hasher.digest();
        let company = company.map(|name| name.trim().to_lowercase()).filter(|name| !name.is_empty());
        let has_company = company.is_some();
        let group = company.unwrap_or_else(|| format!("\u{0}{text:016x}"));
        // Stretching the values stretches the log-odds of any weights.
        let sureness = analyzer.score().sureness(&features);
        let values = sparse(&features).into_iter().map(|(row, value)| (row, value * sureness)).collect();
        Ok(Self { values, sureness, even, mixed: analyzer.score().mixed(), class, group, has_company, text })
    }

    /// The log-odds that these rows of weights give.
    pub(super) fn odds(&self, rows: &[[f64; 4]]) -> [f64; 4] {
        let mut odds = [0.0; 4];
        for &(row, value) in &self.values {
            for (sum, weight) in odds.iter_mut().zip(&rows[row]) {
                *sum += value * weight;
            }
        }
        odds
    }

    /// Adds `part` to the rows that count, each times its value.
    pub(super) fn add_to(&self, rows: &mut [[f64; 4]], part: [f64; 4]) {
        for &(row, value) in &self.values {
            for (sum, part) in rows[row].iter_mut().zip(part) {
                *sum += value * part;
            }
        }
    }

    /// The probabilities that these rows of weights give.
    pub(super) fn probabilities(&self, rows: &[[f64; 4]]) -> Probabilities {
        let odds = self.odds(rows);
        second(logistic(odds), self.mixed.part(self.even, odds.map(|odds| odds / self.sureness)))
    }

    #[cfg(test)]
    pub(super) fn made(features: &[f64], class: usize, group: &str) -> Self {
        let text = xxhash_rust::xxh3::xxh3_64(format!("{features:?} {group}").as_bytes());
        Self {
            values: sparse(features),
            sureness: 1.0,
            even: None,
            mixed: Mixed::default(),
            class,
            group: group.into(),
            has_company: true,
            text,
        }
    }
}

/// The rows that count, behind the one that always does.
fn sparse(features: &[f64]) -> Vec<(usize, f64)> {
    let named = features.iter().enumerate().filter(|(_, value)| **value != 0.0);
    std::iter::once((0, 1.0)).chain(named.map(|(index, value)| (index + 1, *value))).collect()
}

/// What a posting's title says its duties are, when it says so clearly.
#[must_use]
pub fn label_of_title(analyzer: &Analyzer, title: Option<&str>) -> Option<Described> {
    let claim = analyzer.titles().claim(title?);
    match claim.claim {
        _ if claim.trap.is_some() => None,
        Claim::Pm => Some(Described::Pm),
        Claim::Pmm => Some(Described::Pmm),
        Claim::Other => Some(Described::Neither),
        Claim::Both | Claim::None => None,
    }
}
