//! What headings open, as whole lines and inside a line.

use rolecall::document::Document;
use rolecall::lexicon::Lexicon;
use rolecall::vocabulary::Zone;
use rolecall::{Analyzer, Posting, Settings};

/// The zone of the clause that begins with `start`.
fn zone_of(body: &str, start: &str) -> Option<Zone> {
    let analyzer = Analyzer::new(Settings::default());
    let lexicon: &Lexicon = analyzer.lexicon();
    let document = Document::read(&Posting::new("Shop Assistant", body), lexicon);
    let clauses = document.clauses();
    clauses
        .iter()
        .find(|clause| clause.span.slice(document.text()).starts_with(start))
        .map(|clause| clause.zone)
}

/// A clause, its zone, and whether it is a heading.
#[derive(Debug)]
struct Told {
    text: String,
    zone: Zone,
    heading: bool,
}

fn clauses(body: &str) -> Vec<Told> {
    let analyzer = Analyzer::new(Settings::default());
    let document = Document::read(&Posting::new("Shop Assistant", body), analyzer.lexicon());
    let told = document.clauses().iter().map(|clause| Told {
        text: clause.span.slice(document.text()).to_owned(),
        zone: clause.zone,
        heading: clause.heading,
    });
    told.collect()
}

#[test]
fn plain_lines_above_a_list_head_it() {
    const DUTIES: &[&str] = &[
        "What will you be doing?",
        "What would you do?",
        "A typical week",
        "What you'll take on",
        "Your key responsibilities",
        "Areas of responsibility",
        "What does the role involve?",
        "As our Shop Assistant you will",
        "Key accountabilities",
        "What we'd like you to do",
        "Objectives",
        "You're responsible for",
        "Essential job duties",
        "Some of the things you'll do",
        "In your first 90 days you will",
        "How will you make an impact?",
        "The difference you'll make",
        "Main duties",
        "Tasks",
    ];
    const ASKED: &[&str] = &[
        "What do you need?",
        "Who are we looking for?",
        "You'll bring",
        "You're a great fit if",
        "Sounds like you?",
        "What we're after",
        "You're someone who",
        "What we want to see",
        "Selection criteria",
        "Experience we're looking for",
        "Skill set",
        "What you already have",
        "Who you'll be",
        "Brownie points",
    ];
    for (headings, before, zone) in [
        (DUTIES, "Requirements\n- Three years with hats\n- Knowledge of felt", Zone::Duties),
        (ASKED, "Responsibilities\n- Order the felt\n- Lead the floor", Zone::Requirements),
    ] {
        for heading in headings {
            let body = format!(
                "We sell hats.\n\n{before}\n\n{heading}\n- The plan for our hats\n- The shelf of caps"
            );
            assert_eq!(zone_of(&body, "The plan"), Some(zone), "{heading}");
        }
    }
}

#[test]
fn labels_inside_a_line_open_their_part_of_it() {
    let line = "We need a hand in Leeds. Duties: Plan the rounds. Sort the caps every week. Qualifications: A licence \
                to drive. Friendly with dogs.";
    assert_eq!(zone_of(line, "We need"), Some(Zone::Intro));
    assert_eq!(zone_of(line, "Plan the rounds"), Some(Zone::Duties));
    assert_eq!(zone_of(line, "Sort the caps"), Some(Zone::Duties));
    assert_eq!(zone_of(line, "A licence"), Some(Zone::Requirements));
    assert_eq!(zone_of(line, "Friendly with"), Some(Zone::Requirements));
}

#[test]
fn a_label_with_a_word_or_two_says_nothing_of_the_next_line() {
    let body = "## Duties\n\nSkills: felt, ribbon\n\n- The plan for our hats\n- The shelf of caps";
    assert_eq!(zone_of(body, "felt"), Some(Zone::Requirements));
    assert_eq!(zone_of(body, "The plan"), Some(Zone::Duties));
}

#[test]
fn headings_glued_to_the_line_after_open_their_part() {
    let line = "Hats made in Leeds since 1902.About the RoleWe think of JavaScript as a kind of hat.Key Job DutiesPlan \
                the rounds of the shop. Sort the caps (felt and straw)Count what is left every weekQualifications \
                (Required):2+ years with hatsKnowledge of felt";
    assert_eq!(zone_of(line, "We think of JavaScript as"), Some(Zone::Intro));
    assert_eq!(zone_of(line, "Plan the rounds"), Some(Zone::Duties));
    assert_eq!(zone_of(line, "Count what is left"), Some(Zone::Duties));
    assert_eq!(zone_of(line, "2+ years"), Some(Zone::Requirements));
    assert_eq!(zone_of(line, "Knowledge of felt"), Some(Zone::Requirements));
}

#[test]
fn a_heading_before_an_order_opens_its_part_in_the_middle_of_a_paragraph() {
    let line =
        "Three years with hats would be good. Job Description Plan the rounds of the shop. Sort the caps.";
    assert_eq!(zone_of(line, "Plan the rounds"), Some(Zone::Intro));
}

#[test]
fn duties_and_requirements_are_told_in_every_layout() {
    type Layout = fn(&str, &[&str]) -> String;
    const LAYOUTS: &[(&str, Layout)] = &[
        ("underlined", |head, lines| format!("{head}\n-----\n{}\n", lines.join("\n"))),
        ("emoji", |head, lines| format!("\u{1f680} {head}\n- {}\n", lines.join("\n- "))),
        ("numbered", |head, lines| format!("1. {head}\na) {}\n", lines.join("\na) "))),
        ("numbered lines", |head, lines| format!("3. {head}\n3.1 {}\n3.2 {}\n", lines[0], lines[1])),
        ("numbered in capitals", |head, lines| format!("3. {}\n{}\n", head.to_uppercase(), lines.join("\n"))),
        ("numbered with a nought", |head, lines| format!("3.0 {head}\n{}\n", lines.join("\n"))),
        ("a number alone", |head, lines| format!("3 {head}\n{}\n", lines.join("\n"))),
        ("roman", |head, lines| format!("III. {head}\n{}\n", lines.join("\n"))),
        ("lines alone", |head, lines| format!("{head}\n{}\n", lines.join("\n"))),
        ("angles", |head, lines| format!("{head}\n> {}\n", lines.join("\n> "))),
        ("a sentence", |head, lines| format!("{head}. {}.\n", lines.join(". "))),
        ("dash", |head, lines| format!("{head} :-\n{}\n", lines.join("\n"))),
        ("dash in a line", |head, lines| format!("{head} - {}.\n", lines.join(". "))),
        ("capitals in a line", |head, lines| format!("{} {}.\n", head.to_uppercase(), lines.join(". "))),
        ("bold in a line", |head, lines| format!("**{head}** {}.\n", lines.join(". "))),
        ("strong in a paragraph", |head, lines| {
            format!("<p><strong>{head}</strong> {}.</p>", lines.join(". "))
        }),
        ("breaks", |head, lines| format!("<div>{head}<br>- {}<br></div>", lines.join("<br>- "))),
        ("heading in the list", |head, lines| {
            format!("<ul><li><b>{head}</b></li><li>{}</li></ul>", lines.join("</li><li>"))
        }),
        ("list in the item", |head, lines| {
            format!("<ul><li>{head}:<ul><li>{}</li></ul></li></ul>", lines.join("</li><li>"))
        }),
        ("table", |head, lines| {
            format!("<table><tr><td>{head}</td><td>{}</td></tr></table>", lines.join("<br>"))
        }),
        ("table of Markdown", |head, lines| {
            format!("\n| | |\n|---|---|\n| **{head}** | {} |\n", lines.join("<br>"))
        }),
        ("bullets in a line", |head, lines| format!("{head}: \u{2022} {}\n", lines.join(" \u{2022} "))),
        ("semicolons", |head, lines| format!("{head}: {}.\n", lines.join("; "))),
        ("dashes without a space", |head, lines| {
            format!("{head}:- {};- We add ribbons\n", lines.join(";- "))
        }),
        ("glued", |head, lines| format!("{head}{}\n", lines.concat())),
        ("glued behind a colon", |head, lines| format!("{head}:{}\n", lines.concat())),
        ("lone carriage returns", |head, lines| format!("{head}\r{}\r", lines.join("\r"))),
        ("line ends written out", |head, lines| format!("{head}\\n\\n- {}\\n", lines.join("\\n- "))),
    ];
    let duties = ["Own the plan for the caps of every branch", "Write down what buyers need"];
    let asked = ["Three years with hats", "Knowledge of felt and ribbon"];
    for (name, layout) in LAYOUTS {
        for (work, wanted) in [("Responsibilities", "Requirements"), ("What you will do", "What you bring")] {
            let body =
                format!("We sell hats in Leeds.\n{}\n{}", layout(work, &duties), layout(wanted, &asked));
            for (lines, zone) in [(duties, Zone::Duties), (asked, Zone::Requirements)] {
                for line in lines {
                    assert_eq!(zone_of(&body, &line[..20]), Some(zone), "{name}: {line} in {body}");
                }
            }
        }
    }
}

#[test]
fn short_lines_below_a_heading_are_told_from_headings() {
    for mark in ["", "\u{1f680} ", "\u{bb} ", "~ ", "= ", "-> "] {
        let lines = ["Own the product roadmap", "Write user stories", "Rank the backlog"];
        let body = format!("What you will do\n{mark}{}\n", lines.join(&format!("\n{mark}")));
        for line in lines {
            let found = clauses(&body).into_iter().find(|clause| clause.text.contains(line)).unwrap();
            assert_eq!((found.zone, found.heading), (Zone::Duties, false), "{mark}: {line}");
        }
    }
}

#[test]
fn what_the_lexicon_knows_as_a_heading_opens_its_paragraph_with_a_full_stop_as_well() {
    let body = "We sell hats.\n\nHow we hire. You will present a plan to the panel.\n\n## What you will do\n\nSort caps.\n";
    assert_eq!(zone_of(body, "You will present"), Some(Zone::Process));
    assert_eq!(zone_of(body, "Sort caps"), Some(Zone::Duties));
    // No heading, but the first words of a story.
    let body = "## What you will do\n\nWe hire well. You will present a plan to the panel.\n";
    assert_eq!(zone_of(body, "You will present"), Some(Zone::Duties));
}

#[test]
fn what_names_a_row_or_an_item_among_duties_opens_nothing() {
    const LAYOUTS: &[&str] = &[
        "<table><tr><td>Plans</td><td>Own the plan for the caps</td></tr><tr><td>Requirements</td><td>Write down what buyers \
         need</td></tr><tr><td>Skills</td><td>Coach the owners of stalls</td></tr></table>",
        "<p><b>Plans:</b> Own the plan for the caps</p><p><b>Requirements:</b> Write down what buyers need</p>\
         <p><b>Skills:</b> Coach the owners of stalls</p>",
        "<ul><li>Own the plan for the caps</li><li>Requirements</li><li>Write down what buyers need</li>\
         <li>Share your skills</li><li>Coach the owners of stalls</li></ul>",
        "<ul><li>Own the plan for the caps</li><li>Size the opportunity</li><li>Write down what buyers need</li>\
         <li>Coach the owners of stalls</li></ul>",
    ];
    for layout in LAYOUTS {
        let body = format!("<h3>Responsibilities</h3>{layout}<h3>Benefits</h3><p>A pension</p>");
        for line in ["Own the plan", "Write down", "Coach the owners"] {
            let found = clauses(&body).into_iter().find(|clause| clause.text.contains(line)).unwrap();
            assert_eq!(found.zone, Zone::Duties, "{line} in {layout}");
        }
    }
    let markdown = "## Responsibilities\n\n| Field | Work |\n|:---|---|\n| Requirements | Write down what buyers need |\n| Skills | \
                    Coach the owners of stalls |\n";
    assert_eq!(zone_of(markdown, "Coach the owners"), Some(Zone::Duties));
    assert!(clauses(markdown).iter().all(|clause| !clause.text.contains("---")), "{markdown}");
    // What is asked for beside such a name is asked for.
    let asked = "<h3>Responsibilities</h3><table><tr><td>Plans</td><td>Own the plan for the caps</td></tr>\
                 <tr><td>Requirements</td><td>Three years with hats</td></tr></table>";
    assert_eq!(zone_of(asked, "Three years"), Some(Zone::Requirements));
    let asked = "<h3>Responsibilities</h3><ul><li>Own the plan for the caps</li><li>Requirements</li>\
                 <li>Three years with hats</li></ul>";
    assert_eq!(zone_of(asked, "Three years"), Some(Zone::Requirements));
}

#[test]
fn sentences_end_in_a_text_without_capitals() {
    let body = "we sell hats. you will own the plan for caps. you will sort felt, e.g. by size. we are nice. write to us.";
    assert_eq!(clauses(body).len(), 5, "{:?}", clauses(body));
}

#[test]
fn a_line_with_a_colon_that_gives_work_heads_no_section() {
    const CASES: &[(&str, &str, Zone)] = &[
        ("Responsibilities\n\n- You shape the product:\n    - talk to skippers\n", "talk to", Zone::Duties),
        (
            "What you will do\n\nPlan the quarter.\nTranslate what crews need into:\nUser stories\n",
            "User",
            Zone::Duties,
        ),
        ("Requirements\n\nA licence.\nExperience with:\nTide tables\n", "Tide", Zone::Requirements),
        ("Main tools:\n- Charts\n- Logbooks\n", "Charts", Zone::Requirements),
        ("You own the timetable and write the rota. You are based in Leeds.\n", "You own", Zone::Intro),
        ("You will own the timetable and the quarrels of harbour masters.\n", "You will", Zone::Duties),
    ];
    for &(body, start, zone) in CASES {
        assert_eq!(zone_of(body, start), Some(zone), "{body}");
    }
}

#[test]
fn orders_under_benefits_are_none() {
    let body = "What you will do\n\n- Write the rota\n\nBenefits\n\n- Manage your own time\n- Launch days off\n- You will lead the \
                summer fair\n";
    let zones =
        ["Write the", "Manage your", "Launch days", "You will lead"].map(|start| zone_of(body, start));
    assert_eq!(zones, [Zone::Duties, Zone::Benefits, Zone::Benefits, Zone::Duties].map(Some));
}

#[test]
fn duties_end_behind_a_label_in_running_text_unless_a_line_gives_work() {
    let body = "Duties\n\nYou will plan the shelves and write the labels.\n\nRequired: A degree. Five years in retail.\n\n\
                Twelve shops in Leeds.\n";
    assert_eq!(zone_of(body, "Five years"), Some(Zone::Requirements));
    assert_eq!(zone_of(body, "Twelve shops"), Some(Zone::Intro));
    let body = body.replace("Twelve shops in Leeds.", "Plan the launches of the season.");
    assert_eq!(zone_of(&body, "Plan the launches"), Some(Zone::Duties));
}

#[test]
fn what_employers_must_say_is_no_duty_behind_the_duties() {
    let body = "## Duties\n\n- Plan the shelves.\n- Write the labels.\n\nAs an equal opportunity employer we weigh no one's \
                faith, age or origin.\n";
    assert_eq!(zone_of(body, "Write the labels"), Some(Zone::Duties));
    assert_eq!(zone_of(body, "As an equal"), Some(Zone::Legal));
}

#[test]
fn an_empty_section_before_the_duties_is_no_menu() {
    let lines = "The till and the shelves.\nThe window display.\n";
    let body = format!("Requirements\n\nDuties\n\n{lines}");
    assert_eq!(zone_of(&body, "The till"), Some(Zone::Duties));
    let menu = format!("Benefits\n\nRequirements\n\nDuties\n\n{lines}");
    assert_ne!(zone_of(&menu, "The till"), Some(Zone::Duties));
}

#[test]
fn a_row_of_lines_in_the_third_person_is_work_under_any_heading() {
    let zones = |lines: &str| -> Vec<(Zone, bool)> {
        let analyzer = Analyzer::new(Settings::default());
        let body = format!("Requirements\n\n- Driving licence\n\nBasis of the post\n\n{lines}");
        let document = Document::read(&Posting::new("Courier", &body), analyzer.lexicon());
        let items = document.clauses().iter().filter(|clause| !clause.heading).skip(1);
        items.map(|clause| (clause.zone, clause.orders)).collect()
    };
    let courier = zones("- Sorts and drops letters\n- Drives the van\n- Empties the boxes each evening\n");
    assert!(courier.iter().all(|&(zone, orders)| orders && zone != Zone::Requirements), "{courier:?}");
    // Things in the plural are no verbs, and two lines are no row.
    for lines in [
        "- Cakes at the yard\n- Tickets for the ferry\n- Waters the van\n",
        "- Waters the van\n- Empties the boxes\n",
        "- Waters the van\n- Cakes\n- Empties the boxes\n",
    ] {
        assert!(zones(lines).iter().all(|&(_, orders)| !orders), "{lines} {:?}", zones(lines));
    }
}

#[test]
fn a_label_above_one_fact_says_nothing_of_the_prose_behind_it() {
    let prose = "An innovative toy shop in the old town looks for people with a background in retail, and with some years in \
                 wood.\n\nThe role will be focusing on the window display and on the shelves of the upper floor.";
    for (label, fact) in [("Job ID:", "34945"), ("Closing date:", "end of May")] {
        let body = format!("{label}\n\n{fact}\n\n{prose}\n\nRequired skills:\n\n- Two years in retail\n");
        let told = zone_of(&body, "The role will");
        assert!(matches!(told, Some(Zone::Intro | Zone::Duties)), "{label} {told:?}");
        assert_eq!(zone_of(&body, "Two years"), Some(Zone::Requirements));
    }
    // What is offered goes on over several lines.
    let body = "Benefits:\n\nA season ticket\n\nA locker\n\nTwenty days to yourself in every year of the first three, and a cake on \
                each birthday of the whole staff.\n";
    assert_eq!(zone_of(body, "Twenty days"), Some(Zone::Benefits));
}

#[test]
fn a_range_of_pay_in_capitals_heads_nothing() {
    let body = "Toys for a small town.\n\n$30K - $35K\n\nWrite the labels, plan the shelves and mind the till all day.\n\n\
                2+ years in retail\nA driving licence\nA steady hand\n";
    let pay = clauses(body).into_iter().find(|clause| clause.text.starts_with("$30K")).expect("the pay");
    assert!(!pay.heading);
    assert_eq!(zone_of(body, "Write the labels"), Some(Zone::Intro));
}

#[test]
fn an_item_that_begins_with_another_word_than_a_heading_is_none() {
    let body = "What you will do\n\n- Delight our customers\n- Write the labels\n- Grow our business\n- Mind the till\n- Build our \
                team\n- Plan the shelves\n";
    assert!(
        clauses(body).iter().skip(1).all(|told| !told.heading && told.zone == Zone::Duties),
        "{:?}",
        clauses(body)
    );
    // Headings among their own lists stay some.
    let body = "- Your duties\n- Write the labels\n- Mind the till\n- Our benefits\n- A locker\n";
    let headings: Vec<bool> = clauses(body).iter().map(|told| told.heading).collect();
    assert_eq!(headings, [true, false, false, true, false]);
}

#[test]
fn what_the_hire_will_do_is_no_talk_of_the_company() {
    let company = "Hutch & Ladder makes toys of wood. We are thirty people in an old mill, and our toys are sold in four \
                   countries.";
    let zone = |line: &str| {
        let body = format!("About us\n\n{company} {line} We believe in play.\n");
        let start: String = line.chars().take(14).collect();
        zone_of(&body, &start)
    };
    for line in [
        "You'll ship toys that last for three childhoods.",
        "The shop manager for the upper floor will mind the till.",
        "This role sits in the shop and will answer whoever comes in.",
        "As our assistant, you carry the boxes.",
        "You will be pivotal in shaping the window display.",
    ] {
        assert_eq!(zone(line), Some(Zone::Intro), "{line}");
    }
    for line in [
        "You will love our dogs and our bread.",
        "Our assistants carry the boxes.",
        "If you ask, we will show you.",
    ] {
        assert_eq!(zone(line), Some(Zone::Company), "{line}");
    }
}
