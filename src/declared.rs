//! The role that a posting is declared to be for, whatever its title calls.

use std::fmt;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declarer {
    /// The draft itself, in its front matter.
    Draft,
    /// The configuration, for all files that match a pattern.
    Configuration,
}

impl fmt::Display for Declared {
    /// What a message says instead of what the title says.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.by {
            Declarer::Draft => write!(f, "the draft declares the role {}", self.claim),
            Declarer::Configuration => write!(f, "the configuration expects the role {}", self.claim),
        }
    }
}
