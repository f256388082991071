//! The analyzer that the options ask for: the built-in lexicon, with the files of a folder over it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use rolecall::lexicon::EMBEDDED;
use rolecall::{Analyzer, Lexicon, Settings};

use super::options::Judging;

/// Builds the analyzer.
pub(super) fn analyzer(judging: &Judging, settings: Settings) -> Result<Analyzer> {
    match &judging.lexicons {
        None => Ok(Analyzer::new(settings)),
        Some(folder) => Ok(Analyzer::with_lexicon(Lexicon::compile(&files(folder)?)?, settings)?),
    }
}

/// The files of the built-in lexicon.
pub(super) fn built_in() -> Vec<(String, String)> {
    EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// The built-in files, with those of `folder` in their place or beside them.
pub(super) fn files(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut files: BTreeMap<String, String> = built_in().into_iter().collect();
    let shown = folder.display();
    let mut found = false;
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read the lexicons in {shown}"))? {
        let path = entry.with_context(|| format!("cannot read the lexicons in {shown}"))?.path();
        if path.extension().is_some_and(|ending| ending == "toml")
            && let Some(name) = path.file_name()
        {
            let text =
                fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
            files.insert(name.to_string_lossy().into_owned(), text);
            found = true;
        }
    }
    if !found {
        bail!("no lexicon (*.toml) in {shown}");
    }
    Ok(files.into_iter().collect())
}
