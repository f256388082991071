//! rolecall reads job postings and says whether each describes the role that its title calls.
//!
//! One value flows, and each stage has its own type:
//!
//! ```text
//! Posting → Document → Hits → Evidence → Verdict → Outcome → report
//! ```
//!
//! The modules below stand in that order; a module uses only those before it.

pub mod analyzer;
pub mod deciding;
#[cfg(test)]
mod fixture;
pub mod outcome;
pub mod output;
pub mod posting;
pub mod proportion;
pub mod report;
pub mod rule;
pub mod schema;
pub mod settings;
pub mod span;
pub mod summary;
pub mod verdict;
pub mod vocabulary;

pub use analyzer::Analyzer;
pub use outcome::Outcome;
pub use posting::Posting;
pub use settings::Settings;
pub use summary::Summary;
pub use verdict::Verdict;
