//! What the table says of one posting: single lines, short, with nothing a terminal acts on.

use crate::deciding;
use crate::outcome::Judged;
use crate::report::place::place;
use crate::report::text::whole_percent;
use crate::report::{safe, words};
use crate::verdict::Verdict;
use crate::vocabulary::{Described, Doubt, Ruling};

/// How many deciding words a posting shows.
const WORDS: usize = 5;

/// What the table says of a posting.
pub(super) struct Row {
    pub(super) ruling: Ruling,
    pub(super) confidence: f64,
    pub(super) title: String,
    pub(super) company: String,
    pub(super) place: String,
    pub(super) reason: String,
    pub(super) words: String,
}

impl Row {
    /// The row of a posting.
    pub(super) fn new(judged: &Judged) -> Self {
        let verdict = &judged.verdict;
        let quoted = |word: &str| format!("\u{201C}{}\u{201D}", safe::line(word, 80));
        let deciding: Vec<String> = deciding::words(verdict, WORDS).into_iter().map(quoted).collect();
        let title = safe::line(judged.title.as_deref().unwrap_or_default(), 300);
        Self {
            ruling: verdict.verdict,
            confidence: verdict.confidence,
            title: if title.is_empty() { "(no title)".to_owned() } else { title },
            company: safe::line(judged.company.as_deref().unwrap_or_default(), 200),
            place: place(&judged.source),
            reason: safe::line(&reason(verdict), 600),
            words: deciding.join(" "),
        }
    }

    /// Title and company on one line.
    pub(super) fn label(&self) -> String {
        match self.company.as_str() {
            "" => self.title.clone(),
            company => format!("{} · {company}", self.title),
        }
    }
}

/// The message of the first flag, else the likeliest descriptions.
fn reason(verdict: &Verdict) -> String {
    if let Some(flag) = verdict.flags.first() {
        return flag.message.clone();
    }
    let mut pairs = verdict.probabilities.pairs();
    pairs.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    let likely: Vec<String> = pairs
        .iter()
        .take(2)
        .filter(|(_, probability)| *probability >= 0.005)
        .map(|(described, probability)| {
            format!("{} {}", words::description(*described), whole_percent(*probability))
        })
        .collect();
    let called = match verdict.declared() {
        Some(declared) => declared.to_string(),
        None => format!("title calls {}", words::claim(verdict.claimed)),
    };
    if verdict.described == Described::Insufficient {
        return format!("{called}; the text tells too little of the work");
    }
    let doubt = match verdict.doubt {
        Some(Doubt::Duties) => ", but the duties that can be counted do not show it",
        Some(Doubt::Truncated) => ", but the source cut the text short",
        Some(Doubt::Insufficient | Doubt::Probability | Doubt::Margin) | None => "",
    };
    format!("{called}; duties look like {}{doubt}", likely.join(", "))
}
