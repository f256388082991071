//! What the page says in sentences.

use super::place::place;
use super::safe;
use super::text::{agreed, counted, counted_as, number, percent, points, whole_percent};
use crate::area;
use crate::declared::Declarer;
use crate::summary::Summary;
use crate::suspicion;
use crate::verdict::Verdict;
use crate::vocabulary::{Actor, Claim, Described, Doubt, Role, Ruling, Zone};

/// A sentence on what the totals leave out, or what makes them doubtful.
pub(super) struct Remark {
    pub(super) text: String,
    pub(super) alarming: bool,
}

/// What a reader of the totals should know: copies, suspicions, and an end before the end.
pub(super) fn remarks(summary: &Summary) -> Vec<Remark> {
    let mut all = Vec::new();
    let mut say = |alarming: bool, text: String| all.push(Remark { text, alarming });
    if summary.interrupted {
        say(true, "The run was interrupted: there is more input than these totals count.".to_owned());
    }
    if let Some(shard) = &summary.shard {
        say(false, format!("This is part {} of the input.", safe::line(shard, 40)));
    }
    let duplicates = summary.duplicates;
    if duplicates.copies() > 0 {
        let exact = match (duplicates.exact, duplicates.copies()) {
            (exact, all) if exact == all => "the very same text".to_owned(),
            (0, _) => "nearly the same text".to_owned(),
            (exact, all) => {
                format!("{} the very same text, {} nearly the same", number(exact), number(all - exact))
            }
        };
        let how = match (duplicates.dropped, duplicates.copies()) {
            (1.., 1) => "was dropped",
            (1.., _) => "were dropped",
            (0, 1) => "is not counted again",
            (0, _) => "are not counted again",
        };
        say(
            false,
            format!(
                "{} {} earlier ones ({exact}) and {how}.",
                counted(duplicates.copies(), "posting"),
                agreed(duplicates.copies(), "repeats", "repeat")
            ),
        );
    }
    if duplicates.forgotten > 0 {
        say(
            false,
            format!(
                "{} were too long ago to be remembered: copies of them were not recognised.",
                counted(duplicates.forgotten, "posting")
            ),
        );
    }
    for (kind, postings, suspicion) in suspicion::by_kind(&summary.suspected_faults) {
        let title = match suspicion.title.as_deref() {
            Some(title) => format!(", such as \"{}\"", safe::line(title, 80)),
            None => String::new(),
        };
        say(
            true,
            format!(
                "Suspected scrape fault: {}. {}, first at {}{title}.",
                kind.meaning(),
                counted(postings, "posting"),
                place(&suspicion.first)
            ),
        );
    }
    all
}

/// The answer, and what else there is to know, in a sentence each.
pub(super) fn answer(summary: &Summary) -> (String, String) {
    let wrong = summary.mislabelled;
    let judged = summary.postings();
    if summary.counts.records == 0 {
        let lede = "Nothing came in: rolecall scan --explain-input says how a file is read.";
        return ("No postings were read.".to_owned(), lede.to_owned());
    }
    if judged == 0 {
        let records = counted(summary.counts.records, "record");
        let lede = format!("{records} came in; the reasons stand below.");
        return ("No posting could be judged.".to_owned(), lede);
    }
    let (Some(share), Some(low), Some(high)) = (wrong.share, wrong.low, wrong.high) else {
        let lede = match summary.ruled(Ruling::Hidden) {
            0 => format!("{} judged.", counted(judged, "posting")),
            hidden => format!(
                "{} judged, and {} a product role under another title.",
                counted(judged, "posting"),
                counted_as(hidden, "describes", "describe")
            ),
        };
        return ("No posting calls a product role.".to_owned(), lede);
    };
    let head = match wrong.count {
        0 => {
            format!(
                "None of {} that {} a product role {} the other one.",
                counted(wrong.of, "posting"),
                agreed(wrong.of, "calls", "call"),
                "describes"
            )
        }
        count => format!(
            "{} of {} that {} a product role {} the other one.",
            number(count),
            counted(wrong.of, "posting"),
            agreed(wrong.of, "calls", "call"),
            agreed(count, "describes", "describe"),
        ),
    };
    let mut lede = match wrong.count {
        0 => {
            format!("In general, up to {} of such postings may be mislabelled (95% interval).", percent(high))
        }
        _ => format!(
            "That is {} mislabelled, and between {} and {} of such postings in general (95% interval).",
            percent(share),
            percent(low),
            percent(high)
        ),
    };
    let mut more = Vec::new();
    for (ruling, one, many) in [
        (Ruling::Mixed, "mixes the two roles", "mix the two roles"),
        (Ruling::Unsupported, "describes another job", "describe another job"),
        (
            Ruling::Hidden,
            "hides a product role under another title",
            "hide a product role under another title",
        ),
        (Ruling::Review, "needs a person to decide", "need a person to decide"),
        (Ruling::Match, "matches its title", "match their titles"),
    ] {
        let count = summary.ruled(ruling);
        if count > 0 {
            more.push(counted_as(count, one, many));
        }
    }
    if let Some(last) = more.pop() {
        let list = if more.is_empty() { last } else { format!("{} and {last}", more.join(", ")) };
        lede = format!("{lede} {list}.");
    }
    (head, lede)
}

/// What title and duties of a posting say together.
pub(super) fn sentence(verdict: &Verdict) -> String {
    let title = match (verdict.declared_by, verdict.claimed) {
        (Some(Declarer::Draft), claimed) => format!("The draft declares the role {claimed}"),
        (Some(Declarer::Configuration), claimed) => format!("The configuration expects the role {claimed}"),
        (None, Claim::Pm) => "The title calls a product manager".to_owned(),
        (None, Claim::Pmm) => "The title calls a product marketing manager".to_owned(),
        (None, Claim::Both) => "The title calls both roles at once".to_owned(),
        (None, Claim::Other) => "The title calls another job".to_owned(),
        (None, Claim::None) => "The title names no job".to_owned(),
    };
    let joint = match verdict.verdict {
        Ruling::Match | Ruling::OutOfScope => "and",
        _ => "but",
    };
    let duties = described(verdict);
    match verdict.verdict {
        Ruling::Review if verdict.described == Described::Insufficient => {
            format!("{title}; the text shows too few duties to tell what the job is.")
        }
        Ruling::Review if verdict.doubt == Some(Doubt::Duties) => {
            format!(
                "{title}; the whole text reads like {duties}, but the duties that can be counted do not show it."
            )
        }
        Ruling::Review if verdict.doubt == Some(Doubt::Truncated) => {
            format!("{title}; the duties look like {duties}, but the source cut the text short.")
        }
        Ruling::Review => format!("{title}; the duties look like {duties}, but not surely enough to say so."),
        _ => format!("{title}, {joint} the duties are {duties}."),
    }
}

/// What the duties are, inside a sentence.
fn described(verdict: &Verdict) -> String {
    match verdict.described {
        Described::Pm => "product management".to_owned(),
        Described::Pmm => "product marketing".to_owned(),
        Described::Mixed => "a mix of product management and product marketing".to_owned(),
        Described::Neither => match verdict.nearest.as_deref() {
            Some(nearest) => format!("another job’s, nearest to {}", area::plain(nearest)),
            None => "another job’s".to_owned(),
        },
        Described::Insufficient => "too few to tell".to_owned(),
    }
}

/// How sure the verdict is, and over what.
pub(super) fn sureness(verdict: &Verdict) -> String {
    let mut pairs = verdict.probabilities.pairs();
    pairs.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    format!(
        "{} for {}, {} ahead of {}.",
        whole_percent(verdict.confidence),
        description(pairs[0].0),
        points(verdict.margin),
        description(pairs[1].0)
    )
}

/// A description as a label.
pub(super) fn description(described: Described) -> &'static str {
    match described {
        Described::Pm => "product management",
        Described::Pmm => "product marketing",
        Described::Mixed => "both, mixed",
        Described::Neither => "another job",
        Described::Insufficient => "too little to tell",
    }
}

/// A claim as a label.
pub(super) fn claim(claimed: Claim) -> &'static str {
    match claimed {
        Claim::Pm => "product management",
        Claim::Pmm => "product marketing",
        Claim::Both => "both roles",
        Claim::Other => "another job",
        Claim::None => "no job",
    }
}

/// A role as the heading of its duties.
pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Pm => "Product management",
        Role::Pmm => "Product marketing",
        Role::Shared => "Work that both roles do",
        Role::Other => "Other jobs’ work",
    }
}

/// Who does a duty.
pub(super) fn actor(actor: Actor) -> &'static str {
    match actor {
        Actor::Owns => "the hire does it",
        Actor::Contributes => "the hire helps",
        Actor::Other => "somebody else does it",
        Actor::None => "not a duty",
    }
}

/// What a stretch of a posting is for.
pub(super) fn zone(zone: Zone) -> &'static str {
    match zone {
        Zone::Intro => "Introduction",
        Zone::Duties => "Duties",
        Zone::Requirements => "Requirements",
        Zone::Company => "Company",
        Zone::Benefits => "Benefits",
        Zone::Legal => "Legal",
        Zone::Process => "How to apply",
        Zone::Career => "Career",
        Zone::Other => "Other",
    }
}

/// The name of an area without its role: `product content`.
pub(super) fn area(full: &str) -> String {
    safe::line(&area::plain(full), 80)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn a_verdict_reads_as_a_sentence() {
        let posting = |claimed, described, ruling| {
            sentence(&fixture::posting("x").ruled(claimed, described, ruling, 0.9).judged().verdict)
        };
        assert_eq!(
            posting(Claim::Pm, Described::Pmm, Ruling::Mislabelled),
            "The title calls a product manager, but the duties are product marketing."
        );
        assert_eq!(
            posting(Claim::Pmm, Described::Pm, Ruling::Review),
            "The title calls a product marketing manager; the duties look like product management, but not surely \
             enough to say so."
        );
        assert_eq!(
            posting(Claim::Other, Described::Neither, Ruling::OutOfScope),
            "The title calls another job, and the duties are another job’s."
        );
    }

    #[test]
    fn copies_are_told_as_postings_that_repeat_others() {
        let mut summary = Summary::default();
        summary.duplicates.marked = 904;
        assert_eq!(
            remarks(&summary)[0].text,
            "904 postings repeat earlier ones (nearly the same text) and are not counted again."
        );
    }

    #[test]
    fn the_answer_counts_and_knows_its_plurals() {
        let mut summary = Summary::default();
        let wrong = fixture::posting("Product Manager")
            .ruled(Claim::Pm, Described::Pmm, Ruling::Mislabelled, 0.97)
            .outcome();
        summary.add(&wrong);
        assert_eq!(answer(&summary).0, "1 of 1 posting that calls a product role describes the other one.");
        summary.add(&fixture::posting("Product Manager").outcome());
        let (head, lede) = answer(&summary);
        assert_eq!(head, "1 of 2 postings that call a product role describes the other one.");
        assert!(lede.starts_with("That is 50.0% mislabelled"), "{lede}");
        assert_eq!(answer(&Summary::default()).0, "No postings were read.");
    }
}
