//! How words vary: regular endings by rule, irregular ones and spellings from `words.toml`.

use std::collections::{BTreeMap, BTreeSet};

use super::file::WordsFile;

/// Endings that British and American spelling swap.
const SPELLING_ENDINGS: &[(&str, &str)] =
    &[("ise", "ize"), ("isation", "ization"), ("yse", "yze"), ("iser", "izer")];

/// The inflection tables.
#[derive(Debug, Default)]
pub(crate) struct Words {
    nouns: BTreeSet<String>,
    fixed: BTreeSet<String>,
    irregular: BTreeMap<String, Vec<String>>,
    spellings: BTreeMap<String, String>,
}

impl Words {
    pub(crate) fn new(file: WordsFile) -> Self {
        let mut spellings = BTreeMap::new();
        for (british, american) in file.spellings {
            spellings.insert(american.clone(), british.clone());
            spellings.insert(british, american);
        }
        let set = |words: Vec<String>| words.into_iter().collect();
        Self { nouns: set(file.nouns), fixed: set(file.fixed), irregular: file.irregular, spellings }
    }

    /// Every way to write the word of a form: `=word` as it stands, `word/n` in singular and plural, else
    /// every inflection in both spellings.
    pub(crate) fn inflect(&self, word: &str) -> BTreeSet<String> {
        if let Some(exact) = word.strip_prefix('=') {
            return BTreeSet::from([exact.to_owned()]);
        }
        let (word, plural_only) = word.strip_suffix("/n").map_or((word, false), |noun| (noun, true));
        if self.fixed.contains(word) {
            return BTreeSet::from([word.to_owned()]);
        }
        let mut all = BTreeSet::new();
        for base in self.spelled(word) {
            all.extend(self.irregular.get(&base).into_iter().flatten().cloned());
            if base.len() > 1 && base.bytes().all(|b| b.is_ascii_alphabetic()) {
                all.insert(plural(&base));
                if !plural_only && !self.nouns.contains(&base) && !is_inflected(&base) {
                    all.extend(verb_endings(&base));
                }
            }
            all.insert(base);
        }
        all
    }

    fn spelled(&self, word: &str) -> BTreeSet<String> {
        let mut all = BTreeSet::from([word.to_owned()]);
        all.extend(self.spellings.get(word).cloned());
        for &(british, american) in SPELLING_ENDINGS {
            for (from, to) in [(british, american), (american, british)] {
                if let Some(stem) = word.strip_suffix(from).filter(|stem| stem.len() > 2) {
                    all.insert(format!("{stem}{to}"));
                }
            }
        }
        all
    }
}

/// Whether the word ends as verbs do and so takes no such ending again: `required`, `pricing`, but not `bring`, `need`.
fn is_inflected(word: &str) -> bool {
    let stem =
        word.strip_suffix("ing").or_else(|| word.strip_suffix("ed").filter(|stem| !stem.ends_with('e')));
    stem.is_some_and(|stem| stem.len() > 3 && stem.bytes().any(is_vowel))
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Whether the word ends in a consonant and `y`.
fn ends_consonant_y(word: &[u8]) -> bool {
    matches!(word, [.., before, b'y'] if !is_vowel(*before))
}

fn plural(word: &str) -> String {
    if ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) {
        format!("{word}es")
    } else if ends_consonant_y(word.as_bytes()) {
        format!("{}ies", &word[..word.len() - 1])
    } else {
        format!("{word}s")
    }
}

fn verb_endings(word: &str) -> Vec<String> {
    let bytes = word.as_bytes();
    if let Some(stem) = word.strip_suffix('e') {
        return vec![format!("{word}d"), format!("{stem}ing")];
    }
    if ends_consonant_y(bytes) {
        return vec![format!("{}ied", &word[..word.len() - 1]), format!("{word}ing")];
    }
    let mut all = Vec::new();
    // plan → planned: one vowel between two consonants, the last of which doubles; after a second vowel it may.
    if let [.., before, vowel, last] = bytes {
        let doubles = !is_vowel(*last) && !matches!(last, b'w' | b'x' | b'y' | b'h' | b'c' | b'k');
        if doubles && is_vowel(*vowel) && !is_vowel(*before) {
            let last = char::from(*last);
            all.push(format!("{word}{last}ed"));
            all.push(format!("{word}{last}ing"));
        }
    }
    if all.is_empty() || bytes.iter().filter(|&&byte| is_vowel(byte)).count() > 1 {
        all.push(format!("{word}ed"));
        all.push(format!("{word}ing"));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_inflect_by_rule_and_by_table() {
        const CASES: &[(&str, &[&str], &[&str])] = &[
            ("prioritise", &["prioritise", "prioritizes", "prioritising", "prioritized"], &[]),
            ("plan", &["plans", "planned", "planning"], &["planed", "planing"]),
            ("model", &["modeled", "modelled"], &[]),
            ("story", &["stories"], &["storys"]),
            ("launch", &["launches", "launching", "launched"], &["launchs"]),
            ("market", &["markets"], &["marketing"]),
            ("drive", &["drives", "drove", "driven", "driving"], &[]),
            ("program", &["programme", "programmes", "programs"], &[]),
            ("of", &["of"], &["ofs", "ofed"]),
            ("required", &["required"], &["requireding"]),
            ("pricing", &["pricing", "pricings"], &["pricinged"]),
            ("need", &["needed", "needing"], &[]),
            ("embed", &["embedded", "embedding"], &[]),
            ("bring", &["bringing"], &[]),
            ("=pm", &["pm"], &["pms"]),
            ("position/n", &["positions"], &["positioning"]),
        ];
        let words = Words::new(WordsFile {
            nouns: vec!["market".into()],
            fixed: vec!["of".into()],
            irregular: BTreeMap::from([("drive".into(), vec!["drove".into(), "driven".into()])]),
            spellings: BTreeMap::from([("programme".into(), "program".into())]),
        });
        for (word, has, lacks) in CASES {
            let found = words.inflect(word);
            for form in *has {
                assert!(found.contains(*form), "{word} should give {form}: {found:?}");
            }
            for form in *lacks {
                assert!(!found.contains(*form), "{word} should not give {form}");
            }
        }
    }
}
