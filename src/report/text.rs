//! Lays out text for a person: columns on the screen, numbers, shares and counted nouns.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::proportion::Proportion;

/// Columns that the text fills on a terminal.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The beginning of the text, cut with `…` so that it fills at most `limit` columns.
pub(super) fn fit(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let kept = take(text.graphemes(true), limit.saturating_sub(1));
    let mut cut = text[..kept].trim_end().to_owned();
    if limit > 0 {
        cut.push('…');
    }
    cut
}

/// The end of the text, cut with `…` so that it fills at most `limit` columns; for paths.
pub(super) fn fit_end(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let kept = take(text.graphemes(true).rev(), limit.saturating_sub(1));
    let end = &text[text.len() - kept..];
    if limit > 0 { format!("…{end}") } else { String::new() }
}

/// Bytes of the graphemes that together fill at most `limit` columns.
fn take<'a>(graphemes: impl Iterator<Item = &'a str>, limit: usize) -> usize {
    let mut columns = 0;
    graphemes
        .take_while(|grapheme| {
            columns += width(grapheme);
            columns <= limit
        })
        .map(str::len)
        .sum()
}

/// The text with spaces after it, up to `columns`.
pub(super) fn left(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The text with spaces before it, up to `columns`.
pub(super) fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Breaks text into lines of at most `limit` columns, between words; a longer word is cut.
pub(super) fn wrap(text: &str, limit: usize) -> Vec<String> {
    filled(text, limit, |word| fit(word, limit))
}

/// Breaks text into lines of at most `limit` columns, between words; a longer word stands on a line of its own, whole.
pub(super) fn wrap_whole(text: &str, limit: usize) -> Vec<String> {
    filled(text, limit, str::to_owned)
}

fn filled(text: &str, limit: usize, opening: impl Fn(&str) -> String) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= limit => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(opening(word)),
        }
    }
    lines
}

/// Joins items into lines of at most `limit` columns; an item goes to the next line whole, unless it is longer.
pub(super) fn wrap_items(items: &[String], separator: &str, limit: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        // The separator ends the line where another item follows.
        let end = if at + 1 == items.len() { 0 } else { width(separator.trim_end()) };
        let limit = limit.saturating_sub(end).max(1);
        match lines.last_mut() {
            Some(line) if width(line) + width(separator) + width(item) <= limit => {
                line.push_str(separator);
                line.push_str(item);
            }
            last => {
                if let Some(line) = last {
                    line.push_str(separator.trim_end());
                }
                lines.extend(wrap(item, limit));
            }
        }
    }
    lines
}

/// A number with a comma between thousands.
pub(super) fn number(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with its noun, in the plural by `s` where it should be.
pub(super) fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", number(count), if count == 1 { "" } else { "s" })
}

/// A count with the words for one or for many.
pub(super) fn counted_as(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", number(count), agreed(count, one, many))
}

/// The words that go with a count.
pub(super) fn agreed<'w>(count: u64, one: &'w str, many: &'w str) -> &'w str {
    if count == 1 { one } else { many }
}

/// A share of 1 as a whole percentage.
pub(super) fn whole_percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// The distance between two shares of 1: `12 points`, `1 point`.
pub(super) fn points(distance: f64) -> String {
    match format!("{:.0}", distance * 100.0).as_str() {
        "1" => "1 point".to_owned(),
        many => format!("{many} points"),
    }
}

/// A share of 1 as a percentage with one decimal.
pub(super) fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// A share with its 95% interval; nothing of nothing is nothing.
pub(super) fn interval(proportion: Proportion) -> Option<String> {
    let (share, low, high) = (proportion.share?, proportion.low?, proportion.high?);
    Some(format!("{} ({}–{})", percent(share), percent(low), percent(high)))
}

/// `part` of `whole` as a percentage; nothing of nothing is nothing, and what is there is never 0.
#[expect(clippy::cast_precision_loss, reason = "no run counts 2^53 postings")]
pub(super) fn share(part: u64, whole: u64) -> String {
    match percent(part as f64 / whole as f64) {
        _ if whole == 0 => String::new(),
        nothing if nothing == "0.0%" && part > 0 => "<0.1%".to_owned(),
        percent => percent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_never_nothing() {
        assert_eq!(
            (share(1, 4000), share(0, 4000), share(0, 0)),
            ("<0.1%".into(), "0.0%".into(), String::new())
        );
        assert_eq!((points(0.012), points(0.9)), ("1 point".into(), "90 points".into()));
    }

    #[test]
    fn text_fits_its_columns() {
        const CASES: &[(&str, usize, &str, &str)] = &[
            ("Product Manager", 15, "Product Manager", "Product Manager"),
            ("Product Manager", 9, "Product…", "… Manager"),
            ("Product Manager", 1, "…", "…"),
            ("Product Manager", 0, "", ""),
            ("製品マネージャー", 7, "製品マ…", "…ジャー"),
            ("🚀🚀🚀", 4, "🚀…", "…🚀"),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…", "…e\u{301}"),
        ];
        for (text, limit, head, tail) in CASES {
            assert_eq!(fit(text, *limit), *head);
            assert_eq!(fit_end(text, *limit), *tail);
            assert!(width(head) <= *limit && width(tail) <= *limit);
        }
    }

    #[test]
    fn padding_counts_columns_and_not_characters() {
        assert_eq!(left("製品", 6), "製品  ");
        assert_eq!(right("製品", 6), "  製品");
        assert_eq!(left("too long", 3), "too long");
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("extraordinary", 5), ["extr…"]);
        assert!(wrap("", 5).is_empty());
    }

    #[test]
    fn items_stay_whole() {
        let items = ["a 1", "b 2", "c 3"].map(str::to_owned);
        assert_eq!(wrap_items(&items, ", ", 9), ["a 1, b 2,", "c 3"]);
        assert_eq!(wrap_items(&items, ", ", 8), ["a 1,", "b 2, c 3"]);
        assert_eq!(wrap_items(&items, ", ", 2), ["a", "1,", "b", "2,", "c", "3"]);
        assert!(wrap_items(&[], ", ", 9).is_empty());
    }

    #[test]
    fn numbers_read_well() {
        for (count, text) in
            [(0, "0"), (999, "999"), (1000, "1,000"), (14_453, "14,453"), (1_234_567, "1,234,567")]
        {
            assert_eq!(number(count), text);
        }
        assert_eq!(counted(1, "posting"), "1 posting");
        assert_eq!(counted(2, "posting"), "2 postings");
        assert_eq!((share(9, 212), share(0, 0)), ("4.2%".to_owned(), String::new()));
    }
}
