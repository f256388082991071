//! Postings in YAML: a list of them, under a name or not, objects under their ids, or one; in any number of documents.
//!
//! What a file holds is written as JSON, each value on its line of the file, and read as such from there on.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use super::alias::known;
use super::front;
use super::slot::Field;
use super::value::Value;

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
    let is_said = |line: &&str| {
        let line = line.trim();
        !line.is_empty() && line != "---" && !line.starts_with(['#', '%'])
    };
    let first = text.trim_start_matches('\u{feff}').lines().find(is_said);
    first.is_some_and(|line| line.trim_start().starts_with("- ") || entry(line).is_some())
}

/// The name and the value of a line that holds a member, be it the first of an item.
fn entry(line: &str) -> Option<(&str, &str)> {
    const NAME: usize = 64;
    let (name, value) = line.trim_start_matches([' ', '-']).split_once(':')?;
    let name = name.trim_matches(['"', '\'', ' ']);
    let plain = !name.is_empty() && name.len() <= NAME && !name.contains(['"', '{', '[', '<', '#']);
    (plain && (value.is_empty() || value.starts_with([' ', '\r']))).then_some((name, value.trim()))
}

/// A file of YAML as JSON, line by line; or what is wrong with it, and on which line.
pub(super) fn to_json(text: &str) -> Result<String, (String, Option<u64>)> {
    let text = text.trim_start_matches('\u{feff}');
    let documents: Vec<Spanned<Node>> = serde_saphyr::from_multiple(text).map_err(|error| {
        let told = error.without_snippet().to_string();
        (told.lines().next().unwrap_or_default().to_owned(), error.location().map(|place| place.line()))
    })?;
    let mut writer = Writer { json: String::with_capacity(text.len()), line: 1 };
    for document in &documents {
        if !matches!(document.value, Node::Plain(_)) {
            writer.write(document);
        }
    }
    Ok(writer.json)
}

/// A value of YAML.
enum Node {
    Plain(Value),
    List(Vec<Spanned<Node>>),
    Object(Vec<(String, Spanned<Node>)>),
}

/// Writes JSON whose values stand on the lines of the YAML.
struct Writer {
    json: String,
    line: u64,
}

impl Writer {
    fn write(&mut self, node: &Spanned<Node>) {
        while self.line < node.referenced.line() {
            self.json.push('\n');
            self.line += 1;
        }
        match &node.value {
            Node::Plain(Value::Text(text)) => self.text(text),
            Node::Plain(Value::Truth(truth)) => self.json.push_str(if *truth { "true" } else { "false" }),
            Node::Plain(_) => self.json.push_str("null"),
            Node::List(items) => {
                self.json.push('[');
                for (at, item) in items.iter().enumerate() {
                    self.json.push_str(if at > 0 { "," } else { "" });
                    self.write(item);
                }
                self.json.push(']');
            }
            Node::Object(members) => {
                self.json.push('{');
                for (at, (name, value)) in members.iter().enumerate() {
                    self.json.push_str(if at > 0 { "," } else { "" });
                    self.text(name);
                    self.json.push(':');
                    self.write(value);
                }
                self.json.push('}');
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.json.push_str(&serde_json::Value::from(text).to_string());
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Nodes)
    }
}

struct Nodes;

impl<'de> Visitor<'de> for Nodes {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<Node, E> {
        Ok(Node::Plain(Value::Truth(truth)))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Node, E> {
        self.visit_string(number.to_string())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Node, E> {
        self.visit_string(number.to_string())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Node, E> {
        self.visit_string(number.to_string())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Node, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Node, E> {
        Ok(Node::Plain(Value::Text(text)))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Node, E> {
        Ok(Node::Plain(Value::Nothing))
    }

    fn visit_none<E: de::Error>(self) -> Result<Node, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        // As a text, a name such as `on` is none of the words for a truth.
        while let Some(member) = entries.next_entry()? {
            members.push(member);
        }
        Ok(Node::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_on_their_lines() {
        let yaml = "# all\njobs:\n  - title: PM\n    body: |\n      Own\n      it\n  - {title: PMM, n: 7, on: null}\n";
        let json = to_json(yaml).unwrap();
        assert_eq!(
            json,
            "\n{\"jobs\":\n[{\"title\":\"PM\",\"body\":\n\n\"Own\\nit\\n\"},\n\n{\"title\":\"PMM\",\"n\":\"7\",\"on\":null}]}"
        );
        assert_eq!(to_json("--- {a: 1}\n--- [x]\n--- Own\n").unwrap(), "{\"a\":\"1\"}\n[\"x\"]");
        assert_eq!(to_json("a: 1\nb: [\n").unwrap_err().1.is_some(), true);
    }

    #[test]
    fn yaml_is_told_by_its_name_and_beginning() {
        for (ending, head, expected) in [
            ("yml", "- title: PM\n", true),
            ("yaml", "---\n# all\nroles:\n  - a: 1\n", true),
            ("yml", "---\ntitle: PM\n---\ntitle: PMM\n", true),
            ("yml", "---\ntitle: PM\n---\nWe hire.\n", false),
            ("yml", "We hire.\n", false),
            ("txt", "- title: PM\n", false),
        ] {
            assert_eq!(is_yaml(Some(ending), head), expected, "{head}");
        }
        assert!(tells("- title: PM\n  location: Kiel\n  description: >\n    Own it.\n"));
        assert!(!tells("name: CI\ndescription: Builds\nlocation: x\n"));
        assert!(!tells("info:\n  title: An interface\n  description: Pets\n"));
    }

    #[test]
    fn hostile_yaml_ends() {
        for piece in ["- ", "[", "{a: ", "&a [*a, ", "? ", "a: &b {c: *b, ", "---\n", "\"", "|\n "] {
            let _ = to_json(&piece.repeat(20_000));
        }
        let mut laughs = "a0: &a0 [x, x]\n".to_owned();
        for at in 1..40 {
            laughs.push_str(&format!("a{at}: &a{at} [*a{0}, *a{0}]\n", at - 1));
        }
        assert!(to_json(&laughs).is_err());
    }
}
