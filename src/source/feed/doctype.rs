//! Where a document type ends, however much it declares: nothing in it is read.

use memchr::{memchr, memmem};

/// Where the scan over a document type stands. It begins behind `<!DOCTYPE`.
#[derive(Debug, Default)]
pub(super) struct Doctype {
    /// The quote of the text that is open, and how much of it has passed.
    quoted: Option<(u8, usize)>,
    comment: bool,
    /// How many declarations are open, and whether the brackets around them are.
    open: usize,
    inside: bool,
}

/// What the scan knows after the bytes it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passed {
    /// It goes on behind this many bytes.
    More(usize),
    /// It ends there.
    End(usize),
}

/// A quote that opens more than this was a mistake.
const LONGEST: usize = 1024 * 1024;

impl Doctype {
    /// Goes on over `bytes`; `all` says that nothing follows them.
    pub(super) fn advance(&mut self, bytes: &[u8], all: bool) -> Passed {
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            if self.comment {
                let Some(end) = memmem::find(rest, b"-->") else {
                    return Passed::More(if all {
                        bytes.len()
                    } else {
                        bytes.len().saturating_sub(2).max(at)
                    });
                };
                self.comment = false;
                at += end + 3;
                continue;
            }
            if let Some((quote, passed)) = self.quoted {
                let end = memchr(quote, rest);
                let passed = passed + end.unwrap_or(rest.len());
                self.quoted = (end.is_none() && passed <= LONGEST).then_some((quote, passed));
                at += end.map_or(rest.len(), |end| end + 1);
                continue;
            }
            match rest[0] {
                quote @ (b'"' | b'\'') => self.quoted = Some((quote, 0)),
                b'<' if rest.starts_with(b"<!--") => {
                    self.comment = true;
                    at += 3;
                }
                b'<' if rest.len() < 4 && !all => return Passed::More(at),
                b'<' => self.open += 1,
                b'[' if self.open == 0 => self.inside = true,
                b']' if self.open == 0 => self.inside = false,
                b'>' if self.open > 0 => self.open -= 1,
                b'>' if !self.inside => return Passed::End(at + 1),
                _ => {}
            }
            at += 1;
        }
        Passed::More(bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_type_ends_where_it_ends_whatever_the_pieces() {
        const CASES: &[(&str, Option<&str>)] = &[
            (" html>x", Some("x")),
            (" a SYSTEM \"a>b\" [<!ENTITY e '>]>'> <!-- it's ]> --> <!ELEMENT a (b)>] >x", Some("x")),
            (" a [<!ENTITY e \"never", None),
            (" a [", None),
        ];
        for (text, rest) in CASES {
            for size in [1, 2, 5, 1000] {
                let (mut doctype, mut at, mut held, mut found) = (Doctype::default(), 0, size, None);
                while found.is_none() {
                    let end = (at + held).min(text.len());
                    match doctype.advance(&text.as_bytes()[at..end], end == text.len()) {
                        Passed::End(length) => found = Some(&text[at + length..]),
                        Passed::More(length) => {
                            at += length;
                            held = if length == 0 { held + size } else { size };
                            if at == text.len() {
                                break;
                            }
                        }
                    }
                }
                assert_eq!(found, *rest, "{text} in pieces of {size}");
            }
        }
    }
}
