//! JSON that a page keeps for its scripts outside of them: in attributes, as `data-page="{…}"`, and in what Next.js streams,
//! as `self.__next_f.push([1,"5:[…]\\n"])`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use memchr::memmem;

use super::scan::{self, Step};
use super::script::Held;
use crate::html::scripts;

/// The values that a page keeps so.
pub(super) fn in_page(html: &str) -> Vec<Held<'_>> {
    let mut found = attributes(html);
    found.extend(streamed(html));
    found
}

/// Objects, and lists of them, in attributes.
fn attributes(html: &str) -> Vec<Held<'_>> {
    /// How many are looked at.
    const MOST: usize = 64;
    const OPENINGS: &[(&str, char)] =
        &[("=\"{&quot;", '"'), ("=\"[{&quot;", '"'), ("=\"{&#34;", '"'), ("='{\"", '\''), ("='[{\"", '\'')];
    let at = |opening: &'static str| memmem::find_iter(html.as_bytes(), opening);
    let openings =
        OPENINGS.iter().flat_map(|(opening, quote)| at(opening).map(move |at| (at + 2, *quote)).take(MOST));
    let value = |(offset, quote): (usize, char)| {
        let end = html[offset..].find(quote)?;
        let json = html_escape::decode_html_entities(&html[offset..offset + end]);
        Some(Held { offset, json })
    };
    openings.filter_map(value).collect()
}

/// The rows of a stream that are JSON, with the texts that they point to in the place of the pointers.
fn streamed(html: &str) -> Vec<Held<'_>> {
    const PUSH: &str = "__next_f.push(";
    let (mut stream, mut start) = (String::new(), None);
    for (offset, script) in scripts(html, |tag| !tag.contains("type") || tag.contains("javascript")) {
        for at in memmem::find_iter(script.as_bytes(), PUSH) {
            let argument = &script[at + PUSH.len()..];
            if argument.starts_with('[')
                && let Step::Done(length) = scan::value(argument.as_bytes())
                && let Ok((_, text)) = serde_json::from_str::<(u64, String)>(&argument[..length])
            {
                start.get_or_insert(offset);
                stream.push_str(&text);
            }
        }
    }
    let Some(offset) = start else { return Vec::new() };
    let (rows, texts) = rows(&stream);
    let mut left = 2 * stream.len();
    rows.into_iter().map(|row| Held { offset, json: Cow::Owned(filled(row, &texts, &mut left)) }).collect()
}

/// The rows of a stream that are objects or lists, and its texts by their names.
fn rows(stream: &str) -> (Vec<&str>, BTreeMap<&str, &str>) {
    let (mut rows, mut texts) = (Vec::new(), BTreeMap::new());
    let mut rest = stream;
    while let Some((name, row)) = rest.split_once(':') {
        let text = row.strip_prefix('T').and_then(|row| {
            let (length, text) = row.split_once(',')?;
            text.split_at_checked(usize::from_str_radix(length, 16).ok()?)
        });
        rest = if let Some((text, behind)) = text {
            texts.insert(name.trim(), text);
            behind
        } else {
            let (row, behind) = row.split_once('\n').unwrap_or((row, ""));
            if row.starts_with(['{', '[']) {
                rows.push(row);
            }
            behind
        };
    }
    (rows, texts)
}

/// A row with the texts that it points to, as `"$1a"`, up to so many bytes of them.
fn filled(row: &str, texts: &BTreeMap<&str, &str>, left: &mut usize) -> String {
    let (mut filled, mut done) = (String::with_capacity(row.len()), 0);
    for at in memmem::find_iter(row.as_bytes(), "\"$") {
        let named = row[at + 2..].split_once('"').and_then(|(name, _)| Some((name, *texts.get(name)?)));
        if at >= done
            && let Some((name, text)) = named
            && text.len() <= *left
            && let Ok(json) = serde_json::to_string(text)
        {
            *left -= text.len();
            filled.push_str(&row[done..at]);
            filled.push_str(&json);
            done = at + name.len() + 3;
        }
    }
    filled.push_str(&row[done..]);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_in_attributes_and_streams_is_found() {
        const CASES: &[(&str, &[&str])] = &[
            (
                r#"<div data-page="{&quot;a&quot;:&quot;b &amp;amp; c&quot;}" id=x>"#,
                &[r#"{"a":"b &amp; c"}"#],
            ),
            (r#"<div data-jobs='[{"a":1}]'>"#, &[r#"[{"a":1}]"#]),
            (r#"<div title="{a}" style="x">"#, &[]),
            (
                r#"<script>self.__next_f.push([0])</script><script>self.__next_f.push([1,"1:T5,a:\nb\"2:{\"x\":\"$1\",\"y\":\"$9\"}\n3:I[1]\n4:"])</script>
                   <script>self.__next_f.push([1,"[{\"z\":1}]\n"])</script>"#,
                &[r#"{"x":"a:\nb\"","y":"$9"}"#, r#"[{"z":1}]"#],
            ),
        ];
        for (html, expected) in CASES {
            let found: Vec<_> = in_page(html).into_iter().map(|held| held.json).collect();
            assert_eq!(found, *expected, "{html}");
        }
    }

    #[test]
    fn hostile_pages_take_no_longer_than_others() {
        for piece in [
            "=\"{&quot;",
            "__next_f.push(",
            "<script>__next_f.push([1,\"1:T1,a2:[\\\"$1\\\"]\\n\"])</script>",
        ] {
            let _ = in_page(&piece.repeat(50_000));
        }
    }
}
