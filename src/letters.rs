//! Text without case, spaces and punctuation: two that hold the same letters say the same.

/// The letters and digits of a text, in lower case.
pub(crate) fn of(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}
