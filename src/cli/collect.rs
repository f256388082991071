//! What becomes of the outcomes of a run, one by one: copies are recognised, all is counted, and reports are written.

use std::ops::ControlFlow;
use std::sync::Arc;

use rolecall::copies::{Copies, Dedupe};
use rolecall::output::{Error, Outputs};
use rolecall::vocabulary::Severity;
use rolecall::{Outcome, Summary};

/// Takes the outcomes of a run in input order.
pub(super) struct Collector {
    copies: Copies,
    summary: Summary,
    outputs: Outputs,
}

impl Collector {
    pub(super) fn new(dedupe: Dedupe, summary: Summary, outputs: Outputs) -> Self {
        Self { copies: Copies::new(dedupe), summary, outputs }
    }

    /// Takes one more; `severity` says what RC009 is worth in an input. Breaks when there is nobody left to write to.
    pub(super) fn take(
        &mut self,
        outcome: Outcome,
        severity: impl FnOnce(&Arc<str>) -> Option<Severity>,
    ) -> ControlFlow<Result<(), Error>> {
        let outcome = self.copies.see(outcome, severity);
        self.summary.add(&outcome);
        match self.outputs.record(&outcome) {
            Err(error) => ControlFlow::Break(Err(error)),
            // Whoever read the output has seen enough.
            Ok(()) if self.outputs.is_closed() => ControlFlow::Break(Ok(())),
            Ok(()) => ControlFlow::Continue(()),
        }
    }

    /// Puts into the summary what is known at the end only, and gives it with the outputs, which are still to be finished.
    pub(super) fn finish(self, settle: impl FnOnce(&mut Summary)) -> (Summary, Outputs) {
        let Self { copies, mut summary, outputs } = self;
        summary.notice(&copies.finish());
        settle(&mut summary);
        (summary, outputs)
    }
}
