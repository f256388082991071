//! The rules for a person: all in a list, or one with its meaning, examples and remedy.

use std::io::{self, Write};

use super::paint::Paint;
use super::text::{left, wrap};
use crate::rule::{Example, RULES, Rule};
use crate::vocabulary::{Ruling, Severity};

/// Lists all rules.
///
/// # Errors
/// The writer refuses.
pub fn list(out: &mut dyn Write, color: bool, columns: usize) -> io::Result<()> {
    let paint = Paint::new(color);
    let name = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let indent = 7 + name + 2 + 9;
    for rule in RULES {
        let mut head = format!(
            "{}  {}  {}",
            paint.bold(&left(rule.code.code(), 5)),
            left(rule.name, name),
            severity(paint, rule.severity, 9)
        );
        for line in wrap(rule.summary, columns.clamp(indent + 24, 120) - indent) {
            writeln!(out, "{head}{line}")?;
            head = " ".repeat(indent);
        }
    }
    Ok(())
}

/// Explains one rule.
///
/// # Errors
/// The writer refuses.
pub fn explain(out: &mut dyn Write, rule: &Rule, color: bool, columns: usize) -> io::Result<()> {
    let paint = Paint::new(color);
    let columns = columns.clamp(40, 100);
    let guide = rule.code.guide();
    writeln!(
        out,
        "{} {}",
        paint.bold(&format!("{} {}", rule.code.code(), rule.name)),
        severity(paint, rule.severity, 0)
    )?;
    for text in [rule.summary, guide.meaning] {
        writeln!(out)?;
        for line in wrap(text, columns) {
            writeln!(out, "{line}")?;
        }
    }
    example(out, "Breaks the rule", &guide.bad, paint, columns)?;
    example(out, "Keeps it", &guide.good, paint, columns)?;
    writeln!(out, "\n{}", paint.bold("What to do"))?;
    for line in wrap(guide.remedy, columns) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn example(
    out: &mut dyn Write,
    name: &str,
    example: &Example,
    paint: Paint,
    columns: usize,
) -> io::Result<()> {
    writeln!(out, "\n{}\n", paint.bold(name))?;
    for line in wrap(&format!("# {}", example.title), columns - 4) {
        writeln!(out, "    {line}")?;
    }
    writeln!(out)?;
    for line in example.text.lines() {
        if line.is_empty() {
            writeln!(out)?;
        }
        for piece in wrap(line, columns - 4) {
            writeln!(out, "    {piece}")?;
        }
    }
    Ok(())
}

fn severity(paint: Paint, severity: Severity, columns: usize) -> String {
    let name = left(severity.name(), columns);
    match severity {
        Severity::Error => paint.alarm(&name),
        Severity::Warning => paint.ruling(Ruling::Mixed, &name),
        Severity::Note => paint.ruling(Ruling::Hidden, &name),
    }
}
