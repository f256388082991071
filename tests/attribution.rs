//! Whose work a line tells of: what will be reached by when, persons by name, questions, lists of what is not done,
//! figures behind a label, and items whose depth only their tags tell.

use std::sync::LazyLock;

use rolecall::rule::Code;
use rolecall::vocabulary::{Actor, Claim, Described};
use rolecall::{Analyzer, Posting, Settings, Verdict};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(Settings::default()));

fn verdict(title: &str, body: &str) -> Verdict {
    ANALYZER.analyze(&Posting::new(title, body))
}

/// Who does what the terms of the two roles name in the clause that begins with `start`.
fn actors(body: &str, start: &str) -> Vec<Actor> {
    let read = ANALYZER.trace(&Posting::new("Depot Clerk", body)).clauses;
    let clause = read.iter().find(|clause| clause.text.starts_with(start));
    clause.map_or_else(Vec::new, |clause| clause.hits.iter().map(|hit| hit.actor).collect())
}

#[test]
fn what_will_be_reached_by_when_is_work() {
    const ASKED: &[&str] = &[
        "Requirements\n\nYou have launched products and owned a backlog.\n",
        "We sell day passes. You have owned a backlog before.\n",
        "What you will do\n\nYou have owned a backlog before.\n",
    ];
    const OWNED: &[(&str, &str)] = &[
        ("30 days: meet the crews\n60 days: own the backlog of the ferry app\n", "own the backlog"),
        ("Within six months you have shipped the planner and ranked the backlog.\n", "Within six"),
        ("By month three you have written the user stories for the ticket gate.\n", "By month three"),
        ("A year in, you have led discovery with skippers.\n", "A year in"),
        ("Success looks like: you have built the messaging of the day pass.\n", "you have built"),
        ("What success looks like\n\nYou have shipped battlecards for both rivals.\n", "You have shipped"),
        ("Month 2 \u{2013} Own the roadmap of the gates\n", "Own the roadmap"),
        ("# Your first 90 days\n\n- **30 days**\n    - You have ranked the backlog\n", "You have ranked"),
        (
            "# Success in this role\n\n| When | What |\n|---|---|\n| 60 days | You have ranked the backlog |\n",
            "You have ranked",
        ),
        ("# After 3 months\n\nYou have written the user stories for the gates.\n", "You have written"),
        ("# In six months\n\nYou have ranked the backlog.\n", "You have ranked"),
    ];
    for (body, start) in OWNED {
        let found = actors(body, start);
        assert!(found.contains(&Actor::Owns), "{body} {found:?}");
    }
    for body in ASKED {
        assert_eq!(verdict("Product Manager", body).duties.pm, 0, "{body}");
    }
}

#[test]
fn a_sentence_that_opens_as_an_order_is_no_sentence_about_somebody() {
    const CASES: &[(&str, &str)] = &[
        ("May own the roadmap of the night ferry too.", "May own"),
        ("Must rank the backlog of the ticket gates.", "Must rank"),
        ("Theorise, write and rank user stories.", "Theorise"),
        ("Quarterly, write battle cards for the sellers of day passes.", "Quarterly"),
        ("From ranking the backlog to writing user stories, the days are full.", "From ranking"),
        (
            "You will do two things: (1) count the gates; (2) ranking the backlog of the ferry app.",
            "(2) ranking",
        ),
    ];
    for (line, start) in CASES {
        let found = actors(&format!("We run ferries.\n\n{line}\n"), start);
        assert!(found.contains(&Actor::Owns), "{line} {found:?}");
    }
}

#[test]
fn hours_of_a_day_head_nothing() {
    const BODY: &str = "# A day in the life\n\n**09:00** Tea with the crew\n**10:00** You rank the backlog\n\n\
                        14:00 Lunch with the company\n\n15:00 You write user stories\n";
    for start in ["You rank", "You write"] {
        assert!(actors(BODY, start).contains(&Actor::Owns), "{start}");
    }
}

#[test]
fn open_questions_about_the_work_are_part_of_it() {
    let line = "Cut the backlog down: see what skippers need, and how can we try it?";
    assert!(actors(&format!("# Duties\n\n- {line}\n"), "Cut the backlog").contains(&Actor::Owns));
}

#[test]
fn lists_of_what_others_do_or_nobody_does_hold_without_bullets() {
    const OTHERS: &[&str] = &[
        "You will:\nsell day passes\nYou will not:\nrun the app\nwrite user stories\n",
        "<p>You won't:</p><p>run the app<br>write user stories</p>",
        "What would I own?\n\nThe depot.\n\nWhat would I not own?\n\n- write user stories\n",
        "# Duties\n\n## Product marketing will:\n\n- write user stories\n",
        "# Duties\n\n- Sell day passes\n\nThe product team will:\n\n- write user stories\n",
        "# Requirements\n\nYou should be able to:\n\n- write user stories\n",
        "# Profile\n\nThe right candidate will be able to:\n\n- write user stories\n",
    ];
    for body in OTHERS {
        let found = actors(body, "write user stories");
        assert!(!found.contains(&Actor::Owns), "{body} {found:?}");
    }
    let found = actors("You will:\nsell day passes\nwrite user stories\n", "write user stories");
    assert!(found.contains(&Actor::Owns), "{found:?}");
}

#[test]
fn who_belongs_to_a_team_is_not_the_team() {
    const CASES: &[(&str, bool)] = &[
        ("The Product Owner (PO) for the ferry planning team is responsible for the backlog.", true),
        ("The Product Owner in our ferry planning team is responsible for the backlog.", true),
        ("Our ferry planning team is responsible for the backlog.", false),
        ("The Product Owner works with the planning team, who owns the backlog.", false),
    ];
    for &(line, own) in CASES {
        let read = ANALYZER.trace(&Posting::new("Product Owner", &format!("Summary\n\n{line}\n"))).clauses;
        let owned = read.iter().flat_map(|clause| &clause.hits).any(|hit| hit.actor == Actor::Owns);
        assert_eq!(owned, own, "{line}");
    }
}

#[test]
fn persons_by_name_do_what_stands_behind_them() {
    const HIRE: &[&str] = &[
        "Noor designs gates, and you will own the roadmap.",
        "Proactively owns the roadmap of the ticket gates.",
        "Ferrio runs ferries and is looking for somebody who will own the roadmap.",
    ];
    const OTHERS: &[&str] = &[
        "Noor owns the roadmap and writes the user stories.",
        "Ferrio Labs ranks the backlog.",
        "Your manager, Ines, runs positioning and messaging.",
        "Your predecessor wrote the battlecards.",
    ];
    for line in OTHERS {
        let found = actors(&format!("{line} You will sweep the depot.\n"), &line[..4]);
        assert!(!found.is_empty() && found.iter().all(|&actor| actor == Actor::Other), "{line}: {found:?}");
    }
    for line in HIRE {
        let found = actors(&format!("What you will do\n\n{line}\n"), &line[..4]);
        assert!(found.contains(&Actor::Owns), "{line}: {found:?}");
    }
}

#[test]
fn questions_to_the_hire_give_no_work() {
    const ASKED: &[&str] =
        &["Do you love owning the roadmap?", "Ready to rank a backlog?", "Want to write user stories?"];
    for line in ASKED {
        let found = actors(&format!("What you will do\n\n- {line}\n- Sweep the depot\n"), line);
        assert!(!found.is_empty() && found.iter().all(|&actor| actor == Actor::None), "{line}: {found:?}");
    }
    let open =
        actors("Questions you will answer\n\n- How do we rank the backlog of the gates?\n", "How do we");
    assert!(open.iter().all(|&actor| actor != Actor::None), "{open:?}");
}

#[test]
fn a_list_of_what_is_not_done_is_denied_to_its_end() {
    const DENIED: &[&str] = &[
        "You won't be writing user stories, grooming the backlog or setting the roadmap.",
        "You do not write user stories, groom the backlog or own the roadmap.",
        "What you won't do: write user stories, groom the backlog, own the roadmap.",
    ];
    for line in DENIED {
        let found = verdict(
            "Product Marketing Manager",
            &format!("{line}\nYou will write positioning and messaging.\n"),
        );
        assert_eq!((found.duties.pm, found.duties.pmm), (0, 1), "{line}: {:?}", found.duties);
    }
    let resumed = actors("You will not manage people, own the roadmap and the backlog.\n", "You will");
    assert!(resumed.contains(&Actor::Owns), "{resumed:?}");
}

#[test]
fn figures_behind_a_label_are_no_duties_and_may_be_the_other_roles() {
    const PM: &str = "## What you will do\n\n- Own the roadmap of the ferry planner\n- Rank the backlog\n- Write user stories\n\n";
    const PMM: &str =
        "## What you will do\n\n- Write positioning and messaging\n- Plan launches\n- Build battlecards\n\n";
    const CASES: &[(&str, &str, &str, bool)] = &[
        ("Product Manager", PM, "KPIs: sales confidence, content downloads", true),
        ("Product Manager", PM, "You will be measured on: influenced pipeline and win rate", true),
        ("Product Manager", PM, "KPIs: NPS, retention, activation", false),
        ("Product Marketing Manager", PMM, "KPIs: NPS, retention, activation", true),
        ("Product Marketing Manager", PMM, "Success metrics\n\nNPS\nRetention\n", true),
        ("Product Marketing Manager", PMM, "Key metrics: win rate, share of voice", false),
    ];
    for &(title, duties, figures, foreign) in CASES {
        let found = verdict(title, &format!("{duties}{figures}\n"));
        let told = found.flags.iter().any(|flag| flag.code == Code::Rc007);
        let count = found.duties.pm + found.duties.pmm;
        assert_eq!((told, count), (foreign, 3), "{title} {figures} {:?}", found.flags);
    }
}

#[test]
fn marks_before_orders_part_the_items_of_a_line() {
    const MARKS: &[&str] = &[" | ", " / ", " \u{2192} ", " \u{2014} ", " \u{1f449} ", " \u{bb} "];
    const DUTIES: [&str; 3] =
        ["Own the roadmap of the gates", "Prioritise the backlog", "Write user stories"];
    for mark in MARKS {
        let found = verdict("Product Manager", &format!("Responsibilities\n\n{}\n", DUTIES.join(mark)));
        assert_eq!(found.duties.pm, 3, "{mark}");
    }
    let facts = verdict("Product Manager", "Leeds | Full time | Permanent\n");
    assert_eq!(facts.described, Described::Insufficient);
}

#[test]
fn items_are_as_deep_as_their_tags_say() {
    const LAYOUTS: &[(&str, &str)] = &[
        ("<li aria-level=\"1\">{}</li>", "<li aria-level=\"2\">{}</li>"),
        ("<li>{}</li>", "<li class=\"ql-indent-1\">{}</li>"),
        ("<li style=\"margin-left:18pt\">{}</li>", "<li style=\"margin-left:36pt\">{}</li>"),
        (
            "<p class=MsoListParagraph style='margin-left:.5in'>{}</p>",
            "<p class=MsoListParagraph style='margin-left:1.0in'>{}</p>",
        ),
        ("</ul><ul class=\"lst-kix_b7-0\"><li>{}</li>", "</ul><ul class=\"lst-kix_b7-1\"><li>{}</li>"),
    ];
    for (top, below) in LAYOUTS {
        let lines: String = [
            (top, "Mend the ticket gates and their wiring"),
            (top, "Work with our product owner, who:"),
            (below, "Owns the roadmap"),
            (below, "Ranks the backlog"),
            (top, "Keep the spare parts in order"),
        ]
        .iter()
        .map(|(layout, line)| layout.replace("{}", line))
        .collect();
        let found = verdict("Technician", &format!("<h2>What you will do</h2><ul>{lines}</ul>"));
        assert_eq!(found.duties.pm, 0, "{top}: {:?}", found.duties);
    }
}

#[test]
fn who_helps_a_product_manager_is_none() {
    const OTHERS: &[&str] =
        &["Product Manager's Assistant", "Business Manager to the CPO", "Support to Product Owners"];
    for title in OTHERS {
        assert_eq!(verdict(title, "Book the rooms.").claimed, Claim::Other, "{title}");
    }
    let ours = verdict("Product Manager (not PMM)", "Own the roadmap.");
    assert_eq!(ours.claimed, Claim::Pm);
}
