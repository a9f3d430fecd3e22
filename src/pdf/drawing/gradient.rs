//! Gradients as shadings (ISO 32000-1, 8.7.4.5): axial and radial, with functions for their stops.

use super::path::entries;
use super::{Refusal, dictionary, numbers};
use crate::pdf::object::name;
use lopdf::{Dictionary, Object};
use usvg::{BaseGradient, LinearGradient, Paint, RadialGradient, SpreadMethod, Stop, Transform};

/// What of the stops is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Channel {
    /// Their colours.
    Color,
    /// How opaque they are, as shades of grey.
    Opacity,
}

/// Whether a gradient is not everywhere equally opaque.
pub(super) fn is_translucent(gradient: &BaseGradient) -> bool {
    gradient.stops().iter().any(|stop| stop.opacity().get() < 1.0)
}

/// The gradient of a paint, if it is one.
pub(super) fn base(paint: &Paint) -> Option<&BaseGradient> {
    match paint {
        Paint::LinearGradient(gradient) => Some(gradient),
        Paint::RadialGradient(gradient) => Some(gradient),
        Paint::Color(_) | Paint::Pattern(_) => None,
    }
}

/// A shading pattern; `to` leads from the units of what is painted to those of the content.
pub(super) fn pattern(
    paint: &Paint,
    to: Transform,
    channel: Channel,
) -> Result<Dictionary, Refusal> {
    let (kind, coordinates, gradient): (i64, Vec<f32>, &BaseGradient) = match paint {
        Paint::LinearGradient(gradient) => (2, axis(gradient), gradient),
        Paint::RadialGradient(gradient) => (3, circles(gradient), gradient),
        Paint::Color(_) | Paint::Pattern(_) => return Err("a paint that is no gradient"),
    };
    match gradient.spread_method() {
        SpreadMethod::Pad => {}
        SpreadMethod::Reflect | SpreadMethod::Repeat => return Err("a gradient that is repeated"),
    }
    let space = match channel {
        Channel::Color => "DeviceRGB",
        Channel::Opacity => "DeviceGray",
    };
    let shading = dictionary([
        ("ShadingType", kind.into()),
        ("ColorSpace", name(space)),
        ("Coords", numbers(&coordinates)),
        ("Extend", Object::Array(vec![true.into(), true.into()])),
        ("Function", Object::Dictionary(function(gradient.stops(), channel))),
    ]);
    Ok(dictionary([
        ("Type", name("Pattern")),
        ("PatternType", 2.into()),
        ("Shading", Object::Dictionary(shading)),
        ("Matrix", numbers(&entries(to.pre_concat(gradient.transform())))),
    ]))
}

fn axis(gradient: &LinearGradient) -> Vec<f32> {
    vec![gradient.x1(), gradient.y1(), gradient.x2(), gradient.y2()]
}

fn circles(gradient: &RadialGradient) -> Vec<f32> {
    let (inner, outer) = (gradient.fr().get(), gradient.r().get());
    vec![gradient.fx(), gradient.fy(), inner, gradient.cx(), gradient.cy(), outer]
}

/// Stops as a function of one number: linear pieces, stitched together (7.10.3 and 7.10.4).
fn function(stops: &[Stop], channel: Channel) -> Dictionary {
    let color = |stop: &Stop| match channel {
        Channel::Color => {
            let color = stop.color();
            [color.red, color.green, color.blue].map(|c| f32::from(c) / 255.0).to_vec()
        }
        Channel::Opacity => vec![stop.opacity().get()],
    };
    let mut places: Vec<(f32, Vec<f32>)> =
        stops.iter().map(|stop| (stop.offset().get(), color(stop))).collect();
    // Before the first stop and after the last one there is its colour.
    if let Some(first) = places.first().filter(|first| first.0 > 0.0).cloned() {
        places.insert(0, (0.0, first.1));
    }
    if let Some(last) = places.last().filter(|last| last.0 < 1.0).cloned() {
        places.push((1.0, last.1));
    }
    let mut pieces: Vec<Dictionary> =
        places.windows(2).map(|two| piece(&two[0].1, &two[1].1)).collect();
    if pieces.len() <= 1 {
        let only = places.first().map(|first| piece(&first.1, &first.1));
        return pieces.pop().or(only).unwrap_or_default();
    }
    let inner = &places[1..places.len() - 1];
    let bounds: Vec<f32> = inner.iter().map(|place| place.0).collect();
    let encode = [0.0, 1.0].repeat(pieces.len());
    dictionary([
        ("FunctionType", 3.into()),
        ("Domain", numbers(&[0.0, 1.0])),
        ("Functions", Object::Array(pieces.into_iter().map(Object::Dictionary).collect())),
        ("Bounds", numbers(&bounds)),
        ("Encode", numbers(&encode)),
    ])
}

fn piece(from: &[f32], to: &[f32]) -> Dictionary {
    dictionary([
        ("FunctionType", 2.into()),
        ("Domain", numbers(&[0.0, 1.0])),
        ("C0", numbers(from)),
        ("C1", numbers(to)),
        ("N", 1.into()),
    ])
}
