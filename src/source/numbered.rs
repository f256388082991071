//! Names that differ in a number only: the columns over which a list, or a long text, was spread.

/// A name without the number at its end, as in `Job Description 2` or `bullet_3`; `None` for any other name.
pub(super) fn base(name: &str) -> Option<&str> {
    let name = name.trim_end();
    let numberless = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let base = numberless.trim_end_matches([' ', '_', '-', '.', '/', '#']);
    (numberless.len() < name.len() && !base.is_empty()).then_some(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_at_the_end_of_a_name_is_taken_off() {
        for (name, expected) in [
            ("Job Description 2", Some("Job Description")),
            ("bullet_10", Some("bullet")),
            ("duties3", Some("duties")),
            ("Description", None),
            ("12", None),
            ("", None),
        ] {
            assert_eq!(base(name), expected, "{name}");
        }
    }
}
