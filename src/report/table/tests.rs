//! Pages as they are printed, and text that must not reach a terminal.

use crate::fixture;
use crate::outcome::{Outcome, SkipReason};
use crate::report::testing::{snapshot, written};
use crate::report::text::width;
use crate::report::{Format, Options};
use crate::rule::Code;
use crate::vocabulary::{Claim, Described, Ruling};

/// A small board with every verdict on it.
fn board() -> Vec<Outcome> {
    let mut outcomes = vec![
        fixture::posting("Product Owner, Payments")
            .ruled(Claim::Pm, Described::Neither, Ruling::Unsupported, 0.82)
            .at("drafts/payments-owner.md", 1, Some(1))
            .says("delivery/ceremonies/sprint-ceremonies", "sprint ceremonies", 1.6)
            .says("delivery/status/status-reports", "status reports", 1.1)
            .flagged(
                Code::Rc003,
                "the title calls product management; the duties are project delivery (6 of 8)",
            )
            .outcome(),
        fixture::posting(
            "Senior Product Manager, Growth and Lifecycle Programmes for Small Business Customers",
        )
        .ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, 0.94)
        .at("boards/2031/europe/northwind-careers.jsonl", 12, Some(12))
        .company("Northwind Traders International")
        .says("pmm/positioning/product-positioning", "product positioning", 2.2)
        .says("pmm/launch/go-to-market-plan", "go-to-market plan", 1.8)
        .says("pmm/enablement/battlecards", "battlecards", 1.7)
        .flagged(
            Code::Rc001,
            "the title calls product management; 9 of 11 role-specific duties are product marketing",
        )
        .outcome(),
        fixture::posting("Product Marketing Manager")
            .ruled(Claim::Pmm, Described::Pm, Ruling::Mislabelled, 0.97)
            .at("boards/acme.json", 3, Some(41))
            .company("Acme")
            .says("pm/backlog/product-backlog", "product backlog", 2.0)
            .says("pm/requirements/acceptance-criteria", "acceptance criteria", 1.5)
            .flagged(
                Code::Rc001,
                "the title calls product marketing; 8 of 8 role-specific duties are product management",
            )
            .outcome(),
        fixture::posting("Product Manager")
            .ruled(Claim::Pm, Described::Mixed, Ruling::Mixed, 0.71)
            .at("listings.parquet", 7, None)
            .company("Fabrikam")
            .says("pm/roadmap/roadmap", "roadmap", 1.2)
            .says("pmm/messaging/messaging", "messaging", 1.4)
            .flagged(Code::Rc002, "5 duties of product management and 4 of product marketing")
            .outcome(),
        fixture::posting("プロダクトマネージャー")
            .ruled(Claim::Pm, Described::Pm, Ruling::Review, 0.48)
            .at("drafts/jp.md", 1, Some(1))
            .outcome(),
        fixture::posting("Marketing Lead")
            .ruled(Claim::Other, Described::Pmm, Ruling::Hidden, 0.88)
            .company("Contoso")
            .says("pmm/positioning/value-proposition", "value proposition", 2.0)
            .flagged(Code::Rc004, "the duties are product marketing and the title does not say so")
            .outcome(),
        fixture::skipped(SkipReason::UnsupportedLanguage, "board.jsonl", 88),
        fixture::skipped(SkipReason::NoText, "board.jsonl", 89),
        fixture::failed(
            "invalid-json",
            "a string is not closed; mend the line or leave it out",
            "board.jsonl",
            90,
        ),
    ];
    let cook = || fixture::posting("Cook").ruled(Claim::Other, Described::Neither, Ruling::OutOfScope, 0.99);
    outcomes.extend((0..1200).map(|_| cook().outcome()));
    outcomes.extend((0..31).map(|_| fixture::posting("Product Manager").outcome()));
    outcomes
}

fn page(format: Format, width: usize, color: bool) -> String {
    written(format, &Options { color, width, ..Options::default() }, &board())
}

#[test]
fn pages_look_as_they_should() {
    for wide in [60, 100, 160] {
        snapshot(&format!("table-{wide}.txt"), &page(Format::Table, wide, false));
        snapshot(&format!("summary-{wide}.txt"), &page(Format::Summary, wide, false));
    }
    // The escape character is shown as `^[`, so that the file can be read anywhere.
    snapshot("table-100-color.txt", &page(Format::Table, 100, true).replace('\x1b', "^["));
}

#[test]
fn no_line_is_wider_than_the_page() {
    for wide in [40, 60, 89, 90, 100, 160] {
        for format in [Format::Table, Format::Summary] {
            for line in page(format, wide, false).lines() {
                assert!(width(line) <= wide.max(60), "{format} at {wide}: {line:?}");
            }
        }
    }
}

#[test]
fn colour_changes_nothing_but_colour() {
    for wide in [60, 100, 160] {
        for format in [Format::Table, Format::Summary] {
            let painted = page(format, wide, true);
            assert_ne!(painted, page(format, wide, false));
            assert_eq!(anstream::adapter::strip_str(&painted).to_string(), page(format, wide, false));
        }
    }
}

#[test]
fn the_worst_stand_first_and_the_rest_are_counted() {
    let outcomes: Vec<Outcome> = (0..80_u32)
        .map(|number| {
            let sure = 0.5 + f64::from(number) / 200.0;
            let posting = fixture::posting(&format!("Role {number}"));
            if number % 2 == 0 {
                let mixed = posting.ruled(Claim::Pm, Described::Mixed, Ruling::Mixed, sure);
                mixed.flagged(Code::Rc002, "both roles").outcome()
            } else {
                let other = posting.ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, sure);
                other.flagged(Code::Rc001, "the other role").outcome()
            }
        })
        .collect();
    let page = written(Format::Table, &Options::default(), &outcomes);
    let shown: Vec<&str> = page.lines().filter(|line| line.contains("Role ")).collect();
    assert_eq!(shown.len(), 50);
    assert!(shown[0].contains("Role 79 ") && shown[39].contains("Role 1 "), "{shown:?}");
    assert!(shown[40].contains("Role 78 "));
    assert!(page.contains("Flagged postings, worst first (50 of 80)"));
    assert!(page.contains("30 more postings not shown"));
}

#[test]
fn only_lists_what_was_asked_for() {
    let options = Options { only: Some(vec![Ruling::Match]), ..Options::default() };
    let page = written(Format::Table, &options, &board());
    assert!(page.contains("Postings asked for, worst first"));
    assert!(!page.contains("Marketing Lead"));
    assert!(page.contains("1,240 records in"));
}

#[test]
fn pages_without_findings_say_so() {
    let fine = || fixture::posting("Product Manager").outcome();
    let cook = fixture::posting("Cook").ruled(Claim::Other, Described::Neither, Ruling::OutOfScope, 0.9);
    let hidden = fixture::posting("Cook").ruled(Claim::Other, Described::Pm, Ruling::Hidden, 0.9);
    let cases: [(&str, Vec<Outcome>); 6] = [
        ("No postings were read.", vec![]),
        ("No posting is flagged.", vec![fine()]),
        ("Of 1 posting that calls a product role, none describes the other role", vec![fine()]),
        ("No posting calls a product role (1 judged).", vec![cook.outcome()]),
        ("No posting calls a product role, yet 1 describes one (1 judged).", vec![hidden.outcome()]),
        (
            "No posting could be judged (1 record in).",
            vec![fixture::failed("invalid-json", "cut short", "b", 1)],
        ),
    ];
    for (sentence, outcomes) in cases {
        let page = written(Format::Table, &Options { width: 200, ..Options::default() }, &outcomes);
        assert!(page.contains(sentence), "{sentence}: {page}");
    }
}

#[test]
fn posting_text_never_reaches_the_terminal_raw() {
    let hostile = "\x1b]0;owned\x07\u{9b}2J \u{202e}\u{2066}a\r\nb\u{2028}c\u{85}\0\x7f";
    let long = format!("{}{}", "e".repeat(9), "\u{301}".repeat(100_000));
    for text in [hostile, &long] {
        let outcomes = [
            fixture::posting(text)
                .company(text)
                .at(text, 1, Some(2))
                .says(&format!("pmm/{text}/x"), text, 1.0)
                .ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, 0.95)
                .flagged(Code::Rc001, text)
                .outcome(),
            fixture::failed(text, text, text, 2),
        ];
        for &format in Format::ALL.iter().filter(|format| !format.is_binary()) {
            let page = written(format, &Options::default(), &outcomes);
            let raw = |c: char| {
                (c.is_control() && c != '\n' && c != '\r') || ('\u{2028}'..='\u{2069}').contains(&c)
            };
            assert!(!page.contains(raw), "{format}: {page:?}");
            if matches!(format, Format::Table | Format::Summary) {
                assert!(!page.contains('\r') && page.len() < 20_000, "{format}");
            }
        }
    }
}
