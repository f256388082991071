//! Folds text to its letters and digits, so that two copies of a line match whatever their markup and spaces.

use crate::letters;
use crate::trace::ClauseTrace;

/// The longest tag that is dropped; a lone `<` further from a `>` is text.
const TAG: usize = 400;

/// The letters and digits of `text` in lower case: tags and the targets of links dropped, entities decoded.
pub(crate) fn letters(text: &str) -> String {
    let bare = without_targets(&without_tags(text));
    let decoded = html_escape::decode_html_entities(&bare);
    letters::of(&html_escape::decode_html_entities(&decoded)).collect()
}

fn without_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        kept.push_str(before);
        let opens = tag[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        if let Some(end) = tag.find('>').filter(|end| opens && *end <= TAG) {
            kept.push(' ');
            rest = &tag[end + 1..];
        } else {
            kept.push('<');
            rest = &tag[1..];
        }
    }
    kept.push_str(rest);
    kept
}

/// `[words](target)` without the target.
fn without_targets(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((words, target)) = rest.split_once("](") {
        kept.push_str(words);
        match target.find(')').filter(|end| !target[..*end].contains(char::is_whitespace)) {
            Some(end) => rest = &target[end + 1..],
            None => rest = target,
        }
        kept.push(' ');
    }
    kept.push_str(rest);
    kept
}

/// The folded clauses of a posting, one behind the other.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    text: String,
    /// Where each clause begins, and where the last ends.
    bounds: Vec<usize>,
}

impl Folded {
    /// Folds the clauses.
    pub(crate) fn new(clauses: &[ClauseTrace]) -> Self {
        let mut folded = Self { text: String::new(), bounds: vec![0] };
        for clause in clauses {
            folded.text.extend(letters::of(&clause.text));
            folded.bounds.push(folded.text.len());
        }
        folded
    }

    /// The clauses that `line` covers or stands in; empty when it is not in the text.
    ///
    /// A place where the line begins and ends with clauses is taken before one inside a clause.
    pub(crate) fn clauses(&self, line: &str) -> std::ops::Range<usize> {
        if line.is_empty() {
            return 0..0;
        }
        let at_bound = |at: usize| usize::from(self.bounds.binary_search(&at).is_ok());
        let best = memchr::memmem::find_iter(self.text.as_bytes(), line)
            .map(|start| (2 * at_bound(start) + at_bound(start + line.len()), start))
            .max_by_key(|&(fit, start)| (fit, std::cmp::Reverse(start)));
        let Some((_, start)) = best else { return 0..0 };
        let end = start + line.len();
        let first = self.bounds.partition_point(|&bound| bound <= start).saturating_sub(1);
        let last = self.bounds.partition_point(|&bound| bound < end);
        first..last
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::posting::Posting;
    use crate::{Analyzer, Settings};

    #[test]
    fn markup_entities_and_spaces_fold_away() {
        const CASES: &[(&str, &str)] = &[
            ("Own the <b>road</b>map", "owntheroadmap"),
            ("R&amp;D\u{a0}&amp;nbsp; teams", "rdteams"),
            ("**Plan** _launches_,\n  daily", "planlaunchesdaily"),
            ("under < 5 and > 3", "under5and3"),
            ("Größe", "größe"),
            ("live our [values](/handbook/values/) (all)", "liveourvaluesall"),
            ("a](b c) d](e", "abcde"),
        ];
        for (text, expected) in CASES {
            assert_eq!(letters(text), *expected);
        }
    }

    #[test]
    fn a_line_covers_its_clauses() {
        let posting = Posting::new(
            "",
            "## What you will do\n\n- Own the roadmap and write stories for it\n- Write stories\n- Own it; ship it.\n",
        );
        let clauses = Analyzer::new(Settings::default()).trace(&posting).clauses;
        let folded = Folded::new(&clauses);
        let covered = |line: &str| -> Vec<&str> {
            folded.clauses(&letters(line)).map(|index| clauses[index].text.as_str()).collect()
        };
        assert_eq!(covered("Write stories"), ["Write stories"]);
        assert_eq!(covered("the <i>roadmap</i>"), ["Own the roadmap and write stories for it"]);
        assert!(covered("sell it").is_empty());
        assert!(!covered("Own it; ship it").is_empty());
    }
}
