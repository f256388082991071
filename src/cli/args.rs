//! What can be typed: the commands, and the options that all of them share.

use clap::{Parser, Subcommand};

use super::options::{Color, Configured};
use super::{completions, config, eval, explain, init, lexicon, man, report, rule, scan, schema};

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
    /// Which configuration holds
    #[command(flatten)]
    pub(crate) configured: Configured,
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
    /// Compare with labels of careful readers
    Eval(Box<eval::Args>),
    /// Turn the results of scans into something to read, or compare two audits
    Report(report::Args),
    /// List, check or export the words that rolecall looks for
    Lexicon(lexicon::Args),
    /// List the rules, or explain one
    Rule(rule::Args),
    /// Show what the configuration says, and where each value comes from
    Config(config::Args),
    /// Write a rolecall.toml to start from
    Init(init::Args),
    /// Print the JSON Schema of what rolecall writes or reads
    Schema(schema::Args),
    /// Print the script that completes rolecall's options in a shell
    Completions(completions::Args),
    /// Print the manual page of rolecall or of one of its commands
    Man(man::Args),
}
