//! Makes posting text harmless: on a terminal, in a JSON line, in a spreadsheet cell, in Markdown, in a build log.
//!
//! Postings are written by anybody. Their text must never move a cursor, turn a line around, break
//! one line of output into two, become a formula or markup, or command the build server that reads the log.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Stands for a character that must not be written.
const SHOWN: char = '\u{FFFD}';

/// Takes no room and keeps two characters from meaning something together.
const BETWEEN: char = '\u{200B}';

/// Text of one line for a person: white space collapsed, other control characters shown as `�`, what cannot be
/// seen left out.
///
/// Reads at most `limit` characters, since a title can be a megabyte long. What a build server takes
/// as a command gets an invisible character put into it.
pub(crate) fn line(text: &str, limit: usize) -> String {
    defused(clean_line(text, limit), begins_word)
}

/// Whether text that begins here is a command to a build server that looks for them anywhere in a line.
///
/// GitHub still reads `##[name]`, Azure `##vso[name]`, `TeamCity` `##teamcity[name]`.
pub(super) fn is_command(text: &str) -> bool {
    text.strip_prefix("##")
        .is_some_and(|rest| rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with('['))
}

/// Breaks commands to build servers: those of [`is_command`], and `::name::` where, by what stands before it, a line
/// may begin with it.
fn defused(text: String, begins: impl Fn(&str) -> bool) -> String {
    if !text.contains("##") && !text.contains("::") {
        return text;
    }
    let mut safe = String::with_capacity(text.len() + 3);
    for (at, c) in text.char_indices() {
        safe.push(c);
        let rest = &text[at..];
        if is_command(rest) || (rest.starts_with("::") && begins(&text[..at])) {
            safe.push(BETWEEN);
        }
    }
    safe
}

/// Whether a word begins behind this text, which whoever wraps lines may put at the begin of one.
fn begins_word(before: &str) -> bool {
    before.is_empty() || before.ends_with([' ', BETWEEN])
}

/// Whether a line begins behind this text, white space or not.
fn begins_line(before: &str) -> bool {
    before
        .bytes()
        .rev()
        .find(|byte| !matches!(byte, b' ' | b'\t'))
        .is_none_or(|byte| matches!(byte, b'\n' | b'\r'))
}

fn clean_line(text: &str, limit: usize) -> String {
    let mut line = String::with_capacity(text.len().min(limit));
    for c in text.chars().take(limit).filter(|c| !is_hidden(*c)) {
        if c.is_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else {
            line.push(if is_control(c) { SHOWN } else { c });
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// The text character for character, with white space as spaces and other control characters and what cannot be seen shown as `�`.
pub(super) fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

/// The character, or what is shown in its place: a space for white space, `�` for control characters.
pub(super) fn visible_char(c: char) -> char {
    match c {
        _ if c.is_whitespace() => ' ',
        _ if is_control(c) || is_hidden(c) => SHOWN,
        _ => c,
    }
}

/// A path as it is written, each control character shown as `�`.
pub(super) fn path(text: &str) -> String {
    defused(visible(text), begins_word)
}

/// Text of several lines: control characters but tabs and line ends shown as `�`; line ends become `\n`.
pub(super) fn lines(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter(|c| !is_hidden(*c))
        .map(|c| match c {
            '\r' => '\n',
            '\t' | '\n' => c,
            _ if is_control(c) => SHOWN,
            _ => c,
        })
        .collect()
}

/// Text inside a line of GitHub's or GitLab's Markdown: every mark escaped, no link, mention or HTML.
pub(super) fn markdown(text: &str, limit: usize) -> String {
    let line = line(text, limit);
    let mut safe = String::with_capacity(line.len() + 16);
    for (at, c) in line.char_indices() {
        let rest = &line[at + c.len_utf8()..];
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '|' | '~' | '$' | '!' => {
                safe.push('\\');
                safe.push(c);
            }
            ':' if rest.starts_with('/') => safe.push_str("\\:"),
            '.' if line[..at].ends_with(['w', 'W']) => safe.push_str("\\."),
            // Escapes are gone by the time mentions and references are looked for.
            '@' | '#' => {
                safe.push(c);
                safe.push(BETWEEN);
            }
            _ => safe.push(c),
        }
    }
    safe
}

/// A text cell of a CSV file: no formula, no control characters but tabs and line ends, no command to a build server
/// that has the rows in its log.
///
/// A cell that begins with `=`, `+`, `-`, `@` (or their full-width forms), a tab, a line end or NUL
/// gets a leading `'`, which spreadsheets take as "this is text". What cannot be seen is left out first.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    if text.contains(is_hidden) {
        return Cow::Owned(cell(&text.replace(is_hidden, "")).into_owned());
    }
    let guard = text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\0', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}',
    ]);
    let hidden = |c: char| is_control(c) && !matches!(c, '\t' | '\r' | '\n');
    let acts = text.contains("##") || text.contains("::");
    if !guard && !acts && !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let shown = defused(text.replace(hidden, "\u{FFFD}"), begins_line);
    Cow::Owned(if guard { format!("'{shown}") } else { shown })
}

/// Writes a value as JSON on one line, with what a terminal or a line splitter could act on escaped.
///
/// The value that a JSON reader gets is unchanged.
pub(crate) fn json<T: Serialize>(out: &mut (impl Write + ?Sized), value: &T) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Escaping)).map_err(io::Error::from)
}

/// Compact JSON in which control characters beyond ASCII are escaped too, and commands to build servers broken.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        // Asked of all bytes, so that many are asked at once.
        let odd = |byte: u8| !matches!(byte, b' '..=b'"' | b'$'..=b'~');
        if !fragment.bytes().fold(false, |any, byte| any | odd(byte)) {
            return out.write_all(fragment.as_bytes());
        }
        let mut written = 0;
        let acts =
            |at: usize, c: char| is_control(c) || is_hidden(c) || (c == '#' && is_command(&fragment[at..]));
        for (at, c) in fragment.char_indices().filter(|&(at, c)| acts(at, c)) {
            out.write_all(&fragment.as_bytes()[written..at])?;
            write!(out, "\\u{:04x}", u32::from(c))?;
            written = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[written..])
    }
}

/// Control characters, line and paragraph separators, the marks that turn text around, and what is no character.
fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\x1F' | '\x7F'..='\u{9F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFFE}' | '\u{FFFF}')
}

/// What takes no room and joins no letters: zero-width spaces and marks that say how text runs. Two titles that differ
/// by them alone look the same, and a formula behind one is still a formula.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{180E}' | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_one_line_without_controls() {
        const CASES: &[(&str, &str)] = &[
            ("  Product \t\r\n Manager ", "Product Manager"),
            ("\x1b[31mred\x1b[0m", "\u{FFFD}[31mred\u{FFFD}[0m"),
            ("\u{9b}31m", "\u{FFFD}31m"),
            ("a\u{202e}b\u{2066}c", "a\u{FFFD}b\u{FFFD}c"),
            ("a\u{2028}b\u{85}c", "a b c"),
            ("\u{FEFF}Pro\u{200B}duct\u{200F} \u{61C}Man\u{206A}ager\u{206F}", "Product Manager"),
            ("👩\u{200D}💻 क\u{94d}\u{200D}ष", "👩\u{200D}💻 क\u{94d}\u{200D}ष"),
            ("Größe 🚀 \u{5e9}", "Größe 🚀 \u{5e9}"),
        ];
        for (text, expected) in CASES {
            assert_eq!(line(text, 100), *expected, "{text:?}");
        }
        assert_eq!(line(&"x".repeat(1000), 7).len(), 7);
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        const CASES: &[(&str, &str)] = &[
            ("Product Manager", "Product Manager"),
            ("=1+1", "'=1+1"),
            ("+49 30", "'+49 30"),
            ("-#1", "'-#1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("\n=1", "'\n=1"),
            ("\0=1", "'\u{FFFD}=1"),
            ("\u{FF1D}1", "'\u{FF1D}1"),
            ("\u{200B}=1+1", "'=1+1"),
            ("\u{FEFF}\u{200F}@SUM(A1)", "'@SUM(A1)"),
            ("Product\u{200B} Manager", "Product Manager"),
            ("a=b", "a=b"),
            ("two\nlines", "two\nlines"),
            ("a\x1b[2Jb", "a\u{FFFD}[2Jb"),
            ("::error::x", ":\u{200B}:error::x"),
            ("a\n  ::error::x", "a\n  :\u{200B}:error::x"),
            ("a ::b and c::d", "a ::b and c::d"),
            ("-##[error]x", "'-#\u{200B}#[error]x"),
            ("#\u{200B}#vso[task.x]", "#\u{200B}#vso[task.x]"),
            ("## Duties", "## Duties"),
            ("", ""),
        ];
        for (text, expected) in CASES {
            assert_eq!(cell(text), *expected, "{text:?}");
        }
    }

    #[test]
    fn json_escapes_what_a_terminal_acts_on_and_reads_back_the_same() {
        let text = "##[add-mask]x ##vso[task.x] # ## a \x1b[1m \u{9b}1m \u{7f} \u{202e} \u{200b} \u{feff} \u{2028} \u{85} \" \\ Größe 🚀";
        let mut out = Vec::new();
        json(&mut out, &text).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert!(!written.contains(is_control) && !written.contains(is_hidden), "{written:?}");
        assert!(!written.contains("##[") && !written.contains("##vso["), "{written:?}");
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }

    #[test]
    fn a_line_is_no_command_to_a_build_server() {
        const CASES: &[(&str, &str)] = &[
            ("::error::x", ":\u{200B}:error::x"),
            (":\u{200B}:error::x", ":\u{200B}:error::x"),
            ("#\u{200B}#[add-mask]b", "#\u{200B}#[add-mask]b"),
            ("a\n::set-output name=x::y", "a :\u{200B}:set-output name=x::y"),
            ("std::io and a::b", "std::io and a::b"),
            ("a ##[add-mask]b", "a #\u{200B}#[add-mask]b"),
            ("##vso[task.setvariable]", "#\u{200B}#vso[task.setvariable]"),
            ("##teamcity[x]", "#\u{200B}#teamcity[x]"),
            ("###[x]", "##\u{200B}#[x]"),
            ("## Duties [all]", "## Duties [all]"),
        ];
        for (text, expected) in CASES {
            assert_eq!(line(text, 100), *expected, "{text:?}");
        }
    }

    #[test]
    fn where_characters_are_counted_what_cannot_be_seen_is_shown() {
        assert_eq!(visible("a\u{200B}b\u{200F}c\u{FEFF}"), "a�b�c�");
    }

    #[test]
    fn several_lines_keep_their_ends_and_nothing_that_xml_refuses() {
        assert_eq!(lines("a\r\nb\rc\td\0\x1b[1m\u{FFFE}\u{202e}"), "a\nb\nc\td��[1m��");
    }

    #[test]
    fn markdown_is_only_text() {
        const CASES: &[(&str, &str)] = &[
            ("a | b `c`", "a \\| b \\`c\\`"),
            ("<script>x</script> &lt;", "&lt;script&gt;x&lt;/script&gt; &amp;lt;"),
            ("[x](https://e.example)", "\\[x\\](https\\://e.example)"),
            ("www.e.example", "www\\.e.example"),
            (
                "![x](y) **b** __i__ ~~s~~ $m$",
                "\\!\\[x\\](y) \\*\\*b\\*\\* \\_\\_i\\_\\_ \\~\\~s\\~\\~ \\$m\\$",
            ),
            ("@everyone #12", "@\u{200B}everyone #\u{200B}12"),
            ("two\nlines \\", "two lines \\\\"),
        ];
        for (text, expected) in CASES {
            assert_eq!(markdown(text, 100), *expected, "{text:?}");
        }
    }
}
