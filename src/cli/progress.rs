//! The progress bar: on standard error, only when that is a terminal and nobody asked for quiet.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use indicatif::{HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use rolecall::source::Tally;

/// Outcomes between two updates.
const STEP: u64 = 64;

/// Shows how far a run has come.
pub(super) struct Progress {
    bar: ProgressBar,
    tally: Arc<Tally>,
    records: u64,
}

impl Progress {
    /// Starts a bar for `size` bytes, or a spinner when nobody knows how many there are.
    pub(super) fn new(shown: bool, size: Option<u64>, tally: Arc<Tally>) -> Self {
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(size, target);
        let template = match size {
            Some(_) => "{bar:30} {bytes}/{total_bytes}, {msg}{left}",
            None => "{spinner} {bytes}, {msg}, {elapsed}",
        };
        let style = ProgressStyle::with_template(template).expect("the template is valid");
        bar.set_style(style.with_key("left", left));
        bar.set_message("0 records");
        if !bar.is_hidden() {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self { bar, tally, records: 0 }
    }

    /// One more record is done.
    pub(super) fn step(&mut self) {
        self.records += 1;
        if self.records.is_multiple_of(STEP) && !self.bar.is_hidden() {
            self.bar.set_position(self.tally.bytes());
            self.bar.set_message(format!("{} records", self.records));
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// How long it still takes, once there is something to tell that by.
fn left(state: &ProgressState, out: &mut dyn Write) {
    if state.pos() > 0 {
        // What is drawn is a string, which takes anything.
        let _ = write!(out, ", {:#} left", HumanDuration(state.eta()));
    }
}
