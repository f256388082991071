//! The page in what a server answered, or in what a crawler stored as it is.

use std::io::{BufRead, BufReader, Read};

use chunked_transfer::Decoder as Chunks;
use encoding_rs::Encoding;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use memchr::memmem;

use super::super::blocks::{RECORD_LIMIT, longer_than};
use super::super::charset;
use super::super::packed::Packing;
use super::LINES;
use crate::outcome::Fault;

/// A page or an answer in JSON, as UTF-8 or what a page declares.
pub(super) struct Page {
    /// Whether it is JSON.
    pub(super) json: bool,
    /// What was stored, unpacked.
    pub(super) bytes: Vec<u8>,
}

/// What is wrong with a record.
pub(super) fn fault(code: &str, message: impl Into<String>) -> Fault {
    Fault { code: code.to_owned(), message: message.into() }
}

/// Whether content of this type is read, and if so, whether as JSON.
fn reads(media: &str) -> Option<bool> {
    match media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => Some(false),
        "application/json" | "application/ld+json" => Some(true),
        _ => None,
    }
}

/// A page stored as it is.
pub(super) fn plain(media: &str, bytes: Vec<u8>) -> Option<Page> {
    let json = reads(media)?;
    let label = media.split(';').find_map(|part| part.trim().strip_prefix("charset="));
    let declared = label.and_then(|label| Encoding::for_label(label.trim_matches(['"', '\'']).as_bytes()));
    let bytes = match declared {
        Some(encoding) => charset::utf8(&bytes, encoding).into_owned(),
        None => bytes,
    };
    Some(Page { json, bytes })
}

/// The page in what a server answered; none when it sent something else.
pub(super) fn answer(content: &[u8]) -> Result<Option<Page>, Fault> {
    let mut fields = [httparse::EMPTY_HEADER; LINES];
    let mut response = httparse::Response::new(&mut fields);
    let read = response.parse(content);
    let Ok(httparse::Status::Complete(start)) = read else {
        // Crawlers store what other protocols gave, too.
        let is_http = content.starts_with(b"HTTP/");
        return if is_http {
            Err(fault("broken-record", "the head of the server's answer is broken"))
        } else {
            Ok(None)
        };
    };
    let field = |name: &str| {
        let found = response.headers.iter().find(|field| field.name.eq_ignore_ascii_case(name));
        found.map(|field| String::from_utf8_lossy(field.value).trim().to_owned()).unwrap_or_default()
    };
    let media = field("content-type");
    if response.code != Some(200) || reads(&media).is_none() {
        return Ok(None);
    }
    let body = &content[start..];
    let mut body: Box<dyn BufRead + '_> = match field("transfer-encoding").to_ascii_lowercase().as_str() {
        "chunked" if begins_chunk(body) => Box::new(BufReader::new(Chunks::new(body))),
        _ => Box::new(body),
    };
    // Many archives keep the fields of what they have undone.
    let packed = body.fill_buf().is_ok_and(|start| Packing::of(start) == Some(Packing::Gzip));
    let body: Box<dyn Read + '_> = match field("content-encoding").to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" if packed => Box::new(MultiGzDecoder::new(body)),
        "deflate" => Box::new(ZlibDecoder::new(body)),
        "" | "identity" | "gzip" | "x-gzip" => body,
        other => {
            let message = format!(
                "the page is packed as \"{other}\", which is not read; let the crawler store pages unpacked or as gzip"
            );
            return Err(fault("unsupported-format", message));
        }
    };
    let mut bytes = Vec::new();
    match body.take(RECORD_LIMIT as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() > RECORD_LIMIT => Err(longer_than(RECORD_LIMIT)),
        Ok(_) => Ok(plain(&media, bytes)),
        Err(error) => Err(fault("truncated-input", format!("the page breaks off: {error}"))),
    }
}

/// Whether a body begins with the length of a chunk: a line of hexadecimal digits.
fn begins_chunk(body: &[u8]) -> bool {
    let Some(end) = memmem::find(&body[..body.len().min(64)], b"\r\n") else { return false };
    let size = body[..end].split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    !size.is_empty() && size.iter().all(u8::is_ascii_hexdigit)
}
