//! The full text of a posting with the duties marked, stretch by stretch.

use super::marked::{self, Mark, Piece};
use crate::reading::{Kind, Passage};
use crate::report::{safe, words};
use crate::verdict::Evidence;
use crate::vocabulary::{Actor, Role, Zone};

/// Bytes of text that a page shows of one posting.
const MOST: usize = 200_000;

/// The text of a posting.
pub(super) struct Reading {
    pub(super) stretches: Vec<Stretch>,
    /// Whether the end was left out.
    pub(super) cut: bool,
}

/// A stretch of one zone.
pub(super) struct Stretch {
    pub(super) zone: &'static str,
    /// Whether what stands here is what the hire does.
    pub(super) works: bool,
    pub(super) runs: Vec<Run>,
}

/// Lines that are items of one list, or a line that is none.
pub(super) struct Run {
    pub(super) list: bool,
    pub(super) heading: bool,
    pub(super) lines: Vec<Vec<Said>>,
}

/// A passage with its found words, and what it is when it is a duty.
pub(super) struct Said {
    pub(super) pieces: Vec<Piece>,
    pub(super) tag: Option<(&'static str, &'static str)>,
}

impl Reading {
    /// The passages; none when the results hold no text.
    pub(super) fn new(passages: &[Passage], evidence: &[Evidence]) -> Self {
        let mut bytes = 0;
        let shown = passages.iter().take_while(|passage| {
            bytes += passage.text.len();
            bytes <= MOST
        });
        let shown = shown.count();
        let cut = shown < passages.len();
        let passages = &passages[..shown];
        let zones = zones(passages);
        let mut stretches: Vec<(Zone, Stretch)> = Vec::new();
        for (passage, zone) in passages.iter().zip(zones) {
            let goes_on = stretches.last().is_some_and(|(last, _)| *last == zone);
            if !goes_on {
                stretches.push((zone, Stretch::new(zone)));
            }
            if let Some((_, stretch)) = stretches.last_mut() {
                stretch.add(passage, evidence, zone);
            }
        }
        Self { stretches: stretches.into_iter().map(|(_, stretch)| stretch).collect(), cut }
    }
}

/// The zone of each passage; a heading belongs to what follows it.
fn zones(passages: &[Passage]) -> Vec<Zone> {
    let mut zones: Vec<Zone> = passages.iter().map(|passage| passage.zone).collect();
    for at in (1..passages.len()).rev() {
        if passages[at - 1].kind == Kind::Heading {
            zones[at - 1] = zones[at];
        }
    }
    zones
}

impl Stretch {
    fn new(zone: Zone) -> Self {
        let works = matches!(zone, Zone::Intro | Zone::Duties);
        Self { zone: words::zone(zone), works, runs: Vec::new() }
    }

    fn add(&mut self, passage: &Passage, evidence: &[Evidence], zone: Zone) {
        let said = Said::new(passage, evidence, zone);
        let list = passage.kind == Kind::Item;
        let heading = passage.kind == Kind::Heading;
        match self.runs.last_mut() {
            // A sentence goes on in its paragraph.
            Some(run) if !passage.opens => match run.lines.last_mut() {
                Some(line) => line.push(said),
                None => run.lines.push(vec![said]),
            },
            Some(run) if list && run.list => run.lines.push(vec![said]),
            _ => self.runs.push(Run { list, heading, lines: vec![vec![said]] }),
        }
    }
}

impl Said {
    fn new(passage: &Passage, evidence: &[Evidence], zone: Zone) -> Self {
        let marks: Vec<(usize, usize, Mark)> = passage
            .marks
            .iter()
            .filter_map(|mark| Some((mark.start, mark.end, Mark::of(evidence.get(mark.evidence)?))))
            .collect();
        let works = matches!(zone, Zone::Intro | Zone::Duties);
        let tag = match (passage.actor, passage.role) {
            _ if !works => None,
            (Some(Actor::Owns), Some(Role::Pm)) => Some(("pm", "PM duty")),
            (Some(Actor::Owns), Some(Role::Pmm)) => Some(("pmm", "PMM duty")),
            (Some(Actor::Owns), Some(Role::Shared)) => Some(("", "duty of both roles")),
            (Some(Actor::Owns), Some(Role::Other)) => Some(("", "another job’s duty")),
            (Some(Actor::Contributes), Some(Role::Pm)) => Some(("pm", "helps with PM")),
            (Some(Actor::Contributes), Some(Role::Pmm)) => Some(("pmm", "helps with PMM")),
            (Some(Actor::None), _) if !passage.marks.is_empty() => Some(("", "not the hire’s")),
            (Some(Actor::Other), _) if !passage.marks.is_empty() => Some(("", "somebody else’s")),
            _ => None,
        };
        Self { pieces: marked::cut(&passage.text, &marks), tag }
    }
}

/// A body that came without its reading, as it was written.
pub(super) fn raw(body: &str) -> String {
    let end = body.char_indices().map(|(at, _)| at).find(|&at| at > MOST).unwrap_or(body.len());
    body[..end].lines().map(safe::visible).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(text: &str, zone: Zone, kind: Kind, opens: bool) -> Passage {
        Passage {
            text: text.to_owned(),
            zone,
            kind,
            opens,
            line: 1,
            field: None,
            role: Some(Role::Pm),
            actor: Some(Actor::Owns),
            marks: Vec::new(),
        }
    }

    #[test]
    fn headings_open_stretches_and_items_make_lists() {
        let passages = [
            passage("We sell pumps.", Zone::Company, Kind::Text, true),
            passage("What you will do", Zone::Company, Kind::Heading, true),
            passage("Own the roadmap;", Zone::Duties, Kind::Item, true),
            passage("write stories", Zone::Duties, Kind::Item, false),
            passage("Ship", Zone::Duties, Kind::Item, true),
        ];
        let reading = Reading::new(&passages, &[]);
        let shape: Vec<_> = reading
            .stretches
            .iter()
            .map(|stretch| (stretch.zone, stretch.runs.iter().map(|run| run.lines.len()).collect::<Vec<_>>()))
            .collect();
        assert_eq!(shape, [("Company", vec![1]), ("Duties", vec![1, 2])]);
        assert_eq!(reading.stretches[1].runs[1].lines[0].len(), 2);
        assert_eq!(reading.stretches[0].runs[0].lines[0][0].tag, None);
        assert_eq!(reading.stretches[1].runs[1].lines[0][0].tag, Some(("pm", "PM duty")));
    }

    #[test]
    fn what_is_denied_to_the_hire_says_so() {
        let marks = vec![crate::reading::Mark { start: 0, end: 3, evidence: 0 }];
        let text = passage("Own the roadmap", Zone::Intro, Kind::Text, true);
        let denied = Passage { actor: Some(Actor::None), marks, ..text.clone() };
        let tag = |passages: &[Passage]| Reading::new(passages, &[]).stretches[0].runs[0].lines[0][0].tag;
        assert_eq!(tag(&[denied]), Some(("", "not the hire’s")));
        assert_eq!(tag(&[Passage { actor: Some(Actor::None), ..text }]), None);
    }

    #[test]
    fn a_text_without_end_is_cut() {
        let passages = vec![passage(&"x".repeat(1000), Zone::Duties, Kind::Text, true); 300];
        let reading = Reading::new(&passages, &[]);
        assert!(reading.cut && reading.stretches[0].runs.len() == 200);
        assert_eq!(raw("a\n\u{202e}b"), "a\n\u{FFFD}b");
    }
}
