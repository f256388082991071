//! The fields of a posting, as names in a source stand for them.

use crate::vocabulary::Zone;

/// A field of a posting, as sources name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The title.
    Title,
    /// The main body.
    Body,
    /// A part of the body with a column of its own, for one purpose.
    Section(Zone),
    /// The source's own id.
    Id,
    /// The employer.
    Company,
    /// Where the job is.
    Location,
    /// The address on the web.
    Url,
    /// The language that the source states.
    Language,
    /// Whether the source shows the posting at all.
    Listed,
}

/// A field and how much its name is preferred: the lowest rank wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// What the name means.
    pub field: Field,
    /// Place of the name among those that mean the same.
    pub rank: u8,
}
