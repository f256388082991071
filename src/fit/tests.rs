//! A fit from postings to a file that loads.

use super::*;
use crate::lexicon::{EMBEDDED, Lexicon};
use crate::{Posting, Settings};

const PM: &[&str] = &[
    "Own the product roadmap for our ledger.",
    "Write user stories and prioritise the product backlog.",
    "Run product discovery with engineers and designers.",
    "Define product requirements for every release.",
    "Decide what we build next from usage data.",
];
const PMM: &[&str] = &[
    "Own positioning and messaging for the ledger.",
    "Write sales battlecards and train the sales team on them.",
    "Lead product launches across every channel.",
    "Turn competitive intelligence into a go-to-market plan.",
    "Publish case studies with customers.",
];
const DEMAND: &[&str] = &[
    "Run paid search and paid social campaigns.",
    "Own the marketing qualified lead target.",
    "Build nurture emails in the marketing automation platform.",
    "Optimise landing pages for conversion.",
    "Manage the demand generation budget.",
];

fn postings() -> Vec<(Posting, Described)> {
    let kinds = [(PM, Described::Pm), (PMM, Described::Pmm), (DEMAND, Described::Neither)];
    (0..60)
        .map(|index| {
            let (lines, label) = kinds[index % 3];
            let mut body = String::from("## What you will do\n\n");
            for at in 0..4 {
                body.push_str("- ");
                body.push_str(lines[(index / 3 + at) % lines.len()]);
                body.push('\n');
            }
            body.push_str("\nTeam ");
            body.push_str(&index.to_string());
            body.push_str(".\n");
            (Posting::new("", &body), label)
        })
        .collect()
}

fn fitted(analyzer: &Analyzer, label: impl Fn(&Posting, Described) -> Described) -> Fitted {
    let examples: Vec<Example> = postings()
        .iter()
        .enumerate()
        .map(|(index, (posting, given))| {
            let company = format!("company {}", index % 10);
            Example::new(analyzer, posting, label(posting, *given), Some(&company)).unwrap()
        })
        .collect();
    fit(analyzer, &examples, Intake::default(), 1.0).unwrap()
}

/// An analyzer with the fitted file over the built-in ones.
fn over(overlay: &str) -> Analyzer {
    let files: Vec<(String, String)> = EMBEDDED
        .iter()
        .map(|(name, text)| {
            let text = if *name == "score.toml" { overlay } else { text };
            ((*name).to_owned(), text.to_owned())
        })
        .collect();
    Analyzer::with_lexicon(Lexicon::compile(&files).unwrap(), Settings::default()).unwrap()
}

#[test]
fn a_house_where_demand_generation_is_product_marketing_is_learnt_and_the_file_loads() {
    let analyzer = Analyzer::new(Settings::default());
    let house = |_: &Posting, given| if given == Described::Neither { Described::Pmm } else { given };
    let fitted = fitted(&analyzer, house);
    let row = fitted.report.moved.iter().find(|row| &*row.feature == "area/other/demand-generation").unwrap();
    assert!(row.to.pmm > row.from.pmm && row.to.neither < row.from.neither, "{row:?}");
    assert_eq!(fitted.report.advice, Advice::Use);
    let figures = &fitted.report.validation;
    assert!(figures.accuracy_gain.mean > 0.2 && figures.log_loss_gain.low > 0.0, "{figures:?}");

    let (demand, _) = &postings()[2];
    assert_eq!(analyzer.analyze(demand).described, Described::Neither);
    assert_eq!(over(&fitted.overlay).analyze(demand).described, Described::Pmm);
}

#[test]
fn the_same_postings_give_the_same_bytes() {
    let analyzer = Analyzer::new(Settings::default());
    let swap = |_: &Posting, given| if given == Described::Pm { Described::Pmm } else { given };
    let once = fitted(&analyzer, swap);
    assert_eq!(once, fitted(&analyzer, swap));
}

#[test]
fn a_fit_to_the_program_s_own_judgements_changes_no_description() {
    let analyzer = Analyzer::new(Settings::default());
    let fitted = fitted(&analyzer, |posting, given| {
        let found = analyzer.analyze(posting).described;
        if found == Described::Mixed { given } else { found }
    });
    let figures = &fitted.report.validation;
    assert!(figures.accuracy_gain.mean.abs() < f64::EPSILON, "{figures:?}");
    let after = over(&fitted.overlay);
    for (posting, _) in postings() {
        assert_eq!(after.analyze(&posting).described, analyzer.analyze(&posting).described);
    }
}

#[test]
fn rows_that_do_not_move_are_written_as_they_were() {
    let analyzer = Analyzer::new(Settings::default());
    let mut report = fitted(&analyzer, |_, given| given).report;
    report.moved.clear();
    let file = file_in_force(&analyzer);
    let again: ScoreFile = toml::from_str(&overlay::text(&report, &file)).unwrap();
    assert_eq!(again, file);
}

#[test]
fn too_few_postings_and_one_description_are_refused() {
    let analyzer = Analyzer::new(Settings::default());
    let examples: Vec<Example> = postings()
        .iter()
        .map(|(posting, _)| Example::new(&analyzer, posting, Described::Pm, None).unwrap())
        .collect();
    let told =
        |examples: &[Example]| fit(&analyzer, examples, Intake::default(), RIDGE).unwrap_err().to_string();
    assert!(told(&examples[..29]).starts_with("29 labelled postings are too few"));
    assert!(told(&examples).starts_with("every label says pm"));
    let posting = &postings()[0].0;
    assert_eq!(Example::new(&analyzer, posting, Described::Mixed, None).unwrap_err(), Unfit::Mixed);
    assert_eq!(
        Example::new(&analyzer, &Posting::new("", ""), Described::Pm, None).unwrap_err(),
        Unfit::Unread
    );
}
