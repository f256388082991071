//! Places where a line end was lost, so that two lines are glued together: `SkillsOwn the plan`, `in Leeds.You will`.

use super::label::{LABELLED, start_of_label};
use super::lost::Begins;
use crate::span::Span;

/// Fewest glued words in one stretch from which all of them are taken for lost line ends.
const GLUED_LIST: usize = 3;

/// Shortest stretch, in bytes, with so many of them that is taken for a list.
const SHORTEST_LIST: usize = 40 * GLUED_LIST;

/// Shortest line of such a list, in bytes; half of it before one that begins as lines do.
const SHORTEST_LINE: usize = 30;

/// Bytes before such a place in which a heading is looked for.
const LONGEST_HEADING: usize = 60;

/// Longest stretch, in bytes, in which names with a capital inside are looked for.
const NAMES_LOOKED_FOR: usize = 8_000;

/// A place where a line may begin that is glued to the one before.
#[derive(Clone, Copy, Debug)]
struct Seam {
    /// Where the second line begins.
    at: usize,
    /// Whether it can be nothing else. `JavaScript` is written as two lines are that begin with capitals.
    sure: bool,
}

/// Whether there may be such a place in a stretch. Hardly any text has one.
pub(super) fn has_glue(text: &str, span: Span) -> bool {
    // This much can be asked of many bytes at once.
    let bytes = span.slice(text).as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or(&[]));
    let ends = |byte: u8| byte.is_ascii_lowercase() | byte.is_ascii_digit() | matches!(byte, b')' | b'.');
    let may = pairs.fold(false, |may, (&a, &b)| may | (ends(a) & b.is_ascii_uppercase()));
    may && seams(text, span).next().is_some()
}

/// Splits a stretch where line ends were lost: after known headings, before what is surely a line of its own, and
/// everywhere when there are several such places.
pub(super) fn unglued(text: &str, span: Span, knows: &mut impl FnMut(Span) -> Begins) -> Vec<Span> {
    let seams: Vec<Seam> = seams(text, span).collect();
    let begin: Vec<bool> =
        seams.iter().map(|seam| begins_line(text, Span::new(seam.at, span.end), knows)).collect();
    let several =
        seams.iter().zip(&begin).filter(|(seam, begins)| seam.sure || **begins).count() >= GLUED_LIST;
    let list = several && span.len() > SHORTEST_LIST;
    let mut lines = Vec::new();
    let mut from = span.start;
    let mut cut = |from: &mut usize, to: usize| {
        if *from < to {
            lines.push(Span::new(*from, to));
            *from = to;
        }
    };
    for (seam, begins) in seams.iter().zip(begin) {
        let near = seam.at.saturating_sub(LONGEST_HEADING)..seam.at;
        let near = near.into_iter().find(|&near| text.is_char_boundary(near)).unwrap_or(seam.at);
        let heading = start_of_label(text, Span::new(near.max(from), seam.at), knows);
        if let Some((heading, _)) = heading.filter(|(_, zone)| seam.sure || begins || LABELLED.contains(zone))
        {
            cut(&mut from, heading);
            cut(&mut from, seam.at);
        } else if seam.sure && begins && seam.at - from > SHORTEST_LINE / 2
            || list && (seam.sure || begins) && seam.at - from > SHORTEST_LINE
        {
            cut(&mut from, seam.at);
        }
    }
    cut(&mut from, span.end);
    lines
}

/// The places in a stretch where a capitalised word stands right behind the end of another or of a sentence.
fn seams(text: &str, span: Span) -> impl Iterator<Item = Seam> + '_ {
    let bytes = span.slice(text).as_bytes();
    let inside = 2..bytes.len().saturating_sub(1);
    let begins = move |at: &usize| {
        bytes[*at].is_ascii_uppercase()
            && matches!(bytes[*at + 1], b'a'..=b'z' | b' ' | b'\'')
            && bytes[*at - 1] != b' '
    };
    inside.filter(begins).filter_map(move |at| {
        let sure = seam(bytes, at)?;
        Some(Seam { at: span.start + at, sure })
    })
}

/// Whether the capital at `at` begins a glued line for sure; `None` when it does not.
fn seam(bytes: &[u8], at: usize) -> Option<bool> {
    let start = |end: usize| word_start(bytes, end);
    let behind = &bytes[at..bytes.len().min(at + LONGEST_WORD)];
    if behind.len() == LONGEST_WORD && behind.iter().all(u8::is_ascii_alphanumeric) {
        return None;
    }
    match bytes[at - 1] {
        b'a'..=b'z' => {
            let word = &bytes[start(at)..at];
            (word.len() > 1 && !is_name(bytes, at) && !is_in_address(bytes, at))
                .then(|| word.iter().all(u8::is_ascii_lowercase))
        }
        b'0'..=b'9' => {
            let word = &bytes[start(at)..at];
            // "401K with …", "5M users": the letter counts.
            if bytes[at + 1] == b' ' && !matches!(bytes[at], b'A' | b'I') {
                return None;
            }
            (word.iter().all(u8::is_ascii_digit) && !is_name(bytes, at)).then_some(word.len() > 1)
        }
        b')' => Some(true),
        b'.' => {
            let before = bytes[at - 2];
            let word = &bytes[start(at - 1)..at - 1];
            let ends = before == b')' || before.is_ascii_lowercase() && word.len() > 2;
            (ends && !is_in_address(bytes, at)).then_some(true)
        }
        _ => None,
    }
}

/// Bytes before and behind a place that are looked at for the word around it.
const LONGEST_WORD: usize = 80;

/// Where the letters and digits that end at `end` begin.
fn word_start(bytes: &[u8], end: usize) -> usize {
    let near = end.saturating_sub(LONGEST_WORD);
    bytes[near..end]
        .iter()
        .rposition(|byte| !byte.is_ascii_alphanumeric())
        .map_or(near, |before| near + before + 1)
}

/// Whether what stands at `at` is a part of an address: `https://hats.example/aboutUs`, `john@hats.Example`.
fn is_in_address(bytes: &[u8], at: usize) -> bool {
    let near = at.saturating_sub(LONGEST_WORD);
    let before = bytes[near..at].rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
    before.contains(&b'@') || before.starts_with(b"www.") || before.windows(3).any(|three| three == b"://")
}

/// Whether the word around `at` stands in the stretch again: a name with a capital inside, as `TikTok`.
fn is_name(stretch: &[u8], at: usize) -> bool {
    if stretch.len() > NAMES_LOOKED_FOR {
        return false;
    }
    let behind =
        stretch[at..].iter().take(LONGEST_WORD).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let word = &stretch[word_start(stretch, at)..at + behind];
    memchr::memmem::find_iter(stretch, word).nth(1).is_some()
}

/// Whether a stretch begins as lines do, and not as the second half of a name.
fn begins_line(text: &str, rest: Span, knows: &mut impl FnMut(Span) -> Begins) -> bool {
    const BEGINNINGS: &[&str] =
        &["We", "You", "Your", "Our", "The", "This", "As", "If", "It", "They", "A", "I"];
    let slice = rest.slice(text);
    let end: usize =
        slice.chars().take(LONGEST_WORD).take_while(|c| c.is_alphanumeric()).map(char::len_utf8).sum();
    let first = Span::new(rest.start, rest.start + end);
    BEGINNINGS.contains(&&slice[..end]) || matches!(knows(first), Begins::Order | Begins::Section(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Zone;

    #[test]
    fn lines_part_behind_small_letters_marks_and_numbers_but_names_stay_whole() {
        const CASES: &[(&str, &[&str])] = &[
            ("Key DutiesOwn the plan", &["Key Duties", "Own the plan"]),
            ("for all of us. Key DutiesFelt", &["for all of us. ", "Key Duties", "Felt"]),
            ("We know JavaScript and BitBucket and DevOps", &["We know JavaScript and BitBucket and DevOps"]),
            ("Caps in every branch of oursOwn the plan", &["Caps in every branch of ours", "Own the plan"]),
            ("Caps for 401K people and 5M users", &["Caps for 401K people and 5M users"]),
            ("We sell hatsBut no shoes", &["We sell hatsBut no shoes"]),
            ("See https://felt.Example/ownThe or ask", &["See https://felt.Example/ownThe or ask"]),
            (
                "Caps for the shops in all of Leeds (felt and straw)Ribbons for the hats that we made in 1902Hats for the \
                 branches by the seasideCaps made with JavaScript and DevOps.Felt for all",
                &[
                    "Caps for the shops in all of Leeds (felt and straw)",
                    "Ribbons for the hats that we made in 1902",
                    "Hats for the branches by the seaside",
                    "Caps made with JavaScript and DevOps.",
                    "Felt for all",
                ],
            ),
        ];
        for (text, expected) in CASES {
            let mut knows = |span: Span| match span.slice(text) {
                "Key Duties" => Begins::Section(Zone::Duties),
                "Own" => Begins::Order,
                _ => Begins::Nothing,
            };
            let lines = unglued(text, Span::new(0, text.len()), &mut knows);
            let lines: Vec<&str> = lines.iter().map(|line| line.slice(text)).collect();
            assert_eq!(lines, *expected, "{text}");
        }
    }
}
