//! Postings that a page lays out one below another, as elements that are alike, and marks up in no other way.
//!
//! Sections of one posting look much the same. So all elements of a kind (name and class) that hold a text of some length
//! must begin with a heading that is the title of a posting and link to a place of its own, none inside another, and together
//! they must be most of what the page shows, with no long text before them.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::LineCount;
use super::linked::Linked;
use super::opening::is_title;
use super::page::Page;
use super::value::Value;
use crate::html::{Step, attribute, closing, is_any, step, tag_length, untagged};

/// How deep elements are followed.
const DEEPEST: usize = 64;

/// How much text a posting shows, in bytes.
const LONG: usize = 300;

/// Elements that may be a posting.
const CARDS: &[&str] = &["article", "section", "div", "li", "details"];

/// Further elements that hold others.
const AROUND: &[&str] = &["html", "body", "main", "ul", "ol", "header", "footer", "nav", "aside", "form"];

/// An element that is open.
struct Open<'h> {
    name: &'h str,
    class: &'h str,
    start: usize,
    content: usize,
    /// How much the page had shown before it.
    shown: usize,
    /// What its first heading says.
    heading: Option<&'h str>,
    /// Where its first link leads.
    link: Option<&'h str>,
}

/// An element that may be a posting.
struct Card<'h> {
    start: usize,
    html: &'h str,
    /// How much it shows, and how much the page shows before it.
    shown: usize,
    before: usize,
    heading: Option<&'h str>,
    link: Option<&'h str>,
    /// Whether a reader opens it in its place.
    opens: bool,
}

impl Card<'_> {
    /// Whether it begins with a heading that is the title of a posting, and links somewhere or is there to be opened.
    fn is_posting(&self) -> bool {
        (self.link.is_some() || self.opens)
            && self.heading.is_some_and(|heading| is_title(&untagged(heading)))
    }
}

/// The postings of a page; none when its elements are not certain to be such.
pub(super) fn in_page(html: &str) -> Vec<Linked> {
    let mut walk = Walk { html, open: Vec::new(), found: BTreeMap::new(), shown: 0 };
    walk.through();
    let alike = walk.found.into_values().filter(|cards| are_postings(cards));
    let best = alike.max_by_key(Vec::len).unwrap_or_default();
    let told: usize = best.iter().map(|card| card.shown).sum();
    // Behind a posting, teasers of others often follow.
    let longest = best.iter().map(|card| card.shown).max().unwrap_or_default();
    let is_below_another = best.first().is_some_and(|first| first.before > 2 * longest);
    if best.is_empty() || is_below_another || 2 * told < Page::seen(html) {
        return Vec::new();
    }
    let mut lines = LineCount::new(html.as_bytes());
    best.iter().map(|card| posting(card, lines.at(card.start))).collect()
}

/// A way through the elements of a page.
struct Walk<'h> {
    html: &'h str,
    open: Vec<Open<'h>>,
    /// What may be a posting, by name and class of the element.
    found: BTreeMap<(&'h str, &'h str), Vec<Card<'h>>>,
    /// How much the page has shown so far.
    shown: usize,
}

impl<'h> Walk<'h> {
    fn through(&mut self) {
        let mut at = 0;
        while let Some(step) = step(self.html, at) {
            let (start, end) = match step {
                Step::Over { start, end } => (start, end),
                Step::Tag { start, .. } => (start, start + tag_length(&self.html[start..])),
            };
            self.shown += self.html[at..start].trim().len();
            at = end;
            let Step::Tag { name, .. } = step else { continue };
            match name.strip_prefix('/') {
                Some(name) => self.close(name, start),
                None => self.open(name, start, end),
            }
        }
    }

    /// Takes up an element whose tag begins and ends there: one that may hold a posting, or what it says of the one around.
    fn open(&mut self, name: &'h str, start: usize, end: usize) {
        let tag = &self.html[start..end];
        if heading(name) {
            if let Some(around) = self.open.last_mut() {
                around.heading = around.heading.or_else(|| said(&self.html[end..], name));
            }
        } else if name.eq_ignore_ascii_case("a") {
            if let Some(around) = self.open.last_mut() {
                let link = || attribute(tag, "href").filter(|link| !link.starts_with('#'));
                around.link = around.link.or_else(link);
            }
        } else if self.open.len() < DEEPEST && (is_any(name, CARDS) || is_any(name, AROUND)) {
            let class = attribute(tag, "class").unwrap_or_default();
            let shown = self.shown;
            self.open.push(Open { name, class, start, content: end, shown, heading: None, link: None });
        }
    }

    /// An end tag at `at` ends the innermost element of its name, and those inside that nobody ended.
    fn close(&mut self, name: &str, at: usize) {
        let Some(depth) = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name)) else {
            return;
        };
        while self.open.len() > depth {
            self.end(at);
        }
    }

    /// Ends the innermost element: what it says of a posting is the one's around it as well.
    fn end(&mut self, at: usize) {
        let Some(ended) = self.open.pop() else { return };
        if let Some(around) = self.open.last_mut() {
            around.heading = around.heading.or(ended.heading);
            around.link = around.link.or(ended.link);
        }
        let shown = self.shown - ended.shown;
        if is_any(ended.name, CARDS) && shown > LONG {
            let card = Card {
                start: ended.start,
                html: &self.html[ended.content..at],
                shown,
                before: ended.shown,
                heading: ended.heading,
                link: ended.link,
                opens: ended.name.eq_ignore_ascii_case("details"),
            };
            self.found.entry((ended.name, ended.class)).or_default().push(card);
        }
    }
}

/// Whether an element is a heading.
fn heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h' | b'H', b'1'..=b'5']) || name.eq_ignore_ascii_case("summary")
}

/// What the heading says whose content begins `html`.
fn said<'h>(html: &'h str, name: &str) -> Option<&'h str> {
    const LONGEST: usize = 1024;
    let bytes = &html.as_bytes()[..html.len().min(LONGEST)];
    closing(bytes, name.as_bytes()).map(|end| &html[..end])
}

/// Whether all elements of one kind are postings that lead to places of their own.
fn are_postings(cards: &[Card<'_>]) -> bool {
    let links: BTreeSet<_> = cards.iter().filter_map(|card| card.link).collect();
    let lead_apart = links.len() == cards.len() || cards.iter().all(|card| card.opens);
    // They come in the order of their ends: one that holds another begins before it.
    let apart = cards.windows(2).all(|pair| pair[0].start < pair[1].start);
    cards.len() > 1 && lead_apart && apart && cards.iter().all(Card::is_posting)
}

fn posting(card: &Card<'_>, line: u64) -> Linked {
    let text = |name: &str, text: Option<&str>| Some((name.to_owned(), Value::Text(text?.to_owned())));
    let members = [text("title", card.heading), text("url", card.link), text("description", Some(card.html))];
    let record = Value::Object(members.into_iter().flatten().collect());
    Linked { record, line, size: card.html.len(), charset: None, named: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(html: &str) -> Vec<String> {
        let title =
            |linked: &Linked| untagged(&linked.record.all_at("title")[0].clone().into_text("").unwrap());
        in_page(html).iter().map(title).collect()
    }

    #[test]
    fn elements_that_are_alike_are_postings_when_each_is_one() {
        let text = "You bring the ships in and out. ".repeat(12);
        let card = |class: &str, title: &str, link: &str| {
            format!(
                "<div class=\"{class}\"><h3><a href=\"{link}\">{title}</a></h3><p>{text}</p><h4>You bring</h4><p>Patience.</p></div>"
            )
        };
        let page = |cards: &[String]| {
            format!(
                "<html><body><nav><a href=/>Home</a></nav><main><h1>Jobs</h1><div>{}</div></main></body></html>",
                cards.concat()
            )
        };
        let opened = |title: &str| format!("<details><summary>{title}</summary><p>{text}</p></details>");
        let details = [opened("Product Manager"), opened("Harbour Engineer")];
        assert_eq!(titles(&page(&details)), ["Product Manager", "Harbour Engineer"]);
        let two = [card("job", "Product Manager", "/1"), card("job", "Harbour Engineer", "/2")];
        assert_eq!(titles(&page(&two)), ["Product Manager", "Harbour Engineer"]);
        for (name, cards) in [
            ("one", vec![two[0].clone()]),
            (
                "sides of a product",
                vec![card("job", "Product tours", "/1"), card("job", "Marketing for harbours", "/2")],
            ),
            (
                "articles",
                vec![
                    card("job", "How a product manager sails", "/1"),
                    card("job", "Why every engineer needs rope", "/2"),
                ],
            ),
            (
                "sections of one",
                vec![
                    card("part", "What a Product Manager does", "/apply"),
                    card("part", "Product Manager skills", "/apply"),
                ],
            ),
            ("other things", vec![two[0].clone(), card("job", "Why we sail", "/3")]),
            ("of two kinds", vec![two[0].clone(), card("other", "Harbour Engineer", "/2")]),
            ("short", vec![two[0].clone().replace(&text, "Short."), two[1].clone().replace(&text, "Short.")]),
            (
                "below a posting",
                [
                    vec![format!("<p>{}</p>", text.repeat(3))],
                    (1..6).map(|at| card("job", "Rope Lead", &format!("/{at}"))).collect(),
                ]
                .concat(),
            ),
            ("beside a longer text", vec![two.concat(), format!("<p>{}</p>", text.repeat(9))]),
        ] {
            assert!(titles(&page(&cards)).is_empty(), "{name}");
        }
    }

    #[test]
    fn hostile_pages_take_no_longer_than_others() {
        for piece in ["<div>", "<div><h2>", "<li><a href=", "</div>", "<div class=a>x</div>", "<h2></"] {
            let _ = in_page(&piece.repeat(100_000));
        }
    }
}
