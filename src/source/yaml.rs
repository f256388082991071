//! Postings in YAML: a list of them, under a name or not, objects under their ids, or one; in any number of documents.
//!
//! What a file holds is written as JSON, each value on its line of the file, and read as such from there on. A file that
//! is no YAML as a whole is taken piece by piece.

use std::ops::Range;

use serde_saphyr::options::DuplicateKeyPolicy;
use serde_saphyr::{Options, Spanned};

use super::alias::known;
use super::front;
use super::slot::Field;

mod node;

use node::Node;

/// How many of the first lines are looked at.
const LOOKED_AT: usize = 200;

/// Whether a file with this ending and beginning is YAML, and not text under front matter.
pub(super) fn is_yaml(ending: Option<&str>, head: &str) -> bool {
    if !matches!(ending, Some("yml" | "yaml")) {
        return false;
    }
    let behind = front::find(head).map_or("", |front| &head[front.end..]);
    begins(head) && (behind.trim().is_empty() || begins(behind))
}

/// Whether the first lines name the title and the text of a posting, and who hires, where, or what for.
pub(super) fn tells(head: &str) -> bool {
    let (mut titled, mut body, mut more) = (false, false, false);
    for (key, _) in head.lines().take(LOOKED_AT).filter_map(entry) {
        match known(key).map(|slot| slot.field) {
            // Much else than a posting has a name.
            Some(Field::Title) => titled |= !key.eq_ignore_ascii_case("name"),
            Some(Field::Body) => body = true,
            Some(Field::Section(_)) => (body, more) = (true, true),
            Some(Field::Company | Field::Location) => more = true,
            _ => {}
        }
    }
    titled && body && more
}

/// Whether text begins with an item or a member.
fn begins(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').lines().find(|line| is_said(line));
    first.is_some_and(|line| dash(line).is_some() || entry(line).is_some())
}

/// The name and the value of a line that holds a member, be it the first of an item.
fn entry(line: &str) -> Option<(&str, &str)> {
    const NAME: usize = 64;
    let (name, value) = line.trim_start_matches([' ', '-']).split_once(':')?;
    let name = name.trim_matches(['"', '\'', ' ']);
    let plain = !name.is_empty() && name.len() <= NAME && !name.contains(['"', '{', '[', '<', '#']);
    (plain && (value.is_empty() || value.starts_with([' ', '\r']))).then_some((name, value.trim()))
}

/// A file, or one document or item of it where the whole is no YAML: so a fault costs what it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// 1-based line on which it begins.
    pub(super) line: u64,
    /// Where it stands in the text.
    pub(super) range: Range<usize>,
}

impl Piece {
    /// The whole of a text.
    pub(super) fn whole(text: &str) -> Self {
        Self { line: 1, range: 0..text.len() }
    }

    /// What the piece of this text holds as JSON, each value on its line; or what is wrong, and where.
    pub(super) fn to_json(&self, text: &str) -> Result<String, String> {
        let text = &text[self.range.clone()];
        let documents: Vec<Spanned<Node>> = serde_saphyr::from_multiple_with_options(text, options())
            .map_err(|error| {
                let told = error.without_snippet().to_string();
                // The place that the parser tells counts from the beginning of the piece.
                let told = told.lines().next().and_then(|line| line.split(" at line ").next());
                let line = self.line + error.location().map_or(0, |place| place.line().saturating_sub(1));
                format!("line {line} is no YAML: {}", told.unwrap_or_default())
            })?;
        Ok(node::to_json(&documents))
    }

    /// The documents of a piece, or the items of the one list in it; none where it cannot be cut.
    pub(super) fn parts(&self, text: &str) -> Vec<Self> {
        let is_mark = |line: &str| line.trim_end() == "---" || line.starts_with("--- ");
        let mut documents = self.cut(text, is_mark);
        let start = documents.first().map_or(self.range.end, |first| first.range.start);
        // The first document may have no mark above it.
        if text[self.range.start..start].lines().any(is_said) {
            documents.insert(0, Self { line: self.line, range: self.range.start..start });
        }
        if documents.len() > 1 { documents } else { self.items(text) }
    }

    /// The items of the list that the piece is, be it under a name.
    fn items(&self, text: &str) -> Vec<Self> {
        let inside = &text[self.range.clone()];
        let mut named = false;
        let mut first = None;
        for line in inside.lines().filter(|line| is_said(line)) {
            if let Some(indent) = dash(line) {
                first = Some(indent);
                break;
            }
            // Beside other members the list may be part of one posting.
            if named || entry(line).is_none_or(|(_, value)| !value.is_empty()) {
                return Vec::new();
            }
            named = true;
        }
        let Some(indent) = first else { return Vec::new() };
        let is_item = |line: &str| dash(line) == Some(indent);
        let leaves = |line: &str| indented(line) <= indent && !is_item(line) && entry(line).is_some();
        let behind = inside.lines().skip_while(|line| !is_item(line));
        if named && behind.filter(|line| is_said(line)).any(leaves) {
            return Vec::new();
        }
        self.cut(text, is_item)
    }

    /// The piece in parts that each begin on a line of this kind; what stands before the first is left out.
    fn cut(&self, text: &str, begins: impl Fn(&str) -> bool) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        let (mut at, mut line) = (self.range.start, self.line);
        for text in text[self.range.clone()].split_inclusive('\n') {
            if begins(text) {
                parts.push(Self { line, range: at..at });
            }
            (at, line) = (at + text.len(), line + 1);
            if let Some(part) = parts.last_mut() {
                part.range.end = at;
            }
        }
        parts
    }
}

/// Whether a line says anything of what a file holds.
fn is_said(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line != "---" && !line.starts_with(['#', '%'])
}

/// How far the line of an item is indented.
fn dash(line: &str) -> Option<usize> {
    let item = line.trim_start_matches(' ').strip_prefix('-')?;
    (item.is_empty() || item.starts_with([' ', '\r', '\n'])).then(|| indented(line))
}

fn indented(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// How YAML is read: as it is meant rather than by the letter, and no further than it could hold postings.
fn options() -> Options {
    /// How many values, and how many documents, a file may hold: each value takes a hundred bytes of memory or two.
    const VALUES: usize = 1_000_000;
    const DOCUMENTS: usize = 100_000;
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_events: 3 * VALUES,
            max_nodes: VALUES,
            max_documents: DOCUMENTS,
            // One employer may be said once and meant by every posting. What aliases stand for is counted by itself.
            enforce_alias_anchor_ratio: false,
        },
        duplicate_keys: DuplicateKeyPolicy::LastWins,
        // The country NO is no truth.
        strict_booleans: true,
        emit_comments: false,
        with_snippet: false,
    }
}

#[cfg(test)]
mod tests;
