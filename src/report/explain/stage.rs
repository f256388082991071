//! One stage of one posting alone: what `explain --stage` prints, for a person or as JSON.
//!
//! The JSON is one object: `schema` (`rolecall.stage/1`), `stage`, `source`, `id`, `title`, and a list named after the
//! stage (an object for `score`). Spans count bytes of the body after transport decoding, as in the records.

use std::io::{self, Write};

use serde::Serialize;

use super::clauses::Stretch;
use super::{Options, Page, tables};
use crate::outcome::Judged;
use crate::posting::SourceRef;
use crate::report::safe;
use crate::report::text::{left, right, width, wrap};
use crate::score::Sum;
use crate::trace::{ClauseTrace, Trace, WordTrace};
use crate::verdict::{Evidence, Place};
use crate::vocabulary::{Role, Zone};

/// The schema name of a stage's JSON.
pub const SCHEMA: &str = "rolecall.stage/1";

names! {
    /// A stage that can be printed alone.
    Stage {
        /// Stretches of the text by purpose.
        Zones = "zones",
        /// The smallest units that assign work.
        Clauses = "clauses",
        /// Terms found, before anybody asks who does them.
        Hits = "hits",
        /// Terms with actor, cue and weight, as the record holds them.
        Evidence = "evidence",
        /// Single words that lean, and what they lean towards.
        Words = "words",
        /// Every feature and what it adds.
        Score = "score",
    }
}

/// A stretch of one zone.
#[derive(Serialize)]
struct ZoneLine<'t> {
    zone: Zone,
    heading: Option<&'t str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'t str>,
    clauses: usize,
    first_line: usize,
    last_line: usize,
    start: usize,
    end: usize,
}

/// A clause without what was found in it.
#[derive(Serialize)]
struct ClauseLine<'t> {
    text: &'t str,
    zone: Zone,
    heading: bool,
    item: bool,
    span: &'t Place,
}

/// A term found.
#[derive(Serialize)]
struct HitLine<'t> {
    term: &'t str,
    role: Role,
    text: &'t str,
    /// Index of its clause in the list of clauses.
    clause: usize,
    weight: f64,
    span: &'t Place,
}

fn zones(clauses: &[ClauseTrace]) -> Vec<ZoneLine<'_>> {
    Stretch::all(clauses)
        .into_iter()
        .map(|stretch| {
            let (first_line, last_line) = stretch.lines();
            ZoneLine {
                zone: stretch.zone,
                heading: stretch.heading.map(|heading| heading.text.as_str()),
                field: stretch.field(),
                clauses: stretch.clauses.len(),
                first_line,
                last_line,
                start: stretch.clauses.first().map_or(0, |clause| clause.span.start),
                end: stretch.clauses.last().map_or(0, |clause| clause.span.end),
            }
        })
        .collect()
}

fn clauses(all: &[ClauseTrace]) -> Vec<ClauseLine<'_>> {
    all.iter()
        .map(|clause| ClauseLine {
            text: &clause.text,
            zone: clause.zone,
            heading: clause.heading,
            item: clause.item,
            span: &clause.span,
        })
        .collect()
}

fn hits(clauses: &[ClauseTrace]) -> Vec<HitLine<'_>> {
    let mut all = Vec::new();
    for (index, clause) in clauses.iter().enumerate() {
        all.extend(clause.hits.iter().map(|hit| HitLine {
            term: &hit.term,
            role: hit.role,
            text: &hit.text,
            clause: index,
            weight: hit.full_weight,
            span: &hit.span,
        }));
    }
    all
}

/// Writes a stage as one line of JSON.
///
/// # Errors
/// The writer refuses.
pub fn json(out: &mut dyn Write, stage: Stage, judged: &Judged, trace: &Trace) -> io::Result<()> {
    #[derive(Serialize)]
    struct Head<'t> {
        schema: &'static str,
        stage: &'static str,
        source: &'t SourceRef,
        id: &'t str,
        title: Option<&'t str>,
        #[serde(flatten)]
        body: Body<'t>,
    }
    #[derive(Serialize)]
    #[serde(rename_all = "lowercase")]
    enum Body<'t> {
        Zones(Vec<ZoneLine<'t>>),
        Clauses(Vec<ClauseLine<'t>>),
        Hits(Vec<HitLine<'t>>),
        Evidence(&'t [Evidence]),
        Words(&'t [WordTrace]),
        Score(&'t Sum),
    }
    let body = match stage {
        Stage::Zones => Body::Zones(zones(&trace.clauses)),
        Stage::Clauses => Body::Clauses(clauses(&trace.clauses)),
        Stage::Hits => Body::Hits(hits(&trace.clauses)),
        Stage::Evidence => Body::Evidence(&judged.verdict.evidence),
        Stage::Words => Body::Words(&trace.words),
        Stage::Score => Body::Score(&trace.sum),
    };
    let head = Head {
        schema: SCHEMA,
        stage: stage.name(),
        source: &judged.source,
        id: &judged.id,
        title: judged.title.as_deref(),
        body,
    };
    safe::json(out, &head)?;
    writeln!(out)
}

/// Writes a stage for a person: a table whose last column is text of the posting.
///
/// # Errors
/// The writer refuses.
pub fn write(
    out: &mut dyn Write,
    stage: Stage,
    judged: &Judged,
    trace: &Trace,
    options: Options,
) -> io::Result<()> {
    let mut page = Page::new(out, options);
    let field = |field: Option<&str>| field.map(|field| format!("{field}:")).unwrap_or_default();
    let place = |place: &Place| format!("{}{}:{}", field(place.field.as_deref()), place.line, place.column);
    match stage {
        Stage::Zones => {
            let rows = zones(&trace.clauses).into_iter().map(|zone| {
                let lines = format!("{}{}–{}", field(zone.field), zone.first_line, zone.last_line);
                let text = zone.heading.unwrap_or_default().to_owned();
                ([lines, zone.zone.to_string(), zone.clauses.to_string()], text)
            });
            table(&mut page, ["lines", "zone", "clauses"], "heading", &rows.collect::<Vec<_>>())
        }
        Stage::Clauses => {
            let rows = trace.clauses.iter().map(|clause| {
                let kind = match (clause.heading, clause.item) {
                    (true, _) => "heading",
                    (false, true) => "item",
                    (false, false) => "text",
                };
                ([place(&clause.span), clause.zone.to_string(), kind.to_owned()], clause.text.clone())
            });
            table(&mut page, ["place", "zone", "kind"], "clause", &rows.collect::<Vec<_>>())
        }
        Stage::Hits => {
            let rows = hits(&trace.clauses).into_iter().map(|hit| {
                ([place(hit.span), hit.term.to_owned(), format!("{:.1}", hit.weight)], hit.text.to_owned())
            });
            table(&mut page, ["place", "term", "weight"], "words", &rows.collect::<Vec<_>>())
        }
        Stage::Evidence => {
            let rows = judged.verdict.evidence.iter().map(|found| {
                let cue = found.cue.as_ref().map(|cue| format!("“{cue}”")).unwrap_or_default();
                (
                    [
                        place(&found.span),
                        found.zone.to_string(),
                        found.actor.to_string(),
                        cue,
                        found.term.to_string(),
                        format!("{:.2}", found.weight),
                    ],
                    found.text.clone(),
                )
            });
            let names = ["place", "zone", "actor", "cue", "term", "weight"];
            table(&mut page, names, "words", &rows.collect::<Vec<_>>())
        }
        Stage::Words => {
            let rows = trace.words.iter().map(|word| {
                let adds = word.adds.array().map(|add| format!("{add:+.2}"));
                let [pm, pmm, neither, insufficient] = adds;
                ([place(&word.span), pm, pmm, neither, insufficient], word.text.clone())
            });
            let names = ["place", "pm", "pmm", "neither", "insufficient"];
            table(&mut page, names, "word", &rows.collect::<Vec<_>>())
        }
        Stage::Score => tables::figures(&mut page, &trace.sum, usize::MAX),
    }
}

/// Writes rows under a heading; figures stand right, the last column wraps.
fn table<const N: usize>(
    page: &mut Page<'_>,
    names: [&str; N],
    last: &str,
    rows: &[([String; N], String)],
) -> io::Result<()> {
    let mut columns = names.map(width);
    let safe_rows: Vec<([String; N], String)> = rows
        .iter()
        .map(|(cells, text)| (cells.each_ref().map(|cell| safe::line(cell, 80)), safe::line(text, 4000)))
        .collect();
    for (cells, _) in &safe_rows {
        for (column, cell) in columns.iter_mut().zip(cells) {
            *column = (*column).max(width(cell));
        }
    }
    let figure =
        |name: &str| matches!(name, "clauses" | "weight" | "pm" | "pmm" | "neither" | "insufficient");
    let set = |cells: [&str; N]| {
        let cells = names.iter().zip(cells).zip(columns).map(|((name, cell), column)| {
            if figure(name) { right(cell, column) } else { left(cell, column) }
        });
        cells.collect::<Vec<_>>().join("  ")
    };
    writeln!(page.out, "{}", page.paint.dim(&format!("{}  {last}", set(names))))?;
    let indent = columns.iter().sum::<usize>() + 2 * N;
    // Where the columns leave little room, the text stands below.
    let below = indent + 24 > page.width;
    let room = if below { page.width - 4 } else { page.width - indent };
    for (cells, text) in &safe_rows {
        let head = set(cells.each_ref().map(String::as_str));
        let mut lines = wrap(text, room).into_iter();
        if below {
            writeln!(page.out, "{}", head.trim_end())?;
        } else {
            let first = lines.next().unwrap_or_default();
            writeln!(page.out, "{}", format!("{head}  {first}").trim_end())?;
        }
        for line in lines {
            writeln!(page.out, "{}{line}", " ".repeat(if below { 4 } else { indent }))?;
        }
    }
    Ok(())
}
