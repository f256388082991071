//! The analyzers of a run: one for each way in which configurations change the lexicon, made when first needed.

use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use rolecall::Analyzer;
use rolecall::config::Lexicons;
use rolecall::settings::Effective;

use crate::cli::lexicons;
use crate::cli::options::Judging;

/// The analyzers of a run.
pub(super) struct Analyzers {
    judging: Judging,
    made: Mutex<Vec<(Lexicons, Analyzer)>>,
}

impl Analyzers {
    /// None is made yet.
    pub(super) fn new(judging: Judging) -> Self {
        Self { judging, made: Mutex::default() }
    }

    /// The analyzer that a file is judged with.
    pub(super) fn of(&self, effective: &Effective) -> Result<Analyzer> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let settings = effective.settings.clone();
        if let Some((_, analyzer)) = made.iter().find(|(lexicons, _)| *lexicons == effective.lexicons) {
            return Ok(analyzer.under(settings));
        }
        let analyzer = lexicons::analyzer(&self.judging, settings.clone())?;
        let again = analyzer.under(settings);
        made.push((effective.lexicons.clone(), analyzer));
        Ok(again)
    }
}
