//! Puts the judgement into words: flags with what is wrong, the duties that show it, and what to do.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::rule::Code;
use crate::settings::Settings;
use crate::verdict::{Duties, Evidence, Flag};
use crate::vocabulary::{Actor, Claim, Described, Role, Ruling};

/// Most areas that a message lists.
const AREAS_NAMED: usize = 4;

/// Duties below which a posting has too few of them.
const FEW: u32 = 3;

/// What the flags are made from.
pub(crate) struct Findings<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) title: Option<&'a str>,
    pub(crate) claimed: Claim,
    pub(crate) trap: Option<&'a str>,
    pub(crate) described: Described,
    pub(crate) ruling: Ruling,
    pub(crate) nearest: Option<&'a str>,
    pub(crate) duties: Duties,
    /// Owned clauses by area and role, largest first.
    pub(crate) areas: &'a [(Arc<str>, Role, u32)],
    pub(crate) evidence: &'a [Evidence],
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
        if self.claimed == Claim::Both || self.trap.is_some() {
            flags.push(self.ambiguous());
        }
        let concerns = matches!(self.claimed, Claim::Pm | Claim::Pmm | Claim::Both)
            || matches!(self.described, Described::Pm | Described::Pmm);
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
        let help = format!(
            "rename the posting to {}, or replace these duties with those of {}",
            job(role),
            field(other)
        );
        self.flag(Code::Rc001, message, help, self.deciding(&[role]))
    }

    fn mixed(&self) -> Flag {
        let message =
            format!("{}; {}; {}", self.majority(Role::Pm), self.majority(Role::Pmm), self.title_says());
        let help = match self.claimed {
            Claim::Pm => {
                "move the product marketing duties to a posting of their own, or name both roles in the title"
            }
            Claim::Pmm => {
                "move the product management duties to a posting of their own, or name both roles in the title"
            }
            _ => "split the posting, or name both roles in the title",
        };
        self.flag(Code::Rc002, message, help.to_owned(), self.deciding(&[Role::Pm, Role::Pmm]))
    }

    fn unsupported(&self) -> Flag {
        let named = self.duties.pm + self.duties.pmm;
        let other = self
            .nearest
            .map_or_else(|| "another job".to_owned(), |family| format!("another job, nearest to {family}"));
        let message = format!(
            "{named} of {} owned duties are product management or product marketing; the rest describe {other}; {}",
            self.total(),
            self.title_says()
        );
        let help = match self.claimed {
            Claim::Pmm => {
                "rename the posting after the work it describes, or add the positioning, launches and enablement that the hire will own"
            }
            _ => {
                "rename the posting after the work it describes, or add the product decisions that the hire will own"
            }
        };
        self.flag(Code::Rc003, message, help.to_owned(), self.deciding(&[Role::Other]))
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
        let found: Vec<usize> = (0..self.evidence.len())
            .filter(|&index| {
                self.evidence[index].actor == Actor::Owns && self.evidence[index].term.starts_with(&measure)
            })
            .collect();
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

    /// "9 of 14 duties are product marketing (positioning 3, launch 2)".
    fn majority(&self, role: Role) -> String {
        let count = self.count(role);
        let verb = if count == 1 { "is" } else { "are" };
        let mut text = format!("{count} of {} duties {verb} {}", self.total(), field(role));
        let mut named: BTreeMap<(std::cmp::Reverse<u32>, &str), u32> = BTreeMap::new();
        for (area, _, clauses) in self.areas.iter().filter(|(_, of, _)| *of == role) {
            let short = area.rsplit('/').next().unwrap_or(area);
            named.insert((std::cmp::Reverse(*clauses), short), *clauses);
        }
        let list: Vec<String> = named
            .iter()
            .take(AREAS_NAMED)
            .map(|((_, name), clauses)| format!("{} {clauses}", name.replace('-', " ")))
            .collect();
        if !list.is_empty() {
            let _ = write!(text, " ({})", list.join(", "));
        }
        text
    }

    fn minority(&self, role: Role) -> String {
        let count = self.count(role);
        let verb = if count == 1 { "is" } else { "are" };
        if count == 0 {
            format!("none is {}", field(role))
        } else {
            format!("{count} {verb} {}", field(role))
        }
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
        match (self.claimed, self.title) {
            (Claim::None, _) | (_, None) => "the title names no job".to_owned(),
            (_, Some(title)) => format!("the title says \"{}\"", title.trim()),
        }
    }

    /// The evidence of these roles that the hire owns, heaviest first, at most twelve pieces.
    fn deciding(&self, roles: &[Role]) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.evidence.len())
            .filter(|&index| roles.contains(&self.evidence[index].role) && self.evidence[index].weight > 0.0)
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

fn job(role: Role) -> &'static str {
    match role {
        Role::Pm => "Product Manager",
        _ => "Product Marketing Manager",
    }
}
