//! `rolecall rule`, and the examples of the rules; `completions` and `man` beside it.

mod program;

use program::rolecall;
use rolecall::rule::{Code, Example, RULES};
use rolecall::{Analyzer, Posting, Settings};

#[test]
fn rules_are_listed_with_code_name_and_severity() {
    let ran = rolecall(&["rule"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for rule in RULES {
        let line = ran.out.lines().find(|line| line.starts_with(rule.code.code())).unwrap();
        assert!(line.contains(rule.name) && line.contains(rule.severity.name()), "{line}");
    }
}

#[test]
fn a_rule_is_explained_by_code_or_name() {
    let by_code = rolecall(&["rule", "RC001"]).out;
    assert!(by_code.starts_with("RC001 mislabelled-title error\n"), "{by_code}");
    for part in ["\nBreaks the rule\n", "\nKeeps it\n", "\nWhat to do\n"] {
        assert!(by_code.contains(part), "{by_code}");
    }
    assert_eq!(rolecall(&["rule", "mislabelled-title"]).out, by_code);
    assert_eq!(rolecall(&["rule", "rc001"]).out, by_code);
    for (written, advice) in [
        ("RC01", "did you mean \"RC001\"?"),
        ("mislabeled-title", "did you mean \"mislabelled-title\"?"),
        ("E501", "rolecall rule lists them"),
    ] {
        let ran = rolecall(&["rule", written]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert_eq!(ran.err, format!("error: no rule is called \"{written}\": {advice}\n"));
    }
}

#[test]
fn bad_examples_break_their_rule_and_good_ones_do_not() {
    let analyzer = Analyzer::new(Settings::default());
    let flags = |example: &Example| -> Vec<Code> {
        let verdict = analyzer.analyze(&Posting::new(example.title, example.text));
        verdict.flags.iter().map(|flag| flag.code).collect()
    };
    for rule in RULES {
        let guide = rule.code.guide();
        let good = flags(&guide.good);
        assert!(!good.contains(&rule.code), "{}: {good:?}", rule.name);
        // Copies and suppressions are not in one posting's text.
        if !matches!(rule.code, Code::Rc009 | Code::Rc100) {
            let bad = flags(&guide.bad);
            assert!(bad.contains(&rule.code), "{}: {bad:?}", rule.name);
        }
    }
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = rolecall(&["completions", shell]);
        assert_eq!(ran.code, 0, "{shell}");
        for word in ["explain", "lexicon", "record"] {
            assert!(ran.out.contains(word), "{shell}: {word}");
        }
    }
    assert_eq!(rolecall(&["completions", "smoke"]).code, 2);
}

#[test]
fn every_command_has_a_manual_page() {
    let page = rolecall(&["man"]).out;
    assert!(page.contains(".TH rolecall 1") && page.contains("rolecall\\-scan(1)"), "{page}");
    let page = rolecall(&["man", "lexicon", "check"]).out;
    assert!(page.contains(".TH rolecall-lexicon-check 1"), "{page}");
    let ran = rolecall(&["man", "sing"]);
    assert!(ran.code == 2 && ran.err.contains("rolecall has no command \"sing\""), "{}", ran.err);
}
