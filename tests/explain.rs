//! `rolecall explain` as it is used.

mod program;

use std::fs;
use std::path::Path;

use program::{Ran, rolecall, rolecall_in};
use serde_json::Value;

const DRAFT: &str = "\
# Product Manager, Payments

Acme pays wages on time.

## What you will do
- Own product positioning and messaging for the payments suite
- Lead go-to-market planning for every product launch
- Build battle cards and sales enablement for the field
- Write case studies, data sheets and launch content
- Develop buyer personas and competitive intelligence
- Help product managers prioritise the roadmap

## What you bring
- Five years with a product backlog of your own
";

fn explain(args: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("draft.md"), DRAFT).unwrap();
    rolecall_in(folder.path(), &[&["explain", "draft.md"], args].concat(), b"")
}

fn json(args: &[&str]) -> Value {
    let ran = explain(&[args, &["-o", "json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// The lines that come after the one that begins with `start`, up to the next blank one.
fn below<'o>(out: &'o str, start: &str) -> Vec<&'o str> {
    let mut lines = out.lines().skip_while(|line| !line.starts_with(start));
    assert!(lines.next().is_some(), "no line begins with {start}:\n{out}");
    lines.take_while(|line| !line.is_empty()).collect()
}

#[test]
fn the_answer_comes_first() {
    let ran = explain(&[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let mut lines = ran.out.lines();
    assert_eq!(lines.next(), Some("Product Manager, Payments"));
    assert_eq!(lines.next(), Some("draft.md:1"));
    assert_eq!(lines.next(), Some(""));
    assert_eq!(lines.next(), Some("Title calls       pm, product management"));
    assert_eq!(lines.next(), Some("Duties describe   pmm, product marketing"));
    assert!(lines.next().unwrap().starts_with("Verdict           mislabelled, "));
    assert!(lines.next().unwrap().contains("points ahead of "));
}

#[test]
fn zones_stand_in_reading_order_with_their_headings_and_lines() {
    let ran = explain(&[]);
    let headers: Vec<&str> =
        ran.out.lines().filter(|line| line.ends_with('─') && !line.starts_with(' ')).collect();
    let at = |start: &str| headers.iter().position(|header| header.starts_with(start));
    let duties = at("Duties · “What you will do” · lines 5–11 ─");
    let requirements = at("Requirements · “What you bring” · lines 13–14 · no duties ─");
    assert!(duties.is_some() && duties < requirements, "{headers:?}");
}

#[test]
fn a_duty_has_its_actor_and_role_and_its_words_are_marked() {
    let ran = explain(&[]);
    let lines = below(&ran.out, "Duties ·");
    let at = lines.iter().position(|line| line.contains("Own product positioning")).unwrap();
    assert!(lines[at].starts_with("  owns         pmm     Own product positioning"), "{}", lines[at]);
    let marked = lines[at].find("positioning").unwrap();
    assert_eq!(&lines[at + 1][marked..marked + 11], "^^^^^^^^^^^");
    assert!(lines[at + 2].contains("“Own” → pmm/"), "{}", lines[at + 2]);
    let at = lines.iter().position(|line| line.contains("Help product managers")).unwrap();
    assert!(lines[at].starts_with("  contributes  pm "), "{}", lines[at]);
    assert!(lines[at..].iter().any(|line| line.contains("“Help” → pm/")), "{lines:?}");
    let backlog = below(&ran.out, "Requirements ·");
    assert!(backlog.iter().any(|line| line.starts_with("  none         –")), "{backlog:?}");
}

#[test]
fn the_sum_adds_up_to_the_probabilities() {
    let sum = &json(&["--stage", "score"])["score"];
    let four = ["pm", "pmm", "neither", "insufficient"];
    for description in four {
        let parts: f64 = sum["parts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| part["adds"][description].as_f64().unwrap())
            .sum();
        let sureness = sum["sureness"].as_f64().unwrap();
        let total = (sum["base"][description].as_f64().unwrap() + parts) * sureness;
        assert!((total - sum["odds"][description].as_f64().unwrap()).abs() < 0.01, "{description}");
    }
    let shares: f64 = four.iter().map(|description| sum["first"][description].as_f64().unwrap()).sum();
    assert!((shares - 1.0).abs() < 0.001);
    let record = json(&[]);
    for description in ["pm", "pmm", "mixed", "neither", "insufficient"] {
        let (a, b) = (&sum["probabilities"][description], &record["probabilities"][description]);
        assert!((a.as_f64().unwrap() - b.as_f64().unwrap()).abs() < 0.001, "{description}");
    }
    let text = explain(&[]).out;
    assert!(text.contains("The sum  value × weight") && text.contains("more features"), "{text}");
    // A text that says little of what both roles do is told less surely.
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("draft.md"), "# Product Manager\n\n## Duties\n\n- Own the backlog\n")
        .unwrap();
    let text = rolecall_in(folder.path(), &["explain", "draft.md"], b"").out;
    assert!(text.contains("\n  times sureness"), "{text}");
}

#[test]
fn the_second_decision_tells_how_far_the_text_leans() {
    let folder = tempfile::tempdir().unwrap();
    let draft = DRAFT.replace("- Help product", "- Own the backlog of the payments app\n- Help product");
    fs::write(folder.path().join("draft.md"), draft).unwrap();
    let ran = rolecall_in(folder.path(), &["explain", "draft.md", "--stage", "score"], b"");
    let text = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("Then mixed: 1.3 clauses of pm and 5.0 of pmm"), "{text}");
    assert!(text.contains("log-odds nearer to pmm, send"), "{text}");
}

#[test]
fn findings_come_last_with_help_and_places() {
    let ran = explain(&[]);
    let findings = &ran.out[ran.out.find("\nFindings\n").unwrap()..];
    assert!(findings.contains("  error RC001 mislabelled-title\n"), "{findings}");
    assert!(findings.contains("    help: rename the posting"), "{findings}");
    assert!(findings.contains("    see: “") && findings.contains(" 6:"), "{findings}");
}

#[test]
fn the_record_is_that_of_scan_with_all_evidence() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("draft.md"), DRAFT).unwrap();
    let scan = rolecall_in(folder.path(), &["scan", "draft.md", "--evidence", "all"], b"");
    let explain = rolecall_in(folder.path(), &["explain", "draft.md", "-o", "json"], b"");
    assert_eq!(explain.out, scan.out);
    let record: Value = serde_json::from_str(&explain.out).unwrap();
    assert_eq!(record["schema"], "rolecall.posting/1");
}

#[test]
fn every_stage_can_be_printed_alone() {
    for stage in ["zones", "clauses", "hits", "evidence"] {
        let value = json(&["--stage", stage]);
        assert_eq!((&value["schema"], &value["stage"]), (&"rolecall.stage/1".into(), &stage.into()));
        assert_eq!(value["title"], "Product Manager, Payments");
        let list = value[stage].as_array().unwrap();
        assert!(!list.is_empty(), "{stage}");
        let text = explain(&["--stage", stage]).out;
        assert!(text.lines().count() > list.len(), "{stage}: {text}");
    }
    let zones = json(&["--stage", "zones"]);
    let names: Vec<&str> =
        zones["zones"].as_array().unwrap().iter().map(|zone| zone["zone"].as_str().unwrap()).collect();
    assert!(names.ends_with(&["duties", "requirements"]), "{names:?}");
    for list in ["clauses", "hits", "evidence"] {
        for entry in json(&["--stage", list])[list].as_array().unwrap() {
            let span = |end: &str| usize::try_from(entry["span"][end].as_u64().unwrap()).unwrap();
            assert_eq!(&DRAFT[span("start")..span("end")], entry["text"].as_str().unwrap(), "{list}");
        }
    }
}

#[test]
fn one_record_of_many_is_chosen_by_number_or_id() {
    const CASES: &[(&[&str], &str)] = &[
        (&["--record", "99999"], "samples/board.jsonl has no record 99999"),
        (&["--id", "nobody"], "no record of samples/board.jsonl has the id \"nobody\""),
        (&["--record", "1", "--id", "x"], "cannot be used with"),
        (&["--record", "0"], "0 is not in 1.."),
    ];
    let board = "samples/board.jsonl";
    let ran = rolecall(&["explain", board]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("records: choose one with --record N or --id ID"), "{}", ran.err);
    let by = |choice: &[&str]| rolecall(&[&["explain", board, "-o", "json"], choice].concat());
    let first: Value = serde_json::from_str(&by(&["--record", "2"]).out).unwrap();
    assert_eq!(first["source"]["record"], 2);
    let id = first["id"].as_str().unwrap();
    assert_eq!(by(&["--id", id]).out, by(&["--record", "2"]).out);
    for (choice, message) in CASES {
        let ran = by(choice);
        assert_eq!(ran.code, 2, "{choice:?}");
        assert!(ran.err.contains(message), "{choice:?}: {}", ran.err);
    }
}

#[test]
fn standard_input_is_explained_under_the_title_given() {
    let body = DRAFT.split_once('\n').unwrap().1;
    let args = ["explain", "-", "--title", "Product Marketing Manager"];
    let ran = rolecall_in(Path::new("."), &args, body.as_bytes());
    assert!(ran.out.starts_with("Product Marketing Manager\n-:1\n"), "{}", ran.out);
    assert!(ran.out.contains("Verdict           match, "), "{}", ran.out);
}

#[test]
fn what_cannot_be_judged_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&str, &[u8], i32, &str); 5] = [
        ("empty.txt", b"", 0, "skipped, no-text"),
        (
            "french.txt",
            "Vous serez responsable de la feuille de route du produit et vous travaillerez avec les équipes \
             techniques pour définir les priorités de chaque trimestre avec nos clients."
                .as_bytes(),
            0,
            "skipped, unsupported-language: the text is in French; rolecall reads English only",
        ),
        ("broken.jsonl", b"{\"title\":\n", 2, "broken.jsonl:1: invalid JSON"),
        ("paper.pdf", b"%PDF-1.7 ...", 2, "this is a PDF document"),
        (
            "out.jsonl",
            b"{\"schema\":\"rolecall.posting/1\",\"outcome\":\"skipped\"}\n",
            2,
            "holds results of rolecall",
        ),
    ];
    for (name, bytes, code, message) in cases {
        fs::write(folder.path().join(name), bytes).unwrap();
        let ran = rolecall_in(folder.path(), &["explain", name], b"");
        assert_eq!(ran.code, code, "{name}: {}{}", ran.out, ran.err);
        assert!(format!("{}{}", ran.out, ran.err).contains(message), "{name}: {}{}", ran.out, ran.err);
    }
    let ran = rolecall_in(folder.path(), &["explain", "."], b"");
    assert!(ran.code == 2 && ran.err.contains("is a folder; explain reads one posting"), "{}", ran.err);
    let ran = rolecall_in(folder.path(), &["explain", "none.md"], b"");
    assert!(ran.code == 2 && ran.err.contains("cannot read none.md: no such file"), "{}", ran.err);
}

#[test]
fn a_posting_cannot_act_on_the_terminal() {
    let hostile = "Product Manager \x1b]0;x\x07\n\nYou own the roadmap \u{202e}and &#27;[2J the backlog &#x9b;31m.\n\
                   Duties\n- Own the \u{2028}product roadmap\x1b[31m\n";
    for stage in [&[][..], &["--stage", "clauses"], &["--stage", "evidence"], &["-o", "json"]] {
        let args = [&["explain", "-", "--title", "PM \x1b[1m", "--color", "never"][..], stage].concat();
        let ran = rolecall_in(Path::new("."), &args, hostile.as_bytes());
        assert_eq!(ran.code, 0, "{}", ran.err);
        let acts = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2028}');
        assert!(!ran.out.contains(acts), "{:?}", ran.out);
    }
}

#[test]
fn no_line_ends_in_spaces() {
    for args in [&[][..], &["--stage", "zones"], &["--stage", "evidence"], &["--stage", "score"]] {
        let out = explain(args).out;
        assert!(out.lines().all(|line| line.trim_end() == line), "{out}");
    }
}

#[test]
fn color_is_there_for_those_who_ask() {
    let plain = explain(&["--color", "never"]).out;
    let painted = explain(&["--color", "always"]).out;
    assert!(!plain.contains('\x1b') && painted.contains("\x1b[4m\x1b[35m") | painted.contains("\x1b[4;35m"));
    assert!(plain.contains("^^^") && !painted.contains("^^^"));
}

#[test]
fn a_review_for_want_of_duties_does_not_call_the_text_uncertain() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ad.md"), "# Product Manager\n\nWe pay on time. Apply now.\n").unwrap();
    let ran = rolecall_in(folder.path(), &["explain", "ad.md"], b"");
    assert!(ran.out.contains("review, the text shows too few duties: a person must look"), "{}", ran.out);
}

#[test]
fn check_explain_and_scan_hold_a_draft_against_the_same_role() {
    const EXPECT: &str = "[[overrides]]\nfiles = [\"draft.md\"]\nexpect = \"pmm\"\n";
    /// Front matter, configuration, and what the draft is held against, by whom, and how it ends.
    const CASES: &[(&str, &str, [&str; 3])] = &[
        ("", "", ["pm", "", "mislabelled"]),
        ("role: pmm\n", "", ["pmm", "draft", "match"]),
        ("expected_role: product marketing\n", "", ["pmm", "draft", "match"]),
        ("", EXPECT, ["pmm", "configuration", "match"]),
        ("role: pm\n", EXPECT, ["pm", "draft", "mislabelled"]),
        ("role: Lead\n", EXPECT, ["pmm", "configuration", "match"]),
    ];
    for (matter, config, [claimed, by, verdict]) in CASES {
        let folder = tempfile::tempdir().unwrap();
        let title = "title: Product Manager, Payments\n";
        let text = format!("---\n{title}{matter}---\n{}", DRAFT.split_once('\n').unwrap().1);
        fs::write(folder.path().join("draft.md"), text).unwrap();
        fs::write(folder.path().join("rolecall.toml"), config).unwrap();
        let run = |args: &[&str]| rolecall_in(folder.path(), args, b"");
        let json = |args: &[&str]| serde_json::from_str::<Value>(&run(args).out).unwrap();
        let checked = json(&["check", "draft.md", "-o", "json"])["checked"][0].clone();
        for record in [json(&["explain", "draft.md", "-o", "json"]), json(&["scan", "draft.md", "-q"])] {
            assert_eq!([&record["claimed"], &record["verdict"]], [*claimed, *verdict], "{matter}{config}");
            assert_eq!(record["declared_by"].as_str().unwrap_or_default(), *by, "{matter}{config}");
        }
        assert_eq!([&checked["claimed"], &checked["verdict"]], [*claimed, *verdict], "{matter}{config}");
        let text = run(&["explain", "draft.md"]).out;
        assert!(text.contains("Title calls       pm, "), "{text}");
        assert_eq!(text.contains("Declared"), !by.is_empty(), "{text}");
        let page = run(&["explain", "draft.md", "-o", "html"]).out;
        assert_eq!(page.contains("What the title calls"), by.is_empty());
        assert_eq!(page.contains("Nothing: no rule is broken."), *verdict == "match");
    }
}

#[test]
fn what_check_cannot_read_explain_cannot_either() {
    let folder = tempfile::tempdir().unwrap();
    for matter in ["role: pmn\n", "role: [pm, pmm]\n", "title: x\n"] {
        let text = format!("---\ntitle: Product Manager\n{matter}---\n{DRAFT}");
        fs::write(folder.path().join("draft.md"), text).unwrap();
        for command in ["check", "explain"] {
            assert_eq!(rolecall_in(folder.path(), &[command, "draft.md"], b"").code, 2, "{command} {matter}");
        }
    }
}

#[test]
fn a_draft_that_is_skipped_is_told_in_every_format() {
    let french = "# Chef de produit\n\nNous recherchons une personne pour la stratégie de nos produits à Paris.\n\
                  Vous serez responsable du développement des produits et de la relation avec les clients.\n";
    for format in ["text", "json", "html"] {
        let ran = rolecall_in(Path::new("."), &["explain", "-", "-o", format], french.as_bytes());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{format}");
        assert!(ran.out.contains("unsupported-language"), "{}", ran.out);
    }
}
