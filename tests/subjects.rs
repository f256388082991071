//! Of whom a sentence speaks: of the hire by the posting's own title in the plural, of a person told of before, or of
//! somebody by trade.

use std::sync::LazyLock;

use rolecall::vocabulary::Actor;
use rolecall::{Analyzer, Posting, Settings};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(Settings::default()));

/// Who does what the terms name in the clause that holds `words`.
fn actors(title: &str, body: &str, words: &str) -> Vec<Actor> {
    let read = ANALYZER.trace(&Posting::new(title, body)).clauses;
    let clause = read.iter().find(|clause| clause.text.contains(words));
    clause.map_or_else(Vec::new, |clause| clause.hits.iter().map(|hit| hit.actor).collect())
}

#[test]
fn those_who_bear_the_title_are_the_hire() {
    const CASES: &[(&str, &str, &str)] = &[
        ("Product Manager", "Product Managers at Ferrio own the roadmap.", "own the roadmap"),
        ("Senior Product Manager", "The Product Managers set it. They write the user stories.", "They write"),
        ("Data Scientist", "The Data Scientists turn sightings into product requirements.", "turn sightings"),
        ("Data Scientist, Ferries", "Data scientists work with crews. They rank the backlog.", "They rank"),
        ("Product Manager", "PMs here own the backlog. They rank user stories each week.", "They rank"),
        ("Principal Product Manager", "Principal Product Managers meet. They own the roadmap.", "They own"),
        ("Product Marketing Manager", "In this team, product marketers write the messaging.", "write the"),
        ("Data Scientist", "Ferrio's data scientists rank the backlog of the gates.", "rank the"),
    ];
    for (title, line, words) in CASES {
        let found = actors(title, &format!("About the role\n\n{line}\n"), words);
        assert!(found.contains(&Actor::Owns), "{title}: {line} {found:?}");
    }
}

#[test]
fn those_who_bear_another_title_or_do_what_the_hire_does_not_are_others() {
    const CASES: &[(&str, &str, &str)] = &[
        (
            "Product Marketing Manager",
            "Product managers own the roadmap. They write user stories.",
            "They write",
        ),
        (
            "Product Manager, Tools",
            "Our product managers decide on the roadmap, you build the tools for them.",
            "Our product",
        ),
        (
            "Engineer",
            "You'll work with product managers who own the roadmap. They write user stories.",
            "They write",
        ),
    ];
    for (title, line, words) in CASES {
        let found = actors(title, &format!("What you will do\n\n{line}\n"), words);
        assert!(!found.is_empty() && !found.contains(&Actor::Owns), "{title}: {line} {found:?}");
    }
    let coached =
        actors("Product Manager", "What you will do\n\n- Coach product managers on the roadmap\n", "Coach");
    assert!(coached.contains(&Actor::Owns), "{coached:?}");
}

#[test]
fn people_and_teams_by_trade_do_what_stands_behind_them() {
    const CASES: &[(&str, &str)] = &[
        ("Depot Clerk", "Product managers at Ferrio own the roadmap."),
        ("Product Designer", "PMs here own the backlog of the gates."),
        ("Product Manager", "Product marketing managers own positioning and messaging."),
        ("Depot Clerk", "The product marketing team writes battlecards."),
    ];
    for (title, line) in CASES {
        let found = actors(title, &format!("What you will do\n\n{line}\n"), line);
        assert!(!found.is_empty() && !found.contains(&Actor::Owns), "{title}: {line} {found:?}");
    }
    // Under a title of that trade they are the hire.
    let own = actors("Data Engineer", "What you will do\n\nEngineers write user stories.\n", "Engineers");
    assert!(own.contains(&Actor::Owns), "{own:?}");
}

#[test]
fn he_and_she_are_who_was_told_of_before() {
    const OTHERS: &[&str] = &[
        "You will report to our CMO, Ines. She runs positioning and messaging.",
        "You report to the Head of Product. He ranks the backlog.",
        "Noor leads the product team. She mends the backlog.",
    ];
    const HIRE: &[&str] = &[
        "The successful candidate joins our depot. She will own the backlog.",
        "The hire joins our depot. He will own the backlog.",
        "You report to the CMO. He or she writes user stories.",
    ];
    let last = |body: &str| {
        let from = [" She ", " He "].iter().find_map(|pronoun| body.find(pronoun)).unwrap_or(0);
        actors("Depot Clerk", &format!("What you will do\n\n{body}\n"), body[from..].trim())
    };
    for body in OTHERS {
        let found = last(body);
        assert!(!found.is_empty() && !found.contains(&Actor::Owns), "{body} {found:?}");
    }
    for body in HIRE {
        let found = last(body);
        assert!(found.contains(&Actor::Owns), "{body} {found:?}");
    }
}

#[test]
fn what_the_employer_does_by_name_gives_no_work() {
    let owned = |line: &str, company: Option<&str>| {
        let body = format!("What you will do\n\n- Count the crates\n- {line}\n");
        let company = company.map(str::to_owned);
        let read = ANALYZER.trace(&Posting { company, ..Posting::new("Data Analyst", &body) }).clauses;
        read.iter().flat_map(|clause| &clause.hits).any(|hit| hit.actor == Actor::Owns)
    };
    let line = "Larkfold Systems manages the product roadmap of other firms";
    assert!(owned(line, None) && !owned(line, Some("Larkfold Systems")));
    // Its own things are the hire's work, and so is what a sentence turns to.
    for line in
        ["Larkfold roadmap ownership", "Larkfold builds maps and seeks somebody who will own the roadmap"]
    {
        assert!(owned(line, Some("Larkfold")), "{line}");
    }
}

#[test]
fn what_a_thing_does_makes_no_helper_of_the_hire() {
    for line in [
        "Ensure the product roadmap supports the aims of the yard.",
        "See to it that the product strategy informs the product vision.",
    ] {
        let found = actors("Product Manager", &format!("What you will do\n\n- {line}\n"), line);
        assert!(!found.is_empty() && found.iter().all(|&actor| actor == Actor::Owns), "{line} {found:?}");
    }
    // Told of nothing but the thing, it is nobody's work; of somebody, it is help.
    let thing =
        actors("Clerk", "As a clerk of the yard\n\nThe platform supports product launches.\n", "supports");
    assert!(!thing.is_empty() && thing.iter().all(|&actor| actor == Actor::Other), "{thing:?}");
    let helper =
        actors("Clerk", "What you will do\n\n- The specialist supports product launches.\n", "supports");
    assert!(!helper.is_empty() && helper.iter().all(|&actor| actor == Actor::Contributes), "{helper:?}");
}

#[test]
fn a_thought_behind_a_dash_may_be_the_employers() {
    let principle = "Decide early \u{2013} we rank the backlog each week.";
    let found =
        actors("Product Manager", &format!("What you will do\n\n- {principle}\n"), "rank the backlog");
    assert!(!found.is_empty() && found.iter().all(|&actor| actor == Actor::Other), "{found:?}");
    let asked = "A small team \u{2013} we need you to rank the backlog each week.";
    let found = actors("Product Manager", &format!("What you will do\n\n- {asked}\n"), "rank the backlog");
    assert!(found.contains(&Actor::Owns), "{found:?}");
}

#[test]
fn a_title_names_the_hire_with_its_field_behind_of_as_well() {
    let body = "About the role\n\nThe Director of Product Marketing owns positioning and messaging.\n";
    for title in ["Director, Product Marketing", "Senior Director - Product Marketing"] {
        let found = actors(title, body, "owns positioning");
        assert!(found.contains(&Actor::Owns), "{title} {found:?}");
    }
    let found = actors("Director, Sales", body, "owns positioning");
    assert!(!found.is_empty() && !found.contains(&Actor::Owns), "{found:?}");
}

#[test]
fn work_goes_on_behind_what_is_told_of_those_it_is_done_with() {
    let found = |line: &str, words: &str| {
        actors("Product Marketing Manager", &format!("What you will do\n\n- {line}\n"), words)
    };
    let aside = found("With product managers, who set the roadmap, plan the product launch.", "plan the");
    assert!(aside.contains(&Actor::Owns) && aside.contains(&Actor::Other), "{aside:?}");
    let theirs =
        found("Work with product managers, who set the roadmap, the backlog and the plan.", "the backlog");
    assert!(!theirs.contains(&Actor::Owns), "{theirs:?}");
}
