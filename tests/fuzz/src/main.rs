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
//! `picture` (a picture to EPUB and PDF), `register` (the register of pictures), `jpg`, `png`, `webp`,
//! `gif`, `tiff`, `svg` (a picture of that format becomes what editions show); all of them, one after
//! the other, unless one is named. What is tried depends on the seed alone. An input that makes a stage
//! panic or takes longer than ten seconds, twice, is written to
//! `fuzz-TARGET-SEED-N` in the current folder, and `--file` tries it again; so is the slowest input, if
//! it took longer than a quarter of that. A panic that the stage caught, because a decoder is not
//! trusted, is counted and its input written too. An input that ends the program (no memory is left)
//! stays as `fuzz-TARGET-SEED-running`; at the end stands the most memory the program took.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a program of its own, which reads seeds, writes findings and says what it found"
)]

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
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

/// Panics so far, caught by a stage or not, in any thread.
static PANICS: AtomicU64 = AtomicU64::new(0);
/// Where they were.
static PLACES: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

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
    std::panic::set_hook(Box::new(|panic| {
        PANICS.fetch_add(1, Ordering::SeqCst);
        let place = panic.location().map_or(String::new(), ToString::to_string);
        // The same place once: a decoder may panic ten thousand times.
        if PLACES.lock().unwrap_or_else(PoisonError::into_inner).insert(place) {
            eprintln!("{panic}");
        }
    }));
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
    let (mut tried, mut found, mut caught) = (0u64, 0, 0);
    let mut slowest = (Duration::ZERO, Vec::new());
    let running = format!("fuzz-{}-{}-running", target.name(), wanted.seed);
    while Instant::now() < end {
        let input = match target.is_binary() {
            true => mutate::binary(&seeds, &mut numbers),
            false => mutate::input(&seeds, &mut numbers),
        };
        std::fs::write(&running, &input).expect("the current folder can be written");
        let before = PANICS.load(Ordering::SeqCst);
        let begin = Instant::now();
        let is_good = holds(target, &input);
        let is_caught = is_good && PANICS.load(Ordering::SeqCst) > before;
        (found, caught) = (found + usize::from(!is_good), caught + usize::from(is_caught));
        // Of those that a stage caught, a few are enough.
        if !is_good || is_caught && caught <= 3 {
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
    std::fs::remove_file(&running).expect("it was written");
    let (took, input) = slowest;
    println!(
        "{}: {tried} inputs, {found} found, {caught} caught, slowest {took:.1?}{}",
        target.name(),
        peak()
    );
    if took > SLOW / 4 {
        let name = format!("fuzz-{}-{}-slowest", target.name(), wanted.seed);
        std::fs::write(&name, input).expect("the current folder can be written");
    }
    found
}

/// The most memory the program took so far, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or(String::new(), |peak| format!(", peak {}", peak.trim()))
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
