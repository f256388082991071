//! Reads postings from files, folders and standard input.
//!
//! [`Records`] streams: one thread cuts the inputs into [`Raw`] records, cheaply and with bounded memory, and
//! [`Raw::posting`] parses each wherever there is time. Whatever cannot be read becomes a record that says so, so
//! that every record in is an outcome out.

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

mod alias;
mod around;
mod ascii;
mod best;
mod blocks;
mod cards;
mod carried;
mod charset;
mod columnar;
#[cfg(feature = "parquet")]
mod columns;
mod comments;
mod decode;
mod detect;
mod dialect;
mod docx;
mod draft;
mod element;
mod explain;
mod family;
mod feed;
pub mod field;
mod filter;
mod format;
pub mod front;
mod gather;
mod grid;
pub mod headline;
mod included;
mod input;
mod json;
mod labels;
mod layer;
mod lines;
mod linked;
mod list;
mod literal;
mod looks;
mod magic;
mod manner;
mod members;
mod mend;
mod microdata;
mod missing;
mod nested;
mod numbered;
mod opening;
mod packed;
mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod pieces;
mod printed;
mod raw;
mod reading;
mod record;
mod rich;
mod row;
mod scan;
mod script;
mod shape;
mod site;
mod slot;
mod stowed;
mod stretch;
mod table;
mod tabular;
mod tolerant;
mod usual;
mod value;
mod warc;
mod whole;
mod xml;
mod yaml;

pub use dialect::Dialect;
pub use explain::{Explanation, Place, When, explain};
pub use field::Mapping;
pub use filter::Filter;
pub use format::{Format, UnknownFormat};
pub use input::{Input, InputError};
pub use raw::Raw;
pub(crate) use raw::reason;
pub use table::{Escape, UnknownEscape};

use around::Around;
use blocks::{Blocks, RECORD_LIMIT};
use comments::Uncommented;
use decode::Decoded;
use detect::{Detected, Kind};
use input::{Entry, Files, Found};
use raw::{Numbering, Payload};

use crate::guard::guarded;
use crate::posting::SourceRef;

/// How inputs are read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format of every input; told from its first bytes when not given.
    pub format: Option<Format>,
    /// Which names mean which fields.
    pub mapping: Arc<Mapping>,
    /// What stands before quotes inside the cells of tables.
    pub escape: Escape,
    /// Files that this run writes: not read when a folder holds them.
    pub outputs: Vec<PathBuf>,
    /// Which files are read at all.
    pub filter: Filter,
}

/// What has been read so far; shared with whoever shows progress.
#[derive(Debug, Default)]
pub struct Tally {
    bytes: AtomicU64,
    own: AtomicU64,
    other: AtomicU64,
    filtered: AtomicU64,
    again: AtomicU64,
    broken: AtomicU64,
    untitled: AtomicU64,
}

impl Tally {
    /// Bytes read, before decompression.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Files passed over because they are the program's own results.
    #[must_use]
    pub fn own_results(&self) -> u64 {
        self.own.load(Ordering::Relaxed)
    }

    /// Files passed over because the filter does not take them.
    #[must_use]
    pub fn filtered(&self) -> u64 {
        self.filtered.load(Ordering::Relaxed)
    }

    /// Files passed over because another input held them already.
    #[must_use]
    pub fn read_before(&self) -> u64 {
        self.again.load(Ordering::Relaxed)
    }

    /// Scripts of web pages that name a posting and are no JSON, however it is taken.
    #[must_use]
    pub fn broken_postings(&self) -> u64 {
        self.broken.load(Ordering::Relaxed)
    }

    /// Tables none of whose columns has a name of a title.
    #[must_use]
    pub fn untitled_tables(&self) -> u64 {
        self.untitled.load(Ordering::Relaxed)
    }

    /// Text files in folders passed over because their names promise no postings.
    #[must_use]
    pub fn other_text(&self) -> u64 {
        self.other.load(Ordering::Relaxed)
    }
}

/// The records of all inputs, in order.
pub struct Records {
    inputs: std::vec::IntoIter<Input>,
    files: Option<Files>,
    open: Option<Box<dyn Iterator<Item = Raw> + Send>>,
    /// The record before the next.
    last: SourceRef,
    /// The files so far, where more than one input could hold them.
    seen: Option<HashSet<PathBuf>>,
    options: Options,
    tally: Arc<Tally>,
}

impl Records {
    /// The records of `inputs`, read as `options` say.
    #[must_use]
    pub fn new(inputs: Vec<Input>, options: Options) -> Self {
        let last = SourceRef { path: Arc::from("-"), record: 0, line: None };
        let seen = (inputs.len() > 1).then(HashSet::new);
        let inputs = inputs.into_iter();
        Self { inputs, files: None, open: None, last, seen, options, tally: Arc::default() }
    }

    /// What has been read so far.
    #[must_use]
    pub fn tally(&self) -> Arc<Tally> {
        Arc::clone(&self.tally)
    }

    /// The next file of the inputs that has not come before.
    fn next_file(&mut self) -> Option<Found> {
        loop {
            while let Some(found) = self.files.as_mut().and_then(|files| files.next(&self.options.outputs)) {
                if self.came_before(&found) {
                    self.tally.again.fetch_add(1, Ordering::Relaxed);
                    continue;
                }
                match &found {
                    Found::File(entry) if !self.options.filter.takes(&entry.path, entry.named) => {
                        self.tally.filtered.fetch_add(1, Ordering::Relaxed);
                    }
                    Found::File(_) | Found::Ours | Found::Closed(..) => return Some(found),
                }
            }
            self.files = Some(self.inputs.next()?.files());
        }
    }

    /// Whether the file was there already, under whatever path, and notes it.
    fn came_before(&mut self, found: &Found) -> bool {
        match (found, &mut self.seen) {
            (Found::File(entry), Some(seen)) => {
                entry.resolved().is_some_and(|resolved| !seen.insert(resolved))
            }
            _ => false,
        }
    }

    /// The records of one file.
    fn read(&self, entry: &Entry) -> Box<dyn Iterator<Item = Raw> + Send> {
        let mut numbering = Numbering::new(Arc::clone(&entry.path));
        let one = |raw: Raw| -> Box<dyn Iterator<Item = Raw> + Send> { Box::new(std::iter::once(raw)) };
        let opened = match Opened::open(entry, &self.options, &self.tally) {
            Ok(opened) => opened,
            Err(error) => {
                return one(numbering.fault(
                    None,
                    "unreadable",
                    format!("cannot read it: {}", reason(&error)),
                ));
            }
        };
        numbering = numbering.converted(opened.decoded.charset.guessed());
        let reader = opened.decoded.reader;
        let around = Around { dialect: self.options.format.and_then(Format::dialect), ..Around::default() };
        match opened.detected.kind {
            Kind::JsonLines => Box::new(lines::JsonLines::new(Blocks::new(reader), numbering, around)),
            Kind::Json => Box::new(list::JsonList::new(Blocks::new(reader), numbering, around)),
            Kind::Table(delimiter) => {
                let mapping = Arc::clone(&self.options.mapping);
                Box::new(table::Table::new(
                    Blocks::new(reader),
                    numbering,
                    delimiter,
                    self.options.escape,
                    mapping,
                    Arc::clone(&self.tally),
                ))
            }
            Kind::Xml => Box::new(feed::Feed::new(Blocks::new(reader), numbering, around)),
            Kind::Page => whole::read(reader, RECORD_LIMIT, numbering, |bytes, numbering| {
                whole::page(bytes, numbering, &self.tally)
            }),
            Kind::LinkedData => whole::read(reader, RECORD_LIMIT, numbering, whole::linked),
            Kind::SavedJson => whole::read(reader, RECORD_LIMIT, numbering, move |bytes, numbering| {
                whole::saved_json(bytes, numbering, around)
            }),
            Kind::Script => whole::read(reader, RECORD_LIMIT, numbering, move |bytes, numbering| {
                whole::script(bytes, numbering, around)
            }),
            Kind::Yaml => whole::read(reader, RECORD_LIMIT, numbering, move |bytes, numbering| {
                whole::yaml(bytes, numbering, around)
            }),
            #[cfg(feature = "parquet")]
            Kind::Parquet => {
                let file = if opened.decoded.packing.is_none() { entry.file() } else { None };
                parquet::read(file, reader, numbering, &self.options.mapping, &self.tally)
            }
            Kind::Archive => Box::new(warc::Warc::new(reader, numbering, Arc::clone(&self.tally))),
            Kind::Draft(kind) => whole::read(reader, kind.limit(), numbering, move |bytes, numbering| {
                whole::draft(bytes, kind, numbering)
            }),
            Kind::OwnResults => {
                self.tally.own.fetch_add(1, Ordering::Relaxed);
                Box::new(std::iter::empty())
            }
            Kind::OtherText => {
                self.tally.other.fetch_add(1, Ordering::Relaxed);
                Box::new(std::iter::empty())
            }
            Kind::Unsupported(name) => {
                let message = format!("this is {name}, which is not read; {}", magic::advice(name));
                one(numbering.fault(None, "unsupported-format", message))
            }
            Kind::Misnamed(name) => {
                let message = format!("this is {name}, whatever its name says; {}", magic::advice(name));
                one(numbering.fault(Some(1), "misnamed-file", message))
            }
        }
    }
}

impl Iterator for Records {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        loop {
            if let Some(open) = &mut self.open {
                match guarded(|| open.next()) {
                    Ok(Some(raw)) => {
                        self.last.clone_from(&raw.source);
                        return Some(raw);
                    }
                    Ok(None) => self.open = None,
                    Err(fault) => {
                        // A fault of ours in a reader costs the rest of its file.
                        self.open = None;
                        let source =
                            SourceRef { record: self.last.record + 1, line: None, ..self.last.clone() };
                        return Some(Raw {
                            source,
                            payload: Payload::Fault(fault),
                            url: None,
                            converted: None,
                        });
                    }
                }
            }
            self.open = Some(match self.next_file()? {
                Found::File(entry) => {
                    self.last = SourceRef { path: Arc::clone(&entry.path), record: 0, line: None };
                    self.read(&entry)
                }
                Found::Ours => {
                    self.tally.own.fetch_add(1, Ordering::Relaxed);
                    continue;
                }
                Found::Closed(path, message) => {
                    let raw =
                        Numbering::new(path).fault(None, "unreadable", format!("cannot read it: {message}"));
                    Box::new(std::iter::once(raw))
                }
            });
        }
    }
}

/// What an input holds as UTF-8: compression and UTF-16 undone.
pub(crate) fn plain(raw: impl Read + Send + 'static) -> Box<dyn Read + Send> {
    decode::open(raw).reader
}

/// A file whose first bytes have been looked at.
struct Opened {
    decoded: Decoded,
    detected: Detected,
}

impl Opened {
    fn open(entry: &Entry, options: &Options, tally: &Arc<Tally>) -> io::Result<Self> {
        let counted = Counted { inner: entry.open()?, tally: Arc::clone(tally) };
        let mut decoded = decode::open(counted);
        if comments::stand_in(&decoded.head) {
            decoded.head = comments::out_of(decoded.head);
            decoded.reader = Box::new(Uncommented::new(decoded.reader));
        }
        let detected = match options.format {
            Some(format) => detect::as_told(format, &decoded.head, decoded.whole, &options.mapping),
            None => detect::detect(&entry.path, &decoded.head, decoded.whole, entry.named, &options.mapping),
        };
        Ok(Self { decoded, detected })
    }
}

/// Counts the bytes that pass.
struct Counted {
    inner: Box<dyn Read + Send>,
    tally: Arc<Tally>,
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.tally.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
