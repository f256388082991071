//! `rolecall rule`: the rules, or one with its meaning, examples and remedy.

use std::io::{self, Write};

use anyhow::{Error, Result};
use rolecall::config::RuleName;
use rolecall::report::rules;

use super::{Exit, screen};

/// Options of `rule`
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Code or name of a rule, such as RC001 or mislabelled-title; without it all rules are listed
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

/// Lists the rules, or explains one.
pub(super) fn run(args: &Args) -> Result<Exit> {
    let (color, width) = (screen::color(), screen::width());
    let Some(text) = &args.code else {
        return screen::print(|out| rules::list(out, color, width));
    };
    let RuleName { code, .. } = text.parse().map_err(Error::msg)?;
    screen::print(|out: &mut dyn Write| -> io::Result<()> { rules::explain(out, code.rule(), color, width) })
}
