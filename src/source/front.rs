//! The front matter of a draft: YAML between `---` lines or TOML between `+++` lines at its very start.

use serde::Deserialize;
use serde::de::DeserializeSeed;

use super::field::{Field, Mapping};
use super::gather::Gathered;
use super::record::Record;
use super::value::Value;
use crate::span::Span;

/// Where the front matter of a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// How it is written.
    pub syntax: Syntax,
    /// The lines between the fences.
    pub inner: Span,
    /// Offset of the line behind the closing fence.
    pub end: usize,
}

/// How front matter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
}

/// Who hires, where the front matter says it so.
#[derive(Deserialize)]
struct Team {
    team: Option<String>,
}

/// Tables of front matter whose names mean something to the site alone.
#[derive(Deserialize)]
struct Beside {
    extra: Option<Value>,
    params: Option<Value>,
}

/// Finds the front matter of a text.
#[must_use]
pub fn find(text: &str) -> Option<FrontMatter> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let (syntax, fences): (_, &[&str]) = match first.trim_end() {
        "---" => (Syntax::Yaml, &["---", "..."]),
        "+++" => (Syntax::Toml, &["+++"]),
        _ => return None,
    };
    let mut at = first.len();
    for line in lines {
        if fences.contains(&line.trim_end()) {
            return Some(FrontMatter { syntax, inner: Span::new(first.len(), at), end: at + line.len() });
        }
        at += line.len();
    }
    None
}

impl FrontMatter {
    /// Reads the front matter of `text` into any type.
    ///
    /// # Errors
    ///
    /// What is wrong with the YAML or TOML, in the words of its parser.
    pub fn read<T: for<'de> Deserialize<'de>>(self, text: &str) -> Result<T, String> {
        let inner = self.inner.slice(text);
        match self.syntax {
            Syntax::Yaml => serde_saphyr::from_str(inner).map_err(|error| error.to_string()),
            Syntax::Toml => toml::from_str(inner).map_err(|error| error.to_string()),
        }
    }

    /// The fields of a posting that it gives; none when it cannot be read.
    pub(crate) fn fields(self, text: &str, mapping: &Mapping) -> Gathered {
        let inner = self.inner.slice(text);
        let read = match self.syntax {
            Syntax::Yaml => {
                serde_saphyr::with_deserializer_from_str(inner, |de| Record(mapping).deserialize(de)).ok()
            }
            Syntax::Toml => {
                toml::Deserializer::parse(inner).ok().and_then(|de| Record(mapping).deserialize(de).ok())
            }
        };
        let mut gathered = read.unwrap_or_default();
        // Elsewhere a team is a department; a draft may say no more of who hires.
        if inner.contains("team")
            && let Ok(Team { team: Some(team) }) = self.read(text)
        {
            gathered.offer_company(team);
        }
        // Generators of sites keep what they do not know themselves in a table of its own.
        if let Ok(Beside { extra, params }) = self.read(text) {
            for (name, value) in [extra, params].iter().flatten().flat_map(Value::members) {
                if let Some(meaning) = mapping.meaning(name)
                    && matches!(meaning.slot.field, Field::Company | Field::Location | Field::Url)
                    && gathered.lacks(meaning.slot.field)
                {
                    gathered.put_value(meaning, name, value.clone());
                }
            }
        }
        gathered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_stands_between_fences_at_the_start() {
        type Halves = (&'static str, &'static str);
        const CASES: &[(&str, &str, Option<Halves>)] = &[
            ("yaml", "---\ntitle: PM\n---\nBody", Some(("title: PM\n", "Body"))),
            ("crlf", "---\r\ntitle: PM\r\n---\r\nBody", Some(("title: PM\r\n", "Body"))),
            ("toml", "+++\ntitle = 'PM'\n+++\n", Some(("title = 'PM'\n", ""))),
            ("empty", "---\n---\nBody", Some(("", "Body"))),
            ("not closed", "---\ntitle: PM\n", None),
            ("a rule later on", "Text\n---\nmore\n---\n", None),
        ];
        for (name, text, expected) in CASES {
            let found = find(text).map(|front| (front.inner.slice(text), &text[front.end..]));
            assert_eq!(found, *expected, "{name}");
        }
    }

    #[test]
    fn any_type_can_be_read_and_faults_are_told() {
        #[derive(Deserialize)]
        struct Draft {
            role: String,
        }
        let text = "---\nrole: pm\n---\n";
        assert_eq!(find(text).unwrap().read::<Draft>(text).unwrap().role, "pm");
        let text = "---\nrole: [pm\n---\n";
        assert!(find(text).unwrap().read::<Draft>(text).is_err());
    }

    #[test]
    fn tables_of_sites_say_who_hires_and_where() {
        for text in [
            "+++\ntitle = 'PM'\n[extra]\nlocation = 'Kiel'\ntitle = 'x'\n+++\n",
            "---\ntitle: PM\nparams:\n  location: Kiel\n  weight: 2\n---\n",
        ] {
            let gathered = find(text).unwrap().fields(text, &Mapping::default());
            assert!(!gathered.lacks(Field::Location), "{text}");
            assert!(gathered.lacks(Field::Company), "{text}");
        }
    }
}
