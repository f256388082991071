//! Puts the judgement into words: flags with what is wrong, the duties that show it, and what to do.

use std::sync::Arc;

use crate::area;
use crate::declared::Declared;
use crate::rule::Code;
use crate::settings::Settings;
use crate::title::Titles;
use crate::verdict::{Duties, Evidence, Flag};
use crate::vocabulary::{Actor, Claim, Described, Role, Ruling};

/// Most areas that a message lists.
const AREAS_NAMED: usize = 4;

/// Duties below which a posting has too few of them.
const FEW: u32 = 3;

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
    /// Owned clauses by area and role, largest first.
    pub(crate) areas: &'a [(Arc<str>, Role, u32)],
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
        if self.called == Claim::Both || self.trap.is_some() {
            flags.push(self.ambiguous());
        }
        let concerns =
            self.claimed.names_a_role() || matches!(self.described, Described::Pm | Described::Pmm);
        let too_few = self.described == Described::Insufficient || self.total() == 0;
        if concerns && too_few {
            let message = if self.total() < FEW {
                format!("too few duties to judge: {} found", self.counted())
            } else {
                format!(
                    "the text tells too little to judge by: {} duties found, most of them vague",
                    self.total()
                )
            };
            let help =
                "list what the hire will do, one duty a line, under a heading such as \"What you will do\"";
            flags.push(self.flag(Code::Rc006, message, help.to_owned(), Vec::new()));
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
        let (message, help) = match self.trap {
            Some(trap) => {
                (format!("the title is often misread: {trap}"), "say in the first sentence which role it is")
            }
            None => (
                "the title calls product management and product marketing at once".to_owned(),
                "choose the role that holds most duties, or say how the time divides",
            ),
        };
        self.flag(Code::Rc005, message, help.to_owned(), Vec::new())
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
        let first = found.first()?;
        let message = format!(
            "success is measured by a figure of {}: \"{}\"",
            field(other),
            self.evidence[*first].text
        );
        let help = format!(
            "measure the hire by figures that the duties of {} move",
            field(if other == Role::Pm { Role::Pmm } else { Role::Pm })
        );
        Some(self.flag(Code::Rc007, message, help, found))
    }

    fn total(&self) -> u32 {
        self.duties.pm + self.duties.pmm + self.duties.shared + self.duties.other
    }

    fn counted(&self) -> String {
        match self.total() {
            0 => "none".to_owned(),
            1 => "one".to_owned(),
            count => count.to_string(),
        }
    }

    /// "14 duties".
    fn all_duties(&self) -> String {
        match self.total() {
            1 => "1 duty".to_owned(),
            count => format!("{count} duties"),
        }
    }

    /// "9 of 14 duties are product marketing (positioning 3, launch 2)".
    fn majority(&self, role: Role) -> String {
        let count = self.count(role);
        let verb = if count == 1 { "is" } else { "are" };
        format!("{count} of {} {verb} {}{}", self.all_duties(), field(role), self.by_area(role))
    }

    /// "2 are product management (roadmap 2)", with the whole named before.
    fn minority(&self, role: Role) -> String {
        match self.count(role) {
            0 => format!("none is {}", field(role)),
            1 => format!("1 is {}{}", field(role), self.by_area(role)),
            count => format!("{count} are {}{}", field(role), self.by_area(role)),
        }
    }

    /// The areas of a role with their duties, most first, and the names of equals by the alphabet.
    fn areas_of(&self, role: Role) -> Vec<(String, u32)> {
        let of_role = self.areas.iter().filter(|(_, of, _)| *of == role);
        let mut areas: Vec<(String, u32)> =
            of_role.map(|(area, _, clauses)| (area::plain(area), *clauses)).collect();
        areas.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        areas
    }

    /// " (positioning 3, launch 2, 1 more)", so that the figures add up to those of the role.
    fn by_area(&self, role: Role) -> String {
        let areas = self.areas_of(role);
        let mut list: Vec<String> =
            areas.iter().take(AREAS_NAMED).map(|(name, clauses)| format!("{name} {clauses}")).collect();
        let more: u32 = areas.iter().skip(AREAS_NAMED).map(|(_, clauses)| clauses).sum();
        if more > 0 {
            list.push(format!("{more} more"));
        }
        if list.is_empty() { String::new() } else { format!(" ({})", list.join(", ")) }
    }

    /// "product marketing duties (positioning, launch, sales enablement)".
    fn duties_of(&self, role: Role) -> String {
        let names: Vec<String> =
            self.areas_of(role).into_iter().take(AREAS_NAMED).map(|(name, _)| name).collect();
        let names = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
        format!("{} duties{names}", field(role))
    }

    fn count(&self, role: Role) -> u32 {
        match role {
            Role::Pm => self.duties.pm,
            Role::Pmm => self.duties.pmm,
            Role::Shared => self.duties.shared,
            Role::Other => self.duties.other,
        }
    }

    fn title_says(&self) -> String {
        if let Some(declared) = self.declared {
            return declared.to_string();
        }
        match (self.claimed, self.title) {
            (Claim::None, _) | (_, None) => "the title names no job".to_owned(),
            (_, Some(title)) => format!("the title says \"{}\"", title.trim()),
        }
    }

    /// The evidence of these roles that the hire owns, heaviest first, at most twelve pieces.
    fn deciding(&self, roles: &[Role]) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.evidence.len())
            .filter(|&index| {
                let found = &self.evidence[index];
                roles.contains(&found.role) && found.actor == Actor::Owns && found.weight > 0.0
            })
            .collect();
        found.sort_by(|&a, &b| self.evidence[b].weight.total_cmp(&self.evidence[a].weight).then(a.cmp(&b)));
        found.truncate(12);
        found.sort_unstable();
        found
    }
}

fn field(role: Role) -> &'static str {
    match role {
        Role::Pm => "product management",
        Role::Pmm => "product marketing",
        Role::Shared => "work that both roles share",
        Role::Other => "another job",
    }
}
