//! A posting of an audit, and which posting of another audit is the same one.

use std::collections::{BTreeMap, VecDeque};

use super::State;
use crate::outcome::Judged;
use crate::posting::SourceRef;

/// A posting of an audit.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) id: String,
    pub(super) title: Option<String>,
    pub(super) company: Option<String>,
    pub(super) source: SourceRef,
    pub(super) hash: Option<u64>,
    pub(super) state: State,
}

impl Known {
    pub(super) fn new(judged: &Judged) -> Self {
        let Judged { id, title, company, source, verdict, .. } = judged;
        Self {
            id: id.clone(),
            title: title.clone(),
            company: company.clone(),
            source: source.clone(),
            hash: u64::from_str_radix(&verdict.text.hash, 16).ok().filter(|_| verdict.text.bytes > 0),
            state: State {
                claimed: verdict.claimed,
                described: verdict.described,
                verdict: verdict.verdict,
                confidence: verdict.confidence,
            },
        }
    }

    /// Whether the id only says where the record stood: another posting may stand there next time.
    fn is_placed(&self) -> bool {
        let SourceRef { path, record, .. } = &self.source;
        self.id.strip_prefix(&**path).and_then(|rest| rest.strip_prefix('#'))
            == Some(record.to_string().as_str())
    }
}

/// For each later posting the place of the earlier one that it is.
pub(super) fn pair(old: &[Known], new: &[Known]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; new.len()];
    let mut taken = vec![false; old.len()];
    pass(old, new, &mut pairs, &mut taken, |known| (!known.is_placed()).then(|| known.id.clone()));
    pass(old, new, &mut pairs, &mut taken, |known| known.hash.map(|hash| (hash, known.title.clone())));
    pass(old, new, &mut pairs, &mut taken, |known| known.hash);
    pass(old, new, &mut pairs, &mut taken, |known| Some((known.id.clone(), known.title.clone())));
    pairs
}

/// Pairs what is left and has the same key, the first with the first.
fn pass<K: Ord>(
    old: &[Known],
    new: &[Known],
    pairs: &mut [Option<usize>],
    taken: &mut [bool],
    key: impl Fn(&Known) -> Option<K>,
) {
    let mut places: BTreeMap<K, VecDeque<usize>> = BTreeMap::new();
    for (at, known) in old.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        if let Some(key) = key(known) {
            places.entry(key).or_default().push_back(at);
        }
    }
    for (known, pair) in new.iter().zip(pairs).filter(|(_, pair)| pair.is_none()) {
        let place = key(known).and_then(|key| places.get_mut(&key)?.pop_front());
        if let Some(at) = place {
            taken[at] = true;
            *pair = Some(at);
        }
    }
}
