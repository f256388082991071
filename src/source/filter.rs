//! Which of the files that inputs name are read at all.

use std::fmt;
use std::sync::Arc;

/// Decides by the path of a file, and by whether it was named rather than found in a folder.
type Takes = dyn Fn(&str, bool) -> bool + Send + Sync;

/// Chooses files; takes every file unless told otherwise.
#[derive(Clone, Default)]
pub struct Filter(Option<Arc<Takes>>);

impl Filter {
    /// Takes the files for which `takes` is true; its arguments are the path of a file as reports print it, and
    /// whether the user named the file rather than a folder around it.
    #[must_use]
    pub fn new(takes: impl Fn(&str, bool) -> bool + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(takes)))
    }

    /// Whether the file is read.
    pub(crate) fn takes(&self, path: &str, named: bool) -> bool {
        self.0.as_ref().is_none_or(|takes| takes(path, named))
    }
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Filter(some files)" } else { "Filter(every file)" })
    }
}
