//! What layout costs: beside the floor, with two threads, and as a book grows.
//!
//! ```sh
//! cargo bench --bench layout                          # the first book's prose
//! ENDPAPER_PROSE=/tmp/rust/book cargo bench --bench layout    # the prose of another book
//! cargo bench --bench layout -- one-thread            # only that question
//! ```
//!
//! The floor is harfrust, shaping every paragraph once, and nothing else: no line breaking can be
//! cheaper than knowing how wide words are. Whatever runs in one thread is measured in that
//! thread's own processor time, because a busy machine makes wall time a measure of the others; two
//! threads can only be measured by the wall. After Criterion's own lines the questions are answered
//! from the same samples, each by its least one.
//!
//! It judges nothing: what is too much is said in `bench/README.md`.

#![expect(clippy::print_stdout, reason = "the answers go to the terminal")]

mod clock;
mod floor;
mod prose;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, SamplingMode};
use endpaper::book::Book;
use endpaper::diag::Diagnostics;
use endpaper::font::Faces;
use endpaper::layout::paginate;
use rayon::{ThreadPool, ThreadPoolBuilder};

use clock::Clock;
use prose::Prose;

/// How many times the text is set for the question whether cost grows linearly.
const TIMES: [usize; 3] = [1, 4, 16];

fn main() {
    let prose = Prose::load();
    println!("{prose}");
    let mut bench = Bench {
        criterion: Criterion::default().sample_size(10).configure_from_args(),
        alone: pool(1, true),
        faces: Faces::bundled(),
        prose,
    };
    bench.one_thread();
    bench.two_threads();
    bench.growth();
    bench.criterion.final_summary();
}

struct Bench {
    criterion: Criterion,
    /// This very thread as a pool of one, so that its clock sees all the work.
    alone: ThreadPool,
    faces: Faces,
    prose: Prose,
}

impl Bench {
    /// The whole layout beside the floor.
    fn one_thread(&mut self) {
        let book = self.prose.book(1);
        let Self { criterion, alone, faces, prose } = self;
        let texts = prose::texts(&book);
        let floor = measure(criterion, "one-thread/floor", Clock::Thread, || {
            floor::shape_all(faces, &texts);
        });
        let layout = measure(criterion, "one-thread/layout", Clock::Thread, || {
            lay_out(prose, &book, faces, alone);
        });
        if let (Some(floor), Some(layout)) = (floor, layout) {
            println!("one thread: floor {floor:.1?}, layout {layout:.1?}: {}\n", of(layout, floor));
        }
    }

    /// Two threads beside one, on a book long enough that chapters can be shared out.
    fn two_threads(&mut self) {
        let book = self.prose.book(TIMES[1]);
        let Self { criterion, faces, prose, .. } = self;
        let (one, two) = (pool(1, false), pool(2, false));
        let mut wall = |name, pool| {
            measure(criterion, name, Clock::Wall, || lay_out(prose, &book, faces, pool))
        };
        if let (Some(one), Some(two)) = (wall("threads/1", &one), wall("threads/2", &two)) {
            println!("two threads: one {one:.1?}, two {two:.1?}: {}\n", of(two, one));
        }
    }

    /// Longer books.
    fn growth(&mut self) {
        let mut once = None;
        for times in TIMES {
            let book = self.prose.book(times);
            let Self { criterion, alone, faces, prose } = self;
            let cost = measure(criterion, &format!("growth/{times}"), Clock::Thread, || {
                lay_out(prose, &book, faces, alone);
            });
            let Some(cost) = cost.and_then(|cost| cost.checked_div(times as u32)) else { continue };
            let once = *once.get_or_insert(cost);
            println!("growth: {times} times the text, {cost:.1?} for each: {}\n", of(cost, once));
        }
    }
}

fn lay_out(prose: &Prose, book: &Book, faces: &Faces, pool: &ThreadPool) {
    let (edition, words) = (&prose.edition, &prose.hyphenation);
    let mut diagnostics = Diagnostics::default();
    let pages = pool.install(|| paginate(book, edition, words, faces, &mut diagnostics));
    black_box((pages, diagnostics));
}

/// Gives some work to Criterion. The least time it took; `None` if it was not asked for.
fn measure(
    criterion: &mut Criterion,
    name: &str,
    clock: Clock,
    work: impl Fn(),
) -> Option<Duration> {
    let mut least: Option<Duration> = None;
    let (group, function) = name.split_once('/').expect("all names have two parts");
    let mut group = criterion.benchmark_group(group);
    group.sampling_mode(SamplingMode::Flat);
    group.warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_secs(1));
    group.bench_function(function, |bencher| {
        bencher.iter_custom(|runs| {
            let times: Vec<Duration> = (0..runs).map(|_| clock.time(&work)).collect();
            least = least.into_iter().chain(times.iter().copied()).min();
            times.iter().sum()
        });
    });
    group.finish();
    least
}

fn pool(threads: usize, with_this_one: bool) -> ThreadPool {
    let builder = ThreadPoolBuilder::new().num_threads(threads);
    let pool = if with_this_one { builder.use_current_thread() } else { builder }.build();
    pool.expect("threads can be started")
}

fn of(part: Duration, whole: Duration) -> String {
    format!("{:.2} times", part.as_secs_f64() / whole.as_secs_f64())
}
