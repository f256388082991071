//! The life of a baseline: written on demand, kept through moves and restyling, told when it is stale.

use serde_json::Value;

use super::{Folder, draft, marketing, product};

fn entries(folder: &Folder, name: &str) -> Vec<(String, String, String)> {
    let file: Value = serde_json::from_str(&folder.read(name)).unwrap();
    assert_eq!(file["schema"], "rolecall.baseline/1");
    let text = |entry: &Value, key: &str| entry[key].as_str().unwrap().to_owned();
    let entries = file["findings"].as_array().unwrap();
    entries.iter().map(|entry| (text(entry, "path"), text(entry, "date"), text(entry, "reason"))).collect()
}

#[test]
fn known_findings_are_left_out_and_new_ones_are_not_added_by_themselves() {
    let folder = Folder::new(&[("jobs/pm.md", &draft("Product Manager", marketing()))]);
    let ran = folder.check_on("2026-11-22", "jobs --baseline known.json --write-baseline --reason agreed");
    assert_eq!((ran.code, ran.out.as_str()), (0, "no problems in 1 posting of 1 file; 1 in the baseline\n"));
    assert_eq!(ran.err, "note: wrote known.json: 1 new, 0 gone, 1 in all\n");
    let known = [("jobs/pm.md".to_owned(), "2026-11-22".to_owned(), "agreed".to_owned())];
    assert_eq!(entries(&folder, "known.json"), known);

    folder.put("jobs/other.md", draft("Product Marketing Manager", product()).as_bytes());
    let before = folder.read("known.json");
    let ran = folder.check("jobs --baseline known.json");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("jobs/other.md:1:3") && !ran.out.contains("jobs/pm.md"), "{}", ran.out);
    assert!(ran.out.ends_with("1 error in 2 postings of 2 files; 1 in the baseline\n"), "{}", ran.out);
    assert_eq!(folder.read("known.json"), before);

    // Old entries keep their day and reason.
    let ran = folder.check_on("2026-12-24", "jobs --baseline known.json --write-baseline");
    assert_eq!((ran.code, ran.err.as_str()), (0, "note: wrote known.json: 1 new, 0 gone, 2 in all\n"));
    let found = entries(&folder, "known.json");
    assert_eq!(found[1], known[0]);
    assert_eq!((found[0].0.as_str(), found[0].1.as_str()), ("jobs/other.md", "2026-12-24"));
}

#[test]
fn moving_and_restyling_keep_a_finding_known_and_other_words_do_not() {
    let text = draft("Product Manager", marketing());
    let folder = Folder::new(&[("pm.md", &text)]);
    assert_eq!(folder.check("pm.md --baseline known.json --write-baseline").code, 0);
    let moved: Vec<&str> = marketing().lines().collect();
    let (heading, items) = moved.split_first().unwrap();
    let reversed: Vec<&str> = items.iter().rev().copied().collect();
    let styles = [
        format!("intro line\n\n{text}"),
        text.replace("- ", "* ").replace('\n', "\r\n"),
        text.replace("product positioning", "**product**   positioning"),
        text.replace("- Lead", "-   LEAD"),
        draft("**Product** Manager", &format!("{heading}\n\n{}", reversed.join("\n"))),
        format!("---\ntitle: product manager\n---\n{}", marketing()),
    ];
    for styled in styles {
        folder.put("pm.md", styled.as_bytes());
        let ran = folder.check("pm.md --baseline known.json");
        assert_eq!(ran.code, 0, "{styled}\n{}", ran.out);
    }
    for (from, to) in [
        ("Product Manager", "Senior Product Manager"),
        ("positioning", "placement"),
        ("battle cards", "pitch decks"),
    ] {
        folder.put("pm.md", text.replacen(from, to, 1).as_bytes());
        let ran = folder.check("pm.md --baseline known.json");
        assert_eq!(ran.code, 1, "{to}\n{}", ran.out);
        assert!(
            ran.out.contains("the accepted RC001 of pm.md no longer fits: the words have changed"),
            "{}",
            ran.out
        );
        assert!(ran.out.contains("--> known.json:2"), "{}", ran.out);
    }
}

#[test]
fn entries_of_files_that_were_not_looked_at_are_left_alone() {
    let folder = Folder::new(&[
        ("a.md", &draft("Product Manager", marketing())),
        ("b.md", &draft("Product Marketing Manager", product())),
        ("rolecall.toml", "baseline = \"ci/known.json\"\n"),
    ]);
    std::fs::create_dir(folder.path().join("ci")).unwrap();
    assert_eq!(folder.check("a.md b.md --write-baseline").code, 0);
    let paths: Vec<_> = entries(&folder, "ci/known.json").into_iter().map(|(path, ..)| path).collect();
    assert_eq!(paths, ["../a.md", "../b.md"]);
    folder.put("a.md", draft("Product Manager", product()).as_bytes());
    assert_eq!(folder.problems("b.md"), [""; 0]);
    assert_eq!(folder.problems("a.md --select RC002"), [""; 0]);
    assert_eq!(folder.problems("a.md"), ["ci/known.json:2 RC100"]);
    // A file that is gone has no findings.
    std::fs::remove_file(folder.path().join("b.md")).unwrap();
    assert_eq!(folder.problems("a.md"), ["ci/known.json:2 RC100", "ci/known.json:3 RC100"]);
    let ran = folder.check("a.md --write-baseline");
    assert_eq!((ran.code, ran.err.as_str()), (0, "note: wrote ci/known.json: 0 new, 2 gone, 0 in all\n"));
    assert_eq!(folder.check("a.md").code, 0);
}

#[test]
fn a_baseline_that_cannot_be_used_says_what_to_do() {
    let folder = Folder::new(&[("a.md", "# x\n"), ("broken.json", "{")]);
    for (words, message) in [
        ("a.md --baseline none.json", "there is no baseline none.json: write it with --write-baseline"),
        ("a.md --baseline broken.json", "cannot read the baseline broken.json: EOF while parsing"),
        ("a.md --write-baseline", "--write-baseline needs a file: name it with --baseline FILE"),
    ] {
        let ran = folder.check(words);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{words}");
        assert!(ran.err.contains(message), "{words}: {}", ran.err);
    }
}
