//! The most memory a process had, as Linux tells it.

#![expect(clippy::disallowed_methods, reason = "the system tells it in files")]

use std::fs;

/// A stretch of work whose memory is watched.
pub(crate) struct Peak {
    /// Bytes in memory when it began.
    before: u64,
}

impl Peak {
    /// From now on; `None` where the system does not tell.
    pub(crate) fn begin() -> Option<Self> {
        // 5 resets the "high water mark" (proc(5)).
        fs::write("/proc/self/clear_refs", "5").ok()?;
        Some(Self { before: status("VmRSS:")? })
    }

    /// Bytes above those at the beginning, at the most.
    pub(crate) fn end(self) -> Option<u64> {
        Some(status("VmHWM:")?.saturating_sub(self.before))
    }
}

fn status(key: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(key))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}
