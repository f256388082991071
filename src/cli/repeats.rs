//! Postings whose title and text have been judged before in the same run: the same text is the same verdict, so a
//! repost costs no more than its reading.

use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};

use rolecall::outcome::Judged;
use rolecall::verdict::Verdict;
use rolecall::vocabulary::Zone;
use rolecall::{Outcome, Posting};
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

/// Verdicts that are kept, about 1 KB each and never more than a few. The oldest go first.
const KEPT: usize = 24_576;
/// Longest title of a posting whose verdict is kept, in bytes: findings may repeat it.
const LONGEST_TITLE: usize = 1_024;
/// Parts of the memory that are locked one by one.
const PARTS: usize = 16;

/// The verdicts of postings read before.
pub(super) struct Repeats {
    parts: [Mutex<Part>; PARTS],
    /// Nobody can make another text with the same key who does not know it.
    seed: u64,
}

#[derive(Default)]
struct Part {
    /// The language and the judgement.
    known: FxHashMap<u128, (Option<String>, Verdict)>,
    /// Their keys, the oldest first.
    order: VecDeque<u128>,
}

impl Repeats {
    /// An empty memory.
    pub(super) fn new() -> Self {
        Self { parts: Default::default(), seed: RandomState::new().hash_one(KEPT) }
    }

    /// How a posting ends: as its like ended, or as `judge` says.
    pub(super) fn outcome(&self, posting: Posting, judge: impl FnOnce(Posting) -> Outcome) -> Outcome {
        let Some(key) = self.key(&posting) else { return judge(posting) };
        if let Some((language, verdict)) = self.known(key) {
            return Outcome::Judged(Box::new(Judged::new(posting, language, verdict)));
        }
        let outcome = judge(posting);
        self.keep(key, &outcome);
        outcome
    }

    /// What a verdict depends on, as a number; none for drafts, whose title is only a guess.
    fn key(&self, posting: &Posting) -> Option<u128> {
        if !posting.other_titles.is_empty() {
            return None;
        }
        let mut hasher = Xxh3::with_seed(self.seed);
        let mut add = |text: Option<&str>| {
            let text = text.map(str::as_bytes);
            hasher.update(&text.map_or(u64::MAX, |bytes| bytes.len() as u64).to_le_bytes());
            hasher.update(text.unwrap_or_default());
        };
        add(posting.title.as_deref());
        add(posting.language.as_deref());
        add(posting.charset);
        for part in &posting.parts {
            add(part.field.as_deref());
            add(part.zone.map(Zone::name));
            add(Some(&part.text));
        }
        let markups = posting.parts.iter().map(|part| part.markup as u8);
        hasher.update(&markups.chain([u8::from(posting.truncated)]).collect::<Vec<_>>());
        Some(hasher.digest128())
    }

    /// The judgement kept under a key.
    fn known(&self, key: u128) -> Option<(Option<String>, Verdict)> {
        let part = self.part(key).lock().unwrap_or_else(PoisonError::into_inner);
        part.known.get(&key).cloned()
    }

    /// Keeps how a posting ended, unless there is evidence to it, which takes far more room.
    fn keep(&self, key: u128, outcome: &Outcome) {
        let Outcome::Judged(judged) = outcome else { return };
        let long = judged.title.as_ref().is_some_and(|title| title.len() > LONGEST_TITLE);
        if long || !judged.verdict.evidence.is_empty() {
            return;
        }
        let kept = (judged.language.clone(), judged.verdict.clone());
        let mut part = self.part(key).lock().unwrap_or_else(PoisonError::into_inner);
        if part.known.insert(key, kept).is_some() {
            return;
        }
        part.order.push_back(key);
        if part.order.len() > KEPT / PARTS
            && let Some(oldest) = part.order.pop_front()
        {
            part.known.remove(&oldest);
        }
    }

    fn part(&self, key: u128) -> &Mutex<Part> {
        &self.parts[(key % PARTS as u128) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_under_the_same_title_is_known_again_and_no_other() {
        let analyzer = rolecall::Analyzer::new(rolecall::Settings::default()).sparing_evidence();
        let repeats = Repeats::new();
        let posting = |title: &str, body: &str, id: &str| {
            let mut posting = Posting::new(title, body);
            posting.id = id.to_owned();
            posting
        };
        let body =
            "You will repair pumps, weld pipes and keep the boilers of our ships running on every journey.";
        let judged = |posting: Posting| repeats.outcome(posting, |posting| analyzer.outcome(posting));
        let unasked = |posting: Posting| repeats.outcome(posting, |_| panic!("it is known"));
        let first = judged(posting("Fitter", body, "1"));
        assert_eq!(unasked(posting("Fitter", body, "1")), first);
        assert_eq!(unasked(posting("Fitter", body, "2")), analyzer.outcome(posting("Fitter", body, "2")));
        for (title, body) in [("Welder", body), ("Fitter", &body[1..])] {
            let other = repeats.key(&posting(title, body, "3")).unwrap();
            assert!(repeats.known(other).is_none(), "{title}");
        }
    }
}
