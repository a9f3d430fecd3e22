//! The floor: harfrust shapes every paragraph once, and nothing else happens.
//!
//! As `layout` does, it keeps one plan and one buffer and asks for old-style figures; unlike
//! `layout`, it looks at nothing that comes out.

use std::hint::black_box;

use endpaper::font::Faces;
use harfrust::{
    Buffer, Direction, Feature, Script, ShapeOptions, ShapePlan, ShaperFont, Tag, shape,
};

/// Shapes all texts.
pub(crate) fn shape_all(faces: &Faces, texts: &[String]) {
    let face = faces.find("SourceSerif4-Regular").expect("it is bundled");
    let font = faces.get(face).font();
    let shaper = ShaperFont::new(font);
    let script = Script::from_iso15924_tag(Tag::new(b"Latn"));
    let features = [Feature::new(Tag::new(b"onum"), 1, ..), Feature::new(Tag::new(b"pnum"), 1, ..)];
    let plan = ShapePlan::new(font, Direction::LeftToRight, script, None, &features);
    let mut buffer = Buffer::new();
    for text in texts {
        buffer.clear();
        buffer.push_str(text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_script(script);
        let options = ShapeOptions::new().plan(Some(&plan)).features(&features);
        shape(&shaper, &mut buffer, options).expect("the buffer has the plan's script");
        black_box(buffer.glyph_positions());
    }
}
