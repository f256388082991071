//! HTML: one file for a person, with nothing loaded from anywhere.
//!
//! The page holds the answer, the figures and the flagged postings as plain HTML, so that it can be read without
//! scripts. A script inside it adds search, filters, sorting and pages over the rows of all postings, which stand in
//! the page as data. A Content-Security-Policy allows that script and the style sheet by their hashes and nothing
//! else; posting text goes through the escaping of the template, and only web addresses become links.
//!
//! The page stays light: so many flagged postings in full, so many rows; it says where the rest is.

use std::io::{self, Write};

use askama::Template;

use super::audit::{Audit, Limits};
use super::{Options, Report};
use crate::outcome::Outcome;
use crate::summary::Summary;

mod bar;
mod policy;
mod marked;
mod reading;
mod card;
mod matrix;
mod histogram;
mod groups;
mod breakdown;
mod figures;
mod island;
pub mod draft;
mod changes;

use card::CardView;
use changes::Changes;
use figures::Figures;

/// The style sheet of every page.
const STYLE: &str = include_str!("assets/report.css");

/// The script of the audit.
const SCRIPT: &str = include_str!("assets/report.js");

/// How many of the flagged postings stand in the page as plain HTML.
const PLAIN: usize = 150;

/// Writes one HTML file, when all is known.
pub struct Html {
    out: Box<dyn Write + Send>,
    options: Options,
    audit: Audit,
}

/// The page of an audit.
#[derive(Template)]
#[template(path = "audit.html", config = "src/report/html/askama.toml")]
struct Page {
    policy: String,
    style: &'static str,
    script: &'static str,
    figures: Figures,
    changes: Option<Changes>,
    /// The worst of the flagged postings, as plain HTML.
    cards: Vec<CardView>,
    /// The others, as HTML inside data: a browser reads data much faster, and opens few of them.
    more: String,
    data: String,
}

/// What a card opens to.
#[derive(Template)]
#[template(path = "body.html", config = "src/report/html/askama.toml")]
struct Body {
    card: CardView,
}

impl Html {
    /// Writes to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send>, options: &Options) -> Self {
        let limits = Limits { matching: true, only: options.only.clone(), ..Limits::default() };
        Self { out, options: options.clone(), audit: Audit::new(limits) }
    }
}

impl Report for Html {
    fn record(&mut self, outcome: &Outcome) -> io::Result<()> {
        self.audit.add(outcome);
        Ok(())
    }

    fn finish(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        let listed = self.audit.listing.cards();
        let mut cards = listed.iter().enumerate().map(|(number, card)| {
            let keeps = self.options.evidence.keeps(card.judged.verdict.verdict);
            CardView::new(number, card.judged, keeps)
        });
        // What stands open without the script is flagged; the rest opens from its row.
        let flagged = usize::try_from(self.audit.listing.flagged).unwrap_or(usize::MAX);
        let plain: Vec<CardView> = cards.by_ref().take(PLAIN.min(flagged)).collect();
        let more = cards
            .map(|card| Body { card }.render())
            .collect::<Result<Vec<_>, _>>()
            .map_err(io::Error::other)?;
        let page = Page {
            policy: policy::policy(STYLE, Some(SCRIPT)),
            style: STYLE,
            script: SCRIPT,
            figures: Figures::new(summary, &self.audit),
            changes: self.options.comparison.as_deref().map(Changes::new),
            cards: plain,
            more: if more.is_empty() { String::new() } else { island::data(&more) },
            data: island::json(&self.audit.listing),
        };
        page.write_into(&mut self.out)?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests;
