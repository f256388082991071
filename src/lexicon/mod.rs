//! The lexicons: what the duties of each role are called, and the words that tell zones and actors.
//!
//! They are data (`lexicons/*.toml`), embedded at build time and replaceable at run time.

pub(crate) mod bearer;
pub(crate) mod build;
pub(crate) mod dictionary;
mod error;
pub mod file;
mod filed;
mod filing;
pub(crate) mod filter;
pub(crate) mod form;
pub(crate) mod hint;
pub mod hygiene;
mod index;
pub(crate) mod kind;
pub(crate) mod overlay;
mod packed;
pub(crate) mod pattern;
mod sequence;
mod side;
mod spread;
mod surface;
pub(crate) mod tape;
mod words;

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::suggest::nearest;
use crate::vocabulary::{Role, Zone};
use dictionary::Dictionary;
pub use error::LexiconError;
use filter::Filter;
use hint::Hints;
pub use overlay::Overlay;
use pattern::PatternSet;

/// The files of the built-in lexicon, by name. A test compares the list with the folder.
pub const EMBEDDED: &[(&str, &str)] = &[
    ("cues.toml", include_str!("../../lexicons/cues.toml")),
    ("hints.toml", include_str!("../../lexicons/hints.toml")),
    ("neighbours.toml", include_str!("../../lexicons/neighbours.toml")),
    ("pm.toml", include_str!("../../lexicons/pm.toml")),
    ("pmm.toml", include_str!("../../lexicons/pmm.toml")),
    ("score.toml", include_str!("../../lexicons/score.toml")),
    ("shared.toml", include_str!("../../lexicons/shared.toml")),
    ("sources.toml", include_str!("../../lexicons/sources.toml")),
    ("titles.toml", include_str!("../../lexicons/titles.toml")),
    ("words.toml", include_str!("../../lexicons/words.toml")),
    ("zones.toml", include_str!("../../lexicons/zones.toml")),
];

/// A group of duties of one role or neighbouring job.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Area {
    /// Full name, such as `pmm/positioning`.
    pub name: Arc<str>,
    /// Whose kind of work it is.
    pub role: Role,
    /// One sentence on what the duties are.
    pub summary: String,
    /// Keys into `sources.toml`.
    pub sources: Vec<String>,
    /// The neighbouring job that it belongs to, where the role is `other`.
    pub family: Option<Arc<str>>,
}

/// One entry of an area.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Term {
    /// Full name: the area's and the term's own.
    pub name: Arc<str>,
    /// Index of its area.
    pub area: usize,
    /// How surely an owned duty with these words is the area's.
    pub weight: f64,
    /// Its forms as written.
    pub forms: Vec<String>,
}

/// What a cue tells about who does the duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Cue {
    /// The hire does it.
    Owns,
    /// The hire supports another's work.
    Contributes,
    /// The hire works with somebody.
    With,
    /// What comes next is somebody else's.
    OtherOwner,
    /// What came before is somebody else's.
    OwnedBy,
    /// What comes next is not done.
    Negation,
    /// A new thought begins: cues before it no longer hold.
    Turn,
    /// What comes next is only possible.
    Hypothetical,
    /// What comes next is the person or team reported to.
    Reporting,
    /// What comes next is how the hire helps, and so the hire's own work.
    By,
    /// The sentence speaks of the hire.
    Hire,
    /// The sentence speaks of the employer.
    Employer,
    /// Words that look like a cue and are none.
    Innocent,
    /// The posting names the hire by the title again.
    SelfName,
    /// A team or a person that the hire may work with.
    Party(Party),
}

/// Teams and people, by what working with them says of the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Party {
    /// Product managers and owners.
    Pm,
    /// Product marketers, and marketing at large.
    Pmm,
    /// Engineers and designers: those who deliver.
    Delivery,
    /// Sales, support, customer success: those who meet customers.
    Field,
    /// Anybody else.
    Other,
}

impl Party {
    /// How many kinds there are.
    pub(crate) const COUNT: usize = 5;

    /// Whether work of this role is the party's own.
    pub(crate) fn owns(self, role: Role) -> bool {
        matches!((self, role), (Self::Pm, Role::Pm) | (Self::Pmm, Role::Pmm))
    }
}

/// Whose part a heading tells where that of another stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The hire's: "You".
    Hire,
    /// That of somebody else: "Product marketing".
    Others,
    /// The house's: "Us", which may tell of the house as well as of its part.
    House,
}

/// A heading form, or a form inside a line, and the zone it speaks for.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct ZoneCue {
    pub(crate) zone: Zone,
    pub(crate) weight: f32,
    /// Of a line: whether it must begin with the words.
    pub(crate) start: bool,
    /// Of a heading: whether figures by which the hire is measured stand below it.
    pub(crate) measures: bool,
    /// Of a heading that opens its zone only beside one of another side: whose part it tells.
    pub(crate) side: Option<Side>,
}

/// What tells the zones apart.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Zoning {
    pub(crate) headings: PatternSet,
    pub(crate) heading_cues: Vec<ZoneCue>,
    pub(crate) lines: PatternSet,
    pub(crate) line_cues: Vec<ZoneCue>,
}

/// A compiled lexicon. Build it once and share it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Lexicon {
    dictionary: Dictionary,
    areas: Vec<Area>,
    terms: Vec<Term>,
    /// The forms of the terms, by index of the term.
    patterns: PatternSet,
    /// The forms that undo hits of a term, by index of the term.
    unless: PatternSet,
    /// Words of which one stands in every form that undoes hits of a term, by index of the term.
    undone: Vec<Filter>,
    zoning: Zoning,
    cues: PatternSet,
    cue_kinds: Vec<Cue>,
    hints: Hints,
    tables: Vec<(String, String)>,
    hash: Arc<str>,
}

impl Lexicon {
    /// Compiles a lexicon from files given as name and text. `words.toml`, `cues.toml`, `zones.toml` and
    /// `sources.toml` have their own form; every other file holds areas.
    ///
    /// # Errors
    /// Says which file is wrong, where and why.
    pub fn compile(files: &[(String, String)]) -> Result<Self, Box<LexiconError>> {
        build::compile(files, &Overlay::default())
    }

    /// Compiles a lexicon from files, with the changes that a configuration asks for.
    ///
    /// # Errors
    /// Says what is wrong, where and why, in a file or in the configuration.
    pub fn compile_with(files: &[(String, String)], overlay: &Overlay) -> Result<Self, Box<LexiconError>> {
        build::compile(files, overlay)
    }

    /// The full name of the area that was probably meant by a name that none has.
    #[must_use]
    pub fn area_like(&self, name: &str) -> Option<&str> {
        nearest(name, self.areas.iter().map(|area| &*area.name))
    }

    /// The areas, in the order of the files.
    #[must_use]
    pub fn areas(&self) -> &[Area] {
        &self.areas
    }

    /// The terms, in the order of the files.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Hash of the files that the lexicon was made from.
    #[must_use]
    pub fn hash(&self) -> &Arc<str> {
        &self.hash
    }

    /// The text of a table that a later stage compiles; empty when the lexicon has none.
    pub(crate) fn table(&self, name: &str) -> &str {
        self.tables.iter().find(|(file, _)| file == name).map_or("", |(_, text)| text)
    }

    /// The single words that lean.
    pub(crate) fn hints(&self) -> &Hints {
        &self.hints
    }

    pub(crate) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    pub(crate) fn zoning(&self) -> &Zoning {
        &self.zoning
    }

    pub(crate) fn patterns(&self) -> &PatternSet {
        &self.patterns
    }

    /// The forms that undo hits.
    pub(crate) fn unless(&self) -> &PatternSet {
        &self.unless
    }

    /// Whether a form that undoes hits of the term may stand among words of these classes.
    pub(crate) fn may_be_undone(&self, term: usize, words: &Filter) -> bool {
        self.undone[term].may_meet(words)
    }

    pub(crate) fn cues(&self) -> &PatternSet {
        &self.cues
    }

    pub(crate) fn cue(&self, payload: u32) -> Cue {
        self.cue_kinds[payload as usize]
    }
}
