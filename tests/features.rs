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
