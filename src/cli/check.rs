//! `endpaper check`: all that a build would complain about, and no file.

use super::arguments::{Check, Format};
use super::make::make;
use super::report::{report, summary};
use super::{Failure, Outcome, privacy, say, sizes, typography};

/// Runs the command.
pub(super) fn run(check: &Check) -> Result<Outcome, Failure> {
    let made = make(&check.common, &[], false)?;
    report(check.common.format, &made.texts, &made.diagnostics)?;
    if check.common.report {
        typography::report(check.common.format, &made)?;
        sizes::report(check.common.format, made.weight.as_ref())?;
        privacy::report(check.common.format, &made.private)?;
    }
    let clean = summary(&made.diagnostics).is_none();
    if clean && check.common.format == Format::Human && !check.common.quiet {
        say("no errors, no warnings\n");
    }
    Ok(Outcome::of(&made.diagnostics))
}
