//! What must hold for every page: posting text stays text, the policy fits, and the page says what it leaves out.

use sha2::{Digest as _, Sha256};

use super::super::testing::written;
use super::super::{EvidenceMode, Format};
use super::*;
use crate::fixture;
use crate::rule::Code;
use crate::vocabulary::{Claim, Described, Ruling};

/// Text that would be markup, an address or a turned line if it were not escaped.
const HOSTILE: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&lt;b&gt;\u{202e}\0</title>";

fn wrong(title: &str) -> fixture::Builder {
    fixture::posting(title)
        .ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, 0.97)
        .says("pmm/positioning/positioning", "positioning", 2.0)
        .says("pm/backlog/backlog", "backlog", 1.0)
        .flagged(Code::Rc001, "the duties are product marketing's")
}

fn hostile() -> Outcome {
    let mut judged = wrong(HOSTILE).company(HOSTILE).at(HOSTILE, 1, None).judged();
    judged.location = Some(HOSTILE.to_owned());
    judged.url = Some("javascript:alert(1)".to_owned());
    judged.id = HOSTILE.to_owned();
    let evidence = &mut judged.verdict.evidence[0];
    evidence.clause = format!("Own {HOSTILE} for all");
    evidence.text = HOSTILE.to_owned();
    evidence.cue = Some("Own".to_owned());
    evidence.span.field = Some(HOSTILE.into());
    judged.verdict.flags[0].message = HOSTILE.to_owned();
    judged.verdict.flags[0].help = HOSTILE.to_owned();
    judged.verdict.nearest = Some(HOSTILE.into());
    Outcome::Judged(Box::new(judged))
}

fn page(outcomes: &[Outcome]) -> String {
    written(Format::Html, &Options::default(), outcomes)
}

/// The text between two others, which both stand once.
fn between<'p>(page: &'p str, open: &str, close: &str) -> &'p str {
    let (_, rest) = page.split_once(open).unwrap();
    rest.split_once(close).unwrap().0
}

#[test]
fn posting_text_is_text() {
    let failed = fixture::failed(HOSTILE, HOSTILE, HOSTILE, 2);
    let page = page(&[hostile(), failed, fixture::posting(HOSTILE).company(HOSTILE).outcome()]);
    assert_eq!(page.matches("<script").count(), 3, "the data, twice, and the script");
    assert_eq!(page.matches("<style").count(), 1);
    assert!(!page.contains("<img") && !page.contains("javascript:") && !page.contains("<b>\u{202e}"));
    assert!(!page.contains(['\u{202e}', '\0']));
    assert_eq!(page.matches("</title>").count(), page.matches("<title>").count());
    assert!(page.contains("&#60;script&#62;alert(1)"), "shown as text");
}

#[test]
fn the_policy_allows_the_style_and_the_script_of_the_page_and_no_more() {
    let page = page(&[wrong("Product Manager").outcome()]);
    let allowed =
        between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"").replace("&#39;", "'");
    let style = between(&page, "<style>", "</style>");
    let script = between(&page, "<script>", "</script>");
    assert_eq!(allowed, policy::policy(style, Some(script)), "the hashes are those of the written text");
    assert!(allowed.starts_with("default-src 'none'; "));
    assert!(!allowed.contains("unsafe") && !allowed.contains('*'));
    assert!(
        !page.contains(" style=\"") && !page.contains(" onclick="),
        "nothing inline that the policy forbids"
    );
    assert_eq!(Sha256::digest(style).len(), 32);
}

#[test]
fn nothing_is_loaded_and_links_tell_nobody() {
    let mut judged = wrong("Product Manager").judged();
    judged.url = Some("https://example.com/jobs/1?a=1&b=2".to_owned());
    let page = page(&[Outcome::Judged(Box::new(judged))]);
    assert!(page.contains("<a href=\"https://example.com/jobs/1?a=1&#38;b=2\" rel=\"noopener noreferrer\""));
    for loads in ["src=", "@import", "url(http", "<link rel=\"stylesheet"] {
        assert!(!page.contains(loads), "{loads}");
    }
}

#[test]
fn flagged_postings_stand_in_the_page_without_the_script() {
    let page = page(&[wrong("Product Manager, Payouts").outcome(), fixture::posting("Fine").outcome()]);
    let plain = page.split("<script").next().unwrap();
    assert!(plain.contains("Product Manager, Payouts"));
    assert!(plain.contains("<mark class=\"pmm\">positioning</mark> for the suite"));
    assert!(plain.contains("change the title or the duties"));
    assert!(!plain.contains("Fine"), "a posting that is not flagged is a row of the data");
    assert!(page.contains("\"Fine\""));
}

#[test]
fn what_is_left_out_is_said() {
    let many: Vec<Outcome> =
        (0..=500).map(|number| wrong(&format!("Product Manager {number}")).outcome()).collect();
    let page = page(&many);
    assert_eq!(page.matches("<details class=\"card\"").count(), PLAIN);
    let data = between(&page, "id=\"more\">", "</script>");
    assert!(!data.contains(['<', '>', '&']));
    let more: Vec<String> = serde_json::from_str(data).unwrap();
    assert_eq!(more.len(), 500 - PLAIN);
    assert!(more[0].contains("<mark class=\"pmm\">positioning</mark>"), "{}", more[0]);
    assert!(page.contains("<strong>1 more flagged posting</strong>"));
    let none = Options { evidence: EvidenceMode::None, ..Options::default() };
    let page = written(Format::Html, &none, &[wrong("Product Manager").outcome()]);
    assert!(!page.contains("<mark") && page.contains("The evidence was left out"));
}

#[test]
fn the_same_outcomes_give_the_same_bytes() {
    let outcomes = [hostile(), wrong("Product Manager").company("Northwind").outcome()];
    assert!(page(&outcomes) == page(&outcomes));
}

#[test]
fn figures_are_of_all_postings_whatever_is_listed() {
    let only = Options { only: Some(vec![Ruling::Match]), ..Options::default() };
    let outcomes = [wrong("Wrong one").outcome(), fixture::posting("Fine one").outcome()];
    let page = written(Format::Html, &only, &outcomes);
    assert!(page.contains("1 of 2 postings that call a product role describes the other one."));
    assert!(page.contains("Fine one") && !page.contains("Wrong one"));
}

#[test]
fn a_run_of_nothing_is_a_page_too() {
    assert!(page(&[]).contains("<h1>No postings were read.</h1>"));
    assert!(page(&[fixture::failed("invalid-json", "cut short", "b.jsonl", 3)]).contains("cut short"));
}
