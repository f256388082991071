//! What YAML holds, where it is cut, and that it ends.

use super::*;

fn to_json(text: &str) -> Result<String, String> {
    Piece::whole(text).to_json(text)
}

#[test]
fn values_stand_on_their_lines() {
    let yaml =
        "# all\njobs:\n  - title: PM\n    body: |\n      Own\n      it\n  - {title: PMM, n: 7, on: null}\n";
    let json = to_json(yaml).unwrap();
    assert_eq!(
        json,
        "\n{\"jobs\":\n[{\"title\":\"PM\",\"body\":\n\n\"Own\\nit\\n\"},\n\n{\"title\":\"PMM\",\"n\":\"7\",\"on\":null}]}"
    );
    assert_eq!(to_json("--- {a: 1}\n--- [x]\n--- Own\n").unwrap(), "{\"a\":\"1\"}\n[\"x\"]");
    assert!(to_json("a: 1\nb: ]\n").unwrap_err().starts_with("line 2 is no YAML: "));
}

#[test]
fn values_are_what_their_writers_mean() {
    for (yaml, json) in [
        ("a: 1\na: 2\n", r#"{"a":"2"}"#),
        ("country: NO\nremote: yes\nlisted: true\n", r#"{"country":"NO","remote":"yes","listed":true}"#),
        ("id: 123456789012345678901234567890\n", r#"{"id":"123456789012345680000000000000"}"#),
        ("7: x\n", r#"{"7":"x"}"#),
        ("a: !local x\nb: !list [y]\n", "{\"a\":\"x\",\"b\":\n[\"y\"]}"),
        ("- &a {b: 1}\n- <<: *a\n  c: 2\n", "[{\"b\":\"1\"},\n{\"b\":\"1\",\"c\":\"2\"}]"),
    ] {
        let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
        assert_eq!(value(&to_json(yaml).unwrap()), value(json), "{yaml}");
    }
    let often = format!("a: &a Acme\nb: [{}]\n", "*a, ".repeat(2000));
    assert!(to_json(&often).is_ok());
}

#[test]
fn yaml_is_told_by_its_name_and_beginning() {
    for (ending, head, expected) in [
        ("yml", "- title: PM\n", true),
        ("yml", "-\n  title: PM\n", true),
        ("yaml", "---\n# all\nroles:\n  - a: 1\n", true),
        ("yml", "---\ntitle: PM\n---\ntitle: PMM\n", true),
        ("yml", "---\ntitle: PM\n---\nWe hire.\n", false),
        ("yml", "We hire.\n", false),
        ("txt", "- title: PM\n", false),
    ] {
        assert_eq!(is_yaml(Some(ending), head), expected, "{head}");
    }
    assert!(tells("- title: PM\n  location: Kiel\n  description: >\n    Own it.\n"));
    assert!(!tells("name: CI\ndescription: Builds\nlocation: x\n"));
    assert!(!tells("info:\n  title: An interface\n  description: Pets\n"));
}

#[test]
fn a_file_is_cut_at_its_documents_or_the_items_of_its_list() {
    for (name, text, lines) in [
        ("a list", "# all\n- a: 1\n  b:\n  - c\n-\n  a: 2\n", vec![2, 5]),
        ("a list under a name", "---\njobs:\n\n  - a: 1\n    b:\n      - c\n  - a: 2\n", vec![4, 7]),
        ("a name and its items indented alike", "jobs:\n- a: 1\n- a: 2\n", vec![2, 3]),
        ("a line astray in an item", "- a: |\n    x\ny\n- a: 2\n", vec![1, 4]),
        ("documents", "a: 1\n---\na: 2\n--- # c\na: 3\n", vec![1, 2, 4]),
        ("marked documents", "%YAML 1.2\n---\na: 2\n---\na: 3\n", vec![2, 4]),
        ("one posting", "title: PM\nduties:\n  - Own\n  - Rank\n", vec![]),
        ("two lists", "jobs:\n  - a: 1\nplaces:\n  - Kiel\n", vec![]),
        ("no list", "a:\n  b: 1\n", vec![]),
    ] {
        let parts = Piece::whole(text).parts(text);
        assert_eq!(parts.iter().map(|part| part.line).collect::<Vec<_>>(), lines, "{name}");
    }
}

#[test]
fn hostile_yaml_ends() {
    for piece in [
        "- ",
        "[",
        "{a: ",
        "&a [*a, ",
        "? ",
        "a: &b {c: *b, ",
        "---\n",
        "\"",
        "|\n ",
        "- [\n",
        "a:\n ",
        "!",
        "*a\n",
        "- a: '",
    ] {
        let _ = to_json(&piece.repeat(1_000_000 / piece.len()));
    }
    let _ = to_json(&"[".repeat(10_000_000));
    let laugh = |at: usize| format!("a{at}: &a{at} [*a{0}, *a{0}]\n", at - 1);
    assert!(to_json(&("a0: &a0 [x, x]\n".to_owned() + &(1..40).map(laugh).collect::<String>())).is_err());
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(1_000_000), "*a, ".repeat(10_000));
    assert!(to_json(&long).is_err());
}

#[test]
fn yaml_that_is_damaged_ends() {
    let text = "# all\njobs:\n  - &a\n    title: 'P''M'\n    body: |\n      Own\n  - {<<: *a, c: \"\\u00e9\", [x]: !b y}\n---\n- >-\n  z\n";
    for at in 0..text.len() {
        for damaged in [text[..at].to_owned(), format!("{}{}", &text[..at], &text[at + 1..])] {
            let whole = Piece::whole(&damaged);
            let _ = whole.to_json(&damaged);
            for part in whole.parts(&damaged) {
                let _ = part.to_json(&damaged);
            }
        }
    }
}
