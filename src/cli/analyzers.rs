//! The analyzers of a scan: one, and where the configuration has overrides one more for each file that they are for.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Result;
use rolecall::resolver::Resolver;
use rolecall::settings::Effective;
use rolecall::{Analyzer, Outcome, Posting};

use super::lexicons;
use super::repeats::Repeats;

/// Finds the analyzer of each input.
pub(super) struct Analyzers<'r> {
    resolver: &'r Resolver,
    usual: Analyzer,
    /// By path; `None` when nothing depends on it.
    special: Option<RwLock<BTreeMap<Arc<str>, Analyzer>>>,
    /// What the usual one has judged.
    repeats: Repeats,
}

impl<'r> Analyzers<'r> {
    /// Builds what all inputs need. Unless `thorough`, the evidence of postings out of scope is not listed.
    pub(super) fn new(resolver: &'r Resolver, effective: &Effective, thorough: bool) -> Result<Self> {
        let special = effective.varies.then(RwLock::default);
        let usual = lexicons::analyzer(effective)?;
        let usual = if thorough { usual } else { usual.sparing_evidence() };
        Ok(Self { resolver, usual, special, repeats: Repeats::new() })
    }

    /// How a posting of a file ends.
    pub(super) fn outcome(&self, path: &Arc<str>, posting: Posting) -> Outcome {
        match self.of(path) {
            Cow::Borrowed(usual) => self.repeats.outcome(posting, |posting| usual.outcome(posting)),
            // Under a configuration of its own a text may end otherwise.
            Cow::Owned(special) => special.outcome(posting),
        }
    }

    /// The analyzer of the postings in a file.
    pub(super) fn of(&self, path: &Arc<str>) -> Cow<'_, Analyzer> {
        let Some(special) = &self.special else { return Cow::Borrowed(&self.usual) };
        if let Some(known) = special.read().unwrap_or_else(PoisonError::into_inner).get(path) {
            return Cow::Owned(known.clone());
        }
        let analyzer = match self.resolver.for_file_of_run(Path::new(&**path)) {
            Ok(effective) => self.usual.under(effective.settings.clone()),
            // The same file of configuration has been read before this record.
            Err(_) => self.usual.clone(),
        };
        let mut special = special.write().unwrap_or_else(PoisonError::into_inner);
        special.insert(Arc::clone(path), analyzer.clone());
        Cow::Owned(analyzer)
    }

    /// Hash of the lexicon.
    pub(super) fn lexicon(&self) -> &Arc<str> {
        self.usual.lexicon().hash()
    }

    /// Hashes of the settings that single files were judged with.
    pub(super) fn configurations(&self) -> BTreeSet<Arc<str>> {
        let Some(special) = &self.special else { return BTreeSet::new() };
        let special = special.read().unwrap_or_else(PoisonError::into_inner);
        special.values().map(|analyzer| analyzer.settings().hash()).collect()
    }
}
