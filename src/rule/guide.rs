//! What a person should know of each rule: what it means, a posting that breaks it, one that does not, and the remedy.
//!
//! The examples are judged in the tests: the bad one must break its rule, the good one may not.

use super::Code;

/// A rule in plain words, with examples.
#[derive(Clone, Copy, Debug)]
pub struct Guide {
    /// The rule.
    pub code: Code,
    /// What a finding means and when there is one.
    pub meaning: &'static str,
    /// A posting that breaks the rule.
    pub bad: Example,
    /// The posting put right.
    pub good: Example,
    /// What to do about a finding.
    pub remedy: &'static str,
}

/// A posting in a few lines.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Its title.
    pub title: &'static str,
    /// Its text, as Markdown.
    pub text: &'static str,
}

const PRODUCT: &str = "\
## What you will do
- Own the product roadmap and decide what we build next
- Prioritise the product backlog with two engineering teams
- Write user stories and acceptance criteria
- Run product discovery with users to find their problems
- Define product requirements and follow each feature to its release";

const MARKETING: &str = "\
## What you will do
- Own product positioning and messaging for the payments suite
- Lead go-to-market planning for every product launch
- Build battle cards and sales enablement for the field
- Write case studies, data sheets and launch content
- Develop buyer personas and competitive intelligence";

const BOTH: &str = "\
## What you will do
- Own the product roadmap and decide what we build next
- Prioritise the product backlog with two engineering teams
- Write user stories and acceptance criteria
- Run product discovery with users to find their problems
- Define product requirements and follow each feature to its release
- Own product positioning and messaging for the payments suite
- Lead go-to-market planning for every product launch
- Build battle cards and sales enablement for the field
- Write case studies, data sheets and launch content
- Develop buyer personas and competitive intelligence";

/// The guides, by code.
pub const GUIDES: &[Guide] = &[
    Guide {
        code: Code::Rc001,
        meaning: "The title calls product management and the duties that the hire owns are product marketing, or the \
                  other way round. People apply for one job and find another. The finding needs the other role at \
                  90% or better, and more owned duties of it than of the title's; with less the posting is left for a \
                  person to review.",
        bad: Example { title: "Product Manager, Payments", text: MARKETING },
        good: Example { title: "Product Marketing Manager, Payments", text: MARKETING },
        remedy: "Rename the posting after the duties, or replace the duties that belong to the other role.",
    },
    Guide {
        code: Code::Rc002,
        meaning: "Each role holds about a third or more of the role-specific duties that the hire owns, and two of them \
                  at the least, and the title does not say that the job is both. Duties that the hire only supports \
                  count a third in the sum and not among these.",
        bad: Example { title: "Product Manager, Payments", text: BOTH },
        good: Example { title: "Product Manager, Payments", text: PRODUCT },
        remedy: "Split the posting, hand one role's duties to a colleague (\"partner with product marketing on \
                 launches\"), or name both roles in the title.",
    },
    Guide {
        code: Code::Rc003,
        meaning: "The title calls one of the two roles, but the duties are those of another job, such as project \
                  delivery, sales or engineering. The finding names the job that they look most like.",
        bad: Example {
            title: "Product Manager",
            text: "\
## What you will do
- Cold-call prospects and qualify inbound leads
- Negotiate and close contracts with new accounts
- Meet your quarterly sales quota
- Keep the sales pipeline in the CRM up to date
- Upsell and renew existing accounts
- Prepare sales forecasts for the region",
        },
        good: Example { title: "Product Manager", text: PRODUCT },
        remedy: "Rename the posting after the work, or add the decisions about the product that the hire will own.",
    },
    Guide {
        code: Code::Rc004,
        meaning: "The duties are product management or product marketing and the title calls another job, or none; \
                  three of the role are owned at the least, and said plainly where the title calls another job. People who \
                  look for the role will not find the posting.",
        bad: Example { title: "Business Lead, Payments", text: PRODUCT },
        good: Example { title: "Product Manager, Payments", text: PRODUCT },
        remedy: "Consider the usual title of the role; where the house title must stay, name the role beside it.",
    },
    Guide {
        code: Code::Rc005,
        meaning: "The title calls both roles at once and the duties are not those of both, or it is one that readers \
                  are known to take for another role than the one it means.",
        bad: Example { title: "Product Management & Product Marketing Lead", text: MARKETING },
        good: Example { title: "Product Marketing Lead", text: MARKETING },
        remedy: "Name the one role that holds most duties in the title, written out; where the job is both, list the \
                 duties of both.",
    },
    Guide {
        code: Code::Rc006,
        meaning: "The posting calls one of the two roles and says too little of what the hire will do: a teaser, a \
                  list of requirements, or talk about the company.",
        bad: Example {
            title: "Product Manager",
            text: "\
## About us
We make software for dentists and have offices in two cities.

## What we offer
- 30 days of leave
- A budget for books",
        },
        good: Example { title: "Product Manager", text: PRODUCT },
        remedy: "List what the hire will do, one duty a line, under a heading such as \"What you will do\".",
    },
    Guide {
        code: Code::Rc007,
        meaning: "The duties are those that the title calls, but success is measured by a figure that the other \
                  role's work moves, such as a product marketing manager by the number of users who stay.",
        bad: Example {
            title: "Product Marketing Manager, Payments",
            text: "\
## What you will do
- Own product positioning and messaging for the payments suite
- Lead go-to-market planning for every product launch
- Build battle cards and sales enablement for the field
- Write case studies, data sheets and launch content
- Develop buyer personas and competitive intelligence
- Be measured by the retention and activation of new users",
        },
        good: Example {
            title: "Product Marketing Manager, Payments",
            text: "\
## What you will do
- Own product positioning and messaging for the payments suite
- Lead go-to-market planning for every product launch
- Build battle cards and sales enablement for the field
- Write case studies, data sheets and launch content
- Develop buyer personas and competitive intelligence
- Raise the win rate against our two largest competitors",
        },
        remedy: "Measure the hire by figures that the listed duties move.",
    },
    Guide {
        code: Code::Rc008,
        meaning: "The duties had to be read from running text: no section lists two or more of them. Readers who skim \
                  miss them, and so may this program.",
        bad: Example {
            title: "Product Manager",
            text: "\
You will own the product roadmap and decide what we build next. You will prioritise the product backlog with two \
engineering teams, write user stories and acceptance criteria, and run product discovery with users. You will define \
product requirements and follow each feature to its release.",
        },
        good: Example { title: "Product Manager", text: PRODUCT },
        remedy: "Put the duties under a heading of their own, one a line.",
    },
    Guide {
        code: Code::Rc009,
        meaning: "The text is the same as that of an earlier posting of the run, often one job in several places. \
                  Totals that count it twice mislead. Only scan and report tell it: check judges each draft by itself.",
        bad: Example {
            title: "Product Manager (Lyon), then the same text as Product Manager (Paris)",
            text: PRODUCT,
        },
        good: Example { title: "Product Manager (Lyon or Paris)", text: PRODUCT },
        remedy: "Keep one posting and name the places in it, or leave copies out of the count.",
    },
    Guide {
        code: Code::Rc100,
        meaning: "A draft says that a finding is to be ignored, and there is no such finding any more, or the day \
                  until which it was to be ignored has passed. What is ignored without need hides the next fault.",
        bad: Example {
            title: "Product Manager",
            text: "\
<!-- rolecall-ignore RC001: the title is fixed by the works council -->

## What you will do
- Own the product roadmap and decide what we build next
- Prioritise the product backlog with two engineering teams",
        },
        good: Example { title: "Product Manager", text: PRODUCT },
        remedy: "Take the line out, or give it a new day and a reason that still holds.",
    },
];
