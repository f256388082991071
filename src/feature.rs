//! What a posting's duties add up to, in the few numbers that decide.
//!
//! Everything is a sum over clauses, and saturates: a tenth bullet on the backlog says little that the third did
//! not, and long postings are not more of a role than short ones.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::document::{Document, Shape};
use crate::duty::{self, Duty};
use crate::giving;
use crate::leaning::Leaning;
use crate::lexicon::bearer::names_person;
use crate::lexicon::{Lexicon, Party};
use crate::token::Gap;
use crate::vocabulary::{Actor, Role, Zone};

/// Strongest weight that a role can get from one clause.
const CLAUSE_CAP: f64 = 2.5;
/// Area weight at which two thirds of its say is reached.
const AREA_SCALE: f64 = 3.0;
/// The same, for counting areas of a role.
const BREADTH_SCALE: f64 = 1.5;

/// Readable bytes of the zones that speak of the job or the employer, from which a text is not short.
const SHORT_BYTES: f64 = 2500.0;
/// The same, below which a page is a placeholder.
const PLACEHOLDER_BYTES: f64 = 100.0;
/// Readable bytes of the introduction, the duties and the requirements, from which a text is not silent on the job.
const SILENT_BYTES: f64 = 600.0;
/// Clauses that give work from which a text is not empty.
const SOME_DUTIES: f64 = 2.0;
/// The same in sentences that give work in words of no kind of work.
const SOME_SENTENCES: usize = 2;
/// What an item of a section of duties counts as given work that names no work in so many words.
const LISTED: f64 = 0.5;
/// Score for its role from which a clause counts in full; one with weaker evidence counts for less.
const FULL: f64 = 1.0;
/// Score from which a clause is strong evidence of a role.
const STRONG: f64 = 1.5;

/// Names of the features that are not an area's, in the order of their values.
pub(crate) const NAMES: &[&str] = &[
    "share/pm",
    "share/pmm",
    "share/other",
    "family",
    "count/pm",
    "count/pmm",
    "count/other",
    "count/unnamed",
    "count/shared",
    "amount/pm",
    "amount/pmm",
    "amount/other",
    "amount/shared",
    "amount/all",
    "breadth/pm",
    "breadth/pmm",
    "breadth/other",
    "breadth/shared",
    "one-job",
    "with/pm",
    "with/pmm",
    "with/delivery",
    "with/field",
    "with/others",
    "listed",
    "text",
    "intro/pm",
    "intro/pmm",
    "intro/shared",
    "intro/other",
    "section/pm",
    "section/pmm",
    "section/shared",
    "section/other",
    "strong-intro/pm",
    "strong-intro/pmm",
    "strong-intro/other",
    "strong-section/pm",
    "strong-section/pmm",
    "strong-section/other",
    "sway/pm",
    "sway/pmm",
    "sway/shared",
    "sway/other",
    "helps/pm",
    "helps/pmm",
    "not-own/pm",
    "not-own/pmm",
    "asks/pm",
    "asks/pmm",
    "asks/other",
    "empty",
    "empty/short",
    "empty/links",
    "empty/openings",
    "empty/named",
    "empty/asks",
    "empty/family",
    "empty/silent",
    "empty/told",
    "words/pm",
    "words/pmm",
    "words/neither",
    "words/insufficient",
];

/// Sums over the clauses of one posting.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// Clauses by role (owned 1, contributed a third), in the order of [`Role::ALL`].
    pub(crate) counts: [f64; 4],
    /// Work that no term names.
    pub(crate) unnamed: f64,
    /// Evidence by role, each clause capped.
    pub(crate) amounts: [f64; 4],
    /// Evidence by area, each clause counting its strongest.
    pub(crate) areas: Vec<f64>,
    /// Evidence by role in the introduction and in the sections of duties.
    pub(crate) by_zone: [[f64; 4]; 2],
    /// Clauses with strong evidence, by role, in the introduction and in the sections of duties.
    pub(crate) strong: [[f64; 4]; 2],
    /// Owned clauses, each split between the roles as its evidence is.
    pub(crate) sway: [f64; 4],
    /// Hits that the hire only contributes to, by role.
    pub(crate) helps: [f64; 4],
    /// Hits that are somebody else's, by role.
    pub(crate) not_own: [f64; 4],
    /// Hits among the requirements, by role.
    pub(crate) asks: [f64; 4],
    /// Clauses that name a party the hire works with.
    pub(crate) partners: [f64; Party::COUNT],
    /// What the words lean towards.
    pub(crate) leaning: Leaning,
    /// Clauses in a section of duties.
    pub(crate) listed: f64,
    /// Clauses that give work in so many words.
    pub(crate) given: f64,
    /// Sentences that give work which none of its words name, counted where little else is given and as far as it matters.
    pub(crate) told: usize,
    /// Hits in the zones that decide, whoever does them.
    pub(crate) named: f64,
    /// Bytes of readable text in the zones that decide.
    pub(crate) judged_bytes: usize,
    /// The same in all zones that speak of the job or the employer.
    pub(crate) told_bytes: usize,
    /// Bytes of readable text of the requirements.
    pub(crate) asked_bytes: usize,
    /// Clauses of all zones, and those with a link; not counted in a text that gives work.
    pub(crate) clauses: (f64, f64),
    /// Different titles that the text names; not counted in a text that gives work.
    pub(crate) openings: f64,
}

impl Tally {
    /// Adds the clauses up. `title` is the posting's own, by which sentences may name the hire.
    pub(crate) fn new(document: &Document, duties: &[Duty], title: Option<&str>, lexicon: &Lexicon) -> Self {
        let mut tally = Self { areas: vec![0.0; lexicon.areas().len()], ..Self::default() };
        tally.leaning = Leaning::of(document, lexicon);
        let decides = |zone: Zone| matches!(zone, Zone::Intro | Zone::Duties);
        let tells = |zone: Zone| !matches!(zone, Zone::Benefits | Zone::Legal | Zone::Process | Zone::Other);
        for clause in document.clauses().iter().filter(|clause| !clause.heading) {
            tally.judged_bytes += if decides(clause.zone) { clause.span.len() } else { 0 };
            tally.told_bytes += if tells(clause.zone) { clause.span.len() } else { 0 };
            tally.asked_bytes += if clause.zone == Zone::Requirements { clause.span.len() } else { 0 };
        }
        let mut strongest: Vec<(usize, f64)> = Vec::new();
        for duty in duties.iter().filter(|duty| duty.zone == Zone::Requirements) {
            for found in &duty.evidence {
                tally.asks[found.role as usize] += 1.0;
            }
        }
        for duty in duties.iter().filter(|duty| decides(duty.zone)) {
            for found in &duty.evidence {
                tally.named += 1.0;
                match found.actor {
                    Actor::Contributes => tally.helps[found.role as usize] += 1.0,
                    Actor::Other => tally.not_own[found.role as usize] += 1.0,
                    Actor::Owns | Actor::None => {}
                }
            }
            for (sum, named) in tally.partners.iter_mut().zip(duty.partners) {
                *sum += f64::from(u8::from(named));
            }
            strongest.clear();
            for found in duty.evidence.iter().filter(|found| found.weight > 0.0) {
                let area = lexicon.terms()[found.term].area;
                match strongest.iter_mut().find(|(known, _)| *known == area) {
                    Some((_, weight)) => *weight = weight.max(found.weight),
                    None => strongest.push((area, found.weight)),
                }
            }
            for &(area, weight) in &strongest {
                tally.areas[area] += weight;
            }
            let share = duty::factor(duty.actor);
            if share == 0.0 {
                continue;
            }
            let unnamed = duty.zone == Zone::Duties && document.clauses()[duty.clause].shape == Shape::Item;
            tally.given += if duty.given {
                share
            } else if unnamed {
                LISTED * share
            } else {
                0.0
            };
            let section = usize::from(duty.zone == Zone::Duties);
            if section == 1 {
                tally.listed += share;
            }
            let scored: f64 = duty.scores.iter().sum();
            for (role, &score) in duty.scores.iter().enumerate() {
                tally.by_zone[section][role] += score.min(CLAUSE_CAP);
                if score >= STRONG {
                    tally.strong[section][role] += share;
                }
                if duty.actor == Actor::Owns && scored > 0.0 {
                    tally.sway[role] += score / scored;
                }
            }
            match duty.role {
                None => tally.unnamed += share,
                Some(role) => {
                    tally.counts[role as usize] += share.min(duty.scores[role as usize] / FULL);
                    for (sum, score) in tally.amounts.iter_mut().zip(duty.scores) {
                        *sum += score.min(CLAUSE_CAP);
                    }
                }
            }
        }
        // Only of an empty text it matters.
        if tally.given < SOME_DUTIES {
            for clause in document.clauses().iter().filter(|clause| !clause.heading) {
                tally.clauses.0 += 1.0;
                tally.clauses.1 += f64::from(u8::from(duty::has_link(clause.span.slice(document.text()))));
            }
            tally.openings = openings(document);
            tally.told = giving::sentences(document, title, SOME_SENTENCES);
        }
        tally
    }

    /// The features in the order of [`NAMES`], then one for each area of the lexicon.
    pub(crate) fn features(&self, lexicon: &Lexicon) -> Vec<f64> {
        let [pm, pmm, shared, other] = self.amounts;
        let counts = self.counts;
        let all = self.counts.iter().sum::<f64>() + self.unnamed;
        let sum = pm + pmm + other + 1.0;
        let breadth = |role: Role| {
            let areas = lexicon.areas().iter().zip(&self.areas).filter(|(area, _)| area.role == role);
            areas.map(|(_, weight)| saturate(*weight, BREADTH_SCALE)).sum::<f64>()
        };
        let other_areas =
            lexicon.areas().iter().zip(&self.areas).filter(|(area, _)| area.role == Role::Other);
        let largest = other_areas.map(|(_, weight)| *weight).fold(0.0, f64::max);
        let mut features = vec![
            pm / sum,
            pmm / sum,
            other / sum,
            (pm + pmm) / (all + 1.0),
            counts[0] / (all + 1.0),
            counts[1] / (all + 1.0),
            counts[3] / (all + 1.0),
            self.unnamed / (all + 1.0),
            counts[2] / (all + 1.0),
            pm.ln_1p(),
            pmm.ln_1p(),
            other.ln_1p(),
            shared.ln_1p(),
            all.ln_1p(),
            breadth(Role::Pm),
            breadth(Role::Pmm),
            breadth(Role::Other),
            breadth(Role::Shared),
            largest.ln_1p(),
        ];
        features.extend(self.partners.iter().map(|count| count.ln_1p()));
        features.push(self.listed.ln_1p());
        #[expect(clippy::cast_precision_loss, reason = "texts are far shorter than 2^52 bytes")]
        features.push((self.judged_bytes as f64 / 100.0).ln_1p());
        features.extend(self.by_zone.iter().flatten().map(|amount| amount.ln_1p()));
        let [ours, theirs, others] = [Role::Pm as usize, Role::Pmm as usize, Role::Other as usize];
        features.extend(
            self.strong.iter().flat_map(|zone| [ours, theirs, others].map(|role| zone[role].ln_1p())),
        );
        let swayed: f64 = self.sway.iter().sum();
        features.extend(self.sway.iter().map(|sway| sway / (swayed + 1.0)));
        for hits in [&self.helps, &self.not_own] {
            features.extend([ours, theirs].map(|role| hits[role].ln_1p()));
        }
        features.extend([ours, theirs, others].map(|role| self.asks[role].ln_1p()));
        features.extend(self.emptiness());
        features.extend(self.leaning.0);
        features.extend(self.areas.iter().map(|weight| saturate(*weight, AREA_SCALE)));
        features
    }
}

impl Tally {
    /// How little work a text gives; then the same if it is short besides, as far as it is links, by how many other titles it
    /// names, by how much work it names all the same, as far as it is requirements, as far as these ask for work of the two
    /// roles, if hardly anything in it speaks of the job, and as far as sentences give work all the same.
    fn emptiness(&self) -> [f64; 9] {
        #[expect(clippy::cast_precision_loss, reason = "texts are far shorter than 2^52 bytes")]
        let [told, judged, asked, sentences, enough] =
            [self.told_bytes, self.judged_bytes, self.asked_bytes, self.told, SOME_SENTENCES]
                .map(|count| count as f64);
        let lack = |bytes: f64, enough: f64| (1.0 - bytes / enough).max(0.0);
        let empty = (1.0 - self.given / SOME_DUTIES).max(0.0);
        let (clauses, links) = self.clauses;
        let family = self.asks[Role::Pm as usize] + self.asks[Role::Pmm as usize];
        let parts = [
            1.0,
            lack(told, SHORT_BYTES) + lack(told, PLACEHOLDER_BYTES),
            links / clauses.max(1.0),
            (self.openings - 1.0).max(0.0).ln_1p(),
            self.named.ln_1p(),
            asked / told.max(1.0),
            family / (self.asks.iter().sum::<f64>() + 1.0),
            lack(judged + asked, SILENT_BYTES),
            sentences / enough,
        ];
        parts.map(|part| empty * part)
    }
}

/// The names of all features, in the order of [`Tally::features`].
pub(crate) fn names(lexicon: &Lexicon) -> Vec<Arc<str>> {
    let areas = lexicon.areas().iter().map(|area| Arc::from(format!("area/{}", area.name)));
    NAMES.iter().map(|&name| Arc::from(name)).chain(areas).collect()
}

/// How many different titles a text names, such as "Staff Engineer" and "Product Designers".
fn openings(document: &Document) -> f64 {
    let text = document.text();
    let mut titles = BTreeSet::new();
    for index in 0..document.clauses().len() {
        let words = document.run(index).tokens.windows(2);
        titles.extend(words.filter_map(|pair| {
            let [first, last] = [&pair[0], &pair[1]].map(|word| word.span.slice(text));
            let capitals = [first, last].iter().all(|word| word.starts_with(char::is_uppercase));
            (capitals && pair[1].gap == Gap::Soft && names_person(last))
                .then(|| (first.to_lowercase(), last.trim_end_matches('s').to_lowercase()))
        }));
    }
    f64::from(u32::try_from(titles.len()).unwrap_or(u32::MAX))
}

/// From 0 towards 1.
fn saturate(weight: f64, scale: f64) -> f64 {
    // Most areas have no weight, and an exponential is dear.
    if weight == 0.0 { 0.0 } else { 1.0 - (-weight / scale).exp() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_name() {
        let lexicon = Lexicon::built_in();
        let tally = Tally { areas: vec![0.0; lexicon.areas().len()], ..Tally::default() };
        assert_eq!(tally.features(&lexicon).len(), names(&lexicon).len());
    }
}
