//! Web archives (WARC): the pages that a crawler stored, each read as a file of its own would be.
//!
//! The archive streams, and one answer of a server at a time is held. What the crawler asked, and answers that are
//! neither page nor JSON, are passed over: they are no records. A page that cannot be read is one that says so.
//!
//! Layout: <https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/>.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use super::Tally;
use super::around::Around;
use super::blocks::{Blocks, RECORD_LIMIT, longer_than};
use super::list::JsonList;
use super::raw::{Numbering, Raw};
use super::whole::{self, Raws};
use crate::outcome::Fault;

mod answer;

use answer::{answer, fault, plain};

/// First bytes of every record of an archive.
pub(super) const MARK: &[u8] = b"WARC/1.";

/// Longest line of a head, in bytes.
const LINE: usize = 64 * 1024;

/// Most lines of a head.
const LINES: usize = 256;

/// Reads the postings of an archive.
pub(super) struct Warc {
    reader: BufReader<Box<dyn Read + Send>>,
    numbering: Numbering,
    /// The postings of the page at hand.
    page: Raws,
    /// The address that the page was fetched from.
    url: Arc<str>,
    /// Whether the first line of the next record is read already.
    begun: bool,
    /// Whether reading broke off and no record has begun since.
    broken: bool,
    ended: bool,
    tally: Arc<Tally>,
}

/// What the head of a record says.
#[derive(Debug, Default, PartialEq, Eq)]
struct Head {
    kind: String,
    url: String,
    media: String,
    length: Option<u64>,
}

/// What stands next in an archive.
struct Found {
    /// Whether a record begins, rather than the archive ending.
    record: bool,
    /// Whether something that is no record was passed over.
    astray: bool,
}

impl Warc {
    /// Starts at the beginning of `reader`.
    pub(super) fn new(reader: Box<dyn Read + Send>, numbering: Numbering, tally: Arc<Tally>) -> Self {
        let page: Raws = Box::new(std::iter::empty());
        Self {
            reader: BufReader::new(reader),
            numbering,
            page,
            url: "".into(),
            begun: false,
            broken: false,
            ended: false,
            tally,
        }
    }

    /// Reads on to the next page, or to what is wrong.
    fn turn(&mut self) -> io::Result<Option<Fault>> {
        if !std::mem::take(&mut self.begun) {
            let Found { record, astray } = self.find()?;
            self.ended = !record;
            if astray {
                self.begun = record;
                let message = "this is no record of a web archive; reading goes on at the next";
                return Ok(Some(fault("broken-record", message)));
            }
            if !record {
                return Ok(None);
            }
        }
        self.broken = false;
        let head = self.head()?;
        let Some(length) = head.length else {
            return Ok(Some(fault(
                "broken-record",
                "the record of the web archive does not say how long it is; reading goes on at the next",
            )));
        };
        if !matches!(head.kind.as_str(), "response" | "resource") {
            self.pass(length)?;
            return Ok(None);
        }
        let mut content = Vec::new();
        self.reader.by_ref().take(length.min(RECORD_LIMIT as u64)).read_to_end(&mut content)?;
        let left = length - content.len() as u64;
        if left > 0 && content.len() < RECORD_LIMIT {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.pass(left)?;
        let page = if head.kind == "resource" { Ok(plain(&head.media, content)) } else { answer(&content) };
        let page = match page {
            Ok(None) => return Ok(None),
            Ok(Some(_)) if left > 0 => return Ok(Some(longer_than(RECORD_LIMIT))),
            Ok(Some(page)) => page,
            Err(fault) => return Ok(Some(fault)),
        };
        // The postings are numbered anew, as those of the archive.
        let numbering = self.numbering.clone();
        self.url = head.url.into();
        self.page = if page.json {
            Box::new(JsonList::new(Blocks::of(page.bytes, 1), numbering, Around::default()))
        } else {
            whole::page(page.bytes, numbering, &self.tally)
        };
        Ok(None)
    }

    /// Goes behind the next line that begins a record.
    fn find(&mut self) -> io::Result<Found> {
        let mut astray = false;
        let mut line = Vec::new();
        while self.line(&mut line)? > 0 {
            if line.starts_with(MARK) {
                return Ok(Found { record: true, astray });
            }
            astray |= !line.trim_ascii().is_empty();
        }
        Ok(Found { record: false, astray })
    }

    /// Reads the fields of a record up to the empty line.
    fn head(&mut self) -> io::Result<Head> {
        let mut head = Head::default();
        let mut line = Vec::new();
        for _ in 0..LINES {
            if self.line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let text = String::from_utf8_lossy(line.trim_ascii());
            if text.is_empty() {
                break;
            }
            let Some((name, value)) = text.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => head.kind = value.to_ascii_lowercase(),
                // Version 1.0 put the address between angle brackets.
                "warc-target-uri" => value.trim_matches(['<', '>']).clone_into(&mut head.url),
                "content-type" => value.clone_into(&mut head.media),
                "content-length" => head.length = value.parse().ok(),
                _ => {}
            }
        }
        Ok(head)
    }

    /// Reads a line, or the first bytes of one that has no end; 0 is the end of the archive.
    fn line(&mut self, line: &mut Vec<u8>) -> io::Result<usize> {
        line.clear();
        self.reader.by_ref().take(LINE as u64).read_until(b'\n', line)
    }

    /// Passes over the content of a record.
    fn pass(&mut self, length: u64) -> io::Result<()> {
        match io::copy(&mut self.reader.by_ref().take(length), &mut io::sink())? {
            passed if passed < length => Err(io::ErrorKind::UnexpectedEof.into()),
            _ => Ok(()),
        }
    }
}

impl Iterator for Warc {
    type Item = Raw;

    fn next(&mut self) -> Option<Raw> {
        loop {
            if let Some(raw) = self.page.next() {
                let url = Some(Arc::clone(&self.url)).filter(|url| !url.is_empty());
                return Some(Raw { url, ..self.numbering.record(None, raw.payload) });
            }
            if self.ended {
                return None;
            }
            match self.turn() {
                Ok(None) => {}
                Ok(Some(Fault { code, message })) => return Some(self.numbering.fault(None, &code, message)),
                Err(error) => {
                    // Archives in gzip have a member a record: behind a broken one the next begins.
                    self.ended = self.broken || error.kind() == io::ErrorKind::Other;
                    self.broken = true;
                    return Some(self.numbering.broken_off(None, &error));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use memchr::memmem;

    use super::super::{Input, Mapping, Options, Records};
    use crate::Outcome;

    const PAGE: &str =
        "<html><body><h1>Pricing Analyst</h1><p>You compare prices of rivals.</p></body></html>";

    fn record(kind: &str, content: &[u8]) -> Vec<u8> {
        let head = format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://jobs.example/7\r\nContent-Length: {}\r\n\r\n",
            content.len()
        );
        [head.as_bytes(), content, b"\r\n\r\n"].concat()
    }

    fn response(fields: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{fields}\r\n");
        record("response", &[head.as_bytes(), body].concat())
    }

    /// What an archive holds: title and address of each posting, or the code of what is wrong.
    fn read(archive: Vec<u8>) -> Vec<String> {
        let mapping = Mapping::default();
        let records = Records::new(vec![Input::held("crawl.warc", archive)], Options::default());
        let told = records.map(|raw| match raw.posting(&mapping).map_err(|end| *end) {
            Ok(found) => format!("{}: {} {}", found.id, found.title.unwrap(), found.url.unwrap()),
            Err(Outcome::Failed(failed)) => failed.error.code,
            Err(_) => unreachable!("nothing is passed over here"),
        });
        told.collect()
    }

    const READ: &str = "Pricing Analyst https://jobs.example/7";

    #[test]
    fn pages_are_read_however_they_were_sent() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(PAGE.as_bytes()).unwrap();
        let packed = gzip.finish().unwrap();
        let chunked = [format!("{:x}\r\n", packed.len()).as_bytes(), &packed, b"\r\n0\r\n\r\n"].concat();
        let both = "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n";
        let archive = [
            record("warcinfo", b"software: none\r\n"),
            record("request", b"GET /7 HTTP/1.1\r\n\r\n"),
            response("", PAGE.as_bytes()),
            response("Content-Encoding: gzip\r\n", &packed),
            response(both, &chunked),
            // The fields of what the crawler has undone.
            response(both, PAGE.as_bytes()),
        ];
        let expected: Vec<_> = (1..=4).map(|at| format!("crawl.warc#{at}: {READ}")).collect();
        assert_eq!(read(archive.concat()), expected);
    }

    #[test]
    fn answers_in_json_stored_files_and_declared_charsets_are_read() {
        let json = r#"{"jobs":[{"id":"a","title":"PM","body":"x"},{"id":"b","title":"PMM","body":"y"}]}"#;
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{json}");
        let latin = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n<h1>Chef de caf\xe9</h1><p>x</p>";
        let mut stored = record("resource", PAGE.as_bytes());
        let at = memmem::find(&stored, b"Content-Length").unwrap();
        stored.splice(at..at, *b"Content-Type: text/html\r\n");
        let archive = [record("response", answer.as_bytes()), record("response", latin), stored];
        let url = "https://jobs.example/7";
        let expected = [
            format!("a: PM {url}"),
            format!("b: PMM {url}"),
            format!("crawl.warc#3: Chef de caf\u{e9} {url}"),
            format!("crawl.warc#4: {READ}"),
        ];
        assert_eq!(read(archive.concat()), expected);
    }

    #[test]
    fn a_broken_member_of_gzip_costs_its_record() {
        let packed = |record: &[u8]| {
            let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
            gzip.write_all(record).unwrap();
            gzip.finish().unwrap()
        };
        let page = packed(&response("", PAGE.as_bytes()));
        let cut = &page[..page.len() / 2];
        let expected =
            [format!("crawl.warc#1: {READ}"), "unreadable".into(), format!("crawl.warc#3: {READ}")];
        assert_eq!(read([&*page, cut, &page].concat()), expected);
    }

    #[test]
    fn what_is_wrong_costs_itself() {
        let page = response("", PAGE.as_bytes());
        let archive = [
            page.clone(),
            b"spilt\r\nmilk\r\n".to_vec(),
            page.clone(),
            response("Content-Encoding: br\r\n", b"..."),
            response("Content-Encoding: gzip\r\n", b"\x1f\x8b\x08\0cut"),
            b"WARC/1.0\r\nWARC-Type: response\r\n\r\n".to_vec(),
            page[..page.len() - 40].to_vec(),
        ];
        let (first, third) = (format!("crawl.warc#1: {READ}"), format!("crawl.warc#3: {READ}"));
        let (broken, cut) = ("broken-record", "truncated-input");
        assert_eq!(read(archive.concat()), [&first, broken, &third, "unsupported-format", cut, broken, cut]);
    }
}
