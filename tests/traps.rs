//! Turns of phrase and layouts that careful readers take in their stride.

use std::sync::LazyLock;

use rolecall::rule::Code;
use rolecall::trace::ClauseTrace;
use rolecall::vocabulary::{Actor, Role, Ruling, Zone};
use rolecall::{Analyzer, Posting, Settings};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(Settings::default()));

fn clauses(title: &str, body: &str) -> Vec<ClauseTrace> {
    ANALYZER.trace(&Posting::new(title, body)).clauses
}

#[test]
fn under_its_own_title_the_posting_speaks_of_the_hire() {
    const CASES: &[(&str, Actor)] = &[
        ("Product Manager, Parking", Actor::Owns),
        ("Senior product manager", Actor::Owns),
        ("Product Marketing Manager", Actor::Other),
        ("Data Engineer", Actor::Other),
    ];
    for line in ["The Product Manager owns the roadmap.", "Our product manager will own the product roadmap."]
    {
        for &(title, actor) in CASES {
            let read = clauses(title, &format!("What you will do\n\n- {line}\n"));
            let hits: Vec<Actor> = read.iter().flat_map(|clause| &clause.hits).map(|hit| hit.actor).collect();
            assert!(!hits.is_empty() && hits.iter().all(|&found| found == actor), "{title}: {line} {hits:?}");
        }
    }
}

#[test]
fn a_line_between_rules_is_a_heading() {
    let body = "**Bonus points**\n\n- Spanish\n\n\\-\\-\\-\\- What the Candidate Will Do ----\n\n- Own the product roadmap\n";
    let read = clauses("Product Manager", body);
    let at = read.iter().position(|clause| clause.text.contains("What the Candidate")).unwrap();
    assert!(read[at].heading, "{:?}", read[at]);
    let duty = &read[at + 1];
    assert_eq!((duty.zone, duty.role), (Zone::Duties, Some(Role::Pm)));
}

#[test]
fn orders_in_the_present_tense_are_duties() {
    let body = "We are a small bank in Porto.\n\n- You own the roadmap and rank the backlog\n- You write user stories\n";
    let read = clauses("Product Manager", body);
    let duties = read.iter().filter(|clause| clause.item && clause.actor == Some(Actor::Owns)).count();
    assert_eq!(duties, 2, "{read:?}");
}

#[test]
fn text_without_an_end_is_cut_into_clauses_that_can_be_read() {
    let read = clauses("Product Manager", &"own the roadmap, ".repeat(5_000));
    let longest = read.iter().map(|clause| clause.text.len()).max();
    assert!(longest.is_some_and(|longest| longest <= 1_500), "{longest:?}");
}

#[test]
fn nobody_is_accused_on_the_strength_of_next_to_no_duties() {
    let requirements =
        "What you bring\n\n- Five years in underwriting\n- A degree in finance\n- Fluent German\n";
    let verdict = ANALYZER.analyze(&Posting::new("Product Manager", requirements));
    assert_eq!(verdict.verdict, Ruling::Review);
    let one =
        "What you will do\n\n- Own features end to end\n- Write Rust services\n- Keep the cluster healthy\n";
    assert_ne!(ANALYZER.analyze(&Posting::new("Backend Engineer", one)).verdict, Ruling::Hidden);
}

#[test]
fn the_title_as_subject_and_the_pronoun_after_it_name_the_hire() {
    let owners = |title: &str, body: &str| -> Vec<Actor> {
        clauses(title, body).iter().flat_map(|clause| &clause.hits).map(|hit| hit.actor).collect()
    };
    let bridges = "At Nordlys, the Product Manager bridges the product roadmap and its delivery.\n";
    assert!(owners("Product Manager", bridges).contains(&Actor::Owns));
    assert!(!owners("Payroll Clerk", bridges).contains(&Actor::Owns));
    let turns = "The Product Manager decides what comes first.\nThey write the user stories.\n";
    let told = clauses("Product Manager", turns);
    let last = told.last().and_then(|clause| clause.actor);
    assert_eq!(last, Some(Actor::Owns), "{told:?}");
    let turns = "Our designers sit next door.\nThey write the user stories.\n";
    let last = clauses("Product Manager", turns).last().and_then(|clause| clause.actor);
    assert_ne!(last, Some(Actor::Owns));
}

#[test]
fn what_is_expected_and_duties_told_by_nouns_are_duties() {
    let zone_of_last = |body: &str| clauses("Product Owner", body).last().map(|clause| clause.zone);
    let nouns = "What you can expect from us?\n\n- Active management of the product backlog\n- Definition of user stories\n";
    assert_eq!(zone_of_last(nouns), Some(Zone::Duties));
    let gifts =
        "What you can expect from us?\n\n- Thirty days of paid vacation\n- Health insurance for the family\n";
    assert_eq!(zone_of_last(gifts), Some(Zone::Benefits));
    let expected =
        "Expectations\n\n- To be writing the user stories\n- To work with clients on what comes first\n";
    assert_eq!(zone_of_last(expected), Some(Zone::Duties));
}

#[test]
fn an_order_may_begin_with_how_it_is_done() {
    let zone = |line: &str| {
        let body = format!("We are a small bank in Porto. Our platform is used by many people.\n\n{line}\n");
        clauses("Product Manager", &body).last().map(|clause| clause.zone)
    };
    let orders =
        |how: &str| zone(&format!("{how} the user stories.\n\n{how} the release notes.\n\n{how} the plan."));
    assert_eq!(orders("Write"), Some(Zone::Duties));
    assert_eq!(orders("Carefully write"), Some(Zone::Duties));
    assert_ne!(orders("Customers write"), Some(Zone::Duties));
}

#[test]
fn the_hire_goes_by_many_names() {
    const NAMES: &[&str] = &[
        "The postholder owns",
        "The jobholder will own",
        "He or she owns",
        "S/he owns",
        "The successful applicant owns",
        "We want someone who owns",
        "The PMM owns",
        "The product marketer owns",
        "The Director of Product Marketing owns",
    ];
    for name in NAMES {
        let title = if name.contains("Director") {
            "Director of Product Marketing"
        } else {
            "Product Marketing Manager"
        };
        let read = clauses(title, &format!("{name} the positioning of our ferry planner."));
        let hits: Vec<Actor> = read.iter().flat_map(|clause| &clause.hits).map(|hit| hit.actor).collect();
        assert!(!hits.is_empty() && hits.iter().all(|&found| found == Actor::Owns), "{name}: {hits:?}");
    }
}

#[test]
fn a_list_under_what_is_somebody_elses_is_not_the_hires() {
    const ABOVE: &[&str] = &[
        "## What you will not do",
        "**Out of scope**",
        "Handled by other teams:",
        "What product marketing does",
        "Later you might also:",
        "What our product does",
        "You are not responsible for:",
        "Our product marketing team owns the following:",
        "You will work closely with product marketing, who:",
    ];
    let own = "- Own the roadmap of the ferry planner\n- Rank the backlog with engineering\n- Write user stories\n- Talk \
               to ten crews a month about their needs";
    let others = "- Own positioning and messaging\n- Plan and run launches\n- Build battle cards for sales\n- Write case \
                  studies";
    for above in ABOVE {
        let body = format!("## What you will do\n\n{own}\n\n{above}\n\n{others}\n");
        let verdict = ANALYZER.analyze(&Posting::new("Product Manager", &body));
        assert_eq!(
            (verdict.duties.pmm, verdict.verdict),
            (0, Ruling::Match),
            "{above}: {:?}",
            verdict.duties
        );
    }
    // The same lines under a heading of the hire's are.
    let body = format!("## What you will do\n\n{own}\n\n## You will also\n\n{others}\n");
    assert!(ANALYZER.analyze(&Posting::new("Product Manager", &body)).duties.pmm >= 3);
}

#[test]
fn an_item_governs_the_list_below_it_and_not_the_next_item() {
    const LISTS: &[&str] = &[
        "- Own the product roadmap\n- Sit with product marketing, who:\n  - write the messaging\n  - plan the launches\n- Write user stories\n",
        "\u{2022} Own the product roadmap\n\u{2022} Sit with product marketing, who:\no write the messaging\no plan the launches\n\u{2022} Write user stories\n",
        "<ul><li>Own the product roadmap</li><li>Sit with product marketing, who<ul><li>write the messaging</li><li>plan the \
         launches</li></ul></li><li>Write user stories</li></ul>",
    ];
    for list in LISTS {
        let read = clauses("Product Manager", &format!("What you will do:\n{list}"));
        let actor = |words: &str| {
            let clause = read.iter().find(|clause| clause.text.contains(words));
            clause.and_then(|clause| clause.actor).unwrap_or_else(|| panic!("{words} in {list}: {read:?}"))
        };
        assert_eq!([actor("the messaging"), actor("the launches")], [Actor::Other; 2], "{list}");
        assert_eq!([actor("the product roadmap"), actor("user stories")], [Actor::Owns; 2], "{list}");
    }
    // The first line alone has lost its indentation; it governs nothing.
    let lost = "- Partner with sales on launch plans\n  - Own the product roadmap\n  - Write user stories\n";
    let read = clauses("Product Manager", &format!("What you will do:\n\n{lost}"));
    let owned =
        read.iter().filter(|clause| clause.role == Some(Role::Pm) && clause.actor == Some(Actor::Owns));
    assert_eq!(owned.count(), 2, "{read:?}");
}

#[test]
fn what_is_lent_a_hand_to_by_the_line_above_is_a_contribution() {
    let read = clauses(
        "Designer",
        "## What you will do\n\nContribute to:\n\n- Ranking the backlog every week\n- Writing user stories for the crews\n",
    );
    let hits: Vec<Actor> = read.iter().flat_map(|clause| &clause.hits).map(|hit| hit.actor).collect();
    assert!(!hits.is_empty() && hits.iter().all(|&found| found == Actor::Contributes), "{hits:?}");
}

#[test]
fn nothing_is_called_wrong_or_mixed_that_the_counted_duties_do_not_show() {
    let one = |pm: usize, pmm: usize| {
        let product_lines =
            ["Own the product roadmap of the ferry planner", "Rank the backlog with engineering"];
        let market_lines =
            ["Own positioning and messaging", "Build battle cards for sales", "Plan product launches"];
        let lines: Vec<&str> =
            product_lines.into_iter().take(pm).chain(market_lines.into_iter().take(pmm)).collect();
        let body = format!("## What you will do\n\n- {}\n", lines.join("\n- "));
        ANALYZER.analyze(&Posting::new("Product Manager", &body))
    };
    for (pm, pmm) in [(1, 1), (1, 2), (2, 1), (1, 3)] {
        let verdict = one(pm, pmm);
        assert_ne!(verdict.verdict, Ruling::Mixed, "{pm} and {pmm}: {verdict:?}");
        let shares = verdict.shares.map(|shares| shares.pm);
        let expected = f64::from(verdict.duties.pm) / f64::from(verdict.duties.pm + verdict.duties.pmm);
        assert!(
            shares.is_some_and(|share| (share - expected).abs() < 1e-3),
            "{shares:?} {:?}",
            verdict.duties
        );
    }
    let nobody = "Our colleagues own messaging and launches. They write the backlog and the user stories.";
    let verdict = ANALYZER.analyze(&Posting::new("Product Marketing Manager", nobody));
    assert_eq!((verdict.duties.pm, verdict.duties.pmm, verdict.shares), (0, 0, None));
    assert_eq!(verdict.verdict, Ruling::Review);
}

#[test]
fn no_title_is_called_wrong_on_one_line_or_on_strays() {
    let ruling = |title: &str, duties: &str| {
        ANALYZER.analyze(&Posting::new(title, &format!("What you will do\n\n{duties}"))).verdict
    };
    assert_eq!(ruling("Product Marketing Manager", "- Own the product roadmap\n"), Ruling::Review);
    let two =
        "- Own the product roadmap\n- Keep the backlog and write user stories\n- Run discovery with users\n";
    assert_eq!(ruling("Product Marketing Manager", two), Ruling::Mislabelled);
    // Duties that nothing names prove nothing; those of another trade do.
    let unnamed = "- Keep the depot informed\n- Look after the two vans\n- Meet the crews every Monday\n- Note what they say\n\
                   - Bring order into the shed\n- Answer letters from the parish\n";
    assert_ne!(
        ruling("Product Manager", &format!("{unnamed}- Reconcile the ledgers\n")),
        Ruling::Unsupported
    );
    let named = "- Reconcile the ledgers and close the books\n- Prepare the payroll\n- File the tax returns\n- Audit invoices\n";
    assert_eq!(ruling("Product Manager", named), Ruling::Unsupported);
}

#[test]
fn what_the_hire_is_measured_by_is_no_duty_and_may_be_the_other_roles() {
    for heading in ["How we measure success", "KPIs", "You will be measured on:"] {
        let own = "- Own the roadmap of the ferry planner\n- Rank the backlog with engineering\n- Write user stories\n";
        let body = format!(
            "## What you will do\n\n{own}\n## {heading}\n\n- Win rate against rivals\n- Share of voice\n"
        );
        let verdict = ANALYZER.analyze(&Posting::new("Product Manager", &body));
        assert_eq!(
            (verdict.verdict, verdict.duties.pmm),
            (Ruling::Match, 0),
            "{heading}: {:?}",
            verdict.duties
        );
        let told = verdict.flags.iter().find(|flag| flag.code == Code::Rc007);
        assert!(told.is_some_and(|flag| flag.message.contains("Win rate")), "{heading}: {:?}", verdict.flags);
    }
}

#[test]
fn a_shorter_term_stays_inside_a_longer_one_that_says_less_for_the_same_role() {
    let terms = |line: &str| -> Vec<String> {
        let read = clauses("Data Steward", &format!("What you will do:\n\n- {line}\n- Keep the register\n"));
        let clause = read.iter().find(|clause| clause.text == line).unwrap();
        clause.hits.iter().map(|hit| hit.term.to_string()).collect()
    };
    let both = terms("Drive the product roadmap");
    assert!(both.contains(&"pm/roadmap/own-roadmap".to_owned()), "{both:?}");
    // A longer one of another role hides it.
    let other = terms("Own the product marketing roadmap");
    assert!(!other.iter().any(|term| term == "pm/roadmap/product-roadmap"), "{other:?}");
}

#[test]
fn departments_and_people_by_trade_do_what_stands_behind_them() {
    const OTHERS: &[&str] = &[
        "Engineering prioritises the backlog",
        "Brand owns messaging",
        "The CTO sets the product roadmap",
        "Your tech lead writes the user stories",
        "Your PM owns the roadmap",
        "Headquarters defines the positioning",
    ];
    for line in OTHERS {
        let read = clauses("Data Steward", &format!("What you will do:\n\n- {line}\n- Keep the register\n"));
        let clause = read.iter().find(|clause| clause.text == *line).unwrap();
        let hits: Vec<Actor> = clause.hits.iter().map(|hit| hit.actor).collect();
        assert!(!hits.is_empty() && hits.iter().all(|&actor| actor == Actor::Other), "{line}: {hits:?}");
    }
}

#[test]
fn help_under_what_is_not_done_is_not_done_either() {
    let body = "## What you will do\n\nYou are not responsible for:\n\n- Supporting the owner with user stories\n- Ranking \
                the backlog every week\n";
    let read = clauses("Designer", body);
    let hits: Vec<Actor> = read.iter().flat_map(|clause| &clause.hits).map(|hit| hit.actor).collect();
    assert!(!hits.is_empty() && hits.iter().all(|&found| found == Actor::None), "{hits:?}");
}

#[test]
fn what_only_names_a_duty_is_not_counted_beside_it() {
    const LAYOUTS: &[&str] = &[
        "<ul><li><strong>Backlog ownership.</strong> Prioritise the backlog of the planner</li><li><strong>Messaging work.</strong> \
         Write the messaging</li></ul>",
        "<ul><li>Backlog ownership. Prioritise the backlog of the planner</li><li>Messaging work. Write the messaging</li></ul>",
        "<p>Backlog ownership<br>Prioritise the backlog of the planner<br>Write user stories<br>Messaging work<br>Write the \
         messaging<br>Plan launches<br></p>",
        "<p>Backlog ownership</p><ul><li>Prioritise the backlog of the planner</li></ul><p>Messaging work</p><ul><li>Write the \
         messaging</li></ul>",
        "<table><tr><td>Backlog ownership</td><td>Prioritise the backlog of the planner</td></tr><tr><td>Messaging work</td>\
         <td>Write the messaging</td></tr></table>",
    ];
    for layout in LAYOUTS {
        let read = clauses("Product Manager", &format!("<h3>What you will do</h3>{layout}"));
        for name in ["Backlog ownership", "Messaging work"] {
            let clause = read.iter().find(|clause| clause.text.starts_with(name)).unwrap();
            assert!(clause.heading && clause.hits.is_empty(), "{name} in {layout}: {clause:?}");
        }
        for duty in ["Prioritise the backlog", "Write the messaging"] {
            let clause = read.iter().find(|clause| clause.text.starts_with(duty)).unwrap();
            assert_eq!(clause.actor, Some(Actor::Owns), "{duty} in {layout}: {clause:?}");
        }
    }
    // Two things to be done are two duties.
    let read = clauses(
        "Product Manager",
        "<h3>What you will do</h3><ul><li>Own the roadmap. Decide what comes next</li><li>Sell the vision. Write user \
         stories</li></ul>",
    );
    assert!(read.iter().filter(|clause| clause.heading).count() == 1, "{read:?}");
}

#[test]
fn what_the_employer_does_with_your_things_gives_no_work() {
    const CASES: &[(&str, Actor)] = &[
        ("We test the code you write before anybody runs it.", Actor::Other),
        ("In this job we plan the releases and you write the user stories.", Actor::Owns),
        ("We want you to write the user stories of our till.", Actor::Owns),
        ("Tillwise leads the market in tills and helps teams set the product roadmap.", Actor::Other),
    ];
    for &(line, actor) in CASES {
        let read = clauses("Product Manager", &format!("About the role\n\n{line}\n"));
        let clause = read.iter().find(|clause| clause.text == line).unwrap();
        let hits: Vec<Actor> = clause.hits.iter().map(|hit| hit.actor).collect();
        assert!(
            hits.contains(&actor) && !(actor == Actor::Other && hits.contains(&Actor::Owns)),
            "{line}: {hits:?}"
        );
    }
}

#[test]
fn a_line_that_lends_a_hand_speaks_for_its_own_list_alone() {
    let owned = |body: &str, words: &str| {
        let read = clauses("Product Manager", &format!("What you will do\n\n{body}"));
        let clause = read.iter().find(|clause| clause.text.contains(words)).unwrap();
        clause.actor
    };
    // What stands behind "by" is how the hire helps, and an item beside another is none below it.
    assert_eq!(
        owned("You will support our growth by:\n\n- Owning the roadmap\n", "Owning"),
        Some(Actor::Owns)
    );
    let beside = "- Own pricing\n- Support the crews:\n- Define the backlog\n\nYou will contribute to:\n\n- Drafts of user stories\n";
    assert_eq!(owned(beside, "Define the"), Some(Actor::Owns));
    assert_eq!(owned(beside, "Drafts of"), Some(Actor::Contributes));
    let below = "- Support the crews:\n  - Define the backlog\n- Write user stories\n";
    assert_eq!(owned(below, "Define the"), Some(Actor::Contributes));
    assert_eq!(owned(below, "Write user"), Some(Actor::Owns));
}

#[test]
fn a_title_is_held_against_a_posting_only_by_plain_duties() {
    let verdict = |title: &str, duties: &str| ANALYZER.analyze(&Posting::new(title, duties));
    let faint = "What you will do\n\n- Build new features that our riders love\n- Ship improvements to the product each week\n- \
                 Shape experiences that scale to many users\n- Improve the app with the designers\n- Make the product simpler\n";
    let plain = "What you will do\n\n- Own the product roadmap and rank the backlog\n- Write user stories with the squad\n- Run \
                 discovery interviews with riders\n- Decide what ships each quarter\n";
    assert_ne!(verdict("Backend Engineer", faint).verdict, Ruling::Hidden);
    assert!(
        verdict("Backend Engineer", faint).duties.pm >= 3,
        "{:?}",
        verdict("Backend Engineer", faint).duties
    );
    assert_eq!(verdict("Operations Lead", plain).verdict, Ruling::Hidden);
}
