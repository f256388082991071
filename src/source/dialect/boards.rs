//! The applicant tracking systems whose JSON is known.

use super::Dialect;
use super::rule::Rule;
use super::rule::Rule::{All, Else, Join, Last, Parts, Site, Take, Translations};
use crate::source::field::Field::{Company, Id, Language, Listed, Location, Title, Url};
use crate::source::layer::Layers;
use crate::vocabulary::Zone;

const PLAIN: Dialect = Dialect::PLAIN;

/// Their dialects, in the order of help texts.
pub(crate) const BOARDS: &[Dialect] = &[
    Dialect {
        name: "greenhouse",
        title: "Greenhouse job board",
        marks: &[&["internal_job_id", "absolute_url"]],
        layers: Layers::One,
        rules: &[
            Take(Id, &["id"]),
            Take(Title, &["title"]),
            Take(Company, &["company_name"]),
            Site("absolute_url", "greenhouse.io"),
            Take(Location, &["location.name", "offices.name"]),
            Take(Url, &["absolute_url"]),
            Take(Language, &["language"]),
            Rule::body(&["content"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "lever",
        title: "Lever postings",
        marks: &[
            &["text", "hostedUrl", "categories"],
            &["text", "hostedUrl", "lists"],
            &["text", "categories", "content", "urls"],
        ],
        rules: &[
            Take(Id, &["id"]),
            Take(Title, &["text"]),
            Site("hostedUrl", "lever.co"),
            Site("urls.show", "lever.co"),
            Take(Location, &["categories.allLocations", "categories.location"]),
            Take(Url, &["hostedUrl", "urls.show"]),
            Rule::body(&[
                "description",
                "descriptionPlain",
                "content.descriptionHtml",
                "content.description",
            ]),
            Else(&[
                Rule::body(&["opening", "openingPlain"]),
                Rule::body(&["descriptionBody", "descriptionBodyPlain"]),
            ]),
            Parts { list: "lists", heading: "text", text: "content" },
            Parts { list: "content.lists", heading: "text", text: "content" },
            Rule::body(&["additional", "additionalPlain", "content.closingHtml", "content.closing"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "ashby",
        title: "Ashby job board",
        marks: &[&["jobUrl", "isListed"], &["jobUrl", "descriptionHtml", "publishedAt"]],
        rules: &[
            Take(Id, &["id"]),
            Take(Title, &["title"]),
            Site("jobUrl", "jobs.ashbyhq.com"),
            All(Location, &["location", "secondaryLocations.location"]),
            Take(Location, &["address.postalAddress"]),
            Take(Url, &["jobUrl"]),
            Take(Listed, &["isListed"]),
            Rule::body(&["descriptionHtml", "descriptionPlain"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "workable",
        title: "Workable jobs",
        marks: &[
            &["shortcode", "telecommuting"],
            &["shortcode", "full_title"],
            &["shortcode", "full_description"],
        ],
        rules: &[
            Take(Id, &["id", "shortcode"]),
            Take(Title, &["title", "full_title"]),
            Take(Company, &["company", "^name"]),
            Take(Location, &["location.location_str"]),
            Join(Location, &["location.city", "location.region", "location.country"]),
            Join(Location, &["city", "state", "country"]),
            Take(Url, &["url", "shortlink", "application_url"]),
            Rule::body(&["description", "full_description"]),
            Rule::section(Zone::Requirements, &["requirements"]),
            Rule::section(Zone::Benefits, &["benefits"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "smartrecruiters",
        title: "SmartRecruiters postings",
        marks: &[&["jobAd"], &["jobAdId", "refNumber"], &["releasedDate", "typeOfEmployment"]],
        rules: &[
            Take(Id, &["id", "uuid"]),
            Take(Title, &["name", "title"]),
            Take(Company, &["company.name"]),
            Site("postingUrl", "jobs.smartrecruiters.com"),
            Take(Location, &["location.fullLocation"]),
            Join(Location, &["location.city", "location.region", "location.country"]),
            Take(Url, &["postingUrl", "applyUrl", "ref"]),
            Take(Language, &["language.code"]),
            Rule::headed(
                Some(Zone::Company),
                "jobAd.sections.companyDescription.title",
                &["jobAd.sections.companyDescription.text"],
            ),
            Rule::headed(
                None,
                "jobAd.sections.jobDescription.title",
                &["jobAd.sections.jobDescription.text"],
            ),
            Rule::headed(
                Some(Zone::Requirements),
                "jobAd.sections.qualifications.title",
                &["jobAd.sections.qualifications.text"],
            ),
            Rule::headed(
                None,
                "jobAd.sections.additionalInformation.title",
                &["jobAd.sections.additionalInformation.text"],
            ),
        ],
        ..PLAIN
    },
    Dialect {
        name: "recruitee",
        title: "Recruitee offers",
        marks: &[&["careers_url", "careers_apply_url"], &["careers_url", "translations"]],
        rules: &[
            Take(Id, &["id", "guid"]),
            Take(Company, &["company_name"]),
            Take(Location, &["location", "locations.name", "city"]),
            Take(Url, &["careers_url"]),
            Translations("translations"),
            Take(Title, &["title"]),
            Rule::body(&["description"]),
            Rule::section(Zone::Requirements, &["requirements"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "teamtailor",
        title: "Teamtailor feed",
        marks: &[&["_jobposting"]],
        layers: Layers::UpToTwo,
        rules: &[
            Take(Id, &["id", "_jobposting.identifier.value"]),
            Take(Title, &["title", "_jobposting.title"]),
            Take(Company, &["_jobposting.hiringOrganization.name", "^title"]),
            Take(Location, &["_jobposting.jobLocation.address"]),
            Take(Url, &["url"]),
            Take(Language, &["language", "_jobposting.inLanguage"]),
            Rule::body(&["content_html", "_jobposting.description", "content_text"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "bamboohr",
        title: "BambooHR openings",
        marks: &[&["jobOpeningName"], &["jobOpening"], &["result"]],
        rules: &[
            Take(Id, &["id", "result.jobOpening.id", "jobOpening.id"]),
            Last(
                Id,
                &[
                    "jobOpeningShareUrl",
                    "result.jobOpening.jobOpeningShareUrl",
                    "jobOpening.jobOpeningShareUrl",
                ],
            ),
            Take(Title, &["jobOpeningName", "result.jobOpening.jobOpeningName", "jobOpening.jobOpeningName"]),
            Take(
                Location,
                &[
                    "location",
                    "result.jobOpening.location",
                    "jobOpening.location",
                    "atsLocation",
                    "result.jobOpening.atsLocation",
                ],
            ),
            Take(Url, &["jobOpeningShareUrl", "result.jobOpening.jobOpeningShareUrl"]),
            Rule::body(&["description", "result.jobOpening.description", "jobOpening.description"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "workday",
        title: "Workday postings",
        marks: &[&["jobPostingInfo"], &["externalPath", "bulletFields"], &["externalPath", "locationsText"]],
        rules: &[
            Take(Id, &["jobPostingInfo.jobReqId", "jobPostingInfo.id", "bulletFields.0"]),
            Take(Title, &["jobPostingInfo.title", "title"]),
            Take(Company, &["hiringOrganization.name"]),
            All(Location, &["jobPostingInfo.location", "jobPostingInfo.additionalLocations"]),
            Take(Location, &["locationsText"]),
            Take(Url, &["jobPostingInfo.externalUrl", "externalUrl"]),
            Rule::body(&["jobPostingInfo.jobDescription"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "pinpoint",
        title: "Pinpoint postings",
        marks: &[&["key_responsibilities"], &["skills_knowledge_expertise"]],
        rules: &[
            Take(Id, &["id"]),
            Take(Title, &["title"]),
            Take(Location, &["location.name"]),
            Take(Url, &["url"]),
            Rule::body(&["description"]),
            Rule::headed(Some(Zone::Duties), "key_responsibilities_header", &["key_responsibilities"]),
            Rule::headed(
                Some(Zone::Requirements),
                "skills_knowledge_expertise_header",
                &["skills_knowledge_expertise"],
            ),
            Rule::headed(Some(Zone::Benefits), "benefits_header", &["benefits"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "rippling",
        title: "Rippling jobs",
        marks: &[&["uuid", "workLocation"], &["uuid", "workLocations"]],
        rules: &[
            Take(Id, &["uuid"]),
            Take(Title, &["name"]),
            Take(Company, &["companyName"]),
            Site("url", "ats.rippling.com"),
            Take(Location, &["workLocation.label", "workLocations"]),
            Take(Url, &["url"]),
            Rule::section(Zone::Company, &["description.company"]),
            Rule::body(&["description.role", "description"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "oracle",
        title: "Oracle Recruiting requisitions",
        marks: &[&["ExternalDescriptionStr"], &["ShortDescriptionStr", "PrimaryLocation"]],
        rules: &[
            Take(Id, &["Id", "RequisitionId"]),
            Take(Title, &["Title"]),
            Take(Location, &["PrimaryLocation"]),
            Rule::body(&["ExternalDescriptionStr"]),
            Rule::section(Zone::Duties, &["ExternalResponsibilitiesStr"]),
            Rule::section(Zone::Requirements, &["ExternalQualificationsStr"]),
            Rule::section(Zone::Company, &["CorporateDescriptionStr", "OrganizationDescriptionStr"]),
        ],
        ..PLAIN
    },
    Dialect {
        name: "eightfold",
        title: "Eightfold positions",
        marks: &[&["canonicalPositionUrl"]],
        rules: &[
            Take(Id, &["id", "display_job_id"]),
            Take(Title, &["name", "posting_name"]),
            Take(Location, &["locations", "location"]),
            Take(Url, &["canonicalPositionUrl"]),
            Rule::body(&["job_description"]),
        ],
        ..PLAIN
    },
];
