//! A line on the terminal that says what is being done; nothing when nobody watches.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::arguments::{Common, Format};
use crate::Step;

/// Turns of the spinner: often enough to look alive.
const TICK: Duration = Duration::from_millis(80);

/// The line; it vanishes when this is dropped.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Begins to show progress, if the standard error is a terminal and the user wants to hear.
    pub(super) fn new(common: &Common) -> Self {
        let bar = match (common.quiet, common.format) {
            (false, Format::Human) => ProgressBar::new_spinner(),
            (true, Format::Human) | (_, Format::Json | Format::Sarif) => ProgressBar::hidden(),
        };
        bar.set_style(ProgressStyle::default_spinner());
        bar.enable_steady_tick(TICK);
        Self { bar }
    }

    /// Says what begins.
    pub(super) fn show(&self, step: Step<'_>) {
        self.bar.set_message(match step {
            Step::Reading => "reading the chapters".to_owned(),
            Step::Resolving => "resolving names and numbers".to_owned(),
            Step::Paginating(edition) => format!("setting the pages of `{edition}`"),
            Step::Writing(name) => format!("writing {name}"),
        });
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
