//! Postings by employer, by place and by input, each with its verdicts and intervals.

use super::bar::{self, Bar};
use crate::report::audit::{Group, Groups};
use crate::report::safe;
use crate::report::text::{agreed, counted, number, percent, whole_percent};
use crate::vocabulary::Ruling;

/// How many names are shown.
const NAMES: usize = 12;

/// Postings that a name needs to be shown.
const FEWEST: u64 = 3;

/// Postings by a name.
pub(super) struct GroupTable {
    pub(super) name: &'static str,
    pub(super) id: &'static str,
    pub(super) rows: Vec<GroupRow>,
    pub(super) note: String,
}

/// The postings of one name.
pub(super) struct GroupRow {
    pub(super) name: String,
    pub(super) postings: String,
    pub(super) bar: Bar,
    pub(super) differ: Option<Range>,
    pub(super) share: Option<Range>,
}

/// A point with its interval, as words and as places in percent.
pub(super) struct Range {
    pub(super) text: String,
    pub(super) label: String,
    pub(super) at: String,
    pub(super) interval: Option<(String, String)>,
}

impl GroupTable {
    /// None when there is nothing to compare.
    pub(super) fn new(name: &'static str, id: &'static str, groups: &Groups) -> Option<Self> {
        let rows: Vec<GroupRow> =
            groups.top(NAMES, FEWEST).into_iter().map(|(name, group)| GroupRow::new(name, group)).collect();
        if rows.len() < 2 {
            return None;
        }
        let mut notes = Vec::new();
        let hidden = groups.len() - rows.len();
        if hidden > 0 {
            let more = if groups.more > 0 { " or more" } else { "" };
            notes.push(format!(
                "{}{more} other {} fewer.",
                number(hidden as u64),
                agreed(hidden as u64, "name holds", "names hold")
            ));
        }
        if groups.nameless > 0 {
            notes.push(format!("{} without a name.", counted(groups.nameless, "posting")));
        }
        Some(Self { name, id, rows, note: notes.join(" ") })
    }
}

impl GroupRow {
    fn new(name: &str, group: &Group) -> Self {
        let counts: Vec<(&'static str, &'static str, u64)> = [
            Ruling::Mislabelled,
            Ruling::Mixed,
            Ruling::Unsupported,
            Ruling::Hidden,
            Ruling::Review,
            Ruling::Match,
        ]
        .into_iter()
        .map(|ruling| (ruling.name(), ruling.name(), group.ruled(ruling)))
        .collect();
        let differ = group.differ();
        Self {
            name: safe::line(name, 120),
            postings: number(group.postings()),
            bar: Bar::new(&counts),
            differ: differ.share.zip(differ.low.zip(differ.high)).map(|(share, (low, high))| Range {
                text: format!("{} of {}", differ.count, differ.of),
                label: format!(
                    "{} of {}, {}, interval {} to {}",
                    differ.count,
                    differ.of,
                    percent(share),
                    percent(low),
                    percent(high)
                ),
                at: bar::percent(share),
                interval: Some((bar::percent(low), bar::percent(high))),
            }),
            share: group.pm_share().map(|average| Range {
                text: whole_percent(average.mean),
                label: match average.interval {
                    Some((low, high)) => {
                        format!("{}, interval {} to {}", percent(average.mean), percent(low), percent(high))
                    }
                    None => percent(average.mean),
                },
                at: bar::percent(average.mean),
                interval: average.interval.map(|(low, high)| (bar::percent(low), bar::percent(high))),
            }),
        }
    }
}
