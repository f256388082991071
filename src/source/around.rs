//! What a record's file says around it: the user's word on the format, and the object that holds the list.

use std::sync::Arc;

use super::dialect::Dialect;
use super::included::Included;

/// What stands around the records of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Around {
    /// The dialect that the user named.
    pub(crate) dialect: Option<&'static Dialect>,
    /// Names and texts of the objects around the list, the inner ones last.
    pub(crate) strings: Vec<(String, String)>,
    /// Whether the list is one of jobs, so that a name beside it is that of their board.
    pub(crate) of_board: bool,
    /// The key under which the record stands, where that is its id.
    pub(crate) id: Option<String>,
    /// What stands beside the list for its items to point to.
    pub(crate) included: Arc<Included>,
}

impl Around {
    /// The text under a name.
    pub(crate) fn string(&self, name: &str) -> Option<&str> {
        self.strings.iter().rev().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }
}
