//! Puts the judgement into words: flags with what is wrong, the duties that show it, and what to do.

mod counts;

use std::collections::BTreeMap;

use crate::area;
use crate::declared::Declared;
use crate::evidence;
use crate::rule::Code;
use crate::settings::Settings;
use crate::title::Titles;
use crate::verdict::{Counted, Duties, Evidence, Flag};
use crate::vocabulary::{Actor, Claim, Described, Role, Ruling};
pub(crate) use counts::OwnedArea;
use counts::{field, listed};

/// Duties below which a posting has too few of them.
const FEW: u32 = 3;

/// Words that a finding cites, if not more duties are counted.
const CITED: usize = 12;

/// Figures that a finding quotes.
const QUOTED: usize = 3;

/// A piece of evidence with its index.
type Piece<'e> = (usize, &'e Evidence);

/// What the flags are made from.
pub(crate) struct Findings<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) titles: &'a Titles,
    pub(crate) title: Option<&'a str>,
    /// What the title calls, or was declared instead.
    pub(crate) claimed: Claim,
    /// What the title calls.
    pub(crate) called: Claim,
    pub(crate) declared: Option<Declared>,
    pub(crate) trap: Option<&'a str>,
    pub(crate) described: Described,
    pub(crate) ruling: Ruling,
    pub(crate) nearest: Option<&'a str>,
    pub(crate) duties: Duties,
    /// Owned clauses by area and role.
    pub(crate) areas: &'a [OwnedArea],
    pub(crate) evidence: &'a [Evidence],
    /// Indices of the evidence that stands under a heading of figures by which the hire is measured.
    pub(crate) measured: &'a [usize],
    /// Whether a section lists the duties.
    pub(crate) listed: bool,
}

impl Findings<'_> {
    /// The flags of the posting, by code.
    pub(crate) fn flags(&self) -> Vec<Flag> {
        let mut flags = Vec::new();
        match self.ruling {
            Ruling::Mislabelled => flags.push(self.mislabelled()),
            Ruling::Mixed => flags.push(self.mixed()),
            Ruling::Unsupported => flags.push(self.unsupported()),
            Ruling::Hidden => flags.push(self.hidden()),
            Ruling::Match | Ruling::OutOfScope | Ruling::Review => {}
        }
        // A title that names both roles says what a posting of both is.
        let says_so = self.called == Claim::Both && self.described == Described::Mixed;
        if !says_so && (self.called == Claim::Both || self.trap.is_some()) {
            flags.push(self.ambiguous());
        }
        let concerns =
            self.claimed.names_a_role() || matches!(self.described, Described::Pm | Described::Pmm);
        let too_few = self.described == Described::Insufficient || self.total() == 0;
        if concerns && too_few {
            flags.push(self.too_few());
        }
        flags.extend(self.foreign_metric());
        if concerns && !self.listed && !too_few {
            let message = "no section lists the duties; they were read from running text".to_owned();
            let help = "put the duties under a heading of their own".to_owned();
            flags.push(self.flag(Code::Rc008, message, help, Vec::new()));
        }
        flags.retain(|flag| self.settings.severity(flag.code).is_some());
        flags
    }

    fn flag(&self, code: Code, message: String, help: String, evidence: Vec<usize>) -> Flag {
        Flag {
            code,
            rule: code.rule().name.to_owned(),
            severity: self.settings.severity(code).unwrap_or(code.rule().severity),
            message,
            help,
            evidence,
        }
    }

    fn mislabelled(&self) -> Flag {
        let (role, other) =
            if self.described == Described::Pm { (Role::Pm, Role::Pmm) } else { (Role::Pmm, Role::Pm) };
        let message = format!("{}; {}; {}", self.majority(role), self.minority(other), self.title_says());
        let (claim, job) = match role {
            Role::Pm => (Claim::Pm, "Product Manager"),
            _ => (Claim::Pmm, "Product Marketing Manager"),
        };
        let renamed = self.title.and_then(|title| self.titles.renamed(title.trim(), claim));
        let rename = format!("rename the posting to \"{}\"", renamed.as_deref().unwrap_or(job));
        let change = match self.declared {
            None => rename,
            Some(declared) if declared.claim == self.called => {
                format!("{rename} and declare the role {role}")
            }
            Some(_) => format!("declare the role {role}"),
        };
        let help = format!(
            "{change}, or move the {} to another posting and list the {} that the hire owns",
            self.duties_of(role),
            field(other)
        );
        self.flag(Code::Rc001, message, help, self.deciding(&[role]))
    }

    fn mixed(&self) -> Flag {
        let (more, less) =
            if self.duties.pm < self.duties.pmm { (Role::Pmm, Role::Pm) } else { (Role::Pm, Role::Pmm) };
        let message = format!("{}; {}; {}", self.majority(more), self.minority(less), self.title_says());
        let foreign = match self.claimed {
            Claim::Pm => Some(Role::Pmm),
            Claim::Pmm => Some(Role::Pm),
            Claim::Both | Claim::Other | Claim::None => None,
        };
        let help = match foreign {
            Some(role) => format!(
                "move the {} to a posting of their own, or name both roles in the title",
                self.duties_of(role)
            ),
            None => "split the posting, or name both roles in the title".to_owned(),
        };
        self.flag(Code::Rc002, message, help, self.deciding(&[Role::Pm, Role::Pmm]))
    }

    fn unsupported(&self) -> Flag {
        let named = self.duties.pm + self.duties.pmm;
        let found = match named {
            0 => format!("none of {} is", self.all_duties()),
            1 => format!("1 of {} is", self.all_duties()),
            count => format!("{count} of {} are", self.all_duties()),
        };
        let nearest = self.nearest.map(area::plain);
        let other = match &nearest {
            Some(family) => format!("another job, nearest to {family}"),
            None => "another job".to_owned(),
        };
        let message = format!(
            "{found} product management or product marketing; {} {other}{}; {}",
            if named == 0 { "they describe" } else { "the rest describe" },
            self.by_area(Role::Other),
            self.title_says()
        );
        // The nearest trade may owe its weight to a single sentence: then it is no name for the job.
        let work = match (nearest, self.areas_of(Role::Other).first()) {
            (Some(family), Some((first, clauses))) if family == *first && clauses * 3 >= self.total() => {
                format!("rename the posting after the work it describes ({family})")
            }
            _ => "rename the posting after the work it describes".to_owned(),
        };
        let lacking = match self.claimed {
            Claim::Pmm => "positioning, launches and enablement",
            _ => "product decisions",
        };
        let help = format!("{work}, or add the {lacking} that the hire will own");
        self.flag(Code::Rc003, message, help, self.deciding(&[Role::Other]))
    }

    fn hidden(&self) -> Flag {
        let (role, name) = if self.described == Described::Pm {
            (Role::Pm, "product manager")
        } else {
            (Role::Pmm, "product marketing manager")
        };
        let message = format!("{}; {}", self.majority(role), self.title_says());
        let help = format!("people who look for \"{name}\" will not find this posting: consider that title");
        self.flag(Code::Rc004, message, help, self.deciding(&[role]))
    }

    fn ambiguous(&self) -> Flag {
        let (claim, job) = match (self.described, self.claimed) {
            (Described::Mixed, _) => (Claim::Both, "Product & Product Marketing Manager"),
            (Described::Pmm, _) | (Described::Neither | Described::Insufficient, Claim::Pmm) => {
                (Claim::Pmm, "Product Marketing Manager")
            }
            _ => (Claim::Pm, "Product Manager"),
        };
        // A title of both roles has no name of one that could stand for the other.
        let is_plain = |title: &String| {
            self.called != Claim::Both
                && (claim == Claim::Both || self.titles.claim(title).trap.is_none())
                && Some(title.as_str()) != self.title
        };
        let title = self.title.and_then(|title| self.titles.renamed(title.trim(), claim)).filter(is_plain);
        let title = title.as_deref().unwrap_or(job);
        let (message, help) = match self.trap {
            Some(trap) if self.called != Claim::Both => (
                format!("the title is often misread: {trap}"),
                format!("say in the title which role it is, such as \"{title}\""),
            ),
            _ => (
                "the title calls product management and product marketing at once".to_owned(),
                format!(
                    "call the one role that holds most duties, such as \"{title}\", or list the duties of both"
                ),
            ),
        };
        self.flag(Code::Rc005, message, help, Vec::new())
    }

    fn too_few(&self) -> Flag {
        let (message, help) = match (self.total(), self.helped()) {
            (0, helped @ 1..) => (
                format!("too few duties to judge: none is the hire's own, in {helped} the hire helps others"),
                "name what the hire does alone, one duty a line",
            ),
            (total, _) => {
                let message = if total < FEW {
                    format!("too few duties to judge: {} found", self.counted())
                } else {
                    format!("the text tells too little to judge by: {total} duties found, most of them vague")
                };
                let list = "list what the hire will do, one duty a line, under a heading such as \"What you will do\"";
                (message, list)
            }
        };
        self.flag(Code::Rc006, message, help.to_owned(), Vec::new())
    }

    /// Success measured by the other role's figures, in a posting that is otherwise what its title calls.
    fn foreign_metric(&self) -> Option<Flag> {
        let other = match (self.ruling, self.claimed) {
            (Ruling::Match, Claim::Pm) => Role::Pmm,
            (Ruling::Match, Claim::Pmm) => Role::Pm,
            _ => return None,
        };
        let measure = format!("{other}/metrics/measured-by-");
        let measures = |index: usize| {
            let found = &self.evidence[index];
            found.role == other
                && (self.measured.contains(&index)
                    || found.actor == Actor::Owns && found.term.starts_with(&measure))
        };
        let found: Vec<usize> = (0..self.evidence.len()).filter(|&index| measures(index)).collect();
        let mut figures: Vec<String> = Vec::new();
        for &index in &found {
            let figure = format!("\"{}\"", self.evidence[index].text);
            if !figures.contains(&figure) {
                figures.push(figure);
            }
        }
        let of = match figures.len() {
            0 => return None,
            1 => "a figure",
            _ => "figures",
        };
        let message =
            format!("success is measured by {of} of {}: {}", field(other), listed(&figures, QUOTED));
        let help = format!(
            "measure the hire by figures that the duties of {} move",
            field(if other == Role::Pm { Role::Pmm } else { Role::Pm })
        );
        Some(self.flag(Code::Rc007, message, help, found))
    }

    /// Of every duty that is counted for these roles the words that tell it, and the heaviest of the others, twelve
    /// pieces in all if the duties are not more; in reading order.
    fn deciding(&self, roles: &[Role]) -> Vec<usize> {
        let counts = |found: &Evidence| {
            let counted = Counted { role: Some(found.role), actor: Actor::Owns };
            roles.contains(&found.role) && found.weight > 0.0 && found.duty == Some(counted)
        };
        let mut clauses: BTreeMap<_, Vec<Piece>> = BTreeMap::new();
        for (index, found) in self.evidence.iter().enumerate().filter(|(_, found)| counts(found)) {
            clauses.entry((found.span.field.as_deref(), &found.clause)).or_default().push((index, found));
        }
        let telling = |pieces: &Vec<Piece>| {
            let told = evidence::telling(pieces, |(_, found)| (area::of_term(&found.term), found.weight));
            told.map(|&(index, _)| index)
        };
        let mut found: Vec<usize> = clauses.values().filter_map(telling).collect();
        let mut others: Vec<Piece> =
            clauses.into_values().flatten().filter(|(index, _)| !found.contains(index)).collect();
        others.sort_by(|(a, one), (b, other)| other.weight.total_cmp(&one.weight).then(a.cmp(b)));
        let room = CITED.saturating_sub(found.len());
        found.extend(others.into_iter().take(room).map(|(index, _)| index));
        found.sort_unstable();
        found
    }
}
