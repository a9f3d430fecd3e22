//! What happens when Endpaper itself is wrong: the user hears that it is a bug and where to
//! report it, not a trace.

use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Mutex, PoisonError};

/// A panic, told to the user.
#[derive(Debug)]
pub(super) struct Bug {
    /// What and where, for the report.
    what: String,
}

/// Runs the program and catches panics, of any thread whose work it waits for.
pub(super) fn catch<T>(work: impl FnOnce() -> T) -> Result<T, Bug> {
    let first = Arc::new(Mutex::new(None));
    let noted = Arc::clone(&first);
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let at =
            panic.location().map_or(String::new(), |l| format!(" ({}:{})", l.file(), l.line()));
        let message = panic.payload_as_str().unwrap_or("no message");
        let what = format!("{message}{at}");
        noted.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(what);
    }));
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    panic::set_hook(usual);
    result.map_err(|_| {
        let what = first.lock().unwrap_or_else(PoisonError::into_inner).take();
        Bug { what: what.unwrap_or_else(|| "a panic without a message".to_owned()) }
    })
}

impl fmt::Display for Bug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "error: this is a bug in Endpaper {}, not in your book", version())?;
        writeln!(f, "  {}", self.what)?;
        write!(
            f,
            "help: please report it at {}/issues, with the lines above and the smallest book \
             that shows it; nothing was written",
            env!("CARGO_PKG_REPOSITORY")
        )
    }
}

fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_message_that_asks_for_a_report() {
        let bug = catch(|| {
            let empty: [u8; 0] = [];
            rayon::join(|| (), || assert!(!empty.is_empty(), "no line to break"));
        })
        .expect_err("the assertion fails");
        let text = bug.to_string();
        assert!(text.contains("no line to break (src/cli/guard.rs:"), "{text}");
        assert!(text.contains("please report it at https://"), "{text}");
        assert_eq!(catch(|| 7).expect("does not panic"), 7);
    }
}
