//! Looks for bytes that make the program stumble.
//!
//! ```text
//! cargo run --example fuzz -- [TARGET] [--seconds N] [--seed N]
//! cargo run --example fuzz -- TARGET --file PATH
//! ```
//!
//! Targets: `manuscript` (a chapter), `front` (its front matter), `config` (`book.toml`), `mdbook`
//! (`SUMMARY.md` and what chapters include), `whole` (a chapter to EPUB and PDF), `import` (a post, as
//! Markdown and as a page, to EPUB and PDF), `metadata` (what a picture's file says about itself),
//! `picture` (a picture to EPUB and PDF), `register` (the register of pictures); all of them, one after
//! the other, unless one is named. What is tried depends on the seed alone. An input that makes a stage
//! panic or takes longer than ten seconds, twice, is written to
//! `fuzz-TARGET-SEED-N` in the current folder, and `--file` tries it again; so is the slowest input, if
//! it took longer than a quarter of that.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a program of its own, which reads seeds, writes findings and says what it found"
)]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

mod mutate;
mod pictures;
mod target;

use mutate::Numbers;
use target::Target;

/// No input of this size may take longer.
const SLOW: Duration = Duration::from_secs(10);

/// As the program has it: deep nesting is recursion.
const STACK: usize = 32 << 20;

/// What was asked for.
struct Wanted {
    targets: Vec<Target>,
    seconds: u64,
    seed: u64,
    file: Option<String>,
}

fn main() -> ExitCode {
    let wanted = match arguments() {
        Ok(wanted) => wanted,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(2);
        }
    };
    let work = move || {
        let found: usize = wanted.targets.iter().map(|target| run(*target, &wanted)).sum();
        found
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work);
    let found = thread.expect("a thread can be started").join();
    if matches!(found, Ok(0)) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn arguments() -> Result<Wanted, String> {
    let mut wanted = Wanted { targets: Vec::new(), seconds: 60, seed: 1, file: None };
    let mut given = std::env::args().skip(1);
    while let Some(word) = given.next() {
        let mut value = || given.next().ok_or_else(|| format!("{word} wants a value"));
        let number = |text: String| text.parse().map_err(|_| format!("{text} is no number"));
        match word.as_str() {
            "--seconds" => wanted.seconds = number(value()?)?,
            "--seed" => wanted.seed = number(value()?)?,
            "--file" => wanted.file = Some(value()?),
            name => match Target::ALL.iter().find(|target| target.name() == name) {
                Some(target) => wanted.targets.push(*target),
                None => return Err(format!("there is no target {name}")),
            },
        }
    }
    if wanted.targets.is_empty() {
        wanted.targets = Target::ALL.to_vec();
    }
    Ok(wanted)
}

/// Tries a target for its time; says how many inputs made it stumble.
fn run(target: Target, wanted: &Wanted) -> usize {
    if let Some(path) = &wanted.file {
        let bytes = std::fs::read(path).expect("the file can be read");
        return usize::from(!holds(target, &bytes));
    }
    let seeds = target.seeds();
    let mut numbers = Numbers::new(wanted.seed);
    let end = Instant::now() + Duration::from_secs(wanted.seconds);
    let (mut tried, mut found, mut slowest) = (0u64, 0, (Duration::ZERO, Vec::new()));
    while Instant::now() < end {
        let input = mutate::input(&seeds, &mut numbers);
        let begin = Instant::now();
        if !holds(target, &input) {
            found += 1;
            let name = format!("fuzz-{}-{}-{tried}", target.name(), wanted.seed);
            std::fs::write(&name, &input).expect("the current folder can be written");
            eprintln!("{name}: {} bytes", input.len());
        }
        let took = begin.elapsed();
        if took > slowest.0 {
            slowest = (took, input);
        }
        tried += 1;
    }
    let (took, input) = slowest;
    println!("{}: {tried} inputs, {found} found, slowest {took:.1?}", target.name());
    if took > SLOW / 4 {
        let name = format!("fuzz-{}-{}-slowest", target.name(), wanted.seed);
        std::fs::write(&name, input).expect("the current folder can be written");
    }
    found
}

/// Whether nothing panics, and not two tries in a row are slow: once it may be the machine.
fn holds(target: Target, bytes: &[u8]) -> bool {
    for _ in 0..2 {
        let begin = Instant::now();
        if catch_unwind(AssertUnwindSafe(|| target.run(bytes))).is_err() {
            return false;
        }
        if begin.elapsed() < SLOW {
            return true;
        }
    }
    false
}
