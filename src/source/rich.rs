//! Text that an editor keeps as a tree of nodes, as Contentful, Strapi, Sanity, `ProseMirror` and Slate do:
//! `{"type": "paragraph", "children": [{"text": "Own it"}]}`.
//!
//! A value is such a tree only where each node says of what kind it is, and each leaf holds a text; it becomes the HTML
//! that it stands for.

use super::alias::is_one_of;
use super::value::Value;
use crate::html::untagged;

/// Names under which a node says of what kind it is.
const KINDS: &[&str] = &["tagName", "nodeType", "type", "_type"];

/// Names under which it keeps the nodes below it.
const BELOW: &[&str] = &["content", "children"];

/// Names under which a leaf keeps its text.
const TEXTS: &[&str] = &["text", "value", "content"];

/// Names that no node has: those of a stretch of text with something above it.
const HEADS: &[&str] = &["heading", "title", "header", "name", "label"];

const LISTS: &[&str] =
    &["list", "ul", "ol", "unorderedlist", "orderedlist", "bulletlist", "bulletedlist", "numberedlist"];
const ITEMS: &[&str] = &["listitem", "li", "bulletlistitem", "numberedlistitem", "taskitem", "lic"];
const SPANS: &[&str] = &["text", "span"];
const INLINE: &[&str] = &[
    "link",
    "autolink",
    "a",
    "hyperlink",
    "entryhyperlink",
    "assethyperlink",
    "mention",
    "strong",
    "em",
    "b",
    "i",
    "u",
    "span",
];
const BREAKS: &[&str] = &["hardbreak", "linebreak", "br"];

/// How deep a tree may be.
const DEEPEST: usize = 64;

/// The HTML of a text that a value keeps as a tree, or the text that it keeps as a row of insertions (Quill).
pub(super) fn html(value: &Value) -> Option<String> {
    if let [(name, Value::List(insertions))] = value.members()
        && name == "ops"
    {
        return Some(insertions.iter().filter_map(|insertion| text(insertion, &["insert"])).collect());
    }
    let nodes = match value {
        Value::List(nodes) => nodes.as_slice(),
        Value::Object(members) => match &**members {
            [(name, root)] if name == "root" => std::slice::from_ref(root),
            _ => std::slice::from_ref(value),
        },
        _ => return None,
    };
    // Leaves alone are no tree.
    let is_tree = nodes.iter().any(|node| below(node).is_some());
    let mut html = String::new();
    let is_whole = is_tree && write_all(&mut html, nodes, true, DEEPEST).is_some();
    (is_whole && !untagged(&html).trim().is_empty()).then_some(html)
}

/// Writes nodes one behind another; `None` when one of them is none.
fn write_all(html: &mut String, nodes: &[Value], kinds: bool, depth: usize) -> Option<()> {
    let open = lists_open(nodes);
    let mut before = false;
    for (node, (opens, closes)) in nodes.iter().zip(open) {
        let bare = is_bare(node);
        // Editors keep what stands in a row and looks alike in one leaf: two of them are two points.
        html.push_str(if before && bare { "<br>" } else { "" });
        before = bare;
        html.push_str(if opens { "<ul>" } else { "" });
        write(html, node, kinds, depth.checked_sub(1)?)?;
        html.push_str(if closes { "</ul>" } else { "" });
    }
    Some(())
}

/// Writes one node; `kinds` says that leaves too must say of what kind they are.
fn write(html: &mut String, node: &Value, kinds: bool, depth: usize) -> Option<()> {
    let kind = text(node, KINDS);
    let is = |kinds: &[&str]| kind.is_some_and(|kind| is_one_of(kind, kinds));
    if node.members().is_empty() || text(node, HEADS).is_some() || (kinds && kind.is_none()) {
        return None;
    }
    let said = text(node, TEXTS).map(html_escape::encode_text);
    let Some((name, nodes)) = below(node) else {
        match said {
            Some(text) if is_span(node) => html.push_str(&text),
            Some(text) => enclose(html, tag(node, kind?), |html| html.push_str(&text)),
            None if is(BREAKS) => html.push_str("<br>"),
            // A picture, a rule, or a paragraph that is empty.
            None => _ = kind?,
        }
        return Some(());
    };
    let tag = match tag(node, kind?) {
        "p" if nodes.iter().any(is_block) => "",
        tag => tag,
    };
    let mut written = None;
    enclose(html, tag, |html| written = write_all(html, nodes, name == "content", depth));
    written
}

/// Writes something between the two tags of a name, if there is one.
fn enclose(html: &mut String, tag: &str, inside: impl FnOnce(&mut String)) {
    if tag.is_empty() {
        return inside(html);
    }
    html.extend(["<", tag, ">"]);
    inside(html);
    html.extend(["</", tag, ">"]);
}

/// The tag of a node that has others below it; empty for what is none of its own.
fn tag(node: &Value, kind: &str) -> &'static str {
    let is_heading = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.starts_with("head") || matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
    };
    let style = text(node, &["style"]).unwrap_or_default();
    if is_item(node) {
        "li"
    } else if is_heading(kind) || is_heading(style) {
        "h3"
    } else if is_one_of(kind, LISTS) {
        "ul"
    } else if is_one_of(kind, INLINE) {
        ""
    } else {
        "p"
    }
}

/// Whether a node is a point of a list, be it one that stands in none.
fn is_item(node: &Value) -> bool {
    text(node, KINDS).is_some_and(|kind| is_one_of(kind, ITEMS)) || text(node, &["listItem"]).is_some()
}

/// Whether a node stands on lines of its own.
fn is_block(node: &Value) -> bool {
    let inline = if below(node).is_some() { INLINE } else { BREAKS };
    !is_span(node) && !text(node, KINDS).is_some_and(|kind| is_one_of(kind, inline))
}

/// Whether a node is a stretch of a line.
fn is_span(node: &Value) -> bool {
    below(node).is_none() && text(node, KINDS).is_none_or(|kind| is_one_of(kind, SPANS))
}

/// Whether a node is a leaf that says nothing but its text.
fn is_bare(node: &Value) -> bool {
    matches!(node.members(), [(name, Value::Text(text))] if TEXTS.contains(&name.as_str()) && !text.is_empty())
}

/// Which nodes begin and which end a list that no node of its own stands for.
fn lists_open(nodes: &[Value]) -> Vec<(bool, bool)> {
    let is_point = |at: usize| nodes.get(at).is_some_and(|node| text(node, &["listItem"]).is_some());
    let open = |at: usize| is_point(at) && (at == 0 || !is_point(at - 1));
    (0..nodes.len()).map(|at| (open(at), is_point(at) && !is_point(at + 1))).collect()
}

/// The nodes below a node, and the name that they stand under.
fn below(node: &Value) -> Option<(&str, &[Value])> {
    text(node, KINDS)?;
    node.members().iter().find_map(|(name, value)| match value {
        Value::List(nodes) if BELOW.contains(&name.as_str()) && !nodes.is_empty() => {
            Some((name.as_str(), nodes.as_slice()))
        }
        _ => None,
    })
}

/// The text under the first of these names under which a node has one.
fn text<'v>(node: &'v Value, names: &[&str]) -> Option<&'v str> {
    names.iter().find_map(|wanted| {
        node.members().iter().find_map(|(name, value)| match value {
            Value::Text(text) if name == wanted => Some(text.as_str()),
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_of_nodes_become_html() {
        const CASES: &[(&str, Option<&str>)] = &[
            (
                r#"{"nodeType":"document","data":{},"content":[{"nodeType":"heading-2","data":{},"content":[{"nodeType":"text","value":"Tasks","marks":[]}]},
                   {"nodeType":"unordered-list","data":{},"content":[{"nodeType":"list-item","data":{},"content":[{"nodeType":"paragraph","content":[
                   {"nodeType":"text","value":"Own the "},{"nodeType":"hyperlink","content":[{"nodeType":"text","value":"map"}]},{"nodeType":"text","value":" & log"}]}]}]},
                   {"nodeType":"hr","data":{},"content":[]}]}"#,
                Some("<h3>Tasks</h3><ul><li><p>Own the map &amp; log</p></li></ul>"),
            ),
            (
                r#"[{"type":"heading","level":2,"children":[{"type":"text","text":"Tasks"}]},
                   {"type":"list","format":"unordered","children":[{"type":"list-item","children":[{"text":"Own "},{"text":"it","bold":true}]},{"type":"list-item","children":[{"text":"Test it"}]}]}]"#,
                Some("<h3>Tasks</h3><ul><li>Own it</li><li>Test it</li></ul>"),
            ),
            (
                r#"[{"_type":"block","style":"h2","children":[{"_type":"span","text":"Tasks"}]},
                   {"_type":"block","style":"normal","listItem":"bullet","children":[{"_type":"span","text":"Own it"}]},
                   {"_type":"block","style":"normal","listItem":"bullet","children":[{"_type":"span","text":"Test it"}]},
                   {"_type":"block","style":"normal","children":[{"_type":"span","text":"Write to us"}]}]"#,
                Some("<h3>Tasks</h3><ul><li>Own it</li><li>Test it</li></ul><p>Write to us</p>"),
            ),
            (
                r#"{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Own it"},{"type":"hardBreak"},{"type":"text","text":"Test it"}]},{"type":"paragraph"}]}"#,
                Some("<p>Own it<br>Test it</p>"),
            ),
            (
                r#"{"root":{"type":"root","children":[{"type":"paragraph","children":[{"type":"text","text":"Own it"}]}]}}"#,
                Some("<p>Own it</p>"),
            ),
            (
                r#"[{"type":"duties","content":[{"type":"bullet","text":"Own it"},{"type":"bullet","text":"Test it"}]}]"#,
                Some("<p>Own it</p><p>Test it</p>"),
            ),
            (
                r#"[{"type":"element","tagName":"ul","children":[{"type":"element","tagName":"li","children":[{"type":"element","tagName":"b","children":[{"type":"text","content":"Own"}]},{"type":"text","content":" it"}]}]}]"#,
                Some("<ul><li>Own it</li></ul>"),
            ),
            (
                r#"[{"type":"responsibilities","children":[{"text":"Own it"},{"text":"Test it"}]}]"#,
                Some("<p>Own it<br>Test it</p>"),
            ),
            (r#"[{"type":"x","children":[{"type":"y","label_id":3}]}]"#, None),
            (r#"[{"text":"Own it"}]"#, None),
            (r#"[{"type":"text","text":"Own it"}]"#, None),
            (r#"[{"type":"section","title":"Tasks","content":[{"type":"text","text":"Own it"}]}]"#, None),
            (r#"[{"type":"section","content":[{"text":"Own it"},{"text":"Test it"}]}]"#, None),
            (r#"[{"type":"section","content":["Own it"]}]"#, None),
            (r#"{"type":"x","content":"Own it"}"#, None),
        ];
        for (json, expected) in CASES {
            let value: Value = serde_json::from_str(json).unwrap();
            assert_eq!(html(&value).as_deref(), *expected, "{json}");
        }
    }
}
