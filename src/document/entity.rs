//! Character entities of HTML, such as `&nbsp;` and `&#8226;`.

/// Longest entity, in bytes.
const LONGEST_ENTITY: usize = 33;

/// The character that an entity at the start of `rest` stands for, and the entity's length. An ampersand that was
/// itself escaped (`&amp;nbsp;`) is taken with what follows: boards escape twice.
pub(super) fn entity_at(rest: &str) -> Option<(String, usize)> {
    let end = rest.bytes().take(LONGEST_ENTITY).position(|b| b == b';')? + 1;
    let name = &rest[..end];
    if !name[1..end - 1].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#') || end < 4 {
        return None;
    }
    let decoded = html_escape::decode_html_entities(name);
    if decoded == name {
        return None;
    }
    if decoded == "&"
        && let Some(inner_end) = rest[end..].bytes().take(LONGEST_ENTITY).position(|b| b == b';')
    {
        let inner = format!("&{}", &rest[end..=end + inner_end]);
        let again = html_escape::decode_html_entities(&inner);
        let is_name = inner[1..inner.len() - 1].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#');
        if is_name && again != inner {
            return Some((again.into_owned(), end + inner_end + 1));
        }
    }
    Some((decoded.into_owned(), end))
}
