//! Where the configuration of a folder lies: the nearest file upward, as far as the root of the repository.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::error::ConfigError;

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
        (true, true) => Err(ConfigError::Twice(shown(&plain), shown(&hidden))),
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

/// The absolute path without `.` and `..`. Links are not followed.
///
/// # Errors
///
/// When there is no working directory.
pub fn absolute(path: &Path) -> io::Result<PathBuf> {
    if path.as_os_str().is_empty() {
        return std::env::current_dir();
    }
    let mut plain = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    Ok(plain)
}

/// A path as reports print it: relative to the working directory where that is shorter, with `/`.
#[must_use]
pub fn shown(path: &Path) -> String {
    let relative = std::env::current_dir().ok().and_then(|here| relative(path, &here));
    let text = relative.as_deref().unwrap_or(path).to_string_lossy().into_owned();
    if cfg!(windows) { text.replace('\\', "/") } else { text }
}

/// The way from `here` to an absolute path; `None` when they share nothing but the root.
fn relative(path: &Path, here: &Path) -> Option<PathBuf> {
    let shared = path.components().zip(here.components()).take_while(|(theirs, ours)| theirs == ours).count();
    if !path.is_absolute() || shared < 2 {
        return None;
    }
    let up = here.components().skip(shared).map(|_| Component::ParentDir);
    Some(up.chain(path.components().skip(shared)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn paths_are_shown_from_the_working_directory() {
        const CASES: &[(&str, &str, Option<&str>)] = &[
            ("/a/b/rolecall.toml", "/a/b", Some("rolecall.toml")),
            ("/a/rolecall.toml", "/a/b/c", Some("../../rolecall.toml")),
            ("/a/x/rolecall.toml", "/a/b", Some("../x/rolecall.toml")),
            ("/x/rolecall.toml", "/a/b", None),
            ("/rolecall.toml", "/a/b", None),
        ];
        for (path, here, expected) in CASES {
            let found = relative(Path::new(path), Path::new(here));
            assert_eq!(found.as_deref(), expected.map(Path::new), "{path} from {here}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn absolute_paths_hold_no_detours() {
        assert_eq!(absolute(Path::new("/a/./b/../c")).unwrap(), Path::new("/a/c"));
        assert_eq!(absolute(Path::new("/../a")).unwrap(), Path::new("/a"));
        assert_eq!(absolute(Path::new("")).unwrap(), std::env::current_dir().unwrap());
    }
}
