//! The inputs of a run: files, folders, globs and standard input, in the order in which they were typed.
//!
//! What is named must exist, and is checked before anything runs. Folders are walked as the run goes on, sorted by
//! name, and ignore files are honoured there.

use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::{GlobBuilder, GlobMatcher};
use ignore::{DirEntry, Walk, WalkBuilder};

use super::raw::reason;
use crate::path::shown;

/// An input as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input(Place);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// Standard input, and the name it goes by.
    Stdin(Arc<str>),
    File(PathBuf),
    Folder(PathBuf),
    /// What a glob matched.
    Files(Vec<PathBuf>),
    /// Bytes at hand, and the name they go by.
    Bytes(Arc<str>, Arc<[u8]>),
    /// What cannot be read, as typed, and why.
    Closed(Arc<str>, String),
}

/// An input that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// Nothing is there.
    #[error("cannot read {0}: no such file or folder")]
    Missing(String),
    /// A glob with no match.
    #[error("no file matches \"{0}\"")]
    NoMatch(String),
    /// A glob that cannot be read.
    #[error("\"{glob}\" is not a glob: {message}")]
    BadGlob {
        /// The glob as typed.
        glob: String,
        /// What is wrong with it.
        message: String,
    },
    /// Something else in the way.
    #[error("cannot read {path}: {message}")]
    Unreadable {
        /// The path as typed.
        path: String,
        /// What is in the way.
        message: String,
    },
}

impl InputError {
    /// What was typed, and why nothing can be read there; none where it was typed wrong.
    #[must_use]
    pub fn place(&self) -> Option<(&str, &str)> {
        match self {
            Self::Missing(path) => Some((path, "there is no such file or folder")),
            Self::NoMatch(glob) => Some((glob, "no file matches it")),
            Self::Unreadable { path, message } => Some((path, message)),
            Self::BadGlob { .. } => None,
        }
    }
}

impl Input {
    /// What a person typed: `-`, a path, or a glob when no such path exists.
    ///
    /// # Errors
    ///
    /// When nothing is there.
    pub fn named(typed: &Path) -> Result<Self, InputError> {
        if typed == Path::new("-") {
            return Ok(Self::standard("-"));
        }
        match fs::metadata(typed) {
            Ok(found) if found.is_dir() => Ok(Self(Place::Folder(typed.to_owned()))),
            Ok(_) => Ok(Self(Place::File(typed.to_owned()))),
            Err(error) => match typed.to_str().filter(|text| text.contains(['*', '?', '[', '{'])) {
                Some(glob) => expand(glob),
                None if error.kind() == io::ErrorKind::NotFound => Err(InputError::Missing(shown(typed))),
                None => Err(InputError::Unreadable { path: shown(typed), message: reason(&error) }),
            },
        }
    }

    /// All that a person typed. What is not there ends as a failed record of its name, and costs the others nothing.
    ///
    /// # Errors
    ///
    /// When none of it is there, or one is a glob that cannot be read.
    pub fn all_named(typed: &[PathBuf]) -> Result<Vec<Self>, InputError> {
        let mut any = false;
        let mut first = None;
        let mut inputs = Vec::new();
        for typed in typed {
            let error = match Self::named(typed) {
                Ok(input) => {
                    any = true;
                    inputs.push(input);
                    continue;
                }
                Err(error) => error,
            };
            let (path, why) = error.place().ok_or_else(|| error.clone())?;
            inputs.push(Self(Place::Closed(path.into(), why.to_owned())));
            first.get_or_insert(error);
        }
        match first {
            Some(error) if !any => Err(error),
            _ => Ok(inputs),
        }
    }

    /// Standard input under a name, such as that of the file whose text it is.
    #[must_use]
    pub fn standard(name: &str) -> Self {
        Self(Place::Stdin(name.into()))
    }

    /// Bytes at hand, read as a file of this name would be.
    ///
    /// ```
    /// use rolecall::source::{Input, Mapping, Options, Records};
    ///
    /// let input = Input::held("board.csv", *b"title,description\nProduct Manager,Own the roadmap\n");
    /// let raw = Records::new(vec![input], Options::default()).next().unwrap();
    /// assert_eq!(raw.posting(&Mapping::default()).unwrap().title.as_deref(), Some("Product Manager"));
    /// ```
    #[must_use]
    pub fn held(name: &str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self(Place::Bytes(name.into(), bytes.into()))
    }

    /// The folder, when the input is one.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match &self.0 {
            Place::Folder(path) => Some(path),
            Place::Stdin(_) | Place::File(_) | Place::Files(_) | Place::Bytes(..) | Place::Closed(..) => None,
        }
    }

    /// The paths that the input stands for, each as it would be typed: those of a glob are what it matches.
    #[must_use]
    pub fn paths(&self) -> Vec<PathBuf> {
        match &self.0 {
            Place::Stdin(path) | Place::Bytes(path, _) | Place::Closed(path, _) => {
                vec![PathBuf::from(&**path)]
            }
            Place::File(path) | Place::Folder(path) => vec![path.clone()],
            Place::Files(paths) => paths.clone(),
        }
    }

    /// Whether this resolved path is that of a file which the input names, itself or by a glob.
    #[must_use]
    pub(crate) fn names(&self, resolved: &Path) -> bool {
        let same =
            |path: &PathBuf| fs::canonicalize(path).is_ok_and(|path| path == resolved && path.is_file());
        match &self.0 {
            Place::Stdin(_) | Place::Folder(_) | Place::Bytes(..) | Place::Closed(..) => false,
            Place::File(path) => same(path),
            Place::Files(paths) => paths.iter().any(same),
        }
    }

    /// How many bytes the input has, where that is known beforehand.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        let size =
            |path: &PathBuf| fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|found| found.len());
        match &self.0 {
            Place::Stdin(_) | Place::Folder(_) => None,
            Place::File(path) => size(path),
            Place::Files(paths) => paths.iter().map(size).sum(),
            Place::Bytes(_, bytes) => Some(bytes.len() as u64),
            Place::Closed(..) => Some(0),
        }
    }

    /// The files of the input, one after another.
    pub(crate) fn files(self) -> Files {
        match self.0 {
            Place::Stdin(path) => Files::Once(Some(Entry { place: None, held: None, path, named: true })),
            Place::Bytes(path, bytes) => {
                Files::Once(Some(Entry { place: None, held: Some(bytes), path, named: true }))
            }
            Place::File(path) => Files::Once(Some(Entry::named(path))),
            Place::Files(paths) => Files::List(paths.into_iter()),
            Place::Folder(path) => Files::Walk(Box::new(walk(&path))),
            Place::Closed(path, why) => Files::Closed(Some((path, why))),
        }
    }
}

/// Matches a glob that no shell expanded.
fn expand(glob: &str) -> Result<Input, InputError> {
    let built = GlobBuilder::new(glob).literal_separator(true).build();
    let matcher: GlobMatcher = match built {
        Ok(built) => built.compile_matcher(),
        Err(error) => {
            let message = error.kind().to_string();
            return Err(InputError::BadGlob { glob: glob.to_owned(), message });
        }
    };
    let plain =
        |part: &std::path::Component<'_>| !part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{']);
    let base: PathBuf = Path::new(glob).components().take_while(plain).collect();
    let root = if base.as_os_str().is_empty() { Path::new(".") } else { &base };
    let paths: Vec<_> = walk(root)
        .filter_map(Result::ok)
        .filter(is_file)
        .map(|entry| entry.path().strip_prefix("./").unwrap_or(entry.path()).to_owned())
        .filter(|path| matcher.is_match(path))
        .collect();
    if paths.is_empty() { Err(InputError::NoMatch(glob.to_owned())) } else { Ok(Input(Place::Files(paths))) }
}

fn walk(root: &Path) -> Walk {
    WalkBuilder::new(root).require_git(false).sort_by_file_name(Ord::cmp).build()
}

fn is_file(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file())
}

/// A file to read.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Where it is; standard input, or bytes at hand, when there is no place.
    place: Option<PathBuf>,
    held: Option<Arc<[u8]>>,
    /// The path as reports print it.
    pub(crate) path: Arc<str>,
    /// Whether the user named it, rather than a folder around it.
    pub(crate) named: bool,
}

impl Entry {
    fn named(place: PathBuf) -> Self {
        Self { path: shown(&place).into(), place: Some(place), held: None, named: true }
    }

    /// Opens it.
    pub(crate) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        match (&self.place, &self.held) {
            (Some(place), _) => Ok(Box::new(File::open(place)?)),
            (None, Some(bytes)) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
            (None, None) => Ok(Box::new(io::stdin())),
        }
    }

    /// The file itself, where it is one in which any place can be read.
    #[cfg(feature = "parquet")]
    pub(crate) fn file(&self) -> Option<File> {
        let file = File::open(self.place.as_ref()?).ok()?;
        file.metadata().is_ok_and(|known| known.is_file()).then_some(file)
    }

    /// The path without links and detours, of a file that lies somewhere.
    pub(crate) fn resolved(&self) -> Option<PathBuf> {
        let place = self.place.as_ref()?;
        // A pipe gives something else each time.
        fs::canonicalize(place).ok().filter(|place| place.is_file())
    }

    /// Whether the program wrote, or configures itself by, a file of this name; such files are left alone in folders.
    fn is_ours(&self, others: &[PathBuf]) -> bool {
        let Some(place) = self.place.as_ref().filter(|_| !self.named) else { return false };
        let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let same = |other: &PathBuf| {
            other.file_name() == place.file_name()
                && fs::canonicalize(other)
                    .is_ok_and(|other| fs::canonicalize(place).is_ok_and(|place| place == other))
        };
        name.starts_with("rolecall.") || name.ends_with(".partial") || others.iter().any(same)
    }
}

/// The files of one input.
pub(crate) enum Files {
    Once(Option<Entry>),
    Closed(Option<(Arc<str>, String)>),
    List(std::vec::IntoIter<PathBuf>),
    Walk(Box<Walk>),
}

/// What comes next from an input.
pub(crate) enum Found {
    /// A file to read.
    File(Entry),
    /// A file that is passed over, because the program wrote it.
    Ours,
    /// A place that cannot be entered: its path and why.
    Closed(Arc<str>, String),
}

impl Files {
    /// The next file; `ours` are further files that this run writes.
    pub(crate) fn next(&mut self, ours: &[PathBuf]) -> Option<Found> {
        match self {
            Self::Once(entry) => entry.take().map(Found::File),
            Self::Closed(place) => place.take().map(|(path, why)| Found::Closed(path, why)),
            Self::List(paths) => paths.next().map(|path| Found::File(Entry::named(path))),
            Self::Walk(walk) => loop {
                match walk.next()? {
                    Ok(found) if is_file(&found) => {
                        let place = found.into_path();
                        let entry = Entry {
                            path: shown(&place).into(),
                            place: Some(place),
                            held: None,
                            named: false,
                        };
                        return Some(if entry.is_ours(ours) { Found::Ours } else { Found::File(entry) });
                    }
                    Ok(_) => {}
                    Err(error) => {
                        let message = error.io_error().map_or_else(|| error.to_string(), reason);
                        return Some(Found::Closed(place_of(&error).into(), message));
                    }
                }
            },
        }
    }
}

fn place_of(error: &ignore::Error) -> String {
    match error {
        ignore::Error::WithPath { path, .. } => shown(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place_of(err),
        ignore::Error::Loop { child, .. } => shown(child),
        _ => "?".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(root: &Path, typed: &str) -> Vec<String> {
        let mut files = Input::named(&root.join(typed)).unwrap().files();
        let mut found = Vec::new();
        while let Some(next) = files.next(&[root.join("out.csv")]) {
            if let Found::File(entry) = next {
                found.push(entry.path.strip_prefix(&shown(root)).unwrap().to_owned());
            }
        }
        found
    }

    #[test]
    fn folders_are_walked_in_order_and_ignore_files_are_honoured() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("b")).unwrap();
        for name in
            ["c.md", "a.md", "b/x.md", "b/drop.md", ".hidden.md", "rolecall.jsonl", "x.partial", "out.csv"]
        {
            fs::write(root.join(name), "x").unwrap();
        }
        fs::write(root.join(".gitignore"), "drop.md\n").unwrap();
        assert_eq!(listed(root, ""), ["/a.md", "/b/x.md", "/c.md"]);
        assert_eq!(listed(root, "*.md"), ["/a.md", "/c.md"]);
        assert_eq!(listed(root, "**/x.md"), ["/b/x.md"]);
        assert_eq!(listed(root, "rolecall.jsonl"), ["/rolecall.jsonl"]);
        let missing = Input::named(&root.join("none.md")).unwrap_err().to_string();
        assert!(missing.starts_with("cannot read ") && missing.ends_with("none.md: no such file or folder"));
        assert!(matches!(Input::named(&root.join("none*.md")), Err(InputError::NoMatch(_))));
        assert!(matches!(Input::named(&root.join("[a")), Err(InputError::BadGlob { .. })));
    }

    #[test]
    fn what_is_not_there_costs_the_others_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("a.md"), "x").unwrap();
        let all = |typed: &[&str]| {
            let typed: Vec<PathBuf> = typed.iter().map(|typed| root.join(typed)).collect();
            let next = |input: Input| match input.files().next(&[]) {
                Some(Found::File(_)) => "file".to_owned(),
                Some(Found::Closed(path, why)) => {
                    format!("{}: {why}", path.strip_prefix(&shown(root)).unwrap())
                }
                Some(Found::Ours) | None => "none".to_owned(),
            };
            Input::all_named(&typed).map(|all| all.into_iter().map(next).collect::<Vec<_>>())
        };
        assert_eq!(
            all(&["no.md", "a.md", "x*.md"]).unwrap(),
            ["/no.md: there is no such file or folder", "file", "/x*.md: no file matches it"]
        );
        assert!(matches!(all(&["x*.md", "no.md"]), Err(InputError::NoMatch(_))));
        assert!(matches!(all(&["a.md", "[a"]), Err(InputError::BadGlob { .. })));
        assert_eq!(all(&[]).unwrap(), [""; 0]);
    }
}
