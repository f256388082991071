//! What a verdict must not depend on: threads, neighbouring records, unrelated paragraphs, and what the posting
//! calls the hire.

mod common;

use std::fs;
use std::process::Command;
use std::thread;

use common::{ANALYZER, SAMPLES};
use proptest::prelude::*;
use rolecall::vocabulary::Ruling;
use rolecall::{Posting, Verdict};

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

#[test]
fn evidence_left_unlisted_changes_nothing_else() {
    let sparing = ANALYZER.clone().sparing_evidence();
    let mut spared = 0;
    for posting in SAMPLES.iter() {
        let (whole, less) = (ANALYZER.analyze(posting), sparing.analyze(posting));
        if whole.verdict == Ruling::OutOfScope {
            spared += whole.evidence.len();
            assert_eq!(less, Verdict { evidence: Vec::new(), ..whole }, "{}", posting.id);
        } else {
            assert_eq!(less, whole, "{}", posting.id);
        }
    }
    assert!(spared > 0, "no sample is out of scope");
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
        // What is a copy depends on what came before, and nothing else does.
        .args(["scan", "board.jsonl", "-o", "jsonl", "--evidence", "all", "--dedupe", "off"])
        .args(["--quiet", "--jobs", jobs])
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
        let list = format!("- {}\n", duties.join("\n- "));
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
