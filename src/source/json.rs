//! From a JSON object to a posting.
//!
//! Only the fields that mean something are built; the rest is passed over. A record whose names show a
//! [`Dialect`] is read again, whole, by its rules. What strict JSON forbids but real files hold is mended, once, when
//! the strict parse fails.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer as _, MapAccess, Visitor};

use super::around::Around;
use super::carried;
use super::charset;
use super::dialect::{Dialect, Told};
use super::field::Mapping;
use super::gather::{Gathered, failed};
use super::mend::mend;
use super::reading;
use super::record::Record;
use super::usual;
use super::value::Value;
use crate::outcome::{Fault, Outcome};
use crate::posting::{Posting, SourceRef};

/// The posting in one JSON value, or how the record ended instead.
pub(super) fn posting(
    source: &SourceRef,
    bytes: &[u8],
    around: &Around,
    mapping: &Mapping,
) -> Result<Posting, Box<Outcome>> {
    // An error at the end is then told at the end of the line and not on the next.
    let bytes = without_mark(bytes).trim_ascii_end();
    // Lines taken out of a list end in its comma.
    let text = charset::text(bytes.strip_suffix(b",").unwrap_or(bytes));
    let (mut gathered, text) = match parse(&text, mapping) {
        Ok(gathered) => (gathered, text),
        Err(error) => match mend(&text).and_then(|mended| Some((parse(&mended, mapping).ok()?, mended))) {
            Some((gathered, mended)) => (gathered, Cow::Owned(mended)),
            None => return Err(Box::new(failed(source, invalid(source, &text, &error)))),
        },
    };
    let dialect = around.dialect.or_else(|| Dialect::of(gathered.marks, false).map(|(dialect, _)| dialect));
    let wanted = dialect.is_some() || gathered.may_carry();
    match wanted.then(|| serde_json::from_str(&text)) {
        Some(Ok(record)) => {
            let read = dialect.and_then(|dialect| reading::read(dialect, &record, around, mapping));
            let read = read
                .or_else(|| gathered.may_carry().then(|| usual::inside(&record, around, mapping)).flatten());
            gathered = match read {
                Some(read) => read.or(gathered),
                None => gathered,
            };
            if gathered.is_nameless() && is_hollow(&record) {
                // A place that the source kept for a posting and has nothing to put in.
                gathered.dialect_read(false);
            }
        }
        Some(Err(error)) if gathered.is_nameless() => {
            return Err(Box::new(failed(source, invalid(source, &text, &error))));
        }
        Some(Err(_)) | None => {}
    }
    let owners = ["company", "company_name", "companyName", "name"];
    let mut owners = owners.into_iter().filter(|name| around.of_board || *name != "name");
    if let Some(company) = owners.find_map(|name| around.string(name)) {
        gathered.offer_company(company.to_owned());
    }
    if let Some(id) = &around.id {
        gathered.offer_id(id);
    }
    if !gathered.has_text() && is_by_column(&text) {
        let message = "the file keeps its columns one by one, as pandas does when nobody says otherwise; write it \
                       again with orient=\"records\"";
        return Err(Box::new(failed(
            source,
            Fault { code: "invalid-record".to_owned(), message: message.to_owned() },
        )));
    }
    gathered.posting(source, mapping, || names(&text))
}

/// What follows a byte order mark: files joined one behind another have it inside.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}

/// Whether an object has fields and says nothing in any of them.
fn is_hollow(record: &Value) -> bool {
    let says_nothing = |value: &Value| match value {
        Value::Nothing => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Truth(_) | Value::Object(_) => false,
    };
    !record.members().is_empty() && record.members().iter().all(|(_, value)| says_nothing(value))
}

/// Whether an object is a table with its columns one by one: `{"title": {"0": …}}`, or their names in a list.
fn is_by_column(text: &str) -> bool {
    let split = text.contains("\"columns\"") && text.contains("\"data\"");
    if !split && !text.contains("{\"0\":") && !text.contains("\"0\": ") {
        return false;
    }
    let Ok(record) = serde_json::from_str::<Value>(text) else { return false };
    let numbered = |value: &Value| value.members().first().is_some_and(|(name, _)| name == "0");
    let columns = record.members();
    let rows =
        |value: &Value| matches!(value, Value::List(rows) if matches!(rows.first(), Some(Value::List(_))));
    (!columns.is_empty() && columns.iter().all(|(_, column)| numbered(column)))
        || (split && columns.iter().any(|(name, value)| name == "data" && rows(value)))
}

/// The dialect of a record, the names that show it, and where its fields are.
pub(super) fn dialect(text: &str, around: &Around) -> Option<Told> {
    let gathered = parse(text, &Mapping::default()).ok()?;
    let (dialect, names) = match around.dialect {
        Some(dialect) => (dialect, &[][..]),
        None => Dialect::of(gathered.marks, false)?,
    };
    let record = serde_json::from_str(text).ok()?;
    reading::read(dialect, &record, around, &Mapping::default())?;
    Some(Told { dialect, names, places: reading::places(dialect, &record, around) })
}

fn parse(text: &str, mapping: &Mapping) -> serde_json::Result<Gathered> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let gathered = Record(mapping).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(gathered)
}

fn invalid(source: &SourceRef, text: &str, error: &serde_json::Error) -> Fault {
    let text = text.trim();
    if error.is_data() && !text.starts_with('{') {
        let message = "the record is not an object with the fields of a posting".to_owned();
        return Fault { code: "invalid-record".to_owned(), message };
    }
    // serde_json ends its messages with the place inside the record; a person needs the one in the file.
    let full = error.to_string();
    let what = match full.rsplit_once(" at line ").map_or(full.as_str(), |(what, _)| what) {
        "recursion limit exceeded" => "values nest deeper than 128",
        what => what,
    };
    let column = error.column();
    let message = match (source.line, error.line()) {
        (Some(first), line) if line > 1 => {
            format!("invalid JSON: {what}, at line {}, column {column}", first + line as u64 - 1)
        }
        _ => format!("invalid JSON: {what}, at column {column}"),
    };
    Fault { code: "invalid-json".to_owned(), message }
}

/// The names of the fields that are read as those of a posting, such as `node.title` where it stands inside another object,
/// and each without what stands around it.
pub(super) fn fields(text: &str) -> Vec<(String, String)> {
    let names = || names(text).into_iter().map(|(name, _)| (name.to_string(), name.into_owned())).collect();
    let carries = parse(text, &Mapping::default()).is_ok_and(|gathered| gathered.may_carry());
    let Some(record) = carries.then(|| serde_json::from_str::<Value>(text).ok()).flatten() else {
        return names();
    };
    match carried::wrapped(&record) {
        Some(wrapped) => {
            let names = wrapped.inner.members().iter().map(|(name, _)| name);
            names.map(|name| (format!("{}.{name}", wrapped.path), name.clone())).collect()
        }
        None => names(),
    }
}

/// The names of an object's fields, with the length of the text of each.
pub(super) fn names(text: &str) -> Vec<(Cow<'static, str>, usize)> {
    struct Names;
    impl<'de> Visitor<'de> for Names {
        type Value = Vec<(Cow<'static, str>, usize)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
            let mut names = Vec::new();
            while let Some(name) = entries.next_key::<String>()? {
                let length = match entries.next_value::<Value>() {
                    Ok(Value::Text(text)) => text.len(),
                    Ok(_) => 0,
                    Err(_) => return Ok(names),
                };
                names.push((Cow::Owned(name), length));
            }
            Ok(names)
        }
    }
    serde_json::Deserializer::from_str(text).deserialize_map(Names).unwrap_or_default()
}

/// Whether a text begins like our own results, whose first field is the schema.
pub(super) fn is_own_result(head: &[u8]) -> bool {
    let tokens: [&[u8]; 4] = [b"{", b"\"schema\"", b":", b"\"rolecall."];
    tokens.iter().try_fold(head, |rest, token| rest.trim_ascii_start().strip_prefix(*token)).is_some()
}

#[cfg(test)]
mod tests {
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
            (
                r#"{"headline":"PM","description":{"text":"x"},"employer":{"name":"A"}}"#,
                "x.jsonl#3|PM|A|-|-|x",
            ),
            (r#"{"subject":"R&amp;D PM","job_desc":"x","url":"u"}"#, "x.jsonl#3|R&D PM|-|-|u|x"),
            (r#"{"name":"A","title":"PM","text":"y","content":"x"}"#, "x.jsonl#3|PM|-|-|-|x"),
            (
                r#"{"title":" P\n M ","locations":["Lyon",{"name":"Bonn"}],"body":"x"}"#,
                "x.jsonl#3|P M|-|Lyon; Bonn|-|x",
            ),
            (
                r#"{"title":"PM","content":"&lt;p&gt;R&amp;amp;D&lt;/p&gt;"}"#,
                "x.jsonl#3|PM|-|-|-|<p>R&amp;D</p>",
            ),
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
            read_with(r#"{"title":"x","text":"PM","ad":{"en":"no","de":"ja"},"body":"no"}"#, &mapping)
                .unwrap();
        assert_eq!(posting.title.as_deref(), Some("PM"));
        assert_eq!(posting.parts[0].text, "ja");
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
            assert_eq!(
                format!("{} {title} {place}{}", posting.id, posting.parts[0].text),
                *expected,
                "{json}"
            );
        }
        assert_eq!(fault(r#"{"node":{"label":"x"}}"#).0, "missing-body");
    }

    #[test]
    fn a_name_beside_a_list_of_jobs_is_that_of_the_board() {
        let around = |of_board| Around {
            strings: vec![("name".into(), "Acme".into())],
            of_board,
            ..Around::default()
        };
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
}
