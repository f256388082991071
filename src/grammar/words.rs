//! The words by which sentences give work, for the small grammar that knows no more of them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lanes::{self, SHORT};

/// Verbs that give no work: what one is, has, gets or brings along.
const NO_WORK: &str = "\
    be am is are was were been being have has had do does did can could may might must should will would need \
    needs want wants find receive receives enjoy enjoys love loves like likes feel get gets gain earn earns \
    benefit join joins joining become becomes belong fit fits see know knows understand believe hear thrive \
    live possess possesses bring brings grow apply fill require requires offer offers report reports come \
    comes start starts pay pays not never always often also think qualify choose remain continue wish prefer \
    meet meets succeed stay agree expect considered use using looking compete demonstrate demonstrates show \
    shows exhibit exhibits display displays hold holds ll re ve";

/// Words that are no verbs, where a verb is looked for.
const NO_VERB: &str = "\
    for of in on at with from to by as and or but that which who whose if when where because you we it they \
    he she i this these those our your their its his her us them part full based remote open available hybrid \
    new other one more no so than only team teams job jobs role roles position positions candidate candidates \
    needed wanted required opportunity s across among between within into over during through about around \
    near per without until after before since while whom how why https http www";

/// What somebody is to a work: "pivotal in shaping".
const NEEDED: &str = "central critical crucial essential focal instrumental key pivotal vital";

/// Those who only work somewhere, or for somebody: "you will work from home".
const WHERE: &str = "\
    for from in at under alongside remotely onsite hours with a an as full part hard";

/// What a list of work is called.
const TASKS: &str = "\
    activity activities duty duties task tasks responsibility responsibilities accountability \
    accountabilities";

/// What a hire's work as a whole is called, where a verb says what belongs to it.
const WORK: &str = "job work role position";

/// Verbs that say what belongs to work.
const HOLDS: &str = "\
    include includes involve involves entail entails comprise comprises consist consists encompass \
    encompasses cover covers";

/// What work is for.
const AIMS: &str = "purpose mission goal objective aim function challenge focus task job";

/// Verbs of those who hire.
const SEEKS: &str = "seek seeks seeking looking searching hire hires hiring recruiting";

/// Verbs of those who say what they lack.
const LACKS: &str = "need want look";

/// Those who are answerable, but no hire.
const GROUPS: &str = "\
    team company department division we group they office platform firm employer who";

/// Adjectives before those who bear a title.
const PRAISED: &str = "successful ideal experienced all each every most new future right";

/// Which of these lists a word is on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lists(u16);

impl Lists {
    pub(super) const NO_WORK: Self = Self(1);
    pub(super) const NO_VERB: Self = Self(1 << 1);
    pub(super) const WHERE: Self = Self(1 << 2);
    pub(super) const TASKS: Self = Self(1 << 3);
    pub(super) const WORK: Self = Self(1 << 4);
    pub(super) const HOLDS: Self = Self(1 << 5);
    pub(super) const AIMS: Self = Self(1 << 6);
    pub(super) const SEEKS: Self = Self(1 << 7);
    pub(super) const LACKS: Self = Self(1 << 8);
    pub(super) const GROUPS: Self = Self(1 << 9);
    pub(super) const PRAISED: Self = Self(1 << 10);
    pub(super) const NEEDED: Self = Self(1 << 11);

    /// The lists of a word, whatever its case.
    pub(super) fn of(word: &str) -> Self {
        if word.is_empty() || word.len() > SHORT {
            return Self::default();
        }
        KNOWN.get(&lanes::key(word.as_bytes(), 0, word.len())).copied().unwrap_or_default()
    }

    /// Whether it is on this one.
    pub(super) fn has(self, list: Self) -> bool {
        self.0 & list.0 != 0
    }
}

/// The lists, with the words of each separated by spaces.
const LISTS: [(&str, Lists); 12] = [
    (NO_WORK, Lists::NO_WORK),
    (NO_VERB, Lists::NO_VERB),
    (WHERE, Lists::WHERE),
    (TASKS, Lists::TASKS),
    (WORK, Lists::WORK),
    (HOLDS, Lists::HOLDS),
    (AIMS, Lists::AIMS),
    (SEEKS, Lists::SEEKS),
    (LACKS, Lists::LACKS),
    (GROUPS, Lists::GROUPS),
    (PRAISED, Lists::PRAISED),
    (NEEDED, Lists::NEEDED),
];

/// The lists of every word by its [key](lanes::key).
static KNOWN: LazyLock<FxHashMap<[u64; 2], Lists>> = LazyLock::new(|| {
    let mut known: FxHashMap<[u64; 2], Lists> = FxHashMap::default();
    for (words, list) in LISTS {
        for word in words.split(' ') {
            known.entry(lanes::key(word.as_bytes(), 0, word.len())).or_default().0 |= list.0;
        }
    }
    known
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_on_their_lists_in_any_case() {
        assert!(Lists::of("Duties").has(Lists::TASKS));
        assert!(Lists::of("job").has(Lists::WORK) && Lists::of("job").has(Lists::AIMS));
        assert!(!Lists::of("job").has(Lists::SEEKS) && Lists::of("jobber") == Lists::default());
        for (words, list) in LISTS {
            for word in words.split(' ') {
                assert!(
                    word.len() <= SHORT && word == word.to_lowercase() && Lists::of(word).has(list),
                    "{word}"
                );
            }
        }
    }
}
