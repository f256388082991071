//! The clauses of a posting in reading order, zone by zone, each duty with its actor and role.

use std::io;

use super::marked::{self, Mark};
use super::{Page, role_name};
use crate::report::safe;
use crate::report::text::{fit, left, width, wrap, wrap_items};
use crate::trace::{ClauseTrace, HitTrace};
use crate::vocabulary::{Actor, Zone};

/// Columns before the text of a duty: indent, actor, role.
const HEAD: usize = 2 + 13 + 8;
/// Below this width actor and role stand on a line of their own.
const WIDE: usize = 76;

/// A stretch of clauses of one zone.
pub(super) struct Stretch<'t> {
    pub(super) zone: Zone,
    /// The heading that opens it: the last of those at its beginning.
    pub(super) heading: Option<&'t ClauseTrace>,
    /// All its clauses, the heading too.
    pub(super) clauses: &'t [ClauseTrace],
}

impl<'t> Stretch<'t> {
    /// Cuts the clauses of a posting where zone or field changes. Headings open the stretch that follows them.
    pub(super) fn all(clauses: &'t [ClauseTrace]) -> Vec<Self> {
        let mut zones: Vec<Zone> = clauses.iter().map(|clause| clause.zone).collect();
        for at in (1..clauses.len()).rev() {
            if clauses[at - 1].heading && clauses[at - 1].span.field == clauses[at].span.field {
                zones[at - 1] = zones[at];
            }
        }
        let mut all = Vec::new();
        let mut start = 0;
        for end in 1..=clauses.len() {
            let goes_on = clauses.get(end).is_some_and(|next| {
                zones[end] == zones[start] && next.span.field == clauses[start].span.field
            });
            if !goes_on {
                all.push(Self {
                    zone: zones[start],
                    heading: clauses[start..end].iter().take_while(|clause| clause.heading).last(),
                    clauses: &clauses[start..end],
                });
                start = end;
            }
        }
        all
    }

    /// First and last line.
    pub(super) fn lines(&self) -> (usize, usize) {
        let line = |clause: Option<&ClauseTrace>| clause.map_or(1, |clause| clause.span.line);
        (line(self.clauses.first()), line(self.clauses.last()))
    }

    /// The source field, when the body is spread over several.
    pub(super) fn field(&self) -> Option<&'t str> {
        self.clauses.first()?.span.field.as_deref()
    }
}

/// Writes all zones.
pub(super) fn write(page: &mut Page<'_>, clauses: &[ClauseTrace]) -> io::Result<()> {
    let found = clauses.iter().any(|clause| !clause.hits.is_empty());
    let legend = match (found, page.paint.is_on()) {
        (false, _) => "",
        (true, false) => {
            "^^^ terms of the hire's work, --- of nobody's or another's, ~~~ words that tell whose"
        }
        (true, true) => "underlined: terms, grey where not the hire's work; italic: words that tell whose",
    };
    page.section("What it says", legend)?;
    if clauses.is_empty() {
        writeln!(page.out, "  nothing that can be read")?;
    }
    let one_line = clauses.iter().all(|clause| clause.span.line == 1);
    for stretch in Stretch::all(clauses) {
        writeln!(page.out)?;
        header(page, &stretch, one_line)?;
        for clause in stretch.clauses {
            if !stretch.heading.is_some_and(|heading| std::ptr::eq(heading, clause)) {
                self::clause(page, clause)?;
            }
        }
    }
    Ok(())
}

fn header(page: &mut Page<'_>, stretch: &Stretch<'_>, one_line: bool) -> io::Result<()> {
    let mut text = format!("{} ", name(stretch.zone));
    if let Some(heading) = stretch.heading {
        let room = page.width.saturating_sub(44);
        let quoted = format!("· “{}”", safe::line(&heading.text, 120));
        text.push_str(&fit(&quoted, room.max(16)));
        text.push(' ');
    }
    let field = stretch.field().map(|field| format!("· {} ", safe::line(field, 40))).unwrap_or_default();
    text.push_str(&field);
    let lines = match stretch.lines() {
        _ if one_line => String::new(),
        (first, last) if first == last => format!("· line {first} "),
        (first, last) => format!("· lines {first}–{last} "),
    };
    text.push_str(&lines);
    let decides = matches!(stretch.zone, Zone::Intro | Zone::Duties);
    if !decides {
        text.push_str("· no duties ");
    }
    let rule = "─".repeat(page.width.saturating_sub(width(&text)));
    let text = if rule.is_empty() { text.trim_end().to_owned() } else { text };
    let text = if decides { page.paint.bold(&text) } else { page.paint.dim(&text) };
    writeln!(page.out, "{text}{}", page.paint.dim(&rule))
}

/// A zone in plain words.
fn name(zone: Zone) -> &'static str {
    match zone {
        Zone::Intro => "Introduction",
        Zone::Duties => "Duties",
        Zone::Requirements => "Requirements",
        Zone::Company => "The company",
        Zone::Benefits => "Benefits",
        Zone::Legal => "Legal notices",
        Zone::Process => "How to apply",
        Zone::Career => "Career path",
        Zone::Other => "Other text",
    }
}

fn clause(page: &mut Page<'_>, clause: &ClauseTrace) -> io::Result<()> {
    let paint = page.paint;
    if clause.heading {
        let text = fit(&safe::line(&clause.text, 300), page.width - 2);
        return writeln!(page.out, "  {}", paint.bold(&text));
    }
    let decides = matches!(clause.zone, Zone::Intro | Zone::Duties);
    let Some(actor) = clause.actor else {
        let indent = if page.width < WIDE { 4 } else { HEAD };
        let room = page.width - indent;
        let text = safe::line(&clause.text, 2000);
        let lines = if decides { wrap(&text, room) } else { vec![fit(&text, room)] };
        for line in lines {
            writeln!(page.out, "{}{}", " ".repeat(indent), paint.dim(&line))?;
        }
        return Ok(());
    };
    let (who, whose) = (actor.name(), role_name(clause.role));
    let (mut lead, indent) = if page.width < WIDE {
        writeln!(page.out, "  {}, {}", paint.actor(actor, who), paint.role(clause.role, whose))?;
        (" ".repeat(4), 4)
    } else {
        let (who, whose) = (left(who, 13), left(whose, 8));
        (format!("  {}{}", paint.actor(actor, &who), paint.role(clause.role, &whose)), HEAD)
    };
    for line in marked::lines(&clause.text, &marks(clause), page.width - indent, paint) {
        writeln!(page.out, "{lead}{line}")?;
        lead = " ".repeat(indent);
    }
    if decides {
        for group in details(clause, actor) {
            for line in wrap_items(&group, " · ", page.width - indent) {
                writeln!(page.out, "{lead}{}", paint.dim(&line))?;
            }
        }
    }
    Ok(())
}

fn marks(clause: &ClauseTrace) -> Vec<(crate::span::Span, Mark)> {
    let found = clause.hits.iter().map(|hit| {
        let mark = if hit.weight > 0.0 { Mark::Counts(hit.role) } else { Mark::Idle };
        (hit.within, mark)
    });
    let cues = clause.hits.iter().filter_map(|hit| hit.cue_within).map(|span| (span, Mark::Cue));
    found.chain(cues).collect()
}

/// What was found, by who does it and the words that tell: `“Own”: pm/roadmap/own-roadmap 2.0`.
fn details(clause: &ClauseTrace, actor: Actor) -> Vec<Vec<String>> {
    let mut groups: Vec<(&HitTrace, Vec<(String, usize)>)> = Vec::new();
    for hit in &clause.hits {
        let term = safe::line(&hit.term, 120);
        let named = if hit.weight > 0.0 { format!("{term} {:.1}", hit.weight) } else { term };
        let same = |(first, _): &&mut (&HitTrace, _)| (first.actor, &first.cue) == (hit.actor, &hit.cue);
        match groups.iter_mut().find(same) {
            None => groups.push((hit, vec![(named, 1)])),
            Some((_, terms)) => match terms.iter_mut().find(|(known, _)| *known == named) {
                Some((_, times)) => *times += 1,
                None => terms.push((named, 1)),
            },
        }
    }
    let times = |(named, times)| if times == 1 { named } else { format!("{named} ×{times}") };
    groups
        .into_iter()
        .map(|(hit, terms)| {
            let mut terms: Vec<String> = terms.into_iter().map(times).collect();
            let who = if hit.actor == actor { String::new() } else { format!("{} ", hit.actor) };
            let cue = hit.cue.as_ref().map(|cue| format!("“{}” ", safe::line(cue, 60))).unwrap_or_default();
            terms[0] = format!("{who}{cue}→ {}", terms[0]);
            terms
        })
        .collect()
}
