//! `rolecall completions`: scripts that complete the command line.

use anyhow::Result;
use clap_complete::Shell;

use super::{Exit, screen};

/// Options of `completions`
#[derive(Debug, clap::Args)]
#[command(after_help = "\
For bash, say: rolecall completions bash > ~/.local/share/bash-completion/completions/rolecall")]
pub(crate) struct Args {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

/// Prints the script for the program whose commands are `all`.
pub(super) fn run(args: &Args, mut all: clap::Command) -> Result<Exit> {
    screen::print(|out| {
        let mut script = Vec::new();
        clap_complete::generate(args.shell, &mut all, "rolecall", &mut script);
        out.write_all(&script)
    })
}
