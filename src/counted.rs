//! What the duties that a reader can count show.
//!
//! The sum of all evidence decides what a posting describes; what is said of its title must be seen in its duties too.

use crate::duty::{Duty, Weighed};
use crate::figure::rounded;
use crate::verdict::{Duties, Shares};
use crate::vocabulary::{Actor, Claim, Described, Role, Ruling};

/// Owned duties named as another trade's below which nobody is told that the title's role has no support; they are a
/// third of all duties besides, as duties that nothing names prove nothing.
const FEWEST_AGAINST: usize = 2;

/// Owned duties of the other role below which no title is called wrong where there are hardly any others.
const FEWEST_MISLABELLED: u32 = 2;

/// Owned duties from which one of them may call a title wrong.
const SOME: usize = 3;

/// Owned duties of a role, each told by a plain term, below which no posting is called that role's under another title.
const FEWEST_HIDDEN: usize = 3;

/// The same, told by any term, where no title claims another job.
const FEWEST_UNTITLED: u32 = 3;

/// Weight from which a term names a role's work by itself; many trades also do what a lighter one names.
const PLAIN: f64 = 1.0;

/// Owned duties of each role below which no posting is called mixed; each role needs three in ten besides.
const FEWEST_MIXED: u32 = 2;

/// Whether the counted duties show what the ruling says, so that a person who reads them will believe it.
pub(crate) fn is_shown(ruling: Ruling, claimed: Claim, described: Described, duties: &[Duty]) -> bool {
    let owned = || duties.iter().filter(|duty| duty.actor == Actor::Owns);
    let named_another = || owned().filter(|duty| duty.role == Some(Role::Other)).count();
    let all = || owned().count();
    let plain = |role: Role| {
        let tells = |found: &Weighed| found.role == role && found.weight >= PLAIN;
        owned().filter(|duty| duty.role == Some(role) && duty.evidence.iter().any(tells)).count()
    };
    let duties = count(duties);
    match ruling {
        // Without a title nothing is held against one.
        Ruling::Hidden if claimed == Claim::None => duties.pm.max(duties.pmm) >= FEWEST_UNTITLED,
        Ruling::Hidden => plain(Role::Pm).max(plain(Role::Pmm)) >= FEWEST_HIDDEN,
        Ruling::Unsupported => named_another() >= FEWEST_AGAINST && 3 * named_another() >= all(),
        Ruling::Mixed => {
            let fewer = duties.pm.min(duties.pmm);
            fewer >= FEWEST_MIXED && 10 * fewer >= 3 * (duties.pm + duties.pmm)
        }
        Ruling::Mislabelled => {
            let (role, title) = match described {
                Described::Pm => (duties.pm, duties.pmm),
                _ => (duties.pmm, duties.pm),
            };
            role > title && (role >= FEWEST_MISLABELLED || all() >= SOME)
        }
        Ruling::Match if described == Described::Pm => duties.pm > 0,
        Ruling::Match if described == Described::Pmm => duties.pmm > 0,
        Ruling::Match | Ruling::OutOfScope | Ruling::Review => true,
    }
}

/// What a ruling takes of the counted duties, in words: the bounds above.
pub(crate) fn takes(ruling: Ruling) -> &'static str {
    match ruling {
        Ruling::Hidden => "three duties of the role that say it plainly",
        Ruling::Unsupported => "two duties that are named as another trade's, and a third of all",
        Ruling::Mixed => "two duties of each role, and three in ten of both",
        Ruling::Mislabelled => {
            "more duties of the other role than of the title's, two at the least where there are fewer than three"
        }
        Ruling::Match | Ruling::OutOfScope | Ruling::Review => "one duty of the role",
    }
}

/// Owned clauses by kind of work.
pub(crate) fn count(duties: &[Duty]) -> Duties {
    let mut counted = Duties::default();
    for duty in duties.iter().filter(|duty| duty.actor == Actor::Owns) {
        match duty.role {
            Some(Role::Pm) => counted.pm += 1,
            Some(Role::Pmm) => counted.pmm += 1,
            Some(Role::Shared) => counted.shared += 1,
            Some(Role::Other) | None => counted.other += 1,
        }
    }
    counted
}

/// How the owned duties of the two roles are split between them; `None` when there are none.
pub(crate) fn shares(duties: Duties) -> Option<Shares> {
    let sum = duties.pm + duties.pmm;
    (sum > 0).then(|| {
        let share = rounded(f64::from(duties.pm) / f64::from(sum));
        Shares { pm: share, pmm: rounded(1.0 - share) }
    })
}
