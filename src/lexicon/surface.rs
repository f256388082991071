//! Every way in which the forms of a lexicon may be written.
//!
//! A form of words that follow one another is written out in all inflections and spellings, its words parted by single
//! spaces (in a posting a hyphen does as well). A form with a gap, `own .. roadmap`, can be written in endlessly many
//! ways and is found by its anchor, the rarest of its words, so that word stands for it. So it does for a form with
//! more than [`MOST`] ways to be written.

use std::collections::{BTreeMap, BTreeSet};

use super::dictionary::WordClass;
use super::{Area, Lexicon};

/// Most ways to write one form before its anchor stands for it.
const MOST: usize = 2_000;

impl Lexicon {
    /// Every way to write a form of the areas that `wanted` picks.
    pub fn surface_forms(&self, wanted: impl Fn(&Area) -> bool) -> BTreeSet<String> {
        let spellings = self.dictionary.all_spellings();
        let mut all = BTreeSet::new();
        for sequence in self.patterns.sequences() {
            let term = &self.terms[sequence.payload as usize];
            if wanted(&self.areas[term.area]) {
                let anchor = sequence.slots[sequence.anchor].unwrap_or_default();
                match written(&sequence.slots, &spellings) {
                    Some(forms) => all.extend(forms),
                    None => all.extend(words(anchor, &spellings).map(str::to_owned)),
                }
            }
        }
        all
    }
}

/// All ways to write a sequence; none when it has a gap, or too many.
fn written(
    slots: &[Option<&[WordClass]>],
    spellings: &BTreeMap<WordClass, Vec<&str>>,
) -> Option<Vec<String>> {
    let slots: Vec<BTreeSet<&str>> = slots
        .iter()
        .map(|slot| slot.map(|classes| words(classes, spellings).collect()))
        .collect::<Option<_>>()?;
    let ways = slots.iter().try_fold(1_usize, |ways, slot| ways.checked_mul(slot.len()))?;
    if ways > MOST {
        return None;
    }
    let mut all = vec![String::new()];
    for slot in &slots {
        all = all
            .iter()
            .flat_map(|head| {
                let space = if head.is_empty() { "" } else { " " };
                slot.iter().map(move |word| format!("{head}{space}{word}"))
            })
            .collect();
    }
    Some(all)
}

fn words<'s>(
    classes: &[WordClass],
    spellings: &'s BTreeMap<WordClass, Vec<&'s str>>,
) -> impl Iterator<Item = &'s str> {
    classes.iter().filter_map(|class| spellings.get(class)).flatten().copied()
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;
    use crate::lexicon::tape::Tape;
    use crate::span::Span;

    fn lexicon(forms: &str) -> Lexicon {
        let area = format!(
            "role = \"pm\"\n[[area]]\nid = \"a\"\nsummary = \"A.\"\nsources = []\nterm = [{{ id = \"t\", forms = [{forms}] }}]"
        );
        Lexicon::compile(&[("a.toml".to_owned(), area)]).unwrap()
    }

    #[test]
    fn forms_are_written_in_all_inflections_and_choices() {
        const CASES: &[(&str, &[&str])] = &[
            ("'=go-=to-=market'", &["go to market"]),
            ("'(=big|=small) plan/n'", &["big plan", "big plans", "small plan", "small plans"]),
            ("'=own .. =roadmap'", &["roadmap"]),
        ];
        for (form, expected) in CASES {
            let found: Vec<String> = lexicon(form).surface_forms(|_| true).into_iter().collect();
            assert_eq!(found, *expected, "{form}");
        }
    }

    #[test]
    fn a_form_with_too_many_ways_to_be_written_gives_its_anchor() {
        let many = ["plan"; 8].join(" ");
        let found = lexicon(&format!("'{many} =roadmap'")).surface_forms(|_| true);
        assert!(found.len() < 20 && found.contains("roadmap"), "{found:?}");
    }

    #[test]
    fn what_is_written_out_is_found() {
        let lexicon = Lexicon::built_in();
        let spellings = lexicon.dictionary().all_spellings();
        let anchors: Vec<&str> =
            lexicon.patterns().anchors().iter().flat_map(|class| spellings[class].iter().copied()).collect();
        let mut found = Vec::new();
        for form in lexicon.surface_forms(|_| true).iter().step_by(37) {
            let mut tape = Tape::default();
            let words = tape.read(form, Span::new(0, form.len()), lexicon.dictionary());
            found.clear();
            lexicon.patterns().find(&tape.run(words), &mut found);
            assert!(!found.is_empty() || anchors.contains(&form.as_str()), "{form}");
        }
    }
}
