//! The text of a body that a source keeps in an object or a list: pieces under headings, or each for one purpose.

use std::borrow::Cow;

use super::alias::known;
use super::printed;
use super::rich;
use super::slot::Field;
use super::value::Value;
use crate::vocabulary::Zone;

/// A stretch of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Piece {
    /// The name that it stands under, when its stretch goes by several.
    pub(super) name: Option<String>,
    /// What it is for, when its name says so.
    pub(super) zone: Option<Zone>,
    /// What stands above it.
    pub(super) heading: Option<String>,
    /// What it says.
    pub(super) text: String,
}

/// Names under which objects keep a text, best first.
const TEXTS: &[&str] = &[
    "text",
    "html",
    "rendered",
    "content",
    "value",
    "body",
    "description",
    "items",
    "list",
    "points",
    "bullets",
    "paragraphs",
    "plain",
];

/// Names under which objects keep what stands above their text, best first.
const HEADINGS: &[&str] = &["heading", "title", "header", "name", "label"];

/// The pieces of a body, in order; none when it says nothing.
pub(super) fn of(value: Value) -> Vec<Piece> {
    let plain = |text: String| {
        let piece = Piece { text: lines(text), ..Piece::default() };
        (!piece.text.trim().is_empty()).then_some(piece)
    };
    if let Some(html) = rich::html(&value) {
        return plain(html).into_iter().collect();
    }
    match value {
        Value::Nothing | Value::Truth(_) => Vec::new(),
        Value::Text(text) => plain(text).into_iter().collect(),
        Value::List(items) if items.iter().any(|item| under_heading(item).is_some()) => {
            items.into_iter().flat_map(of).collect()
        }
        list @ Value::List(_) => joined(list).and_then(plain).into_iter().collect(),
        Value::Object(members) => in_object(members),
    }
}

fn in_object(members: Vec<(String, Value)>) -> Vec<Piece> {
    // Each member is read once: a body may stand in a body, and so on.
    let read = by_purpose(&members);
    if read.iter().any(Member::has_zone) {
        return in_sections(read);
    }
    let object = Value::Object(members);
    let Some((heading, text)) = under_heading(&object) else {
        let whole = in_sections(read);
        let heading = |piece: &Piece| piece.heading.as_ref().map_or(0, String::len);
        let said: usize = whole.iter().map(|piece| piece.text.len() + heading(piece)).sum();
        let text = joined(object).filter(|text| !text.trim().is_empty() && text.len() > said);
        return text.map_or(whole, |text| vec![Piece { text, ..Piece::default() }]);
    };
    let known = match &text {
        Cow::Borrowed(text) => {
            let at = object.members().iter().position(|(_, value)| std::ptr::eq(value, *text));
            read.into_iter().find(|member| Some(member.at) == at).map(|member| member.pieces)
        }
        Cow::Owned(_) => None,
    };
    let mut pieces = known.unwrap_or_else(|| of(text.into_owned()));
    if let Some(first) = pieces.first_mut()
        && first.heading.is_none()
        && first.zone.is_none()
    {
        first.heading = heading;
    }
    pieces
}

/// What a member of an object says, when its name is one of the whole body or of a part of it.
struct Member {
    /// Its place among the members.
    at: usize,
    zone: Option<Zone>,
    rank: u8,
    pieces: Vec<Piece>,
}

impl Member {
    fn has_zone(&self) -> bool {
        !self.pieces.is_empty()
            && (self.zone.is_some() || self.pieces.iter().any(|piece| piece.zone.is_some()))
    }
}

fn by_purpose(members: &[(String, Value)]) -> Vec<Member> {
    let purpose = |(at, (name, value)): (usize, &(String, Value))| {
        let slot = known(name)?;
        let (zone, rank) = match slot.field {
            Field::Body => (None, slot.rank),
            Field::Section(zone) => (Some(zone), 0),
            _ => return None,
        };
        Some(Member { at, zone, rank, pieces: of(value.clone()) })
    };
    members.iter().enumerate().filter_map(purpose).collect()
}

/// The members of an object that are for one purpose each, behind the one that is for all.
fn in_sections(members: Vec<Member>) -> Vec<Piece> {
    let (sections, wholes): (Vec<_>, Vec<_>) = members
        .into_iter()
        .filter(|member| !member.pieces.is_empty())
        .partition(|member| member.zone.is_some());
    // Of several names for the whole the best counts, as in a record.
    let best = wholes.iter().map(|whole| whole.rank).min();
    let wholes = wholes.into_iter().filter(|whole| Some(whole.rank) == best);
    let pieces = |Member { zone, pieces, .. }| {
        pieces.into_iter().map(move |piece: Piece| Piece { zone: zone.or(piece.zone), ..piece })
    };
    wholes.chain(sections).flat_map(pieces).collect()
}

/// The heading of an object that has one, and its text.
fn under_heading(value: &Value) -> Option<(Option<String>, Cow<'_, Value>)> {
    let member = |wanted: &str| {
        let found = value.members().iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value).filter(|value| !matches!(value, Value::Nothing | Value::Truth(_)))
    };
    let text = TEXTS.iter().find_map(|name| member(name))?;
    let heading = HEADINGS.iter().find_map(|name| match member(name) {
        Some(Value::Text(heading)) if !heading.trim().is_empty() => Some(heading.clone()),
        _ => None,
    });
    // What stands before a list is no less its text.
    match (text, list(value)) {
        (Value::Text(before), Some(points)) => {
            let points = [text].into_iter().filter(|_| heading.is_some()).chain(points).cloned().collect();
            Some((heading.or_else(|| Some(before.clone())), Cow::Owned(Value::List(points))))
        }
        _ => Some((heading, Cow::Borrowed(text))),
    }
}

/// The list in an object that is a text with points below it.
fn list(value: &Value) -> Option<&[Value]> {
    const LISTS: &[&str] = &["items", "list", "points", "bullets"];
    value.members().iter().find_map(|(name, value)| match value {
        Value::List(points) if LISTS.iter().any(|list| name.eq_ignore_ascii_case(list)) => {
            Some(points.as_slice())
        }
        _ => None,
    })
}

/// Whether a value is a text with points below it.
pub(super) fn has_points(value: &Value) -> bool {
    list(value).is_some_and(|points| !points.is_empty())
}

/// The texts of a list line by line, and of objects in it what they are called.
fn joined(value: Value) -> Option<String> {
    match value {
        Value::List(items) => {
            let texts: Vec<_> = items.into_iter().filter_map(joined).collect();
            (!texts.is_empty()).then(|| texts.join("\n"))
        }
        Value::Object(members) => {
            let item = members.iter().find(|(name, _)| name.eq_ignore_ascii_case("item"));
            if let Some((_, value)) = item {
                return value.clone().into_text("\n");
            }
            let points = points(&members);
            let is_wrapped = members.iter().any(|(name, _)| matches!(name.as_str(), "attributes" | "data"));
            let text = Value::Object(members).into_text("\n");
            // What is said of a text is shorter than the text.
            let length = |text: &Option<String>| text.as_ref().map_or(0, String::len);
            if is_wrapped && length(&points) > length(&text) { points } else { text.or(points) }
        }
        other => other.into_text("\n"),
    }
}

/// The lists in an object that are told under names of their own, such as `must` and `nice`, or in an object of their
/// own, as editors write blocks; only those of phrases.
fn points(members: &[(String, Value)]) -> Option<String> {
    let is_phrase = |text: &String| text.split_whitespace().count() > 2;
    let lists = members.iter().filter_map(|(name, value)| match value {
        Value::Object(_) if name == "data" => joined(value.clone()),
        Value::List(items) => {
            let texts: Vec<_> = items.iter().filter_map(|item| joined(item.clone())).collect();
            texts.iter().any(is_phrase).then(|| texts.join("\n"))
        }
        _ => None,
    });
    let lists: Vec<_> = lists.collect();
    (!lists.is_empty()).then(|| lists.join("\n"))
}

/// The value that a program printed into a text; a body or a title stays one when nothing of it could be read.
pub(super) fn unprinted(field: Field, value: Value) -> Value {
    let Value::Text(text) = &value else { return value };
    let says_something = |printed: &Value| match field {
        Field::Body | Field::Section(_) => !of(printed.clone()).is_empty(),
        Field::Title => printed.clone().into_text("; ").is_some(),
        _ => true,
    };
    match printed::value(text) {
        // Programs print brackets with nothing between them for nothing.
        Some(Value::Object(members)) if members.is_empty() => Value::Nothing,
        Some(Value::List(items)) if items.is_empty() => Value::Nothing,
        printed => printed.filter(says_something).unwrap_or(value),
    }
}

/// The text itself, or what a program printed into it: a text, or those of a list, line by line.
fn lines(text: String) -> String {
    if !text.trim_start().starts_with(['[', 'b']) {
        return text;
    }
    match printed::value(&text) {
        Some(Value::Text(text)) => text,
        Some(Value::List(items)) => {
            let texts: Option<Vec<String>> = items.into_iter().map(text_of).collect();
            texts.filter(|texts| !texts.is_empty()).map_or(text, |texts| texts.join("\n"))
        }
        _ => text,
    }
}

/// A value that is text and nothing else.
fn text_of(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_in_bodies_take_no_longer_than_their_length() {
        for name in ["description", "requirements", "x"] {
            let open = format!("{{\"{name}\":").repeat(100);
            let json = format!("{open}\"Own it\"{}", "}".repeat(100));
            let pieces = of(serde_json::from_str(&json).unwrap());
            assert!(pieces.iter().all(|piece| piece.text == "Own it"), "{name}");
        }
    }

    #[test]
    fn bodies_of_every_shape_become_pieces() {
        const CASES: &[(&str, &[&str])] = &[
            (r#""Own it""#, &["Own it"]),
            (r#"["Own it","Write it down",null]"#, &["Own it\nWrite it down"]),
            (r#"{"text":"Own it","id":3}"#, &["Own it"]),
            (r#"{"title":"Tasks","text":"Own it"}"#, &["Tasks: Own it"]),
            (
                r#"[{"heading":"Tasks","content":["Own it","Test it"]},{"heading":"You","content":"Kind"}]"#,
                &["Tasks: Own it\nTest it", "You: Kind"],
            ),
            (r#"[{"item":"Own it"},{"item":"Test it"}]"#, &["Own it\nTest it"]),
            (r#"[{"name":"Own it"},{"name":"Test it"}]"#, &["Own it\nTest it"]),
            (
                r#"{"requirements":["Kind"],"intro":"We sail","responsibilities":["Own it"],"salary":3}"#,
                &["We sail", "[requirements] Kind", "[duties] Own it"],
            ),
            (r#"{"text":"All of it","needs":null,"requirements":null}"#, &["All of it"]),
            (r#""['Own it', \"Don't ask\", 'a \\'b\\'']""#, &["Own it\nDon't ask\na 'b'"]),
            (r#""['Own it' and more]""#, &["['Own it' and more]"]),
            (r#"{"content":"You will:","items":["Own it","Test it"]}"#, &["You will:: Own it\nTest it"]),
            (r#"{"title":"Tasks","text":"You will","points":["Own it"]}"#, &["Tasks: You will\nOwn it"]),
            (
                r#"{"musts":["Own all of it","Test"],"nices":[{"value":"Draw it by hand"}],"tags":["a"]}"#,
                &["Own all of it\nTest\nDraw it by hand"],
            ),
            (
                r#"{"time":1,"blocks":[{"type":"h","data":{"text":"Do"}},{"type":"l","data":{"items":["Own all of it","Test"]}}]}"#,
                &["Do\nOwn all of it\nTest"],
            ),
            (r#"{"attributes":{"name":"main"},"blocks":["Own all of it"]}"#, &["Own all of it"]),
            (r#"{"S":"Own it"}"#, &["Own it"]),
            (
                r#"[{"heading":"Tasks","bullets":["Own it","Test it"]},{"heading":"You","bullets":["Kind"]}]"#,
                &["Tasks: Own it\nTest it", "You: Kind"],
            ),
            (
                r#"{"jobDescription":[{"name":"What you will do","value":"Own it"}]}"#,
                &["What you will do: Own it"],
            ),
            (
                r#"{"ops":[{"insert":"Tasks\nOwn "},{"insert":"it","attributes":{"bold":true}},{"insert":{"image":"x"}},{"insert":"\n"}]}"#,
                &["Tasks\nOwn it\n"],
            ),
            ("null", &[]),
            (r#"" ""#, &[]),
        ];
        for (json, expected) in CASES {
            let pieces = of(serde_json::from_str(json).unwrap());
            let shown: Vec<_> = pieces
                .into_iter()
                .map(|piece| {
                    let zone = piece.zone.map_or(String::new(), |zone| format!("[{}] ", zone.name()));
                    let heading = piece.heading.map_or(String::new(), |heading| format!("{heading}: "));
                    format!("{zone}{heading}{}", piece.text)
                })
                .collect();
            assert_eq!(shown, *expected, "{json}");
        }
    }
}
