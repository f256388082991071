//! The words of the field: roles, zones, actors, claims and rulings, as every report prints them.

names! {
    /// Whose kind of work a term or a duty is.
    Role {
        /// Product management: decides what is built.
        Pm = "pm",
        /// Product marketing: brings a product to market.
        Pmm = "pmm",
        /// Both roles do it: evidence of the family, not of the side.
        Shared = "shared",
        /// Another job: project delivery, sales, engineering and so on.
        Other = "other",
    }
}

names! {
    /// What a stretch of a posting is for.
    Zone {
        /// Opening sentences about the job.
        Intro = "intro",
        /// What the hire does.
        Duties = "duties",
        /// What the hire must know or have done.
        Requirements = "requirements",
        /// The employer and its products.
        Company = "company",
        /// Pay and perks.
        Benefits = "benefits",
        /// Equal-opportunity and privacy notices.
        Legal = "legal",
        /// How to apply and what happens then.
        Process = "process",
        /// Where the job may lead.
        Career = "career",
        /// Anything else: menus, footers, keywords.
        Other = "other",
    }
}

names! {
    /// Who does the duty that a clause names.
    Actor {
        /// The hire leads or does it.
        Owns = "owns",
        /// The hire supports or partners in another's work.
        Contributes = "contributes",
        /// Somebody else does it.
        Other = "other",
        /// Nobody: negated, hypothetical, a requirement, company talk.
        None = "none",
    }
}

names! {
    /// The role that a title claims.
    Claim {
        /// Product manager and its kin.
        Pm = "pm",
        /// Product marketing manager and its kin.
        Pmm = "pmm",
        /// Both at once.
        Both = "both",
        /// Another job.
        Other = "other",
        /// No title, or one that names no job.
        None = "none",
    }
}

names! {
    /// The role that the owned duties describe.
    Described {
        /// Product management.
        Pm = "pm",
        /// Product marketing.
        Pmm = "pmm",
        /// Each holds a substantial share.
        Mixed = "mixed",
        /// Another job.
        Neither = "neither",
        /// The text does not show the duties.
        Insufficient = "insufficient",
    }
}

names! {
    /// What title and duties say together.
    Ruling {
        /// The duties are those that the title calls.
        Match = "match",
        /// The duties are the other role's.
        Mislabelled = "mislabelled",
        /// Substantial shares of both roles.
        Mixed = "mixed",
        /// The title claims a role and the duties are another job's.
        Unsupported = "unsupported",
        /// The title claims another job and the duties are PM or PMM.
        Hidden = "hidden",
        /// Another job, and the title says so.
        OutOfScope = "out-of-scope",
        /// A person must look.
        Review = "review",
    }
}

names! {
    /// Why a person must look.
    Doubt {
        /// The text gives too little of the work.
        Insufficient = "insufficient",
        /// The best description is less likely than the verdict asks for.
        Probability = "probability",
        /// The second best description stands too near.
        Margin = "margin",
        /// The duties that a reader can count do not show what the whole text suggests.
        Duties = "duties",
        /// The source cut the text short.
        Truncated = "truncated",
    }
}

names! {
    /// How much a finding matters.
    Severity {
        /// Worth knowing.
        Note = "note",
        /// Likely wrong.
        Warning = "warning",
        /// Wrong.
        Error = "error",
    }
}

names! {
    /// What a configuration makes of a rule.
    Level {
        /// The rule says nothing.
        Off = "off",
        /// Findings are worth knowing.
        Note = "note",
        /// Findings are likely wrong.
        Warning = "warning",
        /// Findings are wrong.
        Error = "error",
    }
}

names! {
    /// The least severity that fails a check.
    FailOn {
        /// No finding fails it.
        Never = "never",
        /// Any finding does.
        Note = "note",
        /// Warnings and errors do.
        Warning = "warning",
        /// Errors do.
        Error = "error",
    }
}

impl Level {
    /// The severity of the rule's findings; `None` when it is off.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

impl From<Severity> for Level {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Note => Self::Note,
            Severity::Warning => Self::Warning,
            Severity::Error => Self::Error,
        }
    }
}

impl FailOn {
    /// Whether a finding of this severity fails the check.
    #[must_use]
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Never => false,
            Self::Note => true,
            Self::Warning => severity >= Severity::Warning,
            Self::Error => severity >= Severity::Error,
        }
    }
}

impl Claim {
    /// Whether the title calls product management or product marketing.
    #[must_use]
    pub fn names_a_role(self) -> bool {
        matches!(self, Self::Pm | Self::Pmm | Self::Both)
    }
}

impl Ruling {
    /// The cell of the claimed × described table; low certainty is decided elsewhere.
    #[must_use]
    pub fn of(claimed: Claim, described: Described) -> Self {
        match (claimed, described) {
            (_, Described::Insufficient) => Self::Review,
            (Claim::Pm, Described::Pm)
            | (Claim::Pmm, Described::Pmm)
            | (Claim::Both, Described::Pm | Described::Pmm | Described::Mixed) => Self::Match,
            (Claim::Pm, Described::Pmm) | (Claim::Pmm, Described::Pm) => Self::Mislabelled,
            (Claim::Pm | Claim::Pmm | Claim::Other | Claim::None, Described::Mixed) => Self::Mixed,
            (Claim::Pm | Claim::Pmm | Claim::Both, Described::Neither) => Self::Unsupported,
            (Claim::Other | Claim::None, Described::Pm | Described::Pmm) => Self::Hidden,
            (Claim::Other | Claim::None, Described::Neither) => Self::OutOfScope,
        }
    }

    /// Whether reports list the posting among the flagged ones and keep its evidence by default.
    #[must_use]
    pub fn is_flagged(self) -> bool {
        matches!(self, Self::Mislabelled | Self::Mixed | Self::Unsupported | Self::Hidden | Self::Review)
    }

    /// Where the verdict stands among the worst: reports list the smallest first.
    #[must_use]
    pub fn badness(self) -> usize {
        match self {
            Self::Mislabelled => 0,
            Self::Mixed => 1,
            Self::Unsupported => 2,
            Self::Hidden => 3,
            Self::Review => 4,
            Self::Match => 5,
            Self::OutOfScope => 6,
        }
    }
}
