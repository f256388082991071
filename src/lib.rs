//! rolecall reads job postings and says whether each describes the role that its title calls.
//!
//! One value flows, and each stage has its own type:
//!
//! ```text
//! Posting → Document → Hits → Evidence → Verdict → Outcome → report
//! ```
//!
//! The modules below stand in that order; a module uses only those before it.

#[macro_use]
mod names;
mod lanes;
mod letters;
mod figure;
pub mod path;
pub mod span;
pub mod vocabulary;
pub mod declared;
pub mod rule;
mod excerpt;
pub mod date;
mod suggest;
mod html;
pub mod token;
pub mod lexicon;
pub mod config;
pub mod settings;
pub mod resolver;
pub mod posting;
pub mod area;
pub mod title;
mod shipped;
mod hit;
pub mod proof;
mod grammar;
pub mod document;
mod actor;
mod duty;
mod leaning;
mod giving;
mod feature;
pub mod sketch;
pub mod verdict;
mod counted;
pub mod advice;
mod evidence;
pub mod sureness;
pub mod score;
mod context;
pub mod trace;
pub mod reading;
mod finding;
pub mod language;
pub mod outcome;
pub mod shard;
pub mod problem;
pub mod analyzer;
pub mod guard;
pub mod source;
pub mod suppression;
pub mod fingerprint;
pub mod baseline;
pub mod check;
pub mod suspicion;
pub mod copies;
pub mod proportion;
pub mod deciding;
pub mod summary;
pub mod results;
pub mod comparison;
#[cfg(test)]
mod fixture;
pub mod report;
pub mod output;
pub mod eval;
pub mod fit;
pub mod schema;
pub mod batch;

pub use analyzer::Analyzer;
pub use document::Document;
pub use lexicon::Lexicon;
pub use outcome::Outcome;
pub use posting::Posting;
pub use settings::Settings;
pub use summary::Summary;
pub use verdict::Verdict;

/// Runs the examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
