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
    /// The first words of that name, part of a hash each; 0 where there is no further one.
    name: [u16; WORDS],
}

/// Words of an employer's name that are compared.
const WORDS: usize = 4;

/// Words at the end of an employer's name that say only what kind of company it is.
const FORMS: &[&str] = &[
    "ab",
    "ag",
    "as",
    "asa",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "group",
    "holding",
    "holdings",
    "inc",
    "incorporated",
    "kg",
    "limited",
    "llc",
    "llp",
    "ltd",
    "nv",
    "oy",
    "plc",
    "pte",
    "pty",
    "sa",
    "sarl",
    "sas",
    "se",
    "spa",
    "srl",
];

impl Heading {
    /// The heading of a posting.
    pub(crate) fn of(judged: &Judged) -> Self {
        let (title, words) = title(judged.title.as_deref(), judged.location.as_deref());
        let (company, name) = employer(judged.company.as_deref());
        Self { title, words, company, name }
    }

    /// Whether the titles name the same job, give or take a word.
    pub(crate) fn is_alike(&self, other: &Self) -> bool {
        let common = (self.words & other.words).count_ones();
        let fewer = self.words.count_ones().min(other.words.count_ones());
        self.title == other.title || (fewer > 0 && 3 * common >= 2 * fewer)
    }

    /// Whether the employers can be the same: one of them is not known, or its name is how the other's begins.
    pub(crate) fn may_share_company(&self, other: &Self) -> bool {
        self.name.iter().zip(other.name).all(|(&mine, theirs)| mine == theirs || mine == 0 || theirs == 0)
    }
}

/// The hash of a title without the words that name its place, and the words as a set.
pub(super) fn title(title: Option<&str>, location: Option<&str>) -> (u64, u64) {
    let place: Vec<u64> = words(location).map(|word| hash(&word)).collect();
    let all: Vec<(u64, bool)> = words(title)
        .map(|word| {
            let hash = hash(&word);
            let says = !place.contains(&hash) && word.chars().nth(1).is_some();
            (hash, says && !word.contains(|c: char| c.is_ascii_digit()))
        })
        .collect();
    let any = all.iter().any(|&(_, says)| says);
    let kept = all.into_iter().filter(|&(_, says)| says || !any).map(|(hash, _)| hash);
    kept.fold((0_u64, 0_u64), |(title, words), word| {
        (title.rotate_left(7).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ word, words | 1 << (word & 63))
    })
}

/// The first word of an employer's name, and its first few: without "The" and without what names only a form.
fn employer(name: Option<&str>) -> (u64, [u16; WORDS]) {
    let mut all: Vec<String> = words(name).skip_while(|word| word == "the").collect();
    let is_form = |word: &String| word.chars().nth(1).is_none() || FORMS.contains(&word.as_str());
    while all.len() > 1 && all.last().is_some_and(is_form) {
        all.pop();
    }
    let mut parts = [0; WORDS];
    for (part, word) in parts.iter_mut().zip(&all) {
        let [.., a, b] = hash(word).to_le_bytes();
        *part = u16::from_le_bytes([a, b]).max(1);
    }
    (all.first().map_or(0, |word| hash(word)), parts)
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
    fn employers_are_told_by_their_names_without_their_forms() {
        const CASES: &[(Option<&str>, Option<&str>, bool)] = &[
            (Some("Northwind"), Some("NORTHWIND Ltd."), true),
            (Some("The Adatum Group"), Some("Adatum"), true),
            (Some("Northwind"), None, true),
            (Some("Northwind"), Some("Adatum"), false),
            (Some("Northwind, Inc."), Some("Northwind Traders Limited"), true),
            (Some("Fabrikam S.A."), Some("Fabrikam"), true),
            (Some("Global Software Development"), Some("Global Information Technology"), false),
            (Some("First Bank"), Some("First Aid Supplies"), false),
            (Some("The Group"), Some("The Company"), false),
            (Some("-"), Some("Adatum"), true),
        ];
        for (one, other, may) in CASES {
            let (one, other) = (heading("x", None, *one), heading("x", None, *other));
            assert_eq!(one.may_share_company(&other), *may);
        }
    }
}
