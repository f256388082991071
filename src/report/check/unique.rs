//! Fingerprints that no two problems share: tools drop what they take for a repetition.

use std::collections::HashMap;

use xxhash_rust::xxh3::xxh3_128;

use crate::problem::Problem;

/// Numbers the problems that have the same fingerprint in the same file, in input order.
#[derive(Default)]
pub(super) struct Unique<'p> {
    seen: HashMap<(&'p str, &'p str), u32>,
}

impl<'p> Unique<'p> {
    /// The fingerprint with its number in the file, `HASH:1` for the first.
    pub(super) fn in_file(&mut self, problem: &'p Problem) -> String {
        let count = self.seen.entry((&problem.path, &problem.fingerprint)).or_insert(0);
        *count += 1;
        format!("{}:{count}", problem.fingerprint)
    }

    /// A hash of file, fingerprint and number, unique in the run.
    pub(super) fn in_run(&mut self, problem: &'p Problem, path: &str) -> String {
        hash(&[path, problem.code.code(), &self.in_file(problem)])
    }
}

/// A hash of several texts.
pub(super) fn hash(parts: &[&str]) -> String {
    format!("{:032x}", xxh3_128(parts.join("\0").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::check::testing::run;

    #[test]
    fn a_repeated_fingerprint_gets_a_number() {
        let run = run();
        let problem = &run.problems[0];
        let mut unique = Unique::default();
        assert_eq!(unique.in_file(problem), format!("{}:1", problem.fingerprint));
        assert_eq!(unique.in_file(problem), format!("{}:2", problem.fingerprint));
        let mut again = Unique::default();
        assert_ne!(again.in_run(problem, "a.md"), again.in_run(problem, "a.md"));
        assert_ne!(Unique::default().in_run(problem, "a.md"), Unique::default().in_run(problem, "b.md"));
    }
}
