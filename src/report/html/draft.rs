//! One draft as a page to send to its author: the answer, what to do, the text with its duties marked, and the sum.

use std::io::{self, Write};

use askama::Template;

use super::card::CardView;
use super::{STYLE, policy};
use crate::outcome::{Judged, Skipped};
use crate::report::table::place;
use crate::report::text::percent;
use crate::report::{explain, overview, safe};
use crate::score::{Sum, Weights};
use crate::trace::Trace;
use crate::vocabulary::Ruling;

/// How many features the sum names one by one.
const SHOWN: usize = 16;

/// The page of one draft.
#[derive(Template)]
#[template(path = "draft.html", config = "src/report/html/askama.toml")]
struct Page {
    policy: String,
    style: &'static str,
    version: &'static str,
    card: CardView,
    trap: Option<String>,
    glossary: Vec<(Ruling, &'static str)>,
    sum: SumView,
    lexicon: String,
}

/// The sum that leads to the probabilities.
struct SumView {
    rows: Vec<SumRow>,
    odds: SumRow,
    shares: [String; 4],
    balance: String,
}

/// What a feature adds to each description.
struct SumRow {
    name: String,
    gloss: String,
    value: String,
    adds: [String; 4],
}

/// Writes the page of a judged draft whose record holds its reading.
///
/// # Errors
/// The writer refuses.
pub fn write(out: &mut dyn Write, judged: &Judged, trace: &Trace) -> io::Result<()> {
    let page = Page {
        policy: policy::policy(STYLE, None),
        style: STYLE,
        version: env!("CARGO_PKG_VERSION"),
        card: CardView::new(0, judged, true),
        trap: trace.title.trap.as_ref().map(|trap| safe::line(trap, 300)),
        glossary: Ruling::ALL.iter().map(|&ruling| (ruling, overview::meaning(ruling))).collect(),
        sum: SumView::new(&trace.sum),
        lexicon: safe::line(&judged.verdict.lexicon, 100),
    };
    let mut text = String::new();
    page.render_into(&mut text).map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}

/// The page of a draft that was not judged.
#[derive(Template)]
#[template(path = "skipped.html", config = "src/report/html/askama.toml")]
struct SkippedPage {
    policy: String,
    style: &'static str,
    version: &'static str,
    title: String,
    place: String,
    why: String,
}

/// Writes the page of a draft that was not judged, and why.
///
/// # Errors
/// The writer refuses.
pub fn write_skipped(out: &mut dyn Write, skipped: &Skipped, why: &str) -> io::Result<()> {
    let title = safe::line(skipped.title.as_deref().unwrap_or_default(), 300);
    let page = SkippedPage {
        policy: policy::policy(STYLE, None),
        style: STYLE,
        version: env!("CARGO_PKG_VERSION"),
        title: if title.is_empty() { "(no title)".to_owned() } else { title },
        place: place(&skipped.source),
        why: safe::line(why, 300),
    };
    out.write_all(page.render().map_err(io::Error::other)?.as_bytes())
}

impl SumView {
    fn new(sum: &Sum) -> Self {
        let mut rows = vec![SumRow::new("before any evidence", None, &sum.base)];
        let shown = sum.parts.len().min(SHOWN);
        rows.extend(
            sum.parts[..shown].iter().map(|part| SumRow::new(&part.feature, Some(part.value), &part.adds)),
        );
        let rest = &sum.parts[shown..];
        if !rest.is_empty() {
            let mut all = [0.0; 4];
            for part in rest {
                for (sum, add) in all.iter_mut().zip(part.adds.array()) {
                    *sum += add;
                }
            }
            let name = if rest.len() == 1 { "1 more".to_owned() } else { format!("{} more", rest.len()) };
            rows.push(SumRow::new(&name, None, &all.into()));
        }
        if let Some(stretch) = sum.stretch() {
            rows.push(SumRow::new("times sureness", Some(sum.sureness), &stretch));
        }
        Self {
            rows,
            odds: SumRow::new("log-odds", None, &sum.odds),
            shares: sum.first.array().map(percent),
            balance: explain::balance(sum),
        }
    }
}

impl SumRow {
    fn new(name: &str, value: Option<f64>, adds: &Weights) -> Self {
        let signed = |add: f64| if add.abs() < 0.005 { "0".to_owned() } else { format!("{add:+.2}") };
        Self {
            name: safe::line(name, 80),
            gloss: explain::gloss(name),
            value: value.map(|value| format!("{value:.2}")).unwrap_or_default(),
            adds: adds.array().map(signed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Analyzer, Outcome, Posting, Settings, reading};

    fn page(title: &str, body: &str) -> String {
        let analyzer = Analyzer::new(Settings::default());
        let posting = Posting::new(title, body);
        let trace = analyzer.trace(&posting);
        let Outcome::Judged(mut judged) = analyzer.outcome(posting) else { panic!("it is judged") };
        judged.reading = Some(reading::passages(&trace.clauses, &judged.verdict.evidence));
        let mut out = Vec::new();
        write(&mut out, &judged, &trace).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn what_is_left_to_review_comes_with_advice() {
        let page = page(
            "Clinic Lead",
            "## What you will do\n- Own the product roadmap and prioritise the product backlog\n\
             - Write user stories, acceptance criteria and product requirements",
        );
        assert!(page.contains("hidden takes three duties of the role"), "{page}");
        assert!(!page.contains("no rule is broken"), "{page}");
    }

    #[test]
    fn the_author_sees_the_whole_text_with_its_duties_marked() {
        let page = page(
            "Product Manager",
            "## What you will do\n- Own product positioning for the suite\n- Build battle cards & decks\n\n\
             ## What we offer\nLunch <script>alert(1)</script> daily.",
        );
        let text = page.split("id=\"text\"").nth(1).unwrap();
        assert!(text.contains("product positioning</mark> for the suite"), "{text}");
        assert!(text.contains("PMM duty") && text.contains("Lunch"));
        assert!(page.contains("before any evidence"));
        assert!(!page.contains("<script"));
        assert!(page.contains("script-src &#39;none&#39;"));
    }
}
