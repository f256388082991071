//! Reads `titles.toml` and compiles it.
//!
//! Everything that a user may want to change about titles stands in that file: what is noise, what is a level,
//! what a word is short for, and the patterns. This module turns it into tables that cost one look-up a word
//! and forms that cost a few steps each.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::pattern::{ASIDE, Class, Form, Item, JOIN, Times, What};
use super::rename::Swap;
use super::symbols::{Symbols, Traits};
use crate::lexicon::LexiconError;
use crate::lexicon::build::parse;
use crate::vocabulary::Claim;

/// Name of the file, for its errors.
pub(super) const FILE: &str = "titles.toml";

/// `titles.toml` as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    triggers: Vec<String>,
    #[serde(default)]
    pub(super) names: Vec<String>,
    #[serde(default)]
    joints: Vec<String>,
    #[serde(default)]
    pub(super) gender_suffixes: Vec<String>,
    #[serde(default)]
    void: Vec<String>,
    #[serde(default)]
    noise: NoiseFile,
    #[serde(default)]
    level: LevelFile,
    #[serde(default)]
    alias: BTreeMap<String, String>,
    #[serde(default)]
    class: BTreeMap<String, Vec<Spanned<String>>>,
    #[serde(default)]
    pub(super) pattern: Vec<PatternFile>,
    #[serde(default)]
    swap: Vec<Swap>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct NoiseFile {
    words: Vec<String>,
    after_number: Vec<String>,
    references: Vec<String>,
    asides: Vec<String>,
    aside_words: Vec<String>,
    companies: Vec<String>,
    alone: Vec<String>,
    beside: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct LevelFile {
    anywhere: Vec<String>,
    leading: Vec<String>,
    trailing: Vec<String>,
}

/// A pattern as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternFile {
    pub(super) id: Spanned<String>,
    claim: Claim,
    trap: Option<String>,
    forms: Vec<Spanned<String>>,
    /// Titles that it must decide.
    #[serde(default)]
    pub(super) claims: Vec<Spanned<String>>,
    /// Titles that it may not decide.
    #[serde(default)]
    pub(super) not: Vec<Spanned<String>>,
}

/// A pattern, ready to match.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Pattern {
    pub(super) id: String,
    pub(super) claim: Claim,
    pub(super) trap: Option<String>,
    pub(super) forms: Vec<Form>,
}

/// The file, ready to use.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Tables {
    pub(super) symbols: Symbols,
    pub(super) classes: Vec<Class>,
    pub(super) patterns: Vec<Pattern>,
    pub(super) names: Vec<String>,
    pub(super) gender_suffixes: Vec<String>,
    pub(super) swaps: Vec<Swap>,
}

impl File {
    pub(super) fn parse(text: &str) -> Result<Self, Box<LexiconError>> {
        parse(FILE, text)
    }
}

impl Tables {
    pub(super) fn parse(text: &str) -> Result<Self, Box<LexiconError>> {
        let file = File::parse(text)?;
        let mut symbols = Symbols::new();
        for (words, traits) in [
            (&file.triggers, Traits::TRIGGER),
            (&file.void, Traits::VOID),
            (&file.noise.words, Traits::NOISE),
            (&file.noise.after_number, Traits::AFTER_NUMBER),
            (&file.noise.aside_words, Traits::ASIDE_WORD),
            (&file.noise.companies, Traits::COMPANY),
            (&file.noise.alone, Traits::ALONE),
            (&file.noise.beside, Traits::BESIDE),
            (&file.level.anywhere, Traits::LEVEL),
            (&file.level.leading, Traits::LEADING),
            (&file.level.trailing, Traits::TRAILING),
        ] {
            symbols.mark(words, traits);
        }
        for aside in &file.noise.asides {
            symbols.rewrite(aside, vec![ASIDE]);
        }
        for joint in &file.joints {
            symbols.rewrite(joint, vec![JOIN]);
        }
        for (from, to) in &file.alias {
            let to = symbols.phrase(to);
            symbols.rewrite(from, to);
        }
        symbols.finish(&file.noise.references);

        let mut compiler =
            Compiler { text, file: &file, symbols, classes: Vec::new(), by_name: BTreeMap::new() };
        let mut patterns: Vec<Pattern> = Vec::with_capacity(file.pattern.len());
        for entry in &file.pattern {
            let id = entry.id.get_ref();
            if patterns.iter().any(|pattern| &pattern.id == id) {
                return compiler.refuse(
                    format!("two patterns are called \"{id}\"; rename one of them"),
                    entry.id.span(),
                );
            }
            let forms = entry.forms.iter().map(|form| compiler.form(form)).collect::<Result<_, _>>()?;
            patterns.push(Pattern { id: id.clone(), claim: entry.claim, trap: entry.trap.clone(), forms });
        }
        let Compiler { symbols, classes, .. } = compiler;
        let File { names, gender_suffixes, swap: swaps, .. } = file;
        Ok(Self { symbols, classes, patterns, names, gender_suffixes, swaps })
    }
}

struct Compiler<'f> {
    text: &'f str,
    file: &'f File,
    symbols: Symbols,
    classes: Vec<Class>,
    /// `None` while a class is being built, so that one that holds itself is found out.
    by_name: BTreeMap<&'f str, Option<usize>>,
}

impl<'f> Compiler<'f> {
    fn refuse<T>(&self, message: impl Into<String>, at: Range<usize>) -> Result<T, Box<LexiconError>> {
        Err(LexiconError::new(FILE, self.text, message, &[at]))
    }

    fn form(&mut self, form: &'f Spanned<String>) -> Result<Form, Box<LexiconError>> {
        let items = form.get_ref().split_whitespace().map(|word| self.item(word, form.span()));
        let items = items.collect::<Result<Vec<_>, _>>()?;
        if items.iter().any(|item| matches!(item.what, What::Symbol(_) | What::Class(_))) {
            Ok(Form::new(items, &self.classes))
        } else {
            self.refuse(
                "a form without a word matches every title; write at least one word or class",
                form.span(),
            )
        }
    }

    fn item(&mut self, word: &'f str, at: Range<usize>) -> Result<Item, Box<LexiconError>> {
        let what = match word {
            "*" => What::Words,
            "**" => What::Anything,
            "^" => What::Start,
            "$" => What::End,
            "<" => What::PartStart,
            ">" => What::PartEnd,
            _ => {
                let (body, times) = match word.strip_suffix('?') {
                    Some(body) => (body, Times::Optional),
                    None => match word.strip_suffix('*') {
                        Some(body) => (body, Times::Many),
                        None => (word, Times::Once),
                    },
                };
                let class = body.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
                let what = match class {
                    Some(name) => What::Class(self.class(name, at)?),
                    None => What::Symbol(self.symbols.add(body)),
                };
                return Ok(Item { what, times });
            }
        };
        Ok(Item { what, times: Times::Once })
    }

    fn class(&mut self, name: &'f str, at: Range<usize>) -> Result<usize, Box<LexiconError>> {
        match self.by_name.get(name) {
            Some(Some(index)) => return Ok(*index),
            Some(None) => {
                return self
                    .refuse(format!("class \"{name}\" holds itself; take it out of its own members"), at);
            }
            None => {}
        }
        let file = self.file;
        let Some(members) = file.class.get(name) else {
            return self
                .refuse(format!("no class \"{name}\"; add it under [class] or write its words out"), at);
        };
        self.by_name.insert(name, None);
        let mut class = Class::default();
        for member in members {
            let form = self.form(member)?;
            class.print |= form.print();
            let items = form.into_items();
            if let [Item { what: What::Symbol(symbol), times: Times::Once }] = items[..] {
                let symbol = symbol as usize;
                class.words.resize(class.words.len().max(symbol + 1), false);
                class.words[symbol] = true;
            } else {
                class.phrases.push(items);
            }
        }
        self.classes.push(class);
        let index = self.classes.len() - 1;
        self.by_name.insert(name, Some(index));
        Ok(index)
    }
}
