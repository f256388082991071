//! Names that are made of words for a posting and its text only: `Position Overview`, `full_job_description`,
//! `Descrição da vaga`, `Annonstext`.
//!
//! Nobody can list all of them, and all are built alike: a head word that says what the field holds, and around it words
//! for the job, for the manner of the text, and articles. A name with any other word is none of these, for it may be the
//! description of a company or the summary of a salary.

use std::sync::LazyLock;

use super::alias::is_one_of;
use super::slot::{Field, Slot};
use crate::vocabulary::Zone;

/// The rank of these names, behind that of every name that is listed.
pub(super) const RANK: u8 = 250;

/// Words that say alone what a field holds.
const HEADS: &[(Field, &str)] = &[
    (
        Field::Body,
        "description descriptions descr desc jd descripcion descricao descrizione descriptif beschreibung beskrivning beskrivelse \
         omschrijving opis descriere popis kuvaus leiras istanimi описание опис 仕事内容 職務内容 業務内容 工作内容 职位描述 \
         工作描述 岗位描述 职位详情 직무내용 업무내용",
    ),
    (
        Field::Section(Zone::Duties),
        "responsibilities responsibility duties accountabilities aufgaben arbeitsaufgaben arbetsuppgifter arbejdsopgaver \
         oppgaver taken essentialfunctions essentialjobfunctions functietaken responsabilidades responsabilites responsabilita missions funciones mansioni \
         obowiazki обязанности 岗位职责 工作职责 주요업무",
    ),
    (
        Field::Section(Zone::Requirements),
        "requirements qualifications anforderungen anforderungsprofil kvalifikationer kvalifikasjoner krav eisen \
         functieeisen requisitos requisiti exigences wymagania criteria prerequisites prerequisite personspecification \
         personspec skillsexperience skillsandexperience experienceskills experienceandskills knowledgeskillsabilities \
         knowledgeskillsandabilities preferredskills ihrprofil deinprofil yourprofile требования 任职要求 职位要求 岗位要求 応募資格 자격요건",
    ),
    (
        Field::Section(Zone::Benefits),
        "benefits perks beneficios benefici avantages vorteile fordele formaner 福利厚生 福利待遇 복리후생",
    ),
    (
        Field::Title,
        "title titel titre titulo titolo designation nomedavaga nomevaga stillingsbetegnelse stillingstitel stillingstittel tjanstetitel rubrik nazwastanowiska pozisyon названиевакансии \
         должность 職種 职位名称 岗位名称 직무명",
    ),
];

/// Words that say that a field holds the text of a job, when a word for the job stands beside them.
const TEXTS: &str = "\
    overview summary purpose details detail text tekst texto testo texte info information content contents body post \
    posting ad advert advertisement anzeige annonce annons annuncio anuncio inserat about brief spec specs specification scope";

/// Words for the job.
const JOBS: &str = "\
    job jobs work role roles position posting vacancy vacature vacatures opening opportunity requisition post poste emploi offre stelle \
    stellen arbeits arbejds arbets jobb annons annonse stilling stillings tjanst tjanste functie baan puesto empleo trabajo \
    oferta vaga cargo lavoro posizione annuncio stanowiska pracy oferty ad advert advertisement вакансии работы должности";

/// Words that change nothing.
const OTHERS: &str = "\
    the of for this a de del della dell da do dos das du d la le les l des der die zur zum von van een til om av full complete \
    and your ihre ihr deine dein typical example examples essential long original main key raw clean cleaned html plain plaintext markdown md external public formatted processed";

/// Words that stand beside the heads of one field only: elsewhere they say that something else is meant.
const BESIDE: &[(Field, &str)] = &[
    (Field::Title, "business working official advertised function en english"),
    (
        Field::Section(Zone::Requirements),
        "minimum min qual preferred desirable desired required basic selection additional",
    ),
];

/// Names that stand for the job and, in a table without another title, for what it is called.
const ITSELF: &[&str] =
    &["job", "vacancy", "opening", "vacature", "jobposition", "jobopening", "jobvacancy", "positionopening"];

/// Whole names of a text that no other word need stand beside.
const WHOLE: &[&str] =
    &["html", "bodyhtml", "bodytext", "bodyplain", "jobhtml", "therole", "thejob", "theposition"];

/// What a word may be in a name.
#[derive(Clone, Copy)]
enum Part {
    Head(usize),
    Beside(usize),
    Text,
    Job,
    Other,
}

/// What the words so far say: of which head, whether there is one for a text, and one for the job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Said {
    head: Option<usize>,
    beside: Option<usize>,
    text: bool,
    job: bool,
}

impl Said {
    fn with(self, part: Part) -> Option<Self> {
        Some(match part {
            // Duties and requirements in one field are neither.
            Part::Head(head) if self.head.is_some_and(|other| other != head) => return None,
            Part::Head(head) => Self { head: Some(head), ..self },
            Part::Beside(field) if self.beside.is_some_and(|other| other != field) => return None,
            Part::Beside(field) => Self { beside: Some(field), ..self },
            Part::Text => Self { text: true, ..self },
            Part::Job => Self { job: true, ..self },
            Part::Other => self,
        })
    }

    fn field(self) -> Option<Field> {
        let field = match self.head {
            Some(head) => HEADS[head].0,
            None if self.text && self.job => Field::Body,
            None => return None,
        };
        self.beside.is_none_or(|beside| BESIDE[beside].0 == field).then_some(field)
    }
}

/// The words by their first byte.
static WORDS: LazyLock<Vec<Vec<(&'static str, Part)>>> = LazyLock::new(|| {
    let heads = HEADS.iter().enumerate().map(|(head, (_, words))| (Part::Head(head), *words));
    let beside = BESIDE.iter().enumerate().map(|(field, (_, words))| (Part::Beside(field), *words));
    let mut words = vec![Vec::new(); 256];
    for (part, list) in
        heads.chain(beside).chain([(Part::Text, TEXTS), (Part::Job, JOBS), (Part::Other, OTHERS)])
    {
        for word in list.split_whitespace() {
            words[usize::from(word.as_bytes()[0])].push((word, part));
        }
    }
    words
});

/// What a name of this family means.
pub(super) fn known(name: &str) -> Option<Slot> {
    let name = folded(name)?;
    if WHOLE.contains(&name.as_str()) {
        return Some(Slot { field: Field::Body, rank: RANK });
    }
    // What the words up to each offset may say.
    let mut said: Vec<Vec<Said>> = vec![Vec::new(); name.len() + 1];
    said[0].push(Said::default());
    for at in 0..name.len() {
        for so_far in std::mem::take(&mut said[at]) {
            for (word, part) in &WORDS[usize::from(name.as_bytes()[at])] {
                if name[at..].starts_with(word)
                    && let Some(next) = so_far.with(*part)
                    && !said[at + word.len()].contains(&next)
                {
                    said[at + word.len()].push(next);
                }
            }
        }
    }
    let field = said[name.len()].iter().find_map(|said| said.field())?;
    Some(Slot { field, rank: RANK })
}

/// What a name means that stands for the job itself, where no other column is the title.
pub(super) fn job_itself(name: &str) -> Option<Slot> {
    is_one_of(name, ITSELF).then_some(Slot { field: Field::Title, rank: RANK })
}

/// The letters of a name in lower case and without marks; `None` where it is too long or holds something else.
fn folded(name: &str) -> Option<String> {
    /// The longest such name, in bytes.
    const LONGEST: usize = 48;
    if name.is_empty() || name.len() > LONGEST {
        return None;
    }
    let mut folded = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            'A'..='Z' | 'a'..='z' => folded.push(character.to_ascii_lowercase()),
            ' '
            | '_'
            | '-'
            | '.'
            | '/'
            | ':'
            | ','
            | '&'
            | '('
            | ')'
            | '\''
            | '’'
            | '\u{300}'..='\u{36f}' => {}
            other if other.is_alphabetic() => {
                folded.extend(other.to_lowercase().filter(|letter| *letter != '\u{307}').map(unmarked));
            }
            _ => return None,
        }
    }
    Some(folded)
}

/// A letter without its mark, where the words here have one.
fn unmarked(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' => 'n',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ő' => 'o',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ú' | 'ù' | 'û' | 'ü' | 'ů' | 'ű' => 'u',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_their_words() {
        const CASES: &[(&str, Option<Field>)] = &[
            ("Position Overview", Some(Field::Body)),
            ("Purpose of the role", Some(Field::Body)),
            ("job_description_full", Some(Field::Body)),
            ("fullJobDescription", Some(Field::Body)),
            ("About the opportunity", Some(Field::Body)),
            ("Job Info", Some(Field::Body)),
            ("Text of ad", Some(Field::Body)),
            ("Job Post", Some(Field::Body)),
            ("Descrição da vaga", Some(Field::Body)),
            ("Descripción del puesto", Some(Field::Body)),
            ("Descrizione del lavoro", Some(Field::Body)),
            ("Annonstext", Some(Field::Body)),
            ("Stillingsbeskrivelse", Some(Field::Body)),
            ("Opis stanowiska", Some(Field::Body)),
            ("İş Tanımı", Some(Field::Body)),
            ("Описание вакансии", Some(Field::Body)),
            ("职位描述", Some(Field::Body)),
            ("Main duties of the post", Some(Field::Section(Zone::Duties))),
            ("Requisitos da vaga", Some(Field::Section(Zone::Requirements))),
            ("Nazwa stanowiska", Some(Field::Title)),
            ("Business Title", Some(Field::Title)),
            ("Working title", Some(Field::Title)),
            ("title_en", Some(Field::Title)),
            ("job_title_raw", Some(Field::Title)),
            ("Job Designation", Some(Field::Title)),
            ("Nome da vaga", Some(Field::Title)),
            ("Page title", None),
            ("Title Classification", None),
            ("Business description", None),
            ("description_en", None),
            ("The Role", Some(Field::Body)),
            ("Job Spec", Some(Field::Body)),
            ("html", Some(Field::Body)),
            ("Description of Work", Some(Field::Body)),
            ("Roles & Responsibilities", Some(Field::Section(Zone::Duties))),
            ("Examples of Duties", Some(Field::Section(Zone::Duties))),
            ("Essential Functions", Some(Field::Section(Zone::Duties))),
            ("Ihre Aufgaben", Some(Field::Section(Zone::Duties))),
            ("Skills & Experience", Some(Field::Section(Zone::Requirements))),
            ("Person Specification", Some(Field::Section(Zone::Requirements))),
            ("Selection Criteria", Some(Field::Section(Zone::Requirements))),
            ("Minimum Qual Requirements", Some(Field::Section(Zone::Requirements))),
            ("Ihr Profil", Some(Field::Section(Zone::Requirements))),
            ("Benefits & Perks", Some(Field::Section(Zone::Benefits))),
            ("Company profil", None),
            ("Company Description", None),
            ("salary_summary", None),
            ("Job Type", None),
            ("posting date", None),
            ("post", None),
            ("text", None),
            ("duties and requirements", None),
            ("職", None),
            ("", None),
        ];
        for (name, field) in CASES {
            assert_eq!(known(name).map(|slot| slot.field), *field, "{name}");
        }
    }
}
