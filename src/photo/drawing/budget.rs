//! How much work a drawing is as pixels. Layers, patterns and filters take memory and time of their
//! own, and a few bytes can ask for any amount of it: too much is refused before it is begun.
//!
//! What is counted is what `resvg` does: a layer for each group with opacity, filter, mask or clip,
//! no larger than five times the drawing's width and height; a tile for each shape with a pattern, as
//! large as the pattern says.

use crate::photo::decode::Problem;
use usvg::{Fill, Group, Image, ImageKind, Node, Paint, Path, Stroke, Transform, Tree, filter};

/// The most pixels that layers and tiles have at one time, in areas of the drawing.
const LIVE_LIMIT: f64 = 256.0;
/// The most pixels that are painted, one after the other, in areas of the drawing.
const PAINTED_LIMIT: f64 = 2_000.0;
/// The largest layer that is made, in areas of the drawing.
const LARGEST_LAYER: f64 = 25.0;
/// How often each pixel of a layer is touched: made, painted on, put in its place.
const TOUCHES: f64 = 3.0;
/// The most nodes that are visited, copies in drawings within drawings included.
const STEPS: u32 = 1_000_000;

/// Refuses what would take too much; tells how many pixels layers and tiles have at one time, at most,
/// in areas of the drawing.
pub(super) fn of(tree: &Tree) -> Result<f64, Problem> {
    let area = f64::from(tree.size().width()) * f64::from(tree.size().height());
    let mut work = Work { area, painted: 0.0, steps: 0 };
    Ok(work.nodes(tree.root(), Transform::identity(), area)? / area)
}

/// What was counted, in squares of the drawing's units.
struct Work {
    /// The drawing's own.
    area: f64,
    painted: f64,
    steps: u32,
}

/// Each of these returns what is alive at one time, at most; `to` leads to the pixels that are painted
/// on, and `canvas` is how many there are.
impl Work {
    fn nodes(&mut self, group: &Group, to: Transform, canvas: f64) -> Result<f64, Problem> {
        let mut most = 0.0_f64;
        for node in group.children() {
            self.steps += 1;
            if self.steps > STEPS {
                return Err(too_long());
            }
            let live = match node {
                Node::Group(group) => self.group(group, to, canvas)?,
                Node::Text(text) => self.group(text.flattened(), to, canvas)?,
                Node::Path(path) => self.path(path, to, canvas)?,
                Node::Image(image) => self.image(image, to, canvas)?,
            };
            most = most.max(live);
        }
        Ok(most)
    }

    fn group(&mut self, group: &Group, to: Transform, canvas: f64) -> Result<f64, Problem> {
        let to = to.pre_concat(group.transform());
        let mut live = self.nodes(group, to, canvas)?;
        if !group.should_isolate() {
            return Ok(live);
        }
        let (mut layers, mut effort) = (1.0, 0.0);
        let mut mask = group.mask();
        while let Some(one) = mask {
            layers += 1.0;
            live = live.max(self.group(one.root(), to, canvas)?);
            mask = one.mask();
        }
        let mut clip = group.clip_path();
        while let Some(one) = clip {
            layers += 1.0;
            live = live.max(self.group(one.root(), to.pre_concat(one.transform()), canvas)?);
            clip = one.clip_path();
        }
        for primitive in group.filters().iter().flat_map(|filter| filter.primitives()) {
            layers += 1.0;
            effort += touches(primitive.kind(), to);
            if let filter::Kind::Image(image) = primitive.kind() {
                live = live.max(self.group(image.root(), to, canvas)?);
            }
        }
        let bounds = group.layer_bounding_box().transform(to);
        let size = bounds.map(|bounds| (bounds.width(), bounds.height()));
        let layer = area(size).min(LARGEST_LAYER * self.area);
        self.paint(layer * (TOUCHES * layers + effort))?;
        self.keep(live + layer * layers)
    }

    fn path(&mut self, path: &Path, to: Transform, canvas: f64) -> Result<f64, Problem> {
        if !path.is_visible() {
            return Ok(0.0);
        }
        let fill = path.fill().map(Fill::paint);
        let stroke = path.stroke().map(Stroke::paint);
        let bounds = path.stroke_bounding_box().transform(to);
        let painted = area(bounds.map(|bounds| (bounds.width(), bounds.height()))).min(canvas);
        let mut most = 0.0_f64;
        for paint in fill.into_iter().chain(stroke) {
            self.paint(painted)?;
            let Paint::Pattern(pattern) = paint else { continue };
            let (x, y) = to.pre_concat(pattern.transform()).get_scale();
            let rect = pattern.rect();
            let tile = area(Some((rect.width() * x, rect.height() * y)));
            self.keep(tile)?;
            self.paint(TOUCHES * tile)?;
            let within = self.nodes(pattern.root(), Transform::from_scale(x, y), tile)?;
            most = most.max(self.keep(tile + within)?);
        }
        Ok(most)
    }

    fn image(&mut self, image: &Image, to: Transform, canvas: f64) -> Result<f64, Problem> {
        self.paint(canvas)?;
        match image.kind() {
            // On a canvas of its own, which is as large.
            ImageKind::SVG(tree) => {
                self.paint(TOUCHES * canvas)?;
                let within = self.nodes(tree.root(), to, canvas)?;
                self.keep(canvas + within)
            }
            ImageKind::JPEG(_) | ImageKind::PNG(_) | ImageKind::GIF(_) | ImageKind::WEBP(_) => {
                Ok(0.0)
            }
        }
    }

    fn paint(&mut self, pixels: f64) -> Result<(), Problem> {
        self.painted += pixels;
        if self.painted > PAINTED_LIMIT * self.area { Err(too_long()) } else { Ok(()) }
    }

    fn keep(&self, live: f64) -> Result<f64, Problem> {
        if live > LIVE_LIMIT * self.area {
            return Err(Problem::Refused("its patterns and layers are much larger than it is"));
        }
        Ok(live)
    }
}

fn too_long() -> Problem {
    Problem::Refused("it paints the same places too often")
}

/// What cannot be said in numbers is more than anything.
fn area(size: Option<(f32, f32)>) -> f64 {
    let area = size.map(|(width, height)| f64::from(width) * f64::from(height));
    area.filter(|area| area.is_finite()).map_or(f64::INFINITY, f64::abs)
}

/// How often a filter touches each pixel.
fn touches(kind: &filter::Kind, to: Transform) -> f64 {
    let (x, y) = to.get_scale();
    let times = match kind {
        filter::Kind::Turbulence(noise) => 8.0 * f64::from(noise.num_octaves()),
        filter::Kind::ConvolveMatrix(convolve) => {
            f64::from(convolve.matrix().columns()) * f64::from(convolve.matrix().rows())
        }
        filter::Kind::Morphology(shape) => {
            let side = |radius: f32, scale: f32| 1.0 + 2.0 * f64::from(radius) * f64::from(scale);
            side(shape.radius_x().get(), x) * side(shape.radius_y().get(), y)
        }
        _ => 8.0,
    };
    times.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::super::{Typefaces, read};
    use super::*;

    fn refusal(inner: &str) -> Option<&'static str> {
        let svg =
            format!("<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'>{inner}</svg>");
        match read(svg.as_bytes(), &Typefaces::default()) {
            Ok(_) => None,
            Err(Problem::Refused(reason)) => Some(reason),
            Err(problem) => panic!("{inner}: {problem:?}"),
        }
    }

    fn pattern(side: &str, shapes: &str) -> String {
        format!(
            "<pattern id='p' width='{side}' height='{side}' patternUnits='userSpaceOnUse'>\
             <path d='M0 0h1v1z'/></pattern>{shapes}"
        )
    }

    #[test]
    fn a_pattern_is_not_much_larger_than_the_drawing() {
        let shape = "<path d='M0 0h10v10H0z' fill='url(#p)'/>";
        assert_eq!(refusal(&pattern("2", &shape.repeat(300))), None);
        for (side, scale) in [("1000000", ""), ("1e30", ""), ("5", "scale(1000)")] {
            let shapes = format!("<g transform='{scale}'>{shape}</g>");
            let reason = refusal(&pattern(side, &shapes)).expect("it is refused");
            assert!(reason.contains("larger") || reason.contains("often"), "{side}: {reason}");
        }
    }

    #[test]
    fn layers_within_layers_are_bounded() {
        let shape = "<path d='M-20 -20h50v50h-50z'/>";
        let nested = |depth: usize| {
            let open: String = (0..depth).map(|_| "<g opacity='.9'>").collect();
            format!("{open}{shape}{}", "</g>".repeat(depth))
        };
        assert_eq!(refusal(&nested(4)), None);
        assert!(refusal(&nested(60)).expect("it is refused").contains("larger"));
    }

    #[test]
    fn what_takes_for_ever_is_not_begun() {
        let shape = "<path d='M0 0h10v10H0z'/>";
        assert_eq!(refusal(&shape.repeat(1000)), None);
        assert!(refusal(&shape.repeat(3000)).expect("it is refused").contains("often"));
        let noise = |octaves: &str| {
            format!(
                "<filter id='f'><feTurbulence baseFrequency='.1' numOctaves='{octaves}'/></filter>\
                 <path d='M0 0h10v10H0z' filter='url(#f)'/>"
            )
        };
        assert_eq!(refusal(&noise("4")), None);
        assert!(refusal(&noise("1000000")).expect("it is refused").contains("often"));
    }
}
