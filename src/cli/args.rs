//! What can be typed: the commands, and the options that all of them share.

use clap::{Parser, Subcommand};

use super::options::Color;
use super::{eval, scan};

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
    /// Compare with labels of careful readers
    Eval(Box<eval::Args>),
}
