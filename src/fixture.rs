//! Hand-made outcomes for tests, a line each.

use std::sync::Arc;

use crate::outcome::{Failed, Fault, Judged, Outcome, SkipReason, Skipped};
use crate::posting::SourceRef;
use crate::rule::Code;
use crate::verdict::{
    AreaScore, Counted, Duties, Evidence, Flag, Place, Probabilities, Shares, TextFacts, Verdict,
};
use crate::vocabulary::{Actor, Claim, Described, Doubt, Role, Ruling, Zone};

/// A judged posting in the making.
pub(crate) struct Builder(Judged);

/// A posting whose title and duties are product management's.
pub(crate) fn posting(title: &str) -> Builder {
    let verdict = Verdict {
        claimed: Claim::Pm,
        declared_by: None,
        described: Described::Pm,
        verdict: Ruling::Match,
        doubt: None,
        confidence: 0.96,
        margin: 0.94,
        nearest: None,
        probabilities: Probabilities { pm: 0.96, pmm: 0.02, mixed: 0.02, neither: 0.0, insufficient: 0.0 },
        shares: Some(Shares { pm: 0.9, pmm: 0.1 }),
        duties: Duties { pm: 9, pmm: 1, shared: 2, other: 3 },
        areas: Vec::new(),
        flags: Vec::new(),
        evidence: Vec::new(),
        text: TextFacts {
            bytes: 2400,
            judged_bytes: 900,
            truncated: false,
            hash: "00c0ffee00c0ffee".to_owned(),
            sketch: None,
            charset: None,
        },
        lexicon: Arc::from("sha256:1111"),
    };
    Builder(Judged {
        source: SourceRef { path: Arc::from("board.jsonl"), record: 1, line: Some(1) },
        id: "board.jsonl#1".to_owned(),
        title: Some(title.to_owned()),
        company: None,
        location: None,
        url: None,
        language: Some("en".to_owned()),
        verdict,
        duplicate_of: None,
        likeness: None,
        body: None,
        reading: None,
    })
}

impl Builder {
    /// Sets the judgement; what probability is left goes to the first other descriptions.
    pub(crate) fn ruled(
        mut self,
        claimed: Claim,
        described: Described,
        ruling: Ruling,
        confidence: f64,
    ) -> Self {
        let verdict = &mut self.0.verdict;
        (verdict.claimed, verdict.described, verdict.verdict) = (claimed, described, ruling);
        verdict.doubt = (ruling == Ruling::Review).then_some(Doubt::Probability);
        let hundredths = |value: f64| (value * 100.0).round() / 100.0;
        let second = hundredths((1.0 - confidence).min(confidence - 0.05));
        let third = hundredths(1.0 - confidence - second);
        verdict.confidence = confidence;
        verdict.margin = hundredths(confidence - second);
        verdict.probabilities = Probabilities::default();
        let mut values = [confidence, second, third].into_iter();
        let others = Described::ALL.iter().filter(|&&other| other != described);
        for which in std::iter::once(&described).chain(others) {
            let value = values.next().unwrap_or_default();
            match which {
                Described::Pm => verdict.probabilities.pm = value,
                Described::Pmm => verdict.probabilities.pmm = value,
                Described::Mixed => verdict.probabilities.mixed = value,
                Described::Neither => verdict.probabilities.neither = value,
                Described::Insufficient => verdict.probabilities.insufficient = value,
            }
        }
        self
    }

    /// Sets where the posting was read.
    pub(crate) fn at(mut self, path: &str, record: u64, line: Option<u64>) -> Self {
        self.0.source = SourceRef { path: Arc::from(path), record, line };
        self.0.id = format!("{path}#{record}");
        self
    }

    /// Names the employer.
    pub(crate) fn company(mut self, company: &str) -> Self {
        self.0.company = Some(company.to_owned());
        self
    }

    /// Adds a piece of evidence, and its weight to its area.
    pub(crate) fn says(mut self, term: &str, text: &str, weight: f64) -> Self {
        let verdict = &mut self.0.verdict;
        let area = &term[..term.rfind('/').expect("a full term name")];
        let owner = area.split('/').next().unwrap();
        match verdict.areas.iter_mut().find(|score| &*score.area == area) {
            Some(score) => {
                score.hits += 1;
                score.weight += weight;
            }
            None => verdict.areas.push(AreaScore { area: Arc::from(area), hits: 1, weight }),
        }
        verdict.areas.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let start = 40 * verdict.evidence.len();
        let role = Role::from_name(owner).unwrap_or(Role::Other);
        verdict.evidence.push(Evidence {
            term: Arc::from(term),
            role,
            text: text.to_owned(),
            clause: format!("Own {text} for the suite"),
            zone: Zone::Duties,
            actor: Actor::Owns,
            cue: Some("Own".to_owned()),
            weight,
            span: Place {
                field: None,
                start,
                end: start + text.len(),
                line: verdict.evidence.len() + 1,
                column: 5,
            },
            duty: (weight > 0.0).then_some(Counted { role: Some(role), actor: Actor::Owns }),
        });
        self
    }

    /// Raises a rule that cites all evidence so far.
    pub(crate) fn flagged(mut self, code: Code, message: &str) -> Self {
        let rule = code.rule();
        let evidence = (0..self.0.verdict.evidence.len()).collect();
        self.0.verdict.flags.push(Flag {
            code,
            rule: rule.name.to_owned(),
            severity: rule.severity,
            message: message.to_owned(),
            help: "change the title or the duties".to_owned(),
            evidence,
        });
        self
    }

    /// Makes it a copy of an earlier posting.
    pub(crate) fn copy_of(mut self, id: &str, likeness: f64) -> Self {
        self.0.duplicate_of = Some(id.to_owned());
        self.0.likeness = Some(likeness);
        self.flagged(Code::Rc009, "the same text as an earlier posting")
    }

    /// Adds the body.
    pub(crate) fn body(mut self, body: &str) -> Self {
        self.0.body = Some(body.to_owned());
        self
    }

    /// The posting, judged.
    pub(crate) fn judged(self) -> Judged {
        self.0
    }

    /// The posting's outcome.
    pub(crate) fn outcome(self) -> Outcome {
        Outcome::Judged(Box::new(self.0))
    }
}

/// A skipped posting.
pub(crate) fn skipped(reason: SkipReason, path: &str, record: u64) -> Outcome {
    Outcome::Skipped(Skipped {
        reason,
        source: SourceRef { path: Arc::from(path), record, line: Some(record) },
        id: format!("{path}#{record}"),
        title: Some("Chef de produit".to_owned()),
        language: Some("fr".to_owned()),
        hash: None,
        duplicate_of: None,
        likeness: None,
    })
}

/// A record that could not be read.
pub(crate) fn failed(code: &str, message: &str, path: &str, record: u64) -> Outcome {
    Outcome::Failed(Failed {
        source: SourceRef { path: Arc::from(path), record, line: Some(record) },
        error: Fault { code: code.to_owned(), message: message.to_owned() },
    })
}
