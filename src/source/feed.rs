//! XML with a posting an element, of any size.
//!
//! The elements are cut out as they stream by and parsed elsewhere. A broken one costs itself: reading goes on where
//! the next element of its name begins.

use std::sync::Arc;

use memchr::memmem;

use super::around::Around;
use super::ascii::{position, structure};
use super::blocks::{Blocks, RECORD_LIMIT};
use super::element;
use super::raw::{Numbering, Payload, Raw};

mod doctype;
mod end;
mod look;

use doctype::{Doctype, Passed};
use end::{End, end};
use look::{DOCTYPE, Look, REMEMBERED};

/// How many bytes may be looked at in vain.
const PATIENCE: usize = 64 * 1024 * 1024;

/// Reads the postings of a feed.
pub(crate) struct Feed {
    blocks: Blocks,
    numbering: Numbering,
    around: Around,
    shared: Option<Arc<Around>>,
    /// The name of the elements that hold a posting, once it is known.
    record: Option<String>,
    /// Elements seen before the first posting.
    seen: Vec<String>,
    /// Whether the first element has ended, and whether something was passed over that is half or wrong.
    closed: bool,
    stuck: bool,
    ended: bool,
    limit: usize,
    /// How many bytes have been looked at, some again and again.
    looked: usize,
}

/// What stands next.
enum Next {
    /// A posting begins here.
    Record,
    /// More bytes are needed.
    More,
}

impl Feed {
    /// Starts at the beginning of `blocks`.
    pub(crate) fn new(blocks: Blocks, numbering: Numbering, around: Around) -> Self {
        Self {
            blocks,
            numbering,
            around,
            shared: None,
            record: None,
            seen: Vec::new(),
            closed: false,
            stuck: false,
            ended: false,
            limit: RECORD_LIMIT,
            looked: 0,
        }
    }

    /// Goes on to where the next posting begins, or to where more bytes are needed.
    fn seek(&mut self) -> Next {
        let root = self.seen.first().map(String::as_str);
        let look = Look::at(self.blocks.unread(), root, self.record.as_deref(), self.shared.is_none());
        for name in look.seen {
            if self.seen.len() < REMEMBERED && !self.seen.contains(&name) {
                self.seen.push(name);
            }
        }
        for (name, text) in look.strings {
            if self.around.strings.len() < REMEMBERED && self.around.string(&name).is_none() {
                self.around.strings.push((name, text));
            }
        }
        self.looked += look.looked;
        self.closed |= look.closed;
        self.blocks.skip(look.length);
        if let Some(record) = look.record {
            self.record.get_or_insert(record);
            return Next::Record;
        }
        if look.declared {
            // What stands before the declaration, such as the warning of a server, is no part of the feed.
            self.seen.clear();
            self.closed = false;
            return Next::More;
        }
        if look.doctype {
            self.pass_doctype();
            return Next::More;
        }
        // Half of something: when nothing more comes, or too much, it is passed over.
        if look.stuck && (self.blocks.ended() || self.blocks.unread().len() > self.limit) {
            self.stuck = true;
            self.resync();
        }
        Next::More
    }

    /// Passes over the document type at hand, without keeping any of it.
    fn pass_doctype(&mut self) {
        let mut doctype = Doctype::default();
        self.blocks.skip(DOCTYPE.len());
        loop {
            match doctype.advance(self.blocks.unread(), self.blocks.ended()) {
                Passed::End(length) => return self.blocks.skip(length),
                Passed::More(length) => self.blocks.skip(length),
            }
            if !self.blocks.refill() && self.blocks.unread().is_empty() {
                self.stuck = true;
                return;
            }
        }
    }

    /// The element at hand, whole or broken.
    fn record(&mut self) -> Raw {
        let line = Some(self.blocks.line());
        loop {
            let all = self.blocks.ended();
            let unread = self.blocks.unread();
            let record = self.record.as_deref().unwrap_or_default();
            let mut reader = structure(unread);
            let mut found = end(&mut reader, record, unread.len(), all, false);
            self.looked += position(&reader);
            if matches!(found, End::Broken(_)) {
                // Marks of a text that stand in it as they are may not end.
                let mut reader = structure(unread);
                let loose = end(&mut reader, record, unread.len(), all, true);
                self.looked += position(&reader);
                found = if matches!(loose, End::Broken(_)) { found } else { loose };
            }
            match found {
                End::At(length) => {
                    let around = match &self.shared {
                        Some(around) => Arc::clone(around),
                        None => Arc::clone(self.shared.insert(Arc::new(self.around.clone()))),
                    };
                    let bytes = self.blocks.take(length);
                    return self.numbering.record(line, Payload::Xml(bytes, around));
                }
                End::Broken(why) => {
                    let fault = if all { self.blocks.fault() } else { None };
                    let record = self.record.clone().unwrap_or_default();
                    self.resync();
                    // What is cut off in a posting needs to be said once.
                    let cut = fault.is_none() && !self.closed && self.blocks.is_spent();
                    self.closed |= cut;
                    let code = if cut { "truncated-input" } else { "invalid-xml" };
                    return match fault {
                        Some(error) => self.numbering.broken_off(line, &error),
                        None => self.numbering.fault(line, code, format!("<{record}> is broken: {why}")),
                    };
                }
                End::More if self.blocks.unread().len() > self.limit => {
                    self.resync();
                    return self.numbering.too_long(line);
                }
                End::More => {
                    self.blocks.refill();
                }
            }
        }
    }

    /// Passes over everything up to where the next element of the record's name begins.
    fn resync(&mut self) {
        let opening = format!("<{}", self.record.as_deref().unwrap_or_default());
        self.blocks.skip(1);
        loop {
            let unread = self.blocks.unread();
            let next = memmem::find_iter(unread, opening.as_bytes()).find(|at| {
                let after = unread.get(at + opening.len());
                opening.len() == 1
                    || after.is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
            });
            if let Some(next) = next {
                return self.blocks.skip(next);
            }
            let root = self.seen.first().map(|root| format!("</{root}>"));
            self.closed |= root.is_some_and(|root| memmem::find(unread, root.as_bytes()).is_some());
            let kept = unread.len().min(opening.len());
            self.blocks.skip(unread.len() - kept);
            if !self.blocks.refill() {
                self.blocks.skip(self.blocks.unread().len());
                return;
            }
        }
    }

    /// Nothing more to read.
    fn finish(&mut self) -> Option<Raw> {
        self.ended = true;
        if let Some(error) = self.blocks.fault() {
            let line = Some(self.blocks.line());
            return Some(self.numbering.broken_off(line, &error));
        }
        if !self.closed && !self.seen.is_empty() && (self.stuck || self.record.is_some()) {
            let line = Some(self.blocks.line());
            return Some(self.numbering.fault(line, "truncated-input", "the file ends inside the feed"));
        }
        let empty = self.seen.iter().any(|name| element::only_holds_others(name));
        if self.record.is_some() || empty {
            return None;
        }
        let message = match self.seen.join(", ") {
            seen if seen.is_empty() => "it is no XML: no element begins in it".to_owned(),
            seen => format!(
                "no posting among the elements {seen}; those that hold one are called job, position or item"
            ),
        };
        Some(self.numbering.fault(Some(1), "no-posting", message))
    }
}

impl Iterator for Feed {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        while !self.ended {
            // Hostile files make a reader look at the same bytes again and again.
            if self.looked > PATIENCE + 32 * self.blocks.passed() {
                self.ended = true;
                let line = Some(self.blocks.line());
                return Some(self.numbering.fault(line, "invalid-xml", "the XML is too broken from here on"));
            }
            match self.seek() {
                Next::Record => return Some(self.record()),
                Next::More => {
                    if !self.blocks.refill() && self.blocks.unread().is_empty() {
                        return self.finish();
                    }
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn read(text: &[u8], size: usize) -> Vec<(u64, String)> {
        let blocks = Blocks::with_size(Box::new(Cursor::new(text.to_owned())), size);
        let feed = Feed::new(blocks, Numbering::new("x".into()), Around::default());
        feed.map(|raw| (raw.source.line.unwrap(), raw.text().into_owned())).collect()
    }

    /// The line on which an element begins, and its text or what is wrong.
    type Element = (u64, &'static str);

    const CASES: &[(&str, &str, &[Element])] = &[
        (
            "a feed",
            "<?xml version='1.0'?>\n<source><publisher>A</publisher>\n<job><a/></job>\n<job>\nx</job><end/></source>",
            &[(3, "<job><a/></job>"), (4, "<job>\nx</job>")],
        ),
        (
            "a lone posting",
            "<job id='1'><title>PM</title></job>",
            &[(1, "<job id='1'><title>PM</title></job>")],
        ),
        ("an empty element", "<jobs><job/><job>x</job></jobs>", &[(1, "<job/>"), (1, "<job>x</job>")]),
        ("inside a comment", "<jobs><!-- <job>no</job> --><job>x</job></jobs>", &[(1, "<job>x</job>")]),
        (
            "names of the first kind",
            "<rss><item>x<job>y</job></item></rss>",
            &[(1, "<item>x<job>y</job></item>")],
        ),
        ("an empty feed", "<rss><channel><title>Jobs</title></channel></rss>", &[]),
        (
            "a tag that is not closed costs one",
            "<jobs><job><t>x</job>\n<job>y</job></jobs>",
            &[(1, "<job> is broken: expected `</t>`, but `</job>` was found"), (2, "<job>y</job>")],
        ),
        (
            "marks of a text that are not closed cost nothing",
            "<jobs><job><t>x<br>y<p></b></t></job>\n<job>y</job></jobs>",
            &[(1, "<job><t>x<br>y<p></b></t></job>"), (2, "<job>y</job>")],
        ),
        (
            "an end that is missing costs one",
            "<jobs><job><a>x</a>\n<job>y</job></jobs>",
            &[(1, "<job> is broken: another <job> begins inside"), (2, "<job>y</job>")],
        ),
        (
            "a section that does not end costs one",
            "<jobs><job><![CDATA[x</job>\n<job>y<![CDATA[z]]></job></jobs>",
            &[(1, "<job> is broken: a CDATA section does not end"), (2, "<job>y<![CDATA[z]]></job>")],
        ),
        (
            "cut",
            "<jobs><job>x</job><job><title>P",
            &[(1, "<job>x</job>"), (1, "<job> is broken: the file ends inside it")],
        ),
        (
            "cut between postings",
            "<jobs><job>x</job>\n",
            &[(1, "<job>x</job>"), (2, "the file ends inside the feed")],
        ),
        (
            "a document type",
            "<?xml version='1.0'?>\n<!DOCTYPE jobs [<!ENTITY a \"<job>\">\n<!-- it's ]> -->]>\n<jobs><job>x</job></jobs>",
            &[(4, "<job>x</job>")],
        ),
        (
            "a document type without end",
            "<!DOCTYPE jobs [<jobs><job>x</job></jobs>",
            &[(1, "it is no XML: no element begins in it")],
        ),
        ("a comment without end", "<jobs><!-- <job>x</job></jobs>", &[(1, "<job>x</job>")]),
        ("a comment and no more", "<jobs><!-- <x>", &[(1, "the file ends inside the feed")]),
        (
            "no postings",
            "<project><name>x</name></project>",
            &[(
                1,
                "no posting among the elements project, name; those that hold one are called job, position or item",
            )],
        ),
        (
            "a warning of the server before it",
            "<br />\n<b>Warning</b>: it broke <br />\n<?xml version='1.0'?><jobs><job>x</job></jobs>",
            &[(3, "<job>x</job>")],
        ),
        ("no XML", "hello & < more", &[(1, "it is no XML: no element begins in it")]),
    ];

    #[test]
    fn elements_are_cut_out_whatever_the_block_size() {
        for (name, text, expected) in CASES {
            for size in [1, 7, 4096] {
                let found = read(text.as_bytes(), size);
                let found: Vec<_> = found.iter().map(|(line, text)| (*line, text.as_str())).collect();
                assert_eq!(found, *expected, "{name} in blocks of {size}");
            }
        }
    }

    #[test]
    fn any_character_set_keeps_its_places() {
        let found = read(b"<jobs><t>caf\xe9</t><job>caf\xe9</job>\n<job>x</job></jobs>", 5);
        assert_eq!(found, [(1, "<job>café</job>".to_owned()), (2, "<job>x</job>".to_owned())]);
    }
}
