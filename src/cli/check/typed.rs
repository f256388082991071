//! Options that say what the configuration says too, and win over it.

use std::path::PathBuf;

use clap::builder::TypedValueParser;
use rolecall::config::{Config, Selection, Sourced};
use rolecall::rule::Code;
use rolecall::vocabulary::FailOn;

use crate::cli::options::one_of;

/// Options that win over the configuration
#[derive(Debug, clap::Args)]
pub(super) struct Typed {
    /// Report these rules alone, by code or name
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', value_parser = rule)]
    select: Vec<Code>,
    /// Leave these rules out
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', value_parser = rule)]
    ignore: Vec<Code>,
    /// The least severity that makes the exit code 1: error unless said otherwise
    #[arg(long, value_name = "SEVERITY", value_parser = severities())]
    fail_on: Option<FailOn>,
    /// Exit with 1 when there are more warnings than this
    #[arg(long, value_name = "N")]
    pub(super) max_warnings: Option<u64>,
    /// Leave out the findings that this file knows
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
}

fn severities() -> impl TypedValueParser<Value = FailOn> {
    one_of(FailOn::ALL, FailOn::name)
}

/// A rule by code or name.
fn rule(text: &str) -> Result<Code, String> {
    Code::parse(text.trim()).ok_or_else(|| format!("no rule is called \"{text}\"; rolecall rule lists them"))
}

impl Typed {
    /// The layer of configuration that they are.
    pub(super) fn config(&self) -> Config {
        let mut config = Config::default();
        if !self.select.is_empty() {
            config.judging.select = Some(Sourced::typed("--select", Selection::Only(self.select.clone())));
        }
        if !self.ignore.is_empty() {
            config.judging.ignore = Some(Sourced::typed("--ignore", self.ignore.clone()));
        }
        config.fail_on = self.fail_on.map(|fail_on| Sourced::typed("--fail-on", fail_on));
        config.max_warnings = self.max_warnings.map(|most| Sourced::typed("--max-warnings", most));
        config.baseline = self.baseline.clone().map(|file| Sourced::typed("--baseline", file));
        config
    }
}
