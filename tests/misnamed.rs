//! Sections that are headed as something else and give work.

use rolecall::document::Document;
use rolecall::vocabulary::Zone;
use rolecall::{Analyzer, Posting, Settings};

/// The zones of the items of a posting.
fn zones(body: &str) -> Vec<Zone> {
    let analyzer = Analyzer::new(Settings::default());
    let document = Document::read(&Posting::new("Janitor", body), analyzer.lexicon());
    document.clauses().iter().filter(|clause| !clause.heading).map(|clause| clause.zone).collect()
}

const LISTS: &[(&str, &[Zone])] = &[
    // Most lines give work.
    (
        "## Job requirements\n\n- Provide fresh towels to every room by noon\n- Keep the stairs of both houses clean\n\
         - Manage the stock of soap and paper\n- Five years of experience in a hotel\n",
        &[Zone::Duties, Zone::Duties, Zone::Duties, Zone::Requirements],
    ),
    // Nothing stands below the heading of the duties.
    (
        "## Responsibilities\n\n## Core requirements\n\n- Write the plan for every week of the harvest\n- Manage the \
         team of six pickers\n",
        &[Zone::Duties, Zone::Duties],
    ),
    // How somebody is, told by verbs.
    (
        "## Requirements\n\n- Communicate clearly\n- Lead from the front, because you set the tone\n- Build trust\n- Own \
         up when you are wrong, every time\n",
        &[Zone::Requirements; 4],
    ),
    // Most lines ask.
    (
        "## Requirements\n\n- Five years in a hotel\n- Fluent Danish\n- Keep the stairs of both houses clean\n- A driving \
         licence\n",
        &[Zone::Requirements; 4],
    ),
];

#[test]
fn requirements_that_give_work_are_duties() {
    for (body, expected) in LISTS {
        assert_eq!(zones(body), *expected, "{body}");
    }
}

#[test]
fn what_is_offered_may_be_the_work_and_what_one_gets_is_none() {
    let under = |head: &str, lines: &str| zones(&format!("We sell hats.\n\n## {head}\n\n{lines}"));
    let work = "- Own the timetable of both houses\n- Launch the laundry for summer guests\n- Plan the night shift\n";
    let gain = "- Develop your skills in both houses\n- Work with a kind team that helps you\n- Grow with us to head of \
                house\n";
    for head in ["What we offer", "Your opportunity", "What's in it for you"] {
        assert_eq!(under(head, work)[1..], [Zone::Duties; 3], "{head}");
    }
    assert_eq!(under("What we offer", gain)[1..], [Zone::Benefits; 3]);
    // Where the duties have a section of their own, it is none either.
    let beside =
        zones(&format!("## Duties\n\n- Sweep the yard\n- Count the keys\n\n## What we offer\n\n{work}"));
    assert_eq!(beside[2..], [Zone::Benefits; 3]);
}
