//! Names the formats that are not read, by their first bytes.

use memchr::{memchr, memmem};

/// First bytes of a Parquet file.
pub(super) const PARQUET: &[u8] = b"PAR1";

/// First bytes of formats that are not read, and what people call them.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (WebP image, sound or film)"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc, .xls)"),
    (PARQUET, "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"Obj\x01", "an Avro file"),
    (b"\x1f\x8b", "compressed twice (gzip inside)"),
    (b"\x28\xb5\x2f\xfd", "compressed twice (zstd inside)"),
    (b"\xff\xfe\0\0", "text in UTF-32"),
    (b"\0\0\xfe\xff", "text in UTF-32"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
];

/// What a ZIP archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Archive {
    /// A Word document.
    Word,
    /// Something else, as far as its beginning shows.
    Other,
}

/// Whether something begins like a ZIP archive, and of which kind.
pub(super) fn archive(head: &[u8]) -> Option<Archive> {
    if !head.starts_with(b"PK\x03\x04") && !head.starts_with(b"PK\x05\x06") {
        return None;
    }
    Some(if memmem::find(head, b"word/document").is_some() { Archive::Word } else { Archive::Other })
}

/// What to do about something that is not read, by what it is called.
pub(super) fn advice(name: &str) -> &'static str {
    const ADVICE: &[(&[&str], &str)] = &[
        (&["Excel", "OpenDocument"], "save a sheet as CSV (UTF-8), a text as .docx"),
        (&["SQLite"], "export the table as CSV"),
        (
            &["PDF", "Rich Text", "Pages", "PowerPoint"],
            "save the document that it was made from as .docx or as text",
        ),
        (&["old Office"], "save it as .docx, a workbook as CSV (UTF-8)"),
        (&["image", "RIFF"], "a picture holds no text that could be judged; give the text"),
        (&["ZIP", "7-Zip", "RAR", "tar "], "unpack it and give the files"),
        (&["bzip2", "xz file", "compressed twice"], "unpack it, or pack it once with gzip or zstd"),
        (&["no Parquet file", "no web archive"], "write it again, or say what it is with --format"),
        (&["Parquet"], "build rolecall with the feature \"parquet\", or convert it to CSV"),
        (&["Arrow", "Avro"], "convert it to CSV, JSON Lines or Parquet"),
        (
            &["web page"],
            "perhaps an error page was saved: fetch it again, or read it with --format html if it is a posting",
        ),
        (&["pointer of Git LFS"], "fetch the file itself with git lfs pull"),
        (&["no Word document"], "save it as .docx again, or say what it is with --format"),
        (&["UTF-32"], "save it as UTF-8"),
        (&["SQL statements"], "load it into a database and export the table as CSV"),
        (&["source code"], "let the program write its list as JSON"),
        (&["TOML"], "convert it to JSON, an object a posting"),
        (&["MIME"], "save the page as HTML, the mail as text"),
        (
            &["N-Quads"],
            "group the statements by posting and give a JSON object a line, as JSON-LD tools write",
        ),
    ];
    let found = ADVICE.iter().find(|(names, _)| names.iter().any(|part| name.contains(part)));
    found.map_or("convert it to CSV, JSON, Markdown, HTML or text", |(_, advice)| advice)
}

/// Whether bytes begin like a format that has a name here.
pub(super) fn is_known(head: &[u8]) -> bool {
    MAGIC.iter().any(|(magic, _)| head.starts_with(magic))
}

/// What binary data are called; `None` for text.
pub(super) fn name(head: &[u8]) -> Option<&'static str> {
    if archive(head).is_some() {
        let holds = |name: &[u8]| memmem::find(head, name).is_some();
        return Some(match () {
            () if holds(b"word/") => "a Word document (.docx)",
            () if holds(b"xl/") => "an Excel workbook (.xlsx)",
            () if holds(b"ppt/") => "a PowerPoint presentation (.pptx)",
            () if holds(b"application/vnd.oasis.opendocument") => "an OpenDocument file (.odt, .ods)",
            () if holds(b"Index/Document.iwa") => "a Pages document (.pages)",
            () => "a ZIP archive",
        });
    }
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(name);
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some("a tar archive");
    }
    is_binary(head).then_some("binary data of no known format")
}

/// Whether bytes are no text: too many of them are control characters, and zeros among these.
///
/// A zero here and there, or a stretch of them where a disk failed, is damage that costs the records it hits.
fn is_binary(head: &[u8]) -> bool {
    let mut before = 1;
    let mut strange = 0;
    for byte in head {
        let again = *byte == 0 && before == 0;
        strange += usize::from(!again && matches!(byte, 0..=8 | 14..=26 | 28..=31));
        before = *byte;
    }
    strange * 32 > head.len() && memchr(0, head).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_not_read_comes_with_advice_of_its_own() {
        for (_, name) in MAGIC.iter().filter(|(_, name)| !name.contains("program")) {
            assert_ne!(advice(name), advice("anything else"), "{name}");
        }
        assert_eq!(advice("an Excel workbook (.xlsx)"), "save a sheet as CSV (UTF-8), a text as .docx");
        assert_eq!(advice("a PDF document"), "save the document that it was made from as .docx or as text");
    }

    #[test]
    fn binary_data_have_names_and_text_has_none() {
        const CASES: &[(&[u8], Option<&str>)] = &[
            (b"PK\x03\x04..xl/workbook.xml", Some("an Excel workbook (.xlsx)")),
            (b"PK\x03\x04..word/document.xml", Some("a Word document (.docx)")),
            (b"PK\x03\x04..a.txt", Some("a ZIP archive")),
            (b"SQLite format 3\0", Some("a SQLite database")),
            (b"a\0b", Some("binary data of no known format")),
            (b"{\"title\":\"Product\0 Manager\",\"body\":\"x\"}", None),
            (b"{\"title\":\"Product Manager\",\"body\":\"x\"}\0\0\0\0\0\0", None),
            (b"PDF", None),
            (b"", None),
        ];
        for (head, expected) in CASES {
            assert_eq!(name(head), *expected, "{}", String::from_utf8_lossy(head));
        }
    }
}
