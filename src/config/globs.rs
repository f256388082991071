//! Globs of a configuration file, relative to its folder.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::path::absolute;

/// Files named by globs. A glob that matches a folder names all that lies in it.
///
/// A glob with a slash is relative to the folder of the configuration; one without matches at any depth below it.
#[derive(Clone, Debug)]
pub struct Globs {
    root: PathBuf,
    set: GlobSet,
    written: Vec<String>,
}

/// A text that is not a glob.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{glob}\" is not a glob: {reason}")]
pub struct BadGlob {
    /// Which of the globs, counted from 0.
    pub index: usize,
    /// The glob as written.
    pub glob: String,
    /// What is wrong with it.
    pub reason: String,
}

impl Globs {
    /// The files below `root` that these globs name.
    ///
    /// # Errors
    ///
    /// When a text is not a glob.
    pub fn new<'g>(root: &Path, written: impl IntoIterator<Item = &'g str>) -> Result<Self, BadGlob> {
        let mut set = GlobSetBuilder::new();
        let mut kept = Vec::new();
        for (index, glob) in written.into_iter().enumerate() {
            let bad = |reason: String| BadGlob { index, glob: glob.to_owned(), reason };
            let plain = glob.strip_prefix("./").unwrap_or(glob);
            let plain = plain.strip_suffix('/').unwrap_or(plain);
            if plain.is_empty() {
                return Err(bad("it is empty".to_owned()));
            }
            if plain.starts_with('/') || plain.split('/').any(|part| part == "..") {
                return Err(bad("it must stay below the folder of the configuration".to_owned()));
            }
            let anywhere = !glob.strip_suffix('/').unwrap_or(glob).contains('/');
            let full = if anywhere { format!("**/{plain}") } else { plain.to_owned() };
            let built = GlobBuilder::new(&full).literal_separator(true).build();
            set.add(built.map_err(|error| bad(error.kind().to_string()))?);
            kept.push(glob.to_owned());
        }
        let set = set.build().map_err(|error| BadGlob {
            index: 0,
            glob: kept.join(", "),
            reason: error.kind().to_string(),
        })?;
        Ok(Self { root: root.to_owned(), set, written: kept })
    }

    /// Whether a path, relative to the working directory or absolute, is one of the files.
    #[must_use]
    pub fn matches(&self, path: &Path) -> bool {
        if self.set.is_empty() {
            return false;
        }
        let Ok(path) = absolute(path) else { return false };
        let Ok(inside) = path.strip_prefix(&self.root) else { return false };
        inside.ancestors().any(|part| !part.as_os_str().is_empty() && self.set.is_match(part))
    }

    /// The globs as written.
    #[must_use]
    pub fn written(&self) -> &[String] {
        &self.written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_name_files_and_what_lies_in_folders() {
        const CASES: &[(&str, &str, bool)] = &[
            ("jobs/marketing/**", "jobs/marketing/pmm.md", true),
            ("jobs/marketing/**", "jobs/marketing/emea/pmm.md", true),
            ("jobs/marketing/**", "jobs/product/pm.md", false),
            ("jobs/marketing", "jobs/marketing/emea/pmm.md", true),
            ("./jobs/*.md", "jobs/pm.md", true),
            ("jobs/*.md", "jobs/product/pm.md", false),
            ("*.md", "jobs/product/pm.md", true),
            ("archive", "jobs/archive/old.md", true),
            ("archive/", "jobs/archive/old.md", true),
            ("archive", "jobs/archived.md", false),
            ("pm?.md", "pmm.md", true),
            ("{pm,pmm}-*.md", "pmm-payments.md", true),
            ("jobs/**/senior-*.md", "jobs/senior-pm.md", true),
        ];
        let root = absolute(Path::new("drafts")).unwrap();
        for (glob, path, expected) in CASES {
            let globs = Globs::new(&root, [*glob]).unwrap();
            assert_eq!(globs.matches(&Path::new("drafts").join(path)), *expected, "{glob} {path}");
            assert_eq!(globs.matches(&root.join(path)), *expected, "{glob} {path}");
        }
        assert!(!Globs::new(&root, ["*.md"]).unwrap().matches(Path::new("elsewhere/pm.md")));
    }

    #[test]
    fn what_is_not_a_glob_is_refused() {
        for glob in ["", "./", "[a", "/etc/*", "../jobs/*", "jobs/../x"] {
            assert!(Globs::new(Path::new("drafts"), [glob]).is_err(), "{glob}");
        }
    }
}
