//! Judges postings: the one place where the stages meet.

use crate::document::Document;
use crate::duty;
use crate::feature::{self, Tally};
use crate::lexicon::Lexicon;
use crate::outcome::{Judged, Outcome, SkipReason, Skipped};
use crate::posting::Posting;
use crate::settings::Settings;
use crate::trace::{self, ClauseTrace};
use crate::verdict::Verdict;

/// Judges postings with one lexicon and one set of settings; share it between threads.
#[derive(Debug)]
pub struct Analyzer {
    lexicon: Lexicon,
    settings: Settings,
}

impl Analyzer {
    /// An analyzer with the built-in lexicon.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { lexicon: Lexicon::built_in(), settings }
    }

    /// The stages of one posting laid open.
    #[must_use]
    pub fn trace(&self, posting: &Posting) -> Vec<ClauseTrace> {
        let document = Document::read(posting, &self.lexicon);
        let duties = duty::weigh(&document, &self.lexicon);
        trace::trace(&document, &duties, &self.lexicon)
    }

    /// The features of one posting by name: what the score is made of.
    #[must_use]
    pub fn features(&self, posting: &Posting) -> Vec<(std::sync::Arc<str>, f64)> {
        let document = Document::read(posting, &self.lexicon);
        let duties = duty::weigh(&document, &self.lexicon);
        let values = Tally::new(&document, &duties, &self.lexicon).features(&self.lexicon);
        feature::names(&self.lexicon).into_iter().zip(values).collect()
    }

    /// Judges one posting. Pure: the same posting gives the same verdict on any thread.
    #[must_use]
    pub fn analyze(&self, posting: &Posting) -> Verdict {
        let _ = (&self.settings, posting);
        unreachable!("stub until the stages are in place")
    }

    /// How the posting ends: judged, or skipped when there is nothing to judge.
    #[must_use]
    pub fn outcome(&self, posting: Posting) -> Outcome {
        if !posting.has_text() {
            return Outcome::Skipped(Skipped {
                reason: SkipReason::NoText,
                source: posting.source,
                id: posting.id,
                title: posting.title,
                language: posting.language,
            });
        }
        let verdict = self.analyze(&posting);
        Outcome::Judged(Box::new(Judged {
            source: posting.source,
            id: posting.id,
            title: posting.title,
            company: posting.company,
            location: posting.location,
            url: posting.url,
            language: Some("en".to_owned()),
            verdict,
            body: None,
        }))
    }
}
