//! The judgement of one posting: scores, ruling, flags, and the evidence that carries them.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::declared::{Declared, Declarer};
use crate::rule::Code;
use crate::sketch::Sketch;
use crate::vocabulary::{Actor, Claim, Described, Doubt, Role, Ruling, Severity, Zone};

/// Probability of each description; they sum to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Probabilities {
    /// The duties are product management.
    pub pm: f64,
    /// The duties are product marketing.
    pub pmm: f64,
    /// Each role holds a substantial share.
    pub mixed: f64,
    /// The duties are another job's.
    pub neither: f64,
    /// The text does not show the duties.
    pub insufficient: f64,
}

impl Probabilities {
    /// Each description with its probability, in the order of [`Described::ALL`].
    #[must_use]
    pub fn pairs(&self) -> [(Described, f64); 5] {
        [
            (Described::Pm, self.pm),
            (Described::Pmm, self.pmm),
            (Described::Mixed, self.mixed),
            (Described::Neither, self.neither),
            (Described::Insufficient, self.insufficient),
        ]
    }
}

/// Owned duties of the two roles, split between them; the two sum to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Shares {
    /// Share of product management.
    pub pm: f64,
    /// Share of product marketing.
    pub pmm: f64,
}

/// How many clauses the hire owns, by whose kind of work they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Duties {
    /// Product management.
    pub pm: u32,
    /// Product marketing.
    pub pmm: u32,
    /// Work that both roles do.
    pub shared: u32,
    /// Another job's work, and owned work that no term names.
    pub other: u32,
}

/// What one area of a lexicon adds up to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AreaScore {
    /// Full name, such as `pmm/positioning`.
    pub area: Arc<str>,
    /// How many pieces of evidence it has.
    pub hits: u32,
    /// Sum of their weights.
    pub weight: f64,
}

/// Where a piece of evidence stands in the posting as written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// The source field, when the body is spread over several.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub field: Option<Arc<str>>,
    /// First byte in the body after transport decoding.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// 1-based line.
    pub line: usize,
    /// 1-based column in Unicode scalar values.
    pub column: usize,
}

/// A term found in a clause, with who does it and what it weighs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Full name of the term: role or neighbour, area, term.
    pub term: Arc<str>,
    /// Whose kind of work it is.
    pub role: Role,
    /// The words found.
    pub text: String,
    /// The clause that they stand in.
    pub clause: String,
    /// What the stretch of the posting is for.
    pub zone: Zone,
    /// Who does the duty.
    pub actor: Actor,
    /// The words that told who does it; null when the place alone did.
    pub cue: Option<String>,
    /// What it adds to its area: the term's weight times the actor's factor, and three tenths of that where it only tells
    /// of another role's object; 0 where it does not count.
    pub weight: f64,
    /// Where it stands.
    pub span: Place,
    /// What its clause counts as; left out where the words weigh nothing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duty: Option<Counted>,
}

/// What a clause counts as, once the whole posting is known: by it `duties` are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counted {
    /// Whose kind of work it is; null when that is too faint to say.
    pub role: Option<Role>,
    /// Who does it.
    pub actor: Actor,
}

/// A rule that the posting breaks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Flag {
    /// Stable code.
    pub code: Code,
    /// Stable name.
    pub rule: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, from the evidence.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Indices into the evidence list; empty when evidence is left out.
    pub evidence: Vec<usize>,
}

/// Facts about the text that was judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TextFacts {
    /// Length of the body in bytes.
    pub bytes: usize,
    /// Bytes of readable text in the zones that decide: introduction and duties.
    pub judged_bytes: usize,
    /// Whether the source cut the text short.
    pub truncated: bool,
    /// Hash of the body, for finding copies: 64-bit XXH3 in hexadecimal.
    pub hash: String,
    /// By it later postings with nearly the same text are recognised; left out with `--dedupe off`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sketch: Option<Sketch>,
    /// The character set that the source was taken to be in, by its WHATWG name; only where that is a guess.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub charset: Option<Arc<str>>,
}

/// The judgement of one posting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// What the title claims, or the role that was declared for the posting.
    pub claimed: Claim,
    /// Who declared the role; left out where the title alone claims it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub declared_by: Option<Declarer>,
    /// What the duties describe.
    pub described: Described,
    /// What the two say together.
    pub verdict: Ruling,
    /// Why a person must look; left out where the verdict is another than `review`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub doubt: Option<Doubt>,
    /// Probability of `described`.
    pub confidence: f64,
    /// Probability of the best description less that of the second.
    pub margin: f64,
    /// The neighbouring job that a `neither` looks like.
    pub nearest: Option<Arc<str>>,
    /// Probability of each description.
    pub probabilities: Probabilities,
    /// Owned work of the two roles; null when there is none.
    pub shares: Option<Shares>,
    /// Owned clauses by kind of work.
    pub duties: Duties,
    /// Areas with evidence, heaviest first.
    pub areas: Vec<AreaScore>,
    /// Rules broken, by code.
    pub flags: Vec<Flag>,
    /// Evidence in reading order.
    pub evidence: Vec<Evidence>,
    /// Facts about the text.
    pub text: TextFacts,
    /// Hash of the lexicon that judged.
    pub lexicon: Arc<str>,
}

impl Verdict {
    /// The role that was declared for the posting, when the title alone does not claim it.
    #[must_use]
    pub fn declared(&self) -> Option<Declared> {
        self.declared_by.map(|by| Declared { claim: self.claimed, by })
    }
}
