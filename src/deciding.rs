//! What a description rests on: the areas and the words that decided it.
//!
//! Every report names the same areas and words for a posting, so the choice stands here, once.

use crate::verdict::{AreaScore, Evidence, Verdict};
use crate::vocabulary::{Described, Role};

/// The areas that the description rests on, heaviest first.
pub fn areas(verdict: &Verdict) -> impl Iterator<Item = &AreaScore> {
    let described = verdict.described;
    verdict.areas.iter().filter(move |score| score.weight > 0.0 && rests_on(described, role_of(&score.area)))
}

/// The heaviest different words that the description rests on, at most `limit` of them.
///
/// Words of equal weight stand in reading order. Empty when the evidence was left out.
#[must_use]
pub fn words(verdict: &Verdict, limit: usize) -> Vec<&str> {
    let mut deciding: Vec<&Evidence> = verdict
        .evidence
        .iter()
        .filter(|evidence| evidence.weight > 0.0 && rests_on(verdict.described, evidence.role))
        .collect();
    deciding.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let mut words: Vec<&str> = Vec::with_capacity(limit);
    for evidence in deciding {
        if words.len() == limit {
            break;
        }
        let text = evidence.text.as_str();
        if !words.iter().any(|word| word.eq_ignore_ascii_case(text)) {
            words.push(text);
        }
    }
    words
}

/// Whether work of `role` speaks for the description; the two roles' work is what little there is
/// when the duties are insufficient.
fn rests_on(described: Described, role: Role) -> bool {
    match described {
        Described::Pm => role == Role::Pm,
        Described::Pmm => role == Role::Pmm,
        Described::Mixed | Described::Insufficient => matches!(role, Role::Pm | Role::Pmm),
        Described::Neither => role == Role::Other,
    }
}

/// Whose kind of work an area is, by the first part of its full name.
pub(crate) fn role_of(area: &str) -> Role {
    let owner = area.split('/').next().unwrap_or(area);
    Role::from_name(owner).unwrap_or(Role::Other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::vocabulary::{Claim, Ruling};

    #[test]
    fn heavier_words_of_the_described_role_come_first_and_once() {
        let judged = fixture::posting("Product Manager")
            .ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, 0.97)
            .says("pm/backlog/backlog", "backlog", 9.0)
            .says("pmm/messaging/messaging", "messaging", 1.0)
            .says("pmm/positioning/positioning", "Positioning", 2.0)
            .says("pmm/positioning/positioning", "positioning", 2.0)
            .says("pmm/enablement/battlecards", "battlecards", 0.0)
            .judged();
        assert_eq!(words(&judged.verdict, 5), ["Positioning", "messaging"]);
        assert_eq!(words(&judged.verdict, 1), ["Positioning"]);
        let areas: Vec<&str> = areas(&judged.verdict).map(|score| &*score.area).collect();
        assert_eq!(areas, ["pmm/positioning", "pmm/messaging"]);
    }

    #[test]
    fn another_job_rests_on_its_own_work() {
        let judged = fixture::posting("Product Manager")
            .ruled(Claim::Pm, Described::Neither, Ruling::Unsupported, 0.8)
            .says("pm/roadmap/roadmap", "roadmap", 1.0)
            .says("sales/quota/quota", "quota", 1.0)
            .judged();
        assert_eq!(words(&judged.verdict, 5), ["quota"]);
    }
}
