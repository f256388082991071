//! Answers of boards in a list, each with the postings in a list of its own, such as pages, employers or departments.

use super::super::family;
use super::super::opening::names_role;
use super::super::scan::{self, Step};
use super::super::slot::Field;
use super::told::is_for_role;
use super::{Candidate, Fit, Kind, Shape, Walk, first_item, holds_postings, kind, names};

/// Whether an item of a list is an answer of a board with the postings in a list of its own, be it in groups.
pub(crate) fn is_answer(item: &[u8]) -> bool {
    /// How deep groups nest in an item.
    const GROUPS: usize = 3;
    answers(item, GROUPS)
}

fn answers(item: &[u8], groups: usize) -> bool {
    if item.first() != Some(&b'{') {
        return false;
    }
    let walk = Walk::over(item);
    let Some(best) = walk.best(item.len()).filter(|_| walk.whole && !walk.single) else { return false };
    let list = &item[best.offset..];
    // A posting may go by longer names, and have a list of anything.
    let is_longer =
        |name| family::known(name).is_some_and(|slot| matches!(slot.field, Field::Title | Field::Body));
    if !matches!(best.kind, Kind::Strong(_)) && names(item).any(is_longer) {
        return false;
    }
    match best.kind {
        // An employer or a department may have a name and a description of its own; a posting is for a role.
        Kind::Strong(_) if walk.body => {
            best.fit == Fit::Whole && !walk.headed.is_some_and(|title| says_role(&item[title..]))
        }
        _ if walk.body => false,
        Kind::Strong(_) => best.is_empty() || holds_postings(list) || best.fit == Fit::Whole,
        Kind::Weak(_) => !walk.title && (best.is_empty() || holds_postings(list) || best.fit == Fit::Whole),
        Kind::Any if is_list_of_jobs(best, list) => walk.headed.is_none() && walk.carried.is_none(),
        Kind::Any => groups > 0 && !best.is_empty() && answers(first_item(list), groups - 1),
    }
}

/// Whether a list holds postings whose key is longer than that of most: `highlightedJobListings`.
fn is_list_of_jobs(list: &Candidate, bytes: &[u8]) -> bool {
    /// How the names of such lists end.
    const ENDINGS: &[&str] =
        &["jobs", "joblistings", "jobpostings", "postings", "vacancies", "openings", "joboffers"];
    let plain: String = list.key.chars().filter(char::is_ascii_alphabetic).collect();
    let plain = plain.to_ascii_lowercase();
    let is_named = ENDINGS.iter().any(|ending| plain.ends_with(ending));
    !list.aside
        && !list.is_empty()
        && if is_named {
            list.depth > 1 || list.fit == Fit::Whole
        } else {
            list.fit == Fit::Whole && is_for_role(bytes)
        }
}

/// Whether the text that begins `bytes` names a role.
fn says_role(bytes: &[u8]) -> bool {
    let Step::Done(length) = scan::value(bytes) else { return false };
    serde_json::from_slice::<String>(&bytes[..length]).is_ok_and(|title| names_role(&title))
}

/// Whether `bytes`, of which the end may not be at hand, begin an answer of a board.
pub(crate) fn begins_answer(bytes: &[u8]) -> bool {
    matches!(Walk::over(bytes).shape(bytes, false), Shape::List { offset, key, .. }
        if matches!(kind(&key), Kind::Strong(_)) && holds_postings(&bytes[offset..]))
}
