//! What inputs are told from their first bytes, and what a name adds.

use super::*;

const PAGE: Kind = Kind::Page;
const TEXT: Kind = Kind::Draft(DraftKind::Text);
const MARKDOWN: Kind = Kind::Draft(DraftKind::Markdown);
const SQL: Kind = Kind::Unsupported("a file of SQL statements");
const QUADS: Kind = Kind::Unsupported("a file of RDF statements (N-Quads, N-Triples)");

#[test]
fn inputs_are_what_their_first_bytes_show() {
    const CASES: &[(&str, &[u8], Kind)] = &[
        ("-", b"{\"a\":1}\n{\"a\":2}\n", Kind::JsonLines),
        ("-", b"{\"a\":1\n{\"a\":2}\n", Kind::JsonLines),
        ("-", b"{\"a\":1}", Kind::Json),
        ("x.jsonl", b"{\"a\":1}", Kind::JsonLines),
        ("x.jsonl", b"[{\"a\":1}]", Kind::Json),
        ("-", b"[[{\"a\":1}],[]]", Kind::Json),
        ("-", b"[[a link]] to {it}", TEXT),
        ("-", b"[[\"title\", \"body\"],\n[\"PM\"", Kind::Json),
        ("-", b"[[\"a\"]] and more", TEXT),
        ("x.json", b"show({\"jobs\":[{\"title\":", Kind::Script),
        ("x.json", b")]}'\n{\"jobs\":[", Kind::Script),
        ("x.jsonl", b"(all)\n{\"a\":1}\n{\"a\":2}\n", Kind::JsonLines),
        ("x.json", b"{\"a\":1}\n{\"a\":2}\n", Kind::JsonLines),
        ("x.json", b"{\n \"jobs\": [\n{", Kind::Json),
        ("x.jsonl", b"{\n \"jobs\": [\n{", Kind::Json),
        ("x.jsonl", b"{\n \"a\": 1,\n \"b\": 2\n}\n{\n", Kind::Json),
        ("x.jsonl", b"{\"a\":\"x\ny\"}\n{\"a\":1}\n", Kind::JsonLines),
        ("x.jsonl", b"{\"a\":1,\n{\"a\":2}\n", Kind::JsonLines),
        ("x.jsonl", b"{\"a\":1}{\"a\":2}\n", Kind::Json),
        ("x.jsonl", b"title,description\nPM,x\n", Kind::Table(b',')),
        ("x.html", b"title;description\nPM;x\n", Kind::Table(b';')),
        ("x.md", b"title,description\nPM,x\n", Kind::Table(b',')),
        ("x.md", b"| title | description |\n| --- | --- |\n", MARKDOWN),
        ("x.jsonl", b"---\ntitle: PM\n---\nOwn", MARKDOWN),
        ("x.csv", b"[{\"a\":1}]", Kind::Json),
        ("x.csv", b"title;body\n", Kind::Table(b';')),
        ("x.tsv", b"title\tbody\n", Kind::Table(b'\t')),
        ("-", b"id,Job Title,Description\n1,PM,x\n", Kind::Table(b',')),
        ("-", b"PM, Lyon, description follows\n\nWe are", TEXT),
        ("x.csv", b"\n\n<!DOCTYPE html><html>", Kind::Misnamed("a web page")),
        ("x.csv.gz", b"title,body\n", Kind::Table(b',')),
        ("x.md", b"<!-- a comment -->\n# PM", MARKDOWN),
        ("-", b"---\ntitle: PM\n---\n", MARKDOWN),
        ("pm.html.md.erb", b"---\ntitle: PM\n---\nOwn", MARKDOWN),
        ("x.yml", b"---\ntitle: PM\n---\n", Kind::OtherText),
        ("x.nq", b"_:a <http://schema.org/title> \"PM\" <https://example.com/1> .\n", QUADS),
        ("x.jsonl", b"{\"title\":\"P\0M\",\"body\":\"a text that is long enough\"}", Kind::JsonLines),
        ("x.txt", b"-- all\nINSERT INTO jobs VALUES (1);\n", SQL),
        (
            "x.xml",
            b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
            Kind::Unsupported("an Excel workbook (XML)"),
        ),
        ("x.txt", b"[[job]]\ntitle = 'PM'\n", Kind::Unsupported("a list in TOML")),
        ("x.txt", b"We insert coins.\nINSERT INTO them.\n", TEXT),
        ("x.yml", b"- title: PM\n", Kind::OtherText),
        ("x.yml", b"- title: PM\n  duties: [Own]\n", Kind::Yaml),
        ("x.html", b"Hello", PAGE),
        ("x.txt", b"<p>Hello", PAGE),
        ("x.txt", b"<Acme> is hiring", TEXT),
        ("x.txt", b"", TEXT),
        ("notes.rs", b"fn main() {}", Kind::OtherText),
        ("LICENSE", b"Permission", TEXT),
        ("x.csv", b"PK\x03\x04..xl/workbook.xml", Kind::Unsupported("an Excel workbook (.xlsx)")),
        (
            "x.csv",
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
            Kind::Misnamed("a pointer of Git LFS"),
        ),
        ("x.docx", b"<html><p>Hi", Kind::Misnamed("no Word document")),
        ("x.docx", b"PK\x03\x04..word/document.xml", Kind::Draft(DraftKind::Docx)),
        ("x.docx", b"PK\x03\x04..[Content_Types].xml", Kind::Draft(DraftKind::Docx)),
        ("x.zip", b"PK\x03\x04..word/document.xml", Kind::Draft(DraftKind::Docx)),
        ("x.csv.zst", b"title;body\n", Kind::Table(b';')),
        ("x/~$pm.docx", b"\x05Author\0\0", Kind::OtherText),
        ("x.md", b"<!DOCTYPE html><html><p>Hi", Kind::Page),
        ("x.md", b"<h1>PM</h1>", Kind::Draft(DraftKind::Markdown)),
        ("x.md", b"%PDF-1.7", Kind::Unsupported("a PDF document")),
        ("x", b"ab\0cd", Kind::Unsupported("binary data of no known format")),
        ("x.xml", b"<?xml version='1.0'?><source>", Kind::Xml),
        ("x.xml", b"<!-- feed --><listings><vacancy>", Kind::Xml),
        ("x.csv", b"<?xml version='1.0'?>\n<rss version='2.0'>", Kind::Xml),
        ("-", b"<workzag-jobs><position>", Kind::Xml),
        ("x.xml", b"<?xml version='1.0'?><!DOCTYPE html><html><body>", PAGE),
        ("x.json", b"<html><head></head><body><pre style=\"a\">{&quot;jobs&quot;:[", Kind::SavedJson),
        ("x.json", b"{\"@context\":\"https://schema.org\",\"@graph\":[", Kind::LinkedData),
        ("x.jsonl", b"{\"schema\":\"rolecall.posting/1\",\"outcome\":\"judged\"", Kind::OwnResults),
        ("a.html", b"<!doctype html>\n<meta name=\"generator\" content=\"rolecall\">\n", Kind::OwnResults),
    ];
    for (path, head, kind) in CASES {
        let found = detect(path, head, true, false, &Mapping::default()).kind;
        assert_eq!(found, *kind, "{path}: {}", String::from_utf8_lossy(head));
    }
}

#[test]
fn a_file_that_was_named_is_read_whatever_its_ending() {
    let named = |path: &str, head: &[u8]| detect(path, head, true, true, &Mapping::default()).kind;
    assert_eq!(named("posting.job", b"Hello"), TEXT);
    assert_eq!(named("x.js", b"var a = 1;\nvar b = [{\"title\":"), Kind::Script);
    assert_eq!(named("x.ts", b"export const a: A[] = [\n  {"), Kind::Script);
    assert_eq!(named("x.yml", b"- title: PM\n"), Kind::Yaml);
    assert_eq!(named("x.js", b"var a = 1;\n"), Kind::Unsupported("source code"));
}

#[test]
fn a_line_longer_than_the_head_still_shows_its_layout() {
    let head = format!("{{\"jobs\":[{}", "{\"a\":1},".repeat(100));
    assert_eq!(detect("-", head.as_bytes(), false, true, &Mapping::default()).kind, Kind::Json);
}
