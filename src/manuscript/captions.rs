//! Captions that HTML puts behind a picture become the picture's own.

use super::tree::{Inline, InlineKind};

/// Whether an inline is more than blank.
pub(super) fn is_seen(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::SoftBreak | InlineKind::HardBreak => false,
        InlineKind::Text(text) => !text.trim().is_empty(),
        _ => true,
    }
}

/// Gives the last of these inlines a caption, if it is a picture without one.
pub(super) fn attach(inlines: &mut [Inline], words: &mut Vec<Inline>) -> bool {
    let last = inlines.iter_mut().rev().find(|inline| is_seen(inline));
    match last.map(|inline| &mut inline.kind) {
        Some(InlineKind::Image(image))
            if image.title.trim().is_empty() && image.caption.is_empty() =>
        {
            image.caption = std::mem::take(words);
            true
        }
        Some(_) | None => false,
    }
}
