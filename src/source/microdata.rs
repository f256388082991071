//! Postings that a web page marks up in place as schema.org `JobPosting`, as microdata (`itemscope`, `itemtype`, `itemprop`) or
//! `RDFa` (`typeof`, `property`).
//!
//! One pass by hand over the tags, as in [`crate::html`]; what a property holds is the page between its tags.

use memchr::memmem;

use super::blocks::LineCount;
use super::linked::{Linked, size};
use super::page::Page;
use super::value::Value;
use crate::html::{Step, attribute, is_any, step, tag_length};

/// How deep elements are followed.
const DEEPEST: usize = 256;

/// How many times the page may be copied, all in all: properties stand in one another.
const COPIES: usize = 2;

/// How many properties an element may be at once.
const NAMES: usize = 4;

/// Up to how many bytes a property may be that shows nothing.
const SHORT: usize = 4096;

/// Elements that hold nothing and never end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Attributes that hold the value of a property.
const VALUES: &[&str] = &["content", "href", "src", "datetime"];

/// Properties that are addresses: what a link shows is not what they are.
const ADDRESSES: &[&str] = &["url", "sameAs", "mainEntityOfPage", "image", "logo"];

/// An element that is open.
struct Open<'h> {
    name: &'h str,
    /// The property that it is.
    property: Option<&'h str>,
    /// The value that its tag gives.
    value: Option<&'h str>,
    /// Whether it is a thing with properties of its own.
    thing: bool,
    /// Where its content begins, and how many properties the thing around it had then.
    content: usize,
    before: usize,
}

/// A thing whose element is open.
struct Thing {
    members: Vec<(String, Value)>,
    /// Where its tag stands, when it is a posting.
    posting: Option<usize>,
    /// Whether it is an employer, or the like.
    organization: bool,
}

/// The postings of a page.
pub(super) fn in_page(html: &str) -> Vec<Linked> {
    let left = COPIES * html.len();
    let mut walk = Walk { html, open: Vec::new(), things: Vec::new(), found: Vec::new(), left };
    if memmem::find(html.as_bytes(), b"JobPosting").is_some()
        && ["itemtype", "typeof"].iter().any(|name| memmem::find(html.as_bytes(), name.as_bytes()).is_some())
    {
        walk.through();
    }
    walk.found.sort_by_key(|(at, _)| *at);
    let mut lines = LineCount::new(html.as_bytes());
    let told = |record: &Value| ["title", "description"].iter().any(|name| !record.all_at(name).is_empty());
    let postings = walk.found.into_iter().filter(|(_, record)| told(record));
    postings
        .map(|(at, record)| {
            let size = size(&record, usize::MAX);
            Linked { record, line: lines.at(at), size, charset: None, named: true }
        })
        .collect()
}

struct Walk<'h> {
    html: &'h str,
    open: Vec<Open<'h>>,
    things: Vec<Thing>,
    found: Vec<(usize, Value)>,
    /// How many more bytes may be copied out of the page.
    left: usize,
}

impl<'h> Walk<'h> {
    fn through(&mut self) {
        let mut at = 0;
        while let Some(step) = step(self.html, at) {
            match step {
                Step::Over { end, .. } => at = end,
                Step::Tag { start, name } => {
                    let end = start + tag_length(&self.html[start..]);
                    let tag = &self.html[start..end];
                    match name.strip_prefix('/') {
                        Some(name) => self.close(name, start),
                        None => self.open(name, tag, start, end),
                    }
                    at = end;
                }
            }
        }
        while !self.open.is_empty() {
            self.end(self.html.len());
        }
    }

    fn open(&mut self, name: &'h str, tag: &'h str, start: usize, content: usize) {
        let property = attribute(tag, "itemprop").or_else(|| attribute(tag, "property"));
        let property = property.filter(|property| !property.is_empty());
        if is_any(name, VOID) {
            if let Some(property) = property {
                let value = VALUES.iter().find_map(|name| attribute(tag, name)).unwrap_or_default();
                self.put(property, Value::Text(value.to_owned()));
            }
            return;
        }
        if self.open.len() >= DEEPEST {
            return;
        }
        let kind = attribute(tag, "itemtype").or_else(|| attribute(tag, "typeof"));
        let thing = kind.is_some() || attribute(tag, "itemscope").is_some();
        let before = self.things.last().map_or(0, |thing| thing.members.len());
        if thing {
            let is = |wanted: &str| {
                kind.unwrap_or_default().split_ascii_whitespace().any(|kind| local(kind) == Some(wanted))
            };
            let organization = kind.is_some_and(|kind| kind.ends_with("Organization"));
            let posting = is("JobPosting").then_some(start);
            self.things.push(Thing { members: Vec::new(), posting, organization });
        }
        let is_address =
            property.is_some_and(|property| ADDRESSES.iter().any(|name| local(property) == Some(name)));
        let value = attribute(tag, "content").or_else(|| attribute(tag, "href").filter(|_| is_address));
        self.open.push(Open { name, property, value, thing, content, before });
    }

    /// An end tag ends the innermost element of its name, and those inside that nobody ended.
    fn close(&mut self, name: &str, at: usize) {
        let Some(depth) = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name)) else {
            return;
        };
        while self.open.len() > depth {
            self.end(at);
        }
    }

    fn end(&mut self, at: usize) {
        let Some(open) = self.open.pop() else { return };
        if open.thing {
            let Some(thing) = self.things.pop() else { return };
            let value = Value::Object(thing.members);
            match (thing.posting, open.property) {
                (Some(start), _) => self.found.push((start, value)),
                (None, Some(property)) => self.put(property, value),
                // Some pages do not say what the employer is to the posting.
                (None, None) if thing.organization => self.put("hiringOrganization", value),
                (None, None) => {}
            }
            return;
        }
        let Some(property) = open.property else { return };
        let content = &self.html[open.content..at.max(open.content)];
        let Some(left) = self.left.checked_sub(content.len()) else { return };
        self.left = left;
        let value = match open.value {
            Some(value) => Value::Text(value.to_owned()),
            None if content.len() > SHORT || Page::shows_text(content) => {
                Value::Text(content.trim().to_owned())
            }
            // What it holds stands in the tags of properties inside it.
            None => {
                let inner = self.things.last().and_then(|thing| thing.members.get(open.before..));
                let mut values: Vec<Value> = Vec::new();
                let mut room = SHORT;
                for (_, value) in inner.unwrap_or_default() {
                    // Each may hold those before it, which doubles them from one to the next.
                    let Some(less) = room.checked_sub(1 + size(value, SHORT)) else { break };
                    room = less;
                    if !values.contains(value) {
                        values.push(value.clone());
                    }
                }
                if values.len() == 1 { values.swap_remove(0) } else { Value::List(values) }
            }
        };
        self.put(property, value);
    }

    fn put(&mut self, property: &str, value: Value) {
        let Some(thing) = self.things.last_mut() else { return };
        let mut names: Vec<_> =
            property.split_ascii_whitespace().take(NAMES).filter_map(local).map(str::to_owned).collect();
        let Some(last) = names.pop() else { return };
        for name in names {
            let Some(left) = self.left.checked_sub(1 + size(&value, self.left)) else { break };
            self.left = left;
            thing.members.push((name, value.clone()));
        }
        thing.members.push((last, value));
    }
}

/// A name without the prefix or address of schema.org; `None` when it is of another vocabulary.
fn local(name: &str) -> Option<&str> {
    if let Some((_, local)) = name.rsplit_once("schema.org/") {
        return Some(local);
    }
    let local = name.strip_prefix("schema:").unwrap_or(name);
    (!local.contains(':')).then_some(local)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_are_read_with_the_things_inside_them() {
        let html = "<p itemprop=x>no</p>\n<div itemscope itemtype=\"https://schema.org/JobPosting\"><h2 itemprop=title>PM</h2>\
            <meta itemprop=url content='https://example.com'><span itemprop=hiringOrganization itemscope><b itemprop=name>Acme</b>\
            </span><div itemprop=description><p>Own <b>it</b><p>all</div></div>\
            <section itemscope itemtype=http://schema.org/JobPosting><i itemprop=title>PMM</i>\
            <!-- <i itemprop=title>no</i> --><script>'<i itemprop=title>'</script>";
        let found = in_page(html);
        let text = |linked: &Linked, name: &str| {
            linked.record.all_at(name).first().and_then(|value| (*value).clone().into_text("; "))
        };
        assert_eq!(found.iter().map(|linked| linked.line).collect::<Vec<_>>(), [2, 2]);
        assert_eq!(text(&found[0], "title").as_deref(), Some("PM"));
        assert_eq!(text(&found[0], "hiringOrganization.name").as_deref(), Some("Acme"));
        assert_eq!(text(&found[0], "description").as_deref(), Some("<p>Own <b>it</b><p>all"));
        assert_eq!(text(&found[0], "url").as_deref(), Some("https://example.com"));
        assert_eq!(found[1].record.members().len(), 1);
    }

    #[test]
    fn rdfa_says_the_same_in_other_words() {
        let html = "<meta property=og:title content=Jobs><div vocab=\"http://schema.org/\" typeof=JobPosting><h2 property=title>PM</h2>\
            <span property=hiringOrganization typeof=Organization><b property=name>Acme</b></span><a property=url href=/7>See</a></div>\
            <li typeof='schema:JobPosting'><i property=schema:title content=PMM>x</i><i property=dc:title>no</i>";
        let found = in_page(html);
        let text = |linked: &Linked, name: &str| {
            linked.record.all_at(name).first().and_then(|value| (*value).clone().into_text("; "))
        };
        assert_eq!(found.len(), 2);
        assert_eq!(text(&found[0], "title").as_deref(), Some("PM"));
        assert_eq!(text(&found[0], "hiringOrganization.name").as_deref(), Some("Acme"));
        assert_eq!(text(&found[0], "url").as_deref(), Some("/7"));
        assert_eq!(text(&found[1], "title").as_deref(), Some("PMM"));
        assert_eq!(found[1].record.members().len(), 1);
    }

    #[test]
    fn values_in_tags_and_employers_without_a_property_are_read() {
        let html = "<div itemtype=http://schema.org/JobPosting><b itemprop=title>PM</b>\
            <span itemprop=jobLocation><span itemprop=address><meta itemprop=streetAddress content=Lyon></span></span>\
            <div itemscope itemtype=http://data-vocabulary.org/Organization><b itemprop=name>Acme</b></div></div>";
        let found = in_page(html);
        let text = |name: &str| found[0].record.all_at(name)[0].clone().into_text("; ").unwrap();
        assert_eq!(
            [text("title"), text("jobLocation"), text("hiringOrganization.name")],
            ["PM", "Lyon", "Acme"]
        );
    }

    #[test]
    fn hostile_pages_take_no_longer_than_others() {
        let start = "<div itemscope itemtype=\"http://schema.org/JobPosting\">";
        for piece in [
            "<b itemprop=title ",
            "<b itemprop=title>x",
            "<i itemscope>",
            "<!--",
            "<a x=\"",
            "<script>",
            "</div>",
        ] {
            let page = format!("{start}{}", piece.repeat(100_000));
            let sizes: usize = in_page(&page).iter().map(|linked| linked.size).sum();
            assert!(sizes <= 5 * page.len(), "{piece}: {sizes}");
        }
        let ends = "<meta itemprop=x content=1><meta itemprop=x content=2></div>";
        for piece in ["<i itemscope itemprop='a b c d'>", "<b itemprop=a>", "<i itemscope itemprop=a>"] {
            let page =
                format!("{start}<b itemprop=title>PM</b>{}{ends}{}", piece.repeat(250), "<p>".repeat(30_000));
            let sizes: usize = in_page(&page).iter().map(|linked| linked.size).sum();
            assert!(sizes <= 50 * page.len(), "{piece}: {sizes}");
        }
    }
}
