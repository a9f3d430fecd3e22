//! The command line: arguments in, files and complaints out, an exit code at the end.
//!
//! Only here are the terminal and the environment looked at and files written. One file per
//! command; [`arguments`] says what can be asked for, `render` and `json` how complaints look,
//! `dist` how files get to the disk. No decision about the book is made here.
//!
//! Exit codes: 0 written · 1 errors in the manuscript, nothing written, or files of a release
//! that differ · 2 could not read or
//! write, or the command line is wrong · 3 a bug in Endpaper.

pub mod arguments;
mod build;
mod check;
mod credits;
mod dist;
mod epoch;
mod guard;
mod import;
mod init;
mod json;
mod make;
mod mdbook;
mod new_folder;
mod privacy;
mod progress;
mod render;
mod report;
mod sarif;
mod schema;
mod serve;
mod shell;
mod sizes;
mod stats;
mod typography;
mod verify;
mod watch;
mod watcher;

use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use crate::diag::Diagnostics;
use arguments::{Arguments, Command};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Everything was written, or the check found no error.
    Done,
    /// The manuscript has errors.
    Errors,
    /// The files of a release are not those that the book makes.
    Unverified,
    /// The editions do not say the same, which is a bug.
    Differences,
}

/// Why a run could not go on; the manuscript is not to blame.
#[derive(Debug, PartialEq, Eq)]
struct Failure {
    /// One line: what failed.
    message: String,
    /// What to do about it.
    help: Option<String>,
}

/// Deep nesting in a manuscript is recursion here: room for it, the same on every machine.
const STACK_BYTES: usize = 32 * 1024 * 1024;

/// Runs the program.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match guard::catch(|| in_threads(&arguments)) {
        Ok(Ok(Outcome::Done)) => ExitCode::SUCCESS,
        Ok(Ok(Outcome::Errors | Outcome::Unverified)) => ExitCode::from(1),
        Ok(Ok(Outcome::Differences)) => ExitCode::from(3),
        Ok(Err(failure)) => {
            say(&format!("{failure}\n"));
            ExitCode::from(2)
        }
        Err(bug) => {
            say(&format!("{bug}\n"));
            ExitCode::from(3)
        }
    }
}

/// Runs a command inside a pool of its own, so that `--threads` holds for every stage.
fn in_threads(arguments: &Arguments) -> Result<Outcome, Failure> {
    let threads = match &arguments.command {
        Command::Build(build) => build.common.threads,
        Command::Check(check) => check.common.threads,
        Command::Credits(_) => None,
        Command::Watch(watch) => watch.build.common.threads,
        Command::Serve(serve) => serve.common.threads,
        Command::Verify(verify) => verify.common.threads,
        Command::Stats(stats) => stats.common.threads,
        Command::Init(wanted) => return init::run(wanted),
        Command::Import(_) => None,
        Command::Schema(wanted) => return schema::run(wanted),
        Command::Mdbook(_) => None,
        Command::Completions(wanted) => return shell::completions(wanted),
        Command::Man(wanted) => return shell::manual(wanted),
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.unwrap_or(0))
        .stack_size(STACK_BYTES)
        .build()
        .map_err(|error| Failure::new(format!("cannot start threads: {error}")))?;
    pool.install(|| match &arguments.command {
        Command::Build(build) => build::run(build),
        Command::Check(check) => check::run(check),
        Command::Credits(wanted) => credits::run(wanted),
        Command::Watch(watch) => watch::run(watch),
        Command::Serve(serve) => serve::run(serve),
        Command::Verify(verify) => verify::run(verify),
        Command::Stats(stats) => stats::run(stats),
        Command::Init(wanted) => init::run(wanted),
        Command::Import(wanted) => import::run(wanted),
        Command::Schema(wanted) => schema::run(wanted),
        Command::Mdbook(wanted) => mdbook::run(wanted),
        Command::Completions(wanted) => shell::completions(wanted),
        Command::Man(wanted) => shell::manual(wanted),
    })
}

impl Outcome {
    fn of(diagnostics: &Diagnostics) -> Self {
        match diagnostics.has_errors() {
            true => Self::Errors,
            false => Self::Done,
        }
    }
}

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// "cannot WHAT `path`: why".
    fn io(what: &str, path: &Path, error: &io::Error) -> Self {
        Self::new(format!("cannot {what} `{}`: {error}", path.display()))
    }

    /// The same for a file that was to be written, with what to do about it.
    fn unwritten(place: &Path, error: &io::Error) -> Self {
        let failure = Self::io("write", place, error);
        match error.kind() {
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => {
                failure.help("make room there, or choose another folder")
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                failure.help("choose a folder that you may write")
            }
            _ => failure,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says also that nothing which was there before has changed.
    fn nothing_changed(mut self) -> Self {
        const WHOLE: &str = "the files that were there are whole";
        self.help = Some(match self.help {
            Some(help) => format!("{help}; {WHOLE}"),
            None => WHOLE.to_owned(),
        });
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        match &self.help {
            Some(help) => write!(f, "\nhelp: {help}"),
            None => Ok(()),
        }
    }
}

/// Writes to the standard error. A reader that went away is no reason to fail.
fn say(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Writes to the standard output. A reader that went away (`| head`) is no reason to fail; a full
/// disk is.
fn tell(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot write to the standard output: {error}")))
        }
        _ => Ok(()),
    }
}
