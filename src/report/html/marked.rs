//! A sentence of a posting cut where its found words begin and end.

use crate::report::safe;
use crate::verdict::Evidence;
use crate::vocabulary::Role;

/// A stretch of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The words, with nothing in them that could act on a page.
    pub(super) text: String,
    /// Why they are marked.
    pub(super) mark: Option<Mark>,
}

/// Why words are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// They name work of a role that counts.
    Counts(Role),
    /// They name work that is not the hire's.
    Idle,
    /// They tell whose work it is.
    Cue,
}

impl Mark {
    /// The mark of a piece of evidence.
    pub(super) fn of(evidence: &Evidence) -> Self {
        if evidence.weight > 0.0 { Self::Counts(evidence.role) } else { Self::Idle }
    }

    /// Whether the words tell whose work it is, and name none themselves.
    pub(super) fn is_cue(self) -> bool {
        self == Self::Cue
    }

    /// The class of the element.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Counts(role) => role.name(),
            Self::Idle => "idle",
            Self::Cue => "cue",
        }
    }
}

/// Cuts `text` at the marks, which are ranges of its bytes in order of their beginnings. Found words may overlap: of one
/// kind they are marked together, else the later ones go on where the earlier end.
pub(super) fn cut(text: &str, marks: &[(usize, usize, Mark)]) -> Vec<Piece> {
    let mut joined: Vec<(usize, usize, Mark)> = Vec::with_capacity(marks.len());
    for &(start, end, mark) in
        marks.iter().filter(|&&(start, end, _)| start < end && text.get(start..end).is_some())
    {
        match joined.last_mut() {
            Some((_, last, same)) if start < *last && *same == mark => *last = end.max(*last),
            Some((_, last, _)) if end <= *last => {}
            Some((_, last, _)) if start < *last => {
                let start = *last;
                joined.push((start, end, mark));
            }
            _ => joined.push((start, end, mark)),
        }
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut push = |range: std::ops::Range<usize>, mark| {
        if let Some(words) = text.get(range).filter(|words| !words.is_empty()) {
            pieces.push(Piece { text: safe::visible(words), mark });
        }
    };
    for (start, end, mark) in joined {
        push(at..start, None);
        push(start..end, Some(mark));
        at = end;
    }
    push(at..text.len(), None);
    pieces
}

/// Where the pieces of evidence of one clause stand in it: each after the one before, as they were found. Evidence
/// that does not stand there is of the next clause; how many pieces belong to this one is the length.
pub(super) fn places(clause: &str, evidence: &[&Evidence]) -> Vec<(usize, usize, Mark)> {
    let mut marks = Vec::new();
    let mut last: Option<(usize, &Evidence)> = None;
    for found in evidence.iter().take_while(|found| found.clause == clause) {
        // Found words may overlap, begin together, or be the same words twice; the same words elsewhere come further on.
        let from = match last {
            Some((start, before)) if before.text == found.text && before.span != found.span => {
                start + found.text.chars().next().map_or(1, char::len_utf8)
            }
            Some((start, _)) => start,
            None => 0,
        };
        let Some(start) = clause.get(from..).and_then(|rest| rest.find(&found.text)) else { break };
        let start = from + start;
        marks.push((start, start + found.text.len(), Mark::of(found)));
        last = Some((start, *found));
    }
    marks
}

/// Adds the words that told whose work it is, where no found words stand.
pub(super) fn with_cues(
    clause: &str,
    mut marks: Vec<(usize, usize, Mark)>,
    cues: &[&str],
) -> Vec<(usize, usize, Mark)> {
    for cue in cues.iter().filter(|cue| !cue.is_empty()) {
        let free = |start: usize, end: usize| marks.iter().all(|&(from, to, _)| end <= from || to <= start);
        let whole = |start: usize, end: usize| {
            let before = clause[..start].chars().next_back();
            let after = clause[end..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        };
        let place = clause
            .match_indices(*cue)
            .map(|(start, words)| (start, start + words.len()))
            .find(|&(start, end)| free(start, end) && whole(start, end));
        if let Some((start, end)) = place {
            marks.push((start, end, Mark::Cue));
            marks.sort_by_key(|&(start, ..)| start);
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn shown(pieces: &[Piece]) -> String {
        let show = |piece: &Piece| match piece.mark {
            Some(mark) => format!("[{} {}]", mark.class(), piece.text),
            None => piece.text.clone(),
        };
        pieces.iter().map(show).collect()
    }

    #[test]
    fn found_words_are_cut_out_and_cues_beside_them() {
        let judged = fixture::posting("x").says("pmm/positioning/positioning", "positioning", 2.0).judged();
        let evidence: Vec<&Evidence> = judged.verdict.evidence.iter().collect();
        let clause = &evidence[0].clause;
        let marks = with_cues(clause, places(clause, &evidence), &["Own", "suit"]);
        assert_eq!(shown(&cut(clause, &marks)), "[cue Own] [pmm positioning] for the suite");
    }

    #[test]
    fn equal_words_are_marked_one_after_the_other() {
        let mut judged = fixture::posting("x")
            .says("pm/a/a", "roadmap", 2.0)
            .says("pm/a/a", "roadmap", 0.0)
            .says("pm/a/a", "roadmap", 1.0)
            .judged();
        for found in &mut judged.verdict.evidence {
            found.clause = "roadmap by roadmap".to_owned();
        }
        let evidence: Vec<&Evidence> = judged.verdict.evidence.iter().collect();
        let marks = places("roadmap by roadmap", &evidence);
        assert_eq!(shown(&cut("roadmap by roadmap", &marks)), "[pm roadmap] by [idle roadmap]");
    }

    #[test]
    fn words_that_two_terms_name_are_of_one_clause() {
        let mut judged =
            fixture::posting("x").says("pm/a/a", "roadmap", 2.0).says("pm/b/b", "roadmap", 1.0).judged();
        judged.verdict.evidence[1].span = judged.verdict.evidence[0].span.clone();
        let evidence: Vec<&Evidence> = judged.verdict.evidence.iter().collect();
        let marks = places(&evidence[0].clause, &evidence);
        assert_eq!(marks.len(), 2);
        assert_eq!(shown(&cut(&evidence[0].clause, &marks)), "Own [pm roadmap] for the suite");
    }

    #[test]
    fn overlapping_words_of_one_kind_are_marked_together() {
        use Mark::{Counts, Idle};
        let text = "Create a messaging framework";
        let (pm, pmm) = (Counts(Role::Pm), Counts(Role::Pmm));
        let all = |marks: &[(usize, usize, Mark)]| shown(&cut(text, marks));
        assert_eq!(all(&[(0, 18, pmm), (9, 28, pmm)]), "[pmm Create a messaging framework]");
        assert_eq!(all(&[(0, 18, pmm), (9, 28, pm)]), "[pmm Create a messaging][pm  framework]");
        assert_eq!(all(&[(0, 18, pmm), (9, 18, Idle)]), "[pmm Create a messaging] framework");
    }

    #[test]
    fn marks_that_do_not_fit_are_left_out() {
        let mark = Mark::Idle;
        assert_eq!(
            shown(&cut("né \u{202e}x", &[(1, 2, mark), (0, 1, mark), (9, 99, mark)])),
            "[idle n]é \u{FFFD}x"
        );
    }
}
