//! MathML without CSS: for those who set a formula themselves, with `formulary`.
//!
//! It reads MathML Core without CSS. Its table cells have 0.4 em on either side, which cannot be
//! less, and text style; where CSS wants more space, or the table display style, that here becomes
//! elements.

use roxmltree::{Document, Node};

/// What `formulary` puts on either side of a cell, in em (MathML Core 3.5).
const CELL_PADDING: f32 = 0.4;

/// The element that a formula shows, without CSS and without annotation. `mathml` is the content
/// of a `math` element; nothing comes of what is no XML.
pub fn without_css(mathml: &str) -> String {
    let mut out = String::new();
    let Ok(document) = Document::parse(mathml) else { return out };
    let top = document.root_element();
    let shown = if top.has_tag_name("semantics") { top.first_element_child() } else { Some(top) };
    shown.into_iter().for_each(|shown| write(shown, &mut out));
    out
}

fn write(node: Node<'_, '_>, out: &mut String) {
    let name = node.tag_name().name();
    out.push_str(&format!("<{name}"));
    for attribute in node.attributes().filter(|attribute| attribute.name() != "style") {
        out.push_str(&format!(" {}=\"{}\"", attribute.name(), escaped(attribute.value())));
    }
    out.push('>');
    let is_displayed = name == "mtd" && is_displayed(node);
    if name == "mtd" {
        space(padding(node), out);
    }
    if is_displayed {
        out.push_str("<mstyle displaystyle=\"true\">");
    }
    if let Some(text) = node.children().find_map(|n| n.is_text().then(|| n.text()).flatten()) {
        // `formulary` takes a mark of a letter's variant for a letter.
        out.push_str(&escaped(&text.replace(['\u{FE00}', '\u{FE01}'], "")));
    }
    node.children().filter(Node::is_element).for_each(|child| write(child, out));
    if is_displayed {
        out.push_str("</mstyle>");
    }
    out.push_str(&format!("</{name}>"));
}

/// Whether a cell's table is set in display style.
fn is_displayed(cell: Node<'_, '_>) -> bool {
    let table = cell.ancestors().find(|node| node.has_tag_name("mtable"));
    table.is_some_and(|table| table.attribute("displaystyle") == Some("true"))
}

/// What stands between a cell and the one before, beyond what there is anyway, in em.
fn padding(cell: Node<'_, '_>) -> f32 {
    let Some(before) = cell.prev_sibling_element() else { return 0.0 };
    let given = |cell: Node<'_, '_>, side: &str| {
        let css = cell.attribute("style").unwrap_or("");
        let rules = css.split(';').filter_map(|rule| rule.split_once(':'));
        let own = rules.into_iter().rfind(|(property, _)| property.trim() == side);
        own.and_then(|(_, value)| value.trim().trim_end_matches("em").parse().ok())
    };
    given(before, "padding-right").unwrap_or(CELL_PADDING)
        + given(cell, "padding-left").unwrap_or(CELL_PADDING)
        - 2.0 * CELL_PADDING
}

fn space(width: f32, out: &mut String) {
    if width > 0.0 {
        out.push_str(&format!("<mspace width=\"{width}em\"></mspace>"));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[test]
fn css_becomes_elements() {
    let table = "<mtable displaystyle=\"true\"><mtr><mtd style=\"padding-right:0\"><mi>a</mi></mtd>\
                 <mtd style=\"padding-left:1em\"><mi>b</mi></mtd></mtr></mtable>";
    let plain = without_css(&format!("<semantics>{table}<annotation>a</annotation></semantics>"));
    let (before, after) = plain.split_once("<mspace width=\"0.").expect("there is a space");
    assert_eq!(
        before,
        "<mtable displaystyle=\"true\"><mtr><mtd><mstyle displaystyle=\"true\"><mi>a</mi></mstyle>\
         </mtd><mtd>"
    );
    assert!(after.ends_with("<mi>b</mi></mstyle></mtd></mtr></mtable>"), "{after}");
}
