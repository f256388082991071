//! What the README says holds: its verdict table, its example of an area, the files it links to.
//! (Its transcripts run with `tests/cmd.rs`, its library example as a doctest.)

use std::fs;
use std::path::Path;

use regex::Regex;
use rolecall::config::Config;
use rolecall::lexicon::{EMBEDDED, Overlay};
use rolecall::proof::prove;
use rolecall::settings::Effective;
use rolecall::vocabulary::{Claim, Described, Ruling};
use rolecall::{Analyzer, Lexicon, Posting, Settings};

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap().replace("\r\n", "\n")
}

/// The block of a language between fences that begins so.
fn block(text: &str, language: &str, begins: &str) -> String {
    let open = format!("```{language}\n");
    let start = text.find(&format!("{open}{begins}")).unwrap() + open.len();
    let end = start + text[start..].find("```").unwrap();
    text[start..end].to_owned()
}

#[test]
fn the_verdict_table_is_the_one_in_force() {
    let text = readme();
    let (_, table) = text.split_once("| the title claims").unwrap();
    let mut rows = 0;
    for row in table.lines().skip(2).take_while(|line| line.starts_with('|')) {
        let cells: Vec<String> =
            row.split('|').map(|cell| cell.replace(['*', '`'], "").trim().to_owned()).collect();
        let first: Vec<&str> = row.split('`').skip(1).step_by(2).collect();
        let claims: Vec<Claim> = first.iter().filter_map(|name| Claim::from_name(name)).collect();
        assert!(!claims.is_empty(), "{row}");
        for claim in claims {
            rows += 1;
            for (described, cell) in Described::ALL.iter().zip(&cells[2..]) {
                assert_eq!(Ruling::of(claim, *described).name(), cell, "{claim} and {described}");
            }
        }
    }
    assert_eq!(rows, Claim::ALL.len());
}

#[test]
fn the_thresholds_are_those_in_force() {
    let text = readme().replace('\n', " ");
    let Settings {
        review_probability,
        review_margin,
        mislabelled_probability,
        hidden_probability,
        unsupported_probability,
        ..
    } = Settings::default();
    assert!((mislabelled_probability - hidden_probability).abs() < 1e-9, "the README names the two together");
    for told in [
        format!("the probability (under {review_probability:.2})"),
        format!("the second best (under {review_margin:.2})"),
        format!("`mislabelled` and `hidden` need {mislabelled_probability:.2}"),
        format!("`unsupported` {unsupported_probability:.2}."),
    ] {
        assert!(text.contains(&told), "the README does not say: {told}");
    }
}

#[test]
fn the_example_of_an_area_compiles_and_proves_itself() {
    let mine = ("dealers.toml".to_owned(), block(&readme(), "toml", "role = "));
    let built_in = EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let files: Vec<_> = built_in.chain([mine]).collect();
    let lexicon = Lexicon::compile(&files).unwrap();
    let complaints = prove(&lexicon, &files).unwrap();
    let mine: Vec<String> =
        complaints.iter().map(ToString::to_string).filter(|text| text.contains("dealer")).collect();
    assert!(mine.is_empty(), "{}", mine.join("\n"));

    let analyzer = Analyzer::with_lexicon(lexicon, Settings::default()).unwrap();
    let posting =
        Posting::new("Product Marketing Manager", "Duties\n\n- Run the dealer academy for our e-bikes\n");
    let verdict = analyzer.analyze(&posting);
    assert!(verdict.areas.iter().any(|area| &*area.area == "pmm/dealer-education"), "{:?}", verdict.areas);
}

#[test]
fn the_example_of_a_configuration_is_understood() {
    let text = block(&readme(), "toml", "mislabelled-probability");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rolecall.toml");
    let config = Config::read(&path, &text).unwrap_or_else(|error| panic!("{error}"));
    let built_in: Vec<(String, String)> =
        EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let changed = Lexicon::compile_with(&built_in, &Overlay::new(&config.lexicons)).unwrap();
    assert!(changed.terms().len() < Lexicon::built_in().terms().len());
    let settings = Effective::new(&[&config], None).settings;
    assert_ne!(settings, Settings::default());
}

#[test]
fn links_inside_the_repository_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)#:]+)\)").unwrap();
    let text = readme();
    let mut links = 0;
    for found in link.captures_iter(&text) {
        links += 1;
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(&found[1]).exists(), "{} is missing", &found[1]);
    }
    assert!(links >= 4);
}
