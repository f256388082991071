//! The analyzers of a run: one for each way in which configurations change the lexicon, made when first needed.

use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use rolecall::Analyzer;
use rolecall::config::Lexicons;
use rolecall::settings::Effective;

use crate::cli::lexicons;

/// The analyzers of a run.
#[derive(Default)]
pub(super) struct Analyzers {
    made: Mutex<Vec<(Lexicons, Analyzer)>>,
}

impl Analyzers {
    /// The analyzer that a file is judged with.
    pub(super) fn of(&self, effective: &Effective) -> Result<Analyzer> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let settings = effective.settings.clone();
        if let Some((_, analyzer)) = made.iter().find(|(lexicons, _)| *lexicons == effective.lexicons) {
            return Ok(analyzer.under(settings));
        }
        let analyzer = lexicons::analyzer(effective)?;
        let again = analyzer.under(settings);
        made.push((effective.lexicons.clone(), analyzer));
        Ok(again)
    }
}
