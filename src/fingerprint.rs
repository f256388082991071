//! What stays the same of a finding when its draft is moved about and restyled: the rule and the deciding words.
//!
//! Case, punctuation, white space, bullets, marks of emphasis and the order of the duties do not count;
//! words do. A changed word makes another finding of it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::rule::Code;

/// Bytes of the hash that are kept.
const KEPT: usize = 16;

/// The fingerprint of a finding, in hexadecimal.
///
/// `fixed` are texts whose order counts, such as the title; `duties` are the deciding words in any order.
#[must_use]
pub fn fingerprint<'t>(rule: Code, fixed: &[&str], duties: impl IntoIterator<Item = &'t str>) -> String {
    let mut hasher = Sha256::new();
    hasher.update(rule.code());
    for text in fixed {
        hasher.update("\n");
        hasher.update(words(text));
    }
    hasher.update("\n");
    let duties: BTreeSet<String> = duties.into_iter().map(words).filter(|words| !words.is_empty()).collect();
    for duty in duties {
        hasher.update("\n");
        hasher.update(duty);
    }
    hasher.finalize()[..KEPT].iter().fold(String::with_capacity(2 * KEPT), |mut digits, byte| {
        // Writing to a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// The words of a text in lower case, a space between them.
fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            words.extend(c.to_lowercase());
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str, duties: &[&str]) -> String {
        fingerprint(Code::Rc001, &[title], duties.iter().copied())
    }

    #[test]
    fn moving_and_restyling_keep_a_fingerprint_and_words_change_it() {
        let known = of("Product Manager", &["Own product positioning", "Lead launches"]);
        assert_eq!(known.len(), 2 * KEPT);
        let same: &[(&str, &[&str])] = &[
            ("Product Manager", &["Lead launches", "Own product positioning"]),
            ("**Product**  manager", &["* Own *product* positioning.", "LEAD\tlaunches", "Lead launches"]),
        ];
        for (title, duties) in same {
            assert_eq!(of(title, duties), known, "{title} {duties:?}");
        }
        let other: &[(&str, &[&str])] = &[
            ("Senior Product Manager", &["Own product positioning", "Lead launches"]),
            ("Product Manager", &["Own product positioning"]),
            ("Product Manager", &["Own product positioning", "Lead two launches"]),
            ("Product Manager Own", &["product positioning", "Lead launches"]),
        ];
        for (title, duties) in other {
            assert_ne!(of(title, duties), known, "{title} {duties:?}");
        }
        assert_ne!(fingerprint(Code::Rc002, &["Product Manager"], ["Own product positioning"]), known);
    }
}
