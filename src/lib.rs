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
pub mod outcome;
pub mod posting;
pub mod rule;
pub mod settings;
pub mod span;
pub mod title;
pub mod verdict;
pub mod vocabulary;

pub use analyzer::Analyzer;
pub use outcome::Outcome;
pub use posting::Posting;
pub use settings::Settings;
pub use verdict::Verdict;
