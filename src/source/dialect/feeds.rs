//! The feeds whose XML is known, and the vocabulary of schema.org.

use super::rule::Rule;
use super::rule::Rule::{Join, Parts, Take};
use super::{Carrier, Dialect};
use crate::source::field::Field::{Company, Id, Language, Location, Title, Url};
use crate::source::layer::Layers;
use crate::vocabulary::Zone;

const PLAIN: Dialect = Dialect { carrier: Carrier::Xml, layers: Layers::UpToTwo, ..Dialect::PLAIN };

/// A schema.org `JobPosting`.
pub(crate) const JOB_POSTING: Dialect = Dialect {
    name: "json-ld",
    title: "schema.org JobPosting",
    carrier: Carrier::JsonLd,
    marks: &[&["@type", "title"], &["@type", "hiringOrganization"]],
    rules: &[
        Take(Id, &["identifier.value", "identifier", "@id"]),
        Take(Title, &["title", "name"]),
        Take(Company, &["hiringOrganization.name", "hiringOrganization.legalName", "hiringOrganization"]),
        Take(Location, &["jobLocation.address", "jobLocation.name", "jobLocation"]),
        Take(Url, &["url", "mainEntityOfPage"]),
        Take(Language, &["inLanguage"]),
        Rule::section(Zone::Company, &["employerOverview"]),
        Rule::body(&["description"]),
        Rule::section(Zone::Duties, &["responsibilities"]),
        Rule::section(Zone::Requirements, &["qualifications.description", "qualifications"]),
        Rule::section(Zone::Requirements, &["skills"]),
        Rule::section(Zone::Requirements, &["experienceRequirements.description", "experienceRequirements"]),
        Rule::section(
            Zone::Requirements,
            &[
                "educationRequirements.description",
                "educationRequirements.credentialCategory",
                "educationRequirements",
            ],
        ),
        Rule::section(Zone::Benefits, &["jobBenefits"]),
    ],
    layers: Layers::UpToTwo,
    truncated: false,
};

/// Every dialect of XML, then that of schema.org.
pub(crate) const FEEDS: &[Dialect] = &[
    Dialect {
        name: "personio",
        title: "Personio positions",
        marks: &[&["jobDescriptions"], &["recruitingCategory"], &["subcompany", "office"]],
        rules: &[
            Take(Id, &["id"]),
            Take(Title, &["name"]),
            Take(Company, &["subcompany"]),
            Join(Location, &["office", "additionalOffices.office"]),
            Parts { list: "jobDescriptions.jobDescription", heading: "name", text: "value" },
        ],
        ..PLAIN
    },
    Dialect {
        name: "linkedin",
        title: "LinkedIn job feed",
        marks: &[&["partnerJobId"]],
        rules: &[
            Take(Id, &["partnerJobId"]),
            Take(Title, &["title"]),
            Take(Company, &["company"]),
            Take(Location, &["location"]),
            Join(Location, &["city", "state", "country"]),
            Take(Url, &["applyUrl", "url"]),
            Take(Language, &["lang", "language"]),
            Rule::body(&["description"]),
            Rule::section(Zone::Requirements, &["skills"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "recruitee-xml",
        title: "Recruitee feed",
        marks: &[&["description_requirements"], &["description-requirements"]],
        rules: &[
            Take(Id, &["id", "referencenumber", "reference"]),
            Take(Title, &["title"]),
            Take(Company, &["company", "company_name"]),
            Take(Location, &["location"]),
            Join(Location, &["city", "state", "country"]),
            Take(Url, &["url", "link", "careers_url"]),
            Take(Language, &["language", "lang"]),
            Rule::body(&["description", "description_plain"]),
            Rule::section(Zone::Requirements, &["description_requirements", "description-requirements"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "jooble",
        title: "Jooble-style feed",
        marks: &[&["name", "region", "pubdate"], &["name", "region", "jobtype"], &["@id", "name", "region"]],
        rules: &[
            Take(Id, &["@id", "id"]),
            Take(Title, &["name"]),
            Take(Company, &["company"]),
            Take(Location, &["region"]),
            Take(Url, &["link", "url"]),
            Rule::body(&["description"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "indeed",
        title: "Indeed-style feed",
        marks: &[
            &["referencenumber"],
            &["jobtype", "company"],
            &["sourcename"],
            &["requisitionid", "company"],
            &["responsibility", "skills"],
        ],
        rules: &[
            Take(Id, &["referencenumber", "requisitionid", "id", "guid"]),
            Take(Title, &["title"]),
            Take(Company, &["company", "sourcename"]),
            Join(Location, &["city", "state", "country"]),
            Take(Location, &["location", "company.city"]),
            Take(Url, &["url", "link", "applyurl"]),
            Take(Language, &["language", "lang"]),
            Rule::body(&["description"]),
            Rule::section(Zone::Duties, &["responsibilities", "responsibility", "duties"]),
            Rule::section(Zone::Requirements, &["requirements", "qualifications", "skills"]),
            Rule::section(Zone::Benefits, &["benefits"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "neogov",
        title: "NEOGOV feed",
        marks: &[&["joblisting:jobId"], &["joblisting:examplesofduties"]],
        rules: &[
            Take(Id, &["joblisting:jobId", "guid"]),
            Take(Title, &["title"]),
            Take(Company, &["^title"]),
            Take(Location, &["joblisting:location"]),
            Take(Url, &["link", "guid"]),
            Rule::body(&["description"]),
            Rule::section(Zone::Duties, &["joblisting:examplesofduties"]),
            Rule::section(Zone::Requirements, &["joblisting:qualifications"]),
            Rule::body(&["joblisting:supplementalinformation"]),
            Rule::section(Zone::Benefits, &["joblisting:benefits"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "rss",
        title: "RSS or Atom feed",
        marks: &[
            &["title", "link", "guid"],
            &["title", "link", "pubDate"],
            &["title", "link", "updated"],
            &["title", "link", "published"],
            &["title", "content:encoded"],
            &["id", "title", "link", "content"],
            &["title", "tt:locations"],
        ],
        rules: &[
            Take(Id, &["guid", "id"]),
            Take(Title, &["title"]),
            Take(Company, &["company", "company_name", "job_listing:company", "author.name"]),
            Take(Location, &["location", "job_listing:location", "region"]),
            Join(Location, &["tt:locations.tt:location.tt:city", "tt:locations.tt:location.tt:country"]),
            Take(Url, &["link", "link.@href", "guid"]),
            Take(Language, &["language", "dc:language"]),
            Rule::body(&["content:encoded", "content", "description", "summary"]),
        ],
        ..PLAIN
    },
    JOB_POSTING,
];
