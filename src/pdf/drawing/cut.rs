//! Clips and masks (ISO 32000-1, 8.5.4 and 11.6.5): one path cuts by itself, all else is a soft
//! mask.

use super::Refusal;
use super::painter::{Painter, filling};
use super::path::segments;
use super::resources::{Form, Mask};
use lopdf::Dictionary;
use usvg::tiny_skia_path;
use usvg::{ClipPath, FillRule, Group, MaskType, Node, Transform};

/// What a group is cut with.
pub(super) enum Cut {
    /// One path after the other, each with its rule.
    Paths(Vec<(String, FillRule)>),
    /// Whatever is opaque in a form.
    Shapes(Form),
    /// Nothing is left.
    Nothing,
}

impl Painter {
    pub(super) fn clip(&mut self, path: &str, rule: FillRule) {
        self.out.push_str(path);
        self.out.push_str(match rule {
            FillRule::NonZero => "W n\n",
            FillRule::EvenOdd => "W* n\n",
        });
    }

    pub(super) fn cut(&self, clip: &ClipPath, to: Transform) -> Result<Cut, Refusal> {
        let inner = to.pre_concat(clip.transform());
        let mut shapes = Vec::new();
        outlines(clip.root(), inner, &mut shapes)?;
        let own = match shapes.as_slice() {
            [] => Cut::Nothing,
            [(path, to, rule)] => {
                let mut out = String::new();
                segments(&mut out, path, *to, self.decimals);
                Cut::Paths(vec![(out, *rule)])
            }
            many => Cut::Shapes(self.silhouette(many)),
        };
        let outer = clip.clip_path().map(|outer| self.cut(outer, to)).transpose()?;
        match (own, outer) {
            (own, None) => Ok(own),
            (Cut::Nothing, _) | (_, Some(Cut::Nothing)) => Ok(Cut::Nothing),
            (Cut::Paths(mut paths), Some(Cut::Paths(outer))) => {
                paths.extend(outer);
                Ok(Cut::Paths(paths))
            }
            (Cut::Shapes(form), Some(Cut::Paths(paths)))
            | (Cut::Paths(paths), Some(Cut::Shapes(form))) => {
                let mut both = self.inner();
                paths.iter().for_each(|(path, rule)| both.clip(path, *rule));
                both.layer(form, (Dictionary::new(), 1.0), Vec::new());
                Ok(Cut::Shapes(both.finish_group()))
            }
            (Cut::Shapes(form), Some(Cut::Shapes(outer))) => {
                let mask = Mask { form: outer, by_luminosity: false };
                Ok(Cut::Shapes(self.masked(form, mask)))
            }
        }
    }

    /// All shapes together, opaque.
    fn silhouette(&self, shapes: &[(&tiny_skia_path::Path, Transform, FillRule)]) -> Form {
        let mut painter = self.inner();
        painter.out.push_str("0 g\n");
        for (path, to, rule) in shapes {
            if segments(&mut painter.out, path, *to, painter.decimals) {
                painter.out.push_str(filling(*rule));
            }
        }
        painter.finish_group()
    }

    pub(super) fn mask(&self, mask: &usvg::Mask, to: Transform) -> Result<Mask, Refusal> {
        let mut painter = self.inner();
        let rect = tiny_skia_path::PathBuilder::from_rect(mask.rect().to_rect());
        let mut path = String::new();
        if segments(&mut path, &rect, to, self.decimals) {
            painter.clip(&path, FillRule::NonZero);
        }
        painter.nodes(mask.root(), to)?;
        let mut form = painter.finish_group();
        if let Some(outer) = mask.mask() {
            form = self.masked(form, self.mask(outer, to)?);
        }
        Ok(Mask { form, by_luminosity: mask.kind() == MaskType::Luminance })
    }
}

/// The paths of what cuts; only interiors do.
fn outlines<'a>(
    group: &'a Group,
    to: Transform,
    found: &mut Vec<(&'a tiny_skia_path::Path, Transform, FillRule)>,
) -> Result<(), Refusal> {
    for node in group.children() {
        match node {
            Node::Path(path) if path.is_visible() => {
                let bounds = path.data().bounds();
                if let (Some(fill), true) =
                    (path.fill(), bounds.width() > 0.0 && bounds.height() > 0.0)
                {
                    found.push((path.data(), to, fill.rule()));
                }
            }
            Node::Path(_) | Node::Image(_) => {}
            Node::Text(text) => {
                let flat = text.flattened();
                outlines(flat, to.pre_concat(flat.transform()), found)?;
            }
            Node::Group(group) => {
                if group.clip_path().is_some() {
                    return Err("a clip within a clip");
                }
                outlines(group, to.pre_concat(group.transform()), found)?;
            }
        }
    }
    Ok(())
}
