//! What must hold for all texts: no panic, places that slice to the words, clauses that tile.

mod common;

use std::sync::LazyLock;

use common::{ANALYZER, SAMPLES};
use proptest::prelude::*;
use proptest::sample::select;
use regex::Regex;
use rolecall::posting::Part;
use rolecall::source::front;
use rolecall::{Document, Posting, Verdict};

// ---- texts -----------------------------------------------------------------------------------------------------

/// Words with hits, cues and headings in them, so that soup has evidence.
const WORDS: &[&str] = &[
    "own",
    "Own the product roadmap",
    "product",
    "roadmap",
    "positioning",
    "Positioning and messaging",
    "user stories",
    "work with product marketing on",
    "who owns",
    "launch plan",
    "backlog",
    "you will",
    "not responsible for",
    "but",
    "Responsibilities",
    "About us",
    "Benefits",
    "Requirements",
    "5+ years of",
    "R&D",
    "P&L",
    "go-to-market",
    "e.g.",
    "sales enablement",
    "as a Product Manager",
    "prioritise features",
    "U.S.",
    "we",
    "our customers",
    "A/B tests",
];

const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<ul>",
    "<li>",
    "</li>",
    "</ul>",
    "<br>",
    "<br/>",
    "<h2>",
    "</h2>",
    "<strong>",
    "</strong>",
    "<b",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<style>",
    "<pre>",
    "</pre>",
    "<a href=\"x>y\">",
    "</a>",
    "<img alt='a'>",
    "&amp;",
    "&amp;nbsp;",
    "&nbsp;",
    "&#8226;",
    "&#x1F600;",
    "&lt;li&gt;",
    "&bogus;",
    "&",
    "&;",
    "&#",
    "<",
    ">",
    "</",
    "<button>",
    "<svg/>",
    "<td>",
    "<div class=x>",
    "</div",
    "<!DOCTYPE html>",
    "<?xml?>",
    "\u{ad}",
    "\u{a0}",
];

const MARKDOWN: &[&str] = &[
    "# ",
    "## ",
    "- ",
    "* ",
    "1. ",
    "12) ",
    "**",
    "__",
    "*",
    "_",
    "`",
    "```",
    "[",
    "](",
    ")",
    "![",
    "\\*",
    "\\",
    "|",
    "| a | b |",
    "---",
    "===",
    "> ",
    "\n",
    "\n\n",
    "\r\n",
    "---\ntitle: x\n---\n",
    "+++\n",
    "~~",
    "\t",
    "  ",
    " - ",
    " * ",
    "\u{2022} ",
    "\u{b7}",
    "\u{2013} ",
    "\u{25cf}",
    "; ",
    ". ",
    ": ",
    "? ",
    "! ",
    "(",
    "\"",
    "\u{2019}s",
    ", ",
];

const ODD: &[&str] = &[
    "é",
    "ß",
    "İ",
    "\u{130}stanbul",
    "日本語",
    "🙂",
    "\u{200b}",
    "\u{feff}",
    "\u{2028}",
    "\u{0}",
    "\u{7f}",
    "\u{301}",
    "\u{fffd}",
    "\u{202e}",
    "\u{1680}",
    "\u{3000}",
    "ﬁ",
    "𝔬𝔴𝔫",
    "\u{85}",
    "\u{fffc}",
];

fn soup(lists: &[&'static [&'static str]], most: usize) -> impl Strategy<Value = String> {
    let tokens: Vec<&str> = lists.iter().flat_map(|list| list.iter().copied()).collect();
    let glue = prop_oneof![4 => Just(" "), 1 => Just("")];
    proptest::collection::vec((select(tokens), glue), 0..most)
        .prop_map(|pairs| pairs.into_iter().flat_map(|(token, glue)| [token, glue]).collect())
}

/// Any text: plain characters, HTML, Markdown, and all of it at once.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "\\PC{0,300}",
        soup(&[WORDS, HTML], 60),
        soup(&[WORDS, MARKDOWN], 60),
        soup(&[WORDS, HTML, MARKDOWN, ODD], 60),
    ]
}

// ---- folding ---------------------------------------------------------------------------------------------------

/// What a person reads of a stretch of source: tags and hidden elements dropped, entities decoded (boards escape
/// twice), white space folded. Escapes and the targets of links are such only where the text is Markdown.
fn folded(source: &str, markdown: bool) -> String {
    static DROPPED: LazyLock<Regex> = LazyLock::new(|| {
        let hidden = ["script", "style", "button", "svg", "nav"];
        let hidden = hidden.map(|name| format!(r"<{name}\b.*?</{name}[^>]*>"));
        let rest = [r"<!--.*?-->", r#"<(?:/?[a-z]|[!?])(?:="[^"]*"|='[^']*'|[^<>])*>"#];
        Regex::new(&format!("(?is){}|{}", hidden.join("|"), rest.join("|"))).unwrap()
    });
    static TARGET: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\]\([^)\n]{0,600}\)").unwrap());
    // A backslash makes a plain sign of what follows.
    let source =
        if markdown { source.replace("\\<", " ").replace("\\&", "&amp;") } else { source.to_owned() };
    let text = DROPPED.replace_all(&source, "");
    let text = if markdown { TARGET.replace_all(&text, "") } else { text };
    let once = html_escape::decode_html_entities(&text).into_owned();
    squeezed(&html_escape::decode_html_entities(&once))
}

/// The letters, digits and joining signs of a text, in order, with single spaces between words. Marks of Markdown and
/// signs that nobody sees may stand inside a word.
fn squeezed(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| !matches!(c, '*' | '_' | '`' | '!' | '[' | ']' | '\\' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffc}'))
        .map(|c| if c.is_alphanumeric() || c == '&' { c } else { ' ' })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Complains of a piece of evidence whose place does not hold its words.
fn misplaced(posting: &Posting, verdict: &Verdict) -> Option<String> {
    verdict.evidence.iter().find_map(|found| {
        let part = match &found.span.field {
            Some(field) => posting.parts.iter().find(|part| part.field.as_ref() == Some(field))?,
            None => posting.parts.first()?,
        };
        let (start, end) = (found.span.start, found.span.end);
        let Some(source) = part.text.get(start..end) else {
            return Some(format!("{start}..{end} is no stretch of the body ({:?})", found.text));
        };
        let line = part.text[..start].matches('\n').count() + 1;
        let column = part.text[..start].rsplit('\n').next().unwrap_or("").chars().count() + 1;
        if (found.span.line, found.span.column) != (line, column) {
            return Some(format!("{start} is line {line}, column {column}, not {:?}", found.span));
        }
        let (read, text) = ([folded(source, true), folded(source, false)], squeezed(&found.text));
        (!read.contains(&text)).then(|| format!("{source:?} reads as {read:?}, not as {text:?}"))
    })
}

// ---- properties ------------------------------------------------------------------------------------------------

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_judged_without_a_panic(title in any_text(), body in any_text()) {
        let posting = Posting::new(&title, &body);
        let verdict = ANALYZER.analyze(&posting);
        let sum: f64 = verdict.probabilities.pairs().iter().map(|(_, probability)| probability).sum();
        prop_assert!((sum - 1.0).abs() < 1e-6, "the probabilities sum to {sum}");
        prop_assert!(verdict.probabilities.pairs().iter().all(|(_, p)| (0.0..=1.0).contains(p)));
        if let Some(shares) = verdict.shares {
            prop_assert!((shares.pm + shares.pmm - 1.0).abs() < 1e-6);
        }
        for flag in &verdict.flags {
            prop_assert!(flag.evidence.iter().all(|&index| index < verdict.evidence.len()));
        }
        let _ = ANALYZER.trace(&posting);
        let _ = ANALYZER.outcome(posting);
        let _ = front::find(&body);
    }

    #[test]
    fn evidence_stands_where_it_says(body in any_text()) {
        let posting = Posting::new("", &body);
        let verdict = ANALYZER.analyze(&posting);
        let complaint = misplaced(&posting, &verdict);
        prop_assert!(complaint.is_none(), "{}", complaint.unwrap());
        for clause in ANALYZER.trace(&posting).clauses {
            prop_assert!(body.get(clause.span.start..clause.span.end).is_some(), "{clause:?}");
        }
    }

    #[test]
    fn clauses_tile_the_readable_text(body in any_text()) {
        let document = Document::read(&Posting::new("", &body), ANALYZER.lexicon());
        let text = document.text();
        let mut end = 0;
        for clause in document.clauses() {
            prop_assert!(clause.span.start >= end && !clause.span.is_empty(), "{:?} after {end}", clause.span);
            prop_assert!(text.get(clause.span.start..clause.span.end).is_some(), "{:?}", clause.span);
            prop_assert!(is_filling(&text[end..clause.span.start]), "lost: {:?}", &text[end..clause.span.start]);
            end = clause.span.end;
        }
        prop_assert!(is_filling(&text[end..]), "lost: {:?}", &text[end..]);
    }

    #[test]
    fn parts_of_a_posting_keep_their_places(bodies in proptest::collection::vec(any_text(), 1..4)) {
        let mut posting = Posting::new("Product Manager", "");
        posting.parts = bodies
            .into_iter()
            .enumerate()
            .map(|(index, text)| Part { field: Some(format!("f{index}").into()), text, ..Part::default() })
            .collect();
        let verdict = ANALYZER.analyze(&posting);
        let complaint = misplaced(&posting, &verdict);
        prop_assert!(complaint.is_none(), "{}", complaint.unwrap());
    }
}

/// White space and bullets: what may stand between clauses. Numbers of list items count as bullets.
fn is_filling(text: &str) -> bool {
    let is_bullet = |mark: &str| {
        let number = mark.trim_end_matches(['.', ')']);
        let numbered =
            number.len() < mark.len() && number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit());
        numbered || mark == "o" || !mark.chars().any(char::is_alphanumeric)
    };
    text.split_whitespace().all(is_bullet)
}

#[test]
fn evidence_of_the_samples_stands_where_it_says() {
    let mut pieces = 0;
    for posting in SAMPLES.iter() {
        let verdict = ANALYZER.analyze(posting);
        pieces += verdict.evidence.len();
        let complaint = misplaced(posting, &verdict);
        assert!(complaint.is_none(), "{}: {}", posting.id, complaint.unwrap());
    }
    assert!(pieces > 500, "only {pieces} pieces of evidence in the samples");
}
