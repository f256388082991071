//! Whose part stands under a heading that names a side: the hire's, that of a colleague or department, or the house's.

use std::sync::LazyLock;

use rolecall::{Analyzer, Posting, Settings};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(Settings::default()));

const OWN: &str = "- Own the roadmap\n- Rank the backlog\n- Write user stories";
const OTHERS: &str = "- Own positioning and messaging\n- Plan launches\n- Build battlecards";

/// How many duties of a product manager and of a product marketer the hire owns.
fn owned(title: &str, body: &str) -> (u32, u32) {
    let duties = ANALYZER.analyze(&Posting::new(title, body)).duties;
    (duties.pm, duties.pmm)
}

#[test]
fn what_stands_under_others_beside_the_hire_is_theirs() {
    const HEADINGS: &[(&str, &str)] = &[
        ("## You", "## Product marketing"),
        ("## Your part", "## The CMO"),
        ("You:", "The CMO:"),
        ("**You**", "**Marketing**"),
        ("## You", "## Us"),
        ("You", "The team"),
        ("## You own", "## Product marketing owns"),
        ("## You do", "## We do"),
        ("### Your job", "### Our PMM's job"),
        ("## What you do", "## What they do"),
    ];
    for (you, others) in HEADINGS {
        for body in [
            format!("We make maps.\n\n{you}\n\n{OWN}\n\n{others}\n\n{OTHERS}\n"),
            format!("We make maps.\n\n{others}\n\n{OTHERS}\n\n{you}\n\n{OWN}\n"),
        ] {
            assert_eq!(owned("Product Manager", &body), (3, 0), "{body}");
        }
    }
}

#[test]
fn a_field_of_the_hires_work_is_no_side() {
    const FIELDS: &[&str] = &[
        "## What you will do\n\n### Product marketing\n\n{others}\n\n### Marketing\n\n- Write case studies\n",
        "## Product Marketing\n\n{others}\n\n## About you\n\n- Fluent Dutch\n",
        // A heading of the hire's without lines of its own heads those below it.
        "## You will\n\n## Marketing\n\n{others}\n",
    ];
    for body in FIELDS {
        let body = body.replace("{others}", OTHERS);
        assert!(owned("Product Marketing Manager", &body).1 >= 3, "{body}");
    }
}

#[test]
fn a_column_of_others_beside_the_hires_is_theirs() {
    const TABLES: &[&str] = &[
        "| | You | Product marketing |\n|---|---|---|\n| Plan | Own the product roadmap | Own positioning and messaging |\n| \
         Ship | Write user stories | Plan and run launches |\n",
        "<table><tr><th>Topic</th><th>Marketing team</th><th>You</th></tr><tr><td>Plan</td><td>Owns positioning and \
         messaging</td><td>Own the product roadmap</td></tr><tr><td>Ship</td><td>Plans launches</td><td>Write user \
         stories</td></tr></table>",
    ];
    for table in TABLES {
        let body = format!("## What you will do\n\n{table}");
        assert_eq!(owned("Product Manager", &body), (2, 0), "{body}");
    }
    let plain = "## What you will do\n\n| When | What you do |\n|---|---|\n| 30 days | Own the roadmap of the app |\n";
    assert_eq!(owned("Product Manager", plain), (1, 0));
}
