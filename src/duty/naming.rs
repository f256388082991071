//! Where a text names the job or the product of its title: such words are no evidence of what is done.

use memchr::memmem;

use crate::span::Span;

/// The places.
#[derive(Debug, Default)]
pub(super) struct Namings {
    /// Where the text repeats the title.
    titles: Vec<Span>,
    /// Where it names what the title is for.
    products: Vec<Span>,
}

impl Namings {
    /// Those of a text under this title.
    pub(super) fn of(text: &str, title: &str) -> Self {
        let titles = repeats(text, title);
        let products = product(title).map_or_else(Vec::new, |name| {
            let found = memmem::find_iter(text.as_bytes(), name.as_bytes());
            found.map(|at| Span::new(at, at + name.len())).collect()
        });
        Self { titles, products }
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.titles.is_empty() && self.products.is_empty()
    }

    /// Whether words are no more than such a name, or a part of the title with what stands beside it.
    pub(super) fn cover(&self, words: Span) -> bool {
        self.titles.iter().any(|title| title.overlaps(words))
            || self.products.iter().any(|name| name.start <= words.start && words.end <= name.end)
    }
}

/// What a title of the trade is for, where that is a name of several words: "Billing Cloud" of "Product Manager, Billing
/// Cloud".
fn product(title: &str) -> Option<&str> {
    let separators = [", ", " - ", " \u{2013} ", " \u{2014} ", ": "];
    let (core, rest) = separators.iter().find_map(|separator| title.split_once(separator))?;
    let name = rest.split(['(', '[', '|', ',']).next().unwrap_or("").trim();
    let named = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    let several = name.split_whitespace().nth(1).is_some() && name.split_whitespace().all(named);
    (several && is_product_title(core) && !is_product_title(name)).then_some(name)
}

/// Where the text repeats the title, or the title without its bracket or suffix. Titles of one word, or without a
/// word of the trade, are common words and stay.
fn repeats(text: &str, title: &str) -> Vec<Span> {
    let core = title.split(['(', '[', '|', '\u{2013}', '\u{2014}']).next().unwrap_or("");
    let core = core.split(" - ").next().unwrap_or("");
    let names: Vec<&str> =
        [title.trim(), core.trim()].into_iter().filter(|name| is_product_title(name)).collect();
    if names.is_empty() {
        return Vec::new();
    }
    // The core begins the title, so both begin with the same byte; the title is the longer.
    let (bytes, first) = (text.as_bytes(), names[0].as_bytes()[0]);
    let mut found: Vec<Span> = Vec::new();
    for at in memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), bytes) {
        // Whole words only: "coach product managers" does not repeat the title "Product Manager".
        let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        let stands = |name: &&&str| {
            bytes.get(at..at + name.len()).is_some_and(|here| here.eq_ignore_ascii_case(name.as_bytes()))
                && !letter(at + name.len())
                && !at.checked_sub(1).is_some_and(letter)
        };
        if found.last().is_none_or(|last| last.end <= at)
            && let Some(name) = names.iter().find(stands)
        {
            found.push(Span::new(at, at + name.len()));
        }
    }
    found
}

fn is_product_title(name: &str) -> bool {
    let lower = name.to_lowercase();
    name.len() <= 200
        && name.split_whitespace().count() >= 2
        && (lower.contains("product") || lower.split_whitespace().any(|word| word == "pm" || word == "pmm"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_its_product_behind_its_trade() {
        const CASES: &[(&str, Option<&str>)] = &[
            ("Product Manager, Billing Cloud", Some("Billing Cloud")),
            ("Senior Product Manager \u{2013} Payroll Engine (m/f/d)", Some("Payroll Engine")),
            ("Product Manager, Growth", None),
            ("Product Manager, billing and more", None),
            ("Manager, Product Marketing", None),
            ("Account Manager, Billing Cloud", None),
            ("Product Lead - Product Management", None),
        ];
        for &(title, name) in CASES {
            assert_eq!(product(title), name, "{title}");
        }
    }

    #[test]
    fn the_name_of_a_product_is_no_evidence_and_what_is_done_to_it_is() {
        let text = "Own the Billing Cloud roadmap and the billing.";
        let namings = Namings::of(text, "Product Manager, Billing Cloud");
        let place = |words: &str| text.find(words).map(|at| Span::new(at, at + words.len()));
        let covers = |words: &str| place(words).map(|span| namings.cover(span));
        assert_eq!(covers("Billing"), Some(true));
        assert_eq!(covers("Own the Billing Cloud roadmap"), Some(false));
        assert_eq!(covers("billing"), Some(false));
    }
}
