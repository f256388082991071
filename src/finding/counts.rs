//! The counted duties in the words of a message: how many of which kind, and of which areas.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Findings;
use crate::area;
use crate::verdict::Evidence;
use crate::vocabulary::{Actor, Claim, Role};

/// Most areas that a message lists.
const AREAS_NAMED: usize = 4;

/// The owned duties of an area.
pub(crate) struct OwnedArea {
    pub(crate) area: Arc<str>,
    pub(crate) role: Role,
    /// Clauses that count for it.
    pub(crate) clauses: u32,
    /// What their telling words weigh together.
    pub(crate) weight: f64,
}

impl Findings<'_> {
    pub(super) fn total(&self) -> u32 {
        self.duties.pm + self.duties.pmm + self.duties.shared + self.duties.other
    }

    /// In how many sentences with evidence the hire helps others.
    pub(super) fn helped(&self) -> usize {
        let helps = |found: &&Evidence| found.duty.is_some_and(|duty| duty.actor == Actor::Contributes);
        let sentences = self.evidence.iter().filter(helps);
        sentences.map(|found| (found.span.field.as_deref(), &found.clause)).collect::<BTreeSet<_>>().len()
    }

    pub(super) fn counted(&self) -> String {
        match self.total() {
            0 => "none".to_owned(),
            1 => "one".to_owned(),
            count => count.to_string(),
        }
    }

    /// "14 duties".
    pub(super) fn all_duties(&self) -> String {
        match self.total() {
            1 => "1 duty".to_owned(),
            count => format!("{count} duties"),
        }
    }

    /// "9 of 14 duties are product marketing (positioning 3, launch 2)".
    pub(super) fn majority(&self, role: Role) -> String {
        let count = self.count(role);
        let verb = if count == 1 { "is" } else { "are" };
        format!("{count} of {} {verb} {}{}", self.all_duties(), field(role), self.by_area(role))
    }

    /// "2 are product management (roadmap 2)", with the whole named before.
    pub(super) fn minority(&self, role: Role) -> String {
        match self.count(role) {
            0 => format!("none is {}", field(role)),
            1 => format!("1 is {}{}", field(role), self.by_area(role)),
            count => format!("{count} are {}{}", field(role), self.by_area(role)),
        }
    }

    /// The areas of a role with their duties, most first; of equals the one whose words weigh more.
    pub(super) fn areas_of(&self, role: Role) -> Vec<(String, u32)> {
        let mut areas: Vec<&OwnedArea> = self.areas.iter().filter(|area| area.role == role).collect();
        areas.sort_by(|a, b| {
            b.clauses.cmp(&a.clauses).then(b.weight.total_cmp(&a.weight)).then_with(|| a.area.cmp(&b.area))
        });
        areas.into_iter().map(|area| (area::plain(&area.area), area.clauses)).collect()
    }

    /// " (positioning 3, launch 2, 3 more)", so that the figures add up to those of the role.
    pub(super) fn by_area(&self, role: Role) -> String {
        let areas = self.areas_of(role);
        let named = named(areas.len());
        let mut list: Vec<String> =
            areas.iter().take(named).map(|(name, clauses)| format!("{name} {clauses}")).collect();
        let more: u32 = areas.iter().skip(named).map(|(_, clauses)| clauses).sum();
        if more > 0 {
            list.push(format!("{more} more"));
        }
        if list.is_empty() { String::new() } else { format!(" ({})", list.join(", ")) }
    }

    /// "product marketing duties (positioning, launch, sales enablement)".
    pub(super) fn duties_of(&self, role: Role) -> String {
        let names: Vec<String> = self.areas_of(role).into_iter().map(|(name, _)| name).collect();
        let names = match names.len() {
            0 => String::new(),
            count => format!(" ({})", listed(&names, named(count))),
        };
        format!("{} duties{names}", field(role))
    }

    pub(super) fn count(&self, role: Role) -> u32 {
        match role {
            Role::Pm => self.duties.pm,
            Role::Pmm => self.duties.pmm,
            Role::Shared => self.duties.shared,
            Role::Other => self.duties.other,
        }
    }

    pub(super) fn title_says(&self) -> String {
        if let Some(declared) = self.declared {
            return declared.to_string();
        }
        match (self.claimed, self.title) {
            (Claim::None, _) | (_, None) => "the title names no job".to_owned(),
            (_, Some(title)) => format!("the title says \"{}\"", title.trim()),
        }
    }
}

/// How many of so many areas are named: one more does not make a list too long.
fn named(areas: usize) -> usize {
    if areas <= AREAS_NAMED + 1 { areas } else { AREAS_NAMED }
}

/// The first items, and how many more there are: `a, b and 2 more`.
pub(super) fn listed(items: &[String], most: usize) -> String {
    match items.len().saturating_sub(most) {
        0 => items.join(", "),
        more => format!("{} and {more} more", items[..most].join(", ")),
    }
}

pub(super) fn field(role: Role) -> &'static str {
    match role {
        Role::Pm => "product management",
        Role::Pmm => "product marketing",
        Role::Shared => "work that both roles share",
        Role::Other => "another job",
    }
}
