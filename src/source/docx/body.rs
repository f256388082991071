//! The paragraphs of `word/document.xml` as lines.

use quick_xml::NsReader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::style::{Role, Styles};
use super::{DEPTH_LIMIT, Document, is_on, local, value};

/// The namespaces of Word's elements: the usual one and the strict one.
const WORD: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// Elements whose content no reader of the document sees, or sees twice.
const UNSEEN: &[&str] =
    &["del", "moveFrom", "instrText", "delText", "rt", "pPrChange", "rPrChange", "sectPr"];

/// Reads the main part of a document; the error says what is wrong with it.
pub(super) fn read(xml: &str, styles: &Styles) -> Result<Document, String> {
    let mut body = Body { styles, document: Document::default(), open: Vec::new(), run: None, text: false };
    let mut reader = NsReader::from_str(xml);
    let (mut depth, mut unseen) = (0_usize, None);
    loop {
        let (namespace, event) =
            reader.read_resolved_event().map_err(|error| error.to_string().to_lowercase())?;
        let word = matches!(namespace, ResolveResult::Bound(Namespace(name)) if WORD.contains(&name));
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEPTH_LIMIT {
                    return Err("it is nested too deep".to_owned());
                }
                let name = local(&tag);
                if unseen.is_none() && ((word && UNSEEN.contains(&name)) || name == "Fallback") {
                    unseen = Some(depth);
                }
                if unseen.is_none() && word {
                    body.start(name, &tag);
                }
            }
            Event::Empty(tag) if unseen.is_none() && word => {
                let name = local(&tag);
                body.start(name, &tag);
                body.end(name);
            }
            Event::End(tag) => {
                if unseen.is_none() && word {
                    body.end(tag.local_name().into_inner());
                }
                unseen = unseen.filter(|start| *start != depth);
                depth = depth.saturating_sub(1);
            }
            Event::Text(text) if unseen.is_none() => body.text(&text.xml10_content()),
            Event::CData(text) if unseen.is_none() => body.text(&text.xml10_content()),
            Event::GeneralRef(entity) if unseen.is_none() => {
                if let Some(character) = character(&entity) {
                    body.text(character.encode_utf8(&mut [0; 4]));
                }
            }
            Event::Eof => return Ok(body.document),
            _ => {}
        }
    }
}

/// The character that an entity stands for; documents define none of their own.
pub(super) fn character(entity: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return Some(character);
    }
    match &*entity.xml10_content() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

struct Body<'s> {
    styles: &'s Styles,
    document: Document,
    /// The open paragraphs: text boxes stand inside another.
    open: Vec<Paragraph>,
    run: Option<Run>,
    /// Whether the text of a run is open.
    text: bool,
}

#[derive(Debug, Default)]
struct Paragraph {
    role: Role,
    outline: Option<u8>,
    /// Whether it has a number or bullet of its own; `Some(false)` takes that of its style away.
    numbered: Option<bool>,
    text: String,
    /// Whether some of it is not bold.
    plain: bool,
    /// The lines of the paragraphs inside.
    inner: String,
}

#[derive(Debug, Default)]
struct Run {
    bold: bool,
    hidden: bool,
}

impl Body<'_> {
    fn start(&mut self, name: &str, tag: &BytesStart<'_>) {
        match (name, &mut self.run) {
            ("p", _) => {
                self.open.push(Paragraph::default());
                self.run = None;
            }
            ("r", _) => self.run = Some(Run::default()),
            ("b", Some(run)) => run.bold = is_on(tag),
            ("vanish", Some(run)) => run.hidden = is_on(tag),
            ("t", Some(_)) => self.text = true,
            ("tab", Some(_)) => self.put("\t"),
            ("br" | "cr", Some(_)) => self.put("\n"),
            ("noBreakHyphen", Some(_)) => self.put("-"),
            (_, None) => {
                let (Some(paragraph), Some(value)) = (self.open.last_mut(), value(tag)) else { return };
                match name {
                    "pStyle" => paragraph.role = self.styles.role(&value),
                    "numId" => paragraph.numbered = Some(value != "0"),
                    "outlineLvl" => paragraph.outline = value.parse().ok(),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.text = false,
            "r" => self.run = None,
            "p" => {
                let Some(paragraph) = self.open.pop() else { return };
                let role = paragraph.role();
                let plain = paragraph.text.split_whitespace().collect::<Vec<_>>().join(" ");
                if !plain.is_empty() {
                    let place = match role {
                        Role::Title => Some(&mut self.document.title),
                        Role::Heading(_) => Some(&mut self.document.heading),
                        Role::Plain | Role::Item => None,
                    };
                    if let Some(place) = place {
                        place.get_or_insert(plain);
                    }
                }
                let out = match self.open.last_mut() {
                    Some(outer) => &mut outer.inner,
                    None => &mut self.document.text,
                };
                paragraph.write(role, out);
            }
            _ => {}
        }
    }

    /// Text of the open run.
    fn text(&mut self, text: &str) {
        if self.text {
            self.put(&text.replace(['\n', '\r'], " "));
        }
    }

    fn put(&mut self, text: &str) {
        let (Some(run), Some(paragraph)) = (&self.run, self.open.last_mut()) else { return };
        if !run.hidden {
            paragraph.text.push_str(text);
            paragraph.plain |= !run.bold && !text.trim().is_empty();
        }
    }
}

impl Paragraph {
    fn role(&self) -> Role {
        match (self.role, self.outline, self.numbered) {
            (role @ (Role::Title | Role::Heading(_)), _, _) => role,
            (_, Some(level @ 0..9), _) => Role::Heading(level + 1),
            (_, _, Some(true)) => Role::Item,
            (Role::Item, _, Some(false)) => Role::Plain,
            (role, _, _) => role,
        }
    }

    /// Writes the paragraph as one line, and behind it those inside.
    fn write(&self, role: Role, out: &mut String) {
        let text = self.text.trim();
        if !text.is_empty() {
            let bold = role == Role::Plain && !self.plain;
            match role {
                Role::Title => out.push_str("# "),
                Role::Heading(level) => {
                    out.extend(std::iter::repeat_n('#', usize::from(level.min(6))));
                    out.push(' ');
                }
                Role::Item => out.push_str("- "),
                Role::Plain if bold => out.push_str("**"),
                Role::Plain => {}
            }
            escape(text, out);
            if bold {
                out.push_str("**");
            }
        }
        out.push('\n');
        out.push_str(&self.inner);
    }
}

/// Writes text so that nothing in it is a mark, breaks as `<br>`.
fn escape(text: &str, out: &mut String) {
    let mut before = None;
    for (at, character) in text.char_indices() {
        let next = text[at + character.len_utf8()..].chars().next();
        let opens = before.is_none_or(|before| before == '\n');
        let marks = match character {
            // A star typed for a bullet stays one.
            '*' => !(opens && next.is_some_and(char::is_whitespace)),
            '_' | '`' | '[' | ']' | '\\' | '|' => true,
            '#' => opens,
            '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => opens_entity(&text[at + 1..]),
            _ => false,
        };
        if character == '\n' {
            out.push_str("<br>");
        } else {
            if marks {
                out.push('\\');
            }
            out.push(character);
        }
        before = Some(character);
    }
}

/// Whether a text behind `&` reads on like an entity.
fn opens_entity(text: &str) -> bool {
    let name = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    name > 0 && text.as_bytes().get(name) == Some(&b';')
}

#[cfg(test)]
mod tests {
    use super::super::testing::main;
    use super::*;

    fn text(paragraphs: &str) -> String {
        read(&main(paragraphs), &Styles::default()).unwrap().text
    }

    #[test]
    fn what_is_seen_is_read_and_nothing_else() {
        const CASES: &[(&str, &str, &str)] = &[
            (
                "runs",
                "<w:p><w:r><w:t>Own the </w:t></w:r><w:r><w:t>roadmap</w:t></w:r></w:p>",
                "Own the roadmap\n",
            ),
            ("empty", "<w:p/><w:p></w:p><w:p><w:r><w:t>a</w:t></w:r></w:p>", "\n\na\n"),
            (
                "marks",
                "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>",
                "a\tb<br>c-d\n",
            ),
            (
                "tab stops",
                "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>",
                "a\n",
            ),
            (
                "changes",
                "<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>\
                 <w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom></w:p>",
                "new\n",
            ),
            (
                "fields and hidden text",
                "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r>\
                 <w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>",
                "link\n",
            ),
            (
                "entities",
                "<w:p><w:r><w:t>R&amp;D &#8211; &lt;x&gt; &nbsp;</w:t></w:r></w:p>",
                "R&D – \\<x>\n",
            ),
            (
                "list",
                "<w:p><w:pPr><w:numPr><w:numId w:val='3'/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>",
                "- a\n",
            ),
            (
                "list taken away",
                "<w:p><w:pPr><w:pStyle w:val='ListBullet'/><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr>\
                 <w:r><w:t>a</w:t></w:r></w:p>",
                "a\n",
            ),
            (
                "numbered heading",
                "<w:p><w:pPr><w:pStyle w:val='Heading2'/><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>\
                 <w:r><w:t>Duties</w:t></w:r></w:p>",
                "## Duties\n",
            ),
            (
                "bold",
                "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Duties</w:t></w:r><w:r><w:t xml:space='preserve'> </w:t></w:r></w:p>\
                 <w:p><w:r><w:rPr><w:b w:val='0'/></w:rPr><w:t>a</w:t></w:r></w:p>",
                "**Duties**\na\n",
            ),
            (
                "text box",
                "<w:p><w:r><w:t>a</w:t></w:r><mc:AlternateContent><mc:Choice><w:r><w:txbxContent><w:p><w:r><w:t>b</w:t></w:r>\
                 </w:p></w:txbxContent></w:r></mc:Choice><mc:Fallback><w:p><w:r><w:t>b</w:t></w:r></w:p></mc:Fallback>\
                 </mc:AlternateContent><w:r><w:t>c</w:t></w:r></w:p>",
                "ac\nb\n",
            ),
            (
                "table",
                "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
                "a\n\n",
            ),
            ("other names", "<w:p><w:r><m:t>a</m:t><w:t>b</w:t></w:r></w:p>", "b\n"),
        ];
        for (name, paragraphs, expected) in CASES {
            assert_eq!(text(paragraphs), *expected, "{name}");
        }
    }

    #[test]
    fn text_is_never_a_mark() {
        const CASES: &[(&str, &str)] = &[
            ("5 * 3 and snake_case", "5 \\* 3 and snake\\_case"),
            ("* typed bullet", "* typed bullet"),
            ("# 1 in Europe", "\\# 1 in Europe"),
            ("<b> & R&D &lt;", "\\<b> & R&D \\&lt;"),
            ("a < b", "a < b"),
            ("[x](y)", "\\[x\\](y)"),
        ];
        for (text, expected) in CASES {
            let mut out = String::new();
            escape(text, &mut out);
            assert_eq!(out, *expected);
        }
    }
}
