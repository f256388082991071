//! Pages that hold no posting, and postings that only ask, show too little to judge.

use rolecall::posting::Posting;
use rolecall::vocabulary::{Described, Ruling};
use rolecall::{Analyzer, Settings};

/// What stands where a posting should.
const PLACEHOLDERS: &[&str] = &[
    "You have to turn on JavaScript before this board can be shown.",
    "Please enable JavaScript and cookies, then reload the page.",
    "Loading job details, please wait …",
    "Sorry, this job is no longer available.",
    "The vacancy has been filled.",
    "We use cookies. Accept all cookies or manage your cookie settings.",
    "Description follows shortly.",
];

#[test]
fn a_page_without_a_posting_is_insufficient() {
    let analyzer = Analyzer::new(Settings::default());
    for title in ["Product Manager", "Product Marketing Manager", "Crane Driver"] {
        for text in PLACEHOLDERS {
            let verdict = analyzer.analyze(&Posting::new(title, text));
            assert_eq!(verdict.described, Described::Insufficient, "{title}: {text}");
            assert_eq!(verdict.verdict, Ruling::Review, "{title}: {text}");
        }
    }
}

#[test]
fn work_on_scripts_and_cookies_is_no_placeholder() {
    let analyzer = Analyzer::new(Settings::default());
    let duties = "## What you will do\n\n- Enable JavaScript tests in every build of the web shop\n- Write the scripts \
                  that set cookies and delete them again\n- Repair pages that load too slowly\n- Review code of four \
                  colleagues\n- Run the servers of the shop\n";
    let verdict = analyzer.analyze(&Posting::new("Web Developer", duties));
    assert_eq!(verdict.described, Described::Neither);
}

#[test]
fn requirements_alone_are_insufficient() {
    let analyzer = Analyzer::new(Settings::default());
    let asked = "## Requirements\n\n- Four years in product marketing\n- Experience with positioning and messaging of \
                 payroll software\n- Experience with launches and sales enablement\n- Fluent Dutch\n- A degree, or the \
                 same learned on the job\n";
    let verdict = analyzer.analyze(&Posting::new("Product Marketing Manager", asked));
    assert_eq!(verdict.described, Described::Insufficient);
}
