//! What title and employer say when copies are looked for.

use xxhash_rust::xxh3::xxh3_64;

use crate::outcome::Judged;

/// Title and employer of a posting, reduced to what copies of it share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Heading {
    /// Hash of the words of the title in order, without those that name the place of the job and without numbers.
    pub(crate) title: u64,
    /// The same words as a set: a bit each.
    words: u64,
    /// Hash of the first word of the employer's name; 0 where there is none.
    pub(crate) company: u64,
}

impl Heading {
    /// The heading of a posting.
    pub(crate) fn of(judged: &Judged) -> Self {
        let place: Vec<u64> = words(judged.location.as_deref()).map(|word| hash(&word)).collect();
        let all: Vec<(u64, bool)> = words(judged.title.as_deref())
            .map(|word| {
                let hash = hash(&word);
                let says = !place.contains(&hash) && word.chars().nth(1).is_some();
                (hash, says && !word.contains(|c: char| c.is_ascii_digit()))
            })
            .collect();
        let any = all.iter().any(|&(_, says)| says);
        let kept = all.into_iter().filter(|&(_, says)| says || !any).map(|(hash, _)| hash);
        let (title, words) = kept.fold((0_u64, 0_u64), |(title, words), word| {
            (title.rotate_left(7).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ word, words | 1 << (word & 63))
        });
        Self { title, words, company: company(judged.company.as_deref()) }
    }

    /// Whether the titles name the same job, give or take a word.
    pub(crate) fn is_alike(&self, other: &Self) -> bool {
        let common = (self.words & other.words).count_ones();
        let fewer = self.words.count_ones().min(other.words.count_ones());
        self.title == other.title || (fewer > 0 && 3 * common >= 2 * fewer)
    }

    /// Whether the employers can be the same.
    pub(crate) fn may_share_company(&self, other: &Self) -> bool {
        self.company == other.company || self.company == 0 || other.company == 0
    }
}

fn company(name: Option<&str>) -> u64 {
    words(name).find(|word| word != "the").map_or(0, |word| hash(&word))
}

fn hash(word: &str) -> u64 {
    xxh3_64(word.as_bytes())
}

/// The words of a text in lower case.
fn words(text: Option<&str>) -> impl Iterator<Item = String> {
    text.unwrap_or_default()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    fn heading(title: &str, location: Option<&str>, company: Option<&str>) -> Heading {
        let mut judged = fixture::posting(title).judged();
        (judged.location, judged.company) = (location.map(str::to_owned), company.map(str::to_owned));
        Heading::of(&judged)
    }

    #[test]
    fn place_numbers_and_layout_of_a_title_do_not_count() {
        let plain = heading("Product Manager, Payments", None, None);
        for (title, location) in [
            ("product manager – payments", None),
            ("Product Manager, Payments (Lyon)", Some("Lyon, France")),
            ("Product Manager, Payments - R104233", None),
            ("Product Manager, Payments (m/f/d)", None),
        ] {
            assert_eq!(heading(title, location, None).title, plain.title, "{title}");
        }
        let only_numbers = (heading("2024", None, None), heading("2025", None, None));
        assert_ne!(only_numbers.0.title, only_numbers.1.title);
    }

    #[test]
    fn titles_are_alike_when_they_share_two_words_of_three() {
        const CASES: &[(&str, &str, bool)] = &[
            ("Product Manager Lyon", "Product Manager Nantes", true),
            ("Product Manager", "Senior Product Manager", true),
            ("Data Engineer", "Sales Engineer", false),
            ("Cook", "Waiter", false),
            ("", "", true),
            ("", "Cook", false),
        ];
        for (one, other, alike) in CASES {
            assert_eq!(
                heading(one, None, None).is_alike(&heading(other, None, None)),
                *alike,
                "{one} {other}"
            );
        }
    }

    #[test]
    fn employers_are_told_by_their_first_word() {
        const CASES: &[(Option<&str>, Option<&str>, bool)] = &[
            (Some("Northwind"), Some("NORTHWIND Ltd."), true),
            (Some("The Adatum Group"), Some("Adatum"), true),
            (Some("Northwind"), None, true),
            (Some("Northwind"), Some("Adatum"), false),
        ];
        for (one, other, may) in CASES {
            let (one, other) = (heading("x", None, *one), heading("x", None, *other));
            assert_eq!(one.may_share_company(&other), *may);
        }
    }
}
