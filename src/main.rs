//! The command line of rolecall.

use std::process::ExitCode;

mod cli;

fn main() -> ExitCode {
    cli::run()
}
