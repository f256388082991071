//! The analyzers of a scan: one, and where the configuration has overrides one more for each file that they are for.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Result;
use rolecall::resolver::Resolver;
use rolecall::settings::Effective;
use rolecall::vocabulary::Claim;
use rolecall::{Analyzer, Outcome, Posting, check};

use super::lexicons;
use super::repeats::Repeats;

/// What holds for one file.
#[derive(Clone)]
struct Special {
    analyzer: Analyzer,
    expect: Option<Claim>,
}

/// Finds the analyzer of each input.
pub(super) struct Analyzers<'r> {
    resolver: &'r Resolver,
    usual: Analyzer,
    /// By path; `None` when nothing depends on it.
    special: Option<RwLock<BTreeMap<Arc<str>, Special>>>,
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

    /// How a posting of a file ends; `is_draft` says that it is all there is in the file.
    pub(super) fn outcome(&self, path: &Arc<str>, posting: Posting, is_draft: bool) -> Outcome {
        let special = self.special(path);
        let expect = special.as_ref().and_then(|special| special.expect);
        // Whether front matter is well written is for `check` to say: an audit takes what it can read.
        let declared = check::declared(&posting, is_draft, expect).unwrap_or_default();
        match special {
            // Under a configuration of its own, or a role declared for it, a text may end otherwise.
            Some(special) => special.analyzer.outcome_as(posting, declared),
            None if declared.is_some() => self.usual.outcome_as(posting, declared),
            None => self.repeats.outcome(posting, |posting| self.usual.outcome(posting)),
        }
    }

    /// The analyzer of the postings in a file.
    pub(super) fn of(&self, path: &Arc<str>) -> Cow<'_, Analyzer> {
        match self.special(path) {
            Some(special) => Cow::Owned(special.analyzer),
            None => Cow::Borrowed(&self.usual),
        }
    }

    /// What holds for a file, where files may differ.
    fn special(&self, path: &Arc<str>) -> Option<Special> {
        let special = self.special.as_ref()?;
        if let Some(known) = special.read().unwrap_or_else(PoisonError::into_inner).get(path) {
            return Some(known.clone());
        }
        let found = match self.resolver.for_file_of_run(Path::new(&**path)) {
            Ok(effective) => {
                Special { analyzer: self.usual.under(effective.settings.clone()), expect: effective.expect }
            }
            // The same file of configuration has been read before this record.
            Err(_) => Special { analyzer: self.usual.clone(), expect: None },
        };
        let mut special = special.write().unwrap_or_else(PoisonError::into_inner);
        special.insert(Arc::clone(path), found.clone());
        Some(found)
    }

    /// Hash of the lexicon.
    pub(super) fn lexicon(&self) -> &Arc<str> {
        self.usual.lexicon().hash()
    }

    /// Hashes of the settings that single files were judged with.
    pub(super) fn configurations(&self) -> BTreeSet<Arc<str>> {
        let Some(special) = &self.special else { return BTreeSet::new() };
        let special = special.read().unwrap_or_else(PoisonError::into_inner);
        special.values().map(|special| special.analyzer.settings().hash()).collect()
    }
}
