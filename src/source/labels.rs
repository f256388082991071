//! Fields that the first lines of a draft label: `Company: Acme`, a label in a line of its own, a row of a table.

use super::alias::known;
use super::field::{Field, Slot};
use super::gather::Gathered;
use super::headline::{TITLE, cells, first_line};
use crate::html::{Step, step, tag_length};

/// How many lines may be labelled.
const LABELLED: usize = 12;

/// The lines of a text that say something.
pub(super) fn said(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("<!--"))
}

/// Puts the fields that the first lines of a text label. A title under a label that may mean something else, such as
/// `Position: Full-time`, comes back as a guess.
pub(super) fn labels(text: &str, gathered: &mut Gathered) -> Option<String> {
    among(said(text).take(LABELLED), gathered)
}

fn among<'t>(lines: impl Iterator<Item = &'t str>, gathered: &mut Gathered) -> Option<String> {
    let (mut guess, mut apart) = (None, false);
    let mut lines = lines.peekable();
    while let Some(line) = lines.next() {
        let below = lines.peek().copied().and_then(|value| labelled_apart(line, value, apart));
        apart |= below.is_some();
        let Some((label, value)) = labelled(line).or(below) else { continue };
        let Some(slot) = known(label) else { continue };
        match slot.field {
            Field::Title if !says_title(label) => guess = guess.or_else(|| Some(value.to_owned())),
            Field::Title | Field::Company | Field::Location => {
                // Front matter says it first.
                let slot = Slot { rank: slot.rank.saturating_add(100), ..slot };
                gathered.put(slot, label, Some(value.to_owned()));
            }
            _ => {}
        }
    }
    guess
}

/// The label in one line, or cell of a table, and the value in the next. Where `others` have stood so, it may be any.
fn labelled_apart<'t>(line: &'t str, value: &'t str, others: bool) -> Option<(&'t str, &'t str)> {
    let marks: &[char] = &['*', '_', ' ', '#', ':'];
    let label = line.trim_matches(marks);
    let slot = known(label)?;
    let is_label = |text: &str| known(text.trim_matches(marks)).is_some();
    let sure = slot.field == Field::Title && says_title(label);
    ((sure || others) && first_line(value).is_some() && !is_label(value) && labelled(value).is_none())
        .then(|| (label, value.trim_matches(marks)))
}

/// Whether a label means the title and nothing else.
fn says_title(label: &str) -> bool {
    let label = label.to_lowercase();
    ["title", "titel", "titre", "título", "titulo"].iter().any(|word| label.contains(word))
}

/// A line of the form `Label: value`, or a row `| Label | value |`, without marks of emphasis.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let marks: &[char] = &['*', '_', ' ', '#', '-', '|', ':'];
    let row = cells(line).map(|(label, _, value)| (label, value));
    // The second of two labels is the name of a column.
    let row = row.filter(|(_, value)| known(value.trim_matches(marks)).is_none());
    let (label, value) = row.or_else(|| line.split_once(':'))?;
    let (label, value) = (label.trim_matches(marks), value.trim_matches(marks));
    (!label.is_empty() && label.len() <= 24 && !value.is_empty() && value.len() <= TITLE)
        .then_some((label, value))
}

/// The title that a web page labels, as in `<dt>Job title</dt><dd>…</dd>`.
pub(super) fn title_in_page(html: &str) -> Option<String> {
    /// How many lines stand before and around it.
    const LINES: usize = 100;
    let text = lines_of(html);
    let mut gathered = Gathered::default();
    let guess = among(said(&text).take(LINES), &mut gathered);
    gathered.title_text().map(str::to_owned).or(guess)
}

/// What the beginning of a page shows, a line for each of its blocks.
fn lines_of(html: &str) -> String {
    /// How much of a page is looked at.
    const HEAD: usize = 256 * 1024;
    /// Elements that stand inside a line.
    const INLINE: &[&str] =
        &["a", "b", "i", "em", "strong", "span", "u", "small", "font", "label", "abbr", "mark"];
    let mut text = String::new();
    let mut at = 0;
    while at < HEAD.min(html.len()) {
        let Some(step) = step(html, at) else { break };
        let (Step::Tag { start, .. } | Step::Over { start, .. }) = step;
        text.extend(html[at..start].chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
        at = match step {
            Step::Over { end, .. } => end,
            Step::Tag { start, name } => {
                let name = name.trim_start_matches('/');
                if !INLINE.iter().any(|inline| inline.eq_ignore_ascii_case(name)) {
                    text.push('\n');
                }
                start + tag_length(&html[start..])
            }
        };
    }
    html_escape::decode_html_entities(&text).into_owned()
}
