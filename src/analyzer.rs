//! Judges postings: the one place where the stages meet.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::context;
use crate::counted::{count, is_shown, shares};
use crate::declared::Declared;
use crate::document::{Clause, Document, Shape};
use crate::duty::{self, Duty, Weighed};
use crate::evidence::{self, Listed};
use crate::feature::{self, Tally};
use crate::figure::rounded;
use crate::finding::{Findings, OwnedArea};
use crate::language;
use crate::letters;
use crate::lexicon::{Lexicon, LexiconError};
use crate::outcome::{Judged, Outcome, SkipReason, Skipped};
use crate::posting::Posting;
use crate::score::{Score, ScoreFile};
use crate::settings::Settings;
use crate::sketch::Sketch;
use crate::title::Titles;
use crate::trace::{self, Trace};
use crate::verdict::{AreaScore, Probabilities, TextFacts, Verdict};
use crate::vocabulary::{Actor, Claim, Described, Doubt, Role, Ruling, Zone};

/// Judges postings with one lexicon and one set of settings; share it between threads.
///
/// A clone shares what was compiled.
#[derive(Clone, Debug)]
pub struct Analyzer {
    lexicon: Arc<Lexicon>,
    titles: Arc<Titles>,
    score: Arc<Score>,
    settings: Settings,
    /// Whether evidence is listed for postings out of scope too.
    thorough: bool,
}

impl Analyzer {
    /// An analyzer with the built-in lexicon.
    ///
    /// # Panics
    /// Never: a test builds it.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self::assembled(Lexicon::built_in(), Titles::built_in(), settings)
            .expect("the built-in score is read, as a test shows")
    }

    /// An analyzer with a lexicon of one's own.
    ///
    /// # Errors
    /// When its `score.toml` or `titles.toml` is broken.
    pub fn with_lexicon(lexicon: Lexicon, settings: Settings) -> Result<Self, Box<LexiconError>> {
        let titles = Titles::parse(lexicon.table("titles.toml"))?;
        Self::assembled(lexicon, titles, settings)
    }

    fn assembled(lexicon: Lexicon, titles: Titles, settings: Settings) -> Result<Self, Box<LexiconError>> {
        let file: ScoreFile = crate::lexicon::build::parse("score.toml", lexicon.table("score.toml"))?;
        let score = Arc::new(Score::new(&file, &lexicon));
        Ok(Self { lexicon: Arc::new(lexicon), titles: Arc::new(titles), score, settings, thorough: true })
    }

    /// The same lexicon under other settings; costs next to nothing.
    #[must_use]
    pub fn under(&self, settings: Settings) -> Self {
        Self { settings, ..self.clone() }
    }

    /// Leaves the evidence of postings out of scope unlisted: most of a job board is, and reports that write the
    /// evidence of flagged postings have no use for it. The judgement stays the same.
    #[must_use]
    pub fn sparing_evidence(self) -> Self {
        Self { thorough: false, ..self }
    }

    /// The lexicon in use.
    #[must_use]
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The settings in use.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The stages of one posting laid open.
    #[must_use]
    pub fn trace(&self, posting: &Posting) -> Trace {
        let (document, mut duties) = self.weigh(posting);
        let tally = Tally::new(&document, &duties, posting.title.as_deref(), &self.lexicon);
        context::settle(&mut duties, &self.score.probabilities(&tally, &self.lexicon));
        Trace {
            title: self.titles.claim(posting.title.as_deref().unwrap_or("")),
            words: trace::words(posting, &document, &self.lexicon),
            clauses: trace::clauses(posting, &document, &duties, &self.lexicon),
            sum: self.score.sum(&tally, &self.lexicon),
        }
    }

    /// The features of one posting by name: what the score is made of.
    #[must_use]
    pub fn features(&self, posting: &Posting) -> Vec<(Arc<str>, f64)> {
        let (document, duties) = self.weigh(posting);
        let values =
            Tally::new(&document, &duties, posting.title.as_deref(), &self.lexicon).features(&self.lexicon);
        feature::names(&self.lexicon).into_iter().zip(values).collect()
    }

    /// The names of all features: the rows that `score.toml` may hold.
    #[must_use]
    pub fn feature_names(&self) -> Vec<Arc<str>> {
        feature::names(&self.lexicon)
    }

    /// The score in force.
    pub(crate) fn score(&self) -> &Score {
        &self.score
    }

    /// The judge of titles in force.
    pub(crate) fn titles(&self) -> &Titles {
        &self.titles
    }

    /// What the duties of one posting add up to.
    pub(crate) fn tally(&self, posting: &Posting) -> Tally {
        let (document, duties) = self.weigh(posting);
        Tally::new(&document, &duties, posting.title.as_deref(), &self.lexicon)
    }

    fn weigh(&self, posting: &Posting) -> (Document, Vec<Duty>) {
        let document = Document::read(posting, &self.lexicon);
        let duties = duty::weigh(&document, posting, &self.lexicon, duty::Scope::All);
        (document, duties)
    }

    /// Judges one posting. Pure: the same posting gives the same verdict on any thread.
    #[must_use]
    pub fn analyze(&self, posting: &Posting) -> Verdict {
        self.analyze_as(posting, None)
    }

    /// Judges one posting by the role that was declared for it, whatever its title calls.
    #[must_use]
    pub fn analyze_as(&self, posting: &Posting, declared: Option<Declared>) -> Verdict {
        let document = Document::read(posting, &self.lexicon);
        let weigh = |scope: duty::Scope| duty::weigh(&document, posting, &self.lexicon, scope);
        let mut duties = weigh(if self.thorough { duty::Scope::All } else { duty::Scope::Deciding });
        let tally = Tally::new(&document, &duties, posting.title.as_deref(), &self.lexicon);
        let probabilities = self.score.probabilities(&tally, &self.lexicon);
        context::settle(&mut duties, &probabilities);
        let mut ranked = probabilities.pairs();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        let (described, confidence) = ranked[0];
        let margin = confidence - ranked[1].1;
        let title = self.titles.claim(posting.title.as_deref().unwrap_or(""));
        let claimed = declared.map_or(title.claim, |declared| declared.claim);
        let counted = count(&duties);
        let ruling = Ruling::of(claimed, described);
        let doubt = self.doubt(ruling, confidence, margin, posting.truncated, || {
            is_shown(ruling, claimed, described, &duties)
        });
        let ruling = if doubt.is_some() { Ruling::Review } else { ruling };
        let nearest = (described == Described::Neither).then(|| self.nearest(&tally)).flatten();
        // Nothing is said of a posting out of scope, so no flag cites its evidence.
        let idle = ruling == Ruling::OutOfScope;
        let Listed { evidence, measured } = if idle && !self.thorough {
            Listed::default()
        } else {
            if !self.thorough {
                duties.extend(weigh(duty::Scope::Idle));
                duties.sort_by_key(|duty| duty.clause);
            }
            evidence::list(posting, &document, &duties, &self.lexicon)
        };
        let owned_areas = if idle { Vec::new() } else { self.owned_areas(&duties) };
        let written = settled(&probabilities);
        let (mut best, mut second) = (0.0_f64, 0.0_f64);
        for (which, probability) in written.pairs() {
            let of = if which == described { &mut best } else { &mut second };
            *of = of.max(probability);
        }
        let findings = Findings {
            settings: &self.settings,
            titles: &self.titles,
            title: posting.title.as_deref(),
            claimed,
            called: title.claim,
            declared,
            trap: title.trap.as_deref(),
            described,
            ruling,
            nearest: nearest.as_deref(),
            duties: counted,
            areas: &owned_areas,
            evidence: &evidence,
            measured: &measured,
            listed: lists_duties(&document, posting),
        };
        Verdict {
            claimed,
            declared_by: declared.map(|declared| declared.by),
            described,
            verdict: ruling,
            doubt,
            confidence: best,
            margin: rounded(best - second),
            flags: findings.flags(),
            nearest,
            probabilities: written,
            shares: shares(counted),
            duties: counted,
            areas: self.areas(&duties),
            evidence,
            text: TextFacts {
                bytes: posting.bytes(),
                judged_bytes: tally.judged_bytes,
                truncated: posting.truncated,
                hash: format!("{:016x}", posting.text_hash()),
                sketch: Some(Sketch::of_document(&document)),
                charset: posting.charset.map(Arc::from),
            },
            lexicon: self.lexicon.hash().clone(),
        }
    }

    /// Why a person must look: too low a probability or margin, duties that do not show the ruling, or a text that the
    /// source cut short.
    fn doubt(
        &self,
        ruling: Ruling,
        confidence: f64,
        margin: f64,
        truncated: bool,
        is_shown: impl Fn() -> bool,
    ) -> Option<Doubt> {
        let settings = &self.settings;
        match ruling {
            Ruling::Review => Some(Doubt::Insufficient),
            _ if confidence < settings.review_probability => Some(Doubt::Probability),
            _ if margin < settings.review_margin => Some(Doubt::Margin),
            _ if !is_shown() => Some(Doubt::Duties),
            _ if confidence < settings.needed(ruling) => Some(Doubt::Probability),
            Ruling::Mislabelled if truncated => Some(Doubt::Truncated),
            _ => None,
        }
    }

    /// The neighbouring job with most evidence.
    fn nearest(&self, tally: &Tally) -> Option<Arc<str>> {
        let mut families: BTreeMap<&Arc<str>, f64> = BTreeMap::new();
        for (area, weight) in self.lexicon.areas().iter().zip(&tally.areas) {
            if let Some(family) = area.family.as_ref().filter(|_| *weight > 0.0) {
                *families.entry(family).or_default() += weight;
            }
        }
        // Of equals the first in the alphabet, so that the answer does not depend on the order of the files.
        families.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(family, _)| family.clone())
    }

    /// Areas with evidence, heaviest first.
    fn areas(&self, duties: &[Duty]) -> Vec<AreaScore> {
        let mut sums: BTreeMap<usize, (u32, f64)> = BTreeMap::new();
        for found in duties.iter().flat_map(|duty| &duty.evidence).filter(|found| found.weight > 0.0) {
            let sum = sums.entry(self.lexicon.terms()[found.term].area).or_default();
            sum.0 += 1;
            sum.1 += found.weight;
        }
        let name = |index: usize| self.lexicon.areas()[index].name.clone();
        let mut areas: Vec<AreaScore> = sums
            .into_iter()
            .map(|(index, (hits, weight))| AreaScore { area: name(index), hits, weight: rounded(weight) })
            .collect();
        areas.sort_by(|a, b| b.weight.total_cmp(&a.weight).then_with(|| a.area.cmp(&b.area)));
        areas
    }

    /// Owned clauses by the area of the strongest evidence for what they count as.
    fn owned_areas(&self, duties: &[Duty]) -> Vec<OwnedArea> {
        let area_of = |found: &Weighed| &self.lexicon.areas()[self.lexicon.terms()[found.term].area];
        let mut counts: BTreeMap<(Arc<str>, Role), (u32, f64)> = BTreeMap::new();
        for duty in duties.iter().filter(|duty| duty.actor == Actor::Owns) {
            let of_role: Vec<&Weighed> = duty
                .evidence
                .iter()
                .filter(|found| found.weight > 0.0 && Some(area_of(found).role) == duty.role)
                .collect();
            if let Some(best) = evidence::telling(&of_role, |found| (&*area_of(found).name, found.weight)) {
                let area = area_of(best);
                let (clauses, weight) = counts.entry((area.name.clone(), area.role)).or_default();
                *clauses += 1;
                *weight += best.weight;
            }
        }
        counts
            .into_iter()
            .map(|((area, role), (clauses, weight))| OwnedArea { area, role, clauses, weight })
            .collect()
    }

    /// Gives a draft whose title turns out to be the heading of a section the next best title that is none.
    pub fn entitle(&self, posting: &mut Posting) {
        let others = std::mem::take(&mut posting.other_titles);
        let is_section = |title: &str| {
            matches!(self.titles.claim(title).claim, Claim::Other | Claim::None)
                && Document::is_section(title, &self.lexicon)
        };
        if !others.is_empty() && posting.title.as_deref().is_some_and(is_section) {
            let better = others.into_iter().find(|title| !is_section(title));
            posting.title = better.or(posting.title.take());
        }
    }

    /// How the posting ends: judged, or skipped when there is nothing to judge.
    #[must_use]
    pub fn outcome(&self, posting: Posting) -> Outcome {
        self.outcome_as(posting, None)
    }

    /// How the posting ends when a role was declared for it.
    #[must_use]
    pub fn outcome_as(&self, mut posting: Posting, declared: Option<Declared>) -> Outcome {
        self.entitle(&mut posting);
        let found = if posting.has_text() { language::of(&posting) } else { None };
        let skip = match &found {
            _ if !posting.has_text() => Some(SkipReason::NoText),
            Some(code) if code != language::ENGLISH => Some(SkipReason::UnsupportedLanguage),
            _ => None,
        };
        if let Some(reason) = skip {
            let hash = posting.has_text().then(|| format!("{:016x}", posting.text_hash()));
            let language = found.or(posting.language);
            return Outcome::Skipped(Skipped {
                reason,
                source: posting.source,
                id: posting.id,
                title: posting.title,
                language,
                hash,
                duplicate_of: None,
                likeness: None,
            });
        }
        let verdict = self.analyze_as(&posting, declared);
        Outcome::Judged(Box::new(Judged::new(posting, found, verdict)))
    }
}

/// Whether a section lists duties: two or more that are items, or stand under a heading, or in a part that the source
/// itself calls that of the duties.
fn lists_duties(document: &Document, posting: &Posting) -> bool {
    let title = posting.title.as_deref().unwrap_or("");
    let told = |clause: &Clause| {
        posting.parts.get(document.part_of(clause)).is_some_and(|part| part.zone == Some(Zone::Duties))
    };
    let (mut headed, mut listed) = (false, 0);
    for clause in document.clauses() {
        if clause.heading {
            // The title stands above the posting and not above a section.
            headed = !letters::of(clause.span.slice(document.text())).eq(letters::of(title));
        } else if clause.zone != Zone::Duties {
            headed = false;
        } else if headed || clause.shape == Shape::Item || told(clause) {
            listed += 1;
        }
    }
    listed >= 2
}

/// Rounds so that the five still sum to 1: the largest takes the rest.
fn settled(exact: &Probabilities) -> Probabilities {
    let mut all = exact.pairs().map(|(_, probability)| rounded(probability));
    let largest = (0..all.len()).max_by(|&a, &b| all[a].total_cmp(&all[b])).unwrap_or(0);
    let others: f64 = (0..all.len()).filter(|&index| index != largest).map(|index| all[index]).sum();
    all[largest] = rounded(1.0 - others);
    let [pm, pmm, mixed, neither, insufficient] = all;
    Probabilities { pm, pmm, mixed, neither, insufficient }
}
