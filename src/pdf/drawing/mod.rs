//! Drawings as vector graphics (ISO 32000-1, 8.10): each is one form XObject, however often it is
//! shown.
//!
//! Everything is written in the drawing's own units with `y` downwards, transforms already
//! applied; the form's matrix makes a unit square of it, so that a page places it like a picture
//! of pixels. Groups that are more than their shapes one after the other become transparency
//! groups (11.6.6) in forms of their own. Words are outlines; what they say is the picture's
//! alternative text. Effects that PDF does not know refuse the whole drawing, which is then drawn
//! as pixels.

mod cut;
mod gradient;
mod painter;
mod path;
mod pen;
mod resources;
#[cfg(test)]
mod tests;

use super::images::Samples;
use crate::photo::Drawing;
use lopdf::{Dictionary, Object};
use painter::Painter;
pub(super) use resources::Form;

/// Why a drawing cannot be written as it is, in words that follow "because of".
pub(super) type Refusal = &'static str;

/// The drawing as a form whose matrix makes a unit square of it.
pub(super) fn form(drawing: &Drawing) -> Result<Form, Refusal> {
    let size = drawing.tree().size();
    let (width, height) = (size.width(), size.height());
    let mut painter = Painter::new([0.0, 0.0, width, height], path::decimals(width.max(height)));
    painter.nodes(drawing.tree().root(), usvg::Transform::identity())?;
    let mut form = painter.finish();
    form.matrix = Some([1.0 / width, 0.0, 0.0, -1.0 / height, 0.0, 1.0]);
    Ok(form)
}

/// A picture within a drawing.
fn samples(kind: &usvg::ImageKind) -> Option<Samples> {
    let (usvg::ImageKind::JPEG(bytes) | usvg::ImageKind::PNG(bytes)) = kind else { return None };
    super::images::packed(&crate::photo::embedded(bytes)?)
}

fn numbers(values: &[f32]) -> Object {
    Object::Array(values.iter().map(|value| Object::Real(*value)).collect())
}

fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    let mut dictionary = Dictionary::new();
    entries.into_iter().for_each(|(key, value)| dictionary.set(key, value));
    dictionary
}
