//! Reads every clause again in the light of the whole posting.
//!
//! "Work with engineers on new features" is product management in a product manager's posting and another job's
//! work in an engineer's. Once the posting's probabilities are known, a clause counts for the role whose evidence
//! weighs most after each is multiplied by how likely such work is in such a posting. A clause never counts for a
//! role that it holds no evidence of. Work done together with those whose work it is belongs to the hire when they
//! are the hire's peers: "define messaging with product marketing" in a product marketer's posting. Company kept for
//! the other role's work, or for what belongs to both, is a contribution; so is a clause that only helps with the work it
//! counts for.

use crate::duty::Duty;
use crate::verdict::Probabilities;
use crate::vocabulary::{Actor, Role};

/// How likely work of the one role is in a posting of the other, and of any role in any posting. These and the
/// next were set on labelled duty lines.
const STRAY: (f64, f64) = (0.03, 0.06);
/// How likely another job's work is in a product posting: more than the other role's, everybody does some.
const ELSE: f64 = 0.34;
/// How likely work that both roles share is in any posting.
const SHARED: f64 = 0.3;
/// Weight below which evidence of a role says nothing in a posting where such work is unlikely.
const FAINT: f64 = 0.1;
/// How likely a role must be for those of its trade to be the hire's peers.
const AMONG_PEERS: f64 = 0.6;
/// Clauses at which a posting's probabilities are half trusted.
const HALF_TRUSTED: f64 = 3.0;
/// What is held likely of a posting of which nothing is known: each of the two roles, and another job.
const UNKNOWN: (f64, f64) = (0.4, 0.2);

/// Settles whose kind of work each clause is, now that the posting's probabilities are known.
pub(crate) fn settle(duties: &mut [Duty], probabilities: &Probabilities) {
    let named = duties.iter().filter(|duty| duty.role.is_some()).count();
    let probabilities = &tempered(probabilities, named);
    for duty in duties.iter_mut() {
        if duty.role.is_some() {
            duty.role = role_of(&duty.readings, probabilities);
        }
        if duty.actor == Actor::Owns && (adds(duty, probabilities) || only_helped(duty, probabilities)) {
            duty.actor = Actor::Contributes;
            let role = duty.role;
            for found in duty.evidence.iter_mut().filter(|found| Some(found.role) == role) {
                found.settle_on(Actor::Contributes);
            }
            continue;
        }
        if duty.actor == Actor::Contributes
            && duty.role.is_some_and(|role| likely(role, probabilities) >= AMONG_PEERS)
            && duty.evidence.iter().any(|found| found.peers)
        {
            duty.actor = Actor::Owns;
            for found in duty.evidence.iter_mut().filter(|found| found.peers) {
                found.settle_on(Actor::Owns);
            }
        }
    }
}

/// Whether the hire only lends a hand to the work that the clause counts for, and owns something beside it: "run
/// feedback loops; influence the roadmap".
fn only_helped(duty: &Duty, probabilities: &Probabilities) -> bool {
    let trade = duty.role.is_some_and(|role| likely(role, probabilities) >= AMONG_PEERS);
    let best = duty.evidence.iter().max_by(|a, b| a.weight.total_cmp(&b.weight));
    let mut counted =
        duty.evidence.iter().filter(|found| Some(found.role) == duty.role && found.weight > 0.0).peekable();
    best.is_some_and(|best| best.actor == Actor::Owns)
        && counted.peek().is_some()
        && counted.all(|found| found.actor == Actor::Contributes && !(trade && found.peers))
}

/// Whether a clause only adds to work that is not the posting's own: the hire keeps company for it, or gives input to
/// the other role's.
fn adds(duty: &Duty, probabilities: &Probabilities) -> bool {
    let is_trade = |role: Role| likely(role, probabilities) >= AMONG_PEERS;
    let among = |role: Role| [Role::Pm, Role::Pmm].iter().any(|&trade| trade != role && is_trade(trade));
    let input = duty.evidence.iter().any(|found| found.actor == Actor::Contributes);
    let foreign =
        || [Role::Pm, Role::Pmm].iter().all(|&role| (duty.scores[role as usize] > 0.0) != is_trade(role));
    match duty.role {
        Some(role @ (Role::Pm | Role::Pmm)) if is_trade(role) => false,
        Some(role @ (Role::Pm | Role::Pmm)) => {
            let another = probabilities.neither + probabilities.insufficient >= AMONG_PEERS;
            among(role) && (duty.company || input) || another && duty.company
        }
        // "Turn research into insights that shape the roadmap" in a product marketer's posting.
        Some(Role::Shared) => among(Role::Shared) && (duty.company || input && foreign()),
        Some(Role::Other) | None => false,
    }
}

/// What a posting of these probabilities says of its clauses, when so many of them hold evidence: one clause alone
/// tells nothing of the others, a dozen do.
pub(crate) fn tempered(probabilities: &Probabilities, named: usize) -> Probabilities {
    #[expect(clippy::cast_precision_loss, reason = "a posting has far fewer clauses than 2^52")]
    let named = (named as f64).powi(2);
    let trust = named / (named + HALF_TRUSTED.powi(2));
    let (role, other) = UNKNOWN;
    let blend = |known: f64, unknown: f64| trust * known + (1.0 - trust) * unknown;
    Probabilities {
        pm: blend(probabilities.pm, role),
        pmm: blend(probabilities.pmm, role),
        mixed: blend(probabilities.mixed, 0.0),
        neither: blend(probabilities.neither, other),
        insufficient: blend(probabilities.insufficient, 0.0),
    }
}

/// Whose kind of work a clause is that scores so much for each role, in the order of [`Role::ALL`]; `None` when the
/// evidence is too faint for such a posting.
pub(crate) fn role_of(scores: &[f64; 4], probabilities: &Probabilities) -> Option<Role> {
    let weight = |role: Role| scores[role as usize] * likely(role, probabilities);
    let role = Role::ALL.iter().copied().max_by(|&a, &b| weight(a).total_cmp(&weight(b)));
    role.filter(|&role| weight(role) >= FAINT)
}

/// How likely work of a role is in a posting of these probabilities.
fn likely(role: Role, probabilities: &Probabilities) -> f64 {
    let (cross, any) = STRAY;
    let both = probabilities.mixed / 2.0;
    let (pm, pmm) = (probabilities.pm + both, probabilities.pmm + both);
    match role {
        Role::Pm => pm + cross * pmm + any,
        Role::Pmm => pmm + cross * pm + any,
        Role::Shared => SHARED,
        Role::Other => probabilities.neither + probabilities.insufficient + ELSE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Zone;

    /// The role of each of so many clauses that all score the same.
    fn settled_among(named: usize, scores: [f64; 4], probabilities: Probabilities) -> Option<Role> {
        let duty = Duty {
            clause: 0,
            zone: Zone::Duties,
            actor: Actor::Owns,
            role: Some(Role::Shared),
            scores,
            readings: scores,
            partners: Default::default(),
            company: false,
            given: true,
            evidence: Vec::new(),
        };
        let mut duties = vec![duty; named];
        settle(&mut duties, &probabilities);
        duties[0].role
    }

    fn settled(scores: [f64; 4], probabilities: Probabilities) -> Option<Role> {
        settled_among(12, scores, probabilities)
    }

    #[test]
    fn one_clause_alone_keeps_its_own_reading() {
        let another = Probabilities { neither: 1.0, ..Probabilities::default() };
        assert_eq!(settled_among(1, [1.2, 0.0, 0.0, 0.7], another), Some(Role::Pm));
        assert_eq!(settled_among(12, [1.2, 0.0, 0.0, 0.7], another), Some(Role::Other));
    }

    #[test]
    fn a_clause_with_two_readings_takes_that_of_its_posting() {
        let product = Probabilities { pm: 0.95, neither: 0.05, ..Probabilities::default() };
        let another = Probabilities { pm: 0.05, neither: 0.95, ..Probabilities::default() };
        let both = [0.8, 0.0, 0.0, 1.0];
        assert_eq!(settled(both, product), Some(Role::Pm));
        assert_eq!(settled(both, another), Some(Role::Other));
    }

    #[test]
    fn no_posting_makes_a_clause_what_it_holds_no_evidence_of() {
        let product = Probabilities { pm: 1.0, ..Probabilities::default() };
        assert_eq!(settled([0.0, 0.0, 0.0, 1.0], product), Some(Role::Other));
        assert_eq!(settled([0.0, 1.0, 0.0, 0.0], product), Some(Role::Pmm));
    }

    #[test]
    fn the_roles_keep_apart_in_a_mixed_posting() {
        let mixed = Probabilities { mixed: 1.0, ..Probabilities::default() };
        assert_eq!(settled([1.0, 0.9, 0.0, 0.0], mixed), Some(Role::Pm));
        assert_eq!(settled([0.9, 1.0, 0.0, 0.0], mixed), Some(Role::Pmm));
    }
}
