//! The result of `eval`: one value, whatever was measured, that every format prints.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::attribution::Attribution;
use super::gate::Missed;
use super::measure::Measured;

/// The schema name that every report carries.
pub const SCHEMA: &str = "rolecall.eval/1";

/// What `eval` found. Within `/1` fields are only added.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EvalReport {
    /// Always `rolecall.eval/1`.
    pub schema: String,
    /// Version of the tool.
    pub version: String,
    /// Hash of the lexicon that judged.
    pub lexicon: Arc<str>,
    /// Hash of the configuration in force.
    pub configuration: Arc<str>,
    /// Figures over whole postings; null when lines were measured.
    pub postings: Option<Measured>,
    /// Figures over lines; null when whole postings were measured.
    pub lines: Option<Attribution>,
    /// Bars that were missed.
    pub missed: Vec<Missed>,
}

impl EvalReport {
    /// An empty report of a run with this lexicon and this configuration, by their hashes.
    #[must_use]
    pub fn new(lexicon: &Arc<str>, configuration: &Arc<str>) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            lexicon: Arc::clone(lexicon),
            configuration: Arc::clone(configuration),
            postings: None,
            lines: None,
            missed: Vec::new(),
        }
    }
}
