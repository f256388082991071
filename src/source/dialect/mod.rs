//! How one system writes its postings: which of its names hold what, and by which names it is known.
//!
//! Most sources are read by the usual names of [`super::alias`]. A dialect is needed where these are not enough: a
//! title called `text`, a body in several places, sections of their own, a company that only the address tells. A
//! dialect is data, a row of a table; [`super::reading`] follows it.

mod boards;
mod feeds;
mod rule;
mod searches;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use boards::BOARDS;
use feeds::FEEDS;
pub(crate) use feeds::JOB_POSTING;
pub(crate) use rule::Rule;
use searches::SEARCHES;

use super::field::Field;
use super::layer::Layers;

/// How one system writes its postings.
#[derive(Debug)]
pub struct Dialect {
    /// The name that `--format` takes.
    pub(crate) name: &'static str,
    /// What people call its files.
    pub(crate) title: &'static str,
    /// What carries it.
    pub(crate) carrier: Carrier,
    /// Sets of names at the top of a record: one set that is there in full shows the dialect.
    pub(crate) marks: &'static [&'static [&'static str]],
    /// Where the fields are.
    pub(crate) rules: &'static [Rule],
    /// The entities around its texts.
    pub(crate) layers: Layers,
    /// Whether its texts are cut short, always.
    pub(crate) truncated: bool,
}

/// What carries a dialect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// JSON, in whatever layout.
    Json,
    /// XML.
    Xml,
    /// JSON-LD, in a web page or by itself.
    JsonLd,
}

impl PartialEq for Dialect {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Dialect {}

impl Dialect {
    /// What a row leaves out.
    const PLAIN: Self = Self {
        name: "",
        title: "",
        carrier: Carrier::Json,
        marks: &[],
        rules: &[],
        layers: Layers::Usual,
        truncated: false,
    };

    /// The name that `--format` takes.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The dialect of a record of JSON or XML with these names at its top, and the names that show it.
    pub(crate) fn of(marks: Marks, xml: bool) -> Option<(&'static Self, &'static [&'static str])> {
        if marks.is_empty() {
            return None;
        }
        let shown =
            |(set, dialect, _): &&Marked| marks.0 & set == *set && (dialect.carrier == Carrier::Xml) == xml;
        MARKED.iter().find(shown).map(|(_, dialect, names)| (*dialect, *names))
    }
}

/// A dialect found in a record, for showing it.
#[derive(Debug)]
pub(crate) struct Told {
    /// The dialect.
    pub(crate) dialect: &'static Dialect,
    /// The names that show it; none when the user named it.
    pub(crate) names: &'static [&'static str],
    /// Fields, and where they are.
    pub(crate) places: Vec<(Field, String)>,
}

/// Names at the top of a record that may show a dialect, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks(u128);

impl Marks {
    /// Adds a name, when it is one that matters.
    pub(crate) fn add(&mut self, name: &str) {
        if let Some(bit) = BITS.get(name) {
            self.0 |= 1 << bit;
        }
    }

    /// Adds those of another set.
    pub(crate) fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Every dialect, in the order of help texts.
pub(crate) const LISTS: &[&[Dialect]] = &[BOARDS, SEARCHES, FEEDS];

/// How many there are.
pub(crate) const COUNT: usize = BOARDS.len() + SEARCHES.len() + FEEDS.len();

fn all() -> impl Iterator<Item = &'static Dialect> {
    LISTS.iter().copied().flatten()
}

/// Every name that shows a dialect has a bit.
static BITS: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let mut bits = FxHashMap::default();
    for name in all().flat_map(|dialect| dialect.marks.iter().copied().flatten().copied()) {
        let next = u32::try_from(bits.len()).unwrap_or(u32::MAX);
        bits.entry(name).or_insert(next);
    }
    bits
});

/// Sets of names as bits, with what they show; those of earlier rows first.
type Marked = (u128, &'static Dialect, &'static [&'static str]);
static MARKED: LazyLock<Vec<Marked>> = LazyLock::new(|| {
    let bits = |set: &[&'static str]| {
        set.iter().filter_map(|name| BITS.get(name)).fold(0, |all, bit| all | 1 << bit)
    };
    all().flat_map(|dialect| dialect.marks.iter().map(move |set| (bits(set), dialect, *set))).collect()
});

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn dialects_have_names_of_their_own_and_marks_fit_a_word() {
        let names: BTreeSet<_> = all().map(|dialect| dialect.name).collect();
        assert_eq!(names.len(), all().count());
        assert!(BITS.len() <= 128, "{}", BITS.len());
        for dialect in all() {
            assert!(!dialect.rules.is_empty() && !dialect.title.is_empty(), "{}", dialect.name);
        }
    }

    #[test]
    fn a_record_is_of_the_dialect_whose_names_it_has() {
        const CASES: &[(&[&str], Option<&str>)] = &[
            (&["title", "description", "id", "company", "location", "url"], None),
            (&["id", "internal_job_id", "absolute_url", "title"], Some("greenhouse")),
            (&["text", "hostedUrl", "categories", "lists"], Some("lever")),
            (&["hostedUrl"], None),
            (&["title", "redirect_url", "created"], Some("adzuna")),
        ];
        for (names, expected) in CASES {
            let mut marks = Marks::default();
            for name in *names {
                marks.add(name);
            }
            assert_eq!(Dialect::of(marks, false).map(|(dialect, _)| dialect.name), *expected, "{names:?}");
        }
    }
}
