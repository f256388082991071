//! Finds the configuration of each file: the nearest `rolecall.toml` upward, as far as the root of the repository.
//!
//! Folders and results are remembered, so that a thousand drafts of one folder cost one look. Files are not merged
//! upward: the nearest one says it all.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::config::{Config, ConfigError, find};
use crate::path::absolute;
use crate::settings::Effective;

/// Where configurations come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The file nearest to each input.
    #[default]
    Nearest,
    /// This file for all.
    File(PathBuf),
    /// None.
    Isolated,
}

/// Finds out what holds for a file. Share it between threads.
#[derive(Debug)]
pub struct Resolver {
    mode: Mode,
    typed: Config,
    named: Option<Arc<Config>>,
    folders: Mutex<HashMap<PathBuf, Option<Arc<Config>>>>,
    known: Mutex<HashMap<Key, Arc<Effective>>>,
}

/// What an effective configuration depends on: the file, and which of its overrides apply. `None` in the second
/// place is the run as a whole.
type Key = (Option<PathBuf>, Option<Vec<bool>>);

impl Resolver {
    /// A resolver with the options that were typed, which win over any file.
    ///
    /// # Errors
    ///
    /// When the one file that was named cannot be used.
    pub fn new(mode: Mode, typed: Config) -> Result<Self, ConfigError> {
        let named = match &mode {
            Mode::File(path) => Some(Arc::new(Config::load(path)?)),
            Mode::Nearest | Mode::Isolated => None,
        };
        Ok(Self { mode, typed, named, folders: Mutex::default(), known: Mutex::default() })
    }

    /// What holds for a file, which need not exist. The same value comes back for files that fare alike.
    ///
    /// # Errors
    ///
    /// When its configuration cannot be used.
    pub fn for_file(&self, path: &Path) -> Result<Arc<Effective>, ConfigError> {
        let config = match path.parent() {
            // Standard input stands in the working directory.
            _ if path == Path::new("-") => self.config_of(Path::new(""))?,
            Some(folder) => self.config_of(folder)?,
            None => self.config_of(path)?,
        };
        Ok(self.effective(config.as_deref(), Some(path)))
    }

    /// What holds for the run as a whole: the configuration nearest to the working directory, without overrides.
    ///
    /// # Errors
    ///
    /// When that configuration cannot be used.
    pub fn for_run(&self) -> Result<Arc<Effective>, ConfigError> {
        let config = self.config_of(Path::new(""))?;
        Ok(self.effective(config.as_deref(), None))
    }

    /// What holds for a file of a run: the configuration nearest to the working directory with its overrides for
    /// this file.
    ///
    /// # Errors
    ///
    /// When that configuration cannot be used.
    pub fn for_file_of_run(&self, path: &Path) -> Result<Arc<Effective>, ConfigError> {
        let config = self.config_of(Path::new(""))?;
        Ok(self.effective(config.as_deref(), Some(path)))
    }

    fn effective(&self, config: Option<&Config>, path: Option<&Path>) -> Arc<Effective> {
        let source = config.and_then(|config| config.source.as_ref()).map(|source| source.path.clone());
        let applied = path.map(|path| {
            config
                .map_or(&[][..], |config| &config.overrides)
                .iter()
                .map(|part| part.files.matches(path))
                .collect()
        });
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let effective = known.entry((source, applied)).or_insert_with(|| {
            let layers: Vec<&Config> = config.into_iter().chain([&self.typed]).collect();
            Arc::new(Effective::new(&layers, path))
        });
        Arc::clone(effective)
    }

    /// The configuration of the files in a folder.
    fn config_of(&self, folder: &Path) -> Result<Option<Arc<Config>>, ConfigError> {
        match self.mode {
            Mode::Isolated => return Ok(None),
            Mode::File(_) => return Ok(self.named.clone()),
            Mode::Nearest => {}
        }
        let Ok(folder) = absolute(folder) else { return Ok(None) };
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found = None;
        let mut passed = Vec::new();
        for folder in folder.ancestors() {
            if let Some(known) = folders.get(folder) {
                found.clone_from(known);
                break;
            }
            passed.push(folder.to_owned());
            if let Some(path) = find::in_folder(folder)? {
                found = Some(Arc::new(Config::load(&path)?));
                break;
            }
            if find::is_root(folder) {
                break;
            }
        }
        folders.extend(passed.into_iter().map(|folder| (folder, found.clone())));
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use tempfile::TempDir;

    fn tree(files: &[(&str, &str)]) -> TempDir {
        let folder = TempDir::new().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn margin(resolver: &Resolver, path: &Path) -> f64 {
        resolver.for_file(path).unwrap().settings.review_margin
    }

    #[test]
    fn the_nearest_file_says_it_all() {
        let tree = tree(&[
            ("rolecall.toml", "review-margin = 0.9"),
            ("repo/.git/HEAD", ""),
            ("repo/jobs/.rolecall.toml", "review-margin = 0.1\nfail-on = \"note\""),
            ("repo/jobs/marketing/rolecall.toml", "review-margin = 0.2"),
        ]);
        let resolver = Resolver::new(Mode::Nearest, Config::default()).unwrap();
        let at = |path: &str| resolver.for_file(&tree.path().join(path)).unwrap();
        let own = crate::Settings::default().review_margin;
        for (path, expected) in [
            ("pm.md", 0.9),
            ("repo/pm.md", own),
            ("repo/jobs/pm.md", 0.1),
            ("repo/jobs/product/new/pm.md", 0.1),
            ("repo/jobs/marketing/pmm.md", 0.2),
            ("repo/jobs/marketing/../pm.md", 0.1),
        ] {
            assert!((at(path).settings.review_margin - expected).abs() < 1e-9, "{path}");
        }
        // Files are not merged upward.
        assert_eq!(at("repo/jobs/marketing/pmm.md").fail_on, crate::vocabulary::FailOn::Error);
        assert!(Arc::ptr_eq(&at("repo/jobs/pm.md"), &at("repo/jobs/a/b.md")));
    }

    #[test]
    fn a_named_file_or_none_replaces_the_search() {
        let tree = tree(&[("jobs/rolecall.toml", "review-margin = 0.1"), ("ci.toml", "review-margin = 0.3")]);
        let draft = tree.path().join("jobs/pm.md");
        let named = Resolver::new(Mode::File(tree.path().join("ci.toml")), Config::default()).unwrap();
        assert!((margin(&named, &draft) - 0.3).abs() < 1e-9);
        let isolated = Resolver::new(Mode::Isolated, Config::default()).unwrap();
        assert!((margin(&isolated, &draft) - crate::Settings::default().review_margin).abs() < 1e-9);
        let error = Resolver::new(Mode::File(tree.path().join("no.toml")), Config::default()).unwrap_err();
        assert!(error.to_string().ends_with("no.toml: no such file"), "{error}");
    }

    #[test]
    fn two_files_in_one_folder_are_an_error_that_names_both() {
        let tree = tree(&[("rolecall.toml", ""), (".rolecall.toml", "")]);
        let resolver = Resolver::new(Mode::Nearest, Config::default()).unwrap();
        let error = resolver.for_file(&tree.path().join("pm.md")).unwrap_err().to_string();
        assert!(
            error.contains("/rolecall.toml and ") && error.contains("/.rolecall.toml configure"),
            "{error}"
        );
    }

    #[test]
    fn globs_count_from_the_folder_of_the_file() {
        let tree = tree(&[(
            "jobs/rolecall.toml",
            "exclude = [\"old\"]\n[[overrides]]\nfiles = [\"marketing/**\"]\nexpect = \"pmm\"",
        )]);
        let resolver = Resolver::new(Mode::Nearest, Config::default()).unwrap();
        let at = |path: &str| resolver.for_file(&tree.path().join(path)).unwrap();
        let marketing = at("jobs/marketing/pmm.md");
        assert_eq!(marketing.expect, Some(crate::vocabulary::Claim::Pmm));
        assert_eq!(at("jobs/product/pm.md").expect, None);
        assert!(marketing.excludes(&tree.path().join("jobs/marketing/old/pmm.md")));
        assert!(!marketing.excludes(&tree.path().join("old/pmm.md")));
    }
}
