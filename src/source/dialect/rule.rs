//! One line of a dialect: which places of a record hold which field.
//!
//! A place is a path of names, such as `location.name`; lists on the way are gone through item by item. `^` before
//! a name means the object around the list of postings, such as a board with its company.

use crate::source::field::Field;
use crate::vocabulary::Zone;

/// Where a field is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rule {
    /// In the first of these places that holds text.
    Take(Field, &'static [&'static str]),
    /// In all of these places together, as city and country are.
    Join(Field, &'static [&'static str]),
    /// In all of these places, each a thing of its own, as several offices are.
    All(Field, &'static [&'static str]),
    /// In the first of these places that holds an address, as the last step of its path.
    Last(Field, &'static [&'static str]),
    /// In the path of an address on this host, as its first step: `jobs.lever.co/acme/…`.
    Site(&'static str, &'static str),
    /// A stretch of the body.
    Part {
        /// What it is for, when the source says so.
        zone: Option<Zone>,
        /// The place of its heading; empty when it has none.
        heading: &'static str,
        /// The places of its text, of which the first that holds any counts.
        text: &'static [&'static str],
    },
    /// A list of stretches, each with a heading.
    Parts {
        /// The place of the list.
        list: &'static str,
        /// The name of the heading in each item.
        heading: &'static str,
        /// The name of the text in each item.
        text: &'static str,
    },
    /// These, where nothing of the body has been found so far.
    Else(&'static [Rule]),
    /// One of several translations, under the language that each is in: English when there, else the one that the
    /// record itself repeats, else the first.
    Translations(&'static str),
}

impl Rule {
    /// A stretch of the body without heading or purpose.
    pub(crate) const fn body(text: &'static [&'static str]) -> Self {
        Self::Part { zone: None, heading: "", text }
    }

    /// A stretch of the body for one purpose.
    pub(crate) const fn section(zone: Zone, text: &'static [&'static str]) -> Self {
        Self::Part { zone: Some(zone), heading: "", text }
    }

    /// As [`Rule::section`], under a heading.
    pub(crate) const fn headed(
        zone: Option<Zone>,
        heading: &'static str,
        text: &'static [&'static str],
    ) -> Self {
        Self::Part { zone, heading, text }
    }
}
