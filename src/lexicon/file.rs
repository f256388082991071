//! The lexicon files as written: one struct a file, unknown keys refused.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::Side;
use crate::vocabulary::{Role, Zone};

/// A file of areas: `pm.toml`, `pmm.toml`, `shared.toml`, `neighbours.toml`, or one of a user's own.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AreasFile {
    /// Whose kind of work the areas are.
    pub role: Role,
    /// The areas.
    #[serde(default)]
    pub area: Vec<AreaFile>,
}

/// A group of duties of one role or neighbouring job.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AreaFile {
    /// Kebab-case name, stable for ever; printed after the role: `pmm/positioning`.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// One sentence on what the duties are.
    pub summary: String,
    /// Keys into `sources.toml`.
    #[schemars(with = "Vec<String>")]
    pub sources: Vec<Spanned<String>>,
    /// The neighbouring job that the area belongs to, where the role is `other`.
    #[serde(default)]
    pub family: Option<String>,
    /// Example lines that some term of the area must find.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub hits: Vec<Spanned<String>>,
    /// Example lines that no term of the area may find.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub misses: Vec<Spanned<String>>,
    /// The terms.
    pub term: Vec<TermFile>,
}

/// One entry of an area.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TermFile {
    /// Kebab-case name, unique in its area.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// Forms that count as the term, in the form syntax.
    #[schemars(with = "Vec<String>")]
    pub forms: Vec<Spanned<String>>,
    /// How surely an owned duty with these words is the area's: 0.5 a hint, 1 usual, 2 strong, 3 decisive.
    #[serde(default = "one")]
    pub weight: f64,
    /// Forms that undo a hit that they overlap.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub unless: Vec<Spanned<String>>,
    /// Example lines that the term must find.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub hits: Vec<Spanned<String>>,
    /// Example lines that the term may not find.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub misses: Vec<Spanned<String>>,
}

fn one() -> f64 {
    1.0
}

/// `words.toml`: how words vary.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WordsFile {
    /// Words that only take a plural.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Words that stand as they are: prepositions, participles.
    #[serde(default)]
    pub fixed: Vec<String>,
    /// Irregular forms under the base word.
    #[serde(default)]
    pub irregular: BTreeMap<String, Vec<String>>,
    /// Spelling pairs, British first.
    #[serde(default)]
    pub spellings: BTreeMap<String, String>,
}

/// `zones.toml`: headings, and what lines say of their own zone.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ZonesFile {
    /// Headings by zone.
    #[serde(default)]
    pub heading: Vec<HeadingFile>,
    /// Cues inside lines.
    #[serde(default)]
    pub line: Vec<LineFile>,
}

/// Headings that open a zone.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeadingFile {
    /// The zone that the heading opens.
    pub zone: Zone,
    /// How surely, in units of log-odds.
    #[serde(default = "one")]
    pub weight: f64,
    /// Whether what stands below are figures by which the hire is measured.
    #[serde(default)]
    pub measures: bool,
    /// Whose part the heading tells; it opens its zone only beside the part of another side, and alone nothing.
    #[serde(default)]
    pub side: Option<Side>,
    /// Forms found in the heading.
    #[schemars(with = "Vec<String>")]
    pub forms: Vec<Spanned<String>>,
}

/// Words of a line that speak for a zone.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineFile {
    /// The zone.
    pub zone: Zone,
    /// How surely, in units of log-odds.
    pub weight: f64,
    /// Whether the words must open the line.
    #[serde(default)]
    pub start: bool,
    /// Forms found in the line.
    #[schemars(with = "Vec<String>")]
    pub forms: Vec<Spanned<String>>,
}

/// `cues.toml`: word classes, and words that tell who does a duty.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CuesFile {
    /// Word classes that forms use as `{name}`.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub class: BTreeMap<String, Vec<Spanned<String>>>,
    /// Cues by kind.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub cue: BTreeMap<String, Vec<Spanned<String>>>,
    /// People and teams whom a duty may be shared with, by the role whose work they own.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub party: BTreeMap<String, Vec<Spanned<String>>>,
}

/// `hints.toml`: words, and what each leans towards.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HintsFile {
    /// What each word leans towards, by its ways of writing, parted by spaces and in lower case. Nothing is inflected.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Lean>")]
    pub lean: BTreeMap<Spanned<String>, Lean>,
}

/// What a word leans towards, in units of log-odds before they are averaged over a posting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lean {
    /// Product management.
    #[serde(default)]
    pub pm: f32,
    /// Product marketing.
    #[serde(default)]
    pub pmm: f32,
    /// Another job.
    #[serde(default)]
    pub neither: f32,
    /// Too little to tell.
    #[serde(default)]
    pub insufficient: f32,
}

/// An entry of `sources.toml`: where an area comes from.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// Title of the source.
    pub title: String,
    /// Who published it.
    #[serde(default)]
    pub publisher: Option<String>,
    /// Kind of source: article, guide, handbook, survey, register.
    pub kind: String,
}
