//! The shape of the code: one import direction, short files, nothing forgotten.
//!
//! `src/lib.rs` lists the modules in the order in which they may know each other. When a test here complains, do
//! not move the line: ask which type sits in the wrong file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use regex::Regex;

/// Lines a file may have, tests included. Past 350, look for the second noun in it.
const LONGEST_FILE: usize = 450;

/// Files that are over the bound for a reason, with the reason.
const LONG_FILES: &[(&str, &str)] =
    &[("src/document/markup.rs", "one scanner over HTML and Markdown; its states are one noun")];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under `src`, as `src/…` with its text, sorted.
fn sources() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.insert(shown(&path), fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

/// The path from the root of the package, with `/`.
fn shown(path: &Path) -> String {
    let parts: Vec<_> =
        path.strip_prefix(root()).unwrap().iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// The names of the top modules of the library, in the order of `src/lib.rs`.
fn order() -> Vec<String> {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    declared(&text)
}

/// The modules that a file declares without a body, in order.
fn declared(text: &str) -> Vec<String> {
    static MOD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?m)^(?:pub(?:\([a-z]+\))? )?mod (\w+);").unwrap());
    MOD.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// The modules of the library that only its tests have; tests anywhere may use them.
fn only_in_tests() -> Vec<String> {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let after = Regex::new(r"(?m)^#\[cfg\(test\)\]\n(?:pub )?mod (\w+);").unwrap();
    after.captures_iter(&text).map(|found| found[1].to_owned()).collect()
}

/// What `pub use module::Name;` in `src/lib.rs` makes of a name at the root.
fn reexports() -> BTreeMap<String, String> {
    static USE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?m)^pub use (\w+)::(\w+);").unwrap());
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    USE.captures_iter(&text).map(|found| (found[2].to_owned(), found[1].to_owned())).collect()
}

/// A line of code without its comment; good enough for paths.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or("")
}

/// First names after `prefix::` in the code of a file, each with its line: `crate::a::B` and `crate::{a::B, c}`.
fn names_after(prefix: &str, text: &str) -> Vec<(usize, String)> {
    let path = Regex::new(&format!(r"(?:^|[^\w:$]){}::(\w+|\{{)", regex::escape(prefix))).unwrap();
    let clean: Vec<&str> = text.lines().map(code).collect();
    let joined = clean.join("\n");
    let mut names = Vec::new();
    for found in path.captures_iter(&joined) {
        let name = found.get(1).unwrap();
        let line = joined[..name.start()].matches('\n').count() + 1;
        if name.as_str() == "{" {
            names.extend(group(&joined[name.end()..]).into_iter().map(|name| (line, name)));
        } else {
            names.push((line, name.as_str().to_owned()));
        }
    }
    names
}

/// First names of the items of a `{…}` group whose opening brace has been passed.
fn group(rest: &str) -> Vec<String> {
    let (mut depth, mut item, mut items) = (0, String::new(), Vec::new());
    for c in rest.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => items.push(std::mem::take(&mut item)),
            _ => {}
        }
        if depth == 0 && c != ',' {
            item.push(c);
        }
    }
    items.push(item);
    items
        .iter()
        .map(|item| {
            item.trim().split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("").to_owned()
        })
        .filter(|name| !name.is_empty())
        .collect()
}

/// The top module that a file of the library belongs to; `None` for the root and for the binary.
fn top_module<'p>(path: &'p str, order: &[String]) -> Option<&'p str> {
    let name = path.strip_prefix("src/")?.split('/').next()?;
    let name = name.strip_suffix(".rs").unwrap_or(name);
    order.iter().any(|module| module == name).then_some(name)
}

#[test]
fn modules_use_only_those_declared_before_them() {
    let order = order();
    let (reexports, only_in_tests) = (reexports(), only_in_tests());
    assert!(order.len() > 20, "the `mod` lines of src/lib.rs were not found: {order:?}");
    let place = |name: &str| order.iter().position(|module| module == name);
    let mut complaints = Vec::new();
    for (path, text) in &sources() {
        let Some(own) = top_module(path, &order) else { continue };
        for (line, name) in names_after("crate", text) {
            let module = reexports.get(&name).unwrap_or(&name);
            let allowed =
                only_in_tests.contains(module) || place(module).is_none_or(|of| of <= place(own).unwrap());
            if !allowed {
                complaints.push(format!(
                    "{path}:{line}: `{own}` uses `crate::{name}`, but src/lib.rs declares `{module}` after it"
                ));
            }
        }
    }
    assert!(
        complaints.is_empty(),
        "{}\nMove the type that is needed, not the `mod` line.",
        complaints.join("\n")
    );
}

/// The modules of each folder, with which sibling each uses.
fn siblings() -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let sources = sources();
    let mut folders: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (parent, text) in &sources {
        let folder = match parent.strip_suffix("/mod.rs").or(parent.strip_suffix(".rs")) {
            Some("src/lib" | "src/main") | None => continue,
            Some(folder) => folder,
        };
        let children = declared(text);
        let known = |name: &String| children.contains(name);
        for child in &children {
            let mut used = BTreeSet::new();
            let nested = format!("{folder}/{child}/");
            for (path, text) in &sources {
                let own = *path == format!("{folder}/{child}.rs") || *path == format!("{nested}mod.rs");
                if own {
                    used.extend(names_after("super", text).into_iter().map(|(_, name)| name).filter(known));
                } else if path.starts_with(&nested) {
                    let deep = names_after("super::super", text);
                    used.extend(deep.into_iter().map(|(_, name)| name).filter(known));
                }
                if own || path.starts_with(&nested) {
                    let module = folder.trim_start_matches("src/").replace('/', "::");
                    let absolute = names_after(&format!("crate::{module}"), text);
                    used.extend(absolute.into_iter().map(|(_, name)| name).filter(known));
                }
            }
            used.remove(child);
            folders.entry(folder.to_owned()).or_default().insert(child.clone(), used);
        }
    }
    folders
}

/// A way along the edges from `from` back to itself.
fn cycle(edges: &BTreeMap<String, BTreeSet<String>>, from: &str) -> Option<Vec<String>> {
    let mut ways = vec![vec![from.to_owned()]];
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop() {
        for next in edges.get(way.last().unwrap()).into_iter().flatten() {
            let mut longer = way.clone();
            longer.push(next.clone());
            if next == from {
                return Some(longer);
            }
            if seen.insert(next.clone()) {
                ways.push(longer);
            }
        }
    }
    None
}

#[test]
fn no_modules_of_a_folder_use_each_other() {
    let mut complaints = BTreeSet::new();
    for (folder, edges) in siblings() {
        for module in edges.keys() {
            if let Some(way) = cycle(&edges, module) {
                complaints.insert(format!("{folder}: {} use each other", way.join(" -> ")));
            }
        }
    }
    let complaints: Vec<_> = complaints.into_iter().collect();
    assert!(complaints.is_empty(), "{}\nMove what both need to a third module.", complaints.join("\n"));
}

#[test]
fn files_are_short_enough_to_read() {
    for (path, text) in &sources() {
        let lines = text.lines().count();
        let excused = LONG_FILES.iter().any(|(file, _)| file == path);
        assert!(
            lines <= LONGEST_FILE || (excused && lines <= LONGEST_FILE + 50),
            "{path} has {lines} lines, more than {LONGEST_FILE}: look for the second noun in it"
        );
    }
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    for (path, text) in &sources() {
        assert!(text.starts_with("//! "), "{path} does not open with a `//!` doc");
    }
}

#[test]
fn every_lexicon_of_the_folder_is_embedded() {
    let mut listed: Vec<&str> = rolecall::lexicon::EMBEDDED.iter().map(|(name, _)| *name).collect();
    let in_order = listed.is_sorted();
    listed.sort_unstable();
    let mut files: Vec<String> = fs::read_dir(root().join("lexicons"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort_unstable();
    assert_eq!(listed, files, "EMBEDDED in src/lexicon/mod.rs is not what stands in lexicons/");
    assert!(in_order, "EMBEDDED is not in alphabetical order");
}

#[test]
fn the_library_prints_nothing() {
    let prints = Regex::new(r"\b(e?println|e?print|dbg)!|\bstd(out|err)\(\)").unwrap();
    for (path, text) in &sources() {
        if path.starts_with("src/cli/") || path == "src/main.rs" {
            continue;
        }
        for (line, number) in text.lines().zip(1..) {
            let allowed = path == "src/output.rs" && line.contains("stdout()");
            assert!(allowed || !prints.is_match(code(line)), "{path}:{number} prints: {}", line.trim());
        }
    }
}

/// The files that are committed or about to be.
fn committed() -> Vec<PathBuf> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "-co", "--exclude-standard"]).current_dir(root());
    // A packaged copy has no history to ask.
    let Ok(done) = git.output() else { return Vec::new() };
    let text = String::from_utf8(done.stdout).unwrap();
    text.split('\0').filter(|name| !name.is_empty()).map(|name| root().join(name)).collect()
}

#[test]
fn no_path_of_one_machine_is_committed() {
    // Written in two halves, so that this file passes its own test.
    let needles = [["/wo", "rk/"].concat(), ["/tm", "p/"].concat(), ["/ho", "me/"].concat()];
    for path in committed() {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for (line, number) in text.lines().zip(1..) {
            let found = needles.iter().find(|needle| {
                // Only where a path begins: a web address may well hold such a part.
                line.match_indices(needle.as_str()).any(|(at, _)| {
                    line[..at]
                        .chars()
                        .next_back()
                        .is_none_or(|c| !c.is_alphanumeric() && c != '/' && c != '.')
                })
            });
            assert!(
                found.is_none(),
                "{}:{number} names a path of one machine: {}",
                shown(&path),
                line.trim()
            );
        }
    }
}
