//! Where the head of a web page ends: with its closing tag or, where people leave that out, before what no head holds.

use memchr::memchr;

use super::tag::{self, Tag};
use crate::html::{closing, comment_length};

/// Elements of a head whose content is no markup of it.
const RAW: &[&[u8]] = &[b"script", b"style", b"title", b"noscript", b"template"];

/// Length of the head whose content begins `html`, with its closing tag; `None` when nothing ends it.
pub(crate) fn length(html: &[u8]) -> Option<usize> {
    let mut at = 0;
    // Whether every such element so far has ended: what never ends hides nothing.
    let mut raw = true;
    loop {
        at += memchr(b'<', &html[at..])?;
        let rest = &html[at..];
        if rest.starts_with(b"<!--") {
            at += comment_length(rest)?;
            continue;
        }
        let closes = rest.get(1) == Some(&b'/');
        let name = name(&rest[1 + usize::from(closes)..]);
        let is = |known: &&[u8]| known.eq_ignore_ascii_case(name);
        if closes && is(&&b"head"[..]) {
            return Some(at + memchr(b'>', rest)? + 1);
        }
        if !closes && RAW.iter().any(is) {
            let end = if raw { closing(&rest[1..], name) } else { None };
            raw &= end.is_some();
            at += 1 + end.unwrap_or(0);
        } else if !closes && ends(name) {
            return Some(at);
        } else {
            at += 1;
        }
    }
}

/// Whether an element of this name cannot stand in a head.
fn ends(name: &[u8]) -> bool {
    tag::meaning(name) != Tag::Inline && !name.eq_ignore_ascii_case(b"html")
}

/// The name that begins `tag`.
fn name(tag: &[u8]) -> &[u8] {
    let length = tag.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    &tag[..length]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_ends_where_a_browser_ends_it() {
        const CASES: &[(&str, Option<&str>)] = &[
            ("<title>PM</title></HEAD ><body>x", Some("<body>x")),
            ("<title>PM</title><body class=a>x", Some("<body class=a>x")),
            ("<meta charset=utf-8><link href=x>\n<H1>PM</h1>", Some("<H1>PM</h1>")),
            ("<title><p>PM</title><script>'<p>'</script><!-- <p> --><p>x", Some("<p>x")),
            ("<style>p > a</style><x-part></x-part><header>x", Some("<header>x")),
            ("<meta name=a></p></head>x", Some("x")),
            ("<title>PM</title>text", None),
            ("<title>never ends <meta></head>x", Some("x")),
            ("<script>never ends", None),
        ];
        for (html, rest) in CASES {
            let found = length(html.as_bytes()).map(|length| &html[length..]);
            assert_eq!(found, *rest, "{html}");
        }
    }
}
