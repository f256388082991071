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
mod words;
mod marked;
mod card;
mod figures;
mod island;

use card::CardView;
use figures::Figures;

/// The style sheet of every page.
const STYLE: &str = include_str!("assets/report.css");

/// The script of the audit.
const SCRIPT: &str = include_str!("assets/report.js");

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
    cards: Vec<CardView>,
    data: String,
}

impl Html {
    /// Writes to `out`.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send>, options: &Options) -> Self {
        let limits = Limits { only: options.only.clone(), ..Limits::default() };
        Self { out, options: options.clone(), audit: Audit::new(limits) }
    }
}

impl Report for Html {
    fn record(&mut self, outcome: &Outcome) -> io::Result<()> {
        self.audit.add(outcome);
        Ok(())
    }

    fn finish(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        let cards = self.audit.listing.cards();
        let page = Page {
            policy: policy::policy(STYLE, Some(SCRIPT)),
            style: STYLE,
            script: SCRIPT,
            figures: Figures::new(summary, &self.audit),
            cards: cards
                .iter()
                .enumerate()
                .map(|(number, card)| {
                    let keeps = self.options.evidence.keeps(card.judged.verdict.verdict);
                    CardView::new(number, card.judged, keeps)
                })
                .collect(),
            data: island::json(&self.audit.listing),
        };
        page.write_into(&mut self.out)?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests;
