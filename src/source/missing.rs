//! What a record or a table lacks, told to a person with the names that it has.

use std::borrow::Cow;

use crate::outcome::Fault;

/// The longest name that is told whole, in characters: nobody calls a column by more.
const LONGEST: usize = 40;

/// What is wrong with a record none of whose fields is a title or a body.
pub(crate) fn missing_body<'n>(names: impl Iterator<Item = &'n str>) -> Fault {
    let list = listed(names);
    let message = if list.is_empty() {
        "the record has no fields".to_owned()
    } else {
        format!("no body among the fields {list}; name it with --map body=FIELD")
    };
    Fault { code: "missing-body".to_owned(), message }
}

/// What is wrong with a record that keeps its body in a manner of its own under this name.
pub(crate) fn unread_body(name: &str) -> Fault {
    let message = format!(
        "the field {0} keeps its text in a manner that is not known; name the text itself with --map \
         body={0}.FIELD",
        short(name)
    );
    Fault { code: "missing-body".to_owned(), message }
}

/// What is wrong with a table whose first row names neither title nor body.
pub(crate) fn missing_header<'n>(names: impl Iterator<Item = &'n str> + Clone) -> Fault {
    /// The longest question that forms make the name of a column, in bytes.
    const QUESTION: usize = 120;
    let is_text = |name: &str| name.trim().contains('\n') || name.len() > QUESTION;
    if !names.clone().any(is_text) {
        return missing_body(names);
    }
    let message = format!(
        "the first row is no header but a posting ({}); write the names of the columns above it, such as \
         title,company,location,description",
        listed(names)
    );
    Fault { code: "missing-body".to_owned(), message }
}

/// What is wrong with a table that lacks columns which `--map` names.
pub(crate) fn missing_column<'n>(pairs: &[String], names: impl Iterator<Item = &'n str>) -> Fault {
    let message = format!("no column for --map {}; the columns are {}", pairs.join(","), listed(names));
    Fault { code: "missing-column".to_owned(), message }
}

/// A name as a person would read it: on one line, and cut where it is a text rather than a name.
pub(crate) fn short(name: &str) -> Cow<'_, str> {
    if !name.contains(char::is_whitespace) {
        return Cow::Borrowed(name);
    }
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", line[..end].trim_end())),
        None if line == name => Cow::Borrowed(name),
        None => Cow::Owned(line),
    }
}

/// The names of fields, as many as a person would read.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    const SHOWN: usize = 24;
    let names: Vec<_> = names.filter(|name| !name.is_empty()).map(short).collect();
    let mut list = names.iter().take(SHOWN).map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        list.push_str(", …");
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_row_that_is_a_posting_is_called_one() {
        let message = |names: &[&str]| missing_header(names.iter().copied()).message;
        assert_eq!(
            message(&["Stelle", "Ort"]),
            "no body among the fields Stelle, Ort; name it with --map body=FIELD"
        );
        assert_eq!(
            message(&["Ort", "What will the new pilot do all day, in a few words of yours?"]),
            "no body among the fields Ort, What will the new pilot do all day, in a…; name it with --map body=FIELD"
        );
        assert_eq!(
            message(&[
                "Pilot",
                "Own the boats\nof all harbours",
                "Someone who can hold a course in any weather"
            ]),
            "the first row is no header but a posting (Pilot, Own the boats of all harbours, Someone who can hold a course in any wea…); \
             write the names of the columns above it, such as title,company,location,description"
        );
    }
}
