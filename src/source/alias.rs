//! The names by which sources call the fields of a posting, each list best first.
//!
//! They are written without case, spaces, punctuation and letters that are not ASCII, which is how names are compared.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::slot::{Field, Slot};
use crate::vocabulary::Zone;

const TITLES: &str = "\
    externaltitle title jobtitle positionname positiontitle displaytitle position headline subject titre jobname jobopeningname \
    postingtitle vacancytitle vacancyname roletitle designation intitule poste titulo stellentitel stellenangebotstitel \
    stellenbezeichnung titel jobtitel functietitel functie puesto intitul jobtitletext jobpostingtitle \
    listingtitle requisitiontitle openingtitle offertitle advertisementtitle jobrole rolename \
    titredeloffre titreduposte intituleduposte intitulduposte titulodelavaga titulodavaga ttulodavaga ttulo vaga \
    cargo titolo stanowisko offername externalpostingname postingname name role";
const BODIES: &str = "\
    publicdescription externaljobdescription externaldescription externaldescriptions body description descriptionhtml jobdescription jobdescriptiontext jobdesc descriptiontext descriptionplain \
    content contenthtml contenttext text posting postingtext jobposting jobdescriptionhtml descriptionmarkdown \
    fulldescription vacancydescription jobtext jobad jobdetails details stellenbeschreibung stellenangebotsbeschreibung userprovideddescription beschreibung \
    descriptif descripcion jobsummary summary intro contents commenttext omschrijving functieomschrijving \
    descriptionduposte descripcindelpuesto desc descriptions jobdescriptions positiondescription roledescription \
    descriptionmd contentmarkdown jobdescriptionformatted jobdescriptionraw rawdescription descriptionraw \
    cleandescription descriptionclean longdescription \
    offerdescription jd jdtext jobcontent jobbody fulltext rawtext vacancytext adverttext adtext advert annonce \
    joboverview aboutthejob aboutjob abouttherole aboutrole aboutposition positionsummary rolesummary overview \
    descriptiondelemploi descricao descrio descripcin descrizione opis introduction sections jobhighlights snippet teaser descriptionteaser \
    excerpt jobexcerpt descriptionpreview resumen resumo shortdescription briefdescription descr positioncontent specifics formattedpositiondescription";
const DUTIES: &str = "\
    responsibilities keyresponsibilities jobresponsibilities responsibility duties jobduties \
    rolesandresponsibilities roleandresponsibilities essentialduties accountabilities whatyoulldo whatyouwilldo \
    majorduties jobrequirment missions aufgaben whatyoullbedoing whatyouwillbedoing whatwillyoudo yourtasks \
    tasks yourresponsibilities mainresponsibilities coreresponsibilities primaryresponsibilities \
    dutiesandresponsibilities responsibilitiesandduties mainduties keyduties jobresponsibility \
    dutyresponsibility keymissions responsabilidades responsabilits funciones tareas taken responsibilitiestext \
    responsibilitiestextarea dailytasks involves";
const REQUIREMENTS: &str = "\
    requirements jobrequirements qualifications minimumqualifications preferredqualifications \
    qualificationsdesiredskills skillsknowledgeexpertise descriptionrequirements experiencerequirements \
    educationrequirements requiredqualifications basicqualifications jobqualifications desiredskills \
    skillsrequired requiredqual qualificationsummary anforderungen profil functieeisen requirement qualification \
    whatyoubring whatyoullbring whatyouwillbring whoyouare whatwerelookingfor whatwearelookingfor idealcandidate \
    candidateprofile requirementssection minimumrequirements keyrequirements requiredskills requiredexperience \
    preferredrequirements skillsandqualifications requirementsandqualifications minqualifications nicetohave \
    requisitos exigences profilrecherch profilrecherche requirementstext mainrequirements \
    requirementsmusttextarea requirementsnicetextarea prerequisites minrequirements profile desiredrequirements relevantexperiences";
const BENEFITS: &str = "\
    benefits jobbenefits perks benefitssection whatweoffer weoffer perksandbenefits benefitsandperks";
const EMPLOYER: &str = "\
    companydescription employeroverview aboutcompany aboutthecompany aboutc companyprofile aboutus whoweare \
    companyoverview aboutcompanytext employerdescription organizationdescription companyabout \
    linkedinorgdescription";
const IDS: &str = "\
    id jobid jobkey jobreqid requisitionid reference referencenumber ref shortcode uuid guid slug jobpostingid \
    postingid listingid vacancyid offerid jobslug reqid externalid publicslug refnr advertid jobnumber objectid uniqid idoffre itemid \
    uid jobreference jobref requisitionnumber postingnumber vacancyreference vacancynumber announcementnumber kennziffer \
    stellenid referenznummer jobopeningid";
const COMPANIES: &str = "\
    company companyname organization organisation hiringorganization employer companie employername firma \
    unternehmen arbeitgeber entreprise empresa bedrijf companydisplayname employernamefromsearch hiringcompany organizationname organisationname \
    companytitle employerdisplayname advertiser advertisername startup startupname nomentreprise \
    nomdelentreprise societe socit azienda bedrijfsnaam clientname clientcorporation postedcompany careerpagename werkgever \
    arbetsgivare orgname agency agencyname hiringagency hiringagencyname firm";
const LOCATIONS: &str = "\
    location locationname joblocation locations locationstext candidaterequiredlocation city jobcity \
    joblocationaddress locationdisplay workplaceaddress locationdisplayname ort standort arbeitsort lieu \
    ubicacion ubicacin locatie locationsderived formattedlocation locationlabel locationnames worklocation \
    worklocations primarylocation primaryworklocation lieutravail lieudetravail arbeitsorte jobgeo \
    locationrestrictions locationrestriction office offices areaname suburb cidade localizacao localizao localidad sede miejscowo actualcity \
    municipalityname cityname displaylocation requisitionlocations officelocation dutylocation dutystation worklocationcity \
    positionlocationdisplay fulllocation standplaats ciudad town locality place addresses localidade local comuna";
const URLS: &str = "\
    alternateurl url joburl jobpostingurl absoluteurl hostedurl careersitejoburl joblink jobpostlink jobposturl careersurl \
    link pageurl webpageurl positionuri joblistingurl jobdetailurl jobdetailsurl detailurl detailspageurl canonicalurl publicurl \
    urlactivepage externalurl positionurl redirecturl listingurl postingurl weburl viewjoburl sourceurl permalink sharelink \
    weblink jobhref adverturl vacancyurl postinglink displayurl applyurl jobapplylink applicationlink applicationurl applylink \
    jobapplyurl";
const LANGUAGES: &str = "\
    language lang locale languagecode";

/// Names of objects that are the posting, or a part of it, in the path of a column.
const HOLDERS: &str = "\
    job header posting jobposting vacancy position offer node source attributes fields data item row jobinformation \
    jobdetail jobdetails details matchedobjectdescriptor snippet";

const TABLE: &[(Field, &str)] = &[
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
    (Field::Listed, "islisted"),
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
        for (name, rank) in names.split_whitespace().zip(0..) {
            slots.insert(name.as_bytes(), Slot { field: *field, rank });
        }
    }
    slots
});

/// Which of `names`, written as here, a name is.
pub(super) fn place(name: &str, names: &[&str]) -> Option<usize> {
    let plain = Plain::of(name)?;
    names.iter().position(|known| known.as_bytes() == plain.as_bytes())
}

/// Whether a name is one of `names`, written as here.
pub(super) fn is_one_of(name: &str, names: &[&str]) -> bool {
    place(name, names).is_some()
}

/// What a name means when nobody says otherwise.
#[must_use]
pub(super) fn known(name: &str) -> Option<Slot> {
    if let Some(slot) = Plain::of(name).and_then(|plain| SLOTS.get(plain.as_bytes())) {
        return Some(*slot);
    }
    // Tables made of nested records keep the path: `job.description`, `header/jobTitle`.
    let (outer, inner) = name.rsplit_once(['.', '/'])?;
    let holder = Plain::of(outer.rsplit(['.', '/']).next().unwrap_or(outer))?;
    if !HOLDERS.split_whitespace().any(|known| known.as_bytes() == holder.as_bytes()) {
        return None;
    }
    SLOTS.get(Plain::of(inner)?.as_bytes()).copied()
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
            ("job.description", Some(Field::Body)),
            ("header/jobTitle", Some(Field::Title)),
            ("overview.description", None),
            ("a name that is much longer than any of the names that we know of", None),
        ];
        for (name, field) in CASES {
            assert_eq!(known(name).map(|slot| slot.field), *field, "{name}");
        }
    }

    #[test]
    fn no_name_means_two_fields() {
        let mut names: Vec<&str> = TABLE.iter().flat_map(|(_, names)| names.split_whitespace()).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
