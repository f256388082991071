//! Which name was meant, and what a parser's complaint says in plain words.

use strsim::osa_distance;

/// The known name that differs least from what was written, when it is near enough to be meant.
pub(crate) fn nearest<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let plain = |text: &str| text.to_lowercase().replace('_', "-");
    let written = plain(written);
    known
        .into_iter()
        .map(|name| {
            let begun = written.chars().count() > 2 && plain(name).starts_with(&written);
            (if begun { 1 } else { osa_distance(&written, &plain(name)) }, name)
        })
        .filter(|(distance, name)| *distance <= name.chars().count().max(written.chars().count()) / 3)
        // Of names that begin alike the shortest: an area before its terms.
        .min_by_key(|(distance, name)| (*distance, name.len()))
        .map(|(_, name)| name)
}

/// "did you mean …?" for a near name, else the names there are.
pub(crate) fn advice(written: &str, known: &[&str]) -> String {
    match nearest(written, known.iter().copied()) {
        Some(name) => format!("did you mean \"{name}\"?"),
        None => format!("write one of {}", known.join(", ")),
    }
}

/// Words of the parser and what they are called in TOML.
const PLAIN: &[(&str, &str)] = &[
    ("invalid type: ", "this is "),
    ("invalid value: ", "this is "),
    (", expected ", "; write "),
    ("floating point ", "the number "),
    ("integer ", "the number "),
    ("boolean ", ""),
    ("an array", "a list"),
    ("a sequence", "a list"),
    ("sequence", "a list"),
    ("map", "a table"),
    ("f64", "a number"),
    ("u64", "a whole number, 0 or more"),
];

/// The complaint of the TOML parser as a person would say it.
pub(crate) fn plainly(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let told = match quoted.as_slice() {
        [written, known @ ..] if message.starts_with("unknown field") => {
            Some(format!("unknown key \"{written}\": {}", advice(written, known)))
        }
        [written, known @ ..] if message.starts_with("unknown variant") => {
            Some(format!("unknown value \"{written}\": {}", advice(written, known)))
        }
        [missing] if message.starts_with("missing field") => Some(format!("\"{missing}\" is missing here")),
        _ => None,
    };
    told.unwrap_or_else(|| {
        if message == "wanted string or table" {
            return "write a name between quotes".to_owned();
        }
        let mut text = message.lines().next().unwrap_or(message).to_owned();
        if text.starts_with("invalid type: ") || text.starts_with("invalid value: ") {
            for (from, to) in PLAIN {
                text = text.replacen(from, to, 1);
            }
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        const CASES: &[(&str, Option<&str>)] = &[
            ("review-probabilty", Some("review-probability")),
            ("review_margin", Some("review-margin")),
            ("Rules", Some("rules")),
            ("rule", Some("rules")),
            ("exlcude", Some("exclude")),
            ("excl", Some("exclude")),
            ("colour", None),
            ("", None),
        ];
        let known = ["review-probability", "review-margin", "rules", "exclude"];
        for (written, meant) in CASES {
            assert_eq!(nearest(written, known), *meant, "{written}");
        }
    }
}
