//! Runs of `check` made by hand, and what a format makes of them.

use std::path::Path;
use std::sync::Arc;

use super::{Format, Options, write};
use crate::advice::Advice;
use crate::outcome::SkipReason;
use crate::problem::{CheckRun, Checked, Label, Problem, Region, Unchecked, Unreadable};
use crate::rule::Code;
use crate::span::{Lines, Span};
use crate::vocabulary::{Claim, Described, Ruling};

/// A draft in which problems are found.
pub(crate) struct Draft {
    path: Arc<str>,
    text: String,
}

impl Draft {
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: Arc::from(path), text: text.to_owned() }
    }

    /// Where the words stand first.
    pub(crate) fn region(&self, words: &str) -> Region {
        let start = self.text.find(words).expect("the draft holds the words");
        Region::words(&Lines::new(&self.text), Span::new(start, start + words.len()))
    }

    /// A label on the words.
    pub(crate) fn label(&self, words: &str, message: &str) -> Label {
        Label { region: Some(self.region(words)), text: words.to_owned(), message: message.to_owned() }
    }

    /// A problem at the words.
    pub(crate) fn problem(&self, code: Code, words: &str) -> Problem {
        Problem {
            path: Arc::clone(&self.path),
            record: None,
            id: Some(self.path.to_string()),
            title: Some(words.to_owned()),
            code,
            rule: code.rule().name.to_owned(),
            severity: code.rule().severity,
            message: format!("{} Here it is \"{words}\"", code.rule().summary),
            help: code.guide().remedy.to_owned(),
            primary: Some(self.region(words)),
            secondary: Vec::new(),
            fingerprint: format!("{:016x}", u64::from(code.code().as_bytes()[4])),
        }
    }
}

/// A posting that was judged.
pub(crate) fn checked(path: &str, record: Option<u64>, title: &str) -> Checked {
    Checked {
        path: Arc::from(path),
        record,
        id: format!("{path}#{}", record.unwrap_or(1)),
        title: Some(title.to_owned()),
        claimed: Claim::Pm,
        described: Described::Pmm,
        verdict: Ruling::Mislabelled,
        confidence: 0.97,
        review: None,
    }
}

/// A run with a problem of each severity, in a draft, a record and a document, and with all else that can happen.
pub(crate) fn run() -> CheckRun {
    let draft = Draft::new(
        "jobs/payments.md",
        "---\ntitle: Product Manager, Payments\n---\n\n## What you will do\n\n- Own 🚀 product positioning and \
         messaging\n- Plan every launch\n- Brief analysts\n- Train\tsales on battle cards\n",
    );
    let mut mislabelled = draft.problem(Code::Rc001, "Product Manager, Payments");
    mislabelled.secondary = vec![
        draft.label("product positioning", "positioning"),
        draft.label("messaging", "positioning"),
        draft.label("launch", "launch"),
        draft.label("battle cards", "sales enablement"),
    ];
    let unused = draft.problem(Code::Rc100, "## What you will do");
    let mut hidden = draft.problem(Code::Rc004, "launch");
    hidden.path = Arc::from("jobs/board list.csv");
    hidden.record = Some(3);
    hidden.title = Some("Growth Lead".to_owned());
    hidden.primary = Some(Region::line(14));
    hidden.secondary = ["product backlog", "roadmap"]
        .map(|words| Label { region: None, text: words.to_owned(), message: "product delivery".to_owned() })
        .to_vec();
    let mut document = draft.problem(Code::Rc003, "launch");
    document.path = Arc::from("jobs/lead.docx");
    document.primary = Some(Region::paragraph(2, "Produktmanager für Größeres", Some(Span::new(0, 14))));
    let uncertain = Checked {
        verdict: Ruling::Review,
        confidence: 0.47,
        review: Some(Advice {
            why: "the text reads as product marketing (47%) or as a mix of both roles (44%)".to_owned(),
            help: "say whose the product management is".to_owned(),
        }),
        ..checked("jobs/unsure.md", None, "Product Manager, Billing")
    };
    CheckRun {
        files: 6,
        checked: vec![
            checked("jobs/payments.md", None, "Product Manager, Payments"),
            checked("jobs/board list.csv", Some(1), "Product Manager"),
            checked("jobs/board list.csv", Some(3), "Growth Lead"),
            checked("jobs/lead.docx", None, "Produktmanager für Größeres"),
            uncertain,
        ],
        problems: vec![mislabelled, unused, hidden, document],
        skipped: vec![Unchecked {
            path: Arc::from("jobs/board list.csv"),
            record: Some(2),
            id: "b2".to_owned(),
            title: None,
            reason: SkipReason::NoText,
        }],
        failed: vec![Unreadable {
            path: Arc::from("jobs/old.pdf"),
            record: None,
            line: None,
            code: "unsupported-format".to_owned(),
            message: "PDF is not read: save the draft as .docx or Markdown".to_owned(),
        }],
        suppressed: 1,
        baselined: 2,
    }
}

/// What a hostile draft puts everywhere it can.
pub(crate) const HOSTILE: &str = "a\u{0}b\r\n::error file=x::owned\n##[add-mask]c ##vso[task.setvariable]d \
    \x1b[31m\u{9b}1m \u{202e}evil\u{2028} ]]> | `tick` <script>alert(1)</script> [x](https://e.example) \
    www.e.example @everyone & \u{FFFE} 🚀\tend";

/// A run in which the posting, its path and its id hold hostile text.
pub(crate) fn hostile() -> CheckRun {
    let path = format!("jobs/{HOSTILE}.md");
    let draft = Draft::new(&path, &format!("# {HOSTILE}\n\n- own the roadmap\n"));
    let mut problem = draft.problem(Code::Rc001, HOSTILE);
    problem.record = Some(1);
    problem.help = format!("rename it: {HOSTILE}");
    problem.secondary = vec![
        draft.label(HOSTILE, HOSTILE),
        draft.label("roadmap", HOSTILE),
        Label { region: None, text: HOSTILE.to_owned(), message: HOSTILE.to_owned() },
    ];
    CheckRun {
        files: 1,
        checked: vec![checked(&path, Some(1), HOSTILE)],
        problems: vec![problem],
        skipped: vec![Unchecked {
            path: Arc::from(path.as_str()),
            record: Some(2),
            id: HOSTILE.to_owned(),
            title: Some(HOSTILE.to_owned()),
            reason: SkipReason::NoText,
        }],
        failed: Vec::new(),
        suppressed: 0,
        baselined: 0,
    }
}

/// A JSON Schema of those that lie beside the clone; none where they do not.
pub(crate) fn schema_beside_the_clone(name: &str) -> Option<serde_json::Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["../shared", "../../shared"].map(|folder| root.join(folder).join("formats/fixtures"));
    let text = folders.iter().find_map(|folder| std::fs::read_to_string(folder.join(name)).ok())?;
    Some(serde_json::from_str(&text).unwrap())
}

/// What the format makes of the run.
pub(crate) fn written(format: Format, run: &CheckRun) -> String {
    let mut page = Vec::new();
    write(format, &mut page, run, &Options::default()).unwrap();
    String::from_utf8(page).unwrap()
}
