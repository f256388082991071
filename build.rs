//! Compiles the lexicon and the titles that ship with the program, so that no start of the program has to.
//!
//! The script is made of the very modules that compile a user's lexicon at run time; `src/shipped.rs` reads what it
//! writes.

#![expect(dead_code, unreachable_pub, reason = "the script needs a part of each module")]

use std::path::Path;
use std::{env, error, fs, io};

#[path = "src/excerpt.rs"]
mod excerpt;
#[path = "src/lanes.rs"]
mod lanes;
#[path = "src/lexicon/mod.rs"]
mod lexicon;
#[macro_use]
#[path = "src/names.rs"]
mod names;
#[path = "src/span.rs"]
mod span;
#[path = "src/suggest.rs"]
mod suggest;
#[path = "src/title/mod.rs"]
mod title;
#[path = "src/token.rs"]
mod token;
#[path = "src/vocabulary.rs"]
mod vocabulary;

use io::Write as _;
use lexicon::{EMBEDDED, Lexicon};
use title::Titles;

fn main() -> Result<(), Box<dyn error::Error>> {
    // The texts stand inside the script, so Cargo builds it anew when one of them changes.
    writeln!(io::stdout(), "cargo::rerun-if-changed=build.rs")?;
    let folder = env::var_os("OUT_DIR").ok_or("Cargo sets OUT_DIR")?;
    let folder = Path::new(&folder);
    let files = EMBEDDED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let lexicon = Lexicon::compile(&files.collect::<Vec<_>>())?;
    fs::write(folder.join("lexicon.bin"), postcard::to_stdvec(&lexicon)?)?;
    fs::write(folder.join("titles.bin"), postcard::to_stdvec(&Titles::parse(Titles::BUILT_IN)?)?)?;
    Ok(())
}
