//! Pages that hold no posting, and postings that name a job, ask, or tell of the employer and give no work, show too
//! little to judge.

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

/// Postings that give the hire no work.
const EMPTY: &[(&str, &str)] = &[
    (
        "Several roles",
        "Larkfold | several roles | Ghent or remote | full time | https://larkfold.example\n\nWe make scheduling software \
         for ferry lines. Eleven people, profitable, no investors.\n\nOpen roles:\n\n- Product Manager: \
         https://larkfold.example/jobs/1\n- Platform Engineer: https://larkfold.example/jobs/2\n- Account Executive: \
         https://larkfold.example/jobs/3\n- Product Designer: https://larkfold.example/jobs/4\n",
    ),
    (
        "Product Manager",
        "Something is brewing at our house in Tartu, and we would rather not spoil it. The team is small, the coffee is \
         strong and the view is fine. Leave your address and you will hear from us in spring.\n",
    ),
    (
        "Open application",
        "Nothing on our list that fits? Write to us all the same. We read every letter, and we keep the good ones for \
         the day a chair is free.\n",
    ),
    (
        "Product Owner",
        "## What we ask\n\n- Six years as a product owner\n- Experience with backlogs and user stories in regulated \
         trades\n- A certificate in Scrum\n- Fluent Estonian\n\n## What you get\n\n- Thirty days of leave\n- A share in \
         the profit\n",
    ),
];

#[test]
fn a_posting_that_gives_no_work_is_insufficient() {
    let analyzer = Analyzer::new(Settings::default());
    for (title, text) in EMPTY {
        let verdict = analyzer.analyze(&Posting::new(title, text));
        assert_eq!(verdict.described, Described::Insufficient, "{title}: {text}");
        assert_eq!(verdict.verdict, Ruling::Review, "{title}: {text}");
    }
}

#[test]
fn a_list_of_jobs_with_their_work_is_not_empty() {
    let analyzer = Analyzer::new(Settings::default());
    let text = "Larkfold | Ghent | https://larkfold.example\n\nWe make scheduling software for ferry lines.\n\n- Platform \
                Engineer: you will write the services that keep timetables in Go and run them on Kubernetes\n- Data \
                Engineer: you will build the pipelines that feed our forecasts and review code\n";
    let verdict = analyzer.analyze(&Posting::new("Engineers", text));
    assert_eq!(verdict.described, Described::Neither);
}

/// Texts that break off before the work, and templates that nobody filled in.
const UNSAID: &[&str] = &[
    "Larkfold makes maps for ferries. As a Product Manager, you will own the product roadm...",
    "Larkfold makes maps for ferries. You will lead the product roadmap and \u{2026} Show more",
    "Larkfold makes maps. You will set the positioning and [\u{2026}]",
    "<h2>Responsibilities</h2><ul><li>[Describe how the hire owns the roadmap]</li><li>{Add a duty on the backlog}</li></ul>",
];

#[test]
fn what_breaks_off_or_stands_in_brackets_gives_no_work() {
    let analyzer = Analyzer::new(Settings::default());
    for text in UNSAID {
        let verdict = analyzer.analyze(&Posting::new("Product Manager", text));
        assert_eq!(verdict.described, Described::Insufficient, "{text}: {:?}", verdict.duties);
    }
    let list =
        "## What you will do\n\n- Own the roadmap \u{2026}\n- Rank the backlog, write user stories, ...\n";
    assert_eq!(analyzer.analyze(&Posting::new("Product Manager", list)).duties.pm, 2);
}
