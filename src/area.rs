//! Areas of work in plain words, for sentences and labels: `pm/vision-strategy` is "vision and strategy".
//!
//! Results name areas by their ids alone and a report has no lexicon at hand, so the few that do not read as
//! words are spelled out here. An area of a user's own lexicon reads as its id does.

/// Names that do not read as words or read as another does, with what is written instead.
const SPELLED: &[(&str, &str)] = &[
    ("other/hr", "HR"),
    ("other/seo", "SEO"),
    ("pm/decisions", "product decisions"),
    ("pm/leading-pms", "leading product managers"),
    ("pm/metrics", "product metrics"),
    ("pm/non-software", "physical and financial products"),
    ("pm/technical-platform", "platforms and APIs"),
    ("pm/vision-strategy", "vision and strategy"),
    ("pm/weak-hints", "product work in general"),
    ("pmm/go-to-market", "go-to-market"),
    ("pmm/market-hints", "marketing of products in general"),
    ("pmm/market-voice", "voice of the market"),
    ("pmm/metrics", "marketing metrics"),
    ("pmm/partner-marketing-of-product", "marketing through partners"),
];

/// The name of an area in words, from its full name (`pmm/go-to-market`); that of a neighbouring trade may stand alone.
#[must_use]
pub fn plain(area: &str) -> String {
    let (role, id) = area.split_once('/').unwrap_or(("other", area));
    let spelled = SPELLED.iter().find(|(name, _)| name.split_once('/') == Some((role, id)));
    match spelled {
        Some((_, words)) => (*words).to_owned(),
        None => id.replace('-', " ").replace('/', ": "),
    }
}

/// The full name of the area that a term is of.
pub(crate) fn of_term(term: &str) -> &str {
    term.rsplit_once('/').map_or(term, |(area, _)| area)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Lexicon;

    #[test]
    fn ids_read_as_words() {
        const CASES: &[(&str, &str)] = &[
            ("pmm/go-to-market", "go-to-market"),
            ("pmm/sales-enablement", "sales enablement"),
            ("other/seo", "SEO"),
            ("hr", "HR"),
            ("people-coaching", "people coaching"),
            ("pmm/dealers/training-days", "dealers: training days"),
            ("", ""),
        ];
        for &(area, expected) in CASES {
            assert_eq!(plain(area), expected);
        }
    }

    #[test]
    fn every_name_that_is_spelled_out_is_an_area_of_the_lexicon() {
        let lexicon = Lexicon::built_in();
        for (name, _) in SPELLED {
            let known = lexicon.areas().iter().any(|area| &*area.name == *name);
            assert!(known, "\"{name}\" is no area: take it out");
        }
    }
}
