//! `rolecall rule`: the rules, or one with its meaning, examples and remedy.

use std::io::{self, Write};

use anyhow::{Result, bail};
use rolecall::report::rules;
use rolecall::rule::{Code, RULES};

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
    let Some(code) = Code::parse(text) else {
        let known: Vec<&str> = RULES.iter().map(|rule| rule.code.code()).collect();
        bail!("no rule is called \"{text}\": the rules are {}", known.join(", "));
    };
    screen::print(|out: &mut dyn Write| -> io::Result<()> { rules::explain(out, code.rule(), color, width) })
}
