//! What a recruiter reads: how many duties are whose, which they are, and what to do about it.

use std::sync::LazyLock;

use rolecall::advice::{Advice, advice};
use rolecall::rule::Code;
use rolecall::verdict::Flag;
use rolecall::vocabulary::Doubt;
use rolecall::{Analyzer, Posting, Settings};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(Settings::default()));

const MARKETING: &[&str] = &[
    "Own positioning and messaging for the billing product",
    "Plan and run product launches in three countries",
    "Write case studies, data sheets and the product pages",
    "Build battle cards and pitch decks, and train the sales team",
    "Run win/loss interviews and brief industry analysts",
];

const MANAGEMENT: &[&str] = &[
    "Own the product roadmap",
    "Keep the product backlog, and write user stories and acceptance criteria",
    "Prioritise features with engineers and designers",
    "Interview users to find the problems worth solving",
    "Write product requirements and decide what ships",
];

fn posting(title: &str, duties: &[&str]) -> Vec<Flag> {
    let body = duties.iter().fold("What you will do\n\n".to_owned(), |body, duty| body + "- " + duty + "\n");
    ANALYZER.analyze(&Posting::new(title, &body)).flags
}

fn flag(flags: &[Flag], code: Code) -> &Flag {
    flags.iter().find(|flag| flag.code == code).unwrap_or_else(|| panic!("no {code:?} in {flags:?}"))
}

/// The numbers in the brackets after `of`.
fn counted(message: &str, of: &str) -> u32 {
    let (_, rest) = message.split_once(of).unwrap_or_else(|| panic!("no {of:?} in {message:?}"));
    let list = rest.trim_start().strip_prefix('(').unwrap().split_once(')').unwrap().0;
    let number = |part: &str| part.split(' ').find_map(|word| word.parse::<u32>().ok()).unwrap();
    list.split(", ").map(number).sum()
}

#[test]
fn a_wrong_title_is_renamed_and_keeps_its_level_and_its_field() {
    let flags = posting("Senior Product Manager, Billing (m/f/d)", MARKETING);
    let Flag { message, help, .. } = flag(&flags, Code::Rc001);
    assert!(message.starts_with("5 of 5 duties are product marketing ("), "{message}");
    assert_eq!(counted(message, "product marketing"), 5, "{message}");
    assert!(
        message.ends_with(
            "; none is product management; the title says \"Senior Product Manager, Billing (m/f/d)\""
        ),
        "{message}"
    );
    let renamed = "rename the posting to \"Senior Product Marketing Manager, Billing (m/f/d)\", or move the product \
                   marketing duties (";
    assert!(help.starts_with(renamed), "{help}");
    assert!(
        help.ends_with("to another posting and list the product management that the hire owns"),
        "{help}"
    );

    let flags = posting("Head of Product Marketing", MANAGEMENT);
    let help = &flag(&flags, Code::Rc001).help;
    assert!(help.starts_with("rename the posting to \"Head of Product Management\""), "{help}");
}

#[test]
fn the_smaller_part_of_a_mix_is_named_with_what_to_do() {
    let duties = [&MANAGEMENT[..4], &MARKETING[..3]].concat();
    let flags = posting("Product Marketing Manager", &duties);
    let Flag { message, help, .. } = flag(&flags, Code::Rc002);
    assert!(message.starts_with("4 of 7 duties are product management ("), "{message}");
    assert_eq!(counted(message, "; 3 are product marketing"), 3, "{message}");
    assert!(help.starts_with("move the product management duties ("), "{help}");
    assert!(help.ends_with("to a posting of their own, or name both roles in the title"), "{help}");
}

#[test]
fn another_job_is_named_by_its_duties() {
    let sales = [
        "Close deals with new accounts and carry a sales quota",
        "Call prospects and negotiate contracts",
        "Build and manage a sales pipeline",
        "Keep customer accounts up to date in the CRM",
    ];
    let flags = posting("Product Manager", &sales);
    let Flag { message, help, .. } = flag(&flags, Code::Rc003);
    assert!(
        message.starts_with(
            "none of 4 duties is product management or product marketing; they describe another job, nearest to sales (sales "
        ),
        "{message}"
    );
    assert_eq!(
        help,
        "rename the posting after the work it describes (sales), or add the product decisions that the hire will own"
    );
}

/// Why a posting is left to review, and what is advised.
fn advised(title: &str, body: &str) -> (Option<Doubt>, Advice) {
    let verdict = ANALYZER.analyze(&Posting::new(title, body));
    let advice = advice(&verdict).unwrap_or_else(|| panic!("{title} is {}", verdict.verdict));
    (verdict.doubt, advice)
}

#[test]
fn each_doubt_says_what_is_uncertain_and_what_settles_it() {
    let (doubt, advice) =
        advised("Product Manager", "## What we offer\n- 30 days of leave\n- Lunch every day");
    assert_eq!(
        (doubt, advice.why.as_str()),
        (Some(Doubt::Insufficient), "the text tells too little of the work")
    );
    assert!(advice.help.starts_with("list what the hire will do, one duty a line"), "{}", advice.help);
    let duties = "## What you will do\n- Own the product roadmap and prioritise the product backlog\n- Write user stories, \
                  acceptance criteria and product requirements";
    let (doubt, advice) = advised("Clinic Lead", duties);
    assert_eq!(doubt, Some(Doubt::Duties), "{advice:?}");
    let why =
        "hidden takes three duties of the role that say it plainly; counted are 2 of product management";
    assert!(advice.why.contains(why), "{advice:?}");
}

#[test]
fn what_is_certain_needs_no_advice() {
    let body = "## What you will do\n- Own the product roadmap\n- Write user stories\n- Prioritise the product backlog";
    let verdict = ANALYZER.analyze(&Posting::new("Product Manager", body));
    assert_eq!((verdict.doubt, advice(&verdict)), (None, None));
}

#[test]
fn who_only_helps_is_told_so() {
    let duties = [
        "Help write product pages",
        "Support the team in competitor research",
        "Assist with product launches",
    ];
    let flags = posting("Product Marketing Manager", &duties);
    let Flag { message, help, .. } = flag(&flags, Code::Rc006);
    assert!(message.starts_with("too few duties to judge: none is the hire's own, in "), "{message}");
    assert_eq!(help, "name what the hire does alone, one duty a line");
}
