//! JSON Schemas of what the tool writes and reads, in draft 2020-12.
//!
//! The schemas describe `/1` of each format: within it fields are only added and enums may grow, and
//! every list of names says so in its description.

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

use crate::baseline;
use crate::comparison::{self, Comparison};
use crate::eval::report::{self, EvalReport};
use crate::fit::{self, FitReport};
use crate::outcome::{self, Record};
use crate::problem;
use crate::report::check::json::Page;
use crate::report::json::{self, Run};
use crate::report::values::{self, Values};
use crate::summary::{self, Summary};

/// What is said of every list of names.
const OPEN: &str = "Open list: later versions may add values, so accept unknown ones.";

/// The schema of one record: a line of JSON Lines.
#[must_use]
pub fn posting() -> Value {
    written::<Record>("rolecall posting", outcome::SCHEMA)
}

/// The schema of a run's summary.
#[must_use]
pub fn summary() -> Value {
    written::<Summary>("rolecall summary", summary::SCHEMA)
}

/// The schema of the one JSON object of a run.
#[must_use]
pub fn run() -> Value {
    written::<Run>("rolecall run", json::SCHEMA)
}

/// The schema of what changed between two audits.
#[must_use]
pub fn comparison() -> Value {
    written::<Comparison>("rolecall comparison", comparison::SCHEMA)
}

/// The schema of what `check` found.
#[must_use]
pub fn check() -> Value {
    written::<Page<'static>>("rolecall check", problem::SCHEMA)
}

/// The schema of what `eval` measured.
#[must_use]
pub fn eval() -> Value {
    written::<EvalReport>("rolecall eval", report::SCHEMA)
}

/// The schema of what `lexicon fit` reports.
#[must_use]
pub fn fit() -> Value {
    written::<FitReport>("rolecall fit", fit::SCHEMA)
}

/// The schema of the values that `config show` prints.
#[must_use]
pub fn values() -> Value {
    written::<Values>("rolecall values", values::SCHEMA)
}

/// The schema of a baseline.
#[must_use]
pub fn baseline() -> Value {
    written::<baseline::File>("rolecall baseline", baseline::SCHEMA)
}

/// The schema of a file that people write, such as a lexicon, from the type that reads it.
#[must_use]
pub fn file<T: JsonSchema>(title: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_deserialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema.to_value()
}

/// The schema of what the tool writes under this schema name, with the note on open lists.
fn written<T: JsonSchema>(title: &str, name: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    if let Some(property) = schema.pointer_mut("/properties/schema").and_then(Value::as_object_mut) {
        property.insert("const".to_owned(), name.into());
    }
    RecursiveTransform(note_open_lists).transform(&mut schema);
    schema.to_value()
}

/// Adds the note to a schema that lists names.
fn note_open_lists(schema: &mut Schema) {
    let names = |value: &Value| value.get("const").is_some() || value.get("enum").is_some();
    let listed = schema.get("oneOf").and_then(Value::as_array).is_some_and(|list| list.iter().all(names));
    if !listed {
        return;
    }
    let description = match schema.get("description").and_then(Value::as_str) {
        Some(text) => format!("{text} {OPEN}"),
        None => OPEN.to_owned(),
    };
    schema.insert("description".to_owned(), description.into());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::outcome::{Outcome, SkipReason};
    use crate::problem::CheckRun;
    use crate::report::check;
    use crate::report::check::testing::{self, hostile, run};
    use crate::report::testing::written;
    use crate::report::{EvidenceMode, Format, Options};
    use crate::rule::Code;
    use crate::vocabulary::{Claim, Described, Ruling};

    fn outcomes() -> Vec<Outcome> {
        let whole = fixture::posting("Product Manager")
            .ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, 0.97)
            .company("Northwind")
            .says("pmm/positioning/positioning", "positioning", 2.0)
            .flagged(Code::Rc001, "the duties are product marketing's")
            .body("Own positioning.");
        vec![
            whole.outcome(),
            fixture::posting("Product Manager").at("a.parquet", 9, None).outcome(),
            fixture::skipped(SkipReason::UnsupportedLanguage, "b.jsonl", 2),
            fixture::failed("invalid-json", "cut short", "b.jsonl", 3),
        ]
    }

    fn complaint(schema: &Value, value: &Value) -> Result<(), String> {
        let validator = jsonschema::draft202012::new(schema).unwrap();
        validator.validate(value).map_err(|error| format!("{error} at {}", error.instance_path()))
    }

    #[test]
    fn what_is_written_is_valid() {
        for with_text in [false, true] {
            for evidence in [EvidenceMode::None, EvidenceMode::Flagged, EvidenceMode::All] {
                let options = Options { evidence, with_text, ..Options::default() };
                let run: Value = serde_json::from_str(&written(Format::Json, &options, &outcomes())).unwrap();
                for record in run["postings"].as_array().unwrap() {
                    assert_eq!(complaint(&posting(), record), Ok(()), "{record}");
                }
                assert_eq!(complaint(&summary(), &run["summary"]), Ok(()));
            }
        }
        let empty = serde_json::to_value(Summary::default()).unwrap();
        assert_eq!(complaint(&summary(), &empty), Ok(()));
    }

    #[test]
    fn what_is_missing_or_wrong_is_invalid() {
        let run: Value =
            serde_json::from_str(&written(Format::Json, &Options::default(), &outcomes())).unwrap();
        let good = &run["postings"][0];
        for (field, wrong) in [
            ("schema", Value::from("rolecall.posting/2")),
            ("outcome", Value::from("maybe")),
            ("confidence", Value::from("high")),
            ("source", Value::Null),
            ("evidence", Value::Null),
        ] {
            let mut bad = good.clone();
            bad[field] = wrong;
            assert!(complaint(&posting(), &bad).is_err(), "{field}");
            let mut bad = good.clone();
            bad.as_object_mut().unwrap().remove(field);
            assert!(complaint(&posting(), &bad).is_err(), "without {field}");
        }
        let mut grown = good.clone();
        grown["later"] = Value::from(1);
        assert_eq!(complaint(&posting(), &grown), Ok(()));
    }

    #[test]
    fn what_check_writes_is_valid() {
        for run in [hostile(), run(), CheckRun::default()] {
            let page: Value = serde_json::from_str(&testing::written(check::Format::Json, &run)).unwrap();
            assert_eq!(complaint(&super::check(), &page), Ok(()));
            let mut bad = page.clone();
            bad["summary"]["files"] = Value::from("many");
            assert!(complaint(&super::check(), &bad).is_err());
        }
    }

    #[test]
    fn schemas_are_valid_and_those_of_output_say_that_lists_are_open() {
        for schema in [posting(), summary(), super::check(), file::<Record>("a file")] {
            assert!(jsonschema::meta::is_valid(&schema));
            assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        }
        for list in ["Zone", "Actor", "Ruling", "Code", "SkipReason"] {
            let note =
                |schema: &Value| schema["$defs"][list]["description"].as_str().unwrap().ends_with(OPEN);
            assert!(note(&posting()), "{list}");
            assert!(!note(&file::<Record>("a file")), "{list}");
        }
    }
}
