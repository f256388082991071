//! The figures of a summary as rows, for the tables that several formats write.

use super::safe;
use crate::proportion::Proportion;
use crate::summary::{Group, GroupBy, Groups, Summary};
use crate::vocabulary::Ruling;

/// What stands for the postings without a name.
pub(super) const UNNAMED: &str = "(none)";

/// What stands for the names past the bound.
pub(super) const MORE: &str = "(further names)";

/// The groups of a field, those with most postings first, with the unnamed and the rest at the end; and how many names
/// are left out.
pub(super) fn groups(groups: &Groups, limit: usize) -> (Vec<(String, &Group)>, usize) {
    let top = groups.top(limit);
    let left_out = groups.named.len() - top.len();
    let mut rows: Vec<(String, &Group)> =
        top.into_iter().map(|(name, group)| (safe::line(name, 200), group)).collect();
    for (name, group) in [(UNNAMED, &groups.unnamed), (MORE, &groups.more)] {
        if group.postings > 0 {
            rows.push((name.to_owned(), group));
        }
    }
    (rows, left_out)
}

/// The heading of the groups of a field.
pub(super) fn heading(field: GroupBy) -> &'static str {
    match field {
        GroupBy::Company => "Company",
        GroupBy::Location => "Location",
        GroupBy::Source => "Source",
        GroupBy::Language => "Language",
        GroupBy::Claimed => "Title calls",
        GroupBy::Described => "Duties describe",
        GroupBy::Nearest => "Looks like",
    }
}

/// One figure of a summary: what it counts, in up to three names, and the share where it is one.
#[derive(Debug, PartialEq)]
pub(super) struct Figure<'s> {
    pub(super) section: &'static str,
    pub(super) name: String,
    pub(super) detail: &'s str,
    pub(super) count: u64,
    pub(super) share: Option<Proportion>,
}

/// All figures of a summary, a row each.
pub(super) fn figures(summary: &Summary) -> Vec<Figure<'_>> {
    let mut all = Vec::new();
    let counts = summary.counts;
    let count = |section, name: &str, detail, count| Figure {
        section,
        name: name.to_owned(),
        detail,
        count,
        share: None,
    };
    for (name, value) in [
        ("in", counts.records),
        ("judged", counts.judged),
        ("skipped", counts.skipped),
        ("failed", counts.failed),
    ] {
        all.push(count("records", name, "", value));
    }
    for (reason, &value) in &summary.skipped_by_reason {
        all.push(count("skipped", reason.name(), "", value));
    }
    for (code, &value) in &summary.failed_by_code {
        all.push(count("failed", code, "", value));
    }
    let duplicates = summary.duplicates;
    for (name, value) in [
        ("marked", duplicates.marked),
        ("dropped", duplicates.dropped),
        ("exact", duplicates.exact),
        ("forgotten", duplicates.forgotten),
    ] {
        all.push(count("duplicates", name, "", value));
    }
    for (&ruling, &value) in &summary.verdicts {
        let share = Some(Proportion::new(value, summary.postings()));
        all.push(Figure { share, ..count("verdicts", ruling.name(), "", value) });
    }
    let wrong = summary.mislabelled;
    all.push(Figure { share: Some(wrong), ..count("mislabelled", "of-product-titles", "", wrong.count) });
    for (&claimed, row) in &summary.matrix {
        for (&described, &value) in row {
            all.push(count("matrix", claimed.name(), described.name(), value));
        }
    }
    for (area, value) in summary.top_areas(usize::MAX) {
        all.push(count("areas", area, "postings", value.postings));
    }
    for (&field, groups) in &summary.groups {
        for (name, group) in self::groups(groups, usize::MAX).0 {
            all.push(count(field.name(), &name, "postings", group.postings));
            for &ruling in Ruling::ALL.iter().filter(|&&ruling| group.ruled(ruling) > 0) {
                let share = Some(Proportion::new(group.ruled(ruling), group.postings));
                all.push(Figure { share, ..count(field.name(), &name, ruling.name(), group.ruled(ruling)) });
            }
            let wrong = group.mislabelled;
            let figure = count(field.name(), &name, "mislabelled-of-product-titles", wrong.count);
            all.push(Figure { share: Some(wrong), ..figure });
        }
    }
    for suspicion in &summary.suspected_faults {
        let title = safe::line(suspicion.title.as_deref().unwrap_or_default(), 160);
        all.push(count("suspected-faults", &title, suspicion.kind.name(), suspicion.postings));
    }
    all
}
