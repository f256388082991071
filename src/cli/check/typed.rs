//! Options that say what the configuration says too, and win over it.

use std::path::PathBuf;

use clap::builder::TypedValueParser;
use rolecall::config::{Config, Sourced};
use rolecall::vocabulary::FailOn;

use crate::cli::options::one_of;

/// Options that win over the configuration
#[derive(Debug, clap::Args)]
pub(super) struct Typed {
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

impl Typed {
    /// Says it in the words of the configuration.
    pub(super) fn tell(&self, config: &mut Config) {
        config.fail_on = self.fail_on.map(|fail_on| Sourced::typed("--fail-on", fail_on));
        config.max_warnings = self.max_warnings.map(|most| Sourced::typed("--max-warnings", most));
        config.baseline = self.baseline.clone().map(|file| Sourced::typed("--baseline", file));
    }
}
