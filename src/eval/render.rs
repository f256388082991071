//! Lays the figures out for people, as aligned text or as Markdown. Nothing is computed here.

use std::fmt::Write as _;
use std::str::FromStr;

use super::attribution::Attribution;
use super::confusion::{self, Confusion, Scores};
use super::lines::{Class, LineRole};
use super::measure::Measured;
use super::report::EvalReport;
use super::section::Section;
use crate::proportion::Proportion;
use crate::vocabulary::{Described, Ruling, Zone};

names! {
    /// How a report is written.
    #[derive(Default)]
    Format {
        /// Aligned text.
        #[default]
        Text = "text",
        /// The whole report as one JSON object.
        Json = "json",
        /// Tables for wikis, issues and pull requests.
        Markdown = "markdown",
    }
}

/// A name that no format has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown format \"{0}\": give one of text, json, markdown")]
pub struct UnknownFormat(String);

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        Self::from_name(name).ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

/// The report in this format.
#[must_use]
pub fn render(format: Format, report: &EvalReport) -> String {
    match format {
        Format::Text => text(report),
        Format::Json => json(report),
        Format::Markdown => markdown(report),
    }
}

/// The report as aligned text.
fn text(report: &EvalReport) -> String {
    let mut out = String::new();
    for section in sections(report) {
        section.text(&mut out);
    }
    out
}

/// The report as Markdown.
fn markdown(report: &EvalReport) -> String {
    let mut out = String::from("# rolecall eval\n\n");
    let _ = writeln!(out, "rolecall {}, lexicon {}\n", report.version, report.lexicon);
    for section in sections(report) {
        section.markdown(&mut out);
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The report as one JSON object, on one line.
fn json(report: &EvalReport) -> String {
    let mut out = Vec::new();
    // Neither the types nor memory refuse.
    let written = crate::report::safe::json(&mut out, report);
    debug_assert!(written.is_ok(), "{written:?}");
    out.push(b'\n');
    String::from_utf8_lossy(&out).into_owned()
}

fn sections(report: &EvalReport) -> Vec<Section> {
    let mut sections = report.postings.as_ref().map_or_else(Vec::new, postings);
    sections.extend(report.lines.as_ref().map_or_else(Vec::new, lines));
    if !report.missed.is_empty() {
        let mut missed = Section::new("Missed bars", 2, &["figure", "bar", "at", "found"]);
        for miss in &report.missed {
            let bar = match miss.bar {
                super::gate::Bar::Min => "least",
                super::gate::Bar::Max => "most",
            };
            missed.row(&[miss.figure.clone(), bar.to_owned(), miss.at.to_string(), figure(miss.found)]);
        }
        sections.push(missed);
    }
    sections
}

fn postings(measured: &Measured) -> Vec<Section> {
    let intake = measured.intake;
    let s = |count: u64| if count == 1 { "" } else { "s" };
    let mut whole = Section::new("Postings", 1, &["", "figure", "95% interval", "of"])
        .note(format!(
            "{} record{} = {} measured + {} unlabelled + {} failed",
            intake.records,
            s(intake.records),
            intake.measured,
            intake.unlabelled,
            intake.failed
        ))
        .note(format!(
            "{} of those measured were skipped as unreadable for the lexicon or empty",
            intake.skipped
        ))
        .note(format!("{} label{} without a posting", intake.without_posting, s(intake.without_posting)));
    whole.row(&proportion("accuracy", measured.accuracy));
    whole.row(&["macro-F1 (pm, pmm, neither)".to_owned(), figure(measured.macro_f1)]);
    whole.row(&["Cohen's kappa".to_owned(), figure(measured.kappa)]);
    whole.row(&proportion("title claims right", measured.claims));
    whole.row(&proportion("mislabelled false alarms", measured.false_alarms));
    whole.row(&proportion("left to review", measured.review));
    whole.row(&proportion("accuracy when decided", measured.decided));
    whole.row(&["calibration error".to_owned(), figure(measured.calibration.ece)]);

    let mut verdicts = scores("Verdicts", "verdict");
    for (ruling, of) in &measured.verdicts {
        verdicts.row(&scored(ruling.name(), of));
    }
    let mut roles = scores("Descriptions", "role");
    for (role, of) in &measured.roles {
        roles.row(&scored(role.name(), of));
    }
    let mut sections = vec![
        whole,
        roles,
        matrix("Label (rows) against found (columns)", &measured.confusion, Described::ALL, Described::name),
        verdicts,
        calibration(measured),
        coverage(measured),
        slices(measured),
    ];
    if measured.nearest.named.of > 0 {
        sections.push(nearest(measured));
    }
    if !measured.errors.is_empty() {
        sections.push(disagreements(measured));
    }
    sections
}

fn calibration(measured: &Measured) -> Section {
    let mut section = Section::new("Calibration", 1, &["probability", "mean", "right", "95% interval", "of"]);
    for bin in &measured.calibration.bins {
        let mut row = proportion(&format!("{:.1} to {:.1}", bin.from, bin.to), bin.right);
        row.insert(1, fixed(bin.confidence));
        section.row(&row);
    }
    section
}

fn coverage(measured: &Measured) -> Section {
    let head = ["kept", "least probability", "right", "95% interval", "of"];
    let mut section = Section::new("Accuracy of the most certain", 1, &head);
    for point in &measured.coverage {
        let mut row = proportion(&format!("{:.0}%", point.coverage * 100.0), point.right);
        row.insert(1, fixed(point.least));
        section.row(&row);
    }
    section
}

fn slices(measured: &Measured) -> Section {
    let mut section = Section::new("Parts", 2, &["by", "part", "right", "95% interval", "of"]);
    for slice in &measured.slices {
        let mut row = proportion(&slice.part, slice.right);
        row.insert(0, slice.by.clone());
        section.row(&row);
    }
    section
}

fn nearest(measured: &Measured) -> Section {
    let nearest = &measured.nearest;
    let mut section = Section::new("Nearest job", 2, &["label", "found", "postings"]).note(format!(
        "{} of {} labels that name a job get one; {} of {} bear the same name",
        nearest.named.count, nearest.named.of, nearest.same.count, nearest.same.of
    ));
    for (label, found) in &nearest.pairs {
        for (found, count) in found {
            section.row(&[label.clone(), found.clone(), count.to_string()]);
        }
    }
    section
}

fn disagreements(measured: &Measured) -> Section {
    let head = ["id", "label", "found", "verdict", "title", "deciding words", "probability"];
    let mut section = Section::new("Most confident disagreements", 6, &head);
    for error in &measured.errors {
        section.row(&[
            error.id.clone(),
            error.label.name().to_owned(),
            error.found.name().to_owned(),
            error.verdict.map_or("skipped", Ruling::name).to_owned(),
            short(error.title.as_deref().unwrap_or(""), 50),
            short(&error.words.join(", "), 120),
            fixed(error.confidence),
        ]);
    }
    section
}

fn lines(attribution: &Attribution) -> Vec<Section> {
    let counts = attribution.lines;
    let mut actors = scores("Actors", "actor")
        .note(format!(
            "{} labelled lines = {} compared + {} naming the hire + {} repeated + {} lost",
            counts.labelled,
            counts.compared,
            counts.naming,
            counts.repeated,
            counts.unmatched + counts.no_posting
        ))
        .note(format!(
            "lost: {} not found in their posting, {} without a posting",
            counts.unmatched, counts.no_posting
        ))
        .note(format!("macro-F1 {}", figure(attribution.actor_macro_f1)));
    for (class, of) in &attribution.actors {
        actors.row(&scored(class.name(), of));
    }
    let mut owned = scores("Owned duties", "role");
    owned.column("with evidence");
    for (role, of) in &attribution.owned {
        let mut row = scored(role.name(), &of.scores);
        row.push(figure(of.evidence.share));
        owned.row(&row);
    }
    let mut sections = vec![
        owned,
        actors,
        matrix(
            "Actors: label (rows) against found (columns)",
            &attribution.actor_confusion,
            Class::ALL,
            Class::name,
        ),
        matrix(
            "Roles of the hire's work: label (rows) against found (columns)",
            &attribution.role_confusion,
            LineRole::ALL,
            LineRole::name,
        ),
        matrix(
            "Zones: label (rows) against found (columns)",
            &attribution.zone_confusion,
            Zone::ALL,
            Zone::name,
        ),
    ];
    if !attribution.misses.is_empty() {
        let mut section = Section::new("Misses", 3, &["label", "found", "line and terms"]);
        for miss in &attribution.misses {
            section.row(&[
                format!("{}/{}", miss.actor.name(), miss.role.name()),
                format!("{}/{} in {}", miss.found_actor.name(), miss.found_role.name(), miss.found_zone),
                format!("{} {}", short(&miss.line, 160), short(&miss.terms.join(", "), 120)),
            ]);
        }
        sections.push(section);
    }
    if !attribution.unmatched.is_empty() {
        let mut section = Section::new("Not found in their posting", 2, &["id", "line"]);
        for line in &attribution.unmatched {
            section.row(&[line.id.clone(), short(&line.line, 160)]);
        }
        sections.push(section);
    }
    sections
}

fn scores(heading: &str, what: &str) -> Section {
    Section::new(heading, 1, &[what, "precision", "of found", "recall", "of labelled", "F1"])
}

fn scored(name: &str, scores: &Scores) -> Vec<String> {
    vec![
        name.to_owned(),
        figure(scores.precision.share),
        scores.precision.of.to_string(),
        figure(scores.recall.share),
        scores.recall.of.to_string(),
        figure(scores.f1),
    ]
}

/// A matrix of the values that occur.
fn matrix<T: Ord + Copy>(
    heading: &str,
    table: &Confusion<T>,
    values: &[T],
    name: fn(T) -> &'static str,
) -> Section {
    let found = |value: &T| table.values().any(|row| row.contains_key(value));
    let columns: Vec<T> = values.iter().copied().filter(found).collect();
    let mut section = Section::new(heading, 1, &[""]);
    for &column in &columns {
        section.column(name(column));
    }
    for &row in values.iter().filter(|value| table.contains_key(value)) {
        let mut cells = vec![name(row).to_owned()];
        cells.extend(columns.iter().map(|&column| confusion::cell(table, row, column).to_string()));
        section.row(&cells);
    }
    section
}

/// A name with a share, its interval and its base.
fn proportion(name: &str, of: Proportion) -> Vec<String> {
    let interval = match (of.low, of.high) {
        (Some(low), Some(high)) => format!("{low:.3} to {high:.3}"),
        _ => String::new(),
    };
    vec![name.to_owned(), figure(of.share), interval, of.of.to_string()]
}

fn figure(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), fixed)
}

fn fixed(value: f64) -> String {
    format!("{value:.3}")
}

/// The beginning of a text, for a cell.
fn short(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
