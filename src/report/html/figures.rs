//! The figures of an audit: the answer, tiles, matrix, histogram, groups, areas, and what could not be judged.

use super::bar;
use super::breakdown::{Breakdown, breakdowns};
use super::groups::GroupTable;
use super::histogram::HistogramView;
use super::matrix::{self, MatrixRow};
use crate::outcome::SkipReason;
use crate::report::audit::Audit;
use crate::report::overview::meaning;
use crate::report::table::place;
use crate::report::text::{counted, number, share};
use crate::report::{safe, words};
use crate::summary::Summary;
use crate::vocabulary::{Role, Ruling};

/// How many areas a role shows.
const AREAS: usize = 8;

/// How many unreadable records stand open; the others are folded away.
const OPEN_LOSSES: usize = 12;

/// All figures.
pub(super) struct Figures {
    pub(super) version: String,
    pub(super) scope: String,
    pub(super) answer: String,
    pub(super) lede: String,
    /// What the totals leave out, and what makes them doubtful.
    pub(super) remarks: Vec<String>,
    pub(super) alarm: bool,
    pub(super) tiles: Vec<Tile>,
    pub(super) columns: Vec<&'static str>,
    pub(super) matrix: Vec<MatrixRow>,
    pub(super) histogram: Option<HistogramView>,
    pub(super) groups: Vec<GroupTable>,
    pub(super) breakdowns: Vec<Breakdown>,
    pub(super) areas: Vec<AreaList>,
    pub(super) judged: u64,
    pub(super) listed: String,
    pub(super) without_card: String,
    pub(super) without_row: String,
    pub(super) failed: Vec<Loss>,
    pub(super) folded: Vec<Loss>,
    pub(super) more_failed: String,
    pub(super) skipped: Vec<Loss>,
    pub(super) losses: String,
    pub(super) glossary: Vec<(Ruling, &'static str)>,
    pub(super) lexicons: Vec<String>,
    pub(super) configurations: Vec<String>,
}

/// A number with its name.
pub(super) struct Tile {
    pub(super) name: &'static str,
    pub(super) class: &'static str,
    pub(super) figure: String,
    pub(super) share: String,
    /// The verdict that the tile filters by.
    pub(super) filter: Option<&'static str>,
}

/// The areas of a role.
pub(super) struct AreaList {
    pub(super) name: &'static str,
    pub(super) class: &'static str,
    pub(super) areas: Vec<AreaRow>,
}

/// An area with the postings that hold it.
pub(super) struct AreaRow {
    pub(super) name: String,
    pub(super) count: String,
    pub(super) width: String,
}

/// A record that was not judged.
pub(super) struct Loss {
    pub(super) place: String,
    pub(super) what: String,
}

impl Figures {
    pub(super) fn new(summary: &Summary, audit: &Audit) -> Self {
        let counts = summary.counts;
        let (answer, lede) = words::answer(summary);
        let listing = &audit.listing;
        let listed = listing.postings - listing.without_row();
        let hash = |hashes: &std::collections::BTreeSet<std::sync::Arc<str>>| {
            hashes.iter().map(|hash| safe::line(hash, 100)).collect()
        };
        let mut failed: Vec<Loss> = audit
            .failed
            .iter()
            .map(|failed| Loss {
                place: place(&failed.source),
                what: safe::line(&format!("{}: {}", failed.error.code, failed.error.message), 400),
            })
            .collect();
        let folded = failed.split_off(failed.len().min(OPEN_LOSSES));
        Self {
            version: safe::line(&summary.version, 40),
            scope: scope(summary),
            answer,
            lede,
            remarks: words::remarks(summary).into_iter().map(|remark| remark.text).collect(),
            alarm: !summary.adds_up,
            tiles: tiles(summary),
            columns: matrix::columns(),
            matrix: matrix::rows(summary),
            histogram: HistogramView::new(audit),
            groups: [
                ("By company", "companies", &audit.companies),
                ("By location", "locations", &audit.locations),
                ("By source", "sources", &audit.sources),
            ]
            .into_iter()
            .filter_map(|(name, id, groups)| GroupTable::new(name, id, groups))
            .collect(),
            breakdowns: breakdowns(summary),
            areas: areas(audit),
            judged: counts.judged,
            listed: counted(listed, "posting"),
            without_card: match listing.without_card() {
                0 => String::new(),
                count => counted(count, "more flagged posting"),
            },
            without_row: match listing.without_row() {
                0 => String::new(),
                count => counted(count, "more posting"),
            },
            failed,
            folded,
            more_failed: match counts.failed - (audit.failed.len() as u64).min(counts.failed) {
                0 => String::new(),
                count => counted(count, "more unreadable record"),
            },
            skipped: summary
                .skipped_by_reason
                .iter()
                .map(|(&reason, &count)| Loss { place: skipped(reason).to_owned(), what: number(count) })
                .collect(),
            losses: losses(summary),
            glossary: Ruling::ALL.iter().map(|&ruling| (ruling, meaning(ruling))).collect(),
            lexicons: hash(&summary.lexicons),
            configurations: hash(&summary.configurations),
        }
    }
}

/// What was read, in a few words.
fn scope(summary: &Summary) -> String {
    let records = counted(summary.counts.records, "record");
    let mut paths = summary.sources.keys();
    match (paths.next(), summary.sources.len() as u64 + u64::from(summary.more_sources.records > 0)) {
        (Some(path), 1) if &**path == "-" => format!("{records} from standard input"),
        (Some(path), 1) => format!("{records} from {}", safe::line(path, 200)),
        (Some(_), _) if summary.more_sources.records > 0 => {
            format!("{records} from more than {} files", number(summary.sources.len() as u64))
        }
        (Some(_), count) => format!("{records} from {} files", number(count)),
        (None, _) => records,
    }
}

/// How the records in add up, and why records could not be read.
fn losses(summary: &Summary) -> String {
    let counts = summary.counts;
    let why: Vec<String> = summary
        .failed_by_code
        .iter()
        .map(|(code, &count)| format!("{} {}", safe::line(code, 40), number(count)))
        .collect();
    let why = if why.is_empty() { String::new() } else { format!(" ({})", why.join(", ")) };
    format!(
        "{} in = {} judged + {} skipped + {} failed{why}.",
        counted(counts.records, "record"),
        number(counts.judged),
        number(counts.skipped),
        number(counts.failed)
    )
}

fn tiles(summary: &Summary) -> Vec<Tile> {
    let counts = summary.counts;
    let copies = counts.judged.saturating_sub(summary.postings());
    // A copy is counted with the posting that it repeats.
    let whole = match copies {
        0 => "judged".to_owned(),
        _ => format!("{} different", number(summary.postings())),
    };
    let of_judged = |count: u64| match share(count, summary.postings()).as_str() {
        "" => String::new(),
        "<0.1%" => format!("under 0.1% of {whole}"),
        text => format!("{text} of {whole}"),
    };
    let copies = match copies {
        0 => String::new(),
        1 => ", 1 a copy".to_owned(),
        count => format!(", {} copies", number(count)),
    };
    let mut tiles = vec![Tile {
        name: "Postings",
        class: "",
        figure: number(counts.records),
        share: match counts.judged {
            0 => String::new(),
            judged if judged == counts.records => format!("all judged{copies}"),
            judged => format!("{} judged{copies}", number(judged)),
        },
        filter: (counts.judged > 0).then_some(""),
    }];
    let verdicts = [
        (Ruling::Mislabelled, "Mislabelled", "v-mislabelled"),
        (Ruling::Mixed, "Mixed", "v-mixed"),
        (Ruling::Unsupported, "Unsupported", "v-unsupported"),
        (Ruling::Hidden, "Hidden", "v-hidden"),
        (Ruling::Review, "To review", "v-review"),
    ];
    // Where nothing was judged, no verdict has a figure.
    for (ruling, name, class) in verdicts.into_iter().filter(|_| counts.judged > 0) {
        let count = summary.ruled(ruling);
        tiles.push(Tile {
            name,
            class,
            figure: number(count),
            share: of_judged(count),
            filter: Some(ruling.name()),
        });
    }
    tiles.push(Tile {
        name: "Not judged",
        class: "",
        figure: number(counts.skipped + counts.failed),
        share: format!("{} skipped, {} failed", number(counts.skipped), number(counts.failed)),
        filter: None,
    });
    tiles
}

#[expect(clippy::cast_precision_loss, reason = "no run counts 2^53 postings")]
fn areas(audit: &Audit) -> Vec<AreaList> {
    [
        (Role::Pm, "Product management", "pm"),
        (Role::Pmm, "Product marketing", "pmm"),
        (Role::Other, "Other jobs’ work", "shared"),
    ]
    .into_iter()
    .map(|(role, name, class)| AreaList {
        name,
        class,
        areas: audit
            .areas
            .top(role, AREAS)
            .into_iter()
            .map(|area| AreaRow {
                name: words::area(area.area),
                count: format!("{} · {}", number(area.postings), share(area.postings, area.of)),
                width: bar::percent(area.postings as f64 / area.of.max(1) as f64),
            })
            .collect(),
    })
    .filter(|list| !list.areas.is_empty())
    .collect()
}

fn skipped(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::NoText => "No text to judge",
        SkipReason::UnsupportedLanguage => "In a language that no lexicon reads",
        SkipReason::Unlisted => "Marked as not listed by the source",
        SkipReason::Duplicate => "Copies of others",
        SkipReason::Other => "For a reason that only a later version knows",
    }
}
