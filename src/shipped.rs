//! The lexicon and the titles that ship with the program. The build has compiled them (see `build.rs`), so that no
//! start needs to.

use crate::lexicon::Lexicon;
use crate::title::Titles;

const LEXICON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
const TITLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/titles.bin"));

impl Lexicon {
    /// The lexicon that the program ships.
    ///
    /// # Panics
    /// Never: a test reads it.
    #[must_use]
    pub fn built_in() -> Self {
        postcard::from_bytes(LEXICON).expect("the build wrote it with the same code")
    }
}

impl Titles {
    /// The judge with the table that ships with the program.
    ///
    /// # Panics
    /// Never: a test reads it.
    #[must_use]
    pub fn built_in() -> Self {
        postcard::from_bytes(TITLES).expect("the build wrote it with the same code")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::EMBEDDED;

    #[test]
    fn what_the_build_compiled_is_what_the_files_say() {
        let files = EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let lexicon = Lexicon::compile(&files.collect::<Vec<_>>()).unwrap();
        assert!(postcard::to_stdvec(&lexicon).unwrap() == LEXICON);
        assert!(postcard::to_stdvec(&Titles::parse(Titles::BUILT_IN).unwrap()).unwrap() == TITLES);
    }

    #[test]
    fn what_is_read_back_is_what_was_written() {
        assert!(postcard::to_stdvec(&Lexicon::built_in()).unwrap() == LEXICON);
        assert!(postcard::to_stdvec(&Titles::built_in()).unwrap() == TITLES);
    }
}
