//! One posting as the page shows it: the answer, the flags, the duties by role and actor, and how the verdict came
//! about.

use super::bar::Bar;
use super::marked::{self, Piece};
use super::reading::{self, Reading};
use crate::advice::{Advice, advice};
use crate::outcome::Judged;
use crate::report::table::place;
use crate::report::text::whole_percent;
use crate::report::{safe, words};
use crate::rule::Code;
use crate::verdict::{AreaScore, Evidence, Flag, Verdict};
use crate::vocabulary::{Actor, Role, Ruling};

/// One posting.
pub(super) struct CardView {
    /// Number on the page.
    pub(super) number: usize,
    pub(super) title: String,
    pub(super) company: String,
    pub(super) location: String,
    pub(super) place: String,
    /// Empty when it says no more than the place.
    pub(super) id: String,
    pub(super) url: Option<String>,
    pub(super) ruling: Ruling,
    pub(super) answer: String,
    pub(super) flags: Vec<FlagView>,
    /// What is uncertain, where no flag says so.
    pub(super) review: Option<Advice>,
    pub(super) groups: Vec<DutyGroup>,
    /// Found words that do not count.
    pub(super) idle: Option<DutyGroup>,
    pub(super) left_out: bool,
    pub(super) truncated: bool,
    pub(super) derivation: Derivation,
    /// The full text with the duties marked.
    pub(super) reading: Option<Reading>,
    /// The full text as written, when that is all there is.
    pub(super) raw: Option<String>,
}

/// A rule that the posting breaks.
pub(super) struct FlagView {
    pub(super) severity: &'static str,
    pub(super) code: &'static str,
    pub(super) rule: String,
    pub(super) message: String,
    pub(super) help: String,
}

/// Duties of one role with one actor.
pub(super) struct DutyGroup {
    pub(super) role: Role,
    pub(super) name: &'static str,
    pub(super) actor: &'static str,
    pub(super) clauses: Vec<ClauseView>,
}

/// A clause with its found words.
pub(super) struct ClauseView {
    pub(super) pieces: Vec<Piece>,
    pub(super) zone: &'static str,
    pub(super) line: String,
    pub(super) areas: String,
}

/// How the verdict came about.
pub(super) struct Derivation {
    /// What the title calls, or what was declared in its place.
    pub(super) calls: String,
    pub(super) declared: bool,
    pub(super) duties: Bar,
    pub(super) areas: Vec<Weighed>,
    pub(super) more_areas: usize,
    pub(super) sums: String,
    pub(super) share: Option<String>,
    pub(super) probabilities: Vec<Probability>,
    pub(super) sureness: String,
    pub(super) ruling: Ruling,
    pub(super) meaning: &'static str,
}

/// An area with the weight of its evidence.
pub(super) struct Weighed {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) hits: u32,
    pub(super) weight: String,
    pub(super) width: String,
}

/// The probability of a description.
pub(super) struct Probability {
    pub(super) name: &'static str,
    pub(super) class: &'static str,
    pub(super) percent: String,
    pub(super) width: String,
    pub(super) best: bool,
}

/// How many areas the derivation names.
const AREAS: usize = 8;

impl CardView {
    pub(super) fn new(number: usize, judged: &Judged, with_evidence: bool) -> Self {
        let verdict = &judged.verdict;
        let text = |field: Option<&str>| safe::line(field.unwrap_or_default(), 300);
        let title = text(judged.title.as_deref());
        let evidence: &[Evidence] = if with_evidence { &verdict.evidence } else { &[] };
        let (groups, idle) = groups(evidence, verdict);
        Self {
            number,
            title: if title.is_empty() { "(no title)".to_owned() } else { title },
            company: text(judged.company.as_deref()),
            location: text(judged.location.as_deref()),
            place: place(&judged.source),
            id: if judged.id == *judged.source.path { String::new() } else { text(Some(&judged.id)) },
            url: judged.url.as_deref().and_then(link),
            ruling: verdict.verdict,
            answer: words::sentence(verdict),
            flags: verdict.flags.iter().map(FlagView::new).collect(),
            review: advice(verdict)
                .filter(|_| verdict.flags.iter().all(|flag| flag.code != Code::Rc006))
                .map(|Advice { why, help }| Advice {
                    why: safe::line(&why, 1000),
                    help: safe::line(&help, 1000),
                }),
            left_out: evidence.is_empty() && verdict.areas.iter().any(|area| area.weight > 0.0),
            groups,
            idle,
            truncated: verdict.text.truncated,
            derivation: Derivation::new(verdict),
            reading: judged.reading.as_deref().map(|passages| Reading::new(passages, evidence)),
            raw: judged.body.as_deref().filter(|_| judged.reading.is_none()).map(reading::raw),
        }
    }
}

/// The address when a browser may follow it: http or https, without white space or control characters.
pub(super) fn link(url: &str) -> Option<String> {
    let url = url.trim();
    let (scheme, rest) = url.split_once("://")?;
    let web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let plain = !rest.is_empty() && url.len() <= 2048 && safe::visible(url) == url && !url.contains(' ');
    (web && plain).then(|| url.to_owned())
}

impl FlagView {
    fn new(flag: &Flag) -> Self {
        Self {
            severity: flag.severity.name(),
            code: flag.code.code(),
            rule: safe::line(&flag.rule, 80).replace('-', " "),
            message: safe::line(&flag.message, 1000),
            help: safe::line(&flag.help, 1000),
        }
    }
}

/// The clauses with evidence by the role that they count for and by actor, the described role first.
fn groups(evidence: &[Evidence], verdict: &Verdict) -> (Vec<DutyGroup>, Option<DutyGroup>) {
    let all: Vec<&Evidence> = evidence.iter().collect();
    let mut order = vec![(Role::Pm, Actor::Owns), (Role::Pmm, Actor::Owns)];
    if verdict.probabilities.pmm > verdict.probabilities.pm {
        order.reverse();
    }
    order.extend(order.clone().into_iter().map(|(role, _)| (role, Actor::Contributes)));
    for actor in [Actor::Owns, Actor::Contributes] {
        order.extend([(Role::Shared, actor), (Role::Other, actor)]);
    }
    let mut groups: Vec<DutyGroup> = order
        .iter()
        .map(|&(role, actor)| DutyGroup {
            role,
            name: words::role(role),
            actor: words::actor(actor),
            clauses: Vec::new(),
        })
        .collect();
    let mut idle = DutyGroup {
        role: Role::Other,
        name: "Found, but it does not count",
        actor: "somebody else’s work, a requirement, or talk of the company",
        clauses: Vec::new(),
    };
    let mut at = 0;
    while let Some(first) = all.get(at) {
        let marks = marked::places(&first.clause, &all[at..]);
        let here = &all[at..at + marks.len().max(1)];
        at += here.len();
        let clause = ClauseView::new(&first.clause, marks, here);
        let place = counted(here).and_then(|key| order.iter().position(|&known| known == key));
        match place {
            Some(place) => groups[place].clauses.push(clause),
            None => idle.clauses.push(clause),
        }
    }
    groups.retain(|group| !group.clauses.is_empty());
    (groups, (!idle.clauses.is_empty()).then_some(idle))
}

/// What the verdict counts a clause as, so that the sentences here are those of the figures. Results that do not say
/// so tell it by the heaviest words.
fn counted(here: &[&Evidence]) -> Option<(Role, Actor)> {
    if let Some(duty) = here.iter().find_map(|found| found.duty) {
        return duty.role.map(|role| (role, duty.actor));
    }
    let best = here.iter().max_by(|a, b| a.weight.total_cmp(&b.weight))?;
    (best.weight > 0.0).then_some((best.role, best.actor))
}

impl ClauseView {
    fn new(clause: &str, marks: Vec<(usize, usize, marked::Mark)>, evidence: &[&Evidence]) -> Self {
        let cues: Vec<&str> = evidence.iter().filter_map(|found| found.cue.as_deref()).collect();
        let marks = marked::with_cues(clause, marks, &cues);
        let first = evidence[0];
        // Several words may speak of one area: its sum is what counts.
        let mut sums: Vec<(&str, f64)> = Vec::new();
        for found in evidence.iter().filter(|found| found.weight > 0.0) {
            let area = found.term.rsplit_once('/').map_or(&*found.term, |(area, _)| area);
            match sums.iter_mut().find(|(known, _)| *known == area) {
                Some((_, sum)) => *sum += found.weight,
                None => sums.push((area, found.weight)),
            }
        }
        sums.sort_by(|a, b| b.1.total_cmp(&a.1));
        let counted: Vec<String> =
            sums.iter().map(|(area, sum)| format!("{} +{sum:.1}", words::area(area))).collect();
        let areas =
            if counted.is_empty() { words::actor(first.actor).to_owned() } else { counted.join(", ") };
        Self {
            pieces: marked::cut(clause, &marks),
            zone: words::zone(first.zone),
            line: match &first.span.field {
                Some(field) => format!("{}, line {}", safe::line(field, 40), first.span.line),
                None => format!("line {}", first.span.line),
            },
            areas,
        }
    }
}

impl Derivation {
    fn new(verdict: &Verdict) -> Self {
        let duties = verdict.duties;
        let areas: Vec<_> = verdict.areas.iter().filter(|area| area.weight > 0.0).collect();
        let heaviest = areas.first().map_or(1.0, |area| area.weight);
        let sum = |role: Role| -> f64 {
            let of_role = areas.iter().filter(|area| crate::deciding::role_of(&area.area) == role);
            of_role.fold(0.0, |sum, area| sum + area.weight)
        };
        let mut pairs = verdict.probabilities.pairs().to_vec();
        pairs.sort_by(|a, b| b.1.total_cmp(&a.1));
        Self {
            calls: match verdict.declared_by {
                Some(by) => format!("{}, by {by}", words::claim(verdict.claimed)),
                None => words::claim(verdict.claimed).to_owned(),
            },
            declared: verdict.declared_by.is_some(),
            duties: Bar::new(&[
                ("pm", "product management", duties.pm.into()),
                ("pmm", "product marketing", duties.pmm.into()),
                ("shared", "both roles’", duties.shared.into()),
                ("other", "other or unnamed", duties.other.into()),
            ]),
            more_areas: areas.len().saturating_sub(AREAS),
            sums: format!(
                "In all: product management {:.1}, product marketing {:.1}, work of both {:.1}, other jobs {:.1}.",
                sum(Role::Pm),
                sum(Role::Pmm),
                sum(Role::Shared),
                sum(Role::Other)
            ),
            areas: areas
                .iter()
                .take(AREAS)
                .map(|area| Weighed {
                    name: area_name(&area.area, &areas),
                    role: crate::deciding::role_of(&area.area),
                    hits: area.hits,
                    weight: format!("{:.1}", area.weight),
                    width: super::bar::percent(area.weight / heaviest),
                })
                .collect(),
            share: verdict.shares.map(|shares| {
                format!(
                    "Of the work that belongs to one of the two roles, {} is product management and {} product marketing; \
                     help counts a third.",
                    whole_percent(shares.pm),
                    whole_percent(shares.pmm)
                )
            }),
            probabilities: pairs
                .iter()
                .enumerate()
                .map(|(at, &(described, probability))| Probability {
                    name: words::description(described),
                    class: match described.name() {
                        name @ ("pm" | "pmm" | "mixed") => name,
                        _ => "other",
                    },
                    percent: whole_percent(probability),
                    width: super::bar::percent(probability),
                    best: at == 0,
                })
                .collect(),
            sureness: words::sureness(verdict),
            ruling: verdict.verdict,
            meaning: crate::report::overview::meaning_of(verdict),
        }
    }
}

/// The name of an area; with its role where another one of these has the same name.
fn area_name(full: &str, all: &[&AreaScore]) -> String {
    let name = words::area(full);
    if all.iter().any(|other| *other.area != *full && words::area(&other.area) == name) {
        let role = words::role(crate::deciding::role_of(full));
        return format!("{name} ({})", role.to_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::vocabulary::{Claim, Described};

    #[test]
    fn only_web_addresses_are_links() {
        const CASES: &[(&str, bool)] = &[
            ("https://example.com/jobs/1", true),
            (" HTTP://example.com ", true),
            ("javascript:alert(1)", false),
            ("javascript://example.com/%0Aalert(1)", false),
            ("data:text/html,x", false),
            ("ftp://example.com", false),
            ("https://", false),
            ("https://exa\u{202e}mple.com", false),
            ("https://example.com/a b", false),
            ("//example.com", false),
            ("example.com", false),
        ];
        for &(url, expected) in CASES {
            assert_eq!(link(url).is_some(), expected, "{url}");
        }
    }

    #[test]
    fn areas_of_one_name_tell_their_roles() {
        let judged = fixture::posting("Product Manager")
            .says("pmm/launch/run-launches", "plan launches", 1.0)
            .says("shared/launch/launch", "launches", 0.6)
            .says("pmm/messaging/messaging", "messaging", 0.5)
            .judged();
        let card = CardView::new(0, &judged, true);
        let names: Vec<&str> = card.derivation.areas.iter().map(|area| area.name.as_str()).collect();
        assert_eq!(names, ["launch (product marketing)", "launch (work that both roles do)", "messaging"]);
    }

    #[test]
    fn duties_are_grouped_and_what_does_not_count_stands_apart() {
        let judged = fixture::posting("Product Manager")
            .ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, 0.97)
            .says("pmm/positioning/positioning", "positioning", 2.0)
            .says("pm/backlog/backlog", "backlog", 1.0)
            .says("pmm/messaging/messaging", "messaging", 0.0)
            .judged();
        let card = CardView::new(0, &judged, true);
        let names: Vec<_> = card.groups.iter().map(|group| (group.role, group.clauses.len())).collect();
        assert_eq!(names, [(Role::Pmm, 1), (Role::Pm, 1)]);
        assert_eq!(card.idle.unwrap().clauses.len(), 1);
        let card = CardView::new(0, &judged, false);
        assert!(card.groups.is_empty() && card.left_out);
    }
}
