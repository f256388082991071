//! A file that is one posting: Markdown, plain text, a web page or a Word document.
//!
//! The body is the whole file as written, so that spans count in the file (in a Word document, its paragraphs); the fields around it come from the
//! front matter, labelled first lines, headings and, last of all, the name of the file.

use std::borrow::Cow;

use super::blocks::{POSTING_LIMIT, RECORD_LIMIT, longer_than};
use super::charset;
use super::docx::{self, Document};
use super::field::{Field, Mapping, Slot};
use super::front;
use super::gather::{Gathered, failed};
use super::headline::{TITLE, first_line, heading_text, names_the_form};
use super::labels::{labels, said, title_in_page};
use super::linked;
use super::microdata;
use super::opening::{is_title, names_role};
use super::packed::unpacked;
use super::page::Page;
use crate::outcome::Outcome;
use crate::posting::{Markup, Part, Posting, SourceRef};

/// How a draft is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DraftKind {
    /// Markdown.
    Markdown,
    /// Plain text, or whatever its content shows.
    Text,
    /// A web page.
    Html,
    /// A Word document.
    Docx,
}

/// The longest Word document, which may hold pictures.
const DOCUMENT_LIMIT: usize = 64 * 1024 * 1024;

impl DraftKind {
    /// The longest file of this kind that is read.
    pub(super) fn limit(self) -> usize {
        match self {
            Self::Docx => DOCUMENT_LIMIT,
            Self::Html => RECORD_LIMIT,
            Self::Markdown | Self::Text => POSTING_LIMIT,
        }
    }
}

/// How many headings of a text may be its title.
const HEADINGS: usize = 5;

/// The posting in a file, or how it ended instead.
pub(super) fn posting(source: &SourceRef, bytes: &[u8], kind: DraftKind) -> Result<Posting, Box<Outcome>> {
    if kind == DraftKind::Docx {
        return document(source, bytes);
    }
    let text = charset::text(bytes);
    if kind == DraftKind::Html && text.len() > POSTING_LIMIT && Page::seen(&text) > POSTING_LIMIT {
        return Err(Box::new(failed(source, longer_than(POSTING_LIMIT))));
    }
    let is_page = kind == DraftKind::Html || (kind == DraftKind::Text && text.trim_start().starts_with('<'));
    let gathered = if is_page { page(&text) } else { lines(&text, kind) };
    let markup = match kind {
        DraftKind::Html => Markup::Html,
        DraftKind::Markdown => Markup::Lines,
        DraftKind::Text | DraftKind::Docx => Markup::Detect,
    };
    // Pages made by their scripts show nothing without them.
    let blank = kind == DraftKind::Html && !Page::shows_text(&text);
    Ok(finish(gathered, source, markup, if blank { String::new() } else { text.into_owned() }))
}

/// The posting with this text, which may get its title from the name of the file.
fn finish(mut gathered: Gathered, source: &SourceRef, markup: Markup, text: String) -> Posting {
    let name = name_of(&source.path);
    if let Some(name) = &name {
        gathered.guess_title(name.clone());
    }
    let posting = gathered.draft(source, Part { field: None, zone: None, markup, text });
    // A title of spaces is none.
    Posting { title: posting.title.or(name), ..posting }
}

/// The posting in a Word document.
fn document(source: &SourceRef, bytes: &[u8]) -> Result<Posting, Box<Outcome>> {
    let Document { text, title, heading, property } =
        docx::read(bytes).map_err(|fault| Box::new(failed(source, fault)))?;
    if text.len() > POSTING_LIMIT {
        return Err(Box::new(failed(source, longer_than(POSTING_LIMIT))));
    }
    let mut gathered = Gathered::default();
    let plain = unescaped(&text);
    let label = labels(&plain, &mut gathered);
    let title = title.and_then(without_form);
    let top = said(&plain).next().and_then(first_line);
    let below = headings(&plain).filter_map(|(_, heading)| heading_text(heading)).nth(1);
    let guesses = with_job_first([title.clone(), label, top, heading, property], &[below]);
    if let Some(title) = title.filter(|title| guesses.first() == Some(title)) {
        gathered.offer_title(0, title);
    }
    for title in guesses.into_iter().filter_map(without_form) {
        gathered.guess_title(title);
    }
    Ok(finish(gathered, source, Markup::Paragraphs, text))
}

/// A title without the kind of document before it; `None` when it says nothing else.
fn without_form(title: String) -> Option<String> {
    if names_the_form(&title) {
        return None;
    }
    let rest = title.split_once(':').filter(|(form, _)| names_the_form(form)).map(|(_, rest)| rest.trim());
    match rest {
        Some(rest) => (!rest.is_empty()).then(|| rest.to_owned()),
        None => Some(title),
    }
}

/// The text of a document without what keeps it from being Markdown.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '\\' || !characters.peek().is_some_and(char::is_ascii_punctuation) {
            plain.push(character);
        } else {
            plain.extend(characters.next());
        }
    }
    plain
}

/// What the name of a file says, in words; the name of its folder, where the file is the index of that.
fn name_of(path: &str) -> Option<String> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = unpacked(name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_index = ["index", "_index"].iter().any(|index| index.eq_ignore_ascii_case(stem));
    let folder = folders.rsplit('/').next().filter(|folder| is_index && !matches!(*folder, "" | "." | ".."));
    let stem = folder.unwrap_or(stem);
    let words: Vec<_> = stem.split(['-', '_', ' ']).filter(|word| !word.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The fields that lines of Markdown or text give.
fn lines(text: &str, kind: DraftKind) -> Gathered {
    let front = front::find(text);
    let mut gathered = front.map_or_else(Gathered::default, |front| front.fields(text, &Mapping::default()));
    let body = &*unquoted(&text[front.map_or(0, |front| front.end)..]);
    let label = labels(body, &mut gathered);
    let top = headings(body).find(|(level, _)| *level == 1).and_then(|(_, heading)| heading_text(heading));
    // Markdown may hold headings of HTML.
    let html = || if kind == DraftKind::Markdown { Page::read(body).heading } else { None };
    let top = top.or_else(|| html().filter(|heading| heading.chars().count() <= TITLE));
    let first = headings(body).next().and_then(|(_, heading)| heading_text(heading));
    let line = said(body).next();
    let is_bold = line.is_some_and(|line| line.starts_with("**") && line.ends_with("**"));
    let line = line.and_then(first_line);
    // Plain text has its title in its first line, and so has Markdown that sets it in bold.
    let by_line = kind == DraftKind::Text || is_bold;
    let more: Vec<_> =
        headings(body).take(HEADINGS).filter_map(|(_, heading)| heading_text(heading)).collect();
    let guesses = if by_line { [top, label, line, first] } else { [top, label, first, line] };
    // Whoever hires may stand above the title.
    let below = guesses[0].as_ref().and_then(|top| more.iter().skip_while(|heading| *heading != top).nth(1));
    let guesses = with_job_first(guesses, &[below.cloned()]);
    for title in guesses.into_iter().chain(more).filter_map(without_form) {
        gathered.guess_title(title);
    }
    gathered
}

/// The guesses, best first, with the first of them, or of `others`, before them that names a job when their best does not.
fn with_job_first<const N: usize>(guesses: [Option<String>; N], others: &[Option<String>]) -> Vec<String> {
    let mut guesses: Vec<String> = guesses.into_iter().flatten().collect();
    if guesses.first().is_none_or(|best| !names_role(best)) {
        let mut all = others.iter().flatten().chain(&guesses);
        if let Some(job) = all.find(|guess| is_title(guess)).cloned() {
            guesses.retain(|guess| *guess != job);
            guesses.insert(0, job);
        }
    }
    guesses
}

/// A text without the marks of a quotation, where all of it is one.
fn unquoted(text: &str) -> Cow<'_, str> {
    let is_quoted = |line: &str| line.trim().is_empty() || line.starts_with('>');
    if !text.trim_start().starts_with('>') || !text.lines().all(is_quoted) {
        return Cow::Borrowed(text);
    }
    let bare = |line: &str| {
        line.strip_prefix('>').map_or("", |line| line.strip_prefix(' ').unwrap_or(line)).to_owned()
    };
    Cow::Owned(text.lines().map(bare).collect::<Vec<_>>().join("\n"))
}

/// The headings of a Markdown text, each with its level: `# Title`, or a line underlined with `=`.
fn headings(body: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    let mut above = "";
    body.lines().filter_map(move |line| {
        let line = line.trim_end();
        let above = std::mem::replace(&mut above, line);
        if line.starts_with("```") || line.starts_with("~~~") {
            fenced = !fenced;
        }
        if fenced {
            return None;
        }
        let level = line.bytes().take_while(|&byte| byte == b'#').count();
        if (1..=6).contains(&level) && line[level..].starts_with(' ') {
            return Some((level, line));
        }
        let underlines = line.len() >= 3 && line.bytes().all(|byte| byte == b'=');
        (underlines && !above.trim().is_empty()).then_some((1, above))
    })
}

/// The fields that a web page gives.
fn page(html: &str) -> Gathered {
    let Page { heading, below, address, styled, title, language } = Page::read(html);
    let mut gathered = Gathered::default();
    let mut told = microdata::in_page(html);
    let is_marked = !told.is_empty();
    if !is_marked {
        told = linked::in_page(html).postings;
    }
    if let [posting] = &*told {
        // What is marked up in the page has no id of its own.
        let id = if is_marked { "@id" } else { "identifier.value" };
        for (field, place) in [
            (Field::Id, id),
            (Field::Title, "title"),
            (Field::Title, "name"),
            (Field::Company, "hiringOrganization"),
            (Field::Location, "jobLocation"),
            (Field::Url, "url"),
        ] {
            let text =
                posting.record.all_at(place).first().and_then(|value| (*value).clone().into_text("; "));
            gathered.put(Slot { field, rank: 0 }, place, text);
        }
    }
    let guesses = [heading, styled, title].map(|guess| guess.and_then(without_form));
    let said = guesses.iter().flatten().next();
    let label = if said.is_some_and(|said| names_role(said)) { None } else { title_in_page(html) };
    for title in with_job_first(guesses, &[below, label]) {
        gathered.guess_title(title);
    }
    if let Some(language) = language {
        gathered.offer_language(language);
    }
    // What is marked up in the page tells the address of the posting better.
    gathered.put(Slot { field: Field::Url, rank: u8::MAX }, "canonical", address);
    gathered
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str, text: &str, kind: DraftKind) -> Posting {
        let source = SourceRef { path: path.into(), record: 1, line: Some(1) };
        posting(&source, text.as_bytes(), kind).unwrap()
    }

    #[test]
    fn the_title_comes_from_the_best_place() {
        use DraftKind::{Html, Markdown, Text};
        const CASES: &[(&str, &str, DraftKind, &str)] = &[
            ("front matter", "---\ntitle: PM, Pay\n---\n# Other\n", Markdown, "PM, Pay"),
            ("toml", "+++\ntitle = \"PM\"\n+++\nText.", Markdown, "PM"),
            ("broken front matter", "---\ntitle: [PM\n---\n# PM, Pay\n", Markdown, "PM, Pay"),
            (
                "heading",
                "![logo](x.png)\n\n# **PM**, [Pay](https://example.com) #\nText.",
                Markdown,
                "PM, Pay",
            ),
            ("underlined", "PM, Pay\n=======\nText.", Markdown, "PM, Pay"),
            ("no heading in code", "```\n# x\n```\nSome sentence.", Markdown, "pm pay"),
            ("bold line", "**PM, Pay**\n\nText.", Markdown, "PM, Pay"),
            ("label", "Company: Acme\nJob title: PM\n", Text, "PM"),
            ("the form before it", "# Job description: PM, Pay\nText.", Markdown, "PM, Pay"),
            (
                "microdata",
                "<h1>Jobs</h1><div itemscope itemtype=http://schema.org/JobPosting><b itemprop=title>PM</b>",
                Html,
                "PM",
            ),
            ("the form alone", "# Job description\nText.", Markdown, "pm pay"),
            (
                "page from a word processor",
                "<title>x</title><p class=\"c0 title\" id=h><span>PM</span></p>",
                Html,
                "PM",
            ),
            (
                "label in a table",
                "| | |\n|---|---|\n| **Job title** | PM |\n| Location | Lyon |\n",
                Markdown,
                "PM",
            ),
            ("label over a heading", "# Join us\n**Job title:** PM\n", Markdown, "PM"),
            ("label of something else", "# PM, Pay\n**Position:** Full-time\n", Markdown, "PM, Pay"),
            ("label in a line of its own", "Job title\nPM\n\nLocation:\nLyon\n\nWe hire.", Text, "PM"),
            ("heading of HTML", "<h1 align=center>PM, <b>Pay</b></h1>\n\nText.", Markdown, "PM, Pay"),
            ("label that may be the title", "Acme\nPosition: PM\n", Text, "PM"),
            ("first line", "PM, Pay\n\nWe are.", Text, "PM, Pay"),
            ("sentence", "We are hiring.\n", Text, "pm pay"),
            ("second-level heading", "## PM, Pay\nText.", Markdown, "PM, Pay"),
            ("heading below prose", "We hire.\n\n## PM, Pay\nText.", Markdown, "PM, Pay"),
            ("heading below a line", "Acme\n\n## PM, Pay\nText.", Markdown, "PM, Pay"),
            ("line above headings", "PM, Pay\n\n## The work\nText.", Text, "PM, Pay"),
            ("bold line above headings", "**PM, Pay**\n\n## The work\nText.", Markdown, "PM, Pay"),
            (
                "page heading",
                "<title>T</title><!-- <h1>no</h1> --><h1>R&amp;D <b>PM</b></h1>",
                Html,
                "R&D PM",
            ),
            ("smaller heading", "<h3>Us</h3><h2>Data Engineer</h2><h2>Duties</h2>", Html, "Data Engineer"),
            ("page title", "<title>PM, Pay</title><script>'<h1>no</h1>'</script>Own it.", Html, "PM, Pay"),
            ("company over the title", "# Acme\n\n## Product Manager\nText.", Markdown, "Product Manager"),
            ("no job below", "# Pricing Wizard\n\n## What managers say\nText.", Markdown, "Pricing Wizard"),
            (
                "row of a table",
                "| Field | Value |\n|---|---|\n| Title | PM |\n\n## About\nText.",
                Markdown,
                "PM",
            ),
            ("names of columns", "| Title | Company |\n|---|---|\n| PM | Acme |\n", Markdown, "pm pay"),
            ("quoted", "> Product Manager\n>\n> We are hiring.\n", Markdown, "Product Manager"),
            (
                "page of a company",
                "<title>Careers</title><h1>Join our team</h1><p>Hi</p><h2>Product Manager</h2>",
                Html,
                "Product Manager",
            ),
            (
                "page title over a heading",
                "<title>Product Manager | Acme</title><h1>Careers</h1><h2>About us</h2>",
                Html,
                "Product Manager | Acme",
            ),
            (
                "label in a page",
                "<title>Print</title><p><strong>Position: </strong>Product Manager</p>",
                Html,
                "Product Manager",
            ),
            (
                "label apart in a page",
                "<title>Vacancy details</title><dl><dt>Job title</dt><dd>Harbour Pilot Lead</dd></dl>",
                Html,
                "Harbour Pilot Lead",
            ),
            ("page called text", "<p>Hi</p><h1>PM</h1>", Text, "PM"),
        ];
        for (name, text, kind, title) in CASES {
            let posting = read("drafts/pm-pay.md.gz", text, *kind);
            assert_eq!(posting.title.as_deref(), Some(*title), "{name}");
            assert_eq!(posting.parts[0].text, *text, "{name}");
            assert_eq!(posting.id, "drafts/pm-pay.md.gz", "{name}");
        }
    }

    #[test]
    fn the_other_fields_come_from_front_matter_labels_and_the_page() {
        let text = "---\ncompany: Acme\nid: 17\nlang: en\ndescription: not the body\n---\n# PM\n**Location:** Lyon\n";
        let posting = read("x.md", text, DraftKind::Markdown);
        assert_eq!(posting.company.as_deref(), Some("Acme"));
        assert_eq!(posting.location.as_deref(), Some("Lyon"));
        assert_eq!(posting.id, "17");
        assert_eq!(posting.language.as_deref(), Some("en"));
        assert_eq!(posting.parts.len(), 1);
        let table = read(
            "x.txt",
            "Job title\nPM\nDepartment\nPay\nLocation\nLyon\nAbout us\nWe sail.",
            DraftKind::Text,
        );
        assert_eq!((table.title.as_deref(), table.location.as_deref()), (Some("PM"), Some("Lyon")));
        let page = read("x.html", "<html class=a lang=\"fr-CA\"><h1>PM</h1>", DraftKind::Html);
        assert_eq!(page.language.as_deref(), Some("fr-CA"));
    }

    #[test]
    fn the_name_of_the_file_is_the_last_guess() {
        const CASES: &[(&str, Option<&str>)] = &[
            ("-", None),
            ("jobs/pm-pay/index.md", Some("pm pay")),
            ("jobs/pm_pay/_index.html.gz", Some("pm pay")),
            ("./index.md", Some("index")),
            ("index.md", Some("index")),
        ];
        let others = |text: &str, kind| read("jobs/pm-pay.md", text, kind).other_titles;
        assert_eq!(others("# A\n## B\n## C\n", DraftKind::Markdown), ["B", "C", "pm pay"]);
        assert_eq!(others("<h1>A</h1><title>B</title>", DraftKind::Html), ["pm pay"]);
        assert_eq!(others("<title>B</title><h1>A</h1>", DraftKind::Html), ["B", "pm pay"]);
        assert_eq!(others("---\ntitle: A\n---\n# B\n", DraftKind::Markdown), [""; 0]);
        for (path, name) in CASES {
            assert_eq!(name_of(path).as_deref(), *name, "{path}");
        }
    }
}
