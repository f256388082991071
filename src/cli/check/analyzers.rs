//! The analyzers of a run: one for each way in which configurations change the lexicon, made when first needed.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use rolecall::Analyzer;
use rolecall::config::Lexicons;
use rolecall::settings::Effective;

use crate::cli::lexicons;

/// The analyzers of a run.
pub(super) struct Analyzers {
    /// Lexicon files that were typed.
    folder: Option<PathBuf>,
    made: Mutex<Vec<(Lexicons, Analyzer)>>,
}

impl Analyzers {
    /// With the lexicon files of a folder, if one was typed.
    pub(super) fn new(folder: Option<PathBuf>) -> Self {
        Self { folder, made: Mutex::default() }
    }

    /// The analyzer that a file is judged with.
    pub(super) fn of(&self, effective: &Effective) -> Result<Analyzer> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let settings = effective.settings.clone();
        if let Some((_, analyzer)) = made.iter().find(|(lexicons, _)| *lexicons == effective.lexicons) {
            return Ok(analyzer.under(settings));
        }
        let analyzer = lexicons::analyzer(self.folder.as_deref(), &effective.lexicons, settings.clone())?;
        let again = analyzer.under(settings);
        made.push((effective.lexicons.clone(), analyzer));
        Ok(again)
    }
}
