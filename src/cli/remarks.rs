//! What a person should know of a run besides its results, on standard error.

use rolecall::Summary;
use rolecall::source::Tally;
use rolecall::suspicion;

use super::note;
use super::options::counted;

/// Says how the records add up.
pub(super) fn sum(summary: &Summary) {
    let counts = summary.counts;
    note(&format!(
        "{} = {} judged + {} skipped + {} failed",
        counted(counts.records, "record"),
        counts.judged,
        counts.skipped,
        counts.failed
    ));
}

/// Says how many records could not be read, as the exit code does.
pub(super) fn failures(summary: &Summary) {
    match summary.counts.failed {
        0 => {}
        failed => note(&format!(
            "{failed} of {} could not be read and count as failed, so the exit code is 2",
            counted(summary.counts.records, "record")
        )),
    }
}

/// Says which postings are copies, which seem not to be what the source meant to give, and whose encoding is a guess.
pub(super) fn of(summary: &Summary) {
    let duplicates = summary.duplicates;
    match duplicates.marked {
        0 => {}
        1 => note("1 of the judged repeats an earlier posting and counts once with it"),
        copies => note(&format!("{copies} of the judged repeat earlier postings and count once with them")),
    }
    if duplicates.forgotten > 0 {
        note(&format!(
            "{} are too long ago to be remembered; copies of them were not recognised",
            counted(duplicates.forgotten, "posting")
        ));
    }
    for (kind, postings, first) in suspicion::by_kind(&summary.suspected_faults) {
        let line = first.first.line.map_or_else(String::new, |line| format!(":{line}"));
        note(&format!(
            "suspected scrape fault: {}; {}, first at {}{line}",
            kind.meaning(),
            counted(postings, "posting"),
            first.first.path
        ));
    }
    for (charset, count) in &summary.charsets {
        let them = if *count == 1 { "1 posting is" } else { &format!("{count} postings are") };
        note(&format!("{them} not UTF-8 and read as {charset}, which is a guess"));
    }
}

/// Says which files, or parts of them, were not read, and why.
pub(super) fn passed_over(tally: &Tally) {
    match tally.broken_postings() {
        0 => {}
        1 => note("1 JobPosting in a web page is broken JSON; the page was read as it shows itself"),
        many => note(&format!(
            "{many} JobPostings in web pages are broken JSON; the pages were read as they show themselves"
        )),
    }
    match tally.untitled_tables() {
        0 => {}
        1 => note("1 table has no column of titles; name it with --map title=COLUMN"),
        many => note(&format!("{many} tables have no column of titles; name it with --map title=COLUMN")),
    }
    for (files, what) in [
        (tally.read_before(), "that another input had given already"),
        (tally.own_results(), "written by rolecall itself"),
        (tally.other_text(), "whose names promise no postings; name them to have them read"),
    ] {
        if files > 0 {
            note(&format!("passed over {} {what}", counted(files, "file")));
        }
    }
}
