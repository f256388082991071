//! Lists that lost their line ends and bullets, so that a whole section stands in one sentence.

use super::text::Shape;
use crate::span::Span;
use crate::vocabulary::Zone;

/// What the words of a stretch are known to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begins {
    /// They are a heading of such a zone, and known as one from end to end, small words aside.
    Section(Zone),
    /// They are a heading of what is none of the hire's work, however it is told: figures, or what others do.
    NoWork,
    /// Most of them are a heading.
    Heading,
    /// Something to be done.
    Order,
    /// Neither.
    Nothing,
}

impl Begins {
    /// Whether they are a heading, at least most of them.
    pub(super) fn is_heading(self) -> bool {
        matches!(self, Self::Section(_) | Self::NoWork | Self::Heading)
    }
}

/// Shortest sentence, in bytes, in which a list that lost its line ends is looked for.
const LOST_LIST: usize = 150;
/// Fewest orders in one sentence from which it is such a list.
const LISTED_ORDERS: usize = 3;

/// Where the lines of a list begin that lost its line ends and bullets ("Duties Write user stories Own the backlog
/// Lead …"), and which of them are headings. Such an item begins with a capital, after a word without a mark, and
/// with what is to be done.
pub(super) fn lost_lines(
    text: &str,
    span: Span,
    knows: &mut impl FnMut(Span) -> Begins,
) -> Vec<(usize, bool)> {
    let mut lines = Vec::new();
    if span.len() < LOST_LIST {
        return lines;
    }
    let bytes = text.as_bytes();
    // Hardly any sentence has so many capitals, and this much can be asked of many bytes at once.
    if capitals(&bytes[span.start..span.end]) < LISTED_ORDERS {
        return lines;
    }
    let mut orders = 0;
    let words: Vec<Span> = words(text, span).collect();
    let capital = |word: &Span| bytes[word.start].is_ascii_uppercase() && word.len() > 2;
    let small = |word: &Span| bytes[word.start].is_ascii_lowercase();
    let begins = |at: usize| {
        let parted = |before: u8| before.is_ascii_alphanumeric() || before == b')';
        capital(&words[at]) && (at == 0 || parted(bytes[words[at - 1].end - 1]))
    };
    // Every order needs such a word, and few sentences have so many.
    if (0..words.len()).filter(|&at| begins(at)).nth(LISTED_ORDERS - 1).is_none() {
        return lines;
    }
    let mut next = 0;
    while let Some(word) = words.get(next) {
        let at = next;
        next += 1;
        if !begins(at) {
            continue;
        }
        // An item goes on in small letters; a name goes on in capitals.
        if words.get(next).is_some_and(small) && knows(*word) == Begins::Order {
            lines.push((word.start, false));
            orders += 1;
            continue;
        }
        let run = words[at..].iter().take(4).take_while(|word| capital(word)).count();
        let headed = (1..=run).find(|&length| {
            let last = words[at + length - 1];
            let ends = bytes[last.end - 1] == b':'
                || words.get(at + length).is_some_and(|word| knows(*word) == Begins::Order);
            ends && knows(Span::new(word.start, last.end)).is_heading()
        });
        if let Some(length) = headed {
            lines.push((word.start, true));
            next = at + length;
            if let Some(word) = words.get(next) {
                lines.push((word.start, false));
                orders += usize::from(knows(*word) == Begins::Order);
            }
            next += 1;
        }
    }
    if orders < LISTED_ORDERS {
        lines.clear();
    }
    lines
}

/// How many words begin with a capital after a space, and one more for the first.
fn capitals(bytes: &[u8]) -> usize {
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or(&[]));
    pairs.fold(1, |count, (before, first)| count + u32::from((*before == b' ') & first.is_ascii_uppercase()))
        as usize
}

/// The words of a stretch, each up to the next space.
pub(super) fn words(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let bytes = &text.as_bytes()[span.start..span.end];
    let mut from = 0;
    let ends = memchr::memchr_iter(b' ', bytes).chain(std::iter::once(bytes.len()));
    ends.filter_map(move |end| {
        let word = Span::new(span.start + from, span.start + end);
        from = end + 1;
        (!word.is_empty()).then_some(word)
    })
}

/// A part of a sentence: its place, its shape, and whether it is a heading.
pub(super) type Part = (Span, Shape, bool);

/// A sentence cut where these lines begin; what is not a heading is an item, but for the first part.
pub(super) fn parted(span: Span, shape: Shape, lines: &[(usize, bool)]) -> impl Iterator<Item = Part> {
    let opens = lines.first().is_none_or(|&(start, _)| start > span.start);
    let first = opens.then_some((span.start, false));
    let starts = first.into_iter().chain(lines.iter().copied());
    let ends = lines.iter().map(|&(start, _)| start).filter(move |&start| start > span.start);
    starts.zip(ends.chain(std::iter::once(span.end))).enumerate().map(
        move |(number, ((start, heading), end))| {
            let item = !(heading || number == 0 && opens);
            (Span::new(start, end), if item { Shape::Item } else { shape }, heading)
        },
    )
}
