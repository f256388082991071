//! The layers of entities that sources write around a text.
//!
//! `<p>` may arrive as `&lt;p&gt;`, or even as `&amp;lt;p&amp;gt;`. How many layers to take off is a matter of the
//! source, never of "until nothing changes": a posting may well speak of `&lt;b&gt;` and mean it.

use std::borrow::Cow;

/// How many layers of entities a source writes around its texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Layers {
    /// None; but a text that begins with a tag in entities, or is laid out by such tags, and holds no other tag loses
    /// that layer, or both.
    #[default]
    Usual,
    /// Exactly one, on every text; texts with plain tags have lost it already.
    One,
    /// Up to two, as long as every tag in sight is written as entities.
    UpToTwo,
}

impl Layers {
    /// The text without the layers.
    pub(crate) fn off(self, text: String) -> String {
        match self {
            Self::Usual if (begins_with_tag(&text) || is_laid_out(&text)) && !text.contains('<') => {
                once(&text).into_owned()
            }
            Self::Usual if text.trim_start().starts_with("&amp;lt;") && !text.contains(['<', '>']) => {
                Self::Usual.off(once(&text).into_owned())
            }
            Self::Usual => text,
            Self::One if text.contains('<') => text,
            Self::One => once(&text).into_owned(),
            Self::UpToTwo => {
                let mut text = text;
                for _ in 0..2 {
                    if text.contains('<') || !holds_tag(&text) {
                        break;
                    }
                    text = once(&text).into_owned();
                }
                text
            }
        }
    }
}

fn once(text: &str) -> Cow<'_, str> {
    html_escape::decode_html_entities(text)
}

/// Whether the text begins with a tag whose brackets are entities.
fn begins_with_tag(text: &str) -> bool {
    let first = text.trim_start().strip_prefix("&lt;").and_then(|rest| rest.bytes().next());
    first.is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'!')
}

/// Whether several paragraphs or items end with a tag whose brackets are entities.
fn is_laid_out(text: &str) -> bool {
    let ends = |rest: &str| ["p&gt;", "li&gt;", "ul&gt;", "div&gt;"].iter().any(|tag| rest.starts_with(tag));
    text.split("&lt;/").skip(1).filter(|rest| ends(rest)).nth(1).is_some()
}

/// Whether the text holds a closed or empty tag of a page, its brackets written as entities of one layer or two.
fn holds_tag(text: &str) -> bool {
    const TAGS: &[&str] =
        &["p", "div", "ul", "ol", "li", "br", "h1", "h2", "h3", "h4", "strong", "b", "span", "table"];
    let lead = |rest: &str| {
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
        TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(&rest[..length]))
    };
    text.split("&lt;").skip(1).any(lead) || text.split("&amp;lt;").skip(1).any(lead)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_come_off_as_the_source_writes_them() {
        use Layers::{One, UpToTwo, Usual};
        const CASES: &[(Layers, &str, &str)] = &[
            (Usual, "&lt;p&gt;R&amp;amp;D&lt;/p&gt;", "<p>R&amp;D</p>"),
            (Usual, "a &lt;b&gt; tag", "a &lt;b&gt; tag"),
            (Usual, "Close it with &lt;/p&gt;", "Close it with &lt;/p&gt;"),
            (Usual, "Hats.\n&lt;p&gt;A&lt;/p&gt;&lt;p&gt;B&lt;/p&gt;", "Hats.\n<p>A</p><p>B</p>"),
            (Usual, "&amp;lt;p&amp;gt;R&amp;amp;amp;D", "<p>R&amp;D"),
            (Usual, "<p>write &lt;p&gt;</p>", "<p>write &lt;p&gt;</p>"),
            (One, "R&amp;amp;D &lt;br&gt;", "R&amp;D <br>"),
            (One, "&amp;lt;p&amp;gt;", "&lt;p&gt;"),
            (One, "<p>&amp;lt;</p>", "<p>&amp;lt;</p>"),
            (UpToTwo, "&lt;p&gt;x&lt;/p&gt;", "<p>x</p>"),
            (UpToTwo, "&amp;lt;p&amp;gt;R&amp;amp;amp;D&amp;lt;/p&amp;gt;", "<p>R&amp;D</p>"),
            (UpToTwo, "&amp;amp;lt;p&amp;amp;gt;", "&amp;amp;lt;p&amp;amp;gt;"),
            (UpToTwo, "margins &lt; 5 &amp; falling", "margins &lt; 5 &amp; falling"),
            (UpToTwo, "Intro. &lt;ul&gt;&lt;li&gt;x", "Intro. <ul><li>x"),
        ];
        for (layers, text, expected) in CASES {
            assert_eq!(layers.off((*text).to_owned()), *expected, "{layers:?} {text}");
        }
    }
}
