//! What changed since earlier results, as a section of the page.

use crate::comparison::{Change, Comparison};
use crate::report::comparison;
use crate::report::safe;
use crate::report::table::place;
use crate::report::text::number;

/// How many postings of a kind are listed.
const LISTED: usize = 50;

/// The section.
pub(super) struct Changes {
    pub(super) headline: String,
    pub(super) rest: String,
    pub(super) kinds: Vec<KindView>,
}

/// The postings that changed in one way.
pub(super) struct KindView {
    pub(super) name: &'static str,
    pub(super) count: String,
    pub(super) rows: Vec<ChangeView>,
    pub(super) more: String,
}

/// A posting that changed.
pub(super) struct ChangeView {
    pub(super) title: String,
    pub(super) old_title: Option<String>,
    pub(super) company: String,
    pub(super) turn: String,
    pub(super) place: String,
}

impl Changes {
    pub(super) fn new(changes: &Comparison) -> Self {
        let kind = |(kind, list): (_, Vec<&Change>)| KindView {
            name: comparison::name(kind),
            count: number(list.len() as u64),
            rows: list.iter().take(LISTED).map(|change| ChangeView::new(change)).collect(),
            more: match list.len().saturating_sub(LISTED) {
                0 => String::new(),
                more => format!("{} more", number(more as u64)),
            },
        };
        Self {
            headline: comparison::headline(changes),
            rest: comparison::rest(changes),
            kinds: comparison::kinds(changes).into_iter().map(kind).collect(),
        }
    }
}

impl ChangeView {
    fn new(change: &Change) -> Self {
        let title = safe::line(change.title.as_deref().unwrap_or_default(), 200);
        Self {
            title: if title.is_empty() { "(no title)".to_owned() } else { title },
            old_title: comparison::old_title(change).map(|title| safe::line(title, 200)),
            company: safe::line(change.company.as_deref().unwrap_or_default(), 100),
            turn: comparison::turn(change),
            place: place(&change.source),
        }
    }
}
