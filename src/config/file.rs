//! `rolecall.toml` as written: one struct a table, unknown keys refused.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::Term;
use super::at::At;
use super::entry::{IgnoreEntry, OneOrMore};
use super::named::{Expected, RuleChoice, RuleName, Share};
use crate::vocabulary::{FailOn, Level};

/// The configuration of rolecall: `rolecall.toml` or `.rolecall.toml`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ConfigFile {
    /// Below this probability of the best description the verdict is review.
    pub review_probability: Option<At<Share>>,
    /// Below this distance between the best and the second description the verdict is review.
    pub review_margin: Option<At<Share>>,
    /// The verdict mislabelled needs the other role at this probability or better.
    pub mislabelled_probability: Option<At<Share>>,
    /// The verdict unsupported needs another job at this probability or better.
    pub unsupported_probability: Option<At<Share>>,
    /// The verdict hidden needs one of the two roles at this probability or better.
    pub hidden_probability: Option<At<Share>>,
    /// The role that the postings are meant for, whatever their titles say.
    pub expect: Option<At<Expected>>,
    /// The rules that are in force, by code or name; ALL without this.
    pub select: Option<At<Vec<RuleChoice>>>,
    /// Rules that are left out, or, as `[[ignore]]`, findings that are accepted.
    pub ignore: Option<At<Vec<At<IgnoreEntry>>>>,
    /// What to make of single rules, by code or name: off, note, warning or error.
    pub rules: BTreeMap<At<RuleName>, At<Level>>,
    /// The least severity that makes check exit with 1.
    pub fail_on: Option<At<FailOn>>,
    /// More warnings than this make check exit with 1.
    pub max_warnings: Option<At<u64>>,
    /// Globs of files that folders are searched without, relative to the folder of this file.
    pub exclude: Option<At<Vec<String>>>,
    /// The file of known findings, relative to the folder of this file.
    pub baseline: Option<At<String>>,
    /// What is changed about the words that are looked for.
    pub lexicons: LexiconsFile,
    /// How records are read.
    pub scan: ScanFile,
    /// Other values for some files; later ones win.
    pub overrides: Vec<OverrideFile>,
}

/// Other values for some files.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OverrideFile {
    /// Globs of the files, relative to the folder of this file.
    pub files: At<Vec<String>>,
    /// Below this probability of the best description the verdict is review.
    pub review_probability: Option<At<Share>>,
    /// Below this distance between the best and the second description the verdict is review.
    pub review_margin: Option<At<Share>>,
    /// The verdict mislabelled needs the other role at this probability or better.
    pub mislabelled_probability: Option<At<Share>>,
    /// The verdict unsupported needs another job at this probability or better.
    pub unsupported_probability: Option<At<Share>>,
    /// The verdict hidden needs one of the two roles at this probability or better.
    pub hidden_probability: Option<At<Share>>,
    /// The role that these postings are meant for, whatever their titles say.
    pub expect: Option<At<Expected>>,
    /// The rules that are in force here.
    pub select: Option<At<Vec<RuleChoice>>>,
    /// Rules that are left out here, besides those that are left out everywhere.
    pub ignore: Option<At<Vec<RuleName>>>,
    /// What to make of single rules here.
    #[serde(default)]
    pub rules: BTreeMap<At<RuleName>, At<Level>>,
}

/// What is changed about the words that are looked for.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct LexiconsFile {
    /// Folders with lexicon files that are added, or take the place of those of the same name.
    pub extends: Option<At<Vec<String>>>,
    /// Areas such as pm/metrics and terms such as pm/metrics/okr that are taken out.
    #[schemars(with = "Option<Vec<String>>")]
    pub disable: Option<At<Vec<Spanned<String>>>>,
    /// Terms that are changed, by their full name; what is left out stays as it is.
    #[schemars(with = "BTreeMap<String, Term>")]
    pub replace: Option<At<BTreeMap<Spanned<String>, Term>>>,
}

/// How records are read.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ScanFile {
    /// Which columns or keys hold which fields.
    pub map: Option<At<MapFile>>,
}

/// Which columns or keys hold which fields; a path such as ad.text leads into an object.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct MapFile {
    /// The title.
    pub title: Option<OneOrMore>,
    /// The body; several are joined.
    pub body: Option<OneOrMore>,
    /// A part of the body that lists the duties.
    pub duties: Option<OneOrMore>,
    /// A part of the body that lists requirements.
    pub requirements: Option<OneOrMore>,
    /// A part of the body about benefits.
    pub benefits: Option<OneOrMore>,
    /// A part of the body about the employer.
    pub about: Option<OneOrMore>,
    /// The source's own id.
    pub id: Option<OneOrMore>,
    /// The employer's name.
    pub company: Option<OneOrMore>,
    /// Where the job is.
    pub location: Option<OneOrMore>,
    /// The address on the web.
    pub url: Option<OneOrMore>,
    /// The language.
    pub language: Option<OneOrMore>,
}

impl MapFile {
    /// The fields by name, with the names given for them.
    pub(super) fn fields(&self) -> [(&'static str, Option<&OneOrMore>); 11] {
        [
            ("title", self.title.as_ref()),
            ("body", self.body.as_ref()),
            ("duties", self.duties.as_ref()),
            ("requirements", self.requirements.as_ref()),
            ("benefits", self.benefits.as_ref()),
            ("about", self.about.as_ref()),
            ("id", self.id.as_ref()),
            ("company", self.company.as_ref()),
            ("location", self.location.as_ref()),
            ("url", self.url.as_ref()),
            ("language", self.language.as_ref()),
        ]
    }
}
