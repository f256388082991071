//! The analyzer that the configuration asks for: the built-in lexicon, with the files of folders over it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};
use rolecall::config::{Lexicons, Origin, Sourced};
use rolecall::lexicon::{EMBEDDED, LexiconError, Overlay};
use rolecall::path::from_here;
use rolecall::settings::Effective;
use rolecall::{Analyzer, Lexicon};

/// Builds the analyzer that a configuration asks for.
pub(super) fn analyzer(effective: &Effective) -> Result<Analyzer> {
    let settings = effective.settings.clone();
    if is_built_in(&effective.lexicons) {
        return Ok(Analyzer::new(settings));
    }
    Ok(Analyzer::with_lexicon(lexicon(&effective.lexicons)?, settings)?)
}

/// Builds the lexicon that a configuration asks for.
pub(super) fn lexicon(lexicons: &Lexicons) -> Result<Lexicon> {
    if is_built_in(lexicons) {
        return Ok(Lexicon::built_in());
    }
    let (folders, origin) = match &lexicons.extends {
        Some(Sourced { value, origin }) => (&value[..], origin),
        None => (&[][..], &Origin::Default),
    };
    let mut files = BTreeMap::new();
    let mut places = BTreeMap::new();
    files.extend(built_in());
    for folder in folders {
        let own = own(folder);
        let own = if matches!(origin, Origin::File { .. }) { own.context(origin.clone()) } else { own };
        for (name, text) in own? {
            places.insert(name.clone(), from_here(&folder.join(&name)));
            files.insert(name, text);
        }
    }
    let files: Vec<(String, String)> = files.into_iter().collect();
    let named = |fault: Box<LexiconError>| match places.get(fault.file()) {
        Some(place) => fault.in_file(place.clone()),
        None => *fault,
    };
    Ok(Lexicon::compile_with(&files, &Overlay::new(lexicons)).map_err(named)?)
}

/// Whether nothing is changed about the words that the program ships.
fn is_built_in(lexicons: &Lexicons) -> bool {
    lexicons.extends.as_ref().is_none_or(|folders| folders.value.is_empty())
        && Overlay::new(lexicons).is_empty()
}

/// The files of the built-in lexicon.
pub(super) fn built_in() -> Vec<(String, String)> {
    EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// The built-in files, with those of `folder` in their place or beside them.
pub(super) fn files(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut files: BTreeMap<String, String> = built_in().into_iter().collect();
    files.extend(own(folder)?);
    Ok(files.into_iter().collect())
}

/// The text of a file; one that is not UTF-8 says where.
fn text(path: &Path) -> Result<String> {
    let shown = from_here(path);
    let bytes = fs::read(path).with_context(|| format!("cannot read {shown}"))?;
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + memchr::memchr_iter(b'\n', good).count();
        anyhow!("{shown}:{line}: not UTF-8 from here on; save the file as UTF-8")
    })
}

/// The files of a folder.
fn own(folder: &Path) -> Result<BTreeMap<String, String>> {
    let shown = from_here(folder);
    if folder.is_file() {
        bail!("{shown} is a file: name the folder that holds it, and no other *.toml than lexicons");
    }
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read the lexicons in {shown}"))? {
        let path = entry.with_context(|| format!("cannot read the lexicons in {shown}"))?.path();
        if path.extension().is_some_and(|ending| ending == "toml")
            && let Some(name) = path.file_name()
        {
            let text = text(&path)?;
            files.insert(name.to_string_lossy().into_owned(), text);
        }
    }
    if files.is_empty() {
        bail!("no lexicon (*.toml) in {shown}");
    }
    Ok(files)
}
