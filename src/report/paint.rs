//! Colours for text that a person reads, or none.

use anstyle::{AnsiColor, Style};

use crate::vocabulary::{Actor, Role, Ruling, Severity};

/// Paints text when colour is on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paint {
    on: bool,
}

impl Paint {
    pub(super) fn new(on: bool) -> Self {
        Self { on }
    }

    /// What stands out without a meaning of its own: headings and titles.
    pub(super) fn bold(self, text: &str) -> String {
        self.with(Style::new().bold(), text)
    }

    /// What steps back: places, explanations, zeros.
    pub(super) fn dim(self, text: &str) -> String {
        self.with(Style::new().dimmed(), text)
    }

    /// The words that decided.
    pub(super) fn words(self, text: &str) -> String {
        self.with(AnsiColor::Green.on_default(), text)
    }

    /// What must not happen.
    pub(super) fn alarm(self, text: &str) -> String {
        self.with(AnsiColor::Red.on_default().bold(), text)
    }

    /// Text in the colour of a verdict; the verdict's name always stands beside it.
    pub(super) fn ruling(self, ruling: Ruling, text: &str) -> String {
        let style = match ruling {
            Ruling::Match => AnsiColor::Green.on_default(),
            Ruling::Mislabelled => AnsiColor::Red.on_default().bold(),
            Ruling::Mixed => AnsiColor::Yellow.on_default(),
            Ruling::Unsupported => AnsiColor::Magenta.on_default(),
            Ruling::Hidden => AnsiColor::Cyan.on_default(),
            Ruling::OutOfScope => Style::new().dimmed(),
            Ruling::Review => AnsiColor::Blue.on_default(),
        };
        self.with(style, text)
    }

    /// Text in the colour of a severity; the severity's name always stands beside it.
    pub(super) fn severity(self, severity: Severity, text: &str) -> String {
        let style = match severity {
            Severity::Error => AnsiColor::Red.on_default().bold(),
            Severity::Warning => AnsiColor::Yellow.on_default().bold(),
            Severity::Note => AnsiColor::Cyan.on_default().bold(),
        };
        self.with(style, text)
    }

    /// Whether there is any colour.
    pub(super) fn is_on(self) -> bool {
        self.on
    }

    /// The words that tell who does a duty.
    pub(super) fn cue(self, text: &str) -> String {
        self.with(Style::new().italic(), text)
    }

    /// Words of a term, by its role; of none where they do not count.
    pub(super) fn found(self, role: Option<Role>, text: &str) -> String {
        let style = role.map_or(Style::new().dimmed(), style);
        self.with(style.underline(), text)
    }

    /// Text in the colour of a role; the role's name always stands beside it.
    pub(super) fn role(self, role: Option<Role>, text: &str) -> String {
        self.with(role.map_or(Style::new().dimmed(), style), text)
    }

    /// The name of an actor.
    pub(super) fn actor(self, actor: Actor, text: &str) -> String {
        let style = match actor {
            Actor::Owns => Style::new().bold(),
            Actor::Contributes => Style::new(),
            Actor::Other | Actor::None => Style::new().dimmed(),
        };
        self.with(style, text)
    }

    fn with(self, style: Style, text: &str) -> String {
        if self.on && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

fn style(role: Role) -> Style {
    match role {
        Role::Pm => AnsiColor::Cyan.on_default(),
        Role::Pmm => AnsiColor::Magenta.on_default(),
        Role::Shared => AnsiColor::Green.on_default(),
        Role::Other => AnsiColor::Yellow.on_default(),
    }
}
