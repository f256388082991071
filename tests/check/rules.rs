//! Every rule at its place, the choice of rules, and the exit codes.

use rolecall::rule::{Code, Example, RULES};

use super::program::rolecall;
use super::{Folder, draft, marketing, product};

/// A draft whose title stands in its front matter.
fn with_front_matter(example: Example) -> String {
    format!("---\ntitle: {}\n---\n\n{}\n", example.title, example.text)
}

#[test]
fn every_rule_is_found_at_the_title_or_at_the_deciding_words() {
    for rule in RULES.iter().filter(|rule| !matches!(rule.code, Code::Rc009 | Code::Rc100)) {
        let example = rule.code.guide().bad;
        let folder = Folder::new(&[("draft.md", &with_front_matter(example))]);
        let (json, code) = folder.json(&format!("draft.md --select {}", rule.name));
        let problems = json["problems"].as_array().unwrap();
        assert_eq!(problems.len(), 1, "{}: {json}", rule.name);
        let problem = &problems[0];
        assert_eq!(problem["severity"], rule.severity.name(), "{}", rule.name);
        assert!(!problem["help"].as_str().unwrap().is_empty(), "{}", rule.name);
        let region = &problem["primary"];
        let line = usize::try_from(region["line"].as_u64().unwrap()).unwrap();
        if rule.code == Code::Rc007 {
            assert!(line > 3, "{json}");
        } else {
            assert_eq!((line, region["span"]["column"].as_u64()), (2, Some(8)), "{}", rule.name);
        }
        assert_eq!(code, i32::from(rule.code == Code::Rc001), "{}", rule.name);

        folder.put("draft.md", with_front_matter(rule.code.guide().good).as_bytes());
        assert_eq!(folder.problems(&format!("draft.md --select {}", rule.name)), [""; 0], "{}", rule.name);
    }
}

#[test]
fn the_other_deciding_duties_stand_beside_the_finding_with_their_words() {
    let folder = Folder::new(&[("draft.md", &draft("Product Manager", marketing()))]);
    let (json, _) = folder.json("draft.md");
    let labels = json["problems"][0]["secondary"].as_array().unwrap();
    assert!(labels.len() >= 3, "{json}");
    let text = folder.read("draft.md");
    let mut last = 1;
    for label in labels {
        let line = usize::try_from(label["region"]["line"].as_u64().unwrap()).unwrap();
        let words = label["text"].as_str().unwrap();
        assert!(line >= last, "{json}");
        assert!(text.lines().nth(line - 1).unwrap().contains(words), "{words}");
        assert!(label["message"].as_str().unwrap().starts_with("product marketing: "), "{json}");
        last = line;
    }
}

#[test]
fn every_duty_that_is_counted_is_shown() {
    let duties = "## What you will do\n- Set the product roadmap for the API with the founders and keep the backlog in order\n\
                  - Write requirements and acceptance criteria for two engineers\n- Run discovery interviews with vets\n\
                  - Craft our positioning and messaging for brokers\n\
                  - Plan every launch: blog post, email, webinar and press\n\
                  - Make battle cards and decks for the sales team";
    let folder = Folder::new(&[("draft.md", &draft("Product Manager", duties))]);
    let (json, _) = folder.json("draft.md");
    let problem = &json["problems"][0];
    assert!(problem["message"].as_str().unwrap().starts_with("3 of 6 duties are"), "{json}");
    let labels = problem["secondary"].as_array().unwrap();
    let lines: std::collections::BTreeSet<u64> =
        labels.iter().map(|label| label["region"]["line"].as_u64().unwrap()).collect();
    assert_eq!(lines.into_iter().collect::<Vec<_>>(), [4, 5, 6, 7, 8, 9]);
    let shows = |line: u64| -> Vec<&str> {
        let of_line = labels.iter().filter(|label| label["region"]["line"] == line);
        of_line.map(|label| label["message"].as_str().unwrap()).collect()
    };
    assert_eq!(shows(4), ["product management: roadmap", "product management: backlog"]);
}

#[test]
fn what_the_help_advises_raises_nothing_else() {
    let both = format!("{}\n{}", product(), marketing().replace("## What you will do\n", ""));
    let folder = Folder::new(&[("draft.md", &draft("Product Manager", &both))]);
    let (json, _) = folder.json("draft.md");
    assert!(
        json["problems"][0]["help"].as_str().unwrap().ends_with("or name both roles in the title"),
        "{json}"
    );
    folder.put("draft.md", draft("Product Manager & Product Marketing Manager", &both).as_bytes());
    assert_eq!(folder.problems("draft.md"), [""; 0]);
    folder.put("draft.md", draft("Product Lead", product()).as_bytes());
    let (json, _) = folder.json("draft.md");
    let help = json["problems"][0]["help"].as_str().unwrap();
    let title = help.split('"').nth(1).unwrap();
    folder.put("draft.md", draft(title, product()).as_bytes());
    assert_eq!(folder.problems("draft.md"), [""; 0], "{help}");
}

#[test]
fn figures_of_the_other_role_are_all_named_where_they_stand() {
    let text = format!("{}\n\n## How we measure success\n- Pipeline sourced\n- Win rate\n", product());
    let folder = Folder::new(&[("draft.md", &draft("Product Manager", &text))]);
    let (json, _) = folder.json("draft.md --select RC007");
    let problem = &json["problems"][0];
    let message = problem["message"].as_str().unwrap();
    assert!(message.contains("figures of product marketing: \"Pipeline sourced\", \""), "{json}");
    assert!(
        problem["primary"]["span"].is_object() && problem["secondary"].as_array().unwrap().len() == 1,
        "{json}"
    );
}

#[test]
fn what_is_left_to_review_is_counted_and_told() {
    let folder = Folder::new(&[(
        "draft.md",
        &draft(
            "Clinic Lead",
            "## What you will do\n\
        - Own the product roadmap and prioritise the product backlog\n\
        - Write user stories, acceptance criteria and product requirements",
        ),
    )]);
    let ran = folder.check("draft.md");
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(
        ran.out.starts_with("to review: the whole text reads as product management, but hidden takes three"),
        "{}",
        ran.out
    );
    let last = "no problems in 1 posting of 1 file; 1 left to review: too uncertain to tell\n";
    assert!(ran.out.ends_with(last), "{}", ran.out);
    let (json, _) = folder.json("draft.md");
    assert_eq!(json["summary"]["review"], 1);
    assert!(json["checked"][0]["review"]["help"].is_string(), "{json}");
    let page = folder.check("draft.md -o junit").out;
    assert!(page.contains("failures=\"0\"") && page.contains("left to review: the whole text"), "{page}");
    for format in ["markdown", "sarif"] {
        let page = folder.check(&format!("draft.md -o {format}")).out;
        assert!(page.contains("to review"), "{page}");
    }
}

#[test]
fn exit_codes_say_whether_findings_are_grave_enough() {
    const CASES: &[(&str, i32)] = &[
        ("fine.md", 0),
        ("error.md", 1),
        ("warning.md", 0),
        ("error.md --fail-on never", 0),
        ("error.md --fail-on error", 1),
        ("error.md --fail-on note", 1),
        ("warning.md --fail-on warning", 1),
        ("warning.md --fail-on note", 1),
        ("fine.md --fail-on note", 0),
        ("warning.md --max-warnings 1", 0),
        ("warning.md --max-warnings 0", 1),
        ("warning.md --max-warnings 0 --fail-on never", 1),
        ("error.md --ignore RC001", 0),
        ("error.md --ignore mislabelled-title,RC002", 0),
        ("error.md --select RC002", 0),
        ("fine.md error.md warning.md", 1),
        ("fine.md missing.md", 2),
        ("error.md missing.md --fail-on never", 2),
        ("", 2),
        ("fine.md --select RC000", 2),
        ("fine.md --fail-on fatal", 2),
        ("fine.md -o yaml", 2),
        ("fine.md -o text -o json", 2),
        ("fine.md -o json=nowhere/out.json", 2),
        ("fine.md --reason x", 2),
        ("fine.md --stdin-filename x.md", 2),
        ("fine.md error.md --title x", 2),
    ];
    let folder = Folder::new(&[
        ("error.md", &draft("Product Manager", marketing())),
        ("warning.md", "---\ntitle: Product Manager\n---\n<!-- rolecall-ignore RC002: x -->\n"),
        ("fine.md", &draft("Product Marketing Manager", marketing())),
    ]);
    folder.put(
        "warning.md",
        format!("{}<!-- rolecall-ignore RC002: x -->\n", draft("Product Manager", product())).as_bytes(),
    );
    for (words, code) in CASES {
        let ran = folder.check(words);
        assert_eq!(ran.code, *code, "check {words}\n{}{}", ran.out, ran.err);
    }
    let ran = folder.check("warning.md --max-warnings 0");
    assert!(ran.err.contains("warnings: 1, and max-warnings allows 0"), "{}", ran.err);
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_checked() {
    let folder = Folder::new(&[("error.md", &draft("Product Manager", marketing()))]);
    folder.put("draft.pdf", b"%PDF-1.7\n%\xe2\xe3");
    folder.put("broken.md", b"---\ntitle: [Product Manager\n---\n# Product Manager\n");
    let (json, code) = folder.json("missing.md draft.pdf broken.md error.md");
    assert_eq!(code, 2);
    let failed: Vec<(&str, &str)> = json["failed"]
        .as_array()
        .unwrap()
        .iter()
        .map(|failed| (failed["path"].as_str().unwrap(), failed["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        failed,
        [
            ("missing.md", "unreadable"),
            ("draft.pdf", "unsupported-format"),
            ("broken.md", "invalid-front-matter")
        ]
    );
    assert_eq!(json["problems"].as_array().unwrap().len(), 1);
    assert_eq!(json["summary"]["checked"], 1);
}

#[test]
fn a_declared_role_wins_over_the_title() {
    let folder = Folder::new(&[]);
    let front =
        |title: &str, role: &str, text: &str| format!("---\ntitle: {title}\nrole: {role}\n---\n\n{text}\n");
    let cases: &[(&str, &str, &str, &[&str])] = &[
        ("Growth Lead", "pmm", product(), &["draft.md:2:8 RC001"]),
        ("Growth Lead", "pm", product(), &[]),
        ("Product Manager", "pmm", marketing(), &[]),
        ("Product Manager", "pm", marketing(), &["draft.md:2:8 RC001"]),
        ("Growth Lead", "product manager", product(), &[]),
    ];
    for (title, role, text, expected) in cases {
        folder.put("draft.md", front(title, role, text).as_bytes());
        assert_eq!(folder.problems("draft.md"), *expected, "{title} declared {role}");
    }
    folder.put("draft.md", front("Growth Lead", "pmm", product()).as_bytes());
    let (json, _) = folder.json("draft.md");
    assert!(
        json["problems"][0]["message"].as_str().unwrap().ends_with("the draft declares the role pmm"),
        "{json}"
    );
    assert!(json["problems"][0]["help"].as_str().unwrap().starts_with("declare the role pm, or "), "{json}");
}

#[test]
fn the_help_tells_of_suppressions_roles_and_exit_codes() {
    let ran = rolecall(&["check", "--help"]);
    let words = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in
        ["<!-- rolecall-ignore RC001: reason -->", "role: pmm", "ROLECALL_TODAY", "Exit code 0: no finding"]
    {
        assert!(words.contains(part), "{part}: {words}");
    }
}
