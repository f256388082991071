//! Options that several commands take.

use std::num::NonZero;
use std::path::PathBuf;
use std::thread;

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use rolecall::config::{Config, ConfigError, RuleChoice, RuleName, Selection, Sourced};
use rolecall::report::SummaryFormat;
use rolecall::resolver::{Mode, Resolver};
use rolecall::rule::Code;
use rolecall::summary::GroupBy;
use rolecall::vocabulary::Level;

/// What the totals are broken down by, and how tables are written.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Totals {
    /// Break the totals down by company, location, source, language, claimed, described or nearest; repeatable
    #[arg(long, value_name = "FIELD,…", value_delimiter = ',', hide_possible_values = true,
          value_parser = one_of(GroupBy::ALL, GroupBy::name))]
    pub(crate) group_by: Vec<GroupBy>,
    /// Write -o summary as text, json, csv or markdown. Without it: as the name of its file says, else text
    #[arg(long, value_name = "FORMAT", hide_possible_values = true,
          value_parser = one_of(SummaryFormat::ALL, SummaryFormat::name))]
    pub(crate) summary_format: Option<SummaryFormat>,
    /// Begin CSV with a byte order mark, by which some spreadsheets know UTF-8
    #[arg(long)]
    pub(crate) csv_bom: bool,
}

/// When to color.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Makes the choice hold for everything that is written.
    pub(crate) fn apply(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// A parser for the names of a closed list.
pub(crate) fn one_of<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|value| name(*value))).map(move |text| {
        *all.iter().find(|value| name(**value) == text).expect("the parser lets only these names through")
    })
}

/// Options that say which configuration holds
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Configuration")]
pub(crate) struct Configured {
    /// Take this configuration instead of the nearest rolecall.toml
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) config: Option<PathBuf>,
    /// Take no configuration file
    #[arg(long, global = true, conflicts_with = "config")]
    pub(crate) isolated: bool,
}

impl Configured {
    /// Finds configurations, the options that were typed having the last say.
    pub(crate) fn resolver(&self, typed: Config) -> Result<Resolver, ConfigError> {
        let mode = match &self.config {
            _ if self.isolated => Mode::Isolated,
            Some(file) => Mode::File(file.clone()),
            None => Mode::Nearest,
        };
        Resolver::new(mode, typed)
    }
}

/// Options that say how postings are judged
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Judging")]
pub(crate) struct Judging {
    /// Lexicon files that replace those of the same name, or are added
    #[arg(long, value_name = "DIR")]
    pub(crate) lexicons: Option<PathBuf>,
    /// Leave to review what is described with less than this probability
    #[arg(long, value_name = "SHARE", value_parser = share)]
    review_probability: Option<f64>,
    /// Leave to review what is this little more probable than the second best
    #[arg(long, value_name = "SHARE", value_parser = share)]
    review_margin: Option<f64>,
    /// Call mislabelled only what is the other role with this probability
    #[arg(long, value_name = "SHARE", value_parser = share)]
    mislabelled_probability: Option<f64>,
    /// Call unsupported only what is another job with this probability
    #[arg(long, value_name = "SHARE", value_parser = share)]
    unsupported_probability: Option<f64>,
    /// Call hidden only what is one of the two roles with this probability
    #[arg(long, value_name = "SHARE", value_parser = share)]
    hidden_probability: Option<f64>,
}

/// A number from 0 to 1.
pub(crate) fn share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("give a number from 0 to 1, such as 0.9".to_owned()),
    }
}

/// The most threads for each core.
const JOBS_PER_CORE: usize = 4;

/// As many threads may be asked for on any machine.
const JOBS: usize = 64;

/// A number of threads; more than could be of use are not started.
pub(crate) fn jobs(text: &str) -> Result<usize, String> {
    let asked: usize = text
        .parse()
        .map_err(|_| "give a whole number of threads, such as 4; 0 means one for each core".to_owned())?;
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    Ok(asked.min(JOBS.max(JOBS_PER_CORE * cores)))
}

/// A count with its noun, in the plural by `s` where it should be.
pub(crate) fn counted(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

impl Judging {
    /// Says it in the words of the configuration.
    pub(crate) fn tell(&self, config: &mut Config) {
        let Self {
            lexicons,
            review_probability,
            review_margin,
            mislabelled_probability,
            unsupported_probability,
            hidden_probability,
        } = self;
        let typed = |name, share: &Option<f64>| share.map(|share| Sourced::typed(name, share));
        config.judging.review_probability = typed("--review-probability", review_probability);
        config.judging.review_margin = typed("--review-margin", review_margin);
        config.judging.mislabelled_probability = typed("--mislabelled-probability", mislabelled_probability);
        config.judging.unsupported_probability = typed("--unsupported-probability", unsupported_probability);
        config.judging.hidden_probability = typed("--hidden-probability", hidden_probability);
        config.lexicons.extends = folders(lexicons.as_ref());
    }
}

/// What `--lexicons` says.
pub(crate) fn folders(folder: Option<&PathBuf>) -> Option<Sourced<Vec<PathBuf>>> {
    folder.map(|folder| Sourced::typed("--lexicons", vec![folder.clone()]))
}

/// Options that say what is made of rules
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Rules")]
pub(crate) struct Rules {
    /// Report these rules alone, by code or name; ALL means all
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    select: Vec<RuleChoice>,
    /// Leave these rules out
    #[arg(long, value_name = "RULE,…", value_delimiter = ',')]
    ignore: Vec<RuleName>,
    /// Report a rule as error, warning or note, or turn it off
    #[arg(long, value_name = "RULE=LEVEL,…", value_delimiter = ',', value_parser = rule_level)]
    severity: Vec<(Code, Level)>,
}

fn rule_level(text: &str) -> Result<(Code, Level), String> {
    let (rule, level) = text.split_once('=').ok_or("write RULE=LEVEL, such as RC002=error")?;
    let code = rule.parse::<RuleName>()?.code;
    let level =
        Level::from_name(level).ok_or_else(|| format!("\"{level}\" is none of off, note, warning, error"))?;
    Ok((code, level))
}

impl Rules {
    /// Says it in the words of the configuration.
    pub(crate) fn tell(&self, config: &mut Config) {
        let Self { select, ignore, severity } = self;
        if !select.is_empty() {
            config.judging.select = Some(Sourced::typed("--select", Selection::new(select)));
        }
        if !ignore.is_empty() {
            let codes = ignore.iter().map(|rule| rule.code).collect();
            config.judging.ignore = Some(Sourced::typed("--ignore", codes));
        }
        let levels = severity.iter().map(|(code, level)| (*code, Sourced::typed("--severity", *level)));
        config.judging.rules.extend(levels);
    }
}

/// What both say in the words of the configuration.
pub(crate) fn typed(judging: &Judging, rules: Option<&Rules>) -> Config {
    let mut config = Config::default();
    judging.tell(&mut config);
    if let Some(rules) = rules {
        rules.tell(&mut config);
    }
    config
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_are_a_sensible_number() {
        assert_eq!(jobs("0"), Ok(0));
        assert_eq!(jobs("64"), Ok(64));
        assert!(jobs("1000000").unwrap() < 100_000);
        for text in ["abc", "-1", "1.5", "", "99999999999999999999999"] {
            assert!(jobs(text).unwrap_err().starts_with("give a whole number"), "{text}");
        }
    }
}
