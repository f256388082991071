//! Values that only take some texts or numbers, refused where they stand.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::rule::{Code, RULES};
use crate::suggest::{advice, nearest};
use crate::vocabulary::Claim;

/// A rule by code or name, as written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RuleName {
    /// The rule.
    pub code: Code,
    written: String,
}

/// A rule, or `ALL` of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleChoice {
    /// All rules.
    All,
    /// This one.
    One(Code),
}

/// A number from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(try_from = "f64")]
pub struct Share(pub f64);

/// The role that postings are meant for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Expected {
    /// Product manager.
    #[serde(rename = "pm")]
    Pm,
    /// Product marketing manager.
    #[serde(rename = "pmm")]
    Pmm,
}

/// A text that says something.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Words(pub String);

/// The rule with this code or name.
fn rule(text: &str, others: &[&str]) -> Result<Code, String> {
    Code::parse(text).ok_or_else(|| {
        let names = RULES.iter().flat_map(|rule| [rule.code.code(), rule.name]);
        let known: Vec<&str> = names.chain(others.iter().copied()).collect();
        match nearest(text, known.iter().copied()) {
            Some(_) => format!("no rule is called \"{text}\": {}", advice(text, &known)),
            None => format!("no rule is called \"{text}\": rolecall rule lists them"),
        }
    })
}

impl std::str::FromStr for RuleName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(Self { code: rule(text, &[])?, written: text.to_owned() })
    }
}

impl std::str::FromStr for RuleChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.eq_ignore_ascii_case("all") {
            return Ok(Self::All);
        }
        rule(text, &["ALL"]).map(Self::One)
    }
}

impl<'de> Deserialize<'de> for RuleName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for RuleChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

impl TryFrom<f64> for Share {
    type Error = String;

    fn try_from(number: f64) -> Result<Self, String> {
        if (0.0..=1.0).contains(&number) {
            Ok(Self(number))
        } else {
            Err(format!("{number} is not a number from 0 to 1"))
        }
    }
}

impl TryFrom<String> for Words {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.trim().is_empty() {
            Err("this says nothing: give some words".to_owned())
        } else {
            Ok(Self(text))
        }
    }
}

impl From<Expected> for Claim {
    fn from(expected: Expected) -> Self {
        match expected {
            Expected::Pm => Self::Pm,
            Expected::Pmm => Self::Pmm,
        }
    }
}

/// Codes and names of all rules.
fn rule_names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.code.code()).chain(RULES.iter().map(|rule| rule.name))
}

impl JsonSchema for RuleName {
    fn schema_name() -> Cow<'static, str> {
        "RuleName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = rule_names().collect();
        json_schema!({ "type": "string", "description": "A rule by code or name.", "enum": names })
    }
}

impl JsonSchema for RuleChoice {
    fn schema_name() -> Cow<'static, str> {
        "RuleChoice".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names: Vec<&str> = std::iter::once("ALL").chain(rule_names()).collect();
        json_schema!({ "type": "string", "description": "A rule by code or name, or ALL of them.", "enum": names })
    }
}

impl JsonSchema for Share {
    fn schema_name() -> Cow<'static, str> {
        "Share".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number", "minimum": 0, "maximum": 1 })
    }
}

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "\\S" })
    }
}
