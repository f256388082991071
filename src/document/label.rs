//! Headings that stand inside a line with what they head: "… in Leeds. Duties: Plan the rounds …".

use super::lost::Begins;
use crate::span::Span;
use crate::vocabulary::Zone;

/// The zones whose labels are looked for: what follows others, such as "Location:", is a word or two.
const LABELLED: [Zone; 3] = [Zone::Intro, Zone::Duties, Zone::Requirements];

/// Words of the longest label looked for before a colon.
const LONGEST_LABEL: usize = 5;

/// The labels of a stretch, each from its first word to behind its colon, in reading order.
pub(super) fn labels(text: &str, span: Span, knows: &mut impl FnMut(Span) -> Begins) -> Vec<Span> {
    let mut labels = Vec::new();
    let mut from = span.start;
    for found in memchr::memchr_iter(b':', span.slice(text).as_bytes()) {
        let colon = span.start + found;
        if !is_followed(&text[colon + 1..span.end]) {
            continue;
        }
        let Some((start, zone)) = start_of_label(text, Span::new(from, colon), knows) else { continue };
        // A line that is nothing but a heading is told as a whole.
        let heads_more = text[colon + 1..span.end].contains(char::is_alphanumeric);
        if LABELLED.contains(&zone) && (heads_more || start > span.start) {
            labels.push(Span::new(start, colon + 1));
            from = colon + 1;
        }
    }
    labels
}

/// Whether a colon may have something said under it, and is none of a time of day or an address.
fn is_followed(rest: &str) -> bool {
    rest.is_empty()
        || rest.starts_with(|c: char| c.is_whitespace() || c.is_uppercase() || "-\u{2013}*".contains(c))
}

/// Where the label begins that ends with the stretch, and what it opens: with the capital from which on all words
/// are known as a heading.
fn start_of_label(
    text: &str,
    stretch: Span,
    knows: &mut impl FnMut(Span) -> Begins,
) -> Option<(usize, Zone)> {
    let end = stretch.start + stretch.slice(text).trim_end().len();
    let slice = &text[stretch.start..end];
    let mut opens = |start: usize| match knows(Span::new(stretch.start + start, end)) {
        Begins::Section(zone) => Some((stretch.start + start, zone)),
        _ => None,
    };
    let mut best = None;
    let starts = slice.rmatch_indices(char::is_whitespace).map(|(at, space)| at + space.len());
    for (words, start) in starts.chain(std::iter::once(0)).take(LONGEST_LABEL).enumerate() {
        let before = slice[..start].trim_end();
        // One word may be the last of a name: "Business Requirements".
        let named = words == 0 && ends_with_name(before);
        if slice[start..].starts_with(char::is_uppercase) && !named {
            best = opens(start).or(best);
        }
        // A mark ends what came before: "(Leeds) Duties".
        if before.ends_with(['.', ',', ';', ':', '!', '?', ')', '-', '|']) {
            break;
        }
    }
    best.or_else(|| {
        // The line end before it was lost: "LeedsDuties".
        let word = slice.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        opens(word + slice[word..].rfind(char::is_uppercase).filter(|&at| at > 0)?)
    })
}

/// Whether the last word has a capital and small letters.
fn ends_with_name(text: &str) -> bool {
    let word = text.rsplit(char::is_whitespace).next().unwrap_or("");
    word.starts_with(char::is_uppercase) && word.ends_with(char::is_lowercase)
}

/// The labels of a stretch and what stands between them, and whether each is a label.
pub(super) fn under_labels(span: Span, labels: &[Span]) -> impl Iterator<Item = (Span, bool)> {
    let starts = std::iter::once(span.start).chain(labels.iter().map(|label| label.end));
    let ends = labels.iter().map(|label| label.start).chain(std::iter::once(span.end));
    let between = starts.zip(ends).map(|(start, end)| (Span::new(start, end), false));
    let labels = labels.iter().map(|&label| Some((label, true))).chain(std::iter::once(None));
    between.zip(labels).flat_map(|(between, label)| std::iter::once(between).chain(label))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut knows = |span: Span| match span.slice(text) {
            "Duties" | "Key Duties" => Begins::Section(Zone::Duties),
            "Requirements" | "Skills" => Begins::Section(Zone::Requirements),
            "Location" => Begins::Section(Zone::Benefits),
            "Team Duties" => Begins::Section(Zone::Company),
            _ => Begins::Nothing,
        };
        let all = labels(text, Span::new(0, text.len()), &mut knows);
        all.into_iter().map(|span| span.slice(text)).collect()
    }

    #[test]
    fn labels_are_known_words_before_a_colon() {
        const CASES: &[(&str, &[&str])] = &[
            ("Duties: plan the rounds", &["Duties:"]),
            ("We are in Leeds, UK Key Duties: plan Skills: maps", &["Key Duties:", "Skills:"]),
            ("Leeds, UKDuties:Plan the rounds", &["Duties:"]),
            ("A job (Leeds) Duties : plan", &["Duties :"]),
            // Nothing but a heading, the last words of a name, another heading, a field, an address, the time of day.
            ("Duties:", &[]),
            ("Gather Business Requirements: ask", &[]),
            ("Team Duties: we sell hats", &[]),
            ("Location: Leeds", &[]),
            ("Duties:https", &[]),
            ("our duties: none", &[]),
            ("", &[]),
        ];
        for (text, expected) in CASES {
            assert_eq!(found(text), *expected, "{text}");
        }
    }
}
