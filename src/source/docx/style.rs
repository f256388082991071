//! What the paragraph styles of a Word document stand for.
//!
//! The ids of styles depend on the language of the program that wrote the document; their names do not.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{local, value};

/// How many styles may be based one on another.
const LONGEST_CHAIN: usize = 12;

/// What a paragraph is by its style.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing special.
    #[default]
    Plain,
    /// The title of the document.
    Title,
    /// A heading of this level, 1 to 9.
    Heading(u8),
    /// An item of a list.
    Item,
}

/// The paragraph styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    numbered: bool,
}

impl Styles {
    /// Reads `word/styles.xml`; what cannot be read is left out.
    pub(super) fn read(xml: &str) -> Self {
        let mut reader = Reader::from_str(xml);
        let mut styles = BTreeMap::new();
        let mut open: Option<(String, Style)> = None;
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag)) if local(&tag) == "style" => {
                    open = attribute(&tag, "styleId").map(|id| (id, Style::default()));
                }
                Ok(Event::Start(tag) | Event::Empty(tag)) => {
                    if let Some((_, style)) = &mut open {
                        style.note(&tag);
                    }
                }
                Ok(Event::End(tag)) if tag.local_name().into_inner() == "style" => styles.extend(open.take()),
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
        Self(styles)
    }

    /// What a paragraph of the style with this id is.
    pub(super) fn role(&self, id: &str) -> Role {
        let mut id = id;
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = self.0.get(id) else { return named(id) };
            match named(&style.name) {
                Role::Plain => {}
                role => return role,
            }
            if let Some(level) = style.outline.filter(|level| *level < 9) {
                return Role::Heading(level + 1);
            }
            if style.numbered {
                return Role::Item;
            }
            match &style.based_on {
                Some(base) => id = base,
                None => break,
            }
        }
        Role::Plain
    }
}

impl Style {
    fn note(&mut self, tag: &BytesStart<'_>) {
        match local(tag) {
            "name" => self.name = value(tag).unwrap_or_default(),
            "basedOn" => self.based_on = value(tag),
            "outlineLvl" => self.outline = value(tag).and_then(|level| level.parse().ok()),
            "numPr" => self.numbered = true,
            _ => {}
        }
    }
}

/// What the name of a style, or an id made of it, says.
fn named(name: &str) -> Role {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    if name == "title" {
        return Role::Title;
    }
    if let Some(level) = name.strip_prefix("heading") {
        return level.parse().map_or(Role::Plain, |level: u8| Role::Heading(level.clamp(1, 9)));
    }
    // Indented paragraphs of a list, which have no bullet of their own.
    let beside = ["listparagraph", "listcontinue", "listtable"].iter().any(|other| name.starts_with(other));
    if name.starts_with("list") && !beside { Role::Item } else { Role::Plain }
}

/// The value of the attribute with this name.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().into_inner() == name)
        .map(|attribute| attribute.value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_known_by_name_outline_numbering_and_base() {
        const XML: &str = "<w:styles>
            <w:style w:styleId='berschrift2'><w:name w:val='heading 2'/></w:style>
            <w:style w:styleId='Titel'><w:name w:val='Title'/></w:style>
            <w:style w:styleId='Section'><w:name w:val='Section'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>
            <w:style w:styleId='Points'><w:name w:val='Points'/><w:pPr><w:numPr/></w:pPr></w:style>
            <w:style w:styleId='MyPoints'><w:name w:val='My points'/><w:basedOn w:val='Points'/></w:style>
            <w:style w:styleId='LP'><w:name w:val='List Paragraph'/></w:style>
            <w:style w:styleId='Loop'><w:name w:val='Loop'/><w:basedOn w:val='Loop'/></w:style>
            <w:style w:styleId='Body'><w:name w:val='Body'/><w:pPr><w:outlineLvl w:val='9'/></w:pPr></w:style>
            </w:styles>";
        const CASES: &[(&str, Role)] = &[
            ("berschrift2", Role::Heading(2)),
            ("Titel", Role::Title),
            ("Section", Role::Heading(1)),
            ("Points", Role::Item),
            ("MyPoints", Role::Item),
            ("LP", Role::Plain),
            ("Loop", Role::Plain),
            ("Body", Role::Plain),
            // Not in the file: the id itself tells.
            ("ListBullet", Role::Item),
            ("Heading1", Role::Heading(1)),
            ("Heading", Role::Plain),
        ];
        let styles = Styles::read(XML);
        for (id, role) in CASES {
            assert_eq!(styles.role(id), *role, "{id}");
        }
    }
}
