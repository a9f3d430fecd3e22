//! How long something takes: by the wall, or in processor time of this thread alone.

use std::fs::File;
use std::io::Read;
use std::thread;
use std::time::{Duration, Instant};

/// What time is measured with.
#[derive(Clone, Copy)]
pub(crate) enum Clock {
    /// Time that passes.
    Wall,
    /// Time this thread spends on a processor; where the system does not tell, time that passes.
    Thread,
}

impl Clock {
    /// How long some work takes.
    pub(crate) fn time(self, work: impl Fn()) -> Duration {
        let (passing, spent) = (Instant::now(), self.spent());
        work();
        match (spent, self.spent()) {
            (Some(before), Some(after)) => after - before,
            _ => passing.elapsed(),
        }
    }

    fn spent(self) -> Option<Duration> {
        match self {
            Self::Wall => None,
            Self::Thread => on_processor(),
        }
    }
}

/// Nanoseconds on a processor are the first number of Linux's `schedstat`. It is brought up to date
/// when the thread yields.
fn on_processor() -> Option<Duration> {
    thread::yield_now();
    let mut text = String::new();
    File::open("/proc/thread-self/schedstat").ok()?.read_to_string(&mut text).ok()?;
    let nanoseconds = text.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}
