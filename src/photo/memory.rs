//! How many pictures are decoded at the same time: as many as there is memory for, whatever the
//! number of threads.

use std::sync::{Condvar, Mutex, PoisonError};

/// The most bytes that pictures under way take together. A photograph of 24 megapixels takes
/// about 150 million, so that three are decoded at once.
const LIMIT: u64 = 480_000_000;

/// Bytes in use. This is shared by all that runs in the process, because memory is; no result
/// depends on it.
static IN_USE: Mutex<u64> = Mutex::new(0);
/// Tells those who wait that there is more memory.
static FREED: Condvar = Condvar::new();

/// Memory that is spoken for; it is given back when this is dropped.
#[derive(Debug)]
pub(super) struct Hold(u64);

/// Waits until there is memory for so many bytes. One picture is always allowed, however large:
/// how large it may be is bounded elsewhere. Whoever holds memory must not wait for more.
pub(super) fn hold(bytes: u64) -> Hold {
    let mut in_use = IN_USE.lock().unwrap_or_else(PoisonError::into_inner);
    let bytes = bytes.min(LIMIT);
    while *in_use > 0 && *in_use + bytes > LIMIT {
        in_use = FREED.wait(in_use).unwrap_or_else(PoisonError::into_inner);
    }
    *in_use += bytes;
    Hold(bytes)
}

impl Drop for Hold {
    fn drop(&mut self) {
        *IN_USE.lock().unwrap_or_else(PoisonError::into_inner) -= self.0;
        FREED.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    #[test]
    fn never_more_than_there_is_memory_for() {
        let (now, most) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let _held = hold(LIMIT / 3);
                        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        std::thread::yield_now();
                        now.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!((1..=3).contains(&most.load(Ordering::SeqCst)));
        drop(hold(LIMIT * 2));
    }
}
