//! What a configuration changes about the areas and terms of the files: some are taken out, some terms changed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::error::LexiconError;
use super::file::{AreaFile, AreasFile};
use crate::suggest::nearest;

/// A term of the lexicon as it should be; what is left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Term")]
pub struct Change {
    /// Forms that count as the term, in the form syntax.
    #[serde(default)]
    #[schemars(with = "Option<Vec<String>>")]
    pub forms: Option<Vec<Spanned<String>>>,
    /// Forms that undo a hit that they overlap.
    #[serde(default)]
    #[schemars(with = "Option<Vec<String>>")]
    pub unless: Option<Vec<Spanned<String>>>,
    /// How surely an owned duty with these words is the area's: 0.5 a hint, 1 usual, 2 strong, 3 decisive.
    #[serde(default)]
    #[schemars(range(min = 0))]
    pub weight: Option<f64>,
}

/// Changes by full name, such as `pm/roadmap` for an area and `pm/roadmap/vision` for a term.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    /// The file that asks for them, as messages name it.
    pub(crate) file: Arc<str>,
    /// Its text.
    pub(crate) text: Arc<str>,
    /// Areas and terms that are taken out.
    pub(crate) disable: Vec<Spanned<String>>,
    /// Terms that are changed.
    pub(crate) replace: BTreeMap<Spanned<String>, Change>,
}

impl Overlay {
    /// Whether nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.disable.is_empty() && self.replace.is_empty()
    }

    /// The changes as text, for the hash of the lexicon.
    pub(super) fn described(&self) -> String {
        let disable: Vec<&str> = self.disable.iter().map(|id| id.get_ref().as_str()).collect();
        let mut text = format!("{disable:?}");
        for (id, Change { forms, unless, weight }) in &self.replace {
            let plain = |forms: &Option<Vec<Spanned<String>>>| {
                forms
                    .as_ref()
                    .map(|forms| forms.iter().map(|form| form.get_ref().clone()).collect::<Vec<_>>())
            };
            // Writing to a string cannot fail.
            let _ = write!(text, "{:?}", (id.get_ref(), plain(forms), plain(unless), weight));
        }
        text
    }

    /// A file of areas with the changes, `known` getting the names of all that stood in it.
    pub(super) fn apply(&self, mut file: AreasFile, known: &mut Vec<String>) -> AreasFile {
        if self.is_empty() {
            return file;
        }
        let role = file.role;
        let full = |area: &AreaFile| format!("{role}/{}", area.id.get_ref());
        for area in &mut file.area {
            let name = full(area);
            area.term.retain_mut(|term| {
                let term_name = format!("{name}/{}", term.id.get_ref());
                if let Some(Change { forms, unless, weight }) = self.replace.get(term_name.as_str()) {
                    term.weight = weight.unwrap_or(term.weight);
                    if let Some(forms) = forms {
                        term.forms.clone_from(forms);
                    }
                    if let Some(unless) = unless {
                        term.unless.clone_from(unless);
                    }
                }
                let keeps = !self.disables(&term_name);
                known.push(term_name);
                keeps
            });
            known.push(name);
        }
        file.area.retain(|area| !self.disables(&full(area)));
        file
    }

    /// The file and text that a form of a term was written in, where it was not the lexicon's.
    pub(super) fn place(&self, term: &str, form: &Spanned<String>) -> Option<(&str, &str)> {
        let term = self.replace.get(term)?;
        let written = [&term.forms, &term.unless].into_iter().flatten().flatten();
        let same = |mine: &Spanned<String>| mine.get_ref() == form.get_ref() && mine.span() == form.span();
        written.into_iter().any(same).then_some((&*self.file, &*self.text))
    }

    /// Refuses names that nothing has.
    pub(super) fn complete(&self, known: &[String]) -> Result<(), Box<LexiconError>> {
        let unknown = |span: Range<usize>, message: String| {
            Err(LexiconError::new(&self.file, &self.text, message, &[span]))
        };
        for id in self.disable.iter().chain(self.replace.keys()) {
            let name = id.get_ref();
            if !known.contains(name) {
                let advice = match nearest(name, known.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => "rolecall lexicon list prints them all".to_owned(),
                };
                return unknown(id.span(), format!("no area or term is called \"{name}\": {advice}"));
            }
        }
        for id in self.replace.keys() {
            if id.get_ref().matches('/').count() < 2 {
                let message = format!("\"{}\" is an area; only terms can be replaced", id.get_ref());
                return unknown(id.span(), message);
            }
        }
        Ok(())
    }

    fn disables(&self, name: &str) -> bool {
        self.disable.iter().any(|id| id.get_ref() == name)
    }
}
