//! The syntax of forms: from the text in a lexicon file to flat sequences of word choices.
//!
//! Words are separated by spaces or hyphens. `(a|b c)` chooses, `?` makes the word or group before it
//! optional, `..` lets up to four words stand between, `{name}` is a class from `cues.toml`. A word inflects
//! as [`super::words`] says; `=word` stands as it is and `word/n` only takes a plural.

use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;

/// The most sequences that one form may expand to.
const MOST_SEQUENCES: usize = 2_000;

/// One place of a sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// One of these words, by the numbers that [`Forms::word`] knows.
    Words(Rc<[u32]>),
    /// Up to four words of any kind.
    Gap,
}

/// Word classes by name, each a list of forms.
pub(crate) type Classes = BTreeMap<String, Vec<String>>;

/// Reads forms. Words are numbers here, and every class is expanded once, since most forms name one.
#[derive(Debug)]
pub(crate) struct Forms {
    classes: Classes,
    expanded: FxHashMap<String, Rc<[Vec<Slot>]>>,
    words: Vec<Rc<str>>,
    numbers: FxHashMap<Rc<str>, u32>,
}

enum Node {
    Word(u32),
    Gap,
    Choice(Vec<Vec<Node>>),
    Class(Rc<[Vec<Slot>]>),
    Optional(Box<Node>),
}

impl Forms {
    /// A reader of forms that may name these classes.
    pub(crate) fn new(classes: Classes) -> Self {
        Self { classes, expanded: FxHashMap::default(), words: Vec::new(), numbers: FxHashMap::default() }
    }

    /// The word with this number.
    pub(crate) fn word(&self, number: u32) -> &str {
        &self.words[number as usize]
    }

    /// Expands a form to its sequences, or says what is wrong with it.
    pub(crate) fn sequences(&mut self, form: &str) -> Result<Vec<Vec<Slot>>, String> {
        let lower = form.to_lowercase();
        let tokens = lex(&lower)?;
        let choices = self.parse(&tokens, &mut 0, false, 0)?;
        let mut all = Vec::new();
        for nodes in &choices {
            all.extend(expand(nodes)?);
        }
        for sequence in &all {
            if sequence.is_empty() {
                return Err("a form needs at least one word".to_owned());
            }
            if !matches!(sequence.first(), Some(Slot::Words(_)))
                || !matches!(sequence.last(), Some(Slot::Words(_)))
            {
                return Err("a form must begin and end with a word".to_owned());
            }
        }
        Ok(all)
    }

    fn parse(
        &mut self,
        tokens: &[&str],
        at: &mut usize,
        inside: bool,
        depth: usize,
    ) -> Result<Vec<Vec<Node>>, String> {
        if depth > 8 {
            return Err("groups and classes are nested too deeply".to_owned());
        }
        let mut choices = vec![Vec::new()];
        while let Some(&token) = tokens.get(*at) {
            *at += 1;
            let node = match token {
                "(" => Node::Choice(self.parse(tokens, at, true, depth + 1)?),
                ")" if inside => return Ok(choices),
                ")" => return Err("a closing bracket has no opening one".to_owned()),
                "|" => {
                    choices.push(Vec::new());
                    continue;
                }
                "?" => return Err("`?` must follow a word or a group".to_owned()),
                ".." => Node::Gap,
                class if class.starts_with('{') => Node::Class(self.class(class, depth)?),
                word => Node::Word(self.number(word)),
            };
            let node = if tokens.get(*at) == Some(&"?") {
                *at += 1;
                Node::Optional(Box::new(node))
            } else {
                node
            };
            choices.last_mut().expect("the list starts with one choice").push(node);
        }
        if inside {
            return Err("an opening bracket has no closing one".to_owned());
        }
        Ok(choices)
    }

    /// The sequences of a class.
    fn class(&mut self, token: &str, depth: usize) -> Result<Rc<[Vec<Slot>]>, String> {
        let name = token.trim_matches(['{', '}']);
        if let Some(known) = self.expanded.get(name) {
            return Ok(Rc::clone(known));
        }
        let forms = self.classes.get(name);
        let forms = forms.ok_or_else(|| format!("there is no class {{{name}}} in cues.toml"))?.clone();
        let mut choices = Vec::new();
        for form in forms {
            let lower = form.to_lowercase();
            let tokens = lex(&lower)?;
            choices.extend(self.parse(&tokens, &mut 0, false, depth + 1)?);
        }
        let expanded: Rc<[Vec<Slot>]> = choice(&choices)?.into();
        self.expanded.insert(name.to_owned(), Rc::clone(&expanded));
        Ok(expanded)
    }

    fn number(&mut self, word: &str) -> u32 {
        if let Some(&number) = self.numbers.get(word) {
            return number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let word: Rc<str> = Rc::from(word);
        self.words.push(Rc::clone(&word));
        self.numbers.insert(word, number);
        number
    }
}

fn lex(form: &str) -> Result<Vec<&str>, String> {
    let mut tokens = Vec::new();
    let mut rest = form;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            ' ' | '-' | '\u{2019}' | '\'' => {
                rest = &rest[first.len_utf8()..];
                continue;
            }
            '(' | ')' | '|' | '?' => 1,
            '.' if rest.starts_with("..") => 2,
            '{' => rest.find('}').ok_or("a class name lacks its closing brace")? + 1,
            c if c.is_alphanumeric() || matches!(c, '=' | '&') => rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '=' | '&' | '/')))
                .unwrap_or(rest.len()),
            c => return Err(format!("`{c}` has no meaning in a form")),
        };
        tokens.push(&rest[..length]);
        rest = &rest[length..];
    }
    Ok(tokens)
}

/// Single-word choices stay one slot; longer ones multiply the sequences.
fn expand(nodes: &[Node]) -> Result<Vec<Vec<Slot>>, String> {
    let mut all: Vec<Vec<Slot>> = vec![Vec::with_capacity(nodes.len())];
    for node in nodes {
        if let [only] = all.as_mut_slice()
            && let Node::Choice(choices) = node
            && let Some(words) = single_words(choices)
        {
            only.push(Slot::Words(words));
            continue;
        }
        match node {
            Node::Word(word) => push_each(&mut all, &Slot::Words(Rc::new([*word]))),
            Node::Gap => push_each(&mut all, &Slot::Gap),
            Node::Choice(choices) => all = multiplied(&all, &choice(choices)?)?,
            Node::Class(expanded) => all = multiplied(&all, expanded)?,
            Node::Optional(inner) => {
                let mut variants = expand(std::slice::from_ref(inner))?;
                variants.push(Vec::new());
                all = multiplied(&all, &variants)?;
            }
        }
    }
    Ok(all)
}

/// The words of a choice between single words.
fn single_words(choices: &[Vec<Node>]) -> Option<Rc<[u32]>> {
    let word = |choice: &Vec<Node>| match choice.as_slice() {
        [Node::Word(word)] => Some(*word),
        _ => None,
    };
    choices.iter().map(word).collect()
}

fn push_each(all: &mut [Vec<Slot>], slot: &Slot) {
    for sequence in all {
        sequence.push(slot.clone());
    }
}

fn multiplied(heads: &[Vec<Slot>], tails: &[Vec<Slot>]) -> Result<Vec<Vec<Slot>>, String> {
    if heads.len() * tails.len() > MOST_SEQUENCES {
        return Err(format!("a form may expand to {MOST_SEQUENCES} sequences at most; split it"));
    }
    Ok(heads
        .iter()
        .flat_map(|head| tails.iter().map(move |tail| [head.as_slice(), tail.as_slice()].concat()))
        .collect())
}

/// The sequences of a choice: the longer ones, then the single words in one slot.
fn choice(choices: &[Vec<Node>]) -> Result<Vec<Vec<Slot>>, String> {
    let mut singles: Vec<u32> = Vec::new();
    let mut all = Vec::new();
    for choice in choices {
        if let [Node::Word(word)] = choice.as_slice() {
            singles.push(*word);
            continue;
        }
        for sequence in expand(choice)? {
            match sequence.as_slice() {
                [Slot::Words(words)] => singles.extend(words.iter()),
                _ => all.push(sequence),
            }
        }
    }
    if !singles.is_empty() {
        all.push(vec![Slot::Words(singles.into())]);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(form: &str) -> Result<Vec<String>, String> {
        let classes =
            BTreeMap::from([("make".to_owned(), vec!["build".to_owned(), "put together".to_owned()])]);
        let mut forms = Forms::new(classes);
        let sequences = forms.sequences(form)?;
        let mut all: Vec<String> = sequences
            .iter()
            .map(|sequence| {
                sequence
                    .iter()
                    .map(|slot| match slot {
                        Slot::Words(words) => {
                            words.iter().map(|&word| forms.word(word)).collect::<Vec<_>>().join("/")
                        }
                        Slot::Gap => "..".to_owned(),
                    })
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        all.sort();
        Ok(all)
    }

    #[test]
    fn forms_expand_to_flat_sequences() {
        const CASES: &[(&str, &[&str])] = &[
            ("Go-to-market", &["go to market"]),
            ("own .. roadmap", &["own .. roadmap"]),
            ("user? story", &["story", "user story"]),
            ("(feature|function) list", &["feature/function list"]),
            ("(pitch deck|battlecard)", &["battlecard", "pitch deck"]),
            ("{make} deck", &["build deck", "put together deck"]),
            ("=PM/n", &["=pm/n"]),
        ];
        for (form, expected) in CASES {
            assert_eq!(shown(form).as_deref(), Ok(expected.map_strings().as_slice()), "{form}");
        }
    }

    #[test]
    fn broken_forms_say_what_is_wrong() {
        const CASES: &[(&str, &str)] = &[
            ("", "at least one word"),
            ("(a|b", "no closing one"),
            ("a)", "no opening one"),
            (".. roadmap", "begin and end with a word"),
            ("own ..", "begin and end with a word"),
            ("{nope} deck", "no class {nope}"),
            ("a * b", "no meaning"),
            ("? a", "must follow"),
        ];
        for (form, message) in CASES {
            let error = shown(form).expect_err(form);
            assert!(error.contains(message), "{form}: {error}");
        }
    }

    trait MapStrings {
        fn map_strings(&self) -> Vec<String>;
    }

    impl MapStrings for &[&str] {
        fn map_strings(&self) -> Vec<String> {
            self.iter().map(|&text| text.to_owned()).collect()
        }
    }
}
