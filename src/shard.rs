//! One of several parts of an input, so that several machines can share the work.
//!
//! Which part a posting belongs to is told by a hash of its text, so that copies stay together, wherever the posting
//! stands and whatever else the input holds. A posting without text goes by its id, and a record that cannot be read by
//! its place.

use std::fmt;
use std::num::NonZero;
use std::str::FromStr;

use xxhash_rust::xxh3::xxh3_64;

use crate::outcome::Outcome;
use crate::posting::Posting;

/// A part of an input: the first of five is `1/5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    number: u64,
    of: NonZero<u64>,
}

/// What names no part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no part: write it as 2/5, the second of five")]
pub struct UnknownShard(String);

impl Shard {
    /// Whether a posting belongs to this part.
    #[must_use]
    pub fn holds(self, posting: &Posting) -> bool {
        if posting.has_text() { self.takes(posting.text_hash()) } else { self.takes_text(&posting.id) }
    }

    /// Whether a record that ended without a posting belongs to this part.
    #[must_use]
    pub fn holds_ended(self, outcome: &Outcome) -> bool {
        match outcome {
            Outcome::Judged(judged) => self.takes_text(&judged.id),
            Outcome::Skipped(skipped) => self.takes_text(&skipped.id),
            Outcome::Failed(failed) => {
                self.takes_text(&format!("{}#{}", failed.source.path, failed.source.record))
            }
        }
    }

    fn takes_text(self, text: &str) -> bool {
        self.takes(xxh3_64(text.as_bytes()))
    }

    fn takes(self, hash: u64) -> bool {
        hash % self.of == self.number - 1
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = UnknownShard;

    fn from_str(text: &str) -> Result<Self, UnknownShard> {
        let parse = || {
            let (number, of) = text.split_once('/')?;
            let (number, of) = (number.trim().parse().ok()?, of.trim().parse::<NonZero<u64>>().ok()?);
            (1..=of.get()).contains(&number).then_some(Self { number, of })
        };
        parse().ok_or_else(|| UnknownShard(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::outcome::SkipReason;

    fn shards(of: u64) -> Vec<Shard> {
        (1..=of).map(|number| format!("{number}/{of}").parse().unwrap()).collect()
    }

    #[test]
    fn a_part_is_written_as_a_fraction() {
        assert_eq!(shards(3)[1].to_string(), "2/3");
        assert_eq!("1/1".parse(), Ok(shards(1)[0]));
        for text in ["", "2", "0/3", "4/3", "1/0", "a/b", "1/2/3", "-1/2", "1/18446744073709551616"] {
            assert_eq!(text.parse::<Shard>(), Err(UnknownShard(text.to_owned())));
        }
    }

    #[test]
    fn every_posting_belongs_to_one_part_and_copies_to_the_same() {
        let mut counts = [0; 4];
        for number in 0..400 {
            let mut posting = Posting::new("Product Manager", &format!("Own backlog {number}."));
            let held = |posting: &Posting| {
                let held: Vec<usize> = (0..4).filter(|&at| shards(4)[at].holds(posting)).collect();
                assert_eq!(held.len(), 1);
                held[0]
            };
            let first = held(&posting);
            counts[first] += 1;
            posting.id = "elsewhere".to_owned();
            posting.title = Some("Other".to_owned());
            assert_eq!(held(&posting), first);
        }
        assert!(counts.iter().all(|&count| count > 70), "{counts:?}");
    }

    #[test]
    fn what_has_no_text_belongs_to_one_part_too() {
        let mut empty = Posting::new("Product Manager", " ");
        empty.id = "x-1".to_owned();
        assert_eq!(shards(5).iter().filter(|shard| shard.holds(&empty)).count(), 1);
        for outcome in [
            fixture::skipped(SkipReason::Unlisted, "b.jsonl", 2),
            fixture::failed("invalid-json", "cut short", "b.jsonl", 3),
        ] {
            assert_eq!(shards(5).iter().filter(|shard| shard.holds_ended(&outcome)).count(), 1);
        }
    }
}
