//! Real files, where they are at hand: what is read from each. Skipped with a message elsewhere.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rolecall::Outcome;
use rolecall::source::{Input, Mapping, Options, Records};

/// File, postings, postings with text, records that fail.
const FILES: &[(&str, usize, usize, usize)] = &[
    ("adzuna/adzuna.json", 2, 0, 0),
    ("arbeitnow/arbeitnow.json", 3, 3, 0),
    ("ashby/ashby.json", 2, 2, 0),
    ("ashby/ashby_small.json", 1, 1, 0),
    ("bamboohr/bamboohr.json", 2, 0, 0),
    ("docx/job_description.docx", 1, 1, 0),
    ("eightfold/eightfold.json", 2, 0, 0),
    ("greenhouse/greenhouse.json", 2, 2, 0),
    ("html_boards/hrmdirect.html", 1, 1, 0),
    ("html_boards/icims.html", 1, 1, 0),
    ("html_boards/jobvite.html", 1, 1, 0),
    ("html_boards/paylocity.html", 2, 0, 0),
    ("html_boards/phenom.html", 2, 2, 0),
    ("indeed_xml/feed_minimal.xml", 1, 1, 0),
    ("indeed_xml/feed_test.xml", 3, 3, 0),
    ("lever/lever.json", 2, 2, 0),
    ("neogov_rss/neogov.xml", 2, 2, 0),
    ("oracle_orc/oracle_orc.json", 2, 0, 0),
    ("oracle_orc/oracle_orc_detail.json", 1, 1, 0),
    ("personio/personio.xml", 2, 0, 0),
    ("personio/personio_jobdescriptions.xml", 1, 1, 0),
    ("pinpoint/pinpoint.json", 2, 2, 0),
    ("recruitee/recruitee.json", 2, 2, 0),
    ("recruitee/recruitee_small.json", 1, 1, 0),
    ("remotive/remotive.json", 2, 2, 0),
    ("rippling/rippling.json", 2, 0, 0),
    ("schema_org/JSONLD_with_JS_comment.html", 1, 0, 0),
    ("schema_org/JSONLD_with_control_characters.html", 1, 0, 0),
    ("schema_org/JSONLD_with_control_characters_comment.html", 1, 0, 0),
    ("schema_org/jobposting_graph.html", 1, 1, 0),
    ("smartrecruiters/smartrecruiters.json", 1, 0, 0),
    ("smartrecruiters/smartrecruiters_detail.json", 1, 1, 0),
    ("teamtailor/teamtailor.json", 2, 0, 0),
    ("warc/example.warc", 1, 1, 0),
    ("warc/example.warc.gz", 1, 1, 0),
    ("workable/spi_v3_job.json", 1, 1, 0),
    ("workable/spi_v3_jobs.json", 3, 0, 0),
    ("workable/workable.json", 2, 0, 0),
    ("workable/workable_with_description.json", 2, 2, 0),
    ("workday/workday.json", 2, 0, 0),
    ("workday/workday_detail.json", 1, 1, 0),
];

fn folder() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.ancestors().map(|above| above.join("shared/formats/fixtures")).find(|place| place.is_dir())
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that compares nothing says so")]
fn real_files_give_the_postings_that_a_person_counts_in_them() {
    let Some(folder) = folder() else {
        eprintln!("no shared/formats/fixtures beside the repository: nothing to compare");
        return;
    };
    let mapping = Arc::new(Mapping::default());
    for (file, postings, with_text, failed) in FILES {
        let records = Records::new(vec![Input::named(&folder.join(file)).unwrap()], Options::default());
        let read: Vec<_> = records.map(|raw| raw.posting(&mapping)).collect();
        let found = (
            read.iter().filter(|record| record.is_ok()).count(),
            read.iter().filter(|record| record.as_ref().is_ok_and(rolecall::Posting::has_text)).count(),
            read.iter()
                .filter(|record| matches!(record, Err(end) if matches!(**end, Outcome::Failed(_))))
                .count(),
        );
        assert_eq!(found, (*postings, *with_text, *failed), "{file}");
        for posting in read.iter().flatten() {
            assert!(posting.title.is_some(), "{file}: {}", posting.id);
        }
    }
}
