//! A file in the making: `FILE.partial` beside its place, held by a lock for as long as it is written.
//!
//! What no process holds was left by a run that did not come to its end. Whoever removes or takes over such a file locks
//! it first and then looks whether it still has that name, and so does whoever has just made one: of two runs at once
//! neither takes the other's file.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use same_file::Handle;

/// Unfinished files that may lie beside a place before one of them is taken over.
const MOST: u32 = 100;

/// A file that has its name only when it is whole.
#[derive(Debug)]
pub(super) struct Partial {
    /// Holds the lock also when the writer has closed the file.
    _held: File,
    path: PathBuf,
    file: PathBuf,
}

impl Partial {
    /// Makes a new file beside `file`, and gives it to write to. What an earlier run left stays, while there is room.
    pub(super) fn beside(file: PathBuf) -> io::Result<(File, Self)> {
        for path in names(&file) {
            let created = match File::create_new(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                created => created?,
            };
            if holds(&created, &path) {
                return Ok((created.try_clone()?, Self { _held: created, path, file }));
            }
        }
        let left = names(&file).find_map(|path| Some((abandoned(&path)?, path)));
        let (taken, path) = left.ok_or(io::ErrorKind::AlreadyExists)?;
        taken.set_len(0)?;
        Ok((taken.try_clone()?, Self { _held: taken, path, file }))
    }

    /// The name that it has so far.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives it its name.
    pub(super) fn finish(self) -> io::Result<()> {
        fs::rename(&self.path, &self.file)
    }

    /// Removes it.
    pub(super) fn discard(self) {
        // What the system does not let go does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

/// Removes what earlier runs for this file left unfinished, but for what `keep` says.
pub(super) fn clear(file: &Path, keep: impl Fn(&Path) -> bool) {
    for path in names(file).filter(|path| !keep(path)) {
        if let Some(held) = abandoned(&path) {
            // What the system does not let go does no harm.
            let _ = fs::remove_file(&path);
            drop(held);
        }
    }
}

/// The names that an unfinished file may have.
fn names(file: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let file = file.as_os_str().to_owned();
    (1..=MOST).map(move |number| {
        let mut name = file.clone();
        name.push(if number == 1 { ".partial".to_owned() } else { format!(".{number}.partial") });
        PathBuf::from(name)
    })
}

/// A file that no process holds, held by this one from now on.
fn abandoned(path: &Path) -> Option<File> {
    let is_file = fs::symlink_metadata(path).is_ok_and(|known| known.is_file());
    let file = if is_file { File::options().write(true).open(path).ok()? } else { return None };
    (file.try_lock().is_ok() && is_at(&file, path)).then_some(file)
}

/// Whether a file that was just made is this run's. Where there are no locks it is, as nobody can take it over.
fn holds(file: &File, path: &Path) -> bool {
    !matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)) && is_at(file, path)
}

fn is_at(file: &File, path: &Path) -> bool {
    let here = file.try_clone().and_then(Handle::from_file);
    here.is_ok_and(|here| Handle::from_path(path).is_ok_and(|there| here == there))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_a_run_holds_is_neither_removed_nor_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out");
        let (writer, one) = Partial::beside(file.clone()).unwrap();
        drop(writer);
        let (_, two) = Partial::beside(file.clone()).unwrap();
        fs::write(folder.path().join("out.3.partial"), "left").unwrap();
        fs::create_dir(folder.path().join("out.4.partial")).unwrap();
        clear(&file, |_| false);
        assert_eq!(listed(folder.path()), ["out.2.partial", "out.4.partial", "out.partial"]);
        one.finish().unwrap();
        drop(two);
        clear(&file, |path| path.ends_with("out.5.partial"));
        assert_eq!(listed(folder.path()), ["out", "out.4.partial"]);
    }

    #[test]
    fn a_file_is_taken_over_only_when_all_names_are() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out");
        for path in names(&file) {
            fs::write(path, "left by an earlier run").unwrap();
        }
        let (_, first) = Partial::beside(file.clone()).unwrap();
        assert_eq!(fs::metadata(first.path()).unwrap().len(), 0);
        let (_, second) = Partial::beside(file.clone()).unwrap();
        assert_ne!(first.path(), second.path());
        second.finish().unwrap();
        clear(&file, |path| path.ends_with("out.7.partial"));
        assert_eq!(listed(folder.path()), ["out", "out.7.partial", "out.partial"]);
    }
}
