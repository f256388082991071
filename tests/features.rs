//! What the features of a posting make of its duties.

use rolecall::{Analyzer, Posting, Settings};

#[test]
fn a_clause_with_weak_evidence_counts_for_less() {
    let analyzer = Analyzer::new(Settings::default());
    let count = |duty: &str| {
        let features = analyzer.features(&Posting::new("Baker", &format!("## Duties\n\n- {duty}\n")));
        features.into_iter().find(|(name, _)| &**name == "count/pm").map_or(0.0, |(_, value)| value)
    };
    let (weak, strong) = (count("Improve the app."), count("Own the product roadmap."));
    assert!(weak > 0.0 && weak < strong, "{weak} {strong}");
}

/// Sentences that give work no word of the lexicon names, each with the title above it.
const TOLD: &[(&str, &str)] = &[
    ("Umpire", "Umpires are responsible for calling the games and setting up the field."),
    ("Housekeeper", "Our housekeepers are responsible for the cleanliness of eighty rooms."),
    ("Front Desk Clerk", "Front desk clerks check guests in and answer what they ask."),
    ("Driver", "The driver picks up crates at the harbour and brings them to the shops."),
    ("Chef", "We are hoping to hire a family cook to cook nine meals over four days."),
    ("Technician", "We seek a technician who will carry out repairs of our vans."),
    ("Referee", "You can expect to spend your Sundays between two benches."),
    ("Support Agent", "You'll also spend some hours with those who answer the telephone at night."),
    ("Fitter", "The purpose of this role is to fit kitchens all over the island."),
    ("Cleaner", "Duties are sweeping the stairs and emptying the bins."),
    ("Teacher", "She or he will teach pupils of twelve and thirteen to read maps."),
];

/// Sentences that give none.
const SILENT: &[(&str, &str)] = &[
    ("Umpire", "Umpires are paid by the game."),
    ("Housekeeper", "Housekeeper positions are available."),
    ("Driver", "The driver needs a licence and has five years behind the wheel."),
    ("Chef", "You will love the view from our kitchen."),
    ("Teacher", "You will join a school of forty pupils and work from nine to four."),
    ("Clerk", "Our team is responsible for the letters of three ministries."),
    ("Cook", "We seek a cook to join us."),
    ("Fitter", "If you build boats as well, tell us."),
    ("Fitter", "This position requires a car and offers a pension."),
    ("Referee", "Will you run with us?"),
];

#[test]
fn a_sentence_gives_work_whatever_it_is() {
    let analyzer = Analyzer::new(Settings::default());
    let told = |&(title, sentence): &(&str, &str)| {
        let body = format!("We have been here since the harbour was built.\n\n{sentence}\n");
        let features = analyzer.features(&Posting::new(title, &body));
        let of = |wanted: &str| features.iter().find(|(name, _)| &**name == wanted).map_or(0.0, |it| it.1);
        of("empty/told") > 0.0 || of("empty") < 1.0
    };
    for case in TOLD {
        assert!(told(case), "{case:?}");
    }
    for case in SILENT {
        assert!(!told(case), "{case:?}");
    }
}
