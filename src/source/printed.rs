//! Values that a program printed into a text: what pandas writes for a nested cell, `{'name': 'Acme', 'id': None}`, be it
//! as Python shows them or as JSON.
//!
//! A text is taken for a value only where all of it is one.

use super::value::Value;

/// How deep values may nest.
const DEEPEST: usize = 64;

/// The value that a text is; `None` for any other text.
pub(super) fn value(text: &str) -> Option<Value> {
    let text = text.trim();
    match text.as_bytes() {
        [b'[' | b'{', ..] => serde_json::from_str(text).ok().or_else(|| python(text)),
        [b'b', b'\'' | b'"', ..] => python(text),
        _ => None,
    }
}

/// Whether a text begins like an object, or a list of objects.
pub(super) fn begins_record(text: &str) -> bool {
    let text = text.trim_start();
    text.strip_prefix('[').unwrap_or(text).trim_start().starts_with('{')
}

fn python(text: &str) -> Option<Value> {
    let mut reader = Reader { rest: text };
    let value = reader.value(0)?;
    reader.rest.trim().is_empty().then_some(value)
}

struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    /// The next character that is no space.
    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    /// Whether this character comes next; it is then passed.
    fn passes(&mut self, character: char) -> bool {
        self.peek();
        let rest = self.rest.strip_prefix(character);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        match self.peek()? {
            '{' => self.object(depth),
            '[' => self.list(']', depth),
            '(' => self.list(')', depth),
            '\'' | '"' => self.string().map(Value::Text),
            _ if matches!(self.rest.as_bytes(), [b'b' | b'u' | b'r', b'\'' | b'"', ..]) => {
                let bytes = self.rest.starts_with('b');
                self.rest = &self.rest[1..];
                let text = self.string()?;
                Some(Value::Text(if bytes { of_bytes(&text) } else { text }))
            }
            _ => self.word(depth),
        }
    }

    /// An object, or a set of values.
    fn object(&mut self, depth: usize) -> Option<Value> {
        self.passes('{');
        let (mut members, mut items) = (Vec::new(), Vec::new());
        while !self.passes('}') {
            let first = self.value(depth + 1)?;
            if self.passes(':') {
                let name = first.into_text("; ").unwrap_or_default();
                members.push((name, self.value(depth + 1)?));
            } else {
                items.push(first);
            }
            if !self.passes(',') && self.peek()? != '}' {
                return None;
            }
        }
        match (members.is_empty(), items.is_empty()) {
            (_, true) => Some(Value::Object(members)),
            (true, false) => Some(Value::List(items)),
            (false, false) => None,
        }
    }

    /// A list; numpy sets no commas between its items.
    fn list(&mut self, end: char, depth: usize) -> Option<Value> {
        self.rest = &self.rest[1..];
        let mut items = Vec::new();
        while !self.passes(end) {
            items.push(self.value(depth + 1)?);
            let before = self.rest.len();
            let apart = self.passes(',') || self.peek()? == end || self.rest.len() < before;
            if !apart {
                return None;
            }
        }
        Some(Value::List(items))
    }

    /// The text between the quote that comes next and the one that ends it.
    fn string(&mut self) -> Option<String> {
        let quote = self.rest.chars().next()?;
        let mut text = String::new();
        let mut rest = &self.rest[1..];
        loop {
            let at = rest.find([quote, '\\'])?;
            text.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(behind) = rest.strip_prefix(quote) {
                self.rest = behind;
                return Some(text);
            }
            let escape = rest[1..].chars().next()?;
            let (character, length) = escaped(escape, &rest[1 + escape.len_utf8()..]);
            text.extend(character);
            rest = &rest[1 + escape.len_utf8() + length..];
        }
    }

    /// A number, a name, or what a call such as `datetime.date(2024, 1, 2)` makes.
    fn word(&mut self, depth: usize) -> Option<Value> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '+' | '-');
        let length = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(length);
        self.rest = rest;
        match word {
            "" => None,
            "None" | "nan" | "NaN" | "NaT" | "null" | "inf" | "-inf" => Some(Value::Nothing),
            "True" | "true" => Some(Value::Truth(true)),
            "False" | "false" => Some(Value::Truth(false)),
            "array" | "OrderedDict" | "frozenset" if rest.starts_with('(') => self.made(depth),
            _ if rest.starts_with('(') => self.made(depth).map(|_| Value::Nothing),
            _ if word.parse::<f64>().is_ok() => Some(Value::Text(word.to_owned())),
            _ => None,
        }
    }

    /// The first thing in the brackets that come next; what else stands there says how it is kept.
    fn made(&mut self, depth: usize) -> Option<Value> {
        self.rest = &self.rest[1..];
        let mut first = None;
        while !self.passes(')') {
            // `dtype=object`
            let name =
                self.rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
            if self.rest[name..].starts_with('=') {
                let end = self.rest.find([',', ')'])?;
                self.rest = &self.rest[end..];
            } else {
                let value = self.value(depth + 1)?;
                first.get_or_insert(value);
            }
            if !self.passes(',') && self.peek()? != ')' {
                return None;
            }
        }
        Some(first.unwrap_or(Value::Nothing))
    }
}

/// What the escape of this character stands for, and how much of what follows belongs to it.
fn escaped(escape: char, behind: &str) -> (Option<char>, usize) {
    let code = |digits: usize| {
        let number = behind.get(..digits).and_then(|text| u32::from_str_radix(text, 16).ok());
        number.map(|number| (Some(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)), digits))
    };
    let same = (Some(escape), 0);
    match escape {
        'n' => (Some('\n'), 0),
        't' => (Some('\t'), 0),
        'r' | '\n' => (None, 0),
        'x' => code(2).unwrap_or(same),
        'u' => code(4).unwrap_or(same),
        'U' => code(8).unwrap_or(same),
        _ => same,
    }
}

/// The text of bytes, each of which was read as a character.
fn of_bytes(text: &str) -> String {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    match bytes {
        Some(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_python_printed_are_read() {
        const CASES: &[(&str, Option<&str>)] = &[
            (r#"{"name":"Acme"}"#, Some(r#"{"name":"Acme"}"#)),
            (
                r"{'id': 1, 'name': 'Acme', 'logo': None, 'ok': True, 'x': nan}",
                Some(r#"{"id":1,"name":"Acme","logo":null,"ok":true,"x":null}"#),
            ),
            (r#"['Own it', "Don't ask", 'a \'b\'\n']"#, Some(r#"["Own it","Don't ask","a 'b'\n"]"#)),
            ("['a' 'b'\n 'c']", Some(r#"["a","b","c"]"#)),
            ("[{'a': ('x', 'y',)}, {}]", Some(r#"[{"a":["x","y"]},{}]"#)),
            ("{'Lunch, and more'}", Some(r#"["Lunch, and more"]"#)),
            (r"b'caf\xc3\xa9'", Some(r#""café""#)),
            (r"['caf\xe9 \u2019 \U0001f600']", Some(r#"["café ’ 😀"]"#)),
            ("[datetime.date(2024, 1, 2), 'a']", Some(r#"[null,"a"]"#)),
            ("array(['a', 'b'], dtype=object)", None),
            ("{'a': array(['b'], dtype=object)}", Some(r#"{"a":["b"]}"#)),
            ("[Hiring] a pilot", None),
            ("['Own it' and more]", None),
            ("['a'] b", None),
            ("{we} own it", None),
            ("{'a': 1, 'b'}", None),
            ("['a'", None),
            ("b'a", None),
            ("['a\\", None),
            ("[]", Some("[]")),
            ("plain", None),
            ("", None),
        ];
        for (text, expected) in CASES {
            let expected = expected.map(|json| serde_json::from_str::<Value>(json).unwrap());
            assert_eq!(value(text), expected, "{text}");
        }
    }

    #[test]
    fn hostile_texts_take_no_longer_than_others() {
        for piece in ["[", "{'a':", "('", "['a' ", "f(", "f(a=", "[b'\\x"] {
            let _ = value(&format!("[{}", piece.repeat(200_000)));
        }
    }
}
