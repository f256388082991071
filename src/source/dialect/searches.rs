//! The job searches, the public services and the sites of others whose JSON is known.

use super::Dialect;
use super::rule::Rule;
use super::rule::Rule::Take;
use crate::source::field::Field::{Company, Id, Location, Title, Url};
use crate::vocabulary::Zone;

const PLAIN: Dialect = Dialect::PLAIN;

/// Their dialects, in the order of help texts.
pub(crate) const SEARCHES: &[Dialect] = &[
    Dialect {
        name: "remotive",
        title: "Remotive jobs",
        marks: &[&["candidate_required_location"]],
        rules: &[
            Take(Id, &["id"]),
            Take(Title, &["title"]),
            Take(Company, &["company_name"]),
            Take(Location, &["candidate_required_location"]),
            Take(Url, &["url"]),
            Rule::body(&["description"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "arbeitnow",
        title: "Arbeitnow jobs",
        marks: &[&["slug", "job_types"]],
        rules: &[
            Take(Id, &["slug"]),
            Take(Title, &["title"]),
            Take(Company, &["company_name"]),
            Take(Location, &["location"]),
            Take(Url, &["url"]),
            Rule::body(&["description"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "adzuna",
        title: "Adzuna results",
        marks: &[&["redirect_url", "created"], &["redirect_url", "adref"]],
        truncated: true,
        rules: &[
            Take(Id, &["id"]),
            Take(Title, &["title"]),
            Take(Company, &["company.display_name"]),
            Take(Location, &["location.display_name"]),
            Take(Url, &["redirect_url"]),
            Rule::body(&["description"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "usajobs",
        title: "USAJOBS results",
        marks: &[&["MatchedObjectDescriptor"], &["PositionID", "PositionURI"]],
        rules: &[
            Take(Id, &["MatchedObjectId", "MatchedObjectDescriptor.PositionID", "PositionID"]),
            Take(Title, &["MatchedObjectDescriptor.PositionTitle", "PositionTitle"]),
            Take(Company, &["MatchedObjectDescriptor.OrganizationName", "OrganizationName"]),
            Take(Company, &["MatchedObjectDescriptor.ParentOrganizationName"]),
            Take(Location, &["MatchedObjectDescriptor.PositionLocationDisplay", "PositionLocationDisplay"]),
            Take(Location, &["MatchedObjectDescriptor.PositionLocation"]),
            Take(Url, &["MatchedObjectDescriptor.PositionURI", "PositionURI"]),
            Rule::body(&[
                "MatchedObjectDescriptor.UserArea.Details.JobSummary",
                "UserArea.Details.JobSummary",
                "MatchedObjectDescriptor.PositionFormattedDescription.Content",
            ]),
            Rule::section(
                Zone::Duties,
                &["MatchedObjectDescriptor.UserArea.Details.MajorDuties", "UserArea.Details.MajorDuties"],
            ),
            Rule::section(
                Zone::Requirements,
                &["MatchedObjectDescriptor.QualificationSummary", "QualificationSummary"],
            ),
        ],
        ..PLAIN
    },
    Dialect {
        name: "themuse",
        title: "The Muse jobs",
        marks: &[
            &["contents", "refs", "short_name"],
            &["contents", "refs", "levels"],
            &["contents", "refs", "locations"],
            &["contents", "refs", "publication_date"],
        ],
        rules: &[
            Take(Id, &["id"]),
            Take(Title, &["name"]),
            Take(Company, &["company.name"]),
            Take(Location, &["locations.name"]),
            Take(Url, &["refs.landing_page"]),
            Rule::body(&["contents"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "headhunter",
        title: "HeadHunter vacancies",
        marks: &[
            &["alternate_url", "professional_roles"],
            &["alternate_url", "key_skills", "area"],
            &["alternate_url", "snippet", "area"],
        ],
        // The text, or what lists show of it, goes by its usual names.
        rules: &[
            Take(Id, &["id"]),
            Take(Title, &["name"]),
            Take(Company, &["employer.name"]),
            Take(Location, &["area.name", "address.raw"]),
            Take(Url, &["alternate_url"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "francetravail",
        title: "France Travail offers",
        marks: &[&["intitule", "lieuTravail"], &["intitule", "romeCode"]],
        rules: &[
            Take(Id, &["id"]),
            Take(Title, &["intitule"]),
            Take(Company, &["entreprise.nom"]),
            Take(Location, &["lieuTravail.libelle"]),
            Take(Url, &["origineOffre.urlOrigine"]),
            Rule::body(&["description"]),
            Rule::section(Zone::Company, &["entreprise.description"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "indeed-search",
        title: "Indeed search results",
        marks: &[&["dateOnIndeed"]],
        rules: &[
            Take(Id, &["key"]),
            Take(Title, &["title"]),
            Take(Company, &["employer.name", "source.name"]),
            Take(Location, &["location.formatted.long", "location.formatted.short"]),
            Take(Url, &["recruit.viewJobUrl"]),
            Rule::body(&["description.html", "description.text"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "wordpress",
        title: "WordPress posts",
        marks: &[&["title", "content", "_links"], &["title", "content", "modified_gmt"]],
        rules: &[
            Take(Id, &["id"]),
            Take(Title, &["title.rendered"]),
            Take(Company, &["meta._company_name", "acf.company_name", "acf.company"]),
            Take(Location, &["meta._job_location", "acf.job_location", "acf.location"]),
            Take(Url, &["link"]),
            Rule::body(&["content.rendered"]),
        ],
        ..PLAIN
    },
];
