//! Paths as build servers want them: from the root of the repository, without `./`, percent-encoded in URIs.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Where paths stand and what they are made relative to. Both are absolute, with `/` between folders.
///
/// When either is missing, paths stay relative to the working folder, which in CI is the root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Base {
    /// The working folder, to which paths as typed are relative.
    pub folder: Option<String>,
    /// The root of the repository.
    pub root: Option<String>,
}

impl Base {
    /// The path from the root, without `.` and `..`; an absolute one where it lies outside the root.
    pub(super) fn relative(&self, path: &str) -> String {
        let whole = match &self.folder {
            Some(folder) if !is_absolute(path) && path != "-" => Cow::Owned(format!("{folder}/{path}")),
            _ => Cow::Borrowed(path),
        };
        let whole = plain(&whole);
        let root = self.root.as_deref().or(self.folder.as_deref()).map(plain);
        let inside = root.as_deref().and_then(|root| below(&whole, root));
        match inside {
            Some(inside) => inside.to_owned(),
            None if is_absolute(path) => whole,
            None => plain(path),
        }
    }

    /// The path as a URI reference: relative inside the root, `file://` outside.
    pub(super) fn uri(&self, path: &str) -> String {
        let path = self.relative(path);
        let encoded = encoded(&path);
        match (is_absolute(&path), path.starts_with('/')) {
            (false, _) => encoded,
            (true, true) => format!("file://{encoded}"),
            (true, false) => format!("file:///{encoded}"),
        }
    }
}

/// What of the path lies below the root.
fn below<'p>(path: &'p str, root: &str) -> Option<&'p str> {
    path.strip_prefix(root.trim_end_matches('/'))?.strip_prefix('/')
}

/// Whether the path begins at a root or at a drive.
fn is_absolute(path: &str) -> bool {
    let bytes = path.as_bytes();
    path.starts_with('/')
        || (bytes.len() > 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' && bytes[2] == b'/')
}

/// The path without empty parts, `.`, and the `..` that can be resolved by name.
fn plain(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !part.is_empty() && *part != ".") {
        match parts.last() {
            Some(last) if part == ".." && *last != ".." => _ = parts.pop(),
            _ => parts.push(part),
        }
    }
    let start = if path.starts_with('/') { "/" } else { "" };
    format!("{start}{}", parts.join("/"))
}

/// Percent-encodes all but the characters that mean only themselves in a path.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => _ = write!(uri, "%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_count_from_the_root_of_the_repository() {
        const CASES: &[(&str, &str, &str, &str)] = &[
            ("", "", "./jobs/pm.md", "jobs/pm.md"),
            ("", "", "jobs//a/../pm.md", "jobs/pm.md"),
            ("", "", "../pm.md", "../pm.md"),
            ("/srv/hr/site", "/srv/hr/site", "jobs/pm.md", "jobs/pm.md"),
            ("/srv/hr/site/jobs", "/srv/hr/site", "./pm.md", "jobs/pm.md"),
            ("/srv/hr/site/jobs", "/srv/hr/site", "../pm.md", "pm.md"),
            ("/srv/hr/site", "/srv/hr/site", "/srv/hr/site/jobs/pm.md", "jobs/pm.md"),
            ("/srv/hr/site", "", "/srv/hr/site/pm.md", "pm.md"),
            ("/srv/hr/site", "/srv/hr/site", "/srv/hr/sitemap.md", "/srv/hr/sitemap.md"),
            ("/srv/hr/site", "/srv/hr/site", "../pm.md", "../pm.md"),
            ("C:/site", "C:/site", "C:/site/pm.md", "pm.md"),
            ("/", "/", "pm.md", "pm.md"),
            ("/srv/hr", "/srv/hr", "-", "-"),
        ];
        let base = |folder: &str, root: &str| Base {
            folder: (!folder.is_empty()).then(|| folder.to_owned()),
            root: (!root.is_empty()).then(|| root.to_owned()),
        };
        for (folder, root, path, expected) in CASES {
            assert_eq!(base(folder, root).relative(path), *expected, "{path} in {folder} of {root}");
        }
    }

    #[test]
    fn uris_are_encoded() {
        let base = Base::default();
        assert_eq!(base.uri("./jobs/pm ü #1.md"), "jobs/pm%20%C3%BC%20%231.md");
        assert_eq!(base.uri("a:b%.md"), "a%3Ab%25.md");
        assert_eq!(base.uri("/srv/a b.md"), "file:///srv/a%20b.md");
        assert_eq!(base.uri("C:/a.md"), "file:///C%3A/a.md");
    }
}
