//! What titles claim: the labelled titles of `tests/gold/titles.tsv`, the examples in `lexicons/titles.toml`, and
//! titles that are known to be read in two ways.

use proptest::prelude::*;
use rolecall::title::Titles;
use rolecall::vocabulary::Claim;

/// Titles beside the labelled ones, mostly of the kind that one changed word turns.
const CASES: &[(Claim, &[&str])] = &[
    (
        Claim::Pm,
        &[
            "Product Manager, Recruiting Platform",
            "Product Manager – Event Marketing Tools",
            "Deputy Head of Product",
            "Head of Product, Design & Engineering",
            "VP, Product & Engineering",
            "Executive Director, Product",
            "Senior Manager, Product - Lending",
            "VP of Products",
            "Head of Data Products",
            "Digital Products Manager",
            "Product Line Director",
            "Chief Product & Experience Officer",
            "Sr. Manager, Product Management - Tech",
            "Product Managers (all levels)",
            "Program & Product Manager",
            "Produktmanager (w/m/d)",
            "Product Manger",
            "Consultant, Product Management",
            "Product Manager, APM",
            "Product Manager reporting to the Director of Product Marketing",
        ],
    ),
    (
        Claim::Pmm,
        &[
            "VP Product and Growth Marketing",
            "Content Marketing & Product Marketing Manager",
            "Digital & Product Marketing Lead",
            "Go-To-Market Lead, Product Marketing",
            "Product Marketing Manager supporting Product Managers",
            "Technical Writer / Product Marketer",
            "Produktmarketing Trainee",
        ],
    ),
    (
        Claim::Both,
        &[
            "Product Marketing / Product Manager",
            "PM & Product Marketing",
            "Product (Marketing) Manager",
            "Product- und Marketing Manager",
            "Chief Product and Marketing Officer",
        ],
    ),
    (
        Claim::Other,
        &[
            "Director of Engineering, Product",
            "Head of Product Strategy",
            "Head of Digital Product Development",
            "Lead, Product Operations",
            "Chief of Staff, Product",
            "Chief of Staff to the CPO",
            "Administrative Assistant - Product Management",
            "Lecturer in Product Management",
            "Product Management Recruiter",
            "Data Engineer – Product Management Analytics",
            "Product Placement Manager",
            "Product Content Marketing Manager",
            "Line Cook, PM",
            "PM - Housekeeper",
            "Night Shift PM",
            "APM Engineer",
            "Product & Marketing Analyst",
            "Equity Research Analyst",
        ],
    ),
    (Claim::None, &["New role in Munich", "Remote", "Several positions (m/f/d), London"]),
];

#[test]
fn every_labelled_title_claims_its_label() {
    let titles = Titles::built_in();
    let table = include_str!("gold/titles.tsv");
    let rows: Vec<(&str, &str)> = table.lines().skip(1).filter_map(|line| line.split_once('\t')).collect();
    assert!(rows.len() > 400, "only {} titles", rows.len());
    let cases = CASES.iter().flat_map(|(claim, cases)| cases.iter().map(|title| (claim.name(), *title)));
    let wrong: Vec<String> = rows
        .into_iter()
        .chain(cases)
        .map(|(label, title)| (label, title, titles.claim(title)))
        .filter(|(label, _, found)| found.claim.name() != *label)
        .map(|(label, title, found)| {
            let pattern = titles.deciding_pattern(title);
            format!("{title:?} is {label}, judged {} by {pattern:?} as {:?}", found.claim, found.core)
        })
        .collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_example_in_the_table_holds() {
    let complaints = Titles::prove(Titles::BUILT_IN).unwrap();
    let complaints: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn titles_known_to_be_read_in_two_ways_are_traps_and_plain_ones_are_not() {
    const CASES: &[(&str, bool)] = &[
        ("Outbound Product Manager", true),
        ("Product Manager, Go-to-Market", true),
        ("Downstream Product Manager, Implants", true),
        ("Product Manager – Marketing", true),
        ("Marketing Product Owner", true),
        ("Brand & Product Manager", true),
        ("(Product) Marketing Manager", true),
        ("Product GTM Lead", true),
        ("Product Lead, Payments", true),
        ("Product & Design Lead", true),
        ("PM, Payments", true),
        ("CPO", true),
        ("Product Internship", true),
        ("Product Marketing & Management", true),
        ("Product Manager", false),
        ("Inbound Product Manager", false),
        ("Product Manager – Marketing Automation", false),
        ("Growth Product Manager", false),
        ("Product Marketing Manager", false),
        ("Technical Product Marketing Manager", false),
        ("Product Marketing Manager (PMM)", false),
        ("Head of Product", false),
        ("Chief Product Officer (CPO)", false),
        ("Brand Manager", false),
    ];
    let titles = Titles::built_in();
    for &(title, expected) in CASES {
        assert_eq!(titles.claim(title).trap.is_some(), expected, "{title}");
    }
}

#[test]
fn every_name_that_a_posting_may_call_itself_claims_a_role() {
    let titles = Titles::built_in();
    for name in titles.names() {
        assert!(matches!(titles.claim(name).claim, Claim::Pm | Claim::Pmm), "{name}");
    }
}

proptest! {
    #[test]
    fn any_text_has_a_claim_and_a_tidy_core(title in ".{0,300}") {
        let core = Titles::built_in().claim(&title).core;
        prop_assert_eq!(core.trim(), core.as_str());
        prop_assert!(!core.contains("  ") && !core.contains(",,"));
    }

    #[test]
    fn marks_and_case_do_not_change_a_claim(prefix in "[🚀✨ ]{0,3}", mark in "( \\(m/f/d\\)| \\[Remote\\]| II| – Berlin)?") {
        let titles = Titles::built_in();
        for title in ["Product Manager", "Product Marketing Manager", "Head of Product Design", "Open role"] {
            let plain = titles.claim(title);
            prop_assert_eq!(&titles.claim(&format!("{prefix}{title}{mark}")), &plain);
            prop_assert_eq!(&titles.claim(&format!("{prefix}{}{mark}", title.to_uppercase())), &plain);
        }
    }
}
