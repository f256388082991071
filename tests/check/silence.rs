//! Suppressions in drafts and in the configuration.

use super::{Folder, draft, marketing};

/// A mislabelled draft with a line above its duties.
fn with(line: &str) -> String {
    draft("Product Manager", &format!("{line}\n\n{}", marketing()))
}

#[test]
fn a_suppression_with_a_reason_leaves_the_finding_out() {
    let folder = Folder::new(&[]);
    let texts = [
        ("a.md", with("<!-- rolecall-ignore RC001: the works council fixed the title -->")),
        ("b.md", with("<!-- rolecall-ignore mislabelled-title until 2027-01-31: to be renamed -->")),
        (
            "c.md",
            format!(
                "---\ntitle: Product Manager\nrolecall-ignore: [{{rule: RC001, reason: why, expires: 2027-01-31}}]\n---\n{}\n",
                marketing()
            ),
        ),
        (
            "d.html",
            format!(
                "<h1>Product Manager</h1><!-- rolecall-ignore RC001: why --><pre>{}</pre>",
                marketing().replace("- ", "<li>")
            ),
        ),
    ];
    for (name, text) in &texts {
        folder.put(name, text.as_bytes());
        let ran = folder.check_on("2027-01-31", name);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{name}: {}", ran.out);
        assert!(ran.out.contains("1 suppressed"), "{name}: {}", ran.out);
    }
    for name in ["b.md", "c.md"] {
        let ran = folder.check_on("2027-02-01", name);
        assert_eq!(ran.code, 1, "{name}");
        assert!(ran.out.contains("the suppression of RC001 expired on 2027-01-31"), "{name}: {}", ran.out);
    }
}

#[test]
fn a_suppression_that_is_wrong_ignores_nothing_and_is_told_in_its_place() {
    let folder = Folder::new(&[]);
    let cases: &[(&str, &str, &str)] = &[
        (
            "<!-- rolecall-ignore RC001 -->",
            "no reason is given for ignoring RC001",
            "rolecall-ignore RC001: reason",
        ),
        ("<!-- rolecall-ignore RC01: why -->", "no rule is called \"RC01\"", "did you mean RC001?"),
        ("<!-- rolecall-ignore RC001 until then: why -->", "\"then\" is not a date", "until 2027-01-31"),
        ("<!-- rolecall-ignore -->", "names no rule", "rolecall-ignore RC001: reason"),
        ("<!-- rolecall-ignore RC100: why -->", "RC100 cannot be ignored in a draft", "in the configuration"),
    ];
    for (line, message, help) in cases {
        folder.put("draft.md", with(line).as_bytes());
        let (json, code) = folder.json("draft.md");
        assert_eq!(code, 1, "{line}");
        let problems = json["problems"].as_array().unwrap();
        assert_eq!(problems.len(), 2, "{line}: {json}");
        assert_eq!(
            (&problems[0]["code"], super::place(&problems[1]).as_str()),
            (&"RC001".into(), "draft.md:3:1 RC100")
        );
        assert!(problems[1]["message"].as_str().unwrap().contains(message), "{line}: {json}");
        assert!(problems[1]["help"].as_str().unwrap().contains(help), "{line}: {json}");
    }
}

#[test]
fn an_unused_suppression_is_told_unless_its_rule_is_off() {
    let fine = draft("Product Marketing Manager", marketing());
    let folder = Folder::new(&[("draft.md", &format!("{fine}\n<!-- rolecall-ignore RC001: why -->\n"))]);
    assert_eq!(folder.problems("draft.md"), ["draft.md:10:1 RC100"]);
    assert_eq!(folder.problems("draft.md --ignore RC001"), [""; 0]);
    assert_eq!(folder.problems("draft.md --select RC002"), [""; 0]);
    assert_eq!(folder.problems("draft.md --ignore RC100"), [""; 0]);
}

#[test]
fn the_configuration_may_accept_a_finding_until_a_day() {
    let ignore =
        "[[ignore]]\nrule = \"RC001\"\nfiles = [\"jobs/pm.md\"]\nreason = \"agreed\"\nexpires = 2027-01-31\n";
    let folder =
        Folder::new(&[("jobs/pm.md", &draft("Product Manager", marketing())), ("rolecall.toml", ignore)]);
    let ran = folder.check_on("2027-01-31", "jobs/pm.md");
    assert_eq!((ran.code, ran.out.as_str()), (0, "no problems in 1 posting of 1 file; 1 suppressed\n"));
    let ran = folder.check_on("2027-02-01", "jobs");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("the entry that ignores RC001 expired on 2027-01-31"), "{}", ran.out);
    assert!(ran.out.contains("--> rolecall.toml:"), "{}", ran.out);
    // Mended: the entry has nothing to ignore any more.
    folder.put("jobs/pm.md", draft("Product Marketing Manager", marketing()).as_bytes());
    let ran = folder.check_on("2027-01-31", "jobs/pm.md --fail-on warning");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("there is no RC001 for this entry to ignore"), "{}", ran.out);
}

#[test]
fn an_entry_for_many_files_is_unused_only_when_all_were_looked_at() {
    let ignore = "[[ignore]]\nrule = \"RC001\"\nfiles = [\"jobs/**\"]\nreason = \"agreed\"\n";
    let folder = Folder::new(&[
        ("jobs/pm.md", &draft("Product Manager", marketing())),
        ("jobs/pmm.md", &draft("Product Marketing Manager", marketing())),
        ("rolecall.toml", ignore),
    ]);
    assert_eq!(folder.problems("jobs/pmm.md"), [""; 0]);
    assert_eq!(folder.problems("."), [""; 0]);
    folder.put("jobs/pm.md", draft("Product Manager", super::product()).as_bytes());
    assert_eq!(folder.problems("jobs"), [""; 0]);
    assert_eq!(folder.problems("."), ["rolecall.toml:1 RC100"]);
}

#[test]
fn the_day_is_one() {
    let folder = Folder::new(&[("draft.md", "x")]);
    let ran = folder.check_on("tomorrow", "draft.md");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("ROLECALL_TODAY") && ran.err.contains("2027-01-31"), "{}", ran.err);
}
