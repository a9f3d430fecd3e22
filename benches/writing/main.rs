//! What writing a PDF costs: 3,000 pages of plain text, tagged, beside `printpdf` as it comes.
//!
//! ```sh
//! cargo bench --bench writing
//! ENDPAPER_PROSE=/tmp/rust/book cargo bench --bench writing    # the prose of another book
//! ```
//!
//! Both writers get the same pages in memory and give the bytes of a file, in one thread, whose own
//! processor time is measured. `printpdf` is used as its documentation shows: the fonts as they are, an
//! operation for each glyph, `save` with the usual options; its file has neither structure, outline
//! nor labels. Memory is what the process had at most, above what it had before: it needs Linux.
//!
//! It judges nothing: what is too much is said in `bench/README.md`.

#![expect(clippy::print_stdout, reason = "the answers go to the terminal")]

#[expect(dead_code, reason = "here nothing is measured by the wall")]
#[path = "../layout/clock.rs"]
mod clock;
mod memory;
#[path = "../layout/prose.rs"]
mod prose;
mod stock;

use std::cell::RefCell;
use std::time::Duration;

use endpaper::book::Book;
use endpaper::diag::Diagnostics;
use endpaper::font::Faces;
use endpaper::layout::{Pages, paginate};
use endpaper::{pdf, project};
use rayon::{ThreadPool, ThreadPoolBuilder};

use clock::Clock;
use memory::Peak;
use prose::Prose;

const PAGES: usize = 3_000;

fn main() {
    let prose = Prose::load();
    println!("{prose}");
    println!("paragraphs: {}", prose::texts(&prose.book(1)).len());
    let faces = Faces::bundled();
    let (pages, book) = set(&prose, &faces);
    drop(prose);
    let alone = alone();
    let options = pdf::Options { standards: project::Standards::USUAL, sources: &[], cache: None };
    let ours = measure(&alone, || {
        pdf::write(&pages, &book, &faces, &options, &mut Diagnostics::default())
    });
    let stock = measure(&alone, || stock::write(&pages, &faces));
    println!("endpaper: {ours}\nprintpdf: {stock}");
    let times = stock.time.as_secs_f64() / ours.time.as_secs_f64();
    let share = 100.0 - 100.0 * ours.bytes as f64 / stock.bytes as f64;
    println!("{times:.1} times as fast, {share:.0} % smaller");
}

/// Pages of prose, in a book as long as it takes.
fn set(prose: &Prose, faces: &Faces) -> (Pages, Book) {
    let mut times = 1;
    loop {
        let book = prose.book(times);
        let said = &mut Diagnostics::default();
        let mut pages = paginate(&book, &prose.edition, &prose.hyphenation, faces, said);
        if pages.pages.len() >= PAGES {
            pages.pages.truncate(PAGES);
            return (pages, book);
        }
        times += (PAGES - pages.pages.len()) * times / pages.pages.len().max(1) + 1;
    }
}

/// What a file cost.
struct Cost {
    time: Duration,
    bytes: usize,
    peak: Option<u64>,
}

impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let milliseconds = self.time.as_secs_f64() * 1e3 / PAGES as f64;
        let bytes = self.bytes / PAGES;
        write!(f, "{bytes} bytes a page, {milliseconds:.3} ms a page")?;
        match self.peak {
            Some(peak) => write!(f, ", {} MB above the pages", peak / 1_000_000),
            None => write!(f, ", memory unknown"),
        }
    }
}

/// The least of three runs in time, the first one's memory.
fn measure(alone: &ThreadPool, work: impl Fn() -> Vec<u8> + Sync) -> Cost {
    let bytes = RefCell::new(0);
    let run = || *bytes.borrow_mut() = alone.install(&work).len();
    let peak = Peak::begin();
    let mut time = Clock::Thread.time(run);
    let peak = peak.and_then(Peak::end);
    for _ in 0..2 {
        time = time.min(Clock::Thread.time(run));
    }
    Cost { time, bytes: bytes.into_inner(), peak }
}

/// This very thread as a pool of one, so that its clock sees all the work.
fn alone() -> ThreadPool {
    let pool = ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    pool.expect("a pool of this thread")
}
