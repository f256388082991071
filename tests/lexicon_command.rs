//! `rolecall lexicon` as it is used.

mod program;

use std::fs;
use std::path::Path;

use program::{rolecall, rolecall_in};
use rolecall::Lexicon;
use rolecall::lexicon::EMBEDDED;

#[test]
fn areas_are_listed_with_summary_terms_and_weights() {
    let ran = rolecall(&["lexicon", "list"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let lexicon = Lexicon::built_in();
    for area in lexicon.areas() {
        let head = format!("{}  ", area.name);
        assert!(ran.out.lines().any(|line| line.starts_with(&head)), "{}", area.name);
    }
    let one = rolecall(&["lexicon", "list", "pmm/positioning"]).out;
    let area = lexicon.areas().iter().find(|area| &*area.name == "pmm/positioning").unwrap();
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert!(words(&one).windows(3).any(|three| three == &words(&area.summary)[..3]), "{one}");
    assert!(!one.contains("pmm/messaging"), "{one}");
    assert!(!one.contains('…'), "a form is cut: {one}");
    for term in lexicon.terms().iter().filter(|term| term.name.starts_with("pmm/positioning/")) {
        assert!(one.contains(term.name.rsplit('/').next().unwrap()), "{}", term.name);
    }
}

#[test]
fn areas_are_named_in_full_by_role_or_by_their_own_name() {
    let count = |name: &str| {
        rolecall(&["lexicon", "list", name]).out.lines().filter(|line| line.starts_with('p')).count()
    };
    assert_eq!(count("pmm/positioning"), 1);
    assert_eq!(count("positioning"), 1);
    assert!(count("pmm") > 5);
    let ran = rolecall(&["lexicon", "list", "pmm/nothing"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains("no area is called \"pmm/nothing\""), "{}", ran.err);
}

#[test]
fn forms_are_one_a_line_sorted_unique_and_nothing_else() {
    let ran = rolecall(&["lexicon", "list", "--forms"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines.is_sorted() && lines.windows(2).all(|two| two[0] != two[1]));
    let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '&');
    for line in &lines {
        assert!(line.split(' ').all(word), "{line:?}");
        assert_eq!(*line, line.to_lowercase());
    }
    for form in ["product positioning", "battle cards", "roadmap", "user stories"] {
        assert!(lines.binary_search(&form).is_ok(), "{form}");
    }
    let some = rolecall(&["lexicon", "list", "--forms", "pmm/positioning"]).out;
    assert!(
        some.lines().count() < lines.len() / 10
            && some.lines().all(|form| lines.binary_search(&form).is_ok())
    );
}

#[test]
fn what_is_exported_is_the_same_lexicon() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| rolecall_in(folder.path(), args, b"");
    let ran = run(&["lexicon", "export", "mine"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, ""), "{}", ran.err);
    for (name, text) in EMBEDDED {
        assert_eq!(fs::read_to_string(folder.path().join("mine").join(name)).unwrap(), *text, "{name}");
    }
    let draft = b"# Product Manager\n\n- Own the product roadmap\n- Own the product backlog\n";
    let judge =
        |args: &[&str]| rolecall_in(folder.path(), &[&["explain", "-", "-o", "json"], args].concat(), draft);
    assert_eq!(judge(&["--lexicons", "mine"]).out, judge(&[]).out);

    assert_eq!(run(&["lexicon", "export", "mine"]).code, 0, "the same files do not stand in the way");
    fs::write(folder.path().join("mine/pm.toml"), "role = \"pm\"\n").unwrap();
    let refused = run(&["lexicon", "export", "mine"]);
    assert!(
        refused.code == 2 && refused.err.contains("mine/pm.toml is there already and differs"),
        "{}",
        refused.err
    );
    assert_eq!(fs::read_to_string(folder.path().join("mine/pm.toml")).unwrap(), "role = \"pm\"\n");
    assert_eq!(run(&["lexicon", "export", "mine", "--force"]).code, 0);
    assert_ne!(fs::read_to_string(folder.path().join("mine/pm.toml")).unwrap(), "role = \"pm\"\n");
}

#[test]
fn the_built_in_lexicon_is_tidy() {
    let folder = tempfile::tempdir().unwrap();
    let ran = rolecall_in(folder.path(), &["lexicon", "check"], b"");
    assert_eq!(ran.code, 0, "{}", ran.err);
}

/// Complaints of `lexicon check` about a folder with one file.
fn check(name: &str, text: &str) -> (i32, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("mine")).unwrap();
    fs::write(folder.path().join("mine").join(name), text).unwrap();
    let ran = rolecall_in(folder.path(), &["lexicon", "check", "mine"], b"");
    assert_eq!(ran.out, "");
    (ran.code, ran.err)
}

const AREA: &str = "\
role = \"other\"

[[area]]
id = \"falconry\"
family = \"falconry\"
summary = \"Keep and fly hawks.\"
sources = [\"aha\"]
hits = [\"Fly the hawks each morning.\"]
misses = [\"Know hawkish investors.\"]
[[area.term]]
id = \"fly-hawks\"
forms = [\"fly .. hawk\", \"hawk mews\"]
";

#[test]
fn a_fault_is_underlined_in_its_file() {
    let cases = [
        ("not TOML", AREA.replace("role = ", "role "), "mine/hawks.toml:1:6", 1),
        ("unknown key", AREA.replace("summary", "sumary"), "unknown field `sumary`", 6),
        ("broken form", AREA.replace("hawk mews", "(hawk"), "an opening bracket has no closing one", 7),
        ("unknown source", AREA.replace("aha", "nobody"), "does not stand in sources.toml", 8),
        ("unproven", AREA.replace("Fly the", "Feed the"), "other/falconry does not find this line", 30),
        ("disproved", AREA.replace("hawkish", "of hawk mews and"), "other/falconry finds this line", 34),
        ("no summary", AREA.replace("Keep and fly hawks.", ""), "area \"falconry\" has no summary", 10),
        ("twice", AREA.replace("hawk mews", "fly .. hawk"), "stands twice in other/falconry/fly-hawks", 13),
    ];
    for (name, text, message, wide) in cases {
        let (code, err) = check("hawks.toml", &text);
        let first = err.split("\n\n").next().unwrap();
        assert_eq!(code, 2, "{name}");
        assert!(first.contains(message), "{name}: {err}");
        assert!(first.contains("--> mine/hawks.toml:"), "{name}: {err}");
        let marks = "^".repeat(wide);
        assert!(first.lines().any(|line| line.trim_start_matches([' ', '|']) == marks), "{name}: {err}");
    }
}

#[test]
fn a_title_that_is_decided_otherwise_is_a_complaint() {
    let table = EMBEDDED.iter().find(|(name, _)| *name == "titles.toml").unwrap().1;
    let broken = table.replacen("claims = [", "claims = [\"Chief Falconer\", ", 1);
    let (code, err) = check("titles.toml", &broken);
    assert!(code == 2 && err.contains("--> mine/titles.toml:") && err.contains("Chief Falconer"), "{err}");
}

#[test]
fn a_weight_of_no_feature_is_a_complaint() {
    let table = EMBEDDED.iter().find(|(name, _)| *name == "score.toml").unwrap().1;
    let (code, err) = check(
        "score.toml",
        &format!("{table}\n\"area/pm/falconry\" = {{ pm = 1, pmm = 0, neither = 0, insufficient = 0 }}\n"),
    );
    assert!(code == 2 && err.contains("\"area/pm/falconry\" is no feature"), "{err}");
}

#[test]
fn an_area_of_ones_own_is_listed_and_found() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("hawks.toml"), AREA).unwrap();
    let path = folder.path().to_str().unwrap();
    let forms = rolecall(&["lexicon", "list", "falconry", "--forms", "--lexicons", path]).out;
    assert!(
        forms.lines().any(|form| form == "hawk mews") && forms.lines().any(|form| form == "hawks"),
        "{forms}"
    );
    let ran = rolecall_in(
        Path::new("."),
        &["explain", "-", "--title", "Falconer", "--stage", "hits", "--lexicons", path],
        b"Duties\n- Fly our hawks each day\n",
    );
    assert!(ran.out.contains("other/falconry/fly-hawks"), "{}", ran.out);
}

#[test]
fn a_file_for_a_folder_and_text_that_is_not_utf8_say_where() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pm.toml"), b"# one\n# caf\xe9\n").unwrap();
    let ran = rolecall_in(folder.path(), &["lexicon", "check", "pm.toml"], b"");
    assert_eq!(ran.code, 2);
    assert!(ran.err.starts_with("error: pm.toml is a file: name the folder that holds it"), "{}", ran.err);
    let ran = rolecall_in(folder.path(), &["lexicon", "check", "."], b"");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("pm.toml:2: not UTF-8 from here on; save the file as UTF-8"), "{}", ran.err);
}
