//! The names by which sources call the fields of a posting, each list best first.
//!
//! They are written without case, spaces, punctuation and letters that are not ASCII, which is how names are compared.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::slot::{Field, Slot};
use crate::vocabulary::Zone;

const TITLES: &[&str] = &[
    "title",
    "jobtitle",
    "positionname",
    "positiontitle",
    "position",
    "headline",
    "subject",
    "titre",
    "jobname",
    "jobopeningname",
    "postingtitle",
    "vacancytitle",
    "vacancyname",
    "roletitle",
    "designation",
    "intitule",
    "poste",
    "titulo",
    "stellentitel",
    "stellenbezeichnung",
    "titel",
    "jobtitel",
    "functietitel",
    "functie",
    "puesto",
    "intitul",
    "name",
];
const BODIES: &[&str] = &[
    "body",
    "description",
    "descriptionhtml",
    "jobdescription",
    "jobdescriptiontext",
    "jobdesc",
    "descriptiontext",
    "descriptionplain",
    "content",
    "contenthtml",
    "contenttext",
    "text",
    "posting",
    "postingtext",
    "jobposting",
    "jobdescriptionhtml",
    "descriptionmarkdown",
    "fulldescription",
    "vacancydescription",
    "jobtext",
    "jobad",
    "jobdetails",
    "details",
    "stellenbeschreibung",
    "beschreibung",
    "descriptif",
    "descripcion",
    "jobsummary",
    "summary",
    "intro",
    "contents",
    "commenttext",
    "omschrijving",
    "functieomschrijving",
    "descriptionduposte",
    "descripcindelpuesto",
];
const DUTIES: &[&str] = &[
    "responsibilities",
    "keyresponsibilities",
    "jobresponsibilities",
    "responsibility",
    "duties",
    "jobduties",
    "rolesandresponsibilities",
    "roleandresponsibilities",
    "essentialduties",
    "accountabilities",
    "whatyoulldo",
    "whatyouwilldo",
    "majorduties",
    "jobrequirment",
    "missions",
    "aufgaben",
];
const REQUIREMENTS: &[&str] = &[
    "requirements",
    "jobrequirements",
    "qualifications",
    "minimumqualifications",
    "preferredqualifications",
    "qualificationsdesiredskills",
    "skillsknowledgeexpertise",
    "descriptionrequirements",
    "experiencerequirements",
    "educationrequirements",
    "requiredqualifications",
    "basicqualifications",
    "jobqualifications",
    "desiredskills",
    "skillsrequired",
    "requiredqual",
    "qualificationsummary",
    "anforderungen",
    "profil",
    "functieeisen",
];
const BENEFITS: &[&str] = &["benefits", "jobbenefits", "perks"];
const EMPLOYER: &[&str] = &[
    "companydescription",
    "employeroverview",
    "aboutcompany",
    "aboutthecompany",
    "aboutc",
    "companyprofile",
];
const IDS: &[&str] = &[
    "id",
    "jobid",
    "jobkey",
    "jobreqid",
    "requisitionid",
    "reference",
    "referencenumber",
    "ref",
    "shortcode",
    "uuid",
    "guid",
    "slug",
];
const COMPANIES: &[&str] = &[
    "company",
    "companyname",
    "organization",
    "organisation",
    "hiringorganization",
    "employer",
    "companie",
    "employername",
    "firma",
    "unternehmen",
    "arbeitgeber",
    "entreprise",
    "empresa",
    "bedrijf",
];
const LOCATIONS: &[&str] = &[
    "location",
    "locationname",
    "joblocation",
    "locations",
    "locationstext",
    "candidaterequiredlocation",
    "city",
    "jobcity",
    "joblocationaddress",
    "locationdisplay",
    "workplaceaddress",
    "locationdisplayname",
    "ort",
    "standort",
    "arbeitsort",
    "lieu",
    "ubicacion",
    "ubicacin",
    "locatie",
];
const URLS: &[&str] = &[
    "url",
    "joburl",
    "jobpostingurl",
    "absoluteurl",
    "hostedurl",
    "joblink",
    "jobpostlink",
    "jobposturl",
    "careersurl",
    "link",
    "applyurl",
    "pageurl",
    "jobapplylink",
    "webpageurl",
    "applicationlink",
    "positionuri",
];
const LANGUAGES: &[&str] = &["language", "lang", "locale"];

const TABLE: &[(Field, &[&str])] = &[
    (Field::Title, TITLES),
    (Field::Body, BODIES),
    (Field::Section(Zone::Duties), DUTIES),
    (Field::Section(Zone::Requirements), REQUIREMENTS),
    (Field::Section(Zone::Benefits), BENEFITS),
    (Field::Section(Zone::Company), EMPLOYER),
    (Field::Id, IDS),
    (Field::Company, COMPANIES),
    (Field::Location, LOCATIONS),
    (Field::Url, URLS),
    (Field::Language, LANGUAGES),
    (Field::Listed, &["islisted"]),
];

/// A name without case, spaces and punctuation; `None` for names too long to be one of ours.
#[derive(Clone, Copy)]
struct Plain {
    bytes: [u8; Self::MAX],
    len: usize,
}

impl Plain {
    const MAX: usize = 32;

    fn of(name: &str) -> Option<Self> {
        let mut plain = Self { bytes: [0; Self::MAX], len: 0 };
        for byte in name.bytes().filter(u8::is_ascii_alphanumeric) {
            *plain.bytes.get_mut(plain.len)? = byte.to_ascii_lowercase();
            plain.len += 1;
        }
        Some(plain)
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

static SLOTS: LazyLock<BTreeMap<&[u8], Slot>> = LazyLock::new(|| {
    let mut slots = BTreeMap::new();
    for (field, names) in TABLE {
        for (name, rank) in names.iter().zip(0..) {
            slots.insert(name.as_bytes(), Slot { field: *field, rank });
        }
    }
    slots
});

/// What a name means when nobody says otherwise.
#[must_use]
pub(super) fn known(name: &str) -> Option<Slot> {
    let plain = Plain::of(name)?;
    SLOTS.get(plain.as_bytes()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_mean_fields_without_case_spaces_and_punctuation() {
        const CASES: &[(&str, Option<Field>)] = &[
            ("title", Some(Field::Title)),
            ("Job Title", Some(Field::Title)),
            ("job_title", Some(Field::Title)),
            ("Position Name", Some(Field::Title)),
            ("titre", Some(Field::Title)),
            ("Job_Description", Some(Field::Body)),
            ("job_desc", Some(Field::Body)),
            ("descriptionHtml", Some(Field::Body)),
            ("Qualifications/Desired Skills", Some(Field::Section(Zone::Requirements))),
            ("Minimum Qualifications", Some(Field::Section(Zone::Requirements))),
            ("Responsibilities", Some(Field::Section(Zone::Duties))),
            ("companyName", Some(Field::Company)),
            ("salary", None),
            ("Job Post Link", Some(Field::Url)),
            ("", None),
            ("Unnamed: 0", None),
            ("a name that is much longer than any of the names that we know of", None),
        ];
        for (name, field) in CASES {
            assert_eq!(known(name).map(|slot| slot.field), *field, "{name}");
        }
    }

    #[test]
    fn no_name_means_two_fields() {
        let mut names: Vec<&str> = TABLE.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
