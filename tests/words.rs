//! Wordings of the two roles that are not those of the textbooks, and words of other trades that name nobody's trade
//! where they stand.

use std::sync::LazyLock;

use rolecall::trace::ClauseTrace;
use rolecall::vocabulary::Role;
use rolecall::{Analyzer, Posting, Settings};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(Settings::default()));

/// How the line reads as the one duty of a posting.
fn duty(line: &str) -> ClauseTrace {
    let body = format!("What you will do\n\n- {line}\n");
    let read = ANALYZER.trace(&Posting::new("Open role", &body)).clauses;
    read.into_iter().find(|clause| line.starts_with(clause.text.as_str())).expect("the line is a clause")
}

/// How a neighbour's terms weigh in the posting with this title and introduction.
fn neighbours(title: &str, intro: &str) -> Vec<String> {
    let body = format!("{intro}\n\nWhat you will do\n\n- Water the plants\n");
    let read = ANALYZER.trace(&Posting::new(title, &body)).clauses;
    let hits =
        read.iter().filter(|clause| intro.contains(clause.text.as_str())).flat_map(|clause| &clause.hits);
    hits.filter(|hit| hit.term.starts_with("other/") && hit.weight > 0.0)
        .map(|hit| hit.term.to_string())
        .collect()
}

#[test]
fn plain_wordings_are_read() {
    const CASES: &[(Role, &[&str])] = &[
        (
            Role::Pm,
            &[
                // The order of the work and its scope.
                "Defend the order of the work before the board",
                "Choose three problems a quarter and say no to the others",
                "Settle what the squads build first and what has to wait",
                "Agree the scope of every version with the developers",
                "Say when a slice is finished: write down what done means",
                "Split the work into small steps and put them in order",
                "Decide which variants go and which stay",
                "Turn down requests that help nobody",
                // Direction and life.
                "Hold the direction of the booking portal",
                "Full responsibility for our prepaid tariffs, from first idea until withdrawal from sale",
                "Withdraw plans that nobody uses",
                "Own the gross margin of the pump range",
                // Users and problems.
                "Sit with caseworkers and see where the tool lets them down",
                "Interview installers to find needs worth solving",
                "Put a rough sketch in front of tenants early on",
                "Write short papers on each idea: what, for whom and why",
                "Writing of functional requests for the billing team",
            ],
        ),
        (
            Role::Pmm,
            &[
                "Learn why farmers choose us over the cheaper brand",
                "Know what a surgeon's buyer needs to hear",
                "Turn research among shoppers into a clear proposition",
                "Sharpen the claims and the evidence behind them",
                "Give our sellers the words to explain each change",
                "Keep dealers and brokers briefed on every new model",
                "Look after policy summaries and broker packs",
                "Interview wins and losses and pass on what they teach",
                "Mystery-shop rival banks each month",
                "Price argumentation and comparison table for each model",
                "Own the segmentation of our members",
                "Bring two big releases to market each year",
            ],
        ),
    ];
    for &(role, lines) in CASES {
        for line in lines {
            let read = duty(line);
            assert_eq!(read.role, Some(role), "{line}: {read:?}");
        }
    }
}

#[test]
fn departments_that_the_hire_works_with_do_not_name_the_trade() {
    const CASES: &[(&str, Option<Role>)] = &[
        ("Prioritise features with Sales, Customer care and Legal", None),
        ("Water the plants with Sales, PR and Support", None),
        ("Water the plants with Design, SEO and Merchandising", None),
        ("Water the plants with Product, Project management and Treasury", None),
        // Their work is theirs all the same.
        ("Improve our SEO and our ranking in search", Some(Role::Other)),
        ("Answer customer care calls", Some(Role::Other)),
        ("Run PR for the region", Some(Role::Other)),
    ];
    for &(line, role) in CASES {
        let read = duty(line);
        let other = read.role.filter(|&role| role == Role::Other);
        assert_eq!(other, role, "{line}: {read:?}");
    }
}

#[test]
fn what_every_posting_says_names_no_trade() {
    const LINES: &[&str] = &[
        "Other duties as assigned",
        "Perform any additional duties as required",
        "Look after the screen on which loads are matched to lorries",
        "Try an early version before anybody writes production code",
        "Keep a single ranked list of problems",
        "Write a monthly note to store managers",
        "Draw the line with our clinical lead",
        "Turn photographs into crop forecasts",
        "Listen on a trading desk once a month",
    ];
    for line in LINES {
        let read = duty(line);
        assert_ne!(read.role, Some(Role::Other), "{line}: {read:?}");
    }
}

#[test]
fn the_name_of_the_job_offered_is_no_evidence_of_a_trade() {
    const CASES: &[(&str, &str)] = &[
        ("Chief of Staff", "We are hiring a Chief of Staff for our product group."),
        ("Technical Writer", "We are looking for a Technical Writer in Porto."),
        ("Category Manager", "A fine opportunity for a Category Manager in Leeds."),
        ("Partner Marketing Manager", "We're looking for a Partner Marketing Manager in Porto."),
        ("Product Manager", "This is a two-year term appointment."),
        ("Product Manager", "Our client, a lender, is hiring a Product Manager."),
    ];
    for &(title, intro) in CASES {
        let found = neighbours(title, intro);
        assert!(found.is_empty(), "{intro}: {found:?}");
    }
}

#[test]
fn what_looks_like_a_product_managers_word_is_read_in_its_place() {
    const LINES: &[&str] = &[
        "Train brokers and our own agents on the new cover",
        "Decide which audience hears the story first",
        "Turn early adopters into published case studies",
        "Own the naming and bundling of battle passes",
        "Join our product strategy practice and advise clients",
    ];
    for line in LINES {
        let read = duty(line);
        assert_ne!(read.role, Some(Role::Pm), "{line}: {read:?}");
    }
}

#[test]
fn from_nothing_to_the_first_is_read_however_it_is_written() {
    const CASES: &[&str] = &[
        "Build 0\u{2192}1 products for ferries",
        "Build 0 \u{2192} 1 products for ferries",
        "Build 0 -> 1 products for ferries",
        "Build 0-1 products for ferries",
        "Build 0-to-1 products for ferries",
        "Build zero-to-one products for ferries",
        "Take gates from 0\u{2192}1",
    ];
    for line in CASES {
        let read = duty(line);
        let found = read.hits.iter().any(|hit| hit.term.starts_with("pm/delivery/concept-to-launch"));
        assert!(found, "{line}: {:?}", read.hits);
    }
}
