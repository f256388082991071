//! What is cut out of lists, whole, broken and in one another.

use std::io::Cursor;

use super::super::value::Value;
use super::*;

fn read(text: &str, size: usize) -> Vec<(u64, String)> {
    let blocks = Blocks::with_size(Box::new(Cursor::new(text.to_owned())), size);
    let list = JsonList::new(blocks, Numbering::new("x".into()), Around::default());
    list.map(|raw| (raw.source.line.unwrap(), raw.text().into_owned())).collect()
}

/// The line on which an item begins, and its text or what is wrong.
type Item = (u64, &'static str);

const CASES: &[(&str, &str, &[Item])] = &[
    ("list", "[{\"a\":1},\n {\"a\":[2]}]", &[(1, "{\"a\":1}"), (2, "{\"a\":[2]}")]),
    ("empty list", " [ ] ", &[]),
    ("nothing", "", &[]),
    ("joined, with a mark", "[{\"a\":1}]\u{feff}[{\"a\":2}]", &[(1, "{\"a\":1}"), (1, "{\"a\":2}")]),
    (
        "two lists of postings",
        "{\"new\":[{\"title\":\"A\",\"body\":\"x\"}],\n\"jobs\":[{\"title\":\"B\",\"body\":\"y\"}]}",
        &[(1, "{\"title\":\"A\",\"body\":\"x\"}"), (2, "{\"title\":\"B\",\"body\":\"y\"}")],
    ),
    (
        "column by column",
        "{\"title\":[\"A\",\"B\"],\"body\":[\"x\",\"y\"]}",
        &[(1, "{\"title\":\"A\",\"body\":\"x\"}"), (1, "{\"title\":\"B\",\"body\":\"y\"}")],
    ),
    (
        "rows below their names",
        "[[\"title\",\"body\"],\n[\"A\",\"x\"],\n[\"B\"]]",
        &[(2, "{\"title\":\"A\",\"body\":\"x\"}"), (3, "{\"title\":\"B\"}")],
    ),
    ("rows without names", "[[1,2],[3,4]]", &[(1, "[1,2]"), (1, "[3,4]")]),
    ("trailing comma", "[{},]", &[(1, "{}")]),
    ("comma missing", "[{} {}]", &[(1, "{}"), (1, "{}")]),
    ("scalars", "[1, \"a\",{}]", &[(1, "1"), (1, "\"a\""), (1, "{}")]),
    (
        "list in an object",
        "{\"n\":2,\n\"jobs\":[{\"a\":1},{\"a\":2}],\"meta\":{\"x\":[1]}}",
        &[(2, "{\"a\":1}"), (2, "{\"a\":2}")],
    ),
    (
        "items under ids",
        "{\"7\":{\"title\":\"PM\",\"body\":\"x\"},\n\"8\":{\"title\":\"A\",\"body\":\"y\"}}",
        &[(1, "{\"title\":\"PM\",\"body\":\"x\"}"), (2, "{\"title\":\"A\",\"body\":\"y\"}")],
    ),
    (
        "a broken item under an id costs itself",
        "{\"5\":{\"title\":\"B\",\"body\":\"z\"},\n\"6\":{\"title\":\"C\",\"body\":\"z\"},\"7\":{\"title\":\"PM\",\"body\"\"x\"},\n\"8\":{\"title\":\"A\",\"body\":\"y\"}}",
        &[
            (1, "{\"title\":\"B\",\"body\":\"z\"}"),
            (2, "{\"title\":\"C\",\"body\":\"z\"}"),
            (2, "{\"title\":\"PM\",\"body\"\""),
            (3, "{\"title\":\"A\",\"body\":\"y\"}"),
        ],
    ),
    ("one object", "{\"title\":\"PM\",\"body\":\"x\"}", &[(1, "{\"title\":\"PM\",\"body\":\"x\"}")]),
    (
        "objects one after another",
        "{\"body\":\n\"x\"}\n{\"body\":\"y\"}\n",
        &[(1, "{\"body\":\n\"x\"}"), (3, "{\"body\":\"y\"}")],
    ),
    (
        "a broken item costs itself in lists in a list",
        "[[{\"a\":1,\"b\":1},{\"a\" 2}],[{\"a\":3,\"b\":3}],\n[{\"a\":4,\"b\":4}]]",
        &[(1, "{\"a\":1,\"b\":1}"), (1, "{\"a\" 2"), (1, "{\"a\":3,\"b\":3}"), (2, "{\"a\":4,\"b\":4}")],
    ),
    ("lists one after another", "[{\"a\":1}]\n[{\"a\":2}]", &[(1, "{\"a\":1}"), (2, "{\"a\":2}")]),
    (
        "an unquoted end costs one item of an indented list",
        "[\n {\n  \"a\": \"x,\n  \"b\": 1\n },\n {\n  \"a\": \"y\"\n }\n]",
        &[(2, "{\n  \"a\": \"x,\n  \"b"), (6, "{\n  \"a\": \"y\"\n }")],
    ),
    (
        "a missing bracket does not swallow the rest",
        "[{\"id\":1,\"b\":[3],\"c\":4},{\"id\":2,\"b\":[3,\"c\":4},{\"id\":5,\"b\":[6],\"c\":7}]",
        &[
            (1, "{\"id\":1,\"b\":[3],\"c\":4}"),
            (1, "{\"id\":2,\"b\":[3,\"c\":4}"),
            (1, "{\"id\":5,\"b\":[6],\"c\":7}"),
        ],
    ),
    (
        "a list that is cut open does not swallow the rest",
        "[{\"id\":1,\"b\":2},{\"id\":3,\"x\":[{\"b\":4},{\"id\":5,\"b\":6}]}]",
        &[
            (1, "{\"id\":1,\"b\":2}"),
            (1, "{\"id\":3,\"x\":[{\"b\":4},"),
            (1, "{\"id\":5,\"b\":6}"),
            (1, "neither an object nor a list begins here"),
        ],
    ),
    (
        "a posting may hold another",
        "[{\"id\":1,\"b\":2},{\"id\":3,\"b\":[{},{\"id\":5,\"b\":6}]}]",
        &[(1, "{\"id\":1,\"b\":2}"), (1, "{\"id\":3,\"b\":[{},{\"id\":5,\"b\":6}]}")],
    ),
    (
        "a missing brace costs one item of a compact list",
        "[{\"id\":1,\"x\":{\"id\":9},{\"id\":2}]",
        &[(1, "{\"id\":1,\"x\":{\"id\":9},{"), (1, "{\"id\":2}")],
    ),
    (
        "pages of a board",
        "{\"pages\":[{\"data\":[{\"title\":1}]},\n{\"data\":[]},{\"data\":[\n{\"title\":2}]}]}",
        &[(1, "{\"title\":1}"), (3, "{\"title\":2}")],
    ),
    (
        "a list a board",
        "{\"boards\":{\"one\":{\"jobs\":[{\"id\":1,\"t\":2,\"b\":3}],\"n\":1},\n\"two\":{\"jobs\":[ {\"id\":4,\"t\":5}]}},\"x\":[2]}",
        &[(1, "{\"id\":1,\"t\":2,\"b\":3}"), (2, "{\"id\":4,\"t\":5}")],
    ),
    (
        "other lists beside",
        "{\"jobs\":[{\"id\":1,\"title\":2,\"b\":3}],\"teams\":[{\"id\":4,\"name\":5}],\"deep\":{\"jobs\":[{\"id\":1,\"title\":2,\"b\":3}]},\"old\":[],\"more\":[{\"id\":6,\"title\":7}]}",
        &[(1, "{\"id\":1,\"title\":2,\"b\":3}"), (1, "{\"id\":6,\"title\":7}")],
    ),
    (
        "broken before the list",
        "{\"n\": 2, \" 2, \"jobs\":[{\"title\":2,\"body\":1},{\"title\":4}]}",
        &[
            (1, "{\"n\": 2, \" 2, \"j"),
            (1, "{\"title\":2,\"body\":1}"),
            (1, "{\"title\":4}"),
            (1, "neither an object nor a list begins here"),
        ],
    ),
    (
        "broken behind the list",
        "{\"jobs\":[{\"a\":1}],\"n\" 1,\"x\":[{\"a\":2},{\"a\":3}]}",
        &[(1, "{\"a\":1}"), (1, "the JSON behind the list is broken here"), (1, "{\"a\":3}")],
    ),
    (
        "cut behind the list",
        "{\"jobs\":[{\"a\":1}],\"n\": \"x",
        &[(1, "{\"a\":1}"), (1, "the file ends behind the list, inside an object")],
    ),
    (
        "a lone posting may hold lists",
        "[{\"title\":\"PM\",\"items\":[{\"title\":\"x\"}]}]",
        &[(1, "{\"title\":\"PM\",\"items\":[{\"title\":\"x\"}]}")],
    ),
    (
        "lists in a list",
        "[[{\"a\":1},{\"a\":2}],\n[],[[{\"a\":3}]],{\"a\":4}]",
        &[(1, "{\"a\":1}"), (1, "{\"a\":2}"), (2, "{\"a\":3}"), (2, "{\"a\":4}")],
    ),
    ("rows are no lists of items", "[[\"a\",1],[\"b\",2]]", &[(1, "[\"a\",1]"), (1, "[\"b\",2]")]),
    (
        "groups in groups",
        "{\"departments\":[{\"name\":\"A\",\"teams\":[{\"name\":\"B\",\"jobs\":[{\"title\":1}]},{\"name\":\"C\",\"jobs\":[]}]},\n\
         {\"name\":\"D\",\"teams\":[{\"name\":\"E\",\"jobs\":[{\"title\":2}]}]}]}",
        &[(1, "{\"title\":1}"), (2, "{\"title\":2}")],
    ),
    ("cut inside an item", "[{\"a\":1},{\"a\":", &[(1, "{\"a\":1}"), (1, "{\"a\":")]),
    ("cut behind an item", "[{\"a\":1},\n", &[(1, "{\"a\":1}"), (2, "the file ends inside the list")]),
    ("no JSON", "hello", &[(1, "neither an object nor a list begins here")]),
];

#[test]
fn items_are_cut_out_whatever_the_block_size() {
    for (name, text, expected) in CASES {
        for size in [1, 7, 4096] {
            let found = read(text, size);
            let found: Vec<_> = found.iter().map(|(line, text)| (*line, text.as_str())).collect();
            assert_eq!(found, *expected, "{name} in blocks of {size}");
        }
    }
}

#[test]
fn a_name_beside_a_list_is_that_of_a_board_or_of_a_department() {
    let board = |text: &str| {
        let blocks = Blocks::with_size(Box::new(Cursor::new(text.to_owned())), 64);
        let mut list = JsonList::new(blocks, Numbering::new("x".into()), Around::default());
        match list.next().unwrap().payload {
            Payload::Json(_, around) => (around.of_board, around.string("name").unwrap_or("-").to_owned()),
            other => panic!("{other:?}"),
        }
    };
    let list = "{\"name\":\"A\",\"jobs\":[{\"title\":\"PM\"}]}";
    assert_eq!(board(list), (true, "A".to_owned()));
    assert_eq!(board(&format!("{{\"companies\":[{list}]}}")), (true, "A".to_owned()));
    assert_eq!(board(&format!("{{\"departments\":[{list}]}}")), (false, "A".to_owned()));
    let with_site = list.replace('{', "{\"website\":\"a.example\",");
    assert_eq!(board(&format!("[{list}]")), (false, "A".to_owned()));
    assert_eq!(board(&format!("[{with_site}]")), (true, "A".to_owned()));
}

#[test]
fn what_an_answer_includes_is_at_hand_for_each_of_its_items() {
    let item = r#"{"id":"1","attributes":{"title":"PM","body":"x"},"relationships":{"company":{"data":{"id":"7","type":"c"}}}}"#;
    let included = r#""included":[{"id":"7","type":"c","attributes":{"name":"Acme"}}]"#;
    let behind = format!("{{\"data\":[{item},{item}],{included}}}");
    let before = format!("{{{included},\"data\":[{item},{item}]}}");
    let pages = format!("[{behind},{before}]");
    let pointer: Value = serde_json::from_str(r#"{"id":"7","type":"c"}"#).unwrap();
    for (text, expected) in [(&behind, 2), (&before, 2), (&pages, 4)] {
        for size in [1, 7, 4096] {
            let blocks = Blocks::with_size(Box::new(Cursor::new(text.clone())), size);
            let list = JsonList::new(blocks, Numbering::new("x".into()), Around::default());
            let found = list.filter(|raw| match &raw.payload {
                Payload::Json(_, around) => around.included.of_pointers(&pointer).count() == 1,
                other => panic!("{other:?}"),
            });
            assert_eq!(found.count(), expected, "{text}");
        }
    }
}

#[test]
fn an_item_past_the_limit_fails_alone() {
    let text = "[\n{\"a\":1},\n{\"a\":\"much too long for the limit\"},\n{\"a\":2}\n]";
    let mut list = JsonList::new(
        Blocks::with_size(Box::new(Cursor::new(text)), 4),
        Numbering::new("x".into()),
        Around::default(),
    );
    list.limit = 16;
    let found: Vec<_> = list.map(|raw| raw.text().into_owned()).collect();
    assert_eq!(found, ["{\"a\":1}", "the record is longer than 16 MiB", "{\"a\":2}"]);
    // Also when it is the first.
    let text = "[{\"a\":\"much too long for the limit\"},{\"a\":2}]";
    let blocks = Blocks::with_size(Box::new(Cursor::new(text)), 4);
    let mut list = JsonList::new(blocks, Numbering::new("x".into()), Around::default());
    list.limit = 16;
    let found: Vec<_> = list.map(|raw| raw.text().into_owned()).collect();
    assert_eq!(found, ["the record is longer than 16 MiB", "{\"a\":2}"]);
}

#[test]
fn answers_in_answers_come_to_an_end() {
    let deep = r#"{"title":"x","jobs":["#.repeat(5_000);
    for text in [deep.clone(), format!("{deep}{}", "]}".repeat(5_000))] {
        assert!(!read(&text, 1 << 20).is_empty());
    }
}
