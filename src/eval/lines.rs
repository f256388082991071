//! Labelled lines of postings, and what the program found in the clauses that each line covers.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Deserialize;

use super::fold::{Folded, letters};
use crate::analyzer::Analyzer;
use crate::lexicon::Lexicon;
use crate::posting::Posting;
use crate::trace::ClauseTrace;
use crate::vocabulary::{Actor, Role, Zone};

/// One line of a posting, as a careful reader labelled it.
#[derive(Clone, Debug, Deserialize)]
pub struct LineLabel {
    /// The posting's id.
    pub id: String,
    /// The words of the line, as in the posting.
    pub line: String,
    /// What the stretch around it is for, as the reader called it.
    #[serde(default)]
    pub zone: Option<String>,
    /// Whose kind of work it is.
    pub role: LineRole,
    /// Who does it.
    #[serde(deserialize_with = "class")]
    pub actor: Class,
}

names! {
    /// Whose kind of work a line is.
    LineRole {
        /// Product management.
        Pm = "pm",
        /// Product marketing.
        Pmm = "pmm",
        /// Work of both.
        Shared = "shared",
        /// Another job's.
        Other = "other",
        /// No work at all, or none that a term names.
        None = "none",
    }
}

names! {
    /// Who does the work of a line, as far as the comparison tells apart.
    Class {
        /// The hire leads or does it.
        Owns = "owns",
        /// The hire supports or partners.
        Contributes = "contributes",
        /// Somebody else, or nobody: no duty of the hire.
        NotTheHire = "not-the-hire",
    }
}

/// What the program found in a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The strongest actor of the clauses covered.
    pub class: Class,
    /// Whose work the clauses of that actor are, else any of them.
    pub role: LineRole,
    /// Whose work the owned clauses are; none when none is owned or named.
    pub owned: Option<Role>,
    /// The zone of the clause that decided.
    pub zone: Zone,
    /// Whether any term of the role stands in it, by [`Role`].
    pub evidence: [bool; 4],
    /// The terms found, with their actors, for people.
    pub terms: Vec<String>,
}

impl LineRole {
    /// The role; none where there is no work.
    #[must_use]
    pub fn role(self) -> Option<Role> {
        match self {
            Self::Pm => Some(Role::Pm),
            Self::Pmm => Some(Role::Pmm),
            Self::Shared => Some(Role::Shared),
            Self::Other => Some(Role::Other),
            Self::None => None,
        }
    }

    /// The role, or none.
    #[must_use]
    pub fn of(role: Option<Role>) -> Self {
        match role {
            Some(Role::Pm) => Self::Pm,
            Some(Role::Pmm) => Self::Pmm,
            Some(Role::Shared) => Self::Shared,
            Some(Role::Other) => Self::Other,
            None => Self::None,
        }
    }
}

impl Class {
    /// The class of an actor; a clause without one is no duty.
    #[must_use]
    pub fn of(actor: Option<Actor>) -> Self {
        match actor {
            Some(Actor::Owns) => Self::Owns,
            Some(Actor::Contributes) => Self::Contributes,
            Some(Actor::Other | Actor::None) | None => Self::NotTheHire,
        }
    }

    /// The class that labels name so: `owns`, `contributes`, and any other known name is not the hire's.
    #[must_use]
    pub fn from_label(name: &str) -> Option<Self> {
        match name {
            "owns" => Some(Self::Owns),
            "contributes" => Some(Self::Contributes),
            "other" | "none" | "other_actor" | "not_a_duty" | "not-the-hire" => Some(Self::NotTheHire),
            _ => None,
        }
    }
}

fn class<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Class, D::Error> {
    let name = String::deserialize(deserializer)?;
    Class::from_label(&name).ok_or_else(|| {
        serde::de::Error::unknown_variant(
            &name,
            &["owns", "contributes", "other_actor", "not_a_duty", "other", "none"],
        )
    })
}

impl LineLabel {
    /// The line's letters: two labels with the same letters are the same line.
    #[must_use]
    pub fn key(&self) -> String {
        letters(&self.line)
    }

    /// Whether the line only says that somebody with a certain title is sought.
    ///
    /// Such a line repeats the title and assigns nothing, so that neither label nor find means much.
    #[must_use]
    pub fn only_names_hire(&self) -> bool {
        let words: Vec<String> = self
            .line
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
            .collect();
        let sought = words.iter().take(12).position(|word| {
            matches!(word.as_str(), "looking" | "seeking" | "seeks" | "hiring" | "recruiting" | "searching")
        });
        let Some(sought) = sought else { return false };
        let rest = &words[sought..];
        let assigns = rest.windows(2).any(|pair| match (pair[0].as_str(), pair[1].as_str()) {
            ("to", next) => !matches!(next, "join" | "our" | "the" | "be" | "work"),
            ("will" | "responsible" | "helping" | "leading" | "owning" | "who'll", _) => true,
            _ => false,
        });
        words.len() <= 30 && !assigns
    }
}

/// How one labelled line ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ended {
    /// Found in its posting.
    Compared(Found),
    /// It only names the hire.
    Naming,
    /// Labelled before.
    Repeated,
    /// Not in its posting.
    Unmatched,
    /// Its posting is not there.
    NoPosting,
}

/// The strength and the role of every term, by name.
#[derive(Debug)]
pub struct Strengths(HashMap<Arc<str>, (Role, f64)>);

impl Strengths {
    /// Those of a lexicon.
    #[must_use]
    pub fn of(lexicon: &Lexicon) -> Self {
        let term =
            |term: &crate::lexicon::Term| (term.name.clone(), (lexicon.areas()[term.area].role, term.weight));
        Self(lexicon.terms().iter().map(term).collect())
    }
}

/// The clauses of a posting, ready to be compared with labelled lines.
#[derive(Debug)]
pub struct Judged<'a> {
    clauses: &'a [ClauseTrace],
    folded: Folded,
    strengths: &'a Strengths,
}

impl<'a> Judged<'a> {
    /// Takes the clauses of one posting.
    #[must_use]
    pub fn new(clauses: &'a [ClauseTrace], strengths: &'a Strengths) -> Self {
        Self { clauses, folded: Folded::new(clauses), strengths }
    }

    /// What was found in the clauses that `line` covers; none when the posting does not hold it.
    #[must_use]
    pub fn find(&self, line: &str) -> Option<Found> {
        let covered = &self.clauses[self.folded.clauses(&letters(line))];
        let class = |clause: &ClauseTrace| Class::of(clause.actor);
        let best = covered.iter().map(class).min()?;
        let lead: Vec<&ClauseTrace> = covered.iter().filter(|clause| class(clause) == best).collect();
        let role = self.role(&lead).or_else(|| self.role(&covered.iter().collect::<Vec<_>>()));
        let mut evidence = [false; 4];
        let mut terms = Vec::new();
        for hit in covered.iter().flat_map(|clause| &clause.hits) {
            if let Some((role, _)) = self.strengths.0.get(&hit.term) {
                evidence[*role as usize] = true;
            }
            terms.push(format!("{} ({})", hit.term, hit.actor));
        }
        Some(Found {
            class: best,
            role: LineRole::of(role),
            owned: (best == Class::Owns).then(|| named(&lead)).flatten(),
            zone: lead[0].zone,
            evidence,
            terms,
        })
    }

    /// The role of the heaviest clause, or of the strongest term where none has weight.
    fn role(&self, clauses: &[&ClauseTrace]) -> Option<Role> {
        named(clauses).or_else(|| {
            let hits = clauses.iter().flat_map(|clause| &clause.hits);
            let known = hits.filter_map(|hit| self.strengths.0.get(&hit.term));
            known.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(role, _)| *role)
        })
    }
}

/// The role that the heaviest clause counts for; a clause whose evidence is too faint for its posting counts for none.
fn named(clauses: &[&ClauseTrace]) -> Option<Role> {
    let heaviest = |clause: &ClauseTrace| clause.scores.iter().copied().fold(0.0, f64::max);
    let weighed = clauses.iter().filter(|clause| clause.role.is_some());
    weighed.max_by(|a, b| heaviest(a).total_cmp(&heaviest(b))).and_then(|clause| clause.role)
}

/// Compares labelled lines with the postings of the same ids, many postings at once. The order is kept.
#[must_use]
pub fn compare(
    analyzer: &Analyzer,
    labels: Vec<LineLabel>,
    postings: &BTreeMap<String, Posting>,
) -> Vec<(LineLabel, Ended)> {
    let strengths = Strengths::of(analyzer.lexicon());
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, label) in labels.iter().enumerate() {
        groups.entry(&label.id).or_default().push(index);
    }
    let groups: Vec<(&str, Vec<usize>)> = groups.into_iter().collect();
    let mut ended: Vec<(usize, Ended)> = groups
        .par_iter()
        .flat_map_iter(|(id, indices)| {
            let posting = postings.get(*id);
            let clauses = posting.map(|posting| analyzer.trace(posting).clauses).unwrap_or_default();
            let judged = Judged::new(&clauses, &strengths);
            let mut seen = HashSet::new();
            let end = |label: &LineLabel| match posting {
                None => Ended::NoPosting,
                Some(_) if !seen.insert(label.key()) => Ended::Repeated,
                Some(_) if label.only_names_hire() => Ended::Naming,
                Some(_) => judged.find(&label.line).map_or(Ended::Unmatched, Ended::Compared),
            };
            let ends: Vec<Ended> = indices.iter().map(|&index| &labels[index]).map(end).collect();
            indices.iter().copied().zip(ends).collect::<Vec<_>>()
        })
        .collect();
    ended.sort_by_key(|(index, _)| *index);
    labels.into_iter().zip(ended).map(|(label, (_, ended))| (label, ended)).collect()
}
