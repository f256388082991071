//! What one line says of company and role: the first line of a posting that has no title, as in threads where people hire
//! (`Acme | Product Manager | Lyon | full-time`), and titles that name the company too (`Acme: Product Manager`).

use std::borrow::Cow;

use crate::html::untagged;
use crate::lexicon::bearer;
use crate::span::floor;

/// The company and the roles that a first line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    /// What stands before the first bar.
    pub(super) company: Option<String>,
    /// The stretches between bars that name a role.
    pub(super) title: Option<String>,
}

/// The longest first line that is looked at, in bytes.
const LONGEST: usize = 600;

impl Opening {
    /// Reads the first line of a body; `None` when it is no row of stretches between bars.
    pub(super) fn read(body: &str) -> Option<Self> {
        let line = first_line(body.trim_start())?;
        let mut stretches = line.split('|').map(str::trim).filter(|stretch| !stretch.is_empty());
        let company = without_address(stretches.next()?);
        let others: Vec<&str> = stretches.collect();
        if others.len() < 2 {
            return None;
        }
        let roles: Vec<&str> = others.into_iter().filter(|stretch| names_role(stretch)).collect();
        Some(Self {
            company: (!company.is_empty()).then_some(company),
            title: (!roles.is_empty()).then(|| roles.join(", ")),
        })
    }
}

/// A title that says who hires, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TitleOf {
    /// Who hires.
    pub(super) company: String,
    /// The title without that.
    pub(super) title: String,
    /// The place in brackets behind the company.
    pub(super) location: Option<String>,
}

impl TitleOf {
    /// The longest name of a company that is looked for, in bytes.
    const LONGEST: usize = 60;

    /// Reads `Company: Role` and `Role at Company (Place)`; `None` when the title is neither.
    pub(super) fn read(title: &str) -> Option<Self> {
        let before = title.split_once(": ").map(|(company, title)| (company, title, None));
        let behind = ["at", "@"].iter().find_map(|word| {
            let (title, mut company) = title.rsplit_once(&format!(" {word} "))?;
            let mut place = None;
            while let Some((before, inside)) =
                company.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("))
            {
                place = Some(inside).filter(|inside| may_be_place(inside)).or(place);
                company = before;
            }
            Some((company, title, place))
        });
        let (company, title, place) =
            [before, behind].into_iter().flatten().find(|(company, title, _)| {
                names_role(title) && names_company(company) && company.len() <= Self::LONGEST
            })?;
        Some(Self {
            company: company.trim().to_owned(),
            title: title.trim().to_owned(),
            location: place.map(str::to_owned),
        })
    }
}

/// Whether what stands in brackets behind a company may be a place, and not `m/f/d` or `80-100%`.
fn may_be_place(text: &str) -> bool {
    text.starts_with(char::is_uppercase) && text.as_bytes().windows(2).any(|two| !two.contains(&b'/'))
}

/// Whether a stretch beside a role may be a name: it names no role itself and begins like one, and it is no word about the
/// ad.
fn names_company(text: &str) -> bool {
    const ABOUT: &[&str] = &[
        "apply",
        "breaking",
        "career",
        "contract",
        "freelance",
        "fulltime",
        "hiring",
        "hybrid",
        "immediate",
        "internship",
        "interview",
        "job",
        "junior",
        "new",
        "now",
        "onsite",
        "open",
        "opening",
        "opportunity",
        "parttime",
        "permanent",
        "position",
        "remote",
        "role",
        "senior",
        "sponsored",
        "temporary",
        "title",
        "update",
        "urgent",
        "us",
        "vacancy",
        "wanted",
        "we",
        "worldwide",
    ];
    let text = text.trim();
    let about = |word: &str| {
        let word = word.to_ascii_lowercase().replace(['-', '[', ']', '(', ')', '!'], "");
        word.is_empty() || ABOUT.contains(&word.strip_suffix('s').unwrap_or(&word)) || ABOUT.contains(&&*word)
    };
    text.starts_with(|first: char| first.is_uppercase() || first.is_numeric())
        && !names_role(text)
        && !text.split_whitespace().all(about)
}

/// The first line of a text or a page, without marks.
fn first_line(body: &str) -> Option<Cow<'_, str>> {
    let head = &body[..floor(body, LONGEST)];
    let start = head.strip_prefix("<p>").unwrap_or(head);
    let ends = ["\n", "<p>", "</p>", "<p ", "<br"];
    let line = &start[..ends.iter().filter_map(|end| start.find(end)).min().unwrap_or(start.len())];
    if !line.contains('|') {
        return None;
    }
    let line = html_escape::decode_html_entities(line);
    Some(if line.contains('<') { Cow::Owned(untagged(&line)) } else { line })
}

/// A company without the address of its site in brackets behind it.
fn without_address(text: &str) -> String {
    let address = |open: usize| text[open..].contains("http") || text[open..].contains("www.");
    match text.find('(') {
        Some(open) if address(open) => text[..open].trim().to_owned(),
        _ => text.to_owned(),
    }
}

/// Whether a text names who does a job.
pub(super) fn names_role(text: &str) -> bool {
    !text.contains("://") && text.split(|c: char| !c.is_alphanumeric()).any(bearer::names_role)
}

/// Whether a heading is the title of a posting: it names a person who does a job, and is not that of an article.
pub(super) fn is_title(text: &str) -> bool {
    /// Words that name a role only beside another.
    const FIELDS: &[&str] = &["engineering", "founding", "marketing", "product"];
    /// How articles begin.
    const BEGINNINGS: &[&str] = &[
        "a",
        "about",
        "an",
        "are",
        "best",
        "can",
        "do",
        "does",
        "every",
        "from",
        "how",
        "inside",
        "is",
        "join",
        "meet",
        "my",
        "our",
        "reporting",
        "reports",
        "should",
        "the",
        "tips",
        "to",
        "top",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "working",
        "your",
    ];
    /// What articles are about.
    const SUBJECTS: &[&str] = &[
        "explained",
        "guide",
        "interview",
        "questions",
        "resume",
        "salary",
        "skills",
        "template",
        "tips",
        "versus",
        "vs",
    ];
    const LONGEST: usize = 160;
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_one = |word: &str, known: &[&str]| known.iter().any(|one| word.eq_ignore_ascii_case(one));
    let begins = words()
        .next()
        .is_some_and(|first| !is_one(first, BEGINNINGS) && !first.starts_with(|c: char| c.is_ascii_digit()));
    let person = |(at, word): (usize, &str)| {
        // `Lead scoring` is something else than `Product Lead`.
        names_role(word) && !is_one(word, FIELDS) && (at > 0 || !is_one(word, &["lead", "leads"]))
    };
    let of_article = text.contains('?') || words().any(|word| is_one(word, SUBJECTS));
    text.len() <= LONGEST && begins && !of_article && words().enumerate().any(person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_name_the_company_are_taken_apart() {
        type Found = Option<(&'static str, &'static str, &'static str)>;
        const CASES: &[(&str, Found)] = &[
            ("Pumps & Co: Product Manager", Some(("Pumps & Co", "Product Manager", "-"))),
            ("Buoy: Staff Engineer: Ropes", Some(("Buoy", "Staff Engineer: Ropes", "-"))),
            ("Product Manager at Buoy", Some(("Buoy", "Product Manager", "-"))),
            ("Head of Tides @ Buoy (Lyon, France)", Some(("Buoy", "Head of Tides", "Lyon, France"))),
            ("Product Manager: Payments", None),
            ("Remote: Product Manager", None),
            ("Senior: Product Manager", None),
            ("Pilot Lead at Buoy (Lyon) (m/f/d)", Some(("Buoy", "Pilot Lead", "Lyon"))),
            ("Product Manager at Buoy (M/F/D)", Some(("Buoy", "Product Manager", "-"))),
            ("Product Manager at Buoy (80-100%)", Some(("Buoy", "Product Manager", "-"))),
            ("[Hiring] Now: Product Manager", None),
            ("Product Manager at scale", None),
            ("Deckhand: Ropes", None),
            ("Product Manager", None),
        ];
        for (title, expected) in CASES {
            let found = TitleOf::read(title);
            let found =
                found.as_ref().map(|it| (&*it.company, &*it.title, it.location.as_deref().unwrap_or("-")));
            assert_eq!(found, *expected, "{title}");
        }
    }

    #[test]
    fn a_heading_of_an_article_is_no_title() {
        for (heading, expected) in [
            ("Senior Product Manager (m/f/d)", true),
            ("Head of Tides", true),
            ("Rope Lead", true),
            ("Product tours", false),
            ("Marketing that floats", false),
            ("Lead scoring", false),
            ("How a product manager sails", false),
            ("7 ropes for engineers", false),
            ("Pilot engineer vs deck engineer", false),
            ("Need an engineer?", false),
        ] {
            assert_eq!(is_title(heading), expected, "{heading}");
        }
    }

    #[test]
    fn a_first_line_between_bars_names_company_and_roles() {
        type Found = Option<(&'static str, Option<&'static str>)>;
        const CASES: &[(&str, Found)] = &[
            (
                "Acme (https:&#x2F;&#x2F;acme.example) | Product Manager | Lyon | full-time<p>Own it | all",
                Some(("Acme", Some("Product Manager"))),
            ),
            (
                "Pumps &amp; Co | REMOTE | <i>Engineers</i>, <a href=\"x\">PM</a> | Head of Product\nText",
                Some(("Pumps & Co", Some("Engineers, PM, Head of Product"))),
            ),
            ("Acme | Lyon | full-time | https://acme.example/engineer", Some(("Acme", None))),
            ("Acme | Product Manager\nOwn it", None),
            ("<p>You own the roadmap.</p><p>a | b | c</p>", None),
            ("", None),
        ];
        for (body, expected) in CASES {
            let found = Opening::read(body);
            let found = found.as_ref().map(|it| (it.company.as_deref().unwrap_or("-"), it.title.as_deref()));
            assert_eq!(found, *expected, "{body}");
        }
    }
}
