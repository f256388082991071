//! The role that a posting is declared to be for, whatever its title calls.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::vocabulary::Claim;

/// A role that somebody declared for a posting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The role.
    pub claim: Claim,
    /// Who says so.
    pub by: Declarer,
}

/// Who declares a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Declarer {
    /// The draft itself, in its front matter.
    Draft,
    /// The configuration, for all files that match a pattern.
    Configuration,
}

impl fmt::Display for Declarer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Draft => "the draft",
            Self::Configuration => "the configuration",
        })
    }
}

impl fmt::Display for Declared {
    /// What a message says instead of what the title says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let says = match self.by {
            Declarer::Draft => "declares",
            Declarer::Configuration => "expects",
        };
        write!(f, "{} {says} the role {}", self.by, self.claim)
    }
}
