//! What scripts write out, whole, damaged and hostile.

use super::*;

#[test]
fn literals_are_written_as_json() {
    const CASES: &[(&str, Option<&str>)] = &[
        (
            "[{a: 'it\\'s', \"b-c\": 1_000, d: true, e: null,},]",
            Some(r#"[{"a":"it's","b-c":1000,"d":true,"e":null}]"#),
        ),
        (
            "{ // one\n a: `x\n  ${y.map((z) => { z })} w`, /* two */ b: 2 };",
            Some("{\n\"a\":\n\"x\\n   w\",\"b\":2}"),
        ),
        (
            "{a: 'x ' +\n 'y' + z, b: [1, ...more, f(2, 3)].join(', '), c, d() { return 1; }, [e]: 1, f: 3}",
            Some("{\"a\":\n\"x y\",\"b\":[1,null],\"f\":3}"),
        ),
        (
            "{icon: Icons.Box, on: new Date('2024'), run: (a, b) => { a; }, t: dedent`x`, kind: 'y' as const}",
            Some(r#"{"icon":null,"on":null,"run":null,"t":"x","kind":"y"}"#),
        ),
        ("{a: <p>Don't</p>,\nb: 'x \\\r\n y'}", Some("{\"a\":null,\n\n\"b\":\"x  y\"}")),
        (r"{a: '\u00e9\x26\u{1F600}\ud83d\ude00\n'}", Some(r#"{"a":"é&😀😀\n"}"#)),
        ("{\n  title: string;\n  company: string;\n}", None),
        ("{a: 'x\ny'}", None),
        ("{a: [1}", None),
        ("[1)", None),
        ("[{a: 1}", None),
    ];
    for (script, expected) in CASES {
        let found = to_json(script).ok().map(|(json, _)| json);
        let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
        assert_eq!(found.as_deref().map(value), expected.map(value), "{script}");
        if let Some(json) = found {
            assert_eq!(json.matches('\n').count(), script.matches('\n').count(), "{script}");
        }
    }
}

#[test]
fn values_begin_behind_what_gives_them_to_something() {
    for (script, expected) in [
        ("export const jobs: Job[] = [\n  // all\n  {", 1),
        ("export default { jobs: [] }", 1),
        ("module.exports = { 'a': 1 }", 1),
        ("list([{ a: 1 }])", 1),
        ("interface Job {\n title: string;\n}", 0),
        ("if (a == [ {", 0),
        ("const { a, b } = c;", 0),
        ("f({ a: 1 })", 0),
    ] {
        assert_eq!(openers(script).count(), expected, "{script}");
    }
}

#[test]
fn hostile_scripts_take_no_longer_than_others() {
    const LONG: usize = 2_000_000;
    for piece in
        ["[", "{a:", "['", "`${", "a + ", "[{a:'x'+", "/*", "{[", "\\u", "'", "\"'", "{a:(", "//", "{'a':`"]
    {
        let _ = to_json(&format!("[{}", piece.repeat(LONG / piece.len())));
        let _ = to_json(&format!("[{{a:({}", piece.repeat(LONG / piece.len())));
        let _ = to_json(&format!("[`{}", piece.repeat(LONG / piece.len())));
        let _ = openers(&format!("=[{piece}").repeat(LONG / (piece.len() + 2))).count();
    }
    let _ = to_json(&"[".repeat(10_000_000));
}

#[test]
fn damaged_scripts_end() {
    let script = "[{ // é\n a: 'x' + `y${z}` + \"\\u{1F600}\\ud83d\", b: [1, ...c, f(2)].g('h'), i() { }, [j]: <k>l'</k> }, /* m */]";
    for (at, _) in script.char_indices() {
        let behind = script[at..].chars().next().map_or(at, |gone| at + gone.len_utf8());
        for damaged in [script[..at].to_owned(), format!("{}{}", &script[..at], &script[behind..])] {
            if let Ok((json, length)) = to_json(&damaged) {
                assert!(length <= damaged.len(), "{damaged}");
                assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{damaged}: {json}");
            }
        }
    }
}
