//! Sections that are headed as something else and give work: "Job Requirements: provide room service, keep …", or below a
//! heading of duties under which nothing stands; and "What we offer: own the timetable, …".

use super::zoning::Reading;
use crate::lexicon::kind::Kinds;
use crate::lexicon::pattern::WordRun;
use crate::lexicon::tape::Word;
use crate::vocabulary::Zone;

/// Lines that must give work below such a heading, and below one that follows a heading of duties at once.
const WORKING: usize = 3;
const WORKING_BEHIND: usize = 2;

/// Words of the shortest line that gives work: "communicates effectively" tells how somebody is.
const SHORTEST: usize = 5;
/// The same where the heading says that something is offered: "lead the night shift".
const SHORTEST_OFFERED: usize = 4;

/// What speaks for duties where most lines below a heading give work.
const WEIGHT: f32 = 3.0;

/// Words that a line of what is offered speaks to or of somebody by: "grow with us", "shape your own week".
const OFFERING: &[&str] = &["you", "your", "yourself", "us", "we"];

/// Opens such sections to duties; lines that ask something stay requirements. `run` gives the words of a clause.
pub(super) fn open<'t>(text: &str, readings: &mut [Reading], run: impl Fn(usize) -> WordRun<'t>) {
    // "Think like an owner: you never wait for permission" tells how somebody is as well.
    let works = |index: usize, reading: &Reading, shortest: usize| {
        let words = run(index).tokens;
        let you =
            |word: &Word| word.kinds.has(Kinds::PERSON) && word.span.slice(text).eq_ignore_ascii_case("you");
        reading.works() && words.len() >= shortest && !words.iter().any(you)
    };
    let gives = |index: usize, reading: &Reading| {
        let offers = |word: &Word| OFFERING.iter().any(|own| own.eq_ignore_ascii_case(word.span.slice(text)));
        works(index, reading, SHORTEST_OFFERED) && !reading.offers() && !run(index).tokens.iter().any(offers)
    };
    // Beside a section of duties what one gets is told in orders too: "Improve how thousands are cared for".
    let told = readings.iter().any(|reading| reading.zone_opened() == Some(Zone::Duties));
    for index in 0..readings.len() {
        let offered = readings[index].zone_opened() == Some(Zone::Benefits);
        if offered && told || !offered && readings[index].zone_opened() != Some(Zone::Requirements) {
            continue;
        }
        let below = readings[index + 1..].iter().take_while(|reading| !reading.opens_section());
        let (mut lines, mut working) = (0, 0);
        for (at, reading) in (index + 1..).zip(below) {
            lines += 1;
            working += usize::from(if offered { gives(at, reading) } else { works(at, reading, SHORTEST) });
        }
        let behind =
            index.checked_sub(1).is_some_and(|before| readings[before].zone_opened() == Some(Zone::Duties));
        // Two lines of three, or half of them; of what is offered all.
        let (least, enough) = match (offered, behind) {
            (true, _) => (WORKING, working),
            (false, true) => (WORKING_BEHIND, working * 2),
            (false, false) => (WORKING, working * 3 / 2),
        };
        if working >= least && enough >= lines {
            readings[index].open(Zone::Duties, WEIGHT);
        }
    }
}
