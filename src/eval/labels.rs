//! Labels of whole postings, read from the postings' own records or from a file of their own.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::outcome::{Fault, Outcome};
use crate::source::{Mapping, Raw};
use crate::vocabulary::{Claim, Described, Ruling};

/// What a careful reader says of one posting. Fields with other names are passed over.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Label {
    /// The posting's id; without one the label can only stand in the posting's own record.
    #[serde(default)]
    pub id: Option<String>,
    /// What the duties describe.
    pub role: Described,
    /// What the title claims.
    #[serde(default)]
    pub claims: Option<Claim>,
    /// What the two say together, where the reader differs from the table of claims and descriptions.
    #[serde(default)]
    pub verdict: Option<Ruling>,
    /// How sure the reader is: high, medium, low, or any word.
    #[serde(default)]
    pub confidence: Option<String>,
    /// Postings that belong together: one employer, however written.
    #[serde(default)]
    pub group: Option<String>,
    /// The neighbouring job that a `neither` looks like, in the reader's words.
    #[serde(default)]
    pub nearest: Option<String>,
}

impl Label {
    /// The verdict that is right by this label.
    #[must_use]
    pub fn ruling(&self) -> Option<Ruling> {
        self.verdict.or_else(|| self.claims.map(|claims| Ruling::of(claims, self.role)))
    }
}

/// A record of labels that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {message}")]
pub struct LabelError {
    /// The file as typed, with the line.
    pub place: String,
    /// What is wrong.
    pub message: String,
}

impl LabelError {
    /// An error in one record.
    #[must_use]
    pub fn at(raw: &Raw, message: String) -> Self {
        let path = &raw.source.path;
        let place = raw.source.line.map_or_else(|| path.to_string(), |line| format!("{path}:{line}"));
        Self { place, message }
    }

    /// An error that reading the record met.
    #[must_use]
    pub fn fault(raw: &Raw, fault: &Fault) -> Self {
        Self::at(raw, fault.message.clone())
    }
}

/// Reads one record of labels.
///
/// # Errors
///
/// When it is no JSON object with the fields of `T`.
pub fn read<T: DeserializeOwned>(raw: &Raw) -> Result<T, LabelError> {
    serde_json::from_str(&raw.text()).map_err(|error| {
        if !raw.text().trim_start().starts_with('{') {
            // Where the record could not even be cut out, that is what to say.
            if let Err(Outcome::Failed(failed)) = raw.posting(&Mapping::default()).map_err(|outcome| *outcome) {
                return LabelError::fault(raw, &failed.error);
            }
            let message = "no label: only records of JSON hold their own; give the labels in a file of JSON Lines with \
                           --labels FILE";
            return LabelError::at(raw, message.to_owned());
        }
        let text = error.to_string();
        let said = text.split(" at line ").next().unwrap_or(&text);
        LabelError::at(raw, format!("no label: {said}"))
    })
}

/// Labels by id, with the records that could not be read.
#[must_use]
pub fn by_id(records: impl Iterator<Item = Raw>) -> (BTreeMap<String, Label>, Vec<LabelError>) {
    let (mut labels, mut errors) = (BTreeMap::new(), Vec::new());
    for raw in records {
        match read::<Label>(&raw) {
            Err(error) => errors.push(error),
            Ok(Label { id: None, .. }) => {
                errors.push(LabelError::at(&raw, "no label: it names no posting; add its id".to_owned()));
            }
            Ok(label) => {
                let id = label.id.clone().unwrap_or_default();
                if labels.insert(id.clone(), label).is_some() {
                    let message = format!("\"{id}\" is labelled twice; the later label counts");
                    errors.push(LabelError::at(&raw, message));
                }
            }
        }
    }
    (labels, errors)
}
