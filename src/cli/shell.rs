//! What packagers install beside the program: completions for shells and manual pages, both made
//! from the definition of the command line.

use clap::{Command, CommandFactory};

use super::arguments::{Arguments, Completions, Manual};
use super::{Failure, Outcome, tell};

const NAME: &str = "endpaper";

/// `endpaper completions`
pub(super) fn completions(wanted: &Completions) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(wanted.shell, &mut Arguments::command(), NAME, &mut script);
    tell(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}

/// `endpaper man`
pub(super) fn manual(wanted: &Manual) -> Result<Outcome, Failure> {
    let mut page = Vec::new();
    let command = manual_of(wanted.command.as_deref())?;
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(|error| Failure::new(format!("cannot make the manual page: {error}")))?;
    tell(&String::from_utf8_lossy(&page))?;
    Ok(Outcome::Done)
}

fn manual_of(name: Option<&str>) -> Result<Command, Failure> {
    let mut program = Arguments::command();
    program.build();
    let Some(name) = name else { return Ok(program) };
    let names: Vec<_> = program.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    match program.find_subcommand(name) {
        Some(command) => Ok(command.clone()),
        None => Err(Failure::new(format!("there is no command `{name}`"))
            .help(format!("the commands are {}", names.join(", ")))),
    }
}
