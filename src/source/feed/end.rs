//! Where the element that holds a posting ends.

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::Event;

use super::super::ascii::{Ascii, position};
use super::super::element;
use super::super::xml::DEEPEST;

/// How the element at hand ends.
pub(super) enum End {
    /// Before this offset.
    At(usize),
    /// Behind the bytes at hand.
    More,
    /// Nowhere, for this reason.
    Broken(String),
}

/// Where the element called `record` ends that begins `bytes`; `all` says that no more will come. When `loose`, what
/// marks up a text is only text.
pub(super) fn end(
    reader: &mut Reader<Ascii<'_>>,
    record: &str,
    length: usize,
    all: bool,
    loose: bool,
) -> End {
    reader.config_mut().check_end_names = !loose;
    reader.config_mut().allow_unmatched_ends = loose;
    let closing = format!("</{record}>");
    let (mut depth, mut buffer, mut open) = (0_usize, Vec::new(), Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag))
                if loose && depth > 0 && element::marks_up(tag.name().as_ref()) => {}
            Ok(Event::End(tag)) if loose && element::marks_up(tag.name().as_ref()) => {}
            Ok(Event::End(tag)) if loose && open.pop().as_deref() != Some(tag.name().as_ref()) => {
                return End::Broken("an element ends inside another".to_owned());
            }
            Ok(Event::Start(tag)) => {
                if depth > 0 && tag.name().as_ref() == record {
                    return End::Broken(format!("another <{record}> begins inside"));
                }
                depth += 1;
                if loose {
                    open.push(tag.name().as_ref().to_owned());
                }
                if depth > DEEPEST {
                    return End::Broken(format!("elements nest deeper than {DEEPEST}"));
                }
            }
            Ok(Event::Empty(_)) if depth == 0 => return End::At(position(reader)),
            Ok(Event::End(_)) => {
                depth -= 1;
                if depth == 0 {
                    return End::At(position(reader));
                }
            }
            Ok(Event::CData(text)) if memmem::find(text.as_bytes(), closing.as_bytes()).is_some() => {
                return End::Broken("a CDATA section does not end".to_owned());
            }
            Ok(Event::Comment(text)) if memmem::find(text.as_bytes(), closing.as_bytes()).is_some() => {
                return End::Broken("a comment does not end".to_owned());
            }
            Ok(Event::Eof) if all => return End::Broken("the file ends inside it".to_owned()),
            Ok(Event::Eof) => return End::More,
            Ok(_) => {}
            Err(Error::IllFormed(error)) if position(reader) < length => {
                return End::Broken(error.to_string().to_lowercase());
            }
            Err(error) if all => return End::Broken(error.to_string().to_lowercase()),
            Err(_) => return End::More,
        }
    }
}
