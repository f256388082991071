//! The commands, one file each; this file parses, runs and turns the end of a command into an exit code.

mod analyzers;
mod args;
mod check;
mod collect;
mod completions;
mod config;
mod eval;
mod explain;
mod fit;
mod init;
mod interrupt;
mod lexicon;
mod lexicons;
mod man;
mod options;
mod progress;
mod remarks;
mod repeats;
mod report;
mod rule;
mod scan;
mod schema;
mod screen;

use std::io::Write;
use std::panic;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use clap::{CommandFactory as _, Parser};

use args::{Cli, Command};

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    /// Nothing to complain of.
    Fine,
    /// Findings that fail a check, or a missed bar.
    Findings,
    /// Wrong usage or configuration, or some input could not be read.
    Trouble,
    /// Somebody asked for an end.
    Interrupted,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Fine => Self::SUCCESS,
            Exit::Findings => Self::from(1),
            Exit::Trouble => Self::from(2),
            // What shells give for SIGINT.
            Exit::Interrupted => Self::from(130),
        }
    }
}

/// Runs the command that was typed.
pub(crate) fn run() -> ExitCode {
    let Cli { color, quiet, configured, command } = Cli::parse();
    color.apply();
    quiet_guarded_panics();
    let ended = match command {
        Command::Scan(args) => scan::run(args, &configured, quiet),
        Command::Check(args) => check::run(*args, &configured, quiet),
        Command::Eval(args) => eval::run(*args, &configured, quiet),
        Command::Explain(args) => explain::run(args, &configured),
        Command::Report(args) => report::run(args, quiet),
        Command::Lexicon(args) => lexicon::run(args, &configured, quiet),
        Command::Rule(args) => rule::run(&args),
        Command::Config(args) => config::run(&args, &configured),
        Command::Init(args) => init::run(&args, quiet),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::run(&args, Cli::command()),
        Command::Man(args) => man::run(&args, Cli::command()),
    };
    ended
        .unwrap_or_else(|error| {
            fault(&error);
            Exit::Trouble
        })
        .into()
}

/// Prints a line about the run to standard error.
fn say(label: &str, color: AnsiColor, message: &str) {
    let style = Style::new().bold().fg_color(Some(color.into()));
    // When even standard error is gone, there is nobody to tell.
    let _ = writeln!(anstream::stderr(), "{style}{label}{style:#}: {message}");
}

/// Says what went wrong on standard error.
fn fault(error: &anyhow::Error) {
    say("error", AnsiColor::Red, &format!("{error:#}"));
}

/// Shows how a command is used to a person who gave it nothing to read: on standard error, as it is no result.
fn help(command: &str) -> anyhow::Result<Exit> {
    let mut cli = Cli::command();
    cli.build();
    if let Some(command) = cli.find_subcommand_mut(command) {
        write!(anstream::stderr(), "{}", command.render_help().ansi())?;
    }
    Ok(Exit::Trouble)
}

/// Prints a remark to standard error.
fn note(message: &str) {
    say("note", AnsiColor::Cyan, message);
}

/// Remarks on names of `--map` that no input has.
fn unmapped(mapping: &rolecall::source::Mapping) {
    for pair in mapping.unseen() {
        note(&format!("no record has the field that --map {pair} names"));
    }
}

/// A panic that becomes a failed record is told there; the rest keep their usual message.
fn quiet_guarded_panics() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !rolecall::guard::is_guarded() {
            usual(info);
        }
    }));
}
