//! Faces that the author wants in the EPUB: whole files under their real names, and the rules that
//! name them.
//!
//! A whole file, unmodified, carries its licence with it and needs no new name. Without a wish no
//! face is embedded: readers choose their own.

use super::wishes::Wishes;
use crate::font::Faces;

/// A face as it is in the package.
#[derive(Clone, Debug)]
pub(super) struct Typeface {
    /// Its address seen from the documents and the stylesheet.
    pub(super) href: String,
    /// What it is.
    pub(super) media_type: &'static str,
    /// The file.
    pub(super) bytes: Vec<u8>,
    family: String,
    weight: u16,
    is_slanted: bool,
    is_fixed_pitch: bool,
}

/// The faces that are embedded.
pub(super) fn typefaces(wishes: &Wishes, faces: &Faces) -> Vec<Typeface> {
    let chosen = wishes.faces.iter().map(|id| {
        let face = faces.get(*id);
        let traits = face.traits();
        let has_cubic_curves = face.bytes.starts_with(b"OTTO");
        let (ending, media_type) =
            if has_cubic_curves { ("otf", "font/otf") } else { ("ttf", "font/ttf") };
        Typeface {
            href: format!("fonts/{}.{ending}", super::names::ascii_stem(&face.name, "font")),
            media_type,
            bytes: face.bytes.to_vec(),
            family: face.family().unwrap_or_default(),
            weight: traits.weight,
            is_slanted: traits.is_slanted,
            is_fixed_pitch: traits.is_fixed_pitch,
        }
    });
    chosen.collect()
}

/// The rules that declare the faces and use them: those of one pitch for code, the others, in
/// their order, for everything else.
pub(super) fn rules(faces: &[Typeface]) -> String {
    let mut out = String::new();
    for face in faces {
        let style = if face.is_slanted { "italic" } else { "normal" };
        out.push_str(&format!(
            "\n@font-face {{\n  font-family: {};\n  font-weight: {};\n  font-style: {style};\n  \
             src: url(\"{}\");\n}}\n",
            quoted(&face.family),
            face.weight,
            face.href,
        ));
    }
    for (selector, fixed, last) in
        [("body", false, "serif"), ("code,\nkbd,\npre", true, "monospace")]
    {
        let mut names: Vec<String> = Vec::new();
        for face in faces.iter().filter(|face| face.is_fixed_pitch == fixed) {
            let name = quoted(&face.family);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if !names.is_empty() {
            let names = names.join(", ");
            out.push_str(&format!("\n{selector} {{\n  font-family: {names}, {last};\n}}\n"));
        }
    }
    out
}

/// A string of CSS.
fn quoted(name: &str) -> String {
    let plain: String = name.chars().filter(|c| !c.is_control()).collect();
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}
