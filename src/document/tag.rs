//! What the tags of HTML mean for reading a posting.

/// Longest tag that is read as one, in bytes; beyond it a `<` is a plain character.
const LONGEST_TAG: usize = 20_000;

/// What a tag does to the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// Ends the block before it and begins another.
    Block,
    /// Begins a heading.
    Heading,
    /// Begins or ends a row of a table.
    Row,
    /// Begins or ends a cell of a table.
    Cell,
    /// Begins or ends a list.
    List,
    /// Begins an item of a list.
    Item,
    /// Ends a line.
    Break,
    /// Sets text in bold.
    Bold,
    /// Holds nothing for a reader: everything up to its end is skipped.
    Hidden,
    /// Keeps its line breaks.
    Preformatted,
    /// Changes nothing.
    Inline,
}

/// What the tag called `name` does; any case.
pub(super) fn meaning(name: &[u8]) -> Tag {
    let mut lower = [0_u8; 12];
    let Some(lower) = lower.get_mut(..name.len()) else { return Tag::Inline };
    lower.copy_from_slice(name);
    lower.make_ascii_lowercase();
    match &*lower {
        b"p" | b"div" | b"table" | b"section" | b"article" | b"main" | b"header" | b"aside"
        | b"blockquote" | b"dl" | b"dd" | b"dt" | b"figure" | b"figcaption" | b"form" | b"fieldset"
        | b"details" | b"summary" | b"body" | b"html" | b"hr" | b"thead" | b"tbody" | b"caption"
        | b"address" | b"center" | b"option" | b"label" => Tag::Block,
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"legend" => Tag::Heading,
        b"tr" => Tag::Row,
        b"td" | b"th" => Tag::Cell,
        b"ul" | b"ol" => Tag::List,
        b"li" => Tag::Item,
        b"br" => Tag::Break,
        b"b" | b"strong" => Tag::Bold,
        b"script" | b"style" | b"head" | b"nav" | b"footer" | b"svg" | b"noscript" | b"template"
        | b"select" | b"iframe" | b"title" | b"button" | b"object" | b"math" => Tag::Hidden,
        b"pre" | b"textarea" => Tag::Preformatted,
        _ => Tag::Inline,
    }
}

/// Whether the text is HTML: it holds a tag that only HTML pages use, opened or closed.
pub(super) fn looks_like_html(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).take(200).any(|at| {
        let rest = &bytes[at + 1..];
        let rest = rest.strip_prefix(b"/").unwrap_or(rest);
        let length = rest.iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count();
        let ends = rest.get(length).is_some_and(|b| matches!(b, b'>' | b' ' | b'/' | b'\n' | b'\t' | b'\r'));
        ends && length > 0
            && (meaning(&rest[..length]) != Tag::Inline
                || matches!(&rest[..length], b"span" | b"a" | b"em" | b"i" | b"u" | b"font"))
    })
}

/// Length of the tag that `rest` begins with, honouring quotes; `None` when it has no end.
pub(super) fn length(rest: &[u8]) -> Option<usize> {
    let rest = &rest[..rest.len().min(LONGEST_TAG)];
    let opens_another = |from: usize, to: usize| memchr::memchr(b'<', &rest[from..to]).is_some();
    let mut at = 1;
    while let Some(passed) = memchr::memchr3(b'>', b'"', b'\'', &rest[at..]) {
        let mark = at + passed;
        if opens_another(at, mark) {
            return None;
        }
        at = mark + 1;
        if rest[mark] == b'>' {
            return Some(at);
        }
        if rest[mark - 1] == b'=' {
            match memchr::memchr(rest[mark], &rest[at..]) {
                Some(length) => at += length + 1,
                // A quote that never closes is none.
                None => return memchr::memchr(b'>', rest).map(|at| at + 1),
            }
        }
    }
    if opens_another(at, rest.len()) { None } else { memchr::memchr(b'>', rest).map(|at| at + 1) }
}
