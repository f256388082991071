//! A record as cut from its input, before anything in it is parsed.
//!
//! Cutting is cheap and happens in one thread; [`Raw::posting`] does the costly part and runs in many.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use encoding_rs::Encoding;

use super::around::Around;
use super::blocks::{Bytes, POSTING_LIMIT, RECORD_LIMIT, longer_than};
use super::draft::{self, DraftKind};
use super::field::Mapping;
use super::gather::{failed, stable_id};
use super::json;
use super::linked::{self, Linked};
use super::row::{self, Header};
use super::xml;
use crate::outcome::{Fault, Outcome};
use crate::posting::{Posting, SourceRef};

/// A record as cut from its input.
#[derive(Clone, Debug)]
pub struct Raw {
    /// Where it was read.
    pub source: SourceRef,
    pub(crate) payload: Payload,
    /// The address it was fetched from, where the input keeps that.
    pub(crate) url: Option<Arc<str>>,
    /// The character set that its whole file was converted from, when that was a guess.
    pub(crate) converted: Option<&'static Encoding>,
}

/// What a record is made of.
#[derive(Clone, Debug)]
pub(crate) enum Payload {
    /// A JSON value, and what stands around it.
    Json(Bytes, Arc<Around>),
    /// An XML element, and what stands around it.
    Xml(Bytes, Arc<Around>),
    /// A posting of schema.org, already parsed.
    Linked(Arc<Linked>),
    /// A row of a table, with the header that names its cells.
    Row(Bytes, Arc<Header>),
    /// A row of a Parquet file.
    #[cfg(feature = "parquet")]
    Columns(super::columns::Row),
    /// A whole file that is one posting.
    Draft(Bytes, DraftKind),
    /// Something that cannot be read.
    Fault(Fault),
}

impl Raw {
    /// The posting in the record, or how the record ended instead: failed, or skipped as unlisted.
    ///
    /// # Errors
    ///
    /// The boxed outcome is [`Outcome::Failed`] or [`Outcome::Skipped`], never judged.
    pub fn posting(&self, mapping: &Mapping) -> Result<Posting, Box<Outcome>> {
        if self.bytes() > self.limit() {
            return Err(Box::new(failed(&self.source, longer_than(self.limit()))));
        }
        let (bytes, charset) = match &self.payload {
            Payload::Json(bytes, _)
            | Payload::Xml(bytes, _)
            | Payload::Row(bytes, _)
            | Payload::Draft(bytes, _) => bytes.utf8(),
            Payload::Linked(linked) => (Cow::Borrowed(&[][..]), linked.charset),
            #[cfg(feature = "parquet")]
            Payload::Columns(row) => (Cow::Owned(row.json().into_bytes()), None),
            Payload::Fault(fault) => return Err(Box::new(failed(&self.source, fault.clone()))),
        };
        let mut posting = match &self.payload {
            Payload::Json(_, around) => json::posting(&self.source, &bytes, around, mapping),
            #[cfg(feature = "parquet")]
            Payload::Columns(_) => json::posting(&self.source, &bytes, &Around::default(), mapping),
            Payload::Xml(_, around) => xml::posting(&self.source, &bytes, around, mapping),
            Payload::Linked(linked) => linked::posting(&self.source, &linked.record, mapping),
            Payload::Row(_, header) => row::posting(&self.source, &bytes, header, mapping),
            Payload::Draft(_, kind) => draft::posting(&self.source, &bytes, *kind),
            Payload::Fault(fault) => Err(Box::new(failed(&self.source, fault.clone()))),
        }?;
        posting.charset = charset.or(self.converted.map(Encoding::name));
        if let Some(url) = &self.url {
            // The archive is many pages: its path names none of them.
            if posting.id == *self.source.path {
                posting.id = stable_id(&self.source);
            }
            posting.url.get_or_insert_with(|| url.to_string());
        }
        Ok(posting)
    }

    /// How many bytes it may hold: pages and documents are mostly something else than text.
    fn limit(&self) -> usize {
        match &self.payload {
            Payload::Draft(_, kind) => kind.limit(),
            Payload::Json(..)
            | Payload::Xml(..)
            | Payload::Row(..)
            | Payload::Linked(_)
            | Payload::Fault(_) => POSTING_LIMIT,
            #[cfg(feature = "parquet")]
            Payload::Columns(_) => POSTING_LIMIT,
        }
    }

    /// Whether the record is a whole file that is one posting.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        self.url.is_none() && matches!(self.payload, Payload::Draft(..))
    }

    /// How many bytes the record holds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match &self.payload {
            Payload::Json(bytes, _)
            | Payload::Xml(bytes, _)
            | Payload::Row(bytes, _)
            | Payload::Draft(bytes, _) => bytes.get().len(),
            Payload::Linked(linked) => linked.size,
            #[cfg(feature = "parquet")]
            Payload::Columns(row) => row.bytes(),
            Payload::Fault(fault) => fault.message.len(),
        }
    }

    /// The record as text, for looking at it.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match &self.payload {
            Payload::Draft(bytes, DraftKind::Docx) => match super::docx::read(bytes.get()) {
                Ok(document) => Cow::Owned(document.text),
                Err(fault) => Cow::Owned(fault.message),
            },
            Payload::Json(bytes, _)
            | Payload::Xml(bytes, _)
            | Payload::Row(bytes, _)
            | Payload::Draft(bytes, _) => Cow::Owned(super::charset::text(&bytes.utf8().0).into_owned()),
            Payload::Linked(linked) => Cow::Owned(linked.text()),
            #[cfg(feature = "parquet")]
            Payload::Columns(row) => Cow::Owned(row.json()),
            Payload::Fault(fault) => Cow::Borrowed(&fault.message),
        }
    }
}

/// Numbers the records of one input.
#[derive(Clone, Debug)]
pub(crate) struct Numbering {
    path: Arc<str>,
    last: u64,
    converted: Option<&'static Encoding>,
}

impl Numbering {
    /// Starts before the first record of the input at `path`.
    pub(crate) fn new(path: Arc<str>) -> Self {
        Self { path, last: 0, converted: None }
    }

    /// The same for an input that was converted from a character set, when that was a guess.
    pub(crate) fn converted(self, charset: Option<&'static Encoding>) -> Self {
        Self { converted: charset, ..self }
    }

    /// The next record.
    pub(crate) fn record(&mut self, line: Option<u64>, payload: Payload) -> Raw {
        self.last += 1;
        let source = SourceRef { path: Arc::clone(&self.path), record: self.last, line };
        Raw { source, payload, url: None, converted: self.converted }
    }

    /// A record that cannot be read.
    pub(crate) fn fault(&mut self, line: Option<u64>, code: &str, message: impl Into<String>) -> Raw {
        self.record(line, Payload::Fault(Fault { code: code.to_owned(), message: message.into() }))
    }

    /// The place where reading broke off.
    pub(crate) fn broken_off(&mut self, line: Option<u64>, error: &io::Error) -> Raw {
        let code = match error.kind() {
            io::ErrorKind::UnexpectedEof => "truncated-input",
            _ => "unreadable",
        };
        self.fault(line, code, format!("reading broke off here: {}", reason(error)))
    }

    /// A record longer than any that is read.
    pub(crate) fn too_long(&mut self, line: Option<u64>) -> Raw {
        self.longer_than(RECORD_LIMIT, line)
    }

    /// A record longer than this many bytes.
    pub(crate) fn longer_than(&mut self, limit: usize, line: Option<u64>) -> Raw {
        self.record(line, Payload::Fault(longer_than(limit)))
    }
}

/// What an input error says, in the form of our own messages.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the compressed data end too soon".to_owned(),
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}
