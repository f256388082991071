//! `rolecall man`: manual pages.

use anyhow::{Result, bail};
use clap_mangen::Man;

use super::{Exit, screen};

/// Options of `man`
#[derive(Debug, clap::Args)]
#[command(after_help = "Read it at once with: rolecall man scan | man -l -")]
pub(crate) struct Args {
    /// The command whose page to print, such as scan or lexicon check; without it that of rolecall
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

/// Prints a manual page of the program whose commands are `all`.
pub(super) fn run(args: &Args, mut all: clap::Command) -> Result<Exit> {
    // Names, usage lines and global options of the commands below are filled in here.
    all.build();
    let mut command = &all;
    let mut name = "rolecall".to_owned();
    for part in &args.command {
        let Some(below) = command.find_subcommand(part) else {
            let known: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
            bail!("{name} has no command \"{part}\": its commands are {}", known.join(", "));
        };
        command = below;
        name = format!("{name}-{part}");
    }
    let man = Man::new(command.clone()).title(name).source(format!("rolecall {}", env!("CARGO_PKG_VERSION")));
    screen::print(|out| {
        let mut page = Vec::new();
        man.render(&mut page)?;
        out.write_all(&page)
    })
}
