//! Rewrites a title for the other role: "Senior Product Manager, Payouts" as "Senior Product Marketing Manager, Payouts".

use serde::{Deserialize, Serialize};

use crate::vocabulary::Claim;

/// What the two roles call the same job.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Swap {
    pm: String,
    pmm: String,
}

impl Swap {
    /// `title` with the words of the other role replaced by those of `role`; `None` when they do not stand in it.
    pub(super) fn apply(&self, title: &str, role: Claim) -> Option<String> {
        let (from, to) = match role {
            Claim::Pm => (&self.pmm, &self.pm),
            Claim::Pmm => (&self.pm, &self.pmm),
            Claim::Both | Claim::Other | Claim::None => return None,
        };
        // Of the same length as the title, unlike a lower case that knows all of Unicode.
        let lower = title.to_ascii_lowercase();
        let (start, end) = lower
            .match_indices(from.as_str())
            .map(|(start, words)| (start, start + words.len()))
            .find(|&(start, end)| is_whole(&lower, start, end))?;
        let written = &title[start..end];
        Some(format!("{}{}{}", &title[..start], cased(to, written), &title[end..]))
    }
}

/// Whether a stretch begins and ends where words do.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let joins = |neighbour: Option<char>| neighbour.is_some_and(char::is_alphanumeric);
    !joins(text[..start].chars().next_back()) && !joins(text[end..].chars().next())
}

/// `words` in the case of what stood in their place: all capitals, all small, or the first letter of each.
fn cased(words: &str, written: &str) -> String {
    if !written.contains(|letter: char| letter.is_ascii_lowercase()) {
        return words.to_ascii_uppercase();
    }
    if !written.contains(|letter: char| letter.is_ascii_uppercase()) {
        return words.to_owned();
    }
    let capital = |word: &str| {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if word != "of" => first.to_uppercase().chain(letters).collect(),
            _ => word.to_owned(),
        }
    };
    words.split(' ').map(capital).collect::<Vec<String>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::title::Titles;
    use crate::vocabulary::Claim;

    #[test]
    fn a_title_keeps_all_but_the_name_of_the_role() {
        const CASES: &[(&str, Claim, Option<&str>)] = &[
            (
                "Senior Product Manager, Payouts (m/f/d)",
                Claim::Pmm,
                Some("Senior Product Marketing Manager, Payouts (m/f/d)"),
            ),
            ("PRODUCT MANAGER – ÉTÉ", Claim::Pmm, Some("PRODUCT MARKETING MANAGER – ÉTÉ")),
            ("Head of Product", Claim::Pmm, Some("Head of Product Marketing")),
            ("product marketing manager II", Claim::Pm, Some("product manager II")),
            ("Director of Product Marketing", Claim::Pm, Some("Director of Product Management")),
            ("Group PMM", Claim::Pm, Some("Group PM")),
            ("Product Manager", Claim::Pm, None),
            ("Reproduct Managers", Claim::Pmm, None),
            ("", Claim::Pmm, None),
            ("Product Manager", Claim::Other, None),
        ];
        let titles = Titles::built_in();
        for &(title, role, expected) in CASES {
            assert_eq!(titles.renamed(title, role).as_deref(), expected, "{title}");
        }
    }
}
