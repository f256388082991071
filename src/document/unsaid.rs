//! What gives no work though it stands where work does: a placeholder of a template, and a last sentence that was cut
//! short.

use super::{Clause, Shape};
use crate::vocabulary::Zone;

/// What a page offers behind a text that it cuts short.
const MORE: &[&str] = &["show more", "read more", "see more", "view more"];

/// Gives such clauses to no zone.
pub(super) fn set_apart(text: &str, clauses: &mut [Clause]) {
    let last = clauses.iter().rposition(|clause| !without_more(clause.span.slice(text)).is_empty());
    for (index, clause) in clauses.iter_mut().enumerate().filter(|(_, clause)| !clause.heading) {
        let written = clause.span.slice(text);
        let sentence = clause.shape == Shape::Paragraph && !clause.orders;
        if is_placeholder(written) || Some(index) == last && sentence && is_cut(written) {
            clause.zone = Zone::Other;
        }
    }
}

/// Whether the line is all one pair of brackets: "[insert duties here]".
fn is_placeholder(line: &str) -> bool {
    let line = line.trim_end_matches(['.', ';', ' ']);
    [('[', ']'), ('{', '}')].iter().any(|&(open, close)| {
        let inner = line.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        inner.is_some_and(|inner| !inner.trim_matches([open, close]).contains([open, close]))
    })
}

/// Whether the sentence breaks off: "you will lead the …". A list may end so ("maps, charts, etc…"), and an address that
/// a page shortens.
fn is_cut(sentence: &str) -> bool {
    let sentence = without_more(sentence);
    let told = sentence.trim_end_matches(['[', ']', '(', ')', ' ']);
    ["\u{2026}", "..."].iter().any(|mark| told.ends_with(mark)) && {
        let told = told.trim_end_matches(['.', '\u{2026}', ' ', '[', '(']);
        let last = told.rsplit(' ').next().unwrap_or(told);
        !["etc", "more", "on"].contains(&last) && !last.contains('/')
    }
}

/// The text without what a page offers behind it.
fn without_more(text: &str) -> &str {
    let text = text.trim_end();
    let more = MORE.iter().find_map(|more| {
        let from = text.len().checked_sub(more.len())?;
        text.get(from..)?.eq_ignore_ascii_case(more).then_some(from)
    });
    text[..more.unwrap_or(text.len())].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_breaks_off_or_stands_in_brackets_is_told() {
        for cut in
            ["you will lead the\u{2026}", "As a clerk, you'll be resp...", "You will [\u{2026}] Show more"]
        {
            assert!(is_cut(cut), "{cut}");
        }
        for whole in [
            "Hats, caps, etc...",
            "We sell hats.",
            "Hats and more\u{2026}",
            "At hats.example/jobs/1-...",
            "Read more",
            "",
        ] {
            assert!(!is_cut(whole), "{whole}");
        }
        assert!(is_placeholder("[insert duties].") && is_placeholder("{{duties}}"));
        assert!(!is_placeholder("[Felt] for hats [or caps]") && !is_placeholder("Sort hats [by size]"));
    }
}
