//! What the postings ask for: in how many of them each area is the hire's work.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::deciding;
use crate::verdict::Verdict;
use crate::vocabulary::Role;

/// How often areas are the hire's work.
#[derive(Clone, Debug, Default)]
pub struct Areas {
    postings: u64,
    counts: BTreeMap<Arc<str>, u64>,
}

/// How often one area is the hire's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AreaUse<'a> {
    /// Full name, such as `pmm/positioning`.
    pub area: &'a str,
    /// Postings that hold it.
    pub postings: u64,
    /// All postings that concern the two roles.
    pub of: u64,
}

impl Areas {
    pub(super) fn add(&mut self, verdict: &Verdict) {
        self.postings += 1;
        for score in verdict.areas.iter().filter(|score| score.weight > 0.0) {
            match self.counts.get_mut(&score.area) {
                Some(count) => *count += 1,
                None => {
                    self.counts.insert(Arc::clone(&score.area), 1);
                }
            }
        }
    }

    /// The areas of a role that most postings hold, at most `limit` of them.
    #[must_use]
    pub fn top(&self, role: Role, limit: usize) -> Vec<AreaUse<'_>> {
        let mut areas: Vec<AreaUse<'_>> = self
            .counts
            .iter()
            .filter(|(area, _)| deciding::role_of(area) == role)
            .map(|(area, &postings)| AreaUse { area, postings, of: self.postings })
            .collect();
        areas.sort_by_key(|area| std::cmp::Reverse(area.postings));
        areas.truncate(limit);
        areas
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn an_area_counts_once_a_posting_and_only_where_it_weighs() {
        let mut areas = Areas::default();
        let verdict = fixture::posting("Product Manager")
            .says("pm/roadmap/roadmap", "roadmap", 2.0)
            .says("pm/roadmap/vision", "vision", 1.0)
            .says("pm/backlog/backlog", "backlog", 0.0)
            .says("sales/quota/quota", "quota", 1.0)
            .judged()
            .verdict;
        areas.add(&verdict);
        areas.add(&fixture::posting("Product Manager").judged().verdict);
        assert_eq!(areas.top(Role::Pm, 5), [AreaUse { area: "pm/roadmap", postings: 1, of: 2 }]);
        assert_eq!(areas.top(Role::Other, 5)[0].area, "sales/quota");
        assert!(areas.top(Role::Pmm, 5).is_empty());
    }
}
