//! The figures of an explanation: areas with their weights, and the sum that ends in the probabilities.

use std::io;

use super::Page;
use crate::figure::rounded;
use crate::report::safe;
use crate::report::text::{fit, left, percent, right, whole_percent, width, wrap};
use crate::score::{Part, Sum, Weights};
use crate::verdict::Verdict;
use crate::vocabulary::Role;

/// How many features the sum names one by one.
pub(super) const SHOWN: usize = 12;

/// Longest bar of an area.
const BAR: usize = 24;

/// Writes the areas, heaviest first.
pub(super) fn areas(page: &mut Page<'_>, verdict: &Verdict) -> io::Result<()> {
    page.section("Areas", "with the weight of their evidence")?;
    let Some(heaviest) = verdict.areas.first().map(|area| area.weight).filter(|weight| *weight > 0.0) else {
        return writeln!(page.out, "  none: no term of the lexicon is assigned to the hire");
    };
    let names: Vec<String> = verdict.areas.iter().map(|area| safe::line(&area.area, 80)).collect();
    let column = names.iter().map(|name| width(name)).max().unwrap_or(0).min(page.width / 2);
    let bar = page.width.saturating_sub(column + 24).min(BAR);
    let heading = format!("  {}  {}  {}", left("", column), right("hits", 4), right("weight", 7));
    writeln!(page.out, "{}", page.paint.dim(heading.trim_end()))?;
    for (area, name) in verdict.areas.iter().zip(&names) {
        let role = name.split('/').next().and_then(Role::from_name);
        let filled = filled(area.weight / heaviest, bar);
        writeln!(
            page.out,
            "  {}  {}  {}  {}",
            page.paint.role(role, &left(&fit(name, column), column)),
            right(&area.hits.to_string(), 4),
            right(&format!("{:.2}", area.weight), 7),
            page.paint.role(role, &"■".repeat(filled)),
        )?;
    }
    Ok(())
}

/// Columns of a bar that shows this share of the longest; what weighs anything shows at least one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a share between 0 and 1 of a few columns"
)]
fn filled(share: f64, columns: usize) -> usize {
    (share.clamp(0.0, 1.0) * columns as f64).ceil() as usize
}

/// The descriptions of the first decision, and the columns of their figures.
const COLUMNS: [(&str, usize); 4] = [("pm", 7), ("pmm", 7), ("neither", 9), ("insufficient", 14)];

/// Writes the sum: `shown` features one by one, the rest together.
pub(super) fn sum(page: &mut Page<'_>, sum: &Sum, shown: usize) -> io::Result<()> {
    page.section("The sum", "value × weight of each feature, what moves the decision most first")?;
    figures(page, sum, shown)
}

/// The sum without the name of its part of the page.
pub(super) fn figures(page: &mut Page<'_>, sum: &Sum, shown: usize) -> io::Result<()> {
    let figures: usize = COLUMNS.iter().map(|(_, wide)| wide).sum::<usize>() + 8;
    let longest = sum.parts.iter().take(shown).map(|part| width(&part.feature)).max().unwrap_or(0);
    let column = longest.max(24).min(page.width.saturating_sub(figures + 2)).max(12);
    let room = page.width.saturating_sub(2 + column + figures + 2);
    let fitting = |gloss: &str| if width(gloss) <= room { gloss.to_owned() } else { String::new() };
    let names: String = COLUMNS.iter().map(|(name, wide)| right(name, *wide)).collect();
    writeln!(page.out, "  {}", page.paint.dim(&format!("{}{}{names}", left("", column), right("value", 8))))?;
    row(page, column, ("before any evidence", None, &sum.base), "")?;
    for part in sum.parts.iter().take(shown) {
        let gloss = fitting(&gloss(&part.feature));
        row(page, column, (&safe::line(&part.feature, 80), Some(part.value), &part.adds), &gloss)?;
    }
    let rest = sum.parts.get(shown..).unwrap_or_default();
    if !rest.is_empty() {
        let name = if rest.len() == 1 {
            "1 more feature".to_owned()
        } else {
            format!("{} more features", rest.len())
        };
        row(page, column, (&name, None, &total(rest)), "")?;
    }
    if let Some(stretch) = sum.stretch() {
        let gloss = fitting("how much the text says");
        row(page, column, ("times sureness", Some(sum.sureness), &stretch), &gloss)?;
    }
    let rule = "─".repeat(column + figures);
    writeln!(page.out, "  {}", page.paint.dim(&rule))?;
    row(page, column, ("log-odds", None, &sum.odds), "")?;
    let shares: String = sum
        .first
        .array()
        .iter()
        .zip(COLUMNS)
        .map(|(share, (_, wide))| right(&percent(*share), wide))
        .collect();
    writeln!(page.out, "  {}{}{shares}", left("as shares", column), " ".repeat(8))?;
    writeln!(page.out)?;
    for line in wrap(&balance(sum), page.width - 2) {
        writeln!(page.out, "  {line}")?;
    }
    let mut pairs = sum.probabilities.pairs().to_vec();
    pairs.sort_by(|a, b| b.1.total_cmp(&a.1));
    let end: Vec<String> = pairs
        .iter()
        .enumerate()
        .map(|(at, (described, probability))| {
            let text = format!("{described} {}", percent(rounded(*probability)));
            if at == 0 { page.paint.bold(&text) } else { text }
        })
        .collect();
    writeln!(page.out, "  {}", end.join("  "))
}

fn row(
    page: &mut Page<'_>,
    column: usize,
    (name, value, adds): (&str, Option<f64>, &Weights),
    gloss: &str,
) -> io::Result<()> {
    let value = value.map(|value| format!("{value:.2}")).unwrap_or_default();
    let figures: String = adds
        .array()
        .iter()
        .zip(COLUMNS)
        .map(|(add, (_, wide))| {
            let text = right(&format!("{:+.2}", if add.abs() < 0.005 { 0.0 } else { *add }), wide);
            if add.abs() < 0.005 { page.paint.dim(&text) } else { text }
        })
        .collect();
    let gloss = if gloss.is_empty() { String::new() } else { format!("  {}", page.paint.dim(gloss)) };
    writeln!(page.out, "  {}{}{figures}{gloss}", left(&fit(name, column), column), right(&value, 8))
}

fn total(parts: &[Part]) -> Weights {
    let mut all = [0.0; 4];
    for part in parts {
        for (sum, add) in all.iter_mut().zip(part.adds.array()) {
            *sum += add;
        }
    }
    all.into()
}

/// The second decision in a sentence.
pub(in crate::report) fn balance(sum: &Sum) -> String {
    let balance = sum.balance;
    if balance.chance.is_none() {
        let none = |role: &str| format!("No share for mixed: the text has next to no duty of {role}.");
        return match (balance.pm < 1.0, balance.pmm < 1.0) {
            (true, true) => "No share for mixed: the text has next to no duty of either role.".to_owned(),
            (true, false) => none("pm"),
            _ => none("pmm"),
        };
    }
    let nearer = if balance.lean < 0.0 { Role::Pmm } else { Role::Pm };
    let goes = if balance.mixed < 0.01 { percent(balance.mixed) } else { whole_percent(balance.mixed) };
    format!(
        "Then mixed: {:.1} clauses of pm and {:.1} of pmm, and a sum that stands {:.1} log-odds nearer to {nearer}, send \
         {goes} of pm and pmm to mixed.",
        balance.pm,
        balance.pmm,
        balance.lean.abs(),
    )
}

/// A feature in plain words; empty for one that this build does not know.
pub(in crate::report) fn gloss(feature: &str) -> String {
    let (kind, of) = feature.split_once('/').unwrap_or((feature, ""));
    let work = match of {
        "pm" => "pm work",
        "pmm" => "pmm work",
        "shared" => "work of both roles",
        "other" => "other jobs' work",
        "unnamed" => "work no term names",
        "all" => "all work",
        _ => "",
    };
    let partner = match of {
        "pm" => "product people",
        "pmm" => "marketers",
        "delivery" => "engineers and designers",
        "field" => "sales and support",
        _ => "others",
    };
    match kind {
        "with" => format!("works with {partner}"),
        "family" => "pm and pmm work a clause".to_owned(),
        "one-job" => "the heaviest other job".to_owned(),
        "listed" => "clauses in sections of duties".to_owned(),
        "text" => "length of what was judged".to_owned(),
        "empty" => emptiness(of).to_owned(),
        _ if work.is_empty() => String::new(),
        "share" => format!("share of {work}"),
        "count" => format!("clauses of {work}"),
        "amount" => format!("weight of {work}"),
        "breadth" => format!("areas of {work}"),
        "intro" => format!("{work}, introduction"),
        "section" => format!("{work}, sections"),
        "strong-intro" => format!("strong {work}, introduction"),
        "strong-section" => format!("strong {work}, sections"),
        "sway" => format!("part of {work} in the clauses"),
        "helps" => format!("{work} the hire helps with"),
        "not-own" => format!("{work} of somebody else"),
        "asks" => format!("{work} in requirements"),
        _ => String::new(),
    }
}

/// What a row of `empty` says of a text that gives little work.
fn emptiness(of: &str) -> &'static str {
    match of {
        "" => "gives no work",
        "short" => "and is short",
        "links" => "and is links",
        "named" => "but names work",
        "asks" => "and is requirements",
        "family" => "asks for pm or pmm",
        "silent" => "little on the job",
        "told" => "but gives some work",
        _ => "",
    }
}
