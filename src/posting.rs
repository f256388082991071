//! A posting as a source gave it: who, what, where, and the text in its parts.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::vocabulary::Zone;

/// Where a record was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceRef {
    /// The input as typed, with `/` between folders; `-` is standard input.
    pub path: Arc<str>,
    /// 1-based number of the record in its file.
    pub record: u64,
    /// 1-based line on which the record begins; null where the format has no lines.
    pub line: Option<u64>,
}

/// How the text of a part is marked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Markup {
    /// Decide from the text: HTML when it holds block tags or entities, else Markdown or plain lines.
    #[default]
    Detect,
    /// HTML, whole page or fragment.
    Html,
    /// Markdown or plain lines; plain text is Markdown without the marks.
    Lines,
    /// A heading of the parts behind it, in a field of its own.
    Heading,
    /// Markdown with one paragraph a line, made from a document that has paragraphs and no lines: the number of a
    /// line is the number of the paragraph there.
    Paragraphs,
}

/// One stretch of a posting's body, as one field of the source held it.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// Name of the source field, when the body is spread over several.
    pub field: Option<Arc<str>>,
    /// What the part is for, when the source says so.
    pub zone: Option<Zone>,
    /// How the text is marked up.
    pub markup: Markup,
    /// The text after transport decoding and before HTML or Markdown is parsed.
    pub text: String,
}

/// One job ad.
#[derive(Clone, Debug)]
pub struct Posting {
    /// Where it was read.
    pub source: SourceRef,
    /// The source's own id, else a stable one from path and record.
    pub id: String,
    /// The title, when there is one.
    pub title: Option<String>,
    /// What else may be the title of a draft, best first: asked when `title` turns out to be the heading of a section.
    pub other_titles: Vec<String>,
    /// The employer.
    pub company: Option<String>,
    /// Where the job is.
    pub location: Option<String>,
    /// Where the posting stands on the web.
    pub url: Option<String>,
    /// The language that the source states.
    pub language: Option<String>,
    /// The body, usually one part.
    pub parts: Vec<Part>,
    /// Whether the source cut the text short.
    pub truncated: bool,
    /// The character set that the source was taken to be in, when that is a guess.
    pub charset: Option<&'static str>,
}

impl Posting {
    /// A posting from a title and a body alone, for library use.
    ///
    /// ```
    /// let posting = rolecall::Posting::new("Product Manager", "Own the product backlog.");
    /// assert_eq!(posting.bytes(), 24);
    /// ```
    #[must_use]
    pub fn new(title: &str, body: &str) -> Self {
        Self {
            source: SourceRef { path: Arc::from("-"), record: 1, line: Some(1) },
            id: "-#1".to_owned(),
            title: Some(title.to_owned()),
            other_titles: Vec::new(),
            company: None,
            location: None,
            url: None,
            language: None,
            parts: vec![Part { text: body.to_owned(), ..Part::default() }],
            truncated: false,
            charset: None,
        }
    }

    /// Hash of the body: 64-bit XXH3 of all parts in a row.
    #[must_use]
    pub fn text_hash(&self) -> u64 {
        let mut hasher = xxhash_rust::xxh3::Xxh3::new();
        for part in &self.parts {
            hasher.update(part.text.as_bytes());
        }
        hasher.digest()
    }

    /// Gives the posting a title in place of its own.
    pub fn entitle(&mut self, title: String) {
        self.title = Some(title);
        self.other_titles.clear();
    }

    /// Length of the body in bytes, all parts together.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.parts.iter().map(|part| part.text.len()).sum()
    }

    /// Whether line numbers in the text count the paragraphs of the original document, which has no lines.
    #[must_use]
    pub fn counts_paragraphs(&self) -> bool {
        self.parts.iter().any(|part| part.markup == Markup::Paragraphs)
    }

    /// Whether there is any text to read.
    #[must_use]
    pub fn has_text(&self) -> bool {
        self.parts.iter().any(|part| !part.text.trim().is_empty())
    }
}
