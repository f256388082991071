//! Recognises postings that repeat an earlier one of the run: the same text once more, or nearly the same, as when
//! a job is posted for each city or again each month.
//!
//! A copy is a posting whose text is that of an earlier one and whose title names the same job, so that one text under
//! two titles that call different roles stays two postings, and that is not of another employer. What is nearly the same
//! is told by [`Sketch`]: four fifths of the text in common under the same title, or 95 hundredths under one that is
//! alike. Unless text and title are the very same, the two must describe the same and have the same verdict: else a
//! mislabelled posting would count as the one that it was written after.
//!
//! The last 262,144 different postings are remembered, in about 100 MB when there are as many; an older one is forgotten,
//! and [`Noticed::forgotten`] counts how many were. Postings come in input order, so the answer is the same for any
//! number of threads.

mod heading;

use std::str::FromStr;
use std::sync::Arc;

use heading::Heading;

use crate::outcome::{Judged, Outcome, SkipReason, Skipped};
use crate::posting::SourceRef;
use crate::rule::Code;
use crate::sketch::{BAND_BITS, Sketch};
use crate::suspicion::{Suspicion, Watch};
use crate::verdict::Flag;
use crate::vocabulary::{Claim, Described, Ruling, Severity};

/// Different postings that are remembered.
const REMEMBERED: usize = 1 << 18;

/// Likeness from which a text under the same title is a copy.
const SAME_TITLE: f64 = 0.8;

/// Likeness from which a text under a title that is alike is a copy.
const ALIKE_TITLE: f64 = 0.95;

names! {
    /// What is made of copies.
    #[derive(Default)]
    Dedupe {
        /// They are written with `duplicate_of` and RC009, and the summary counts their judgement once.
        #[default]
        Mark = "mark",
        /// They end as skipped.
        Drop = "drop",
        /// They are not looked for.
        Off = "off",
    }
}

/// A name that no [`Dedupe`] has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is none of mark, drop, off")]
pub struct UnknownDedupe(String);

impl FromStr for Dedupe {
    type Err = UnknownDedupe;

    fn from_str(name: &str) -> Result<Self, UnknownDedupe> {
        Self::from_name(name).ok_or_else(|| UnknownDedupe(name.to_owned()))
    }
}

/// What was noticed over a whole run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noticed {
    /// Postings that were no longer remembered at the end; copies of them were not recognised.
    pub forgotten: u64,
    /// What looks like faults of the tool that gathered the postings.
    pub suspicions: Vec<Suspicion>,
    /// Further ones.
    pub more_suspicions: u64,
}

/// Recognises copies among the outcomes of a run, which come in input order.
#[derive(Debug)]
pub struct Copies {
    dedupe: Dedupe,
    index: Index,
    watch: Watch,
}

impl Copies {
    /// Has seen nothing yet.
    #[must_use]
    pub fn new(dedupe: Dedupe) -> Self {
        Self { dedupe, index: Index::new(REMEMBERED), watch: Watch::default() }
    }

    /// The outcome, marked or dropped when it is a copy. `severity` says what RC009 is worth in that input; `None` raises
    /// no flag.
    ///
    /// A posting without a sketch takes no part, and one that is marked already stays so.
    #[must_use]
    pub fn see(&mut self, outcome: Outcome, severity: impl FnOnce(&Arc<str>) -> Option<Severity>) -> Outcome {
        let mut judged = match outcome {
            Outcome::Judged(judged) => judged,
            other => {
                self.watch_skipped(&other);
                return other;
            }
        };
        let (Some(sketch), Dedupe::Mark | Dedupe::Drop) = (judged.verdict.text.sketch, self.dedupe) else {
            return Outcome::Judged(judged);
        };
        let hash = number(&judged.verdict.text.hash);
        let heading = Heading::of(&judged);
        self.watch.add(&judged, heading.title, heading.company, hash, sketch.is_short());
        if judged.duplicate_of.is_none() {
            let Some(copy) = self.index.find_or_keep(&judged, hash, sketch, heading) else {
                return Outcome::Judged(judged);
            };
            if let Some(severity) = severity(&judged.source.path) {
                judged.verdict.flags.push(copy.flag(severity));
                judged.verdict.flags.sort_by_key(|flag| flag.code);
            }
            judged.duplicate_of = Some(copy.of);
            judged.likeness = Some(copy.likeness);
        }
        if self.dedupe == Dedupe::Drop { Outcome::Skipped(dropped(*judged)) } else { Outcome::Judged(judged) }
    }

    /// A text that no lexicon reads may stand where others should, as a placeholder does.
    fn watch_skipped(&mut self, outcome: &Outcome) {
        if let Outcome::Skipped(skipped) = outcome
            && let (Some(hash), Dedupe::Mark | Dedupe::Drop) = (&skipped.hash, self.dedupe)
        {
            let title = heading::title(skipped.title.as_deref(), None).0;
            self.watch.add_skipped(skipped, title, number(hash));
        }
    }

    /// What was noticed over the whole run.
    #[must_use]
    pub fn finish(self) -> Noticed {
        let (suspicions, more_suspicions) = self.watch.finish();
        let forgotten = self.index.count.saturating_sub(self.index.limit) as u64;
        Noticed { forgotten, suspicions, more_suspicions }
    }
}

/// The outcome as if nothing had been told of copies so far, and what RC009 was worth in it: `Some(None)` where a copy was
/// marked without a flag. What cannot be told anew stays as it is.
#[must_use]
pub fn unmarked(outcome: Outcome) -> (Outcome, Option<Option<Severity>>) {
    match outcome {
        Outcome::Judged(mut judged)
            if judged.duplicate_of.is_some() && judged.verdict.text.sketch.is_some() =>
        {
            (judged.duplicate_of, judged.likeness) = (None, None);
            let flags = &mut judged.verdict.flags;
            let severity = flags.iter().find(|flag| flag.code == Code::Rc009).map(|flag| flag.severity);
            flags.retain(|flag| flag.code != Code::Rc009);
            (Outcome::Judged(judged), Some(severity))
        }
        other => (other, None),
    }
}

/// A hash as it was before it was written.
fn number(hash: &str) -> u64 {
    u64::from_str_radix(hash, 16).unwrap_or(0)
}

fn dropped(judged: Judged) -> Skipped {
    Skipped {
        reason: SkipReason::Duplicate,
        source: judged.source,
        id: judged.id,
        title: judged.title,
        language: judged.language,
        hash: None,
        duplicate_of: judged.duplicate_of,
        likeness: judged.likeness,
    }
}

/// A posting that repeats another one.
struct Copy {
    of: String,
    place: SourceRef,
    likeness: f64,
}

impl Copy {
    fn flag(&self, severity: Severity) -> Flag {
        let how = if self.likeness < 1.0 { "nearly the same text" } else { "the same text" };
        let line = self.place.line.map_or_else(String::new, |line| format!(":{line}"));
        Flag {
            code: Code::Rc009,
            rule: Code::Rc009.rule().name.to_owned(),
            severity,
            message: format!("{how} as an earlier posting, {} ({}{line})", self.of, self.place.path),
            help: "count the two as one, or scan with --dedupe drop to leave copies out".to_owned(),
            evidence: Vec::new(),
        }
    }
}

/// The postings that may be copied. Each is found in several ways: by its text with its title, by its title with its
/// employer, and by the bands of its sketch.
///
/// A way leads to a place in the table that holds the last four postings of that way; an earlier one loses this way to
/// be found, and there are others.
#[derive(Debug)]
struct Index {
    limit: usize,
    /// How many postings were kept so far; the latest stand in `kept`, in a ring.
    count: usize,
    kept: Vec<Known>,
    table: Vec<[Entry; 4]>,
    /// Bits of a place in the table.
    bits: u32,
}

/// A posting in the table.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// Part of the hash of the way that leads here, so that others that lead to the same place are passed over.
    tag: u32,
    /// One plus the number of the posting; 0 where there is none.
    number: u32,
}

/// A posting that may be copied.
#[derive(Debug)]
struct Known {
    hash: u64,
    sketch: Sketch,
    heading: Heading,
    claimed: Claim,
    described: Described,
    ruling: Ruling,
    id: Box<str>,
    place: SourceRef,
}

impl Index {
    /// Bits of a place in the table at first.
    const FEW: u32 = 10;

    fn new(limit: usize) -> Self {
        let mut index = Self { limit, count: 0, kept: Vec::new(), table: Vec::new(), bits: 0 };
        index.grow(Self::FEW);
        index
    }

    /// The posting that this one repeats; when there is none, it is kept.
    fn find_or_keep(&mut self, judged: &Judged, hash: u64, sketch: Sketch, heading: Heading) -> Option<Copy> {
        let known = Known {
            hash,
            sketch,
            heading,
            claimed: judged.verdict.claimed,
            described: judged.verdict.described,
            ruling: judged.verdict.verdict,
            id: judged.id.as_str().into(),
            place: judged.source.clone(),
        };
        let best = known
            .ways()
            .flat_map(|way| self.on(way))
            .filter_map(|(number, other)| Some((number, known.likeness(other)?)))
            .max_by(|(a, like), (b, other)| like.total_cmp(other).then(b.cmp(a)));
        if let Some((number, likeness)) = best {
            let first = &self.kept[number % self.limit];
            return Some(Copy { of: first.id.to_string(), place: first.place.clone(), likeness });
        }
        // Half the places are free then, on average.
        if self.count << 2 >= 1 << self.bits && self.count < self.limit {
            self.grow(self.bits + 1);
        }
        self.enter(self.count, &known);
        if self.kept.len() < self.limit {
            self.kept.push(known);
        } else {
            self.kept[self.count % self.limit] = known;
        }
        self.count += 1;
        None
    }

    /// Makes the table larger and enters all postings anew.
    fn grow(&mut self, bits: u32) {
        self.bits = bits;
        self.table = vec![<[Entry; 4]>::default(); 1 << bits];
        let kept = std::mem::take(&mut self.kept);
        for (number, known) in kept.iter().enumerate() {
            self.enter(number, known);
        }
        self.kept = kept;
    }

    fn enter(&mut self, number: usize, known: &Known) {
        let number = u32::try_from(number + 1).unwrap_or(0);
        for way in known.ways() {
            let (place, tag) = self.place(way);
            let entries = &mut self.table[place];
            entries.rotate_right(1);
            entries[0] = Entry { tag, number };
        }
    }

    /// The postings that a way leads to, with their numbers.
    fn on(&self, way: u64) -> impl Iterator<Item = (usize, &Known)> {
        let (place, tag) = self.place(way);
        self.table[place].iter().filter(move |entry| entry.tag == tag).filter_map(|entry| {
            let number = usize::try_from(entry.number).ok()?.checked_sub(1)?;
            let remembered = number + self.limit >= self.count;
            Some((number, self.kept.get(number % self.limit).filter(|_| remembered)?))
        })
    }

    #[expect(clippy::cast_possible_truncation, reason = "bits of a hash")]
    fn place(&self, way: u64) -> (usize, u32) {
        let spread = way.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        ((spread >> (64 - self.bits)) as usize, (spread >> 8) as u32)
    }
}

impl Known {
    /// The ways to find it, as hashes.
    fn ways(&self) -> impl Iterator<Item = u64> + use<> {
        let Heading { title, company, .. } = self.heading;
        let exact = [self.hash ^ title.rotate_left(32), title ^ company.rotate_left(16)];
        // Texts of a few words have bands too, but they say nothing.
        let bands = (!self.sketch.is_short()).then(|| self.sketch.bands());
        let bands = bands.into_iter().flatten().zip(1_u64..);
        exact.into_iter().chain(bands.map(|(key, band)| band << BAND_BITS | u64::from(key)))
    }

    /// How much of the text is that of the other posting, when this one is a copy of it.
    fn likeness(&self, other: &Self) -> Option<f64> {
        let same_title = self.heading.title == other.heading.title;
        let alike = self.claimed == other.claimed && self.heading.is_alike(&other.heading);
        if !same_title && !alike {
            return None;
        }
        if !self.heading.may_share_company(&other.heading) {
            return None;
        }
        let same_text = self.hash == other.hash;
        if same_text && same_title {
            return Some(1.0);
        }
        if (self.described, self.ruling) != (other.described, other.ruling) {
            return None;
        }
        if same_text {
            // Different jobs do have the same few words.
            return (!self.sketch.is_short()).then_some(1.0);
        }
        let least = if same_title { SAME_TITLE } else { ALIKE_TITLE };
        let likeness = self.sketch.likeness(&other.sketch).filter(|&likeness| likeness >= least)?;
        Some(likeness.min(0.99))
    }
}

#[cfg(test)]
mod tests;
