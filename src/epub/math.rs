//! Formulas: MathML with what it says as `alttext`; beside it a drawing for readers without MathML.
//!
//! A reader that does not know MathML shows the characters of a formula one behind the other,
//! which is right for `x = 2` and wrong for a fraction. So what is more than a row has a drawing
//! that the stylesheet shows where MathML Core is not supported, and hides where it is; the other
//! way round for the MathML. The drawing is set with the same face as in print.
//!
//! What is wider than a small screen is set smaller there, down to [`LEAST`] of its size, and can be moved
//! sideways in its own frame if that does not do: else it would run out of the page, or over the next one.
//! The frame can be reached by keyboard, as whatever scrolls must be (WCAG 2.2, 2.1.1).

use std::collections::BTreeMap;

use formulary::LayoutOptions;
use sha2::{Digest, Sha256};

use super::document::Document;
use crate::book::{DisplayedFormula, Formula, formula_without_css};

/// The folder of drawings.
const FOLDER: &str = "formulas/";
/// Size of the em in drawings, in CSS pixels; they are shown at the size of the text.
const SIZE: f32 = 16.0;
/// What `formulary` leaves around a drawing.
const MARGIN: f32 = 2.0;
/// What is wider, in em, may be too wide: the small screens are 20 em wide, less with larger type.
const WIDE: f32 = 15.0;
/// Beside a number, which is at most so wide with the gap before it, in em.
const NUMBER: f32 = 4.0;
/// How small a formula may become: smaller than in print, since many readers have pages that do not move.
const LEAST: f32 = 0.5;
/// How wide a sign is in the middle, in em: for formulas that are not laid out here.
const SIGN: f32 = 0.55;
/// Elements of a formula whose characters can stand one behind the other.
const ROW: [&str; 7] = ["semantics", "mrow", "mi", "mn", "mo", "mtext", "mspace"];

/// Drawings by their addresses: equal formulas share one.
pub(super) type Drawings = BTreeMap<String, String>;

/// A drawing in a line.
struct Drawn {
    href: String,
    /// Width, height and depth below the baseline, in em.
    size: [f32; 3],
}

impl Document<'_> {
    /// A formula on lines of its own, with its number beside it.
    pub(super) fn displayed(&mut self, displayed: &DisplayedFormula) {
        self.markers_before(displayed.id);
        let id = displayed.anchor.and_then(|anchor| self.id(anchor));
        self.xml.open("div").attr("class", "formula").attr_if("id", id);
        let beside = if displayed.number.is_some() { NUMBER } else { 0.0 };
        self.formula(&displayed.formula, true, beside);
        if let Some(number) = &displayed.number {
            self.xml.text(" ");
            self.xml.open("span").attr("class", "formula-number").text(number).close();
        }
        self.xml.close().line();
    }

    /// A formula in a line.
    pub(super) fn math(&mut self, formula: &Formula) {
        self.formula(formula, false, 0.0);
    }

    /// The `math` element and its drawing, in a frame that scrolls if it is wide; `beside` is the width
    /// of what stands beside it.
    fn formula(&mut self, formula: &Formula, displayed: bool, beside: f32) {
        self.has_math = true;
        let drawn = if is_row(&formula.mathml) { None } else { self.draw(formula, displayed) };
        let signs = formula.text.chars().count() as f32;
        let width = drawn.as_ref().map_or(signs * SIGN, |drawn| drawn.size[0]) + beside;
        let is_wide = width > WIDE;
        let fit = is_wide.then(|| format!("font-size:clamp({LEAST}em,100cqi / {width:.1},1em)"));
        let class = match (drawn.is_some(), is_wide) {
            (true, true) => Some("math scrolls"),
            (true, false) => Some("math"),
            (false, true) => Some("scrolls"),
            (false, false) => None,
        };
        if class.is_some() {
            self.xml.open("span").attr_if("class", class);
            self.xml.attr_if("tabindex", is_wide.then_some("0"));
        }
        self.xml
            .open("math")
            .attr("xmlns", "http://www.w3.org/1998/Math/MathML")
            .attr_if("display", displayed.then_some("block"))
            .attr("alttext", &formula.text)
            .attr_if("style", fit.as_deref().filter(|_| displayed))
            .fragment(&formula.mathml)
            .close();
        if let Some(drawn) = drawn {
            self.drawing(&drawn, &formula.text, is_wide);
        }
        if class.is_some() {
            self.xml.close();
        }
    }

    /// A drawing. The stylesheet keeps a wide one within the screen, so its height is left open.
    fn drawing(&mut self, drawn: &Drawn, words: &str, is_wide: bool) {
        let [width, height, depth] = drawn.size;
        let height = if is_wide { String::new() } else { format!("height:{height:.3}em;") };
        let style = format!("width:{width:.3}em;{height}vertical-align:-{depth:.3}em");
        self.xml.open("img").attr("src", &drawn.href).attr("alt", words).attr("style", &style);
        self.xml.close();
    }

    fn draw(&mut self, formula: &Formula, displayed: bool) -> Option<Drawn> {
        let face = self.shared.faces.get(self.shared.faces.find("STIXTwoMath-Regular")?);
        let font = face.math()?;
        let display = if displayed { "block" } else { "inline" };
        let shown = formula_without_css(&formula.mathml);
        let whole = format!("<math display=\"{display}\">{shown}</math>");
        let root = formulary::parse(&whole).ok()?;
        let laid = formulary::layout(&root, font, &LayoutOptions { font_size: SIZE });
        let svg = formulary::svg::to_svg(&laid, font);
        let hash = Sha256::digest(whole.as_bytes());
        let name: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let href = format!("{FOLDER}{name}.svg");
        self.drawings.insert(href.clone(), svg);
        let pixels = [
            laid.width + 2.0 * MARGIN,
            laid.ascent + laid.descent + 2.0 * MARGIN,
            laid.descent + MARGIN,
        ];
        Some(Drawn { href, size: pixels.map(|length| length / SIZE) })
    }
}

/// Whether a formula reads right without any layout.
fn is_row(mathml: &str) -> bool {
    let tags = mathml.split('<').skip(1).filter(|tag| !tag.starts_with('/'));
    let names = tags.map(|tag| tag.split([' ', '>', '/']).next().unwrap_or(""));
    names.take_while(|name| *name != "annotation").all(|name| ROW.contains(&name))
}

#[test]
fn only_what_is_more_than_a_row_is_drawn() {
    assert!(is_row(
        "<semantics><mrow><mi>x</mi></mrow><annotation encoding=\"\">x</annotation></semantics>"
    ));
    assert!(!is_row("<semantics><msup><mi>x</mi><mn>2</mn></msup></semantics>"));
}
