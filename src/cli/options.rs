//! Options that several commands take.

use std::path::PathBuf;

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// When to color.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Makes the choice hold for everything that is written.
    pub(crate) fn apply(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// A parser for the names of a closed list.
pub(crate) fn one_of<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|value| name(*value))).map(move |text| {
        *all.iter().find(|value| name(**value) == text).expect("the parser lets only these names through")
    })
}

/// Options that say how postings are judged.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Judging {
    /// Lexicon files that replace those of the same name, or are added
    #[arg(long, value_name = "DIR")]
    pub(crate) lexicons: Option<PathBuf>,
}
