//! Walks the shapes of a drawing and writes what paints them (ISO 32000-1, 8.4 to 8.7).

use super::cut::Cut;
use super::gradient::{self, Channel};
use super::path::{enlargement, entries, put, segments};
use super::pen::Pen;
use super::resources::{Form, Mask, Pattern, Resources, XObject};
use super::{Refusal, samples};
use crate::pdf::object::name;
use lopdf::Dictionary;
use usvg::tiny_skia_path;
use usvg::{
    BlendMode, Fill, FillRule, Group, Image, ImageKind, Node, Paint, PaintOrder, Path, Stroke,
    Transform,
};

/// A content under way.
pub(super) struct Painter {
    pub(super) out: String,
    pub(super) bounds: [f32; 4],
    pub(super) decimals: usize,
    pub(super) resources: Resources,
    /// The state that is in force, and those that are saved.
    pub(super) pen: Pen,
    pub(super) saved: Vec<Pen>,
    /// How many are saved around this content.
    pub(super) around: usize,
}

impl Painter {
    pub(super) fn new(bounds: [f32; 4], decimals: usize) -> Self {
        let (out, resources, pen) = (String::new(), Resources::default(), Pen::default());
        Self { out, bounds, decimals, resources, pen, saved: Vec::new(), around: 1 }
    }

    /// For a content that this one shows.
    pub(super) fn inner(&self) -> Self {
        let around = self.around + self.saved.len();
        let mut inner = Self::new(self.bounds, self.decimals);
        inner.around = around;
        inner
    }

    pub(super) fn finish(self) -> Form {
        let Self { out: content, bounds, resources, .. } = self;
        Form { content, bounds, matrix: None, is_group: false, resources }
    }

    pub(super) fn finish_group(self) -> Form {
        Form { is_group: true, ..self.finish() }
    }

    /// Paints what is in a group, one after the other.
    pub(super) fn nodes(&mut self, group: &Group, to: Transform) -> Result<(), Refusal> {
        for node in group.children() {
            match node {
                Node::Group(group) => self.group(group, to)?,
                Node::Path(path) => self.path(path, to)?,
                Node::Image(image) => self.image(image, to)?,
                Node::Text(text) => self.group(text.flattened(), to)?,
            }
        }
        Ok(())
    }

    fn group(&mut self, group: &Group, to: Transform) -> Result<(), Refusal> {
        let to = to.pre_concat(group.transform());
        if !group.should_isolate() {
            return self.nodes(group, to);
        }
        if !group.filters().is_empty() {
            return Err("a filter");
        }
        let mut masks = Vec::new();
        self.save()?;
        match group.clip_path().map(|clip| self.cut(clip, to)).transpose()? {
            None => {}
            Some(Cut::Nothing) => {
                self.restore();
                return Ok(());
            }
            Some(Cut::Paths(paths)) => paths.iter().for_each(|(path, rule)| self.clip(path, *rule)),
            Some(Cut::Shapes(form)) => masks.push(Mask { form, by_luminosity: false }),
        }
        if let Some(mask) = group.mask() {
            masks.push(self.mask(mask, to)?);
        }
        let (state, opacity) = (of_group(group)?, group.opacity().get());
        let is_plain = masks.is_empty() && state.is_empty() && opacity >= 1.0 && !group.isolate();
        if is_plain {
            self.nodes(group, to)?;
        } else {
            let mut inner = self.inner();
            inner.nodes(group, to)?;
            self.layer(inner.finish_group(), (state, opacity), masks);
        }
        self.restore();
        Ok(())
    }

    /// Shows a form through masks; each but the last needs a form of its own.
    pub(super) fn layer(
        &mut self,
        mut form: Form,
        (state, opacity): (Dictionary, f32),
        mut masks: Vec<Mask>,
    ) {
        let last = masks.pop();
        for mask in masks {
            form = self.masked(form, mask);
        }
        self.alpha(opacity, 1.0);
        if last.is_some() || !state.is_empty() {
            let number = self.resources.state(state, last);
            self.out.push_str(&format!("/G{number} gs\n"));
        }
        let number = self.resources.object(XObject::Form(form));
        self.out.push_str(&format!("/X{number} Do\n"));
    }

    /// A form that shows another one through a mask.
    pub(super) fn masked(&self, form: Form, mask: Mask) -> Form {
        let mut painter = self.inner();
        painter.layer(form, (Dictionary::new(), 1.0), vec![mask]);
        painter.finish_group()
    }

    fn path(&mut self, path: &Path, to: Transform) -> Result<(), Refusal> {
        if !path.is_visible() {
            return Ok(());
        }
        let bounds = path.data().bounds();
        // What has no area has no interior.
        let has_area = bounds.width() > 0.0 && bounds.height() > 0.0;
        let fill = path.fill().filter(|_| has_area);
        if let (Some(fill), Some(stroke)) = (fill, path.stroke())
            && self.both(path, fill, stroke, to)
        {
            return Ok(());
        }
        let is_filled_first = path.paint_order() == PaintOrder::FillAndStroke;
        if is_filled_first {
            fill.map_or(Ok(()), |fill| self.fill(path, fill, to))?;
        }
        path.stroke().map_or(Ok(()), |stroke| self.stroke(path, stroke, to))?;
        if !is_filled_first {
            fill.map_or(Ok(()), |fill| self.fill(path, fill, to))?;
        }
        Ok(())
    }

    /// Interior and line in one go, where that is the same.
    fn both(&mut self, path: &Path, fill: &Fill, stroke: &Stroke, to: Transform) -> bool {
        let (Paint::Color(inner), Paint::Color(line)) = (fill.paint(), stroke.paint()) else {
            return false;
        };
        let is_opaque = fill.opacity().get() >= 1.0 && stroke.opacity().get() >= 1.0;
        let is_filled_first = path.paint_order() == PaintOrder::FillAndStroke;
        let (Some(scale), true, true) = (enlargement(to), is_opaque, is_filled_first) else {
            return false;
        };
        self.alpha(1.0, 1.0);
        self.fill_color(*inner);
        self.stroke_color(*line);
        self.line(stroke, scale, self.decimals);
        if segments(&mut self.out, path.data(), to, self.decimals) {
            self.out.push_str(match fill.rule() {
                FillRule::NonZero => "B\n",
                FillRule::EvenOdd => "B*\n",
            });
        }
        true
    }

    fn fill(&mut self, path: &Path, fill: &Fill, to: Transform) -> Result<(), Refusal> {
        if let Paint::Color(color) = fill.paint() {
            self.alpha(fill.opacity().get(), 1.0);
            self.fill_color(*color);
            self.interior(path, fill, to);
            return Ok(());
        }
        self.save()?;
        self.alpha(fill.opacity().get(), 1.0);
        self.pattern(fill.paint(), to, ("cs", "scn"))?;
        self.interior(path, fill, to);
        self.restore();
        Ok(())
    }

    fn interior(&mut self, path: &Path, fill: &Fill, to: Transform) {
        if segments(&mut self.out, path.data(), to, self.decimals) {
            self.out.push_str(filling(fill.rule()));
        }
    }

    fn stroke(&mut self, path: &Path, stroke: &Stroke, to: Transform) -> Result<(), Refusal> {
        if let (Paint::Color(color), Some(scale)) = (stroke.paint(), enlargement(to)) {
            self.alpha(1.0, stroke.opacity().get());
            self.stroke_color(*color);
            self.outline(path, stroke, (to, scale), self.decimals);
            return Ok(());
        }
        self.save()?;
        self.alpha(1.0, stroke.opacity().get());
        match stroke.paint() {
            Paint::Color(color) => self.stroke_color(*color),
            paint => self.pattern(paint, to, ("CS", "SCN"))?,
        }
        if let Some(scale) = enlargement(to) {
            self.outline(path, stroke, (to, scale), self.decimals);
        } else {
            // The pen itself is askew, so it draws in units of its own.
            entries(to).into_iter().for_each(|entry| put(&mut self.out, entry, 6));
            self.out.push_str("cm\n");
            self.outline(path, stroke, (Transform::identity(), 1.0), self.finer(to));
        }
        self.restore();
        Ok(())
    }

    fn outline(
        &mut self,
        path: &Path,
        stroke: &Stroke,
        (to, scale): (Transform, f32),
        decimals: usize,
    ) {
        self.line(stroke, scale, decimals);
        if segments(&mut self.out, path.data(), to, decimals) {
            self.out.push_str("S\n");
        }
    }

    /// Decimals for units that a transform enlarges.
    fn finer(&self, to: Transform) -> usize {
        let scale = to.sx.hypot(to.ky).max(to.kx.hypot(to.sy));
        (self.decimals + scale.max(1.0).log10().ceil() as usize).min(8)
    }

    /// Makes a gradient or a pattern the colour of interiors (`cs`, `scn`) or lines.
    fn pattern(
        &mut self,
        paint: &Paint,
        to: Transform,
        (space, set): (&str, &str),
    ) -> Result<(), Refusal> {
        let pattern = match paint {
            Paint::Color(_) => return Ok(()),
            Paint::LinearGradient(_) | Paint::RadialGradient(_) => {
                if gradient::base(paint).is_some_and(gradient::is_translucent) {
                    let mask = self.gradient_mask(paint, to)?;
                    let number = self.resources.state(Dictionary::new(), Some(mask));
                    self.out.push_str(&format!("/G{number} gs\n"));
                }
                Pattern::Shading(gradient::pattern(paint, to, Channel::Color)?)
            }
            Paint::Pattern(pattern) => {
                let rect = pattern.rect();
                let matrix = to.pre_concat(pattern.transform());
                let mut cell = self.inner();
                cell.bounds = [0.0, 0.0, rect.width(), rect.height()];
                cell.decimals = self.finer(matrix);
                cell.nodes(pattern.root(), Transform::identity())?;
                let matrix = entries(matrix.pre_translate(rect.x(), rect.y()));
                Pattern::Tiling { cell: cell.finish(), matrix }
            }
        };
        let number = self.resources.pattern(pattern);
        self.out.push_str(&format!("/Pattern {space}/P{number} {set}\n"));
        Ok(())
    }

    /// How opaque a gradient is, in every place of the drawing.
    fn gradient_mask(&self, paint: &Paint, to: Transform) -> Result<Mask, Refusal> {
        let mut painter = self.inner();
        let pattern = gradient::pattern(paint, to, Channel::Opacity)?;
        let number = painter.resources.pattern(Pattern::Shading(pattern));
        painter.out.push_str(&format!("/Pattern cs/P{number} scn\n"));
        let [left, top, right, bottom] = self.bounds;
        let decimals = painter.decimals;
        [left, top, right - left, bottom - top]
            .into_iter()
            .for_each(|number| put(&mut painter.out, number, decimals));
        painter.out.push_str("re f\n");
        Ok(Mask { form: painter.finish_group(), by_luminosity: true })
    }

    fn image(&mut self, image: &Image, to: Transform) -> Result<(), Refusal> {
        if !image.is_visible() {
            return Ok(());
        }
        let (width, height) = (image.size().width(), image.size().height());
        self.save()?;
        if let ImageKind::SVG(tree) = image.kind() {
            let edge = tiny_skia_path::Rect::from_xywh(0.0, 0.0, width, height);
            let edge = edge.map(tiny_skia_path::PathBuilder::from_rect);
            let mut path = String::new();
            if edge.is_some_and(|edge| segments(&mut path, &edge, to, self.decimals)) {
                self.clip(&path, FillRule::NonZero);
            }
            self.nodes(tree.root(), to)?;
        } else {
            let samples = samples(image.kind()).ok_or("a picture within it")?;
            let number = self.resources.object(XObject::Samples(Box::new(samples)));
            let matrix = to.pre_concat(Transform::from_row(width, 0.0, 0.0, -height, 0.0, height));
            self.alpha(1.0, 1.0);
            entries(matrix).into_iter().for_each(|entry| put(&mut self.out, entry, 6));
            self.out.push_str(&format!("cm/X{number} Do\n"));
        }
        self.restore();
        Ok(())
    }
}

pub(super) fn filling(rule: FillRule) -> &'static str {
    match rule {
        FillRule::NonZero => "f\n",
        FillRule::EvenOdd => "f*\n",
    }
}

/// How a group is mixed with what is below it; empty if nothing is to be said.
fn of_group(group: &Group) -> Result<Dictionary, Refusal> {
    let mut state = Dictionary::new();
    if group.blend_mode() != BlendMode::Normal {
        state.set("BM", name(blending(group.blend_mode()).ok_or("how its colours are mixed")?));
    }
    Ok(state)
}

/// The name that PDF has for it (11.3.5).
fn blending(mode: BlendMode) -> Option<&'static str> {
    Some(match mode {
        BlendMode::Normal => "Normal",
        BlendMode::Multiply => "Multiply",
        BlendMode::Screen => "Screen",
        BlendMode::Overlay => "Overlay",
        BlendMode::Darken => "Darken",
        BlendMode::Lighten => "Lighten",
        BlendMode::ColorDodge => "ColorDodge",
        BlendMode::ColorBurn => "ColorBurn",
        BlendMode::HardLight => "HardLight",
        BlendMode::SoftLight => "SoftLight",
        BlendMode::Difference => "Difference",
        BlendMode::Exclusion => "Exclusion",
        BlendMode::Hue => "Hue",
        BlendMode::Saturation => "Saturation",
        BlendMode::Color => "Color",
        BlendMode::Luminosity => "Luminosity",
        BlendMode::PlusLighter => return None,
    })
}
