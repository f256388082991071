//! Postings by employer, place, input and so on: for each name the verdicts, and the share mislabelled.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::outcome::Judged;
use crate::proportion::Proportion;
use crate::vocabulary::Ruling;

/// Names that are counted one by one.
const NAMES: usize = 10_000;

/// Characters of a name that are kept.
const NAME: usize = 160;

names! {
    /// What postings can be grouped by.
    GroupBy {
        /// The employer.
        Company = "company",
        /// Where the job is.
        Location = "location",
        /// The input.
        Source = "source",
        /// The language judged.
        Language = "language",
        /// What the title claims.
        Claimed = "claimed",
        /// What the duties describe.
        Described = "described",
        /// The neighbouring job that the duties look like.
        Nearest = "nearest",
    }
}

/// A name that no field has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is nothing to group by")]
pub struct UnknownField(String);

/// Postings by name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Groups {
    /// By name, the first 10,000 of them.
    pub named: BTreeMap<Arc<str>, Group>,
    /// Postings without a name.
    pub unnamed: Group,
    /// Postings of all further names together.
    pub more: Group,
}

/// Judged postings of one name, each counted once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    /// How many there are.
    pub postings: u64,
    /// By verdict; those that no posting has are left out.
    pub verdicts: BTreeMap<Ruling, u64>,
    /// Mislabelled ones among those whose title claims a product role.
    pub mislabelled: Proportion,
}

impl GroupBy {
    /// What the posting has in this field.
    fn of(self, judged: &Judged) -> Option<&str> {
        let verdict = &judged.verdict;
        match self {
            Self::Company => judged.company.as_deref(),
            Self::Location => judged.location.as_deref(),
            Self::Source => Some(&judged.source.path),
            Self::Language => judged.language.as_deref(),
            Self::Claimed => Some(verdict.claimed.name()),
            Self::Described => Some(verdict.described.name()),
            Self::Nearest => verdict.nearest.as_deref(),
        }
    }
}

impl FromStr for GroupBy {
    type Err = UnknownField;

    fn from_str(name: &str) -> Result<Self, UnknownField> {
        Self::from_name(name).ok_or_else(|| UnknownField(name.to_owned()))
    }
}

impl Groups {
    /// Counts one more posting.
    pub(super) fn add(&mut self, field: GroupBy, judged: &Judged) {
        let name = field.of(judged).map(str::trim).filter(|name| !name.is_empty());
        let group = match name {
            None => &mut self.unnamed,
            Some(name) => {
                let end = name.char_indices().nth(NAME).map_or(name.len(), |(at, _)| at);
                self.named(&name[..end])
            }
        };
        group.add(judged);
    }

    /// Adds the groups of another part.
    pub(super) fn merge(&mut self, other: &Self) {
        for (name, group) in &other.named {
            self.named(name).merge(group);
        }
        self.unnamed.merge(&other.unnamed);
        self.more.merge(&other.more);
    }

    /// The names with most postings, at most `limit` of them.
    #[must_use]
    pub fn top(&self, limit: usize) -> Vec<(&str, &Group)> {
        let mut all: Vec<(&str, &Group)> = self.named.iter().map(|(name, group)| (&**name, group)).collect();
        all.sort_by_key(|(_, group)| std::cmp::Reverse((group.postings, group.mislabelled.count)));
        all.truncate(limit);
        all
    }

    fn named(&mut self, name: &str) -> &mut Group {
        if !self.named.contains_key(name) {
            if self.named.len() >= NAMES {
                return &mut self.more;
            }
            self.named.insert(Arc::from(name), Group::default());
        }
        self.named.get_mut(name).unwrap_or(&mut self.more)
    }
}

impl Group {
    /// How many have this verdict.
    #[must_use]
    pub fn ruled(&self, ruling: Ruling) -> u64 {
        self.verdicts.get(&ruling).copied().unwrap_or(0)
    }

    fn add(&mut self, judged: &Judged) {
        let verdict = &judged.verdict;
        self.postings += 1;
        *self.verdicts.entry(verdict.verdict).or_default() += 1;
        if verdict.claimed.names_a_role() {
            self.mislabelled = self.mislabelled.and(verdict.verdict == Ruling::Mislabelled);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.postings += other.postings;
        super::add_all(&mut self.verdicts, &other.verdicts);
        self.mislabelled = self.mislabelled.with(other.mislabelled);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::vocabulary::{Claim, Described};

    fn wrong(company: &str) -> Judged {
        fixture::posting("Product Lead")
            .ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, 0.97)
            .company(company)
            .judged()
    }

    #[test]
    fn postings_are_counted_by_name_and_the_nameless_apart() {
        let mut groups = Groups::default();
        for judged in [wrong("Northwind"), wrong(" Northwind "), wrong("Adatum"), wrong(" ")] {
            groups.add(GroupBy::Company, &judged);
        }
        groups.add(GroupBy::Company, &fixture::posting("Product Manager").company("Northwind").judged());
        groups.add(GroupBy::Company, &fixture::posting("Product Manager").judged());
        let top = groups.top(9);
        assert_eq!(
            top.iter().map(|(name, group)| (*name, group.postings)).collect::<Vec<_>>(),
            [("Northwind", 3), ("Adatum", 1)]
        );
        assert_eq!((top[0].1.mislabelled.count, top[0].1.mislabelled.of), (2, 3));
        assert_eq!((top[0].1.ruled(Ruling::Match), groups.unnamed.postings), (1, 2));
        assert_eq!(groups.top(1).len(), 1);
    }

    #[test]
    fn names_past_the_bound_are_counted_together() {
        let mut groups = Groups::default();
        for number in 0..NAMES + 5 {
            groups.add(GroupBy::Company, &wrong(&number.to_string()));
        }
        assert_eq!((groups.named.len(), groups.more.postings), (NAMES, 5));
        groups.add(GroupBy::Company, &wrong(&"x".repeat(10_000)));
        assert!(groups.named.keys().all(|name| name.len() <= NAME));
    }

    #[test]
    fn every_field_has_its_own_names() {
        let mut judged = wrong("Northwind");
        (judged.location, judged.verdict.nearest) = (Some("Lyon".to_owned()), Some(Arc::from("sales")));
        let names: Vec<_> = GroupBy::ALL.iter().map(|field| field.of(&judged).unwrap()).collect();
        assert_eq!(names, ["Northwind", "Lyon", "board.jsonl", "en", "pm", "pmm", "sales"]);
        for &field in GroupBy::ALL {
            assert_eq!(field.name().parse(), Ok(field));
            assert_eq!(serde_json::to_string(&field).unwrap(), format!("\"{field}\""));
        }
    }
}
