//! `rolecall check`: rules, places, exit codes, suppressions, baselines, inputs, and drafts that mean harm.

#[path = "../program/mod.rs"]
mod program;

mod baseline;
mod hostile;
mod inputs;
mod rules;
mod silence;
mod tree;

use std::fs;
use std::path::Path;
use std::process::Command;

use rolecall::rule::{Code, RULES};
use serde_json::Value;
use tempfile::TempDir;

use program::{Ran, rolecall_in};

/// The duties of the two roles, as the guides of the rules have them; their verdict is beyond doubt.
fn duties(code: Code) -> &'static str {
    RULES.iter().find(|rule| rule.code == code).unwrap().code.guide().good.text
}

/// Duties of product management.
fn product() -> &'static str {
    duties(Code::Rc002)
}

/// Duties of product marketing.
fn marketing() -> &'static str {
    duties(Code::Rc001)
}

/// A draft in Markdown with its title as the first heading.
fn draft(title: &str, text: &str) -> String {
    format!("# {title}\n\n{text}\n")
}

/// A folder with files in it, as a repository has them.
struct Folder(TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(TempDir::new().unwrap());
        // The search for a configuration ends here.
        fs::create_dir(folder.path().join(".git")).unwrap();
        for (name, text) in files {
            folder.put(name, text.as_bytes());
        }
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// Runs `rolecall check` with these words.
    fn check(&self, words: &str) -> Ran {
        self.pipe(words, b"")
    }

    /// The same with something on standard input.
    fn pipe(&self, words: &str, input: &[u8]) -> Ran {
        let args: Vec<&str> = std::iter::once("check").chain(words.split_whitespace()).collect();
        rolecall_in(self.path(), &args, input)
    }

    /// Runs it on this day.
    fn check_on(&self, day: &str, words: &str) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
        command.arg("check").args(words.split_whitespace()).current_dir(self.path());
        let done = command.env("ROLECALL_TODAY", day).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran { code: done.status.code().unwrap(), out: text(done.stdout), err: text(done.stderr) }
    }

    /// What `-o json` says, and the exit code.
    fn json(&self, words: &str) -> (Value, i32) {
        let ran = self.check(&format!("{words} -o json"));
        (
            serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}{}", ran.out, ran.err)),
            ran.code,
        )
    }

    /// The problems as `path:line:column code`, a place without column as `path:line code`.
    fn problems(&self, words: &str) -> Vec<String> {
        self.json(words).0["problems"].as_array().unwrap().iter().map(place).collect()
    }
}

fn place(problem: &Value) -> String {
    let region = &problem["primary"];
    let column = region["span"]["column"].as_u64().map(|column| format!(":{column}")).unwrap_or_default();
    format!(
        "{}:{}{column} {}",
        problem["path"].as_str().unwrap(),
        region["line"],
        problem["code"].as_str().unwrap()
    )
}
