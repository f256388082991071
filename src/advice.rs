//! What a person is told of a posting that is left to review: what is uncertain, and what to write to settle it.
//!
//! Both are built from the judgement alone, so that every report says the same of a posting.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::counted::takes;
use crate::verdict::{Evidence, Verdict};
use crate::vocabulary::{Actor, Claim, Described, Doubt, Role, Ruling};

/// Most duties that are quoted.
const QUOTED: usize = 3;

/// Distance at which the second description is no rival any more: the first is only not likely enough.
const FAR: f64 = 0.3;

/// How to list duties so that they are found.
const LIST: &str =
    "list what the hire will do, one duty a line, under a heading such as \"What you will do\"";

/// How to name duties so that they tell the role.
const SETTLES_PM: &str = "name the decisions about the product that the hire owns, one duty a line";
const SETTLES_PMM: &str = "name the positioning, launches and enablement that the hire owns, one duty a line";
/// How to write duties so that they are counted.
const EACH_A_LINE: &str = "give each duty a line of its own that begins with what the hire does";

/// What is uncertain about a posting, and what settles it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Advice {
    /// What is uncertain, in one sentence without a full stop.
    pub why: String,
    /// What to write to settle it, likewise.
    pub help: String,
}

/// The advice for a posting that a person must look at; none for any other.
#[must_use]
pub fn advice(verdict: &Verdict) -> Option<Advice> {
    if verdict.verdict != Ruling::Review {
        return None;
    }
    let (why, help) = match verdict.doubt {
        _ if verdict.described == Described::Insufficient => {
            ("the text tells too little of the work".to_owned(), LIST.to_owned())
        }
        Some(Doubt::Duties) => shown_too_little(verdict),
        Some(Doubt::Truncated) => (
            "the source cut the text short".to_owned(),
            "read the whole posting: what is missing may settle it".to_owned(),
        ),
        Some(Doubt::Probability | Doubt::Margin | Doubt::Insufficient) | None => between_two(verdict),
    };
    Some(Advice { why, help })
}

/// The whole text suggests what its duties do not show.
fn shown_too_little(verdict: &Verdict) -> (String, String) {
    let ruling = Ruling::of(verdict.claimed, verdict.described);
    let duties = verdict.duties;
    let why = format!(
        "the whole text reads as {}, but {} takes {}; counted are {} of product management, {} of product marketing and \
         {} of other kinds",
        described(verdict.described),
        ruling.name(),
        takes(ruling),
        duties.pm,
        duties.pmm,
        duties.shared + duties.other
    );
    let help = match (ruling, verdict.described) {
        (Ruling::Hidden, Described::Pmm) => format!("if it is a product role, {SETTLES_PMM}"),
        (Ruling::Hidden, _) => format!("if it is a product role, {SETTLES_PM}"),
        _ => EACH_A_LINE.to_owned(),
    };
    (why, help)
}

/// Two descriptions stand too near, or none is likely enough.
fn between_two(verdict: &Verdict) -> (String, String) {
    let mut ranked = verdict.probabilities.pairs();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    let [(first, most), (second, next), ..] = ranked;
    let rival = format!("{} ({:.0}%)", described(second), next * 100.0);
    let rival = if most < 0.5 || most - next < FAR {
        format!("or as {rival}")
    } else {
        format!("then as {rival}: {} takes more", Ruling::of(verdict.claimed, verdict.described))
    };
    let why = format!("the text reads as {} ({:.0}%) {rival}", described(first), most * 100.0);
    let among = |which: Described| [first, second].contains(&which);
    let help = if among(Described::Insufficient) {
        LIST.to_owned()
    } else if among(Described::Neither) {
        let role = if among(Described::Pmm) { Role::Pmm } else { Role::Pm };
        let settles = match role {
            Role::Pmm => SETTLES_PMM,
            _ => SETTLES_PM,
        };
        match (quoted(verdict, Role::Other), verdict.claimed) {
            (_, Claim::Other | Claim::None) => format!("if it is a product role, {settles}"),
            (None, _) => settles.to_owned(),
            (Some(words), _) => format!("{settles}; another job's are {words}"),
        }
    } else {
        // The role with less to show decides.
        let less = if verdict.probabilities.pm < verdict.probabilities.pmm { Role::Pm } else { Role::Pmm };
        let (name, colleague) = match less {
            Role::Pm => ("product management", "a product manager"),
            _ => ("product marketing", "a product marketer"),
        };
        match quoted(verdict, less) {
            Some(words) => format!(
                "say whose the {name} is ({words}): if it is the hire's, list more of it; if not, word it as help \
                 (\"work with {colleague} on …\")"
            ),
            None => EACH_A_LINE.to_owned(),
        }
    };
    (why, help)
}

/// The heaviest words of a role's duties, each duty once, in reading order: “Own the roadmap”, “write stories”.
fn quoted(verdict: &Verdict, role: Role) -> Option<String> {
    let mut found: Vec<&Evidence> = Vec::new();
    let owned = |piece: &&Evidence| piece.role == role && piece.actor == Actor::Owns && piece.weight > 0.0;
    for piece in verdict.evidence.iter().filter(owned) {
        match found.iter_mut().find(|known| known.clause == piece.clause) {
            Some(known) if known.weight < piece.weight => *known = piece,
            Some(_) => {}
            None => found.push(piece),
        }
    }
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    found.truncate(QUOTED);
    found.sort_by_key(|piece| (piece.span.field.clone(), piece.span.start));
    let words: Vec<String> = found.iter().map(|piece| format!("“{}”", piece.text)).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

fn described(described: Described) -> &'static str {
    match described {
        Described::Pm => "product management",
        Described::Pmm => "product marketing",
        Described::Mixed => "a mix of both roles",
        Described::Neither => "another job",
        Described::Insufficient => "too little to tell",
    }
}
