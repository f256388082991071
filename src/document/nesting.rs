//! How deep an item of a list stands by what its tag says, where no list stands inside another: word processors and
//! editors write lists flat, and tell the level by `aria-level`, by a class, or by a margin.

use crate::html::attribute;

/// Classes that end in a level: of editors (`ql-indent-1`, `li-level-2`) and of documents (`lst-kix_ab-1`).
const LEVEL_CLASSES: [&str; 5] = ["ql-indent-", "level-", "level", "lvl-", "indent-"];

/// The mark of list classes that a word processor on the web writes; the level comes after a dash.
const KIX: &str = "lst-kix_";

/// Points of indentation that make one step; word processors indent by 36.
const STEP: f32 = 9.0;

/// The deepest step.
const DEEPEST: f32 = 60.0;

/// Whether the tag of a paragraph says that it is an item of a list.
pub(super) fn is_item(tag: &str) -> bool {
    attribute(tag, "class").is_some_and(|class| class.contains("MsoList"))
        || attribute(tag, "role").is_some_and(|role| role.eq_ignore_ascii_case("listitem"))
}

/// How deep the tag of a list or an item says that it stands; comparable with what its neighbours say alone.
pub(super) fn depth(tag: &str) -> usize {
    if !tag.contains('=') {
        return 0;
    }
    let style = attribute(tag, "style").unwrap_or("");
    let level = attribute(tag, "aria-level").and_then(number);
    let level = level.or_else(|| style.split("mso-list:").nth(1)?.split("level").nth(1).and_then(number));
    level
        .or_else(|| attribute(tag, "class")?.split_ascii_whitespace().find_map(class_level))
        .unwrap_or_else(|| indentation(style))
}

/// The number that a text begins with.
fn number(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).take(2).count();
    text[..digits].parse().ok()
}

/// The level that a class tells.
fn class_level(class: &str) -> Option<usize> {
    if let Some(name) = class.strip_prefix(KIX) {
        return number(name.rsplit('-').next()?);
    }
    LEVEL_CLASSES.iter().find_map(|begin| {
        let at = class.rfind(begin)?;
        let rest = &class[at + begin.len()..];
        number(rest).filter(|_| rest.len() <= 2)
    })
}

/// Steps of the margin or padding on the left that a style sets.
fn indentation(style: &str) -> usize {
    let points = |name: &str| -> Option<f32> {
        let value = style.split(name).nth(1)?.trim_start().strip_prefix(':')?.trim_start();
        let length = value.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let unit = match value[length..].get(..2).unwrap_or("") {
            "in" => 72.0,
            "cm" => 28.0,
            "px" => 0.75,
            "em" | "re" => 12.0,
            "pt" => 1.0,
            _ => 0.0,
        };
        value[..length].parse().ok().map(|number: f32| number * unit)
    };
    let steps = points("margin-left").unwrap_or(0.0) + points("padding-left").unwrap_or(0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few steps, none below zero"
    )]
    let steps = (steps / STEP).round().clamp(0.0, DEEPEST) as usize;
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_tell_how_deep_their_items_stand() {
        const CASES: &[(&str, usize)] = &[
            ("<li>", 0),
            ("<li aria-level=\"2\">", 2),
            ("<li dir=ltr aria-level=3 class=x>", 3),
            ("<li class=\"ql-align-left ql-indent-2\">", 2),
            ("<li class='li-level-1'>", 1),
            ("<ul class=\"c3 lst-kix_9ab2-1 start\">", 1),
            ("<p class=MsoListParagraph style='margin-left:1.0in;mso-list:l0 level2 lfo1'>", 2),
            ("<p class=\"MsoListParagraph\" style=\"margin-left: 72pt\">", 8),
            ("<li style=\"padding-left:24px\">", 2),
            ("<li style=\"margin-left:-18pt\">", 0),
            ("<li class=\"entry-level-job\" data-level=\"4\">", 0),
            ("<li style=\"margin-left:\u{e9}\">", 0),
            ("<li class=\"level", 0),
        ];
        for (tag, expected) in CASES {
            assert_eq!(depth(tag), *expected, "{tag}");
        }
    }

    #[test]
    fn paragraphs_may_be_items() {
        assert!(is_item("<p class=MsoListParagraphCxSpFirst>"));
        assert!(is_item("<div role=\"listitem\">"));
        assert!(!is_item("<p class=\"MsoNormal\">"));
    }
}
