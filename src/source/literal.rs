//! Values as JavaScript and TypeScript write them: `[{ title: 'PM', body: `…` }]`, written out again as JSON.
//!
//! A script is never run. What would have to be computed is nothing, a text that goes on with a name ends before it, and
//! every value stays on its line.
//!
//! This is read by hand because JSON5 has no expressions, texts between backticks or sums of texts: to find where those end
//! is most of what stands here, and a parser of the whole language wants the whole of it, unbroken.

use memchr::{memchr_iter, memchr2_iter, memmem};

/// How deep values may nest.
const DEEPEST: usize = 64;

/// Where values may begin: brackets behind an assignment or an export, with what only a literal has inside.
pub(super) fn openers(script: &str) -> impl Iterator<Item = usize> {
    let bytes = script.as_bytes();
    memchr2_iter(b'{', b'[', bytes).filter(move |at| {
        let before = bytes[..*at].trim_ascii_end();
        let given = before.ends_with(b"default")
            || (before.ends_with(b"=") && !before.ends_with(b"=="))
            || (before.ends_with(b"(") && bytes[*at] == b'[');
        given && begins(&bytes[*at..])
    })
}

/// Whether an object with a name, or a list of objects, begins `bytes`.
fn begins(bytes: &[u8]) -> bool {
    /// How far a value is looked into, comments and all.
    const NEAR: usize = 1024;
    let mut reader = Reader { text: &bytes[..bytes.len().min(NEAR)], at: 1, json: Vec::new() };
    reader.pass();
    if bytes[0] == b'[' {
        return reader.peek() == Some(b'{');
    }
    reader.name().is_some() && {
        reader.pass();
        reader.peek() == Some(b':')
    }
}

/// The literal that begins `script` as JSON, and how long it is; where it is none, how far it has been read.
pub(super) fn to_json(script: &str) -> Result<(String, usize), usize> {
    let mut reader = Reader { text: script.as_bytes(), at: 0, json: Vec::new() };
    let read = reader.value(0);
    let json = read.and_then(|()| String::from_utf8(reader.json).ok());
    json.map(|json| (json, reader.at)).ok_or(reader.at)
}

struct Reader<'t> {
    text: &'t [u8],
    at: usize,
    json: Vec<u8>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Goes on over one byte that is not written; a line end is kept.
    fn step(&mut self) {
        if self.peek() == Some(b'\n') {
            self.json.push(b'\n');
        }
        self.at += 1;
    }

    /// Goes behind white space and comments; their line ends are kept.
    fn pass(&mut self) {
        while let Some(byte) = self.peek() {
            let end: &[u8] = match (byte, self.text.get(self.at + 1)) {
                (b'/', Some(b'/')) => b"\n",
                (b'/', Some(b'*')) => b"*/",
                _ if byte.is_ascii_whitespace() => {
                    self.step();
                    continue;
                }
                _ => return,
            };
            let rest = &self.text[self.at..];
            let length = memmem::find(rest, end).map_or(rest.len(), |at| at + end.len());
            self.json.extend(memchr_iter(b'\n', &rest[..length]).map(|_| b'\n'));
            self.at += length;
        }
    }

    /// The name of a member: a text, a word or a number.
    fn name(&mut self) -> Option<String> {
        if matches!(self.peek()?, b'"' | b'\'') {
            return self.string();
        }
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | 0x80..);
        let length = self.text[self.at..].iter().take_while(|byte| is_part(byte)).count();
        let name = std::str::from_utf8(&self.text[self.at..self.at + length]).ok()?;
        self.at += length;
        (length > 0).then(|| name.to_owned())
    }

    /// Writes the value that begins here, and goes behind the expression that it is in.
    fn value(&mut self, depth: usize) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        self.pass();
        match self.peek()? {
            b'{' => self.object(depth)?,
            b'[' => self.list(depth)?,
            b'"' | b'\'' | b'`' => return self.text(depth),
            b'-' | b'0'..=b'9' => {
                let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-._".contains(byte);
                let length = self.text[self.at..].iter().take_while(|byte| is_part(byte)).count();
                let number: String =
                    String::from_utf8_lossy(&self.text[self.at..self.at + length]).replace('_', "");
                self.at += length;
                let json = serde_json::from_str::<serde_json::Number>(&number);
                self.json.extend(json.map_or("null".to_owned(), |number| number.to_string()).bytes());
            }
            _ => {
                let word = self.name();
                match word.as_deref() {
                    Some(word @ ("true" | "false")) => self.json.extend(word.bytes()),
                    // The text behind a tag is what the tag is for.
                    Some(_) if self.peek() == Some(b'`') => return self.text(depth),
                    _ => self.json.extend(b"null"),
                }
            }
        }
        if depth > 0 { self.tail() } else { Some(()) }
    }

    /// Writes a text, with the texts that are added to it.
    fn text(&mut self, depth: usize) -> Option<()> {
        let mut text = self.string()?;
        loop {
            self.pass();
            if self.peek() != Some(b'+') {
                break;
            }
            self.at += 1;
            self.pass();
            if !matches!(self.peek(), Some(b'"' | b'\'' | b'`')) {
                break;
            }
            text.push_str(&self.string()?);
        }
        self.json.extend(serde_json::Value::from(text).to_string().bytes());
        if depth > 0 { self.tail() } else { Some(()) }
    }

    fn object(&mut self, depth: usize) -> Option<()> {
        self.bracket(b'{');
        let mut any = false;
        loop {
            self.pass();
            match self.peek()? {
                b',' => self.at += 1,
                b'}' => break,
                // Members of something else, or under a name that is computed.
                b'.' | b'[' => self.tail()?,
                _ => {
                    let name = self.name()?;
                    self.pass();
                    if self.peek()? != b':' {
                        // The name of a variable, or a function.
                        self.tail()?;
                        continue;
                    }
                    self.at += 1;
                    self.json.extend(if any { ",".bytes() } else { "".bytes() });
                    any = true;
                    self.json.extend(serde_json::Value::from(name).to_string().bytes());
                    self.json.push(b':');
                    self.value(depth + 1)?;
                }
            }
        }
        self.bracket(b'}');
        Some(())
    }

    fn list(&mut self, depth: usize) -> Option<()> {
        self.bracket(b'[');
        let mut any = false;
        loop {
            self.pass();
            match self.peek()? {
                b',' => self.at += 1,
                b']' => break,
                b'}' | b')' => return None,
                b'.' => self.tail()?,
                _ => {
                    self.json.extend(if any { ",".bytes() } else { "".bytes() });
                    any = true;
                    self.value(depth + 1)?;
                }
            }
        }
        self.bracket(b']');
        Some(())
    }

    fn bracket(&mut self, bracket: u8) {
        self.json.push(bracket);
        self.at += 1;
    }

    /// Goes behind the rest of an expression, to the comma or the bracket that ends it.
    fn tail(&mut self) -> Option<()> {
        let mut open = 0_usize;
        loop {
            self.pass();
            match self.peek()? {
                b',' | b';' if open > 0 => self.at += 1,
                b',' => return Some(()),
                // Types have members that end so, values have none.
                b';' => return None,
                b'}' | b']' | b')' if open == 0 => return Some(()),
                b'}' | b']' | b')' => (open, self.at) = (open - 1, self.at + 1),
                b'{' | b'[' | b'(' => (open, self.at) = (open + 1, self.at + 1),
                b'`' => drop(self.string()?),
                b'"' | b'\'' => self.quoted(),
                _ => self.at += 1,
            }
        }
    }

    /// Goes behind the text between quotes that begins here, or behind a mark that is none: elements hold texts as they are.
    fn quoted(&mut self) {
        let (at, length) = (self.at, self.json.len());
        if self.string().is_none() {
            self.json.truncate(length);
            self.at = at + 1;
        }
    }

    /// The text of the literal that begins here; line ends inside it are kept before what is written.
    fn string(&mut self) -> Option<String> {
        let quote = self.peek()?;
        self.at += 1;
        let mut text = Vec::new();
        loop {
            let byte = self.peek()?;
            match byte {
                b'\\' => {
                    let length = self.escape(&mut text)?;
                    self.at += length;
                    continue;
                }
                _ if byte == quote => {
                    self.at += 1;
                    return String::from_utf8(text).ok();
                }
                b'\n' if quote != b'`' => return None,
                b'$' if quote == b'`' && self.text.get(self.at + 1) == Some(&b'{') => {
                    self.at += 2;
                    self.computed()?;
                    continue;
                }
                b'\r' if self.text.get(self.at + 1) == Some(&b'\n') => {}
                _ => text.push(byte),
            }
            self.step();
        }
    }

    /// Goes behind what a text computes, up to the brace that ends it.
    fn computed(&mut self) -> Option<()> {
        let mut open = 1_usize;
        while open > 0 {
            match self.peek()? {
                b'{' => open += 1,
                b'}' => open -= 1,
                _ => {}
            }
            self.step();
        }
        Some(())
    }

    /// Adds what the escape that begins here stands for; its length.
    fn escape(&mut self, text: &mut Vec<u8>) -> Option<usize> {
        let rest = &self.text[self.at..];
        let digits = |from: usize, to: usize| {
            let digits = std::str::from_utf8(rest.get(from..to)?).ok()?;
            u32::from_str_radix(digits, 16).ok()
        };
        let (code, length) = match rest.get(1)? {
            b'n' => (u32::from('\n'), 2),
            b't' => (u32::from('\t'), 2),
            b'r' | b'b' | b'f' | b'v' | b'0' => (u32::from(' '), 2),
            b'\n' => {
                self.json.push(b'\n');
                return Some(2);
            }
            b'\r' if rest.get(2) == Some(&b'\n') => {
                self.json.push(b'\n');
                return Some(3);
            }
            b'\r' => return Some(2),
            b'x' => (digits(2, 4)?, 4),
            b'u' if rest.get(2) == Some(&b'{') => {
                let end = rest.iter().take(10).position(|byte| *byte == b'}')?;
                (digits(3, end)?, end + 1)
            }
            b'u' => match (digits(2, 6)?, digits(8, 12).filter(|_| rest.get(6..8) == Some(b"\\u"))) {
                (high @ 0xd800..=0xdbff, Some(low @ 0xdc00..=0xdfff)) => {
                    (0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00), 12)
                }
                (unit, _) => (unit, 6),
            },
            same => {
                text.push(*same);
                return Some(2);
            }
        };
        let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        text.extend(character.encode_utf8(&mut [0; 4]).bytes());
        Some(length)
    }
}

#[cfg(test)]
mod tests;
