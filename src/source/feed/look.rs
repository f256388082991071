//! What stands in a feed before its next posting.

use quick_xml::events::Event;

use super::super::ascii::{position, structure};
use super::super::{charset, element};

/// What a document type begins with.
pub(super) const DOCTYPE: &[u8] = b"<!DOCTYPE";

/// How many names and texts around the postings are remembered.
pub(super) const REMEMBERED: usize = 24;

/// The longest text around the postings that is remembered.
const LONGEST: usize = 300;

/// What stands before the next posting.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says one thing that may stand there")]
pub(super) struct Look {
    /// How far it reaches.
    pub(super) length: usize,
    /// How many bytes were looked at.
    pub(super) looked: usize,
    /// The name of the element of the posting, when one begins behind it.
    pub(super) record: Option<String>,
    /// Whether something stands there that is not whole, or wrong.
    pub(super) stuck: bool,
    /// Whether it ends with the declaration of the XML, and other elements stand before that.
    pub(super) declared: bool,
    /// Whether a document type stands there.
    pub(super) doctype: bool,
    pub(super) seen: Vec<String>,
    /// Whether the first element of all ends.
    pub(super) closed: bool,
    pub(super) strings: Vec<(String, String)>,
}

impl Look {
    pub(super) fn at(bytes: &[u8], root: Option<&str>, record: Option<&str>, first: bool) -> Self {
        let mut look = Self::default();
        let mut reader = structure(bytes);
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        // The element that has just begun, and where its content does.
        let (mut name, mut content) = (String::new(), 0);
        let mut buffer = Vec::new();
        loop {
            look.length = position(&reader);
            let next = bytes.get(look.length..look.length + DOCTYPE.len());
            if next.is_some_and(|next| next.eq_ignore_ascii_case(DOCTYPE)) {
                look.doctype = true;
                return look;
            }
            buffer.clear();
            let event = reader.read_event_into(&mut buffer);
            look.looked = position(&reader);
            match event {
                Ok(Event::Start(tag) | Event::Empty(tag)) => {
                    tag.name().as_ref().clone_into(&mut name);
                    if record.map_or_else(|| element::holds_posting(&name), |record| record == name) {
                        look.record = Some(name);
                        return look;
                    }
                    if look.seen.len() < REMEMBERED {
                        look.seen.push(name.clone());
                    }
                    content = look.looked;
                }
                Ok(Event::End(tag)) => {
                    look.closed |=
                        root.or(look.seen.first().map(String::as_str)) == Some(tag.name().as_ref());
                    if first && !name.is_empty() {
                        look.remember(&name, &bytes[content..look.length]);
                    }
                    name.clear();
                }
                Ok(Event::Decl(_)) if root.is_some() || !look.seen.is_empty() => {
                    look.declared = true;
                    look.length = look.looked;
                    return look;
                }
                Ok(Event::Eof) => return look,
                Ok(_) => {}
                Err(_) => {
                    look.stuck = true;
                    return look;
                }
            }
        }
    }

    fn remember(&mut self, name: &str, content: &[u8]) {
        let text = charset::text(content);
        let text = text.trim();
        let plain =
            text.strip_prefix("<![CDATA[").and_then(|text| text.strip_suffix("]]>")).unwrap_or(text).trim();
        if !plain.is_empty()
            && plain.len() <= LONGEST
            && !plain.contains('<')
            && self.strings.len() < REMEMBERED
        {
            self.strings.push((name.to_owned(), html_escape::decode_html_entities(plain).into_owned()));
        }
    }
}
