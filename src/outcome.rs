//! How an input record ends: judged, skipped or failed. Every record ends as exactly one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::posting::{Posting, SourceRef};
use crate::reading::Passage;
use crate::verdict::Verdict;

/// The schema name that every record carries.
pub const SCHEMA: &str = "rolecall.posting/1";

/// A record of the results: one line of JSON Lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Always `rolecall.posting/1`.
    pub schema: String,
    /// How the record ended.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// How an input record ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// The posting was read and judged.
    Judged(Box<Judged>),
    /// There was nothing to judge.
    Skipped(Skipped),
    /// The record could not be read.
    Failed(Failed),
}

/// A judged posting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Judged {
    /// Where it was read.
    pub source: SourceRef,
    /// The source's own id, else a stable one from path and record.
    pub id: String,
    /// The title; null when there is none.
    pub title: Option<String>,
    /// The employer.
    pub company: Option<String>,
    /// Where the job is.
    pub location: Option<String>,
    /// Where the posting stands on the web.
    pub url: Option<String>,
    /// The language judged, as an ISO 639-1 code.
    pub language: Option<String>,
    /// The judgement.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The id of the earlier posting that this one repeats; null when it repeats none.
    pub duplicate_of: Option<String>,
    /// How much of the text the two have in common, from 0 to 1: 1 is the same text; null likewise.
    pub likeness: Option<f64>,
    /// The body, when it was asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub body: Option<String>,
    /// The body as it was read, when it was asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reading: Option<Vec<Passage>>,
}

impl Judged {
    /// A posting that was judged in this language, with nothing known of copies.
    #[must_use]
    pub fn new(posting: Posting, language: Option<String>, verdict: Verdict) -> Self {
        Self {
            source: posting.source,
            id: posting.id,
            title: posting.title,
            company: posting.company,
            location: posting.location,
            url: posting.url,
            language,
            verdict,
            duplicate_of: None,
            likeness: None,
            body: None,
            reading: None,
        }
    }
}

/// A posting with nothing to judge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Skipped {
    /// Why.
    pub reason: SkipReason,
    /// Where it was read.
    pub source: SourceRef,
    /// The source's own id, else a stable one from path and record.
    pub id: String,
    /// The title; null when there is none.
    pub title: Option<String>,
    /// The language found or stated, as an ISO 639-1 code.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub language: Option<String>,
    /// Hash of the body, as `text.hash` of what is judged; left out where there is none to read.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hash: Option<String>,
    /// The id of the earlier posting that this one repeats, when that is why.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duplicate_of: Option<String>,
    /// How much of the text the two have in common, from 0 to 1: 1 is the same text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub likeness: Option<f64>,
}

names! {
    /// Why a posting was skipped.
    SkipReason {
        /// The source holds no body.
        NoText = "no-text",
        /// No lexicon reads its language.
        UnsupportedLanguage = "unsupported-language",
        /// The source marks it as not listed.
        Unlisted = "unlisted",
        /// A copy, and copies were to be dropped.
        Duplicate = "duplicate",
        /// A reason that only a later version knows.
        #[serde(other)]
        Other = "other",
    }
}

/// A record that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Failed {
    /// Where it stands.
    pub source: SourceRef,
    /// What is wrong.
    pub error: Fault,
}

/// What is wrong with a record or a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fault {
    /// Stable code, such as `invalid-json`.
    pub code: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl From<Failed> for Outcome {
    fn from(failed: Failed) -> Self {
        Self::Failed(failed)
    }
}

impl Outcome {
    /// Where the record was read.
    #[must_use]
    pub fn source(&self) -> &SourceRef {
        match self {
            Self::Judged(judged) => &judged.source,
            Self::Skipped(skipped) => &skipped.source,
            Self::Failed(failed) => &failed.source,
        }
    }
}
