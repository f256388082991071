//! The built-in lexicon carries its own proof: every line under `hits` is found, none under `misses`.
#![expect(clippy::print_stderr, reason = "what is still missing should be seen, and fails nothing")]

use rolecall::Lexicon;
use rolecall::lexicon::EMBEDDED;
use rolecall::proof::prove;

/// Example lines that the lexicon may still get wrong. It can only fall.
const MOST_COMPLAINTS: usize = 14;

#[test]
fn the_built_in_lexicon_proves_itself() {
    let files: Vec<_> =
        EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let complaints = prove(&Lexicon::built_in(), &files).unwrap();
    for complaint in &complaints {
        eprintln!("{complaint}");
    }
    assert!(
        complaints.len() <= MOST_COMPLAINTS,
        "{} complaints, more than {MOST_COMPLAINTS}",
        complaints.len()
    );
}
