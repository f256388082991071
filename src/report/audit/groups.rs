//! Postings by employer, by place or by input, with how often title and duties differ.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::proportion::Proportion;
use crate::verdict::Verdict;
use crate::vocabulary::Ruling;

/// Names that are counted one by one.
const NAMES: usize = 20_000;

/// Postings by a name.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    named: BTreeMap<Arc<str>, Group>,
    /// Postings without a name.
    pub nameless: u64,
    /// Postings of the names past the bound.
    pub more: u64,
}

/// The postings of one name.
#[derive(Clone, Debug, Default)]
pub struct Group {
    verdicts: BTreeMap<Ruling, u64>,
    called: u64,
    differ: u64,
    shares: u64,
    sum: f64,
    squares: f64,
}

/// An average with the interval that holds the true one 95 times in 100.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Average {
    /// The average.
    pub mean: f64,
    /// Lower and upper end; none with fewer than three values.
    pub interval: Option<(f64, f64)>,
}

impl Groups {
    pub(super) fn add(&mut self, name: Option<&str>, verdict: &Verdict) {
        let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
            self.nameless += 1;
            return;
        };
        if let Some(group) = self.named.get_mut(name) {
            group.add(verdict);
        } else if self.named.len() < NAMES {
            self.named.entry(Arc::from(name)).or_default().add(verdict);
        } else {
            self.more += 1;
        }
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.named.len()
    }

    /// Whether there is no name at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// The names with most postings and no fewer than `fewest`, at most `limit` of them, those that differ most first
    /// among equals.
    #[must_use]
    pub fn top(&self, limit: usize, fewest: u64) -> Vec<(&str, &Group)> {
        let all = self.named.iter().map(|(name, group)| (&**name, group));
        let mut all: Vec<(&str, &Group)> = all.filter(|(_, group)| group.postings() >= fewest).collect();
        all.sort_by_key(|(_, group)| std::cmp::Reverse((group.postings(), group.differ)));
        all.truncate(limit);
        all
    }
}

impl Group {
    fn add(&mut self, verdict: &Verdict) {
        *self.verdicts.entry(verdict.verdict).or_default() += 1;
        if verdict.claimed.names_a_role() {
            self.called += 1;
            let differs =
                matches!(verdict.verdict, Ruling::Mislabelled | Ruling::Mixed | Ruling::Unsupported);
            self.differ += u64::from(differs);
        }
        if let Some(shares) = verdict.shares {
            self.shares += 1;
            self.sum += shares.pm;
            self.squares += shares.pm * shares.pm;
        }
    }

    /// How many postings there are.
    #[must_use]
    pub fn postings(&self) -> u64 {
        self.verdicts.values().sum()
    }

    /// How many have this verdict.
    #[must_use]
    pub fn ruled(&self, ruling: Ruling) -> u64 {
        self.verdicts.get(&ruling).copied().unwrap_or(0)
    }

    /// The mislabelled, mixed and unsupported among the postings whose titles call a product role.
    #[must_use]
    pub fn differ(&self) -> Proportion {
        Proportion::new(self.differ, self.called)
    }

    /// The average share of product management in the role-specific work.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "no run counts 2^53 postings")]
    pub fn pm_share(&self) -> Option<Average> {
        if self.shares == 0 {
            return None;
        }
        let n = self.shares as f64;
        let mean = self.sum / n;
        let interval = (self.shares >= 3).then(|| {
            let variance = ((self.squares - n * mean * mean) / (n - 1.0)).max(0.0);
            let half = student(self.shares - 1) * (variance / n).sqrt();
            ((mean - half).max(0.0), (mean + half).min(1.0))
        });
        Some(Average { mean, interval })
    }
}

/// Student's t for 95 % with so many degrees of freedom; past thirty the normal value is close enough.
fn student(freedom: u64) -> f64 {
    const TABLE: [f64; 30] = [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145,
        2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048,
        2.045, 2.042,
    ];
    usize::try_from(freedom).ok().and_then(|at| TABLE.get(at.checked_sub(1)?)).copied().unwrap_or(1.96)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::vocabulary::{Claim, Described};

    fn filled() -> Groups {
        let mut groups = Groups::default();
        let fine = fixture::posting("Product Manager").judged().verdict;
        let wrong = fixture::posting("Product Manager")
            .ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, 0.97)
            .judged()
            .verdict;
        for verdict in [&fine, &fine, &wrong] {
            groups.add(Some("Northwind"), verdict);
        }
        groups.add(Some(" Northwind "), &fine);
        groups.add(Some("Adatum"), &wrong);
        groups.add(Some("  "), &wrong);
        groups.add(None, &wrong);
        groups
    }

    #[test]
    fn names_are_counted_and_the_nameless_apart() {
        let groups = filled();
        let top = groups.top(5, 1);
        assert_eq!(top.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["Northwind", "Adatum"]);
        assert_eq!(groups.nameless, 2);
        let differ = top[0].1.differ();
        assert_eq!((differ.count, differ.of), (1, 4));
        assert_eq!((groups.top(1, 1).len(), groups.top(5, 2).len(), groups.top(5, 5).len()), (1, 1, 0));
    }

    #[test]
    fn an_average_of_few_has_no_interval() {
        let groups = filled();
        let top = groups.top(5, 1);
        assert_eq!(top[1].1.pm_share().unwrap().interval, None);
        let (low, high) = top[0].1.pm_share().unwrap().interval.unwrap();
        assert!((low - 0.9).abs() < 1e-9 && (high - 0.9).abs() < 1e-6, "{low} {high}");
    }
}
