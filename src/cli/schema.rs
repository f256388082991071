//! `rolecall schema`: JSON Schemas of what the tool writes and reads.

use anyhow::Result;
use clap::ValueEnum;
use rolecall::config::ConfigFile;
use rolecall::lexicon::file::AreasFile;
use rolecall::schema;

use super::{Exit, screen};

/// Options of `schema`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to describe
    #[arg(value_name = "WHAT", value_enum)]
    what: What,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// One record of the results, a line of JSON Lines
    Posting,
    /// The summary of a run
    Summary,
    /// The one JSON object of a run: its records and its summary
    Run,
    /// What changed between two audits
    Comparison,
    /// What eval measured
    Eval,
    /// What `check` found, as its output json
    Check,
    /// What `lexicon fit` reports
    Fit,
    /// The values that `config show` prints
    Values,
    /// The findings that are known, as --write-baseline writes them
    Baseline,
    /// The configuration, rolecall.toml
    Config,
    /// A lexicon file of areas, as pm.toml
    Lexicon,
}

/// Prints a schema.
pub(super) fn run(args: &Args) -> Result<Exit> {
    let schema = match args.what {
        What::Posting => schema::posting(),
        What::Summary => schema::summary(),
        What::Run => schema::run(),
        What::Comparison => schema::comparison(),
        What::Eval => schema::eval(),
        What::Check => schema::check(),
        What::Fit => schema::fit(),
        What::Values => schema::values(),
        What::Baseline => schema::baseline(),
        What::Config => schema::file::<ConfigFile>("rolecall.toml"),
        What::Lexicon => schema::file::<AreasFile>("rolecall lexicon"),
    };
    screen::print(|out| writeln!(out, "{schema:#}"))
}
