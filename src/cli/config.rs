//! `rolecall config`: what the configuration says, and where each value comes from.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Subcommand, ValueEnum};
use rolecall::report::values;

use super::options::{Configured, Judging, Rules};
use super::{Exit, lexicons, options, screen};

/// Options of `config`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print every value that holds for a file, and where it comes from
    Show(Show),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
A value comes from the program (default), from a line of the nearest rolecall.toml, or from an option that was typed.")]
struct Show {
    /// The file, which need not exist; without it, what holds in the working directory
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Write text or json
    #[arg(short, long = "output", value_name = "FORMAT", value_enum, default_value_t)]
    output: Format,
    #[command(flatten)]
    rules: Rules,
    #[command(flatten)]
    judging: Judging,
}

/// How the values are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a person
    #[default]
    Text,
    /// One JSON object
    Json,
}

/// Runs a command on the configuration.
pub(super) fn run(args: &Args, configured: &Configured) -> Result<Exit> {
    let Command::Show(show) = &args.command;
    let resolver = configured.resolver(options::typed(&show.judging, Some(&show.rules)))?;
    let effective = match &show.file {
        Some(file) => resolver.for_file(file)?,
        None => resolver.for_run()?,
    };
    let file = show.file.as_ref().map(|file| file.to_string_lossy());
    let color = screen::color();
    let shown = screen::print(|out| match show.output {
        Format::Text => values::table(out, &effective, file.as_deref(), color),
        Format::Json => values::json(out, &effective, file.as_deref()),
    })?;
    // What no run would take is shown, as that helps to mend it, and said to be so.
    lexicons::analyzer(&effective)?;
    Ok(shown)
}
