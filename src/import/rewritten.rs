//! A text made from another one, which still knows where each of its pieces came from.

/// Text and origins.
#[derive(Clone, Debug, Default)]
pub(super) struct Rewritten {
    /// The new text.
    pub(super) text: String,
    /// Where a piece begins here and where it began there, sorted.
    origins: Vec<(usize, usize)>,
}

impl Rewritten {
    /// Adds a piece that stands at byte `origin` of the old text, or stands for what stands there.
    pub(super) fn push(&mut self, piece: &str, origin: usize) {
        if !piece.is_empty() {
            self.origins.push((self.text.len(), origin));
            self.text.push_str(piece);
        }
    }

    /// The byte of the old text that a byte of this one came from.
    pub(super) fn origin(&self, at: usize) -> usize {
        let index = self.origins.partition_point(|(here, _)| *here <= at);
        let Some(before) = index.checked_sub(1) else { return at };
        let (here, there) = self.origins[before];
        // What was written anew is longer than its origin at times: it does not reach the next.
        let end = self.origins.get(index).map_or(usize::MAX, |(_, next)| (*next).max(there));
        (there + (at - here)).min(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back() {
        let mut text = Rewritten::default();
        text.push("abc", 10);
        text.push("NEW", 20);
        text.push("def", 22);
        let origins: Vec<_> = (0..9).map(|at| text.origin(at)).collect();
        assert_eq!(origins, [10, 11, 12, 20, 21, 22, 22, 23, 24]);
    }
}
