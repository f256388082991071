//! Headings that stand inside a line with what they head: "… in Leeds. Duties: Plan the rounds …".

use super::lost::{Begins, words};
use super::text::{Block, Shape};
use crate::span::Span;
use crate::vocabulary::Zone;

/// The zones whose labels are looked for: what follows others, such as "Location:", is a word or two.
pub(super) const LABELLED: [Zone; 3] = [Zone::Intro, Zone::Duties, Zone::Requirements];

/// Bytes before a colon in which its label is looked for, so that a text of nothing but colons takes no longer.
const LONGEST_LABEL_BYTES: usize = 80;

/// Words of the longest label looked for before a colon.
const LONGEST_LABEL: usize = 5;

/// The words in bold that open a paragraph and head the rest of it.
pub(super) fn bold_label(text: &str, block: &Block, knows: &mut impl FnMut(Span) -> Begins) -> Option<Span> {
    let label = Span::new(block.span.start, block.bold_head);
    let words = label.slice(text).trim_end_matches([':', ' ']);
    let heads = block.shape == Shape::Paragraph
        && !words.is_empty()
        && text[label.end..block.span.end].contains(char::is_alphanumeric);
    let opens = heads.then(|| knows(Span::new(label.start, label.start + words.len())))?;
    matches!(opens, Begins::Section(zone) if LABELLED.contains(&zone)).then_some(label)
}

/// The labels of a stretch, each from its first word to behind its colon, in reading order. A list item is named by
/// what stands before its colon ("Requirements: gather them"), and a heading is one as a whole ("Lead, Tools and
/// Systems Duties:"), so there only a label after a mark or a lost line end heads something.
pub(super) fn labels(
    text: &str,
    span: Span,
    item: bool,
    knows: &mut impl FnMut(Span) -> Begins,
) -> Vec<Span> {
    let mut labels: Vec<Span> = Vec::new();
    let opening = if item { None } else { opening_label(text, span, knows) };
    labels.extend(opening);
    let mut from = labels.last().map_or(span.start, |label| label.end);
    for found in memchr::memchr_iter(b':', span.slice(text).as_bytes()) {
        let colon = span.start + found;
        if colon < from || !is_followed(&text[colon + 1..span.end]) {
            continue;
        }
        let near = (colon.saturating_sub(LONGEST_LABEL_BYTES)..colon).find(|&at| text.is_char_boundary(at));
        let stretch = Span::new(near.unwrap_or(colon).max(from), colon);
        let Some((start, zone)) = start_of_label(text, stretch, knows) else { continue };
        // A line that is nothing but a heading is told as a whole.
        let heads_more = text[colon + 1..span.end].contains(char::is_alphanumeric);
        let glued = is_glued(&text[colon + 1..span.end]);
        let parted = || glued || start > span.start && !text[..start].ends_with(char::is_whitespace);
        let opens = start == 0 || text[..start].ends_with('\n');
        // "… 8 to 5 JOB DUTIES: Plan …" in a line that began as an item.
        let capitals = || is_capitals(&text[start..colon]) && text[start..colon].trim_end().contains(' ');
        let heads = LABELLED.contains(&zone)
            || opens
                && (matches!(zone, Zone::Career | Zone::Process)
                    || zone == Zone::Other && knows(Span::new(start, colon)) == Begins::NoWork)
            || glued && names_section(&text[start..colon], zone);
        if heads && if item { parted() || capitals() && heads_more } else { heads_more || start > span.start }
        {
            labels.push(Span::new(start, colon + 1));
            from = colon + 1;
        }
    }
    labels
}

/// The label without a colon that opens a stretch: before a dash ("Duties - Plan …"), in capitals ("DUTIES Plan …"),
/// or before what is to be done ("Duties Plan …").
fn opening_label(text: &str, span: Span, knows: &mut impl FnMut(Span) -> Begins) -> Option<Span> {
    let slice = span.slice(text);
    let opens = span.start == 0 || text[..span.start].ends_with('\n');
    if !slice.starts_with(begins_label) {
        return None;
    }
    let mut words = words(text, span).take(LONGEST_LABEL + 1);
    let first = words.next()?;
    let capitals = is_capitals(first.slice(text));
    let mut end = first.end;
    let mut best = None;
    for (count, word) in words.enumerate().map(|(at, word)| (at + 1, word)) {
        let next = word.slice(text);
        // In the middle of a paragraph only capitals show a heading, and one of several words before an order.
        if !opens && !capitals && !next.starts_with(char::is_uppercase) {
            break;
        }
        let run = Span::new(span.start, end);
        let dash = matches!(next, "-" | "\u{2013}" | "\u{2014}" | ":-");
        let in_capitals = || capitals && is_capitals(run.slice(text)) && !is_capitals(next);
        let zones: &[Zone] = if dash && (opens || capitals) || in_capitals() {
            &LABELLED
        } else if !(opens || count > 1)
            || !next.starts_with(char::is_uppercase)
            || knows(word) != Begins::Order
        {
            &[]
        } else if count > 1 {
            &[Zone::Duties, Zone::Intro]
        } else {
            &[Zone::Duties]
        };
        if !zones.is_empty() && matches!(knows(run), Begins::Section(zone) if zones.contains(&zone)) {
            best = Some(Span::new(span.start, if dash { word.end } else { end }));
        }
        end = word.end;
    }
    best
}

/// Whether a label may begin so: with a capital, or as "30 days" does.
fn begins_label(c: char) -> bool {
    c.is_uppercase() || c.is_ascii_digit()
}

/// Whether there are letters and all of them are capitals.
fn is_capitals(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase)
}

/// Whether a colon may have something said under it, and is none of a time of day or an address.
fn is_followed(rest: &str) -> bool {
    is_glued(rest) || !rest.starts_with(|c: char| c.is_lowercase() || c.is_numeric() || c == '/')
}

/// Whether the line end behind a colon was lost: "Requirements:Three years", "Skills:5+ years".
fn is_glued(rest: &str) -> bool {
    let mut ahead = rest.chars();
    match (ahead.next(), ahead.find(|c| !c.is_numeric())) {
        (Some(first), Some(next)) if first.is_numeric() => next != ':',
        (Some(first), _) => first.is_uppercase() || first == '-',
        (None, _) => false,
    }
}

/// Whether a label of several words names a section that is none of work, and no field as "Job type" does.
fn names_section(label: &str, zone: Zone) -> bool {
    let words = label.split_whitespace().count();
    zone == Zone::Company && words >= 2 || zone == Zone::Benefits && words >= 3
}

/// Where the label begins that ends with the stretch, and what it opens: with the capital from which on all words
/// are known as a heading.
pub(super) fn start_of_label(
    text: &str,
    stretch: Span,
    knows: &mut impl FnMut(Span) -> Begins,
) -> Option<(usize, Zone)> {
    let end = stretch.start + stretch.slice(text).trim_end().len();
    let slice = &text[stretch.start..end];
    let mut opens = |start: usize| match knows(Span::new(stretch.start + start, end)) {
        Begins::Section(zone) => Some((stretch.start + start, zone)),
        Begins::NoWork => Some((stretch.start + start, Zone::Other)),
        _ => None,
    };
    let mut best = None;
    let starts = slice.rmatch_indices(char::is_whitespace).map(|(at, space)| at + space.len());
    for (words, start) in starts.chain(std::iter::once(0)).take(LONGEST_LABEL).enumerate() {
        let before = slice[..start].trim_end();
        // One word may be the last of a name: "Business Requirements".
        let named = words == 0 && ends_with_name(before);
        let numbered = before.is_empty() && slice[start..].starts_with(begins_label);
        let capital = (numbered || slice[start..].starts_with(char::is_uppercase)) && !named;
        let labelled = before.contains(": ") || text[..stretch.start].trim_end().ends_with(':');
        if capital || words == 0 && labelled && is_small_label(before, &slice[start..], &text[stretch.end..])
        {
            best = opens(start).or(best);
        }
        // A mark ends what came before: "(Leeds) Duties".
        if before.ends_with(['.', ',', ';', ':', '!', '?', ')', '-', '|']) {
            break;
        }
    }
    best.or_else(|| {
        // The line end before it was lost: "LeedsDuties".
        let word = slice.rsplit(char::is_whitespace).next()?;
        opens(slice.len() - word.len() + word.rfind(char::is_uppercase).filter(|&at| at > 0)?)
    })
}

/// Whether a word in small letters may be a label: between what another label names and a capital, as in "salary: 110,000
/// duties: Plan …", not in "our duties: none".
fn is_small_label(before: &str, word: &str, colon: &str) -> bool {
    let value = before.rsplit(char::is_whitespace).next().unwrap_or("");
    let named = value.starts_with(|c: char| c.is_uppercase() || c.is_numeric()) && !value.contains(':');
    let told = colon.strip_prefix(':').is_some_and(|rest| rest.trim_start().starts_with(char::is_uppercase));
    named && told && word.starts_with(char::is_lowercase)
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

    fn found(text: &str, item: bool) -> Vec<&str> {
        let mut knows = |span: Span| match span.slice(text) {
            "Duties" | "Key Duties" => Begins::Section(Zone::Duties),
            "Requirements" | "Skills" | "skills" | "KEY SKILLS" => Begins::Section(Zone::Requirements),
            "Location" => Begins::Section(Zone::Benefits),
            "Team Duties" => Begins::Section(Zone::Company),
            _ => Begins::Nothing,
        };
        let all = labels(text, Span::new(0, text.len()), item, &mut knows);
        all.into_iter().map(|span| span.slice(text)).collect()
    }

    #[test]
    fn labels_are_known_words_before_a_colon() {
        const CASES: &[(&str, &[&str])] = &[
            ("Duties: plan the rounds", &["Duties:"]),
            ("We are in Leeds, UK Key Duties: plan Skills: maps", &["Key Duties:", "Skills:"]),
            ("Leeds, UKDuties:Plan the rounds", &["Duties:"]),
            ("A job (Leeds) Duties : plan", &["Duties :"]),
            ("Skills:5+ years with hats", &["Skills:"]),
            ("place: Leeds pay: 30,000 skills: Maps and keys", &["skills:"]),
            ("Skills: Maps Leeds skills: Maps", &["Skills:", "skills:"]),
            ("The pay of Leeds skills: Maps", &[]),
            ("place: Leeds with skills: Maps", &[]),
            ("Sort the caps. Key Duties", &[]),
            ("Leeds\u{3000}UKDuties:'Plan the rounds'", &["Duties:"]),
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
            assert_eq!(found(text, false), *expected, "{text}");
        }
        assert_eq!(found("Duties: plan the rounds", true), [""; 0]);
        assert_eq!(found("Drive to Leeds Skills: maps", true), [""; 0]);
        assert_eq!(found("Drive to Leeds!Skills:Maps", true), ["Skills:"]);
        assert_eq!(found("Drive to Leeds KEY SKILLS: Maps", true), ["KEY SKILLS:"]);
        assert_eq!(found("Skills:Maps", true), ["Skills:"]);
        assert_eq!(found("Team Duties:We sell hats", true), ["Team Duties:"]);
    }
}
