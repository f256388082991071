//! From the fields of a record to the posting in them, or to why there is none.

use std::borrow::Cow;

use super::super::field::Mapping;
use super::super::missing::{missing_body, unread_body};
use super::super::opening::Opening;
use super::super::stretch::{self, BODY_LIKE, cut_short};
use super::{Gathered, failed, stable_id};
use crate::outcome::{Outcome, SkipReason, Skipped};
use crate::posting::{Part, Posting, SourceRef};
use crate::vocabulary::Zone;

impl Gathered {
    /// The posting of a draft, whose body is the file itself and whose id is else its path.
    pub(crate) fn draft(self, source: &SourceRef, part: Part) -> Posting {
        Posting {
            source: source.clone(),
            id: self.id.raw().unwrap_or_else(|| source.path.to_string()),
            title: self.title.plain(),
            other_titles: self.other_titles,
            company: self.company.plain(),
            location: self.location.plain(),
            url: self.url.raw(),
            language: self.language.raw(),
            truncated: false,
            charset: None,
            parts: vec![part],
        }
    }

    /// The posting, or how the record ended instead.
    ///
    /// `unknown` gives the names of the fields that mean nothing to us, each with the length of its text; it is
    /// asked for only when something is missing.
    pub(crate) fn posting<'n>(
        self,
        source: &SourceRef,
        mapping: &Mapping,
        unknown: impl FnOnce() -> Vec<(Cow<'n, str>, usize)>,
    ) -> Result<Posting, Box<Outcome>> {
        let id = self.id.raw();
        if self.bodies.is_empty() && self.sections.is_empty() && !self.has_body {
            let fields = unknown();
            // An answer may begin with the terms of its use.
            let is_notice = fields.iter().any(|(name, _)| name == "legal");
            let unnamed = fields.iter().any(|(_, length)| *length >= BODY_LIKE);
            if !is_notice && (unnamed || (!self.has_title && id.is_none())) {
                return Err(Box::new(failed(
                    source,
                    missing_body(fields.iter().map(|(name, _)| name.as_ref())),
                )));
            }
        } else if !self.has_whole && self.parts.is_empty() {
            // Sections alone are no posting when a long text stands beside them unread.
            let fields = unknown();
            let unread = |(name, length): &(Cow<'n, str>, usize)| {
                *length >= BODY_LIKE && mapping.meaning(name).is_none()
            };
            if fields.iter().any(unread) {
                let names = fields.iter().map(|(name, _)| name.as_ref());
                return Err(Box::new(failed(source, missing_body(names))));
            }
        }
        if let Some(name) = self
            .unread
            .as_deref()
            .filter(|_| self.parts.is_empty() && self.bodies.is_empty() && self.sections.is_empty())
        {
            return Err(Box::new(failed(source, unread_body(name))));
        }
        let title = self.title.plain();
        let id = id.unwrap_or_else(|| stable_id(source));
        let language = self.language.raw();
        if self.unlisted {
            let source = source.clone();
            return Err(Box::new(Outcome::Skipped(Skipped {
                reason: SkipReason::Unlisted,
                source,
                id,
                title,
                language,
                hash: None,
                duplicate_of: None,
                likeness: None,
            })));
        }
        let teased = stretch::are_teasers(&self.bodies) && self.sections.is_empty() && self.parts.is_empty();
        let mut parts = self.parts;
        parts.extend(stretch::parts(self.bodies, self.sections, mapping.joins_bodies()));
        if parts.iter().all(|part| matches!(part.zone, Some(Zone::Company | Zone::Benefits))) {
            // Who hires and what they give says nothing of the job.
            parts.clear();
        }
        let company = self.company.without_rating().plain();
        let (title, company) = match title {
            None => match parts.first().and_then(|part| Opening::read(&part.text)) {
                Some(opening) => (opening.title, company.or(opening.company)),
                None => (None, company),
            },
            title => (title, company),
        };
        let url = self.url.raw();
        if let [only] = &mut *parts {
            only.field = None;
        }
        let truncated = self.truncated || teased || parts.iter().any(|part| cut_short(&part.text));
        Ok(Posting {
            source: source.clone(),
            id,
            title,
            other_titles: Vec::new(),
            company,
            location: self.location.plain(),
            url,
            language,
            parts,
            truncated,
            charset: None,
        })
    }
}
