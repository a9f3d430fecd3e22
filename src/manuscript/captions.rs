//! Captions that HTML puts behind a picture become the picture's title, as Markdown has it.

use super::tidy::plain;
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
pub(super) fn attach(inlines: &mut [Inline], caption: &[Inline]) -> bool {
    let last = inlines.iter_mut().rev().find(|inline| is_seen(inline));
    let Some(Inline { kind: InlineKind::Image { title, .. }, .. }) = last else { return false };
    if !title.trim().is_empty() {
        return false;
    }
    *title = plain(caption).split_whitespace().collect::<Vec<_>>().join(" ");
    true
}
