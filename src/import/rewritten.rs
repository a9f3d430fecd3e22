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

    /// Takes the last line back if it is an item of a list.
    pub(super) fn drop_last_item(&mut self) {
        let start = self.text.trim_end_matches('\n').rfind('\n').map_or(0, |at| at + 1);
        let line = self.text[start..].trim_start();
        let is_item = ["* ", "- ", "+ ", "1. "].iter().any(|mark| line.starts_with(mark));
        if is_item {
            self.text.truncate(start);
            self.origins.retain(|(here, _)| *here < start);
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
