//! Catches panics, so that a fault of ours in one record is a failed record and not the end of the run.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::outcome::Fault;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; a panic becomes a fault with the code `internal-error`.
///
/// # Errors
///
/// The fault, with what the panic said.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    let outer = GUARDED.replace(true);
    // What `work` borrows is dropped or left alone after a panic.
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    done.map_err(|panic| {
        let said = panic.downcast_ref::<&str>().copied();
        let said =
            said.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no reason given");
        let said: String = said.chars().take(200).collect();
        let message = format!("rolecall failed on this record ({said}); please report it");
        Fault { code: "internal-error".to_owned(), message }
    })
}

/// Whether this thread is inside [`guarded`]: a panic hook may then keep quiet.
#[must_use]
pub fn is_guarded() -> bool {
    GUARDED.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_fault_that_says_why() {
        let fault = guarded(|| -> u8 { panic!("record {}", 7) }).unwrap_err();
        assert_eq!(fault.code, "internal-error");
        assert_eq!(fault.message, "rolecall failed on this record (record 7); please report it");
        assert!(!is_guarded());
        assert_eq!(guarded(is_guarded), Ok(true));
    }
}
