//! What a configuration changes of the lexicons.

use rolecall::config::Config;
use rolecall::lexicon::{EMBEDDED, Lexicon, Overlay};

const MINE: &str = r#"
role = "pmm"
[[area]]
id = "dealer-education"
summary = "Teaching dealers what a product is for."
sources = ["postings"]
[[area.term]]
id = "academy"
forms = ["dealer academy"]
[[area.term]]
id = "day"
forms = ["dealer day"]
"#;

fn lexicon(config: &str) -> Result<Lexicon, String> {
    let folder = std::env::current_dir().unwrap();
    let config = Config::read(&folder.join("rolecall.toml"), config).unwrap();
    let mine = ("dealers.toml".to_owned(), MINE.to_owned());
    let built_in = EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let files: Vec<_> = built_in.chain([mine]).collect();
    Lexicon::compile_with(&files, &Overlay::new(&config.lexicons)).map_err(|error| error.to_string())
}

/// The terms of the area with their forms and weights.
fn terms(config: &str) -> Vec<(String, Vec<String>, f64)> {
    let lexicon = lexicon(config).unwrap();
    let mine = lexicon.terms().iter().filter_map(|term| {
        let name = term.name.strip_prefix("pmm/dealer-education/")?;
        Some((name.to_owned(), term.forms.clone(), term.weight))
    });
    mine.collect()
}

fn term(name: &str, form: &str, weight: f64) -> (String, Vec<String>, f64) {
    (name.to_owned(), vec![form.to_owned()], weight)
}

#[test]
fn areas_and_terms_are_taken_out() {
    let (academy, day) = (term("academy", "dealer academy", 1.0), term("day", "dealer day", 1.0));
    assert_eq!(terms(""), [academy.clone(), day]);
    assert_eq!(terms("[lexicons]\ndisable = [\"pmm/dealer-education/day\"]"), [academy]);
    assert_eq!(terms("[lexicons]\ndisable = [\"pmm/dealer-education\"]"), []);
}

#[test]
fn a_changed_term_keeps_what_is_not_said() {
    const CASES: &[(&str, &str, f64)] = &[
        ("forms = [\"school for dealer\"]", "school for dealer", 1.0),
        ("weight = 2.5", "dealer academy", 2.5),
        ("unless = [\"forklift .. dealer\"]", "dealer academy", 1.0),
        ("", "dealer academy", 1.0),
    ];
    for (said, form, weight) in CASES {
        let found = terms(&format!("[lexicons.replace.\"pmm/dealer-education/academy\"]\n{said}"));
        assert_eq!(found[0], term("academy", form, *weight), "{said}");
    }
}

#[test]
fn changes_change_the_hash() {
    let hash = |config| lexicon(config).unwrap().hash().clone();
    assert_eq!(hash(""), hash("[lexicons]\ndisable = []"));
    let one = hash("[lexicons]\ndisable = [\"pmm/dealer-education\"]");
    assert_ne!(hash(""), one);
    assert_ne!(one, hash("[lexicons]\ndisable = [\"pmm/dealer-education/day\"]"));
}

#[test]
fn names_that_nothing_has_are_underlined_in_the_configuration() {
    const CASES: &[(&str, &str)] = &[
        (
            "[lexicons]\ndisable = [\"pmm/dealer-educaton\"]",
            "no area or term is called \"pmm/dealer-educaton\": did you mean \"pmm/dealer-education\"?\n \
             --> rolecall.toml:2:12\n",
        ),
        (
            "[lexicons]\ndisable = [\"zzz\"]",
            "no area or term is called \"zzz\": rolecall lexicon list prints",
        ),
        ("[lexicons.replace.\"pmm/dealer-education\"]\nweight = 1", "is an area; only terms can be replaced"),
        (
            "[lexicons.replace.\"pmm/dealer-education/day\"]\nforms = [\"dealer (day\"]",
            "\n --> rolecall.toml:2:10\n",
        ),
    ];
    for (config, expected) in CASES {
        let told = lexicon(config).unwrap_err();
        assert!(told.contains(expected), "{config}\n{told}");
    }
}
