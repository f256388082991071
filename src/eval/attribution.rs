//! How well the program tells whose duty a line is: counts over labelled lines.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::confusion::{self, Confusion, Scores};
use super::lines::{Class, Ended, Found, LineLabel, LineRole};
use crate::proportion::Proportion;
use crate::vocabulary::{Role, Zone};

/// The figures over labelled lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Attribution {
    /// How the labelled lines ended.
    pub lines: LineCounts,
    /// How well each class of actor is told.
    pub actors: BTreeMap<Class, Scores>,
    /// Mean F1 of the classes of actors; null without lines.
    pub actor_macro_f1: Option<f64>,
    /// How well owned duties of each of the two roles are found.
    pub owned: BTreeMap<Role, OwnedScores>,
    /// Labelled against found actors.
    pub actor_confusion: Confusion<Class>,
    /// Labelled against found roles, of the lines that are labelled as work of the hire.
    pub role_confusion: Confusion<LineRole>,
    /// Labelled against found zones, where the label names a zone that the program has.
    pub zone_confusion: Confusion<Zone>,
    /// Lines that were told wrongly, owned duties of the two roles first.
    pub misses: Vec<Miss>,
    /// The first lines that the postings do not hold.
    pub unmatched: Vec<Unmatched>,
}

/// How the labelled lines ended; `compared + naming + repeated + unmatched + no_posting` is `labelled`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LineCounts {
    /// Lines in the labels.
    pub labelled: u64,
    /// Lines compared.
    pub compared: u64,
    /// Left out since they only name the hire.
    pub naming: u64,
    /// Left out since the posting's labels hold the same line already.
    pub repeated: u64,
    /// Not found in their posting.
    pub unmatched: u64,
    /// Of postings that are not there.
    pub no_posting: u64,
}

/// How well the owned duties of a role are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OwnedScores {
    /// Lines that the hire owns and that are the role's work, both.
    #[serde(flatten)]
    pub scores: Scores,
    /// Of the labelled ones, how many hold any term of the role.
    pub evidence: Proportion,
}

/// A line that was told wrongly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Miss {
    /// The posting.
    pub id: String,
    /// The line.
    pub line: String,
    /// Labelled actor.
    pub actor: Class,
    /// Labelled role.
    pub role: LineRole,
    /// Found actor.
    pub found_actor: Class,
    /// Found role.
    pub found_role: LineRole,
    /// Found zone.
    pub found_zone: Zone,
    /// Terms found, with their actors.
    pub terms: Vec<String>,
}

/// A line that its posting does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unmatched {
    /// The posting.
    pub id: String,
    /// The line.
    pub line: String,
}

/// The roles whose owned duties are measured.
pub const ROLES: [Role; 2] = [Role::Pm, Role::Pmm];

impl Attribution {
    /// Counts; at most `errors` misses and lines not found are kept as examples.
    #[must_use]
    pub fn new(lines: &[(LineLabel, Ended)], errors: usize) -> Self {
        let mut counts = LineCounts { labelled: lines.len() as u64, ..LineCounts::default() };
        let mut compared = Vec::new();
        let mut unmatched = Vec::new();
        for (label, ended) in lines {
            let count = match ended {
                Ended::Compared(found) => {
                    compared.push((label, found));
                    &mut counts.compared
                }
                Ended::Naming => &mut counts.naming,
                Ended::Repeated => &mut counts.repeated,
                Ended::Unmatched => {
                    if unmatched.len() < errors {
                        unmatched.push(Unmatched { id: label.id.clone(), line: label.line.clone() });
                    }
                    &mut counts.unmatched
                }
                Ended::NoPosting => &mut counts.no_posting,
            };
            *count += 1;
        }
        let actor_confusion = confusion::of(compared.iter().map(|(label, found)| (label.actor, found.class)));
        let actors =
            Class::ALL.iter().map(|&class| (class, confusion::scores(&actor_confusion, class))).collect();
        let work = compared.iter().filter(|(label, _)| label.actor != Class::NotTheHire);
        let zones = compared.iter().filter_map(|(label, found)| {
            Some((label.zone.as_deref().and_then(Zone::from_name)?, found.zone))
        });
        Self {
            lines: counts,
            actors,
            actor_macro_f1: confusion::macro_f1(&actor_confusion, Class::ALL),
            owned: ROLES.iter().map(|&role| (role, owned(&compared, role))).collect(),
            role_confusion: confusion::of(work.map(|(label, found)| (label.role, found.role))),
            zone_confusion: confusion::of(zones),
            actor_confusion,
            misses: misses(&compared, errors),
            unmatched,
        }
    }
}

fn owned(compared: &[(&LineLabel, &Found)], role: Role) -> OwnedScores {
    let is_labelled = |label: &LineLabel| label.actor == Class::Owns && label.role.role() == Some(role);
    let labelled: Vec<&Found> =
        compared.iter().filter(|(label, _)| is_labelled(label)).map(|(_, found)| *found).collect();
    let count = |so: &dyn Fn(&Found) -> bool| labelled.iter().filter(|found| so(found)).count() as u64;
    let said = compared.iter().filter(|(_, found)| found.owned == Some(role)).count() as u64;
    let all = labelled.len() as u64;
    OwnedScores {
        scores: Scores::new(count(&|found| found.owned == Some(role)), said, all),
        evidence: Proportion::new(count(&|found| found.evidence[role as usize]), all),
    }
}

/// The worst misses: owned duties of the two roles missed or invented first, then actors, in input order.
fn misses(compared: &[(&LineLabel, &Found)], limit: usize) -> Vec<Miss> {
    let duty = |actor: Class, role: Option<Role>| {
        role.filter(|role| actor == Class::Owns && matches!(role, Role::Pm | Role::Pmm))
    };
    let mut ranked: Vec<(u8, &(&LineLabel, &Found))> = compared
        .iter()
        .filter_map(|pair| {
            let (label, found) = pair;
            let differs = duty(label.actor, label.role.role()) != duty(found.class, found.owned);
            match (differs, label.actor == found.class) {
                (true, _) => Some((0, pair)),
                (false, false) => Some((1, pair)),
                (false, true) => None,
            }
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let miss = |(label, found): &(&LineLabel, &Found)| Miss {
        id: label.id.clone(),
        line: label.line.clone(),
        actor: label.actor,
        role: label.role,
        found_actor: found.class,
        found_role: found.role,
        found_zone: found.zone,
        terms: found.terms.clone(),
    };
    ranked.into_iter().take(limit).map(|(_, pair)| miss(pair)).collect()
}
