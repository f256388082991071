//! The figures of an audit: the answer, tiles, matrix, histogram, groups, areas, and what could not be judged.

use super::bar::{self, Bar};
use crate::outcome::SkipReason;
use crate::report::audit::{Audit, BINS, Groups};
use crate::report::overview::meaning;
use crate::report::table::place;
use crate::report::text::{counted, number, percent, share};
use crate::report::{safe, words};
use crate::summary::Summary;
use crate::vocabulary::{Claim, Described, Role, Ruling};

/// How many names a group shows, and how many areas a role.
const NAMES: usize = 12;
const AREAS: usize = 8;

/// Postings that a name needs to be shown.
const FEWEST: u64 = 3;

/// Height of the tallest bar of the histogram in pixels.
const TALLEST: u64 = 190;

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
    pub(super) matrix: Vec<MatrixRow>,
    pub(super) histogram: Option<HistogramView>,
    pub(super) groups: Vec<GroupTable>,
    pub(super) areas: Vec<AreaList>,
    pub(super) judged: u64,
    pub(super) listed: String,
    pub(super) without_card: String,
    pub(super) without_row: String,
    pub(super) failed: Vec<Loss>,
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

/// What the duties describe, for one kind of title.
pub(super) struct MatrixRow {
    pub(super) name: &'static str,
    pub(super) cells: Vec<Cell>,
}

/// Postings that claim and describe so.
pub(super) struct Cell {
    pub(super) count: String,
    pub(super) zero: bool,
    pub(super) ruling: Ruling,
    pub(super) doubt: Option<String>,
}

/// The chart of the share of product management.
pub(super) struct HistogramView {
    pub(super) bins: Vec<Bin>,
    pub(super) label: String,
    pub(super) total: String,
    pub(super) other: bool,
}

/// One bar: heights in pixels from the bottom up.
pub(super) struct Bin {
    pub(super) range: String,
    pub(super) sum: u64,
    pub(super) counts: [u64; 3],
    pub(super) height: u64,
    pub(super) parts: Vec<(&'static str, u64, u64)>,
}

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
        Self {
            version: safe::line(&summary.version, 40),
            scope: scope(summary),
            answer,
            lede,
            remarks: words::remarks(summary).into_iter().map(|remark| remark.text).collect(),
            alarm: !summary.adds_up,
            tiles: tiles(summary),
            matrix: matrix(summary, audit),
            histogram: histogram(audit),
            groups: [
                ("By company", "companies", &audit.companies),
                ("By location", "locations", &audit.locations),
                ("By source", "sources", &audit.sources),
            ]
            .into_iter()
            .filter_map(|(name, id, groups)| GroupTable::new(name, id, groups))
            .collect(),
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
            failed: audit
                .failed
                .iter()
                .map(|failed| Loss {
                    place: place(&failed.source),
                    what: safe::line(&format!("{}: {}", failed.error.code, failed.error.message), 400),
                })
                .collect(),
            more_failed: match counts.failed - (audit.failed.len() as u64).min(counts.failed) {
                0 => String::new(),
                count => counted(count, "more unreadable record"),
            },
            skipped: summary
                .skipped_by_reason
                .iter()
                .map(|(&reason, &count)| Loss { place: skipped(reason).to_owned(), what: number(count) })
                .collect(),
            losses: format!(
                "{} in = {} judged + {} skipped + {} failed.",
                counted(counts.records, "record"),
                number(counts.judged),
                number(counts.skipped),
                number(counts.failed)
            ),
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

fn tiles(summary: &Summary) -> Vec<Tile> {
    let counts = summary.counts;
    let of_judged = |count: u64| match share(count, summary.postings()).as_str() {
        "" => String::new(),
        "0.0%" if count > 0 => "under 0.1% of judged".to_owned(),
        text => format!("{text} of judged"),
    };
    let mut tiles = vec![Tile {
        name: "Postings judged",
        class: "",
        figure: number(counts.judged),
        share: format!("of {}", counted(counts.records, "record")),
        filter: Some(""),
    }];
    for (ruling, name, class) in [
        (Ruling::Mislabelled, "Mislabelled", "v-mislabelled"),
        (Ruling::Mixed, "Mixed", "v-mixed"),
        (Ruling::Unsupported, "Unsupported", "v-unsupported"),
        (Ruling::Hidden, "Hidden", "v-hidden"),
        (Ruling::Review, "To review", "v-review"),
    ] {
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

/// Claimed × described; rows that no posting claims are left out.
fn matrix(summary: &Summary, audit: &Audit) -> Vec<MatrixRow> {
    let cell = |claimed: Claim, described: Described| {
        let count = summary.cell(claimed, described);
        let doubtful = audit.doubtful(claimed, described);
        Cell {
            count: number(count),
            zero: count == 0,
            ruling: Ruling::of(claimed, described),
            doubt: (doubtful > 0 && described != Described::Insufficient)
                .then(|| format!("{} to review", number(doubtful))),
        }
    };
    Claim::ALL
        .iter()
        .filter(|&&claimed| Described::ALL.iter().any(|&described| summary.cell(claimed, described) > 0))
        .map(|&claimed| MatrixRow {
            name: match claimed {
                Claim::Pm => "Product manager",
                Claim::Pmm => "Product marketing manager",
                Claim::Both => "Both roles",
                Claim::Other => "Another job",
                Claim::None => "No job named",
            },
            cells: Described::ALL.iter().map(|&described| cell(claimed, described)).collect(),
        })
        .collect()
}

fn histogram(audit: &Audit) -> Option<HistogramView> {
    let shares = &audit.shares;
    let tallest = (0..BINS).map(|bin| shares.sum(bin)).max().filter(|&tallest| tallest > 0)?;
    let height = |count: u64| (count * TALLEST).div_ceil(tallest);
    let bins: Vec<Bin> = (0..BINS)
        .map(|bin| {
            let counts = [shares.pm[bin], shares.pmm[bin], shares.other[bin]];
            let total = height(shares.sum(bin));
            let mut top = total;
            let mut parts = Vec::new();
            for (class, &count) in
                ["pm", "pmm", "other"].into_iter().zip(&counts).filter(|(_, count)| **count > 0)
            {
                let tall = height(count).min(top);
                top -= tall;
                parts.push((class, top, tall));
            }
            let border = |twelfths: usize| (twelfths * 100 + BINS / 2) / BINS;
            Bin {
                range: format!("{}–{}%", border(bin), border(bin + 1)),
                sum: shares.sum(bin),
                counts,
                height: total,
                parts,
            }
        })
        .collect();
    let third = |bins: &[Bin]| bins.iter().map(|bin| bin.sum).sum::<u64>();
    let label = format!(
        "Of {}, {} hold mostly product marketing, {} both in substantial shares, {} mostly product management.",
        counted(shares.total(), "posting"),
        number(third(&bins[..BINS / 3])),
        number(third(&bins[BINS / 3..2 * BINS / 3])),
        number(third(&bins[2 * BINS / 3..]))
    );
    Some(HistogramView { bins, label, total: counted(shares.total(), "posting"), other: shares.has_other() })
}

impl GroupTable {
    /// None when there is nothing to compare.
    fn new(name: &'static str, id: &'static str, groups: &Groups) -> Option<Self> {
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
                if hidden == 1 { "name holds" } else { "names hold" }
            ));
        }
        if groups.nameless > 0 {
            notes.push(format!("{} without a name.", counted(groups.nameless, "posting")));
        }
        Some(Self { name, id, rows, note: notes.join(" ") })
    }
}

impl GroupRow {
    fn new(name: &str, group: &crate::report::audit::Group) -> Self {
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
                text: format!("{:.0}%", average.mean * 100.0),
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
    }
}
