//! Drafts that mean harm, in every format: nothing in them becomes a command, markup or a terminal escape.

use super::{Folder, marketing};

const FORMATS: &[&str] = &["text", "github", "sarif", "gitlab", "junit", "rdjsonl", "json", "markdown"];

/// A title and duties with everything that some reader of a report could act on.
fn nasty() -> String {
    format!(
        "# Product Manager ::error::pwned \u{1b}[31m <script>alert(1)</script> ]]> | `x` \u{202e}gnp\n\n{}\n\
         - Own positioning \u{1b}[2J\u{9b}1m ::warning::x %0A::error::y <img src=x onerror=alert(1)> and messaging\n\
         ::error file=x::y\n##[error]z\n##vso[task.complete]\n<!-- rolecall-ignore RC0\u{1b}[1m01: x -->\n",
        marketing()
    )
}

#[test]
fn no_format_lets_a_draft_act() {
    let folder = Folder::new(&[("nasty.md", &nasty())]);
    for format in FORMATS {
        let ran = folder.check(&format!("nasty.md -o {format}"));
        assert_eq!(ran.code, 1, "{format}: {}{}", ran.out, ran.err);
        let page = ran.out;
        for bad in ["\x1b", "\u{9b}", "\u{202e}", "\0"] {
            assert!(!page.contains(bad), "{format} lets {bad:?} through:\n{page}");
        }
        let commands = page
            .lines()
            .map(str::trim_start)
            .filter(|line| line.starts_with("##[") || line.starts_with("##vso") || line.starts_with("::"));
        for command in commands {
            let ours = ["::error file=nasty.md,", "::warning file=nasty.md,", "::notice file=nasty.md,"];
            assert!(
                *format == "github" && ours.iter().any(|start| command.starts_with(start)),
                "{format}: {command}"
            );
        }
        if matches!(*format, "junit" | "markdown") {
            assert!(!page.contains("<script") && !page.contains("<img"), "{format}:\n{page}");
        }
    }
}

#[test]
fn bytes_of_any_kind_are_read_or_refused_and_never_end_the_run() {
    let folder = Folder::new(&[]);
    let mut long = b"# Product Manager\n\n".to_vec();
    long.extend(b"Own product positioning and messaging. ".repeat(60_000));
    folder.put("long.md", &long);
    folder.put("nul.md", b"# Product Manager\0\0\n\0- Own positioning\n");
    folder.put("latin.md", b"# Product Manager\n\n- Own na\xefve positioning \xff\xfe\n");
    folder.put("rtl.md", "# Product Manager \u{202e}\u{2066}\n\n- Own \u{200f}positioning\n".as_bytes());
    folder.put("empty.md", b"");
    folder.put("comments.md", &b"<!-- rolecall-ignore -->".repeat(20_000));
    folder.put("open.md", &b"<!-- rolecall-ignore RC001 ".repeat(50_000));
    folder.put("matter.md", &[b"---\ntitle: x\n".to_vec(), b"- [".repeat(50_000)].concat());
    folder.put("deep.md", &[b"---\ntitle: ".to_vec(), b"[".repeat(50_000), b"\n---\n".to_vec()].concat());
    folder.put("bomb.html", &b"<h1><!--<title>".repeat(50_000));
    for format in FORMATS {
        let ran = folder.check(&format!(". -o {format}"));
        assert!(matches!(ran.code, 0..=2), "{format}");
        assert!(!ran.err.contains("panicked"), "{format}: {}", ran.err);
    }
    let (json, code) = folder.json(".");
    assert_eq!(code, 2);
    let sum: u64 =
        ["checked", "skipped", "failed"].iter().map(|end| json["summary"][end].as_u64().unwrap()).sum();
    assert_eq!(sum, 10, "{}", json["summary"]);
    let complaints = folder.problems("comments.md");
    assert!((1..=50).contains(&complaints.len()), "{}", complaints.len());
}

#[test]
fn a_line_of_fifty_megabytes_is_refused_in_every_format() {
    let folder = Folder::new(&[]);
    let mut text = b"# Product Manager\n\n".to_vec();
    text.extend(b"Own product positioning and messaging for the suite. ".repeat(1_000_000));
    folder.put("long.md", &text);
    for format in FORMATS {
        let ran = folder.check(&format!("long.md -o {format}"));
        assert_eq!(ran.code, 2, "{format}: {}", ran.err);
        assert!(ran.out.contains("record-too-long") && ran.out.len() < 20_000, "{format}: {}", ran.out);
    }
}

/// Names that only some systems let a file have.
#[cfg(unix)]
#[test]
fn the_name_of_a_file_cannot_act_either() {
    let text = super::draft("Product Manager", marketing());
    let folder = Folder::new(&[("a\n::error::pwned\n##[error]z \u{1b}[31m\u{202e}<script>|`x`.md", &text)]);
    for format in FORMATS {
        let ran = folder.check(&format!(". -o {format}"));
        assert_eq!(ran.code, 1, "{format}: {}", ran.err);
        let bad = ["\u{1b}", "\u{202e}", "\n::error::", "\n##[error]"];
        assert!(bad.iter().all(|bad| !ran.out.contains(bad)), "{format}:\n{}", ran.out);
        let markup = matches!(*format, "junit" | "markdown");
        assert!(!markup || !ran.out.contains("<script"), "{format}:\n{}", ran.out);
    }
}
