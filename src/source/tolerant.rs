//! Reads JSON that no strict parser takes, where what its writer meant is plain.
//!
//! Pages print their linked data by templates: quotes inside texts are not escaped or escaped as in a script, commas
//! are missing or too many, values empty, the last bracket lost, several objects stand one behind the other. A quote ends a
//! text only where the next name, or the end of the thing, follows; a text without end is never guessed at.

use super::mend::comment;
use super::value::Value;

/// How deep values may nest.
const DEEPEST: usize = 64;

/// The longest name of a member, in bytes, and how far behind a quote it is looked for.
const NAME: usize = 64;
const NEAR: usize = 256;

/// The values in a text, one behind the other; `None` when it cannot be told what they are.
pub(super) fn values(text: &str) -> Option<Vec<Value>> {
    let mut reader = Reader { text, at: 0 };
    let mut found = Vec::new();
    loop {
        reader.pass(b",;}]");
        match reader.peek() {
            Some(b'{' | b'[') => found.push(reader.value(Around::Nothing, 0)?),
            // Whatever follows whole values belongs to none.
            _ => return (!found.is_empty()).then_some(found),
        }
    }
}

/// What a value stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Nothing,
    Object,
    List,
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &[u8] {
        &self.text.as_bytes()[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    /// Goes behind white space, comments and these signs.
    fn pass(&mut self, signs: &[u8]) {
        self.at += passed(self.rest(), signs);
    }

    fn value(&mut self, around: Around, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        match self.peek() {
            Some(b'{') => {
                self.at += 1;
                let mut members = Vec::new();
                loop {
                    self.pass(b",");
                    match self.peek() {
                        None => return Some(Value::Object(members)),
                        Some(b'}') => {
                            self.at += 1;
                            return Some(Value::Object(members));
                        }
                        Some(_) => {
                            let (name, length) = name(self.rest())?;
                            let name = String::from_utf8_lossy(name).into_owned();
                            self.at += length;
                            self.pass(b"");
                            members.push((name, self.value(Around::Object, depth + 1)?));
                        }
                    }
                }
            }
            Some(b'[') => {
                self.at += 1;
                let mut items = Vec::new();
                loop {
                    self.pass(b",");
                    match self.peek() {
                        None => return Some(Value::List(items)),
                        Some(b']') => {
                            self.at += 1;
                            return Some(Value::List(items));
                        }
                        Some(b'}') => return None,
                        Some(_) => items.push(self.value(Around::List, depth + 1)?),
                    }
                }
            }
            Some(quote @ (b'"' | b'\'')) => self.string(quote, around).map(Value::Text),
            // An empty value.
            None | Some(b',' | b'}') => Some(Value::Nothing),
            Some(_) => self.word(),
        }
    }

    /// A number, or a word that scripts know.
    fn word(&mut self) -> Option<Value> {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || b",]}".contains(byte);
        let length = self.rest().iter().position(ends).unwrap_or(self.rest().len());
        let word = self.text.get(self.at..self.at + length)?;
        self.at += length;
        match word {
            "true" => Some(Value::Truth(true)),
            "false" => Some(Value::Truth(false)),
            "null" | "undefined" | "None" | "NaN" => Some(Value::Nothing),
            _ => word.parse::<f64>().is_ok().then(|| Value::Text(word.to_owned())),
        }
    }

    /// The text between this quote and the one that ends it.
    fn string(&mut self, quote: u8, around: Around) -> Option<String> {
        self.at += 1;
        let mut text = String::new();
        let mut kept = self.at;
        loop {
            let rest = self.rest();
            let next = rest.iter().position(|byte| *byte == quote || *byte == b'\\')?;
            let at = self.at + next;
            if rest[next] == b'\\' {
                text.push_str(self.text.get(kept..at)?);
                let length = escaped(self.text.get(at..)?, &mut text);
                self.at = at + length;
                kept = self.at;
            } else if follows(&rest[next + 1..], around) {
                text.push_str(self.text.get(kept..at)?);
                self.at = at + 1;
                return Some(text);
            } else {
                self.at = at + 1;
            }
        }
    }
}

/// Length of the white space, comments and signs that begin `bytes`.
fn passed(bytes: &[u8], signs: &[u8]) -> usize {
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_whitespace() || signs.contains(byte) {
            at += 1;
        } else if let Some(length) = comment(&bytes[at..]) {
            at += length;
        } else {
            break;
        }
    }
    at
}

/// Whether what stands behind a quote says that it ends the value inside `around`.
fn follows(bytes: &[u8], around: Around) -> bool {
    let bytes = &bytes[..bytes.len().min(NEAR)];
    let rest = &bytes[passed(bytes, b"")..];
    let next = &rest[passed(rest, b",")..];
    match (rest.first(), around) {
        (None, _) => true,
        (Some(b'}' | b']'), Around::Object | Around::List) => {
            let behind = &rest[1..];
            matches!(behind[passed(behind, b"")..].first(), None | Some(b',' | b'}' | b']' | b';' | b'{'))
        }
        (Some(_), Around::Object) => next.is_empty() || next[0] == b'}' || name(next).is_some(),
        (Some(b','), Around::List) => {
            next.first().is_none_or(|byte| b"\"'{[]-".contains(byte) || byte.is_ascii_digit())
        }
        (Some(_), _) => false,
    }
}

/// The name of a member that begins `bytes`, and how long it is with the colon behind it.
fn name(bytes: &[u8]) -> Option<(&[u8], usize)> {
    let quote = bytes.first().filter(|byte| b"\"'".contains(byte));
    let start = usize::from(quote.is_some());
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"@$_-:./#".contains(byte);
    let inside = &bytes[start..bytes.len().min(start + NAME)];
    // Without quotes, the colon ends the name.
    let length = inside.iter().take_while(|byte| is_part(byte) && (start > 0 || **byte != b':')).count();
    let mut at = start + length;
    if let Some(quote) = quote {
        at += usize::from(bytes.get(at) == Some(quote));
        if at == start + length {
            return None;
        }
    }
    at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    (length > 0 && bytes.get(at) == Some(&b':')).then(|| (&inside[..length], at + 1))
}

/// Adds what the escape that begins `text` stands for, and says how long it is. What is no escape stands for itself.
fn escaped(text: &str, out: &mut String) -> usize {
    let unit = |from: usize, digits: usize| {
        let digits = text.get(from..from + digits).filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()));
        digits.and_then(|digits| u32::from_str_radix(digits, 16).ok())
    };
    let Some(character) = text[1..].chars().next() else { return 1 };
    let (character, length) = match character {
        'n' => ('\n', 2),
        't' => ('\t', 2),
        'r' => ('\r', 2),
        'b' | 'f' => (' ', 2),
        'x' => unit(2, 2).and_then(char::from_u32).map_or(('x', 2), |character| (character, 4)),
        'u' => match (unit(2, 4), unit(8, 4).filter(|_| text.get(6..8) == Some("\\u"))) {
            (Some(high @ 0xd800..=0xdbff), Some(low @ 0xdc00..=0xdfff)) => {
                let both = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                (char::from_u32(both).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
            }
            (Some(unit), _) => (char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
            (None, _) => ('u', 2),
        },
        same => (same, 1 + same.len_utf8()),
    };
    out.push(character);
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_json_is_read_where_it_is_plain_what_was_meant() {
        const CASES: &[(&str, &str, Option<&str>)] = &[
            (
                "escapes of scripts",
                r#"{"a":"it\'s \x26 C:\Data \u0041"}"#,
                Some(r#"[{"a":"it's & C:Data A"}]"#),
            ),
            ("a pair, and half of one", r#"{"a":"\ud83d\ude00\ud83d"}"#, Some("[{\"a\":\"😀\u{fffd}\"}]")),
            (
                "quotes",
                r#"{"a":"<p class="b">the "best", "c"</p>","d":1}"#,
                Some(r#"[{"a":"<p class=\"b\">the \"best\", \"c\"</p>","d":"1"}]"#),
            ),
            ("other quotes", "{'a':'it's',b:['x','y']}", Some(r#"[{"a":"it's","b":["x","y"]}]"#)),
            ("commas", "{\"a\":1,,\"b\":\"x\"\n\"c\":[1,2,],}", Some(r#"[{"a":"1","b":"x","c":["1","2"]}]"#)),
            ("nothing", r#"{"a":,"b":undefined,"c":}"#, Some(r#"[{"a":null,"b":null,"c":null}]"#)),
            ("no end", r#"{"a":{"b":[1,"x""#, Some(r#"[{"a":{"b":["1","x"]}}]"#)),
            ("several", "{\"a\":1}\n{\"b\":\"x\"},[2];", Some(r#"[{"a":"1"},{"b":"x"},["2"]]"#)),
            ("an end too many", r#"{"a":1}}"#, Some(r#"[{"a":"1"}]"#)),
            ("line ends and comments", "/* a */{\"a\":\"x\ny\"} // b", Some(r#"[{"a":"x\ny"}]"#)),
            ("a text without end", r#"{"a":"x"#, None),
            ("code", r#"{"a":f(x)}"#, None),
            ("words", "we {own} it", None),
            ("no name", r#"{"a":1,{"b":2}}"#, None),
        ];
        for (name, text, expected) in CASES {
            let expected = expected.map(|json| serde_json::from_str::<Value>(json).unwrap());
            assert_eq!(values(text).map(Value::List), expected, "{name}");
        }
    }

    #[test]
    fn hostile_texts_take_no_longer_than_others() {
        for piece in [
            "{\"a\":",
            "[",
            "{\"a\":\"\\",
            "\"",
            ", ",
            "{\"a\":\"\" ",
            "/*",
            "\"/*",
            "//\"\n",
            "{\"a\":1}",
            "{\"a\":\"\",,,,",
        ] {
            let _ = values(&piece.repeat(100_000));
            let _ = values(&format!("{{\"a\":\"{}", piece.repeat(100_000)));
        }
    }
}
