//! Files that must be read whole: drafts, web pages and what is inside them.

use std::borrow::Cow;
use std::cell::LazyCell;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use memchr::{memchr, memchr_iter, memmem};

use super::around::Around;
use super::blocks::{Blocks, Bytes, LineCount, line_at};
use super::cards;
use super::charset;
use super::draft::DraftKind;
use super::grid;
use super::json::without_mark;
use super::linked::{self, Linked};
use super::list::JsonList;
use super::microdata;
use super::page::Page;
use super::raw::{Numbering, Payload, Raw};
use super::script::{self, Held};
use super::stowed;
use super::stretch::{BODY_LIKE, cut_short};
use super::value::Value;
use super::{Tally, shape, yaml};
use crate::html;

/// The records of one file.
pub(super) type Raws = Box<dyn Iterator<Item = Raw> + Send>;

/// Reads a file of at most `limit` bytes whole, and the records that `cut` finds in it.
pub(super) fn read(
    reader: Box<dyn Read + Send>,
    limit: usize,
    mut numbering: Numbering,
    cut: impl FnOnce(Vec<u8>, Numbering) -> Raws,
) -> Raws {
    let mut bytes = Vec::new();
    let raw = match reader.take(limit as u64 + 1).read_to_end(&mut bytes) {
        Err(error) => numbering.broken_off(Some(1), &error),
        Ok(_) if bytes.len() > limit => numbering.longer_than(limit, Some(1)),
        Ok(_) => return cut(bytes, numbering),
    };
    Box::new(std::iter::once(raw))
}

/// A web page: the postings that its scripts tell, else the page as one.
pub(super) fn page(bytes: Vec<u8>, mut numbering: Numbering, tally: &Tally) -> Raws {
    let bytes = Bytes::from(bytes);
    let (text, guessed) = bytes.utf8();
    let html = charset::text(&text);
    let linked::Told { postings: mut found, broken } = linked::in_page(&html);
    tally.broken.fetch_add(broken, Ordering::Relaxed);
    if found.is_empty() {
        // One posting marked up in the page is read with the page, in its place.
        found = microdata::in_page(&html);
        found.truncate(if found.len() > 1 { found.len() } else { 0 });
    }
    // What the reader of the page sees is better than a posting without text, or with a teaser.
    if found.len() > 1 || found.first().is_some_and(|linked| tells_more(&linked.record, &html)) {
        return records(found, guessed, numbering);
    }
    if let Some(Held { offset, json }) = unseen(&html) {
        let blocks = Blocks::of(json.into_owned().into_bytes(), line_at(html.as_bytes(), offset));
        return Box::new(JsonList::new(blocks, numbering, Around::default()));
    }
    if found.is_empty() && microdata::in_page(&html).is_empty() {
        let mut found = cards::in_page(&html);
        if found.is_empty() {
            found = grid::in_page(&html);
        }
        if !found.is_empty() {
            return records(found, guessed, numbering);
        }
    }
    let raw = numbering.record(Some(1), Payload::Draft(bytes, DraftKind::Html));
    Box::new(std::iter::once(raw))
}

/// Whether a posting that a page tells says more than the beginning of what the page shows.
fn tells_more(record: &Value, html: &str) -> bool {
    /// How much a page shows that shows a posting, and how many times the length of its beginning.
    const POSTING: usize = 800;
    const TIMES: usize = 4;
    let text = linked::text(record);
    if text.len() >= BODY_LIKE && !cut_short(&text) {
        return true;
    }
    !text.is_empty() && Page::seen(html) <= POSTING.max(TIMES * text.len())
}

/// The JSON from which the scripts of a page build the postings that the page itself does not show.
fn unseen(html: &str) -> Option<Held<'_>> {
    /// Up to how many bytes of text are hardly a posting, and how many are none.
    const LITTLE: usize = 1000;
    const NEXT_TO_NOTHING: usize = 300;
    let seen = LazyCell::new(|| Page::seen(html));
    let told = |held: &Held<'_>| shape::told(held.json.trim().as_bytes());
    let hidden = |held: &Held<'_>| told(held).filter(|postings| 2 * *seen < postings.length);
    let scripts = html::scripts(html, |tag| tag.contains("application/json")).into_iter();
    let scripts = scripts.map(|(offset, json)| Held { offset, json: Cow::Borrowed(json) });
    let data: Vec<_> = scripts.chain(stowed::in_page(html)).collect();
    let is_code = |tag: &str| !tag.contains("type") || tag.contains("javascript") || tag.contains("module");
    let code = html::scripts(html, is_code).into_iter();
    let code = code.flat_map(|(start, text)| {
        script::values(text).map(move |held| Held { offset: start + held.offset, ..held })
    });
    let code: Vec<_> = code.collect();
    // Lists without a name, and code, hold much else than postings.
    let told_apart = |held: &Held<'_>| {
        let bare = held.json.trim_start().starts_with('[');
        hidden(held).is_some_and(|postings| !bare || postings.roles || *seen < NEXT_TO_NOTHING)
    };
    let sure = |held: &Held<'_>| {
        hidden(held).is_some_and(|postings| {
            postings.named || *seen < if postings.roles { LITTLE } else { NEXT_TO_NOTHING }
        })
    };
    let found = data.iter().find(|held| told_apart(held)).or_else(|| code.iter().find(|held| sure(held)));
    // The state of a page may hold it deep inside, with much else around it.
    let deep = |held: &Held<'_>| {
        let json = held.json.trim();
        let postings = shape::buried(json.as_bytes()).filter(|postings| 2 * *seen < postings.length)?;
        let json = json.get(postings.offset..postings.offset + postings.length)?.to_owned();
        Some(Held { offset: held.offset, json: Cow::Owned(json) })
    };
    found.cloned().or_else(|| data.iter().chain(&code).find_map(deep))
}

/// A script that holds postings as JSON.
pub(super) fn script(bytes: Vec<u8>, mut numbering: Numbering, around: Around) -> Raws {
    let bytes = Bytes::from(bytes);
    let text = bytes.utf8().0;
    let text = charset::text(&text);
    if let Some(offset) = script::behind_guard(&text) {
        let blocks = Blocks::of(text.as_bytes()[offset..].to_vec(), line_at(text.as_bytes(), offset));
        return Box::new(JsonList::new(blocks, numbering, around));
    }
    let held = script::postings(&text);
    if let Some(first) = held.first() {
        let mut lines = LineCount::new(text.as_bytes());
        let first = lines.at(first.offset);
        // One behind another, each on its line.
        let (mut json, mut line) = (String::new(), first);
        for held in &held {
            let missing = lines.at(held.offset).saturating_sub(line);
            json.extend(std::iter::repeat_n('\n', usize::try_from(missing).unwrap_or_default()));
            json.push_str(&held.json);
            line += missing + memchr_iter(b'\n', held.json.as_bytes()).count() as u64;
        }
        return Box::new(JsonList::new(Blocks::of(json.into_bytes(), first), numbering, around));
    }
    let message = "no list of postings is written out in this script; let the program write it as JSON";
    Box::new(std::iter::once(numbering.fault(Some(1), "no-posting", message)))
}

/// A file of YAML; where it is none as a whole, each part of it that can be told from the others.
pub(super) fn yaml(bytes: Vec<u8>, mut numbering: Numbering, around: Around) -> Raws {
    let bytes = Bytes::from(bytes);
    let text = charset::text(without_mark(&bytes.utf8().0)).into_owned();
    let whole = yaml::Piece::whole(&text);
    // What is still to be read, the next last.
    let mut left = vec![whole.clone()];
    let mut read = Vec::new().into_iter();
    Box::new(std::iter::from_fn(move || {
        while read.len() == 0 {
            let piece = left.pop()?;
            match piece.to_json(&text) {
                Ok(json) if json.is_empty() && piece == whole => {
                    let message = "neither a list nor names with values are in this YAML";
                    return Some(numbering.fault(Some(1), "invalid-yaml", message));
                }
                Ok(json) => {
                    let blocks = Blocks::of(json.into_bytes(), piece.line);
                    read = JsonList::new(blocks, numbering.clone(), around.clone()).all(&mut numbering);
                }
                Err(fault) => {
                    let parts = piece.parts(&text);
                    if parts.len() < 2 {
                        return Some(numbering.fault(Some(piece.line), "invalid-yaml", fault));
                    }
                    left.extend(parts.into_iter().rev());
                }
            }
        }
        read.next()
    }))
}

/// A file of JSON-LD.
pub(super) fn linked(bytes: Vec<u8>, mut numbering: Numbering) -> Raws {
    let bytes = Bytes::from(bytes);
    let (text, guessed) = bytes.utf8();
    let raw = match linked::in_json(&charset::text(&text)) {
        Some(found) if !found.is_empty() => return records(found, guessed, numbering),
        Some(_) => {
            numbering.fault(Some(1), "no-posting", "no JobPosting among the things that this JSON-LD tells")
        }
        // The usual reader says what is wrong, and where.
        None => numbering.record(Some(1), Payload::Json(bytes, Arc::default())),
    };
    Box::new(std::iter::once(raw))
}

/// A draft.
pub(super) fn draft(bytes: Vec<u8>, kind: DraftKind, mut numbering: Numbering) -> Raws {
    let bytes = if kind == DraftKind::Docx { Bytes::of_data(bytes) } else { Bytes::from(bytes) };
    Box::new(std::iter::once(numbering.record(Some(1), Payload::Draft(bytes, kind))))
}

fn records(found: Vec<Linked>, charset: Option<&'static str>, mut numbering: Numbering) -> Raws {
    Box::new(found.into_iter().map(move |linked| {
        let linked = Linked { charset, ..linked };
        let line = Some(linked.line);
        numbering.record(line, Payload::Linked(Arc::new(linked)))
    }))
}

/// JSON that a browser saved as a page: all of it in one `pre`, its brackets and ampersands as entities.
pub(super) fn saved_json(bytes: Vec<u8>, numbering: Numbering, around: Around) -> Raws {
    let bytes = Bytes::from(bytes);
    let bytes = &*bytes.utf8().0;
    let content = preformatted(bytes).unwrap_or(0);
    let end = memmem::find(&bytes[content..], b"</pre").map_or(bytes.len(), |at| content + at);
    let line = line_at(bytes, content);
    let text = charset::text(&bytes[content..end]);
    let json = html_escape::decode_html_entities(&text).into_owned();
    Box::new(JsonList::new(Blocks::of(json.into_bytes(), line), numbering, around))
}

/// Offset of the content of the first `pre`, when it is JSON.
pub(super) fn preformatted(bytes: &[u8]) -> Option<usize> {
    let tag = memmem::find(bytes, b"<pre")?;
    let content = tag + memchr(b'>', &bytes[tag..])? + 1;
    let start = bytes[content..].trim_ascii_start();
    let braced = matches!(start.first(), Some(b'{' | b'['));
    let inside = start.get(1..)?.trim_ascii_start();
    let json = [&b"\""[..], b"&quot;", b"{", b"}"].iter().any(|mark| inside.starts_with(mark));
    (braced && json).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The title of each posting that a page gives; none for the page itself.
    fn titles(html: &str) -> Vec<Option<String>> {
        let raws = page(html.as_bytes().to_vec(), Numbering::new("x.html".into()), &Tally::default());
        raws.map(|raw| match raw.payload {
            Payload::Json(..) => raw.posting(&super::super::Mapping::default()).unwrap().title,
            _ => None,
        })
        .collect()
    }

    #[test]
    fn every_value_of_a_script_that_holds_postings_is_read() {
        let told = |title: &str| format!("{{\"jobs\":[{{\"title\":\"{title}\",\"body\":\"Own\"}}]}}");
        let read = |text: String| {
            let raws = script(text.into_bytes(), Numbering::new("x.js".into()), Around::default());
            let posting =
                |raw: Raw| (raw.source.line, raw.posting(&super::super::Mapping::default()).unwrap().title);
            raws.map(posting).collect::<Vec<_>>()
        };
        let expected = |lines: [u64; 2]| {
            [("PM", lines[0]), ("PMM", lines[1])].map(|(title, line)| (Some(line), Some(title.to_owned())))
        };
        assert_eq!(read(format!("a({});\n\na({});", told("PM"), told("PMM"))), expected([1, 3]));
        assert_eq!(read(format!(")]}}'\n{}\n{}", told("PM"), told("PMM"))), expected([2, 3]));
    }

    #[test]
    fn a_teaser_that_a_page_tells_gives_way_to_what_it_shows() {
        let page = |told: &str, shown: usize| {
            let json = format!(r#"{{"@type":"JobPosting","title":"PM","description":"{told}"}}"#);
            let html = format!(
                "<script type=application/ld+json>{json}</script><h1>x</h1><p>{}</p>",
                "Own it. ".repeat(shown)
            );
            let raws: Vec<_> =
                super::page(html.into_bytes(), Numbering::new("x.html".into()), &Tally::default()).collect();
            let title = raws[0].posting(&super::super::Mapping::default()).unwrap().title;
            (raws[0].is_draft(), title)
        };
        let pm = || Some("PM".to_owned());
        assert_eq!(page("Own it.", 300), (true, pm()));
        assert_eq!(page("Own it.", 10), (false, pm()));
        assert_eq!(page(&"Own it. ".repeat(100), 1000), (false, pm()));
        assert_eq!(page(&format!("{}…", "Own it. ".repeat(60)), 1000), (true, pm()));
    }

    #[test]
    fn scripts_give_the_postings_that_a_page_does_not_show() {
        let told = |key: &str| {
            format!(
                "w.data = {{\"{key}\": [{{\"title\": \"PM\", \"description\": \"{}\"}}]}};",
                "Own it. ".repeat(500)
            )
        };
        let shown = format!("<h1>Pilot</h1><p>{}</p>", "Bring the ships in. ".repeat(70));
        let pm = || vec![Some("PM".to_owned())];
        for (name, body, script, expected) in [
            ("an empty page", "<div id=app></div>", told("entries"), pm()),
            ("a page with jobs behind it", shown.as_str(), told("jobs"), pm()),
            ("a posting with other things behind it", shown.as_str(), told("stories"), vec![None]),
            ("a short posting with other things behind it", &shown[..600], told("stories"), vec![None]),
            (
                "one with roles behind it",
                &shown[..600],
                told("stories").replace("PM", "Pilot Lead"),
                vec![Some("Pilot Lead".to_owned())],
            ),
            (
                "one deep inside",
                "<div id=app></div>",
                told("job").replace("[{", "{\"a\":{\"b\":{\"c\":{\"d\":{\"job\":{").replace("}]}", "}}}}}}}"),
                pm(),
            ),
            ("a script that is none", "<p>Pilot</p>", "let x = 1;".to_owned(), vec![None]),
        ] {
            assert_eq!(titles(&format!("<body>{body}<script>{script}</script>")), expected, "{name}");
        }
        let list = format!("[{{\"title\":\"Calm seas\",\"content\":\"{}\"}}]", "Nice. ".repeat(900));
        assert_eq!(titles(&format!("{shown}<script type=application/json>{list}</script>")), [None]);
        let long = format!("<p>{}</p><script>{}</script>", "Bring the ships in. ".repeat(300), told("jobs"));
        assert_eq!(titles(&long), [None]);
    }
}
