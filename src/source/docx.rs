//! Word documents (`.docx`): the text of the main part as lines of Markdown, one paragraph a line.
//!
//! Headings become `#` lines, list items `- ` lines, breaks inside a paragraph `<br>`, and empty paragraphs empty
//! lines, so that the number of a line is the number of its paragraph. What readers of the document do not see is
//! left out: deletions, hidden text, field codes, comments, headers and footers.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;
use zip::result::ZipError;

mod body;
mod style;

use crate::outcome::Fault;

/// Longest part of a document that is read, unpacked.
const PART_LIMIT: u64 = 32 * 1024 * 1024;

/// Most files that a document may hold.
const FILE_LIMIT: u16 = 10_000;

/// Deepest nesting of elements.
const DEPTH_LIMIT: usize = 256;

/// What a Word document says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Document {
    /// The paragraphs, a line each, with headings and list items marked as in Markdown.
    pub(super) text: String,
    /// The paragraph set as the title.
    pub(super) title: Option<String>,
    /// The first heading.
    pub(super) heading: Option<String>,
    /// The title among the document's properties.
    pub(super) property: Option<String>,
}

/// Reads a Word document.
pub(super) fn read(bytes: &[u8]) -> Result<Document, Fault> {
    if files(bytes) > FILE_LIMIT {
        return Err(broken("it holds too many files"));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&reason(&error)))?;
    let main = archive
        .file_names()
        .filter_map(Result::ok)
        .filter(|name| name.starts_with("word/document") && name.ends_with(".xml"))
        .min_by_key(|name| name.len())
        .map(Cow::into_owned)
        .ok_or_else(|| broken("it holds no word/document.xml"))?;
    let text = part(&mut archive, &main)?.ok_or_else(|| broken("it holds no word/document.xml"))?;
    // Without styles and properties the text is still there.
    let styles = part(&mut archive, "word/styles.xml").ok().flatten();
    let styles = styles.map(|xml| style::Styles::read(&xml)).unwrap_or_default();
    let properties = part(&mut archive, "docProps/core.xml").ok().flatten();
    let mut document = body::read(&text, &styles).map_err(|what| broken(&format!("{main}: {what}")))?;
    document.property = properties.and_then(|xml| property(&xml));
    Ok(document)
}

/// One part of the document as text; `None` when it has no such part.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, Fault> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(broken(&format!("{name}: {}", reason(&error)))),
    };
    let mut bytes = Vec::new();
    file.take(PART_LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| broken(&format!("{name}: {error}").to_lowercase()))?;
    if bytes.len() as u64 > PART_LIMIT {
        let limit = PART_LIMIT / (1024 * 1024);
        let message = format!("{name} is longer than {limit} MiB when unpacked");
        return Err(Fault { code: "record-too-long".to_owned(), message });
    }
    let text = super::decode::open(Cursor::new(bytes));
    let mut xml = String::new();
    let mut reader = text.reader;
    reader.read_to_string(&mut xml).map_err(|_| broken(&format!("{name} is not UTF-8")))?;
    Ok(Some(xml))
}

/// How many files the archive says it holds.
fn files(bytes: &[u8]) -> u16 {
    let tail = &bytes[bytes.len().saturating_sub(66_000)..];
    let end = memmem::rfind(tail, b"PK\x05\x06").and_then(|at| tail.get(at + 10..at + 12));
    end.map_or(0, |count| u16::from_le_bytes([count[0], count[1]]))
}

/// The title among the properties, unless a program filled it in.
fn property(xml: &str) -> Option<String> {
    let mut reader = Reader::from_str(xml);
    let mut title = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) if local(&tag) == "title" => title = Some(String::new()),
            Event::Text(text) => {
                if let Some(title) = &mut title {
                    title.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(entity) => {
                if let Some(title) = &mut title {
                    title.extend(body::character(&entity));
                }
            }
            Event::End(_) if title.is_some() => break,
            Event::Eof => return None,
            _ => {}
        }
    }
    title.map(|title| title.trim().to_owned()).filter(|title| {
        let lower = title.to_lowercase();
        !title.is_empty() && !lower.starts_with("microsoft word") && lower != "word document"
    })
}

/// The name of an element without its prefix.
fn local<'t>(tag: &'t BytesStart<'_>) -> &'t str {
    let name = tag.name().into_inner();
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The value of the attribute `val`.
fn value(tag: &BytesStart<'_>) -> Option<String> {
    tag.attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().into_inner() == "val")
        .map(|attribute| attribute.value.into_owned())
}

/// Whether a property that is on by being there is on.
fn is_on(tag: &BytesStart<'_>) -> bool {
    !matches!(value(tag).as_deref(), Some("0" | "false" | "off" | "none"))
}

fn reason(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(what) => format!("the archive cannot be unpacked ({what})"),
        _ => "the archive is damaged".to_owned(),
    }
}

fn broken(what: &str) -> Fault {
    let message = format!("the Word document cannot be read: {what}; save it again, or as text");
    Fault { code: "invalid-docx".to_owned(), message }
}

#[cfg(test)]
pub(super) mod testing {
    //! Makes small documents.

    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// A document with these parts.
    pub(crate) fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    /// The main part around these paragraphs.
    pub(crate) fn main(paragraphs: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><w:document xmlns:mc=\"mc\" \
             xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{paragraphs}\
             </w:body></w:document>"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{main, packed};
    use super::*;

    fn fault(bytes: &[u8]) -> (String, String) {
        let fault = read(bytes).unwrap_err();
        (fault.code, fault.message)
    }

    #[test]
    fn a_document_is_its_paragraphs_and_its_titles() {
        let body = main(
            "<w:p><w:pPr><w:pStyle w:val=\"T\"/></w:pPr><w:r><w:t>PM, Pay</w:t></w:r></w:p><w:p/>\
             <w:p><w:r><w:t>We hire.</w:t></w:r></w:p>",
        );
        let styles =
            "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"T\"><w:name w:val=\"Title\"/></w:style></w:styles>";
        let core = "<c><dc:creator>x</dc:creator><dc:title>R&amp;D PM</dc:title></c>";
        let bytes =
            packed(&[("word/document.xml", &body), ("word/styles.xml", styles), ("docProps/core.xml", core)]);
        let document = read(&bytes).unwrap();
        assert_eq!(document.text, "# PM, Pay\n\nWe hire.\n");
        assert_eq!(document.title.as_deref(), Some("PM, Pay"));
        assert_eq!(document.property.as_deref(), Some("R&D PM"));
    }

    #[test]
    fn what_is_no_document_says_so() {
        let other = packed(&[("a.txt", "x")]);
        assert_eq!(fault(&other).0, "invalid-docx");
        assert!(fault(&other).1.contains("it holds no word/document.xml"));
        let torn = packed(&[("word/document.xml", "<w:document><w:p>")]);
        assert!(fault(&torn[..torn.len() - 30]).1.contains("the archive is damaged"));
        let broken = packed(&[("word/document.xml", "<w:document><w:p></w:x></w:document>")]);
        assert!(fault(&broken).1.contains("word/document.xml: "), "{}", fault(&broken).1);
    }

    #[test]
    fn a_bomb_is_refused_before_it_goes_off() {
        let long = " ".repeat(usize::try_from(PART_LIMIT).unwrap() + 1);
        let bomb = packed(&[("word/document.xml", &long)]);
        assert!(bomb.len() < 200_000);
        assert_eq!(fault(&bomb).0, "record-too-long");
        let deep = main(&"<w:p>".repeat(DEPTH_LIMIT));
        assert!(fault(&packed(&[("word/document.xml", &deep)])).1.contains("nested too deep"));
    }

    #[test]
    fn titles_that_programs_fill_in_are_none() {
        assert_eq!(property("<c><dc:title>Microsoft Word - a.doc</dc:title></c>"), None);
        assert_eq!(property("<c><dc:title></dc:title></c>"), None);
        assert_eq!(property("<c><dc:title/></c>"), None);
    }
}
