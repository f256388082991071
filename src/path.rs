//! Paths as people read them, with `/` between folders on every system, and without detours.

use std::io;
use std::path::{Component, Path, PathBuf};

/// The path as printed, with `/` between folders.
#[must_use]
pub fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

/// The path as printed: relative to the working directory, unless the two share nothing but the root.
#[must_use]
pub fn from_here(path: &Path) -> String {
    let relative = std::env::current_dir().ok().and_then(|here| near(&here, path));
    shown(relative.as_deref().unwrap_or(path))
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

/// The way from an absolute folder to an absolute path.
#[must_use]
pub fn way(folder: &Path, path: &Path) -> PathBuf {
    let shared = shared(folder, path);
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(path.components().skip(shared)).collect()
}

/// The way from a folder to an absolute path; `None` when they share nothing but the root.
fn near(folder: &Path, path: &Path) -> Option<PathBuf> {
    (path.is_absolute() && shared(folder, path) > 1).then(|| way(folder, path))
}

/// How many components two paths share from the root on.
fn shared(one: &Path, other: &Path) -> usize {
    one.components().zip(other.components()).take_while(|(ours, theirs)| ours == theirs).count()
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
            let found = near(Path::new(here), Path::new(path));
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
