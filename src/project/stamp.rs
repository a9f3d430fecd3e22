//! Whether a file is still the one that was read, by what the system says of it: so that it need not
//! be read again.
//!
//! Whoever changes a file changes its times, and cannot put back the one that says when: `touch` sets
//! the time of modification, and the system notes that this was done. What replaces a file is another
//! one (its number differs), and was made later. One gap is left: times are coarse, and a change in
//! the same moment as the one before leaves no trace. So a stamp is worth something only when the
//! file was left alone for [`COARSEST`] before it is read; a fresher file is read each time until it
//! is older. (Git knows such files as "racily clean".)
//!
//! This needs a file system that keeps the time of the last change of any kind, as those of Unix do.
//! Elsewhere there are no stamps, and files are read.

use std::fs;

/// The longest step in which a file system counts time, in seconds: FAT has two.
const COARSEST: i64 = 2;

/// What the system says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    device: u64,
    number: u64,
    size: u64,
    modified: Moment,
    changed: Moment,
}

/// Seconds and nanoseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(i64, i64);

impl Stamp {
    /// The stamp of a file.
    #[cfg(unix)]
    pub(super) fn of(file: &fs::Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        Some(Self {
            device: file.dev(),
            number: file.ino(),
            size: file.size(),
            modified: Moment(file.mtime(), file.mtime_nsec()),
            changed: Moment::of_change(file)?,
        })
    }

    /// There is none here.
    #[cfg(not(unix))]
    pub(super) fn of(_: &fs::Metadata) -> Option<Self> {
        None
    }

    /// How many bytes the file has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// All of it, for a name.
    pub fn bytes(&self) -> Vec<u8> {
        let Self { device, number, size, modified, changed } = *self;
        let numbers = [device, number, size].map(u64::to_be_bytes);
        let times = [modified.0, modified.1, changed.0, changed.1].map(i64::to_be_bytes);
        [numbers.as_flattened(), times.as_flattened()].concat()
    }

    /// Whether the file was left alone for long enough before this moment.
    pub(super) fn is_settled(&self, now: Moment) -> bool {
        let latest = self.modified.max(self.changed);
        Moment(latest.0.saturating_add(COARSEST), latest.1) < now
    }
}

impl Moment {
    /// The last change of any kind.
    #[cfg(unix)]
    pub(super) fn of_change(file: &fs::Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        Some(Self(file.ctime(), file.ctime_nsec()))
    }

    /// Nobody knows it here.
    #[cfg(not(unix))]
    pub(super) fn of_change(_: &fs::Metadata) -> Option<Self> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_settled_when_both_of_its_times_are_old() {
        let stamp = |modified, changed| Stamp {
            device: 1,
            number: 2,
            size: 3,
            modified: Moment(modified, 5),
            changed: Moment(changed, 5),
        };
        let now = Moment(100, 6);
        assert!(stamp(1, 98).is_settled(now) && stamp(98, 1).is_settled(now));
        assert!(!stamp(1, 99).is_settled(now) && !stamp(99, 1).is_settled(now));
        // Times of the future say nothing.
        assert!(!stamp(i64::MAX, 1).is_settled(now) && !stamp(98, 98).is_settled(Moment(100, 5)));
        assert_ne!(stamp(1, 2).bytes(), stamp(2, 1).bytes());
    }
}
