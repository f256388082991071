//! Whether text begins like a feed, a web page, statements of RDF, a table or a draft with front matter.

use memchr::{memchr, memmem};
use quick_xml::events::Event;

use super::field::{Field, Mapping};
use super::{front, row, table};

/// What shows that text with this first element is XML.
pub(super) fn is_xml(root: &str, declared: bool) -> Option<&'static str> {
    match () {
        () if declared => Some("it begins with XML"),
        () if ROOTS.contains(&root) => Some("it begins with the element of a feed"),
        () => None,
    }
}

/// The elements that feeds begin with.
const ROOTS: &[&str] =
    &["rss", "feed", "rdf", "workzag-jobs", "jobs", "positions", "job", "position", "vacancies"];

/// The first element of XML, without prefix and in lower case, and whether an XML declaration stands before it.
pub(super) fn root(text: &[u8]) -> Option<(String, bool)> {
    let start = text.first().filter(|byte| **byte == b'<').map(|_| String::from_utf8_lossy(text))?;
    let mut reader = quick_xml::Reader::from_str(&start);
    let mut declared = false;
    // Comments and the like may stand before it.
    for _ in 0..64 {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => {
                return Some((tag.local_name().as_ref().to_ascii_lowercase(), declared));
            }
            Ok(Event::Decl(_)) => declared = true,
            Ok(Event::Comment(_) | Event::PI(_) | Event::DocType(_)) => {}
            Ok(Event::Text(text)) if text.trim().is_empty() => {}
            // A document type may be longer than what is at hand.
            Err(_) if declared => return Some((String::new(), true)),
            _ => return None,
        }
    }
    None
}

/// Whether text begins like a web page or a fragment of one.
pub(super) fn looks_like_page(text: &[u8]) -> bool {
    const TAGS: &[&str] = &[
        "!doctype html",
        "html",
        "head",
        "body",
        "!--",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "ul",
        "ol",
        "section",
        "article",
        "main",
        "span",
        "strong",
        "b",
        "meta",
        "title",
        "table",
        "header",
        "nav",
        "script",
        "style",
        "br",
    ];
    let Some(rest) = text.strip_prefix(b"<") else { return false };
    TAGS.iter().any(|tag| {
        let (start, after) = rest.split_at(tag.len().min(rest.len()));
        start.eq_ignore_ascii_case(tag.as_bytes())
            && (*tag == "!--" || after.first().is_none_or(|byte| !byte.is_ascii_alphanumeric()))
    })
}

/// Whether the first lines are statements: `_:a <http://…> "…" <http://…> .`
pub(super) fn is_quads(text: &[u8]) -> bool {
    let mut lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    lines.next().is_some_and(|line| {
        (line.starts_with(b"_:") || line.starts_with(b"<http"))
            && line.ends_with(b" .")
            && memmem::find(line, b" <http").is_some()
    })
}

/// What text is called that holds postings in a form of its own, by its beginning and the ending of its name.
pub(super) fn foreign(text: &[u8], ending: Option<&str>) -> Option<&'static str> {
    const SQL: &[&str] =
        &["create table", "insert into", "drop table", "-- mysql dump", "-- postgresql database"];
    const CODE: &[&str] = &["js", "mjs", "cjs", "jsx", "ts", "tsx", "py", "php", "rb", "go", "java", "rs"];
    let head = String::from_utf8_lossy(&text[..text.len().min(4096)]).to_ascii_lowercase();
    let lines = head.lines().map(str::trim);
    let ended = |endings: &[&str]| ending.is_some_and(|ending| endings.contains(&ending));
    let statement = |line: &str| SQL.iter().any(|start| line.starts_with(start));
    let mail = |line: &str| line.starts_with("mime-version:");
    match () {
        () if ended(&["sql"]) => Some("a file of SQL statements"),
        // Remarks stand before the first statement, and nothing else.
        () if lines
            .clone()
            .take_while(|line| line.is_empty() || line.starts_with("--") || statement(line))
            .any(statement) =>
        {
            Some("a file of SQL statements")
        }
        () if ended(CODE) => Some("source code"),
        () if ended(&["toml"]) || first_says(&head, is_table_of_toml) => Some("a list in TOML"),
        () if lines.take_while(|line| !line.is_empty()).any(mail) => Some("a saved mail or page (MIME)"),
        () => None,
    }
}

/// Whether the first two lines that say something are both wanted: the first by itself, the second as what follows it.
fn first_says(head: &str, wanted: fn(&str, &str) -> bool) -> bool {
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    matches!((lines.next(), lines.next()), (Some(first), Some(second)) if wanted(first, second))
}

/// Whether lines begin a list of tables: `[[job]]`, then `title = "…"`.
fn is_table_of_toml(first: &str, second: &str) -> bool {
    first.starts_with("[[") && first.ends_with("]]") && second.contains('=')
}

/// Whether the text is a workbook that Excel wrote as XML.
pub(super) fn is_workbook(text: &[u8]) -> bool {
    let head = &text[..text.len().min(2048)];
    let of_excel = |mark: &[u8]| memmem::find(head, mark).is_some();
    of_excel(b"<Workbook") && of_excel(b"urn:schemas-microsoft-com:office:spreadsheet")
}

/// Whether the text is a page that we wrote.
pub(super) fn is_own_page(text: &[u8]) -> bool {
    let head = &text[..text.len().min(2048)];
    head.starts_with(b"<!doctype html>")
        && memmem::find(head, b"<meta name=\"generator\" content=\"rolecall\">").is_some()
}

/// The delimiter of a first line that names both a title and a body.
pub(super) fn table_by_header(head: &[u8], mapping: &Mapping) -> Option<u8> {
    let line = &head[..memchr(b'\n', head)?];
    let (delimiter, known) = table::sniff(head, mapping);
    if known < 2 || line.len() > 4096 {
        return None;
    }
    let header = row::Header::read(line, row::Cells::by(delimiter), mapping);
    let fields: Vec<_> = header.fields().collect();
    let body = fields.iter().any(|field| matches!(field, Field::Body | Field::Section(_)));
    (fields.contains(&Field::Title) && body).then_some(delimiter)
}

/// Whether text begins with front matter that gives fields.
pub(super) fn has_front_matter(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    front::find(&text).is_some_and(|front| front.inner.slice(&text).contains([':', '=']))
}
