//! Values of YAML, and how they are written as JSON.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

use super::super::value::Value;

/// A value of YAML.
pub(super) enum Node {
    /// A text, a truth or nothing.
    Plain(Value),
    /// Items.
    List(Vec<Spanned<Node>>),
    /// Members in their order.
    Object(Vec<(String, Spanned<Node>)>),
}

/// What documents hold as JSON, but for those that hold nothing but a text.
pub(super) fn to_json(documents: &[Spanned<Node>]) -> String {
    let mut writer = Writer { json: String::new(), line: 1 };
    for document in documents.iter().filter(|document| !matches!(document.value, Node::Plain(_))) {
        writer.write(document);
    }
    writer.json
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
        // Read as texts, names such as `on` are no truths.
        while let Some(member) = entries.next_entry()? {
            members.push(member);
        }
        Ok(Node::Object(members))
    }
}
