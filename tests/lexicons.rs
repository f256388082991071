//! The built-in lexicon carries its own proof: every line under `hits` is found, none under `misses`, no form stands
//! twice.

use rolecall::Lexicon;
use rolecall::lexicon::EMBEDDED;
use rolecall::proof::prove;

#[test]
fn the_built_in_lexicon_proves_itself() {
    let files: Vec<_> =
        EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let complaints = prove(&Lexicon::built_in(), &files).unwrap();
    let complaints: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}
