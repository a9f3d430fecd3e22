//! MathML in the form that both editions take.
//!
//! What `math-core` writes is MathML Core with CSS where MathML Core wants CSS: columns are
//! aligned by `style`, numbered environments have columns that only push their number to the
//! edge. Here alignment is also told as `columnalign`, which the layout and older readers know,
//! colours as `mathcolor`, and those columns go, because numbers are the book's. The result is
//! well-formed XML whatever came in.

use roxmltree::{Document, Node};

use crate::color::Color;

/// Width that `math-core` gives the columns at the edges of numbered environments.
const EDGE: &str = "width: 50%";

/// The content of the `math` element: one element, with the TeX as its annotation. `None` if the
/// input is no XML.
pub(super) fn normalise(raw: &str, tex: &str) -> Option<String> {
    let document = Document::parse(raw).ok()?;
    let semantics = document.root_element().first_element_child()?;
    let shown = match semantics.tag_name().name() {
        "semantics" => semantics.first_element_child()?,
        _ => semantics,
    };
    let mut out = String::from("<semantics>");
    element(shown, &mut out);
    out.push_str("<annotation encoding=\"application/x-tex\">");
    push_escaped(tex, &mut out);
    out.push_str("</annotation></semantics>");
    Some(out)
}

fn element(node: Node<'_, '_>, out: &mut String) {
    let name = node.tag_name().name();
    if is_coloured_row(node) {
        return coloured_rows(node, out);
    }
    let styles = styles(node);
    if !styles.is_empty() {
        out.push_str("<mstyle");
        styles.iter().for_each(|(name, value)| push_attribute(name, value, out));
        out.push('>');
    }
    out.push('<');
    out.push_str(name);
    for attribute in node.attributes() {
        match attribute.name() {
            "style" => style(attribute.value(), out),
            // Anchors are the book's too.
            "id" | "class" => {}
            other if is_style(other, name) => {}
            other => push_attribute(other, attribute.value(), out),
        }
    }
    if name == "mtable" {
        push_attribute("columnalign", &columns(node).join(" "), out);
    }
    out.push('>');
    match name {
        // Marks within are HTML's, which MathML does not have everywhere.
        "mi" | "mn" | "mo" | "mtext" | "ms" => {
            let words = node.descendants().filter_map(|n| n.is_text().then(|| n.text())?);
            words.for_each(|text| push_escaped(bar(node, text), out));
        }
        "mtr" => cells(node).for_each(|cell| element(cell, out)),
        _ => node.children().filter(Node::is_element).for_each(|child| element(child, out)),
    }
    out.push_str("</");
    out.push_str(name);
    out.push('>');
    if !styles.is_empty() {
        out.push_str("</mstyle>");
    }
}

fn is_coloured_row(node: Node<'_, '_>) -> bool {
    let is_colour = |css: &str| css.split(';').any(|rule| rule.trim().starts_with("color:"));
    node.tag_name().name() == "mrow" && node.attribute("style").is_some_and(is_colour)
}

/// `\color` reaches to the end of its group, so a second one stands within the first, at its end. As
/// rows side by side they need not know each other: what is black again inherits nothing.
fn coloured_rows(first: Node<'_, '_>, out: &mut String) {
    out.push_str("<mrow>");
    let mut row = Some(first);
    while let Some(node) = row {
        out.push_str("<mrow");
        style(node.attribute("style").unwrap_or_default(), out);
        out.push('>');
        let children: Vec<_> = node.children().filter(Node::is_element).collect();
        row = children.last().copied().filter(|last| is_coloured_row(*last));
        let own = children.len() - usize::from(row.is_some());
        children[..own].iter().for_each(|child| element(*child, out));
        out.push_str("</mrow>");
    }
    out.push_str("</mrow>");
}

/// Whether an attribute of style needs an element of its own: MathML Core has it everywhere,
/// MathML 3, which EPUB wants, only there and on a table.
fn is_style(attribute: &str, element: &str) -> bool {
    match attribute {
        "displaystyle" => !matches!(element, "mstyle" | "mtable"),
        "scriptlevel" => element != "mstyle",
        _ => false,
    }
}

/// The attributes of style that an element around this one must have. A table of its own needs
/// not be told that it is no script.
fn styles<'a>(node: Node<'a, '_>) -> Vec<(&'a str, &'a str)> {
    let name = node.tag_name().name();
    let within = node.ancestors().skip(1).any(|above| {
        above.tag_name().name() == "mfrac" || SCRIPTS.contains(&above.tag_name().name())
    });
    let attributes = node.attributes().filter(|attribute| is_style(attribute.name(), name));
    let attributes = attributes.map(|attribute| (attribute.name(), attribute.value()));
    attributes.filter(|_| name != "mtable" || within).collect()
}

const SCRIPTS: [&str; 7] =
    ["msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts"];

/// A bar over or below is a line that combines with a letter in `math-core`; faces have longer
/// ones only of those that stand alone.
fn bar<'t>(node: Node<'_, '_>, text: &'t str) -> &'t str {
    let parent = node.parent_element().map_or("", |parent| parent.tag_name().name());
    match (text, parent) {
        ("\u{332}" | "\u{305}", "mover") => "‾",
        ("\u{332}", "munder") => "_",
        _ => text,
    }
}

/// The cells of a row, without those at the edges that only push.
fn cells<'a, 'd>(row: Node<'a, 'd>) -> impl Iterator<Item = Node<'a, 'd>> {
    let is_edge = |cell: &Node<'_, '_>| cell.attribute("style").is_some_and(|s| s.contains(EDGE));
    row.children().filter(Node::is_element).filter(move |cell| !is_edge(cell))
}

/// The alignment of each column: that of its cell in the longest row.
fn columns(table: Node<'_, '_>) -> Vec<&'static str> {
    let rows: Vec<_> = table.children().filter(Node::is_element).collect();
    let longest = rows.into_iter().rev().max_by_key(|row| cells(*row).count());
    let align = |cell: Node<'_, '_>| {
        let style = cell.attribute("style").unwrap_or("");
        match () {
            () if style.contains("text-align: left") => "left",
            () if style.contains("text-align: right") => "right",
            () => "center",
        }
    };
    longest.map(|row| cells(row).map(align).collect()).unwrap_or_default()
}

/// CSS that stays, and what has an attribute of its own.
fn style(css: &str, out: &mut String) {
    let mut kept = Vec::new();
    for rule in css.split(';') {
        let Some((property, value)) = rule.split_once(':') else { continue };
        match (property.trim(), value.trim()) {
            ("color", value) => push_colour("mathcolor", value, out),
            ("background-color" | "background", value) => {
                push_colour("mathbackground", value, out);
            }
            ("width", "100%") => {}
            (property, value) => kept.push(format!("{property}:{value}")),
        }
    }
    if !kept.is_empty() {
        push_attribute("style", &kept.join(";"), out);
    }
}

/// A colour that is read on white and on black, as a ground too. Black is the colour of all text,
/// whatever that is.
fn push_colour(name: &str, value: &str, out: &mut String) {
    match Color::parse(value) {
        None | Some(Color::BLACK) => {}
        Some(colour) => push_attribute(name, &colour.on_white_and_black().hexadecimal(), out),
    }
}

fn push_attribute(name: &str, value: &str, out: &mut String) {
    out.push_str(&format!(" {name}=\""));
    push_escaped(value, out);
    out.push('"');
}

fn push_escaped(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            // No character of XML 1.0.
            c if c < ' ' && !matches!(c, '\n' | '\t' | '\r') => {}
            '\u{FFFE}' | '\u{FFFF}' => {}
            c => out.push(c),
        }
    }
}
