//! Lays a fit out for people, as aligned text or Markdown, and as JSON. Nothing is computed here.

use super::folds::{Figures, Gain, Unit};
use super::report::{Advice, FitReport};
use crate::eval::section::Section;
use crate::score::Weights;

/// Rows that people are shown.
const SHOWN: usize = 15;

/// The report as aligned text.
#[must_use]
pub fn text(report: &FitReport) -> String {
    let mut out = String::new();
    for section in sections(report) {
        section.text(&mut out);
    }
    out
}

/// The report as Markdown.
#[must_use]
pub fn markdown(report: &FitReport) -> String {
    let mut out = String::from("# rolecall lexicon fit\n\n");
    for section in sections(report) {
        section.markdown(&mut out);
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The report as one JSON object, on one line.
#[must_use]
pub fn json(report: &FitReport) -> String {
    let mut out = Vec::new();
    // Neither the types nor memory refuse.
    let written = crate::report::safe::json(&mut out, report);
    debug_assert!(written.is_ok(), "{written:?}");
    out.push(b'\n');
    String::from_utf8_lossy(&out).into_owned()
}

fn sections(report: &FitReport) -> Vec<Section> {
    vec![postings(report), validation(report), moved(report)]
}

fn postings(report: &FitReport) -> Section {
    let intake = report.intake;
    let mut section = Section::new("Postings", 1, &["label", "used"]).note(format!(
        "{} records = {} used + {} mixed + {} unlabelled + {} skipped + {} failed; {} companies",
        intake.records,
        intake.used,
        intake.mixed,
        intake.unlabelled,
        intake.skipped,
        intake.failed,
        report.companies
    ));
    for (label, count) in &report.labels {
        section.row(&[label.to_string(), count.to_string()]);
    }
    section
}

fn validation(report: &FitReport) -> Section {
    let figures = &report.validation;
    let parted = figures.parted;
    let unit = match parted.by {
        Unit::Company => format!("{} companies", parted.units),
        Unit::Text => format!("{} texts, since there are too few companies to part,", parted.units),
    };
    let advice = match report.advice {
        Advice::Use => "The log loss falls beyond doubt: use the fitted weights.",
        Advice::Keep if report.moved.is_empty() => "Nothing moved: keep the weights you have.",
        Advice::Keep => "The gain is nothing, or may be: keep the weights you have.",
    };
    let mut section = Section::new(
        "On postings left out",
        1,
        &["", "accuracy", "95% interval", "log loss", "95% interval"],
    )
    .note(format!("{unit} in {} parts, each judged by weights fitted to the others", parted.folds))
    .note(advice);
    for (name, of) in [("weights before", figures.shipped), ("fitted weights", figures.fitted)] {
        section.row(&of_weights(name, of));
    }
    let [accuracy, loss] = [figures.accuracy_gain, figures.log_loss_gain].map(interval);
    section.row(&[
        "gain".to_owned(),
        signed(figures.accuracy_gain.mean),
        accuracy,
        signed(figures.log_loss_gain.mean),
        loss,
    ]);
    section
}

fn of_weights(name: &str, of: Figures) -> [String; 5] {
    let end = |end: Option<f64>| end.map_or_else(|| "-".to_owned(), |end| format!("{end:.3}"));
    let range = format!("{} to {}", end(of.accuracy.low), end(of.accuracy.high));
    [name.to_owned(), end(of.accuracy.share), range, format!("{:.3}", of.log_loss), String::new()]
}

fn interval(gain: Gain) -> String {
    format!("{} to {}", signed(gain.low), signed(gain.high))
}

fn signed(value: f64) -> String {
    format!("{value:+.3}")
}

fn moved(report: &FitReport) -> Section {
    let count = report.moved.len();
    let told = match count {
        0 => "No row moved enough to be written.".to_owned(),
        1..=SHOWN => format!("{count} rows moved, with ridge {}", report.ridge),
        _ => format!("{count} rows moved, with ridge {}; the {SHOWN} that moved furthest", report.ridge),
    };
    let head = ["feature", "pm", "pmm", "neither", "insufficient"];
    let mut section = Section::new("What moved", 1, &head).note(told);
    for row in report.moved.iter().take(SHOWN) {
        let mut cells = vec![row.feature.to_string()];
        cells.extend(changes(row.from, row.to));
        section.row(&cells);
    }
    section
}

/// Each weight before and after, where it changed.
fn changes(from: Weights, to: Weights) -> impl Iterator<Item = String> {
    from.array().into_iter().zip(to.array()).map(|(from, to)| {
        if (from - to).abs() < 5e-4 { format!("{from:.2}") } else { format!("{from:.2} → {to:.2}") }
    })
}
