//! Leaves out what the draft or the configuration says to ignore, and tells of suppressions that ignore nothing.

use super::ground::Ground;
use super::problems::{bare, sort};
use super::{End, Review, checked};
use crate::date::Date;
use crate::fingerprint::fingerprint;
use crate::outcome::Judged;
use crate::posting::Posting;
use crate::problem::{Problem, Region};
use crate::rule::Code;
use crate::settings::Effective;
use crate::suppression::{Complaint, Suppression, Suppressions};

/// Most complaints about the suppressions of one posting.
const TOLD: usize = 50;

/// What is ignored, and until when.
pub(super) struct Silence<'e> {
    pub(super) today: Date,
    pub(super) effective: &'e Effective,
}

impl Silence<'_> {
    /// The review of a posting with these findings.
    pub(super) fn over(
        &self,
        found: Vec<Problem>,
        judged: &Judged,
        posting: &Posting,
        ground: &Ground<'_>,
    ) -> Review {
        let said = said(posting, ground);
        let mut used = vec![false; said.sound.len()];
        let mut accepted = Vec::new();
        let mut problems = Vec::new();
        let mut suppressed = 0;
        for problem in found {
            let by_draft = self.by_draft(&problem, &said.sound, &mut used);
            let by_configuration = self.by_configuration(&problem, posting, &mut accepted);
            if by_draft || by_configuration {
                suppressed += 1;
            } else {
                problems.push(problem);
            }
        }
        problems.extend(self.complaints(said, &used, judged, ground));
        sort(&mut problems);
        Review {
            source: judged.source.clone(),
            end: End::Checked(checked(judged, ground.record())),
            problems,
            suppressed,
            accepted,
            effective: None,
        }
    }

    fn holds(&self, expires: Option<Date>) -> bool {
        expires.is_none_or(|last| self.today <= last)
    }

    fn by_draft(&self, problem: &Problem, sound: &[Suppression], used: &mut [bool]) -> bool {
        let mut found = false;
        for (one, used) in sound.iter().zip(used) {
            if one.rule == problem.code && self.holds(one.expires) {
                *used = true;
                found = true;
            }
        }
        found
    }

    fn by_configuration(&self, problem: &Problem, posting: &Posting, accepted: &mut Vec<usize>) -> bool {
        let path = posting.source.path.as_ref().as_ref();
        let mut found = false;
        for (index, ignore) in self.effective.ignores.iter().enumerate() {
            if self.holds(ignore.expires) && ignore.covers(problem.code, path, &posting.id) {
                accepted.push(index);
                found = true;
            }
        }
        found
    }

    /// What is wrong with the suppressions themselves.
    fn complaints(
        &self,
        said: Suppressions,
        used: &[bool],
        judged: &Judged,
        ground: &Ground<'_>,
    ) -> Vec<Problem> {
        let settings = &self.effective.settings;
        let Some(severity) = settings.severity(Code::Rc100) else { return Vec::new() };
        let idle = said.sound.iter().zip(used).filter(|(_, used)| !**used).filter_map(|(one, _)| {
            let rule = one.rule.code();
            let (message, help) = if let Some(last) = one.expires.filter(|_| !self.holds(one.expires)) {
                (
                    format!("the suppression of {rule} expired on {last}"),
                    "take it out, or give it a later day and a reason that still holds",
                )
            } else {
                // A rule that is off finds nothing; that says nothing against the suppression.
                settings.severity(one.rule)?;
                (format!("there is no {rule} to ignore"), "take the suppression out")
            };
            Some(Complaint { message, help: help.to_owned(), span: one.span })
        });
        let idle: Vec<Complaint> = idle.collect();
        said.wrong
            .into_iter()
            .chain(idle)
            .take(TOLD)
            .map(|Complaint { message, help, span }| {
                let fingerprint = fingerprint(Code::Rc100, &[&message], []);
                let primary: Option<Region> = ground.words(span);
                Problem { message, help, fingerprint, ..bare(judged, ground, Code::Rc100, severity, primary) }
            })
            .collect()
    }
}

/// What the text of the posting says is to be ignored.
fn said(posting: &Posting, ground: &Ground<'_>) -> Suppressions {
    match ground.text() {
        Some(text) => Suppressions::read(text),
        None => posting.parts.iter().map(|part| Suppressions::read(&part.text)).fold(
            Suppressions::default(),
            |mut all, more| {
                all.sound.extend(more.sound);
                all.wrong.extend(more.wrong);
                all
            },
        ),
    }
}
