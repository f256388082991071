//! What must hold for all texts: no panic, places that slice, clauses that tile, and verdicts that depend neither
//! on threads nor on neighbours nor on what the posting calls the hire.

mod common;

use std::fs;
use std::process::Command;
use std::sync::LazyLock;
use std::thread;

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

/// What a person reads of a stretch of source: tags, hidden elements and the targets of links dropped, entities
/// decoded (boards escape twice), white space folded.
fn folded(source: &str) -> String {
    static DROPPED: LazyLock<Regex> = LazyLock::new(|| {
        let hidden =
            ["script", "style", "button", "svg", "nav"].map(|name| format!(r"<{name}\b.*?</{name}[^>]*>"));
        let rest = [r"<!--.*?-->", r#"<[a-z/!?](?:="[^"]*"|='[^']*'|[^<>])*>"#, r"\]\([^)\n]{0,600}\)"];
        Regex::new(&format!("(?is){}|{}", hidden.join("|"), rest.join("|"))).unwrap()
    });
    let text = DROPPED.replace_all(source, "");
    let once = html_escape::decode_html_entities(&text).into_owned();
    squeezed(&html_escape::decode_html_entities(&once))
}

/// The letters, digits and joining signs of a text, in order, with single spaces between words.
fn squeezed(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{feff}' | '\u{fffc}'))
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
        (folded(source) != squeezed(&found.text))
            .then(|| format!("{source:?} reads as {:?}, not as {:?}", folded(source), squeezed(&found.text)))
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
        for clause in ANALYZER.trace(&posting) {
            prop_assert!(body.get(clause.start..clause.end).is_some(), "{clause:?}");
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
    let text = text.trim();
    let number = text.trim_end_matches(['.', ')']);
    let numbered =
        number.len() < text.len() && number.len() <= 2 && number.chars().all(|c| c.is_ascii_digit());
    numbered || text == "o" || !text.chars().any(char::is_alphanumeric)
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

#[test]
fn verdicts_do_not_depend_on_threads() {
    let alone: Vec<Verdict> = SAMPLES.iter().map(|posting| ANALYZER.analyze(posting)).collect();
    thread::scope(|scope| {
        for offset in 0..4 {
            let alone = &alone;
            scope.spawn(move || {
                for step in 0..SAMPLES.len() {
                    let index = (step * 7 + offset * 13) % SAMPLES.len();
                    assert_eq!(ANALYZER.analyze(&SAMPLES[index]), alone[index], "{}", SAMPLES[index].id);
                }
            });
        }
    });
}

// ---- scan ------------------------------------------------------------------------------------------------------

/// The samples as lines of a board, `count` of them, with a few broken ones between.
fn board(count: usize, every: usize) -> Vec<String> {
    (0..count)
        .map(|n| {
            if n % every == every - 1 {
                return "{\"id\": \"cut\"\n".to_owned();
            }
            let posting = &SAMPLES[n % SAMPLES.len()];
            let body: Vec<&str> = posting.parts.iter().map(|part| part.text.as_str()).collect();
            let record = serde_json::json!({ "id": format!("r{n}"), "title": posting.title, "body": body.join("\n\n") });
            format!("{record}\n")
        })
        .collect()
}

/// Standard output of `rolecall scan`, without the places of the records in their file.
fn scan(text: &str, jobs: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("board.jsonl"), text).unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_rolecall"))
        .args(["scan", "board.jsonl", "-o", "jsonl", "--evidence", "all", "--quiet", "--jobs", jobs])
        .current_dir(folder.path())
        .output()
        .unwrap();
    String::from_utf8(done.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn without_source(line: &str) -> serde_json::Value {
    let mut record: serde_json::Value = serde_json::from_str(line).unwrap();
    record.as_object_mut().unwrap().remove("source");
    record
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn scan_does_not_depend_on_jobs_or_on_where_the_input_is_cut(
        count in 250_usize..600, every in 30_usize..90, cut in 0.1_f64..0.9,
    ) {
        let lines = board(count, every);
        let whole = scan(&lines.concat(), "1");
        prop_assert_eq!(whole.len(), count);
        prop_assert_eq!(&whole, &scan(&lines.concat(), "2"));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a short list")]
        let at = (cut * count as f64) as usize;
        let pieces = [scan(&lines[..at].concat(), "2"), scan(&lines[at..].concat(), "1")].concat();
        let bare = |lines: &[String]| lines.iter().map(|line| without_source(line)).collect::<Vec<_>>();
        prop_assert_eq!(bare(&whole), bare(&pieces));
    }
}

// ---- what must not matter --------------------------------------------------------------------------------------

/// Paragraphs that assign no work, as Markdown and as HTML.
const UNRELATED: &[(&str, &str)] = &[
    (
        "\n\n## Benefits\n\nThirty days of leave, a pension, dental cover and a bicycle for the way to the office.\n",
        "<h3>Benefits</h3><p>Thirty days of leave, a pension, dental cover and a bicycle for the way to the office.</p>",
    ),
    (
        "\n\n## Equal opportunity\n\nApplicants are considered without regard to age, disability, faith, gender or origin.\n",
        "<h3>Equal opportunity</h3><p>Applicants are considered without regard to age, disability, faith, gender or origin.</p>",
    ),
];

/// Terms, words and actors in reading order: what a reader would call the evidence.
fn heart(verdict: &Verdict) -> Vec<(String, String, String)> {
    verdict
        .evidence
        .iter()
        .map(|found| (found.term.to_string(), found.text.clone(), found.actor.to_string()))
        .collect()
}

#[test]
fn an_unrelated_paragraph_leaves_the_other_evidence_as_it_was() {
    let mut complaints = Vec::new();
    for posting in SAMPLES.iter() {
        let before = ANALYZER.analyze(posting);
        for (markdown, html) in UNRELATED {
            let mut longer = posting.clone();
            let last = longer.parts.last_mut().unwrap();
            // Inside a whole page the paragraph belongs before the end of the body.
            let tags = last.text.contains("</");
            let at = last.text.find("</body>").unwrap_or(last.text.len());
            last.text.insert_str(at, if tags { html } else { markdown });
            let after = ANALYZER.analyze(&longer);
            if heart(&before) != heart(&after) {
                let (a, b) = (heart(&before), heart(&after));
                let odd: Vec<_> =
                    a.iter().filter(|x| !b.contains(x)).chain(b.iter().filter(|x| !a.contains(x))).collect();
                complaints.push(format!("{} + {:?}: {odd:?}", posting.id, &markdown[2..20]));
            } else if before.described != after.described {
                complaints.push(format!(
                    "{} + {:?}: {} became {}",
                    posting.id,
                    &markdown[2..20],
                    before.described,
                    after.described
                ));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// Sentences that name the hire and assign nothing, to be put before a posting: with the role and without.
const NAMINGS: &[(&str, &str)] = &[
    ("As a Product Marketing Manager, you will:", "As a candidate, you will:"),
    ("As our next Senior Product Manager, you will:", "As our next candidate, you will:"),
    ("We are looking for a Product Manager to join us.", "We are looking for a candidate to join us."),
    (
        "The Product Marketing Manager will report to the director.",
        "The candidate will report to the director.",
    ),
];

#[test]
fn what_the_posting_calls_the_hire_does_not_decide() {
    const PM: &[&str] = &[
        "Own the roadmap of the booking app and explain every change to it",
        "Write user stories with acceptance criteria for six engineers",
        "Prioritise the backlog each week by customer value",
        "Run discovery interviews and test prototypes with users",
        "Decide what ships in each release, and measure adoption afterwards",
    ];
    const PMM: &[&str] = &[
        "Own positioning and messaging of the booking app",
        "Plan and run the launch of every new module",
        "Build battle cards, pitch decks and training for the sales team",
        "Write case studies and the product pages of our web site",
        "Brief industry analysts and keep track of competitors' claims",
    ];
    const NEITHER: &[&str] = &[
        "Answer support tickets by phone and e-mail",
        "Process invoices and check them against orders",
        "Book meeting rooms, flights and hotels for the board",
        "Order paper, coffee and parking permits",
        "File contracts and update the address book",
    ];
    for duties in [PM, PMM, NEITHER] {
        let list = duties.concat_items();
        for (named, bare) in NAMINGS {
            for title in ["Product Manager", "Product Marketing Manager"] {
                let judge = |text: &str| ANALYZER.analyze(&Posting::new(title, &format!("{text}\n\n{list}")));
                let (with, without) = (judge(named), judge(bare));
                assert_eq!(with.described, without.described, "{named:?} under {title:?} before\n{list}");
                let repeated = judge(&format!("{title}\n\n{bare}"));
                assert_eq!(repeated.described, without.described, "{title:?} repeated before\n{list}");
            }
        }
    }
}

trait Items {
    fn concat_items(&self) -> String;
}

impl Items for &[&str] {
    fn concat_items(&self) -> String {
        self.iter().map(|line| format!("- {line}\n")).collect()
    }
}

#[test]
fn naming_the_hire_again_does_not_change_what_a_sample_describes() {
    let mut complaints = Vec::new();
    for posting in SAMPLES.iter() {
        let before = ANALYZER.analyze(posting);
        for (named, bare) in NAMINGS {
            let put = |text: &str| {
                let mut longer = posting.clone();
                let first = &mut longer.parts[0];
                let tags = first.text.contains("</p>") && !first.text.contains("<body");
                let opening = if tags { format!("<p>{text}</p>\n") } else { format!("{text}\n\n") };
                if !first.text.starts_with("---") && !first.text.contains("<body") {
                    first.text.insert_str(0, &opening);
                }
                ANALYZER.analyze(&longer)
            };
            let (with, without) = (put(named), put(bare));
            if with.described != without.described {
                complaints.push(format!(
                    "{}: {named:?} gives {}, {bare:?} gives {} (as it is: {})",
                    posting.id, with.described, without.described, before.described
                ));
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
