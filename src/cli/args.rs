//! What can be typed: the options of every command, close to how they are written.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};

use super::{completions, explain, lexicon, man, rule, scan, schema};

/// Reads job postings and says whether each describes the role its title calls
#[derive(Debug, Parser)]
#[command(name = "rolecall", version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Cli {
    /// When to color
    #[arg(long, value_enum, default_value_t, value_name = "WHEN", global = true)]
    pub(crate) color: Color,
    /// Say nothing on standard error but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// The command
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Audit postings in bulk
    Scan(scan::Args),
    /// Lay one posting open: zones, duties, evidence, and the sum that leads to the verdict
    Explain(explain::Args),
    /// List, check or export the words that rolecall looks for
    Lexicon(lexicon::Args),
    /// List the rules, or explain one
    Rule(rule::Args),
    /// Print the JSON Schema of what rolecall writes or reads
    Schema(schema::Args),
    /// Print the script that completes rolecall's options in a shell
    Completions(completions::Args),
    /// Print the manual page of rolecall or of one of its commands
    Man(man::Args),
}

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
