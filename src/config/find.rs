//! Where the configuration of a folder lies: the nearest file upward, as far as the root of the repository.

use std::path::{Path, PathBuf};

use super::error::ConfigError;
use crate::path::from_here;

/// What a configuration file may be called.
pub const NAMES: [&str; 2] = ["rolecall.toml", ".rolecall.toml"];

/// The configuration file of this folder itself, which must be absolute.
///
/// # Errors
///
/// When it holds both names.
pub fn in_folder(folder: &Path) -> Result<Option<PathBuf>, ConfigError> {
    let [plain, hidden] = NAMES.map(|name| folder.join(name));
    match (plain.is_file(), hidden.is_file()) {
        (true, true) => Err(ConfigError::Twice(from_here(&plain), from_here(&hidden))),
        (true, false) => Ok(Some(plain)),
        (false, true) => Ok(Some(hidden)),
        (false, false) => Ok(None),
    }
}

/// Whether the search for a configuration ends here: the root of a repository.
#[must_use]
pub fn is_root(folder: &Path) -> bool {
    // In a linked work tree `.git` is a file.
    folder.join(".git").exists()
}
