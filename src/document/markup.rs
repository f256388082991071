//! Takes the markup off: HTML, Markdown, plain lines, and the mixtures of them that job boards hold.
//!
//! One pass over the bytes. It is written by hand because every posting goes through it: a tokenizer of the HTML
//! standard costs several times the whole rest of the work, and none keeps byte places through Markdown and HTML
//! in one text.

mod marked;

use memchr::memmem;

use super::entity::entity_at;
use super::head;
use super::lines::{breaks_by_lines, wrap_width};
use super::nesting;
use super::newline::with_line_ends;
use super::tag::{self, Tag};
use super::text::{Builder, ReadableText, Shape};
use crate::html::{closing, comment_length};
use crate::posting::{Markup, Part};
use crate::span::Span;

/// Bytes that may be more than themselves.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let marks = b"<&\n*_`[]!\\|";
    let mut index = 0;
    while index < marks.len() {
        special[marks[index] as usize] = true;
        index += 1;
    }
    special
};

/// Reads the parts of a posting into one text.
pub(super) fn read(parts: &[Part]) -> ReadableText {
    let mut builder = Builder::with_capacity(parts.iter().map(|part| part.text.len() + 1).sum());
    for (index, part) in parts.iter().enumerate() {
        builder.part(index);
        let text = &*with_line_ends(&part.text);
        let html = match part.markup {
            Markup::Html => true,
            Markup::Lines | Markup::Paragraphs => false,
            Markup::Heading => {
                builder.shape(Shape::Heading);
                tag::looks_like_html(text)
            }
            Markup::Detect => tag::looks_like_html(text),
        };
        let mut scanner = Scanner::new(text, html, &mut builder);
        scanner.whole_lines = part.markup == Markup::Paragraphs;
        scanner.scan();
    }
    builder.finish()
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Start of the characters not yet copied.
    plain: usize,
    /// Line ends end blocks, and Markdown marks are marks.
    lines: bool,
    preformatted: bool,
    /// No block goes on behind the end of its line.
    whole_lines: bool,
    wrap: Option<usize>,
    line_start: usize,
    /// Whether the line is a row of a table, once that is known.
    table_row: Option<bool>,
    /// How deep the tag of the open list says that it stands.
    list_depth: usize,
    /// Names of hidden elements that end nowhere behind here.
    endless: Vec<Vec<u8>>,
    out: &'a mut Builder,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, html: bool, out: &'a mut Builder) -> Self {
        let lines = !html || breaks_by_lines(text);
        let wrap = if lines { wrap_width(text) } else { None };
        Self {
            text,
            at: 0,
            plain: 0,
            lines,
            preformatted: false,
            whole_lines: false,
            wrap,
            line_start: 0,
            table_row: None,
            list_depth: 0,
            endless: Vec::new(),
            out,
        }
    }

    fn scan(mut self) {
        if !self.whole_lines {
            self.skip_front_matter();
        }
        if self.lines {
            self.begin_line();
        }
        let bytes = self.text.as_bytes();
        loop {
            let rest = bytes.get(self.at..).unwrap_or(&[]);
            // Tags and entities alone can be searched for much faster than all marks.
            let passed = if self.lines || self.preformatted {
                rest.iter().position(|&byte| SPECIAL[usize::from(byte)])
            } else {
                memchr::memchr2(b'<', b'&', rest)
            };
            let Some(passed) = passed else { break };
            self.at += passed;
            let byte = bytes[self.at];
            match byte {
                b'<' => self.tag(),
                b'&' => self.entity(),
                b'\n' if self.lines || self.preformatted => self.line_end(),
                b'\n' => self.at += 1,
                _ if self.lines => self.mark(byte),
                _ => self.at += 1,
            }
        }
        self.at = bytes.len();
        self.flush();
        self.out.close();
        self.out.end_bold();
    }

    /// Copies what has been passed since the last flush.
    fn flush(&mut self) {
        if self.plain < self.at {
            self.out.copy(self.text, Span::new(self.plain, self.at));
        }
        self.plain = self.at;
    }

    /// Copies what has been passed, then leaves out everything up to `to`.
    fn skip_to(&mut self, to: usize) {
        self.flush();
        self.at = to.min(self.text.len());
        self.plain = self.at;
    }

    fn skip_front_matter(&mut self) {
        for fence in ["---", "+++"] {
            let Some(rest) = self.text.trim_start_matches('\u{feff}').strip_prefix(fence) else { continue };
            if !rest.starts_with(['\n', '\r']) {
                continue;
            }
            let close = format!("\n{fence}");
            if let Some(end) = memmem::find(rest.as_bytes(), close.as_bytes()) {
                let offset = self.text.len() - rest.len() + end + close.len();
                let keyed = rest[..end].lines().any(|line| line.contains([':', '=']));
                let ends_line = self.text[offset..].lines().next().is_none_or(|line| line.trim().is_empty());
                if keyed && ends_line {
                    self.skip_to(offset);
                }
            }
        }
    }

    fn tag(&mut self) {
        let bytes = self.text.as_bytes();
        let rest = &bytes[self.at..];
        if rest.starts_with(b"<!--") {
            let end = comment_length(rest).unwrap_or(rest.len());
            return self.skip_to(self.at + end);
        }
        let closing = rest.get(1) == Some(&b'/');
        let name_start = 1 + usize::from(closing);
        let name = rest.get(name_start..).unwrap_or(&[]);
        let declaration = matches!(name.first(), Some(b'!' | b'?'));
        let length = name.iter().take(40).take_while(|b| b.is_ascii_alphanumeric()).count();
        if !declaration && !name.first().is_some_and(u8::is_ascii_alphabetic) {
            self.at += 1;
            return;
        }
        let Some(end) = tag::length(rest) else {
            self.at += 1;
            return;
        };
        let after = self.at + end;
        let empty = rest[..end].ends_with(b"/>");
        let name = &name[..length];
        let written = &self.text[self.at..after];
        self.skip_to(after);
        if !declaration {
            self.apply(tag::meaning(name), name, closing, empty);
            if !closing && written.len() > name.len() + 2 {
                self.nest(tag::meaning(name), written);
            }
        }
    }

    /// Notes how deep in lists a tag with attributes says that its text stands.
    fn nest(&mut self, tag: Tag, written: &str) {
        match tag {
            Tag::List => self.list_depth = nesting::depth(written),
            Tag::Item => self.out.indent(self.list_depth + nesting::depth(written)),
            Tag::Block if nesting::is_item(written) => {
                self.out.shape(Shape::Item);
                self.out.indent(nesting::depth(written));
            }
            _ => {}
        }
    }

    fn apply(&mut self, tag: Tag, name: &[u8], closing: bool, empty: bool) {
        match tag {
            Tag::Inline => {}
            Tag::Bold => self.out.bold(!closing),
            Tag::Break => {
                let shape = self.out.current_shape();
                self.out.close();
                if let Some(shape @ Shape::Heading) = shape {
                    self.out.shape(shape);
                }
                if self.lines {
                    self.begin_line();
                }
            }
            Tag::Block | Tag::List | Tag::Row | Tag::Cell => {
                // A paragraph inside an item is still the item.
                let item = self.out.is_blank() && !closing && self.out.current_shape() == Some(Shape::Item);
                let indented = self.out.indented();
                self.out.close();
                if item {
                    self.out.shape(Shape::Item);
                    self.out.indent(indented);
                }
                match tag {
                    Tag::List => {
                        self.list_depth = 0;
                        self.out.nest(!closing);
                    }
                    Tag::Row => self.out.row(!closing),
                    Tag::Cell if !closing => self.out.cell(),
                    _ => {}
                }
            }
            Tag::Heading | Tag::Item => {
                self.out.close();
                if !closing {
                    self.out.shape(if tag == Tag::Heading { Shape::Heading } else { Shape::Item });
                    self.out.indent(if tag == Tag::Item { self.list_depth } else { 0 });
                }
            }
            Tag::Preformatted => {
                self.out.close();
                self.preformatted = !closing;
            }
            Tag::Hidden if closing || empty => self.out.close(),
            Tag::Hidden => {
                if !name.eq_ignore_ascii_case(b"button") && !name.eq_ignore_ascii_case(b"svg") {
                    self.out.close();
                }
                if let Some(end) = self.hidden_end(name) {
                    self.skip_to(end);
                }
            }
        }
    }

    /// Where the hidden element that has just begun ends; `None` when it never does.
    fn hidden_end(&mut self, name: &[u8]) -> Option<usize> {
        if self.endless.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return None;
        }
        let rest = &self.text.as_bytes()[self.at..];
        if name.eq_ignore_ascii_case(b"head") {
            return head::length(rest).map(|length| self.at + length);
        }
        let end = closing(rest, name)
            .map(|at| memchr::memchr(b'>', &rest[at..]).map_or(rest.len(), |end| at + end + 1));
        if end.is_none() {
            self.endless.push(name.to_vec());
        }
        end.map(|end| self.at + end)
    }

    fn entity(&mut self) {
        let Some((decoded, length)) = entity_at(&self.text[self.at..]) else {
            self.at += 1;
            return;
        };
        let span = Span::new(self.at, self.at + length);
        self.skip_to(span.end);
        if decoded.chars().all(|c| c.is_whitespace() || c == '\u{a0}' || c.is_control()) {
            self.out.space(span);
        } else if !matches!(decoded.as_str(), "\u{ad}" | "\u{200b}" | "\u{200c}" | "\u{200d}" | "\u{feff}") {
            self.out.replace(&decoded, span);
        }
    }
}
