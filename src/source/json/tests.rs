//! Records of JSON: what is read, mended and told of those that cannot be read.

use super::*;

fn read(text: &str) -> Result<Posting, Box<Outcome>> {
    read_with(text, &Mapping::default())
}

fn read_with(text: &str, mapping: &Mapping) -> Result<Posting, Box<Outcome>> {
    let source = SourceRef { path: "x.jsonl".into(), record: 3, line: Some(5) };
    posting(&source, text.as_bytes(), &Around::default(), mapping)
}

fn fault(text: &str) -> (String, String) {
    match *read(text).unwrap_err() {
        Outcome::Failed(failed) => (failed.error.code, failed.error.message),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_record_that_nests_too_deep_is_called_so() {
    let deep = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    assert_eq!(fault(&deep(8)).0, "missing-body");
    let (code, message) = fault(&deep(200));
    assert_eq!(code, "invalid-json");
    assert!(message.starts_with("invalid JSON: values nest deeper than 128, at column "), "{message}");
    assert!(read(&format!(r#"{{"title":"PM","body":"x","more":{}}}"#, deep(200))).is_ok());
}

#[test]
fn fields_are_found_under_their_many_names() {
    const CASES: &[(&str, &str)] = &[
        (r#"{"title":"PM","body":"x"}"#, "x.jsonl#3|PM|-|-|-|x"),
        (r#"{"id":7,"job_title":"PM","job_description":"x"}"#, "7|PM|-|-|-|x"),
        (r#"{"headline":"PM","description":{"text":"x"},"employer":{"name":"A"}}"#, "x.jsonl#3|PM|A|-|-|x"),
        (r#"{"subject":"R&amp;D PM","job_desc":"x","url":"u"}"#, "x.jsonl#3|R&D PM|-|-|u|x"),
        (r#"{"name":"A","title":"PM","text":"y","content":"x"}"#, "x.jsonl#3|PM|-|-|-|x"),
        (
            r#"{"title":" P\n M ","locations":["Lyon",{"name":"Bonn"}],"body":"x"}"#,
            "x.jsonl#3|P M|-|Lyon; Bonn|-|x",
        ),
        (r#"{"title":"PM","content":"&lt;p&gt;R&amp;amp;D&lt;/p&gt;"}"#, "x.jsonl#3|PM|-|-|-|<p>R&amp;D</p>"),
        (r#"{"title":"PM","content":"a &lt;b&gt;"}"#, "x.jsonl#3|PM|-|-|-|a &lt;b&gt;"),
        (r#"{"title":null,"body":"x"}"#, "x.jsonl#3|-|-|-|-|x"),
    ];
    for (json, expected) in CASES {
        let posting = read(json).unwrap();
        let show = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        let body: Vec<_> = posting.parts.iter().map(|part| part.text.as_str()).collect();
        let found = [
            posting.id.clone(),
            show(&posting.title),
            show(&posting.company),
            show(&posting.location),
            show(&posting.url),
            body.join("+"),
        ];
        assert_eq!(found.join("|"), *expected, "{json}");
    }
}

#[test]
fn a_body_over_several_fields_becomes_parts_with_zones() {
    let posting = read(
        r#"{"requirements":["Five years","German"],"title":"PM","description":"We hire. Own the roadmap.",
            "responsibilities":"Own the roadmap.","benefits":"Lunch"}"#,
    )
    .unwrap();
    let parts: Vec<_> = posting
        .parts
        .iter()
        .map(|part| {
            (part.field.as_deref().unwrap_or("-"), part.zone.map_or("-", |zone| zone.name()), &*part.text)
        })
        .collect();
    assert_eq!(
        parts,
        [
            ("description", "-", "We hire. Own the roadmap."),
            ("requirements", "requirements", "Five years\nGerman"),
            ("benefits", "benefits", "Lunch"),
        ]
    );
}

#[test]
fn a_long_text_that_nobody_named_is_missed_beside_sections_too() {
    let long = "word ".repeat(80);
    let code = |rest: &str| {
        let text = format!(r#"{{"title":"PM","requirements":"Five years",{rest}}}"#);
        read(&text).map_err(|outcome| match *outcome {
            Outcome::Failed(failed) => failed.error.code,
            other => format!("{other:?}"),
        })
    };
    assert_eq!(code(&format!(r#""erzaehlung":"{long}""#)).unwrap_err(), "missing-body");
    assert!(code(r#""erzaehlung":"short""#).is_ok());
    assert!(code(&format!(r#""erzaehlung":"{long}","Role Overview":"Own it""#)).is_ok());
    assert!(code(&format!(r#""erzaehlung":"{long}","duties":"Own it""#)).is_ok());
    assert!(code(&format!(r#""requirements":"{long}""#)).is_ok());
}

#[test]
fn a_record_without_a_body_is_skipped_when_it_is_known_and_failed_when_a_field_looks_like_one() {
    assert!(!read(r#"{"title":"PM","salary":3}"#).unwrap().has_text());
    assert!(!read(r#"{"id":"a"}"#).unwrap().has_text());
    assert!(!read(r#"{"body":null}"#).unwrap().has_text());
    assert!(!read(r#"{"title":"PM","body":"[]"}"#).unwrap().has_text());
    assert!(!read(r#"{"title":"PM","body":"{}"}"#).unwrap().has_text());
    assert!(!read(r#"{"index":{}}"#).unwrap().has_text());
    assert!(!read(r#"{"bulletFields":[],"posted":null}"#).unwrap().has_text());
    let (code, message) = fault(r#"{"beruf":"PM","ort":"Bonn"}"#);
    assert_eq!(code, "missing-body");
    assert_eq!(message, "no body among the fields beruf, ort; name it with --map body=FIELD");
    let long = "word ".repeat(80);
    assert_eq!(fault(&format!(r#"{{"title":"PM","anzeige":"{long}"}}"#)).0, "missing-body");
}

#[test]
fn a_body_kept_in_a_manner_that_is_not_known_fails_and_a_short_one_does_not() {
    let text = |words: usize| {
        format!(r#"{{"title":"PM","description":{{"x1":{{"y1":"{}"}}}}}}"#, "word ".repeat(words))
    };
    let (code, message) = fault(&text(80));
    assert_eq!(code, "missing-body");
    assert!(
        message.starts_with("the field description keeps its text in a manner that is not known"),
        "{message}"
    );
    assert!(!read(&text(2)).unwrap().has_text());
}

#[test]
fn mapped_fields_win_and_paths_lead_into_objects() {
    let mapping: Mapping = "title=text,body=ad.de".parse().unwrap();
    let posting =
        read_with(r#"{"title":"x","text":"PM","ad":{"en":"no","de":"ja"},"body":"no"}"#, &mapping).unwrap();
    assert_eq!(posting.title.as_deref(), Some("PM"));
    assert_eq!(posting.parts[0].text, "ja");
    let inside: Mapping = "title=f.t,body=f.d".parse().unwrap();
    let posting = read_with(r#"{"f":{"t":"PM","d":"ja"}}"#, &inside).unwrap();
    assert_eq!((posting.title.as_deref(), &*posting.parts[0].text), (Some("PM"), "ja"));
    let several: Mapping = "body=b,body=a".parse().unwrap();
    let posting = read_with(r#"{"a":"1","b":"2"}"#, &several).unwrap();
    let fields: Vec<_> = posting.parts.iter().map(|part| part.field.as_deref().unwrap()).collect();
    assert_eq!(fields, ["b", "a"]);
}

#[test]
fn a_record_may_only_carry_the_posting() {
    const CASES: &[(&str, &str)] = &[
        (r#"{"cursor":"a","node":{"id":7,"title":"PM","description":"x"}}"#, "7 PM x"),
        (r#"{"_index":"jobs","_source":{"job_title":"PM","job_description":"x"}}"#, "x.jsonl#3 PM x"),
        (r#"{"id":"9","type":"jobs","attributes":{"title":"PM","body":"x"}}"#, "9 PM x"),
        (
            r#"{"job":{"title":"PM","description":"x"},"perks":[{"title":"A","description":"y"}]}"#,
            "x.jsonl#3 PM x",
        ),
        (r#"{"jobDetails":{"title":"Product Manager","content":"x"}}"#, "x.jsonl#3 Product Manager x"),
        (r#"{"title":"PM","jobDetails":{"title":"Tasks","content":"x"}}"#, "x.jsonl#3 PM Tasks"),
        (r#"{"data":{"page":{"job":{"title":"PM","content":"x"}}}}"#, "x.jsonl#3 PM x"),
        (
            r#"{"name":"p/1","fields":{"title":{"stringValue":"PM"},"description":{"stringValue":"x"}}}"#,
            "x.jsonl#3 PM x",
        ),
        (r#"{"url":"u","content":{"data":{"attributes":{"title":"PM","body":"x"}}}}"#, "x.jsonl#3 PM x"),
        (r#"{"url":"u","body":{"data":{"title":"PM","content":"x"}}}"#, "x.jsonl#3 PM x"),
        (
            r#"{"data":{"id":"9","attributes":{"title":"PM","body":"x"},"relationships":{"location":{"data":[{"type":"l","id":"1"}]}}},"included":[{"type":"l","id":"1","attributes":{"city":"Malmö"}}]}"#,
            "9 PM at Malmö x",
        ),
        (
            r#"{"node":{"text":"PM","hostedUrl":"https://jobs.lever.co/a/b","categories":{},"description":"x"}}"#,
            "x.jsonl#3 PM x",
        ),
    ];
    for (json, expected) in CASES {
        let posting = read(json).unwrap();
        let title = posting.title.as_deref().unwrap_or("-");
        let place = posting.location.map_or(String::new(), |place| format!("at {place} "));
        assert_eq!(format!("{} {title} {place}{}", posting.id, posting.parts[0].text), *expected, "{json}");
    }
    assert_eq!(fault(r#"{"node":{"label":"x"}}"#).0, "missing-body");
}

#[test]
fn what_a_text_says_of_a_page_is_no_posting_beside_a_long_text() {
    let long = "word ".repeat(80);
    let read = |name: &str| {
        let printed = r#"{\"title\":\"Home\",\"description\":\"We sail\"}"#;
        read(&format!(r#"{{"{name}":"{printed}","page_text":"{long}"}}"#))
    };
    assert!(read("page_meta").is_err());
    assert_eq!(read("job_json").unwrap().title.as_deref(), Some("Home"));
}

#[test]
fn records_that_look_like_those_of_a_dialect_keep_what_that_has_no_place_for() {
    const CASES: &[(&str, &str)] = &[
        (r#"{"intitule":"PM","lieuTravail":"Lyon","missions":"Own it","profil":"Kind"}"#, "PM Own it Kind"),
        (
            r#"{"dateOnIndeed":1,"title":"PM","description":{"text":"We sail"},"requirements":"Kind"}"#,
            "PM We sail Kind",
        ),
        (r#"{"name":"Acme","title":"PM","contents":"x","refs":{}}"#, "PM x"),
        (r#"{"alternate_url":"u","snippet":"x","name":"Acme","position":"PM"}"#, "PM x"),
    ];
    for (json, expected) in CASES {
        let posting = read(json).unwrap();
        let title = posting.title.as_deref().unwrap_or("-");
        let words: Vec<&str> =
            std::iter::once(title).chain(posting.parts.iter().map(|part| part.text.as_ref())).collect();
        assert_eq!(words.join(" "), *expected, "{json}");
    }
}

#[test]
fn pieces_of_one_body_count_their_bytes_each_under_a_name_of_its_own() {
    let posting = read(
        r#"{"title":"PM","description":"[{\"title\":\"Tasks\",\"text\":\"Own it\"},{\"title\":\"You\",\"text\":\"Kind\"}]"}"#,
    );
    let parts = posting.unwrap().parts;
    let parts: Vec<_> =
        parts.iter().map(|part| format!("{}:{}", part.field.as_deref().unwrap(), part.text)).collect();
    assert_eq!(
        parts,
        ["description[0]:Tasks", "description[1]:Own it", "description[2]:You", "description[3]:Kind"]
    );
}

#[test]
fn a_name_beside_a_list_of_jobs_is_that_of_the_board() {
    let around =
        |of_board| Around { strings: vec![("name".into(), "Acme".into())], of_board, ..Around::default() };
    let source = SourceRef { path: "x.json".into(), record: 1, line: Some(1) };
    let company = |of_board| {
        let text = br#"{"title":"PM","body":"x"}"#;
        posting(&source, text, &around(of_board), &Mapping::default()).unwrap().company
    };
    assert_eq!(company(true).as_deref(), Some("Acme"));
    assert_eq!(company(false), None);
}

#[test]
fn unlisted_records_are_skipped() {
    let outcome = *read(r#"{"id":"a","title":"PM","body":"x","isListed":false}"#).unwrap_err();
    assert!(matches!(outcome, Outcome::Skipped(skipped) if skipped.id == "a"));
}

#[test]
fn what_python_and_scrapers_write_is_mended() {
    const CASES: &[(&str, &str)] = &[
        (r#"{"body":"x","salary":NaN,"max":-Infinity}"#, "x"),
        ("{\"body\":\"a\nb\tc\"}", "a\nb\tc"),
        ("{\"body\":\"x\", // a comment\n}", "x"),
        ("{\"body\":\"x\"}, ", "x"),
        ("\u{feff}{\"body\":\"x\"}", "x"),
        (r#"{"body":"cut \ud83d, whole \ud83d\ude00, NaN"}"#, "cut \u{fffd}, whole 😀, NaN"),
    ];
    for (json, body) in CASES {
        assert_eq!(read(json).unwrap().parts[0].text, *body, "{json}");
    }
}

#[test]
fn broken_records_say_what_and_where() {
    const CASES: &[(&str, &str, &str)] = &[
        (r#"{"a":1"#, "invalid-json", "invalid JSON: EOF while parsing an object, at column 6"),
        ("{\"a\":\n1;}", "invalid-json", "invalid JSON: expected `,` or `}`, at line 6, column 2"),
        ("[1]", "invalid-record", "the record is not an object with the fields of a posting"),
        ("17", "invalid-record", "the record is not an object with the fields of a posting"),
    ];
    for (json, code, message) in CASES {
        assert_eq!(fault(json), ((*code).to_owned(), (*message).to_owned()), "{json}");
    }
}

#[test]
fn own_results_are_recognised() {
    assert!(is_own_result(br#" { "schema" : "rolecall.posting/1","outcome":"#));
    assert!(!is_own_result(br#"{"schema":"https://example.com"}"#));
    assert!(!is_own_result(br#"{"title":"rolecall"}"#));
}
