//! Where the postings of an object are, which lists are answers, and what is buried in pages.

use super::*;

#[test]
fn the_postings_of_an_object_are_found() {
    const CASES: &[(&str, &str, Option<&str>)] = &[
        ("one posting", r#"{"title":"PM","description":"Own it"}"#, None),
        ("greenhouse", r#"{"jobs":[{"id":1}],"meta":{"total":1}}"#, Some("jobs")),
        ("any key", r#"{"tags":["a"],"entries":[{"id":1}]}"#, Some("entries")),
        ("strong before weak", r#"{"data":[{"x":1}],"jobs":[{"id":1}]}"#, Some("jobs")),
        ("account with jobs", r#"{"name":"A","description":"We","jobs":[{"id":1}]}"#, Some("jobs")),
        ("posting with lists", r#"{"text":"PM","description":"x","lists":[{"text":"y"}]}"#, None),
        ("nested", r#"{"data":{"total":1,"postings":[{"id":1}]}}"#, Some("postings")),
        ("nested any", r#"{"response":{"docs":[{"id":1}]}}"#, Some("docs")),
        (
            "workday",
            r#"{"jobPostingInfo":{"title":"PM","tags":[{"a":1}]},"similarJobs":[{"title":"x"}]}"#,
            None,
        ),
        ("smartrecruiters", r#"{"name":"PM","customField":[{"id":1}],"jobAd":{"sections":{}}}"#, None),
        ("posting without text", r#"{"id":1,"title":"PM","tags":[{"id":1}]}"#, None),
        ("titled feed", r#"{"title":"Board","entries":[{"title":"PM"}]}"#, Some("entries")),
        ("empty", r#"{"jobs":[],"total":0}"#, Some("jobs")),
        ("no list", r#"{"total":0}"#, None),
        ("ids as keys", r#"{"7":{"title":"PM","body":"x"},"8":{"title":"A","body":"y"}}"#, Some("0 0")),
        (
            "in Spanish",
            r#"{"ofertas":{"a":{"titulo":"PM","resumen":"x"},"b":{"titulo":"A","resumen":"y"}}}"#,
            Some("11 1"),
        ),
        ("inside", r#"{"jobs":{"a":{"title":"PM","body":"x"},"b":{"title":"A","body":"y"}}}"#, Some("8 1")),
        (
            "parts with titles",
            r#"{"title":"PM","parts":{"a":{"title":"Do","text":"x"},"b":{"title":"Be","text":"y"}}}"#,
            None,
        ),
        (
            "a schema",
            r#"{"type":"object","definitions":{"a":{"title":"A","description":"x"},"b":{"title":"B","description":"y"}}}"#,
            None,
        ),
        ("one inside", r#"{"job":{"title":"PM","body":"x"}}"#, None),
        (
            "filters first",
            r#"{"filters":[{"name":"Date"}],"jobs_results":[{"title":"PM","description":"x"}]}"#,
            Some("jobs_results"),
        ),
        (
            "one inside, with others that are like it",
            r#"{"props":{"page":{"job":{"title":"PM","description":"x"},"similar":[{"title":"A"}]}}}"#,
            None,
        ),
        (
            "one with places",
            r#"{"data":{"offer":{"title":"PM","description":"x","offices":[{"city":"y"}]}}}"#,
            None,
        ),
        (
            "a thread",
            r#"{"title":"Who hires","text":"Ask","children":[{"text":"A | PM"}]}"#,
            Some("children"),
        ),
        (
            "a page of jobs",
            r#"{"title":"Careers","description":"We hire","content":[{"title":"Product Manager","go":{"a":"b"}}]}"#,
            Some("content"),
        ),
        (
            "a posting and its people",
            r#"{"title":"Open role","description":"Own","team":[{"title":"Hiring Manager","mail":"x"}]}"#,
            None,
        ),
        (
            "a posting in parts",
            r#"{"title":"Product Manager","description":"Own","items":[{"title":"Sales Manager","x":"y"}]}"#,
            None,
        ),
        ("no jobs today", r#"{"jobs":[],"filters":[{"name":"Date"}]}"#, Some("jobs")),
    ];
    for (name, text, key) in CASES {
        let found = match of(text.as_bytes(), true) {
            Shape::List { offset, key, .. } => {
                assert_eq!(text.as_bytes()[offset], b'[', "{name}");
                Some(key)
            }
            Shape::Keyed { offset, depth } => Some(format!("{offset} {depth}")),
            Shape::One => None,
            Shape::Unclear => panic!("{name} is unclear"),
        };
        assert_eq!(found.as_deref(), *key, "{name}");
    }
}

#[test]
fn a_list_of_jobs_is_taken_before_its_end_and_another_list_is_not() {
    assert!(matches!(of(br#"{"total":2,"jobs":[{"id":1},{"i"#, false), Shape::List { .. }));
    assert_eq!(of(br#"{"filters":[{"id":1},{"i"#, false), Shape::Unclear);
    assert!(matches!(of(br#"{"filters":[{"id":1},{"i"#, true), Shape::List { .. }));
}

#[test]
fn answers_in_a_list_are_told_from_postings() {
    const JOB: &str = r#"[{"title":"Product Manager","description":"x"}]"#;
    const CASES: &[(&str, bool)] = &[
        (r#"{"page":1,"jobs":JOB}"#, true),
        (r#"{"name":"Acme","description":"We sail","jobs":JOB}"#, true),
        (r#"{"title":"Acme","description":"We sail","jobs":JOB}"#, true),
        (r#"{"url":"x","body":{"data":JOB}}"#, true),
        (r#"{"url":"x","content":{"data":[{"attributes":{"title":"Product Manager","body":"x"}}]}}"#, true),
        (r#"{"title":"Product Manager","description":{"items":[{"title":"Tasks","content":"x"}]}}"#, false),
        (r#"{"title":"Product Manager","description":"Own it","jobs":JOB}"#, false),
        (r#"{"title":"Product Manager","description":"Own it","similarJobs":JOB}"#, false),
        (
            r#"{"node":{"name":"Acme","description":"x","jobs":{"edges":[{"node":{"title":"PM","description":"x"}}]}}}"#,
            true,
        ),
        (r#"{"name":"Acme","highlightedJobListings":JOB}"#, true),
        (r#"{"data":{"listings":{"listings":JOB}}}"#, true),
        (r#"{"title":"PM","sections":[{"title":"Do","content":"x"}]}"#, false),
        (r#"{"job":{"title":"PM","description":"x"},"perks":[{"title":"A","description":"y"}]}"#, false),
        (r#"{"id":1,"fields":[{"title":"Lunch","description":"y"}]}"#, false),
    ];
    for (item, expected) in CASES {
        assert_eq!(is_answer(item.replace("JOB", JOB).as_bytes()), *expected, "{item}");
    }
}

#[test]
fn postings_are_found_deep_in_the_state_of_a_page() {
    const CASES: &[(&str, Option<&str>)] = &[
        (
            r#"{"a":{"queries":[{"state":{"data":{"user":1}}},{"state":{"data":{"job":{"title":"PM","description":"x"}}}}]}}"#,
            Some(r#"{"title":"PM","description":"x"}"#),
        ),
        (
            r#"["$",null,{"meta":{"title":"A","description":"x"},"Listing:9":{"title":"Product Manager","description":"y"}}]"#,
            Some(r#"{"title":"Product Manager","description":"y"}"#),
        ),
        (r#"{"a":[{"b":{"jobs":[{"title":"PM","body":"x"}]}}]}"#, Some(r#"[{"title":"PM","body":"x"}]"#)),
        (r#"{"similarJob":{"title":"PM","description":"x"}}"#, None),
        (r#"{"cookies":{"title":"Cookies","description":"We use them"}}"#, None),
        (r#"{"a":{"job":{"title":"PM","#, None),
    ];
    for (json, expected) in CASES {
        let found = buried(json.as_bytes()).map(|found| &json[found.offset..found.offset + found.length]);
        assert_eq!(found, *expected, "{json}");
    }
    for piece in [r#"{"a":"#, "[", r#"[{"a":"#, r#"{"a":1},"#] {
        let _ = buried(format!("[{}", piece.repeat(50_000)).as_bytes());
    }
}
