//! Writes fitted weights as a `score.toml` that people read and `--lexicons` takes.

use std::fmt::Write as _;

use super::folds::Unit;
use super::report::{FitReport, Move};
use crate::score::{ScoreFile, Weights};

/// The file in force with the rows that moved, each with what it was.
pub(super) fn text(report: &FitReport, file: &ScoreFile) -> String {
    let moved = |name: &str| report.moved.iter().find(|row| &*row.feature == name);
    let mut weights = file.weight.clone();
    for row in report.moved.iter().filter(|row| &*row.feature != "base") {
        weights.insert(row.feature.to_string(), row.to);
    }
    let mut out = head(report);
    let base = moved("base");
    line(&mut out, "base", base.map_or(file.base, |row| row.to), base);
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "\n[mixed]\nbase = {}\nslope = {}\nlean = {}\n",
        number(file.mixed.base),
        number(file.mixed.slope),
        number(file.mixed.lean)
    );
    let _ = writeln!(out, "[sureness]\nbase = {}\n\n[sureness.weight]", number(file.sureness.base));
    for (name, weight) in &file.sureness.weight {
        let _ = writeln!(out, "{} = {}", toml::Value::from(name.as_str()), number(*weight));
    }
    out.push_str("\n[weight]\n");
    for (name, row) in &weights {
        line(&mut out, &toml::Value::from(name.as_str()).to_string(), *row, moved(name));
    }
    out
}

fn head(report: &FitReport) -> String {
    let figures = &report.validation;
    let unit = match figures.parted.by {
        Unit::Company => "companies",
        Unit::Text => "postings",
    };
    format!(
        "# How evidence becomes probabilities: what one unit of a feature adds to the log-odds of each description.\n\
         #\n\
         # Fitted by rolecall {} to {} labelled postings, ridge {} towards the weights before; {} rows moved, each\n\
         # with what it was behind it. On {unit} that were left out in turn the log loss went from {} to {}.\n\n",
        report.version,
        report.intake.used,
        report.ridge,
        report.moved.len(),
        figures.shipped.log_loss,
        figures.fitted.log_loss,
    )
}

fn line(out: &mut String, name: &str, weights: Weights, moved: Option<&Move>) {
    let was = moved.map_or_else(String::new, |row| format!(" # was {}", table(row.from)));
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{name} = {}{was}", table(weights));
}

fn table(weights: Weights) -> String {
    let [pm, pmm, neither, insufficient] = weights.array().map(number);
    format!("{{ pm = {pm}, pmm = {pmm}, neither = {neither}, insufficient = {insufficient} }}")
}

/// Three digits, or as many as the number has.
fn number(value: f64) -> String {
    let short = format!("{value:.3}");
    if short.parse() == Ok(value) { short } else { toml::Value::from(value).to_string() }
}
