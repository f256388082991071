//! What is checked: files, folders, standard input, several postings in one file; and where it is written.

use super::{Folder, draft, marketing, product};

#[test]
fn standard_input_may_go_by_the_name_of_a_file() {
    let folder = Folder::new(&[("jobs/rolecall.toml", "expect = \"pmm\"\nexclude = [\"old\"]\n")]);
    let text = draft("Growth Lead", product());
    let ran = folder.pipe("-", text.as_bytes());
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains("RC004") && ran.out.contains("--> -:1:3"), "{}", ran.out);
    let ran = folder.pipe("- --stdin-filename jobs/growth.md", text.as_bytes());
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("--> jobs/growth.md:1:3"), "{}", ran.out);
    assert!(ran.out.contains("the configuration expects the role pmm"), "{}", ran.out);
    let page = format!("<h1>Product Manager</h1><ul>{}</ul>", marketing().replace("- ", "<li>"));
    let ran = folder.pipe("- --stdin-filename x.html", page.as_bytes());
    assert!(ran.out.contains("--> x.html:1:5"), "{}", ran.out);
    let ran = folder.pipe("- --stdin-filename jobs/old/x.md --force-exclude", text.as_bytes());
    assert_eq!((ran.code, ran.out.as_str()), (0, "no problems in 0 postings of 0 files\n"));
}

#[test]
fn a_title_may_be_given_instead_of_the_drafts_own() {
    let folder = Folder::new(&[("draft.md", &draft("Product Manager", marketing()))]);
    let args = ["check", "draft.md", "--title", "Product Marketing Manager", "--fail-on", "note"];
    assert_eq!(super::rolecall_in(folder.path(), &args, b"").code, 0);
    let args = ["check", "-", "--title", "Product Manager"];
    let ran = super::rolecall_in(folder.path(), &args, marketing().as_bytes());
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("the title says \"Product Manager\""), "{}", ran.out);
}

#[test]
fn headings_of_sections_are_no_titles() {
    const CASES: &[(&str, &str, &str)] = &[
        ("growth-pm.md", "", "growth pm"),
        ("draft.md", "# About us\n\nWe grow herbs.\n\n## Product Manager, Pay\n", "Product Manager, Pay"),
        ("draft.md", "# Job description\n\n## Requirements\n", "draft"),
        ("draft.html", "<title>Product Manager</title><h1>Our mission</h1>", "Product Manager"),
        ("draft.md", "# Open role\n", "Open role"),
        ("draft.md", "# Hiring Process Manager\n", "Hiring Process Manager"),
        ("draft.md", "# Product Manager, Mission Control\n", "Product Manager, Mission Control"),
        ("draft.md", "---\ntitle: Responsibilities\n---\n# Product Manager\n", "Responsibilities"),
        ("jobs/growth-pm/index.md", "", "growth pm"),
    ];
    for (name, head, title) in CASES {
        let folder = Folder::new(&[(name, &format!("{head}\n{}\n", marketing()))]);
        let (json, _) = folder.json(name);
        assert_eq!(json["checked"][0]["title"], *title, "{head}");
    }
}

#[test]
fn several_postings_in_one_file_are_told_apart_by_their_lines() {
    let line = |id: u32, title: &str, text: &str| {
        serde_json::json!({"id": id, "title": title, "body": text}).to_string()
    };
    let lines = [
        line(1, "Product Marketing Manager", marketing()),
        line(2, "Product Manager", marketing()),
        line(3, "Product Manager", &format!("<!-- rolecall-ignore RC001: agreed -->\n{}", marketing())),
        line(4, "Product Marketing Manager", product()),
        "{\"id\":".to_owned(),
    ];
    let folder = Folder::new(&[("board.jsonl", &lines.join("\n"))]);
    let csv = format!(
        "id,title,body\n7,Product Manager,\"{}\"\n8,Product Manager,\"{}\"\n",
        product(),
        marketing()
    );
    folder.put("board.csv", csv.as_bytes());
    let (json, code) = folder.json("board.jsonl");
    assert_eq!(code, 2);
    let problems = json["problems"].as_array().unwrap();
    let found: Vec<_> = problems.iter().map(super::place).collect();
    assert_eq!(found, ["board.jsonl:2 RC001", "board.jsonl:4 RC001"]);
    assert_eq!((&problems[0]["record"], &problems[0]["id"]), (&2.into(), &"2".into()));
    assert_eq!((&json["failed"][0]["line"], &json["failed"][0]["record"]), (&5.into(), &5.into()));
    assert_eq!(json["summary"]["suppressed"], 1);
    assert_eq!(folder.problems("board.csv"), ["board.csv:8 RC001"]);
}

#[test]
fn in_folders_only_drafts_are_checked_and_exclusions_hold() {
    let wrong = draft("Product Manager", marketing());
    let folder = Folder::new(&[
        ("jobs/pm.md", &wrong),
        ("jobs/old/pm.md", &wrong),
        ("jobs/notes.rs", "fn main() {}"),
        ("jobs/data.json", "{\"colour\":\"red\"}"),
        ("rolecall.toml", "exclude = [\"jobs/old\"]\n"),
    ]);
    folder.put("jobs/scan.pdf", b"%PDF-1.7");
    folder.put("jobs/logo.png", b"\x89PNG\r\n\x1a\n\0\0");
    let ran = folder.check("jobs");
    assert_eq!(ran.code, 1);
    assert!(ran.out.ends_with("1 error in 1 posting of 1 file\n"), "{}", ran.out);
    let note =
        "note: passed over 1 file of a kind that is not read (.pdf, .doc, .rtf, .odt): convert to .docx\n";
    assert_eq!(ran.err, note);
    assert_eq!(folder.check("jobs --quiet").err, "");
    assert_eq!(folder.problems("jobs/old/pm.md"), ["jobs/old/pm.md:1:3 RC001"]);
    assert_eq!(folder.problems("jobs/old/pm.md --force-exclude"), [""; 0]);
}

#[test]
fn a_folder_without_drafts_says_so_and_an_excluded_file_does_not() {
    let folder = Folder::new(&[
        ("jobs/data.json", "{}"),
        ("old.md", "x"),
        ("rolecall.toml", "exclude = [\"old.md\"]"),
    ]);
    let ran = folder.check("jobs");
    assert_eq!((ran.code, ran.out.as_str()), (0, "no problems in 0 postings of 0 files\n"));
    assert!(ran.err.starts_with("note: no drafts there: in folders Markdown, HTML"), "{}", ran.err);
    assert_eq!(folder.check("old.md --force-exclude").err, "");
}

#[test]
fn several_outputs_are_written_in_one_run() {
    let folder = Folder::new(&[("draft.md", &draft("Product Manager", marketing()))]);
    let ran = folder.check("draft.md -o sarif=out.sarif -o junit=out.xml -o gitlab=gl.json");
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (1, "", ""));
    assert!(folder.read("out.sarif").contains("\"RC001\""));
    assert!(folder.read("out.xml").starts_with("<?xml"));
    assert!(folder.read("gl.json").starts_with('['));
    assert!(!folder.path().join("out.sarif.partial").exists());
}

#[test]
fn no_output_takes_the_place_of_what_is_read() {
    let text = draft("Product Manager", marketing());
    let folder = Folder::new(&[("draft.md", &text)]);
    assert_eq!(folder.check("draft.md --baseline known.json --write-baseline").code, 0);
    let known = folder.read("known.json");
    for words in ["draft.md -o text=draft.md", "draft.md --baseline known.json -o json=./known.json"] {
        let ran = folder.check(words);
        assert_eq!(ran.code, 2, "{words}");
        assert!(ran.err.contains("name another file for the output"), "{words}: {}", ran.err);
    }
    assert_eq!((folder.read("draft.md"), folder.read("known.json")), (text, known));
}

#[test]
fn the_same_bytes_come_out_whatever_the_threads() {
    let folder = Folder::new(&[]);
    for number in 0..24 {
        let title = if number % 3 == 0 { "Product Manager" } else { "Product Marketing Manager" };
        folder.put(&format!("jobs/{number:02}.md"), draft(title, marketing()).as_bytes());
    }
    let one = folder.check("jobs -o json --jobs 1").out;
    assert_eq!(one.matches("\"code\":\"RC001\"").count(), 8);
    for jobs in [0, 2, 5] {
        assert_eq!(folder.check(&format!("jobs -o json --jobs {jobs}")).out, one, "{jobs} jobs");
    }
}
