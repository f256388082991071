//! Names the formats that are not read, by their first bytes.

use memchr::{memchr, memmem};

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
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"Obj\x01", "an Avro file"),
    (b"\x1f\x8b", "gzip within gzip"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"WARC/1.", "a web archive (WARC)"),
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
    memchr(0, head).map(|_| "binary data of no known format")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_data_have_names_and_text_has_none() {
        const CASES: &[(&[u8], Option<&str>)] = &[
            (b"PK\x03\x04..xl/workbook.xml", Some("an Excel workbook (.xlsx)")),
            (b"PK\x03\x04..word/document.xml", Some("a Word document (.docx)")),
            (b"PK\x03\x04..a.txt", Some("a ZIP archive")),
            (b"SQLite format 3\0", Some("a SQLite database")),
            (b"a\0b", Some("binary data of no known format")),
            (b"PDF", None),
            (b"", None),
        ];
        for (head, expected) in CASES {
            assert_eq!(name(head), *expected, "{}", String::from_utf8_lossy(head));
        }
    }
}
