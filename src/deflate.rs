//! Deflate (RFC 1951), one stream after the other with the same tables: they are large beside a page
//! or a chapter.

use flate2::{Compress, Compression, FlushCompress, Status};

/// How hard it tries: higher levels cost ten times as much for 5 %.
pub(crate) const LEVEL: Compression = Compression::new(6);

/// Makes streams.
pub(crate) struct Deflater(Compress);

impl Deflater {
    /// For streams in the zlib format (RFC 1950).
    pub(crate) fn zlib() -> Self {
        Self(Compress::new(LEVEL, true))
    }

    /// For streams without anything around them, as archives have them.
    pub(crate) fn raw() -> Self {
        Self(Compress::new(LEVEL, false))
    }

    /// The stream of some data.
    pub(crate) fn deflate(&mut self, data: &[u8]) -> Vec<u8> {
        self.0.reset();
        let mut out = Vec::with_capacity(data.len() / 3 + 64);
        loop {
            let rest = data.get(self.0.total_in() as usize..).unwrap_or_default();
            let status = self.0.compress_vec(rest, &mut out, FlushCompress::Finish);
            if status.expect("a stream that was begun anew takes all bytes") == Status::StreamEnd {
                return out;
            }
            out.reserve(out.len().max(256));
        }
    }
}
