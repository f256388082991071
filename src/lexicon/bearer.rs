//! Words that name who does a job, each in the singular and once.

/// What the people of the two roles are called.
const PRODUCT: &[&str] = &["director", "lead", "manager", "marketer", "owner"];

/// What others are called.
const OTHERS: &[&str] = &[
    "administrator",
    "analyst",
    "architect",
    "associate",
    "consultant",
    "coordinator",
    "designer",
    "developer",
    "engineer",
    "evangelist",
    "executive",
    "head",
    "intern",
    "officer",
    "president",
    "researcher",
    "scientist",
    "specialist",
    "strategist",
    "vp",
    "writer",
];

/// Words that name a person in a sentence; in a heading they may as well praise the company.
const IN_SENTENCES: &[&str] = &["advocate", "leader", "representative", "supervisor"];

/// Words that name a role in a heading, where a field stands for the people in it.
const IN_HEADINGS: &[&str] = &[
    "cto",
    "devops",
    "editor",
    "engineering",
    "founder",
    "founding",
    "marketing",
    "operator",
    "producer",
    "product",
    "programmer",
    "recruiter",
    "sre",
    "swe",
    "technician",
    "tester",
];

/// The words that make a title in a sentence a person's.
pub(super) fn in_sentences() -> impl Iterator<Item = &'static str> {
    [PRODUCT, OTHERS, IN_SENTENCES].into_iter().flatten().copied()
}

/// Whether a word makes a title in a sentence a person's, or those of several; any case.
pub(crate) fn names_person(word: &str) -> bool {
    in_sentences().any(|bearer| is(word, bearer))
}

/// Whether a word, or its singular, names a role in a heading or a line of its own; any case.
pub(crate) fn names_role(word: &str) -> bool {
    [PRODUCT, OTHERS, IN_HEADINGS].into_iter().flatten().any(|bearer| is(word, bearer))
}

/// Whether a word in the singular is what the people of the two roles are called; any case.
pub(crate) fn names_product_person(word: &str) -> bool {
    PRODUCT.iter().any(|bearer| bearer.eq_ignore_ascii_case(word))
}

/// The word without the ending of a plural.
pub(crate) fn singular(word: &str) -> &str {
    word.strip_suffix(['s', 'S']).unwrap_or(word)
}

fn is(word: &str, bearer: &str) -> bool {
    bearer.eq_ignore_ascii_case(word) || bearer.eq_ignore_ascii_case(singular(word))
}
